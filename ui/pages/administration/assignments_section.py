"""Phân công: the GVCN and the teacher of every subject, class by class; paste from Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from app.services.school_setup import SETTERS
from ui.dialogs.entry_dialog import EntryDialog
from ui.dialogs.file_dialogs import open_file
from ui.pages.administration.section import Section
from ui.pages.administration.staff_dialog import SHEET_FILES, rows_of_file
from ui.theme.typography import Role
from ui.widgets.buttons import link, secondary
from ui.widgets.cards import Card
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import LabelledField
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.domain.ids import AccountId
    from app.domain.school import SchoolYear
    from app.importing.tables import SheetReader
    from app.services.assignments import AssignmentLine, PastedList, PastedProblem
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.theme.look import Look

_ROW = 32
_FLEXIBLE = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)


class ClassPosts(NamedTuple):
    """One class with its posts by title, in the order of the book."""

    name: str
    posts: dict[str, AssignmentLine]


class AssignmentsSection(Section):
    """One row a class, one column a post; Enter or a double click chooses a teacher."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, work, year, parent)
        self._stack = QStackedLayout()
        self.column.addLayout(self._stack, 1)
        self._card = self._build()
        self._stack.addWidget(self._card)
        self._empty = EmptyState(
            self.look, "people", self.tr("Chưa có lớp để phân công"),
            self.tr("Lập năm học, môn học và lớp trước; rồi phân công giáo viên cho từng lớp."),
        )  # fmt: skip
        self._stack.addWidget(self._empty)
        self._titles: tuple[str, ...] = ()

    def refresh(self) -> None:
        """The year's posts again."""
        year = self.year()
        lines = self.work.assignments.table(year.id) if year is not None else ()
        self._stack.setCurrentWidget(self._card if lines else self._empty)
        titles = tuple(dict.fromkeys(line.subject_name for line in lines))
        classes: dict[str, dict[str, AssignmentLine]] = {}
        for line in lines:
            classes.setdefault(line.class_name, {})[line.subject_name] = line
        if titles != self._titles:
            self._titles = titles
            self._set_columns()
        self.model.set_records([ClassPosts(name, posts) for name, posts in classes.items()])
        gaps = sum(line.account_id is None for line in lines)
        tone, icon = ("amber", "warning") if gaps else ("green", "check-disc")
        words = (
            self.tr("còn {n} chỗ chưa phân công").format(n=gaps)
            if gaps
            else self.tr("đã phân công đủ")
        )
        self.state.set_state(icon, words, tone)
        may = self.work.session.actor.has(*SETTERS)
        self.paste_button.setVisible(may)
        self.choose_button.setVisible(may)

    def choose(self) -> None:
        """The dialog of the post under the cursor."""
        index = self.table.currentIndex()
        if not index.isValid() or index.column() == 0:
            return
        post = self.model.record(index.row()).posts.get(self._titles[index.column() - 1])
        if post is None or not self.work.session.actor.has(*SETTERS):
            return
        actor = self.work.session.actor
        people = [
            (account.id, account.full_name)
            for account in self.work.accounts.all()
            if account.disabled_on is None
        ]

        def assign(account_id: AccountId, day: date | None) -> None:
            self.done(
                self.work.assignments.assign(actor, post.class_id, post.subject_id, account_id, day)
            )

        def end(day: date | None) -> None:
            self.done(self.work.assignments.end(actor, post.class_id, post.subject_id, day))

        PostDialog(self.look, post, people, self.work.clock.today(), assign, end, self).open()

    def paste(self) -> None:
        """The dialog of a pasted list."""
        year = self.year()
        if year is None:
            return
        actor = self.work.session.actor

        def read(text: str) -> PastedList:
            return self.work.assignments.read_pasted(year.id, text)

        def accept(text: str, day: date | None) -> None:
            self.done(self.work.assignments.accept_pasted(actor, year.id, text, day))

        today = self.work.clock.today()
        PasteDialog(self.look, year.name, today, read, accept, self.work.sheets, self).open()

    # --- inside

    def _build(self) -> Card:
        look = self.look
        card = Card(look, self.tr("Phân công"), flush=True)
        self.state = IconText(look, "check-disc", "", "green", Role.VALUE)
        card.head.insertWidget(2, self.state)
        self.choose_button = secondary(look, self.tr("Chọn giáo viên"), self.choose, "user")
        self.paste_button = secondary(look, self.tr("Dán từ Excel"), self.paste, "excel")
        card.head.addWidget(self.choose_button)
        card.head.addWidget(self.paste_button)
        self.model: RecordModel[ClassPosts] = RecordModel([], self)
        self.table = TableView(look, self.tr("Phân công theo lớp và môn"), row_height=_ROW,
                               cells=True)  # fmt: skip
        self.table.setModel(self.model)
        self.table.activated.connect(lambda _index: self.choose())
        card.body.addWidget(self.table, 1)
        return card

    def _set_columns(self) -> None:
        columns: list[Column[ClassPosts]] = [
            Column(self.tr("Lớp"), lambda k: k.name, role=Role.STRONG)
        ]
        columns.extend(self._post_column(title) for title in self._titles)
        former = self.model
        self.model = RecordModel(columns, self)
        self.table.setModel(self.model)
        former.deleteLater()
        widths = {0: 64} | dict.fromkeys(range(1, len(columns)), 148)
        self.table.set_widths(widths, whole=widths)

    def _post_column(self, title: str) -> Column[ClassPosts]:
        def teacher(klass: ClassPosts) -> str:
            post = klass.posts.get(title)
            if post is None:
                return "–"
            return post.teacher or self.tr("chưa có")

        def tone(klass: ClassPosts) -> str:
            post = klass.posts.get(title)
            return "ink3" if post is None else ("ink" if post.teacher else "amber")

        return Column(title, teacher, tone=tone, tip=teacher)


