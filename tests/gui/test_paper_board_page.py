"""In sổ, Bảng giấy: stations of each run, the next step, loans, a scanner in the code field."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.domain.paper_life import PaperStep
from app.domain.periods import Term
from app.readmodels.class_book import BookPart, BookScope
from app.services.paper_board import PaperBoards
from app.services.printing import Printing
from exports.press import Paper, Tables
from tests.gui.page_kit import close_all, fill_conduct, fill_marks, open_windows, show_page
from tests.gui.shots import colours_in, shoot
from tests.support.record_book import RecordBook
from tests.support.school import TestSchool, make_school
from ui.pages.printing.page import PAPERS, PrintingPage
from ui.pages.printing.paper_dialogs import LoanDialog, ReasonDialog, ReturnDialog, StepDialog
from ui.pages.printing.paper_history import FoundDialog, HistoryDialog
from ui.widgets.steps import StepState
from ui.widgets.tables import StepRole

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    """6A filled and closed; its marks printed twice (HK I, the year), and the opening."""
    made = make_school(tmp_path, pupils=4)
    open_windows(made)
    fill_conduct(made)
    fill_marks(made, tuple(Term))
    made.rosters.freeze(made.actor("secretary"), made.class_id)
    close_all(made)
    press = Printing(made.uow, made.clock, Paper(), Tables())
    for part, scope in (
        (BookPart.OPENING, BookScope.YEAR),
        (BookPart.MARKS, BookScope.TERM_1),
        (BookPart.MARKS, BookScope.YEAR),
    ):
        press.print_class_book(made.actor("secretary"), made.class_id, scope, part=part)
        made.clock.advance(timedelta(minutes=2))
    return made


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str = "secretary") -> Any:
    shown = show_page(window, qtbot, school, who, "prints", "In sổ", PrintingPage)
    shown.page.go_to(tab=PAPERS)
    return shown


def dialog(page: Any, kind: type) -> Any:
    return next(one for one in page.findChildren(kind) if one.isVisible())


def states(view: Any, row: int) -> list[StepState]:
    return [
        view.model.index(row, column).data(StepRole)
        for column in range(1, view.model.columnCount() - 1)
        if not view.table.isColumnHidden(column)
    ]


def walk(school: TestSchool, number: int, *steps: PaperStep) -> Any:
    """Pass stations through the service, all teachers at once."""
    papers, actor = PaperBoards(school.uow, school.clock), school.actor("secretary")
    for step in steps:
        row = next(r for r in papers.board(actor, school.year_id).rows if r.run.number == number)
        persons = [s.account_id for s in row.life.signers] if step is PaperStep.TEACHERS else []
        papers.note_step(
            actor, row.id, step, school.clock.today(), persons=persons,
            people="Trần Thị Mai" if step is PaperStep.STORE else "",
            place="Tủ 2, ngăn 3" if step is PaperStep.STORE else "",
        )  # fmt: skip
    return row.id


TO_STORE = tuple(step for step in PaperStep if step not in (PaperStep.HAND_IN, PaperStep.HAND_OUT))


def test_each_run_has_its_stations_and_names_who_is_missing(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    view = page.presenter.papers.view
    rows = view.model.records()
    assert {row.run.number for row in rows} == {1, 2, 3}
    marks = next(at for at, row in enumerate(rows) if row.run.number == 3)
    opening = next(at for at, row in enumerate(rows) if row.run.number == 1)
    todo = StepState.TODO
    assert states(view, marks) == [StepState.DONE, StepState.HALF, todo, todo, todo, todo, todo]
    assert states(view, opening)[1:3] == [StepState.NONE, StepState.HALF]
    view.table.selectRow(marks)
    assert view._said.text() == "Còn 12 giáo viên chưa ký"
    assert "Nguyễn Thị Bình" in view._said_line.text()
    assert view.pane.preview.pages == rows[marks].run.pages
    assert "GVCN 6A" in view.model.index(opening, view.model.columnCount() - 1).data()
    assert view.table.isColumnHidden(2 + list(PaperStep).index(PaperStep.HAND_IN))
    assert not page.official_button.isVisible()
    image = shoot(window)
    assert len(colours_in(image)) > 8


def test_ticking_the_teachers_who_signed_moves_the_paper_on(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    papers = page.presenter.papers
    row = next(r for r in papers.board.rows if r.run.number == 3)
    papers.view.choose(row.id)
    papers.view.next_button.click()
    ask = dialog(page, StepDialog)
    ask.confirm.click()
    assert "Chưa đánh dấu ai" in ask.refusal()
    ask.boxes[0][0].setChecked(True)
    ask.confirm.click()
    assert not ask.isVisible()
    assert papers.view._said.text() == "Còn 11 giáo viên chưa ký"
    papers.view.next_button.click()
    ask = dialog(page, StepDialog)
    ask._check_all(True)
    ask.confirm.click()
    assert papers.view.chosen().life.current is PaperStep.HOMEROOM
    papers.view.next_button.click()
    ask = dialog(page, StepDialog)
    ask.day.setText("1/1/2020")
    ask.confirm.click()
    assert "không được" in ask.refusal()


def test_lending_taking_back_and_moving_are_reached_from_the_board(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    run_id = walk(school, 3, *TO_STORE)
    page = opened(window, qtbot, school).page
    papers = page.presenter.papers
    papers.view.choose(run_id)
    assert not papers.view.next_button.isVisible()
    assert papers.view._said.text() == "Tủ 2, ngăn 3"
    papers.view.loan_button.click()
    loan = dialog(page, LoanDialog)
    loan.confirm.click()
    assert "người mượn" in loan.refusal()
    loan.borrower.setText("Đoàn thanh tra")
    loan.confirm.click()
    assert papers.view.loan_button.text() == "Nhận trả…"
    assert papers.view._said.text() == "Đoàn thanh tra mượn"
    papers.view.loan_button.click()
    dialog(page, ReturnDialog).confirm.click()
    assert papers.view.chosen().life.loan is None
    papers.view.history_button.click()
    story = dialog(page, HistoryDialog)
    assert len(story.model.records()) == 19
    story.reject()
    papers._take_back(papers.view.chosen())
    why = dialog(page, ReasonDialog)
    why.confirm.click()
    assert "Chưa ghi lý do" in why.refusal()
    why.reason.setText("cất nhầm tủ")
    why.confirm.click()
    assert papers.view.chosen().life.current is PaperStep.STORE


def test_a_scanner_in_the_code_field_leads_to_the_run(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school)
    papers = shown.page.presenter.papers
    wanted = next(row for row in papers.board.rows if row.run.number == 2)
    papers.view.code.setFocus()
    papers.view.code.setText(wanted.code)
    papers.view.code.returnPressed.emit()
    qtbot.waitUntil(lambda: bool(shown.page.findChildren(FoundDialog)), timeout=20_000)
    found = dialog(shown.page, FoundDialog)
    assert "vẫn đúng" in found.verdict.text()
    assert papers.view.chosen().run.number == 2
    assert papers.view.code.text() == ""
    found.reject()
    papers.view.code.setText("không phải mã")
    papers.view.code.returnPressed.emit()
    qtbot.waitUntil(lambda: "bộ gõ" in shown.said, timeout=20_000)


def test_a_paper_whose_data_changed_is_to_be_printed_anew(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    RecordBook(school).corrected("toan", {(0, "HK2.ck"): "9,5"})
    shown = opened(window, qtbot, school)
    papers = shown.page.presenter.papers
    marks = next(row for row in papers.board.rows if row.run.number == 3)
    papers.view.choose(marks.id)
    qtbot.waitUntil(lambda: papers.differs(marks), timeout=20_000)
    assert papers.view._said.text() == "Khác bản in"
    assert not papers.view.next_button.isVisible()
    assert {row.run.number for row in papers.board.rows if papers.differs(row)} == {3}
    papers.look()
    qtbot.waitUntil(lambda: bool(shown.page.findChildren(FoundDialog)), timeout=20_000)
    found = dialog(shown.page, FoundDialog)
    assert "1 ô điểm đã đổi" in found.verdict.text()
    assert len(found.found.changes) == 1
    assert found.cells.isVisible()


def test_whoever_may_not_record_sees_no_buttons_for_it(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "tin_hoc").page
    view = page.presenter.papers.view
    assert view.model.records()
    assert not view.next_button.isVisible()
    assert not view.loan_button.isVisible()
    view.history_button.click()
    story = dialog(page, HistoryDialog)
    buttons = {button.text() for button in story.findChildren(type(view.next_button))}
    assert "Đóng" in buttons
    assert not any("…" in words for words in buttons)
