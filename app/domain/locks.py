"""Four separate facts that may stop a hand: window, column lock, period close, year seal.

`refusal` answers why a cell cannot be typed now, whose decision that is, until when, and what to
do. None of the four facts overwrites another: lifting one leaves the others standing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.ids import AssessmentId
from app.domain.lock_scopes import WHOLE_SCHOOL, LockScope
from app.domain.periods import Period, Term, semester_closers
from app.text import date_vn


@dataclass(frozen=True, slots=True)
class WhyLocked:
    """Answer to "Vì sao không sửa được?": one sentence, then who, when, how, until when.

    `action` is "correction" (open a case), "late_opening" (ask for one) or "" (nothing to offer).
    """

    sentence: str
    who: str = ""
    when: str = ""
    how: str = ""
    until: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class EntryWindow:
    """Đợt nhập: days (both inclusive) in which the classes of a scope may type a period."""

    id: int
    period: Period
    opens_on: date
    closes_on: date
    decision_no: str
    decision_on: date
    set_by: str
    scope: LockScope = WHOLE_SCHOOL

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the window."""
        return self.opens_on <= day <= self.closes_on


@dataclass(frozen=True, slots=True)
class LateOpening:
    """Mở bổ sung: empty cells of a closed or past period may be filled, by decision."""

    id: int
    subject_id: int | None
    period: Period
    opens_on: date
    closes_on: date
    decision_no: str

    def covers(self, day: date, subject_id: int) -> bool:
        """Whether it opens this subject on `day`."""
        return self.opens_on <= day <= self.closes_on and self.subject_id in (None, subject_id)


@dataclass(frozen=True, slots=True)
class ColumnLock:
    """One assessment column of a class and subject, locked by decision."""

    assessment_id: AssessmentId
    locked_at: datetime
    locked_by: str
    decision_no: str
    decision_on: date | None = None

    @property
    def decision_words(self) -> str:
        """As "QĐ số 60/QĐ ngày 23/11/2026"; a lock of an older program has no day."""
        day = "" if self.decision_on is None else f" ngày {date_vn(self.decision_on)}"
        return f"QĐ số {self.decision_no}{day}"


@dataclass(frozen=True, slots=True)
class PeriodClose:
    """Chốt: class x period frozen with its data digest."""

    period: Period
    closed_at: datetime
    closed_by: str
    decision_no: str
    data_digest: str


@dataclass(frozen=True, slots=True)
class YearSeal:
    """Niêm phong: the year was written to a medium."""

    sealed_at: datetime
    sealed_by: str
    bag_name: str


@dataclass(frozen=True, slots=True)
class ClassLocks:
    """Everything that is locked or open for one class, as read at one moment."""

    windows: tuple[EntryWindow, ...] = ()
    late_openings: tuple[LateOpening, ...] = ()
    columns: dict[AssessmentId, ColumnLock] = field(default_factory=dict)
    closes: dict[Period, PeriodClose] = field(default_factory=dict)
    seal: YearSeal | None = None

    def semester_close(self, term: Term) -> PeriodClose | None:
        """The close that shut a whole học kì: what is written day by day stops there."""
        found = (self.closes.get(period) for period in semester_closers(term))
        return next((close for close in found if close is not None), None)

    def window_for(self, period: Period, day: date) -> EntryWindow | None:
        """The window that covers `day`, the one closing last when several do."""
        open_now = [w for w in self.windows if w.period is period and w.covers(day)]
        return max(open_now, key=lambda w: w.closes_on) if open_now else None


def refusal(
    locks: ClassLocks,
    *,
    period: Period,
    subject_id: int,
    assessment_id: AssessmentId | None,
    is_empty: bool,
    today: date,
) -> WhyLocked | None:
    """Why a cell cannot be typed today, or None when it can.

    The hardest fact answers first (seal, close, column lock, window). A late opening lets an
    *empty* cell be filled in spite of all but the seal, and one that waits for its make-up test
    (`is_empty` says so of both); a filled cell then needs a case.
    """
    if locks.seal is not None:
        return _sealed(locks.seal)
    stopped = _stop(locks, period, assessment_id, today)
    if stopped is None:
        return None
    opened = [o for o in locks.late_openings if o.period is period and o.covers(today, subject_id)]
    if opened and is_empty:
        return None
    return stopped


def _stop(
    locks: ClassLocks, period: Period, assessment_id: AssessmentId | None, today: date
) -> WhyLocked | None:
    close = locks.closes.get(period)
    if close is not None:
        return _closed(close)
    lock = locks.columns.get(assessment_id) if assessment_id is not None else None
    if lock is not None:
        return _column_locked(lock)
    if locks.window_for(period, today) is None:
        return _no_window(locks.windows, period, today)
    return None


