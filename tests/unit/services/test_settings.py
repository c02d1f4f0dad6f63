"""Settings: limits, who may, one entry each; fast entry is one's own."""

import pytest

from app.domain.periods import Period
from app.errors import AccessDenied, AppError, RuleRefused
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from app.services.settings import BACKUP_HOURS, IDLE, NUMBERS, Settings
from tests.support.school import make_school


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=2)


@pytest.fixture
def settings(school):
    return Settings(school.uow, school.clock)


@pytest.mark.parametrize("setting", NUMBERS)
def test_a_number_keeps_to_its_limits(school, settings, setting):
    who = school.actor("principal")
    assert settings.number(setting) == setting.default
    for wrong in (setting.low - 1, setting.high + 1, -1, 10**9):
        if setting.low <= wrong <= setting.high:
            continue
        with pytest.raises(RuleRefused) as refused:
            settings.set_number(who, setting, wrong)
        assert refused.value.code == "setting_out_of_range"
    assert "setting.set" not in school.trail_kinds()
    settings.set_number(who, setting, setting.high)
    assert settings.number(setting) == setting.high
    assert school.trail_kinds().count("setting.set") == 1
    settings.set_number(who, setting, setting.high)
    assert school.trail_kinds().count("setting.set") == 1


def test_each_setting_has_its_own_people(school, settings):
    for who, setting in (("secretary", IDLE), ("toan", BACKUP_HOURS)):
        with pytest.raises(AccessDenied):
            settings.set_number(school.actor(who), setting, setting.high)
    settings.set_number(school.actor("admin"), IDLE, 5)
    settings.set_number(school.actor("secretary"), BACKUP_HOURS, 4)
    assert (settings.number(IDLE), settings.number(BACKUP_HOURS)) == (5, 4)


def test_the_symbol_of_papers_is_the_schools_part_only(school, settings):
    who = school.actor("secretary")
    for wrong in ("BB/THCS", "THCS\u200b=", "X" * 21, "SỐ 1!"):
        with pytest.raises(RuleRefused):
            settings.set_symbol(who, wrong)
    settings.set_symbol(who, " THCS ĐX ")
    assert settings.symbol() == "THCSĐX"
    with pytest.raises(AccessDenied):
        settings.set_symbol(school.actor("toan"), "A")


def test_fast_entry_is_off_and_belongs_to_one_person(school, settings):
    today = school.clock.today()
    EntryControl(school.uow, school.clock).open_window(
        school.actor("principal"), school.year_id, Period.HK1, today, today, "1/QĐ", today
    )
    sheet = SheetId(school.class_id, school.subjects["toan"])
    key = CellKey(school.pupils[0], "HK1.tx1")
    marks = MarkEntry(school.uow, school.clock)
    teacher = school.actor("toan")
    with pytest.raises(AppError, match="nằm ngoài thang"):
        marks.set_cells(teacher, sheet, {key: "75"}, "key")
    settings.set_fast_entry(school.actor("tin_hoc"), on=True)
    with pytest.raises(AppError, match="nằm ngoài thang"):
        marks.set_cells(teacher, sheet, {key: "75"}, "key")
    settings.set_fast_entry(teacher, on=True)
    assert settings.fast_entry(teacher)
    marks.set_cells(teacher, sheet, {key: "75"}, "key")
    assert marks.open(teacher, sheet).cells[0][0].text == "7,5"
    # A wrong column pasted must not become marks by itself.
    with pytest.raises(AppError, match="nằm ngoài thang"):
        marks.set_cells(teacher, sheet, {key: "85"}, "paste")
    for wrong in ("105", "-75", "7,25"):
        with pytest.raises(AppError):
            marks.set_cells(teacher, sheet, {key: wrong}, "key")
    settings.set_fast_entry(teacher, on=False)
    with pytest.raises(AppError):
        marks.set_cells(teacher, sheet, {key: "85"}, "key")
