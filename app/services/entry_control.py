"""Đóng mở sổ: windows, column locks and late openings, each by a decision and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import AssessmentId, ClassId, SchoolYearId, SubjectId
from app.domain.locks import ClassLocks, EntryWindow, LateOpening
from app.domain.periods import Period
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.domain.subjects import Subject, column_title
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import Assessment, Confirmation, UnitOfWork, UowFactory
from app.services.standing import require_standing
from app.text import clean, date_vn

KEEPERS = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.SECRETARY, Role.ADMINISTRATOR)
"""Who may press lock and unlock, always on a decision of the principal."""
_LOCKS = frozenset({Topic.LOCKS, Topic.MARKS})


@dataclass(frozen=True, slots=True)
class ControlBoard:
    """Classes and their locks, for the matrix."""

    windows: tuple[EntryWindow, ...]
    classes: tuple[tuple[SchoolClass, ClassLocks, tuple[Confirmation, ...]], ...]


class EntryControl:
    """Opens and shuts entry; every act names its decision."""

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
    ) -> CommandResult:
        """Mở đợt nhập for the whole school, both days inclusive; may be recorded afterwards."""
        require(actor, "mở đợt nhập", *KEEPERS)
        number = _decision(decision_no, "mở đợt nhập")
        if closes_on < opens_on:
            raise RuleRefused(
                "window_reversed",
                f"Ngày đóng {date_vn(closes_on)} sớm hơn ngày mở {date_vn(opens_on)} nên đợt nhập "
                "chưa được ghi; hãy chọn lại hai ngày.",
            )
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), "mở đợt nhập", *KEEPERS)
            year = uow.school.year(year_id)
            uow.control.add_window(
                year_id,
                period,
                opens_on,
                closes_on,
                number,
                decision_on,
                actor.account_id,
                self._clock.now(),
            )
            return self._done(
                uow,
                actor,
                TrailDraft(
                    "window.open",
                    {
                        "year": year.name,
                        "period": period.value,
                        "opens_on": date_vn(opens_on),
                        "closes_on": date_vn(closes_on),
                        "decision": number,
                        "decision_on": date_vn(decision_on),
                    },
                ),
                f"Đã mở đợt nhập {period.words} đến {date_vn(closes_on)}",
            )

    def withdraw_window(
        self, actor: Actor, year_id: SchoolYearId, window_id: int, decision_no: str
    ) -> CommandResult:
        """Take a window back; what was typed in it stays."""
        require(actor, "thu lại đợt nhập", *KEEPERS)
        number = _decision(decision_no, "thu lại đợt nhập")
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), "thu lại đợt nhập", *KEEPERS)
            window = next((w for w in uow.control.windows(year_id) if w.id == window_id), None)
            if window is None:
                raise RuleRefused(
                    "not_found", "Đợt nhập này không còn; trang đã cũ, hãy tải lại rồi xem."
                )
            uow.control.withdraw_window(window_id, self._clock.now())
            return self._done(
                uow,
                actor,
                TrailDraft(
                    "window.withdraw",
                    {
                        "period": window.period.value,
                        "closes_on": date_vn(window.closes_on),
                        "decision": number,
                    },
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
        require(actor, "mở bổ sung", *KEEPERS)
        number = _decision(decision_no, "mở bổ sung")
        if closes_on < opens_on:
            raise RuleRefused(
                "window_reversed",
                f"Ngày đóng {date_vn(closes_on)} sớm hơn ngày mở {date_vn(opens_on)} nên chưa mở "
                "bổ sung; hãy chọn lại hai ngày.",
            )
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), "mở bổ sung", *KEEPERS)
            klass = uow.school.class_(class_id)
            if uow.control.class_locks(class_id).seal is not None:
                raise _sealed(klass.name)
            opening = LateOpening(0, subject_id, period, opens_on, closes_on, number)
            uow.control.add_late_opening(
                class_id, opening, decision_on, actor.account_id, self._clock.now()
            )
            return self._done(
                uow,
                actor,
                TrailDraft(
                    "late_opening.open",
                    {
                        "class": klass.name,
                        "period": period.value,
                        "opens_on": date_vn(opens_on),
                        "closes_on": date_vn(closes_on),
                        "decision": number,
                    },
                    class_id,
                    subject_id,
                ),
                f"Đã mở bổ sung {klass.name} đến {date_vn(closes_on)}",
            )

    def lock_columns(
        self,
        actor: Actor,
        class_id: ClassId,
        assessment_ids: Sequence[AssessmentId],
        decision_no: str,
    ) -> CommandResult:
        """Khóa cột: the columns named, by decision."""
        return self._set_columns(actor, class_id, assessment_ids, decision_no, lock=True)

    def unlock_columns(
        self,
        actor: Actor,
        class_id: ClassId,
        assessment_ids: Sequence[AssessmentId],
        decision_no: str,
    ) -> CommandResult:
        """Mở khóa cột; window, close and seal stay as they are."""
        return self._set_columns(actor, class_id, assessment_ids, decision_no, lock=False)

    def _set_columns(
        self,
        actor: Actor,
        class_id: ClassId,
        assessment_ids: Sequence[AssessmentId],
        decision_no: str,
        *,
        lock: bool,
    ) -> CommandResult:
        what = "khóa cột điểm" if lock else "mở khóa cột điểm"
        require(actor, what, *KEEPERS)
        number = _decision(decision_no, what)
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), what, *KEEPERS)
            klass = uow.school.class_(class_id)
            locks = uow.control.class_locks(class_id)
            if locks.seal is not None:
                raise _sealed(klass.name)
            known = {a.id: a for a in uow.marks.assessments(class_id)}
            subjects = {s.id: s for s in uow.school.subjects(class_id)}
            said: list[str] = []
            for assessment_id in dict.fromkeys(assessment_ids):
                column = known.get(assessment_id)
                if column is None:
                    raise RuleRefused(
                        "not_found",
                        f"Lớp {klass.name} không có cột điểm này; hãy tải lại trang rồi chọn lại.",
                    )
                if (assessment_id in locks.columns) is lock:
                    continue
                act = uow.control.lock_column if lock else uow.control.unlock_column
                act(assessment_id, actor.account_id, now, number)
                name = subjects[column.subject_id].name
                said.append(f"{name} {column.term} {column_title(column.code)}")
            if not said:
                state = "đã khóa" if lock else "đang mở"
                raise RuleRefused(
                    "nothing_to_do", f"Các cột đã chọn {state} sẵn nên không có gì thay đổi."
                )
            verb = "khóa" if lock else "mở khóa"
            return self._done(
                uow,
                actor,
                TrailDraft(
                    "column.lock" if lock else "column.unlock",
                    {"class": klass.name, "columns": said, "decision": number},
                    class_id,
                ),
                f"Đã {verb} {len(said)} cột lớp {klass.name}",
            )

    def _done(
        self, uow: UnitOfWork, actor: Actor, draft: TrailDraft, summary: str
    ) -> CommandResult:
        seq = uow.trail.append(draft, actor, self._clock.now())
        uow.commit()
        return CommandResult(_LOCKS, seq, summary, draft.class_id)


def _decision(number: str, what: str) -> str:
    cleaned = clean(number)
    if not cleaned:
        raise RuleRefused(
            "decision_required",
            f"Chưa ghi số quyết định hoặc thông báo của hiệu trưởng nên chưa {what}; hãy ghi số "
            "văn bản, thí dụ 41/QĐ-THCS.",
        )
    return cleaned


def _sealed(class_name: str) -> RuleRefused:
    return RuleRefused(
        "sealed",
        f"Năm học của lớp {class_name} đã niêm phong nên không đóng mở được nữa; cần quyết định mở "
        "niêm phong.",
    )
