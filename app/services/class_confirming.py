"""Giáo viên chủ nhiệm xác nhận: block by block, before the principal closes (M125, M126)."""

from __future__ import annotations

from collections.abc import Collection

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.class_confirmation import ConfirmBlock, blocks_of
from app.domain.ids import ClassId
from app.domain.periods import Period
from app.domain.school import SchoolClass
from app.domain.trail import TrailDraft
from app.domain.year_end import Basis
from app.errors import AccessDenied, RuleRefused
from app.ports import Confirmation, UnitOfWork, UowFactory
from app.regulations.registry import closing_periods
from app.services.class_results import load_class
from app.services.period_close import CloseReport, period_report
from app.services.result_records import result_texts, results_digest, stored_form
from app.services.standing import standing


class ClassConfirming:
    """One confirmation a class x period; a later change of what it covers voids it."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def confirm(
        self,
        actor: Actor,
        class_id: ClassId,
        period: Period,
        ticked: Collection[ConfirmBlock],
    ) -> CommandResult:
        """The GVCN says the class is right; the results of this moment are stored.

        Refused while data are missing, when a block is not ticked, after the close.
        """
        now = self._clock.now()
        with self._uows.write() as uow:
            person = standing(uow, actor, self._clock.today())
            facts = load_class(uow, class_id)
            name = f"{period.words} lớp {facts.klass.name}"
            if class_id not in person.homeroom:
                raise AccessDenied(
                    "not_homeroom",
                    f"{person.name} không phải giáo viên chủ nhiệm lớp {facts.klass.name} nên "
                    "không xác nhận; việc này của giáo viên chủ nhiệm.",
                )
            _refuse_shut(uow, facts.klass, period, name)
            missing = [block for block in blocks_of(period) if block not in ticked]
            if missing:
                raise RuleRefused(
                    "blocks_missing",
                    f"Chưa xác nhận {name}: còn {len(missing)} phần chưa đánh dấu, "
                    f"{', '.join(block.label for block in missing)}; hãy xem từng phần rồi đánh "
                    "dấu.",
                    blocks=tuple(missing),
                )
            report = period_report(facts, period)
            _refuse_incomplete(report, name)
            uow.control.void_confirmations(class_id, None, period, now, "Xác nhận lại")
            uow.control.add_confirmation(
                Confirmation(class_id, None, period, person.account_id, person.name, now)
            )
            stored = stored_form(result_texts(facts, period))
            uow.reviews.store_results(class_id, period, Basis.CONFIRM, stored)
            draft = TrailDraft(
                "class.confirm",
                {
                    "class": facts.klass.name,
                    "period": period.value,
                    "blocks": [block.value for block in blocks_of(period)],
                    "data_digest": report.digest.hex,
                    "results_digest": results_digest(stored),
                },
                class_id,
            )
            seq = uow.trail.append(draft, person, now)
            uow.commit()
        return CommandResult(
            frozenset({Topic.LOCKS, Topic.RESULTS}), seq, f"Đã xác nhận {name}", class_id
        )

    def preview(self, class_id: ClassId, period: Period) -> CloseReport:
        """What is still missing, for the dialog."""
        with self._uows.read() as uow:
            return period_report(load_class(uow, class_id), period)


def _refuse_shut(uow: UnitOfWork, klass: SchoolClass, period: Period, name: str) -> None:
    periods = closing_periods(klass.regulation)
    if period not in periods:
        raise RuleRefused(
            "no_such_period",
            f"Không xác nhận được {name}; chỉ xác nhận {', '.join(p.words for p in periods)}.",
        )
    locks = uow.control.class_locks(klass.id)
    if locks.seal is not None or period in locks.closes:
        raise RuleRefused(
            "already_closed",
            f"{name[:1].upper()}{name[1:]} đã chốt nên không xác nhận nữa; muốn đổi phải lập hồ sơ "
            "sửa điểm.",
        )


def _refuse_incomplete(report: CloseReport, name: str) -> None:
    first = next((f for f in report.findings if f.blocking), None)
    if first is not None:
        raise RuleRefused(
            "incomplete",
            f"Chưa xác nhận {name}: {first.subject} {first.text}. Hãy nhập đủ rồi xác nhận; nếu "
            "không thể đủ, hiệu trưởng chốt kèm lý do.",
            report=report,
        )
