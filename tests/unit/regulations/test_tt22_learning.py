from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.regulations.base import ConductYear, LearningResult, PupilYear, SubjectYear
from app.regulations.registry import regulation
from app.regulations.tt22_2021 import Tt22Regulation
from app.regulations.tt22_settings import RaiseReading, Tt22Settings
from tests.unit.regulations import tt22_second_reading
from tests.unit.regulations.pupils import (
    commented,
    flat_term,
    level_list,
    list_of,
    pupil,
    scored,
    term,
)

TT22 = regulation("TT22/2021")
ALL_PASSED = "Đ Đ Đ Đ"

# Marks huddle around the thresholds, where levels change.
near = st.sampled_from([0, 20, 33, 34, 35, 36, 49, 50, 51, 64, 65, 66, 79, 80, 81, 90, 100])
mark = near | st.integers(0, 100)
level = st.sampled_from([DAT, DAT, DAT, CHUA_DAT])
high_lists = st.lists(st.sampled_from([65, 79, 80, 81, 95]), min_size=5, max_size=8)
mark_lists = st.lists(mark, max_size=10) | st.builds(
    lambda high, odd: [*high, *odd], high_lists, st.lists(mark, max_size=2)
)


def year(marks: list[int], levels: list[int], **settings_: object) -> LearningResult:
    chosen = Tt22Regulation(Tt22Settings(**settings_))  # type: ignore[arg-type]
    found = chosen.results(pupil(marks, levels)).learning_year
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("marks", "levels", "base", "final", "cause"),
    [
        ("8,0×6; 6,5×2", ALL_PASSED, "Tốt", "Tốt", None),  # 19
        ("8,0×5; 7,0×3", ALL_PASSED, "Khá", "Khá", None),  # 20
        ("9,5×7; 6,4", ALL_PASSED, "Khá", "Khá", None),  # 21
        ("8,5×7; 3,4", ALL_PASSED, "Chưa đạt", "Đạt", "M8"),  # 23
        ("7,0×7; 4,9", ALL_PASSED, "Đạt", "Đạt", None),  # 25
        ("6,0×7; 3,4", ALL_PASSED, "Chưa đạt", "Chưa đạt", None),  # 26
        ("6,0×7; 5,0", ALL_PASSED, "Đạt", "Đạt", None),  # 38, after the re-test
        ("7,0×8", "Đ Đ CĐ Đ", "Đạt", "Đạt", None),  # 28
        ("8,5×8", "CĐ Đ CĐ Đ", "Chưa đạt", "Chưa đạt", None),  # 29
        ("5,0×6; 3,5×2", ALL_PASSED, "Đạt", "Đạt", None),  # 33
        ("5,0×5; 4,9×3", ALL_PASSED, "Chưa đạt", "Chưa đạt", None),  # 34
        # the outcome table of the adjustment
        ("8,0×7; 4,9", ALL_PASSED, "Đạt", "Khá", "M8"),
        ("8,0×7; 3,5", ALL_PASSED, "Đạt", "Khá", "M8"),
        ("8,0×7; 5,0", ALL_PASSED, "Khá", "Khá", None),
        ("6,5×7; 3,4", ALL_PASSED, "Chưa đạt", "Đạt", "M8"),
        ("6,5×7; 3,5", ALL_PASSED, "Đạt", "Đạt", None),
        ("8,0×8", "Đ CĐ Đ Đ", "Đạt", "Khá", "N2"),
        ("8,0×7; 3,4", "Đ CĐ Đ Đ", "Chưa đạt", "Chưa đạt", None),
        ("8,0×6; 3,4×2", ALL_PASSED, "Chưa đạt", "Chưa đạt", None),
        # one step below every threshold
        ("7,9; 8,0×5; 6,5×2", ALL_PASSED, "Khá", "Khá", None),
        ("8,0×6; 6,5; 6,4", ALL_PASSED, "Khá", "Khá", None),
        ("6,5×6; 5,0×2", ALL_PASSED, "Khá", "Khá", None),
        ("6,4; 6,5×5; 5,0×2", ALL_PASSED, "Đạt", "Đạt", None),
        ("6,5×6; 5,0; 4,9", ALL_PASSED, "Đạt", "Đạt", None),
        ("5,0×6; 3,5; 3,4", ALL_PASSED, "Chưa đạt", "Chưa đạt", None),
        # six is absolute: not min(6, number of subjects)
        ("9,0×5", ALL_PASSED, "Chưa đạt", "Chưa đạt", None),
    ],
)
def test_level_and_adjustment(marks: str, levels: str, base: str, final: str, cause: str | None):
    assert year(list_of(marks), level_list(levels)) == LearningResult(base, final, cause)


def test_the_needed_sixth_subject_is_not_adjusted_but_the_other_reading_would():
    """U8: the bad subject would also have been the sixth one from 8,0."""
    marks = list_of("8,0×5; 7,0×2; 4,9")
    assert year(marks, [DAT]) == LearningResult("Đạt", "Đạt", None)
    waived = year(marks, [DAT], raise_reading=RaiseReading.WAIVER)
    assert waived == LearningResult("Đạt", "Khá", "M8")


