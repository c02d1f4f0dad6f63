"""Năm học và lớp: the year's days, its classes, and the subjects of each grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.roles import SETTERS
from app.readmodels.home import SetupStep
from app.readmodels.roll_over import RollOverDone
from app.services.school_facts import USUAL_STAGE, grades_of
from app.text import date_vn
from ui.dialogs.confirm_dialog import confirm
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.administration.pupil_studies_dialog import PupilStudiesDialog
from ui.pages.administration.roll_over_dialog import RollOverDialog, done_words
from ui.pages.administration.section import Section
from ui.pages.administration.studies_dialog import StudiesDialog
from ui.pages.administration.subjects_card import SubjectsCard
from ui.pages.administration.year_dialogs import (
    ClassesDialog,
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
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from app.changes import CommandResult
    from app.domain.attendance import SpecialDays
    from app.domain.ids import ClassId, PupilId
    from app.domain.school import SchoolClass, SchoolYear
    from app.domain.subjects import PupilChoices
    from app.readmodels.roll_over import RollOverBoard
    from app.regulations.thpt_choices import ClassChoices
    from app.workspace import Workspace
    from ui.navigation import PageContext

_ROW = 29
_GRADE, _ELECTIVES = 1, 3
"""Columns of the class table; the second only a school of THPT needs."""


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
        self._electives: Mapping[ClassId, tuple[str, ...]] = {}

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
        self._electives = self.work.studies.electives(year.id)
        self.class_model.set_records(self._classes)
        # The name of a class begins with its grade: where room is scarce the grade gives way.
        self.class_table.setColumnHidden(_GRADE, bool(self._electives))
        self.class_table.setColumnHidden(_ELECTIVES, not self._electives)
        may = self.work.session.actor.has(*SETTERS)
        has_subjects = dict(self.work.tasks.setup_steps(year.id))[SetupStep.SUBJECTS]
        for button in (self.year_button, self.dates_button, self.calendar_button):
            button.setVisible(may)
        self.roll_button.setVisible(may and bool(self._classes))
        self.class_button.setVisible(may and has_subjects)
        self.studies_button.setVisible(may and bool(self._classes))
        self.remove_button.setVisible(may and bool(self._classes))
        self.no_classes.setVisible(not self._classes)
        self.class_table.setVisible(bool(self._classes))
        self.no_classes.setText(
            self.tr("Chưa có lớp nào. Bấm Lập lớp rồi ghi tên các lớp, cách nhau bằng dấu phẩy.")
            if has_subjects
            else self.tr("Lập danh mục môn học trước, rồi lập lớp: cột điểm của lớp theo môn học.")
        )
        self.subjects.offer(self._grades())
        self.subjects.show_year(year, has_any=has_subjects)

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

        def save(weekdays: Iterable[int], days: Iterable[SpecialDays]) -> None:
            self.done(self.work.calendars.save(actor, year.id, weekdays, days))

        CalendarDialog(self.look, calendar, save, self).open()

    def remove_class(self) -> None:
        """Xóa lớp lập nhầm: the class chosen in the table, after asking."""
        at = self.class_table.chosen_row()
        if not 0 <= at < self.class_model.rowCount():
            self.context.frame.toast(self.tr("Hãy chọn lớp cần xóa trong bảng trước."), "amber")
            return
        klass, actor = self.class_model.record(at), self.work.session.actor

        def remove() -> None:
            result = self.context.commands.run(
                lambda: self.work.class_removal.remove(actor, klass.id), initiator=self
            )
            if result is not None:
                self.done(result)

        confirm(
            self.look,
            self.window(),
            self.tr("Xóa lớp {name}?").format(name=klass.name),
            self.tr("Chỉ xóa được lớp chưa có học sinh, điểm hay bản in; nhật ký vẫn ghi lại."),
            self.tr("Xóa lớp {name}").format(name=klass.name),
            remove,
            dangerous=True,
        )

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

    def change_studies(self) -> None:
        """Môn học của lớp chosen; the first class when none is."""
        row = self.class_table.chosen_row()
        if not self._classes:
            return
        class_id = self._classes[max(row, 0)].id
        studies = self.context.commands.ask(lambda: self.work.studies.of_class(class_id))
        if studies is None:
            return
        actor = self.work.session.actor

        def save(choices: ClassChoices) -> None:
            self.done(self.work.studies.choose(actor, class_id, choices))

        StudiesDialog(
            self.look, studies, save, lambda: self.change_pupil_studies(class_id), self
        ).open()

    def change_pupil_studies(self, class_id: ClassId) -> None:
        """Môn học của từng học sinh of a class."""
        studies = self.context.commands.ask(lambda: self.work.studies.of_class(class_id))
        if studies is None:
            return
        actor = self.work.session.actor

        def save(pupils: list[PupilId], choices: PupilChoices) -> None:
            self.done(self.work.studies.choose_for_pupils(actor, class_id, pupils, choices))

        PupilStudiesDialog(self.look, studies, save, self).open()

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
        self.subjects = SubjectsCard(self, self._grades())
        across.addWidget(self.subjects, 7)
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
        self.studies_button = link(
            look, self.tr("Môn học của lớp"), self.change_studies, "mark-book"
        )
        card.head.addWidget(self.studies_button)
        self.remove_button = secondary(
            look, self.tr("Xóa lớp lập nhầm…"), self.remove_class, "trash"
        )
        card.head.addWidget(self.remove_button)
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
                Column(self.tr("Môn lựa chọn"), self._chosen, tip=self._chosen,
                       tone=lambda k: "ink2" if self._electives.get(k.id) else "amber"),
                Column(self.tr("Danh sách"), self._frozen,
                       icon=lambda k: "lock-closed" if k.roster_frozen_at else "",
                       tone=lambda k: "ink2" if k.roster_frozen_at else "amber"),
            ],
            self,
        )  # fmt: skip
        self.class_table = TableView(look, self.tr("Các lớp"), row_height=_ROW)
        self.class_table.setModel(self.class_model)
        self.class_table.set_widths({0: 64, 1: 44, 2: 94, _ELECTIVES: 122})
        self.class_table.activated.connect(
            lambda index: self.context.open_page(
                "roster", class_id=self.class_model.record(index.row()).id
            )
        )
        card.body.addWidget(self.class_table, 1)
        card.body.addStretch(0)
        return card

    def _grades(self) -> range:
        """Grades of this school."""
        school = self.work.setup.school()
        return grades_of(USUAL_STAGE if school is None else school.stage)

    def _chosen(self, klass: SchoolClass) -> str:
        names = self._electives.get(klass.id)
        if names is None:
            return ""
        return ", ".join(names) or self.tr("chưa chọn")

    def _frozen(self, klass: SchoolClass) -> str:
        if klass.roster_frozen_at is None:
            return self.tr("chưa chốt")
        return self.tr("chốt {day}").format(day=date_vn(klass.roster_frozen_at))
