"""What a class and a pupil of THPT may choose, over the programme's own table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.periods import Term
from app.domain.school import SchoolYear
from app.domain.subjects import PupilChoices, SubjectKind
from app.errors import RuleRefused
from app.regulations.thpt_choices import (
    NO_CHOICES,
    ClassChoices,
    electives_wanted,
    refuse_pupil,
    studied,
)
from app.services.curriculum_filling import subjects_of_year

YEAR = SchoolYear(1, "2026-2027", None, None, None)
OFFERED = tuple(
    replace(plans[10], id=number)
    for number, (_, plans) in enumerate(
        subjects_of_year(YEAR, range(10, 13), ("ngoai_ngu_2", "tieng_dtts")), 1
    )
)
ELECTIVES = tuple(s.code for s in OFFERED if s.elective)
SCIENCE = ("vat_li", "hoa_hoc", "sinh_hoc", "tin_hoc")
ARTS = ("dia_li", "gdkt_pl", "am_nhac", "mi_thuat")
HK1, HK2 = Term.HK1, Term.HK2


def by_code(choices):
    return {s.code: s for s in studied(OFFERED, choices)}


@pytest.mark.parametrize(("electives", "scored"), [(SCIENCE, 9), (ARTS, 7)])
def test_a_class_studies_the_four_it_chose(electives, scored):
    plan = by_code(ClassChoices(electives, optional=()))
    assert len(plan) == 12
    assert sum(s.kind is SubjectKind.MARKS for s in plan.values()) == scored
    assert {s.code for s in plan.values() if s.elective} == set(electives)
    assert all(s.topics is None for s in plan.values())


def test_before_anything_is_chosen_only_the_compulsory_and_the_schools_own_optional_subjects():
    plan = by_code(NO_CHOICES)
    assert not any(s.elective for s in plan.values())
    assert {s.code for s in plan.values() if s.optional} == {"ngoai_ngu_2", "tieng_dtts"}


def test_a_cluster_of_topics_is_one_more_regular_assessment_in_its_term_alone():
    plan = by_code(ClassChoices(ARTS, {"toan": HK2, "dia_li": HK1, "am_nhac": HK2}))
    assert plan["toan"].columns(HK1) == ("tx1", "tx2", "tx3", "tx4", "gk", "ck")
    assert plan["toan"].columns(HK2) == ("tx1", "tx2", "tx3", "tx4", "tx5", "gk", "ck")
    assert plan["dia_li"].columns(HK1) == ("tx1", "tx2", "tx3", "tx4", "gk", "ck")
    # A comment subject has two whatever it teaches.
    assert plan["am_nhac"].columns(HK2) == ("tx1", "tx2", "gk", "ck")


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        (ClassChoices(SCIENCE[:3]), "electives_count"),
        (ClassChoices((*SCIENCE[:3], "vat_li")), "electives_count"),
        (ClassChoices((*SCIENCE[:3], "toan")), "elective_unknown"),
        (ClassChoices((*SCIENCE[:3], "vẽ")), "elective_unknown"),
        (ClassChoices(SCIENCE, {"toan": HK1, "vat_li": HK1}), "topics_count"),
        (
            ClassChoices(SCIENCE, {"toan": HK1, "vat_li": HK1, "dia_li": HK1}),
            "topics_without_subject",
        ),
        (
            ClassChoices(SCIENCE, {"toan": HK1, "vat_li": HK1, "gdtc": HK1}),
            "topics_without_subject",
        ),
        (ClassChoices(SCIENCE, optional=("toan",)), "subject_unknown"),
        (ClassChoices(SCIENCE, specialised="dia_li"), "specialised_wrong"),
        (ClassChoices(SCIENCE, specialised="gdtc"), "specialised_wrong"),
    ],
)
def test_what_the_programme_does_not_know_is_refused(choices, code):
    with pytest.raises(RuleRefused) as refusal:
        studied(OFFERED, choices)
    assert refusal.value.code == code


@given(st.sets(st.sampled_from(ELECTIVES), min_size=4), st.data())
def test_every_pupil_of_a_class_with_several_streams_is_left_with_four(electives, data):
    plan = studied(OFFERED, ClassChoices(tuple(electives)))
    ids = sorted(s.id for s in plan if s.elective)
    left_out = data.draw(st.sets(st.sampled_from(ids)))
    choices = PupilChoices(frozenset(left_out))
    if len(ids) - len(left_out) == 4:
        refuse_pupil("Em A", plan, choices)
    else:
        with pytest.raises(RuleRefused) as refusal:
            refuse_pupil("Em A", plan, choices)
        assert refusal.value.code == "electives_count"


def test_a_pupil_drops_no_compulsory_subject_and_specialises_in_what_has_marks():
    plan = studied(OFFERED, ClassChoices(SCIENCE, optional=("ngoai_ngu_2",)))
    ids = {s.code: s.id for s in plan}
    refuse_pupil("Em A", plan, PupilChoices(frozenset({ids["ngoai_ngu_2"]}), ids["toan"]))
    for choices, code in (
        (PupilChoices(frozenset({ids["toan"]})), "subject_compulsory"),
        (PupilChoices(frozenset({999})), "subject_compulsory"),
        (PupilChoices(specialised=ids["gdtc"]), "specialised_wrong"),
        (PupilChoices(frozenset({ids["ngoai_ngu_2"]}), ids["ngoai_ngu_2"]), "specialised_wrong"),
    ):
        with pytest.raises(RuleRefused) as refusal:
            refuse_pupil("Em A", plan, choices)
        assert refusal.value.code == code


@pytest.mark.parametrize(
    ("grade", "circular", "wanted"),
    [(10, "TT22/2021", 4), (12, "TT22/2021", 4), (9, "TT22/2021", 0), (12, "TT58/2011", 0)],
)
def test_how_many_electives_a_pupil_studies(grade: int, circular: str, wanted: int):
    assert electives_wanted(grade, circular) == wanted
