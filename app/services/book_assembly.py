"""Puts the class book together from a class's facts: every text as it will be printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from app.domain.corrections import Step
from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.mark_columns import ColumnRole, column_role, is_oral
from app.domain.marks import CellState, cell_text, mark_text, value_text
from app.domain.periods import Term
from app.domain.pupils import PupilProfile, RosterEntry
from app.domain.roles import Role
from app.domain.school import School
from app.domain.school_levels import level_of
from app.domain.subjects import Subject, SubjectKind
from app.ports import Assessment, UnitOfWork
from app.readmodels import class_book as cb
from app.regulations.base import Promotion, PupilResults
from app.services.book_attendance import attendance_pages
from app.services.class_results import ClassFacts, load_class
from app.services.roll_book_facts import roll_book_facts
from app.services.sheet_facts import CellAddress
from app.services.year_lists import PupilYearEnd, year_ends
from app.text import date_vn

_PERIODS = {Term.HK1: cb.BookPeriod.TERM_1, Term.HK2: cb.BookPeriod.TERM_2}
_AVERAGES = {
    cb.BookPeriod.TERM_1: "hk1",
    cb.BookPeriod.TERM_2: "hk2",
    cb.BookPeriod.YEAR: "year",
}
_PROMOTION = {
    Promotion.PROMOTED: cb.BookPromotion.PROMOTED,
    Promotion.RETAINED: cb.BookPromotion.NOT_PROMOTED,
}
Corrected = Mapping[CellAddress, Sequence[tuple[int, str]]]
"""Of each corrected cell: (case number, struck value), the oldest first."""


@dataclass(frozen=True, slots=True)
class BookPeople:
    """Names the book prints: GVCN, principal, teachers by subject."""

    homeroom: str
    principal: str
    teachers: Mapping[SubjectId, tuple[str, ...]]


def school_lines(school: School) -> cb.SchoolLines:
    """The school as papers name it."""
    return cb.SchoolLines(school.authority, school.name, school.commune, school.province)


def stage_words(grade: int) -> str:
    """The level a grade belongs to, in capitals as covers print it."""
    return level_of(grade).label.upper()


def book_people(uow: UnitOfWork, facts: ClassFacts, day: date) -> BookPeople:
    """Who signs the book on `day`; a shared subject lists all its teachers."""
    accounts = {a.id: a for a in uow.accounts.all(day)}
    homeroom = ""
    teachers: dict[SubjectId, list[str]] = {}
    for given in uow.accounts.assignments(facts.klass.id):
        if not given.covers(day) or given.account_id not in accounts:
            continue
        name = accounts[given.account_id].full_name
        if given.subject_id is None:
            homeroom = name
        else:
            teachers.setdefault(given.subject_id, []).append(name)
    principal = next(
        (a.full_name for a in accounts.values() if Role.PRINCIPAL.value in a.roles), ""
    )
    return BookPeople(homeroom, principal, {k: tuple(v) for k, v in teachers.items()})


def assemble_book(
    uow: UnitOfWork,
    class_id: ClassId,
    scope: cb.BookScope,
    day: date,
    facts: ClassFacts | None = None,
) -> cb.ClassBook:
    """The book of a class up to `scope`, as its data are now, with its people as of `day`.

    A year that is long over keeps the people it had.

    `facts`: the class as read in this transaction, when it is at hand.
    """
    facts = facts or load_class(uow, class_id)
    corrected = corrected_cells(uow, facts)
    school = uow.school.get() or School("", "thcs", "", "", "")
    people = book_people(uow, facts, facts.year.people_day(day))
    results = facts.results()
    whole_year = scope is cb.BookScope.YEAR
    terms = (Term.HK1, Term.HK2) if whole_year else (Term.HK1,)
    pages = tuple(
        _subject_page(facts, results, people, corrected, subject, term)
        for term in terms
        for subject in facts.subjects
        if term in subject.terms
    )
    summaries = tuple(_summary(facts, results, _PERIODS[term]) for term in terms)
    if whole_year:
        summaries += (_summary(facts, results, cb.BookPeriod.YEAR),)
    return cb.ClassBook(
        school=school_lines(school),
        stage=stage_words(facts.klass.grade),
        class_name=facts.klass.name,
        grade=facts.klass.grade,
        school_year=facts.year.name.replace("-", "–"),
        homeroom_teacher=people.homeroom,
        principal=people.principal,
        scope=scope,
        subjects=tuple(
            cb.SubjectTeachers(s.name, people.teachers.get(s.id, ())) for s in facts.subjects
        ),
        pupils=tuple(_pupil(entry) for entry in facts.entries),
        pages=pages,
        summaries=summaries,
        year=_year(facts, results) if whole_year else None,
        attendance=attendance_pages(facts, terms),
        circular=facts.klass.regulation,
        roll_book=roll_book_facts(facts, results, terms) if _has_roll_book(facts) else None,
    )


def _has_roll_book(facts: ClassFacts) -> bool:
    return facts.regulation.circular.term_titles


def _pupil(entry: RosterEntry) -> cb.RosterPupil:
    p = entry.profile
    return cb.RosterPupil(
        position=entry.position,
        name=p.full_name,
        birth_date=date_vn(p.birth_date),
        birthplace=p.birthplace,
        sex=p.sex,
        ethnicity=p.ethnicity,
        priority_group=p.priority_group,
        address=p.address,
        # The family's one number stands with the father, as rosters from files have it.
        father=cb.Guardian(p.father, p.father_job, p.father_phone or p.phone, p.father_email),
        mother=cb.Guardian(p.mother, p.mother_job, p.mother_phone, p.mother_email),
        notes="; ".join(text for text in (_guardian(p), p.note) if text),
        left=left_words(entry),
    )


def left_words(entry: RosterEntry) -> str:
    """Why and when a pupil left: "Chuyển trường từ 12/01/2026"; "" while in the class."""
    if entry.left_on is None:
        return ""
    return f"{entry.left_reason or 'Rời lớp'} từ {date_vn(entry.left_on)}"


def _guardian(p: PupilProfile) -> str:
    """Người giám hộ, for whom the form has no column of its own."""
    said = [text for text in (p.guardian, p.guardian_job, p.guardian_phone) if text]
    return f"Người giám hộ: {', '.join(said)}" if p.guardian else ""


def _subject_page(
    facts: ClassFacts,
    results: Mapping[PupilId, PupilResults],
    people: BookPeople,
    corrected: Corrected,
    subject: Subject,
    term: Term,
) -> cb.SubjectPage:
    columns = [a for a in facts.assessments if a.subject_id == subject.id and a.term is term]
    regular, periodic, final = (
        [a for a in columns if column_role(a.code) is role] for role in ColumnRole
    )
    index = facts.subjects.index(subject)
    first_issue = subject.dk_count > 0

    stored_at, kind = facts.cells.get, subject.kind

    def row(entry: RosterEntry) -> cb.SubjectRow:
        pid = entry.pupil_id
        found = results[pid].subjects[index]
        term_value = found.hk1 if term is Term.HK1 else found.hk2
        year_value = found.year if term is Term.HK2 else None

        def cell(column: Assessment | None) -> cb.BookCell:
            if column is None:
                return cb.EMPTY_CELL
            address = (column.id, pid)
            stored = stored_at(address)
            text = "" if stored is None else cell_text(stored.cell, kind)
            if address in corrected:
                return cb.BookCell(text, tuple(old for _, old in corrected[address]))
            return _plain_cell(text)

        plain = cb.SubjectRow(
            position=entry.position,
            regular=tuple([cell(a) for a in regular]),
            midterm=cell(periodic[0] if periodic and not first_issue else None),
            final=cell(final[0] if final else None),
            term_result=_plain_cell(_value(term_value, kind)),
            year_result=_plain_cell(_value(year_value, kind)),
            reassessed=_reassessed(facts, subject, term, pid),
            note=_notes(facts, columns, corrected, pid),
        )
        if not first_issue:
            return plain
        return cb.FirstIssueRow(**_fields(plain), periodic=tuple([cell(a) for a in periodic]))

    page = cb.SubjectPage(
        period=_PERIODS[term],
        subject=subject.name,
        kind=subject.kind,
        regular_columns=len(regular),
        teachers=people.teachers.get(subject.id, ()),
        rows=tuple(row(entry) for entry in facts.entries),
    )
    if not first_issue:
        return page
    oral = sum(is_oral(a.code) for a in regular)
    return cb.FirstIssuePage(**_fields(page), oral_columns=oral, periodic_columns=len(periodic))


def _fields(of: cb.SubjectRow | cb.SubjectPage) -> dict[str, Any]:
    return {field.name: getattr(of, field.name) for field in fields(of)}


@lru_cache(maxsize=1024)
def _plain_cell(text: str) -> cb.BookCell:
    """A cell without a struck value; a book's forty thousand share a hundred texts."""
    return cb.BookCell(text) if text else cb.EMPTY_CELL


