"""Tổng kết: the circular's results on screen, with their reasons, without a ranking."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.domain.periods import Term
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.results_table import UNKNOWN, ResultsPeriod
from app.services.class_results import ClassResults
from app.services.mark_entry import MarkEntry
from app.services.results_assembly import results_table
from tests.gui.keyboard import press
from tests.gui.page_kit import Shown, fill_conduct, fill_marks, open_windows, show_page, workspace
from tests.support.record_book import book
from tests.support.school import TestSchool, make_school
from ui.pages.results.page import ResultsPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path, pupils=8)
    open_windows(made)
    fill_conduct(made)
    fill_marks(made)
    return made


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str = "principal") -> Shown:
    return show_page(window, qtbot, school, who, "results", "Tổng kết", ResultsPage)


def column(page: ResultsPage, title: str) -> list[str]:
    model = page.view.right.model()
    horizontal = Qt.Orientation.Horizontal
    at = next(n for n in range(model.columnCount()) if model.headerData(n, horizontal) == title)
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def table_of(school: TestSchool, period: ResultsPeriod):
    facts, results = ClassResults(school.uow).of_class(school.class_id)
    return results_table(facts, results, period)


def test_the_table_says_what_the_circular_says(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    assert page.periods.current() == "HK1"
    page.periods.set_current("YEAR")
    page.presenter.set_period("YEAR")
    _, results = ClassResults(school.uow).of_class(school.class_id)
    expected = [results[pupil] for pupil in school.pupils]
    assert column(page, "Học tập") == [r.learning_year.final for r in expected]
    assert column(page, "Rèn luyện") == [r.conduct_year for r in expected]
    assert column(page, "Kết quả") == [r.promotion.label(6) for r in expected]
    assert column(page, "Danh hiệu") == [r.titles.year or "" for r in expected]
    assert column(page, "STT") == [str(n) for n in range(1, 9)]


def test_the_terms_show_their_own_levels_and_no_outcome(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    assert "Kết quả" not in [
        page.view.right.model().headerData(n, Qt.Orientation.Horizontal)
        for n in range(page.view.right.model().columnCount())
    ]
    assert column(page, "Buổi nghỉ")[:3] == ["0", "2", "2"]


def test_reasons_follow_the_chosen_pupil_in_reading_order(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    page.presenter.set_period("YEAR")
    page.view.setFocus()
    page.view.choose(0)
    press(page.view.right, Qt.Key.Key_Down)
    assert page.view.chosen_row() == 1
    spoken = page.panel.spoken
    headings = [line for line in spoken if not line.startswith(("đạt", "không đạt", "chưa đủ"))]
    assert [h.split(":")[0] for h in headings] == [
        "Kết quả học tập cả năm",
        "Kết quả rèn luyện cả năm",
        "Khen thưởng cuối năm",
        "Xét lên lớp",
    ]
    assert any("TT22/2021, Điều 9, khoản 2" in line for line in spoken)
    assert any("nghỉ không quá 45 buổi" in line for line in spoken)


def test_filter_keeps_only_one_result_and_counts_stay_of_the_class(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    page.presenter.set_period("YEAR")
    before = page.counts[0].text()
    choices = {page.filter.itemText(n): page.filter.itemData(n) for n in range(page.filter.count())}
    good = next(words for words in choices if words.startswith("Học tập Tốt"))
    page.presenter.set_filter(choices[good])
    assert set(column(page, "Học tập")) == {"Tốt"}
    assert f"({len(column(page, 'Học tập'))})" in good
    assert page.counts[0].text() == before
    assert page.filter.currentText() == good


def test_a_missing_mark_leaves_a_dash_never_a_zero(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    marks = MarkEntry(school.uow, school.clock)
    sheet = SheetId(school.class_id, school.subjects["toan"])
    marks.set_cells(school.actor("toan"), sheet, {CellKey(school.pupils[0], "HK1.ck"): ""}, "clear")
    page = opened(window, qtbot, school).page
    assert column(page, "Học tập")[0] == UNKNOWN
    assert "chưa đủ dữ liệu 1" in page.counts[0].text()
    page.view.choose(0)
    assert any(line.startswith("chưa đủ dữ liệu") for line in page.panel.spoken)


def test_a_pupil_who_left_is_shown_but_not_counted(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, school.pupils[2], date(2026, 11, 2), "Chuyển"
    )
    page = opened(window, qtbot, school).page
    page.presenter.set_period("YEAR")
    assert column(page, "Kết quả")[2] == "Rời lớp 02/11/2026"
    counted = sum(int(part.split()[-1]) for part in page.counts[0].text().split("  ·  "))
    assert counted == 7


def test_raised_level_names_the_subject_that_raised_it(school: TestSchool) -> None:
    marks = MarkEntry(school.uow, school.clock)
    pupil = school.pupils[0]
    for code, subject in school.subjects.items():
        sheet = SheetId(school.class_id, subject)
        actor = school.actor(code)
        view = marks.open(actor, sheet)
        numeric = view.kind.value == "marks"
        text = ("5,5" if code == "khtn" else "9,0") if numeric else "Đ"
        edits = {
            CellKey(pupil, c.key): text
            for c in view.columns
            if c.term is Term.HK1 and not c.computed and not c.is_comment
        }
        marks.set_cells(actor, sheet, edits, "import")
    row = table_of(school, ResultsPeriod.HK1).rows[0]
    if row.raised_by:
        assert row.raised_by == "Khoa học tự nhiên"
        assert "→" in row.learning_words
    else:
        assert row.learning_words == row.learning == "Khá"


def test_other_changes_refresh_the_page(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school)
    before = column(shown.page, "Rèn luyện")
    work = workspace(school, "homeroom")
    result = work.conduct.set_cells(
        work.session.actor, school.class_id, {(school.pupils[0], "HK1.level"): "CĐ"}
    )
    shown.window.commands.publish(result)
    assert column(shown.page, "Rèn luyện") == ["Chưa đạt", *before[1:]]


def test_a_teacher_sees_own_classes_only(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    school.add_class("6B", pupils=2)
    page = opened(window, qtbot, school, "tin_hoc").page
    assert [page.presenter.pickers.classes.combo.itemText(0)] == ["6A"]
    assert page.presenter.pickers.classes.combo.count() == 1
    page.go_to(class_id=999)
    assert page.presenter.pickers.klass.name == "6A"


def test_an_empty_class_says_what_to_do(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    other = school.add_class("6C")
    page = opened(window, qtbot, school).page
    page.go_to(class_id=other, period="YEAR")
    assert not page.filter.isVisible()
    assert page._stack.currentWidget() is page._nothing
    page.go_to(class_id=school.class_id, pupil_id=school.pupils[3])
    assert page.view.chosen_row() == 3


def test_no_heading_is_cut_and_a_click_on_a_name_gives_the_arrows_work(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    view = page.view.right
    header, model = view.horizontalHeader(), view.model()
    metrics = QFontMetrics(header.font())
    for at in range(2, model.columnCount() - 1):
        title = str(model.headerData(at, Qt.Orientation.Horizontal))
        assert metrics.horizontalAdvance(title) + 12 < header.sectionSize(at), title
    left = page.view.left
    place = left.visualRect(model.index(2, 1)).center()
    qtbot.mouseClick(left.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.view.chosen_row() == 2
    press(None, Qt.Key.Key_Down)
    assert page.view.chosen_row() == 3


def test_a_result_corrected_after_the_close_shows_both_values(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    kept = book(make_school(tmp_path, pupils=2))
    kept.fill()
    kept.close()
    kept.corrected("toan", {(0, "HK1.ck"): "10"})
    page = show_page(
        window, qtbot, kept.school, "principal", "results", "Tổng kết", ResultsPage
    ).page
    page.go_to(class_id=kept.school.class_id, pupil_id=kept.school.pupils[0], period="HK1")
    assert list(page.presenter.changed) == [kept.school.pupils[0]]
    assert any(text.startswith("Toán, học kì: lúc chốt") for text in page.panel.spoken)
    page.go_to(class_id=kept.school.class_id, pupil_id=kept.school.pupils[1], period="HK1")
    assert not any("lúc chốt" in text for text in page.panel.spoken)
