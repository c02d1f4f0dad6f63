"""Sign-offs, stored results and confirmations as a review reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from app.domain.ids import AccountId, ClassId, PrintRunId, PupilId, SchoolYearId, SubjectId
from app.domain.periods import Period
from app.domain.year_end import Basis, SignOff
from app.year_end_ports import ConfirmationRecord
from db.rows.marks import confirmation
from db.rows.people import account
from db.rows.prints import print_run
from db.rows.school import klass
from db.rows.year_end import period_result, sign_off

_LATER = {
    Period.HK1: (Period.HK1, Period.HK2, Period.HE),
    Period.HK2: (Period.HK2, Period.HE),
    Period.HE: (Period.HE,),
}
"""A sign-off of a later period covers what an earlier one holds."""


class SqlReviews:
    """Fulfils `app.year_end_ports.ReviewRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add_sign_off(
        self,
        class_id: ClassId,
        period: Period,
        print_run_id: PrintRunId | None,
        data_digest: str,
        remark: str,
        by: AccountId,
        at: datetime,
    ) -> None:
        self._db.execute(
            insert(sign_off).values(
                class_id=class_id,
                period=period.value,
                print_run_id=print_run_id,
                data_digest=data_digest,
                remark=remark,
                signed_by=by,
                signed_at=at,
            )
        )

    def sign_offs(self, class_id: ClassId) -> tuple[SignOff, ...]:
        return self._sign_offs(sign_off.c.class_id == class_id)

    def sign_offs_of_periods(self, year_id: SchoolYearId) -> tuple[SignOff, ...]:
        classes = select(klass.c.id).where(klass.c.school_year_id == year_id)
        return self._sign_offs(sign_off.c.class_id.in_(classes) & sign_off.c.print_run_id.is_(None))

    def sign_offs_of_prints(self, year_id: SchoolYearId) -> tuple[SignOff, ...]:
        runs = select(print_run.c.id).where(print_run.c.school_year_id == year_id)
        return self._sign_offs(sign_off.c.print_run_id.in_(runs))

    def _sign_offs(self, wanted: ColumnElement[bool]) -> tuple[SignOff, ...]:
        rows = self._db.execute(
            select(sign_off, account.c.full_name)
            .join(account, account.c.id == sign_off.c.signed_by)
            .where(wanted)
            .order_by(sign_off.c.id)
        )
        return tuple(
            SignOff(
                r.id,
                ClassId(r.class_id),
                Period(r.period),
                None if r.print_run_id is None else PrintRunId(r.print_run_id),
                r.data_digest,
                r.remark,
                r.full_name,
                r.signed_at,
                r.voided_at,
                r.voided_why,
            )
            for r in rows
        )

    def signed_periods(self, class_id: ClassId) -> frozenset[Period]:
        rows = self._db.execute(
            select(sign_off.c.period)
            .where(sign_off.c.class_id == class_id, sign_off.c.voided_at.is_(None))
            .distinct()
        ).scalars()
        # What a later period's signature covers must be voided by a change of an earlier one too.
        later = {Period(period) for period in rows}
        return frozenset(p for p, covered in _LATER.items() if later.intersection(covered))

    def void_sign_offs(self, class_id: ClassId, period: Period, at: datetime, why: str) -> int:
        return void_sign_offs(self._db, class_id, period, at, why)

    # --- stored results and confirmations

    def store_results(
        self, class_id: ClassId, period: Period, basis: Basis, facts: Mapping[PupilId, str]
    ) -> None:
        self._db.execute(
            delete(period_result).where(
                period_result.c.class_id == class_id,
                period_result.c.period == period.value,
                period_result.c.basis == basis.value,
            )
        )
        if facts:
            self._db.execute(
                insert(period_result),
                [
                    {
                        "class_id": class_id,
                        "period": period.value,
                        "basis": basis.value,
                        "pupil_id": pupil_id,
                        "facts": text,
                    }
                    for pupil_id, text in facts.items()
                ],
            )

    def stored_results(self, class_id: ClassId, period: Period, basis: Basis) -> dict[PupilId, str]:
        rows = self._db.execute(
            select(period_result.c.pupil_id, period_result.c.facts).where(
                period_result.c.class_id == class_id,
                period_result.c.period == period.value,
                period_result.c.basis == basis.value,
            )
        )
        return {PupilId(pupil_id): text for pupil_id, text in rows}

    def homeroom_confirmed(self, year_id: SchoolYearId, period: Period) -> set[ClassId]:
        rows = self._db.execute(
            select(confirmation.c.class_id)
            .join(klass, klass.c.id == confirmation.c.class_id)
            .where(
                klass.c.school_year_id == year_id,
                confirmation.c.period == period.value,
                confirmation.c.subject_id.is_(None),
                confirmation.c.voided_at.is_(None),
            )
        ).scalars()
        return {ClassId(class_id) for class_id in rows}

    def confirmation_history(
        self, class_id: ClassId, period: Period
    ) -> tuple[ConfirmationRecord, ...]:
        rows = self._db.execute(
            select(confirmation, account.c.full_name)
            .join(account, account.c.id == confirmation.c.account_id)
            .where(confirmation.c.class_id == class_id, confirmation.c.period == period.value)
            .order_by(confirmation.c.id)
        )
        return tuple(
            ConfirmationRecord(
                None if r.subject_id is None else SubjectId(r.subject_id),
                r.full_name,
                r.at,
                r.voided_at,
                r.voided_why,
            )
            for r in rows
        )


def void_sign_offs(
    connection: Connection, class_id: ClassId, period: Period, at: datetime, why: str
) -> int:
    """Void what covers a period; a printed year book covers the summer too."""
    covered: list[ColumnElement[bool]] = [
        sign_off.c.period.in_([p.value for p in _LATER.get(period, (period,))])
    ]
    if period is Period.HE:
        of_year = sign_off.c.period == Period.HK2.value
        covered.append(of_year & sign_off.c.print_run_id.is_not(None))
    done = connection.execute(
        update(sign_off)
        .where(sign_off.c.class_id == class_id, sign_off.c.voided_at.is_(None), or_(*covered))
        .values(voided_at=at, voided_why=why)
    )
    return done.rowcount