class PostDialog(EntryDialog):
    """Who holds one post from a day on."""

    def __init__(
        self,
        look: Look,
        post: AssignmentLine,
        people: Sequence[tuple[AccountId, str]],
        today: date,
        assign: Callable[[AccountId, date | None], None],
        end: Callable[[date | None], None],
        parent: QWidget,
    ) -> None:
        title = parent.tr("{subject}, lớp {name}").format(
            subject=post.subject_name, name=post.class_name
        )
        super().__init__(look, title, icon="user", parent=parent, width=620)
        self._assign, self._end = assign, end
        now = (
            self.tr("Đang là {name}").format(name=post.teacher)
            if post.teacher
            else self.tr("Chưa có ai được phân công")
        )
        self.body.addWidget(Label(look, now, Role.BODY, "ink2"))
        self.who = Combo(look, self.tr("Giáo viên"), people)
        if post.account_id is not None:
            self.who.set_current(post.account_id)
        self.add_field(LabelledField(look, self.tr("Giáo viên"), self.who))
        self.day = DateField(look, self.tr("Từ ngày"), today)
        self.add_field(
            LabelledField(
                look, self.tr("Từ ngày"), self.day,
                self.tr("Người trước thôi dạy từ hôm trước ngày này"),
            )
        )  # fmt: skip
        self.add_refusal_line()
        self.body.addStretch(1)
        if post.account_id is not None:
            self.end_link = self.add_foot_link(
                self.tr("Kết thúc sau ngày trên, chưa giao ai"), self._finish, "close"
            )
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button("", self._submit, icon="check")
        self.who.picked.connect(lambda _key: self._words())
        self.finished.connect(self.deleteLater)
        self._words()
        self.who.setFocus()

    def _words(self) -> None:
        self.save_button.setText(self.tr("Phân công {name}").format(name=self.who.currentText()))

    def _submit(self) -> None:
        if self.attempt(lambda: self._assign(self.who.current(), self.day.value())):
            self.accept()

    def _finish(self) -> None:
        if self.attempt(lambda: self._end(self.day.value())):
            self.accept()


