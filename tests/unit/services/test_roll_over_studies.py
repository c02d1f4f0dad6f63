"""What a class and its pupils chose goes into the next year as far as that year offers it."""

from datetime import date

import pytest

from app.domain.periods import Term
from app.domain.roll_over import Fate, PupilFate
from app.domain.subjects import PupilChoices
from app.regulations.thpt_choices import NO_CHOICES, ClassChoices
from app.services.curriculum_filling import fill_year
from app.services.roll_over_studies import carry_plans, carry_pupil_choices, choices_after
from app.services.school_setup import make_class
from app.services.subject_plans import SubjectFacts, SubjectPlans
from tests.support.secondary_year import secondary_year

FIVE = ("vat_li", "hoa_hoc", "sinh_hoc", "tin_hoc", "dia_li")
TOPICS = {"toan": Term.HK2, "vat_li": Term.HK1, "hoa_hoc": Term.HK1}


@pytest.fixture
def year(tmp_path):
    made = secondary_year(tmp_path, stage="thpt")
    made.add_class("10A", 2, ClassChoices(FIVE, TOPICS))
    return made


def coming_year(uow, year):
    coming = uow.school.add_year(
        "2024-2025", date(2024, 9, 5), date(2025, 1, 13), date(2025, 5, 31)
    )
    fill_year(uow, coming, range(10, 13))
    carry_plans(uow, uow.school.year(year.school.year_id), coming, range(10, 13))
    return coming


def test_the_class_above_studies_what_the_class_chose(year):
    with year.school.uow.write() as uow:
        coming = coming_year(uow, year)
        offered = uow.studies.of_grade(coming.id, 11)
        choices = choices_after(uow, year.classes["10A"].id, offered)
        klass, subjects = make_class(uow, coming, 11, "11A", choices)
        assert klass.regulation == "TT22/2021"
        assert {s.code for s in subjects if s.elective} == set(FIVE)
        assert {s.code: s.topics for s in subjects if s.topics} == TOPICS
        assert choices_after(uow, None, offered) == NO_CHOICES


def test_a_choice_that_the_grade_does_not_offer_begins_anew(year):
    with year.school.uow.write() as uow:
        coming = coming_year(uow, year)
        offered = [s for s in uow.studies.of_grade(coming.id, 11) if s.code not in FIVE[:2]]
        assert choices_after(uow, year.classes["10A"].id, offered) == NO_CHOICES


def test_a_pupil_who_leaves_a_subject_out_goes_on_so(year):
    klass, (one, other) = year.classes["10A"], year.pupils["10A"]
    left_out = year.subjects("10A")["dia_li"].id
    year.school.studies.choose_for_pupils(
        year.school.actor("principal"), klass.id, [one], PupilChoices(frozenset([left_out]))
    )
    with year.school.uow.write() as uow:
        coming = coming_year(uow, year)
        offered = uow.studies.of_grade(coming.id, 11)
        new, subjects = make_class(uow, coming, 11, "11A", choices_after(uow, klass.id, offered))
        for position, pupil in enumerate((one, other), 1):
            uow.roster.enrol(new.id, pupil, position, coming.starts_on)
        fates = [PupilFate(p, "Em", klass.id, Fate.MOVES_UP, "11A") for p in (one, other)]
        carry_pupil_choices(uow, fates, {"11A": new})
        now = next(s.id for s in subjects if s.code == "dia_li")
        assert now != left_out
        assert uow.studies.of_pupils(new.id) == {one: PupilChoices(frozenset([now]))}


def test_a_subject_of_the_schools_own_is_offered_again(year):
    plans = SubjectPlans(year.school.uow, year.school.clock)
    facts = SubjectFacts("Tiếng Hàn", "T.Hàn", year.subjects("10A")["toan"].kind, 35)
    plans.add(year.school.actor("principal"), year.school.year_id, 10, facts)
    with year.school.uow.write() as uow:
        coming = coming_year(uow, year)
        names = {s.name for s in uow.studies.of_grade(coming.id, 10)}
        assert "Tiếng Hàn" in names
        assert "Tiếng Hàn" not in {s.name for s in uow.studies.of_grade(coming.id, 11)}
