"""Sổ điểm, Hạnh kiểm and Tổng kết of a THPT class and of a class under TT58/2011."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.domain.subjects import PupilChoices
from app.regulations.thpt_choices import ClassChoices
from tests.gui.page_kit import Shown, show_page
from tests.support.secondary_year import SecondaryYear, secondary_year
from ui.pages.conduct.page import ConductPage
from ui.pages.marks.binding import bound_marks_page
from ui.pages.results.page import ResultsPage
from ui.widgets.chips import KeyCap

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow

HEADER = Qt.Orientation.Horizontal


@pytest.fixture
def year(tmp_path: Path) -> SecondaryYear:
    made = secondary_year(tmp_path)
    made.add_class("9A", 3)
    made.add_class("11A", 2, ClassChoices(("vat_li", "hoa_hoc", "sinh_hoc", "tin_hoc", "dia_li")))
    made.open_entry()
    return made


def opened(window: MainWindow, qtbot: QtBot, year: SecondaryYear, page_id: str, make) -> Shown:
    return show_page(window, qtbot, year.school, "teacher", page_id, "Trang", make)


def test_the_year_of_conduct_is_taken_from_the_second_term_and_corrected(
    window: MainWindow, qtbot: QtBot, year: SecondaryYear
) -> None:
    year.fill("9A")
    klass = year.classes["9A"]
    entry = year.entry
    entry.set_cells(
        year.teacher, klass.id, {(pupil, "YEAR.level"): "" for pupil in year.pupils["9A"]}
    )
    page = opened(window, qtbot, year, "conduct", ConductPage).page
    page.go_to(class_id=klass.id)
    assert page.title.text() == "Hạnh kiểm"
    assert [cap.text() for cap in page.bar.findChildren(KeyCap)] == ["T", "K", "Tb", "Y"]
    page.go_to(term="HK2")
    assert page.year_button.isVisibleTo(page)
    page.year_button.click()
    rows = entry.open(year.teacher, klass.id).rows
    assert [row.texts["YEAR.level"] for row in rows] == [row.texts["HK2.level"] for row in rows]
    assert not page.year_button.isVisibleTo(page)
    page.go_to(class_id=year.classes["11A"].id)
    assert page.title.text() == "Rèn luyện"
    assert [cap.text() for cap in page.bar.findChildren(KeyCap)][-1] == "CĐ"


def test_results_stand_under_the_words_of_their_circular(
    window: MainWindow, qtbot: QtBot, year: SecondaryYear
) -> None:
    year.fill("9A")
    page = opened(window, qtbot, year, "results", ResultsPage).page
    page.go_to(class_id=year.classes["9A"].id)

    def heads() -> list[str]:
        model = page.model
        return [model.headerData(n, HEADER) for n in range(model.columnCount())]

    assert {"Học lực", "Hạnh kiểm", "ĐTB", "Danh hiệu"} <= set(heads())
    assert page.counts[0].text().startswith("Học lực")
    row = page.model.record(0)
    _, results = year.results("9A")
    average = results[row.pupil_id].averages.year
    assert row.average == f"{average // 10},{average % 10}"
    page.go_to(class_id=year.classes["11A"].id)
    assert "ĐTB" not in heads()
    assert "Rèn luyện" in heads()


def test_who_chose_another_subject_is_shown_without_a_place_to_type(
    window: MainWindow, qtbot: QtBot, year: SecondaryYear
) -> None:
    klass, subject = year.classes["11A"], year.subjects("11A")["dia_li"]
    year.school.studies.choose_for_pupils(
        year.school.actor("principal"), klass.id, year.pupils["11A"][:1],
        PupilChoices(frozenset({subject.id})),
    )  # fmt: skip
    page = opened(window, qtbot, year, "marks", bound_marks_page).page
    page.go_to(class_id=klass.id, subject_id=subject.id)
    model = page.grid.model
    assert [row.taken for row in model.sheet.rows] == [False, True]
    first = model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "không học môn này" in first
    cells = model.sheet.cells
    assert not any(cell.editable or cell.missing or cell.text for cell in cells[0])
    assert any(cell.editable for cell in cells[1])
