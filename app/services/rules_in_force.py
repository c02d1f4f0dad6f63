"""Quy định in force: what every service asks that works by a rule of the school."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.attendance import SchoolCalendar
from app.domain.ids import SchoolYearId
from app.domain.rule_catalogue import ATTENDANCE_DAY
from app.domain.rules import RuleSet, RuleVersion, version_of_day
from app.domain.school import SchoolYear
from app.ports import UnitOfWork
from app.regulations.readings import DEFAULT_READINGS, Readings, readings_from
from app.rule_profiles import GENERAL


def version_in_force(uow: UnitOfWork, year_id: SchoolYearId, day: date) -> RuleVersion | None:
    """The year's version of that day; None while the school has chosen nothing for the year."""
    return version_of_day(uow.rules.versions(year_id), day)


def rules_of(uow: UnitOfWork, year_id: SchoolYearId, day: date) -> RuleSet:
    """The rules of a school year on a day; the general ones while nothing was chosen."""
    version = version_in_force(uow, year_id, day)
    return RuleSet(GENERAL.values) if version is None else version.rules


def readings_of(uow: UnitOfWork, year_id: SchoolYearId) -> Readings:
    """How the circulars are read in a school year: the last version, for the whole year.

    A year's results are judged by one reading, whatever day a term was closed on.
    """
    versions = uow.rules.versions(year_id)
    return readings_from(versions[-1].rules) if versions else DEFAULT_READINGS


def calendar_of(uow: UnitOfWork, year: SchoolYear, day: date) -> SchoolCalendar:
    """The year's calendar, its months due on the day that the rules lay down (M121, M181)."""
    return due_by(uow.attendance.calendar(year), rules_of(uow, year.id, day))


def due_by(calendar: SchoolCalendar, rules: RuleSet) -> SchoolCalendar:
    """The calendar with its months due as these rules lay down."""
    due_day = rules.number(ATTENDANCE_DAY)
    return calendar if due_day is None else replace(calendar, due_day=due_day)
