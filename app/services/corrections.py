"""Sửa điểm: a locked value changes only through declared, checked, approved steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.case_rules import REGISTRARS
from app.domain.corrections import (
    UNDECIDED,
    CaseAbout,
    CaseKind,
    Correction,
    Step,
    trail_kind,
)
from app.domain.ids import CorrectionId, SchoolYearId
from app.domain.periods import Period
from app.domain.trail import CellChange, TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.case_rules import case_rule, cutoff_setting
from app.services.case_target import CaseTarget
from app.services.case_targets import load_target
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.correction_checks import (
    authority_note,
    check_cutoff,
    check_evidence,
    decider,
    expect,
    named_witnesses,
    ready_to_check,
    refuse_own,
    wrong_step,
)
from app.services.standing import require_standing, standing
from app.services.witness_rule import check_parties
from app.text import clean, date_vn
from app.vault import Signer

_NUMBER_LIMIT = 40
_CASES = frozenset({Topic.CORRECTIONS})
_ALL = frozenset({Topic.CORRECTIONS, Topic.MARKS, Topic.RESULTS, Topic.LOCKS})
_TOPICS = {
    CaseKind.MARKS: _ALL,
    CaseKind.CONDUCT: _ALL | {Topic.CONDUCT},
    CaseKind.ATTENDANCE: _ALL | {Topic.CONDUCT, Topic.ATTENDANCE},
    CaseKind.PROFILE: _ALL | {Topic.ROSTER},
}


class Corrections:
    """The case from declaration to re-lock; the minutes are printed from it afterwards."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def declare(
        self,
        actor: Actor,
        about: CaseAbout | SheetId,
        wanted: Mapping[CellKey, str],
        reason: str,
        evidence_book: str,
        evidence_paper: str,
        late_reason: str = "",
    ) -> CommandResult:
        """Khai báo: whoever keeps these cells names old and new of each locked one.

        A SheetId stands for marks and comments of a sheet. `evidence_book` and `evidence_paper`
        say where the two proofs of the kind are. The payload is the `Correction`.
        """
        if isinstance(about, SheetId):
            about = CaseAbout(CaseKind.MARKS, *about)
        why, late = clean(reason), clean(late_reason)
        proofs = (clean(evidence_book), clean(evidence_paper))
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = standing(uow, actor, now.date())
            target = load_target(uow, about, now)
            rule = case_rule(uow, about.kind, target.at.year.id, now.date())
            check_evidence(rule, why, proofs)
            target.refuse_stranger(actor)
            items, facts = target.declared(uow, actor, wanted)
            if not items and not facts:
                raise RuleRefused("no_cells", "Chưa chọn ô nào để sửa; hãy chọn ô rồi lập hồ sơ.")
            check_cutoff(uow, target, list(wanted), late)
            case = uow.corrections.add(
                target.at.year.id,
                Correction(
                    CorrectionId(0),
                    0,
                    about.class_id,
                    about.subject_id,
                    Step.DECLARED,
                    why,
                    *proofs,
                    actor.account_id,
                    now,
                    items,
                    late,
                    kind=about.kind,
                    facts=facts,
                ),
            )
            more = {
                "cells": [cell.sentence for cell in target.cells(case)],
                "reason": why,
                "evidence": list(proofs),
                "late_reason": late,
            }
            seq = self._note(uow, target, actor, case, "declare", more)
            uow.commit()
        return CommandResult(
            _CASES,
            seq,
            f"Đã lập hồ sơ {about.kind.act} số {case.number:02d}",
            about.class_id,
            case,
        )

    def register(self, actor: Actor, case_id: CorrectionId, number: str) -> CommandResult:
        """Vào sổ: văn thư takes the declaration in under a number of the school's register (M185).

        The number is used once a year.
        """
        what = "vào sổ hồ sơ sửa điểm"
        require(actor, what, *REGISTRARS)
        given = clean(number)
        if not given:
            raise RuleRefused(
                "number_required", "Chưa ghi số vào sổ; hãy ghi số theo sổ tiếp nhận của văn thư."
            )
        refuse_too_long(given, "Số vào sổ", _NUMBER_LIMIT)
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = require_standing(uow, actor, now.date(), what, *REGISTRARS)
            case, target = self._case(uow, case_id)
            expect(case, Step.DECLARED, "vào sổ")
            for other in uow.corrections.of_year(target.at.year.id):
                if other.register_no == given:
                    raise RuleRefused(
                        "number_taken",
                        f"Số {given} đã ghi cho hồ sơ số {other.number:02d}; hãy ghi số khác.",
                    )
            case = replace(
                case,
                step=Step.REGISTERED,
                register_no=given,
                registered_by=actor.account_id,
                registered_at=now,
            )
            uow.corrections.save(case)
            more = {"number": given}
            seq = self._note(uow, target, actor, case, "register", more)
            uow.commit()
        return CommandResult(
            _CASES, seq, f"Đã vào sổ hồ sơ số {case.number:02d}, số {given}", case.class_id, case
        )

    def check(
        self, actor: Actor, case_id: CorrectionId, note: str, *, agrees: bool = True
    ) -> CommandResult:
        """Kiểm dò by a second person against the two proofs (M191).

        When it does not agree the case ends refused, with the note as the reason.
        """
        remark = clean(note)
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            case, target = self._case(uow, case_id)
            ready_to_check(case, case_rule(uow, case.kind, target.at.year.id, self._clock.today()))
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
            seq = self._note(uow, target, actor, case, "check", more)
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
        """Duyệt: the approver of the kind, whose password opened `signer`, approves these values.

        Opens only these cells, only for these values, for the set number of minutes.
        """
        with self._uows.write() as uow:
            case, target = self._case(uow, case_id)
            approver = decider(uow, signer, case, target.at.year.id, self._clock.today())
            expect(case, Step.CHECKED, "duyệt")
            refuse_own(case, approver)
            year_id, today = target.at.year.id, self._clock.today()
            rule = case_rule(uow, case.kind, year_id, today)
            seen_by = named_witnesses(witnesses, rule.least_witnesses)
            check_parties(uow, case, seen_by, approver, year_id, today)
            target.refuse_sealed()
            target.refuse_moved(case)
            now = self._clock.now()
            minutes = rule.unlock_minutes
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
            more = {
                "witnesses": list(seen_by),
                "minutes": minutes,
                "note": clean(note),
                "authority": authority_note(uow, case, approver, year_id, today),
            }
            seq = self._note(uow, target, approver, case, "approve", more)
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
            case, target = self._case(uow, case_id)
            approver = decider(uow, signer, case, target.at.year.id, self._clock.today())
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
            seq = self._note(uow, target, approver, case, "refuse", more)
            sign_checkpoint(uow, signer, approver, CheckpointReason.APPROVAL, now)
            uow.commit()
        return CommandResult(
            _CASES, seq, f"Đã từ chối hồ sơ số {case.number:02d}", case.class_id, case
        )

    def apply(self, actor: Actor, case_id: CorrectionId) -> CommandResult:
        """Ghi giá trị đã duyệt: one confirm of the requester writes them and re-locks.

        The struck old value stays with the cell, as on paper.
        """
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            case, target = self._case(uow, case_id)
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
            target.refuse_sealed()
            target.refuse_moved(case)
            changes = target.write(uow, case)
            case = replace(case, step=Step.APPLIED, applied_at=now, ended_at=now)
            uow.corrections.save(case)
            voided, signed = target.void(uow, case, now, f"Sửa theo hồ sơ số {case.number:02d}")
            more: dict[str, object] = {}
            if case.facts:
                more["facts"] = [[f.pupil_id, f.field, f.old, f.new] for f in case.facts]
            if voided:
                more["voided_confirmations"] = voided
            if signed:
                more["voided_sign_offs"] = signed
            seq = self._note(uow, target, actor, case, "apply", more, changes)
            uow.commit()
        return CommandResult(
            _TOPICS[case.kind],
            seq,
            f"Đã sửa {case.size} ô theo hồ sơ số {case.number:02d} và khóa lại",
            case.class_id,
            case,
        )

    def withdraw(self, actor: Actor, case_id: CorrectionId, reason: str) -> CommandResult:
        """Rút: the requester takes an undecided case back; it stays on file."""
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            case, target = self._case(uow, case_id)
            if case.step not in UNDECIDED:
                raise wrong_step(case, "rút")
            if case.requested_by != actor.account_id:
                raise AccessDenied("not_requester", "Chỉ người đề nghị mới rút hồ sơ của mình.")
            case = replace(case, step=Step.WITHDRAWN, ended_at=self._clock.now())
            uow.corrections.save(case)
            more = {"reason": clean(reason)}
            seq = self._note(uow, target, actor, case, "withdraw", more)
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
                target = load_target(uow, case.about, now)
                seq = self._note(uow, target, actor, ended, "expire", {})
            if not over:
                return None
            uow.commit()
        return CommandResult(_ALL, seq, f"{len(over)} hồ sơ hết giờ mở, đã khóa lại")

    def set_cutoff(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        period: Period,
        last_day: date,
        *,
        review: bool = False,
    ) -> CommandResult:
        """Hạn cuối of ordinary cases of a period; later ones need a reasoned exception.

        `review`: of what the review meeting settles (`case_rules.cutoff_setting`).
        """
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            if not actor.leads:
                raise AccessDenied(
                    "role_required",
                    "Hạn lập hồ sơ sửa điểm do hiệu trưởng hoặc phó hiệu trưởng đặt.",
                )
            if uow.progress.is_sealed(year_id):
                raise RuleRefused(
                    "year_sealed",
                    f"Năm học {uow.school.year(year_id).name} đã niêm phong nên không đặt hạn lập "
                    "hồ sơ nữa; muốn sửa phải có quyết định mở niêm phong.",
                )
            key = cutoff_setting(year_id, period, review=review)
            before = uow.school.setting(key)
            uow.school.set_setting(key, last_day.isoformat())
            seq = uow.trail.append(
                TrailDraft("setting.set", {"key": key, "old": before, "new": last_day.isoformat()}),
                actor,
                self._clock.now(),
            )
            uow.commit()
        return CommandResult(_CASES, seq, f"Hạn lập hồ sơ: {date_vn(last_day)}")

    def _case(self, uow: UnitOfWork, case_id: CorrectionId) -> tuple[Correction, CaseTarget]:
        case = uow.corrections.get(case_id)
        return case, load_target(uow, case.about, self._clock.now())

    def _note(
        self,
        uow: UnitOfWork,
        target: CaseTarget,
        actor: Actor,
        case: Correction,
        step: str,
        more: Mapping[str, object],
        cells: Sequence[CellChange] = (),
    ) -> int:
        said = {
            "case": case.number,
            "class": target.at.klass.name,
            "subject": target.matter,
            **more,
        }
        draft = TrailDraft(trail_kind(case.kind, step), said, case.class_id, case.subject_id, cells)
        return uow.trail.append(draft, actor, self._clock.now())
