from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.marks import CHUA_DAT, DAT, mark_text
from app.domain.subjects import SubjectKind
from app.regulations.base import Averages, Exemption, LearningResult, PupilYear, SubjectYear
from app.regulations.registry import regulation
from app.regulations.tt58_2011 import Tt58Regulation
from app.regulations.tt58_settings import Tt58Settings
from tests.unit.regulations.pupils import flat_term, level_list, list_of, scored
from tests.unit.regulations.pupils58 import names, pupil58, year_conduct
from tests.unit.services import tt58_second_reading

TT58 = regulation("TT58/2011")
ALL = "Đ Đ Đ"

near = st.sampled_from([0, 19, 20, 34, 35, 49, 50, 64, 65, 66, 79, 80, 81, 90, 100])
mark = near | st.integers(0, 100)
level = st.sampled_from([DAT, DAT, DAT, CHUA_DAT])
mark_lists = st.lists(mark, min_size=1, max_size=9) | st.builds(
    # mostly good, with one or two far below: where khoản 6 lives
    lambda usual, count, odd, at: (odd + [usual] * count)[at:] + (odd + [usual] * count)[:at],
    st.sampled_from([65, 70, 80, 85, 92]),
    st.integers(4, 8),
    st.lists(mark, min_size=1, max_size=2),
    st.integers(0, 5),
)


def judged(
    marks: list[int], levels: list[int], specialised: str | None = None, **chosen: object
) -> LearningResult:
    rules = Tt58Regulation(Tt58Settings(**chosen))  # type: ignore[arg-type]
    found = rules.results(pupil58(marks, levels, specialised=specialised)).learning_year
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("marks", "mean"),
    [
        ("7,9; 7,8; 8,0; 8,3; 8,4×4", "8,2"),  # 47
        ("7,9×3; 8,7×5", "8,4"),  # 48
        ("8,8; 8,8; 4,9; 8,7; 8,8×4", "8,3"),  # 49
        ("7,5; 7,5; 3,4; 7,5×4; 7,6", "7,0"),  # 51
        ("8,0; 8,1", "8,1"),  # 8,05 half up
        ("6,4; 6,5; 6,5", "6,5"),  # 6,466… up
        ("6,4; 6,4; 6,5", "6,4"),
    ],
)
def test_mean_over_subjects_half_up(marks: str, mean: str):
    found = TT58.results(pupil58(list_of(marks), level_list("CĐ"))).averages
    assert [mark_text(value or 0) for value in (found.hk1, found.hk2, found.year)] == [mean] * 3


