"""In sổ: the very bytes on screen, numbered runs, and every way out of the program."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog

from app.changes import CommandResult, Topic
from app.domain.periods import Period
from app.errors import EnvironmentProblem
from app.progress import Cancelled
from app.readmodels.class_book import BookScope
from app.services.period_close import PeriodClosing
from app.services.printing import Printing
from exports.press import Paper, Tables
from tests.gui.page_kit import Shown, close_all, fill_conduct, fill_marks, open_windows, show_page
from tests.support.school import PASSWORD, TestSchool, make_school
from ui.dialogs.paper_outlets import A4_POINTS, sides, suggest
from ui.dialogs.problem_dialog import ProblemDialog
from ui.jobs.print_pages import print_pages
from ui.pages.printing.official_dialog import OfficialDialog
from ui.pages.printing.page import PrintingPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


class Outlets:
    """Answers the system's dialogs at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opened: list[tuple[str, bytes]] = []
        self.reader = True
        self.printed = folder / "printed.pdf"

    def choose_printer(
        self,
        parent: Any,
        title: str,
        pages: int,
        on_chosen: Callable[[QPrinter], None],
        paper: Any = None,
    ) -> None:
        self.paper = paper
        on_chosen(pdf_printer(self.printed))

    def choose_file(self, parent: Any, name: str, on_chosen: Callable[[Path], None]) -> None:
        on_chosen(self.folder / name)

    def open_in_reader(self, name: str, content: bytes) -> None:
        if not self.reader:
            raise EnvironmentProblem("no_pdf_reader", "Máy này chưa có trình đọc PDF.")
        self.opened.append((name, content))


def pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(72)
    return printer


def pages_of(path: Path) -> list[tuple[int, int]]:
    """Points of every page, rounded."""
    document = QPdfDocument()
    document.load(str(path))
    sizes = [document.pagePointSize(n) for n in range(document.pageCount())]
    document.close()
    return [(round(s.width()), round(s.height())) for s in sizes]


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path)
    open_windows(made)
    fill_conduct(made)
    fill_marks(made)
    return made


@pytest.fixture
def outlets(tmp_path: Path) -> Outlets:
    return Outlets(tmp_path)


def opened(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets, who: str = "secretary"
) -> Shown:
    return show_page(
        window, qtbot, school, who, "prints", "In sổ", lambda c, w: PrintingPage(c, w, outlets)
    )


def wait_paper(qtbot: QtBot, page: PrintingPage, before: object = None) -> None:
    qtbot.waitUntil(lambda: page.presenter.paper not in (None, before), timeout=20_000)


def printed(school: TestSchool) -> Any:
    result = Printing(school.uow, school.clock, Paper(), Tables()).print_class_book(
        school.actor("secretary"), school.class_id, BookScope.TERM_1
    )
    return result.payload


