"""Answers of the worked examples in words: what was asked and what came out, for the paper."""

from __future__ import annotations

from collections.abc import Mapping

from app.regulations.base import Promotion
from app.regulations.primary import PrimaryPromotion

_PLACES = {
    "learning.year.base": "Học tập ban đầu",
    "learning.year.final": "Học tập cả năm",
    "learning.year.raised_by": "Môn được nâng",
    "learning.after_reassessment.final": "Sau đánh giá lại",
    "conduct.year": "Rèn luyện cả năm",
    "conduct.final": "Rèn luyện sau hè",
    "average.year": "ĐTB các môn",
    "titles.year": "Danh hiệu",
    "promotion": "Xét lên lớp",
    "promotion_words": "Ghi vào sổ",
    "programme_words": "Ghi vào học bạ",
    "reassess": "Đánh giá lại",
    "result": "Kết quả năm",
    "completed": "Xong chương trình",
    "title": "Khen thưởng",
    "circular": "Thông tư áp dụng",
    "retests": "Kiểm tra lại",
    "errors": "Lỗi nhập",
}
_STARTS = {
    "has": "Có môn {x}",
    "traits": "Số {x}",
    "tests": "Bài kiểm tra {x}",
    "special_tests": "Bài kiểm tra {x}",
    "errors": "Lỗi {x}",
}
_MAY_BE_NONE = ("titles.year", "title", "learning.year.raised_by")
_TERMS = {"hk1": "học kì I", "hk2": "học kì II", "year": "cả năm"}
_CODES = {
    "mark_out_of_range": "ngoài 0–10",
    "mark_too_precise": "thừa số lẻ",
    "zero_not_allowed": "không cho điểm 0",
    "not_a_level": "sai mức",
    "test_not_due": "môn không có bài kiểm tra",
}
_OUTCOMES: Mapping[str, str] = {
    Promotion.PROMOTED: "lên lớp",
    Promotion.RETAINED: "ở lại lớp",
    Promotion.REASSESS: "đánh giá lại",
    Promotion.SUMMER_CONDUCT: "rèn luyện hè",
    Promotion.PRINCIPAL_DECIDES: "hiệu trưởng xét",
    Promotion.INCOMPLETE: "chưa đủ",
    PrimaryPromotion.SUPPLEMENTARY: "đánh giá bổ sung",
    PrimaryPromotion.PROMOTED_BY_PRINCIPAL: "HT cho lên lớp",
}


def place_words(path: str) -> str:
    """What a path of an answer stands for."""
    if path in _PLACES:
        return _PLACES[path]
    first, _, rest = path.partition(".")
    if first == "subjects":
        name, _, period = rest.rpartition(".")
        return f"{name}, {_TERMS.get(period, period)}"
    if first == "errors":
        rest = str(int(rest.split(".")[0]) + 1)
    return _STARTS.get(first, "{x}").format(x=rest)


def value_words(path: str, value: object) -> str:
    """An answer's value as one reads it; "chưa có" where the circular gives none."""
    if value is None:
        return "không" if path in _MAY_BE_NONE else "chưa có"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "không"
    text = str(value)
    if path == "promotion":
        return _OUTCOMES.get(text, text)
    return _CODES.get(text, text) if path.startswith("errors") else text
