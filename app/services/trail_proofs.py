"""Nhật ký in words: what proof-readers and teachers do with each other's sheets.

Part of the table in `trail_sentences`.
"""

from __future__ import annotations

from app.domain.periods import Period
from app.domain.proof_reading import ComparedWith, proof_words
from app.services.trail_wording import Detail, Wording


def _place(d: Detail) -> str:
    return f"{d['subject']} lớp {d['class']}, {proof_words(Period(d['period']))}"


def _assigned(d: Detail) -> str:
    lines = [f"{subject} {klass}: {reader}" for klass, subject, reader in d["lines"]]
    shown = "; ".join(lines[:3]) + ("; …" if len(lines) > 3 else "")
    return f"Phân công kiểm dò {proof_words(Period(d['period']))}, {len(lines)} sổ: {shown}"


def _voided(d: Detail) -> str:
    return ", xác nhận kiểm dò trước đó hết hiệu lực" if d.get("voided") else ""


def _remarked(d: Detail) -> str:
    paper = f", sổ giấy ghi {d['paper']}" if d["paper"] else ""
    seen = d["seen"] or "trống"
    text = f"Nhận xét kiểm dò {_place(d)}: {d['cell']} đang là {seen}{paper}: {d['text']}"
    return text + _voided(d)


def _compared(d: Detail) -> str:
    how = ComparedWith(d["how"]).words
    source = f" ({d['source']})" if d["source"] else ""
    return (
        f"Đối chiếu {', '.join(d['columns'])} {_place(d)} bằng {how}{source}: {d['same']} ô khớp, "
        f"{len(d['differences'])} ô khác, {d['remarks']} nhận xét mới"
    )


PROOFS: dict[str, Wording] = {
    "proof.assigned": Wording("Phân công kiểm dò", _assigned),
    "proof.ticked": Wording(
        "Dò khớp", lambda d: f"Dò với sổ giấy {_place(d)}: {len(d['cells'])} ô khớp"
    ),
    "proof.unticked": Wording(
        "Đọc lại", lambda d: f"Bỏ dấu khớp {len(d['cells'])} ô {_place(d)}{_voided(d)}"
    ),
    "proof.remarked": Wording("Nhận xét kiểm dò", _remarked),
    "proof.answered": Wording(
        "Trả lời nhận xét",
        lambda d: f"Trả lời nhận xét kiểm dò {_place(d)}, {d['cell']}: {d['answer']}",
    ),
    "proof.resolved": Wording(
        "Giải quyết nhận xét",
        lambda d: f"Giải quyết nhận xét kiểm dò {_place(d)}, {d['cell']}: {d['outcome']}",
    ),
    "proof.columns": Wording(
        "Đã đối chiếu sổ giấy",
        lambda d: f"Đã đối chiếu sổ giấy {', '.join(d['columns'])} {_place(d)}",
    ),
    "proof.confirmed": Wording(
        "Xác nhận kiểm dò",
        lambda d: f"Xác nhận kiểm dò xong {_place(d)}: {d['cells']} ô khớp sổ giấy",
    ),
    "proof.compared": Wording("Đối chiếu lần hai", _compared),
}
