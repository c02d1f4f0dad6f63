"""A box that points at a cell: one idea, at most one action; Esc or a click beside closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme.tokens import RADIUS_CARD
from ui.theme.typography import Role
from ui.widgets.buttons import icon_button, link, primary
from ui.widgets.labels import Glyph, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from ui.theme.look import Look

_BEAK, _SHADE = 9, 10


class Popover(QWidget):
    """Frame with a beak; fill `body`. Lives in the window, so it moves and dies with it."""

    closed = Signal()

    def __init__(self, look: Look, window: QWidget, width: int = 364) -> None:
        super().__init__(window.window())
        self._window = window.window()
        self._look = look
        self._beak_y = 0
        self._beak_left = True
        self._back_to: QWidget | None = None
        self.setFixedWidth(width + _BEAK + _SHADE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_BEAK + 17, 14, _SHADE + 17, 14 + _SHADE)
        outer.setSpacing(8)
        self.body = outer
        self.hide()

    def point_at(self, widget: QWidget, area: QRect | None = None) -> None:
        """Open right of `area` (in `widget`'s coordinates); left of it when there is no room."""
        window = self._window
        self._back_to = widget
        where = area if area is not None else widget.rect()
        top_left = widget.mapTo(window, where.topLeft())
        target = QRect(top_left, where.size())
        self.adjustSize()
        self._beak_left = target.right() + 6 + self.width() <= window.width()
        left = target.right() + 6 if self._beak_left else target.left() - 6 - self.width()
        left = max(4, min(left, window.width() - self.width() - 4))
        centre = target.center().y()
        top = min(max(8, centre - 36), max(8, window.height() - 66 - self.height()))
        self._beak_y = min(max(centre - top, 24), self.height() - 24 - _SHADE)
        self.move(QPoint(left, top))
        handle = window.windowHandle()
        if handle is not None:
            # The window hears every key and click first, whoever has the focus.
            handle.removeEventFilter(self)
            handle.installEventFilter(self)
        if not self._beak_left:
            self.body.setContentsMargins(17, 14, _BEAK + 17, 14 + _SHADE)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes and gives the focus back to the cell."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc anywhere and a click beside the box close it; both still reach what they meant."""
        if not self.isVisible():
            return False
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            here = self.mapFromGlobal(event.globalPosition().toPoint())
            if not self.rect().contains(here):
                self._leave()
        elif (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and not self._has_focus_within()
        ):
            self._leave()
        return False

    def _has_focus_within(self) -> bool:
        focused: QWidget | None = self._window.focusWidget()
        return focused is self or (focused is not None and self.isAncestorOf(focused))

    def _leave(self) -> None:
        """Close and leave the focus where it is."""
        self.closed.emit()
        self.close()

    def dismiss(self) -> None:
        """Close, and return to what it pointed at."""
        back = self._back_to
        self.closed.emit()
        self.close()
        if back is not None:
            back.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Soft shade, then the frame with its beak."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = _BEAK if self._beak_left else 1
        box = QRectF(left, 1, self.width() - _BEAK - _SHADE, self.height() - _SHADE - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = self._look.color("shadow")
        for step in range(_SHADE):
            shade.setAlpha(max(2, 16 - step * 2))
            painter.setBrush(shade)
            painter.drawRoundedRect(
                box.adjusted(-step * 0.4, 2, step * 0.5, step * 0.9), RADIUS_CARD, RADIUS_CARD
            )
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS_CARD, RADIUS_CARD)
        edge = box.left() if self._beak_left else box.right()
        tip = edge - _BEAK + 1 if self._beak_left else edge + _BEAK - 1
        beak = QPainterPath(QPointF(edge, self._beak_y - 8))
        beak.lineTo(QPointF(tip, self._beak_y))
        beak.lineTo(QPointF(edge, self._beak_y + 8))
        beak.closeSubpath()
        painter.setBrush(self._look.color("paper"))
        painter.setPen(QPen(self._look.color("edge"), 1))
        painter.drawPath(path.united(beak))

    def add_head(self, icon: str, title: str) -> None:
        """Icon, title, close button."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Glyph(self._look, icon, "ink", 18))
        row.addWidget(Label(self._look, title, Role.TASK_TITLE), 1)
        row.addWidget(icon_button(self._look, "close", self.tr("Đóng"), self.dismiss))
        self.body.addLayout(row)
        self.setAccessibleName(title)


class NotePopover(Popover):
    """A title and one sentence: an inline refusal."""

    def __init__(self, look: Look, title: str, sentence: str, window: QWidget) -> None:
        super().__init__(look, window, 340)
        self.add_head("warning", title)
        self.body.addWidget(Label(look, sentence, Role.BODY, "ink2", wrap=True))
        self.setAccessibleDescription(sentence)


class WhyPopover(Popover):
    """Vì sao không sửa được? One sentence, the facts, the one action."""

    def __init__(
        self,
        look: Look,
        window: QWidget,
        sentence: str,
        facts: Sequence[tuple[str, str]],
        *,
        title: str = "",
        icon: str = "lock-closed",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        action_icon: str = "pencil",
        aside: str = "",
        on_aside: Callable[[], object] | None = None,
        rich: bool = False,
    ) -> None:
        """`facts` are (label, value): Ai khóa, Khi nào, Cách sửa, Hạn lập; blanks are left out."""
        super().__init__(look, window)
        self.add_head(icon, title or self.tr("Vì sao không sửa được?"))
        self.body.addWidget(Label(look, sentence, Role.BODY, "ink2", wrap=True, rich=rich))
        self.setAccessibleDescription(sentence)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        shown = [(label, value) for label, value in facts if value]
        for row, (label, value) in enumerate(shown):
            grid.addWidget(Label(look, label, Role.BODY, "ink3"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(look, value, Role.VALUE, wrap=True), row, 1)
        self.body.addLayout(grid)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 4, 0, 0)
        foot.setSpacing(14)
        if action:
            foot.addWidget(primary(look, action, self._then(on_action), action_icon))
        if aside:
            foot.addWidget(link(look, aside, self._then(on_aside)))
        foot.addStretch(1)
        self.body.addLayout(foot)

    def _then(self, call: Callable[[], object] | None) -> Callable[[], None]:
        def close_and_call() -> None:
            self.dismiss()
            if call is not None:
                call()

        return close_and_call