@pytest.mark.parametrize(
    ("marks", "levels", "base", "final", "cause"),
    [
        ("7,9; 7,8; 8,0; 8,3; 8,4×4", ALL, "Giỏi", "Giỏi", None),  # 47
        ("7,9×3; 8,7×5", ALL, "Khá", "Khá", None),  # 48
        ("8,8; 8,8; 4,9; 8,7; 8,8×4", ALL, "Trung bình", "Khá", "Ngoại ngữ"),  # 49
        ("7,5; 7,5; 3,4; 7,5×4; 7,6", ALL, "Yếu", "Trung bình", "Ngoại ngữ"),  # 51
        ("8,6×6; 8,4; 6,4", ALL, "Khá", "Khá", None),  # 55
        # every boundary, inclusive
        ("8,0×8", ALL, "Giỏi", "Giỏi", None),
        ("8,0; 6,5; 6,5; 8,6×5", ALL, "Giỏi", "Giỏi", None),
        ("6,5×8", ALL, "Khá", "Khá", None),
        ("6,5; 5,0×3; 8,0×4", ALL, "Khá", "Khá", None),
        ("5,0×8", ALL, "Trung bình", "Trung bình", None),
        ("5,0; 3,5×3; 6,1×4", ALL, "Trung bình", "Trung bình", None),
        ("4,9×3; 5,1×5", ALL, "Yếu", "Yếu", None),
        ("3,5×8", ALL, "Yếu", "Yếu", None),
        ("3,4×8", ALL, "Kém", "Kém", None),
        ("2,0; 3,8×7", ALL, "Yếu", "Yếu", None),
        ("1,9; 4,0×7", ALL, "Kém", "Kém", None),
        ("5,0×3; 4,9×5", ALL, "Yếu", "Yếu", None),  # mean 4,9
        ("6,4×3; 6,6×5", ALL, "Trung bình", "Trung bình", None),  # none of the three from 6,5
        # the table of khoản 6
        ("9,0×7; 4,9", ALL, "Trung bình", "Khá", "M8"),  # G -> Tb
        ("9,0×7; 3,5", ALL, "Trung bình", "Khá", "M8"),
        ("9,0×7; 3,4", ALL, "Yếu", "Trung bình", "M8"),  # G -> Y
        ("9,0×7; 2,0", ALL, "Yếu", "Trung bình", "M8"),
        ("9,5×7; 1,9", ALL, "Kém", "Yếu", "M8"),  # U13: G -> Kém by the row of K
        ("7,5×7; 3,4", ALL, "Yếu", "Trung bình", "M8"),  # K -> Y
        ("7,5×7; 1,9", ALL, "Kém", "Yếu", "M8"),  # K -> Kém
        ("7,5×7; 4,9", ALL, "Trung bình", "Trung bình", None),  # K -> Tb has no row
        ("9,0×6; 4,9; 6,4", ALL, "Trung bình", "Trung bình", None),  # two below 6,5
        ("9,0×6; 3,4; 6,4", ALL, "Yếu", "Trung bình", "M7"),  # but one below 5,0: row of K
        ("9,0×6; 3,4; 4,9", ALL, "Yếu", "Yếu", None),
        ("9,5×6; 4,9; 6,5", ALL, "Trung bình", "Khá", "M7"),  # 6,5 is not below 6,5
        ("8,0×6; 3,4; 5,0", ALL, "Yếu", "Trung bình", "M7"),  # nor 5,0 below 5,0
        ("6,0×7; 3,4", ALL, "Yếu", "Yếu", None),  # mean reaches neither G nor K
        ("6,4; 6,4; 3,4; 9,0×5", ALL, "Yếu", "Yếu", None),  # none of the three reaches K
        # a comment subject
        ("8,5×8", "Đ CĐ Đ", "Yếu", "Trung bình", "N2"),
        ("7,0×8", "CĐ Đ Đ", "Yếu", "Trung bình", "N1"),
        ("6,0×8", "CĐ Đ Đ", "Yếu", "Yếu", None),
        ("8,5×8", "CĐ CĐ Đ", "Yếu", "Yếu", None),
        ("8,5×7; 4,9", "CĐ Đ Đ", "Yếu", "Yếu", None),
        ("8,5×7; 6,4", "CĐ Đ Đ", "Yếu", "Trung bình", "N1"),  # at K the comment is alone
        ("3,4×8", "CĐ Đ Đ", "Kém", "Kém", None),
        # a comment subject alone never matters for Yếu
        ("3,5×8", "CĐ CĐ CĐ", "Yếu", "Yếu", None),
    ],
)
def test_level_and_adjustment(marks: str, levels: str, base: str, final: str, cause: str | None):
    assert judged(list_of(marks), level_list(levels)) == LearningResult(base, final, cause)


@pytest.mark.parametrize(
    ("special", "base", "final"),
    [("8,0", "Giỏi", "Giỏi"), ("7,9", "Khá", "Khá"), ("6,4", "Trung bình", "Trung bình")],
)
def test_a_specialised_subject_must_reach_the_level_too(special: str, base: str, final: str):
    marks = [*list_of("9,0×7"), *list_of(special)]
    assert judged(marks, [DAT], "M8") == LearningResult(base, final)
    assert judged(marks, [DAT]).base == ("Giỏi" if special != "6,4" else "Khá")


def test_a_low_specialised_subject_is_not_forgiven():
    """The môn chuyên itself has to reach the level before khoản 6 speaks of one subject."""
    marks = list_of("9,0×7; 3,4")
    assert judged(marks, [DAT], "M8") == LearningResult("Yếu", "Yếu")
    assert judged(marks, [DAT], "Toán") == LearningResult("Yếu", "Trung bình", "M8")


def test_a_period_without_the_specialised_subject_or_the_three_gives_yeu_at_best():
    others = pupil58(list_of("9,0×8")).subjects
    half = [
        SubjectYear(s.key, s.name, s.kind, s.hk1, None if s.key == "M8" else s.hk2, core=s.core)
        for s in others
    ]
    found = TT58.results(PupilYear(tuple(half), year_conduct("Tốt"), 0, "M8"))
    assert found.learning_hk1 == LearningResult("Giỏi", "Giỏi")
    assert found.learning_hk2 == LearningResult("Yếu", "Yếu")
    assert found.learning_year == LearningResult("Giỏi", "Giỏi")
    without = PupilYear((scored("Sử", 90),), year_conduct("Tốt"), 0)
    assert TT58.results(without).learning_year == LearningResult("Yếu", "Yếu")


def test_from_gioi_to_kem_is_a_setting():
    """U13."""
    marks = list_of("9,5×7; 1,9")
    assert judged(marks, [DAT]).final == "Yếu"
    assert judged(marks, [DAT], kha_row_covers_gioi=False) == LearningResult("Kém", "Kém")
    just_gioi = list_of("9,0×7; 1,0")  # the mean is 8,0
    assert judged(just_gioi, [DAT], kha_row_covers_gioi=False) == LearningResult("Kém", "Kém")
    only_kha = list_of("7,5×7; 1,9")
    assert judged(only_kha, [DAT], kha_row_covers_gioi=False).final == "Yếu"


