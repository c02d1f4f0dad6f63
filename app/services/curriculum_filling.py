"""Danh mục môn học of a new year: what the programmes of its grades lay down, as stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.domain.ids import SubjectId
from app.domain.school import SchoolYear
from app.domain.subjects import Subject
from app.errors import RuleRefused
from app.regulations.curricula import curriculum_subjects
from app.regulations.registry import regulation, regulation_id
from app.services.primary_setup import GRADES as PRIMARY_GRADES
from app.services.primary_setup import GradePlans, primary_offer, primary_subjects


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
    plans, known = primary_subjects(year, [g for g in grades if g in PRIMARY_GRADES], optional)
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
    return [(next(iter(by_grade.values())), by_grade) for by_grade in plans.values()]
