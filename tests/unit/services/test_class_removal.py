"""A class made by mistake goes while it is empty; one that holds anything stays."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.periods import Period
from app.errors import AccessDenied, AppError
from app.services.class_removal import ClassRemoval
from app.services.entry_control import EntryControl
from tests.support.school import TestSchool, make_school


@pytest.fixture
def school(tmp_path) -> TestSchool:
    return make_school(tmp_path)


def remove(school: TestSchool, class_id, who: str = "secretary"):
    return ClassRemoval(school.uow, school.clock).remove(school.actor(who), class_id)


def names(school: TestSchool) -> list[str]:
    return [klass.name for klass in school.setup.classes(school.year_id)]


def refused(school: TestSchool, class_id, who: str = "secretary") -> AppError:
    before = (names(school), school.trail_kinds())
    with pytest.raises(AppError) as caught:
        remove(school, class_id, who)
    assert (names(school), school.trail_kinds()) == before
    assert caught.value.sentence.endswith(".")
    return caught.value


def test_an_empty_class_goes_with_its_columns_assignments_locks_and_openings(school):
    wrong = school.add_class("6C")
    control = EntryControl(school.uow, school.clock)
    secretary = school.actor("secretary")
    ids = [column.id for _, columns in control.columns(wrong) for column in columns[:1]]
    control.lock_columns(secretary, wrong, ids, "60/QĐ")
    today = school.clock.today()
    control.open_late(secretary, wrong, None, Period.HK1, today, today, "70/QĐ", date(2026, 11, 1))
    line = "6C;Toán;Nguyễn Thị Bình"
    school.assignments.accept_pasted(school.actor("principal"), school.year_id, line, today)
    assert "6C" in names(school)
    remove(school, wrong)
    assert "6C" not in names(school)
    assert school.trail_kinds()[-1] == "class.removed"
    with school.uow.read() as uow:
        assert uow.marks.assessments(wrong) == ()
        assert uow.accounts.assignments(wrong) == ()
    # The name is free again.
    assert school.add_class("6C") != wrong


def test_a_class_with_a_pupil_even_a_former_one_stays(school):
    assert refused(school, school.class_id).code == "class_in_use"
    error = refused(school, school.class_id)
    assert "học sinh" in error.sentence
    other = school.add_class("6B", pupils=1)
    with school.uow.read() as uow:
        (entry,) = uow.roster.entries(other)
    school.rosters.mark_left(
        school.actor("secretary"), other, entry.pupil_id, school.clock.today(), "chuyển nhà"
    )
    assert refused(school, other).facts["tables"][0] == "enrolment"


def test_only_whoever_sets_up_the_year_removes(school):
    wrong = school.add_class("6C")
    for who in ("homeroom", "tin_hoc"):
        assert isinstance(refused(school, wrong, who), AccessDenied)
    assert refused(school, 999).code == "not_found"