def test_a_comment_subject_as_the_one_subject_is_a_setting():
    strict = judged(list_of("8,5×8"), [CHUA_DAT], comment_subject_counts_for_raise=False)
    assert strict == LearningResult("Yếu", "Yếu")


@pytest.mark.parametrize(("count", "mean", "final"), [(True, 73, "Yếu"), (False, 80, "Giỏi")])
def test_optional_subjects_count_by_setting(*, count: bool, mean: int, final: str):
    """U22."""
    subjects = (*pupil58(list_of("8,0×8")).subjects, scored("Tin học", 19, optional=True))
    rules = Tt58Regulation(Tt58Settings(optional_subjects_count=count))
    found = rules.results(PupilYear(subjects, year_conduct("Tốt"), 0))
    assert found.averages == Averages(mean, mean, mean)
    assert found.learning_year is not None
    assert found.learning_year.final == final


@pytest.mark.parametrize("where", ["hk1", "hk2"])
def test_a_missing_result_leaves_its_period_and_the_year_open(where: str):
    broken = SubjectYear(
        "Tin học",
        "Tin học",
        SubjectKind.MARKS,
        flat_term(None if where == "hk1" else 80),
        flat_term(None if where == "hk2" else 80),
    )
    of = PupilYear((*pupil58([80] * 8).subjects, broken), year_conduct("Tốt"), 0)
    found = TT58.results(of)
    assert (found.learning_hk1 is None, found.learning_hk2 is None) == (
        where == "hk1",
        where == "hk2",
    )
    assert found.averages == Averages(
        None if where == "hk1" else 80, None if where == "hk2" else 80, None
    )
    assert found.learning_year is None
    assert found.titles.year is None


def test_without_any_mark_subject_there_is_no_level():
    for of in (pupil58([], []), pupil58([], [DAT, CHUA_DAT])):
        found = TT58.results(of)
        assert (found.learning_hk1, found.learning_year) == (None, None)
        assert found.averages == Averages()


def test_an_exempt_subject_takes_no_part():
    found = TT58.results(
        pupil58(
            list_of("8,0×7; 1,0"), [CHUA_DAT], exempt=dict.fromkeys(("M8", "N1"), Exemption.YEAR)
        )
    )
    assert found.learning_year == LearningResult("Giỏi", "Giỏi")
    assert found.averages == Averages(80, 80, 80)


def second(
    marks: list[int], levels: list[int], specialised: str | None
) -> tuple[str, str, str | None]:
    listed: dict[str, object] = {
        name: Fraction(value, 10) for name, value in zip(names(len(marks)), marks, strict=True)
    }
    kinds = dict.fromkeys(listed, "marks")
    for number, value in enumerate(levels, 1):
        listed[f"N{number}"] = "Đ" if value == DAT else "CĐ"
        kinds[f"N{number}"] = "comments"
    found = tt58_second_reading.level(listed, kinds, specialised, tt58_second_reading.THREE)  # type: ignore[arg-type]
    assert found is not None
    return found["base"], found["final"], found["raised_by"]


@settings(max_examples=500)
@given(mark_lists, st.lists(level, max_size=3), st.data())
def test_the_program_agrees_with_a_second_reading(
    marks: list[int], levels: list[int], data: st.DataObject
):
    specialised = data.draw(st.sampled_from([None, None, *names(len(marks))]))
    found = judged(marks, levels, specialised)
    assert (found.base, found.final, found.raised_by) == second(marks, levels, specialised)


@settings(max_examples=500)
@given(mark_lists, st.lists(level, max_size=3), st.data())
def test_a_better_result_never_lowers_the_level(
    marks: list[int], levels: list[int], data: st.DataObject
):
    order = TT58.learning_levels
    specialised = data.draw(st.sampled_from([None, None, *names(len(marks))]))
    before = judged(marks, levels, specialised)
    better = list(marks)
    at = data.draw(st.integers(0, len(marks) - 1))
    better[at] = data.draw(st.integers(better[at], 100))
    assert order.index(judged(better, levels, specialised).final) <= order.index(before.final)
    passed = judged(marks, [DAT] * len(levels), specialised)
    assert order.index(passed.final) <= order.index(before.final)


@given(mark_lists, st.lists(level, max_size=3))
def test_the_adjustment_gives_one_level_and_never_the_best(marks: list[int], levels: list[int]):
    found = judged(marks, levels)
    order = TT58.learning_levels
    assert order.index(found.base) - order.index(found.final) == (1 if found.raised_by else 0)
    assert found.raised_by is None or found.final in ("Khá", "Trung bình", "Yếu")
