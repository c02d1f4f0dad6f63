"""Xét cuối năm: lists by the circular, proposal, approval, the summer, decisions and refusals."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.clock import VIETNAM
from app.domain.periods import Period, Term
from app.domain.print_runs import YEAR_LISTS
from app.domain.year_end import ListKind, YearStage
from app.errors import AccessDenied, AppError
from app.readmodels.class_book import BookPeriod, BookPromotion, BookScope
from app.readmodels.home import TaskKind
from app.readmodels.results_table import ResultsPeriod
from app.services.class_results import ClassResults, load_class
from app.services.period_close import period_digest
from app.services.printing import Printing
from app.services.results_assembly import results_table
from app.services.summer_results import SummerResults
from app.services.tasks import Tasks
from app.services.year_end import YearEnd
from exports.press import Paper, Tables
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school

SUMMER = (date(2026, 11, 1), date(2026, 12, 31))
"""The fixture's clock stands in November: the summer of these tests is then."""


class Office:
    """The year-end services over a record book, a sentence an act."""

    def __init__(self, kept: RecordBook) -> None:
        self.kept, self.school = kept, kept.school
        self.year_end = YearEnd(kept.school.uow, kept.school.clock)
        self.summer = SummerResults(kept.school.uow, kept.school.clock)

    def board(self, who: str = "principal"):
        return self.year_end.board(self.school.actor(who), self.school.class_id)

    def names(self, kind: ListKind) -> list[int]:
        return [line.position for line in self.board().lists[kind]]

    def propose(self, who: str = "homeroom"):
        return self.year_end.propose(self.school.actor(who), self.school.class_id)

    def approve(self, number: str = "62/QĐ-THCS", who: str = "principal"):
        return self.year_end.approve(self.school.signer(who), self.school.class_id, number)

    def decide(self, pupil: int, *, promoted=True, why="đủ điều kiện", number="63/QĐ", who=None):
        return self.year_end.decide(
            self.school.signer(who or "principal"), self.school.class_id,
            self.school.pupils[pupil], promoted=promoted, reason=why, decision_no=number,
        )  # fmt: skip

    def open_summer(self, days=SUMMER) -> None:
        self.kept.open_entry(Period.HE, days=days)

    def again(self, subject: str, pupil: int, text: str, paper="bài thi lại", who=None):
        return self.summer.set_reassessment(
            self.school.actor(who or subject), self.school.class_id, self.school.pupils[pupil],
            self.school.subjects[subject], text, paper,
        )  # fmt: skip

    def conduct(self, pupil: int, level: str, paper="báo cáo có chữ ký", who="homeroom"):
        return self.summer.set_conduct(
            self.school.actor(who), self.school.class_id, self.school.pupils[pupil], level, paper
        )


def refused(office: Office, call) -> AppError:
    """The call is refused and leaves nothing behind."""
    before = office.school.trail_kinds()
    with pytest.raises(AppError) as caught:
        call()
    assert office.school.trail_kinds() == before
    assert caught.value.sentence.endswith(".")
    return caught.value


@pytest.fixture
def office(tmp_path) -> Office:
    """Seven pupils, the year closed: 1 weak in two subjects, 2 Đ8 Chưa đạt, 3 both, 4 absent 46,
    5 without a mark, 6 and 7 as everybody.
    """
    kept = book(make_school(tmp_path, pupils=7))
    kept.fill()
    school = kept.school
    for subject in ("toan", "tin_hoc"):
        codes = [k for t in Term for k in kept.facts(subject).term_codes(t)]
        kept.enter(subject, {(n, c): "3" for n in (0, 2) for c in codes})
    for term in Term:
        edits = {(school.pupils[n], f"{term}.level"): "CĐ" for n in (1, 2)}
        edits[school.pupils[3], f"{term}.excused"] = "23"
        edits[school.pupils[3], f"{term}.unexcused"] = "0"
        kept.conduct.set_cells(school.actor("homeroom"), school.class_id, edits)
    kept.enter("ngu_van", {(4, "HK2.ck"): ""})
    kept.close(reason="một em chưa thi")
    return Office(kept)


