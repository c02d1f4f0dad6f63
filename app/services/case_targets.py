"""Opens the target of a case by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from app.domain.corrections import CaseAbout, CaseKind
from app.domain.periods import EntryTerm
from app.domain.school import SchoolYear, term_of_day
from app.ports import UnitOfWork
from app.services.case_attendance import AttendanceTarget
from app.services.case_conduct import ConductTarget
from app.services.case_marks import MarksTarget
from app.services.case_profile import ProfileTarget
from app.services.case_target import CaseTarget, term_of_field

_TARGETS: Mapping[CaseKind, Callable[[UnitOfWork, CaseAbout, datetime], CaseTarget]] = {
    CaseKind.MARKS: MarksTarget.load,
    CaseKind.CONDUCT: ConductTarget.load,
    CaseKind.ATTENDANCE: AttendanceTarget.load,
    CaseKind.PROFILE: ProfileTarget.load,
}


def load_target(uow: UnitOfWork, about: CaseAbout, now: datetime) -> CaseTarget:
    """What the case works on, read in this transaction."""
    return _TARGETS[about.kind](uow, about, now)


def fact_term(kind: CaseKind, field: str, year: SchoolYear) -> EntryTerm | None:
    """The term a fact of a case belongs to, without reading the class; None for a profile."""
    match kind:
        case CaseKind.PROFILE:
            return None
        case CaseKind.ATTENDANCE:
            return term_of_day(year, date.fromisoformat(field))
    return term_of_field(field)
