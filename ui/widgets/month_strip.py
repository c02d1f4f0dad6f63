"""Months side by side, each with the glyph and word of its state; exactly one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from ui.theme.tokens import GRID_MARGIN
from ui.theme.typography import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from ui.theme.look import Look

_HEIGHT, _GLYPH, _LEAST = 46, 14, 92


class MonthMark(NamedTuple):
    """One month: key, its word, the state in words, icon and tone; `tip` says all of it."""

    key: object
    title: str
    state: str
    icon: str
    tone: str
    tip: str


class MonthStrip(QWidget):
    """`chosen(key)` after a click or an arrow key."""

    chosen = Signal(object)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self._marks: tuple[MonthMark, ...] = ()
        self._current = 0
        # A click leaves the keyboard in the grid, where the next P or K is meant to go.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        look.changed.connect(self.update)

    def show_months(self, marks: Sequence[MonthMark], current: object) -> None:
        """Replace what is shown, without a signal."""
        self._marks = tuple(marks)
        self._current = next((at for at, mark in enumerate(marks) if mark.key == current), 0)
        said = self._marks[self._current].tip if self._marks else ""
        self.setAccessibleName(f"{self._name}: {said}")
        self.update()

    def current(self) -> object:
        """Key of the chosen month; None without months."""
        return self._marks[self._current].key if self._marks else None

    @override
    def sizeHint(self) -> QSize:
        return QSize(_LEAST * max(1, len(self._marks)), _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.color("paper"))
        for at, mark in enumerate(self._marks):
            self._paint(painter, self._box(at), mark, here=at == self._current)
        painter.fillRect(0, _HEIGHT - 1, self.width(), 1, self._look.color("line2"))

    def _paint(self, p: QPainter, box: QRect, mark: MonthMark, *, here: bool) -> None:
        look = self._look
        if here:
            p.fillRect(box, look.color("tint"))
            p.fillRect(box.left(), _HEIGHT - 3, box.width(), 3, look.color("accent"))
            if self.hasFocus():
                p.setPen(look.color("accent"))
                p.drawRect(box.adjusted(1, 1, -2, -4))
        left = box.left() + 10
        p.setFont(look.font(Role.STRONG if here else Role.VALUE))
        p.setPen(look.color("ink"))
        p.drawText(left, 19, mark.title)
        tone = "ink2" if here and mark.tone == "ink3" else mark.tone
        glyph = look.pixmap(mark.icon, tone, _GLYPH, self.devicePixelRatioF())
        p.drawPixmap(left, 25, glyph)
        font = look.font(Role.SMALL)
        p.setFont(font)
        p.setPen(look.color(tone))
        room = box.right() - left - _GLYPH - 7
        words = QFontMetrics(font).elidedText(mark.state, Qt.TextElideMode.ElideRight, room)
        p.drawText(left + _GLYPH + 5, 36, words)
        p.fillRect(box.right(), 8, 1, _HEIGHT - 17, look.color("line"))

    def _box(self, at: int) -> QRect:
        inner = self.width() - 2 * GRID_MARGIN
        count = max(1, len(self._marks))
        left, right = inner * at // count, inner * (at + 1) // count
        return QRect(GRID_MARGIN + left, 0, right - left, _HEIGHT)

    def _at(self, x: int) -> int:
        return next((n for n in range(len(self._marks)) if self._box(n).contains(x, 1)), -1)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._marks) and at != self._current:
            self.chosen.emit(self._marks[at].key)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(self._at(round(event.position().x())))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(self._current + step)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._marks[at].tip if at >= 0 else "", self)
            return True
        return bool(super().event(event))
