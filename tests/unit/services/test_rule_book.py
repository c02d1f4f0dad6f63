"""Settling rules: by whom, by which decision, from when; and everything that then obeys them."""

from datetime import date, timedelta

import pytest

from app.domain.periods import Period
from app.domain.roles import Role
from app.errors import AccessDenied, RuleRefused
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from app.services.rule_book import RuleAct, RuleBook
from app.services.rule_papers import RulePapers
from app.services.settings import Settings
from app.services.trail_review import TrailReview
from exports.press import Paper
from tests.support.correction_case import checked, lock
from tests.support.record_book import RecordBook
from tests.support.rules import settle
from tests.support.school import make_school

TODAY = date(2026, 11, 23)
ACT = RuleAct("41/QĐ-THCS", TODAY, TODAY)


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=3)
    yield made
    made.close()


@pytest.fixture
def rules(school):
    return RuleBook(school.uow, school.clock)


def choose(school, profile, act=ACT):
    book = RuleBook(school.uow, school.clock)
    return book.choose(school.actor("principal"), school.year_id, profile, act)


def refusal(call, *args, kind=RuleRefused):
    with pytest.raises(kind) as caught:
        call(*args)
    return caught.value


def test_a_school_that_chose_nothing_has_the_general_rules(school, rules):
    board = rules.board(school.actor("toan"), school.year_id)
    assert (board.version, board.versions) == (None, ())
    assert board.profile_title == "Quy định chung"
    assert not board.may_change
    assert rules.board(school.actor("principal"), school.year_id).may_change


def test_a_profile_and_a_change_are_versions_that_stay_readable(school, rules):
    choose(school, "secondary_decision_1323")
    school.clock.advance(timedelta(days=10))
    later = school.clock.today()
    act = RuleAct("52/QĐ-THCS", later, later, "Theo họp hội đồng")
    rules.change(school.actor("principal"), school.year_id, {"due.regular_days": "10"}, act)
    board = rules.board(school.actor("principal"), school.year_id)
    assert [(v.number, v.starts_on, v.decision_no) for v in board.versions] == [
        (2, later, "52/QĐ-THCS"), (1, TODAY, "41/QĐ-THCS"),
    ]  # fmt: skip
    now = {line.spec.key: line for line in board.lines}
    assert (now["due.regular_days"].value, now["due.regular_days"].own) == ("10", True)
    assert (now["due.periodic_days"].value, now["due.periodic_days"].own) == ("14", False)
    first = {line.spec.key: line.value for line in rules.lines_of(board.versions[1])}
    assert first["due.regular_days"] == "7"
    said = TrailReview(school.uow).lines(school.actor("principal"))[0].sentence
    assert "52/QĐ-THCS" in said
    assert "10 ngày" in said
    assert "7 ngày" in said


def test_rules_decided_for_later_wait_for_their_day(school, rules):
    principal = school.actor("principal")
    soon = TODAY + timedelta(days=7)
    act = RuleAct("41/QĐ-THCS", TODAY, soon)
    rules.change(principal, school.year_id, {"attendance.due_day": "6"}, act)
    value = {x.spec.key: x.value for x in rules.board(principal, school.year_id).lines}
    assert value["attendance.due_day"] == "5"
    school.clock.advance(timedelta(days=7))
    value = {x.spec.key: x.value for x in rules.board(principal, school.year_id).lines}
    assert value["attendance.due_day"] == "6"


@pytest.mark.parametrize("who", ["vice", "secretary", "admin", "toan"])
def test_only_the_principal_settles_rules(school, rules, who):
    before = school.trail_kinds()
    error = refusal(
        rules.choose, school.actor(who), school.year_id, "general", ACT, kind=AccessDenied
    )
    assert error.code == "role_required"
    change = {"due.regular_days": "7"}
    refusal(rules.change, school.actor(who), school.year_id, change, ACT, kind=AccessDenied)
    assert school.trail_kinds() == before


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (RuleAct(" ", TODAY, TODAY), "decision_required"),
        (RuleAct("41/QĐ", None, TODAY), "decision_required"),
        (RuleAct("4" * 61, TODAY, TODAY), "text_too_long"),
        (RuleAct("41/QĐ", TODAY + timedelta(days=1), TODAY), "decision_day"),
        (RuleAct("41/QĐ", TODAY, None), "rules_start"),
        (RuleAct("41/QĐ", TODAY, date(2026, 1, 1)), "rules_start"),
        (RuleAct("41/QĐ", TODAY, date(2028, 1, 1)), "rules_start"),
        (RuleAct("41/QĐ", TODAY, TODAY, "x" * 301), "text_too_long"),
    ],
)
def test_a_choice_without_its_decision_is_refused(school, act, code):
    before = school.trail_kinds()
    assert refusal(choose, school, "secondary_decision_1323", act).code == code
    assert school.trail_kinds() == before


