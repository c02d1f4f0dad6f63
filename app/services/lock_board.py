"""Đóng mở sổ on screen: the four locks of every class, and one class column by column."""

from __future__ import annotations

import json
from datetime import date

from app.clock import Clock
from app.digests import DataDigest
from app.domain.ids import AssessmentId, ClassId, SchoolYearId
from app.domain.locks import ClassLocks, ColumnLock, EntryWindow, PeriodClose, lock_chip
from app.domain.periods import Period
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.domain.subjects import column_title
from app.domain.year_end import YearStage
from app.ports import Assessment, UnitOfWork, UowFactory
from app.readmodels.lock_board import (
    ClassLockPanel,
    ClassLockRow,
    ClosedPeriod,
    ColumnState,
    LockFact,
    LockMatrix,
    LockState,
    ReviewDay,
    SubjectColumns,
)
from app.regulations.registry import closing_periods
from app.services.case_rules import cutoff_setting
from app.services.class_periods import current_period, periods_of_year
from app.services.correction_checks import REVIEW_OF
from app.services.rules_in_force import rules_of


class LockBoard:
    """Questions about locks; changes go through `EntryControl` and `PeriodClosing`."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def matrix(self, year_id: SchoolYearId) -> LockMatrix:
        """Every class of the year with its locks as they stand today."""
        today = self._clock.today()
        with self._uows.read() as uow:
            return LockMatrix(
                uow.school.year(year_id).name,
                uow.control.windows(year_id),
                tuple(_row(uow, klass, today) for klass in uow.school.classes(year_id)),
                {p: _cutoff(uow, year_id, p) for p in periods_of_year(uow, year_id)},
                _reviews(uow, year_id, self._clock.today()),
            )

    def panel(self, class_id: ClassId) -> ClassLockPanel:
        """One class: columns of every subject, closes with their codes, late openings."""
        today = self._clock.today()
        with self._uows.read() as uow:
            klass = uow.school.class_(class_id)
            year = uow.school.year(klass.school_year_id)
            locks = uow.control.class_locks(class_id)
            columns = uow.marks.assessments(class_id)
            subjects = uow.school.subjects(class_id)
            closers = tuple(
                (account.uid, account.full_name)
                for account in uow.accounts.all(today)
                if account.disabled_on is None and Role.PRINCIPAL.value in account.roles
            )
            codes = _close_codes(uow, class_id) if locks.closes else {}
            signed = {
                s.period: s for s in uow.reviews.sign_offs(class_id) if s.print_run_id is None
            }
        chip, is_open = lock_chip(
            locks, current_period(klass.regulation, year, locks, today), today
        )
        return ClassLockPanel(
            class_id,
            klass.school_year_id,
            klass.name,
            tuple(
                SubjectColumns(
                    s.id,
                    s.name,
                    tuple(_column(c, locks) for c in columns if c.subject_id == s.id),
                )
                for s in subjects
            ),
            {p: _closed(close, codes.get(p, "")) for p, close in locks.closes.items()},
            tuple(o for o in locks.late_openings if o.closes_on >= today),
            closers=closers,
            sealed=locks.seal is not None,
            lock_chip=chip,
            chip_open=is_open,
            periods=closing_periods(klass.regulation),
            signed=signed,
        )


def _row(uow: UnitOfWork, klass: SchoolClass, today: date) -> ClassLockRow:
    locks = uow.control.class_locks(klass.id)
    columns = uow.marks.assessments(klass.id)
    periods = closing_periods(klass.regulation)
    return ClassLockRow(
        klass.id,
        klass.name,
        periods,
        tuple(_window(locks, period, today) for period in periods),
        tuple(_close(locks, period) for period in periods),
        _columns(columns, locks.columns),
        _seal(locks),
    )


def _window(locks: ClassLocks, period: Period, today: date) -> LockFact:
    late = [o for o in locks.late_openings if o.period is period and o.closes_on >= today]
    note = ""
    if late:
        last = max(late, key=lambda o: o.closes_on)
        note = f"mở bổ sung đến {last.closes_on:%d/%m}, QĐ {last.decision_no}"
    current = locks.window_for(period, today)
    if current is not None:
        words = f"mở đến {current.closes_on:%d/%m}"
        return LockFact(LockState.OPEN, words, note or _by(current))
    windows = [w for w in locks.windows if w.period is period]
    coming = [w for w in windows if w.opens_on > today]
    if coming:
        first = min(coming, key=lambda w: w.opens_on)
        return LockFact(LockState.WAITING, f"mở từ {first.opens_on:%d/%m}", note or _by(first))
    if windows:
        last_one = max(windows, key=lambda w: w.closes_on)
        words = f"hết {last_one.closes_on:%d/%m}"
        return LockFact(LockState.SHUT, words, note or _by(last_one))
    return LockFact(LockState.NONE, "chưa mở", note)


def _by(window: EntryWindow) -> str:
    return f"QĐ {window.decision_no}, {window.set_by}"


def _close(locks: ClassLocks, period: Period) -> LockFact:
    close = locks.closes.get(period)
    if close is None:
        return LockFact(LockState.NONE, "chưa chốt")
    note = f"QĐ {close.decision_no}, {close.closed_by}"
    return LockFact(LockState.SHUT, f"chốt {close.closed_at:%d/%m}", note)


def _columns(columns: tuple[Assessment, ...], locked: dict[AssessmentId, ColumnLock]) -> LockFact:
    count = sum(column.id in locked for column in columns)
    if not columns:
        return LockFact(LockState.NONE, "chưa có cột")
    if not count:
        return LockFact(LockState.OPEN, "mở cả")
    if count == len(columns):
        return LockFact(LockState.SHUT, "khóa hết")
    return LockFact(LockState.WAITING, f"khóa {count}/{len(columns)}")


def _seal(locks: ClassLocks) -> LockFact:
    if locks.seal is None:
        return LockFact(LockState.NONE, "chưa")
    return LockFact(LockState.SHUT, f"từ {locks.seal.sealed_at:%d/%m/%y}", locks.seal.sealed_by)


def _column(column: Assessment, locks: ClassLocks) -> ColumnState:
    lock = locks.columns.get(column.id)
    note = ""
    if lock is not None:
        note = f"{lock.locked_by} khóa {lock.locked_at:%d/%m/%Y, %H:%M}, {lock.decision_words}"
    return ColumnState(
        column.id,
        column.code,
        column_title(column.code),
        column.term,
        locked=lock is not None,
        note=note,
    )


def _closed(close: PeriodClose, code: str) -> ClosedPeriod:
    return ClosedPeriod(
        close.period,
        close.closed_by,
        close.closed_at.strftime("%d/%m/%Y, %H:%M"),
        close.decision_no,
        DataDigest.of_hex(close.data_digest).code,
        code,
    )


def _close_codes(uow: UnitOfWork, class_id: ClassId) -> dict[Period, str]:
    """Codes of the checkpoints that signed this class's closes: each signs its own entry."""
    signed = {point.seq: point.code for point in uow.trail.checkpoints()}
    codes = {
        Period(json.loads(entry.detail)["period"]): signed.get(entry.seq, "")
        for entry in uow.trail.entries(class_id=class_id, kind="period.close")
    }
    summer = _summer_close(uow, class_id)
    return codes if summer is None else codes | {Period.HE: signed.get(summer, "")}


