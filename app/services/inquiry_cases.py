"""Questions about correction cases: who approved, on what evidence, what was refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from app.domain.corrections import CaseKind, Correction, Step, trail_kind
from app.domain.ids import AccountId
from app.domain.inquiries import Question, Verdict
from app.domain.print_runs import CORRECTION_MINUTES
from app.ports import UnitOfWork
from app.readmodels.inquiry import Answer, AnswerColumn
from app.services.case_rules import case_rule
from app.services.case_target import open_text
from app.services.case_targets import load_target
from app.trail_ports import ChangeScope

_HEAD = (AnswerColumn("Hồ sơ", 8, centred=True), AnswerColumn("Lớp, nội dung sửa", 32))
_NOT_CARRIED_OUT = (Step.REFUSED, Step.WITHDRAWN, Step.EXPIRED)


class CaseAnswers:
    """The cases of one scope, read once for three questions."""

    def __init__(self, uow: UnitOfWork, scope: ChangeScope, now: datetime) -> None:
        self._uow = uow
        self._scope = scope
        self._now = now
        self._names = {a.id: a.full_name for a in uow.accounts.all(now.date())}
        self._cases = [
            case
            for case in reversed(uow.corrections.of_year(scope.year_id))
            if scope.class_id in (None, case.class_id)
        ]

    def approved_by(self) -> Answer:
        """2. Requester, checker and approver of every case that was decided for."""
        done = [c for c in self._cases if c.step in (Step.APPLIED, Step.APPROVED)]
        own = [c for c in done if c.decided_by in (c.requested_by, c.checked_by)]
        unchecked = [c for c in done if c.checked_by is None or c.decided_by is None]
        if not done:
            said = "Chưa có lần sửa nào được duyệt."
        else:
            people = sorted({self._name(c.decided_by) for c in done})
            said = f"{len(done)} hồ sơ được duyệt, do {', '.join(people)}."
        apart = (
            f"{len(own)} hồ sơ có người duyệt trùng người đề nghị hoặc người kiểm dò."
            if own
            else "Không ai tự duyệt, tự kiểm dò đề nghị của mình."
        )
        bad = own or unchecked
        return Answer(
            Question.APPROVED_BY,
            Verdict.ATTENTION if bad else Verdict.GROUNDED if done else Verdict.CLEAR,
            (said, apart),
            (
                *_HEAD,
                AnswerColumn("Đề nghị", 20),
                AnswerColumn("Kiểm dò", 20),
                AnswerColumn("Duyệt", 20),
                AnswerColumn("Ghi điểm, khóa lại", 18),
            ),
            tuple(
                (
                    f"{c.number:02d}",
                    self._matter(c),
                    self._act(c.requested_by, c.requested_at),
                    self._act(c.checked_by, c.checked_at),
                    self._act(c.decided_by, c.decided_at),
                    _time(c.applied_at) or "chưa ghi",
                )
                for c in done
            ),
        )

    def evidence(self) -> Answer:
        """3. Both proofs, scans, witnesses, minutes and explanation of every case."""
        minutes = {
            run.correction_id: run.number
            for run in self._uow.prints.of_year(self._scope.year_id)
            if run.kind == CORRECTION_MINUTES and run.correction_id is not None
        }
        rows, short = [], 0
        for case in self._cases:
            rule = case_rule(self._uow, case.kind, self._scope.year_id, self._now.date())
            scans = len(self._uow.corrections.scans(case.id))
            applied = case.step is Step.APPLIED
            lacking = [
                words
                for words, missing in (
                    ("minh chứng", not (case.evidence_book and case.evidence_paper)),
                    ("người chứng kiến", applied and len(case.witnesses) < rule.least_witnesses),
                    ("biên bản in", applied and case.id not in minutes),
                )
                if missing
            ]
            short += bool(lacking)
            first, second = (proof.name for proof in rule.proofs)
            run = minutes.get(case.id)
            rows.append(
                (
                    f"{case.number:02d}",
                    open_text(
                        case,
                        f"{first}: {case.evidence_book or 'chưa ghi'}; {second}: "
                        f"{case.evidence_paper or 'chưa ghi'}",
                    ),
                    f"{scans} bản chụp" if scans else "không",
                    ", ".join(case.witnesses) or "không",
                    f"bản in {run:04d}" if run is not None else "chưa in",
                    open_text(case, case.explanation) or "chưa giải trình",
                    ", ".join(lacking) or "đủ",
                )
            )
        if not rows:
            said = "Chưa có hồ sơ sửa điểm nào."
        elif short:
            said = f"{len(rows)} hồ sơ; {short} hồ sơ còn thiếu, nêu ở cột cuối."
        else:
            said = f"{len(rows)} hồ sơ, hồ sơ nào cũng đủ giấy tờ của bước đang ở."
        return Answer(
            Question.EVIDENCE,
            Verdict.ATTENTION if short else Verdict.GROUNDED if rows else Verdict.CLEAR,
            (said, "Bản chụp cất mã hóa trong tệp, mở xem ở trang Sửa điểm."),
            (
                _HEAD[0],
                AnswerColumn("Minh chứng", 30),
                AnswerColumn("Bản chụp", 11, centred=True),
                AnswerColumn("Chứng kiến", 18),
                AnswerColumn("Biên bản", 12, centred=True),
                AnswerColumn("Giải trình", 17),
                AnswerColumn("Còn thiếu", 13),
            ),
            tuple(rows),
        )

    def not_carried_out(self) -> Answer:
        """8. Cases refused, withdrawn or run out, with by whom and why."""
        found = [c for c in self._cases if c.step in _NOT_CARRIED_OUT]
        withdrawn = {
            (entry.class_id, json.loads(entry.detail)["case"]): json.loads(entry.detail)["reason"]
            for entry in self._uow.trail.of_kinds(
                [trail_kind(kind, "withdraw") for kind in (CaseKind.MARKS, CaseKind.PROFILE)]
            )
        }
        counts = [
            f"{sum(c.step is step for c in found)} {words}"
            for step, words in zip(
                _NOT_CARRIED_OUT, ("bị từ chối", "được rút lại", "để quá giờ mở"), strict=True
            )
        ]
        said = (
            f"{len(found)} hồ sơ không thành việc sửa: {', '.join(counts)}; điểm của các hồ sơ ấy "
            "giữ nguyên."
            if found
            else f"{len(self._cases)} hồ sơ, không hồ sơ nào bị từ chối, rút lại hoặc để quá giờ."
        )
        return Answer(
            Question.NOT_CARRIED_OUT,
            Verdict.SHOWN if found else Verdict.CLEAR,
            (said,),
            (
                *_HEAD,
                AnswerColumn("Đề nghị", 22),
                AnswerColumn("Kết cục", 14),
                AnswerColumn("Ai, lúc nào", 22),
                AnswerColumn("Lý do", 22),
            ),
            tuple(
                (
                    f"{c.number:02d}",
                    self._matter(c),
                    self._act(c.requested_by, c.requested_at),
                    c.step.label,
                    self._ended(c),
                    self._why(c, withdrawn) or "không ghi",
                )
                for c in found
            ),
        )

    @staticmethod
    def _why(case: Correction, withdrawn: Mapping[tuple[int | None, int], str]) -> str:
        """Who refuses writes it into the case; who withdraws, into the trail."""
        if case.step is Step.WITHDRAWN:
            return open_text(case, withdrawn.get((case.class_id, case.number), ""))
        return open_text(case, case.decision_note or case.check_note)

    def _ended(self, case: Correction) -> str:
        match case.step:
            case Step.WITHDRAWN:
                who: AccountId | None = case.requested_by
            case Step.EXPIRED:
                return f"chương trình, {_time(case.ended_at)}"
            case _:
                who = case.decided_by or case.checked_by
        return self._act(who, case.ended_at or case.decided_at)

    def _matter(self, case: Correction) -> str:
        target = load_target(self._uow, case.about, self._now)
        subject = target.matter if case.kind is CaseKind.MARKS else case.kind.label
        cells = "; ".join(cell.on_paper.sentence for cell in target.cells(case))
        return f"{target.at.klass.name}, {subject}: {cells}"

    def _act(self, who: AccountId | None, at: datetime | None) -> str:
        return f"{self._name(who)}, {_time(at)}" if who is not None else "chưa có"

    def _name(self, who: AccountId | None) -> str:
        if who is None:
            return "chưa có"
        return self._names.get(who, f"tài khoản số {who}")


def _time(at: datetime | None) -> str:
    return "" if at is None else f"{at:%H:%M %d/%m/%Y}"
