"""Columns of a class before TT26/2020: the school's number of KTđk, and the year that follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.periods import Term
from app.errors import RuleRefused
from app.readmodels.mark_sheet import SheetId
from app.services.roll_over_studies import carry_plans
from app.services.subject_plans import SubjectFacts, facts_of
from tests.support.secondary_year import SecondaryYear, secondary_year


@pytest.fixture
def year(tmp_path) -> SecondaryYear:
    made = secondary_year(tmp_path, stage="thcs", first_year=2019)
    made.add_class("8A", 1)
    return made


def change(year: SecondaryYear, code: str, **changes: object) -> None:
    school, subject = year.school, year.subjects("8A")[code]
    facts = replace(facts_of(subject), **changes)
    school.plans.change(school.actor("secretary"), school.year_id, 8, subject.id, facts)


def test_a_school_sets_its_number_of_periodic_tests(year):
    assert [s.dk_count for s in year.subjects("8A").values()][:3] == [3, 1, 2]
    change(year, "vat_li", dk_count=2)
    found = year.subjects("8A")["vat_li"]
    assert found.columns(Term.HK1) == ("m1", "v1", "dk1", "dk2", "hk")
    view = year.marks.open(year.teacher, year_sheet(year, found.id))
    shown = [c.title for c in view.columns if c.term is Term.HK1 and not c.computed]
    assert shown[:5] == ["Miệng", "KTtx1", "KTđk1", "KTđk2", "KThk"]
    change(year, "vat_li", dk_count=1)
    assert "dk2" not in year.subjects("8A")["vat_li"].columns(Term.HK1)


def year_sheet(year: SecondaryYear, subject_id):

    return SheetId(year.classes["8A"].id, subject_id)


@pytest.mark.parametrize("wanted", [0, -1, 6])
def test_a_number_no_plan_has_is_refused(year, wanted: int):
    with pytest.raises(RuleRefused) as refused:
        change(year, "vat_li", dk_count=wanted)
    assert refused.value.code == "dk_out_of_range"
    assert year.subjects("8A")["vat_li"].dk_count == 1


def test_own_numbers_and_subjects_end_at_the_amendment(year):
    """2020-2021 has giữa kì and counts of its own."""
    school = year.school
    secretary, principal = school.actor("secretary"), school.actor("principal")
    change(year, "toan", dk_count=4, tx_count=5, tx_reason="kế hoạch")
    own = SubjectFacts("Tiếng Hàn", "Tiếng Hàn", year.subjects("8A")["toan"].kind, 70)
    school.plans.add(secretary, school.year_id, 8, own)
    coming = school.setup.add_year(principal, "2020-2021").payload
    school.setup.fill_subjects(principal, coming.id)
    with school.uow.write() as uow:
        carry_plans(uow, uow.school.year(school.year_id), coming, [8])
        found = {s.code: s for s in uow.studies.of_grade(coming.id, 8)}
    assert (found["toan"].tx_count, found["toan"].tx_reason, found["toan"].dk_count) == (4, "", 0)
    korean = found["rieng_tieng_han"]
    assert korean.columns(Term.HK1) == ("tx1", "tx2", "tx3", "gk", "ck")


def test_own_numbers_go_along_before_it(tmp_path):
    year = secondary_year(tmp_path, stage="thcs", first_year=2017)
    year.add_class("8A", 1)
    school = year.school
    change(year, "toan", dk_count=4)
    coming = school.setup.add_year(school.actor("principal"), "2018-2019").payload
    school.setup.fill_subjects(school.actor("principal"), coming.id)
    with school.uow.write() as uow:
        carry_plans(uow, uow.school.year(school.year_id), coming, [8])
        found = {s.code: s for s in uow.studies.of_grade(coming.id, 8)}
    assert (found["toan"].dk_count, found["vat_li"].dk_count) == (4, 1)
