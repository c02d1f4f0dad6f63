"""The window of a primary school: Đánh giá, Đóng mở sổ, Tổng kết, In sổ, and the rail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.domain.marks import CellState
from app.domain.periods import Period
from app.readmodels.mark_sheet import CellKey
from tests.gui.page_kit import show_page
from tests.gui.shots import shoot
from tests.support.primary_school import PrimarySchool, make_primary
from ui.models.mark_grid_model import Section
from ui.pages.catalogue import page_specs
from ui.pages.lock_control.page import LockControlPage
from ui.pages.lock_control.scope_dialogs import ScopeLockDialog
from ui.pages.marks.binding import bound_marks_page
from ui.pages.printing.page import PrintingPage
from ui.pages.results.page import ResultsPage
from ui.pages.roster.former_marks_dialog import FormerMarksDialog
from ui.pages.roster.page import RosterPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


@pytest.fixture
def primary(tmp_path: Path) -> PrimarySchool:
    return make_primary(tmp_path)


def test_the_rail_says_danh_gia_and_knows_no_ren_luyen(primary: PrimarySchool) -> None:
    specs = {spec.id: spec.title for spec in page_specs(primary.work("principal"))}
    assert specs["marks"] == "Đánh giá"
    assert "conduct" not in specs


def test_levels_are_typed_in_the_running_period(
    window: MainWindow, qtbot: QtBot, primary: PrimarySchool, tmp_path: Path
) -> None:
    school = primary.school
    window._clock = school.clock
    page = show_page(window, qtbot, school, "homeroom", "marks", "Đánh giá", bound_marks_page).page
    page.open_sheet(primary.sheet("toan"))
    grid = page.grid
    assert grid.model.section is Section.GK1
    assert [grid.model.column_at(at).title for at in (2, 3, 4)] == ["Mức", "KTĐK", "Nhận xét"]
    key = CellKey(primary.pupil(0), "GK1.muc")
    assert grid.model.set_cells({key: "t"}, "key") is not None
    assert grid.model.view_of(key).text == "T"
    assert grid.model.set_cells({CellKey(primary.pupil(0), "GK1.ktdk"): "4"}, "key") is not None
    page.show_counts()
    assert page.odd.isVisible()
    assert grid.model.odd_cells() == 1
    refused: list[object] = []
    grid.model.edit_refused.connect(lambda *said: refused.append(said[2]))
    assert grid.model.set_cells({key: "9"}, "key") is None
    assert "không phải là mức" in refused[0].sentence
    note = CellKey(primary.pupil(0), "GK1.comment")
    grid.model.set_cells({note: "Tiến bộ."}, "key")
    assert grid.gestures.phrases("GK1.comment") == ["Tiến bộ."]
    grid.go_to(CellKey(primary.pupil(1), "GK1.comment"))
    assert grid.gestures.put_phrase("Tiến bộ.")
    assert grid.model.view_of(CellKey(primary.pupil(1), "GK1.comment")).text == "Tiến bộ."
    page.open_sheet(primary.sheet("pc_nl"))
    assert page.grid.model.section is Section.GK1
    shoot(window, tmp_path / "primary-traits.png")


def test_a_period_is_closed_from_the_matrix(
    window: MainWindow, qtbot: QtBot, primary: PrimarySchool, tmp_path: Path
) -> None:
    primary.live(until=Period.GK1)
    window._clock = primary.school.clock
    page = show_page(
        window, qtbot, primary.school, "principal", "locks", "Đóng mở sổ", LockControlPage
    ).page
    cells = [page.table.classes.index(0, at).data() for at in range(1, 5)]
    assert cells[0].startswith("chốt ")
    assert all(words.startswith("mở đến") for words in cells[1:])
    assert page.panel.close_button.text() == "Chốt cuối học kì I lớp 4A…"
    page.show_class(primary.school.class_id, Period.CK1)
    assert page.panel.grid.columns.columnCount() > 3
    shoot(window, tmp_path / "primary-locks.png")
    page.show_class(primary.school.class_id, Period.CN)
    columns = page.panel.grid.columns
    across = Qt.Orientation.Horizontal
    heads = [columns.headerData(at, across) for at in range(1, columns.columnCount())]
    assert all(words.replace("mức", "X").isupper() for words in heads), "no inner code is shown"
    tips = [
        columns.headerData(at, across, Qt.ItemDataRole.ToolTipRole)
        for at in range(1, columns.columnCount())
    ]
    assert "được tập thể lớp công nhận" in tips
    page.show_class(primary.school.class_id, Period.CK1)
    page._set_columns_in()
    dialog = page.findChild(ScopeLockDialog)
    assert dialog is not None
    assert dialog.columns.term is Period.CK1
    assert dialog.columns.kinds == {"muc", "ktdk", "pc_nl"}
    shoot(dialog, tmp_path / "primary-scope.png")
    dialog.reject()


def test_levels_of_a_former_school_come_and_a_pack_goes_with_a_pupil(
    window: MainWindow, qtbot: QtBot, primary: PrimarySchool, tmp_path: Path
) -> None:
    school = primary.school
    window._clock = school.clock
    leaver, day = primary.pupil(1), school.clock.today()
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, leaver, day, "Chuyển trường"
    )
    page = show_page(window, qtbot, school, "secretary", "roster", "Danh sách lớp", RosterPage).page
    page.choose(primary.pupil(0))
    assert page.panel.absences_button.isVisible()
    page.panel.former_button.click()
    box = next(d for d in page.findChildren(FormerMarksDialog))
    assert box.terms.current() == Period.GK1
    box.terms.set_current(Period.CK1.value)
    box.terms.chosen.emit(Period.CK1.value)
    toan, traits = school.subjects["toan"], school.subjects["pc_nl"]
    box.cells[toan, "muc"].setText("T")
    box.cells[toan, "ktdk"].setText("9")
    box.cells[traits, "yeu_nuoc"].setText("d")
    shoot(box, tmp_path / "former-levels.png")
    for field, words in (
        ("school", "TH Lê Lợi"), ("document", "Bảng tổng hợp"), ("signer", "Trần Năm")
    ):  # fmt: skip
        box.origin[field].field.setText(words)
    box.save_button.click()
    assert not box.isVisible(), box.refusal()
    with school.uow.read() as uow:
        marks = uow.marks.cells(school.class_id, None, [primary.pupil(0)])
    assert {mark.cell.state for mark in marks} == {CellState.TRANSFERRED}
    assert len(marks) == 3
    page.choose(leaver)
    assert page.panel.return_button.isVisible()
    assert page.panel.pack_button.isVisible()


def test_results_and_prints_of_a_closed_year(
    window: MainWindow, qtbot: QtBot, primary: PrimarySchool, tmp_path: Path
) -> None:
    primary.live()
    window._clock = primary.school.clock
    page = show_page(
        window, qtbot, primary.school, "principal", "results", "Tổng kết", ResultsPage
    ).page
    page.periods.set_current("CN")
    page.presenter.set_period("CN")
    table = page.presenter.table
    assert table.rows[0].learning == "Hoàn thành xuất sắc"
    assert table.rows[0].outcome == "Được lên lớp"
    assert "Hoàn thành xuất sắc" in page.counts[0].text()
    for tab in ("lists", "summer", "stats", "table"):
        page.tabs.set_current(tab)
        page.show_tab()
    shoot(window, tmp_path / "primary-results.png")
    page = show_page(
        window, qtbot, primary.school, "secretary", "prints", "In sổ", PrintingPage
    ).page
    page.go_to(class_id=primary.school.class_id, scope="CN")
    assert page.presenter.book_words().endswith("lớp 4A, cuối năm học")
    page.presenter.print_official(1)
    qtbot.waitUntil(lambda: bool(page.presenter.lines))
    assert page.presenter.lines[0].run.period == "CN"
    assert page.presenter.lines[0].signable