def test_a_comment_subject_as_the_one_subject_is_a_setting():
    """U7."""
    levels = level_list("Đ CĐ Đ Đ")
    marks = list_of("8,0×8")
    assert year(marks, levels).raised_by == "N2"
    strict = year(marks, levels, comment_subject_counts_for_raise=False)
    assert strict == LearningResult("Đạt", "Đạt", None)


@pytest.mark.parametrize(("count", "expected"), [(True, "Chưa đạt"), (False, "Đạt")])
def test_optional_subjects_count_by_setting(*, count: bool, expected: str):
    """U22."""
    subjects = (
        *(scored(f"M{n}", 60) for n in range(8)),
        scored("Ngoại ngữ 2", 30, optional=True),
    )
    chosen = Tt22Regulation(Tt22Settings(optional_subjects_count=count))
    found = chosen.results(PupilYear(subjects, ConductYear("Tốt", "Tốt"), 0))
    assert found.learning_year is not None
    assert found.learning_year.final == expected
    assert found.reassess == (("Ngoại ngữ 2",) if count else ())


@pytest.mark.parametrize("where", ["hk1", "hk2"])
def test_a_missing_result_leaves_its_period_and_the_year_open(where: str):
    whole = pupil([80] * 8).subjects
    broken = SubjectYear(
        "Tin học",
        "Tin học",
        SubjectKind.MARKS,
        flat_term(None if where == "hk1" else 80),
        flat_term(None if where == "hk2" else 80),
    )
    found = TT22.results(PupilYear((*whole, broken), ConductYear("Tốt", "Tốt"), 0))
    assert (found.learning_hk1 is None) == (where == "hk1")
    assert (found.learning_hk2 is None) == (where == "hk2")
    assert found.learning_year is None
    assert found.titles.year is None


def test_a_subject_of_one_semester_counts_there_and_in_the_year_only():
    whole = pupil([80] * 8).subjects
    first_only = SubjectYear("Nhạc", "Nhạc", SubjectKind.COMMENTS, flat_term(CHUA_DAT), None)
    found = TT22.results(PupilYear((*whole, first_only), ConductYear("Tốt", "Tốt"), 0))
    assert found.learning_hk1 == LearningResult("Đạt", "Khá", "Nhạc")
    assert found.learning_hk2 == LearningResult("Tốt", "Tốt")
    assert found.learning_year == LearningResult("Đạt", "Khá", "Nhạc")


def test_without_any_subject_there_is_no_level():
    found = TT22.results(PupilYear((), ConductYear("Tốt", "Tốt"), 0))
    assert found.learning_hk1 is None
    assert found.learning_year is None


@settings(max_examples=400)
@given(mark_lists, st.lists(level, max_size=5))
def test_the_program_agrees_with_a_second_reading(marks: list[int], levels: list[int]):
    if not marks and not levels:
        return
    base, final, causes = tt22_second_reading.adjusted(
        [Fraction(value, 10) for value in marks],
        ["Đ" if value == DAT else "CĐ" for value in levels],
    )
    found = year(marks, levels)
    assert found.base.replace(" ", "-") == base
    assert found.final.replace(" ", "-") == final
    if causes:
        assert found.raised_by in causes
        assert found.raised_by == min(causes, key=lambda key: (key[0], int(key[1:])))
    else:
        assert found.raised_by is None


@settings(max_examples=300)
@given(mark_lists, st.lists(level, max_size=4), st.data())
def test_a_better_result_never_lowers_the_level(
    marks: list[int], levels: list[int], data: st.DataObject
):
    if not marks:
        return
    order = TT22.learning_levels
    before = year(marks, levels)
    better = list(marks)
    at = data.draw(st.integers(0, len(marks) - 1))
    better[at] = data.draw(st.integers(better[at], 100))
    assert order.index(year(better, levels).final) <= order.index(before.final)
    assert order.index(year(marks, [DAT] * len(levels)).final) <= order.index(before.final)


@given(mark_lists, st.lists(level, max_size=4))
def test_the_adjustment_gives_one_level_and_never_the_best(marks: list[int], levels: list[int]):
    if not marks:
        return
    found = year(marks, levels)
    order = TT22.learning_levels
    steps = order.index(found.base) - order.index(found.final)
    assert steps == (1 if found.raised_by else 0)
    if found.raised_by:
        assert found.final in ("Khá", "Đạt")


def test_semesters_are_judged_on_their_own():
    subjects = tuple(
        scored(f"M{n}", None, hk1=flat_term(60), hk2=term([90, 90], 90, 90, 2)) for n in range(8)
    )
    found = TT22.results(PupilYear((*subjects, commented("N1", DAT)), ConductYear("Tốt", "Tốt"), 0))
    assert found.learning_hk1 == LearningResult("Đạt", "Đạt")
    assert found.learning_hk2 == LearningResult("Tốt", "Tốt")
    assert found.learning_year == LearningResult("Tốt", "Tốt")
