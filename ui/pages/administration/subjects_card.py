"""Môn học của khối: the year's table of subjects, and what may be done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.periods import Term
from app.domain.roles import SETTERS
from app.domain.school_levels import Level
from app.domain.subjects import SubjectKind
from app.services.primary_setup import GRADES as PRIMARY_GRADES
from ui.dialogs.confirm_dialog import confirm
from ui.pages.administration.subject_dialog import SubjectDialog
from ui.pages.administration.year_dialogs import SubjectsDialog
from ui.theme.typography import Role
from ui.widgets.buttons import link, secondary
from ui.widgets.cards import Card
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from app.domain.school import SchoolYear
    from app.domain.subjects import Subject
    from app.services.subject_plans import SubjectFacts
    from ui.pages.administration.section import Section

_ROW = 29
_SPELT_OUT = 5
"""Grades of one level fit with their word; those of several levels stand as numbers."""


class SubjectsCard(Card):
    """One grade at a time; `show_year` reads again what is shown."""

    def __init__(self, section: Section, grades: range) -> None:
        look = section.look
        super().__init__(look, section.tr("Môn học"), flush=True)
        self._section, self._school_grades = section, range(0)
        self._year: SchoolYear | None = None
        self._has_any = False
        every = [str(g) for level in Level for g in level.grades]
        self.grades = Segmented(look, [(g, g) for g in every], self.tr("Khối đang xem"))
        self.grades.chosen.connect(lambda _grade: self._show_grade())
        self._word = Label(look, self.tr("Khối"), Role.BODY, "ink2")
        self.head.addWidget(self._word)
        self.offer(grades)
        self.head.addWidget(self.grades)
        self.add_button = link(look, self.tr("Thêm môn"), self.add_subject, "plus")
        self.edit_button = secondary(look, self.tr("Sửa môn"), self.change_subject, "pencil")
        self.fill_button = secondary(
            look, self.tr("Lập danh mục môn học"), self.fill_subjects, "plus"
        )
        for button in (self.add_button, self.edit_button, self.fill_button):
            self.head.addWidget(button)
        self._nothing = Label(look, "", Role.BODY, "ink2", wrap=True)
        self._nothing.setContentsMargins(15, 0, 15, 0)
        self.body.addWidget(self._nothing)
        self.model: RecordModel[Subject] = RecordModel(
            [
                Column(self.tr("Môn"), lambda s: s.name, role=Role.VALUE, tip=lambda s: s.name),
                Column(self.tr("Đánh giá"), self._kind, tone=lambda _s: "ink2"),
                Column(self.tr("Số tiết"), lambda s: str(s.periods), number=True),
                Column(self.tr("Học kì"), self._terms, tone=lambda _s: "ink2"),
                Column(self.tr("ĐĐGtx"), self._tx, number=True,
                       tone=lambda s: "amber" if s.tx_reason else "ink"),
                Column(self.tr("Ghi chú"), self._remark, tone=lambda _s: "ink2", tip=self._remark),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Môn học của khối"), row_height=_ROW)
        self.table.setModel(self.model)
        self.table.set_widths({0: 236, 1: 84, 2: 60, 3: 66, 4: 58})
        self.table.activated.connect(lambda _index: self._on_subject())
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._chosen())
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def offer(self, grades: range) -> None:
        """The grades of the school: as "Khối 6", or many of them as plain numbers."""
        if grades == self._school_grades:
            return
        self._school_grades = grades
        many = len(grades) > _SPELT_OUT
        self._word.setVisible(many)
        words = "{n}" if many else self.tr("Khối {n}")
        for level in Level:
            for grade in level.grades:
                self.grades.set_words(str(grade), words.format(n=grade))
                self.grades.set_shown(str(grade), shown=grade in grades)
        if int(self.grades.current()) not in grades:
            self.grades.set_current(str(grades.start))

    def show_year(self, year: SchoolYear, *, has_any: bool) -> None:
        """The year chosen in the top bar; `has_any`: whether it has subjects at all."""
        self._year, self._has_any = year, has_any
        self.fill_button.setVisible(self._may() and not has_any)
        self._show_grade()

    def change_subject(self) -> None:
        """Sửa môn học chosen in the grade shown; nothing while none is."""
        row = self.table.chosen_row()
        if row >= 0:
            self._open_subject(self.model.record(row))

    def add_subject(self) -> None:
        """Thêm môn học of the school's own to the grade shown."""
        self._open_subject(None)

    def fill_subjects(self) -> None:
        """Lập danh mục môn học of the year."""
        year, section = self._year, self._section
        if year is None:
            return
        actor = section.work.session.actor

        def save(optional: list[str]) -> None:
            section.done(section.work.setup.fill_subjects(actor, year.id, optional=optional))

        subjects = section.work.subjects
        empty = [g for g in self._school_grades if not subjects.of_grade(year.id, g)]
        SubjectsDialog(section.look, year, empty, save, section).open()

    def _open_subject(self, subject: Subject | None) -> None:
        year, grade, section = self._year, int(self.grades.current()), self._section
        if year is None:
            return
        actor, plans = section.work.session.actor, section.work.subjects

        def save(facts: SubjectFacts) -> None:
            if subject is None:
                section.done(plans.add(actor, year.id, grade, facts))
            else:
                section.done(plans.change(actor, year.id, grade, subject.id, facts))

        def remove() -> None:
            if subject is not None:
                self._ask_to_remove(year, grade, subject)

        SubjectDialog(section.look, year, grade, subject, save, remove, section).open()

    def _ask_to_remove(self, year: SchoolYear, grade: int, subject: Subject) -> None:
        section = self._section
        actor, plans = section.work.session.actor, section.work.subjects

        def remove() -> None:
            section.run(lambda: plans.remove(actor, year.id, grade, subject.id))

        confirm(
            section.look,
            section,
            self.tr("Bỏ môn {name}").format(name=subject.name),
            self.tr(
                "Các lớp khối {n} không còn cột điểm và phân công của môn này. Môn đã từng có điểm "
                "thì không bỏ được."
            ).format(n=grade),
            self.tr("Bỏ môn khỏi khối {n}").format(n=grade),
            remove,
            dangerous=True,
        )

    def _chosen(self) -> None:
        self.edit_button.setEnabled(self.table.chosen_row() >= 0)

    def _on_subject(self) -> None:
        if self.edit_button.isVisible():
            self.change_subject()

    def _show_grade(self) -> None:
        year, grade = self._year, int(self.grades.current())
        subjects = () if year is None else self._section.work.subjects.of_grade(year.id, grade)
        row = self.table.chosen_row()
        chosen = self.model.record(row).id if 0 <= row < len(self.model.records()) else None
        self.model.set_records(subjects)
        # Whoever goes on with a subject must not meet the first of the list instead.
        for at, subject in enumerate(subjects):
            if subject.id == chosen:
                self.table.selectRow(at)
        self._chosen()
        self.table.setVisible(bool(subjects))
        self._nothing.setVisible(not subjects)
        self._nothing.setText(
            self.tr("Khối {n} chưa có môn học nào.").format(n=grade)
            if self._has_any
            else self.tr(
                "Năm học này chưa có danh mục môn học. Chương trình của từng khối đã có sẵn các "
                "môn và số đánh giá thường xuyên theo thông tư."
            )
        )
        # Rows and tests of primary grades are the forms' own (TT27/2020, Phụ lục 2).
        changes = self._may() and grade not in PRIMARY_GRADES
        self.edit_button.setVisible(changes and bool(subjects))
        self.add_button.setVisible(changes and self._has_any)

    def _may(self) -> bool:
        return self._section.work.session.actor.has(*SETTERS)

    def _kind(self, subject: Subject) -> str:
        if subject.kind is SubjectKind.MARKS:
            return self.tr("điểm số")
        if subject.kind.is_primary:
            return self.tr("mức")
        return self.tr("nhận xét")

    def _tx(self, subject: Subject) -> str:
        return "" if subject.kind.is_primary else str(subject.tx_count)

    def _terms(self, subject: Subject) -> str:
        if len(subject.terms) == len(Term) or subject.kind.is_primary:
            return self.tr("cả năm")
        return "HK I" if Term.HK1 in subject.terms else "HK II"

    def _remark(self, subject: Subject) -> str:
        if subject.tx_reason:
            return subject.tx_reason
        if subject.dk_count:
            return self.tr("{n} KTđk mỗi học kì").format(n=subject.dk_count)
        if subject.elective:
            return self.tr("lựa chọn")
        return self.tr("tự chọn") if subject.optional else ""
