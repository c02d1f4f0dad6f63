"""In sổ: parts, papers and the whole school in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.domain.print_runs import CLASS_BOOK, REPORT_BOOKLET_OPENING, PaperSize
from app.progress import Cancelled
from app.readmodels.class_book import BookPart, BookScope
from app.readmodels.report_booklet import BookletPart
from app.services.book_printing import BookOrder
from app.services.booklet_printing import BookletOrder
from tests.gui.page_kit import close_all, fill_conduct, fill_marks, open_windows, show_page
from tests.support.school import TestSchool, make_school
from ui.pages.printing.batch_dialogs import BatchDialog, OutcomeDialog
from ui.pages.printing.book_choice import BOOKLET
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
    assert page.book.text().endswith("phần ghi điểm học kì II và cả năm")


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
    saved = tmp_path / "so-theo-doi_6a_hk2_ban-in-0001.pdf"
    qtbot.waitUntil(saved.exists, timeout=20_000)
    with school.uow.read() as uow:
        assert saved.read_bytes() == uow.prints.content(line.id)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


def test_books_and_hoc_ba_of_the_school_come_in_one_go(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    page.show_scope(BookScope.TERM_1.value)
    page.batch_button.click()
    assert not page.findChild(BatchDialog).booklets.isVisible()  # a term's book has no học bạ
    page.findChild(BatchDialog).reject()
    page.presenter.batch.print_all(
        school.year_id, BookOrder(BookScope.TERM_1), (BookletOrder(BookletPart.OPENING),)
    )
    qtbot.waitUntil(lambda: page.findChild(OutcomeDialog) is not None, timeout=20_000)
    kinds = [line.run.kind for line in page.presenter.lines]
    assert kinds == [REPORT_BOOKLET_OPENING, CLASS_BOOK]
    page.findChild(OutcomeDialog).reject()


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
    assert page.presenter.order.scope is BookScope.YEAR  # the last period that is closed


# --- học bạ


def choose_booklet(page: PrintingPage, part: BookletPart, pupil: int = 0) -> None:
    page.choice.books.set_current(BOOKLET)
    page.choice.set_book(BOOKLET)
    for picker, key in ((page.choice.sheets, part), (page.choice.pupils, pupil)):
        assert picker.combo.set_current(key)
        picker.combo.picked.emit(picker.combo.current())


def name_of(school: TestSchool, place: int) -> str:
    with school.uow.read() as uow:
        return uow.roster.entries(school.class_id)[place].profile.full_name


def test_the_choice_of_hoc_ba_shows_its_own_controls(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    assert not page.choice.sheets.isVisible()
    choose_booklet(page, BookletPart.YEAR, school.pupils[2])
    assert page.choice.sheets.isVisible()
    assert page.choice.pupils.isVisible()
    assert not page.choice.parts.isVisible()
    assert not page.choice.papers.isVisible()
    name = name_of(school, 2)
    assert page.book.text() == f"Học bạ {name}, lớp 6A, trang của năm học"
    assert page.presenter.order == BookletOrder(BookletPart.YEAR, school.pupils[2])
    assert page.choice.school_order == BookletOrder(BookletPart.YEAR)
    assert page.presenter.left_out() == ""


def test_hoc_ba_is_previewed_printed_and_listed(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    choose_booklet(page, BookletPart.WHOLE)
    page.presenter.preview()
    wait_paper(qtbot, page)
    draft = page.presenter.paper
    assert draft.is_draft
    assert draft.file_name == "hoc-ba_6a_ban-lam-viec.pdf"
    page.presenter.print_official(2)
    qtbot.waitUntil(lambda: page.presenter.paper is not draft, timeout=20_000)
    assert page._model.index(0, 0).data() == "Học bạ lớp 6A, cả quyển"
    choose_booklet(page, BookletPart.YEAR, school.pupils[0])
    before = page.presenter.paper
    page.presenter.print_official(1)
    qtbot.waitUntil(lambda: page.presenter.paper is not before, timeout=20_000)
    alone, whole = page.presenter.lines
    assert (whole.run.copies, whole.run.pages) == (2, 6 * len(school.pupils))
    assert (alone.run.pages, alone.run.pupil_id) == (2, school.pupils[0])
    name = name_of(school, 0)
    assert page._model.index(0, 0).data() == f"Học bạ {name}, lớp 6A, trang của năm học"
    qtbot.waitUntil(lambda: page.presenter.lines[0].differs is False, timeout=20_000)
    assert not page.sign_button.isVisible()


def test_a_subject_teacher_is_refused_the_preview_of_hoc_ba_in_a_sentence(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school, "ngu_van")
    choose_booklet(shown.page, BookletPart.WHOLE)
    shown.page.presenter.preview()
    qtbot.waitUntil(lambda: "GVCN của lớp" in shown.said, timeout=20_000)
    assert shown.page.presenter.paper is None


def test_hoc_ba_of_the_whole_school_in_one_go(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    choose_booklet(page, BookletPart.OPENING, school.pupils[1])
    page.batch_button.click()
    dialog = window.findChild(BatchDialog)
    assert any(
        "Học bạ, bìa và trang thông tin" in label.text() for label in dialog.findChildren(Label)
    )
    dialog.confirm.click()
    qtbot.waitUntil(lambda: window.findChild(OutcomeDialog) is not None, timeout=20_000)
    (line,) = page.presenter.lines
    assert (line.run.pages, line.run.pupil_id) == (4 * len(school.pupils), None)
    window.findChild(OutcomeDialog).reject()
