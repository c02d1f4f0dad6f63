"""The frame of every dialog: head, body, optional side panel, a foot that is always visible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme.tokens import DIALOG_HEIGHT, DIALOG_WIDTH, SIDE_PANEL
from ui.theme.typography import Role
from ui.widgets.buttons import Button, icon_button, link
from ui.widgets.cards import ScrollPane, frame
from ui.widgets.labels import Glyph, Label
from ui.widgets.scrim import Scrim

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMouseEvent

    from ui.theme.look import Look
    from ui.widgets.fields import LabelledField

_HEAD, _FOOT, _EDGES = 52, 64, 2


class FormDialog(QDialog):
    """Fill `body` (and `side`), then add buttons; Enter presses the safe one.

    Never wider or taller than 940x606: a tall body scrolls, the foot stays.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        *,
        note: str = "",
        icon: str = "",
        parent: QWidget | None = None,
        width: int = 560,
        height: int = 0,
        side_panel: bool = False,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.setWindowTitle(title)
        self.setModal(True)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        # Rounded corners need a see-through window under them.
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setProperty("kind", "form")
        self._scrim: Scrim | None = None
        self._limit_height = min(DIALOG_HEIGHT, height) if height else 0
        self.setFixedWidth(min(DIALOG_WIDTH, width))
        self.setMaximumHeight(DIALOG_HEIGHT)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        sheet = frame("dialog")
        around.addWidget(sheet)
        outer = QVBoxLayout(sheet)
        outer.setContentsMargins(1, 0, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._head(title, note, icon))
        middle = self._middle = QHBoxLayout()
        middle.setSpacing(0)
        self._scroll = ScrollPane(title)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body = self._scroll.body
        self.body.setContentsMargins(26, 18, 26, 18)
        self.body.setSpacing(12)
        middle.addWidget(self._scroll, 1)
        self.side = QVBoxLayout()
        if side_panel:
            panel = frame("sidepanel")
            panel.setFixedWidth(SIDE_PANEL)
            panel.setLayout(self.side)
            self.side.setContentsMargins(19, 16, 20, 16)
            self.side.setSpacing(8)
            middle.addWidget(panel)
        outer.addLayout(middle, 1)
        foot = frame("dialogfoot")
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(26, 14, 26, 14)
        self.foot.setSpacing(10)
        self._foot_left = QHBoxLayout()
        self.foot.addLayout(self._foot_left)
        self.foot.addStretch(1)
        outer.addWidget(foot)

    def add_field(self, field: LabelledField) -> LabelledField:
        """Append a labelled field to the body."""
        self.body.addWidget(field)
        return field

    def add_safe_button(self, text: str, on_click: Callable[[], object]) -> Button:
        """The safe choice (Để sau, Hủy): first, and the default of Enter and Esc."""
        button = Button(self.look, text, on_click, tall="dialog")
        button.setAutoDefault(True)
        button.setDefault(True)
        self.foot.addWidget(button)
        return button

    def add_button(
        self, text: str, on_click: Callable[[], object], *, kind: str = "primary", icon: str = ""
    ) -> Button:
        """Any other button; its words say exactly what happens."""
        button = Button(self.look, text, on_click, kind=kind, icon=icon, tall="dialog")
        self.foot.addWidget(button)
        return button

    def add_foot_link(self, text: str, on_click: Callable[[], object], icon: str = "") -> Button:
        """A quiet link at the left of the foot."""
        button = link(self.look, text, on_click, icon)
        self._foot_left.addWidget(button)
        return button

    def add_foot_widget(self, widget: QWidget) -> None:
        """A field at the left of the foot (the approver's password)."""
        self._foot_left.addWidget(widget)

    @override
    def setVisible(self, visible: bool) -> None:
        """Take the height the content wants, up to the limit, over the middle of the window."""
        if visible and not self.isVisible():
            self._fit()
            parent = self.parentWidget()
            if parent is not None:
                self._scrim = Scrim(self.look, parent.window())
        elif not visible and self._scrim is not None:
            self._scrim.deleteLater()
            self._scrim.hide()
            self._scrim = None
        super().setVisible(visible)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The head is the handle: the dialog can be drawn aside to read what lies under it."""
        if event.position().y() < _HEAD:
            self.windowHandle().startSystemMove()
        else:
            super().mousePressEvent(event)

    def _fit(self) -> None:
        # Before the first showing nothing is polished, and paddings come from the style sheet.
        for child in self.findChildren(QWidget):
            child.ensurePolished()
        width = self.width() - (SIDE_PANEL if self.side.count() else 0)
        tall = self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else 0
        wanted = max(tall, self.body.sizeHint().height(), self.side.sizeHint().height())
        height = min(DIALOG_HEIGHT, wanted + _HEAD + _FOOT + _EDGES)
        self.setFixedHeight(self._limit_height or height)
        parent = self.parentWidget()
        if parent is not None:
            centre = parent.window().geometry().center()
            self.move(centre.x() - self.width() // 2, centre.y() - self.height() // 2)

    def _head(self, title: str, note: str, icon: str) -> QWidget:
        head = frame("dialoghead")
        head.setFixedHeight(_HEAD)
        row = QHBoxLayout(head)
        row.setContentsMargins(26, 0, 18, 0)
        row.setSpacing(10)
        if icon:
            row.addWidget(Glyph(self.look, icon, "accent", 20))
        row.addWidget(Label(self.look, title, Role.LABEL_TITLE))
        row.addWidget(Label(self.look, note, Role.BODY, "ink3"))
        row.addStretch(1)
        row.addWidget(icon_button(self.look, "close", self.tr("Đóng"), self.reject))
        return head
