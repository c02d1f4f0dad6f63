"""Môn học and entry columns of primary grades, as the programmes and circulars lay them down."""

from __future__ import annotations

from collections.abc import Collection

from app.domain.ids import SubjectId
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.school import SchoolClass, SchoolYear
from app.domain.school_levels import Level
from app.domain.subjects import Subject, SubjectKind
from app.ports import UnitOfWork
from app.regulations.curriculum_2006_primary import CURRICULUM_2006
from app.regulations.primary import PrimaryRegulation
from app.regulations.primary_columns import (
    TRAITS_CODE,
    TRAITS_NAME,
    TRAITS_SHORT,
    curriculum_code,
    subject_code,
    subject_columns,
    trait_columns,
)
from app.regulations.registry import primary_regulation, regulation_id
from app.services.rules_in_force import readings_of

GRADES = Level.PRIMARY.grades
_AFTER_EVERY_SUBJECT = 99
_OLD_ROWS_AFTER = 50
"""Rows of CT2006 stand behind those of CT2018 in a year that has both."""

_TERMS = frozenset(PRIMARY_TERMS)
GradePlans = dict[int, Subject]
"""A subject as each grade studies it."""


def primary_subjects(
    year: SchoolYear, grades: Collection[int], optional: Collection[str]
) -> tuple[dict[str, GradePlans], set[str]]:
    """Plans of every grade by code, phẩm chất and năng lực last; and every known code.

    Môn tự chọn of a grade only when named in `optional`.
    """
    found: dict[str, GradePlans] = {}
    known: set[str] = set()
    for grade in grades:
        curriculum = primary_regulation(regulation_id(grade, year.first_year)).curriculum
        shift = _OLD_ROWS_AFTER if curriculum is CURRICULUM_2006 else 0
        for row in curriculum.subjects(grade, optional=True):
            code = subject_code(curriculum, row.code)
            known |= {code, row.code}
            if row.optional and not {code, row.code} & set(optional):
                continue
            found.setdefault(code, {})[grade] = Subject(
                SubjectId(0), code, row.name, row.short_name, SubjectKind.LEVELS,
                row.position + shift, row.lessons or 0, 0, terms=_TERMS, optional=row.optional,
            )  # fmt: skip
    traits = Subject(
        SubjectId(0), TRAITS_CODE, TRAITS_NAME, TRAITS_SHORT, SubjectKind.TRAITS,
        _AFTER_EVERY_SUBJECT, 0, 0, terms=_TERMS,
    )  # fmt: skip
    if grades:
        found[TRAITS_CODE] = dict.fromkeys(grades, traits)
    return found, known


def primary_offer(year: SchoolYear, grade: int) -> list[tuple[str, str, bool]]:
    """(code, name, whether môn tự chọn) of each subject of a grade."""
    curriculum = primary_regulation(regulation_id(grade, year.first_year)).curriculum
    rows = curriculum.subjects(grade, optional=True)
    return [(subject_code(curriculum, row.code), row.name, row.optional) for row in rows]


def columns_of(
    rules: PrimaryRegulation, grade: int, subject: Subject
) -> dict[Period, tuple[str, ...]]:
    """Entry columns of a subject in each kỳ, those of phẩm chất and năng lực included."""
    if subject.kind is SubjectKind.TRAITS:
        return trait_columns(rules.curriculum, rules.traits(grade))
    return subject_columns(rules.curriculum, grade, curriculum_code(subject.code))


def ensure_columns(uow: UnitOfWork, klass: SchoolClass, subject: Subject) -> None:
    """Every entry column of a subject of a class, by the circular and the grade's matrix."""
    rules = primary_regulation(klass.regulation, readings_of(uow, klass.school_year_id))
    for period, codes in columns_of(rules, klass.grade, subject).items():
        uow.marks.ensure_assessments(klass.id, subject.id, [period], codes)
