"""The list of cases and one case whole, over the real file: names, turns, effects, rights."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.corrections import Step
from app.domain.marks import mark_text
from app.domain.periods import Period, Term
from app.readmodels.correction_case import CaseActs, Turn
from app.services.class_results import load_class
from app.services.correction_board import CorrectionBoard
from app.services.correction_effects import DASH
from tests.support.record_book import RecordBook, book
from tests.support.school import TestSchool, make_school

DAY_BEFORE_CUTOFF = date(2026, 11, 29)


@pytest.fixture
def school(tmp_path) -> TestSchool:
    return make_school(tmp_path)


@pytest.fixture
def closed(school: TestSchool) -> RecordBook:
    """Both terms typed, the first one closed."""
    made = book(school)
    made.fill()
    made.close(Period.HK1)
    return made


def board(school: TestSchool) -> CorrectionBoard:
    return CorrectionBoard(school.uow, school.clock)


def test_a_declared_case_waits_for_the_second_person(school: TestSchool, closed: RecordBook):
    case = closed.registered("toan", {(1, "HK1.ck"): "9,5"})
    asked = board(school).case(school.actor("toan"), case.id)
    assert (asked.row.turn, asked.row.mine, asked.row.for_me) == (Turn.CHECK, True, False)
    assert asked.may == CaseActs(withdraw=True, add_scan=True)
    assert asked.requester.name == "Nguyễn Thị Bình"
    assert asked.requester.duty == "Giáo viên Toán"
    assert [(c.column, c.term, c.new, c.moved) for c in asked.row.cells] == [
        ("ĐĐGck", Term.HK1, "9,5", False)
    ]
    secretary = board(school).case(school.actor("secretary"), case.id)
    assert secretary.row.for_me
    assert secretary.may == CaseActs(check=True, add_scan=True)
    principal = board(school).rows(school.actor("principal"), school.year_id)
    assert [row.for_me for row in principal] == [False]


def test_whoever_asked_or_checked_is_not_offered_as_approver(
    school: TestSchool, closed: RecordBook
):
    case = closed.registered("toan", {(1, "HK1.ck"): "9,5"})
    closed.cases.check(school.actor("vice"), case.id, "khớp")
    view = board(school).case(school.actor("vice"), case.id)
    assert [p.name for p in view.approvers] == ["Lê Văn Khải"]
    assert not view.row.for_me
    assert board(school).case(school.actor("principal"), case.id).row.for_me


def test_the_approver_signed_in_comes_first_and_is_no_witness(
    school: TestSchool, closed: RecordBook
):
    case = closed.registered("toan", {(1, "HK1.ck"): "9,5"})
    closed.cases.check(school.actor("secretary"), case.id, "khớp")
    by_vice = board(school).case(school.actor("vice"), case.id)
    assert [p.name for p in by_vice.approvers] == ["Phạm Thị Hồng Nhung", "Lê Văn Khải"]
    assert [p.name for p in by_vice.witnesses] == ["Lê Văn Khải", "Trần Thị Mai", "Nguyễn Thị Bình"]
    by_teacher = board(school).case(school.actor("toan"), case.id)
    assert by_teacher.approvers[0].name == "Lê Văn Khải"
    assert "Lê Văn Khải" not in [p.name for p in by_teacher.witnesses]


def test_what_follows_is_computed_by_the_circular(school: TestSchool, closed: RecordBook):
    case = closed.declared("toan", {(1, "HK1.ck"): "0"})
    view = board(school).case(school.actor("principal"), case.id)
    with school.uow.read() as uow:
        facts = load_class(uow, school.class_id)
    year = facts.pupil_year(school.pupils[1])
    at = next(n for n, s in enumerate(facts.subjects) if s.code == "toan")
    now = facts.regulation.results(year)
    told = {effect.what: effect for effect in view.knock_on}
    assert told["ĐTBmhkI Toán"].old == mark_text(now.subjects[at].hk1)
    assert told["ĐTBmcn Toán"].old == mark_text(now.subjects[at].year)
    assert told["ĐTBmhkI Toán"].changes
    assert told["Mức học tập học kì I"].old == now.learning_hk1.final
    assert int(told["ĐTBmhkI Toán"].new.replace(",", "")) < now.subjects[at].hk1


def test_what_follows_reads_the_same_after_the_case_was_written(
    school: TestSchool, closed: RecordBook
):
    case = closed.registered("toan", {(1, "HK1.ck"): "0"})
    before = board(school).case(school.actor("principal"), case.id).knock_on
    closed.cases.check(school.actor("secretary"), case.id, "khớp")
    closed.cases.approve(school.signer("principal"), case.id, ["Một Người", "Hai Người"])
    closed.cases.apply(school.actor("toan"), case.id)
    after = board(school).case(school.actor("principal"), case.id)
    assert after.knock_on == before
    assert after.may == CaseActs(print_minutes=True)
    assert after.cells_stand


def test_an_average_that_is_not_known_yet_is_a_dash(school: TestSchool):
    made = book(school, Period.HK1)
    made.enter("toan", {(0, "HK1.ck"): "5"})
    made.close(Period.HK1, reason="Lớp mẫu")
    case = made.declared("toan", {(0, "HK1.ck"): "6"})
    effects = board(school).case(school.actor("principal"), case.id).knock_on
    assert [(e.what, e.old, e.new) for e in effects] == [
        ("ĐTBmhkI Toán", DASH, DASH),
        ("Mức học tập học kì I", DASH, DASH),
    ]


def test_a_cell_that_moved_on_is_seen(school: TestSchool, closed: RecordBook):
    case = closed.declared("toan", {(1, "HK1.ck"): "9,5"})
    column = closed.column_ids("toan", "HK1.ck")[0]
    closed.tampered(
        f"UPDATE mark SET value = 11 WHERE assessment_id = {column} "
        f"AND pupil_id = {school.pupils[1]}"
    )
    view = board(school).case(school.actor("principal"), case.id)
    assert not view.cells_stand


def test_late_cases_are_told(school: TestSchool, closed: RecordBook):
    closed.cases.set_cutoff(
        school.actor("principal"), school.year_id, Period.HK1, date(2026, 11, 22)
    )
    draft = board(school).draft(
        school.actor("toan"), closed.sheet("toan"), [closed.key(0, "HK1.ck")]
    )
    assert draft.past_cutoff
    assert draft.cutoff == date(2026, 11, 22)
    case = closed.declared("toan", {(0, "HK1.ck"): "10"}, "Mới tìm thấy bài kiểm tra")
    view = board(school).case(school.actor("principal"), case.id)
    assert not view.in_time


def test_a_draft_says_why_a_cell_cannot_be_declared(school: TestSchool, closed: RecordBook):
    closed.declared("toan", {(0, "HK1.ck"): "10"})
    keys = [closed.key(0, "HK1.ck"), closed.key(1, "HK1.ck"), closed.key(2, "HK2.ck")]
    draft = board(school).draft(school.actor("toan"), closed.sheet("toan"), [*keys, keys[1]])
    problems = [cell.problem for cell in draft.cells]
    assert len(problems) == 3
    assert "hồ sơ số 01" in problems[0]
    assert problems[1] == ""
    assert "đang mở" in problems[2]
    assert not draft.past_cutoff


def test_teachers_see_their_own_classes_only(school: TestSchool, closed: RecordBook):
    closed.declared("toan", {(0, "HK1.ck"): "10"})
    closed.declared("ngu_van", {(0, "HK1.ck"): "10"})

    def seen(who: str) -> list[int]:
        return [row.number for row in board(school).rows(school.actor(who), school.year_id)]

    assert seen("principal") == [2, 1]
    assert seen("homeroom") == [2, 1]
    assert seen("ngu_van") == [2]
    assert seen("tin_hoc") == []


def test_a_case_expires_on_the_row_before_it_is_written_down(
    school: TestSchool, closed: RecordBook
):
    case = closed.registered("toan", {(0, "HK1.ck"): "10"})
    closed.cases.check(school.actor("secretary"), case.id, "khớp")
    closed.cases.approve(school.signer("principal"), case.id, ["Một Người", "Hai Người"])
    row = board(school).rows(school.actor("toan"), school.year_id)[0]
    assert (row.step, row.turn, row.for_me) == (Step.APPROVED, Turn.APPLY, True)
    now = school.clock.now()
    assert not row.is_expired(now + timedelta(minutes=15))
    assert row.is_expired(now + timedelta(minutes=15, seconds=1))


def test_a_comment_subject_is_told_in_levels(school: TestSchool, closed: RecordBook):
    case = closed.declared("gdtc", {(0, "HK1.ck"): "CĐ"})
    view = board(school).case(school.actor("principal"), case.id)
    assert (view.row.cells[0].old, view.row.cells[0].new) == ("Đ", "CĐ")
    told = {effect.what: (effect.old, effect.new) for effect in view.knock_on}
    assert told["Kết quả học kì I Giáo dục thể chất"] == ("Đ", "CĐ")
