"""A second reading of the primary rules, written from the text alone, to compare with the program.

It works on the JSON of a case: every value says how far it lets the pupil come, the least says all.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

NEW_TITLES = {
    4: "Học sinh Xuất sắc",
    3: "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện",
}
RESULTS = {
    4: "Hoàn thành xuất sắc",
    3: "Hoàn thành tốt",
    2: "Hoàn thành",
    1: "Chưa hoàn thành",
}
NO_TEST = {
    ("TT27/2020", grade): {
        *("Đạo đức", "Giáo dục thể chất", "Hoạt động trải nghiệm", "Tiếng dân tộc"),
        *("Nghệ thuật (Âm nhạc)", "Nghệ thuật (Mĩ thuật)"),
        *(("Tự nhiên và Xã hội",) if grade < 4 else ()),
        *(("Ngoại ngữ 1",) if grade < 3 else ()),
    }
    for grade in range(1, 6)
} | {
    ("TT22/2016", grade): {
        *("Đạo đức", "Âm nhạc", "Mĩ thuật", "Thể dục"),
        *(("Tự nhiên và Xã hội", "Thủ công") if grade < 4 else ("Kĩ thuật",)),
    }
    for grade in range(1, 6)
}


def conclude(case: dict) -> dict:
    """The result of a case without its messages; errors as a list of (path, code)."""
    errors: list[tuple[str, str]] = []
    now = _reach(case, case, "", errors)
    again = case["supplementary"]
    later = None if again is None else _reach(case, again, "supplementary.", errors)
    old = case["regulation"] == "TT22/2016"
    out = {"errors": errors, "result": None, "completed": None, "title": None}
    if None in now.values():
        return {**out, "promotion": "incomplete"}
    least = min((reach for reach in now.values() if reach is not None), default=4)
    if not old:
        out["result"] = RESULTS[least]
    out["title"] = _title(case, least, old)
    if least > 1:
        return {**out, "completed": True, "promotion": "promoted"}
    if later is None:
        return {**out, "promotion": "supplementary"}
    if all(reach != 1 or (later.get(at) or 0) > 1 for at, reach in now.items()):
        if not old:
            out["result"] = "Hoàn thành"
        return {**out, "completed": True, "promotion": "promoted"}
    decision = {None: "principal_decides", True: "promoted_by_principal", False: "retained"}
    return {**out, "completed": False, "promotion": decision[case["principal_promotes"]]}


def _title(case: dict, least: int, old: bool) -> str | None:
    both = case["standout"] and case["class_recognised"]
    if old:
        if least == 4:
            return "Hoàn thành xuất sắc các nội dung học tập và rèn luyện"
        return "Có thành tích vượt trội hay tiến bộ vượt bậc" if both else None
    return NEW_TITLES[least] if least == 4 or (least == 3 and both) else None


def _reach(
    case: dict, values: dict, prefix: str, errors: list[tuple[str, str]]
) -> dict[tuple[str, str], int | None]:
    reach: dict[tuple[str, str], int | None] = {}
    for part, letters in (
        ("levels", {"T": 4, "H": 2, "C": 1}),
        ("traits", {"T": 4, "Đ": 2, "C": 1}),
    ):
        for name, value in values.get(part, {}).items():
            reach[part, name] = None if value is None else letters.get(value.strip())
            if value is not None and reach[part, name] is None:
                errors.append((f"{prefix}{part}.{name}", "not_a_level"))
    for name, value in values.get("tests", {}).items():
        fault = None if value is None else _score_fault(case, name, value)
        if fault:
            errors.append((f"{prefix}tests.{name}", fault))
        if fault == "test_not_due":
            continue
        points = None if value is None or fault else int(value)
        reach["tests", name] = (
            None if points is None else 4 if points >= 9 else 3 if points >= 7 else 1 + (points > 4)
        )
    return reach


def _score_fault(case: dict, name: str, value: str) -> str | None:
    try:
        number = Decimal(value.strip().replace(",", "."))
    except InvalidOperation:
        return "not_a_mark"
    if not 0 <= number <= 10:
        return "mark_out_of_range"
    if "," in value or "." in value:
        return "mark_too_precise"
    if number == 0 and case["regulation"] == "TT22/2016":
        return "zero_not_allowed"
    if name in NO_TEST[case["regulation"], case["grade"]]:
        return "test_not_due"
    return None
