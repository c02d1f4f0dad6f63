"""Năm học và lớp: the year's days, its classes, and the subjects of each grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.subjects import SubjectKind
from app.readmodels.home import SetupStep
from app.readmodels.roll_over import RollOverDone
from app.regulations import curriculum_2018_thcs as curriculum
from app.services.school_setup import SETTERS
from app.text import date_vn
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.administration.roll_over_dialog import RollOverDialog, done_words
from ui.pages.administration.section import Section
from ui.pages.administration.year_dialogs import (
    ClassesDialog,
    SubjectsDialog,
    TxCountDialog,
    YearDatesDialog,
    YearDialog,
)
from ui.pages.attendance.calendar_dialog import CalendarDialog
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import link, secondary
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from app.changes import CommandResult
    from app.domain.attendance import SpecialDays
    from app.domain.school import SchoolClass, SchoolYear
    from app.domain.subjects import Subject
    from app.readmodels.roll_over import RollOverBoard
    from app.workspace import Workspace
    from ui.navigation import PageContext

_ROW = 29


class YearSection(Section):
    """Classes at the left, subjects of one grade at the right."""

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
        self._main = self._build()
        self._stack.addWidget(self._main)
        self._empty = EmptyState(
            self.look,
            "calendar",
            self.tr("Trường chưa có năm học"),
            self.tr("Lập năm học trước; môn học và lớp thuộc về một năm học."),
        )
        self._stack.addWidget(self._empty)
        self._classes: tuple[SchoolClass, ...] = ()

    def refresh(self) -> None:
        """The year chosen in the top bar."""
        year = self.year()
        self._stack.setCurrentWidget(self._empty if year is None else self._main)
        if year is None:
            return
        self.days.setText(
            self.tr("Khai giảng {a} · học kì II từ {b} · kết thúc {c}").format(
                a=date_vn(year.starts_on), b=date_vn(year.term2_starts_on), c=date_vn(year.ends_on)
            )
        )
        self.title.setText(self.tr("Năm học {name}").format(name=year.name.replace("-", "–")))
        self._classes = self.work.setup.classes(year.id)
        self.class_model.set_records(self._classes)
        may = self.work.session.actor.has(*SETTERS)
        has_subjects = dict(self.work.tasks.setup_steps(year.id))[SetupStep.SUBJECTS]
        for button in (self.year_button, self.dates_button, self.calendar_button):
            button.setVisible(may)
        self.roll_button.setVisible(may and bool(self._classes))
        self.class_button.setVisible(may and has_subjects)
        self.subject_button.setVisible(may and not has_subjects)
        self.no_classes.setVisible(not self._classes)
        self.class_table.setVisible(bool(self._classes))
        self.no_classes.setText(
            self.tr("Chưa có lớp nào. Bấm Lập lớp rồi ghi tên các lớp, cách nhau bằng dấu phẩy.")
            if has_subjects
            else self.tr("Lập danh mục môn học trước, rồi lập lớp: cột điểm của lớp theo môn học.")
        )
        self._show_grade()

    # --- dialogs

    def add_year(self) -> None:
        """Lập năm học; the name of the running or next school year is proposed."""
        today = self.work.clock.today()
        first = today.year if today.month >= 6 else today.year - 1
        taken = {year.name for year in self.work.setup.years()}
        while f"{first}-{first + 1}" in taken:
            first += 1
        actor = self.work.session.actor

        def save(name: str, starts: date | None, term2: date | None, ends: date | None) -> None:
            self.done(self.work.setup.add_year(actor, name, starts, term2, ends))

        YearDialog(self.look, f"{first}-{first + 1}", save, self).open()

    def roll_over(self) -> None:
        """Chuyển năm học: look at every class in a job, then the wizard."""
        year = self.year()
        if year is None:
            return
        work, actor = self.work, self.work.session.actor

        def done(result: CommandResult) -> None:
            self.done(result)
            if isinstance(result.payload, RollOverDone):
                self.context.frame.toast(done_words(self, result.payload), "green")

        def show(board: RollOverBoard) -> None:
            RollOverDialog(
                self.context,
                board,
                lambda choice, progress: work.roll_over.run(actor, year.id, choice, progress),
                done,
                self,
            ).open()

        run_with_progress(
            self.context.jobs, self.look, self,
            self.tr("Đang xem kết quả các lớp"),
            lambda progress: work.roll_over.board(actor, year.id, progress),
            lane=Lane.DATABASE, on_success=show,
        )  # fmt: skip

    def change_dates(self) -> None:
        """Sửa ngày of the year shown."""
        year = self.year()
        if year is None:
            return
        actor = self.work.session.actor

        def save(starts: date, term2: date, ends: date) -> None:
            self.done(self.work.year_dates.change(actor, year.id, starts, term2, ends))

        YearDatesDialog(self.look, year, save, self).open()

    def change_calendar(self) -> None:
        """Lịch học, ngày nghỉ, hạn báo đủ of the year shown."""
        year = self.year()
        if year is None:
            return
        calendar = self.context.commands.ask(lambda: self.work.calendars.read(year.id))
        if calendar is None:
            return
        actor = self.work.session.actor

        def save(weekdays: Iterable[int], due_day: int, days: Iterable[SpecialDays]) -> None:
            self.done(self.work.calendars.save(actor, year.id, weekdays, due_day, days))

        CalendarDialog(self.look, calendar, save, self).open()

    def fill_subjects(self) -> None:
        """Lập danh mục môn học of the year."""
        year = self.year()
        if year is None:
            return
        actor = self.work.session.actor

        def save(optional: list[str]) -> None:
            self.done(self.work.setup.fill_subjects(actor, year.id, optional=optional))

        SubjectsDialog(self.look, year.name, save, self).open()

    def add_classes(self) -> None:
        """Lập lớp: every name is checked before the first is written."""
        year = self.year()
        if year is None:
            return
        actor = self.work.session.actor

        def save(names: list[tuple[int, str]]) -> None:
            for grade, name in names:
                self.done(self.work.setup.add_class(actor, year.id, grade, name))

        ClassesDialog(self.look, year.name, save, self).open()

    def change_tx(self) -> None:
        """Đổi số ĐĐGtx of the subject chosen in the grade shown."""
        year, grade = self.year(), int(self.grades.current())
        klass = self._class_of(grade)
        if year is None or klass is None:
            return
        subjects = self.work.setup.subjects(klass.id)
        row = self.subject_table.chosen_row()
        chosen = self.subject_model.record(row) if row >= 0 else subjects[0]
        actor = self.work.session.actor

        def save(subject: Subject, count: int, reason: str) -> None:
            self.done(
                self.work.setup.set_tx_count(actor, year.id, grade, subject.id, count, reason)
            )

        TxCountDialog(self.look, grade, subjects, chosen, save, self).open()

    # --- inside

    def _build(self) -> QWidget:
        main = QWidget()
        across = QHBoxLayout(main)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(CARD_GAP)
        left = QVBoxLayout()
        left.setSpacing(CARD_GAP)
        left.addWidget(self._year_card())
        left.addWidget(self._class_card(), 1)
        across.addLayout(left, 5)
        across.addWidget(self._subject_card(), 7)
        return main

    def _year_card(self) -> Card:
        look = self.look
        card = Card(look)
        row = QHBoxLayout()
        self.title = Label(look, "", Role.CARD_TITLE)
        row.addWidget(self.title)
        row.addStretch(1)
        self.year_button = link(look, self.tr("Lập năm học khác"), self.add_year, "plus")
        row.addWidget(self.year_button)
        card.body.addLayout(row)
        self.days = Label(look, "", Role.BODY, "ink2", wrap=True)
        card.body.addWidget(self.days)
        acts = QHBoxLayout()
        acts.setSpacing(16)
        self.dates_button = link(look, self.tr("Sửa ngày"), self.change_dates, "calendar")
        self.calendar_button = link(
            look, self.tr("Lịch học, ngày nghỉ, hạn báo đủ"), self.change_calendar, "attendance"
        )
        acts.addWidget(self.dates_button)
        acts.addWidget(self.calendar_button)
        acts.addStretch(1)
        self.roll_button = secondary(
            look, self.tr("Chuyển năm học…"), self.roll_over, "arrow-right"
        )
        acts.addWidget(self.roll_button)
        card.body.addLayout(acts)
        return card

    def _class_card(self) -> Card:
        look = self.look
        card = Card(look, self.tr("Các lớp"), flush=True)
        self.class_button = secondary(look, self.tr("Lập lớp"), self.add_classes, "plus")
        card.head.addWidget(self.class_button)
        self.no_classes = Label(look, "", Role.BODY, "ink2", wrap=True)
        self.no_classes.setContentsMargins(15, 0, 15, 0)
        card.body.addWidget(self.no_classes)
        self.class_model: RecordModel[SchoolClass] = RecordModel(
            [
                Column(self.tr("Lớp"), lambda k: k.name, role=Role.VALUE),
                Column(self.tr("Khối"), lambda k: str(k.grade), number=True),
                Column(self.tr("Thông tư"), lambda k: k.regulation,
                       tone=lambda _k: "ink2"),
                Column(self.tr("Danh sách"), self._frozen,
                       icon=lambda k: "lock-closed" if k.roster_frozen_at else "",
                       tone=lambda k: "ink2" if k.roster_frozen_at else "amber"),
            ],
            self,
        )  # fmt: skip
        self.class_table = TableView(look, self.tr("Các lớp"), row_height=_ROW)
        self.class_table.setModel(self.class_model)
        self.class_table.set_widths({0: 70, 1: 50, 2: 104})
        self.class_table.activated.connect(
            lambda index: self.context.open_page(
                "roster", class_id=self.class_model.record(index.row()).id
            )
        )
        card.body.addWidget(self.class_table, 1)
        card.body.addStretch(0)
        return card

    def _subject_card(self) -> Card:
        look = self.look
        card = Card(look, self.tr("Môn học"), flush=True)
        self.grades = Segmented(
            look,
            [(str(g), self.tr("Khối {n}").format(n=g)) for g in curriculum.GRADES],
            self.tr("Khối đang xem"),
        )
        self.grades.chosen.connect(lambda _grade: self._show_grade())
        card.head.addWidget(self.grades)
        self.tx_button = secondary(look, self.tr("Đổi số ĐĐGtx"), self.change_tx, "pencil")
        card.head.addWidget(self.tx_button)
        self.subject_button = secondary(
            look, self.tr("Lập danh mục môn học"), self.fill_subjects, "plus"
        )
        card.head.addWidget(self.subject_button)
        self.no_subjects = Label(look, "", Role.BODY, "ink2", wrap=True)
        self.no_subjects.setContentsMargins(15, 0, 15, 0)
        card.body.addWidget(self.no_subjects)
        self.subject_model: RecordModel[Subject] = RecordModel(
            [
                Column(self.tr("Môn"), lambda s: s.name, role=Role.VALUE, tip=lambda s: s.name),
                Column(self.tr("Đánh giá bằng"), self._kind, tone=lambda _s: "ink2"),
                Column(self.tr("Số tiết"), lambda s: str(s.periods), number=True),
                Column(self.tr("ĐĐGtx"), lambda s: str(s.tx_count), number=True,
                       tone=lambda s: "amber" if s.tx_reason else "ink"),
                Column(self.tr("Căn cứ của trường"), lambda s: s.tx_reason,
                       tone=lambda _s: "ink2", tip=lambda s: s.tx_reason),
            ],
            self,
        )  # fmt: skip
        self.subject_table = TableView(look, self.tr("Môn học của khối"), row_height=_ROW)
        self.subject_table.setModel(self.subject_model)
        self.subject_table.set_widths({0: 256, 1: 150, 2: 60, 3: 62})
        self.subject_table.activated.connect(lambda _index: self._on_subject())
        card.body.addWidget(self.subject_table, 1)
        card.body.addStretch(0)
        return card

    def _on_subject(self) -> None:
        if self.tx_button.isVisible():
            self.change_tx()

    def _show_grade(self) -> None:
        grade = int(self.grades.current())
        klass = self._class_of(grade)
        subjects = self.work.setup.subjects(klass.id) if klass is not None else ()
        self.subject_model.set_records(subjects)
        self.subject_table.setVisible(bool(subjects))
        self.no_subjects.setVisible(not subjects)
        missing = self.subject_button.isVisibleTo(self)
        self.no_subjects.setText(
            self.tr(
                "Năm học này chưa có danh mục môn học. Chương trình GDPT 2018 đã có sẵn các môn và "
                "số đánh giá thường xuyên theo thông tư."
            )
            if missing
            else self.tr("Khối {n} chưa có lớp nào nên chưa có môn để xem.").format(n=grade)
        )
        self.tx_button.setVisible(bool(subjects) and self.work.session.actor.has(*SETTERS))

    def _class_of(self, grade: int) -> SchoolClass | None:
        return next((k for k in self._classes if k.grade == grade), None)

    def _kind(self, subject: Subject) -> str:
        if subject.kind is SubjectKind.MARKS:
            return self.tr("nhận xét và điểm số")
        return self.tr("nhận xét")

    def _frozen(self, klass: SchoolClass) -> str:
        if klass.roster_frozen_at is None:
            return self.tr("chưa chốt")
        return self.tr("chốt {day}").format(day=date_vn(klass.roster_frozen_at))
