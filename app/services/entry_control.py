"""Đóng mở sổ: windows and late openings by scope, each by a decision and recorded.

Column locks: `app.services.column_locking`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import AssessmentId, ClassId, SchoolYearId, SubjectId
from app.domain.lock_scopes import WHOLE_SCHOOL, LockScope, scopes_of
from app.domain.locks import ClassLocks, EntryWindow, LateOpening
from app.domain.periods import Period
from app.domain.school import SchoolClass
from app.domain.subjects import Subject
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import Assessment, Confirmation, UnitOfWork, UowFactory
from app.services.authority import may_press, require_presser
from app.services.column_locking import ColumnChoice, lock_columns, lock_scope
from app.services.lock_decisions import (
    classes_with,
    decision_number,
    is_after_fact,
    refuse_future_decision,
    refuse_reversed,
    scope_classes,
)
from app.services.ruled_windows import refuse_outside_rule, ruled_days
from app.text import date_vn

_LOCKS = frozenset({Topic.LOCKS, Topic.MARKS})


@dataclass(frozen=True, slots=True)
class ControlBoard:
    """Classes and their locks, for the matrix."""

    windows: tuple[EntryWindow, ...]
    classes: tuple[tuple[SchoolClass, ClassLocks, tuple[Confirmation, ...]], ...]


class EntryControl:
    """Opens and shuts entry; every act names its decision, whenever it is recorded."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def board(self, year_id: SchoolYearId) -> ControlBoard:
        """State of every class of the year."""
        with self._uows.read() as uow:
            return ControlBoard(
                uow.control.windows(year_id),
                tuple(
                    (klass, uow.control.class_locks(klass.id), uow.control.confirmations(klass.id))
                    for klass in uow.school.classes(year_id)
                ),
            )

    def may_press(self, actor: Actor, year_id: SchoolYearId) -> bool:
        """Whether the rules of the year let this person press lock and unlock today."""
        with self._uows.read() as uow:
            return may_press(uow, actor, year_id, self._clock.today())

    def ruled_days(self, year_id: SchoolYearId, period: Period) -> tuple[date, date] | None:
        """The days that the rules lay down for a kỳ; None when there are none."""
        with self._uows.read() as uow:
            return ruled_days(uow, year_id, period, self._clock.today())

    def scopes(self, year_id: SchoolYearId) -> tuple[LockScope, ...]:
        """Whole school, levels, grades and classes to choose from."""
        with self._uows.read() as uow:
            return scopes_of(uow.school.classes(year_id))

    def locks(self, class_id: ClassId) -> ClassLocks:
        """Everything that is locked or open for one class."""
        with self._uows.read() as uow:
            return uow.control.class_locks(class_id)

    def columns(self, class_id: ClassId) -> tuple[tuple[Subject, tuple[Assessment, ...]], ...]:
        """Subjects of a class with their assessment columns."""
        with self._uows.read() as uow:
            columns = uow.marks.assessments(class_id)
            return tuple(
                (s, tuple(c for c in columns if c.subject_id == s.id))
                for s in uow.school.subjects(class_id)
            )

    def open_window(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        period: Period,
        opens_on: date,
        closes_on: date,
        decision_no: str,
        decision_on: date,
        scope: LockScope = WHOLE_SCHOOL,
    ) -> CommandResult:
        """Mở đợt nhập for a scope, both days inclusive; may be recorded when they are over.

        A kỳ of primary schools opens inside the days that the rules lay down only.
        """
        what = "mở đợt nhập"
        number = decision_number(decision_no, what)
        refuse_reversed(opens_on, closes_on, what)
        today = self._clock.today()
        refuse_future_decision(decision_on, today, what)
        with self._uows.write() as uow:
            actor = require_presser(uow, actor, year_id, today, what)
            year = uow.school.year(year_id)
            classes_with(scope_classes(uow, year_id, scope, what), period, scope, what)
            refuse_outside_rule(uow, year_id, period, opens_on, closes_on, today)
            window = EntryWindow(
                0, period, opens_on, closes_on, number, decision_on, actor.name, scope
            )
            uow.control.add_window(year_id, window, actor.account_id, self._clock.now())
            late = is_after_fact(closes_on, today)
            verb = "Đã ghi lại" if late else "Đã mở"
            return self._done(
                uow,
                actor,
                TrailDraft(
                    "window.open",
                    {
                        "year": year.name,
                        "period": period.value,
                        "scope": scope.words,
                        "opens_on": date_vn(opens_on),
                        "closes_on": date_vn(closes_on),
                        "decision": number,
                        "decision_on": date_vn(decision_on),
                        "after_fact": late,
                    },
                    scope.class_id,
                ),
                f"{verb} đợt nhập {period.words} {scope.words} đến {date_vn(closes_on)}",
            )

    def withdraw_window(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        window_id: int,
        decision_no: str,
        decision_on: date | None = None,
    ) -> CommandResult:
        """Take a window back; what was typed in it stays. `decision_on` is today when left out."""
        what = "thu lại đợt nhập"
        number = decision_number(decision_no, what)
        today = self._clock.today()
        decided = decision_on or today
        refuse_future_decision(decided, today, what)
        with self._uows.write() as uow:
            actor = require_presser(uow, actor, year_id, today, what)
            window = next((w for w in uow.control.windows(year_id) if w.id == window_id), None)
            if window is None:
                raise RuleRefused(
                    "not_found", "Đợt nhập này không còn; trang đã cũ, hãy tải lại rồi xem."
                )
            now = self._clock.now()
            uow.control.withdraw_window(window_id, actor.account_id, now, number, decided)
            return self._done(
                uow,
                actor,
                TrailDraft(
                    "window.withdraw",
                    {
                        "period": window.period.value,
                        "scope": window.scope.words,
                        "closes_on": date_vn(window.closes_on),
                        "decision": number,
                        "decision_on": date_vn(decided),
                    },
                    window.scope.class_id,
                ),
                "Đã thu lại đợt nhập",
            )

    def open_late(
        self,
        actor: Actor,
        class_id: ClassId,
        subject_id: SubjectId | None,
        period: Period,
        opens_on: date,
        closes_on: date,
        decision_no: str,
        decision_on: date,
    ) -> CommandResult:
        """Mở bổ sung: empty cells of a class (one subject or all) may be filled."""
        with self._uows.read() as uow:
            klass = uow.school.class_(class_id)
        scope = LockScope(class_id=klass.id, class_name=klass.name)
        opening = LateOpening(0, subject_id, period, opens_on, closes_on, decision_no)
        return self.open_late_in(actor, klass.school_year_id, scope, opening, decision_on)

    def open_late_in(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        scope: LockScope,
        opening: LateOpening,
        decision_on: date,
    ) -> CommandResult:
        """Mở bổ sung for every class of a scope by one decision; a line and an entry a class."""
        what = "mở bổ sung"
        number = decision_number(opening.decision_no, what)
        refuse_reversed(opening.opens_on, opening.closes_on, what)
        today = self._clock.today()
        refuse_future_decision(decision_on, today, what)
        with self._uows.write() as uow:
            actor = require_presser(uow, actor, year_id, today, what)
            reached = scope_classes(uow, year_id, scope, what)
            reached = classes_with(reached, opening.period, scope, what)
            if opening.subject_id is not None:
                reached = tuple(k for k in reached if _studies(uow, k, opening.subject_id))
            if not reached:
                raise RuleRefused(
                    "scope_empty",
                    f"Không lớp nào thuộc {scope.words} học môn này nên chưa mở bổ sung; hãy chọn "
                    "phạm vi hoặc môn khác.",
                )
            now = self._clock.now()
            kept = LateOpening(
                0, opening.subject_id, opening.period, opening.opens_on, opening.closes_on, number
            )
            seq = 0
            for klass in reached:
                uow.control.add_late_opening(klass.id, kept, decision_on, actor.account_id, now)
                detail = {
                    "class": klass.name,
                    "period": kept.period.value,
                    "opens_on": date_vn(kept.opens_on),
                    "closes_on": date_vn(kept.closes_on),
                    "decision": number,
                    "decision_on": date_vn(decision_on),
                    "after_fact": is_after_fact(kept.closes_on, today),
                }
                draft = TrailDraft("late_opening.open", detail, klass.id, kept.subject_id)
                seq = uow.trail.append(draft, actor, now)
            uow.commit()
        said = f"Đã mở bổ sung {scope.words} đến {date_vn(kept.closes_on)}"
        return CommandResult(_LOCKS, seq, said, scope.class_id)

    def lock_columns(
        self,
        actor: Actor,
        class_id: ClassId,
        assessment_ids: Sequence[AssessmentId],
        decision_no: str,
        decision_on: date | None = None,
    ) -> CommandResult:
        """Khóa cột: the columns named, by decision; its day is today when left out."""
        return self._set(actor, class_id, assessment_ids, decision_no, decision_on, lock=True)

    def unlock_columns(
        self,
        actor: Actor,
        class_id: ClassId,
        assessment_ids: Sequence[AssessmentId],
        decision_no: str,
        decision_on: date | None = None,
    ) -> CommandResult:
        """Mở khóa cột; window, close and seal stay as they are."""
        return self._set(actor, class_id, assessment_ids, decision_no, decision_on, lock=False)

    def set_columns_in(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        scope: LockScope,
        columns: ColumnChoice,
        decision_no: str,
        decision_on: date,
        *,
        lock: bool,
    ) -> CommandResult:
        """Khóa or mở the same columns in every class of a scope, by one decision."""
        what = "khóa cột điểm" if lock else "mở khóa cột điểm"
        number = decision_number(decision_no, what)
        today = self._clock.today()
        refuse_future_decision(decision_on, today, what)
        with self._uows.write() as uow:
            actor = require_presser(uow, actor, year_id, today, what)
            reached = scope_classes(uow, year_id, scope, what)
            now = self._clock.now()
            seq, count = lock_scope(
                uow, actor, reached, columns, (number, decision_on), now, lock=lock
            )
            uow.commit()
        verb = "Đã khóa" if lock else "Đã mở khóa"
        return CommandResult(_LOCKS, seq, f"{verb} {count} cột {scope.words}", scope.class_id)

    def _set(
        self,
        actor: Actor,
        class_id: ClassId,
        assessment_ids: Sequence[AssessmentId],
        decision_no: str,
        decision_on: date | None,
        *,
        lock: bool,
    ) -> CommandResult:
        what = "khóa cột điểm" if lock else "mở khóa cột điểm"
        number = decision_number(decision_no, what)
        today = self._clock.today()
        decided = decision_on or today
        refuse_future_decision(decided, today, what)
        with self._uows.write() as uow:
            klass = uow.school.class_(class_id)
            actor = require_presser(uow, actor, klass.school_year_id, today, what)
            now = self._clock.now()
            seq, count = lock_columns(
                uow, actor, klass, assessment_ids, (number, decided), now, lock=lock
            )
            uow.commit()
        verb = "Đã khóa" if lock else "Đã mở khóa"
        return CommandResult(_LOCKS, seq, f"{verb} {count} cột lớp {klass.name}", class_id)

    def _done(
        self, uow: UnitOfWork, actor: Actor, draft: TrailDraft, summary: str
    ) -> CommandResult:
        seq = uow.trail.append(draft, actor, self._clock.now())
        uow.commit()
        return CommandResult(_LOCKS, seq, summary, draft.class_id)


def _studies(uow: UnitOfWork, klass: SchoolClass, subject_id: int) -> bool:
    return any(subject.id == subject_id for subject in uow.school.subjects(klass.id))
