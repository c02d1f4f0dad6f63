"""The two pages of a school year in học bạ tiểu học (TT27/2020, Phụ lục 1; TT22/2016).

Levels and scores are those of cuối năm; where the pupil was assessed again, the last ones (the
form's guidance). The rows are those of the programme, the same in every grade.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.ids import PupilId
from app.domain.marks import CellState, cell_text, value_text
from app.domain.periods import Period, Term
from app.domain.subjects import Subject, SubjectKind
from app.domain.trait_comments import part_comment
from app.readmodels.primary_booklet import (
    BookletTrait,
    BookletTraits,
    PrimaryBookletSubject,
    PrimaryBookletYear,
)
from app.regulations.base import LAST_GRADES, Promotion
from app.regulations.curriculum_2006_primary import CURRICULUM_2006
from app.regulations.primary import PrimaryPromotion
from app.regulations.primary_columns import (
    LEVEL_CODE,
    SCORE_CODE,
    subject_code,
    trait_column,
)
from app.regulations.primary_curriculum import PrimaryCurriculum, TraitGroup
from app.services.booklet_years import ClassYear, printed_year
from app.services.primary_inputs import PrimaryFacts

_ROWS_2006 = (
    ("tieng_viet",),
    ("toan",),
    ("tnxh", "khoa_hoc"),
    ("ls_dl",),
    ("ngoai_ngu",),
    ("tin_hoc",),
    ("tieng_dt",),
    ("dao_duc",),
    ("am_nhac",),
    ("mi_thuat",),
    ("thu_cong", "ki_thuat"),
    ("the_duc",),
)
"""TT22/2016 gives two subjects of different grades one row."""
_ON_OCCASION = "Khen thưởng đột xuất"


def primary_pages(
    year: ClassYear, primary: PrimaryFacts, pupil: PupilId, page: int
) -> PrimaryBookletYear:
    """The pages of one pupil; `page` is the number of the first."""
    facts = year.facts
    entry = next(entry for entry in facts.entries if entry.pupil_id == pupil)
    found = primary.found(pupil)
    days = _days_absent(year, pupil)
    sheet = _Sheet(year, primary, pupil)
    awards = [
        found.title or "",
        _ON_OCCASION if primary.flagged(pupil, "dot_xuat") else "",
    ]
    return PrimaryBookletYear(
        page=page,
        circular=facts.klass.regulation,
        school_year=printed_year(facts.year.name),
        class_name=facts.klass.name,
        excused=days[0],
        unexcused=days[1],
        subjects=tuple(sheet.subjects()),
        traits=tuple(sheet.traits()),
        result="" if found.result is None else found.result.value,
        award="; ".join(award for award in awards if award),
        completion=_completion(year, primary, pupil),
        note=f"Học sinh khuyết tật, giáo dục {entry.profile.inclusion.lower()}"
        if entry.profile.inclusion
        else "",
        homeroom_teacher=year.people.homeroom,
        principal=year.people.principal,
    )


def completion_words(
    grade: int, outcome: Promotion, stays: str = "Chưa được lên lớp", *, completed: bool
) -> str:
    """What follows from the year as học bạ and the handover say it; "" while it is open.

    Điều 11: hoàn thành chương trình lớp học; whom the principal lets move up has not. `stays` are
    the circular's words for who does not move up.
    """
    if outcome is Promotion.RETAINED:
        return stays
    if outcome is not Promotion.PROMOTED:
        return ""
    if grade in LAST_GRADES:
        return "Hoàn thành chương trình tiểu học" if completed else "Được lên lớp 6"
    done = f"Hoàn thành chương trình lớp {grade}. " if completed else ""
    return f"{done}Được lên lớp {grade + 1}"


class _Sheet:
    """Values of cuối năm of one pupil with those of đánh giá bổ sung over them."""

    def __init__(self, year: ClassYear, primary: PrimaryFacts, pupil: PupilId) -> None:
        self._facts, self._primary, self._pupil = year.facts, primary, pupil
        self._taught = {subject.code: subject for subject in self._facts.subjects}
        self._columns = {
            (column.subject_id, column.code): column.id
            for column in self._facts.assessments
            if column.term is Period.CN
        }
        self._not_taken = primary.not_taken.get(pupil, frozenset())

    def subjects(self) -> Iterator[PrimaryBookletSubject]:
        """The rows of the form, then the school's own subjects."""
        curriculum = self._primary.rules.curriculum
        used: set[str] = set()
        for codes in _rows_of(curriculum):
            mine = [subject_code(curriculum, code) for code in codes]
            used.update(mine)
            subject = next((s for code in mine if (s := self._taught.get(code))), None)
            yield self._row(_row_name(curriculum, codes, self._primary.klass.grade), subject)
        for subject in self._facts.subjects:
            if subject.kind is SubjectKind.LEVELS and subject.code not in used:
                yield self._row(subject.name, subject)

    def traits(self) -> Iterator[BookletTraits]:
        """Groups in the order of the form, each with its part of the GVCN's remark."""
        rules = self._primary.rules
        sheet = next((s for s in self._facts.subjects if s.kind is SubjectKind.TRAITS), None)
        groups: dict[TraitGroup, list[BookletTrait]] = {}
        for trait in rules.traits(self._primary.klass.grade):
            code = trait_column(rules.curriculum, trait)
            text = "" if sheet is None else self._text(sheet, code)
            groups.setdefault(trait.group, []).append(BookletTrait(trait.name, text))
        remark = "" if sheet is None else self._comment(sheet)
        parts = part_comment(remark, tuple(groups))
        for group, traits in groups.items():
            yield BookletTraits(group.value, tuple(traits), parts.get(group, ""))

    def _row(self, name: str, subject: Subject | None) -> PrimaryBookletSubject:
        if subject is None or subject.id in self._not_taken:
            return PrimaryBookletSubject(name)
        return PrimaryBookletSubject(
            subject.name if subject.name.startswith(name) else name,
            self._text(subject, LEVEL_CODE),
            self._text(subject, SCORE_CODE),
            self._comment(subject),
        )

    def _comment(self, subject: Subject) -> str:
        """Of cuối năm: what stood at an earlier kỳ was said of that kỳ."""
        return self._facts.comments.get((subject.id, Period.CN, self._pupil), "")

    def _text(self, subject: Subject, code: str) -> str:
        kind = subject.kind_of(code)
        again = self._facts.summer.supplementary.get((self._pupil, subject.id, code))
        if again is not None and again.value is not None:
            return value_text(again.value, kind)
        column = self._columns.get((subject.id, code))
        stored = None if column is None else self._facts.cells.get((column, self._pupil))
        if stored is None or stored.cell.state is CellState.EMPTY:
            return ""
        text = cell_text(stored.cell, kind)
        return text.capitalize() if stored.cell.state is CellState.EXEMPT else text


