"""A class under TT58/2011 in the program itself: its subjects, columns and what results see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.marks import CellState, MarkCell
from app.domain.periods import Term
from app.domain.pupils import PupilProfile, RosterEntry
from app.domain.school import SchoolClass, SchoolYear
from app.domain.subjects import Subject, SubjectKind, column_codes
from app.errors import RuleRefused
from app.ports import Assessment, ConductRow, StoredMark
from app.regulations.base import Averages, LearningResult, Promotion, ReasonTopic
from app.regulations.curriculum_2006 import subjects as curriculum_2006
from app.services.class_results import ClassFacts
from tests.support.school import found_school


def test_the_last_old_grade_nine_gets_its_own_subjects(tmp_path: Path):
    school = found_school(tmp_path)
    principal = school.actor("principal")
    year = school.setup.add_year(principal, "2023-2024").payload
    school.setup.fill_subjects(principal, year.id)
    old = school.setup.add_class(principal, year.id, 9, "9A").payload
    new = school.setup.add_class(principal, year.id, 8, "8A").payload
    assert (old.regulation, new.regulation) == ("TT58/2011", "TT22/2021")
    nine = {s.code: s for s in school.setup.subjects(old.id)}
    eight = {s.code: s for s in school.setup.subjects(new.id)}
    assert set(nine) == {item.code for item in curriculum_2006(9)}
    assert "khtn" in eight
    assert "vat_li" not in eight
    assert (nine["toan"].tx_count, nine["the_duc"].tx_count, nine["am_nhac_hk1"].tx_count) == (
        4,
        3,
        2,
    )
    with school.uow.read() as uow:
        terms = {a.term for a in uow.marks.assessments(old.id, nine["mi_thuat_hk2"].id)}
    assert terms == {Term.HK2}


def test_a_year_of_three_old_grades_has_every_grades_own_subjects(tmp_path: Path):
    school = found_school(tmp_path)
    principal = school.actor("principal")
    year = school.setup.add_year(principal, "2021-2022").payload
    school.setup.fill_subjects(principal, year.id)
    listed = {g: [s.code for s in school.plans.of_grade(year.id, g)] for g in range(6, 10)}
    assert "khtn" in listed[6]
    assert listed[7][:3] == ["toan", "vat_li", "sinh_hoc"]
    assert listed[8][:3] == ["toan", "vat_li", "hoa_hoc"]
    assert school.setup.add_class(principal, year.id, 8, "8A").payload.regulation == "TT58/2011"


def test_a_year_whose_programme_is_unknown_is_refused_whole(tmp_path: Path):
    school = found_school(tmp_path)
    principal = school.actor("principal")
    year = school.setup.add_year(principal, "2015-2016").payload
    with pytest.raises(RuleRefused, match="chỉ làm được từ năm học 2016–2017"):
        school.setup.fill_subjects(principal, year.id)
    with school.uow.read() as uow:
        assert not any(uow.studies.of_grade(year.id, grade) for grade in range(6, 10))


SUBJECTS = tuple(
    Subject(number, item.code, item.name, item.short_name, item.kind, number, item.periods, 2,
            terms=item.terms)
    for number, item in enumerate(curriculum_2006(9), 1)
)  # fmt: skip
COLUMNS = tuple(
    Assessment(number, 7, subject.id, term, code, None, None)
    for number, (subject, term, code) in enumerate(
        (
            (subject, term, code)
            for subject in SUBJECTS
            for term in sorted(subject.terms)
            for code in column_codes(subject.tx_count)
        ),
        1,
    )
)


def facts(marks: dict[str, int]) -> ClassFacts:
    """One pupil with 8,4 and Đ everywhere but for `marks`, by subject code."""
    held = {
        subject.id: marks.get(subject.code, 84 if subject.kind is SubjectKind.MARKS else 1)
        for subject in SUBJECTS
    }
    cells = {
        (column.id, 1): StoredMark(column.id, 1, MarkCell(CellState.MARK, held[column.subject_id]))
        for column in COLUMNS
    }
    conduct = {(1, term): ConductRow(1, term, "Tốt", "", 1, 0) for term in Term}
    year = SchoolYear(1, "2023-2024", date(2023, 9, 5), date(2024, 1, 15), date(2024, 5, 31))
    entry = RosterEntry(1, 1, PupilProfile("Em 1"), date(2023, 9, 5), None)
    return ClassFacts(
        SchoolClass(7, 1, 9, "9A", "TT58/2011", None),
        year,
        SUBJECTS,
        (entry,),
        COLUMNS,
        cells,
        {},
        conduct,
    )


def test_the_three_subjects_are_known_by_their_codes():
    found = facts({"toan": 70, "ngu_van": 70, "ngoai_ngu": 80}).results()[1]
    assert found.learning_year == LearningResult("Giỏi", "Giỏi")
    assert found.averages == Averages(81, 81, 81)
    low = facts({"toan": 79, "ngu_van": 79, "ngoai_ngu": 79}).results()[1]
    assert low.learning_year == LearningResult("Khá", "Khá")


def test_semester_titles_come_and_the_year_waits_for_its_conduct():
    of = facts({})
    found = of.results()[1]
    assert (found.titles.hk1, found.titles.hk2, found.titles.year) == (
        "Học sinh giỏi",
        "Học sinh giỏi",
        None,
    )
    assert found.promotion is Promotion.INCOMPLETE
    reasons = {r.topic: r for r in of.regulation.explain(of.pupil_year(1), 9)}
    assert "ghi: chưa có" in reasons[ReasonTopic.CONDUCT].conditions[0].text
