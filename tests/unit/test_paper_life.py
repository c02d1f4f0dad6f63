"""The life of a printed paper: stations in order, the last one taken back first, one loan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import VIETNAM
from app.domain import paper_rules as rules
from app.domain.ids import AccountId, PrintRunId
from app.domain.paper_life import (
    PaperAct,
    PaperEvent,
    PaperLife,
    PaperSigner,
    PaperStep,
    StepState,
    steps_of,
)
from app.domain.print_runs import (
    CLASS_BOOK,
    CLASS_BOOK_MARKS,
    CLASS_BOOK_OPENING,
    PAPER_NAMES,
    REPORT_BOOKLET,
    TRANSFER_PACK,
)
from app.errors import RuleRefused

PRINTED = datetime(2027, 1, 7, 9, 30, tzinfo=VIETNAM)
TRANG, YEN = PaperSigner(AccountId(4), "Lê Thu Trang"), PaperSigner(AccountId(5), "Chu Hải Yến")
NAME = "Bản in số 0002"


def event(act=PaperAct.DONE, step=None, person=None, people="", place="", **more) -> PaperEvent:
    return PaperEvent(
        PrintRunId(1), act, PRINTED, AccountId(1), more.pop("on", PRINTED.date()), step, person,
        people, place, **more,
    )  # fmt: skip


def paper(kind=CLASS_BOOK_MARKS, *events, **more) -> PaperLife:
    signers = more.pop("signers", (TRANG, YEN) if kind == CLASS_BOOK_MARKS else ())
    return PaperLife(PrintRunId(1), kind, PRINTED, signers, events, **more)


def after(life: PaperLife, *events: PaperEvent) -> PaperLife:
    return replace(life, events=(*life.events, *events))


def signed() -> PaperLife:
    """Both teachers and the GVCN."""
    return paper(
        CLASS_BOOK_MARKS,
        event(step=PaperStep.TEACHERS, person=TRANG.account_id),
        event(step=PaperStep.TEACHERS, person=YEN.account_id),
        event(step=PaperStep.HOMEROOM),
    )


def stored(kind=CLASS_BOOK_MARKS) -> PaperLife:
    life = paper(kind, signers=())
    for step in steps_of(kind):
        life = after(life, event(step=step, people="Trần Thị Mai", place="Tủ 2, ngăn 3"))
        if step is PaperStep.STORE:
            break
    return life


def refused(code: str, call, *args) -> str:
    with pytest.raises(RuleRefused) as caught:
        call(*args)
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")
    return caught.value.sentence


@pytest.mark.parametrize("kind", [*PAPER_NAMES, "a kind of next year"])
def test_every_kind_has_its_stations_in_the_order_of_the_board(kind):
    steps = steps_of(kind)
    assert steps
    assert list(steps) == sorted(steps, key=list(PaperStep).index)
    assert paper(kind).current is steps[0]


def test_missing_teachers_are_named_until_the_last_has_signed():
    life = paper()
    assert [one.name for one in life.missing()] == ["Lê Thu Trang", "Chu Hải Yến"]
    life = after(life, event(step=PaperStep.TEACHERS, person=TRANG.account_id))
    assert [one.name for one in life.missing()] == ["Chu Hải Yến"]
    assert life.state(PaperStep.TEACHERS) is StepState.CURRENT
    sentence = refused("paper_step_early", rules.permit_step, life, NAME, PaperStep.HOMEROOM)
    assert "còn thiếu Chu Hải Yến" in sentence
    sentence = refused(
        "paper_step_done", rules.permit_step, life, NAME, PaperStep.TEACHERS, TRANG.account_id
    )
    assert sentence.startswith("Lê Thu Trang đã ký bản in số 0002")
    refused("paper_signer_unknown", rules.permit_step, life, NAME, PaperStep.TEACHERS)
    refused(
        "paper_signer_unknown", rules.permit_step, life, NAME, PaperStep.TEACHERS, AccountId(99)
    )


def test_a_step_that_the_kind_has_not_is_refused():
    refused(
        "paper_step_unknown", rules.permit_step, paper(CLASS_BOOK_OPENING), NAME, PaperStep.TEACHERS
    )
    assert paper(CLASS_BOOK_OPENING).state(PaperStep.TEACHERS) is StepState.NONE


def test_the_whole_book_waits_for_the_signature_on_screen():
    life = replace(signed(), kind=CLASS_BOOK, approved_on_screen=True)
    sentence = refused(
        "paper_approved_on_screen", rules.permit_step, life, NAME, PaperStep.PRINCIPAL
    )
    assert "Ký duyệt" in sentence
    refused("paper_step_early", rules.permit_step, life, NAME, PaperStep.STAMP)
    approved = replace(life, approved_on=date(2027, 1, 9))
    rules.permit_step(approved, NAME, PaperStep.STAMP)
    assert approved.waits_since == date(2027, 1, 9)
    # The data changed and the signature is void: the sealed paper waits for the principal again.
    sealed = after(approved, event(step=PaperStep.STAMP))
    assert replace(sealed, approved_on=None).current is PaperStep.PRINCIPAL


def test_only_the_last_station_is_taken_back():
    life = signed()
    refused(
        "paper_step_later_first",
        *(rules.permit_take_back, life, NAME, PaperStep.TEACHERS, YEN.account_id),
    )
    refused("paper_step_not_done", rules.permit_take_back, life, NAME, PaperStep.STAMP)
    rules.permit_take_back(life, NAME, PaperStep.HOMEROOM)
    life = after(life, event(PaperAct.TAKEN_BACK, PaperStep.HOMEROOM))
    rules.permit_take_back(life, NAME, PaperStep.TEACHERS, YEN.account_id)
    life = after(life, event(PaperAct.TAKEN_BACK, PaperStep.TEACHERS, YEN.account_id))
    assert life.missing() == (YEN,)
    assert [e.person for e in life.noted(PaperStep.TEACHERS)] == [TRANG.account_id]


def test_keeping_moving_lending_and_coming_back():
    life = stored()
    assert (life.keeper, life.place, life.current) == ("Trần Thị Mai", "Tủ 2, ngăn 3", None)
    life = after(
        life, event(PaperAct.MOVED, PaperStep.STORE, people="Vũ An", place="Kho lưu trữ xã")
    )
    assert (life.keeper, life.place) == ("Vũ An", "Kho lưu trữ xã")
    rules.permit_loan(life, NAME)
    refused("paper_not_lent", rules.permit_return, life, NAME)
    due = date(2027, 2, 1)
    life = after(life, event(PaperAct.LENT, people="Thanh tra", due_on=due))
    assert not life.loan_overdue(due)
    assert life.loan_overdue(due + timedelta(days=1))
    for permit in (rules.permit_loan, rules.permit_move, rules.permit_discard):
        assert "Thanh tra" in refused("paper_lent", permit, life, NAME)
    refused("paper_lent", rules.permit_take_back, life, NAME, PaperStep.STORE)
    rules.permit_return(life, NAME)
    life = after(life, event(PaperAct.CAME_BACK))
    assert life.loan is None
    assert not life.loan_overdue(date(2030, 1, 1))
    life = after(life, event(PaperAct.TAKEN_BACK, PaperStep.STORE))
    assert (life.keeper, life.place, life.current) == ("", "", PaperStep.STORE)


def test_what_is_not_stored_is_neither_lent_nor_moved():
    refused("paper_not_stored", rules.permit_loan, signed(), NAME)
    refused("paper_not_stored", rules.permit_move, signed(), NAME)


def test_a_paper_put_aside_takes_nothing_more_until_it_is_used_again():
    life = after(signed(), event(PaperAct.DISCARDED, note="in nhầm lớp"))
    assert not life.waits
    for permit in (
        lambda: rules.permit_step(life, NAME, PaperStep.PRINCIPAL),
        lambda: rules.permit_take_back(life, NAME, PaperStep.HOMEROOM),
        lambda: rules.permit_loan(life, NAME),
        lambda: rules.permit_discard(life, NAME),
    ):
        assert "in nhầm lớp" in refused("paper_discarded", permit)
    rules.permit_restore(life, NAME)
    again = after(life, event(PaperAct.RESTORED))
    assert again.waits
    assert again.current is PaperStep.PRINCIPAL
    refused("paper_in_use", rules.permit_restore, again, NAME)


def test_learner_records_go_out_one_by_one_and_a_transfer_pack_once():
    records = stored(REPORT_BOOKLET)
    assert records.current is PaperStep.HAND_OUT
    assert not records.waits
    rules.permit_step(records, NAME, PaperStep.HAND_OUT, None, "Bùi Hoài An")
    records = after(records, event(step=PaperStep.HAND_OUT, people="Bùi Hoài An"))
    rules.permit_step(records, NAME, PaperStep.HAND_OUT, None, "Trịnh Bảo An")
    refused(
        "paper_step_done",
        *(rules.permit_step, records, NAME, PaperStep.HAND_OUT, None, "Bùi Hoài An"),
    )
    pack = paper(TRANSFER_PACK, event(step=PaperStep.PRINCIPAL), event(step=PaperStep.STAMP))
    assert pack.waits
    pack = after(pack, event(step=PaperStep.HAND_OUT, people="Mẹ học sinh"))
    refused("paper_step_done", rules.permit_step, pack, NAME, PaperStep.HAND_OUT, None, "Bố")


def permit(life: PaperLife, act: PaperAct, step: PaperStep, person: AccountId | None) -> None:
    """What a service asks before it writes such an event."""
    match act:
        case PaperAct.DONE:
            rules.permit_step(life, NAME, step, person)
        case PaperAct.TAKEN_BACK:
            rules.permit_take_back(life, NAME, step, person)
        case PaperAct.MOVED:
            rules.permit_move(life, NAME)
        case PaperAct.LENT:
            rules.permit_loan(life, NAME)
        case PaperAct.CAME_BACK:
            rules.permit_return(life, NAME)
        case PaperAct.DISCARDED:
            rules.permit_discard(life, NAME)
        case PaperAct.RESTORED:
            rules.permit_restore(life, NAME)


_PEOPLE = st.sampled_from([None, TRANG.account_id, YEN.account_id])
_TRIES = st.lists(
    st.tuples(st.sampled_from(list(PaperAct)), st.sampled_from(list(PaperStep)), _PEOPLE),
    max_size=40,
)


@given(st.sampled_from([CLASS_BOOK_MARKS, REPORT_BOOKLET, TRANSFER_PACK]), _TRIES)
def test_whatever_is_tried_the_stations_stay_in_order(kind, tries):
    """Only what the rules permit is written; then the done steps are always the first ones."""
    life = paper(kind)
    for act, step, person in tries:
        person = person if step is PaperStep.TEACHERS and life.signers else None
        try:
            permit(life, act, step, person)
        except RuleRefused:
            continue
        life = after(life, event(act, PaperStep.STORE if act is PaperAct.MOVED else step, person,
                                 people="Ai đó", place="Tủ 1"))  # fmt: skip
        done = [life.is_done(each) for each in life.steps]
        assert done == sorted(done, reverse=True)
        assert not (life.loan and not life.is_done(PaperStep.STORE))
        assert bool(life.place) == (PaperStep.STORE in life.steps and life.is_done(PaperStep.STORE))
