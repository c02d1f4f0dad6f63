"""Top bar: pickers, the lock in words, quick search, and who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.theme.tokens import TOP_BAR
from ui.theme.typography import Role
from ui.widgets.chips import Avatar, Chip, KeyCap
from ui.widgets.labels import ElidedLabel, Glyph, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from ui.navigation import SessionInfo
    from ui.theme.look import Look

_LEAST_CHIP = 230
"""Logical pixels who is signed in always keeps; a longer name is cut at its end."""


class TopBar(QFrame):
    """Signals of its two buttons; the pickers belong to the pages."""

    find_requested = Signal()
    password_requested = Signal()
    switch_requested = Signal()
    theme_requested = Signal()
    quit_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: list[QWidget] = []
        self.setProperty("kind", "topbar")
        self.setFixedHeight(TOP_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(16)
        self._pickers = QHBoxLayout()
        self._pickers.setSpacing(14)
        row.addLayout(self._pickers)
        self._lock = Chip(look)
        self._lock.hide()
        row.addWidget(self._lock)
        row.addStretch(1)
        self.quick_find = QuickFind(look)
        self.quick_find.clicked.connect(self.find_requested)
        row.addWidget(self.quick_find)
        self.user = UserChip(look)
        row.addWidget(self.user)
        self.user.setMenu(self._menu())

    def show_session(self, session: SessionInfo) -> None:
        """Who is signed in."""
        self.user.show_person(session.display_name, session.role_text)

    def show_pickers(self, widgets: Sequence[QWidget]) -> None:
        """Show these and take the former ones away; they stay their owners'."""
        for old in self._shown:
            self._pickers.removeWidget(old)
            if old not in widgets:
                old.hide()
        self._shown = list(widgets)
        for widget in widgets:
            self._pickers.addWidget(widget)
            widget.show()

    def pickers(self) -> tuple[QWidget, ...]:
        """What is shown at the left."""
        return tuple(self._shown)

    def set_lock(self, text: str, *, is_open: bool) -> None:
        """Open or closed padlock with the state in words; an empty text hides it."""
        tone, icon = ("green", "lock-open") if is_open else ("ink2", "lock-closed")
        self._lock.set_state(text, tone, icon)
        self._lock.setVisible(bool(text))

    def lock_text(self) -> str:
        """Words of the lock chip."""
        return self._lock.text()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setFont(self._look.font(Role.BODY))
        entries = (
            ("key", self.tr("Đổi mật khẩu…"), "", self.password_requested),
            ("user-switch", self.tr("Đổi người dùng"), "F12", self.switch_requested),
            ("moon", self.tr("Đổi nền sáng, tối"), "", self.theme_requested),
            ("sign-out", self.tr("Thoát"), "", self.quit_requested),
        )
        for icon, words, key, signal in entries:
            action = menu.addAction(f"{words}\t{key}" if key else words)
            action.setIcon(self._look.icon(icon, "ink2", 16))
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit())
            if signal is self.theme_requested:
                menu.addSeparator()
        return menu


class QuickFind(QPushButton):
    """Looks like a field; opens the finder."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "quickfind")
        self.setFixedWidth(190)
        self.setAccessibleName(self.tr("Tìm nhanh, Ctrl K"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 7, 0)
        row.setSpacing(7)
        row.addWidget(Glyph(look, "search", "ink2", 16))
        row.addWidget(Label(look, self.tr("Tìm nhanh"), Role.BODY, "ink3"), 1)
        row.addWidget(KeyCap(look, "Ctrl K"))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class UserChip(QPushButton):
    """Initials, name, role; opens the menu."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "chipbutton")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 22, 0)
        row.setSpacing(8)
        self._avatar = Avatar(look, "")
        words = self._words = QVBoxLayout()
        words.setSpacing(0)
        words.setContentsMargins(0, 5, 0, 4)
        self._name = ElidedLabel(look, "", Role.STRONG)
        # A long name gives way before the subject one is typing into.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._role = ElidedLabel(look, "", Role.SMALL, "ink3")
        for line in (self._name, self._role):
            line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words.addWidget(self._name)
        words.addWidget(self._role)
        row.addWidget(self._avatar)
        row.addLayout(words)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_person(self, name: str, role: str) -> None:
        """Another person."""
        self._avatar.set_name(name)
        self._name.setText(name)
        self._role.setText(role)
        self.setAccessibleName(f"{name}, {role}")
        # A layout inside another keeps the width of the former person until it is told.
        self._words.invalidate()
        self._row.invalidate()
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        """Its words decide."""
        return QSize(self._row.sizeHint().width(), 44)

    @override
    def minimumSizeHint(self) -> QSize:
        """All of an ordinary name."""
        return QSize(min(_LEAST_CHIP, self._row.sizeHint().width()), 44)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and chevron; Qt's own menu arrow is left out."""
        from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter

        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter = QPainter(self)
        pixmap = self._look.pixmap("chevron-down", "ink2", 16, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 18, (self.height() - 16) // 2, pixmap)
