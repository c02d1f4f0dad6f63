"""In sổ: parts, papers and the whole school in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.domain.print_runs import PaperSize
from app.progress import Cancelled
from app.readmodels.class_book import BookPart, BookScope
from tests.gui.page_kit import close_all, fill_conduct, fill_marks, open_windows, show_page
from tests.support.school import TestSchool, make_school
from ui.pages.printing.batch_dialogs import BatchDialog, OutcomeDialog
from ui.pages.printing.page import PrintingPage
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    """6A filled, closed and frozen; 6B empty."""
    made = make_school(tmp_path)
    open_windows(made)
    fill_conduct(made)
    fill_marks(made)
    close_all(made)
    made.setup.add_class(made.actor("principal"), made.year_id, 6, "6B")
    made.rosters.freeze(made.actor("secretary"), made.class_id)
    return made


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str = "secretary") -> Any:
    return show_page(window, qtbot, school, who, "prints", "In sổ", PrintingPage)


def choose(page: PrintingPage, part: BookPart, paper: PaperSize = PaperSize.A4) -> None:
    """As the person does: the combo says what was picked."""
    for picker, key in ((page.choice.parts, part), (page.choice.papers, paper)):
        picker.combo.set_current(key)
        picker.combo.picked.emit(picker.combo.current())


def wait_paper(qtbot: QtBot, page: PrintingPage) -> None:
    qtbot.waitUntil(lambda: page.presenter.paper is not None, timeout=20_000)


def test_the_choice_names_the_part_and_the_paper(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    assert page.presenter.order.part is BookPart.WHOLE
    choose(page, BookPart.OPENING, PaperSize.A3_SPREAD)
    order = page.presenter.order
    assert (order.part, order.paper) == (BookPart.OPENING, PaperSize.A3_SPREAD)
    assert page.book.text().endswith("lớp 6A, phần mở đầu")
    assert not page.choice.scopes.isEnabled()
    assert not page.left_out.isVisible()
    choose(page, BookPart.MARKS)
    assert page.choice.scopes.isEnabled()
    assert page.book.text().endswith("phần ghi điểm học kì I")


def test_an_opening_on_a3_is_listed_as_such(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    choose(page, BookPart.OPENING, PaperSize.A3_SPREAD)
    page.presenter.print_official(1)
    wait_paper(qtbot, page)
    (line,) = page.presenter.lines
    assert line.run.pages == 3
    first = page._model.index(0, 0)
    assert first.data() == "Sổ lớp 6A, phần mở đầu"
    assert "A3 nằm" in page._second(line)
    qtbot.waitUntil(lambda: page.presenter.lines[0].differs is False, timeout=20_000)
    assert not page.sign_button.isVisible()


def test_missing_months_refuse_the_attendance_part_in_a_sentence(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school)
    choose(shown.page, BookPart.ATTENDANCE)
    shown.page.presenter.print_official(1)
    qtbot.waitUntil(lambda: "chưa báo đủ điểm danh" in shown.said, timeout=20_000)
    assert shown.page.presenter.lines == ()


def test_the_whole_school_is_asked_printed_and_told(
    window: MainWindow, qtbot: QtBot, school: TestSchool, tmp_path: Path
) -> None:
    page = opened(window, qtbot, school).page
    page.batch_button.click()
    dialog = page.findChild(BatchDialog)
    assert dialog.confirm.text() == "Cấp số và in 1 lớp"
    said = [label.text() for label in dialog.findChildren(Label)]
    assert any("6B" in text and "chưa chốt" in text for text in said)
    dialog.copies.set_current(2)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: page.findChild(OutcomeDialog) is not None, timeout=20_000)
    outcome = page.findChild(OutcomeDialog)
    assert outcome.said.text().startswith("1 bản in, số 0001 đến 0001")
    (line,) = page.presenter.lines
    assert line.run.copies == 2
    outcome.reject()
    page.presenter.batch.save_all((line.run,), tmp_path)
    saved = tmp_path / "so-theo-doi_6a_hk1_ban-in-0001.pdf"
    qtbot.waitUntil(saved.exists, timeout=20_000)
    with school.uow.read() as uow:
        assert saved.read_bytes() == uow.prints.content(line.id)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


def test_a_school_without_a_closed_class_prints_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, make_school(tmp_path)).page
    page.batch_button.click()
    dialog = page.findChild(BatchDialog)
    assert not dialog.confirm.isEnabled()
    dialog.reject()


def test_stopping_tells_what_has_its_number(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page

    def stop(*_: object) -> None:
        raise Cancelled

    result = page.presenter._work.batches.print_all(
        school.actor("secretary"), school.year_id, page.presenter.order, stop
    )
    page.presenter.batch.tell(result.payload)
    dialog = page.findChild(OutcomeDialog)
    assert dialog.windowTitle() == "Đã dừng in cả trường"
    assert dialog.said.text() == "Chưa bản nào được cấp số."
    assert not dialog.save_button.isEnabled()


def test_teachers_do_not_print_the_school(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "homeroom").page
    assert not page.batch_button.isVisible()
    assert page.presenter.order.scope is BookScope.TERM_1
