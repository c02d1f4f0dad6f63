"""Rules that the journeys of the founding papers pass through, tried at their edges."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.delegations import Power
from app.domain.periods import PRIMARY_TERMS, Period, Term
from app.domain.rule_catalogue import BY_KEY
from app.domain.rules import RuleSet
from app.errors import AccessDenied, AppError
from app.readmodels.home import Duty, TaskKind
from app.services.dated_duties import next_meeting
from app.services.delegations import Delegations
from app.services.required_papers import asked_papers, has_booklet, has_teacher_books
from app.services.rule_book import RuleBook
from app.services.ruled_windows import WINDOW_OF
from app.services.tasks import Tasks
from tests.support.correction_case import WITNESSES, checked, locked_book
from tests.support.primary_school import make_primary
from tests.support.record_book import book
from tests.support.rules import settle
from tests.support.school import make_school

TODAY = date(2026, 11, 23)


def refusal(call, *args, **named) -> AppError:
    with pytest.raises(AppError) as caught:
        call(*args, **named)
    assert caught.value.sentence.endswith(".")
    return caught.value


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=2)
    yield made
    made.close()


# --- who approves, by name


def test_only_people_of_the_office_are_offered_and_named(school):
    uid = school.uid
    assert refusal(settle, school, {"correction.people.marks": "ai.do"}).code == "no_such_account"
    for who in ("secretary", "admin", "toan"):
        error = refusal(settle, school, {"correction.people.marks": uid(who)})
        assert error.code == "names_decide_nothing"
    settle(school, {"correction.people.marks": f"{uid('vice')},{uid('principal')}"})
    board = RuleBook(school.uow, school.clock).board(school.actor("toan"), school.year_id)
    line = next(x for x in board.lines if x.spec.key == "correction.people.marks")
    assert line.words.endswith("duyệt: Lê Văn Khải, Phạm Thị Hồng Nhung.")
    assert {name for _, name in line.people} == {"Lê Văn Khải", "Phạm Thị Hồng Nhung"}


def test_an_office_is_not_taken_away_from_under_a_name(school):
    settle(school, {"correction.people.conduct": school.uid("vice")})
    error = refusal(settle, school, {"correction.approve.conduct": "principal"})
    assert error.code == "names_decide_nothing"
    assert "Phạm Thị Hồng Nhung" in error.sentence
    settle(school, {"correction.approve.conduct": "principal", "correction.people.conduct": ""})


def test_whoever_is_not_named_neither_approves_nor_gives_the_power_away(tmp_path):
    kept = locked_book(tmp_path)
    school = kept.school
    case = checked(kept)
    settle(school, {"correction.people.marks": school.uid("vice")})
    error = refusal(kept.cases.approve, school.signer("principal"), case.id, WITNESSES)
    assert isinstance(error, AccessDenied)
    assert "Phạm Thị Hồng Nhung" in error.sentence
    days = (TODAY, TODAY, "1/QĐ", TODAY)
    give, taker = Delegations(school.uow, school.clock).give, school.accounts_by_key["gdcd"]
    error = refusal(give, school.actor("principal"), Power.APPROVE_MARKS, taker, *days)
    assert error.code == "power_not_held"
    give(school.actor("vice"), Power.APPROVE_MARKS, taker, *days)
    kept.cases.approve(school.signer("gdcd"), case.id, WITNESSES)


# --- witnesses


@pytest.mark.parametrize(
    ("parties", "names", "missing"),
    [
        ("board", ["Ai Đó", "Người Khác"], "ban quản lý hệ thống"),
        ("board", ["Trần Thị Mai", "Ai Đó"], ""),
        ("requester", ["Trần Thị Mai", "Ai Đó"], "người đề nghị sửa"),
        ("requester", ["Trần Thị Mai", "  lý thị ngọc"], ""),
        ("leaders", ["Trần Thị Mai", "Ai Đó"], ""),  # who approves leads
    ],
)
def test_the_parties_of_witnesses(tmp_path, parties, names, missing):
    kept = locked_book(tmp_path)
    settle(kept.school, {"correction.witness_parties": parties})
    case, signer = checked(kept), kept.school.signer("principal")
    if not missing:
        kept.cases.approve(signer, case.id, names)
        return
    error = refusal(kept.cases.approve, signer, case.id, names)
    assert error.code == "witness_parties"
    assert missing in error.sentence


# --- windows of primary schools


def test_every_ky_of_a_primary_year_has_its_rule():
    assert set(WINDOW_OF) == set(PRIMARY_TERMS)


def test_a_window_inside_the_rule_only_and_mo_bo_sung_beside_it(tmp_path):
    kept = make_primary(tmp_path, windows=False)
    school = kept.school
    settle(school, {"window.gk1": "11-20/11-30"})
    control, principal = kept.work("principal").control, school.actor("principal")
    first, last = date(2026, 11, 20), date(2026, 11, 30)
    day = timedelta(days=1)
    for opens, closes in ((first - day, last), (first, last + day), (last + day, last + day)):
        args = (principal, school.year_id, Period.GK1, opens, closes, "9/QĐ", TODAY)
        assert refusal(control.open_window, *args).code == "window_outside_rule"
    control.open_window(principal, school.year_id, Period.GK1, first, last, "9/QĐ", TODAY)
    control.open_window(principal, school.year_id, Period.CK1, first, last, "9/QĐ", TODAY)
    late = (principal, school.class_id, None, Period.GK1, last, last + 9 * day, "70/QĐ", TODAY)
    control.open_late(*late)
    assert control.ruled_days(school.year_id, Period.GK1) == (first, last)
    assert control.ruled_days(school.year_id, Period.HK1) is None


# --- what must be printed and used


def test_required_parts_count_as_papers_and_the_usage_book_by_its_own_rule():
    rules = RuleSet({"print.papers": "summary", "modules.required": "learner_record,attendance"})
    assert asked_papers(rules) == {"summary", "learner_record", "attendance"}
    encouraged = {"print.papers": "summary,learner_record", "modules.optional": "learner_record"}
    assert asked_papers(RuleSet(encouraged)) == {"summary", "class_book"}
    with_book = RuleSet({"print.papers": "summary", "correction.usage_book": "1"})
    assert asked_papers(with_book) == {"summary", "class_book", "usage_book"}


@pytest.mark.parametrize(
    ("printed", "pupils", "enough"),
    [
        ((), 2, False),
        ((("report_booklet_year", None),), 2, True),
        ((("report_booklet_opening", None),), 2, False),
        ((("report_booklet_year", 1), ("report_booklet", 1)), 2, False),
        ((("report_booklet_year", 1), ("report_booklet", 2)), 2, True),
        ((), 0, False),
    ],
)
def test_booklets_count_by_the_class_or_one_by_one(printed, pupils, enough):
    runs = [SimpleNamespace(kind=kind, pupil_id=pupil) for kind, pupil in printed]
    assert has_booklet(runs, pupils) is enough


@pytest.mark.parametrize(
    ("printed", "enough"),
    [
        ((), False),
        ((("teacher_book_blank", 1),), False),
        ((("teacher_book_blank", 1), ("teacher_book", 2)), True),
        ((("class_book", None), ("teacher_book", 2)), False),
    ],
)
def test_a_teachers_book_of_every_subject(printed, enough):
    runs = [SimpleNamespace(kind=kind, subject_id=subject) for kind, subject in printed]
    assert has_teacher_books(runs, frozenset({1, 2})) is enough


def test_attendance_is_asked_at_the_close_only_where_it_is_required(school):
    kept = book(school)
    kept.fill(Term.HK1)
    report = kept.closing.report
    assert report(school.class_id, Period.HK1).complete
    settle(school, {"modules.required": "class_book,attendance"})
    (finding,) = report(school.class_id, Period.HK1).findings
    assert (finding.subject, finding.blocking) == ("Điểm danh", True)
    args = (school.signer("principal"), school.class_id, Period.HK1, "57/QĐ")
    assert refusal(kept.closing.close, *args).code == "incomplete"
    kept.closing.close(*args, "Điểm danh còn trên giấy năm nay")


def test_proof_reading_is_asked_as_a_required_part_too(school):
    kept = book(school)
    kept.fill(Term.HK1)
    settle(school, {"modules.required": "class_book,proof_reading"})
    assert {f.subject for f in kept.closing.report(school.class_id, Period.HK1).findings} == {
        "Kiểm dò"
    }


# --- duties with a day


@given(st.dates(date(2026, 8, 1), date(2027, 7, 31)), st.integers(1, 28))
def test_the_next_meeting_is_never_past_and_never_far(today, day):
    found = next_meeting(RuleSet({"meeting.monthly_day": str(day)}), today)
    assert found.day == day
    assert timedelta(0) <= found - today <= timedelta(days=30)
    assert next_meeting(RuleSet(), today) is None


def duties(school, who: str) -> dict[Duty, object]:
    tasks = Tasks(school.uow, school.clock).overview(school.actor(who), school.year_id).tasks
    return {t.duty: t for t in tasks if t.kind is TaskKind.DUTY}


@pytest.mark.parametrize(("day", "seen"), [("12-14", True), ("12-15", False), ("09-01", True)])
def test_a_duty_shows_three_weeks_ahead_and_stays_after_its_day(school, day, seen):
    settle(school, {"print.summary_term_1": day})
    assert (Duty.SUMMARY_TERM_1 in duties(school, "secretary")) is seen
    assert duties(school, "toan") == {}
    assert BY_KEY["print.summary_term_1"].words(day).endswith(".")


def test_each_requester_is_asked_to_explain_own_cases_only(tmp_path):
    kept = locked_book(tmp_path)
    school = kept.school
    settle(school, {"meeting.monthly_day": "25"})
    assert duties(school, "secretary") == {}
    kept.corrected("tin_hoc", {(0, "HK1.gk"): "9"})
    assert duties(school, "secretary")[Duty.CORRECTION_LOG].left == 1
    assert duties(school, "tin_hoc")[Duty.EXPLAIN].total == 1
    assert duties(school, "ngu_van") == {}
