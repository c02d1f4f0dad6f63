"""Nhật ký in words: photos, movements with their papers, marks from elsewhere.

Part of the table in `trail_sentences`.
"""

from __future__ import annotations

from datetime import date

from app.domain.movements import MovementKind
from app.domain.periods import Period
from app.services.trail_wording import Detail, Wording
from app.text import date_vn


def left(d: Detail) -> str:
    """Rời lớp; older entries carry no kind and no paper."""
    text = f"{d['name']} rời lớp {d['class']} {_day(d['on'])}: {d['reason']}"
    return text + _paper(d)


def moved(d: Detail) -> str:
    """Chuyển lớp, with what went along."""
    text = f"{d['name']}: {d['class']} sang {d['to']} từ {_day(d['on'])}; {d['reason']}"
    return text + _beside(d)


def arrival(d: Detail) -> str:
    """What a new pupil's entry says of the school they came from; "" for the usual start."""
    return _paper(d)


def _paper(d: Detail) -> str:
    kind = d.get("movement")
    if kind not in (MovementKind.TRANSFER_IN, MovementKind.TRANSFER_OUT, MovementKind.DROPPED_OUT):
        return ""
    said = [MovementKind(kind).label, d.get("school") or "", d.get("document") or ""]
    return f" ({', '.join(text for text in said if text)})"


def _beside(d: Detail) -> str:
    parts = []
    if d.get("comments"):
        parts.append(f"{len(d['comments'])} nhận xét")
    if d.get("conduct"):
        parts.append("rèn luyện " + ", ".join(d["conduct"]))
    if d.get("held"):
        parts.append("chưa chép " + ", ".join(Period(code).words for code in d["held"]))
    return f"; kèm {'; '.join(parts)}" if parts else ""


def _day(text: str) -> str:
    return date_vn(date.fromisoformat(text))


def _former(d: Detail) -> str:
    return (
        f"Ghi điểm trường cũ của {d['name']} lớp {d['class']}, {Period(d['term']).words}: "
        f"{d['school']}, {d['document']}, {d['signer']} ký"
    )


PUPILS: dict[str, Wording] = {
    "roster.photo": Wording(
        "Ảnh học sinh",
        lambda d: f"Lưu ảnh của {d['name']} lớp {d['class']}, {d['bytes'] // 1024} KB",
    ),
    "roster.photo_removed": Wording(
        "Bỏ ảnh học sinh", lambda d: f"Bỏ ảnh của {d['name']} lớp {d['class']}"
    ),
    "marks.former": Wording("Điểm trường cũ", _former),
    "marks.carried": Wording(
        "Chép điểm lớp cũ",
        lambda d: f"Chép điểm của {d['name']} từ lớp {d['from']} sang lớp {d['class']}{_beside(d)}",
    ),
}
