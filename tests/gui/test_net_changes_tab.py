"""Thay đổi ròng: the tab that answers what became of announced marks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.mark_entry import MarkEntry
from tests.gui.page_kit import open_windows, show_page
from tests.support.school import TestSchool, make_school
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.trail.net_view import ALL, COLUMNS, HOURS, PEOPLE
from ui.pages.trail.page import NET, TrailPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path, pupils=3)
    open_windows(made)
    marks = MarkEntry(made.uow, made.clock)
    sheet, who = SheetId(made.class_id, made.subjects["toan"]), made.actor("toan")
    for texts in (("6,5", "7,0", "8,0"), ("8,5", "", "9,0"), ("8,5", "5,0", "8,0")):
        edits = {
            CellKey(pupil, "HK1.tx1"): text for pupil, text in zip(made.pupils, texts, strict=True)
        }
        marks.set_cells(who, sheet, edits, "key")
    return made


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str = "principal") -> Any:
    page = show_page(window, qtbot, school, who, "trail", "Nhật ký", TrailPage).page
    page.go_to(tab=NET)
    return page.net


def shown(net: Any) -> list[tuple[str, str, str, int]]:
    return [(c.first, c.last, c.direction.value, len(c.steps)) for c in net.view.model.records()]


def test_cells_that_ended_different_stand_first_all_on_request(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    net = opened(window, qtbot, school)
    assert shown(net) == [("6,5", "8,5", "tăng", 1), ("7,0", "5,0", "giảm", 2)]
    net.view.which.chosen.emit(ALL)
    assert sorted(shown(net))[-1] == ("8,0", "8,0", "như cũ", 2)
    assert net.view.chips["steps"].text() == "5 lần sửa"


def test_the_chosen_cell_tells_its_whole_history(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    net = opened(window, qtbot, school)
    net.view.table.selectRow(1)
    assert [(s.old, s.new) for s in net.view.steps_model.records()] == [("7,0", ""), ("", "5,0")]


def test_counts_by_person_column_and_hour(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    net = opened(window, qtbot, school)
    tallies = {
        key: [(t.key, t.steps, t.cells) for t in net.view._tallies[key].records()]
        for key in (PEOPLE, COLUMNS, HOURS)
    }
    assert tallies == {
        PEOPLE: [("Nguyễn Thị Bình", 5, 3)],
        COLUMNS: [("Toán · ĐĐGtx1 HK I", 5, 3)],
        HOURS: [("08", 5, 3)],
    }


def test_days_without_a_change_say_so_and_print_nothing(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    net = opened(window, qtbot, school)
    net.view.since.date_chosen.emit(date(2027, 1, 1))
    assert shown(net) == []
    assert not net.view.print_button.isEnabled()
    net.view.since.date_chosen.emit(None)
    assert len(shown(net)) == 2


def test_printing_shows_the_numbered_paper(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    net = opened(window, qtbot, school)
    net.view.print_button.click()
    (dialog,) = window.findChildren(PaperDialog)
    assert dialog.isVisible()
    with school.uow.read() as uow:
        (run,) = uow.prints.of_year(school.year_id)
    assert run.title == "Bảng thay đổi điểm, cả năm học"
    dialog.reject()


def test_a_teacher_sees_an_own_class_and_prints_nothing(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    net = opened(window, qtbot, school, "toan")
    assert [net.view.classes.itemText(n) for n in range(net.view.classes.count())] == ["Lớp 6A"]
    assert len(shown(net)) == 2
    assert not net.view.print_button.isVisible()


def test_a_later_change_is_seen_at_once(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = show_page(window, qtbot, school, "principal", "trail", "Nhật ký", TrailPage).page
    page.go_to(tab=NET)
    sheet = SheetId(school.class_id, school.subjects["toan"])
    result = MarkEntry(school.uow, school.clock).set_cells(
        school.actor("toan"), sheet, {CellKey(school.pupils[2], "HK1.tx1"): "3"}, "key"
    )
    page.net.on_changed(result)
    assert ("8,0", "3,0", "giảm", 3) in shown(page.net)
