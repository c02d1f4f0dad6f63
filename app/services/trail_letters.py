"""Nhật ký in words: letters of the school, its boards, the dossier. Part of `trail_sentences`."""

from __future__ import annotations

from datetime import date

from app.domain.dossiers import DossierPart
from app.domain.letters import Board, LetterKind, Seat
from app.services.trail_wording import Detail, Wording
from app.text import date_vn


def _day(text: str) -> str:
    return date_vn(date.fromisoformat(text))


def _worded(d: Detail) -> str:
    back = ", lấy lại mẫu gốc" if d["shipped"] else ""
    return f"Ghi bản {d['version']} của mẫu {LetterKind(d['letter']).label}{back}"


def _board(d: Detail) -> str:
    board = Board(d["board"])
    people = "; ".join(f"{name}, {Seat(seat).label_on(board)}" for name, seat, _ in d["members"])
    return f"Lập {board.label} năm học {d['year']}: {people}"


def _planned(d: Detail) -> str:
    due = f", hạn {_day(d['due_on'])}" if d["due_on"] else ", chưa có hạn"
    where = d["receiver"] or "cơ quan chủ quản"
    return f"Hồ sơ sổ điểm năm học {d['year']} nộp về {where}{due}"


def _enclosed(d: Detail) -> str:
    what = (
        f"không có, lý do: {d['left_out']}"
        if d["left_out"]
        else f"kèm {d['title']}, {d['sheets']} tờ"
        if d["title"]
        else "dùng văn bản của chương trình"
    )
    label = DossierPart(d["part"]).label
    return f"Hồ sơ sổ điểm năm học {d['year']}, phần “{label}”: {what}"


LETTERS: dict[str, Wording] = {
    "letter.worded": Wording("Sửa mẫu văn bản", _worded),
    "board.set": Wording("Lập ban, tổ", _board),
    "dossier.planned": Wording("Hạn nộp hồ sơ sổ điểm", _planned),
    "dossier.enclosed": Wording("Giấy tờ kèm hồ sơ sổ điểm", _enclosed),
    "dossier.handed": Wording(
        "Nộp hồ sơ sổ điểm",
        lambda d: (
            f"Nộp hồ sơ sổ điểm năm học {d['year']} ngày {_day(d['on'])}"
            + (f", {d['how']}" if d["how"] else "")
        ),
    ),
}
