"""Worked examples of TT22/2021 (and the arithmetic TT58/2011 shares with it)."""

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

_ID = "TT22/2021"
_MARKS, _COMMENTS = "Điều 9 khoản 1 điểm b", "Điều 9 khoản 1 điểm a"
_CONDUCT = "Điều 8 khoản 2"
_LEVELS = "Điều 9 khoản 2"
_RAISED = "Điều 9 khoản 2 và khoản 3"
_LEARNING = "learning.year.final"
_BASE = "learning.year.base"
_BY = "learning.year.raised_by"


def _case(subjects: Sequence[Subject], **more: object) -> Case:
    return secondary(_ID, subjects, **more)  # type: ignore[arg-type]


def _example(
    number: str, clause: str, given: str, case: Case, expected: Mapping[str, object]
) -> WorkedExample:
    return WorkedExample(number, _ID, clause, given, case, expected)


def _one(
    number: str, given: str, tx: str, gk: str, ck: str | None, result: str | None
) -> WorkedExample:
    """A semester of one subject."""
    subject = marks("Toán", term(tx, gk, ck))
    return _example(number, _MARKS, given, _case([subject]), {"subjects.Toán.hk1": result})


def _year(
    number: str, averages: str, nx: str, base: str, final: str, raised_by: str | None = None,
    **more: object,
) -> WorkedExample:  # fmt: skip
    """A year's list of averages and its level."""
    given = f"ĐTBmcn {averages}" + ("; môn nhận xét đều Đ" if "CĐ" not in nx else f"; NX {nx}")
    expected: dict[str, object] = {_BASE: base, _LEARNING: final, _BY: raised_by}
    clause = _LEVELS if base == final else _RAISED
    return _example(number, clause, given, _case(year_of(averages, nx)), expected | more)


_ALL = "Đ Đ Đ Đ"
_WEAK = "6,0×7; 3,4"
_PASSING = year_of("6,0×8")
_PASS = ("Đạt", "Đạt", None)
_FAILED = ("Tốt", "Chưa đạt", None)

