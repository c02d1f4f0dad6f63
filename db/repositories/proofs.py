"""Kiểm dò: rows to dataclasses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, and_, delete, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.ids import AccountId, AssessmentId, ClassId, PupilId, SchoolYearId, SubjectId
from app.domain.periods import Period
from app.domain.proof_reading import (
    CellAt,
    ColumnProof,
    ComparedWith,
    Post,
    ProofAssignment,
    ProofTick,
    Remark,
    RemarkState,
)
from db.repositories.new_key import new_key
from db.rows.marks import assessment
from db.rows.people import account
from db.rows.proofs import proof_assignment, proof_column, proof_remark, proof_tick
from db.rows.school import klass

_ASSIGNMENTS = (
    select(proof_assignment, account.c.full_name)
    .join(account, account.c.id == proof_assignment.c.reader_id)
    .where(proof_assignment.c.ended_at.is_(None))
)
_ANSWERER, _RESOLVER = account.alias("answerer"), account.alias("resolver")
_REMARKS = (
    select(
        proof_remark,
        assessment.c.subject_id,
        account.c.full_name.label("by_name"),
        _ANSWERER.c.full_name.label("answered_name"),
        _RESOLVER.c.full_name.label("resolved_name"),
    )
    .join(assessment, assessment.c.id == proof_remark.c.assessment_id)
    .join(account, account.c.id == proof_remark.c.by_id)
    .outerjoin(_ANSWERER, _ANSWERER.c.id == proof_remark.c.answered_by)
    .outerjoin(_RESOLVER, _RESOLVER.c.id == proof_remark.c.resolved_by)
    .order_by(proof_remark.c.id)
)


class SqlProofs:
    """Fulfils `app.proof_ports.ProofRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def assignments(self, year_id: SchoolYearId, period: Period) -> tuple[ProofAssignment, ...]:
        """Assignments in force of a period, by class and subject."""
        query = (
            _ASSIGNMENTS.join(klass, klass.c.id == proof_assignment.c.class_id)
            .where(klass.c.school_year_id == year_id, proof_assignment.c.period == period.value)
            .order_by(proof_assignment.c.class_id, proof_assignment.c.subject_id)
        )
        return self._assignments(query)

    def assignment(self, post: Post, period: Period) -> ProofAssignment | None:
        """The assignment in force of one sheet."""
        found = self._assignments(
            _ASSIGNMENTS.where(
                proof_assignment.c.class_id == post[0],
                proof_assignment.c.subject_id == post[1],
                proof_assignment.c.period == period.value,
            )
        )
        return found[0] if found else None

    def assign(
        self, post: Post, period: Period, reader: AccountId, by: AccountId, at: datetime
    ) -> None:
        """Give a sheet to a reader; the former assignment ends."""
        self._db.execute(
            update(proof_assignment)
            .where(
                proof_assignment.c.class_id == post[0],
                proof_assignment.c.subject_id == post[1],
                proof_assignment.c.period == period.value,
                proof_assignment.c.ended_at.is_(None),
            )
            .values(ended_at=at)
        )
        self._db.execute(
            insert(proof_assignment).values(
                class_id=post[0],
                subject_id=post[1],
                period=period.value,
                reader_id=reader,
                assigned_by=by,
                assigned_at=at,
            )
        )

    def confirm(self, assignment_id: int, at: datetime) -> None:
        """The reader's confirmation stands from now."""
        self._db.execute(
            update(proof_assignment)
            .where(proof_assignment.c.id == assignment_id)
            .values(confirmed_at=at, voided_at=None, voided_why="")
        )

    def ticks(self, class_id: ClassId, subject_id: SubjectId) -> tuple[ProofTick, ...]:
        """Cells found right, whatever they read now."""
        rows = self._db.execute(
            select(proof_tick)
            .join(assessment, assessment.c.id == proof_tick.c.assessment_id)
            .where(assessment.c.class_id == class_id, assessment.c.subject_id == subject_id)
        )
        return tuple(
            ProofTick(AssessmentId(r.assessment_id), PupilId(r.pupil_id), r.seen) for r in rows
        )

    def tick(self, ticks: Sequence[ProofTick], by: AccountId, at: datetime) -> None:
        """Cells found right; a former tick of the same cell is overwritten."""
        if not ticks:
            return
        statement = upsert(proof_tick)
        statement = statement.on_conflict_do_update(
            index_elements=["assessment_id", "pupil_id"],
            set_={name: statement.excluded[name] for name in ("seen", "by_id", "at")},
        )
        self._db.execute(
            statement,
            [
                {
                    "assessment_id": t.assessment_id,
                    "pupil_id": t.pupil_id,
                    "seen": t.seen,
                    "by_id": by,
                    "at": at,
                }
                for t in ticks
            ],
        )

    def untick(self, cells: Collection[CellAt]) -> None:
        """Cells no longer found right."""
        for assessment_id, pupil_id in cells:
            self._db.execute(
                delete(proof_tick).where(
                    proof_tick.c.assessment_id == assessment_id,
                    proof_tick.c.pupil_id == pupil_id,
                )
            )

    def columns(self, class_id: ClassId) -> tuple[ColumnProof, ...]:
        """Columns of a class whose comparison stands."""
        rows = self._db.execute(
            select(proof_column, account.c.full_name)
            .join(assessment, assessment.c.id == proof_column.c.assessment_id)
            .join(account, account.c.id == proof_column.c.by_id)
            .where(assessment.c.class_id == class_id, proof_column.c.voided_at.is_(None))
            .order_by(proof_column.c.id)
        )
        return tuple(
            ColumnProof(
                AssessmentId(r.assessment_id),
                AccountId(r.by_id),
                r.full_name,
                r.at,
                ComparedWith(r.how),
            )
            for r in rows
        )

    def proved_in(self, year_id: SchoolYearId) -> frozenset[AssessmentId]:
        """Columns of the whole year whose comparison stands."""
        rows = self._db.execute(
            select(proof_column.c.assessment_id)
            .join(assessment, assessment.c.id == proof_column.c.assessment_id)
            .join(klass, klass.c.id == assessment.c.class_id)
            .where(klass.c.school_year_id == year_id, proof_column.c.voided_at.is_(None))
        )
        return frozenset(AssessmentId(r) for r in rows.scalars())

    def prove_columns(
        self,
        columns: Collection[AssessmentId],
        how: ComparedWith,
        by: AccountId,
        at: datetime,
    ) -> None:
        """Đã đối chiếu; a former proof of the same column is replaced."""
        self._void_columns(columns, at, "Đối chiếu lại")
        self._db.execute(
            insert(proof_column),
            [
                {"assessment_id": c, "how": how.value, "by_id": by, "at": at, "voided_why": ""}
                for c in columns
            ],
        )

    def void(self, columns: Collection[AssessmentId], at: datetime, why: str) -> int:
        """Take back the proofs of changed columns and the confirmations over them; how many."""
        if not columns:
            return 0
        sheets = self._db.execute(
            select(assessment.c.class_id, assessment.c.subject_id, assessment.c.term)
            .where(assessment.c.id.in_(columns))
            .distinct()
        ).all()
        confirmed = self._db.execute(
            update(proof_assignment)
            .where(
                proof_assignment.c.confirmed_at.is_not(None),
                proof_assignment.c.ended_at.is_(None),
                or_(
                    *(
                        and_(
                            proof_assignment.c.class_id == s.class_id,
                            proof_assignment.c.subject_id == s.subject_id,
                            proof_assignment.c.period == Period(s.term).value,
                        )
                        for s in sheets
                    )
                ),
            )
            .values(confirmed_at=None, voided_at=at, voided_why=why)
        )
        return self._void_columns(columns, at, why) + confirmed.rowcount

    def proofed(self, class_id: ClassId, subject_id: SubjectId) -> frozenset[AssessmentId]:
        """Columns of one sheet that a change would take something back from."""
        rows = self._db.execute(
            select(proof_column.c.assessment_id)
            .join(assessment, assessment.c.id == proof_column.c.assessment_id)
            .where(
                assessment.c.class_id == class_id,
                assessment.c.subject_id == subject_id,
                proof_column.c.voided_at.is_(None),
            )
        )
        return frozenset(AssessmentId(r) for r in rows.scalars())

    def remarks(self, year_id: SchoolYearId, class_id: ClassId | None = None) -> tuple[Remark, ...]:
        """Remarks of the year or of one class, the oldest first."""
        query = _REMARKS.join(klass, klass.c.id == proof_remark.c.class_id).where(
            klass.c.school_year_id == year_id
        )
        if class_id is not None:
            query = query.where(proof_remark.c.class_id == class_id)
        return tuple(_remark(r) for r in self._db.execute(query).mappings())

    def remark(self, remark_id: int) -> Remark | None:
        """One remark."""
        found = self._db.execute(_REMARKS.where(proof_remark.c.id == remark_id)).mappings().first()
        return None if found is None else _remark(found)

    def add_remark(self, new: Remark) -> int:
        """Keep a new one; its id."""
        added = self._db.execute(
            insert(proof_remark).values(
                class_id=new.class_id,
                assessment_id=new.assessment_id,
                pupil_id=new.pupil_id,
                seen=new.seen,
                paper=new.paper,
                text=new.text,
                state=new.state.value,
                by_id=new.by,
                at=new.at,
            )
        )
        return new_key(added)

    def answer(self, remark_id: int, answer: str, by: AccountId, at: datetime) -> None:
        """The teacher's answer."""
        self._db.execute(
            update(proof_remark)
            .where(proof_remark.c.id == remark_id)
            .values(answer=answer, answered_by=by, answered_at=at, state=RemarkState.ANSWERED.value)
        )

    def resolve(self, remark_id: int, how: str, by: AccountId, at: datetime) -> None:
        """Settled for good."""
        self._db.execute(
            update(proof_remark)
            .where(proof_remark.c.id == remark_id)
            .values(
                resolution=how, resolved_by=by, resolved_at=at, state=RemarkState.RESOLVED.value
            )
        )

    def _void_columns(self, columns: Collection[AssessmentId], at: datetime, why: str) -> int:
        done = self._db.execute(
            update(proof_column)
            .where(proof_column.c.assessment_id.in_(columns), proof_column.c.voided_at.is_(None))
            .values(voided_at=at, voided_why=why)
        )
        return done.rowcount

    def _assignments(self, query: Select[tuple[object, ...]]) -> tuple[ProofAssignment, ...]:
        return tuple(
            ProofAssignment(
                r.id,
                ClassId(r.class_id),
                SubjectId(r.subject_id),
                Period(r.period),
                AccountId(r.reader_id),
                r.full_name,
                r.confirmed_at,
                r.voided_at,
                r.voided_why,
            )
            for r in self._db.execute(query)
        )


def _remark(r: RowMapping) -> Remark:
    return Remark(
        r["id"],
        ClassId(r["class_id"]),
        SubjectId(r["subject_id"]),
        AssessmentId(r["assessment_id"]),
        PupilId(r["pupil_id"]),
        r["seen"],
        r["paper"],
        r["text"],
        RemarkState(r["state"]),
        AccountId(r["by_id"]),
        r["by_name"],
        r["at"],
        r["answer"],
        r["answered_name"] or "",
        r["answered_at"],
        r["resolution"],
        r["resolved_name"] or "",
        r["resolved_at"],
    )