def _reassessed(facts: ClassFacts, subject: Subject, term: Term, pupil: PupilId) -> cb.BookCell:
    """Kết quả kiểm tra, đánh giá lại; the dash of a pupil who did not come."""
    again = facts.summer.reassessed.get((pupil, subject.id)) if term is Term.HK2 else None
    if again is None:
        return cb.EMPTY_CELL
    return cb.BookCell("–" if again.value is None else value_text(again.value, subject.kind))


def corrected_cells(uow: UnitOfWork, facts: ClassFacts) -> Corrected:
    """Cells that cases changed: (case number, old value as printed), the oldest first."""
    subjects = {s.id: s for s in facts.subjects}
    codes = {a.id: a.code for a in facts.assessments}
    found: dict[CellAddress, list[tuple[int, str]]] = {}
    cases = uow.corrections.of_class(facts.klass.id, [Step.APPLIED])
    for case in sorted(cases, key=lambda case: (case.applied_at or case.requested_at, case.id)):
        if case.subject_id is None:
            continue
        for item in case.items:
            kind = subjects[case.subject_id].kind_of(codes[item.assessment_id])
            old = cell_text(item.old, kind)
            found.setdefault((item.assessment_id, item.pupil_id), []).append((case.number, old))
    return found


def _notes(
    facts: ClassFacts, columns: list[Assessment], corrected: Corrected, pupil: PupilId
) -> str:
    """Ghi chú: former school's marks, zeros for absence, corrections by case number."""
    said: list[str] = []
    numbers: set[int] = set()
    if columns and not facts.studies.takes(pupil, columns[0].subject_id):
        said.append("không học môn này")
    for column in columns:
        address = (column.id, pupil)
        if address in corrected:
            numbers.update(number for number, _ in corrected[address])
        stored = facts.cells.get(address)
        if stored is None or stored.cell.state is CellState.MARK:
            continue
        if stored.cell.state is CellState.ZERO_ABSENT:
            said.append("vắng KT")
        elif stored.cell.state is CellState.TRANSFERRED:
            said.append("điểm trường cũ")
    said += [f"sửa theo hồ sơ {number:02d}" for number in sorted(numbers)]
    return "; ".join(dict.fromkeys(said))


