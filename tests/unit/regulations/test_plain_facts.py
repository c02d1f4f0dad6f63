"""What a circular is given says nothing that was not entered: the defaults of its plain facts."""

from __future__ import annotations

from app.domain.subjects import SubjectKind
from app.regulations.base import Circular, SubjectYear
from app.regulations.primary import Assessment, PrimaryYear, SubjectEntry


def test_a_subject_is_compulsory_taken_and_nothing_special():
    subject = SubjectYear("1", "Toán", SubjectKind.MARKS, None, None)
    assert (subject.exempt, subject.reassessed) == (None, None)
    assert (subject.optional, subject.core, subject.taken) == (False, False, True)
    assert SubjectEntry("1", "Toán", None).optional is False


def test_a_primary_pupil_has_no_flag_no_plan_and_no_summer():
    year = PrimaryYear(Assessment())
    assert (year.standout, year.class_recognised, year.individual_plan) == (False, False, False)
    assert (year.supplementary, year.principal_promotes, year.entered_result) == (None,) * 3


def test_a_circular_has_no_mean_and_no_titles_of_a_term_unless_it_says_so():
    of = Circular("X", "1/2030", "", range(6, 13), ())
    assert (of.has_average, of.term_titles) == (False, False)
