from __future__ import annotations

import unicodedata

import pytest

from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.regulations.curriculum_2018_thcs import GRADES, subjects
from app.regulations.registry import regulation


@pytest.mark.parametrize(("grade", "total"), [(6, 1015), (7, 1015), (8, 1032), (9, 1032)])
def test_lessons_a_year(grade: int, total: int):
    assert sum(subject.periods for subject in subjects(grade)) == total


@pytest.mark.parametrize("grade", GRADES)
def test_eight_mark_subjects_and_four_comment_subjects(grade: int):
    kinds = [subject.kind for subject in subjects(grade)]
    assert kinds.count(SubjectKind.MARKS) == 8
    assert kinds.count(SubjectKind.COMMENTS) == 4


@pytest.mark.parametrize("grade", GRADES)
def test_number_of_regular_assessments_follows(grade: int):
    counts = {
        subject.short_name: regulation("TT22/2021").tx_count(subject.kind, subject.periods)
        for subject in subjects(grade, optional=True)
    }
    assert counts == {
        "Ngữ văn": 4,
        "Toán": 4,
        "Ngoại ngữ 1": 4,
        "GDCD": 2,
        "LS&ĐL": 4,
        "KHTN": 4,
        "Công nghệ": 3 if grade >= 8 else 2,
        "Tin học": 2,
        "GDTC": 2,
        "Nghệ thuật": 2,
        "HĐTN,HN": 2,
        "GDĐP": 2,
        "Tiếng DTTS": 4,
        "Ngoại ngữ 2": 4,
    }


def test_codes_names_and_positions_are_unique_and_composed():
    listed = subjects(9, optional=True)
    assert len({subject.code for subject in listed}) == len(listed) == 14
    assert len({subject.name for subject in listed}) == 14
    assert [subject.position for subject in listed] == list(range(1, 15))
    assert all(unicodedata.is_normalized("NFC", subject.name) for subject in listed)
    assert [subject.name for subject in listed if subject.optional] == [
        "Tiếng dân tộc thiểu số",
        "Ngoại ngữ 2",
    ]


@pytest.mark.parametrize("grade", [5, 10])
def test_another_stage_is_refused(grade: int):
    with pytest.raises(RuleRefused, match="không thuộc cấp THCS"):
        subjects(grade)
