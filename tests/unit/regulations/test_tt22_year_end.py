from __future__ import annotations

import pytest

from app.domain.marks import CHUA_DAT, DAT
from app.regulations.base import ConductYear, Exemption, LearningResult, Promotion, PupilYear
from app.regulations.registry import regulation
from app.regulations.tt22_2021 import Tt22Regulation
from app.regulations.tt22_settings import Tt22Settings
from tests.unit.regulations.pupils import commented, list_of, pupil, scored, year_conduct

TT22 = regulation("TT22/2021")

PASSING = list_of("6,0×8")
FAILING = list_of("6,0×7; 3,4")  # case 26: M8 alone, adjusted nowhere
OPEN = [*list_of("6,0×7"), None]
BAD = year_conduct("Chưa đạt")
FAIR = year_conduct("Khá")
UNKNOWN = ConductYear("Tốt", None)


def promotion(
    marks: list[int | None],
    conduct: ConductYear,
    absences: int | None = 0,
    **more: object,
) -> Promotion:
    return TT22.results(pupil(marks, conduct=conduct, absences=absences, **more)).promotion  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("marks", "conduct", "absences", "expected"),
    [
        # line 2: more than 45 buổi, whatever else is missing or good
        (PASSING, FAIR, 46, Promotion.RETAINED),
        (OPEN, UNKNOWN, 46, Promotion.RETAINED),
        (FAILING, FAIR, 46, Promotion.RETAINED),
        (FAILING, BAD, 46, Promotion.RETAINED),
        # line 3
        (OPEN, FAIR, 0, Promotion.INCOMPLETE),
        (PASSING, UNKNOWN, 0, Promotion.INCOMPLETE),
        (PASSING, FAIR, None, Promotion.INCOMPLETE),
        (FAILING, BAD, None, Promotion.INCOMPLETE),
        # line 4
        (PASSING, FAIR, 45, Promotion.PROMOTED),
        (PASSING, year_conduct("Đạt"), 0, Promotion.PROMOTED),
        (list_of("8,5×7; 3,4"), FAIR, 0, Promotion.PROMOTED),  # case 23
        # line 5
        (FAILING, BAD, 0, Promotion.PRINCIPAL_DECIDES),
        # lines 6 and 7
        (FAILING, FAIR, 45, Promotion.REASSESS),
        (PASSING, BAD, 45, Promotion.SUMMER_CONDUCT),
        (PASSING, ConductYear("Tốt", "Chưa đạt"), 0, Promotion.SUMMER_CONDUCT),  # case 18
    ],
)
def test_the_first_line_that_fits(
    marks: list[int | None], conduct: ConductYear, absences: int | None, expected: Promotion
):
    assert promotion(marks, conduct, absences) is expected


@pytest.mark.parametrize("exempt", Exemption)
@pytest.mark.parametrize("absences", [0, 46, None])
def test_an_individual_plan_is_the_principals_before_anything_else(
    exempt: Exemption, absences: int | None
):
    found = TT22.results(
        pupil(
            list_of("9,0×8"),
            conduct=year_conduct("Tốt"),
            absences=absences,
            exempt={"M1": exempt},
            reassessed={"M2": 50},
        )
    )
    assert found.promotion is Promotion.PRINCIPAL_DECIDES
    assert (found.learning_hk1, found.learning_hk2, found.learning_year) == (None, None, None)
    assert found.after_reassessment is None
    assert found.titles.year is None
    assert found.reassess == ()
    assert found.conduct_year == "Tốt"


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ({"M8": 50}, Promotion.PROMOTED),  # case 38
        ({"M8": 35}, Promotion.PROMOTED),
        ({"M8": 34}, Promotion.RETAINED),
        ({"M8": 0}, Promotion.RETAINED),
    ],
)
def test_reassessment_decides_by_the_recomputed_level(again: dict[str, int], expected: Promotion):
    found = TT22.results(pupil(FAILING, conduct=FAIR, reassessed=again))
    assert found.promotion is expected
    assert found.reassess == ("M8",)
    assert found.learning_year == LearningResult("Chưa đạt", "Chưa đạt")
    assert found.after_reassessment is not None
    assert found.learning_final is found.after_reassessment
    assert found.subjects[7].year == 34


def test_subjects_to_be_reassessed_come_in_input_order():
    subjects = (
        commented("Nghệ thuật", CHUA_DAT),
        *(scored(f"M{n}", 60) for n in range(5)),
        scored("Toán", 49),
        commented("GDTC", CHUA_DAT),
        scored("Ngữ văn", 50),
        scored("Tin học", 30),
    )
    found = TT22.results(PupilYear(subjects, FAIR, 0))
    assert found.promotion is Promotion.REASSESS
    assert found.reassess == ("Nghệ thuật", "Toán", "GDTC", "Tin học")


def test_two_failed_comment_subjects_are_reassessed():
    """Case 29; one of them passed is enough, with the adjustment even for Khá."""
    levels = [CHUA_DAT, DAT, CHUA_DAT, DAT]
    before = TT22.results(pupil([85] * 8, levels, conduct=FAIR))
    assert before.reassess == ("N1", "N3")
    after = TT22.results(pupil([85] * 8, levels, conduct=FAIR, reassessed={"N1": DAT}))
    assert after.promotion is Promotion.PROMOTED
    assert after.after_reassessment == LearningResult("Đạt", "Khá", "N3")


