"""TT58/2011 as first issued: what TT26/2020 changed later; the rest is proved for both there."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.regulations.base import ReasonTopic, TermMarks
from app.regulations.explain import why_lines
from app.regulations.registry import regulation
from app.regulations.tt58_2011 import Tt58Regulation
from app.regulations.tt58_first_issue import FIRST_ISSUE, TT58_FIRST_ISSUE
from app.regulations.tt58_settings import Tt58Settings
from app.services.assess import assess
from app.services.assess_tt58 import assess_tt58
from tests.unit.regulations.pupils import commented, level_list, list_of, scored, tenths
from tests.unit.regulations.pupils58 import pupil58
from tests.unit.services import tt58_second_reading
from tests.unit.services.secondary_cases import cases, comments, marks

RULES = regulation(TT58_FIRST_ISSUE.id)
AMENDED = regulation("TT58/2011")
MARKS, COMMENTS = SubjectKind.MARKS, SubjectKind.COMMENTS


def term(tx: list[int | None], periodic: list[int | None], last: int | None) -> TermMarks:
    return TermMarks(tuple(tx), periodic[0], last, len(tx), tuple(periodic[1:]))


@pytest.mark.parametrize("kind", [MARKS, COMMENTS])
@pytest.mark.parametrize(
    ("periods", "count"),
    [(17, 2), (35, 2), (36, 3), (70, 3), (71, 3), (104, 3), (105, 4), (175, 4)],
)
def test_number_of_tests_by_lessons_a_week(kind: SubjectKind, periods: int, count: int):
    """Điều 8, khoản 2; of KTđk the same steps are where a school starts."""
    assert RULES.tx_count(kind, periods) == count
    assert RULES.dk_count(periods) == count - 1
    assert AMENDED.dk_count(periods) == 0


@pytest.mark.parametrize(
    ("tx", "periodic", "last", "expected"),
    [
        ("8; 9; 7", "6; 8", "9", "7,9"),  # 79/10
        ("8×4", "7; 8; 9", "8,5", "8,1"),  # 105,5/13
        ("8; 9", "7", "8", "7,9"),  # one KTđk: as the amended text
        ("5; 5", "5; 5", "5,4", "5,1"),  # 46,2/9 = 5,133
        ("8×3", "8; 9", "8", "8,2"),
        ("8; 8", "8; 8,3", "8", "8,1"),  # 72,6/9 = 8,0667
        ("0×2", "0×2", "0", "0,0"),
        ("10×2", "10×5", "10", "10,0"),
    ],
)
def test_semester_average(tx: str, periodic: str, last: str, expected: str):
    entries = term(list_of(tx), list_of(periodic), tenths(last))
    assert RULES.term_result(MARKS, entries) == tenths(expected)


@given(
    st.lists(st.integers(0, 100), min_size=1, max_size=9),
    st.lists(st.integers(0, 100), min_size=1, max_size=5),
    st.integers(0, 100),
)
def test_semester_average_in_exact_arithmetic(tx: list[int], periodic: list[int], last: int):
    total = sum(tx) + 2 * sum(periodic) + 3 * last
    exact = Fraction(total, len(tx) + 2 * len(periodic) + 3)
    found = RULES.term_result(MARKS, term([*tx], [*periodic], last))
    assert found == int(exact + Fraction(1, 2))


@pytest.mark.parametrize("kind", [MARKS, COMMENTS])
@pytest.mark.parametrize(
    "entries",
    [
        term([1, None], [1, 1], 1),
        term([1, 1], [None, 1], 1),
        term([1, 1], [1, None], 1),
        term([1, 1], [1, 1], None),
    ],
)
def test_a_missing_test_leaves_the_semester_open(kind: SubjectKind, entries: TermMarks):
    """Điều 8, khoản 5: it is made up, or an explicit 0; it never becomes one by itself."""
    assert RULES.term_result(kind, entries) is None


@pytest.mark.parametrize(
    ("tx", "periodic", "last", "result"),
    [
        ("Đ Đ CĐ", "Đ CĐ", DAT, DAT),  # 4/6
        ("Đ CĐ CĐ", "Đ CĐ", DAT, CHUA_DAT),  # 3/6
        ("Đ Đ Đ", "Đ Đ", CHUA_DAT, CHUA_DAT),
        ("Đ Đ", "CĐ CĐ CĐ", DAT, CHUA_DAT),
    ],
)
def test_comment_subjects_count_every_test_once(tx: str, periodic: str, last: int, result: int):
    entries = term([*level_list(tx)], [*level_list(periodic)], last)
    assert RULES.term_result(COMMENTS, entries) == result


def test_the_readings_of_the_school_hold_for_both_texts():
    strict = Tt58Regulation(Tt58Settings(comment_passes_by_two_thirds=False), FIRST_ISSUE)
    entries = term([DAT, CHUA_DAT, DAT], [DAT, DAT], DAT)
    assert RULES.term_result(COMMENTS, entries) == DAT
    assert strict.term_result(COMMENTS, entries) == CHUA_DAT


def test_a_foreign_language_does_not_lead():
    """Điều 13, khoản 1 to 3: Toán or Ngữ văn."""
    assert RULES.core_codes == {"toan", "ngu_van"}
    assert {"ngoai_ngu", "ngoai_ngu_1"} == AMENDED.core_codes - RULES.core_codes
    pupil = pupil58(list_of("7,9; 7,8; 9,0; 8,4×5"))
    two = tuple(
        scored(s.name, s.hk1.gk, core=s.name in ("Toán", "Ngữ văn")) if s.kind is MARKS else s
        for s in pupil.subjects
    )
    year = RULES.results(replace(pupil, subjects=two)).learning_year
    assert year is not None
    assert (year.base, year.final) == ("Khá", "Khá")
    [learning] = [
        reason
        for reason in RULES.explain(replace(pupil, subjects=two), 8)
        if reason.topic is ReasonTopic.LEARNING_YEAR
    ]
    said = "ĐTB của 1 trong 2 môn Toán, Ngữ văn từ 8,0: Toán 7,9; Ngữ văn 7,8"
    assert any(said in line for line in why_lines(learning))


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (
            term([80, 90], [60, 80], 90),
            "(8,0 + 9,0 + 2 × 6,0 + 2 × 8,0 + 3 × 9,0) : 9 = 8,0 → 8,0",
        ),
        (
            term([None, 90, None], [60, None], None),
            "chưa đủ: thiếu kiểm tra miệng, kiểm tra dưới 1 tiết, bài 2, kiểm tra từ 1 tiết, bài "
            "2, kiểm tra học kì",
        ),
        (TermMarks((80, 80, 80), 70, 70, 2, (70,)), "có 3 KTtx trong khi chỉ cần 2"),
        (
            TermMarks((80,), None, 70, 2),
            "chưa đủ: thiếu kiểm tra dưới 1 tiết, bài 1, kiểm tra từ 1 tiết, bài 1",
        ),
    ],
)
def test_the_formula_in_numbers_or_what_is_missing(entries: TermMarks, said: str):
    assert RULES.formula(scored("Toán", None, hk1=entries, hk2=None)).hk1 == said


def test_the_formula_of_a_comment_subject():
    subject = commented("Thể dục", None, hk1=term([DAT, DAT], [DAT, CHUA_DAT], DAT), hk2=None)
    found = RULES.formula(subject)
    assert found.hk1 == "Đ, Đ, Đ, CĐ, Đ: 4/5 lần Đ, kiểm tra học kì Đ → Đ"
    assert found.clause == "TT58/2011, Điều 10, khoản 2"


@st.composite
def first_issue_cases(draw: st.DrawFn) -> dict:
    """A case of TT58/2011 with one to four KTđk a semester; without Toán and Ngữ văn none."""
    made = draw(cases("TT58/2011").filter(_has_core))
    made["regulation"] = TT58_FIRST_ISSUE.id
    for subject in made["subjects"]:
        value = marks if subject["kind"] == "marks" else comments
        if subject["periods"] == 71:
            # Two lessons a week want one KTtx fewer here than in the amended text.
            subject["periods"] = 105
        for which in ("hk1", "hk2"):
            if subject[which] is not None:
                more = draw(st.lists(value, max_size=3))
                subject[which]["gk"] = [subject[which]["gk"], *more]
    return made


def _has_core(case: dict) -> bool:
    return any(subject["name"] in ("Toán", "Ngữ văn") for subject in case["subjects"])


@settings(max_examples=150, deadline=None)
@given(first_issue_cases())
def test_it_agrees_with_a_second_reading(of: dict):
    expected = tt58_second_reading.result(of)
    assert {"id": of["id"], **assess_tt58(of, RULES)} == expected


@settings(max_examples=60, deadline=None)
@given(cases("TT58/2011").filter(_has_core), st.data())
def test_a_better_test_never_lowers_a_mark(of: dict, data: st.DataObject):
    terms = [
        s[which]
        for s in of["subjects"]
        for which in ("hk1", "hk2")
        if s[which] and s["kind"] == "marks" and s[which]["gk"] is not None
    ]
    for s in of["subjects"]:
        for which in ("hk1", "hk2"):
            if s[which] is not None:
                s[which]["gk"] = [s[which]["gk"], "5,0" if s["kind"] == "marks" else "Đ"]
    if not terms:
        return
    before = assess_tt58(of, RULES)["average"]
    data.draw(st.sampled_from(terms))["gk"][1] = "5,1"
    after = assess_tt58(of, RULES)["average"]
    for period, old in before.items():
        assert old is None or tenths(after[period]) >= tenths(old)


def test_a_file_of_assess_cannot_ask_for_it():
    """What the file format calls TT58/2011 is the amended text, and stays so."""
    case = {"id": "1", "regulation": TT58_FIRST_ISSUE.id, "grade": 9, "subjects": []}
    [found] = assess({"format": "khoaso-assess/1", "cases": [case]})["results"]
    assert [error["code"] for error in found["errors"]] == ["unknown_regulation"]
    with pytest.raises(RuleRefused, match="hai môn Toán, Ngữ văn"):
        assess_tt58({**case, "subjects": [], "conduct": None, "absences": 0}, RULES)
