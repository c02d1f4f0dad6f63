from __future__ import annotations

import pytest

from app.domain.marks import CHUA_DAT, DAT
from app.errors import RuleRefused
from app.regulations.base import ConductYear, Exemption, LearningResult, Promotion, PupilYear
from app.regulations.registry import regulation
from app.regulations.tt58_2011 import Tt58Regulation
from app.regulations.tt58_conduct import LEVELS, suggested_year
from app.regulations.tt58_settings import Tt58Settings
from tests.unit.regulations.pupils import commented, list_of, scored
from tests.unit.regulations.pupils58 import pupil58, year_conduct

TT58 = regulation("TT58/2011")

PASSING = list_of("6,0×8")
YEU = list_of("6,0×7; 3,4")
KEM = list_of("6,0×7; 1,9")
OPEN = [*list_of("6,0×7"), None]
FAIR, WEAK, BAD = year_conduct("Khá"), year_conduct("Trung bình"), year_conduct("Yếu")


@pytest.mark.parametrize(
    ("marks", "conduct", "absences", "expected"),
    [
        # more than 45 buổi, whatever else is missing or good
        (PASSING, FAIR, 46, Promotion.RETAINED),
        (OPEN, ConductYear(), 46, Promotion.RETAINED),
        (YEU, FAIR, 46, Promotion.RETAINED),
        # something is missing
        (OPEN, FAIR, 0, Promotion.INCOMPLETE),
        (PASSING, ConductYear("Tốt", "Tốt"), 0, Promotion.INCOMPLETE),
        (PASSING, FAIR, None, Promotion.INCOMPLETE),
        (KEM, BAD, None, Promotion.INCOMPLETE),
        # both from Trung bình
        (PASSING, FAIR, 45, Promotion.PROMOTED),
        (PASSING, WEAK, 0, Promotion.PROMOTED),
        (list_of("7,5×7; 3,4"), FAIR, 0, Promotion.PROMOTED),  # raised by khoản 6
        # 62
        (YEU, FAIR, 0, Promotion.REASSESS),
        (KEM, year_conduct("Tốt"), 0, Promotion.RETAINED),
        (YEU, BAD, 0, Promotion.RETAINED),
        (KEM, BAD, 0, Promotion.RETAINED),
        (list_of("7,5×7; 1,9"), FAIR, 0, Promotion.REASSESS),  # Kém raised to Yếu
        # hạnh kiểm alone
        (PASSING, BAD, 45, Promotion.SUMMER_CONDUCT),
    ],
)
def test_the_first_line_that_fits(
    marks: list[int | None], conduct: ConductYear, absences: int | None, expected: Promotion
):
    found = TT58.results(pupil58(marks, conduct=conduct, absences=absences))
    assert found.promotion is expected
    assert bool(found.reassess) == (expected is Promotion.REASSESS)


@pytest.mark.parametrize("conduct", [BAD, year_conduct("Yếu", "Tốt")])
@pytest.mark.parametrize("marks", [YEU, KEM])
def test_both_failed_is_final(marks: list[int], conduct: ConductYear):
    found = TT58.results(pupil58(marks, conduct=conduct, reassessed={"M8": 90}))
    assert found.promotion is Promotion.RETAINED
    assert found.reassess == ()


@pytest.mark.parametrize(
    ("again", "promotion", "level"),
    [
        ({"M8": 35}, Promotion.PROMOTED, "Trung bình"),
        ({"M8": 34}, Promotion.RETAINED, "Yếu"),
        ({"M8": 0}, Promotion.RETAINED, "Kém"),
        ({"M7": 100}, Promotion.RETAINED, "Yếu"),
        ({"M8": 50, "N1": DAT}, Promotion.PROMOTED, "Trung bình"),
    ],
)
def test_chosen_subjects_decide_by_the_recomputed_level(
    again: dict[str, int], promotion: Promotion, level: str
):
    found = TT58.results(pupil58(YEU, reassessed=again))
    assert found.promotion is promotion
    assert found.reassess == ("M8",)
    assert found.learning_year == LearningResult("Yếu", "Yếu")
    assert found.learning_final is found.after_reassessment
    assert found.after_reassessment is not None
    assert found.after_reassessment.final == level
    assert found.subjects[7].year == 34


