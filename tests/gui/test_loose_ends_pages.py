"""Coming and leaving on the roster page, a wrong class and old practice copies in Quản trị."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from app.domain.movements import MovementKind, MovementPaper
from app.domain.periods import Term
from app.services.attendance_entry import AttendanceEntry
from tests.gui.page_kit import show_page
from tests.gui.test_case_kinds_page import snap
from tests.support.school import TestSchool, make_school
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.pages.administration.page import AdministrationPage
from ui.pages.roster.former_absences_dialog import FormerAbsencesDialog
from ui.pages.roster.page import RosterPage
from ui.pages.roster.transfer_pack_dialog import TransferPackDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    return make_school(tmp_path)


class Outlets:
    """Keeps what is saved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def choose_file(self, _parent, name: str, on_chosen) -> None:
        on_chosen(self.folder / name)


def visible(window: MainWindow, kind: type):
    return next(d for d in window.findChildren(kind) if d.isVisible())


def roster(window: MainWindow, qtbot: QtBot, school: TestSchool, pupil: int) -> RosterPage:
    window._clock = school.clock
    page = show_page(window, qtbot, school, "secretary", "roster", "Danh sách lớp", RosterPage).page
    page.go_to(class_id=school.class_id, pupil_id=school.pupils[pupil])
    return page


def test_days_of_the_former_school_are_typed_beside_the_pupil(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    AttendanceEntry(school.uow, school.clock).set_days(
        school.actor("homeroom"), school.class_id, {(school.pupils[0], date(2026, 10, 6)): "K"}
    )
    page = roster(window, qtbot, school, 0)
    page.panel.absences_button.click()
    form = visible(window, FormerAbsencesDialog)
    form.fields["excused"].setText("4")
    form.save_button.click()
    assert "Tên trường cũ còn trống" in form.refusal()
    form.fields["school"].setText("Trường THCS Kim Liên")
    form.fields["document"].setText("Giấy chuyển trường số 15")
    snap(form, "former-absences")
    form.show_term(Term.HK2)
    assert not form.save_button.isEnabled()
    form.show_term(Term.HK1)
    form.fields["excused"].setText("4")
    form.fields["school"].setText("Trường THCS Kim Liên")
    form.fields["document"].setText("Giấy chuyển trường số 15")
    form.save_button.click()
    with school.uow.read() as uow:
        days = uow.attendance.former(school.year_id)[school.pupils[0], Term.HK1]
    assert (days.excused, days.unexcused) == (4, 0)


def test_the_pack_of_a_pupil_who_left_is_printed_and_its_data_saved(
    window: MainWindow, qtbot: QtBot, school: TestSchool, tmp_path: Path
) -> None:
    school.rosters.mark_left(
        school.actor("secretary"),
        school.class_id,
        school.pupils[0],
        school.clock.today(),
        "Theo gia đình",
        kind=MovementKind.TRANSFER_OUT,
        paper=MovementPaper("Trường THCS Ba Đình", "Đơn ngày 20/11/2026"),
    )
    page = roster(window, qtbot, school, 1)
    assert not page.panel.pack_button.isVisible()
    page = roster(window, qtbot, school, 0)
    page.presenter.acts.outlets = Outlets(tmp_path)
    snap(window, "roster-left")
    page.panel.pack_button.click()
    paper = visible(window, TransferPackDialog)
    snap(paper, "pack")
    paper.data_button.click()
    qtbot.waitUntil(lambda: list(tmp_path.glob("*.xlsx")) != [])
    (saved,) = tmp_path.glob("*.xlsx")
    qtbot.waitUntil(lambda: saved.stat().st_size > 0)
    workbook = load_workbook(io.BytesIO(saved.read_bytes()))
    assert workbook["Học sinh"]["B2"].value
    paper.reject()


def test_a_frozen_class_offers_the_declaration_from_the_panel(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    school.rosters.freeze(school.actor("secretary"), school.class_id)
    page = roster(window, qtbot, school, 0)
    assert page.panel.correct_button.isVisible()
    snap(window, "roster-frozen")


def administration(window: MainWindow, qtbot: QtBot, school: TestSchool, section: str):
    window._clock = school.clock
    page = show_page(
        window, qtbot, school, "principal", "administration", "Quản trị", AdministrationPage
    ).page
    page.go_to(section=section)
    return page.sections[section]


def test_a_class_made_by_mistake_goes_after_asking(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    school.add_class("6C")
    section = administration(window, qtbot, school, "year")
    names = [klass.name for klass in section.class_model.records()]
    section.class_table.selectRow(names.index("6C"))
    snap(window, "year")
    section.remove_button.click()
    visible(window, ConfirmDialog).action_button.click()
    assert "6C" not in [klass.name for klass in section.class_model.records()]


def test_an_old_practice_copy_is_deleted_from_its_card(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    copy = school.file.practice_copy()
    section = administration(window, qtbot, school, "backups")
    snap(window, "backups")
    assert section.safety.copies.count() == 1
    section.safety.remove_copy(copy.parent.name)
    visible(window, ConfirmDialog).action_button.click()
    assert not copy.parent.exists()
    assert section.safety.copies.count() == 0