def settled(office: Office) -> Office:
    """The year's lists approved."""
    office.decide(2, promoted=False)
    office.decide(4)
    office.propose()
    office.approve()
    return office


def test_every_pupil_stands_where_the_circular_says(office):
    board = office.board()
    positions = {kind: [line.position for line in lines] for kind, lines in board.lists.items()}
    assert positions == {
        ListKind.PROMOTED: [6, 7],
        ListKind.REASSESS: [1],
        ListKind.SUMMER_CONDUCT: [2],
        ListKind.RETAINED: [4],
        ListKind.AWARD: [],
        ListKind.UNDECIDED: [3, 5],
    }
    assert board.lists[ListKind.REASSESS][0].detail == "Toán, Tin học"
    assert [line.decidable for line in board.lists[ListKind.UNDECIDED]] == [True, True]
    assert not any(line.decidable for line in office.board("homeroom").lists[ListKind.UNDECIDED])
    assert "chủ nhiệm đề nghị" in board.next_step


def test_before_the_year_is_closed_nothing_is_proposed_or_decided(tmp_path):
    kept = book(make_school(tmp_path, pupils=2))
    kept.fill()
    office = Office(kept)
    assert "tạm tính" in office.board().next_step
    assert refused(office, office.propose).code == "year_not_closed"
    assert refused(office, lambda: office.decide(0)).code == "year_not_closed"
    assert refused(office, office.approve).code == "year_not_closed"


def test_only_the_gvcn_proposes_and_only_once(office):
    for who in ("principal", "tin_hoc", "secretary"):
        error = refused(office, lambda who=who: office.propose(who))
        assert isinstance(error, AccessDenied)
    office.propose()
    assert refused(office, office.propose).code == "already_proposed"


def test_the_principal_approves_what_was_proposed_and_signs(office):
    assert refused(office, office.approve).code == "not_proposed"
    office.propose()
    error = refused(office, office.approve)
    assert error.code == "principal_must_decide"
    assert error.facts["waiting"] == 2
    office.decide(2, promoted=False, why="hội đồng thống nhất")
    office.decide(4)
    # Deciding leaves a proposal standing: it says nothing about what the circular computes.
    assert refused(office, lambda: office.approve("  ")).code == "decision_required"
    for who in ("vice", "secretary", "homeroom"):
        assert isinstance(refused(office, lambda who=who: office.approve(who=who)), AccessDenied)
    office.approve()
    assert refused(office, office.approve).code == "not_proposed"  # the summer's lists are next
    with office.school.uow.read() as uow:
        point = uow.trail.last_checkpoint()
        (entry,) = uow.trail.entries(newest=1)
    assert (entry.kind, point.seq, point.reason) == ("lists.approve", entry.seq, "sign_off")
    board = office.board()
    assert board.stage is YearStage.SUMMER
    assert [line.position for line in board.lists[ListKind.RETAINED]] == [3, 4]
    assert [line.position for line in board.lists[ListKind.PROMOTED]] == [5, 6, 7]


def test_a_decision_is_for_pupils_the_circular_leaves_open(office):
    assert refused(office, lambda: office.decide(5)).code == "not_for_principal"
    assert refused(office, lambda: office.decide(0)).code == "not_for_principal"
    assert refused(office, lambda: office.decide(2, why=" ")).code == "reason_and_number"
    assert refused(office, lambda: office.decide(2, number="")).code == "reason_and_number"
    assert isinstance(refused(office, lambda: office.decide(2, who="vice")), AccessDenied)
    office.decide(2, promoted=True)
    office.decide(2, promoted=False)
    facts, results = ClassResults(office.school.uow).of_class(office.school.class_id)
    table = results_table(facts, results, ResultsPeriod.YEAR)
    assert table.rows[2].outcome == "Không được lên lớp"
    line = next(x for x in office.board().lists[ListKind.RETAINED] if x.position == 3)
    assert "Hiệu trưởng quyết định, QĐ số 63/QĐ" in line.detail


