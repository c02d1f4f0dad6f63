"""Mời thầy cô vào sổ: file, departments, names, password. Decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.pages.sign_in.lists import DepartmentList, NameList
from ui.theme.typography import Role
from ui.widgets.buttons import Button, link, primary, secondary
from ui.widgets.cards import frame, ground, hairline
from ui.widgets.fields import SearchField
from ui.widgets.focus import pass_focus
from ui.widgets.labels import ElidedLabel, Glyph, IconText, Label
from ui.widgets.password_field import PasswordField
from ui.widgets.spine import BookSpine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from ui.pages.sign_in.people import Person, SignInFacts
    from ui.theme.look import Look
    from ui.widgets.sentence_strip import SentenceStrip

_WIDTH = 720


class SignInPage(QWidget):
    """The view; `SignInPresenter` listens and answers through its methods."""

    searched = Signal(str)
    department_chosen = Signal(str)
    person_chosen = Signal(str)
    submitted = Signal(str)
    forgotten = Signal()
    other_file_requested = Signal()
    restore_requested = Signal()
    salvage_requested = Signal()

    def __init__(self, look: Look, facts: SignInFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._trouble: SentenceStrip | None = None
        self._ways_out: QWidget | None = None
        ground(self, "paper")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._spine = BookSpine(look, facts.school, facts.label)
        across.addWidget(self._spine)
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 70, 0, 64)
        column.setSpacing(0)
        across.addStretch(1)
        across.addWidget(middle, 12)
        across.addStretch(1)
        column.addWidget(Label(look, self.tr("Mời thầy cô vào sổ"), Role.GATE_TITLE))
        column.addSpacing(12)
        column.addWidget(self._file_box(facts))
        self._under_file = QVBoxLayout()
        self._under_file.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._under_file)
        column.addSpacing(18)
        column.addLayout(self._search_row())
        column.addSpacing(8)
        column.addLayout(self._lists(), 1)
        column.addSpacing(14)
        column.addWidget(hairline())
        column.addSpacing(12)
        self._password_rows(column)
        pass_focus(self, self.search)
        self._connect()

    # What the presenter tells the view

    def show_departments(self, departments: Sequence[tuple[str, int]]) -> None:
        """Departments with their head counts."""
        self.departments.show_departments(departments)

    def show_people(self, people: Sequence[Person], department: str, mark: str) -> None:
        """Names, which department they are (empty: a search), and whom to mark."""
        self.departments.mark(department)
        self.names.show_people(people, mark)
        self._nobody.setVisible(not people)
        self.names.setVisible(bool(people))

    def ask_password_of(self, name: str) -> None:
        """Whose password is asked; an empty name closes the field."""
        words = self.tr("Mật khẩu của <b>{name}</b>")
        safe = name.replace("&", "&amp;").replace("<", "&lt;")
        self._whose.setText(words.format(name=safe) if name else self.tr("Mật khẩu"))
        self.password.setAccessibleName(self.tr("Mật khẩu của {name}").format(name=name))
        self.password.setEnabled(bool(name))
        self.open_button.setEnabled(bool(name))
        self.clear_message()

    def focus_password(self) -> None:
        """Ready to type it."""
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.password.selectAll()

    def set_busy(self, busy: bool) -> None:
        """While keys are derived: the window lives, the form waits."""
        # The password last: the focus it gives up must not walk into the lists.
        for widget in (self.departments, self.names, self.search, self.open_button, self.password):
            widget.setEnabled(not busy)
        words = self.tr("Đang mở…") if busy else self.tr("Mở sổ")
        self.open_button.setText(words)

    def show_failure(self, sentence: str) -> None:
        """Why it did not open; the password is marked to be typed again."""
        self._message.set_state("warning", sentence, "red")
        self._message.show()
        self.password.set_ring("red")
        self.focus_password()

    def show_trouble(self, sentence: str, *, ways_out: bool = False) -> None:
        """Why the file itself does not open, under its name; an empty sentence takes it away.

        With `ways_out` the last good backup and salvage stand under it.
        """
        self._show_ways_out(shown=ways_out and bool(sentence))
        if self._trouble is None:
            if not sentence:
                return
            from ui.widgets.sentence_strip import SentenceStrip

            self._trouble = SentenceStrip(self._look)
            self._under_file.addSpacing(8)
            self._under_file.addWidget(self._trouble)
        self._trouble.say(sentence)
        if self._ways_out is not None:
            self._under_file.addWidget(self._ways_out)

    def _show_ways_out(self, *, shown: bool) -> None:
        if self._ways_out is None:
            if not shown:
                return
            self._ways_out = QWidget()
            row = QHBoxLayout(self._ways_out)
            row.setContentsMargins(0, 8, 0, 0)
            row.setSpacing(10)
            look = self._look
            self.restore_button = primary(
                look, self.tr("Khôi phục bản sao lưu gần nhất"), self.restore_requested.emit,
                "history",
            )  # fmt: skip
            self.salvage_button = secondary(
                look, self.tr("Cứu những gì còn đọc được"), self.salvage_requested.emit,
                "shield-check",
            )  # fmt: skip
            row.addWidget(self.restore_button)
            row.addWidget(self.salvage_button)
            row.addStretch(1)
        if self._trouble is not None:
            self._under_file.removeWidget(self._ways_out)
        self._ways_out.setVisible(shown)

    def trouble(self) -> str:
        """What stands under the file's name; empty without trouble."""
        return self._trouble.sentence if self._trouble is not None else ""

    def clear_message(self) -> None:
        """Nothing to say."""
        self._message.set_state("", "", "amber")
        self._message.hide()
        self.password.set_ring("")

    def message(self) -> str:
        """The sentence under the password; empty without one."""
        return self._message.text()

    def clear_password(self) -> None:
        """Leave no dots behind."""
        self.password.clear()
        self.password.hide_text()

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names need the room more than the cloth does."""
        super().resizeEvent(event)
        self._spine.fit(self.width())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field: arrows move the mark, Enter goes to the password."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.names.move_mark(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.names.chosen_uid():
                    self.focus_password()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.searched)
        self.search.installEventFilter(self)
        self.departments.department_chosen.connect(self.department_chosen)
        self.names.person_chosen.connect(self.person_chosen)
        self.names.person_opened.connect(lambda _uid: self.focus_password())
        self.password.returnPressed.connect(self._submit)
        self.password.vietnamese_typing.connect(self._warn)
        self.password.textEdited.connect(self._retyped)

    def _submit(self) -> None:
        if self.open_button.isEnabled() and self.password.text():
            self.submitted.emit(self.password.text())

    def _retyped(self) -> None:
        if not self.password.warns_of_vietnamese:
            self.clear_message()

    def _warn(self, on: bool) -> None:
        if on:
            words = self.tr(
                "Bộ gõ tiếng Việt đang bật. Hãy chuyển sang tiếng Anh trước khi gõ mật khẩu."
            )
            self._message.set_state("warning", words, "amber")
            self._message.show()
        else:
            self.clear_message()

    def _file_box(self, facts: SignInFacts) -> QWidget:
        box = frame("inset")
        box.setFixedHeight(52)
        row = QHBoxLayout(box)
        row.setContentsMargins(15, 0, 16, 0)
        row.setSpacing(11)
        row.addWidget(Glyph(self._look, "file", "accent", 20))
        words = QVBoxLayout()
        words.setContentsMargins(0, 8, 0, 8)
        words.setSpacing(0)
        words.addWidget(ElidedLabel(self._look, facts.file_name, Role.STRONG))
        words.addWidget(ElidedLabel(self._look, facts.file_line, Role.CAPTION, "ink2"))
        row.addLayout(words, 1)
        other = link(self._look, self.tr("Chọn tệp khác"), self.other_file_requested.emit, "folder")
        restore = link(self._look, self.tr("Khôi phục"), self.restore_requested.emit, "history")
        restore.setToolTip(self.tr("Khôi phục sổ này từ một bản sao lưu"))
        row.addWidget(restore)
        row.addWidget(other)
        return box

    def _search_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label(self._look, self.tr("Người dùng"), Role.TASK_TITLE), 1)
        name = self.tr("Tìm tên người dùng")
        self.search = SearchField(self._look, name, self.tr("Gõ vài chữ của tên, không cần dấu"))
        self.search.setFixedWidth(300)
        row.addWidget(self.search)
        return row

    def _lists(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        self.departments = DepartmentList(self._look, self.tr("Tổ, bộ phận"))
        self.departments.setFixedWidth(214)
        self.names = NameList(self._look, self.tr("Tên người dùng"))
        nobody = self.tr("Không có ai tên như vậy. Thử gõ riêng tên gọi, ví dụ “khai”.")
        self._nobody = Label(self._look, nobody, Role.BODY, "ink2", wrap=True)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nobody.setContentsMargins(10, 10, 0, 0)
        self._nobody.hide()
        row.addWidget(self.departments)
        row.addSpacing(20)
        row.addWidget(hairline(vertical=True))
        row.addSpacing(16)
        row.addWidget(self.names, 1)
        row.addWidget(self._nobody, 1)
        return row

    def _password_rows(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        self._whose = Label(self._look, "", Role.BODY, rich=True)
        head.addWidget(self._whose, 1)
        head.addWidget(link(self._look, self.tr("Quên mật khẩu"), self.forgotten.emit))
        column.addLayout(head)
        column.addSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.password = PasswordField(self._look, self.tr("Mật khẩu"), tall="gate")
        self._whose.setBuddy(self.password)
        row.addWidget(self.password, 1)
        self.open_button = Button(
            self._look, self.tr("Mở sổ"), self._submit, kind="primary", icon="lock-open",
            tall="gate",
        )  # fmt: skip
        self.open_button.setFixedWidth(132)
        row.addWidget(self.open_button)
        column.addLayout(row)
        column.addSpacing(6)
        self._message = IconText(self._look, "", "", "amber", Role.CAPTION_STRONG, wrap=True)
        keep = self._message.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._message.setSizePolicy(keep)
        self._message.hide()
        column.addWidget(self._message)
