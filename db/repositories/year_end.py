"""Year-end lists, summer results, decisions, sign-offs and stored results: rows to dataclasses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.ids import AccountId, ClassId, PupilId, SchoolYearId, SubjectId
from app.domain.periods import Period
from app.domain.year_end import (
    ListKind,
    ListRow,
    Reassessment,
    SummerConduct,
    SummerFacts,
    YearDecision,
    YearList,
    YearStage,
)
from db.rows.control import late_opening, period_close
from db.rows.corrections import correction
from db.rows.people import account
from db.rows.school import klass
from db.rows.year_end import (
    reassessment,
    summer_conduct,
    year_decision,
    year_list,
    year_list_row,
)

_REASSESS = upsert(reassessment)
_PUT_REASSESSMENT = _REASSESS.on_conflict_do_update(
    index_elements=["class_id", "pupil_id", "subject_id", "code"],
    set_={
        name: _REASSESS.excluded[name]
        for name in ("value", "document", "late", "entered_by", "entered_at")
    },
)
_SUMMER = upsert(summer_conduct)
_PUT_SUMMER = _SUMMER.on_conflict_do_update(
    index_elements=["class_id", "pupil_id"],
    set_={
        name: _SUMMER.excluded[name]
        for name in ("level", "document", "late", "entered_by", "entered_at")
    },
)


class SqlYearEnd:
    """Fulfils `app.year_end_ports.YearEndRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    # --- summer and decisions

    def summer(self, class_id: ClassId) -> SummerFacts:
        db = self._db
        marks = db.execute(select(reassessment).where(reassessment.c.class_id == class_id)).all()
        conduct = db.execute(
            select(summer_conduct).where(summer_conduct.c.class_id == class_id)
        ).all()
        decisions = db.execute(
            select(year_decision, account.c.full_name)
            .join(account, account.c.id == year_decision.c.decided_by)
            .where(year_decision.c.class_id == class_id)
            .order_by(year_decision.c.id)
        ).all()
        again = [
            Reassessment(r.pupil_id, r.subject_id, r.value, r.document, bool(r.late), r.code)
            for r in marks
        ]
        return SummerFacts(
            {(r.pupil_id, r.subject_id): r for r in again if not r.code},
            {
                r.pupil_id: SummerConduct(r.pupil_id, r.level, r.document, bool(r.late))
                for r in conduct
            },
            # The newest of a pupil wins; older ones stay as history.
            {
                r.pupil_id: YearDecision(
                    r.pupil_id,
                    bool(r.promoted),
                    r.reason,
                    r.decision_no,
                    r.full_name,
                    r.decided_at,
                )
                for r in decisions
            },
            {(r.pupil_id, r.subject_id, r.code): r for r in again if r.code},
        )

    def put_reassessment(
        self, class_id: ClassId, result: Reassessment, by: AccountId, at: datetime
    ) -> None:
        self._db.execute(
            _PUT_REASSESSMENT,
            {
                "class_id": class_id,
                "pupil_id": result.pupil_id,
                "subject_id": result.subject_id,
                "code": result.code,
                "value": result.value,
                "document": result.document,
                "late": int(result.late),
                "entered_by": by,
                "entered_at": at,
            },
        )

    def clear_reassessment(
        self, class_id: ClassId, pupil_id: PupilId, subject_id: SubjectId, code: str = ""
    ) -> None:
        self._db.execute(
            delete(reassessment).where(
                reassessment.c.class_id == class_id,
                reassessment.c.pupil_id == pupil_id,
                reassessment.c.subject_id == subject_id,
                reassessment.c.code == code,
            )
        )

    def put_summer_conduct(
        self, class_id: ClassId, result: SummerConduct, by: AccountId, at: datetime
    ) -> None:
        self._db.execute(
            _PUT_SUMMER,
            {
                "class_id": class_id,
                "pupil_id": result.pupil_id,
                "level": result.level,
                "document": result.document,
                "late": int(result.late),
                "entered_by": by,
                "entered_at": at,
            },
        )

    def clear_summer_conduct(self, class_id: ClassId, pupil_id: PupilId) -> None:
        self._db.execute(
            delete(summer_conduct).where(
                summer_conduct.c.class_id == class_id, summer_conduct.c.pupil_id == pupil_id
            )
        )

    def add_decision(
        self,
        class_id: ClassId,
        pupil_id: PupilId,
        *,
        promoted: bool,
        reason: str,
        decision_no: str,
        by: AccountId,
        at: datetime,
    ) -> None:
        self._db.execute(
            insert(year_decision).values(
                class_id=class_id,
                pupil_id=pupil_id,
                promoted=int(promoted),
                reason=reason,
                decision_no=decision_no,
                decided_by=by,
                decided_at=at,
            )
        )

    # --- lists

    def lists(self, class_id: ClassId) -> tuple[YearList, ...]:
        return self._lists(year_list.c.class_id == class_id)

    def standing_lists(self, year_id: SchoolYearId) -> tuple[YearList, ...]:
        of_year = select(klass.c.id).where(klass.c.school_year_id == year_id)
        return self._lists(year_list.c.class_id.in_(of_year), year_list.c.voided_at.is_(None))

    def changed_since_approval(self, year_id: SchoolYearId) -> set[ClassId]:
        """Classes of a year whose results may differ from what was approved first.

        An approved list was voided, or a case was applied, or a late opening made, since.
        """
        first = (
            select(
                year_list.c.class_id,
                func.min(year_list.c.approved_at).label("at"),
                func.max(year_list.c.voided_at).label("voided"),
            )
            .join(klass, klass.c.id == year_list.c.class_id)
            .where(klass.c.school_year_id == year_id, year_list.c.approved_at.is_not(None))
            .group_by(year_list.c.class_id)
            .subquery()
        )
        applied = exists().where(
            correction.c.class_id == first.c.class_id, correction.c.applied_at >= first.c.at
        )
        opened = exists().where(
            late_opening.c.class_id == first.c.class_id, late_opening.c.set_at >= first.c.at
        )
        rows = self._db.execute(
            select(first.c.class_id).where(or_(first.c.voided.is_not(None), applied, opened))
        )
        return {ClassId(row[0]) for row in rows}

    def settled(self, year_id: SchoolYearId) -> set[tuple[ClassId, PupilId, SubjectId | None]]:
        db = self._db
        marks = db.execute(
            select(reassessment.c.class_id, reassessment.c.pupil_id, reassessment.c.subject_id)
            .join(klass, klass.c.id == reassessment.c.class_id)
            .where(klass.c.school_year_id == year_id)
        )
        conduct = db.execute(
            select(summer_conduct.c.class_id, summer_conduct.c.pupil_id)
            .join(klass, klass.c.id == summer_conduct.c.class_id)
            .where(klass.c.school_year_id == year_id)
        )
        return {(ClassId(c), PupilId(p), SubjectId(s)) for c, p, s in marks} | {
            (ClassId(c), PupilId(p), None) for c, p in conduct
        }

    def propose(
        self, class_id: ClassId, stage: YearStage, rule_digest: str, by: AccountId, at: datetime
    ) -> None:
        self._db.execute(
            insert(year_list).values(
                class_id=class_id,
                stage=stage.value,
                rule_digest=rule_digest,
                proposed_by=by,
                proposed_at=at,
            )
        )

    def approve(
        self,
        list_id: int,
        rows: Sequence[ListRow],
        decision_no: str,
        by: AccountId,
        at: datetime,
    ) -> None:
        self._db.execute(
            update(year_list)
            .where(year_list.c.id == list_id)
            .values(approved_by=by, approved_at=at, decision_no=decision_no)
        )
        if rows:
            self._db.execute(
                insert(year_list_row),
                [
                    {
                        "list_id": list_id,
                        "ordinal": ordinal,
                        "kind": row.kind.value,
                        "pupil_id": row.pupil_id,
                        "subject_id": row.subject_id,
                        "note": row.note,
                    }
                    for ordinal, row in enumerate(rows)
                ],
            )

    def void_lists(
        self, class_id: ClassId, stages: Sequence[YearStage], at: datetime, why: str
    ) -> int:
        done = self._db.execute(
            update(year_list)
            .where(
                year_list.c.class_id == class_id,
                year_list.c.stage.in_([stage.value for stage in stages]),
                year_list.c.voided_at.is_(None),
            )
            .values(voided_at=at, voided_why=why)
        )
        return done.rowcount

    def reopen_summer(self, class_id: ClassId) -> None:
        self._db.execute(
            delete(period_close).where(
                period_close.c.class_id == class_id, period_close.c.period == Period.HE.value
            )
        )

    # --- inside

    def _lists(self, *wanted: Any) -> tuple[YearList, ...]:
        names = {r.id: r.full_name for r in self._db.execute(select(account))}
        found = self._db.execute(select(year_list).where(*wanted).order_by(year_list.c.id)).all()
        rows = self._rows([r.id for r in found if r.approved_at is not None]) if found else {}
        return tuple(
            YearList(
                r.id,
                ClassId(r.class_id),
                YearStage(r.stage),
                r.rule_digest,
                names[r.proposed_by],
                r.proposed_at,
                "" if r.approved_by is None else names[r.approved_by],
                r.approved_at,
                r.decision_no,
                tuple(rows.get(r.id, ())),
                r.voided_at,
                r.voided_why,
            )
            for r in found
        )

    def _rows(self, list_ids: Iterable[int]) -> dict[int, list[ListRow]]:
        found: dict[int, list[ListRow]] = {}
        rows = self._db.execute(
            select(year_list_row)
            .where(year_list_row.c.list_id.in_(list(list_ids)))
            .order_by(year_list_row.c.list_id, year_list_row.c.ordinal)
        )
        for r in rows:
            subject = None if r.subject_id is None else SubjectId(r.subject_id)
            found.setdefault(r.list_id, []).append(
                ListRow(ListKind(r.kind), PupilId(r.pupil_id), subject, r.note)
            )
        return found
