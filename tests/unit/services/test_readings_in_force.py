"""Readings of the circulars reach results, sheets and the columns of a new class."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.readmodels.mark_sheet import SheetId
from app.regulations.readings import DEFAULT_READINGS
from app.regulations.tt22_2021 import Tt22Regulation
from app.services.class_results import load_class, load_results
from app.services.conduct_entry import load_conduct
from app.services.rules_in_force import readings_of
from app.services.sheet_facts import load_sheet
from tests.support.primary_school import make_primary
from tests.support.rules import settle
from tests.support.school import make_school


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=1)
    yield made
    made.close()


def test_whatever_computes_results_reads_as_the_school_settled(school):
    with school.uow.read() as uow:
        assert readings_of(uow, school.year_id) is DEFAULT_READINGS
    settle(school, {"reading.tt22.optional": "0", "reading.tt22.other_term": "1"})
    with school.uow.read() as uow:
        sheet = load_sheet(
            uow, SheetId(school.class_id, school.subjects["toan"]), school.clock.now()
        )
        assert sheet.readings == readings_of(uow, school.year_id)
        for load in (load_class, load_results, load_conduct):
            rules = load(uow, school.class_id).regulation
            assert isinstance(rules, Tt22Regulation)
            assert not rules.settings.optional_subjects_count
            assert rules.settings.exempt_term_uses_other_term


def test_the_last_version_is_the_reading_of_the_whole_year(school):
    today = school.clock.today()
    settle(school, {"reading.tt22.both_failed": "0"}, today + timedelta(days=30))
    with school.uow.read() as uow:
        assert not readings_of(uow, school.year_id).tt22.principal_decides_when_both_failed


def test_a_primary_class_gets_the_traits_and_warnings_of_its_reading(tmp_path):
    primary = make_primary(tmp_path, grade=1)
    school = primary.school
    principal = school.actor("principal")
    settle(school, {"reading.primary.science_from_1": "1", "reading.primary.warn_expected": ""})
    later = school.setup.add_class(principal, school.year_id, 1, "1B").payload
    with school.uow.read() as uow:

        def traits(class_id):
            columns = uow.marks.assessments(class_id, school.subjects["pc_nl"])
            return {column.code for column in columns} - {"noi_bat", "lop_cong_nhan", "dot_xuat"}

        assert traits(later.id) - traits(school.class_id) == {"khoa_hoc"}
    said = primary.enter("toan", {(0, "CN.muc"): "H", (0, "CN.ktdk"): "10"})
    assert not any(cell.odd for cell in said.change.cells.values())
    settle(school, {"reading.primary.warn_expected": "9"})
    primary.enter("toan", {(0, "CN.muc"): "T"})
    said = primary.enter("toan", {(0, "CN.muc"): "H"})
    assert any(cell.odd for cell in said.change.cells.values())
    school.close()