def _rows_of(curriculum: PrimaryCurriculum) -> tuple[tuple[str, ...], ...]:
    if curriculum is CURRICULUM_2006:
        return _ROWS_2006
    return tuple((row.code,) for row in curriculum.rows)


def _row_name(curriculum: PrimaryCurriculum, codes: tuple[str, ...], grade: int) -> str:
    """A row of two subjects is called by the one of the grade."""
    rows = [row for row in curriculum.rows if row.code in codes]
    return next((row for row in rows if grade in row.grades), rows[0]).name


def _days_absent(year: ClassYear, pupil: PupilId) -> tuple[str, str]:
    """Số ngày nghỉ có phép, không phép of the whole year; "" while a term is not known."""
    rows = [year.facts.conduct.get((pupil, term)) for term in Term]
    excused = [None if row is None else row.excused for row in rows]
    unexcused = [None if row is None else row.unexcused for row in rows]
    return _sum(excused), _sum(unexcused)


def _sum(days: list[int | None]) -> str:
    known = [one for one in days if one is not None]
    return str(sum(known)) if len(known) == len(days) else ""


def _completion(year: ClassYear, primary: PrimaryFacts, pupil: PupilId) -> str:
    end = year.ends.get(pupil)
    if end is None:
        return ""
    grade = year.facts.klass.grade
    stays = primary.rules.promotion_label(PrimaryPromotion.RETAINED, grade)
    completed = primary.found(pupil).completed is True
    return completion_words(grade, end.outcome, stays, completed=completed)