def test_a_correction_after_the_proposal_asks_for_a_new_one(office):
    office.propose()
    office.kept.corrected("tin_hoc", {(0, "HK2.tx1"): "4"})
    assert office.board().stale is False  # still below 5,0: nothing the lists say has changed
    office.kept.corrected("tin_hoc", {(0, "HK2.ck"): "10", (0, "HK1.ck"): "10"})
    board = office.board()
    assert board.stale
    assert board.lists[ListKind.REASSESS] == ()  # the clause of the one subject raised the level
    office.decide(2)
    office.decide(4)
    assert refused(office, office.approve).code == "lists_changed"
    office.propose()
    office.approve()


# --- the summer


def summer_tasks(office: Office, who: str) -> list[TaskKind]:
    asked = {TaskKind.OPEN_SUMMER, TaskKind.REASSESS, TaskKind.SUMMER_CONDUCT}
    tasks = Tasks(office.school.uow, office.school.clock)
    found = tasks.overview(office.school.actor(who), office.school.year_id).tasks
    return [task.kind for task in found if task.kind in asked]


def test_leaders_are_asked_to_open_a_summer_that_pupils_wait_for(office):
    office.school.clock.move_to(datetime(2027, 6, 10, 8, tzinfo=VIETNAM))
    assert summer_tasks(office, "principal") == []
    settled(office)
    assert summer_tasks(office, "principal") == [TaskKind.OPEN_SUMMER]
    assert summer_tasks(office, "homeroom") == summer_tasks(office, "tin_hoc") == []
    office.open_summer((date(2027, 7, 1), date(2027, 7, 31)))
    assert summer_tasks(office, "principal") == []  # planned is enough
    office.school.clock.move_to(datetime(2027, 7, 2, 8, tzinfo=VIETNAM))
    assert TaskKind.SUMMER_CONDUCT in summer_tasks(office, "homeroom")
    assert summer_tasks(office, "tin_hoc") == [TaskKind.REASSESS]


def test_the_summer_is_open_for_listed_pupils_and_subjects_only(office):
    office.open_summer()
    assert refused(office, lambda: office.again("toan", 0, "6")).code == "lists_not_approved"
    settled(office)
    assert refused(office, lambda: office.again("toan", 5, "6")).code == "pupil_not_listed"
    assert refused(office, lambda: office.again("ngu_van", 0, "6")).code == "subject_not_listed"
    assert refused(office, lambda: office.conduct(0, "Tốt")).code == "pupil_not_listed"
    for who in ("tin_hoc", "principal"):
        error = refused(office, lambda who=who: office.again("toan", 0, "6", who=who))
        assert isinstance(error, AccessDenied)
    assert isinstance(
        refused(office, lambda: office.conduct(1, "Đạt", who="tin_hoc")), AccessDenied
    )
    for text in ("10,5", "-1", "7,25", "Đ"):
        assert refused(office, lambda text=text: office.again("toan", 0, text)).code
    office.again("toan", 0, "6,5")
    office.conduct(1, "Đạt")
    assert [line.new for line in office.board().summer] == ["6,5", "", "Đạt"]


def test_without_a_window_and_after_it_nothing_is_typed(office):
    settled(office)
    assert refused(office, lambda: office.again("toan", 0, "6")).code == "summer_not_open"
    office.open_summer((date(2026, 12, 1), date(2026, 12, 5)))
    assert "mở từ 01/12/2026" in refused(office, lambda: office.again("toan", 0, "6")).sentence
    office.school.clock.advance(timedelta(days=20))
    assert refused(office, lambda: office.again("toan", 0, "6")).code == "summer_over"


