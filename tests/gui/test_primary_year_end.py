"""Tổng kết and In sổ of a primary class: KHGDCN, minutes of handover, học bạ."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QDialog

from app.domain.periods import Period
from app.readmodels.home import MyTask, TaskKind
from app.readmodels.report_booklet import BookletPart
from app.services.booklet_printing import BookletOrder
from tests.gui.page_kit import show_page
from tests.gui.shots import shoot
from tests.support.primary_school import make_primary
from tests.unit.services.test_misplaced import correct
from tests.unit.services.test_plan_results import included, propose
from tests.unit.services.test_roll_over_primary import approve, run
from ui.pages.home.words import HomeWords
from ui.pages.printing.book_choice import BOOK, BOOKLET
from ui.pages.printing.page import PrintingPage
from ui.pages.results.page import ResultsPage
from ui.pages.results.plan_dialogs import PlanDecisionDialog, PlanProposalDialog
from ui.pages.roster.dialogs import MoveDialog
from ui.pages.roster.page import RosterPage


@pytest.fixture
def primary(tmp_path):
    """A closed year with approved lists; the second pupil is in hòa nhập."""
    primary = make_primary(tmp_path)
    primary.live()
    approve(primary, "45/QĐ-TH")
    included(primary, 1)
    return primary


def results(window, qtbot, primary, who):
    window._clock = primary.school.clock
    page = show_page(window, qtbot, primary.school, who, "results", "Tổng kết", ResultsPage).page
    page.go_to(class_id=primary.school.class_id, tab="lists")
    return page


def dialog_of(page, kind):
    return next(d for d in page.findChildren(QDialog) if isinstance(d, kind))


def test_the_gvcn_proposes_and_the_principal_is_asked(window, qtbot, primary, tmp_path):
    page = results(window, qtbot, primary, "homeroom")
    assert page.lists.plan_button.isVisible()
    assert not page.lists.handover_button.isVisible()
    page.lists.plan_button.click()
    box = dialog_of(page, PlanProposalDialog)
    shoot(box, tmp_path / "plan-proposal.png")
    box.level.set_current("Hoàn thành tốt")
    box.save_button.click()
    assert "kế hoạch giáo dục cá nhân" in box.refusal()
    box.document.setText("KHGDCN số 3")
    box.reason.setText("Đạt mục tiêu")
    box.save_button.click()
    assert not box.isVisible()
    board = primary.work("homeroom").plan_results.board(
        primary.school.actor("homeroom"), primary.school.class_id
    )
    assert board.lines[0].waits


def test_the_principals_dialog_wants_an_answer(window, qtbot, primary, tmp_path):
    propose(primary, 1, "Hoàn thành")
    page = results(window, qtbot, primary, "principal")
    assert "1 em chờ" in page.lists.plan_button.text()
    page.lists.plan_button.click()
    box = dialog_of(page, PlanDecisionDialog)
    shoot(box, tmp_path / "plan-decision.png")
    assert not box.sign_button.isEnabled()
    assert not box.accept_box.isChecked()
    box.reject()


def test_the_minutes_of_handover_are_printed_from_the_lists(window, qtbot, primary, tmp_path):
    page = results(window, qtbot, primary, "secretary")
    assert not page.lists.plan_button.isVisible()
    assert page.lists.handover_button.isEnabled()
    shoot(window, tmp_path / "lists.png", (1366, 768))
    page.lists.handover_button.click()
    with primary.school.uow.read() as uow:
        (run,) = uow.prints.of_year(primary.school.year_id)
    assert run.kind == "handover"


def test_in_so_offers_hoc_ba_beside_the_summary(window, qtbot, jobs, primary, tmp_path):
    window._clock = primary.school.clock
    shown = show_page(window, qtbot, primary.school, "secretary", "prints", "In sổ", PrintingPage)
    page = shown.page
    page.go_to(class_id=primary.school.class_id)
    assert page.presenter.summary_period is Period.CN
    assert page.summary.isVisible()
    assert not page.batch_button.isVisible()
    page.choice.books.set_current(BOOKLET)
    page.choice.set_book(BOOKLET)
    assert page.presenter.summary_period is None
    assert not page.summary.isVisible()
    assert page.batch_button.isVisible()
    assert page.presenter.order == BookletOrder(BookletPart.WHOLE)
    assert page.book.text().startswith("Học bạ")
    page.preview_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert page.presenter.paper.is_draft
    assert "hoc-ba" in page.presenter.paper.file_name
    shoot(window, tmp_path / "booklets.png", (1366, 768))
    page.choice.books.set_current(BOOK)
    page.choice.set_book(BOOK)
    assert page.summary.isVisible()
    assert not page.choice.scopes.isVisible()


def test_the_desk_says_whose_place_and_whose_result_to_look_at(qapp):
    moved = MyTask(TaskKind.MISPLACED, class_name="5A", people=("An", "Bình", "Chi", "Dung"))
    row = HomeWords().row(0, (moved,), date(2026, 9, 9))
    assert row.title == "Xem lại chỗ học của 4 em lớp 5A"
    assert "An, Bình" in row.line
    plan = MyTask(TaskKind.DECIDE_PLAN, class_name="4A", columns=2)
    row = HomeWords().row(0, (plan,), date(2026, 5, 20))
    assert row.title == "Quyết định kết quả theo KHGDCN: 2 em lớp 4A"


def test_the_new_class_shows_the_doubt_and_offers_the_right_grade(window, qtbot, tmp_path):
    primary = make_primary(tmp_path, pupils=2)
    primary.live()
    approve(primary, "45/QĐ-TH")
    year = run(primary, "4A").payload.year
    correct(primary, 0, "C")
    school = primary.school
    window._clock = school.clock
    page = show_page(window, qtbot, school, "secretary", "roster", "Danh sách lớp", RosterPage).page
    with school.uow.read() as uow:
        fifth = next(k for k in uow.school.classes(year.id) if k.name == "5A")
    page.go_to(class_id=fifth.id)
    page.choose(primary.pupil(0))
    line = page.chosen()
    assert line.grade_due == 4
    shoot(window, tmp_path / "misplaced.png", (1366, 768))
    page.panel.move_button.click()
    box = dialog_of(page, MoveDialog)
    shoot(box, tmp_path / "move.png")
    assert [box.where.itemText(at) for at in range(box.where.count())] == ["4A"]
