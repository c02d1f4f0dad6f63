"""Lessons a year of every subject of every grade, cell by cell, as the papers give them.

A number off by one would change how many ĐĐGtx a class wants, or what a school's plan adds up to.
Lớp 9 of the programme of 2006 is one school's plan; its other grades are the common frame.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.domain.periods import Term
from app.regulations import (
    curriculum_2006,
    curriculum_2006_primary,
    curriculum_2018_primary,
    curriculum_2018_thcs,
    curriculum_2018_thpt,
)
from app.regulations.curricula import curriculum_subjects
from app.regulations.curriculum_subject import CurriculumSubject

THCS_2018 = """
Ngữ văn | 140 140 140 140
Toán | 140 140 140 140
Ngoại ngữ 1 | 105 105 105 105
Giáo dục công dân | 35 35 35 35
Lịch sử và Địa lí | 105 105 105 105
Khoa học tự nhiên | 140 140 140 140
Công nghệ | 35 35 52 52
Tin học | 35 35 35 35
Giáo dục thể chất | 70 70 70 70
Nghệ thuật | 70 70 70 70
Hoạt động trải nghiệm, hướng nghiệp | 105 105 105 105
Nội dung giáo dục của địa phương | 35 35 35 35
Tiếng dân tộc thiểu số | 105 105 105 105
Ngoại ngữ 2 | 105 105 105 105
"""
THPT_2018 = """
Ngữ văn | 105 105 105
Toán | 105 105 105
Ngoại ngữ 1 | 105 105 105
Lịch sử | 52 52 52
Địa lí | 70 70 70
Giáo dục kinh tế và pháp luật | 70 70 70
Vật lí | 70 70 70
Hóa học | 70 70 70
Sinh học | 70 70 70
Công nghệ | 70 70 70
Tin học | 70 70 70
Âm nhạc | 70 70 70
Mĩ thuật | 70 70 70
Giáo dục quốc phòng và an ninh | 35 35 35
Giáo dục thể chất | 70 70 70
Hoạt động trải nghiệm, hướng nghiệp | 105 105 105
Nội dung giáo dục của địa phương | 35 35 35
Tiếng dân tộc thiểu số | 105 105 105
Ngoại ngữ 2 | 105 105 105
"""
THCS_2006 = """
Toán | 140 140 140 140
Vật lí | 35 35 35 70
Hóa học | - - 70 70
Sinh học | 70 70 70 70
Ngữ văn | 140 140 140 175
Lịch sử | 35 70 52 53
Địa lí | 35 70 52 53
Ngoại ngữ | 105 105 105 70
Giáo dục công dân | 35 35 35 35
Công nghệ | 70 52 52 35
Thể dục | 70 70 70 70
Âm nhạc | 35 35 35 18
Mĩ thuật | 35 35 35 18
Tin học (tự chọn) | 70 70 70 70
"""
THPT_2006 = """
Toán | 105 123 123
Vật lí | 70 70 70
Hóa học | 70 70 70
Sinh học | 35 52 52
Tin học | 70 52 52
Ngữ văn | 105 123 105
Lịch sử | 52 35 52
Địa lí | 52 35 52
Ngoại ngữ | 105 105 105
Giáo dục công dân | 35 35 35
Công nghệ | 52 52 35
Giáo dục quốc phòng và an ninh | 35 35 35
Thể dục | 70 70 70
"""
TH_2018 = """
Tiếng Việt | 420 350 245 245 245
Toán | 105 175 175 175 175
Ngoại ngữ 1 | 70 70 140 140 140
Lịch sử và Địa lí | - - - 70 70
Khoa học | - - - 70 70
Tin học và Công nghệ (Tin học) | - - 35 35 35
Tin học và Công nghệ (Công nghệ) | - - 35 35 35
Đạo đức | 35 35 35 35 35
Tự nhiên và Xã hội | 70 70 70 - -
Giáo dục thể chất | 70 70 70 70 70
Nghệ thuật (Âm nhạc) | 35 35 35 35 35
Nghệ thuật (Mĩ thuật) | 35 35 35 35 35
Hoạt động trải nghiệm | 105 105 105 105 105
Tiếng dân tộc | 70 70 70 70 70
"""
LOP_5_2006 = """
Tiếng Việt | 280
Toán | 175
Khoa học | 70
Lịch sử và Địa lí | 70
Ngoại ngữ | -
Tin học | -
Tiếng dân tộc | -
Đạo đức | 35
Âm nhạc | 35
Mĩ thuật | 35
Kĩ thuật | 35
Thể dục | 70
"""

Subjects = Callable[..., tuple[CurriculumSubject, ...]]


def columns(text: str) -> list[dict[str, int | None]]:
    """One mapping a grade: name -> lessons, "-" as None."""
    lines = [line.split(" | ") for line in text.strip().splitlines()]
    grades = len(lines[0][1].split())
    return [
        {
            name: None if cells.split()[at] == "-" else int(cells.split()[at])
            for name, cells in lines
        }
        for at in range(grades)
    ]


@pytest.mark.parametrize(
    ("subjects", "first_grade", "text"),
    [
        (curriculum_2018_thcs.subjects, 6, THCS_2018),
        (curriculum_2018_thpt.subjects, 10, THPT_2018),
        (curriculum_2006.subjects, 6, THCS_2006),
        (curriculum_2006.subjects, 10, THPT_2006),
    ],
    ids=["THCS 2018", "THPT 2018", "THCS 2006", "THPT 2006"],
)
def test_lessons_of_secondary_grades(subjects: Subjects, first_grade: int, text: str):
    for grade, wanted in enumerate(columns(text), first_grade):
        found = {one.name: one.periods for one in subjects(grade, optional=True)}
        assert found == {name: n for name, n in wanted.items() if n is not None}, grade


def test_lessons_of_primary_grades():
    for grade, wanted in enumerate(columns(TH_2018), 1):
        rows = curriculum_2018_primary.CURRICULUM_2018.subjects(grade, optional=True)
        studied = {name: n for name, n in wanted.items() if n is not None}
        assert {row.name: row.lessons for row in rows} == studied, grade
    rows = curriculum_2006_primary.CURRICULUM_2006.subjects(5, optional=True)
    assert {row.name: row.lessons for row in rows} == columns(LOP_5_2006)[0]


@pytest.mark.parametrize(("grade", "year"), [(6, 2024), (10, 2024), (9, 2023)])
def test_optional_subjects_come_only_when_asked_for(grade: int, year: int):
    compulsory = {one.code for one in curriculum_subjects(grade, year)}
    every = curriculum_subjects(grade, year, optional=True)
    assert {one.code for one in every if one.optional} == {one.code for one in every} - compulsory
    assert len(every) > len(compulsory)


def test_the_arts_of_the_last_grade_nine_have_a_semester_each():
    both = frozenset(Term)
    for grade in range(6, 10):
        for one in curriculum_2006.subjects(grade, optional=True):
            alone = {"Âm nhạc": Term.HK1, "Mĩ thuật": Term.HK2}.get(one.name)
            assert one.terms == (frozenset({alone}) if grade == 9 and alone else both)
