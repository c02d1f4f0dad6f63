"""Ủy quyền: explicit, dated, over by itself, never passed on, never to whoever runs the system."""

from datetime import date, timedelta

import pytest

from app.domain.delegations import Power
from app.domain.periods import Period
from app.domain.roles import Role
from app.errors import AccessDenied, AppError
from app.services.correction_board import CorrectionBoard
from app.services.delegations import Delegations
from app.services.tasks import Tasks
from app.services.trail_review import TrailReview
from tests.support.correction_case import WITNESSES, checked, lock
from tests.support.record_book import RecordBook
from tests.support.rules import settle
from tests.support.school import PASSWORD, make_school

TODAY = date(2026, 11, 23)
WEEK = timedelta(days=7)


@pytest.fixture
def kept(tmp_path):
    book = RecordBook(make_school(tmp_path, pupils=2))
    book.open_entry()
    book.enter("tin_hoc", {(0, "HK1.gk"): "8"})
    lock(book, "HK1.gk")
    settle(book.school, {"correction.approve.marks": "principal",
                         "book.pressers": "principal,secretary"})  # fmt: skip
    yield book
    book.school.close()


def service(kept):
    return Delegations(kept.school.uow, kept.school.clock)


def give(kept, taker="vice", power=Power.APPROVE_MARKS, who="principal", first=TODAY, last=None,
         number="70/QĐ", decided=TODAY):  # fmt: skip
    return service(kept).give(
        kept.school.actor(who), power, kept.school.accounts_by_key[taker], first,
        last or first + WEEK, number, decided,
    )  # fmt: skip


def refused(kept, call, *args, **named):
    before = kept.school.trail_kinds()
    with pytest.raises(AppError) as caught:
        call(*args, **named)
    assert kept.school.trail_kinds() == before
    assert caught.value.sentence.endswith(".")
    return caught.value


def approve(kept, case, who="vice"):
    return kept.cases.approve(kept.school.signer(who), case.id, WITNESSES)


def test_nothing_is_delegated_by_itself(kept):
    case = checked(kept)
    assert refused(kept, approve, kept, case).code == "role_required"


def test_a_delegate_approves_in_the_days_and_no_longer(kept):
    case = checked(kept)
    give(kept, first=TODAY + timedelta(days=1))
    assert refused(kept, approve, kept, case).code == "role_required"
    kept.school.clock.advance(timedelta(days=1))
    vice = kept.school.actor("vice")
    board = CorrectionBoard(kept.school.uow, kept.school.clock)
    view = board.case(vice, case.id)
    assert kept.school.accounts_by_key["vice"] in {p.account_id for p in view.approvers}
    assert view.may.decide
    approve(kept, case)
    said = TrailReview(kept.school.uow).lines(kept.school.actor("principal"))[0].sentence
    assert "ủy quyền, văn bản số 70/QĐ" in said
    kept.cases.apply(kept.school.actor("tin_hoc"), case.id)
    later = checked(kept, {(0, "HK1.gk"): "7"})
    kept.school.clock.advance(WEEK + timedelta(days=1))
    assert refused(kept, approve, kept, later).code == "role_required", "over by itself"


def test_the_principal_may_take_it_back_at_once(kept):
    case = checked(kept)
    made = give(kept).payload
    other = kept.school.actor("secretary")
    assert refused(kept, service(kept).end, other, made.id).code == "role_required"
    service(kept).end(kept.school.actor("principal"), made.id)
    assert refused(kept, approve, kept, case).code == "role_required"
    error = refused(kept, service(kept).end, kept.school.actor("principal"), made.id)
    assert error.code == "delegation_over"
    assert service(kept).all()[0].last_day < TODAY, "it stays on file"


def test_it_falls_with_the_power_of_its_giver(kept):
    case = checked(kept)
    give(kept)
    settle(kept.school, {"correction.approve.marks": "academic_vice"})
    assert refused(kept, approve, kept, case).code == "role_required"


def test_nobody_passes_on_what_was_given(kept):
    give(kept)
    error = refused(kept, give, kept, "tin_hoc", who="vice")
    assert error.code == "power_not_held"
    assert isinstance(error, AccessDenied)
    assert Power.APPROVE_MARKS not in service(kept).powers(kept.school.actor("vice"))
    assert set(service(kept).powers(kept.school.actor("principal"))) == set(Power)


