"""Steps of a piece of work: done, under way, to do, not applicable: a shape each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.theme.typography import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from ui.theme.look import Look


class StepState(Enum):
    """How far one step is."""

    DONE = "done"
    HALF = "half"
    TODO = "todo"
    NONE = "none"


TONE_OF = {
    StepState.DONE: "green",
    StepState.HALF: "amber",
    StepState.TODO: "ink3",
    StepState.NONE: "ink3",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step's word, its state, and a line under it (a date, a count, who waits)."""

    title: str
    state: StepState
    note: str = ""


def paint_step(painter: QPainter, look: Look, centre: QPointF, state: StepState) -> None:
    """Draw the 16-px shape of `state` around `centre`, for delegates too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state is StepState.DONE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("green"))
        painter.drawEllipse(centre, 8, 8)
        painter.setPen(_pen(look, "paper", 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x, y = centre.x(), centre.y()
        painter.drawPolyline(
            QPolygonF(
                [QPointF(x - 3.4, y + 0.2), QPointF(x - 1, y + 2.6), QPointF(x + 3.6, y - 2.4)]
            )
        )
    elif state is StepState.HALF:
        painter.setPen(_pen(look, "amber", 1.6))
        painter.setBrush(look.color("paper"))
        painter.drawEllipse(centre, 7.2, 7.2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("amber"))
        painter.drawPie(QRectF(centre.x() - 4.6, centre.y() - 4.6, 9.2, 9.2), -90 * 16, 180 * 16)
    elif state is StepState.TODO:
        painter.setPen(_pen(look, "edge", 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 5.4, 5.4)
    else:
        painter.setPen(_pen(look, "edge", 1.5))
        painter.drawLine(QLineF(centre.x() - 3, centre.y(), centre.x() + 3, centre.y()))
    painter.restore()


class StepGlyph(QWidget):
    """One step's shape; the word belongs beside it."""

    def __init__(self, look: Look, state: StepState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state = state
        self.setFixedSize(18, 18)
        look.changed.connect(self.update)

    def set_state(self, state: StepState) -> None:
        """Another shape."""
        self._state = state
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        paint_step(QPainter(self), self._look, QPointF(9, 9), self._state)


class StepRow(QWidget):
    """Steps from left to right joined by a line: shapes, words, notes."""

    def __init__(
        self, look: Look, steps: Sequence[Step] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._steps = tuple(steps)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)
        self._name()

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps."""
        self._steps = tuple(steps)
        self._name()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Shape, word and note."""
        return QSize(96 * max(1, len(self._steps)), 60)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines first, shapes over them, words under them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._steps:
            return
        width = self.width() / len(self._steps)
        last = len(self._steps) - 1
        for at, step in enumerate(self._steps):
            left = at * width
            if at < last:
                done = step.state is StepState.DONE
                painter.setPen(_pen(self._look, "green" if done else "line2", 1.5))
                painter.drawLine(QLineF(left + 25, 9, left + width - 9, 9))
            paint_step(painter, self._look, QPointF(left + 8, 9), step.state)
            self._words(painter, step, QRectF(left, 22, width - 6, 36))

    def _words(self, painter: QPainter, step: Step, area: QRectF) -> None:
        aside = step.state in (StepState.TODO, StepState.NONE)
        painter.setFont(self._look.font(Role.VALUE))
        painter.setPen(self._look.color("ink2" if aside else "ink"))
        metrics = painter.fontMetrics()
        cut = Qt.TextElideMode.ElideRight
        painter.drawText(
            QRectF(area.x(), area.y(), area.width(), 18),
            int(Qt.AlignmentFlag.AlignVCenter),
            metrics.elidedText(step.title, cut, int(area.width())),
        )
        painter.setFont(self._look.font(Role.CAPTION))
        half = step.state is StepState.HALF
        painter.setPen(self._look.color("amber" if half else "ink3"))
        painter.drawText(
            QRectF(area.x(), area.y() + 18, area.width(), 17),
            int(Qt.AlignmentFlag.AlignVCenter),
            painter.fontMetrics().elidedText(step.note, cut, int(area.width())),
        )

    def _name(self) -> None:
        words = {
            StepState.DONE: self.tr("xong"),
            StepState.HALF: self.tr("đang làm"),
            StepState.TODO: self.tr("chưa làm"),
            StepState.NONE: self.tr("không cần"),
        }
        spoken = [f"{step.title}: {words[step.state]} {step.note}".strip() for step in self._steps]
        self.setAccessibleName("; ".join(spoken))


def _pen(look: Look, tone: str, width: float) -> QPen:
    pen = QPen(look.color(tone), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
