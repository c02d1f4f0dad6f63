"""Nhận xét kiểm dò: the teacher answers, the reader looks again and resolves."""

from __future__ import annotations

from datetime import datetime

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.domain.marks import trail_text
from app.domain.periods import Period, period_of
from app.domain.proof_reading import Remark, RemarkState
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.readmodels.mark_sheet import SheetId
from app.readmodels.proof_reading import RemarkLine
from app.services.class_scope import OVERSEERS
from app.services.proof_facts import (
    ProofFacts,
    cell_words,
    load_proofs,
    reader_refusal,
    refuse_shut,
    remark_lines,
    said_of,
)
from app.services.proof_reading import PROOF_TOPICS, tick_cells
from app.services.standing import standing
from app.text import clean

_LONGEST = 500


class ProofRemarks:
    """Lists, answers and resolves remarks of one file."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def of_year(
        self, actor: Actor, year_id: SchoolYearId, *, resolved: bool = False
    ) -> tuple[RemarkLine, ...]:
        """Remarks that concern this person, the oldest first: of sheets they read, teach or are
        GVCN of; the office sees all. `resolved` takes the settled ones in.
        """
        now = self._clock.now()
        found: list[RemarkLine] = []
        with self._uows.read() as uow:
            person = standing(uow, actor, now.date())
            wanted = [
                r
                for r in uow.proofs.remarks(year_id)
                if resolved or r.state is not RemarkState.RESOLVED
            ]
            for sheet in dict.fromkeys(SheetId(r.class_id, r.subject_id) for r in wanted):
                periods = _periods(uow, sheet, wanted)
                for period in periods:
                    facts = load_proofs(uow, sheet, period, now)
                    if _concerns(person, facts):
                        found += remark_lines(facts, person)
        kept = {r.id for r in wanted}
        return tuple(sorted((x for x in found if x.remark.id in kept), key=lambda x: x.remark.id))

    def answer(self, actor: Actor, remark_id: int, text: str) -> CommandResult:
        """The subject's teacher of today says what was done, or why the cell is right."""
        said = clean(text)[:_LONGEST]
        now = self._clock.now()
        with self._uows.write() as uow:
            person, remark, facts = self._at(uow, actor, remark_id, now)
            if not facts.sheet.may_write(person):
                raise AccessDenied(
                    "not_assigned",
                    f"{person.name} không được phân công dạy {facts.name} nên không trả lời nhận "
                    f"xét này; việc này của {facts.teacher or 'giáo viên bộ môn'}.",
                )
            if not said:
                raise RuleRefused(
                    "answer_required",
                    "Chưa ghi câu trả lời; hãy ghi đã sửa thế nào, hoặc vì sao ô này đúng.",
                )
            uow.proofs.answer(remark_id, said, person.account_id, now)
            seq = _append(uow, "proof.answered", facts, remark, person, now, answer=said)
            uow.commit()
        return CommandResult(
            PROOF_TOPICS, seq, "Đã trả lời nhận xét, chờ người kiểm dò xem lại", remark.class_id
        )

    def resolve(self, actor: Actor, remark_id: int, how: str = "") -> CommandResult:
        """The reader looked again and the cell agrees with the paper now.

        A cell that still reads as it did needs a sentence on why it stands after all.
        """
        said = clean(how)[:_LONGEST]
        now = self._clock.now()
        with self._uows.write() as uow:
            person, remark, facts = self._at(uow, actor, remark_id, now)
            refused = reader_refusal(person, facts)
            if refused is not None:
                raise refused
            at = (remark.assessment_id, remark.pupil_id)
            # Not from `texts`: the pupil may have left since, and the cell stays what it was.
            code = next(a.code for a in facts.columns.values() if a.id == at[0])
            text = trail_text(facts.sheet.cell(*at), facts.sheet.subject.kind_of(code))
            if text == remark.seen and not said:
                raise RuleRefused(
                    "resolution_required",
                    f"Ô của {cell_words(facts, at)} vẫn là {text or 'trống'} như lúc nhận xét; hãy "
                    "ghi vì sao để nguyên, hoặc chờ giáo viên sửa.",
                )
            outcome = said or f"Đã sửa {remark.seen or 'trống'} → {text or 'trống'}"
            uow.proofs.resolve(remark_id, outcome, person.account_id, now)
            if facts.texts.get(at):
                tick_cells(uow, person, facts, [at], now)
            seq = _append(uow, "proof.resolved", facts, remark, person, now, outcome=outcome)
            uow.commit()
        return CommandResult(PROOF_TOPICS, seq, "Đã giải quyết nhận xét", remark.class_id)

    def _at(
        self, uow: UnitOfWork, actor: Actor, remark_id: int, now: datetime
    ) -> tuple[Actor, Remark, ProofFacts]:
        person = standing(uow, actor, now.date())
        remark = uow.proofs.remark(remark_id)
        if remark is None:
            raise RuleRefused(
                "not_found", "Không tìm thấy nhận xét này; hãy tải lại trang Kiểm dò."
            )
        sheet = SheetId(remark.class_id, remark.subject_id)
        columns = uow.marks.assessments(*sheet)
        term = next(c.term for c in columns if c.id == remark.assessment_id)
        facts = load_proofs(uow, sheet, period_of(term), now)
        refuse_shut(facts)
        if remark.state is RemarkState.RESOLVED:
            raise RuleRefused(
                "resolved_already",
                f"Nhận xét này {remark.resolved_name} đã giải quyết; thấy sai nữa thì ghi nhận xét "
                "mới.",
            )
        return person, remark, facts


def _periods(uow: UnitOfWork, sheet: SheetId, remarks: list[Remark]) -> list[Period]:
    terms = {a.id: a.term for a in uow.marks.assessments(*sheet)}
    return sorted({period_of(terms[r.assessment_id]) for r in remarks if r.assessment_id in terms})


def _concerns(actor: Actor, facts: ProofFacts) -> bool:
    reads = facts.assignment is not None and facts.assignment.reader == actor.account_id
    mine = facts.sheet.may_write(actor) or facts.sheet.klass.id in actor.homeroom
    return reads or mine or actor.has(*OVERSEERS)


def _append(
    uow: UnitOfWork,
    kind: str,
    facts: ProofFacts,
    remark: Remark,
    actor: Actor,
    now: datetime,
    **said: object,
) -> int:
    at = (remark.assessment_id, remark.pupil_id)
    detail = said_of(facts) | {"cell": cell_words(facts, at), "text": remark.text} | said
    return uow.trail.append(TrailDraft(kind, detail, remark.class_id), actor, now)