def _summer_close(uow: UnitOfWork, class_id: ClassId) -> int | None:
    """Number of the entry that closed the summer: the first approval of its lists since it was
    last reopened. A later approval of changed lists leaves the close as it is.
    """
    reopened = uow.trail.entries(class_id=class_id, kind="summer.reopen")
    since = max((entry.seq for entry in reopened), default=0)
    approved = (
        entry.seq
        for entry in uow.trail.entries(class_id=class_id, kind="lists.approve")
        if json.loads(entry.detail)["stage"] == YearStage.SUMMER.value
    )
    return min((seq for seq in approved if seq > since), default=None)


def _reviews(uow: UnitOfWork, year_id: SchoolYearId, today: date) -> dict[Period, ReviewDay]:
    """The last day of what each review meeting settles: set for the period, else by the rules."""
    rules, year = rules_of(uow, year_id, today), uow.school.year(year_id)
    found = {}
    for period in periods_of_year(uow, year_id):
        spec = REVIEW_OF.get(period)
        if spec is None:
            continue
        text = uow.school.setting(cutoff_setting(year_id, period, review=True))
        day = date.fromisoformat(text) if text else rules.day(spec, year)
        found[period] = ReviewDay(day, by_rule=not text and day is not None)
    return found


def _cutoff(uow: UnitOfWork, year_id: SchoolYearId, period: Period) -> date | None:
    text = uow.school.setting(cutoff_setting(year_id, period))
    return date.fromisoformat(text) if text else None