def test_draft_preview_shows_the_very_pdf(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    page = opened(window, qtbot, school, outlets).page
    assert not page.save_button.isEnabled()
    page.preview_button.click()
    wait_paper(qtbot, page)
    paper = page.presenter.paper
    assert paper.is_draft
    assert paper.content.startswith(b"%PDF")
    assert page.pane.preview.pages > 3
    assert page.pane.position_words().startswith("trang 1 trên ")
    page.pane.turn(1)
    assert page.pane.preview.page == 2
    assert not Printing(school.uow, school.clock, Paper(), Tables()).runs(school.year_id)


def test_zoom_and_fit(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    page = opened(window, qtbot, school, outlets).page
    page.preview_button.click()
    wait_paper(qtbot, page)
    preview = page.pane.preview
    assert preview.fits_width
    preview.scale(1.25)
    first = preview.zoom
    preview.scale(1.25)
    assert preview.zoom == pytest.approx(first * 1.25)
    for _ in range(20):
        preview.scale(2)
    assert preview.zoom == 5.0
    preview.fit_width()
    assert preview.fits_width
    page.pane.turn(-5)
    assert preview.page == 1


def test_an_open_period_refuses_the_official_run_in_a_sentence(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    shown = opened(window, qtbot, school, outlets)
    page = shown.page
    page.presenter.print_official(1)
    qtbot.waitUntil(lambda: "chưa chốt" in shown.said, timeout=20_000)
    assert page.presenter.paper is None
    assert page.presenter.lines == ()


def test_official_run_asks_first_and_lists_itself(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    close_all(school)
    page = opened(window, qtbot, school, outlets).page
    page.official_button.click()
    dialog = page.findChild(OfficialDialog)
    assert dialog is not None
    dialog.copies.set_current(2)
    dialog.confirm.click()
    wait_paper(qtbot, page)
    (line,) = page.presenter.lines
    assert line.number == "0001"
    assert line.run.copies == 2
    assert line.made_by == "Trần Thị Mai"
    assert not page.presenter.paper.is_draft
    with school.uow.read() as uow:
        assert uow.prints.content(line.id) == page.presenter.paper.content
    qtbot.waitUntil(lambda: page.presenter.lines[0].differs is False, timeout=20_000)


def test_later_in_the_dialog_prints_nothing(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    close_all(school)
    page = opened(window, qtbot, school, outlets).page
    page.official_button.click()
    page.findChild(OfficialDialog).reject()
    assert page.presenter.lines == ()


def test_changed_data_make_a_run_differ(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    close_all(school)
    run = printed(school).run
    shown = opened(window, qtbot, school, outlets)
    page = shown.page
    qtbot.waitUntil(lambda: page.presenter.lines[0].differs is False, timeout=20_000)
    with school.uow.read() as uow:
        profile = uow.roster.entries(school.class_id)[0].profile
    with school.uow.write() as uow:
        uow.roster.update_profile(school.pupils[0], replace(profile, full_name="Lê Thị Mới"))
        uow.commit()
    page.presenter.make_stale()
    qtbot.waitUntil(lambda: page.presenter.lines[0].differs is True, timeout=20_000)
    assert page._model.index(0, 3).data() == "khác bản in"
    page.go_to(run_id=run.id)
    assert page.presenter.paper.run_id == run.id


def test_selecting_a_run_shows_its_kept_bytes(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    close_all(school)
    made = printed(school)
    page = opened(window, qtbot, school, outlets).page
    page.runs.selectRow(0)
    assert page.presenter.paper.content == made.pdf.content
    page.save_button.click()
    target = outlets.folder / page.presenter.paper.file_name
    qtbot.waitUntil(target.exists, timeout=10_000)
    assert target.read_bytes() == made.pdf.content
    page.reader_button.click()
    assert outlets.opened[0][1] == made.pdf.content


def test_a_folder_that_is_gone_is_said(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    close_all(school)
    printed(school)
    page = opened(window, qtbot, school, outlets).page
    page.runs.selectRow(0)
    outlets.folder = outlets.folder / "không có"
    page.save_button.click()
    qtbot.waitUntil(lambda: window.findChild(ProblemDialog) is not None, timeout=10_000)
    window.findChild(ProblemDialog).reject()


def test_no_reader_is_said(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    close_all(school)
    printed(school)
    page = opened(window, qtbot, school, outlets).page
    page.runs.selectRow(0)
    outlets.reader = False
    page.reader_button.click()
    dialog = window.findChild(ProblemDialog)
    assert dialog is not None
    dialog.reject()


def test_printer_gets_every_page(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    close_all(school)
    made = printed(school)
    shown = opened(window, qtbot, school, outlets)
    shown.page.runs.selectRow(0)
    shown.page.printer_button.click()
    words = f"Đã gửi {made.pdf.pages} trang"
    qtbot.waitUntil(lambda: words in shown.said, timeout=30_000)
    kept = outlets.folder / "kept.pdf"
    kept.write_bytes(made.pdf.content)
    lying = [w > h for w, h in pages_of(kept)]
    assert [w > h for w, h in pages_of(outlets.printed)] == lying


def test_the_dialog_starts_with_the_paper_and_sides_of_the_book(qapp: QApplication) -> None:
    a3, spread = QSizeF(842, 1191), QSizeF(1191, 842)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    suggest(printer, 46, a3)
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.A3
    assert printer.pageLayout().orientation() is QPageLayout.Orientation.Portrait
    suggest(printer, 24, spread)
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.A3
    assert printer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
    suggest(printer, 2, A4_POINTS)
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.A4
    assert sides(46, a3) is sides(46, A4_POINTS) is QPrinter.DuplexMode.DuplexLongSide
    assert sides(24, spread) is sides(2, A4_POINTS) is QPrinter.DuplexMode.DuplexNone


def test_the_margin_page_is_shown_and_can_be_sent(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    page = opened(window, qtbot, school, outlets).page
    page.test_button.click()
    assert page.presenter.paper.title == "Trang thử lề, khổ A4"
    assert page.pane.preview.pages == 2
    page.printer_button.click()
    qtbot.waitUntil(lambda: outlets.printed.exists(), timeout=20_000)
    assert (round(outlets.paper.width()), round(outlets.paper.height())) == (595, 842)
    assert page.presenter.lines == ()


def test_printing_runs_in_a_worker_and_honours_the_range(
    qapp: QApplication, school: TestSchool, tmp_path: Path
) -> None:
    close_all(school)
    made = printed(school)
    path = tmp_path / "range.pdf"
    printer = pdf_printer(path)
    printer.setFromTo(2, 3)
    sent: list[int] = []
    worker = threading.Thread(target=lambda: sent.append(print_pages(made.pdf.content, printer)))
    worker.start()
    worker.join()
    assert sent == [2]
    assert len(pages_of(path)) == 2
    document = QPdfDocument()
    document.load(str(path))
    image = document.render(0, QSize(200, 280))
    document.close()
    colours = {image.pixelColor(x, y).name() for x in range(0, 200, 3) for y in range(0, 280, 3)}
    assert len(colours) > 3, "the page is blank"


def test_cancelled_printing_stops_between_pages(
    qapp: QApplication, school: TestSchool, tmp_path: Path
) -> None:
    close_all(school)
    made = printed(school)

    def give_up(done: int, total: int, note: str = "") -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_pages(made.pdf.content, pdf_printer(tmp_path / "cancel.pdf"), give_up)


def test_broken_bytes_are_refused_before_the_printer(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        print_pages(b"not a pdf", pdf_printer(tmp_path / "x.pdf"))
    assert refused.value.code == "pdf_unreadable"


@pytest.mark.qt_log_ignore("Returned false")
def test_a_printer_that_does_not_begin_is_said(
    qapp: QApplication, school: TestSchool, tmp_path: Path
) -> None:
    close_all(school)
    made = printed(school)
    with pytest.raises(EnvironmentProblem) as refused:
        print_pages(made.pdf.content, pdf_printer(tmp_path / "không có" / "x.pdf"))
    assert refused.value.code == "printer_failed"


def test_a_teacher_previews_own_classes_but_makes_no_run(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    close_all(school)
    printed(school)
    school.add_class("6B", pupils=1)
    page = opened(window, qtbot, school, outlets, "homeroom").page
    assert not page.official_button.isVisible()
    assert page.presenter.pickers.classes.combo.count() == 1
    assert len(page.presenter.lines) == 1
    page.preview_button.click()
    wait_paper(qtbot, page)
    assert page.presenter.paper.is_draft


def test_the_principal_signs_a_printed_book_and_a_correction_voids_it(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    close_all(school)
    press = Printing(school.uow, school.clock, Paper(), Tables())
    run = press.print_class_book(
        school.actor("secretary"), school.class_id, BookScope.YEAR
    ).payload.run
    page = show_page(window, qtbot, school, "secretary", "prints", "In sổ", PrintingPage).page
    assert page.sign_button.isHidden()
    page.choose_run(run.id)
    assert not page.sign_button.isHidden()
    page.sign_button.click()
    box = [d for d in page.findChildren(QDialog) if d.isVisible()][-1]
    box.decider.password.setText(PASSWORD)
    qtbot.waitUntil(box.sign_button.isEnabled)
    box.sign_button.click()
    qtbot.waitUntil(page.sign_button.isHidden)
    assert page.presenter.lines[0].signed.stands


def test_the_book_offered_first_is_of_the_last_closed_period(
    window: MainWindow, qtbot: QtBot, school: TestSchool, outlets: Outlets
) -> None:
    closing = PeriodClosing(school.uow, school.clock)
    signer = school.signer("principal")
    page = opened(window, qtbot, school, outlets).page
    assert page.scope == "HK1"
    open_windows(school)
    for period in (Period.HK1, Period.HK2):
        if period not in school_closes(school):
            closing.close(signer, school.class_id, period, "57/QĐ", "Lớp mẫu")
    page.presenter.on_changed(CommandResult(frozenset({Topic.LOCKS}), 0, ""))
    assert page.scope == "CN"
    assert "học kì II và cả năm" in page.book.text()
    page.choice.show_scope("HK1")
    page.presenter.on_changed(CommandResult(frozenset({Topic.LOCKS}), 0, ""))
    assert page.scope == "HK1", "who chose another period keeps it"


def school_closes(school: TestSchool) -> set[Period]:
    with school.uow.read() as uow:
        return set(uow.control.class_locks(school.class_id).closes)
