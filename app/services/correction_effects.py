"""Kéo theo: what a case's values do to the results of its pupils, by the class's circular."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.domain.attendance import Absence
from app.domain.corrections import CaseKind, Correction, CorrectionItem, FactItem
from app.domain.ids import PupilId
from app.domain.marks import MarkCell, value_text
from app.domain.periods import EntryTerm, Term
from app.domain.school import term_of_day
from app.domain.subjects import Subject, SubjectKind
from app.ports import ConductRow, StoredMark, UnitOfWork
from app.readmodels.correction_case import KnockOn
from app.regulations.base import LearningResult, PupilResults
from app.regulations.registry import circular
from app.services.class_results import ClassFacts, load_class
from app.services.conduct_entry import YEAR_LEVEL, blank_row, row_with
from app.services.sheet_facts import CellAddress

DASH = "–"


def knock_on(uow: UnitOfWork, case: Correction) -> tuple[KnockOn, ...]:
    """Results before and after, pupil by pupil: the subject's averages, then the levels.

    Computed on today's other marks with the case's old and with its new values put in, so that
    it tells the same before and after the correction was written. Rèn luyện and days absent move
    the year's level and what follows from it; a profile moves nothing.
    """
    if case.kind is CaseKind.PROFILE:
        return ()
    facts = load_class(uow, case.class_id)
    if case.kind is not CaseKind.MARKS:
        return _of_conduct(facts, case)
    if not case.items:
        return ()
    before = replace(facts, cells=_with(facts.cells, {i: i.old for i in case.items}))
    after = replace(facts, cells=_with(facts.cells, {i: i.new for i in case.items}))
    at = next(n for n, s in enumerate(facts.subjects) if s.id == case.subject_id)
    columns = {a.id: a for a in facts.assessments}
    found: list[KnockOn] = []
    for entry in facts.entries:
        pupil = entry.pupil_id
        terms = {columns[i.assessment_id].term for i in case.items if i.pupil_id == pupil}
        if not terms:
            continue
        old, new = before.result_of(pupil), after.result_of(pupil)
        found += [
            KnockOn(entry.profile.full_name, what, was, now)
            for what, was, now in _lines(facts, at, terms, old, new)
        ]
    return tuple(found)


def _of_conduct(facts: ClassFacts, case: Correction) -> tuple[KnockOn, ...]:
    before = _with_conduct(facts, case, {f: f.old for f in case.facts})
    after = _with_conduct(facts, case, {f: f.new for f in case.facts})
    pupils = {fact.pupil_id for fact in case.facts}
    found: list[KnockOn] = []
    for entry in facts.entries:
        if entry.pupil_id not in pupils:
            continue
        old_days, new_days = (side.absences(entry.pupil_id) for side in (before, after))
        old, new = (side.result_of(entry.pupil_id) for side in (before, after))
        lines = (
            (
                f"{circular(facts.klass.regulation).conduct_word} cả năm",
                old.conduct_final or DASH,
                new.conduct_final or DASH,
            ),
            ("Buổi nghỉ cả năm", _days(old_days), _days(new_days)),
            ("Kết quả cuối năm", _promotion(facts, old), _promotion(facts, new)),
            ("Danh hiệu học kì I", old.titles.hk1 or DASH, new.titles.hk1 or DASH),
            ("Danh hiệu cả năm", old.titles.year or DASH, new.titles.year or DASH),
        )
        name = entry.profile.full_name
        found += [KnockOn(name, *line) for line in lines if line[1] != line[2]]
    return tuple(found)


def _with_conduct(
    facts: ClassFacts, case: Correction, values: Mapping[FactItem, str]
) -> ClassFacts:
    """The class as it would be with these facts."""
    years = {
        **facts.studies.year_conduct,
        **{f.pupil_id: text for f, text in values.items() if f.field == YEAR_LEVEL},
    }
    studies = replace(facts.studies, year_conduct={p: level for p, level in years.items() if level})
    return replace(facts, conduct=_conduct(facts, case, values), studies=studies)


def _conduct(
    facts: ClassFacts, case: Correction, values: Mapping[FactItem, str]
) -> dict[tuple[PupilId, Term], ConductRow]:
    rows = dict(facts.conduct)
    for fact, text in values.items():
        if fact.field == YEAR_LEVEL:
            continue
        if case.kind is CaseKind.CONDUCT:
            at = (fact.pupil_id, Term(fact.field[:3]))
            row = rows.get(at) or blank_row(*at)
            rows[at] = row_with(row, fact.field[4:], text, facts.regulation.conduct_levels)
            continue
        day = date.fromisoformat(fact.field)
        at = (fact.pupil_id, term_of_day(facts.year, day))
        row = rows.get(at) or blank_row(*at)
        if row.excused is None or row.unexcused is None or facts.attendance is None:
            continue
        # Out goes what is stored today, in comes what the case says.
        stored = facts.attendance.absences.get(fact.pupil_id, {}).get(day)
        rows[at] = replace(
            row,
            excused=row.excused + (text == "P") - (stored is Absence.EXCUSED),
            unexcused=row.unexcused + (text == "K") - (stored is Absence.UNEXCUSED),
        )
    return rows


def _days(count: int | None) -> str:
    return DASH if count is None else str(count)


def _lines(
    facts: ClassFacts, at: int, terms: set[EntryTerm], old: PupilResults, new: PupilResults
) -> list[tuple[str, str, str]]:
    if facts.primary is not None:
        return _year_lines(facts, old, new)
    subject = facts.subjects[at]
    by_marks = subject.kind is SubjectKind.MARKS
    lines: list[tuple[str, str, str]] = []
    semesters = [term for term in Term if term in terms]
    for term in semesters:
        name = f"ĐTBmhk{term.roman}" if by_marks else f"Kết quả {term.words}"
        was, now = (_term(r, at, term) for r in (old, new))
        lines.append((f"{name} {subject.name}", _shown(was, subject), _shown(now, subject)))
    was, now = old.subjects[at].year, new.subjects[at].year
    if was is not None or now is not None:
        name = "ĐTBmcn" if by_marks else "Kết quả cả năm"
        lines.append((f"{name} {subject.name}", _shown(was, subject), _shown(now, subject)))
    for term in semesters:
        first = term is Term.HK1
        lines.append(
            (
                f"Mức học tập {term.words}",
                _level(old.learning_hk1 if first else old.learning_hk2),
                _level(new.learning_hk1 if first else new.learning_hk2),
            )
        )
    if old.learning_year is not None or new.learning_year is not None:
        lines.append(("Mức học tập cả năm", _level(old.learning_year), _level(new.learning_year)))
    return lines + _year_lines(facts, old, new)


def _promotion(facts: ClassFacts, found: PupilResults) -> str:
    return circular(facts.klass.regulation).promotion_label(found.promotion, facts.klass.grade)


def _year_lines(
    facts: ClassFacts, old: PupilResults, new: PupilResults
) -> list[tuple[str, str, str]]:
    """What a case changes in the results of the year."""
    result = (_level(old.learning_year), _level(new.learning_year))
    outcomes = (
        *([("Đánh giá kết quả giáo dục", *result)] if facts.primary is not None else ()),
        ("Kết quả cuối năm", _promotion(facts, old), _promotion(facts, new)),
        ("Danh hiệu học kì I", old.titles.hk1 or DASH, new.titles.hk1 or DASH),
        ("Danh hiệu cả năm", old.titles.year or DASH, new.titles.year or DASH),
    )
    return [line for line in outcomes if line[1] != line[2]]


def _with(
    cells: Mapping[CellAddress, StoredMark], values: Mapping[CorrectionItem, MarkCell]
) -> dict[CellAddress, StoredMark]:
    changed = dict(cells)
    for item, cell in values.items():
        address = (item.assessment_id, item.pupil_id)
        changed[address] = StoredMark(*address, cell)
    return changed


def _term(results: PupilResults, at: int, term: Term) -> int | None:
    found = results.subjects[at]
    return found.hk1 if term is Term.HK1 else found.hk2


def _shown(value: int | None, subject: Subject) -> str:
    return DASH if value is None else value_text(value, subject.kind)


def _level(result: LearningResult | None) -> str:
    return DASH if result is None else result.final
