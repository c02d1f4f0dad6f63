"""Worked examples of TT58/2011 as amended by TT26/2020."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.regulations.worked import (
    Case,
    Subject,
    WorkedExample,
    comments,
    flat,
    marks,
    secondary,
    term,
    year_of,
)

_ID = "TT58/2011"
_GOOD = ("Tốt", "Tốt", "Tốt")
_FAIR = ("Khá", "Khá", "Khá")


def _example(
    number: str,
    clause: str,
    given: str,
    subjects: Sequence[Subject],
    expected: Mapping[str, object],
    conduct: tuple[str, str, str] = _GOOD,
) -> WorkedExample:
    case = secondary(_ID, subjects, grade=9, conduct=conduct)
    return WorkedExample(number, _ID, clause, given, case, expected)


def _three_and(first: Subject) -> list[Subject]:
    return [first, marks("Ngữ văn", flat("8,0")), marks("Ngoại ngữ", flat("8,0"))]


def _year(
    number: str, clause: str, averages: str, mean: str, base: str, final: str,
    raised_by: str | None = None,
) -> WorkedExample:  # fmt: skip
    expected = {
        "average.year": mean,
        "learning.year.base": base,
        "learning.year.final": final,
        "learning.year.raised_by": raised_by,
    }
    given = f"ĐTBmcn Toán; Văn; Ngoại ngữ; các môn: {averages}; môn nhận xét đều Đ"
    return _example(number, clause, given, year_of(averages), expected)


def _term(number: str, given: str, first: Case, result: str | None) -> WorkedExample:
    expected = {"subjects.Toán.hk1": result}
    return _example(number, "Điều 8, Điều 11", given, _three_and(marks("Toán", first)), expected)


EXAMPLES = (
    _term("1", "KTtx 8; 9, giữa kì 7, cuối kì 8", term("8; 9", "7", "8"), "7,9"),
    _term("3", "KTtx 8; 8; 8, giữa kì 9, cuối kì 8", term("8×3", "9", "8"), "8,3"),
    _year("47", "Điều 13 khoản 1", "7,9; 7,8; 8,0; 8,3; 8,4×4", "8,2", "Giỏi", "Giỏi"),
    _year("48", "Điều 13 khoản 1 và khoản 2", "7,9×3; 8,7×5", "8,4", "Khá", "Khá"),
    _year(
        "49",
        "Điều 13 khoản 6",
        "8,8; 8,8; 4,9; 8,7; 8,8×4",
        "8,3",
        "Trung bình",
        "Khá",
        "Ngoại ngữ",
    ),
    _year(
        "51",
        "Điều 13 khoản 6",
        "7,5; 7,5; 3,4; 7,5×4; 7,6",
        "7,0",
        "Yếu",
        "Trung bình",
        "Ngoại ngữ",
    ),
    _year("55", "Điều 13 khoản 2", "8,6×6; 8,4; 6,4", "8,3", "Khá", "Khá"),
    _example(
        "58",
        "Điều 10 khoản 2",
        "Nhận xét: KTtx Đ; Đ; CĐ, giữa kì CĐ, cuối kì Đ (3 trong 5)",
        [*year_of("8,0×8", ""), comments("NX 1", term("Đ; Đ; CĐ", "CĐ", "Đ"))],
        {"subjects.NX 1.hk1": "CĐ"},
    ),
    _example(
        "60",
        "Điều 18",
        "Học lực Khá (mọi môn 6,5), hạnh kiểm Khá",
        year_of("6,5×8"),
        {"learning.year.final": "Khá", "titles.year": "Học sinh tiên tiến"},
        _FAIR,
    ),
    _example(
        "60",
        "Điều 18",
        "Học lực Giỏi (mọi môn 8,0), hạnh kiểm Khá",
        year_of("8,0×8"),
        {"learning.year.final": "Giỏi", "titles.year": "Học sinh tiên tiến"},
        _FAIR,
    ),
    _example(
        "60",
        "Điều 18",
        "Học lực Giỏi (mọi môn 8,0), hạnh kiểm Trung bình",
        year_of("8,0×8"),
        {"learning.year.final": "Giỏi", "titles.year": None},
        ("Trung bình", "Trung bình", "Trung bình"),
    ),
    _example(
        "62",
        "Điều 15 và Điều 16",
        "Học lực Yếu (mọi môn 4,0), hạnh kiểm Khá",
        year_of("4,0×8"),
        {"learning.year.final": "Yếu", "promotion": "reassess"},
        _FAIR,
    ),
    _example(
        "62",
        "Điều 15 và Điều 16",
        "Học lực Kém (mọi môn 1,0), hạnh kiểm Tốt",
        year_of("1,0×8"),
        {"learning.year.final": "Kém", "promotion": "retained"},
    ),
    _example(
        "62",
        "Điều 15 và Điều 16",
        "Học lực Yếu (mọi môn 4,0), hạnh kiểm Yếu",
        year_of("4,0×8"),
        {"learning.year.final": "Yếu", "promotion": "retained"},
        ("Yếu", "Yếu", "Yếu"),
    ),
)