EXAMPLES = (
    _one("1", "ĐĐGtx 8; 9, giữa kì 7, cuối kì 8", "8; 9", "7", "8", "7,9"),
    _one("2", "ĐĐGtx 8; 8; 8; 8, giữa kì 8, cuối kì 8", "8×4", "8", "8", "8,0"),
    _one("3", "ĐĐGtx 8; 8; 8, giữa kì 9, cuối kì 8 (66/8 = 8,25)", "8×3", "9", "8", "8,3"),
    _one(
        "5", "ĐĐGtx 9; 9; 9, giữa kì 9, cuối kì vắng không lí do (điểm 0)", "9×3", "9", "0", "5,6"
    ),
    _one("6", "ĐĐGtx 9; 9; 9, giữa kì 9, cuối kì chờ kiểm tra bù", "9×3", "9", None, None),
    _example(
        "7",
        "Điều 5 khoản 3",
        "Ghi 10,5; -1; 7,25",
        _case([marks("Toán", term("10,5; -1", "7,25", "8"))]),
        {
            "errors.0.code": "mark_out_of_range",
            "errors.1.code": "mark_out_of_range",
            "errors.2.code": "mark_too_precise",
            "subjects.Toán.hk1": None,
        },
    ),
    _example(
        "9",
        _MARKS,
        "Học kì I 7,9; học kì II 8,5",
        _case([marks("Toán", flat("7,9"), flat("8,5"))]),
        {"subjects.Toán.year": "8,3"},
    ),
    _example(
        "11",
        "Điều 9 khoản 1 và Điều 14",
        "Học kì I 4,9; học kì II 5,0; bảy môn khác 6,0",
        _case([marks("Toán", flat("4,9"), flat("5,0")), *year_of("6,0×8")[1:]]),
        {"subjects.Toán.year": "5,0", "promotion": "promoted", "reassess": []},
    ),
    _example(
        "12",
        _COMMENTS,
        "Nhận xét: học kì I CĐ, học kì II mọi lần Đ",
        _case([comments("NX 1", term("Đ; Đ", "Đ", "CĐ"))]),
        {"subjects.NX 1.hk1": "CĐ", "subjects.NX 1.hk2": "Đ", "subjects.NX 1.year": "Đ"},
    ),
    _example(
        "13",
        _COMMENTS,
        "Nhận xét: học kì I mọi lần Đ; học kì II một ĐĐGtx CĐ",
        _case([comments("NX 1", flat("Đ"), term("CĐ; Đ", "Đ", "Đ"))]),
        {"subjects.NX 1.hk1": "Đ", "subjects.NX 1.hk2": "CĐ", "subjects.NX 1.year": "CĐ"},
    ),
    _example(
        "14",
        "Điều 9 khoản 1 điểm a, Điều 7 khoản 5",
        "Nhận xét: học kì II mới có 1 trong 2 ĐĐGtx",
        _case([comments("NX 1", flat("Đ"), term("Đ; ?", "Đ", "Đ"))]),
        {"subjects.NX 1.hk2": None, "subjects.NX 1.year": None},
    ),
    _example(
        "14",
        "Điều 9 khoản 1 điểm a, Điều 7 khoản 5",
        "Như trên, ĐĐGtx còn lại đã ghi là không thực hiện",
        _case([comments("NX 1", flat("Đ"), term("Đ; CĐ", "Đ", "Đ"))]),
        {"subjects.NX 1.hk2": "CĐ", "subjects.NX 1.year": "CĐ"},
    ),
    _example(
        "15",
        _CONDUCT,
        "Rèn luyện: học kì I Chưa đạt, học kì II Tốt",
        _case(_PASSING, conduct=("Chưa đạt", "Tốt", None)),
        {"conduct.year": "Khá"},
    ),
    _example(
        "18",
        "Điều 8 khoản 2, Điều 13",
        "Rèn luyện: học kì I Tốt, học kì II Chưa đạt; học tập Đạt",
        _case(_PASSING, conduct=_FAILED),
        {"conduct.year": "Chưa đạt", "promotion": "summer_conduct"},
    ),
    _year("19", "8,0×6; 6,5×2", _ALL, "Tốt", "Tốt"),
    _year("20", "8,0×5; 7,0×3", _ALL, "Khá", "Khá"),
    _year("21", "9,5×7; 6,4", _ALL, "Khá", "Khá"),
    _year("23", "8,5×7; 3,4", _ALL, "Chưa đạt", "Đạt", "Môn 8", promotion="promoted", reassess=[]),
    _year("25", "7,0×7; 4,9", _ALL, "Đạt", "Đạt"),
    _year("26", _WEAK, _ALL, "Chưa đạt", "Chưa đạt", promotion="reassess", reassess=["Môn 8"]),
    _year("28", "7,0×8", "Đ Đ CĐ Đ", "Đạt", "Đạt"),
    _year(
        "29",
        "8,5×8",
        "CĐ Đ CĐ Đ",
        "Chưa đạt",
        "Chưa đạt",
        promotion="reassess",
        reassess=["NX 1", "NX 3"],
    ),
    _year("33", "5,0×6; 3,5×2", _ALL, "Đạt", "Đạt"),
    _year(
        "34",
        "5,0×5; 4,9×3",
        _ALL,
        "Chưa đạt",
        "Chưa đạt",
        promotion="reassess",
        reassess=["Môn 6", "Môn 7", "Môn 8"],
    ),
    _example(
        "36",
        "Điều 12 khoản 1",
        "Học tập Đạt, rèn luyện Đạt, nghỉ 45 buổi",
        _case(_PASSING, conduct=_PASS, absences=45),
        {_LEARNING: "Đạt", "conduct.year": "Đạt", "promotion": "promoted"},
    ),
    _example(
        "37",
        "Điều 12 khoản 3",
        "Học tập Đạt, rèn luyện Đạt, nghỉ 46 buổi",
        _case(_PASSING, conduct=_PASS, absences=46),
        {_LEARNING: "Đạt", "promotion": "retained", "reassess": []},
    ),
    _example(
        "38",
        "Điều 14",
        f"ĐTBmcn {_WEAK}; rèn luyện Khá; đánh giá lại môn 3,4 được 5,0",
        _case(year_of(_WEAK, _ALL, m8="5,0"), conduct=("Khá", "Khá", None)),
        {
            _LEARNING: "Chưa đạt",
            "learning.after_reassessment.final": "Đạt",
            "promotion": "promoted",
        },
    ),
    _example(
        "40",
        "Điều 13",
        "Rèn luyện Chưa đạt, học tập Đạt; rèn luyện hè đạt",
        _case(_PASSING, conduct=_FAILED, after_summer="Đạt"),
        {"conduct.year": "Chưa đạt", "conduct.final": "Đạt", "promotion": "promoted"},
    ),
    _example(
        "40",
        "Điều 13",
        "Rèn luyện Chưa đạt, học tập Đạt; rèn luyện hè chưa đạt",
        _case(_PASSING, conduct=_FAILED, after_summer="Chưa đạt"),
        {"promotion": "retained"},
    ),
    _example(
        "41",
        "Điều 12 đến Điều 14",
        f"Rèn luyện Chưa đạt và học tập Chưa đạt (ĐTBmcn {_WEAK})",
        _case(year_of(_WEAK), conduct=_FAILED),
        {"promotion": "principal_decides"},
    ),
    _example(
        "42",
        "Điều 15",
        "Học tập Tốt, rèn luyện Tốt, 6 môn từ 9,0",
        _case(year_of("9,0×6; 8,0×2")),
        {"titles.year": "Học sinh Xuất sắc"},
    ),
    _example(
        "42",
        "Điều 15",
        "Học tập Tốt, rèn luyện Tốt, 5 môn từ 9,0",
        _case(year_of("9,0×5; 8,0×3")),
        {"titles.year": "Học sinh Giỏi"},
    ),
    _example(
        "44",
        "Điều 12 khoản 1",
        "Lớp 9 đủ điều kiện lên lớp",
        _case(_PASSING, grade=9),
        {"promotion": "promoted", "promotion_words": "Hoàn thành chương trình THCS"},
    ),
    _example(
        "44",
        "Điều 12 khoản 1",
        "Lớp 12 đủ điều kiện lên lớp",
        _case(_PASSING, grade=12),
        {"promotion": "promoted", "promotion_words": "Hoàn thành chương trình THPT"},
    ),
    _example(
        "45",
        "Điều 10",
        "GDTC, em được miễn thực hành: 2 ĐĐGtx, giữa kì, cuối kì đều Đ (lí thuyết)",
        _case([comments("Giáo dục thể chất", flat("Đ"))]),
        {"subjects.Giáo dục thể chất.hk1": "Đ", "subjects.Giáo dục thể chất.year": "Đ"},
    ),
)
