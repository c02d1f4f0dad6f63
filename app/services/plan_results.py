"""Kết quả theo KHGDCN: the GVCN proposes a pupil's result, the principal decides and signs.

TT27/2020, Điều 8 (học sinh khuyết tật) and Điều 9. Only for a pupil whose profile says so, and only
under a circular that has an overall result. What was accepted takes the place of the computed
result in lists, books and roll-over; the lists approved before are void.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.ids import ClassId, PupilId
from app.domain.periods import Period
from app.domain.plan_results import PlanResult, in_force
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.domain.trail import TrailDraft
from app.domain.year_end import YearStage
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.readmodels.home import MyTask, TaskKind
from app.readmodels.plan_results import PlanBoard, PlanLine
from app.regulations.primary import PrimaryYear
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.class_results import ClassFacts, load_class
from app.services.standing import standing
from app.text import clean
from app.vault import Signer

_TOPICS = frozenset({Topic.RESULTS, Topic.LOCKS, Topic.TRAIL})
_LIMIT = 300
_WHY = "Kết quả theo KHGDCN"


class PlanResults:
    """Proposals and decisions of one class at a time."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def board(self, actor: Actor, class_id: ClassId) -> PlanBoard:
        """Pupils with a plan, what the levels say, what was proposed and decided."""
        with self._uows.read() as uow:
            actor = standing(uow, actor, self._clock.today())
            facts = load_class(uow, class_id)
            sealed = uow.control.class_locks(class_id).seal is not None
            levels = () if facts.primary is None else facts.primary.rules.result_levels
            lines = tuple(_lines(facts, uow.plans.of_class(class_id))) if levels else ()
        return PlanBoard(
            class_id,
            facts.klass.name,
            levels,
            lines,
            may_propose=not sealed and class_id in actor.homeroom,
            may_decide=not sealed and actor.has(Role.PRINCIPAL),
        )

    def propose(
        self,
        actor: Actor,
        class_id: ClassId,
        pupil_id: PupilId,
        result: str,
        document: str,
        reason: str,
    ) -> CommandResult:
        """The GVCN's result with the plan it rests on; a newer proposal replaces a waiting one.

        `result` "" asks that the computed one stands again.
        """
        said, paper, why = clean(result), clean(document), clean(reason)
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            facts = load_class(uow, class_id)
            name = _name(facts, pupil_id)
            if class_id not in actor.homeroom:
                raise AccessDenied(
                    "not_homeroom",
                    f"{actor.name} không phải giáo viên chủ nhiệm lớp {facts.klass.name} nên không "
                    f"đề nghị kết quả của {name}; việc này của giáo viên chủ nhiệm.",
                )
            self._refuse(uow, facts, pupil_id, said)
            if not paper or not why:
                raise RuleRefused(
                    "plan_missing",
                    f"Chưa ghi kế hoạch giáo dục cá nhân hoặc lý do nên chưa đề nghị về {name}; "
                    "hiệu trưởng cần cả hai để quyết định.",
                )
            refuse_too_long(paper, "Kế hoạch giáo dục cá nhân", _LIMIT)
            refuse_too_long(why, "Lý do", _LIMIT)
            for one in _waiting(uow, class_id, pupil_id):
                uow.plans.decide(
                    one.id, accepted=False, decision_no="", remark="Đề nghị lại",
                    by=actor.account_id, at=now,
                )  # fmt: skip
            uow.plans.propose(
                class_id, pupil_id, result=said, document=paper, reason=why,
                by=actor.account_id, at=now,
            )  # fmt: skip
            detail = {
                "class": facts.klass.name, "name": name, "result": said, "document": paper,
                "reason": why,
            }  # fmt: skip
            seq = uow.trail.append(TrailDraft("roster.plan_propose", detail, class_id), actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã đề nghị kết quả của {name}", class_id)

    def decide(
        self,
        signer: Signer,
        class_id: ClassId,
        pupil_id: PupilId,
        *,
        accepted: bool,
        remark: str,
        decision_no: str,
    ) -> CommandResult:
        """The principal accepts or refuses what waits, signed; lists approved before are void."""
        why, number = clean(remark), clean(decision_no)
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = uow.accounts.actor(signer.uid, self._clock.today())
            require(actor, "quyết định kết quả theo KHGDCN", Role.PRINCIPAL)
            facts = load_class(uow, class_id)
            name = _name(facts, pupil_id)
            waiting = _waiting(uow, class_id, pupil_id)
            if not waiting:
                raise RuleRefused(
                    "nothing_proposed",
                    f"Giáo viên chủ nhiệm lớp {facts.klass.name} chưa đề nghị kết quả nào của "
                    f"{name} nên chưa có gì để quyết định.",
                )
            proposal = waiting[-1]
            self._refuse(uow, facts, pupil_id, proposal.result)
            if not number or (not accepted and not why):
                raise RuleRefused(
                    "reason_and_number",
                    f"Chưa ghi số quyết định{'' if accepted else ' hoặc lý do không đồng ý'} nên "
                    f"chưa quyết định về {name}; hãy ghi đủ vì giấy tờ cuối năm cần.",
                )
            refuse_too_long(why, "Ý kiến", _LIMIT)
            uow.plans.decide(
                proposal.id, accepted=accepted, decision_no=number, remark=why,
                by=actor.account_id, at=now,
            )  # fmt: skip
            if accepted:
                both = (YearStage.YEAR, YearStage.SUMMER)
                uow.year_end.void_lists(class_id, both, now, f"{_WHY}: {name}")
                for period in (Period.CN, Period.HE):
                    uow.reviews.void_sign_offs(class_id, period, now, f"{_WHY}: {name}")
            detail = {
                "class": facts.klass.name, "name": name, "result": proposal.result,
                "accepted": accepted, "remark": why, "decision": number,
            }  # fmt: skip
            seq = uow.trail.append(TrailDraft("roster.plan_decide", detail, class_id), actor, now)
            sign_checkpoint(uow, signer, actor, CheckpointReason.SIGN_OFF, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã quyết định kết quả của {name}", class_id)

    def _refuse(self, uow: UnitOfWork, facts: ClassFacts, pupil_id: PupilId, result: str) -> None:
        """Sealed or closed after the summer, no plan, no such result in the circular."""
        locks, name = uow.control.class_locks(facts.klass.id), _name(facts, pupil_id)
        if locks.seal is not None:
            raise RuleRefused(
                "sealed",
                f"Năm học của lớp {facts.klass.name} đã niêm phong nên kết quả của {name} không "
                "đổi được nữa; muốn đổi phải có quyết định mở niêm phong.",
            )
        if Period.HE in locks.closes:
            raise RuleRefused(
                "summer_closed",
                f"Kết quả sau hè lớp {facts.klass.name} đã chốt nên kết quả của {name} không đổi; "
                "hiệu trưởng mở lại kết quả sau hè trước.",
            )
        levels = () if facts.primary is None else facts.primary.rules.result_levels
        if not levels:
            raise RuleRefused(
                "no_overall_result",
                f"Thông tư của lớp {facts.klass.name} không có mức đánh giá kết quả giáo dục nên "
                f"không ghi kết quả chung cho {name}; hãy ghi mức từng môn theo kế hoạch.",
            )
        if not next(e for e in facts.entries if e.pupil_id == pupil_id).profile.inclusion:
            raise RuleRefused(
                "no_plan",
                f"Hồ sơ của {name} không ghi giáo dục hòa nhập hay chuyên biệt nên kết quả do máy "
                "xét theo thông tư; nếu thiếu, văn thư bổ sung hồ sơ ở trang Danh sách lớp trước.",
            )
        if result and result not in levels:
            raise RuleRefused(
                "unknown_result",
                f"“{result[:40]}” không phải mức đánh giá kết quả giáo dục; chọn một trong: "
                f"{', '.join(levels)}.",
            )


def plan_tasks(
    waiting: Mapping[ClassId, int], classes: Iterable[SchoolClass], actor: Actor
) -> Iterator[MyTask]:
    """A task a class whose proposals wait for the principal; `waiting` counts them."""
    if not actor.has(Role.PRINCIPAL):
        return
    for klass in classes:
        if waiting.get(klass.id):
            count = waiting[klass.id]
            yield MyTask(
                TaskKind.DECIDE_PLAN, class_id=klass.id, class_name=klass.name, columns=count
            )


def _waiting(uow: UnitOfWork, class_id: ClassId, pupil_id: PupilId) -> list[PlanResult]:
    return [p for p in uow.plans.of_class(class_id) if p.pupil_id == pupil_id and p.waits]


def _name(facts: ClassFacts, pupil_id: PupilId) -> str:
    for entry in facts.entries:
        if entry.pupil_id == pupil_id and entry.left_on is None:
            return entry.profile.full_name
    raise RuleRefused(
        "not_in_class",
        f"Học sinh này không còn trong lớp {facts.klass.name} nên không xét kết quả; hãy tải lại "
        "trang.",
    )


def _lines(facts: ClassFacts, proposals: tuple[PlanResult, ...]) -> Iterator[PlanLine]:
    primary = facts.primary
    accepted = in_force(proposals)
    for entry in facts.entries:
        if primary is None or entry.left_on is not None or not entry.profile.inclusion:
            continue
        mine = [one for one in proposals if one.pupil_id == entry.pupil_id]
        year = primary.pupil_year(entry.pupil_id)
        computed = primary.rules.results(PrimaryYear(year.final, year.supplementary)).result
        yield PlanLine(
            entry.pupil_id,
            entry.profile.full_name,
            entry.profile.inclusion_document,
            "" if computed is None else computed.value,
            accepted.get(entry.pupil_id, ""),
            mine[-1] if mine else None,
        )
