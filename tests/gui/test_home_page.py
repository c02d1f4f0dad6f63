"""Bàn làm việc for each kind of person, over real services."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from app.changes import CommandResult, Topic
from app.clock import VIETNAM, SetClock
from app.domain.periods import Period, Term
from app.readmodels.home import TaskKind
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from tests.gui.office_kit import crowd
from tests.gui.page_kit import fill_marks, show_page, workspace
from tests.gui.shots import colours_in, shoot
from tests.support.correction_case import GK, lock
from tests.support.record_book import RecordBook
from tests.support.school import found_school, make_school
from ui.navigation import PageSpec
from ui.pages.home.page import HomePage
from ui.pages.home.words import day_in_words, grouped, short_name
from ui.theme.tokens import Mode
from ui.widgets.buttons import Button

PLACES = (
    "marks", "lock_control", "conduct", "corrections", "administration", "roster", "printing",
    "results", "sealing",
)  # fmt: skip


class Place(QWidget):
    """Remembers where it was asked to go."""

    def __init__(self, context: Any) -> None:
        super().__init__()
        self.went: dict[str, Any] = {}

    def go_to(self, **where: Any) -> None:
        self.went = where


@pytest.fixture
def school(tmp_path):
    school = make_school(tmp_path, SetClock(datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)))
    yield school
    school.close()


def opened(school):
    EntryControl(school.uow, school.clock).open_window(
        school.actor("principal"), school.year_id, Period.HK1, date(2026, 11, 16),
        date(2027, 1, 15), "12/QĐ", date(2026, 11, 16),
    )  # fmt: skip


@pytest.fixture
def show(window, qtbot, jobs):
    def shower(school, who):
        more = tuple(PageSpec(name, name, "file", 1, frozenset(), Place) for name in PLACES)
        shown = show_page(window, qtbot, school, who, "home", "Bàn làm việc", HomePage, more=more)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return shown

    return shower


def links(page, words):
    return [b for b in page.findChildren(Button) if b.text() == words and b.isVisible()]


def test_a_new_file_says_what_to_do_first(window, qtbot, tmp_path, show):
    school = found_school(tmp_path)
    shown = show(school, "principal")
    (button,) = links(shown.page, "Lập năm học")
    button.click()
    assert window.current_page().went == {"section": "year"}
    school.close()


def test_one_click_leads_to_the_first_missing_cell(window, school, show):
    opened(school)
    sheet = SheetId(school.class_id, school.subjects["tin_hoc"])
    entry, who = MarkEntry(school.uow, school.clock), school.actor("tin_hoc")
    entry.set_dates(who, sheet, "HK1.tx1", date(2026, 11, 10), date(2026, 11, 20))
    entry.set_cells(who, sheet, {CellKey(p, "HK1.tx1"): "8" for p in school.pupils[:2]}, "key")
    shown = show(school, "tin_hoc")
    assert "Có 1 việc quá hạn" in shown.page.lead.text()
    (button,) = links(shown.page, "Tới ô đầu tiên")
    button.click()
    assert window.current_page().went == {
        "class_id": sheet.class_id,
        "subject_id": sheet.subject_id,
        "pupil_id": school.pupils[2],
        "column": "HK1.tx1",
    }


def test_the_homeroom_board_has_every_subject(window, school, show):
    opened(school)
    page = show(school, "homeroom").page
    assert page.board.model().rowCount() == 12
    count = QFontMetrics(page.board.font()).horizontalAdvance("270/270")
    assert page.board.columnWidth(2) >= 12 + 48 + 6 + count + 4, "figures are never cut"
    assert page.step_row.isVisible()
    page.board.activated.emit(page.board.model().index(1, 0))
    assert window.current_page().went["subject_id"] == page.board.model().record(1).subject_id
    assert window.current_page().went["pupil_id"] == school.pupils[0]


def test_a_click_on_a_step_leads_to_where_it_is_done(window, school, show):
    opened(school)
    page = show(school, "secretary").page
    places = []
    for column in range(7):
        window.open_page("home")
        page.board.clicked.emit(page.board.model().index(0, column))
        places.append((window._navigator.current_id, window.current_page().went))
    klass = {"class_id": school.class_id}
    first = {"subject_id": school.subjects["ngu_van"], "pupil_id": school.pupils[0],
             "column": "HK1.tx1"}  # fmt: skip
    assert places == [
        ("roster", klass), ("roster", klass), ("marks", klass | first), ("results", klass),
        ("lock_control", klass), ("printing", klass | {"scope": "HK1"}),
        ("sealing", {"year_id": school.year_id}),
    ]  # fmt: skip


def test_enter_leads_to_the_next_step_of_a_class(window, school, show):
    opened(school)
    fill_marks(school, (Term.HK1,))
    page = show(school, "secretary").page
    page.board.activated.emit(page.board.model().index(0, 0))
    assert window._navigator.current_id == "results"


def test_the_office_board_has_every_class_light_and_dark(school, show, look):
    opened(school)
    crowd(school)
    page = show(school, "secretary").page
    assert [x.class_name for x in page.board.model().records()] == [
        "6A", "6B", "6C", "7A", "7B", "8A", "9A",
    ]  # fmt: skip
    light = colours_in(shoot(page))
    look.set_mode(Mode.DARK)
    dark = colours_in(shoot(page))
    assert len(light) > 4
    assert len(dark) > 4
    assert light.isdisjoint({look.tokens.paper})


def test_a_teacher_before_the_window_is_told_why_nothing_waits(school, show):
    page = show(school, "tin_hoc").page
    assert page.no_tasks.isVisible()
    from ui.widgets.cards import Alert
    from ui.widgets.labels import ElidedLabel

    words = [x.text() for a in page.findChildren(Alert) for x in a.findChildren(ElidedLabel)]
    assert "Không có đợt nhập học kì I đang mở" in words


def test_a_teacher_whose_sheets_are_full_needs_no_window(school, show):
    opened(school)
    fill_marks(school, (Term.HK1,))
    school.clock.move_to(datetime(2027, 1, 16, 8, tzinfo=VIETNAM))
    page = show(school, "tin_hoc").page
    from ui.widgets.cards import Alert

    assert page.presenter.view.next_to_end is None
    assert not page.findChildren(Alert)


def test_the_principal_opens_the_window_from_the_task(window, school, show):
    shown = show(school, "principal")
    rows = [b for b in links(shown.page, "Đóng mở sổ") if b.property("kind") == "link"]
    rows[0].click()
    assert window.current_page().went == {"period": "HK1"}


def test_a_hidden_page_reads_again_only_when_it_is_shown(window, school, show, bus):
    opened(school)
    page = show(school, "tin_hoc").page
    reads = []
    page.presenter.refresh, kept = lambda: reads.append(1), page.presenter.refresh
    window.open_page("roster")
    page.presenter.on_changed(CommandResult(frozenset({Topic.MARKS}), 1))
    page.presenter.on_changed(CommandResult(frozenset({Topic.MARKS}), 2))
    assert reads == []
    window.open_page("home")
    assert reads == [1]
    page.presenter.refresh = kept


def test_a_page_that_is_not_there_is_said(window, qtbot, school, show, jobs):
    shown = show_page(window, qtbot, school, "principal", "home", "Bàn làm việc", HomePage)
    shown.page.presenter.main_action()
    toasts = [x for x in window.findChildren(QWidget) if x.property("kind") == "toast"]
    assert "không mở được trang ấy" in toasts[0].accessibleName()
    qtbot.waitUntil(lambda: not jobs.is_busy)


def test_a_saved_mark_is_counted_at_once(school, show, bus):
    opened(school)
    page = show(school, "tin_hoc").page
    before = page.presenter.view.subjects[0].filled
    fill_marks(school, (Term.HK1,))
    page.presenter.refresh()
    assert before == 0
    assert page.presenter.view.subjects[0].filled == page.presenter.view.subjects[0].wanted
    assert links(page, "Mở sổ điểm")


def test_classes_waiting_for_the_same_act_share_a_row(school):
    from app.readmodels.home import MyTask, TaskKind

    tasks = [
        MyTask(TaskKind.CLOSE, class_name="6A"),
        MyTask(TaskKind.CONFIRM, class_name="6A"),
        MyTask(TaskKind.CLOSE, class_name="6B"),
    ]
    assert [[task.class_name for task in row] for row in grouped(tasks)] == [["6A", "6B"], ["6A"]]


def test_words():
    assert day_in_words(date(2027, 1, 8)) == "Thứ Sáu, 08/01/2027"
    assert short_name("Phan Thị Diệu Hiền") == "Diệu Hiền"
    assert short_name("Nguyễn Thị Bình") == "Bình"
    assert short_name("Lò Pành") == "Lò Pành"


def test_services_of_the_page_are_the_real_ones(school):
    assert workspace(school, "principal").tasks.setup_steps(school.year_id)[-1][1]


def test_minutes_to_print_lead_to_their_case(window, school, show):
    kept = RecordBook(school)
    kept.open_entry()
    kept.enter("tin_hoc", {GK: "8"}, "paste")
    lock(kept, "HK1.gk")
    case = kept.corrected("tin_hoc", {GK: "9"})
    presenter = show(school, "secretary").page.presenter
    kinds = [row[0].kind for row in presenter._rows]
    task = presenter._words.row(
        0, presenter._rows[kinds.index(TaskKind.PRINT_MINUTES)], school.clock.today()
    )
    assert task.title == "In biên bản sửa điểm, hồ sơ số 01"
    presenter.open_task(kinds.index(TaskKind.PRINT_MINUTES))
    assert window.current_page().went == {"case_id": case.id}
