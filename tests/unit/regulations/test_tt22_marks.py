from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.regulations.averages import year_average
from app.regulations.base import Exemption, SubjectResult, SubjectYear, TermMarks
from app.regulations.formula_words import why_no_result
from app.regulations.registry import regulation
from app.regulations.rounding import half_up
from app.regulations.tt22_2021 import Tt22Regulation
from app.regulations.tt22_settings import Tt22Settings
from tests.unit.regulations.pupils import flat_term, level_list, list_of, scored, tenths, term

TT22 = regulation("TT22/2021")
MARKS, COMMENTS = SubjectKind.MARKS, SubjectKind.COMMENTS

mark = st.integers(0, 100)


def exact_half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


@given(st.integers(0, 10**6), st.integers(1, 10**4))
def test_half_up_is_the_exact_quotient_rounded_half_upwards(numerator: int, denominator: int):
    assert half_up(numerator, denominator) == exact_half_up(Fraction(numerator, denominator))


@pytest.mark.parametrize(
    ("kind", "periods", "expected"),
    [
        (MARKS, 18, 2),
        (MARKS, 35, 2),
        (MARKS, 36, 3),
        (MARKS, 52, 3),
        (MARKS, 70, 3),
        (MARKS, 71, 4),
        (MARKS, 140, 4),
        (COMMENTS, 35, 2),
        (COMMENTS, 105, 2),
    ],
)
def test_number_of_regular_assessments(kind: SubjectKind, periods: int, expected: int):
    assert TT22.tx_count(kind, periods) == expected


@pytest.mark.parametrize(
    ("tx", "gk", "ck", "expected"),
    [
        pytest.param("8; 9", "7", "8", "7,9", id="case 1"),
        pytest.param("8×4", "8", "8", "8,0", id="case 2"),
        pytest.param("8×3", "9", "8", "8,3", id="case 3: an exact half goes up"),
        pytest.param("9×3", "9", "0", "5,6", id="case 5: zero for absence counts"),
        pytest.param("8; 9; 7,5; 8", "7", "8", "7,8", id="the file format's example"),
        pytest.param("0×2", "0", "0", "0,0", id="lowest"),
        pytest.param("10×4", "10", "10", "10,0", id="highest"),
    ],
)
def test_semester_average(tx: str, gk: str, ck: str, expected: str):
    listed = list_of(tx)
    marks = term(listed, tenths(gk), tenths(ck), len(listed))
    assert TT22.term_result(MARKS, marks) == tenths(expected)


@given(st.lists(mark, min_size=2, max_size=5), mark, mark)
def test_semester_average_is_the_exact_weighted_mean(tx: list[int], gk: int, ck: int):
    exact = Fraction(sum(tx) + 2 * gk + 3 * ck, len(tx) + 5)
    assert TT22.term_result(MARKS, term(tx, gk, ck, len(tx))) == exact_half_up(exact)


@given(st.lists(mark, min_size=2, max_size=4), mark, mark, st.integers(0, 5))
def test_a_higher_mark_never_lowers_the_average(tx: list[int], gk: int, ck: int, where: int):
    entries = [*tx, gk, ck]
    at = where % len(entries)
    raised = list(entries)
    raised[at] = min(100, raised[at] + 1)
    before = TT22.term_result(MARKS, term(entries[:-2], entries[-2], entries[-1], len(tx)))
    after = TT22.term_result(MARKS, term(raised[:-2], raised[-2], raised[-1], len(tx)))
    assert before is not None
    assert after is not None
    assert after >= before


def test_the_average_is_not_the_mean_of_regular_marks_over_six():
    """Seen in public code: averaging ĐĐGtx first, then dividing by 6."""
    marks = term([100, 100, 100, 100], 50, 50, 4)
    assert TT22.term_result(MARKS, marks) == 72
    assert half_up(100 + 2 * 50 + 3 * 50, 6) != 72


