from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.regulations.base import Exemption, SubjectResult, SubjectYear
from app.regulations.registry import regulation
from app.regulations.tt58_2011 import Tt58Regulation
from app.regulations.tt58_settings import Tt58Settings
from tests.unit.regulations.pupils import (
    commented,
    flat_term,
    level_list,
    list_of,
    scored,
    tenths,
    term,
)

TT58 = regulation("TT58/2011")
MARKS, COMMENTS = SubjectKind.MARKS, SubjectKind.COMMENTS


@pytest.mark.parametrize("kind", SubjectKind)
@pytest.mark.parametrize(
    ("periods", "count"), [(17, 2), (35, 2), (36, 3), (52, 3), (70, 3), (71, 4), (175, 4)]
)
def test_number_of_regular_assessments_of_both_kinds(kind: SubjectKind, periods: int, count: int):
    assert TT58.tx_count(kind, periods) == count


@pytest.mark.parametrize(
    ("tx", "gk", "ck", "expected"),
    [
        ("8; 9", "7", "8", "7,9"),  # 1
        ("8×4", "8", "8", "8,0"),  # 2
        ("8×3", "9", "8", "8,3"),  # 3: 8,25 half up
        ("9×3", "9", "0", "5,6"),  # 5: absent without a reason
        ("0×2", "0", "0", "0,0"),
        ("10×2", "10", "10", "10,0"),
    ],
)
def test_semester_average(tx: str, gk: str, ck: str, expected: str):
    entries = list_of(tx)
    found = TT58.term_result(MARKS, term(entries, tenths(gk), tenths(ck), len(entries)))
    assert found == tenths(expected)


@pytest.mark.parametrize(
    ("hk1", "hk2", "expected"),
    [("7,9", "8,5", "8,3"), ("4,9", "5,0", "5,0"), ("8,4", "7,9", "8,1")],
)
def test_year_average_of_the_recorded_semesters(hk1: str, hk2: str, expected: str):  # 9, 11
    subject = scored("Toán", None, hk1=flat_term(tenths(hk1)), hk2=flat_term(tenths(hk2)))
    assert TT58.subject_result(subject).year == tenths(expected)


@given(st.lists(st.integers(0, 100), min_size=6, max_size=6))
def test_semester_average_is_the_exact_quotient_half_up(entries: list[int]):
    *tx, gk, ck = entries
    exact = Fraction(sum(tx) + 2 * gk + 3 * ck, 9)
    found = TT58.term_result(MARKS, term(tx, gk, ck, 4))
    assert found is not None
    assert Fraction(-1, 2) < found - exact <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("Đ Đ CĐ CĐ Đ", CHUA_DAT),  # 58: 3/5 < 2/3
        ("Đ Đ CĐ Đ Đ", DAT),  # 4/5
        ("Đ Đ Đ Đ CĐ", CHUA_DAT),  # the cuối kì
        ("CĐ CĐ Đ Đ", CHUA_DAT),  # 2/4
        ("CĐ Đ Đ Đ", DAT),  # 3/4
        ("CĐ CĐ Đ Đ Đ Đ", DAT),  # 4/6 is just 2/3
        ("CĐ CĐ CĐ Đ Đ Đ", CHUA_DAT),
        ("Đ Đ Đ Đ", DAT),
        ("CĐ CĐ CĐ CĐ", CHUA_DAT),
    ],
)
def test_a_comment_subject_needs_two_thirds_and_its_last_assessment(entries: str, expected: int):
    *tx, gk, ck = level_list(entries)
    assert TT58.term_result(COMMENTS, term(tx, gk, ck, len(tx))) == expected


def test_the_comment_rule_is_two_settings():
    """U12."""
    strict = Tt58Regulation(Tt58Settings(comment_passes_by_two_thirds=False))
    loose = Tt58Regulation(Tt58Settings(comment_final_must_pass=False))
    one_missed = term([CHUA_DAT, DAT, DAT], DAT, DAT, 3)
    last_missed = term([DAT, DAT, DAT], DAT, CHUA_DAT, 3)
    assert (TT58.term_result(COMMENTS, one_missed), strict.term_result(COMMENTS, one_missed)) == (
        DAT,
        CHUA_DAT,
    )
    assert (TT58.term_result(COMMENTS, last_missed), loose.term_result(COMMENTS, last_missed)) == (
        CHUA_DAT,
        DAT,
    )


