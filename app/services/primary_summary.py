"""Bảng tổng hợp kết quả đánh giá giáo dục, put together from a closed kỳ; nothing is typed again.

TT27/2020, Điều 10 and Phụ lục 2; TT22/2016. What the columns are follows from the curriculum's
rows, the matrix of tests and the traits of the grade, so that no form is written down twice (M8).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.ids import ClassId, SubjectId
from app.domain.marks import CellState, cell_text
from app.domain.periods import Period
from app.domain.pupils import RosterEntry
from app.domain.school import School
from app.domain.subjects import Subject, SubjectKind, column_title
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.readmodels.class_book import BookCell
from app.readmodels.primary_summary import (
    PrimarySummary,
    SummaryHead,
    SummaryPupil,
    SummaryTeacher,
)
from app.regulations.base import Promotion
from app.regulations.curriculum_2018_primary import CURRICULUM_2018
from app.regulations.primary import YearResult
from app.regulations.primary_columns import LEVEL_CODE, SCORE_CODE, subject_code, trait_column
from app.regulations.primary_curriculum import TraitGroup
from app.services.book_assembly import Corrected, book_people, corrected_cells, school_lines
from app.services.class_results import ClassFacts, load_class
from app.services.primary_inputs import PrimaryFacts
from app.services.year_lists import decided
from app.text import date_vn

_EMPTY = BookCell()
_X = BookCell("x")
_SUBJECTS = "Môn học và hoạt động giáo dục"
_LEVEL, _SCORE = "Mức đạt được", "Điểm KTĐK"
_COMPETENCES = "Năng lực cốt lõi"
TRAIT_HEADS = {
    TraitGroup.QUALITIES_2018: ("Phẩm chất chủ yếu",),
    TraitGroup.GENERAL: (_COMPETENCES, "Năng lực chung"),
    TraitGroup.SPECIFIC: (_COMPETENCES, "Năng lực đặc thù"),
    TraitGroup.COMPETENCES_2006: ("Năng lực",),
    TraitGroup.QUALITIES_2006: ("Phẩm chất",),
}
_SPLIT = {
    "tin_hoc": ("Tin học và Công nghệ", "Tin học"),
    "cong_nghe": ("Tin học và Công nghệ", "Công nghệ"),
    "am_nhac": ("Nghệ thuật", "Âm nhạc"),
    "mi_thuat": ("Nghệ thuật", "Mĩ thuật"),
}
"""Rows of one subject of CT2018, under a heading of their own."""
_FORM_OF_GRADE = {1: 1, 2: 1, 3: 4, 4: 7, 5: 7}
_FORM_OF_PERIOD = {Period.GK1: 0, Period.GK2: 0, Period.CK1: 1, Period.CN: 2}
_TT27 = "TT27/2020"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the table and where its cells come from; no subject: not an entry column."""

    heads: tuple[str, ...]
    subject: Subject | None = None
    code: str = ""
    tail: str = ""


def assemble_summary(
    uow: UnitOfWork,
    class_id: ClassId,
    period: Period,
    day: date,
    facts: ClassFacts | None = None,
) -> PrimarySummary:
    """The table of a class and kỳ as its data are now, with its people as of `day`.

    Raises RuleRefused for a secondary class and for a kỳ without such a table.
    """
    facts = facts or load_class(uow, class_id)
    primary = facts.primary
    if primary is None or period not in _FORM_OF_PERIOD:
        raise RuleRefused(
            "no_such_form",
            f"Lớp {facts.klass.name} không có bảng tổng hợp {period.words}; bảng này chỉ có ở lớp "
            "tiểu học cho giữa kì, cuối học kì I và cuối năm.",
        )
    people = book_people(uow, facts, day)
    columns = summary_columns(primary, period)
    rows = _Rows(uow, facts, primary, period, columns)
    close = uow.control.class_locks(class_id).closes.get(period)
    school = uow.school.get() or School("", "th", "", "", "")
    return PrimarySummary(
        school=school_lines(school),
        form=_form(primary, period),
        decree=f"Đánh giá theo Thông tư số {primary.rules.circular.number}",
        period=period.label,
        class_name=facts.klass.name,
        school_year=facts.year.name.replace("-", "–"),
        closed=(
            ""
            if close is None
            else f"Chốt ngày {close.closed_at:%d/%m/%Y} theo quyết định số {close.decision_no}"
        ),
        columns=tuple(SummaryHead(c.heads, wide=c.tail == "note") for c in columns),
        pupils=tuple(rows.pupil(entry) for entry in facts.entries),
        legend=(
            "Môn học, hoạt động giáo dục: T: Hoàn thành tốt; H: Hoàn thành; C: Chưa hoàn thành.",
            "Phẩm chất, năng lực: T: Tốt; Đ: Đạt; C: Cần cố gắng.",
        ),
        homeroom_teacher=people.homeroom,
        principal=people.principal,
        teachers=_teachers(facts, people.teachers, people.homeroom),
        day=day.day,
        month=day.month,
        year=day.year,
    )


def summary_columns(primary: PrimaryFacts, period: Period) -> tuple[_Column, ...]:
    """Columns behind STT, name, birth date and Nữ, in the order of the forms."""
    grade = primary.klass.grade
    return (
        *_subject_columns(primary, grade, period),
        *_trait_columns(primary, grade),
        *_tail(primary, period),
    )