def _value(value: int | None, kind: SubjectKind) -> str:
    return "" if value is None else value_text(value, kind)


def _summary(
    facts: ClassFacts, results: Mapping[PupilId, PupilResults], period: cb.BookPeriod
) -> cb.Summary:
    circular = facts.regulation.circular
    means = (cb.SummaryColumn("TB các môn", SubjectKind.MARKS),) if circular.has_average else ()

    def row(entry: RosterEntry) -> cb.SummaryRow:
        found = results[entry.pupil_id]
        values: list[str] = []
        for subject, result in zip(facts.subjects, found.subjects, strict=True):
            value = {
                cb.BookPeriod.TERM_1: result.hk1,
                cb.BookPeriod.TERM_2: result.hk2,
                cb.BookPeriod.YEAR: result.year,
            }[period]
            values.append(_value(value, subject.kind))
        learning = {
            cb.BookPeriod.TERM_1: found.learning_hk1,
            cb.BookPeriod.TERM_2: found.learning_hk2,
            cb.BookPeriod.YEAR: found.learning_year,
        }[period]
        conduct = found.conduct_year or ""
        if period is not cb.BookPeriod.YEAR:
            term = Term.HK1 if period is cb.BookPeriod.TERM_1 else Term.HK2
            kept = facts.conduct.get((entry.pupil_id, term))
            conduct = "" if kept is None else kept.level
        if circular.has_average:
            average = getattr(found.averages, _AVERAGES[period])
            values.append("" if average is None else mark_text(average))
        return cb.SummaryRow(
            entry.position,
            tuple(values),
            "" if learning is None else _short(facts, learning.final),
            _short(facts, conduct),
        )

    return cb.Summary(
        period,
        tuple(cb.SummaryColumn(s.short_name, s.kind) for s in facts.subjects) + means,
        tuple(row(entry) for entry in facts.entries),
    )


def _short(facts: ClassFacts, level: str) -> str:
    """A level as the circular's book writes it."""
    return facts.regulation.circular.short_levels.get(level, level)


def _year(facts: ClassFacts, results: Mapping[PupilId, PupilResults]) -> cb.YearAssessment:
    ends = {end.entry.pupil_id: end for end in year_ends(facts)}
    rows: list[cb.YearRow] = []
    for entry in facts.entries:
        pupil = entry.pupil_id
        found, end = results[pupil], ends.get(pupil)
        after, summer = found.after_reassessment, facts.summer.conduct.get(pupil)
        rows.append(
            cb.YearRow(
                position=entry.position,
                conduct=_short(facts, found.conduct_year or ""),
                learning=_short(facts, found.learning_year.final) if found.learning_year else "",
                conduct_after="" if summer is None else _short(facts, summer.level),
                learning_after="" if after is None else _short(facts, after.final),
                absences=facts.absences(pupil),
                promotion=cb.BookPromotion.PENDING if end is None else _decided(end),
                award=found.titles.year or "",
            )
        )
    count = Counter(row.promotion for row in rows)
    late = count[cb.BookPromotion.PROMOTED_AFTER_SUMMER]
    totals = cb.YearTotals(
        len(ends),
        count[cb.BookPromotion.PROMOTED] + late,
        late,
        count[cb.BookPromotion.NOT_PROMOTED],
    )
    return cb.YearAssessment(tuple(rows), totals)


def _decided(end: PupilYearEnd) -> cb.BookPromotion:
    """The column to tick; nothing while summer work or the principal's word is awaited."""
    if end.outcome is Promotion.PROMOTED and end.after_summer:
        return cb.BookPromotion.PROMOTED_AFTER_SUMMER
    return _PROMOTION.get(end.outcome, cb.BookPromotion.PENDING)
