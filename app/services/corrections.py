"""Sửa điểm: a locked value changes only through declared, checked, approved steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.corrections import Correction, Step
from app.domain.ids import CorrectionId, SchoolYearId
from app.domain.marks import trail_text
from app.domain.periods import Period, period_of
from app.domain.trail import CellChange, TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import StoredMark, UnitOfWork, UowFactory
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.correction_checks import (
    check_cutoff,
    column_name,
    cutoff_setting,
    decider,
    declared_item,
    expect,
    named_witnesses,
    pupil_name,
    refuse_moved,
    refuse_own,
    refuse_sealed,
    said,
    wrong_step,
)
from app.services.sheet_access import not_assigned
from app.services.sheet_facts import SheetFacts, load_sheet
from app.services.standing import standing
from app.text import clean, date_vn
from app.vault import Signer

UNLOCK_MINUTES = 15
"""How long an approved case holds its cells open, unless the setting says otherwise."""
MINUTES_SETTING = "correction.unlock_minutes"
_CASES = frozenset({Topic.CORRECTIONS})
_ALL = frozenset({Topic.CORRECTIONS, Topic.MARKS, Topic.RESULTS, Topic.LOCKS})


class Corrections:
    """The case from declaration to re-lock; the minutes are printed from it afterwards."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def declare(
        self,
        actor: Actor,
        sheet: SheetId,
        wanted: Mapping[CellKey, str],
        reason: str,
        evidence_book: str,
        evidence_paper: str,
        late_reason: str = "",
    ) -> CommandResult:
        """Khai báo: the teacher of the sheet names old and new of each locked cell.

        `evidence_book` and `evidence_paper` say where the personal mark book's line and the test
        paper are. The payload is the `Correction`.
        """
        why = clean(reason)
        proofs = (clean(evidence_book), clean(evidence_paper))
        if not why or not all(proofs):
            raise RuleRefused(
                "evidence_required",
                "Hồ sơ chưa lập được: phải ghi lý do, chỗ ghi trong sổ điểm cá nhân và bài kiểm "
                "tra của học sinh; hãy điền đủ ba ô.",
            )
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            facts = load_sheet(uow, sheet, self._clock.now())
            if not facts.may_write(actor):
                raise not_assigned(facts, actor)
            items = tuple(
                declared_item(uow, facts, actor, key, text) for key, text in wanted.items()
            )
            if not items:
                raise RuleRefused("no_cells", "Chưa chọn ô nào để sửa; hãy chọn ô trong sổ điểm.")
            check_cutoff(uow, facts, wanted, clean(late_reason))
            case = uow.corrections.add(
                facts.year.id,
                Correction(
                    CorrectionId(0),
                    0,
                    sheet.class_id,
                    sheet.subject_id,
                    Step.DECLARED,
                    why,
                    *proofs,
                    actor.account_id,
                    self._clock.now(),
                    items,
                    clean(late_reason),
                ),
            )
            cells = [
                f"{pupil_name(facts, i)} {column_name(facts, i)}: "
                f"{said(facts, i.old)} → {said(facts, i.new)}"
                for i in items
            ]
            more = {
                "cells": cells,
                "reason": why,
                "evidence": list(proofs),
                "late_reason": clean(late_reason),
            }
            seq = self._note(uow, facts, actor, case, "correction.declare", more)
            uow.commit()
        return CommandResult(
            _CASES, seq, f"Đã lập hồ sơ sửa điểm số {case.number:02d}", sheet.class_id, case
        )

    def check(
        self, actor: Actor, case_id: CorrectionId, note: str, *, agrees: bool = True
    ) -> CommandResult:
        """Kiểm dò by a second person against the personal mark book and the paper.

        When it does not agree the case ends refused, with the note as the reason.
        """
        remark = clean(note)
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            case, facts = self._case(uow, case_id)
            expect(case, Step.DECLARED, "kiểm dò")
            if case.requested_by == actor.account_id:
                raise AccessDenied(
                    "own_request",
                    f"{actor.name} là người đề nghị nên không tự kiểm dò được; hãy nhờ người khác.",
                )
            if not agrees and not remark:
                raise RuleRefused("note_required", "Không khớp thì phải ghi rõ không khớp chỗ nào.")
            now = self._clock.now()
            case = replace(
                case,
                step=Step.CHECKED if agrees else Step.REFUSED,
                checked_by=actor.account_id,
                checked_at=now,
                check_note=remark,
                ended_at=None if agrees else now,
            )
            uow.corrections.save(case)
            more = {"agrees": agrees, "note": remark}
            seq = self._note(uow, facts, actor, case, "correction.check", more)
            uow.commit()
        said = "Đã kiểm dò khớp" if agrees else "Đã ghi không khớp, hồ sơ đóng"
        return CommandResult(_CASES, seq, said, case.class_id, case)

    def approve(
        self,
        signer: Signer,
        case_id: CorrectionId,
        witnesses: Sequence[str],
        note: str = "",
    ) -> CommandResult:
        """Duyệt: the leader whose password opened `signer` approves exactly these values.

        Opens only these cells, only for these values, for the set number of minutes.
        """
        with self._uows.write() as uow:
            approver = decider(uow, signer, self._clock.today())
            case, facts = self._case(uow, case_id)
            expect(case, Step.CHECKED, "duyệt")
            refuse_own(case, approver)
            seen_by = named_witnesses(witnesses)
            refuse_sealed(facts)
            for item in case.items:
                refuse_moved(facts, item)
            now = self._clock.now()
            minutes = int(uow.school.setting(MINUTES_SETTING, str(UNLOCK_MINUTES)))
            case = replace(
                case,
                step=Step.APPROVED,
                decided_by=approver.account_id,
                decided_at=now,
                decision_note=clean(note),
                witnesses=seen_by,
                unlocked_until=now + timedelta(minutes=minutes),
            )
            uow.corrections.save(case)
            more = {"witnesses": list(seen_by), "minutes": minutes, "note": clean(note)}
            seq = self._note(uow, facts, approver, case, "correction.approve", more)
            sign_checkpoint(uow, signer, approver, CheckpointReason.APPROVAL, now)
            uow.commit()
        return CommandResult(
            _ALL,
            seq,
            f"Đã duyệt hồ sơ số {case.number:02d}, mở {minutes} phút",
            case.class_id,
            case,
        )

    def refuse(self, signer: Signer, case_id: CorrectionId, reason: str) -> CommandResult:
        """Từ chối, with the reason; the case stays on file."""
        why = clean(reason)
        if not why:
            raise RuleRefused(
                "reason_required", "Từ chối phải ghi lý do để người đề nghị biết; hãy ghi lý do."
            )
        with self._uows.write() as uow:
            approver = decider(uow, signer, self._clock.today())
            case, facts = self._case(uow, case_id)
            expect(case, Step.CHECKED, "từ chối")
            refuse_own(case, approver)
            now = self._clock.now()
            case = replace(
                case,
                step=Step.REFUSED,
                decided_by=approver.account_id,
                decided_at=now,
                decision_note=why,
                ended_at=now,
            )
            uow.corrections.save(case)
            more = {"reason": why}
            seq = self._note(uow, facts, approver, case, "correction.refuse", more)
            sign_checkpoint(uow, signer, approver, CheckpointReason.APPROVAL, now)
            uow.commit()
        return CommandResult(
            _CASES, seq, f"Đã từ chối hồ sơ số {case.number:02d}", case.class_id, case
        )

    def apply(self, actor: Actor, case_id: CorrectionId) -> CommandResult:
        """Ghi điểm đã duyệt: one confirm of the requester writes the approved values and re-locks.

        The struck old value stays with the cell, as on paper.
        """
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            case, facts = self._case(uow, case_id)
            expect(case, Step.APPROVED, "ghi điểm")
            if case.requested_by != actor.account_id:
                raise AccessDenied(
                    "not_requester",
                    f"Chỉ người đề nghị mới ghi điểm của hồ sơ số {case.number:02d}; hãy đổi người "
                    "dùng (F12).",
                )
            now = self._clock.now()
            if case.unlocked_until is None or now > case.unlocked_until:
                raise RuleRefused(
                    "unlock_expired",
                    f"Hồ sơ số {case.number:02d} đã hết giờ mở nên ô đã tự khóa lại; hãy đề nghị "
                    "duyệt lại bằng hồ sơ mới.",
                )
            refuse_sealed(facts)
            kind = facts.subject.kind
            marks: list[StoredMark] = []
            changes: list[CellChange] = []
            for item in case.items:
                refuse_moved(facts, item)
                stored = facts.stored.get((item.assessment_id, item.pupil_id))
                marks.append(
                    StoredMark(
                        item.assessment_id,
                        item.pupil_id,
                        item.new,
                        late=stored.late if stored is not None else False,
                        corrected_from=said(facts, item.old),
                        correction_id=case.id,
                    )
                )
                old, new = trail_text(item.old, kind), trail_text(item.new, kind)
                changes.append(CellChange(item.pupil_id, item.assessment_id, old, new))
            uow.marks.put(marks)
            case = replace(case, step=Step.APPLIED, applied_at=now, ended_at=now)
            uow.corrections.save(case)
            voided = _void_confirmations(uow, facts, case, now)
            seq = self._note(uow, facts, actor, case, "correction.apply", voided, changes)
            uow.commit()
        return CommandResult(
            _ALL,
            seq,
            f"Đã sửa {len(marks)} ô theo hồ sơ số {case.number:02d} và khóa lại",
            case.class_id,
            case,
        )

    def withdraw(self, actor: Actor, case_id: CorrectionId, reason: str) -> CommandResult:
        """Rút: the requester takes an undecided case back; it stays on file."""
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            case, facts = self._case(uow, case_id)
            if case.step not in (Step.DECLARED, Step.CHECKED):
                raise wrong_step(case, "rút")
            if case.requested_by != actor.account_id:
                raise AccessDenied("not_requester", "Chỉ người đề nghị mới rút hồ sơ của mình.")
            case = replace(case, step=Step.WITHDRAWN, ended_at=self._clock.now())
            uow.corrections.save(case)
            more = {"reason": clean(reason)}
            seq = self._note(uow, facts, actor, case, "correction.withdraw", more)
            uow.commit()
        return CommandResult(_CASES, seq, f"Đã rút hồ sơ số {case.number:02d}", case.class_id, case)

    def relock_expired(self, actor: Actor, year_id: SchoolYearId) -> CommandResult | None:
        """Note every approved case whose time ran out; None when there is none.

        The cells were shut the moment the time was over; this only writes it down.
        """
        now = self._clock.now()
        with self._uows.write() as uow:
            over = [
                case
                for case in uow.corrections.of_year(year_id)
                if case.step is Step.APPROVED
                and case.unlocked_until is not None
                and now > case.unlocked_until
            ]
            seq = 0
            for case in over:
                ended = replace(case, step=Step.EXPIRED, ended_at=now)
                uow.corrections.save(ended)
                facts = load_sheet(uow, SheetId(case.class_id, case.subject_id), now)
                seq = self._note(uow, facts, actor, ended, "correction.expire", {})
            if not over:
                return None
            uow.commit()
        return CommandResult(_ALL, seq, f"{len(over)} hồ sơ hết giờ mở, đã khóa lại")

    def set_cutoff(
        self, actor: Actor, year_id: SchoolYearId, period: Period, last_day: date
    ) -> CommandResult:
        """Hạn cuối of ordinary cases of a period; later ones need a reasoned exception."""
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            if not actor.leads:
                raise AccessDenied(
                    "role_required",
                    "Hạn lập hồ sơ sửa điểm do hiệu trưởng hoặc phó hiệu trưởng đặt.",
                )
            key = cutoff_setting(year_id, period)
            before = uow.school.setting(key)
            uow.school.set_setting(key, last_day.isoformat())
            seq = uow.trail.append(
                TrailDraft("setting.set", {"key": key, "old": before, "new": last_day.isoformat()}),
                actor,
                self._clock.now(),
            )
            uow.commit()
        return CommandResult(_CASES, seq, f"Hạn lập hồ sơ: {date_vn(last_day)}")

    def _case(self, uow: UnitOfWork, case_id: CorrectionId) -> tuple[Correction, SheetFacts]:
        case = uow.corrections.get(case_id)
        return case, load_sheet(uow, SheetId(case.class_id, case.subject_id), self._clock.now())

    def _note(
        self,
        uow: UnitOfWork,
        facts: SheetFacts,
        actor: Actor,
        case: Correction,
        kind: str,
        more: Mapping[str, object],
        cells: Sequence[CellChange] = (),
    ) -> int:
        facts_said = {
            "case": case.number,
            "class": facts.klass.name,
            "subject": facts.subject.name,
            **more,
        }
        draft = TrailDraft(kind, facts_said, case.class_id, case.subject_id, cells)
        return uow.trail.append(draft, actor, self._clock.now())


def _void_confirmations(
    uow: UnitOfWork, facts: SheetFacts, case: Correction, now: datetime
) -> dict[str, object]:
    """A confirmation of a period not yet closed was given for other marks, and so was every
    signature of the principal; what the trail says.
    """
    terms = {c.id: c.term for c in facts.columns.values()}
    periods = sorted({period_of(terms[item.assessment_id]) for item in case.items})
    why = f"Sửa theo hồ sơ số {case.number:02d}"
    signed = sum(uow.reviews.void_sign_offs(case.class_id, period, now, why) for period in periods)
    voided = sum(
        uow.control.void_confirmations(case.class_id, case.subject_id, period, now, why)
        for period in periods
        if period not in facts.locks.closes
    )
    said: dict[str, object] = {"voided_confirmations": voided} if voided else {}
    return {**said, "voided_sign_offs": signed} if signed else said
