"""Results by individual plans: rows to dataclasses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from app.domain.ids import AccountId, ClassId, PupilId, SchoolYearId
from app.domain.plan_results import PlanResult
from db.rows.people import account
from db.rows.school import klass
from db.rows.year_end import plan_result


class SqlPlanResults:
    """Fulfils `app.plan_ports.PlanResultRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of_class(self, class_id: ClassId) -> tuple[PlanResult, ...]:
        """Every proposal, oldest first."""
        p, proposer, decider = plan_result, account.alias(), account.alias()
        rows = self._db.execute(
            select(
                *(p.c.id, p.c.pupil_id, p.c.result, p.c.document, p.c.reason),
                *(proposer.c.full_name, p.c.proposed_at, p.c.accepted, p.c.decision_no),
                *(p.c.remark, decider.c.full_name, p.c.decided_at),
            )
            .join(proposer, proposer.c.id == p.c.proposed_by)
            .outerjoin(decider, decider.c.id == p.c.decided_by)
            .where(p.c.class_id == class_id)
            .order_by(p.c.id)
        )
        return tuple(
            PlanResult(
                *(row[0], PupilId(row[1]), row[2], row[3], row[4], row[5], row[6]),
                accepted=None if row[7] is None else bool(row[7]),
                decision_no=row[8],
                remark=row[9],
                decided_by=row[10] or "",
                decided_at=row[11],
            )
            for row in rows
        )

    def waiting(self, year_id: SchoolYearId) -> dict[ClassId, int]:
        """How many proposals of each class wait for the principal."""
        rows = self._db.execute(
            select(plan_result.c.class_id, func.count())
            .join(klass, klass.c.id == plan_result.c.class_id)
            .where(klass.c.school_year_id == year_id, plan_result.c.accepted.is_(None))
            .group_by(plan_result.c.class_id)
        )
        return {ClassId(row[0]): row[1] for row in rows}

    def propose(
        self,
        class_id: ClassId,
        pupil_id: PupilId,
        *,
        result: str,
        document: str,
        reason: str,
        by: AccountId,
        at: datetime,
    ) -> None:
        """A new proposal."""
        self._db.execute(
            insert(plan_result).values(
                class_id=class_id,
                pupil_id=pupil_id,
                result=result,
                document=document,
                reason=reason,
                proposed_by=by,
                proposed_at=at,
            )
        )

    def decide(
        self,
        proposal_id: int,
        *,
        accepted: bool,
        decision_no: str,
        remark: str,
        by: AccountId,
        at: datetime,
    ) -> None:
        """The principal's word on it."""
        self._db.execute(
            update(plan_result)
            .where(plan_result.c.id == proposal_id)
            .values(
                accepted=int(accepted),
                decision_no=decision_no,
                remark=remark,
                decided_by=by,
                decided_at=at,
            )
        )
