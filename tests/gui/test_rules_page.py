"""Quy định and Ủy quyền on screen: read, choose, change, give, print."""

from datetime import date, timedelta

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from app.domain.delegations import Power
from app.domain.rules import RuleKind
from tests.gui.page_kit import show_page, workspace
from tests.support.school import make_school
from ui.pages.administration.delegations_dialog import DelegationsDialog
from ui.pages.administration.page import AdministrationPage
from ui.pages.administration.rule_dialogs import ProfileDialog, RuleDialog

FAULTS = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=1)
    yield made
    made.close()


@pytest.fixture
def show(window, qtbot, school):
    def open_section(key, who="principal"):
        page = show_page(
            window, qtbot, school, who, "administration", "Quản trị", AdministrationPage
        ).page
        page.show_section(key)
        return page.sections[key]

    return open_section


def dialog(section, kind):
    found = section.findChildren(kind)
    assert found, kind
    return found[-1]


def test_a_profile_is_read_before_it_is_chosen(show, school):
    section = show("rules")
    QAbstractItemModelTester(section.lines, FAULTS)
    QAbstractItemModelTester(section.versions, FAULTS)
    assert section.no_versions.isVisible()
    section.choose_profile()
    form = dialog(section, ProfileDialog)
    form.profile.set_current("secondary_decision_1323")
    form._tell()
    assert "7 ngày" in form.differs.text()
    form._submit()
    assert "số và ngày quyết định" in form.refusal()
    form.decision.number.setText("41/QĐ-THCS")
    form._submit()
    assert [v.decision_no for v in section.versions.records()] == ["41/QĐ-THCS"]
    assert "1323/QĐ-SGDĐT" in section.profile.text()
    assert section.words.text().startswith("Vào điểm chậm nhất 7 ngày")


@pytest.mark.parametrize("kind", RuleKind)
def test_a_rule_of_each_kind_is_changed_by_a_decision(show, school, kind):
    section = show("rules")
    at = next(
        n
        for n, line in enumerate(section.lines.records())
        if line.spec.kind is kind and line.spec.key != "correction.evidence"
    )
    section.table.selectRow(at)
    before = section.chosen()
    section.change_rule()
    form = dialog(section, RuleDialog)
    editor = form.value
    if kind in (RuleKind.NUMBER, RuleKind.FLAG):
        other = {"": "9", "1": "0", "5": "6"}[before.value]
        editor.combo.set_current(other)
    elif kind in (RuleKind.OFFICES, RuleKind.ITEMS, RuleKind.PEOPLE):
        box = next(b for code, b in editor.boxes.items() if code not in before.value.split(","))
        box.setChecked(True)
    else:
        for day, month in editor.pairs:
            day.set_current("15")
            month.set_current("09")
    form.decision.number.setText("52/QĐ-THCS")
    form._submit()
    after = section.lines.record(at)
    assert after.value != before.value
    assert after.own
    assert school.trail_kinds()[-1] == "rules.set"


def test_who_approves_is_settled_by_office_and_by_name_at_once(show, school):
    section = show("rules")
    keys = [line.spec.key for line in section.lines.records()]
    section.table.selectRow(keys.index("correction.approve.conduct"))
    section.change_rule()
    form = dialog(section, RuleDialog)
    people = form.editors["correction.people.conduct"]
    assert set(people.boxes) == {school.uid("principal"), school.uid("vice")}
    people.boxes[school.uid("vice")].setChecked(True)
    form.value.boxes["vice_principal"].setChecked(False)
    form.decision.number.setText("52/QĐ-THCS")
    form._submit()
    assert "Phạm Thị Hồng Nhung không giữ chức vụ" in form.refusal()
    form.value.boxes["vice_principal"].setChecked(True)
    form._submit()
    words = {line.spec.key: line.words for line in section.lines.records()}
    assert "Phạm Thị Hồng Nhung" in words["correction.people.conduct"]


def test_others_only_read_and_print(show):
    section = show("rules", "secretary")
    assert not section.choose_button.isVisible()
    assert not section.change_button.isVisible()
    assert section.print_button.isVisible()
    section.print_table()


def test_a_power_is_given_taken_back_and_printed(show, school):
    section = show("accounts")
    section.power_button.click()
    form = dialog(section, DelegationsDialog)
    QAbstractItemModelTester(form.model, FAULTS)
    form.power.set_current(Power.APPROVE_MARKS.value)
    form.taker.set_current(school.accounts_by_key["vice"])
    form.number.setText("70/QĐ-THCS")
    form._give()
    assert "đủ ba ngày" in form.refusal()
    form.ends_on.set_value(date(2026, 11, 23) + timedelta(days=7))
    form._give()
    assert form.refusal() == ""
    (one,) = form.model.records()
    assert one.covers(date(2026, 11, 23))
    form._print()
    assert school.trail_kinds()[-1] == "print.run"
    form._end()
    assert not form.model.records()[0].covers(date(2026, 11, 23))
    section.duty_button.click()
    assert school.trail_kinds()[-1] == "print.run"


def test_who_holds_nothing_gives_nothing(show, school):
    assert not workspace(school, "admin").delegations.powers(school.actor("toan"))
