"""Biên bản sửa điểm put together from a finished case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from app.domain.case_rules import CaseRule
from app.domain.corrections import CaseKind, Correction, Step, trail_kind
from app.domain.ids import AccountId
from app.domain.periods import in_order, short_term
from app.domain.roles import Role
from app.domain.trail import TrailEntry
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.readmodels.correction_minutes import CorrectedValue, CorrectionMinutes
from app.readmodels.minutes import Person
from app.services.book_assembly import school_lines
from app.services.case_rules import case_rule
from app.services.case_target import EMPTY_WORD, CellWords, open_text
from app.services.case_targets import load_target

_EVERY = 100_000
"""More correction entries than a class ever has."""


def assemble_minutes(uow: UnitOfWork, case: Correction, now: datetime) -> CorrectionMinutes:
    """Biên bản of an applied case; RuleRefused before that."""
    if case.step is not Step.APPLIED or case.applied_at is None or case.decided_at is None:
        raise RuleRefused(
            "not_applied",
            f"Hồ sơ số {case.number:02d} chưa sửa xong nên chưa có biên bản; hãy ghi điểm đã "
            "duyệt trước.",
        )
    target = load_target(uow, case.about, now)
    rule = case_rule(uow, case.kind, target.at.year.id, case.decided_at.date())
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    people = {a.id: a for a in uow.accounts.all(case.decided_at.date())}

    def person(account_id: AccountId | None, duty: str = "") -> Person:
        account = None if account_id is None else people.get(account_id)
        if account is None:
            return Person("", duty)
        held = next((Role(r).label for r in account.roles), duty)
        return Person(account.full_name, held or "Giáo viên")

    # Minutes are sealed in the open; a pupil's personal numbers are not (data stays in the file).
    said = partial(open_text, case)
    cells = tuple(cell.on_paper for cell in target.cells(case))
    values = tuple(
        CorrectedValue(
            cell.position,
            cell.pupil,
            column_of(cell),
            cell.was or EMPTY_WORD,
            cell.becomes or EMPTY_WORD,
        )
        for cell in cells
    )
    secretary = next(
        (Person(a.full_name, "Văn thư") for a in people.values() if "secretary" in a.roles),
        Person("", "Thư ký"),
    )
    terms = in_order({cell.term for cell in cells if cell.term is not None})
    by_marks = case.kind is CaseKind.MARKS
    applied, decided = case.applied_at, case.decided_at
    entries_said = _trail_entries(uow, case)
    requester = person(
        case.requested_by,
        f"Giáo viên {target.matter}" if by_marks else "Giáo viên chủ nhiệm",
    )
    approver = person(case.decided_by, "Hiệu trưởng")
    checker = person(case.checked_by, "Giáo viên")
    relocked = f"{applied:%H} giờ {applied:%M} phút ngày {applied:%d/%m/%Y}"
    return CorrectionMinutes(
        school=school_lines(school),
        number="",
        day=applied.day,
        month=applied.month,
        year=applied.year,
        began=f"{decided:%H} giờ {decided:%M} phút ngày {decided:%d/%m/%Y}",
        ended=relocked,
        venue=f"Văn phòng {school.name}",
        chair=approver,
        secretary=secretary,
        attendees=(
            requester,
            checker,
            *(Person(w, "Người chứng kiến") for w in case.witnesses),
        ),
        case_number=f"{case.number:02d}",
        class_name=target.at.klass.name,
        school_year=target.at.year.name.replace("-", "–"),
        subject=target.matter if by_marks else "",
        act=case.kind.act,
        registered=_registered(case),
        period=", ".join(term.words for term in terms),
        values=values,
        requester=requester,
        declared=f"{case.requested_at:%H:%M ngày %d/%m/%Y}",
        reason=said(case.reason),
        evidence=(
            said(f"{rule.proofs[0].name}: {case.evidence_book}"),
            said(f"{rule.proofs[1].name}: {case.evidence_paper}"),
        ),
        checker=checker,
        check_result=said(case.check_note) or _checked_words(rule),
        approver=approver,
        decision=said(case.decision_note) or "Đồng ý sửa đúng các giá trị nêu trên",
        decided=f"lúc {decided:%H:%M ngày %d/%m/%Y}",
        exception=said(case.late_reason),
        witnesses=tuple(Person(name, "") for name in case.witnesses),
        unlocked=f"{decided:%H:%M ngày %d/%m/%Y}",
        relocked=f"{applied:%H:%M ngày %d/%m/%Y}",
        trail_entries=", ".join(str(entry.seq) for entry in entries_said),
        checkpoint_code=_checkpoint_code(uow, entries_said),
    )


def column_of(cell: CellWords) -> str:
    """Column and term as narrow as a table wants them: "ĐĐGck HK I"."""
    if cell.term is None or cell.column.startswith("Ngày "):
        return cell.column
    return f"{cell.column} {short_term(cell.term)}"


def _registered(case: Correction) -> str:
    """How văn thư took the case in; empty where the school keeps no such register."""
    if case.registered_at is None:
        return ""
    return f"số {case.register_no} ngày {case.registered_at:%d/%m/%Y}"


def _checked_words(rule: CaseRule) -> str:
    first, second = (proof.name[:1].lower() + proof.name[1:] for proof in rule.proofs)
    return f"Đã đối chiếu {first} và {second}, khớp"


def _trail_entries(uow: UnitOfWork, case: Correction) -> list[TrailEntry]:
    """The case's entries, oldest first."""
    found = uow.trail.entries(newest=_EVERY, class_id=case.class_id, kind=trail_kind(case.kind, ""))
    mine = [entry for entry in found if json.loads(entry.detail)["case"] == case.number]
    return mine[::-1]


def _checkpoint_code(uow: UnitOfWork, entries: Sequence[TrailEntry]) -> str:
    """The approver's own signature under the approval: the same whenever the paper is printed."""
    approved = {entry.seq for entry in entries if entry.kind.endswith("correction.approve")}
    return next((p.code for p in uow.trail.checkpoints() if p.seq in approved), "")