def test_what_cannot_be_chosen(school, rules):
    assert refusal(choose, school, "nothing").code == "profile_unknown"
    principal = school.actor("principal")
    bad = refusal(rules.change, principal, school.year_id, {"due.regular_days": "99"}, ACT)
    assert bad.code == "rule_value_invalid"
    choose(school, "secondary_decision_1323")
    assert refusal(choose, school, "secondary_decision_1323").code == "rules_same"
    earlier = RuleAct("40/QĐ", TODAY, TODAY - timedelta(days=1))
    assert refusal(choose, school, "general", earlier).code == "rules_order"


def test_a_new_year_begins_under_the_rules_of_the_year_before(school, rules):
    choose(school, "upper_decision_1019")
    year = school.setup.add_year(school.actor("secretary"), "2027-2028").payload
    board = rules.board(school.actor("principal"), year.id)
    assert board.profile_title.startswith("THPT")
    assert board.version.decision_no == "41/QĐ-THCS"
    assert "2026-2027" in board.version.note
    act = RuleAct("60/QĐ-THCS", TODAY, date(2027, 9, 1))
    rules.change(school.actor("principal"), year.id, {"attendance.due_day": "7"}, act)
    before = rules.board(school.actor("principal"), school.year_id)
    old = {line.spec.key: line.value for line in before.lines}
    assert old["attendance.due_day"] == "6", "the earlier year keeps the rules then in force"


def test_choices_say_what_they_would_change(school, rules):
    by_code = {choice.code: choice for choice in rules.choices(school.year_id)}
    assert by_code["general"].differs == ()
    assert any("7 ngày" in line for line in by_code["secondary_decision_1323"].differs)
    assert "1019/QĐ-SGDĐT" in by_code["upper_decision_1019"].paper


# --- what obeys the rules


def sheet_of(school):
    return SheetId(school.class_id, school.subjects["toan"])


def open_term(school):
    days = (date(2026, 9, 1), date(2027, 1, 31), "9/QĐ", TODAY)
    control = EntryControl(school.uow, school.clock)
    control.open_window(school.actor("principal"), school.year_id, Period.HK1, *days)


def test_due_days_are_reckoned_and_a_teacher_gets_no_later_one(school):
    open_term(school)
    choose(school, "secondary_decision_1323")
    entry, teacher, sheet = MarkEntry(school.uow, school.clock), school.actor("toan"), None
    sheet = sheet_of(school)
    entry.set_dates(teacher, sheet, "HK1.tx1", TODAY, None)
    entry.set_dates(teacher, sheet, "HK1.gk", TODAY, None)
    columns = {c.key: c for c in entry.open(teacher, sheet).columns}
    assert columns["HK1.tx1"].due_on == TODAY + timedelta(days=7)
    assert columns["HK1.gk"].due_on == TODAY + timedelta(days=14)
    late = TODAY + timedelta(days=8)
    bad = refusal(entry.set_dates, teacher, sheet, "HK1.tx2", TODAY, late)
    assert bad.code == "due_after_rule"
    entry.set_dates(school.actor("vice"), sheet, "HK1.tx2", TODAY, late)
    early = TODAY + timedelta(days=2)
    entry.set_dates(teacher, sheet, "HK1.tx3", TODAY, early)
    columns = {c.key: c for c in entry.open(teacher, sheet).columns}
    assert (columns["HK1.tx2"].due_on, columns["HK1.tx3"].due_on) == (late, early)


def test_due_days_may_count_from_the_return_of_the_papers(school):
    open_term(school)
    choose(school, "upper_decision_1019")
    entry, teacher, sheet = MarkEntry(school.uow, school.clock), school.actor("toan"), None
    sheet = sheet_of(school)
    back = TODAY + timedelta(days=3)
    bad = refusal(entry.set_dates, teacher, sheet, "HK1.tx1", back, None, TODAY)
    assert bad.code == "returned_before_test"
    entry.set_dates(teacher, sheet, "HK1.tx1", TODAY, None, back)
    column = next(c for c in entry.open(teacher, sheet).columns if c.key == "HK1.tx1")
    assert (column.returned_on, column.due_on) == (back, back + timedelta(days=5))
    said = TrailReview(school.uow).lines(school.actor("principal"))[0].sentence
    assert "trả bài (trống) → 26/11/2026" in said


def test_fast_entry_may_be_forbidden_to_everybody(school):
    open_term(school)
    teacher, sheet = school.actor("toan"), sheet_of(school)
    Settings(school.uow, school.clock).set_fast_entry(teacher, on=True)
    entry = MarkEntry(school.uow, school.clock)
    key = CellKey(school.pupils[0], "HK1.tx1")
    entry.set_cells(teacher, sheet, {key: "75"}, "key")
    settle(school, {"entry.fast_allowed": "0"})
    bad = refusal(entry.set_cells, teacher, sheet, {key: "85"}, "key")
    assert "85" in bad.sentence


