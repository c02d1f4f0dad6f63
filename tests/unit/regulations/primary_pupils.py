"""Builders of primary pupils: everything of a grade at one value, then the exceptions."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.periods import Period
from app.domain.primary_levels import SubjectLevel, TraitLevel
from app.regulations.primary import (
    Assessment,
    PrimaryYear,
    ScoreEntry,
    SubjectEntry,
    TraitEntry,
)
from app.regulations.registry import primary_regulation

TT27, TT22 = primary_regulation("TT27/2020"), primary_regulation("TT22/2016")


def entries(
    levels: Mapping[str, str | None] | None = None,
    traits: Mapping[str, str | None] | None = None,
    tests: Mapping[str, int | None] | None = None,
    *,
    optional: tuple[str, ...] = (),
) -> Assessment:
    """Letters and whole points as an assessment; keys are names."""
    return Assessment(
        tuple(
            SubjectEntry(name, name, None if it is None else SubjectLevel(it), name in optional)
            for name, it in (levels or {}).items()
        ),
        tuple(
            TraitEntry(name, name, None if it is None else TraitLevel(it))
            for name, it in (traits or {}).items()
        ),
        tuple(
            ScoreEntry(name, name, None if it is None else it * 10)
            for name, it in (tests or {}).items()
        ),
    )


def whole_grade(
    grade: int,
    levels: Mapping[str, str | None] | None = None,
    traits: Mapping[str, str | None] | None = None,
    tests: Mapping[str, int | None] | None = None,
    *,
    circular: str = "TT27/2020",
    others: tuple[str, str, int] = ("T", "T", 10),
    taught: tuple[str, ...] = (),
) -> Assessment:
    """A grade's compulsory rows, and the optional ones named in `taught`, by short name.

    Everything is `others` except what is named; a name the grade lacks is a mistake of the test.
    """
    rules = primary_regulation(circular)
    rows = [
        row
        for row in rules.curriculum.subjects(grade, optional=True)
        if not row.optional or row.short_name in taught
    ]
    due = rules.curriculum.tests_due(grade, Period.CN)
    all_levels: dict[str, str | None] = {row.short_name: others[0] for row in rows}
    all_traits: dict[str, str | None] = {trait.name: others[1] for trait in rules.traits(grade)}
    all_tests: dict[str, int | None] = {
        row.short_name: others[2] for row in rows if row.code in due
    }
    for known, changed in ((all_levels, levels), (all_traits, traits), (all_tests, tests)):
        assert set(changed or {}) <= set(known)
        known.update(changed or {})  # type: ignore[arg-type]
    optional = tuple(row.short_name for row in rows if row.optional)
    return entries(all_levels, all_traits, all_tests, optional=optional)


def pupil(final: Assessment, **more: object) -> PrimaryYear:
    return PrimaryYear(final, **more)  # type: ignore[arg-type]