@pytest.mark.parametrize("kind", SubjectKind)
@pytest.mark.parametrize(
    "marks",
    [
        term([1, 1], None, 1, 2),
        term([1, 1], 1, None, 2),  # 6: make-up pending
        term([1, None], 1, 1, 2),
        term([1], 1, 1, 2),
        term([1, 1, 1], 1, 1, 2),
        term([], 1, 1, 2),
    ],
)
def test_a_semester_without_every_entry_is_open(kind: SubjectKind, marks: object):
    assert TT58.term_result(kind, marks) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(("hk1", "hk2"), [(CHUA_DAT, DAT), (DAT, CHUA_DAT), (None, DAT)])
def test_the_year_of_a_comment_subject_is_its_second_semester(hk1: int | None, hk2: int):  # 12
    subject = commented("Thể dục", None, hk1=flat_term(hk1), hk2=flat_term(hk2))
    assert TT58.subject_result(subject).year == hk2


@pytest.mark.parametrize("kind", SubjectKind)
@pytest.mark.parametrize(
    ("exempt", "hk1", "hk2", "expected"),
    [
        (None, 1, None, SubjectResult(1, None, 1)),
        (None, None, 0, SubjectResult(None, 0, 0)),
        (None, None, None, SubjectResult(None, None, None)),
        (Exemption.HK1, 0, 1, SubjectResult(None, 1, 1)),
        (Exemption.HK2, 0, 1, SubjectResult(0, None, 0)),
        (Exemption.YEAR, 0, 1, SubjectResult(None, None, None)),
        (Exemption.HK1, 0, None, SubjectResult(None, None, None)),
        (Exemption.HK2, 0, None, SubjectResult(0, None, 0)),
    ],
)
def test_one_semester_gives_the_year(
    kind: SubjectKind,
    exempt: Exemption | None,
    hk1: int | None,
    hk2: int | None,
    expected: SubjectResult,
):
    subject = SubjectYear(
        "S",
        "S",
        kind,
        None if hk1 is None else flat_term(hk1),
        None if hk2 is None else flat_term(hk2),
        exempt,
    )
    assert TT58.subject_result(subject) == expected
    waiting = Tt58Regulation(Tt58Settings(one_term_is_the_year=False))
    assert waiting.subject_result(subject) == SubjectResult(expected.hk1, expected.hk2, None)


def test_formulas_show_numbers_and_reasons():
    both = scored("Toán", None, hk1=term([80, 90], 70, 80, 2), hk2=flat_term(85))
    assert TT58.formula(both).hk1 == "(8,0 + 9,0 + 2 × 7,0 + 3 × 8,0) : 7 = 7,857… → 7,9"
    assert TT58.formula(both).year == "(7,9 + 2 × 8,5) : 3 = 8,3 → 8,3"
    assert TT58.formula(both).clause == "TT58/2011, Điều 10, khoản 1"
    sport = commented(
        "Thể dục", None, hk1=term([DAT, CHUA_DAT, DAT], DAT, DAT, 3), hk2=term([], None, DAT, 1)
    )
    shown = TT58.formula(sport)
    assert shown.clause == "TT58/2011, Điều 10, khoản 2"
    assert shown.hk1 == "Đ, CĐ, Đ, Đ, Đ: 4/5 lần Đ, cuối kì Đ → Đ"
    assert shown.hk2 == "chưa đủ: thiếu thường xuyên lần 1, giữa kì"
    assert shown.year == "chưa đủ kết quả học kì"


@pytest.mark.parametrize(
    ("exempt", "hk1", "hk2", "year"),
    [
        (Exemption.HK1, "miễn học", "Đ, Đ", "chỉ đánh giá một học kì → Đ"),
        (Exemption.HK2, "Đ, Đ", "miễn học", "chỉ đánh giá một học kì → Đ"),
        (Exemption.YEAR, "miễn học", "miễn học", "miễn học (TT58/2011, Điều 12)"),
        (None, "Đ, Đ", "Đ, Đ", "lấy kết quả học kì II → Đ"),
    ],
)
def test_formulas_of_exempt_subjects(exempt: Exemption | None, hk1: str, hk2: str, year: str):
    shown = TT58.formula(commented("Thể dục", DAT, exempt=exempt))
    assert shown.hk1.startswith(hk1)
    assert shown.hk2.startswith(hk2)
    assert shown.year == year


def test_formula_of_a_subject_of_one_semester():
    shown = TT58.formula(commented("Âm nhạc", DAT, hk2=None))
    assert shown.hk2 == ""
    assert shown.year == "chỉ học một học kì → Đ"