@pytest.mark.parametrize(
    "marks",
    [
        pytest.param(term([90, 90, 90], 90, None, 3), id="case 6: make-up of the last test"),
        pytest.param(term([90, 90, 90], None, 90, 3), id="no giữa kì"),
        pytest.param(term([90, None, 90], 90, 90, 3), id="empty ĐĐGtx"),
        pytest.param(term([90, 90], 90, 90, 3), id="fewer ĐĐGtx than wanted"),
        pytest.param(term([90, 90, 90, 90], 90, 90, 3), id="more ĐĐGtx than wanted"),
        pytest.param(term([], None, None, 3), id="nothing"),
    ],
)
def test_an_incomplete_semester_has_no_average(marks: TermMarks):
    """Also seen in public code: dividing only by the marks that are there."""
    assert TT22.term_result(MARKS, marks) is None


@pytest.mark.parametrize(
    ("hk1", "hk2", "expected"),
    [
        pytest.param("7,9", "8,5", "8,3", id="case 9"),
        pytest.param("4,9", "5,0", "5,0", id="case 11"),
        pytest.param("5,0", "4,9", "4,9", id="the second semester weighs more"),
    ],
)
def test_year_average(hk1: str, hk2: str, expected: str):
    assert year_average(tenths(hk1), tenths(hk2)) == tenths(expected)


@given(mark, mark)
def test_year_average_uses_the_recorded_semester_averages(hk1: int, hk2: int):
    subject = scored("Toán", None, hk1=flat_term(hk1), hk2=flat_term(hk2))
    expected = exact_half_up(Fraction(hk1 + 2 * hk2, 3))
    assert TT22.subject_result(subject) == SubjectResult(hk1, hk2, expected)


def test_rounding_twice_is_what_the_circular_says():
    """HK I 55/7 = 7,857 is recorded 7,9; the year uses 7,9, not 7,857."""
    hk1 = term([80, 90], 70, 80, 2)
    subject = scored("Tin học", None, hk1=hk1, hk2=flat_term(85))
    assert TT22.subject_result(subject) == SubjectResult(79, 85, 83)


@pytest.mark.parametrize(
    ("hk1", "hk2", "expected"),
    [
        pytest.param("Đ Đ Đ CĐ", "Đ Đ Đ Đ", (CHUA_DAT, DAT, DAT), id="case 12"),
        pytest.param("Đ Đ Đ Đ", "CĐ Đ Đ Đ", (DAT, CHUA_DAT, CHUA_DAT), id="case 13"),
        pytest.param("Đ Đ CĐ Đ", "Đ Đ Đ CĐ", (CHUA_DAT, CHUA_DAT, CHUA_DAT), id="both fail"),
        pytest.param("CĐ Đ Đ Đ", "Đ Đ CĐ Đ", (CHUA_DAT, CHUA_DAT, CHUA_DAT), id="one is enough"),
        pytest.param("Đ Đ Đ Đ", "Đ Đ Đ Đ", (DAT, DAT, DAT), id="case 45: theory, nothing blank"),
    ],
)
def test_comment_subject(hk1: str, hk2: str, expected: tuple[int, int, int]):
    terms = [
        term(entries[:2], entries[2], entries[3], 2)
        for entries in (level_list(hk1), level_list(hk2))
    ]
    subject = SubjectYear("GDTC", "GDTC", COMMENTS, terms[0], terms[1])
    assert TT22.subject_result(subject) == SubjectResult(*expected)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (term([DAT, None], DAT, DAT, 2), None),
        (term([DAT], DAT, DAT, 2), None),
        (term([CHUA_DAT, None], DAT, DAT, 2), None),
        (term([DAT, DAT, DAT], DAT, DAT, 2), None),
        (term([DAT, CHUA_DAT], DAT, DAT, 2), CHUA_DAT),
    ],
)
def test_an_empty_comment_cell_is_undecided_and_a_declared_one_fails(
    marks: TermMarks, expected: int | None
):
    """Case 14: empty is not Chưa đạt; the teacher's explicit act is."""
    assert TT22.term_result(COMMENTS, marks) == expected


@pytest.mark.parametrize("kind", SubjectKind)
@pytest.mark.parametrize("value", [1, None])
def test_a_one_semester_subject_has_that_semester_as_its_year(kind: SubjectKind, value: int | None):
    taught = flat_term(value)
    first = SubjectYear("A", "A", kind, taught, None)
    second = SubjectYear("A", "A", kind, None, taught)
    assert TT22.subject_result(first) == SubjectResult(value, None, value)
    assert TT22.subject_result(second) == SubjectResult(None, value, value)
    assert TT22.subject_result(SubjectYear("A", "A", kind, None, None)) == SubjectResult(
        None, None, None
    )