def test_a_late_opening_fills_what_is_empty_and_marks_it_late(office):
    settled(office)
    office.open_summer((date(2026, 11, 1), date(2026, 11, 24)))
    office.again("tin_hoc", 0, "4")
    office.school.clock.advance(timedelta(days=5))
    office.kept.control.open_late(
        office.school.actor("principal"), office.school.class_id, None, Period.HE,
        date(2026, 11, 27), date(2026, 12, 3), "70/QĐ", date(2026, 11, 26),
    )  # fmt: skip
    office.again("toan", 0, "7")
    assert refused(office, lambda: office.again("tin_hoc", 0, "9")).code == "summer_over"
    assert [(x.subject, x.new, x.late) for x in office.board().summer[:2]] == [
        ("Toán", "7,0", True),
        ("Tin học", "4,0", False),
    ]


def test_new_results_go_through_the_circular(office):
    settled(office)
    office.open_summer()
    outcome = lambda: office.board().summer[0].outcome  # noqa: E731
    assert outcome() == "Chờ đủ kết quả"
    office.again("toan", 0, "8")
    assert outcome() == "Chờ đủ kết quả"
    assert office.names(ListKind.REASSESS) == [1]
    office.again("tin_hoc", 0, "7")
    assert outcome() == "Được lên lớp"
    for subject in ("toan", "tin_hoc"):
        office.again(subject, 0, "3")
    assert outcome() == "Không được lên lớp"
    office.again("tin_hoc", 0, "")
    assert office.board().waiting == 2


def test_who_does_not_come_keeps_the_years_result(office):
    settled(office)
    office.open_summer()
    assert refused(office, lambda: office.again("toan", 0, "không dự", "")).code == (
        "document_required"
    )
    office.again("toan", 0, "Không dự", "đơn xin thôi học")
    office.again("tin_hoc", 0, "khong du", "đơn xin thôi học")
    assert office.board().summer[0].outcome == "Không được lên lớp"


def test_the_last_lists_wait_for_every_result_and_close_the_summer(office):
    settled(office)
    office.open_summer()
    office.again("toan", 0, "8")
    error = refused(office, office.propose)
    assert error.code == "summer_pending"
    assert "Tin học" in error.sentence
    office.again("tin_hoc", 0, "8")
    assert refused(office, lambda: office.conduct(1, "Khá", paper=" ")).code == "document_required"
    office.conduct(1, "Khá")
    office.propose()
    office.approve("80/QĐ")
    with office.school.uow.read() as uow:
        assert Period.HE in uow.control.class_locks(office.school.class_id).closes
    board = office.board()
    assert board.summer_closed_at is not None
    assert [x.position for x in board.lists[ListKind.PROMOTED]] == [1, 2, 5, 6, 7]
    assert refused(office, lambda: office.again("toan", 0, "5")).code == "summer_closed"
    assert refused(office, office.approve).code == "already_approved"


def test_a_result_after_the_proposal_voids_it_and_says_so(office):
    settled(office)
    office.open_summer()
    for subject in ("toan", "tin_hoc"):
        office.again(subject, 0, "8")
    office.conduct(1, "Khá")
    office.propose()
    office.again("toan", 0, "4,5")
    board = office.board()
    assert board.standing is None
    assert "Kết quả sau hè" in board.voided.voided_why
    assert refused(office, office.approve).code == "not_proposed"


def test_a_closed_summer_is_reopened_by_a_signed_decision(office):
    settled(office)
    office.open_summer()
    for subject in ("toan", "tin_hoc"):
        office.again(subject, 0, "8")
    office.conduct(1, "Khá")
    reopen = office.year_end.reopen_summer
    signer, class_id = office.school.signer("principal"), office.school.class_id
    assert refused(office, lambda: reopen(signer, class_id, "90/QĐ", "nhầm")).code == (
        "summer_not_closed"
    )
    office.propose()
    office.approve()
    assert refused(office, lambda: reopen(signer, class_id, "", "nhầm")).code
    vice = office.school.signer("vice")
    assert isinstance(refused(office, lambda: reopen(vice, class_id, "9", "n")), AccessDenied)
    reopen(signer, class_id, "90/QĐ", "ghi nhầm điểm Toán")
    for subject in ("toan", "tin_hoc"):
        office.again(subject, 0, "3")
    office.propose()
    office.approve("91/QĐ")
    assert [x.position for x in office.board().lists[ListKind.RETAINED]] == [1, 3, 4]