class PasteDialog(EntryDialog):
    """Lines "lớp; môn; giáo viên": each bad one with its number and reason; all or nothing."""

    def __init__(
        self,
        look: Look,
        year: str,
        today: date,
        read: Callable[[str], PastedList],
        accept: Callable[[str, date | None], None],
        reader: SheetReader,
        parent: QWidget,
    ) -> None:
        super().__init__(
            look, parent.tr("Dán phân công từ Excel"), note=year, icon="excel", parent=parent,
            width=860, height=606,
        )  # fmt: skip
        self._read, self._take, self._reader = read, accept, reader
        lead = self.tr(
            "Chép ba cột lớp, môn, họ tên giáo viên từ Excel rồi dán vào đây; môn ghi GVCN là giáo "
            "viên chủ nhiệm. Cũng có thể gõ: 6A; Toán; Nguyễn Thị Bình"
        )
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        self.text = QPlainTextEdit()
        self.text.setFont(look.font(Role.BODY))
        self.text.setAccessibleName(self.tr("Các dòng phân công"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(110)
        self.text.setSizePolicy(_FLEXIBLE)
        self.text.textChanged.connect(self._check)
        self.body.addWidget(self.text, 2)
        row = QHBoxLayout()
        self.good = IconText(look, "check", "", "green", Role.VALUE)
        self.bad = IconText(look, "warning", "", "red", Role.VALUE)
        row.addWidget(self.good)
        row.addWidget(self.bad)
        row.addStretch(1)
        row.addWidget(Label(look, self.tr("Có hiệu lực từ"), Role.BODY, "ink3"))
        self.day = DateField(look, self.tr("Có hiệu lực từ ngày"), today)
        self.day.setFixedWidth(140)
        row.addWidget(self.day)
        self.body.addLayout(row)
        self.problems: RecordModel[PastedProblem] = RecordModel(
            [
                Column(self.tr("Dòng"), lambda p: str(p.number), number=True),
                Column(self.tr("Nội dung"), lambda p: p.text, tip=lambda p: p.text),
                Column(self.tr("Vì sao"), lambda p: p.reason, tone=lambda _p: "red",
                       tip=lambda p: p.reason),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Dòng chưa nhận được"), row_height=27)
        self.table.setModel(self.problems)
        self.table.set_widths({0: 56, 1: 320})
        self.table.setMinimumHeight(110)
        self.table.setSizePolicy(_FLEXIBLE)
        self.body.addWidget(self.table, 2)
        self.add_refusal_line()
        self.add_foot_widget(link(look, self.tr("Lấy từ tệp Excel…"), self._ask_file, "excel"))
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button("", self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self._check()
        self.text.setFocus()

    def take_file(self, path: Path) -> bool:
        """Fill the text from the first sheet of a file; a refusal is said above the foot."""
        return self.attempt(lambda: self.text.setPlainText(rows_of_file(self._reader, path)))

    def _ask_file(self) -> None:
        open_file(self, self.tr("Tệp phân công"), SHEET_FILES, self.take_file)

    def _check(self) -> None:
        found = self._read(self.text.toPlainText())
        self.good.set_state(
            "check", self.tr("{n} dòng nhận được").format(n=len(found.lines)), "green"
        )
        self.bad.set_state(
            "warning", self.tr("{n} dòng chưa nhận được").format(n=len(found.problems)), "red"
        )
        self.bad.setVisible(bool(found.problems))
        self.problems.set_records(found.problems)
        self.table.setVisible(bool(found.problems))
        self.save_button.setText(self.tr("Phân công {n} dòng").format(n=len(found.lines)))
        self.save_button.setEnabled(bool(found.lines) and not found.problems)

    def _submit(self) -> None:
        if self.attempt(lambda: self._take(self.text.toPlainText(), self.day.value())):
            self.accept()
