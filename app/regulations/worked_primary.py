"""Worked examples of TT27/2020 and TT22/2016."""

from __future__ import annotations

from collections.abc import Mapping

from app.regulations.worked import Question, WorkedExample, primary

_NEW, _OLD = "TT27/2020", "TT22/2016"
_BEST = "Học sinh Xuất sắc"
_MODEL = "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"
_TOP, _WELL = "Hoàn thành xuất sắc", "Hoàn thành tốt"
_DONE, _NOT = "Hoàn thành", "Chưa hoàn thành"
_RESULT, _RISE = "Điều 9 khoản 2 điểm a", "Điều 11 khoản 1"
_AWARD = "Điều 13 khoản 1 điểm a"


def _answer(
    result: str | None, promotion: str, title: str | None, *, completed: bool | None = True
) -> dict[str, object]:
    return {"result": result, "promotion": promotion, "completed": completed, "title": title}


_UP = "promoted"
_AGAIN = _answer(_NOT, "supplementary", None, completed=None)


def _new(
    number: str,
    clause: str,
    given: str,
    grade: int,
    expected: Mapping[str, object],
    **values: object,
) -> WorkedExample:
    case = primary(_NEW, grade, **values)  # type: ignore[arg-type]
    return WorkedExample(number, _NEW, clause, given, case, expected)


def _curriculum(
    number: str, circular: str, clause: str, given: str, grade: int, year: int,
    expected: Mapping[str, object],
) -> WorkedExample:  # fmt: skip
    case = {"grade": grade, "year": year}
    return WorkedExample(number, circular, clause, given, case, expected, Question.CURRICULUM)


