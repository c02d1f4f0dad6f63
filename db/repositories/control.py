"""The four locks, late openings, confirmations and seals: rows to dataclasses."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from app.domain.ids import AccountId, AssessmentId, ClassId, SchoolYearId, SubjectId
from app.domain.lock_scopes import WHOLE_SCHOOL, LockScope
from app.domain.locks import (
    ClassLocks,
    ColumnLock,
    EntryWindow,
    LateOpening,
    PeriodClose,
    YearSeal,
)
from app.domain.periods import Period
from app.ports import Confirmation, SealRecord
from db.repositories.reviews import void_sign_offs
from db.rows.control import column_lock, entry_window, late_opening, period_close, year_seal
from db.rows.marks import assessment, confirmation
from db.rows.people import account
from db.rows.school import klass

_SCOPED = klass.alias("scoped")
_WINDOWS = (
    select(entry_window, account.c.full_name, _SCOPED.c.name.label("scope_class"))
    .join(account, account.c.id == entry_window.c.set_by)
    .outerjoin(_SCOPED, _SCOPED.c.id == entry_window.c.class_id)
    .where(entry_window.c.withdrawn_at.is_(None))
    .order_by(entry_window.c.opens_on, entry_window.c.id)
)
_CLASS_WINDOWS = _WINDOWS.add_columns(klass.c.grade.label("class_grade")).join(
    klass, klass.c.school_year_id == entry_window.c.school_year_id
)
_CLASS_SEAL = (
    select(year_seal, account.c.full_name)
    .join(klass, klass.c.school_year_id == year_seal.c.school_year_id)
    .join(account, account.c.id == year_seal.c.sealed_by)
    .order_by(year_seal.c.id)
)
_CLASS_CLOSES = select(period_close, account.c.full_name).join(
    account, account.c.id == period_close.c.closed_by
)
_CLASS_COLUMNS = (
    select(column_lock, account.c.full_name)
    .join(assessment, assessment.c.id == column_lock.c.assessment_id)
    .join(account, account.c.id == column_lock.c.locked_by)
    .where(column_lock.c.unlocked_at.is_(None))
)


class SqlControl:
    """Fulfils `app.ports.ControlRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def class_locks(self, class_id: ClassId) -> ClassLocks:
        db = self._db
        closes = {
            Period(r.period): PeriodClose(
                Period(r.period), r.closed_at, r.full_name, r.decision_no, r.data_digest
            )
            for r in db.execute(_CLASS_CLOSES.where(period_close.c.class_id == class_id))
        }
        columns = {
            AssessmentId(r.assessment_id): ColumnLock(
                AssessmentId(r.assessment_id),
                r.locked_at,
                r.full_name,
                r.decision_no,
                r.decision_on,
            )
            for r in db.execute(_CLASS_COLUMNS.where(assessment.c.class_id == class_id))
        }
        windows = tuple(
            window
            for r in db.execute(_CLASS_WINDOWS.where(klass.c.id == class_id))
            if (window := _window(r)).scope.reaches(class_id, r.class_grade)
        )
        openings = tuple(
            LateOpening(
                r.id, r.subject_id, Period(r.period), r.opens_on, r.closes_on, r.decision_no
            )
            for r in db.execute(select(late_opening).where(late_opening.c.class_id == class_id))
        )
        sealed = db.execute(_CLASS_SEAL.where(klass.c.id == class_id)).first()
        seal = (
            None
            if sealed is None
            else YearSeal(sealed.sealed_at, sealed.full_name, sealed.bag_name)
        )
        return ClassLocks(windows, openings, columns, closes, seal)

    def windows(self, year_id: SchoolYearId) -> tuple[EntryWindow, ...]:
        rows = self._db.execute(_WINDOWS.where(entry_window.c.school_year_id == year_id))
        return tuple(_window(r) for r in rows)

    def add_window(
        self,
        year_id: SchoolYearId,
        window: EntryWindow,
        by: AccountId,
        at: datetime,
    ) -> None:
        self._db.execute(
            insert(entry_window).values(
                school_year_id=year_id,
                period=window.period.value,
                opens_on=window.opens_on,
                closes_on=window.closes_on,
                decision_no=window.decision_no,
                decision_on=window.decision_on,
                set_by=by,
                set_at=at,
                grades=",".join(str(grade) for grade in sorted(window.scope.grades)),
                class_id=window.scope.class_id,
            )
        )

    def withdraw_window(
        self, window_id: int, by: AccountId, at: datetime, decision_no: str, decision_on: date
    ) -> None:
        self._db.execute(
            update(entry_window)
            .where(entry_window.c.id == window_id)
            .values(
                withdrawn_at=at,
                withdrawn_by=by,
                withdraw_decision_no=decision_no,
                withdraw_decision_on=decision_on,
            )
        )

    def add_late_opening(
        self,
        class_id: ClassId,
        opening: LateOpening,
        decision_on: date,
        by: AccountId,
        at: datetime,
    ) -> None:
        self._db.execute(
            insert(late_opening).values(
                class_id=class_id,
                subject_id=opening.subject_id,
                period=opening.period.value,
                opens_on=opening.opens_on,
                closes_on=opening.closes_on,
                decision_no=opening.decision_no,
                decision_on=decision_on,
                set_by=by,
                set_at=at,
            )
        )

    def lock_column(
        self,
        assessment_id: AssessmentId,
        by: AccountId,
        at: datetime,
        decision_no: str,
        decision_on: date,
    ) -> None:
        self._db.execute(
            insert(column_lock).values(
                assessment_id=assessment_id,
                locked_at=at,
                locked_by=by,
                decision_no=decision_no,
                decision_on=decision_on,
            )
        )

    def unlock_column(
        self,
        assessment_id: AssessmentId,
        by: AccountId,
        at: datetime,
        decision_no: str,
        decision_on: date,
    ) -> None:
        self._db.execute(
            update(column_lock)
            .where(
                column_lock.c.assessment_id == assessment_id, column_lock.c.unlocked_at.is_(None)
            )
            .values(
                unlocked_at=at,
                unlocked_by=by,
                unlock_decision_no=decision_no,
                unlock_decision_on=decision_on,
            )
        )

    def close_period(
        self, class_id: ClassId, close: PeriodClose, by: AccountId, missing_reason: str
    ) -> None:
        self._db.execute(
            insert(period_close).values(
                class_id=class_id,
                period=close.period.value,
                closed_at=close.closed_at,
                closed_by=by,
                decision_no=close.decision_no,
                data_digest=close.data_digest,
                missing_reason=missing_reason,
            )
        )

    def add_confirmation(self, new: Confirmation) -> None:
        self._db.execute(
            insert(confirmation).values(
                class_id=new.class_id,
                subject_id=new.subject_id,
                period=new.period.value,
                account_id=new.account_id,
                at=new.at,
            )
        )

    def void_confirmations(
        self,
        class_id: ClassId,
        subject_id: SubjectId | None,
        period: Period,
        at: datetime,
        why: str,
        *,
        alone: bool = False,
    ) -> int:
        touched: ColumnElement[bool] = confirmation.c.subject_id.is_(None)
        if subject_id is not None:
            of_subject = confirmation.c.subject_id == subject_id
            touched = of_subject if alone else touched | of_subject
        done = self._db.execute(
            update(confirmation)
            .where(
                confirmation.c.class_id == class_id,
                confirmation.c.period == period.value,
                confirmation.c.voided_at.is_(None),
                touched,
            )
            .values(voided_at=at, voided_why=why)
        )
        # What the principal signed rests on what was confirmed.
        return done.rowcount + void_sign_offs(self._db, class_id, period, at, why)

    def confirmations(self, class_id: ClassId) -> tuple[Confirmation, ...]:
        rows = self._db.execute(
            select(confirmation, account.c.full_name)
            .join(account, account.c.id == confirmation.c.account_id)
            .where(confirmation.c.class_id == class_id, confirmation.c.voided_at.is_(None))
            .order_by(confirmation.c.id)
        )
        return tuple(
            Confirmation(
                ClassId(r.class_id),
                None if r.subject_id is None else SubjectId(r.subject_id),
                Period(r.period),
                AccountId(r.account_id),
                r.full_name,
                r.at,
            )
            for r in rows
        )

    def add_seal(self, seal: SealRecord) -> None:
        self._db.execute(
            insert(year_seal).values(
                **{name: getattr(seal, name) for name in SealRecord.__dataclass_fields__}
            )
        )

    def seals(self, year_id: SchoolYearId) -> tuple[SealRecord, ...]:
        rows = self._db.execute(
            select(year_seal)
            .where(year_seal.c.school_year_id == year_id)
            .order_by(year_seal.c.copy_no)
        ).mappings()
        return tuple(
            SealRecord(**{name: r[name] for name in SealRecord.__dataclass_fields__}) for r in rows
        )


def _window(row: object) -> EntryWindow:
    r = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001 - SQLAlchemy's public name
    return EntryWindow(
        r["id"],
        Period(r["period"]),
        r["opens_on"],
        r["closes_on"],
        r["decision_no"],
        r["decision_on"],
        r["full_name"],
        _scope(r),
    )


def _scope(row: RowMapping) -> LockScope:
    if row["class_id"] is not None:
        return LockScope(class_id=ClassId(row["class_id"]), class_name=row["scope_class"])
    if not row["grades"]:
        return WHOLE_SCHOOL
    return LockScope(frozenset(int(grade) for grade in row["grades"].split(",")))
