"""First page when there is no book yet: make one, open one, or try the sample school."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.pages.welcome.create_form import CreateForm
from ui.theme.typography import Role
from ui.widgets.buttons import Button, link
from ui.widgets.cards import ground
from ui.widgets.focus import pass_focus
from ui.widgets.labels import Glyph, Label
from ui.widgets.spine import BookSpine

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.welcome.draft import PasswordVerdict, SchoolDraft
    from ui.theme.look import Look


class WelcomePage(QWidget):
    """Callbacks only; nothing is made or opened here."""

    def __init__(
        self,
        look: Look,
        *,
        judge_password: Callable[[str], PasswordVerdict],
        on_create: Callable[[SchoolDraft], None],
        on_open: Callable[[], None],
        on_try_sample: Callable[[], None],
        on_restore: Callable[[], None],
        first_time: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`first_time`: no book was ever opened on this PC."""
        super().__init__(parent)
        self._look = look
        ground(self, "paper")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(BookSpine(look))
        self._stack = QStackedWidget()
        self._stack.setMaximumWidth(640)
        across.addStretch(1)
        across.addWidget(self._stack, 12)
        across.addStretch(1)
        self.form = CreateForm(look, judge_password)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.drafted.connect(on_create)
        self.form.back_requested.connect(self.show_choices)
        self._choices = self._build_choices(on_open, on_try_sample, first_time=first_time)
        self._add_restore(on_restore)
        self._stack.addWidget(self._choices)
        self._stack.addWidget(_padded(self.form))
        pass_focus(self, self.create_button)

    def show_form(self) -> None:
        """Tạo sổ cho trường."""
        self._stack.setCurrentIndex(1)
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_choices(self) -> None:
        """Back to the three ways."""
        self._stack.setCurrentIndex(0)
        self.create_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shows_form(self) -> bool:
        """True while the form is visible."""
        return self._stack.currentIndex() == 1

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from the form."""
        if event.key() == Qt.Key.Key_Escape and self.shows_form:
            self.show_choices()
        else:
            super().keyPressEvent(event)

    def _build_choices(
        self, on_open: Callable[[], None], on_try_sample: Callable[[], None], *, first_time: bool
    ) -> QWidget:
        look = self._look
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 70, 0, 64)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(Label(look, self.tr("Bắt đầu với Khóa Sổ"), Role.GATE_TITLE))
        if first_time:
            line = self.tr("Máy này chưa mở sổ nào. Thầy cô chọn một trong ba cách.")
        else:
            line = self.tr("Sổ lần trước chưa mở được. Thầy cô mở sổ có sẵn hoặc khôi phục.")
        column.addWidget(Label(look, line, Role.LEAD, "ink2", wrap=True))
        column.addSpacing(6)
        self.create_button = Button(
            look, self.tr("Tạo sổ"), self.show_form, kind="primary", icon="plus"
        )
        self.open_button = Button(look, self.tr("Chọn tệp sổ"), on_open, icon="folder")
        self.sample_button = Button(look, self.tr("Dùng thử"), on_try_sample, icon="flask")
        rows = (
            (
                "book-new",
                self.tr("Tạo sổ cho trường"),
                self.tr("Ghi tên trường và hiệu trưởng, đặt mật khẩu, in phiếu khôi phục."),
                self.create_button,
            ),
            (
                "folder",
                self.tr("Mở sổ có sẵn"),
                self.tr("Tệp .khoaso đã có trên máy này, hoặc bản sao lưu trên ổ cắm ngoài."),
                self.open_button,
            ),
            (
                "flask",
                self.tr("Dùng thử với trường mẫu"),
                self.tr("Một trường bịa đủ lớp, đủ điểm để tập; không đụng tới sổ thật."),
                self.sample_button,
            ),
        )
        for icon, title, words, button in rows:
            column.addWidget(self._choice(icon, title, words, button))
        column.addStretch(2)
        return page

    def _add_restore(self, on_restore: Callable[[], None]) -> None:
        """The fourth way, for whoever comes with a backup and an empty PC."""
        words = self.tr("Máy cũ hỏng? Khôi phục sổ từ một bản sao lưu vào máy này")
        self.restore_button = link(self._look, words, on_restore, "history")
        row = QHBoxLayout()
        row.addWidget(self.restore_button)
        row.addStretch(1)
        column = cast("QVBoxLayout", self._choices.layout())
        column.insertLayout(column.count() - 1, row)

    def _choice(self, icon: str, title: str, words: str, button: Button) -> QWidget:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setMinimumHeight(88)
        row = QHBoxLayout(card)
        row.setContentsMargins(20, 14, 18, 14)
        row.setSpacing(16)
        row.addWidget(Glyph(self._look, icon, "accent", 28))
        text = QVBoxLayout()
        text.setSpacing(3)
        text.addStretch(1)
        text.addWidget(Label(self._look, title, Role.CARD_TITLE))
        text.addWidget(Label(self._look, words, Role.BODY, "ink2", wrap=True))
        text.addStretch(1)
        row.addLayout(text, 1)
        button.setFixedWidth(132)
        button.setAccessibleName(title)
        button.setAccessibleDescription(words)
        row.addWidget(button)
        return card


def _padded(widget: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 44, 0, 40)
    column.addWidget(widget)
    return box
