"""What a primary class studies: columns are the forms', and what was entered keeps its subject."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.periods import Period
from app.errors import AppError
from app.services.class_studies import ClassStudies
from app.services.school_setup import SchoolSetup
from tests.support.primary_school import PrimarySchool, make_primary

OPTIONAL = "ngoai_ngu_1"


@pytest.fixture
def primary(tmp_path, monkeypatch) -> PrimarySchool:
    """A first grade of a school that teaches the optional foreign language."""
    fill = SchoolSetup.fill_subjects

    def with_optional(self, actor, year_id):
        return fill(self, actor, year_id, optional=(OPTIONAL,))

    monkeypatch.setattr(SchoolSetup, "fill_subjects", with_optional)
    return make_primary(tmp_path, grade=1)


def choose(primary: PrimarySchool, *optional: str):
    school = primary.school
    studies = ClassStudies(school.uow, school.clock)
    now = studies.of_class(school.class_id).choices
    return studies.choose(
        school.actor("principal"), school.class_id, replace(now, optional=optional)
    )


def refused(call, *args) -> AppError:
    with pytest.raises(AppError) as caught:
        call(*args)
    assert caught.value.sentence.endswith(".")
    return caught.value


def columns(primary: PrimarySchool) -> set[str]:
    school = primary.school
    with school.uow.read() as uow:
        found = uow.marks.assessments(school.class_id, school.subjects[OPTIONAL])
    return {f"{a.term}.{a.code}" for a in found}


def test_an_optional_subject_brings_its_columns_and_takes_them_along(primary):
    both = {f"{period}.muc" for period in ("GK1", "CK1", "GK2", "CN")}
    assert columns(primary) == both
    choose(primary)
    assert columns(primary) == set()
    choose(primary, OPTIONAL)
    assert columns(primary) == both


def test_a_subject_with_levels_stays(primary):
    primary.enter(OPTIONAL, {(0, "GK1.muc"): "T"})
    error = refused(choose, primary)
    assert error.code == "tx_has_marks"
    assert "Ngoại ngữ 1 lớp 1A (Giữa học kì I)" in error.sentence
    assert len(columns(primary)) == 4


def test_nothing_comes_or_goes_after_a_close(primary):
    choose(primary)
    del primary.school.subjects[OPTIONAL]
    primary.live(until=Period.GK1)
    assert refused(choose, primary, OPTIONAL).code == "tx_after_close"


def test_no_subject_of_a_grade_goes_with_its_levels(primary):
    school = primary.school
    plans = primary.work("principal").subjects
    primary.enter("toan", {(0, "GK1.muc"): "T"})
    principal, toan = school.actor("principal"), school.subjects["toan"]
    error = refused(plans.remove, principal, school.year_id, 1, toan)
    assert error.code == "tx_has_marks"
    with school.uow.read() as uow:
        assert toan in {subject.id for subject in uow.school.subjects(school.class_id)}
