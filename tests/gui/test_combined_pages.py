"""The window of a school of several levels: each page takes the form of the class on screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.domain.periods import Period, Term
from app.readmodels.mark_sheet import SheetId
from app.readmodels.results_table import ResultsPeriod
from tests.gui.page_kit import show_page
from tests.gui.shots import shoot
from tests.support.combined_school import CombinedSchool, make_combined
from ui.models.mark_grid_model import Section
from ui.pages.administration.page import AdministrationPage
from ui.pages.attendance.page import AttendancePage
from ui.pages.attendance.presenter import Shows
from ui.pages.catalogue import page_specs
from ui.pages.conduct.page import ConductPage
from ui.pages.home.page import HomePage
from ui.pages.lock_control.control_dialogs import OpeningDialog
from ui.pages.lock_control.page import LockControlPage
from ui.pages.lock_control.scope_dialogs import ScopeLockDialog
from ui.pages.marks.binding import bound_marks_page
from ui.pages.printing.page import PrintingPage
from ui.pages.results.page import ResultsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow
    from ui.widgets.segmented import Segmented

TERMS = ["HK1", "HK2", "YEAR"]
KYS = ["GK1", "CK1", "GK2", "CN"]


@pytest.fixture
def made(window: MainWindow, tmp_path: Path) -> CombinedSchool:
    combined = make_combined(tmp_path, "5A", "6A", "10A")
    window._clock = combined.school.clock
    return combined


def shown(choice: Segmented) -> list[str]:
    return [key for key, button in choice._buttons.items() if not button.isHidden()]


def test_the_rail_names_both_ways_and_has_ren_luyen(made: CombinedSchool) -> None:
    specs = {spec.id: spec.title for spec in page_specs(made.work("principal"))}
    assert specs["marks"] == "Điểm, đánh giá"
    assert specs["conduct"] == "Rèn luyện"


def test_marks_take_the_form_of_the_sheet(
    window: MainWindow, qtbot: QtBot, made: CombinedSchool, tmp_path: Path
) -> None:
    page = show_page(
        window, qtbot, made.school, "teacher", "marks", "Điểm, đánh giá", bound_marks_page
    ).page
    sheets = {n: SheetId(k.id, made.subject(n, "toan").id) for n, k in made.classes.items()}
    assert page.open_sheet(sheets["5A"])
    assert page._title.text() == "Đánh giá"
    assert shown(page.sections) == [*KYS, "YEAR"]
    assert page.grid.model.section is Section.GK1
    shoot(window, tmp_path / "combined-marks-5A.png")
    assert page.open_sheet(sheets["6A"])
    assert page._title.text() == "Sổ điểm"
    assert shown(page.sections) == TERMS
    assert page.grid.model.section is Section.HK1
    assert page.sections.current() == "HK1"
    # The class picker crosses levels too.
    page.classes.combo.picked.emit(made.classes["5A"].id)
    assert page.presenter.sheet == sheets["5A"]
    assert page.grid.model.section is Section.GK1


def test_results_show_the_periods_of_the_class(
    window: MainWindow, qtbot: QtBot, made: CombinedSchool
) -> None:
    page = show_page(
        window, qtbot, made.school, "principal", "results", "Tổng kết", ResultsPage
    ).page
    assert (page.presenter.period, shown(page.periods)) == (ResultsPeriod.GK1, KYS)
    page.go_to(class_id=made.classes["6A"].id)
    assert (page.presenter.period, shown(page.periods)) == (ResultsPeriod.HK1, TERMS)
    page.presenter.set_period("YEAR")
    page.go_to(class_id=made.classes["5A"].id)
    assert (page.presenter.period, page.periods.current()) == (ResultsPeriod.CN, "CN")
    assert page.presenter.table.primary
    page.go_to(class_id=made.classes["10A"].id, period="HK2")
    assert (page.presenter.period, page.periods.current()) == (ResultsPeriod.HK2, "HK2")


def test_statistics_compare_classes_that_are_assessed_alike(
    window: MainWindow, qtbot: QtBot, made: CombinedSchool
) -> None:
    page = show_page(
        window, qtbot, made.school, "principal", "results", "Tổng kết", ResultsPage
    ).page
    alike = {
        name: len(page.counting._class_ids(alike=True))
        for name in made.classes
        if page.presenter.show(made.classes[name].id, None, "YEAR") is None
    }
    assert alike == {"5A": 1, "6A": 2, "10A": 2}
    assert len(page.counting._class_ids()) == 3


def test_the_book_is_that_of_the_class(
    window: MainWindow, qtbot: QtBot, made: CombinedSchool
) -> None:
    page = show_page(window, qtbot, made.school, "secretary", "prints", "In sổ", PrintingPage).page
    page.go_to(class_id=made.classes["5A"].id, scope="CK1")
    assert page.presenter.book_words().startswith("Bảng tổng hợp")
    assert page.summary.isVisible()
    assert not page.batch_button.isVisible()
    assert not page.choice.parts.isVisible()
    page.choice.books._buttons["booklet"].click()
    assert page.presenter.book_words().startswith("Học bạ")
    page.choice.books._buttons["book"].click()
    page.go_to(class_id=made.classes["6A"].id, scope="HK1")
    assert page.choice.parts.isVisible()
    assert page.presenter.book_words().startswith("Sổ theo dõi và đánh giá học sinh")
    assert page.choice.isVisible()
    assert not page.summary.isVisible()
    assert page.batch_button.isVisible()


def test_the_locks_of_each_kind_have_their_table(
    window: MainWindow, qtbot: QtBot, made: CombinedSchool, tmp_path: Path
) -> None:
    page = show_page(
        window, qtbot, made.school, "principal", "locks", "Đóng mở sổ", LockControlPage
    ).page

    def names() -> list[str]:
        return [row.class_name for row in page.table.classes.records()]

    assert page.kinds.isVisible()
    assert (names(), page.panel_view.class_name) == (["5A"], "5A")
    assert page.panel.term is Period.GK1
    page._open_window()
    dialog = page.findChild(OpeningDialog)
    offered = [dialog.period.itemData(at) for at in range(dialog.period.count())]
    assert [Period(p) for p in offered] == [*map(Period, KYS), Period.HK1, Period.HK2, Period.HE]
    dialog.reject()
    assert page.show_class(made.classes["10A"].id)
    assert (names(), page.panel_view.class_name) == (["6A", "10A"], "10A")
    assert page.panel.term is Term.HK1
    assert page.kinds.current() == "secondary"
    shoot(window, tmp_path / "combined-locks.png")
    page.acts.set_columns_in(made.school.year_id, page.panel_view)
    scope = page.findChild(ScopeLockDialog)
    assert scope.columns.term is Term.HK1
    assert scope.columns.kinds == {"tx", "gk", "ck"}
    scope.reject()
    page.kinds._buttons["primary"].click()
    assert (names(), page.panel_view.class_name) == (["5A"], "5A")
    page.refresh()
    assert page.panel_view.class_name == "5A"


def test_ren_luyen_offers_no_primary_class(
    window: MainWindow, qtbot: QtBot, made: CombinedSchool
) -> None:
    page = show_page(
        window, qtbot, made.school, "teacher", "conduct", "Rèn luyện", ConductPage
    ).page
    combo = page.presenter.pickers.classes.combo
    assert [combo.itemText(at) for at in range(combo.count())] == ["6A", "10A"]


def test_the_45_day_list_is_one_of_secondary_classes(
    window: MainWindow, qtbot: QtBot, made: CombinedSchool
) -> None:
    page = show_page(
        window, qtbot, made.school, "teacher", "attendance", "Điểm danh", AttendancePage
    ).page
    page.presenter.show(made.classes["6A"].id)
    assert Shows.NEAR.value in shown(page.views)
    page.presenter.choose(Shows.NEAR)
    page.presenter.show(made.classes["5A"].id)
    assert Shows.NEAR.value not in shown(page.views)
    assert page.presenter.shows is Shows.MONTH


def test_the_desk_names_both_terms(window: MainWindow, qtbot: QtBot, made: CombinedSchool) -> None:
    page = show_page(window, qtbot, made.school, "principal", "home", "Bàn làm việc", HomePage).page
    view = page.presenter.view
    assert view.term_words == "giữa học kì I và học kì I"
    assert len(view.classes) == 3


def test_the_school_and_its_grades_can_grow(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    made = make_combined(tmp_path, "8A", stage="thcs")
    window._clock = made.school.clock
    page = show_page(
        window, qtbot, made.school, "principal", "admin", "Quản trị", AdministrationPage
    ).page
    page.go_to(section="school")
    section = page.sections["school"]
    section.stage.set_current("th_thcs")
    section._edited()
    section._save()
    page.go_to(section="year")
    subjects = page.sections["year"].subjects
    assert shown(subjects.grades) == [str(grade) for grade in range(1, 10)]
    assert subjects.fill_button.isVisible()
