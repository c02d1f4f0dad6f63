"""Cards, panels and hairlines: boxes only for things that move as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme.tokens import CARD_PADDING
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.labels import ElidedLabel, Glyph, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.theme.look import Look


def frame(kind: str, parent: QWidget | None = None) -> QFrame:
    """A bare frame of the style sheet: card, inset, outlined, alert, topbar, toolrow…"""
    box = QFrame(parent)
    box.setProperty("kind", kind)
    return box


def hairline(*, strong: bool = False, vertical: bool = False) -> QFrame:
    """A one-pixel rule; `strong` is the heavier one of every fifth row."""
    rule = frame("hairline2" if strong else "hairline")
    if vertical:
        rule.setFixedWidth(1)
    else:
        rule.setFixedHeight(1)
    return rule


def ground(widget: QWidget, name: str) -> QWidget:
    """Paint `widget` in the token `name` (desk, paper, well, spine, tint)."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("ground", name)
    return widget


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take every item out of a layout and destroy its widgets."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


class Card(QFrame):
    """White sheet on the desk: title row, then `body` (a QVBoxLayout)."""

    def __init__(
        self,
        look: Look,
        title: str = "",
        note: str = "",
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`flush` lets the body touch the sides (tables), keeping the rounded corners free."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(CARD_PADDING, 12, CARD_PADDING, 8)
        self.head.setSpacing(10)
        self._title = Label(look, title, Role.CARD_TITLE)
        self._note = Label(look, note, Role.CAPTION, "ink3")
        self._note.setVisible(bool(note))
        if title:
            self.head.addWidget(self._title)
            self.head.addWidget(self._note)
            self.head.addStretch(1)
            if action:
                self.head.addWidget(link(look, action, on_action))
            outer.addLayout(self.head)
        self.body = QVBoxLayout()
        side = 1 if flush else CARD_PADDING
        self.body.setContentsMargins(
            side, 0 if title else CARD_PADDING, side, 8 if flush else CARD_PADDING
        )
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str, note: str = "") -> None:
        """Change the words of the head; only for a card that was made with a title."""
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))


class Alert(QFrame):
    """A coloured strip: icon, a title, a line, one link. Tones: amber, accent, red, green."""

    def __init__(
        self,
        look: Look,
        icon: str,
        title: str,
        line: str = "",
        *,
        tone: str = "amber",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "alert")
        self.setProperty("tone", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(12)
        row.addWidget(Glyph(look, icon, tone, 18))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ElidedLabel(look, title, Role.STRONG))
        if line:
            words.addWidget(ElidedLabel(look, line, Role.CAPTION, "ink2"))
        row.addLayout(words, 1)
        if action:
            row.addWidget(link(look, action, on_action))
        self.setMinimumHeight(look.measures.alert_row)


class ScrollPane(QScrollArea):
    """Scrolls its `body` (a QVBoxLayout) up and down inside a card or page."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        """`name` is the accessible name: the keyboard comes here to scroll."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.inner = QWidget()
        self.inner.setProperty("ground", "clear")
        self.body = QVBoxLayout(self.inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.setWidget(self.inner)
