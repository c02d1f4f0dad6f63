"""Xét cuối năm: the GVCN proposes the lists, the principal decides, approves and signs.

TT22/2021, Điều 12 to 15 and 18 to 20. The approval of the year's lists opens the summer for exactly
the pupils in them; the approval after the summer closes it.
"""

from __future__ import annotations

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import AccountId, ClassId, PupilId
from app.domain.locks import PeriodClose
from app.domain.periods import Period
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.domain.year_end import Basis, ListKind, YearList, YearStage
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.readmodels.year_end import YearEndBoard
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.result_records import result_texts, results_digest, stored_form
from app.services.standing import standing
from app.services.year_end_board import board_of
from app.services.year_end_state import (
    YearEndState,
    load_state,
    refuse_unless_open,
    summer_digest,
)
from app.services.year_lists import PRINCIPALS, rule_digest
from app.text import clean
from app.vault import Signer

_TOPICS = frozenset({Topic.RESULTS, Topic.LOCKS})


class YearEnd:
    """Lists, decisions and approvals of one class at a time."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def board(self, actor: Actor, class_id: ClassId) -> YearEndBoard:
        """Everything the screen shows, for this person today."""
        today = self._clock.today()
        with self._uows.read() as uow:
            person = standing(uow, actor, today)
            return board_of(uow, load_state(uow, class_id), person, today)

    def propose(self, actor: Actor, class_id: ClassId) -> CommandResult:
        """GVCN: the lists as the circular computes them are right; nothing is typed."""
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            state = load_state(uow, class_id)
            if class_id not in actor.homeroom:
                raise AccessDenied(
                    "not_homeroom",
                    f"{actor.name} không phải giáo viên chủ nhiệm lớp {state.name} nên không đề "
                    "nghị danh sách; việc này của giáo viên chủ nhiệm.",
                )
            refuse_unless_open(state)
            stage = state.stage
            before = state.standing(stage)
            if before is not None and not state.is_stale(before):
                raise RuleRefused(
                    "already_proposed",
                    f"Danh sách {stage.words} lớp {state.name} đã được {before.proposed_by} đề "
                    f"nghị ngày {before.proposed_at:%d/%m/%Y} và chưa có gì thay đổi; không cần đề "
                    "nghị lại.",
                )
            _refuse_unsettled(state, "đề nghị")
            if before is not None:
                self._void(uow, class_id, "Đề nghị lại vì kết quả đã đổi", stage)
            digest = rule_digest(state.ends, stage)
            uow.year_end.propose(class_id, stage, digest, actor.account_id, now)
            draft = TrailDraft(
                "lists.propose",
                {"class": state.name, "stage": stage.value, **_counts(state)},
                class_id,
            )
            seq = uow.trail.append(draft, actor, now)
            uow.commit()
        summary = f"Đã đề nghị danh sách {stage.words} lớp {state.name}"
        return CommandResult(_TOPICS, seq, summary, class_id)

    def decide(
        self,
        signer: Signer,
        class_id: ClassId,
        pupil_id: PupilId,
        *,
        promoted: bool,
        reason: str,
        decision_no: str,
    ) -> CommandResult:
        """The principal's word on a pupil the circular leaves to him, signed.

        Refused for anybody else's pupil: where the circular has an answer it stands.
        """
        why, number = clean(reason), clean(decision_no)
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = self._principal(uow, signer, "quyết định về học sinh")
            state = load_state(uow, class_id)
            refuse_unless_open(state)
            end = next((e for e in state.ends if e.entry.pupil_id == pupil_id), None)
            if end is None:
                raise RuleRefused(
                    "not_in_class",
                    f"Học sinh này không còn trong lớp {state.name} nên không xét cuối năm; hãy "
                    "tải lại trang.",
                )
            name = end.entry.profile.full_name
            if end.now not in PRINCIPALS:
                raise RuleRefused(
                    "not_for_principal",
                    f"{name} đã có kết quả theo thông tư: {end.now.label(state.facts.klass.grade)}."
                    " Hiệu trưởng chỉ quyết định em mà thông tư để ngỏ hoặc thiếu dữ liệu.",
                )
            if not why or not number:
                raise RuleRefused(
                    "reason_and_number",
                    f"Chưa ghi lý do hoặc số quyết định nên chưa quyết định về {name}; hãy ghi đủ "
                    "cả hai vì giấy tờ cuối năm cần.",
                )
            uow.year_end.add_decision(
                class_id,
                pupil_id,
                promoted=promoted,
                reason=why,
                decision_no=number,
                by=actor.account_id,
                at=now,
            )
            again = f"Hiệu trưởng quyết định về {name}"
            approved = state.standing(YearStage.YEAR)
            if end.at_close not in PRINCIPALS:
                # What đánh giá bổ sung left open is decided after the summer; May's lists stand.
                self._void(uow, class_id, again, YearStage.SUMMER)
            elif approved is not None and approved.approved:
                self._void(uow, class_id, again, YearStage.YEAR, YearStage.SUMMER)
            uow.reviews.void_sign_offs(class_id, Period.HE, now, again)
            draft = TrailDraft(
                "results.decide",
                {
                    "class": state.name,
                    "name": name,
                    "promoted": promoted,
                    "reason": why,
                    "decision": number,
                },
                class_id,
            )
            seq = uow.trail.append(draft, actor, now)
            sign_checkpoint(uow, signer, actor, CheckpointReason.SIGN_OFF, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi quyết định về {name}", class_id)

    def approve(self, signer: Signer, class_id: ClassId, decision_no: str) -> CommandResult:
        """The principal approves what was proposed and signs.

        The year's lists open the summer for the pupils in them; those after the summer close it.
        """
        number = clean(decision_no)
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = self._principal(uow, signer, "duyệt danh sách cuối năm")
            state = load_state(uow, class_id)
            refuse_unless_open(state)
            stage = state.stage
            proposed = _to_approve(state, number)
            rows = state.rows()
            uow.year_end.approve(proposed.id, rows, number, actor.account_id, now)
            detail: dict[str, object] = {
                "class": state.name,
                "stage": stage.value,
                "decision": number,
                "data_digest": proposed.rule_digest,
                **_counts(state),
            }
            if stage is YearStage.SUMMER:
                stored = stored_form(result_texts(state.facts, Period.HE))
                uow.reviews.store_results(class_id, Period.HE, Basis.CLOSE, stored)
                detail["results_digest"] = results_digest(stored)
                if Period.HE not in state.locks.closes:
                    self._close_summer(uow, state, actor.name, actor.account_id, number)
            seq = uow.trail.append(TrailDraft("lists.approve", detail, class_id), actor, now)
            sign_checkpoint(uow, signer, actor, CheckpointReason.SIGN_OFF, now)
            uow.commit()
        summary = f"Đã duyệt danh sách {stage.words} lớp {state.name}"
        return CommandResult(_TOPICS, seq, summary, class_id)

    def reopen_summer(
        self, signer: Signer, class_id: ClassId, decision_no: str, reason: str
    ) -> CommandResult:
        """Take the close of the summer back, by decision: a wrong result is put right and closed
        again. The trail keeps both.
        """
        number, why = clean(decision_no), clean(reason)
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = self._principal(uow, signer, "mở lại kết quả sau hè")
            state = load_state(uow, class_id)
            refuse_unless_open(state)
            if Period.HE not in state.locks.closes:
                raise RuleRefused(
                    "summer_not_closed",
                    f"Kết quả sau hè lớp {state.name} chưa chốt nên không có gì để mở lại.",
                )
            if not number or not why:
                raise RuleRefused(
                    "reason_and_number",
                    f"Chưa ghi lý do hoặc số quyết định nên chưa mở lại kết quả sau hè lớp "
                    f"{state.name}; hãy ghi đủ cả hai.",
                )
            uow.year_end.reopen_summer(class_id)
            self._void(uow, class_id, f"Mở lại kết quả sau hè: {why}", YearStage.SUMMER)
            uow.reviews.void_sign_offs(class_id, Period.HE, now, "Mở lại kết quả sau hè")
            draft = TrailDraft(
                "summer.reopen",
                {"class": state.name, "decision": number, "reason": why},
                class_id,
            )
            seq = uow.trail.append(draft, actor, now)
            sign_checkpoint(uow, signer, actor, CheckpointReason.SIGN_OFF, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã mở lại kết quả sau hè {state.name}", class_id)

    def _principal(self, uow: UnitOfWork, signer: Signer, what: str) -> Actor:
        actor = uow.accounts.actor(signer.uid, self._clock.today())
        require(actor, what, Role.PRINCIPAL)
        return actor

    def _void(self, uow: UnitOfWork, class_id: ClassId, why: str, *stages: YearStage) -> None:
        uow.year_end.void_lists(class_id, stages, self._clock.now(), why)

    def _close_summer(
        self, uow: UnitOfWork, state: YearEndState, name: str, by: AccountId, number: str
    ) -> None:
        class_id = state.facts.klass.id
        close = PeriodClose(Period.HE, self._clock.now(), name, number, summer_digest(state).hex)
        uow.control.close_period(class_id, close, by, "")


def _counts(state: YearEndState) -> dict[str, object]:
    """Pupils in each list, for the trail."""
    pupils = {(row.kind, row.pupil_id) for row in state.rows()}
    return {"lists": {kind.value: sum(k is kind for k, _ in pupils) for kind in ListKind}}


def _refuse_unsettled(state: YearEndState, what: str) -> None:
    left = state.unsettled
    if state.stage is YearStage.SUMMER and left:
        raise RuleRefused(
            "summer_pending",
            f"Chưa {what} được danh sách sau hè lớp {state.name}: còn {len(left)} kết quả chưa có, "
            f"{state.named(left)}. Hãy nhập đủ, hoặc ghi rõ em nào không dự.",
            missing=len(left),
        )


def _to_approve(state: YearEndState, number: str) -> YearList:
    """The proposed lists, when nothing stands in the way of their approval (M101)."""
    stage, name = state.stage, state.name
    proposed = state.standing(stage)
    if proposed is None:
        raise RuleRefused(
            "not_proposed",
            f"Giáo viên chủ nhiệm lớp {name} chưa đề nghị danh sách {stage.words} nên chưa duyệt "
            "được; hãy nhắc giáo viên chủ nhiệm bấm đề nghị ở trang Tổng kết.",
        )
    if state.is_stale(proposed):
        raise RuleRefused(
            "lists_changed",
            f"Kết quả lớp {name} đã đổi sau khi {proposed.proposed_by} đề nghị ngày "
            f"{proposed.proposed_at:%d/%m/%Y} nên chưa duyệt; giáo viên chủ nhiệm cần xem và đề "
            "nghị lại.",
        )
    if proposed.approved:
        raise RuleRefused(
            "already_approved",
            f"Danh sách {stage.words} lớp {name} đã được {proposed.approved_by} duyệt, QĐ số "
            f"{proposed.decision_no}; không duyệt lại.",
        )
    waiting = state.undecided
    if waiting:
        names = ", ".join(end.entry.profile.full_name for end in waiting[:3])
        raise RuleRefused(
            "principal_must_decide",
            f"Chưa duyệt được danh sách {stage.words} lớp {name}: {len(waiting)} học sinh còn chờ "
            f"hiệu trưởng quyết định ({names}{'…' if len(waiting) > 3 else ''}); hãy quyết định "
            "từng em trước.",
            waiting=len(waiting),
        )
    _refuse_unsettled(state, "duyệt")
    if not number:
        raise RuleRefused(
            "decision_required",
            f"Chưa ghi số quyết định nên chưa duyệt danh sách lớp {name}; hãy ghi số văn bản, thí "
            "dụ 62/QĐ-THCS.",
        )
    return proposed