def test_three_subjects_below_five():
    """Case 34."""
    found = TT22.results(pupil(list_of("5,0×5; 4,9×3"), conduct=FAIR))
    assert found.reassess == ("M6", "M7", "M8")


def test_a_subset_is_accepted_unless_the_school_waits_for_all():
    """U10."""
    marks = list_of("5,0×5; 4,9×3")
    one = pupil(marks, conduct=FAIR, reassessed={"M7": 50})
    waiting = Tt22Regulation(Tt22Settings(all_listed_must_be_reassessed=True))
    assert TT22.results(one).promotion is Promotion.PROMOTED
    assert waiting.results(one).promotion is Promotion.REASSESS
    all_three = pupil(marks, conduct=FAIR, reassessed={"M6": 10, "M7": 50, "M8": 40})
    assert waiting.results(all_three).promotion is Promotion.RETAINED


def test_a_lower_result_replaces_by_default():
    """U11."""
    lower = pupil(FAILING, conduct=FAIR, reassessed={"M7": 34, "M8": 36})
    kinder = Tt22Regulation(Tt22Settings(lower_reassessment_replaces=False))
    assert TT22.results(lower).promotion is Promotion.RETAINED
    assert kinder.results(lower).promotion is Promotion.PROMOTED


def test_the_adjustment_applies_again_by_default():
    """U11: M8 stays at 3,0, but alone now."""
    again = pupil(list_of("8,5×6; 3,0×2"), conduct=FAIR, reassessed={"M7": 80})
    once = Tt22Regulation(Tt22Settings(raise_again_after_reassessment=False))
    assert TT22.results(again).after_reassessment == LearningResult("Chưa đạt", "Đạt", "M8")
    assert TT22.results(again).promotion is Promotion.PROMOTED
    assert once.results(again).promotion is Promotion.RETAINED


def test_reassessed_results_are_judged_even_when_nobody_asked():
    found = TT22.results(pupil(list_of("8,0×8"), conduct=FAIR, reassessed={"M1": 30}))
    assert found.promotion is Promotion.PROMOTED
    assert found.reassess == ()
    assert found.after_reassessment == LearningResult("Chưa đạt", "Đạt", "M1")
    assert found.learning_year == LearningResult("Tốt", "Tốt")


def test_both_failed_is_never_decided_by_later_results():
    """Case 41 (U9)."""
    conduct = year_conduct("Chưa đạt", after_summer="Tốt")
    both = pupil(FAILING, conduct=conduct, reassessed={"M8": 90})
    literal = Tt22Regulation(Tt22Settings(principal_decides_when_both_failed=False))
    assert TT22.results(both).promotion is Promotion.PRINCIPAL_DECIDES
    assert TT22.results(both).reassess == ()
    assert literal.results(both).promotion is Promotion.RETAINED


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("Đạt", Promotion.PROMOTED),
        ("Tốt", Promotion.PROMOTED),
        ("Chưa đạt", Promotion.RETAINED),
        (None, Promotion.SUMMER_CONDUCT),
    ],
)
def test_summer_decides_about_conduct(after: str | None, expected: Promotion):
    """Case 40."""
    found = TT22.results(pupil(PASSING, conduct=year_conduct("Chưa đạt", after)))
    assert found.promotion is expected
    assert found.conduct_year == "Chưa đạt"
    assert found.conduct_final == (after or "Chưa đạt")


@pytest.mark.parametrize(
    ("marks", "conduct", "title"),
    [
        ("9,0×6; 6,5×2", year_conduct("Tốt"), "Học sinh Xuất sắc"),  # case 42
        ("9,0×5; 8,9; 8,0×2", year_conduct("Tốt"), "Học sinh Giỏi"),  # case 42
        ("8,0×6; 6,5×2", year_conduct("Tốt"), "Học sinh Giỏi"),
        ("9,0×6; 6,4×2", year_conduct("Tốt"), None),
        ("9,0×8", year_conduct("Khá"), None),
        ("9,0×8", ConductYear("Khá", "Tốt"), "Học sinh Xuất sắc"),
        ("9,5×7; 4,9", year_conduct("Tốt"), None),  # raised to Khá, never a title
        ("7,0×8", year_conduct("Tốt"), None),
    ],
)
def test_titles_of_the_year(marks: str, conduct: ConductYear, title: str | None):
    assert TT22.results(pupil(list_of(marks), conduct=conduct)).titles.year == title


@pytest.mark.parametrize("absences", [0, 46, None])
def test_titles_ignore_absences_and_later_results(absences: int | None):
    conduct = year_conduct("Tốt", after_summer="Chưa đạt")
    found = TT22.results(
        pupil(list_of("9,0×8"), conduct=conduct, absences=absences, reassessed={"M1": 0})
    )
    assert found.titles.year == "Học sinh Xuất sắc"
    assert (found.titles.hk1, found.titles.hk2) == (None, None)


@pytest.mark.parametrize("grade", range(6, 13))
def test_labels_never_promise_a_grade_beyond_the_stage(grade: int):
    label = Promotion.PROMOTED.label(grade)
    expected = {9: "Hoàn thành chương trình THCS", 12: "Hoàn thành chương trình THPT"}
    assert label == expected.get(grade, "Được lên lớp")


def test_every_promotion_has_words():
    assert Promotion.RETAINED.label(9) == "Chưa hoàn thành chương trình THCS"
    assert len({code.label(7) for code in Promotion}) == len(Promotion)
