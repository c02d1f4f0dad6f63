"""Worked examples of TT58/2011 as first issued: several KTđk, and one of two subjects to lead.

Their numbers are their own: the reference tables begin with TT26/2020.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.regulations.tt58_first_issue import TT58_FIRST_ISSUE
from app.regulations.worked import (
    Case,
    Question,
    Subject,
    WorkedExample,
    comments,
    flat,
    listed,
    marks,
    secondary,
    term,
    year_of,
)

_ID = TT58_FIRST_ISSUE.id


def _tests(regular: str, periodic: str, last: str) -> Case:
    """One semester's KTtx, KTđk and KThk; an entry "?" of `periodic` is an empty cell."""
    entries = [None if value == "?" else value for value in listed(periodic)]
    return {**term(regular, None, last), "gk": entries}


def _with_lists(subject: Subject) -> Subject:
    """The subject with its one KTđk of each semester as a list, as `_tests` writes them."""
    found = dict(subject)
    for which in ("hk1", "hk2"):
        entries = found[which]
        if isinstance(entries, dict) and not isinstance(entries["gk"], list):
            found[which] = {**entries, "gk": [entries["gk"]]}
    return found


def _example(
    number: str,
    clause: str,
    given: str,
    subjects: Sequence[Subject],
    expected: Mapping[str, object],
    conduct: tuple[str, str, str] = ("Tốt", "Tốt", "Tốt"),
) -> WorkedExample:
    case = secondary(_ID, [_with_lists(s) for s in subjects], grade=9, conduct=conduct)
    return WorkedExample(number, _ID, clause, given, case, expected, Question.FIRST_ISSUE)


def _term(number: str, given: str, first: Case, result: str | None) -> WorkedExample:
    subjects = [marks("Toán", first), marks("Ngữ văn", flat("8,0"))]
    clause = "Điều 7 và Điều 10 khoản 1"
    return _example(number, clause, given, subjects, {"subjects.Toán.hk1": result})


def _comment(number: str, given: str, first: Case, result: str) -> WorkedExample:
    subjects = [*year_of("8,0×8", ""), comments("NX 1", first)]
    return _example(number, "Điều 10 khoản 2", given, subjects, {"subjects.NX 1.hk1": result})


def _year(
    number: str, clause: str, averages: str, base: str, final: str, raised_by: str | None = None,
) -> WorkedExample:  # fmt: skip
    expected = {
        "learning.year.base": base,
        "learning.year.final": final,
        "learning.year.raised_by": raised_by,
    }
    given = f"ĐTBmcn Toán; Văn; Ngoại ngữ; các môn: {averages}; môn nhận xét đều Đ"
    return _example(number, clause, given, year_of(averages), expected)


EXAMPLES = (
    _term("G1", "KTtx 8; 9; 7, KTđk 6; 8, KThk 9", _tests("8; 9; 7", "6; 8", "9"), "7,9"),
    _term("G2", "KTtx 8×4, KTđk 7; 8; 9, KThk 8,5", _tests("8×4", "7; 8; 9", "8,5"), "8,1"),
    _term("G3", "KTtx 8; 9, KTđk 7, KThk 8", _tests("8; 9", "7", "8"), "7,9"),
    _term("G4", "KTtx 8; 8; 8, KTđk 8; còn thiếu 1, KThk 8", _tests("8×3", "8; ?", "8"), None),
    _comment(
        "G5", "Nhận xét: KTtx Đ; Đ; CĐ, KTđk Đ; CĐ, KThk Đ (4 trong 6)",
        _tests("Đ; Đ; CĐ", "Đ; CĐ", "Đ"), "Đ",
    ),
    _comment(
        "G6", "Nhận xét: KTtx Đ; CĐ; CĐ, KTđk Đ; CĐ, KThk Đ (3 trong 6)",
        _tests("Đ; CĐ; CĐ", "Đ; CĐ", "Đ"), "CĐ",
    ),
    _comment(
        "G7", "Nhận xét: KTtx Đ; Đ; Đ, KTđk Đ; Đ, KThk CĐ",
        _tests("Đ×3", "Đ×2", "CĐ"), "CĐ",
    ),
    _year("G8", "Điều 13 khoản 1 và khoản 2", "7,9; 7,8; 9,0; 8,3; 8,4×4", "Khá", "Khá"),
    _year("G9", "Điều 13 khoản 1", "7,9; 8,0; 7,0; 8,3; 8,4×4", "Giỏi", "Giỏi"),
    _year(
        "G10", "Điều 13 khoản 3 và khoản 4", "4,9; 4,8; 9,0; 6,0×5", "Yếu", "Yếu",
    ),
    _year(
        "G11", "Điều 13 khoản 6", "8,8; 8,8; 4,9; 8,7; 8,8×4", "Trung bình", "Khá", "Ngoại ngữ",
    ),
    _example(
        "G12",
        "Điều 18",
        "Học lực Giỏi (mọi môn 8,0), hạnh kiểm Khá",
        year_of("8,0×8"),
        {"learning.year.final": "Giỏi", "titles.year": "Học sinh tiên tiến"},
        ("Khá", "Khá", "Khá"),
    ),
    _example(
        "G13",
        "Điều 16",
        "Học lực Yếu (mọi môn 4,0), kiểm tra lại hai môn được 9,0 và 9,0, hạnh kiểm Khá",
        year_of("4,0×4", m1="9,0", m2="9,0"),
        {"learning.after_reassessment.final": "Trung bình", "promotion": "promoted"},
        ("Khá", "Khá", "Khá"),
    ),
)  # fmt: skip
