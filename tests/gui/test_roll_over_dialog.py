"""Chuyển năm học on Quản trị: what is in the way is named, the mapping is editable, one act."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.roll_over import TeacherCarry
from tests.gui.page_kit import show_page
from tests.support.school import make_school
from tests.support.year_end import settled_school
from ui.pages.administration.page import AdministrationPage
from ui.pages.administration.roll_over_dialog import RollOverDialog


@pytest.fixture
def settled(tmp_path):
    school = settled_school(tmp_path)
    yield school
    school.close()


@pytest.fixture
def wizard(window, qtbot, jobs):
    """Opens Năm học và lớp and presses the button."""

    def opener(school, who="secretary"):
        shown = show_page(
            window, qtbot, school, who, "administration", "Quản trị", AdministrationPage
        )
        shown.page.go_to(section="year")
        qtbot.waitUntil(lambda: not jobs.is_busy)
        section = shown.page.sections["year"]
        assert section.roll_button.isVisible()
        section.roll_button.click()
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return shown, section.findChildren(RollOverDialog)[-1]

    return opener


def test_the_wizard_makes_the_next_year(settled, wizard, qtbot, jobs):
    shown, dialog = wizard(settled)
    assert dialog.next_button.isEnabled()
    dialog.forward()
    [(up, stay)] = dialog.places.values()
    assert (up.text(), stay.text(), dialog.entering.text()) == ("7A", "6A", "6A")
    up.setText("7a1")
    dialog.forward()
    assert "2 em lên lớp, 1 em ở lại, 0 em hoàn thành" in dialog.summary.text()
    dialog.carry.set_current(TeacherCarry.GRADE.value)
    assert not dialog.next_button.pressed_by_enter
    dialog.next_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert [year.name for year in settled.setup.years()] == ["2027-2028", "2026-2027"]
    new = settled.setup.years()[0]
    assert [k.name for k in settled.setup.classes(new.id)] == ["6A", "7A1"]
    assert "2027–2028" in shown.said
    assert shown.page.year().name == "2027-2028"


def test_what_is_in_the_way_is_named_and_nothing_can_be_pressed(tmp_path, wizard):
    school = make_school(tmp_path, pupils=2)
    school.add_class("6B", pupils=1)
    _, dialog = wizard(school)
    assert not dialog.next_button.isEnabled()
    assert [record.klass.name for record in dialog.check_model.records()] == ["6A", "6B"]
    words = [
        str(dialog.check_model.index(row, 5).data()) for row in range(dialog.check_model.rowCount())
    ]
    assert all("chưa chốt học kì II" in text for text in words)
    dialog.reject()
    school.close()


def test_a_refused_name_is_said_in_the_dialog_and_can_be_put_right(settled, wizard, qtbot, jobs):
    _, dialog = wizard(settled)
    dialog.forward()
    [(up, _)] = dialog.places.values()
    up.setText("8A")
    dialog.forward()
    dialog.next_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert "8A" in dialog.refusal()
    assert len(settled.setup.years()) == 1
    dialog.back()
    up.setText("7A")
    dialog.days[0].set_value(None)
    dialog.forward()
    assert "ba ngày" in dialog.refusal()
    dialog.days[0].set_value(date(2027, 9, 6))
    dialog.forward()
    dialog.next_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert settled.setup.years()[0].starts_on == date(2027, 9, 6)


def test_a_second_time_the_reason_stands_on_the_first_page(settled, wizard, qtbot, jobs):
    shown, dialog = wizard(settled)
    dialog.forward()
    dialog.forward()
    dialog.next_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    page = shown.page
    page.years.combo.set_current(settled.year_id)
    page.years.combo.picked.emit(settled.year_id)
    section = page.sections["year"]
    section.roll_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    again = section.findChildren(RollOverDialog)[-1]
    assert "đã có học sinh" in again.board.refusal
    assert not again.next_button.isEnabled()
    again.reject()