@pytest.mark.parametrize(
    ("exempt", "open_year", "other_term"),
    [
        (Exemption.YEAR, (None, None, None), (None, None, None)),
        (Exemption.HK1, (None, 60, None), (None, 60, 60)),
        (Exemption.HK2, (60, None, None), (60, None, 60)),
    ],
)
def test_an_exempt_semester_is_blank_and_the_year_is_a_setting(
    exempt: Exemption,
    open_year: tuple[int | None, ...],
    other_term: tuple[int | None, ...],
):
    subject = scored("Toán", 60, exempt=exempt)
    lenient = Tt22Regulation(Tt22Settings(exempt_term_uses_other_term=True))
    assert TT22.subject_result(subject) == SubjectResult(*open_year)
    assert lenient.subject_result(subject) == SubjectResult(*other_term)


def test_a_comment_subject_exempt_in_the_first_semester_keeps_its_year():
    """Its year is the second semester anyway."""
    subject = SubjectYear("GDTC", "GDTC", COMMENTS, flat_term(1), flat_term(1), Exemption.HK1)
    assert TT22.subject_result(subject) == SubjectResult(None, DAT, DAT)


@pytest.mark.parametrize(
    ("subject", "hk1", "hk2", "year"),
    [
        (
            scored("Toán", None, hk1=term([80, 90], 70, 80, 2), hk2=flat_term(85)),
            "(8,0 + 9,0 + 2 × 7,0 + 3 × 8,0) : 7 = 7,857… → 7,9",
            "(8,5 + 8,5 + 2 × 8,5 + 3 × 8,5) : 7 = 8,5 → 8,5",
            "(7,9 + 2 × 8,5) : 3 = 8,3 → 8,3",
        ),
        (
            scored("Tin học", None, hk1=term([80, 80, 80], 90, 80, 3), hk2=None),
            "(8,0 + 8,0 + 8,0 + 2 × 9,0 + 3 × 8,0) : 8 = 8,25 → 8,3",
            "",
            "chỉ học một học kì → 8,3",
        ),
        (
            scored("Toán", None, hk1=term([80, None], 70, None, 3), hk2=term([80] * 4, 1, 2, 3)),
            "chưa đủ: thiếu thường xuyên lần 2, thường xuyên lần 3, cuối kì",
            "có 4 ĐĐGtx trong khi chỉ cần 3",
            "chưa đủ kết quả học kì",
        ),
        (
            SubjectYear("GDTC", "GDTC", COMMENTS, term([1, 0], 1, 1, 2), flat_term(1)),
            "Đ, CĐ, Đ, Đ → CĐ",
            "Đ, Đ, Đ, Đ → Đ",
            "lấy kết quả học kì II → Đ",
        ),
        (
            scored("Toán", 50, exempt=Exemption.YEAR),
            "miễn học (TT22/2021, Điều 11)",
            "miễn học (TT22/2021, Điều 11)",
            "miễn học (TT22/2021, Điều 11)",
        ),
    ],
)
def test_formula_in_numbers(subject: SubjectYear, hk1: str, hk2: str, year: str):
    shown = TT22.formula(subject)
    assert (shown.hk1, shown.hk2, shown.year) == (hk1, hk2, year)
    point = "a" if subject.kind is COMMENTS else "b"
    assert shown.clause == f"TT22/2021, Điều 9, khoản 1, điểm {point}"


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (TermMarks((80, 80), None, 80, 2), "chưa đủ: thiếu giữa kì"),
        (TermMarks((80, 80), 80, None, 2), "chưa đủ: thiếu cuối kì"),
        (TermMarks((80,), 80, 80, 2), "chưa đủ: thiếu thường xuyên lần 2"),
        (TermMarks((None, 80), 80, 80, 2), "chưa đủ: thiếu thường xuyên lần 1"),
        (TermMarks((80, 80, 80), 80, 80, 2), "có 3 ĐĐGtx trong khi chỉ cần 2"),
    ],
)
def test_a_missing_result_names_exactly_what_is_missing(marks: TermMarks, said: str):
    assert why_no_result(marks) == said
