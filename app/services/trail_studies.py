"""Nhật ký in words: what a grade, a class and a pupil study."""

from __future__ import annotations

from collections.abc import Iterable

from app.services.trail_wording import Detail, Wording

_FIELDS = {
    "name": "tên",
    "short": "tên viết tắt",
    "kind": "đánh giá bằng",
    "periods": "số tiết",
    "terms": "học kì",
    "tx": "số ĐĐGtx",
    "reason": "căn cứ",
    "optional": "môn tự chọn",
    "dk": "số KTđk",
}
_KINDS = {"marks": "nhận xét và điểm số", "comments": "nhận xét"}


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return _KINDS.get(str(value), str(value)) or "(trống)"


def _changed(d: Detail) -> str:
    said = (
        f"{_FIELDS.get(name, name)} {_value(old)} → {_value(new)}"
        for name, (old, new) in d["changed"].items()
    )
    return f"{d['subject']} khối {d['grade']}: {'; '.join(said)}"


def _listed(title: str, names: Iterable[str]) -> str:
    joined = ", ".join(names)
    return f"{title} {joined}" if joined else ""


def _of_class(d: Detail) -> str:
    parts = (
        _listed("thêm", d["added"]),
        _listed("bỏ", d["dropped"]),
        _listed("cụm chuyên đề", d["topics"]),
        _listed("môn chuyên", [d["specialised"]] if d["specialised"] else ()),
    )
    return f"Môn học lớp {d['class']}: {'; '.join(p for p in parts if p) or 'không còn môn riêng'}"


def _of_pupil(d: Detail) -> str:
    parts = (
        _listed("không học", d["not_taken"]),
        _listed("môn chuyên", [d["specialised"]] if d["specialised"] else ()),
    )
    said = "; ".join(p for p in parts if p) or "học như cả lớp"
    return f"Lớp {d['class']}, {', '.join(d['names'])}: {said}"


STUDIES: dict[str, Wording] = {
    "subject.changed": Wording("Sửa môn học", _changed),
    "subject.added": Wording(
        "Thêm môn học",
        lambda d: (
            f"Thêm môn {d['subject']} cho khối {d['grade']}, {d['periods']} tiết, "
            f"{_value(d['kind'])}"
        ),
    ),
    "subject.removed": Wording(
        "Bỏ môn học", lambda d: f"Bỏ môn {d['subject']} của khối {d['grade']}"
    ),
    "class.subjects": Wording("Môn học của lớp", _of_class),
    "pupil.subjects": Wording("Môn học của học sinh", _of_pupil),
}
