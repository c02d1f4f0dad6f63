"""Quick search knows what the person may see, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import AccessDenied
from app.services.finding import Finding
from app.services.roster import Roster
from tests.support.school import TEACHERS, TestSchool, make_school


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path)
    made.add_class("7A", 7, pupils=3)
    made.assignments.accept_pasted(
        made.actor("secretary"), made.year_id, f"7A;Khoa học tự nhiên;{TEACHERS['khtn']}"
    )
    return made


def names(school: TestSchool, who: str) -> set[str]:
    found = Finding(school.uow, school.clock).index(school.actor(who), school.year_id)
    return {klass.name for klass in found.classes}


@pytest.mark.parametrize("who", ["principal", "vice", "secretary", "admin", "khtn"])
def test_the_office_and_the_teachers_of_both_find_both_classes(
    school: TestSchool, who: str
) -> None:
    assert names(school, who) == {"6A", "7A"}


@pytest.mark.parametrize("who", ["homeroom", "tin_hoc"])
def test_a_teacher_finds_pupils_of_own_classes_only(school: TestSchool, who: str) -> None:
    found = Finding(school.uow, school.clock).index(school.actor(who), school.year_id)
    assert {pupil.class_name for pupil in found.pupils} == {"6A"}
    assert len(found.pupils) == len(school.pupils)
    assert {sheet.class_name for sheet in found.sheets} == {"6A"}


def test_the_same_rule_as_the_roster(school: TestSchool) -> None:
    index = Finding(school.uow, school.clock)
    rosters = Roster(school.uow, school.clock)
    with school.uow.read() as uow:
        classes = uow.school.classes(school.year_id)
    for who in school.uids:
        actor = school.actor(who)
        found = {klass.class_id for klass in index.index(actor, school.year_id).classes}
        for klass in classes:
            if klass.id in found:
                assert rosters.view(actor, klass.id).class_name == klass.name
            else:
                with pytest.raises(AccessDenied):
                    rosters.view(actor, klass.id)


def test_who_left_is_found_but_not_counted(school: TestSchool) -> None:
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, school.pupils[0], school.clock.today(),
        "Chuyển trường",
    )  # fmt: skip
    found = Finding(school.uow, school.clock).index(school.actor("secretary"), school.year_id)
    counts = {klass.name: klass.pupils for klass in found.classes}
    assert counts["6A"] == len(school.pupils) - 1
    assert [p.pupil_id for p in found.pupils if not p.is_here] == [school.pupils[0]]


def test_rights_are_those_of_the_moment(school: TestSchool) -> None:
    before = school.actor("tin_hoc")
    school.accounts.disable(school.actor("principal"), school.accounts_by_key["tin_hoc"])
    with pytest.raises(AccessDenied):
        Finding(school.uow, school.clock).index(before, school.year_id)