def _sealed(seal: YearSeal) -> WhyLocked:
    when = seal.sealed_at.strftime("%d/%m/%Y")
    return WhyLocked(
        sentence=f"Năm học đã niêm phong ngày {when} nên không ô nào sửa được; muốn sửa phải có "
        "quyết định mở niêm phong của hiệu trưởng.",
        who=seal.sealed_by,
        when=when,
        how="Hồ sơ sửa điểm kèm quyết định mở niêm phong",
    )


def _closed(close: PeriodClose) -> WhyLocked:
    when = close.closed_at.strftime("%d/%m/%Y, %H:%M")
    return WhyLocked(
        sentence=f"{close.period.label} đã chốt ngày {close.closed_at:%d/%m/%Y} theo QĐ số "
        f"{close.decision_no} nên không sửa trực tiếp được; hãy lập hồ sơ sửa điểm.",
        who=close.closed_by,
        when=f"{when} · QĐ {close.decision_no}",
        how="Lập hồ sơ sửa điểm, hiệu trưởng duyệt",
        action="correction",
    )


def _column_locked(lock: ColumnLock) -> WhyLocked:
    return WhyLocked(
        sentence=f"Cột này đã khóa ngày {lock.locked_at:%d/%m/%Y} theo {lock.decision_words} "
        "nên không sửa trực tiếp được; hãy lập hồ sơ sửa điểm.",
        who=lock.locked_by,
        when=f"{lock.locked_at:%d/%m/%Y, %H:%M} · QĐ {lock.decision_no}",
        how="Lập hồ sơ sửa điểm, hiệu trưởng duyệt",
        action="correction",
    )


def _no_window(windows: Sequence[EntryWindow], period: Period, today: date) -> WhyLocked:
    of_period = sorted((w for w in windows if w.period is period), key=lambda w: w.opens_on)
    coming = [w for w in of_period if w.opens_on > today]
    past = [w for w in of_period if w.closes_on < today]
    if past:
        last = max(past, key=lambda w: w.closes_on)
        return WhyLocked(
            sentence=f"Đợt nhập {period.words} đã hết ngày {date_vn(last.closes_on)} "
            f"(QĐ số {last.decision_no}) nên ô này không gõ được nữa; ô trống xin mở bổ sung, ô đã "
            "có điểm lập hồ sơ sửa điểm.",
            who=last.set_by,
            when=f"Mở {date_vn(last.opens_on)} đến {date_vn(last.closes_on)}",
            how="Xin hiệu trưởng mở bổ sung, hoặc lập hồ sơ sửa điểm",
            until=f"Đợt sau mở {date_vn(coming[0].opens_on)}" if coming else "",
            action="correction",
        )
    if coming:
        nxt = coming[0]
        return WhyLocked(
            sentence=f"Đợt nhập {period.words} chưa mở; theo QĐ số {nxt.decision_no} đợt "
            f"này mở ngày {date_vn(nxt.opens_on)}.",
            who=nxt.set_by,
            when=f"Mở {date_vn(nxt.opens_on)} đến {date_vn(nxt.closes_on)}",
            how="Chờ đến ngày mở",
            until=date_vn(nxt.opens_on),
        )
    return WhyLocked(
        sentence=f"Chưa có đợt nhập nào cho {period.words}; đề nghị hiệu trưởng mở đợt "
        "nhập ở trang Đóng mở sổ.",
        how="Hiệu trưởng mở đợt nhập",
    )


def lock_chip(locks: ClassLocks, period: Period, today: date) -> tuple[str, bool]:
    """The state in words for the top bar, and whether it is open."""
    if locks.seal is not None:
        return f"Đã niêm phong {locks.seal.sealed_at:%d/%m/%Y}", False
    close = locks.closes.get(period)
    if close is not None:
        return f"Đã chốt {close.closed_at:%d/%m} theo QĐ số {close.decision_no}", False
    window = locks.window_for(period, today)
    if window is not None:
        return f"Đang mở đến {window.closes_on:%d/%m}", True
    late = [
        one.closes_on
        for one in locks.late_openings
        if one.period is period and one.subject_id is None and one.opens_on <= today
    ]
    if late and max(late) >= today:
        return f"Mở bổ sung đến {max(late):%d/%m}", True
    of_period = [w for w in locks.windows if w.period is period]
    coming = [w.opens_on for w in of_period if w.opens_on > today]
    if coming:
        return f"Mở từ {min(coming):%d/%m}", False
    return "Hết đợt nhập" if of_period else "Chưa mở đợt nhập", False
