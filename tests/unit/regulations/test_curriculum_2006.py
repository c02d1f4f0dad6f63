from __future__ import annotations

import unicodedata

import pytest

from app.domain.periods import Term
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.regulations.curriculum_2006 import subjects
from app.regulations.registry import regulation
from app.regulations.tt58_2011 import CORE_CODES


def counts(grade: int, *, optional: bool = False) -> dict[str, int]:
    return {
        subject.name: regulation("TT58/2011").tx_count(subject.kind, subject.periods)
        for subject in subjects(grade, optional=optional)
    }


def test_grade_nine_and_its_regular_assessments():
    assert counts(9, optional=True) == {
        "Toán": 4,
        "Vật lí": 3,
        "Hóa học": 3,
        "Sinh học": 3,
        "Ngữ văn": 4,
        "Lịch sử": 3,
        "Địa lí": 3,
        "Ngoại ngữ": 3,
        "Giáo dục công dân": 2,
        "Công nghệ": 2,
        "Thể dục": 3,
        "Âm nhạc": 2,
        "Mĩ thuật": 2,
        "Tin học (tự chọn)": 3,
    }
    assert "Tin học (tự chọn)" not in counts(9)


def test_grade_twelve_and_its_regular_assessments():
    assert counts(12) == {
        "Toán": 4,
        "Vật lí": 3,
        "Hóa học": 3,
        "Sinh học": 3,
        "Tin học": 3,
        "Ngữ văn": 4,
        "Lịch sử": 3,
        "Địa lí": 3,
        "Ngoại ngữ": 4,
        "Giáo dục công dân": 2,
        "Công nghệ": 2,
        "Giáo dục quốc phòng và an ninh": 2,
        "Thể dục": 3,
    }


def test_comment_subjects_and_semesters_of_their_own():
    by_name = {subject.name: subject for subject in subjects(9)}
    assert [s.name for s in by_name.values() if s.kind is SubjectKind.COMMENTS] == [
        "Thể dục",
        "Âm nhạc",
        "Mĩ thuật",
    ]
    assert by_name["Âm nhạc"].terms == {Term.HK1}
    assert by_name["Mĩ thuật"].terms == {Term.HK2}
    assert all(subject.terms == set(Term) for subject in subjects(12))


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        (6, "Toán 4, Vật lí 2, Sinh 3, Ngữ văn 4, Sử 2, Địa 2, Ngoại ngữ 4, GDCD 2, Công nghệ 3, "
            "Thể dục 3, Nhạc 2, Mĩ thuật 2"),
        (7, "Toán 4, Vật lí 2, Sinh 3, Ngữ văn 4, Sử 3, Địa 3, Ngoại ngữ 4, GDCD 2, Công nghệ 3, "
            "Thể dục 3, Nhạc 2, Mĩ thuật 2"),
        (8, "Toán 4, Vật lí 2, Hóa 3, Sinh 3, Ngữ văn 4, Sử 3, Địa 3, Ngoại ngữ 4, GDCD 2, "
            "Công nghệ 3, Thể dục 3, Nhạc 2, Mĩ thuật 2"),
        (10, "Toán 4, Vật lí 3, Hóa 3, Sinh 2, Tin học 3, Ngữ văn 4, Sử 3, Địa 3, Ngoại ngữ 4, "
             "GDCD 2, Công nghệ 3, GDQP&AN 2, Thể dục 3"),
        (11, "Toán 4, Vật lí 3, Hóa 3, Sinh 3, Tin học 3, Ngữ văn 4, Sử 2, Địa 2, Ngoại ngữ 4, "
             "GDCD 2, Công nghệ 3, GDQP&AN 2, Thể dục 3"),
    ],
)  # fmt: skip
def test_the_other_grades_in_the_order_of_their_books(grade: int, expected: str):
    rules = regulation("TT58/2011")
    listed = [f"{s.short_name} {rules.tx_count(s.kind, s.periods)}" for s in subjects(grade)]
    assert ", ".join(listed) == expected


@pytest.mark.parametrize("grade", range(6, 13))
def test_the_three_subjects_of_article_13_are_there(grade: int):
    listed = subjects(grade, optional=True)
    assert [s.name for s in listed if s.code in CORE_CODES] == ["Toán", "Ngữ văn", "Ngoại ngữ"]
    assert len({subject.code for subject in listed}) == len(listed)
    assert [subject.position for subject in listed] == list(range(1, len(listed) + 1))
    assert all(unicodedata.is_normalized("NFC", subject.name) for subject in listed)


@pytest.mark.parametrize("grade", [5, 13])
def test_a_grade_without_a_table_is_refused(grade: int):
    with pytest.raises(RuleRefused, match="có lớp 6 đến lớp 12"):
        subjects(grade)