@pytest.mark.parametrize("power", [p for p in Power if p is not Power.OPEN_SHUT])
def test_the_technician_gets_no_approval(kept, power):
    assert refused(kept, give, kept, "admin", power).code == "delegation_taker"
    give(kept, "admin", Power.OPEN_SHUT)
    ids = kept.column_ids("tin_hoc", "HK1.ck")
    kept.control.lock_columns(kept.school.actor("admin"), kept.school.class_id, ids, "8/QĐ")


def test_an_approval_ends_when_its_taker_comes_to_run_the_system(kept):
    case = checked(kept)
    give(kept, "secretary")
    accounts, secretary = kept.school.accounts, kept.school.accounts_by_key["secretary"]
    accounts.grant(kept.school.actor("principal"), secretary, Role.ADMINISTRATOR)
    kept.school.sign_in_as("secretary")
    assert refused(kept, approve, kept, case, "secretary").code == "role_required"


def test_nobody_else_sets_the_password_of_whoever_was_given_an_approval(kept):
    """Who sets a password signs in as its owner, and would approve so."""
    accounts, admin = kept.school.accounts, kept.school.actor("admin")
    taker = kept.school.accounts_by_key["toan"]
    give(kept, "toan")
    error = refused(kept, accounts.reset_password, admin, taker, "mot-hai-ba-bon-nam")
    assert error.code == "reset_leader"
    service(kept).end(kept.school.actor("principal"), service(kept).all()[0].id)
    accounts.reset_password(admin, taker, "mot-hai-ba-bon-nam")


def test_an_own_request_is_not_approved_under_a_delegation_either(kept):
    case = checked(kept)
    give(kept, "tin_hoc")
    give(kept, "ngu_van")
    for who in ("tin_hoc", "ngu_van"):
        error = refused(kept, approve, kept, case, who)
        assert error.code == "own_request", "who asked or checked does not decide"


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({"number": " "}, "decision_required"),
        ({"decided": TODAY + timedelta(days=1)}, "decision_day"),
        ({"first": TODAY - timedelta(days=1)}, "delegation_past"),
        ({"last": TODAY - timedelta(days=1)}, "delegation_days"),
        ({"last": TODAY + timedelta(days=400)}, "delegation_days"),
        ({"taker": "principal"}, "delegation_self"),
        ({"who": "secretary"}, "power_not_held"),
        ({"who": "toan"}, "power_not_held"),
    ],
)
def test_what_cannot_be_given(kept, named, code):
    assert refused(kept, give, kept, **named).code == code


def test_the_same_days_are_not_given_twice_and_inspectors_get_nothing(kept):
    give(kept)
    assert refused(kept, give, kept, first=TODAY + WEEK).code == "delegation_overlaps"
    give(kept, first=TODAY + WEEK + timedelta(days=1))
    made = kept.school.accounts.add(
        kept.school.actor("principal"), "Đoàn Kiểm Tra", PASSWORD, roles=(Role.INSPECTOR,)
    ).payload
    kept.school.accounts_by_key["inspector"] = made.account_id
    assert refused(kept, give, kept, "inspector", Power.OPEN_SHUT).code == "delegation_taker"


def test_a_delegate_presses_lock_and_unlock(kept):
    days = (TODAY, TODAY, "9/QĐ", TODAY)
    args = (kept.school.actor("vice"), kept.school.year_id, Period.HK2, *days)
    assert refused(kept, kept.control.open_window, *args).code == "role_required"
    give(kept, power=Power.OPEN_SHUT)
    assert kept.control.may_press(kept.school.actor("vice"), kept.school.year_id)
    kept.control.open_window(*args)


def test_the_delegate_is_reminded_of_cases(kept):
    checked(kept)
    view = Tasks(kept.school.uow, kept.school.clock)

    def kinds():
        overview = view.overview(kept.school.actor("vice"), kept.school.year_id)
        return {task.kind.value for task in overview.tasks}

    before = kinds()
    give(kept)
    assert "approve_case" in kinds() - before
