"""Danh mục môn học of a new year: what the programmes of its grades lay down, as stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.ids import SubjectId
from app.domain.school import SchoolYear
from app.domain.subjects import Subject
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.regulations.curricula import curriculum_subjects
from app.regulations.registry import is_covered, regulation, regulation_id
from app.services.primary_setup import GRADES as PRIMARY_GRADES
from app.services.primary_setup import GradePlans, primary_offer, primary_subjects
from app.services.school_facts import USUAL_STAGE, grades_of


def school_grades(uow: UnitOfWork) -> range:
    """Grades of the school in this file."""
    school = uow.school.get()
    return grades_of(USUAL_STAGE if school is None else school.stage)


def grades_to_fill(uow: UnitOfWork, year: SchoolYear) -> tuple[int, ...]:
    """Grades of the school that have a circular and no subject in the year yet.

    A school of several levels may have a year that only one of them has rules for. Raises
    RuleRefused where none has.
    """
    covered = _covered(uow, year)
    if not covered:
        regulation_id(school_grades(uow)[0], year.first_year)
    filled = uow.studies.planned_grades(year.id)
    return tuple(g for g in covered if g not in filled)


def is_filled(uow: UnitOfWork, year: SchoolYear) -> bool:
    """Whether every grade that has rules in the year has its subjects."""
    covered = _covered(uow, year)
    return bool(covered) and uow.studies.planned_grades(year.id).issuperset(covered)


def _covered(uow: UnitOfWork, year: SchoolYear) -> list[int]:
    return [g for g in school_grades(uow) if is_covered(g, year.first_year)]


def fill_year(
    uow: UnitOfWork, year: SchoolYear, grades: Sequence[int], optional: Collection[str] = ()
) -> tuple[Subject, ...]:
    """Put the programme's subjects into grades that have none, in the caller's transaction."""
    present = {
        (subject.code, subject.kind): subject.id
        for grade in school_grades(uow)
        for subject in uow.studies.of_grade(year.id, grade)
    }
    found = subjects_of_year(year, grades, optional)
    for subject, plans in found:
        known = present.get((subject.code, subject.kind))
        if known is None:
            uow.studies.add(year.id, subject, plans)
            continue
        # Other grades of the level study it already.
        for grade, plan in plans.items():
            uow.studies.save_plan(grade, replace(plan, id=known))
    return tuple([subject for subject, _ in found])


@dataclass(frozen=True, slots=True)
class OfferedSubject:
    """A subject some grade of the year may study."""

    code: str
    name: str
    optional: bool


def offered_subjects(year: SchoolYear, grades: Iterable[int]) -> list[OfferedSubject]:
    """What the programmes of the grades have, môn tự chọn included, grade by grade."""
    found: list[OfferedSubject] = []
    for grade in grades:
        if not is_covered(grade, year.first_year):
            continue
        if grade in PRIMARY_GRADES:
            found += [OfferedSubject(*row) for row in primary_offer(year, grade)]
            continue
        rows = curriculum_subjects(grade, year.first_year, optional=True)
        found += [OfferedSubject(row.code, row.name, row.optional) for row in rows]
    return found


def subjects_of_year(
    year: SchoolYear, grades: Iterable[int], optional: Collection[str]
) -> list[tuple[Subject, GradePlans]]:
    """Each subject with its plan of every grade, môn tự chọn only when named in `optional`.

    Raises RuleRefused for an unknown môn tự chọn and for a grade without a table.
    """
    primary, known = primary_subjects(year, [g for g in grades if g in PRIMARY_GRADES], optional)
    plans: dict[str, GradePlans] = {}
    for grade in grades:
        if grade in PRIMARY_GRADES:
            continue
        rules = regulation(regulation_id(grade, year.first_year))
        for item in curriculum_subjects(grade, year.first_year, optional=True):
            known.add(item.code)
            if item.optional and item.code not in optional:
                continue
            plans.setdefault(item.code, {})[grade] = Subject(
                id=SubjectId(0),
                code=item.code,
                name=item.name,
                short_name=item.short_name,
                kind=item.kind,
                position=item.position,
                periods=item.periods,
                tx_count=rules.tx_count(item.kind, item.periods),
                terms=item.terms,
                optional=item.optional,
                elective=item.elective,
                dk_count=rules.dk_count(item.periods),
            )
    unknown = sorted(set(optional) - known)
    if unknown:
        raise RuleRefused(
            "subject_unknown",
            f"Chương trình không có môn tự chọn mang mã {', '.join(unknown)}; hãy chọn lại trong "
            "danh mục.",
            codes=unknown,
        )
    # Never joined: Toán of a primary grade and Toán of a secondary one are two subjects.
    every = (*primary.values(), *plans.values())
    return [(next(iter(by_grade.values())), by_grade) for by_grade in every]
