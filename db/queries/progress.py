"""How far the classes of a year are: counts in a few statements, for the home page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, select

from app.domain.corrections import CaseKind, Step
from app.domain.ids import AccountId, AssessmentId, ClassId, CorrectionId, SchoolYearId, SubjectId
from app.domain.marks import CellState
from app.domain.periods import EntryTerm, Period, Term
from app.domain.print_runs import CORRECTION_MINUTES
from app.readmodels.home import ColumnProgress, OpenCase
from db.rows.control import period_close, year_seal
from db.rows.corrections import correction
from db.rows.marks import assessment, conduct, confirmation, mark
from db.rows.prints import print_run
from db.rows.roster import enrolment
from db.rows.school import klass, subject

_NOT_EMPTY = mark.c.state != int(CellState.EMPTY)
_OPEN = [step.value for step in Step if step.is_open]


class SqlProgress:
    """Fulfils `app.ports.ProgressQueries`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def columns(
        self, year_id: SchoolYearId, term: EntryTerm, classes: Sequence[ClassId] | None = None
    ) -> tuple[ColumnProgress, ...]:
        """Every mark column of a term with its filled cells; of some classes if given."""
        wanted = [klass.c.school_year_id == year_id, assessment.c.term == term.value]
        if classes is not None:
            wanted.append(assessment.c.class_id.in_(classes))
        filled = _counts(
            self._db.execute(
                select(mark.c.assessment_id, func.count())
                .join(assessment, assessment.c.id == mark.c.assessment_id)
                .join(klass, klass.c.id == assessment.c.class_id)
                .where(_NOT_EMPTY, *wanted)
                .group_by(mark.c.assessment_id)
            )
        )
        # Few pupils leave, so their cells are taken off instead of joining every mark to them.
        left = _counts(
            self._db.execute(
                select(mark.c.assessment_id, func.count())
                .select_from(enrolment)
                .join(assessment, assessment.c.class_id == enrolment.c.class_id)
                .join(
                    mark,
                    (mark.c.assessment_id == assessment.c.id)
                    & (mark.c.pupil_id == enrolment.c.pupil_id),
                )
                .join(klass, klass.c.id == assessment.c.class_id)
                .where(_NOT_EMPTY, enrolment.c.left_on.is_not(None), *wanted)
                .group_by(mark.c.assessment_id)
            )
        )
        rows = self._db.execute(
            select(assessment)
            .join(klass, klass.c.id == assessment.c.class_id)
            .where(*wanted)
            .order_by(assessment.c.class_id, assessment.c.subject_id, assessment.c.position)
        )
        return tuple(
            ColumnProgress(
                AssessmentId(r.id),
                ClassId(r.class_id),
                SubjectId(r.subject_id),
                r.code,
                r.due_on,
                filled.get(r.id, 0) - left.get(r.id, 0),
            )
            for r in rows
        )

    def pupils(self, year_id: SchoolYearId) -> dict[ClassId, int]:
        """Pupils still there, by class."""
        rows = self._db.execute(
            select(enrolment.c.class_id, func.count())
            .join(klass, klass.c.id == enrolment.c.class_id)
            .where(klass.c.school_year_id == year_id, enrolment.c.left_on.is_(None))
            .group_by(enrolment.c.class_id)
        )
        return {ClassId(class_id): count for class_id, count in rows}

    def conduct(self, year_id: SchoolYearId, term: Term) -> dict[ClassId, int]:
        """Pupils still there with a level of rèn luyện, by class."""
        rows = self._db.execute(
            select(conduct.c.class_id, func.count())
            .join(klass, klass.c.id == conduct.c.class_id)
            .join(
                enrolment,
                (enrolment.c.class_id == conduct.c.class_id)
                & (enrolment.c.pupil_id == conduct.c.pupil_id),
            )
            .where(
                klass.c.school_year_id == year_id,
                conduct.c.term == term.value,
                enrolment.c.left_on.is_(None),
                conduct.c.level != "",
            )
            .group_by(conduct.c.class_id)
        )
        return {ClassId(class_id): count for class_id, count in rows}

    def confirmed(self, year_id: SchoolYearId, period: Period) -> set[tuple[ClassId, SubjectId]]:
        """Sheets whose teacher says xác nhận, and nothing changed since."""
        rows = self._db.execute(
            select(confirmation.c.class_id, confirmation.c.subject_id)
            .join(klass, klass.c.id == confirmation.c.class_id)
            .where(
                klass.c.school_year_id == year_id,
                confirmation.c.period == period.value,
                confirmation.c.voided_at.is_(None),
                confirmation.c.subject_id.is_not(None),
            )
        )
        return {(ClassId(class_id), SubjectId(subject_id)) for class_id, subject_id in rows}

    def closes(self, year_id: SchoolYearId, period: Period) -> dict[ClassId, datetime]:
        """When each closed class was closed."""
        rows = self._db.execute(
            select(period_close.c.class_id, period_close.c.closed_at)
            .join(klass, klass.c.id == period_close.c.class_id)
            .where(klass.c.school_year_id == year_id, period_close.c.period == period.value)
        )
        return {ClassId(class_id): at for class_id, at in rows}

    def is_sealed(self, year_id: SchoolYearId) -> bool:
        """Whether the year was written to a medium."""
        found = self._db.execute(
            select(year_seal.c.id).where(year_seal.c.school_year_id == year_id).limit(1)
        )
        return found.first() is not None

    def open_cases(self, year_id: SchoolYearId) -> tuple[OpenCase, ...]:
        """Cases that wait for somebody, the oldest first."""
        return self._cases(year_id, correction.c.step.in_(_OPEN))

    def cases_without_minutes(self, year_id: SchoolYearId) -> tuple[OpenCase, ...]:
        """Applied cases whose biên bản was never printed, the oldest first."""
        printed = exists().where(
            print_run.c.correction_id == correction.c.id, print_run.c.kind == CORRECTION_MINUTES
        )
        return self._cases(year_id, correction.c.step == Step.APPLIED.value, ~printed)

    def _cases(self, year_id: SchoolYearId, *which: ColumnElement[bool]) -> tuple[OpenCase, ...]:
        rows = self._db.execute(
            select(
                correction.c.id,
                correction.c.number,
                correction.c.class_id,
                klass.c.name.label("class_name"),
                correction.c.subject_id,
                subject.c.name.label("subject_name"),
                correction.c.kind,
                correction.c.step,
                correction.c.requested_by,
                correction.c.checked_by,
                correction.c.unlocked_until,
            )
            .join(klass, klass.c.id == correction.c.class_id)
            .outerjoin(subject, subject.c.id == correction.c.subject_id)
            .where(correction.c.school_year_id == year_id, *which)
            .order_by(correction.c.number)
        )
        return tuple(
            OpenCase(
                CorrectionId(r.id),
                r.number,
                ClassId(r.class_id),
                r.class_name,
                None if r.subject_id is None else SubjectId(r.subject_id),
                r.subject_name or CaseKind(r.kind).label,
                Step(r.step),
                AccountId(r.requested_by),
                None if r.checked_by is None else AccountId(r.checked_by),
                r.unlocked_until,
                CaseKind(r.kind),
            )
            for r in rows
        )


def _counts(rows: Iterable[Any]) -> dict[int, int]:
    return {int(key): int(count) for key, count in rows}