def test_the_rules_say_who_presses(school):
    control = EntryControl(school.uow, school.clock)
    days = (TODAY, TODAY, "9/QĐ", TODAY)
    settle(school, {"book.pressers": "principal,secretary"})
    for who, may in (("principal", True), ("secretary", True), ("vice", False), ("admin", False)):
        actor = school.actor(who)
        assert control.may_press(actor, school.year_id) is may
        if may:
            control.open_window(actor, school.year_id, Period.HK1, *days)
        else:
            args = (actor, school.year_id, Period.HK1, *days)
            assert refusal(control.open_window, *args, kind=AccessDenied).code == "role_required"


@pytest.fixture
def kept(school):
    book = RecordBook(school)
    book.open_entry()
    book.enter("tin_hoc", {(at, c): "8" for at in range(3) for c in ("HK1.gk", "HK1.ck")})
    lock(book, "HK1.gk", "HK1.ck")
    return book


def declare(kept, column="HK1.gk", book="trang 2", paper="túi 4", late=""):
    return kept.cases.declare(
        kept.school.actor("tin_hoc"), kept.sheet("tin_hoc"), {kept.key(0, column): "9"},
        "Nhầm cột", book, paper, late,
    )  # fmt: skip


def test_the_rules_name_the_approver_of_marks(kept):
    school = kept.school
    settle(school, {"correction.approve.marks": "principal"})
    case = checked(kept)
    witnesses = ["Lê Thị A", "Trần Văn B"]
    error = refusal(
        kept.cases.approve, school.signer("vice"), case.id, witnesses, kind=AccessDenied
    )
    assert (error.code, error.facts["needed"]) == ("role_required", (Role.PRINCIPAL,))
    settle(school, {"correction.approve.marks": "academic_vice"})
    refusal(kept.cases.approve, school.signer("principal"), case.id, witnesses, kind=AccessDenied)
    school.accounts.grant(
        school.actor("principal"), school.accounts_by_key["vice"], Role.ACADEMIC_VICE
    )
    kept.cases.approve(school.signer("vice"), case.id, witnesses)


def test_the_rules_ask_for_evidence_and_witnesses(kept):
    school = kept.school
    missing = refusal(declare, kept, "HK1.gk", "trang 2", "")
    assert missing.code == "evidence_required"
    assert "bài kiểm tra" in missing.sentence
    settle(school, {"correction.evidence": "book", "correction.witnesses": "3"})
    case = declare(kept, paper="").payload
    kept.take_in(case)
    kept.cases.check(school.actor("ngu_van"), case.id, "")
    two = ["Lê Thị A", "Trần Văn B"]
    few = refusal(kept.cases.approve, school.signer("principal"), case.id, two)
    assert few.code == "witnesses_required"
    assert "3 người" in few.sentence
    kept.cases.approve(school.signer("principal"), case.id, [*two, "Ngô Văn C"])


def test_no_witness_is_asked_for_where_the_rules_ask_for_none(kept):
    settle(kept.school, {"correction.witnesses": ""})
    case = checked(kept)
    assert kept.cases.approve(kept.school.signer("principal"), case.id, []).payload.witnesses == ()


def test_the_cutoff_counts_back_from_the_final_exam(kept):
    school = kept.school
    ids = kept.column_ids("tin_hoc", "HK1.ck")
    kept.control.unlock_columns(school.actor("secretary"), school.class_id, ids, "7/QĐ")
    final = TODAY + timedelta(days=6)
    sheet = kept.sheet("tin_hoc")
    kept.marks.set_dates(school.actor("vice"), sheet, "HK1.ck", final, None)
    lock(kept, "HK1.ck")
    settle(school, {"correction.cutoff_days": "7", "meeting.review_term_1": "01-10"})
    late = refusal(declare, kept)
    assert late.code == "past_cutoff"
    assert "22/11/2026" in late.sentence
    declare(kept, "HK1.ck")
    settle(school, {"correction.late_allowed": "0"})
    assert refusal(declare, kept, "HK1.gk", "a", "b", "Mới thấy").code == "cutoff_final"
    kept.cases.set_cutoff(school.actor("vice"), school.year_id, Period.HK1, TODAY)
    declare(kept)


def test_the_table_is_printed_as_a_numbered_paper(school):
    choose(school, "secondary_decision_1323")
    papers = RulePapers(school.uow, school.clock, Paper())
    table = papers.table(school.actor("secretary"), school.year_id)
    assert table.decision == "văn bản số 41/QĐ-THCS ngày 23/11/2026"
    assert sum(len(group.rows) for group in table.groups) > 30
    rows = {row.title: row for group in table.groups for row in group.rows}
    by_hand = rows["Khuyến khích"]
    assert by_hand.kept == "trường"
    assert "trường tự vận động" in by_hand.words
    assert rows["In bìa và lí lịch học bạ"].kept == "máy nhắc"
    printed = papers.print_table(school.actor("secretary"), school.year_id).payload
    again = papers.print_table(school.actor("secretary"), school.year_id).payload
    assert printed.run.data_digest == again.run.data_digest
    assert printed.pdf.pages >= 2
    refusal(papers.print_table, school.actor("toan"), school.year_id, kind=AccessDenied)
