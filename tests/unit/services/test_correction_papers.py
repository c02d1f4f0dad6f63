"""What a case leaves behind: signature, minutes, confirmations, and the seal that stops it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.domain.corrections import Step
from app.domain.marks import CellState, MarkCell
from app.domain.periods import Period, Term
from app.errors import RuleRefused
from app.ports import SealRecord
from app.services.correction_papers import assemble_minutes
from tests.support.correction_case import (
    GK,
    WITNESSES,
    approved,
    checked,
    lock,
    locked_book,
    refused,
)
from tests.support.record_book import RecordBook


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    return locked_book(tmp_path)


def seal(kept: RecordBook) -> None:
    school = kept.school
    with school.uow.write() as uow:
        principal = school.accounts_by_key["principal"]
        at = school.clock.now()
        record = SealRecord(school.year_id, 1, at, principal, "b", "f", "t", "", "", 1, 1)
        uow.control.add_seal(record)
        uow.commit()


@pytest.mark.parametrize("step", [Step.DECLARED, Step.CHECKED, Step.APPROVED])
def test_a_sealed_year_takes_no_step_that_writes(kept, step):
    signer, own = kept.school.signer("principal"), kept.school.actor("tin_hoc")
    call = {
        Step.DECLARED: lambda: kept.declared("tin_hoc", {GK: "9"}),
        Step.CHECKED: lambda: kept.cases.approve(signer, case.id, WITNESSES),
        Step.APPROVED: lambda: kept.cases.apply(own, case.id),
    }[step]
    if step is Step.CHECKED:
        case = checked(kept)
    elif step is Step.APPROVED:
        case = approved(kept)
    seal(kept)
    assert refused(kept, call).code == "sealed"


def test_the_approvers_signature_stands_under_the_approval(kept):
    case = approved(kept)
    with kept.school.uow.read() as uow:
        point = uow.trail.last_checkpoint()
        (entry,) = uow.trail.entries(newest=1)
    assert entry.kind == "correction.approve"
    assert (point.seq, point.head, point.reason) == (entry.seq, entry.hash, "approval")
    assert point.account_id == case.decided_by == kept.school.accounts_by_key["principal"]
    assert point.public_key == kept.school.signer("principal").public_key
    key = Ed25519PublicKey.from_public_bytes(point.public_key)
    key.verify(point.signature, point.statement.encode())


def test_the_minutes_tell_the_case_and_do_not_change_later(kept):
    school = kept.school
    case = approved(kept, {GK: "9"}, note="đồng ý")
    with school.uow.read() as uow, pytest.raises(RuleRefused) as early:
        assemble_minutes(uow, case, school.clock.now())
    assert early.value.code == "not_applied"
    with school.uow.read() as uow:
        code = uow.trail.last_checkpoint().code
    school.clock.advance(timedelta(minutes=2))
    case = kept.cases.apply(school.actor("tin_hoc"), case.id).payload

    def minutes():
        with school.uow.read() as uow:
            return assemble_minutes(uow, case, school.clock.now())

    first = minutes()
    (value,) = first.values
    assert (value.old, value.new) == ("8,0", "9,0")
    assert (first.case_number, first.class_name, first.subject) == ("01", "6A", "Tin học")
    assert first.chair.name == first.approver.name == "Lê Văn Khải"
    assert first.requester.name == "Lý Thị Ngọc"
    assert first.checker.name == "Hoàng Thị Lan Anh"
    assert [w.name for w in first.witnesses] == WITNESSES
    assert "trang 23, dòng 12" in first.evidence[0]
    assert first.decision == "đồng ý"
    assert first.unlocked.startswith("08:30")
    assert first.relocked.startswith("08:32")
    assert first.checkpoint_code == code
    assert len(first.trail_entries.split(", ")) == 5
    school.clock.advance(timedelta(days=3))
    kept.corrected("tin_hoc", {(1, "HK1.gk"): "6"})
    assert minutes() == first


def test_a_correction_voids_the_confirmation_of_an_open_period(kept):
    school = kept.school
    edits = {(n, key): "8" for n in range(5) for key in kept.facts("tin_hoc").term_codes(Term.HK1)}
    kept.enter("tin_hoc", {at: text for at, text in edits.items() if at[1] != "HK1.gk"}, "paste")
    ids, secretary = kept.column_ids("tin_hoc", "HK1.gk"), school.actor("secretary")
    kept.control.unlock_columns(secretary, school.class_id, ids, "61/QĐ")
    kept.enter("tin_hoc", {(n, "HK1.gk"): "8" for n in range(5)}, "paste")
    lock(kept, "HK1.gk")
    kept.marks.confirm(school.actor("tin_hoc"), kept.sheet("tin_hoc"))
    kept.corrected("tin_hoc", {GK: "9"})
    with school.uow.read() as uow:
        assert uow.control.confirmations(school.class_id) == ()


def test_a_cell_corrected_twice_keeps_its_last_old_value_and_both_cases_on_file(kept):
    kept.corrected("tin_hoc", {GK: "9"})
    second = kept.corrected("tin_hoc", {GK: "9,5"})
    stored = kept.facts("tin_hoc").stored[
        kept.column_ids("tin_hoc", "HK1.gk")[0], kept.school.pupils[0]
    ]
    assert (stored.corrected_from, stored.correction_id) == ("9,0", second.id)
    assert len(kept.marks.history(kept.sheet("tin_hoc"), kept.key(*GK))) == 3


def test_left_pupils_closed_periods_and_states_can_be_corrected(kept):
    school = kept.school
    kept.marks.set_state(
        school.actor("tin_hoc"),
        kept.sheet("tin_hoc"),
        [kept.key(2, "HK1.tx1")],
        CellState.ZERO_ABSENT,
        "bỏ thi",
    )
    kept.close(Period.HK1, reason="còn thiếu")
    day = date(2026, 11, 20)
    secretary = school.actor("secretary")
    school.rosters.mark_left(secretary, school.class_id, school.pupils[2], day, "chuyển trường")
    kept.corrected("tin_hoc", {(2, "HK1.tx1"): "5"})
    assert kept.cell("tin_hoc", 2, "HK1.tx1") == MarkCell(CellState.MARK, 50)
