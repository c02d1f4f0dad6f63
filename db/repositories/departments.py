"""Departments and internal checks: rows to dataclasses."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.ids import AccountId, AssessmentId, ClassId, SchoolYearId, SubjectId
from app.domain.internal_checks import CheckFinding, CheckKind, InternalCheck
from db.repositories.new_key import new_key
from db.rows.departments import check_finding, department_subject, internal_check
from db.rows.marks import assessment, mark
from db.rows.people import account
from db.rows.school import klass, subject

_CLOSER = account.alias("closer")
_FINDINGS = (
    select(
        check_finding,
        account.c.full_name.label("teacher"),
        klass.c.name.label("class_name"),
        subject.c.name.label("subject_name"),
        _CLOSER.c.full_name.label("closer_name"),
    )
    .join(account, account.c.id == check_finding.c.account_id)
    .outerjoin(klass, klass.c.id == check_finding.c.class_id)
    .outerjoin(subject, subject.c.id == check_finding.c.subject_id)
    .outerjoin(_CLOSER, _CLOSER.c.id == check_finding.c.closed_by)
    .order_by(check_finding.c.id)
)


class SqlDepartments:
    """Fulfils `app.department_ports.DepartmentRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def subjects(self) -> dict[str, str]:
        """Subject code -> tổ whose it is."""
        rows = self._db.execute(select(department_subject).order_by(department_subject.c.code))
        return {row.code: row.department for row in rows}

    def set_subjects(self, department: str, codes: Collection[str]) -> None:
        """Exactly these subjects are the tổ's; another tổ loses what it had of them."""
        self._db.execute(
            delete(department_subject).where(department_subject.c.department == department)
        )
        for code in codes:
            statement = upsert(department_subject).values(code=code, department=department)
            self._db.execute(
                statement.on_conflict_do_update(
                    index_elements=["code"], set_={"department": department}
                )
            )

    def checks(self, year_id: SchoolYearId) -> tuple[InternalCheck, ...]:
        """Checks of a year with their findings, the newest first."""
        rows = self._db.execute(
            select(internal_check)
            .where(internal_check.c.school_year_id == year_id)
            .order_by(internal_check.c.made_on.desc(), internal_check.c.id.desc())
        ).all()
        if not rows:
            return ()
        findings: dict[int, list[CheckFinding]] = {}
        for finding in self._findings(
            _FINDINGS.where(check_finding.c.check_id.in_([row.id for row in rows]))
        ):
            findings.setdefault(finding.check_id, []).append(finding)
        return tuple(_check(row, tuple(findings.get(row.id, ()))) for row in rows)

    def add_check(self, check: InternalCheck) -> int:
        """Keep a new one with its findings; its id."""
        added = self._db.execute(
            insert(internal_check).values(
                school_year_id=check.school_year_id,
                kind=check.kind.value,
                made_on=check.made_on,
                department=check.department,
                looked_at=check.looked_at,
                members=check.members,
                outcome=check.outcome,
                made_by=check.made_by,
                recorded_at=check.recorded_at,
            )
        )
        check_id = new_key(added)
        for finding in check.findings:
            self._db.execute(
                insert(check_finding).values(
                    check_id=check_id,
                    account_id=finding.account_id,
                    class_id=finding.class_id,
                    subject_id=finding.subject_id,
                    finding=finding.finding,
                    remedy=finding.remedy,
                    due_on=finding.due_on,
                )
            )
        return check_id

    def finding(self, finding_id: int) -> tuple[InternalCheck, CheckFinding] | None:
        """One finding with its check."""
        found = self._findings(_FINDINGS.where(check_finding.c.id == finding_id))
        if not found:
            return None
        row = self._db.execute(
            select(internal_check).where(internal_check.c.id == found[0].check_id)
        ).one()
        return _check(row, found), found[0]

    def close_finding(self, finding_id: int, by: AccountId, at: datetime, note: str) -> None:
        """Settled."""
        self._db.execute(
            update(check_finding)
            .where(check_finding.c.id == finding_id)
            .values(closed_by=by, closed_at=at, closing_note=note)
        )

    def late_marks(self, year_id: SchoolYearId) -> dict[AssessmentId, int]:
        """Columns of a year with marks that came after their due day, and how many."""
        rows = self._db.execute(
            select(mark.c.assessment_id, func.count())
            .join(assessment, assessment.c.id == mark.c.assessment_id)
            .join(klass, klass.c.id == assessment.c.class_id)
            .where(klass.c.school_year_id == year_id, mark.c.late != 0)
            .group_by(mark.c.assessment_id)
        )
        return {AssessmentId(column): count for column, count in rows}

    def _findings(self, query: Select[tuple[object, ...]]) -> tuple[CheckFinding, ...]:
        return tuple(
            CheckFinding(
                AccountId(r.account_id),
                r.teacher,
                r.finding,
                r.remedy,
                r.due_on,
                None if r.class_id is None else ClassId(r.class_id),
                r.class_name or "",
                None if r.subject_id is None else SubjectId(r.subject_id),
                r.subject_name or "",
                r.closer_name or "",
                r.closed_at,
                r.closing_note,
                r.id,
                r.check_id,
            )
            for r in self._db.execute(query)
        )


def _check(row: Row[tuple[object, ...]], findings: tuple[CheckFinding, ...]) -> InternalCheck:
    return InternalCheck(
        SchoolYearId(row.school_year_id),
        CheckKind(row.kind),
        row.made_on,
        row.department,
        row.looked_at,
        row.members,
        row.outcome,
        AccountId(row.made_by),
        row.recorded_at,
        findings,
        row.id,
    )
