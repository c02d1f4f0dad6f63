"""Sổ của giáo viên, phiếu kết quả, sổ trả học bạ: asked for on two pages, shown, printed, saved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.domain.paper_life import PaperStep
from app.domain.periods import Period, Term
from app.domain.print_runs import (
    BOOKLET_RETURNS,
    RESULT_SLIP,
    TEACHER_BOOK,
    TEACHER_BOOK_BLANK,
)
from app.readmodels.mark_sheet import SheetId
from app.readmodels.report_booklet import BookletPart
from app.services.booklet_printing import BookletOrder, BookletPrinting
from app.services.paper_board import PaperBoards
from app.services.printing import Printing
from app.services.teacher_book_assembly import TeacherBookOrder
from app.services.teacher_books import TeacherBooks
from exports.press import Paper, Tables
from tests.gui.page_kit import Shown, close_all, fill_conduct, fill_marks, open_windows, show_page
from tests.gui.test_printing_page import Outlets
from tests.support.school import TestSchool, make_school
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.marks.binding import bound_marks_page
from ui.pages.printing.own_paper_dialogs import (
    BookReach,
    ResultSlipDialog,
    TeacherBookDialog,
)
from ui.pages.printing.own_papers import OwnPapers
from ui.pages.printing.page import PAPERS, PrintingPage
from ui.pages.printing.paper_dialogs import StepDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    """6A filled and closed, its list frozen."""
    made = make_school(tmp_path, pupils=3)
    open_windows(made)
    fill_conduct(made)
    fill_marks(made, tuple(Term))
    made.rosters.freeze(made.actor("secretary"), made.class_id)
    close_all(made)
    return made


@pytest.fixture
def outlets(tmp_path: Path) -> Outlets:
    return Outlets(tmp_path)


def printing(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets, who: str = "secretary"
) -> Shown:
    return show_page(
        window, qtbot, school, who, "prints", "In sổ", lambda c, w: PrintingPage(c, w, outlets)
    )


def paper_of(qtbot: QtBot, page: Any) -> Any:
    """The paper that appears next."""
    qtbot.waitUntil(
        lambda: any(one.isVisible() for one in page.findChildren(PaperDialog)), timeout=20_000
    )
    return next(one for one in page.findChildren(PaperDialog) if one.isVisible())


def runs(school: TestSchool) -> Any:
    return Printing(school.uow, school.clock, Paper(), Tables()).runs(school.year_id)


def texts(page: Any) -> dict[str, bool]:
    menu = page.own_papers.menu(page.presenter.pickers.klass, page)
    return {action.text(): action.isEnabled() for action in menu.actions()}


# --- who is offered what


def test_the_menu_offers_what_each_person_may_print(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    office = printing(window, qtbot, school, outlets).page
    assert all(texts(office).values())
    assert office.more_button.isEnabled()
    gvcn = printing(window, qtbot, school, outlets, "homeroom").page
    assert texts(gvcn) == {
        "Sổ của giáo viên…": True,
        "Phiếu kết quả cho cha mẹ…": True,
        "Sổ theo dõi trả học bạ": False,
    }


# --- sổ của giáo viên


def test_a_teacher_prints_the_own_book_from_the_mark_page(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = show_page(window, qtbot, school, "tin_hoc", "marks", "Sổ điểm", bound_marks_page)
    page = shown.page
    page.book_button.click()
    ask = page.findChildren(TeacherBookDialog)[-1]
    assert ask.subjects.count() == 1
    assert ask.reach is None
    assert (ask.order.subject_id, ask.order.blank) == (school.subjects["tin_hoc"], True)
    ask.official_button.click()
    paper = paper_of(qtbot, page)
    assert paper.pane.preview.pages == 5
    (run,) = runs(school)
    assert (run.kind, run.subject_id) == (TEACHER_BOOK_BLANK, school.subjects["tin_hoc"])
    paper.reject()


def test_the_draft_of_a_filled_book_is_shown_saved_and_kept_nowhere(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    page = printing(window, qtbot, school, outlets).page
    page.own_papers.ask_book(page.presenter.pickers.klass)
    ask = page.own_papers.dialog
    assert ask.contents.count() == 3
    ask.contents.set_current("HK1")
    assert (ask.order.until, ask.order.blank) == (Period.HK1, False)
    ask.preview_button.click()
    paper = paper_of(qtbot, page)
    paper.open_in_reader()
    name, content = outlets.opened[-1]
    assert name == "so-cua-giao-vien-ban-lam-viec.pdf"
    assert content.startswith(b"%PDF")
    paper.save()
    qtbot.waitUntil(lambda: (outlets.folder / name).exists())
    paper.print_out()
    qtbot.waitUntil(outlets.printed.exists, timeout=20_000)
    paper.reject()
    assert runs(school) == ()


def test_the_office_prints_every_subject_of_the_class_at_once(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    shown = printing(window, qtbot, school, outlets)
    page = shown.page
    page.own_papers.ask_book(page.presenter.pickers.klass)
    ask = page.own_papers.dialog
    ask.reach.set_current(BookReach.CLASS)
    ask.reach.picked.emit(ask.reach.current())
    assert not ask.subjects.isEnabled()
    assert not ask.preview_button.isEnabled()
    ask.official_button.click()
    qtbot.waitUntil(lambda: len(runs(school)) == 12, timeout=30_000)
    qtbot.waitUntil(lambda: "Đã in 12 sổ" in shown.said, timeout=20_000)
    qtbot.waitUntil(lambda: len(page.presenter.lines) == 12, timeout=20_000)
    assert {line.run.kind for line in page.presenter.lines} == {TEACHER_BOOK_BLANK}


def test_what_is_not_ready_is_said_by_the_page(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, outlets: Outlets
) -> None:
    (tmp_path / "open").mkdir()
    fresh = make_school(tmp_path / "open", pupils=1)
    shown = printing(window, qtbot, fresh, outlets)
    page = shown.page
    page.own_papers.ask_book(page.presenter.pickers.klass)
    page.own_papers.dialog.official_button.click()
    qtbot.waitUntil(lambda: "chưa chốt danh sách" in shown.said, timeout=20_000)
    assert runs(fresh) == ()


def test_the_gvcn_looks_at_a_sheet_of_somebody_else_and_prints_no_book_of_it(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = show_page(window, qtbot, school, "homeroom", "marks", "Sổ điểm", bound_marks_page)
    page = shown.page
    page.open_sheet(SheetId(school.class_id, school.subjects["tin_hoc"]))
    page.book_button.click()
    assert "nhờ người dạy in" in shown.said
    assert not page.findChildren(TeacherBookDialog)


# --- phiếu kết quả, sổ trả học bạ


def test_slips_of_the_class_and_of_one_pupil(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    page = printing(window, qtbot, school, outlets, "homeroom").page
    page.own_papers.ask_slips(page.presenter.pickers.klass)
    ask = page.own_papers.dialog
    assert isinstance(ask, ResultSlipDialog)
    assert ask.pupils.count() == 4
    ask.official_button.click()
    paper = paper_of(qtbot, page)
    assert paper.pane.preview.pages == 3
    paper.reject()
    page.own_papers.ask_slips(page.presenter.pickers.klass)
    ask = page.own_papers.dialog
    ask.pupils.set_current(school.pupils[1])
    assert ask.order.pupil_id == school.pupils[1]
    ask.preview_button.click()
    qtbot.waitUntil(
        lambda: any(
            one.isVisible() and one.pane.preview.pages == 1
            for one in page.findChildren(PaperDialog)
        ),
        timeout=20_000,
    )
    assert [run.kind for run in runs(school)] == [RESULT_SLIP]


def test_the_register_of_returned_booklets_is_printed_and_listed(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    page = printing(window, qtbot, school, outlets).page
    page.own_papers.print_returns(page.presenter.pickers.klass)
    paper = paper_of(qtbot, page)
    paper.reject()
    (run,) = runs(school)
    assert run.kind == BOOKLET_RETURNS
    qtbot.waitUntil(lambda: len(page.presenter.lines) == 1)
    assert page._state(page.presenter.lines[0]) == "sổ ký nhận"


def test_own_papers_of_a_subject_teacher(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = show_page(window, qtbot, school, "tin_hoc", "marks", "Sổ điểm", bound_marks_page).page
    papers = page.findChildren(OwnPapers)[0]
    klass = page._years.klass(school.class_id)
    assert papers.may_books(klass)
    assert not papers.may_slips(klass)
    assert not papers.of_office


# --- bảng giấy


def test_booklets_are_handed_out_pupil_by_pupil_on_the_board(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    actor = school.actor("secretary")
    press = BookletPrinting(school.uow, school.clock, Paper())
    run = press.print(actor, school.class_id, BookletOrder(BookletPart.OPENING)).payload.run
    board, today = PaperBoards(school.uow, school.clock), school.clock.today()
    for step in (PaperStep.PRINCIPAL, PaperStep.STAMP):
        board.note_step(actor, run.id, step, today)
    board.note_step(actor, run.id, PaperStep.STORE, today, people="Mai", place="Tủ 1")
    page = printing(window, qtbot, school, outlets).page
    page.go_to(tab=PAPERS)
    view = page.presenter.papers.view
    for left in (3, 2, 1):
        view.next_button.click()
        ask = next(d for d in page.findChildren(StepDialog) if d.isVisible())
        assert ask.pupils.count() == left
        ask.people.setText("Mẹ em")
        ask.confirm.click()
        assert not ask.isVisible(), ask.refusal()
    assert view.chosen().life.current is None
    assert view.next_button.isHidden()


def test_the_slip_of_a_loan_is_one_click_away(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    actor, today = school.actor("secretary"), school.clock.today()
    press = BookletPrinting(school.uow, school.clock, Paper())
    run = press.print(actor, school.class_id, BookletOrder(BookletPart.OPENING)).payload.run
    board = PaperBoards(school.uow, school.clock)
    for step in (PaperStep.PRINCIPAL, PaperStep.STAMP):
        board.note_step(actor, run.id, step, today)
    board.note_step(actor, run.id, PaperStep.STORE, today, people="Mai", place="Tủ 1")
    page = printing(window, qtbot, school, outlets).page
    page.go_to(tab=PAPERS)
    view = page.presenter.papers.view
    assert view.slip_button.isHidden()
    board.lend(actor, run.id, "Đoàn thanh tra", today + timedelta(days=3), "kiểm tra")
    page.presenter.papers.reload()
    assert view.slip_button.isVisible()
    view.slip_button.click()
    assert [r.number for r in runs(school)] == [2, 1]
    assert "Phiếu mượn" in view.chosen().run.title


def test_a_book_in_use_is_with_its_teacher_and_has_its_own_column(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    actor, today = school.actor("secretary"), school.clock.today()
    order = TeacherBookOrder(school.subjects["tin_hoc"], Period.HK2)
    books = TeacherBooks(school.uow, school.clock, Paper())
    run = books.print(school.actor("tin_hoc"), school.class_id, order).payload.run
    assert run.kind == TEACHER_BOOK
    board = PaperBoards(school.uow, school.clock)
    teacher = school.accounts_by_key["tin_hoc"]
    board.note_step(actor, run.id, PaperStep.TEACHERS, today, persons=[teacher])
    for step in (PaperStep.PRINCIPAL, PaperStep.STAMP):
        board.note_step(actor, run.id, step, today)
    page = printing(window, qtbot, school, outlets).page
    page.go_to(tab=PAPERS)
    view = page.presenter.papers.view
    column = 2 + list(PaperStep).index(PaperStep.HAND_IN)
    assert not view.table.isColumnHidden(column)
    assert view.table.isColumnHidden(column + 2), "no học bạ this year"
    last = view.model.index(0, view.model.columnCount() - 1)
    assert last.data() == "Lý Thị Ngọc đang dùng"
    assert view.next_button.text() == "Ghi đã nộp sổ…"
    view.next_button.click()
    ask = next(d for d in page.findChildren(StepDialog) if d.isVisible())
    ask.confirm.click()
    assert view.chosen().life.current is PaperStep.STORE
