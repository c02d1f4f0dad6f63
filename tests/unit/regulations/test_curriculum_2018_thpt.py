from __future__ import annotations

import unicodedata

import pytest

from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.regulations.curricula import curriculum_subjects
from app.regulations.curriculum_2018_thpt import GRADES, subjects
from app.regulations.registry import regulation


@pytest.mark.parametrize("grade", GRADES)
def test_number_of_regular_assessments_follows(grade: int):
    found = {
        subject.short_name: regulation("TT22/2021").tx_count(subject.kind, subject.periods)
        for subject in subjects(grade, optional=True)
    }
    elective = dict.fromkeys(
        ("Địa lí", "GDKT&PL", "Vật lí", "Hóa học", "Sinh học", "Công nghệ", "Tin học"), 3
    )
    assert found == {
        "Ngữ văn": 4,
        "Toán": 4,
        "Ngoại ngữ 1": 4,
        "Lịch sử": 3,
        "GDQP&AN": 2,
        "GDTC": 2,
        "HĐTN,HN": 2,
        "GDĐP": 2,
        **elective,
        "Âm nhạc": 2,
        "Mĩ thuật": 2,
        "Tiếng DTTS": 4,
        "Ngoại ngữ 2": 4,
    }


def test_nine_electives_and_eight_compulsory_subjects():
    listed = subjects(10)
    assert sum(subject.elective for subject in listed) == 9
    assert sum(not subject.elective for subject in listed) == 8
    assert len({subject.code for subject in listed}) == 17
    assert all(unicodedata.is_normalized("NFC", subject.name) for subject in listed)


@pytest.mark.parametrize("grade", [9, 13])
def test_another_stage_is_refused(grade: int):
    with pytest.raises(RuleRefused, match="không thuộc cấp THPT"):
        subjects(grade)


@pytest.mark.parametrize(
    ("grade", "first_year", "has", "lacks"),
    [
        (9, 2023, "Vật lí", "Khoa học tự nhiên"),
        (9, 2024, "Khoa học tự nhiên", "Vật lí"),
        (12, 2023, "Thể dục", "Giáo dục thể chất"),
        (12, 2024, "Giáo dục thể chất", "Thể dục"),
        (10, 2022, "Giáo dục kinh tế và pháp luật", "Giáo dục công dân"),
        (6, 2021, "Khoa học tự nhiên", "Vật lí"),
    ],
)
def test_the_programme_comes_with_its_circular(grade: int, first_year: int, has: str, lacks: str):
    listed = [subject.name for subject in curriculum_subjects(grade, first_year)]
    assert has in listed
    assert lacks not in listed


@pytest.mark.parametrize(("grade", "first_year"), [(5, 2025), (9, 2015), (12, 2015)])
def test_without_a_table_nothing_is_made_up(grade: int, first_year: int):
    with pytest.raises(RuleRefused):
        curriculum_subjects(grade, first_year)


@pytest.mark.parametrize("first_year", range(2016, 2027))
def test_a_year_of_two_programmes_never_uses_a_code_for_two_subjects(first_year: int):
    meant: dict[str, tuple[str, SubjectKind, object]] = {}
    for grade in range(6, 13):
        for subject in curriculum_subjects(grade, first_year, optional=True):
            now = (subject.name, subject.kind, subject.terms)
            assert meant.setdefault(subject.code, now) == now
