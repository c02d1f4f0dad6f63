"""The cloth spine at the left: only the pages this person may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.theme.tokens import RAIL_NARROW, RAIL_WIDE
from ui.theme.typography import Role
from ui.widgets.cards import ScrollPane, clear, frame
from ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QEnterEvent, QPaintEvent, QResizeEvent

    from ui.navigation import PageSpec, SessionInfo
    from ui.theme.look import Look


_NUMBERED_PAGES = 9
"""Alt+1 … Alt+9 open the pages from the top."""
_USUAL, _LEAST = {False: 38, True: 47}, {False: 30, True: 38}
"""Height of an item with room enough, and before the rail begins to scroll; by narrow."""
_RULE, _TIGHT_RULE, _LIST_TOP, _HEAD, _FOOT = 15, 9, 6, 52, 14


class RailItem(QAbstractButton):
    """Icon, then the word; narrow: the word under the icon. `stepped(±1)`: an arrow key."""

    stepped = Signal(int)

    def __init__(self, look: Look, spec: PageSpec) -> None:
        super().__init__()
        self._look = look
        self._icon = spec.icon
        self._badge = 0
        self._narrow = False
        self.setText(spec.title)
        self.setCheckable(True)
        self.setAccessibleName(spec.title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool, height: int = 0) -> None:
        """Two shapes of the same item; `height` 0 is the usual one."""
        self._narrow = narrow
        self.setFixedHeight(height or _USUAL[narrow])
        self.update()

    def set_badge(self, count: int) -> None:
        """0 hides the badge; the count is spoken too."""
        self._badge = count
        self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
        self.update()

    def badge(self) -> int:
        """The count shown."""
        return self._badge

    @override
    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(RAIL_NARROW if self._narrow else RAIL_WIDE, self.height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows only walk: Qt's own handling would open every page they pass."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        """Lighter word under the mouse."""
        super().enterEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Plate and tab for the current page, icon, word, badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = self.isChecked()
        plate = QRectF(8, 1, self.width() - 16, self.height() - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        if current:
            painter.setBrush(self._look.color("spine2"))
            painter.drawRoundedRect(plate, 5, 5)
            painter.setBrush(self._look.color("tab"))
            painter.drawRect(QRectF(0, self.height() / 2 - 10, 3, 20))
        if self.hasFocus():
            painter.setPen(self._look.color("spine_m"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        lit = current or self.underMouse()
        tone = "spine_t" if lit else "spine_n"
        pixmap = self._look.pixmap(
            self._icon, "spine_t" if lit else "spine_m", 20, self.devicePixelRatioF()
        )
        if self._narrow:
            self._paint_narrow(painter, pixmap, tone, current=current)
            return
        painter.drawPixmap(20, (self.height() - 20) // 2, pixmap)
        painter.setFont(self._look.font(Role.STRONG if current else Role.BODY))
        painter.setPen(self._look.color(tone))
        area = QRectF(50, 0, self.width() - 60, self.height())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        self._paint_badge(painter, self.width() - 16.0, self.height() / 2)

    def _paint_narrow(self, painter: QPainter, pixmap: object, tone: str, *, current: bool) -> None:
        lift = (_USUAL[True] - self.height()) // 2
        painter.drawPixmap((self.width() - 20) // 2, 5 - lift, pixmap)  # type: ignore[call-overload]
        painter.setFont(self._look.font(Role.SMALL_STRONG if current else Role.SMALL))
        painter.setPen(self._look.color(tone))
        area = QRectF(4, 26 - lift, self.width() - 8, 16)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), self.text())
        self._paint_badge(painter, self.width() / 2 + 30, 12)

    def _paint_badge(self, painter: QPainter, right: float, middle: float) -> None:
        if not self._badge:
            return
        text = str(self._badge) if self._badge < 100 else "99+"
        painter.setFont(self._look.font(Role.SMALL_STRONG))
        width = max(20, painter.fontMetrics().horizontalAdvance(text) + 10)
        area = QRectF(right - width, middle - 10, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("spine_l"))
        painter.drawRoundedRect(area, 10, 10)
        painter.setPen(self._look.color("spine_t"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)


class Rail(QFrame):
    """`chosen(page id)`; arrows move between items, Enter or Space opens."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._items: dict[str, RailItem] = {}
        self._order: list[str] = []
        self._rules: list[QWidget] = []
        self._group: QButtonGroup | None = None
        self.setProperty("kind", "rail")
        self.setAccessibleName(self.tr("Các trang"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, _FOOT)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._scroll = ScrollPane()
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._list = self._scroll.body
        self._list.setContentsMargins(0, _LIST_TOP, 0, 0)
        column.addWidget(self._scroll, 1)
        self._school = QWidget()
        foot = QVBoxLayout(self._school)
        foot.setContentsMargins(20, 8, 8, 0)
        foot.setSpacing(0)
        self._kind = ElidedLabel(look, "", Role.SMALL, "spine_m")
        self._name = ElidedLabel(look, "", Role.STRONG, "spine_t")
        foot.addWidget(self._kind)
        foot.addWidget(self._name)
        column.addWidget(self._school)
        self._narrow = True
        self.set_narrow(False)
        look.changed.connect(self.update)

    def show_session(self, specs: Sequence[PageSpec], session: SessionInfo) -> None:
        """Fill the rail for one person."""
        clear(self._list)
        self._items.clear()
        self._rules.clear()
        self._group = QButtonGroup(self)
        self._order = [spec.id for spec in specs]
        for at, spec in enumerate(specs):
            if at and specs[at - 1].group != spec.group:
                self._rules.append(self._rule())
                self._list.addWidget(self._rules[-1])
            item = RailItem(self._look, spec)
            if at < _NUMBERED_PAGES:
                item.setShortcut(QKeySequence(f"Alt+{at + 1}"))
                item.setToolTip(f"Alt+{at + 1}")
            item.set_narrow(self._narrow)
            item.clicked.connect(lambda _checked=False, key=spec.id: self.chosen.emit(key))
            item.stepped.connect(lambda step, key=spec.id: self._step(key, step))
            self._group.addButton(item)
            self._items[spec.id] = item
            self._list.addWidget(item)
        self._list.addStretch(1)
        self._fit()
        self._kind.setText(session.school_kind)
        self._name.setText(session.school_name)

    def set_current(self, page_id: str) -> None:
        """Mark the page that is shown."""
        if page_id in self._items:
            self._items[page_id].setChecked(True)

    def set_badge(self, page_id: str, count: int) -> None:
        """Count beside a page's word; pages this person has not are ignored."""
        if page_id in self._items:
            self._items[page_id].set_badge(count)

    def items(self) -> dict[str, RailItem]:
        """Items by page id."""
        return dict(self._items)

    def set_narrow(self, narrow: bool) -> None:
        """88 instead of 168 pixels; the school's name is hidden."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth(RAIL_NARROW if narrow else RAIL_WIDE)
        self._school.setVisible(not narrow)
        self._wordmark.setVisible(not narrow)
        self._brand.setContentsMargins(8 if narrow else 18, 0, 8, 0)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window gets lower items rather than a scroll bar."""
        super().resizeEvent(event)
        self._fit()

    @property
    def is_narrow(self) -> bool:
        """True when the words stand under the icons."""
        return self._narrow

    def _fit(self) -> None:
        if not self._items:
            return
        room = self.height() - _HEAD - _FOOT - _LIST_TOP
        room -= 0 if self._narrow else self._school.sizeHint().height()
        count, usual = len(self._items), _USUAL[self._narrow]
        tight = room < count * usual + len(self._rules) * _RULE
        rule = _TIGHT_RULE if tight else _RULE
        for box in self._rules:
            box.setFixedHeight(rule)
            inset = (rule - 1) // 2
            box.setContentsMargins(16, inset, 16, inset)
        height = (room - len(self._rules) * rule) // count if tight else usual
        for item in self._items.values():
            item.set_narrow(self._narrow, max(_LEAST[self._narrow], min(usual, height)))

    def _step(self, page_id: str, step: int) -> None:
        at = (self._order.index(page_id) + step) % len(self._order)
        self._items[self._order[at]].setFocus(Qt.FocusReason.TabFocusReason)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(_HEAD)
        self._brand = QHBoxLayout(head)
        self._brand.setSpacing(9)
        self._brand.addWidget(Logo(self._look, 28))
        self._wordmark = QLabel(self.tr("Khóa Sổ"))
        self._wordmark.setFont(self._look.font(Role.LABEL_TITLE))
        self._wordmark.setProperty("tone", "spine_t")
        self._brand.addWidget(self._wordmark, 1)
        return head

    def _rule(self) -> QWidget:
        box = QWidget()
        inset = QHBoxLayout(box)
        inset.setContentsMargins(0, 0, 0, 0)
        rule = frame("railrule")
        rule.setFixedHeight(1)
        inset.addWidget(rule)
        return box


class Logo(QWidget):
    """The book with the padlock."""

    def __init__(self, look: Look, side: int) -> None:
        super().__init__()
        self._look = look
        self._side = side
        self.setFixedSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw at the screen's own scale."""
        pixmap = self._look.picture("logo", self._side, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, pixmap)
