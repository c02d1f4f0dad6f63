"""Sửa điểm: every step, every refusal, and nothing half-written, on a real encrypted file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.corrections import Step
from app.domain.marks import CellState, MarkCell
from app.domain.periods import Period
from app.domain.rule_catalogue import UNLOCK_MINUTES
from app.errors import AccessDenied, StaleData
from app.readmodels.mark_sheet import CellKey
from app.services.trail_review import pinned_keys
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
from tests.support.rules import settle


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    return locked_book(tmp_path)


def test_the_whole_case_from_declaration_to_the_re_lock(kept):
    school = kept.school
    case = kept.declared("tin_hoc", {GK: "9", (1, "HK1.gk"): ""})
    assert (case.number, case.step) == (1, Step.DECLARED)
    case = kept.take_in(case)
    assert (case.step, case.register_no) == (Step.REGISTERED, "01/ĐN-SĐ")
    school.clock.advance(timedelta(minutes=5))
    case = kept.cases.check(school.actor("ngu_van"), case.id, "khớp").payload
    assert case.step is Step.CHECKED
    school.clock.advance(timedelta(minutes=5))
    case = kept.cases.approve(school.signer("principal"), case.id, WITNESSES, "đúng").payload
    assert case.step is Step.APPROVED
    assert case.unlocked_until - case.decided_at == timedelta(minutes=int(UNLOCK_MINUTES.default))
    assert case.witnesses == tuple(WITNESSES)
    school.clock.advance(timedelta(minutes=int(UNLOCK_MINUTES.default)))
    done = kept.cases.apply(school.actor("tin_hoc"), case.id)
    assert done.payload.step is Step.APPLIED
    assert kept.cell("tin_hoc", *GK) == MarkCell(CellState.MARK, 90)
    assert kept.cell("tin_hoc", 1, "HK1.gk").state is CellState.EMPTY
    stored = kept.facts("tin_hoc").stored[kept.column_ids("tin_hoc", "HK1.gk")[0], school.pupils[0]]
    assert (stored.corrected_from, stored.correction_id) == ("8,0", case.id)
    with school.uow.read() as uow:
        assert uow.corrections.get(case.id) == done.payload
        assert [(old, new) for _, _, old, new in uow.trail.cells_of(done.seq)] == [
            ("8,0", "9,0"),
            ("7,0", ""),
        ]
        assert uow.trail.check(pinned_keys(uow)).problem == ""
    kinds = [kind for kind in school.trail_kinds() if kind.startswith("correction.")]
    steps = ("declare", "register", "check", "approve", "apply")
    assert kinds == [f"correction.{step}" for step in steps]
    again = refused(kept, kept.enter, "tin_hoc", {GK: "10"})
    assert "Cột này đã khóa" in again.sentence


def test_the_open_cell_takes_nothing_but_the_approved_value_by_the_case(kept):
    approved(kept)
    for text in ("9", "5", ""):
        error = refused(kept, kept.enter, "tin_hoc", {GK: text})
        assert "chỉ nhận đúng 9,0" in error.sentence
    view = kept.marks.open(kept.school.actor("tin_hoc"), kept.sheet("tin_hoc"))
    at = [c.key for c in view.columns].index("HK1.gk")
    assert view.cells[0][at].open_by_case
    assert not view.cells[0][at].editable
    kept.school.clock.advance(timedelta(minutes=int(UNLOCK_MINUTES.default), seconds=1))
    view = kept.marks.open(kept.school.actor("tin_hoc"), kept.sheet("tin_hoc"))
    assert not view.cells[0][at].open_by_case
    assert "Cột này đã khóa" in refused(kept, kept.enter, "tin_hoc", {GK: "9"}).sentence


@pytest.mark.parametrize("empty", range(3))
def test_a_case_needs_its_reason_and_both_proofs(kept, empty):
    said = ["Ghi nhầm cột", "trang 23", "bài số 7"]
    said[empty] = " \u200b "
    actor, sheet = kept.school.actor("tin_hoc"), kept.sheet("tin_hoc")
    error = refused(kept, kept.cases.declare, actor, sheet, {kept.key(*GK): "9"}, *said)
    assert error.code == "evidence_required"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, "no_cells"),
        ({GK: "8,0"}, "same_value"),
        ({GK: "11"}, "mark_out_of_range"),
        ({(2, "HK1.gk"): "9"}, "cell_empty"),
        ({(0, "HK1.tx1"): "9"}, "cell_open"),
        ({(0, "HK1.avg"): "9"}, "no_column"),
        ({(0, "HK1.comment"): "9"}, "cell_open"),
        ({GK: "9", (2, "HK1.gk"): "9"}, "cell_empty"),
    ],
)
def test_what_no_case_is_opened_for(kept, cells, code):
    assert refused(kept, kept.declared, "tin_hoc", cells).code == code


def test_only_the_subjects_own_teacher_declares(kept):
    for who in ("ngu_van", "homeroom", "principal", "secretary"):
        error = refused(
            kept,
            kept.cases.declare,
            kept.school.actor(who),
            kept.sheet("tin_hoc"),
            {kept.key(*GK): "9"},
            *("nhầm", "trang 1", "bài 1"),
        )
        assert isinstance(error, AccessDenied)
    stranger = {CellKey(999_999, "HK1.gk"): "9"}
    own = kept.school.actor("tin_hoc")
    why = ("nhầm", "trang 1", "bài 1")
    error = refused(kept, kept.cases.declare, own, kept.sheet("tin_hoc"), stranger, *why)
    assert error.code == "no_such_pupil"


def test_a_cell_is_in_one_open_case_only(kept):
    case = kept.declared("tin_hoc", {GK: "9"})
    for _ in range(2):
        error = refused(kept, kept.declared, "tin_hoc", {(1, "HK1.gk"): "6", GK: "10"})
        assert error.code == "already_in_case"
        assert "số 01" in error.sentence
        if kept_step(kept, case) is Step.DECLARED:
            kept.take_in(case)
            kept.cases.check(kept.school.actor("ngu_van"), case.id, "")
    kept.declared("tin_hoc", {(1, "HK1.gk"): "6"})
    kept.cases.refuse(kept.school.signer("principal"), case.id, "không đủ")
    assert kept.declared("tin_hoc", {GK: "10"}).number == 3


def kept_step(kept: RecordBook, case) -> Step:
    with kept.school.uow.read() as uow:
        return uow.corrections.get(case.id).step


def test_nobody_checks_or_approves_their_own(kept):
    case = kept.registered("tin_hoc", {GK: "9"})
    own = kept.school.actor("tin_hoc")
    error = refused(kept, kept.cases.check, own, case.id, "khớp")
    assert error.code == "own_request"
    kept.cases.check(kept.school.actor("vice"), case.id, "khớp")
    vice = kept.school.signer("vice")
    error = refused(kept, kept.cases.approve, vice, case.id, WITNESSES)
    assert error.code == "own_request"
    assert refused(kept, kept.cases.refuse, vice, case.id, "không").code == "own_request"
    kept.cases.approve(kept.school.signer("principal"), case.id, WITNESSES)


def test_a_leader_who_teaches_does_not_approve_their_own_request(kept):
    school = kept.school
    principal = school.actor("principal")
    line = f"{school.class_name};Tin học;Lê Văn Khải"
    school.assignments.accept_pasted(principal, school.year_id, line, school.clock.today())
    case = kept.cases.declare(
        school.actor("principal"),
        kept.sheet("tin_hoc"),
        {kept.key(*GK): "9"},
        *("nhầm", "trang 1", "bài 1"),
    ).payload
    kept.take_in(case)
    kept.cases.check(school.actor("ngu_van"), case.id, "khớp")
    error = refused(kept, kept.cases.approve, school.signer("principal"), case.id, WITNESSES)
    assert error.code == "own_request"


def test_only_leaders_decide(kept):
    case = checked(kept)
    for who in ("tin_hoc", "homeroom", "secretary", "admin"):
        signer = kept.school.signer(who)
        for call in (
            lambda signer=signer: kept.cases.approve(signer, case.id, WITNESSES),
            lambda signer=signer: kept.cases.refuse(signer, case.id, "không"),
        ):
            error = refused(kept, call)
            assert isinstance(error, AccessDenied)
            assert error.code == "role_required"
    day = kept.school.clock.today()
    teacher, year = kept.school.actor("tin_hoc"), kept.school.year_id
    assert isinstance(
        refused(kept, kept.cases.set_cutoff, teacher, year, Period.HK1, day), AccessDenied
    )


def test_a_disabled_leader_does_not_decide(kept):
    case = checked(kept)
    signer = kept.school.signer("vice")
    with kept.school.uow.write() as uow:
        uow.accounts.disable(kept.school.accounts_by_key["vice"], kept.school.clock.today())
        uow.commit()
    assert refused(kept, kept.cases.approve, signer, case.id, WITNESSES).code == "account_disabled"


@pytest.mark.parametrize(
    "names", [[], ["Một Người"], ["Một Người", "  "], ["Một Người", " một  người "]]
)
def test_two_different_witnesses_are_named(kept, names):
    case = checked(kept)
    error = refused(kept, kept.cases.approve, kept.school.signer("principal"), case.id, names)
    assert error.code == "witnesses_required"


def test_every_step_stands_at_its_place(kept):
    cases, signer = kept.cases, kept.school.signer("principal")
    own, other = kept.school.actor("tin_hoc"), kept.school.actor("ngu_van")
    secretary = kept.school.actor("secretary")

    def steps(case_id):
        return {
            "register": lambda: cases.register(secretary, case_id, "9/SĐ"),
            "check": lambda: cases.check(other, case_id, "khớp"),
            "approve": lambda: cases.approve(signer, case_id, WITNESSES),
            "refuse": lambda: cases.refuse(signer, case_id, "không"),
            "apply": lambda: cases.apply(own, case_id),
            "withdraw": lambda: cases.withdraw(own, case_id, ""),
        }

    def only(case_id, *allowed):
        for name, call in steps(case_id).items():
            if name not in allowed:
                error = refused(kept, call)
                assert error.code == "wrong_step"
                assert f"số {case.number:02d}" in error.sentence

    case = kept.declared("tin_hoc", {GK: "9"})
    only(case.id, "register", "withdraw")
    kept.take_in(case)
    only(case.id, "check", "withdraw")
    cases.check(other, case.id, "khớp")
    only(case.id, "approve", "refuse", "withdraw")
    cases.approve(signer, case.id, WITNESSES)
    only(case.id, "apply")
    cases.apply(own, case.id)
    only(case.id)
    for end in ("check", "refuse", "withdraw"):
        case = kept.registered("tin_hoc", {(1, "HK1.gk"): "6"})
        if end == "check":
            unsure = refused(kept, cases.check, other, case.id, " ", agrees=False)
            assert unsure.code == "note_required"
            cases.check(other, case.id, "bài ghi 7", agrees=False)
            assert kept_step(kept, case) is Step.REFUSED
        elif end == "refuse":
            cases.check(other, case.id, "")
            assert refused(kept, cases.refuse, signer, case.id, " ").code == "reason_required"
            cases.refuse(signer, case.id, "không đủ")
            assert kept_step(kept, case) is Step.REFUSED
        else:
            cases.withdraw(own, case.id, "nhầm")
            assert kept_step(kept, case) is Step.WITHDRAWN
        only(case.id)
    assert refused(kept, cases.apply, own, 999).code == "not_found"


def test_only_the_requester_applies_and_withdraws(kept):
    case = kept.registered("tin_hoc", {GK: "9"})
    for who in ("ngu_van", "principal"):
        error = refused(kept, kept.cases.withdraw, kept.school.actor(who), case.id, "")
        assert error.code == "not_requester"
    kept.cases.check(kept.school.actor("ngu_van"), case.id, "")
    kept.cases.approve(kept.school.signer("principal"), case.id, WITNESSES)
    for who in ("ngu_van", "principal"):
        error = refused(kept, kept.cases.apply, kept.school.actor(who), case.id)
        assert error.code == "not_requester"


def test_an_unlock_that_ran_out_writes_nothing_and_frees_the_cell(kept):
    case = approved(kept)
    kept.school.clock.advance(timedelta(minutes=int(UNLOCK_MINUTES.default), seconds=1))
    own = kept.school.actor("tin_hoc")
    assert refused(kept, kept.cases.apply, own, case.id).code == "unlock_expired"
    # The cell is free for a new case at once, whether or not the expiry was written down.
    anew = kept.registered("tin_hoc", {GK: "9"})
    done = kept.cases.relock_expired(own, kept.school.year_id)
    assert done is not None
    assert kept_step(kept, case) is Step.EXPIRED
    assert kept.cases.relock_expired(own, kept.school.year_id) is None
    kept.cases.check(kept.school.actor("ngu_van"), anew.id, "")
    kept.cases.approve(kept.school.signer("principal"), anew.id, WITNESSES)
    kept.cases.apply(own, anew.id)
    assert kept.cell("tin_hoc", *GK).value == 90


def test_the_time_of_the_unlock_is_a_setting(kept):
    settle(kept.school, {"correction.unlock_minutes": "5"})
    case = approved(kept)
    assert case.unlocked_until - case.decided_at == timedelta(minutes=5)


def test_a_cell_that_moved_stops_the_case(kept):
    cases, own = kept.cases, kept.school.actor("tin_hoc")
    ids = kept.column_ids("tin_hoc", "HK1.gk")
    secretary = kept.school.actor("secretary")

    def move(text: str) -> None:
        kept.control.unlock_columns(secretary, kept.school.class_id, ids, "61/QĐ")
        kept.enter("tin_hoc", {(1, "HK1.gk"): text})
        lock(kept, "HK1.gk")

    case = checked(kept, {GK: "9", (1, "HK1.gk"): "6"})
    move("5")
    error = refused(kept, cases.approve, kept.school.signer("principal"), case.id, WITNESSES)
    assert isinstance(error, StaleData)
    assert "Ngọc" in error.sentence or "giữa kì" in error.sentence or "ĐĐGgk" in error.sentence
    move("7")
    cases.approve(kept.school.signer("principal"), case.id, WITNESSES)
    with kept.school.uow.write() as uow:  # no service can move it now, a repair by hand could
        marks = [m for m in uow.marks.cells(kept.school.class_id) if m.assessment_id == ids[0]]
        moved = next(m for m in marks if m.pupil_id == kept.school.pupils[1])
        uow.marks.put([type(moved)(moved.assessment_id, moved.pupil_id, MarkCell(CellState(1), 1))])
        uow.commit()
    assert isinstance(refused(kept, cases.apply, own, case.id), StaleData)
    assert kept.cell("tin_hoc", *GK).value == 80


def test_after_the_cut_off_a_reason_is_asked_for_and_kept(kept):
    day = kept.school.clock.today()
    vice, year = kept.school.actor("vice"), kept.school.year_id
    kept.cases.set_cutoff(vice, year, Period.HK1, day)
    first = kept.declared("tin_hoc", {(1, "HK1.gk"): "6"})
    kept.cases.set_cutoff(vice, year, Period.HK1, day - timedelta(days=1))
    error = refused(kept, kept.declared, "tin_hoc", {GK: "9"})
    assert error.code == "past_cutoff"
    assert f"{day - timedelta(days=1):%d/%m/%Y}" in error.sentence
    late = kept.declared("tin_hoc", {GK: "9"}, late_reason="bài bị thất lạc")
    assert (first.late_reason, late.late_reason) == ("", "bài bị thất lạc")
    with kept.school.uow.read() as uow:
        (entry,) = uow.trail.entries(newest=1, kind="correction.declare")
    assert "bài bị thất lạc" in entry.detail
    assert "trang 23, dòng 12" in entry.detail