def test_the_pupil_may_choose_among_marks_below_five_and_failed_comments_in_order():
    subjects = (
        commented("Nhạc", CHUA_DAT),
        scored("Toán", 49, core=True),
        *(scored(f"M{n}", 60) for n in range(5)),
        commented("Thể dục", CHUA_DAT, exempt=Exemption.YEAR),
        scored("Hóa", 50),
        scored("Sinh", 30),
        scored("Sử", 10, exempt=Exemption.YEAR),
    )
    found = TT58.results(PupilYear(subjects, FAIR, 0))
    assert found.promotion is Promotion.REASSESS
    assert found.reassess == ("Nhạc", "Toán", "Sinh")


def test_the_new_mean_can_lift_the_core_condition():
    marks = list_of("4,9×3; 5,6×5")
    before = TT58.results(pupil58(marks))
    assert before.learning_year == LearningResult("Yếu", "Yếu")
    assert before.reassess == ("Toán", "Ngữ văn", "Ngoại ngữ")
    assert TT58.results(pupil58(marks, reassessed={"Ngữ văn": 50})).promotion is Promotion.PROMOTED


def test_a_lower_result_replaces_by_default():
    """U11."""
    lower = pupil58(YEU, reassessed={"M7": 34, "M8": 36})
    kinder = Tt58Regulation(Tt58Settings(lower_reassessment_replaces=False))
    assert TT58.results(lower).promotion is Promotion.RETAINED
    assert kinder.results(lower).promotion is Promotion.PROMOTED


def test_the_adjustment_applies_again_by_default():
    """U11."""
    again = pupil58(list_of("8,0×6; 3,0×2"), reassessed={"M7": 80})
    once = Tt58Regulation(Tt58Settings(raise_again_after_reassessment=False))
    assert TT58.results(again).after_reassessment == LearningResult("Yếu", "Trung bình", "M8")
    assert TT58.results(again).promotion is Promotion.PROMOTED
    assert once.results(again).promotion is Promotion.RETAINED


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (None, Promotion.SUMMER_CONDUCT),
        ("Tốt", Promotion.PROMOTED),
        ("Trung bình", Promotion.PROMOTED),
        ("Yếu", Promotion.RETAINED),
    ],
)
def test_the_summer_decides_about_conduct(after: str | None, expected: Promotion):
    found = TT58.results(pupil58(PASSING, conduct=year_conduct("Yếu", after)))
    assert found.promotion is expected
    assert found.conduct_year == "Yếu"
    assert found.conduct_final == (after or "Yếu")


@pytest.mark.parametrize(
    ("marks", "level", "title"),
    [
        ("8,0×8", "Tốt", "Học sinh giỏi"),
        ("8,0×8", "Khá", "Học sinh tiên tiến"),  # 60
        ("8,0×8", "Trung bình", None),  # 60
        ("6,5×8", "Khá", "Học sinh tiên tiến"),  # 60
        ("6,5×8", "Tốt", "Học sinh tiên tiến"),
        ("6,5×8", "Yếu", None),
        ("6,0×8", "Tốt", None),
        ("9,0×7; 4,9", "Tốt", "Học sinh tiên tiến"),  # raised to Khá
    ],
)
def test_titles_of_semesters_and_year(marks: str, level: str, title: str | None):
    found = TT58.results(pupil58(list_of(marks), conduct=year_conduct(level))).titles
    assert (found.hk1, found.hk2, found.year) == (title, title, title)


def test_each_title_looks_at_its_own_conduct_and_ignores_the_rest():
    conduct = ConductYear("Tốt", "Khá", None, "Tốt")
    found = TT58.results(
        pupil58(list_of("8,0×8"), conduct=conduct, absences=100, reassessed={"M8": 0})
    )
    assert found.titles.hk1 == "Học sinh giỏi"
    assert found.titles.hk2 == "Học sinh tiên tiến"
    assert found.titles.year is None


def test_titles_are_named_best_first():
    assert TT58.title_names == ("Học sinh giỏi", "Học sinh tiên tiến")


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("word", ["Đạt", "tốt", ""])
def test_a_word_of_another_circular_is_refused(place: int, word: str):
    words: list[str | None] = [None] * 4
    words[place] = word
    with pytest.raises(RuleRefused, match="không có trong TT58/2011") as refusal:
        TT58.conduct_year(ConductYear(*words))
    assert refusal.value.code == "not_a_level"


def test_the_years_conduct_is_entered_and_the_second_semester_only_suggested():
    entered = ConductYear("Tốt", "Khá", "Tốt")
    assert not TT58.conduct_year_is_computed
    assert TT58.conduct_year(entered) == "Tốt"
    assert TT58.conduct_year(ConductYear("Tốt", "Khá")) is None
    assert suggested_year(entered) == "Khá"
    assert TT58.conduct_levels == LEVELS