def _subject_columns(primary: PrimaryFacts, grade: int, period: Period) -> Iterator[_Column]:
    curriculum = primary.rules.curriculum
    taught = {subject.code: subject for subject in primary.subjects}
    tested = curriculum.tests_due(grade, period)
    for row in curriculum.subjects(grade, optional=True):
        subject = taught.get(subject_code(curriculum, row.code))
        # Three rows of headings: a subject with a test has two columns under its whole name.
        may_split = curriculum is CURRICULUM_2018 and row.code not in tested
        split = _SPLIT.get(row.code, ()) if may_split else ()
        heads = (_SUBJECTS, *(split or (row.name,)))
        if row.code not in tested:
            yield _Column(heads, subject, LEVEL_CODE)
            continue
        yield _Column((*heads, _LEVEL), subject, LEVEL_CODE)
        yield _Column((*heads, _SCORE), subject, SCORE_CODE)


def _trait_columns(primary: PrimaryFacts, grade: int) -> Iterator[_Column]:
    rules = primary.rules
    sheet = next((s for s in primary.subjects if s.kind is SubjectKind.TRAITS), None)
    for trait in rules.traits(grade):
        code = trait_column(rules.curriculum, trait)
        yield _Column((*TRAIT_HEADS[trait.group], column_title(code)), sheet, code)


def _tail(primary: PrimaryFacts, period: Period) -> Iterator[_Column]:
    if period is Period.CN:
        if primary.klass.regulation == _TT27:
            for result in YearResult:
                yield _Column(("Đánh giá kết quả giáo dục", result.value), tail=result.name)
            yield _Column(("Khen thưởng", "Cuối năm"), tail="title")
            yield _Column(("Khen thưởng", "Đột xuất"), tail="occasion")
            yield _Column(("Chưa được lên lớp",), tail="retained")
        else:
            yield _Column(("Khen thưởng",), tail="title")
            yield _Column(("Hoàn thành chương trình lớp học",), tail="completed")
            yield _Column(("Lên lớp",), tail="promoted")
    yield _Column(("Ghi chú",), tail="note")


class _Rows:
    """Lines of one table; what every line needs is read once."""

    def __init__(
        self,
        uow: UnitOfWork,
        facts: ClassFacts,
        primary: PrimaryFacts,
        period: Period,
        columns: Sequence[_Column],
    ) -> None:
        self._facts, self._primary, self._period = facts, primary, period
        self._columns = columns
        self._struck: Corrected = corrected_cells(uow, facts)
        self._ids = {(a.subject_id, a.code): a.id for a in facts.assessments if a.term is period}
        self._notes = {
            pupil: text
            for (subject, term, pupil), text in facts.comments.items()
            if term is period
            and any(s.id == subject and s.kind is SubjectKind.TRAITS for s in facts.subjects)
        }

    def pupil(self, entry: RosterEntry) -> SummaryPupil:
        """The line of one pupil; one who left keeps what was entered."""
        profile = entry.profile
        left = "" if entry.left_on is None else f"{entry.left_reason} {date_vn(entry.left_on)}"
        return SummaryPupil(
            entry.position,
            profile.full_name,
            date_vn(profile.birth_date),
            profile.sex == "Nữ",
            left.strip(),
            tuple(self._cell(entry, column) for column in self._columns),
        )

    def _cell(self, entry: RosterEntry, column: _Column) -> BookCell:
        if column.tail:
            return self._tail(entry, column.tail)
        if column.subject is None:
            return _EMPTY
        column_id = self._ids.get((column.subject.id, column.code))
        stored = None
        if column_id is not None:
            stored = self._facts.cells.get((column_id, entry.pupil_id))
        if column_id is None or stored is None or stored.cell.state is CellState.EMPTY:
            return _EMPTY
        kind = column.subject.kind_of(column.code)
        struck = tuple(old for _, old in self._struck.get((column_id, entry.pupil_id), ()))
        return BookCell(cell_text(stored.cell, kind), struck)

    def _tail(self, entry: RosterEntry, what: str) -> BookCell:
        if what == "note":
            return BookCell(self._note(entry))
        if entry.left_on is not None:
            return _EMPTY
        found = self._primary.found(entry.pupil_id)
        outcome = decided(
            self._primary.results_of(entry.pupil_id).promotion,
            self._facts.summer.decisions.get(entry.pupil_id),
        )
        shown = {
            "title": found.title is not None,
            "occasion": self._primary.flagged(entry.pupil_id, "dot_xuat"),
            "retained": outcome is Promotion.RETAINED,
            "promoted": outcome is Promotion.PROMOTED,
            "completed": found.completed is True,
        }
        if what in shown:
            return _X if shown[what] else _EMPTY
        return _X if found.result is not None and found.result.name == what else _EMPTY

    def _note(self, entry: RosterEntry) -> str:
        inclusive = f"HS khuyết tật {entry.profile.inclusion.lower()}"
        parts = [
            inclusive if entry.profile.inclusion else "",
            self._notes.get(entry.pupil_id, ""),
        ]
        if entry.left_on is not None:
            parts.append(f"{entry.left_reason} {date_vn(entry.left_on)}".strip())
        return "; ".join(part for part in parts if part)


def _teachers(
    facts: ClassFacts, teachers: Mapping[SubjectId, tuple[str, ...]], homeroom: str
) -> tuple[SummaryTeacher, ...]:
    """Subject teachers other than the GVCN, each with the subjects to sign for."""
    found: dict[str, list[str]] = {}
    for subject in facts.subjects:
        for name in teachers.get(subject.id, ()):
            if name != homeroom and subject.kind is not SubjectKind.TRAITS:
                found.setdefault(name, []).append(subject.short_name)
    return tuple(SummaryTeacher(", ".join(subjects), name) for name, subjects in found.items())


def _form(primary: PrimaryFacts, period: Period) -> str:
    if primary.klass.regulation != _TT27:
        return ""
    return str(_FORM_OF_GRADE[primary.klass.grade] + _FORM_OF_PERIOD[period])