def test_a_class_without_summer_pupils_is_final_at_once(tmp_path):
    kept = book(make_school(tmp_path, pupils=3))
    kept.fill()
    kept.close()
    office = Office(kept)
    office.propose()
    office.approve()
    board = office.board()
    assert (board.stage, board.standing.approved) == (YearStage.YEAR, True)
    assert "duyệt ngày" in board.next_step
    assert board.summer == ()


# --- paper, book, seal


def printing(office: Office) -> Printing:
    return Printing(office.school.uow, office.school.clock, Paper(), Tables())


def test_lists_are_printed_once_approved_and_again_after_the_summer(office):
    secretary, class_id = office.school.actor("secretary"), office.school.class_id
    press = printing(office)
    error = refused(office, lambda: press.print_year_lists(secretary, class_id))
    assert error.code == "lists_not_approved"
    settled(office)
    office.open_summer()
    teacher = office.school.actor("tin_hoc")
    assert isinstance(
        refused(office, lambda: press.print_year_lists(teacher, class_id)), AccessDenied
    )
    may = press.print_year_lists(secretary, class_id).payload.run
    for subject in ("toan", "tin_hoc"):
        office.again(subject, 0, "8")
    office.conduct(1, "Khá")
    office.propose()
    office.approve()
    august = press.print_year_lists(secretary, class_id).payload.run
    assert [run.kind for run in (may, august)] == [YEAR_LISTS, YEAR_LISTS]
    assert may.data_digest != august.data_digest
    assert "sau kì nghỉ hè" in august.title


def test_the_book_keeps_may_and_shows_august(office):
    settled(office)
    office.open_summer()
    press = printing(office)
    secretary, class_id = office.school.actor("secretary"), office.school.class_id
    may = press.print_class_book(secretary, class_id, BookScope.YEAR).payload.run
    assert not press.differs(may)
    office.again("toan", 0, "8")
    office.again("tin_hoc", 0, "không dự", "đơn")
    office.conduct(1, "Khá")
    book_now = press.book(class_id, BookScope.YEAR)
    rows = {row.position: row for row in book_now.year.rows}
    assert (rows[1].learning, rows[1].learning_after) == ("Chưa đạt", "Đạt")
    assert (rows[2].conduct, rows[2].conduct_after) == ("Chưa đạt", "Khá")
    assert rows[1].promotion is BookPromotion.PROMOTED_AFTER_SUMMER
    assert rows[3].promotion is BookPromotion.NOT_PROMOTED
    assert rows[5].promotion is BookPromotion.PROMOTED
    totals = book_now.year.totals
    assert (totals.promoted, totals.promoted_after_summer, totals.not_promoted) == (5, 2, 2)
    pages = {(p.subject, p.period): p for p in book_now.pages}
    toan = pages["Toán", BookPeriod.TERM_2].rows[0]
    assert toan.reassessed.text == "8,0"
    assert pages["Tin học", BookPeriod.TERM_2].rows[0].reassessed.text == "–"
    assert pages["Toán", BookPeriod.TERM_1].rows[0].reassessed.text == ""
    assert press.differs(may)
    # What was closed in May is what it was.
    with office.school.uow.read() as uow:
        facts = load_class(uow, class_id)
        closes = uow.control.class_locks(class_id).closes
    assert period_digest(facts, Period.HK2).hex == closes[Period.HK2].data_digest