_MIXED = {
    "levels": {"Đạo đức": "T", "Toán": "H"},
    "traits": {"Yêu nước": "T"},
    "others": ("H", "Đ", "5"),
}
_FAILED = {"levels": {"Toán": "C"}, "tests": {"Toán": "4"}, "others": ("H", "Đ", "6")}
_MENDED = {"levels": {"Toán": "H"}, "tests": {"Toán": "6"}}
_STILL = {"levels": {"Toán": "H"}, "tests": {"Toán": "4"}}
EXAMPLES = (
    _new("E01", "Điều 9, 11, 13", "Lớp 4: mọi mức T, Toán 9, các bài khác 10", 4,
         _answer(_TOP, _UP, _BEST), tests={"Toán": "9"}),
    _new("E02", _RESULT, "Lớp 4: mọi mức T, Toán 8", 4,
         _answer(_WELL, _UP, None), tests={"Toán": "8"}),
    _new("E03", _RESULT, "Lớp 4: như trên điểm 10, Âm nhạc H", 4,
         _answer(_DONE, _UP, None), levels={"Âm nhạc": "H"}),
    _new("E05", _RESULT, "Lớp 5: mọi mức T, Khoa học 7", 5,
         _answer(_WELL, _UP, None), tests={"Khoa học": "7"}),
    _new("E07", "Điều 9, Điều 11", "Lớp 2: môn T hoặc H, phẩm chất T hoặc Đ, điểm 5", 2,
         _answer(_DONE, _UP, None), **_MIXED),
    _new("E08", "Điều 9, Điều 11", "Lớp 2: như E07 nhưng Toán 4", 2,
         _AGAIN, tests={"Toán": "4"}, **_MIXED),
    _new("E09", _RESULT, "Lớp 1: mọi mức T, Mĩ thuật C", 1, _AGAIN, levels={"Mĩ thuật": "C"}),
    _new("E11", "Điều 7 khoản 1 điểm d", "Lớp 4: Toán 0, còn lại cao nhất", 4,
         {**_AGAIN, "errors": []}, tests={"Toán": "0"}),
    WorkedExample(
        "E12", _OLD, "TT22/2016, Điều 10", "Lớp 5 năm 2023–2024: Toán 0",
        primary(_OLD, 5, tests={"Toán": "0"}),
        {"errors.0.code": "zero_not_allowed", "promotion": "incomplete"},
    ),
    _new("E13", "Điều 7 khoản 1 điểm d", "Lớp 4: Toán 8,5", 4,
         {"errors.0.code": "mark_too_precise", "result": None}, tests={"Toán": "8,5"}),
    _new("E13", "Điều 7 khoản 1 điểm d", "Lớp 4: Toán 11", 4,
         {"errors.0.code": "mark_out_of_range", "result": None}, tests={"Toán": "11"}),
    _new("E13", "Điều 7 khoản 1 điểm d", "Lớp 4: Toán -1", 4,
         {"errors.0.code": "mark_out_of_range", "result": None}, tests={"Toán": "-1"}),
    _curriculum("E15", _NEW, "Điều 7 khoản 1 điểm b",
                "Lớp 4 giữa kì II: môn nào có bài kiểm tra", 4, 2025,
                {"tests.GK2": ["Tiếng Việt", "Toán"]}),
    _new("E15", "Điều 7 khoản 1 điểm b", "Lớp 4: thiếu điểm Toán", 4,
         _answer(None, "incomplete", None, completed=None), tests={"Toán": None}),
    _new("E18", _RESULT, "Lớp 4: Tiếng Việt 6, mọi mức T", 4,
         _answer(_DONE, _UP, None), tests={"Tiếng Việt": "6"}),
    _new("E20", _RESULT, "Lớp 1 học Ngoại ngữ 1 (tự chọn) mức H, còn lại T", 1,
         _answer(_DONE, _UP, None), levels={"Ngoại ngữ 1": "H"}, taught=("Ngoại ngữ 1",)),
    _new("E21", _RESULT, "Lớp 1 không học môn tự chọn, mọi mức T", 1, _answer(_TOP, _UP, _BEST)),
    _curriculum("E23", _NEW, "Điều 7 khoản 1 điểm d", "Kì nào được kiểm tra lại bài bất thường",
                5, 2025, {"retests": ["CK1", "CN"]}),
    _new("E24", "Điều 11 khoản 1 điểm b", "Lớp 3: Toán C, điểm 4; bổ sung Toán H, điểm 6", 3,
         _answer(_DONE, _UP, None), supplementary=_MENDED, **_FAILED),
    _new("E24", "Điều 11 khoản 1 điểm c",
         "Lớp 3: như trên, bổ sung vẫn 4; hiệu trưởng chưa quyết định", 3,
         _answer(_NOT, "principal_decides", None, completed=False), supplementary=_STILL,
         **_FAILED),
    _new("E26", "Điều 11 khoản 1 điểm c",
         "Lớp 3: như trên, bổ sung vẫn 4; hiệu trưởng cho lên", 3,
         _answer(_NOT, "promoted_by_principal", None, completed=False), supplementary=_STILL,
         principal_promotes=True, **_FAILED),
    _new("E26", "Điều 11 khoản 1 điểm c",
         "Lớp 3: như trên, bổ sung vẫn 4; hiệu trưởng không cho lên", 3,
         _answer(_NOT, "retained", None, completed=False), supplementary=_STILL,
         principal_promotes=False, **_FAILED),
    _new("E27", "Điều 11 khoản 2", "Lớp 5: mọi môn H, phẩm chất Đ, điểm 6", 5,
         {**_answer(_DONE, _UP, None), "programme_words": "Hoàn thành chương trình tiểu học"},
         others=("H", "Đ", "6")),
    _new("E29", _AWARD, "Lớp 4: Hoàn thành tốt, vượt trội; lớp không bình chọn", 4,
         _answer(_WELL, _UP, None), tests={"Toán": "8"}, standout=True),
    _new("E29", _AWARD, "Lớp 4: Hoàn thành tốt, vượt trội; lớp bình chọn", 4,
         _answer(_WELL, _UP, _MODEL), tests={"Toán": "8"}, standout=True, class_recognised=True),
    _new("E31", _AWARD, "Lớp 4: Hoàn thành xuất sắc, cả hai cờ đều có", 4,
         _answer(_TOP, _UP, _BEST), standout=True, class_recognised=True),
    _new("E32", "Điều 13 khoản 1 điểm b", "Lớp 2: Hoàn thành, có giải cờ vua cấp huyện", 2,
         _answer(_DONE, _UP, None), levels={"Toán": "H"}, standout=True, class_recognised=True),
    _new("E34", "Điều 8 khoản 1", "Lớp 2 hòa nhập: miễn bài Toán, mức H; Tiếng Việt 5", 2,
         _answer(_DONE, _UP, None), levels={"Toán": "H"}, others=("H", "Đ", "5"),
         without_tests=("Toán",)),
    _curriculum("E35", _NEW, "Điều 8 khoản 3", "Lớp dành cho người khuyết tật, lớp 4: bài kiểm tra",
                4, 2025, {"special_tests.CN": ["Tiếng Việt", "Toán"]}),
    WorkedExample(
        "E38", _OLD, "TT22/2016, Điều 16", "Lớp 5 năm 2023–2024: mọi mức T, điểm từ 9",
        primary(_OLD, 5, tests={"Toán": "9"}),
        {"result": None, "title": "Hoàn thành xuất sắc các nội dung học tập và rèn luyện"},
    ),
    _curriculum("E41", _OLD, "TT22/2016, Điều 10", "Lớp 5 năm 2023–2024: năng lực, phẩm chất",
                5, 2023, {"traits.năng lực": 3, "traits.phẩm chất": 4,
                 "tests.GK1": ["Tiếng Việt", "Toán"]}),
    _curriculum("E42", _NEW, "Điều 2", "Lớp 5 năm 2024–2025 (em ở lại từ 2023–2024)", 5, 2024,
                {"circular": _NEW}),
    _curriculum("E43", _OLD, "Điều 2", "Lớp 4 năm 2022–2023", 4, 2022,
                {"circular": _OLD, "has.Kĩ thuật": True, "has.HĐTN": False}),
    _new("E45", _RISE, "Lớp 3: nghỉ 60 buổi, mọi điều kiện của Hoàn thành đều đạt", 3,
         _answer(_DONE, _UP, None), others=("H", "Đ", "6"), absences=60),
    _new("E46", "Điều 6", "Lớp 4: Toán ghi Đ, Yêu nước ghi H", 4,
         {"errors.0.code": "not_a_level", "errors.1.code": "not_a_level", "result": None},
         levels={"Toán": "Đ"}, traits={"Yêu nước": "H"}),
)  # fmt: skip
