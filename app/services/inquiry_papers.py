"""Questions about paper: is the printed book today's data, is it signed, where does it lie."""

from __future__ import annotations

from datetime import date

from app.domain.inquiries import Question, Verdict
from app.domain.print_runs import COMPARED_KINDS
from app.ports import UnitOfWork
from app.progress import Progress, no_progress
from app.readmodels.inquiry import Answer, AnswerColumn
from app.readmodels.paper_board import PaperRow
from app.services.paper_finding import cells_since
from app.services.paper_lives import read_board
from app.services.print_comparing import run_differs
from app.text import date_vn
from app.trail_ports import ChangeScope

_RUN = (AnswerColumn("Bản in", 9, centred=True), AnswerColumn("Sổ, mã dữ liệu", 34))


def printed_today(
    uow: UnitOfWork, scope: ChangeScope, today: date, progress: Progress = no_progress
) -> Answer:
    """4. Every book in use against the data of this moment; the newest print of each counts."""
    books = [row for row in _books(uow, scope, today) if not row.replaced_by]
    rows, different = [], 0
    for at, row in enumerate(books):
        progress(at, len(books), row.run.title)
        differs = run_differs(uow, row.run)
        different += differs
        cells = len(cells_since(uow, row.run)) if differs else 0
        since = f"{cells} ô điểm đổi từ lúc in" if cells else "thông tin khác điểm đã đổi"
        rows.append(
            (
                f"{row.run.number:04d}",
                f"{row.run.title}; mã {row.code}",
                date_vn(row.run.made_at.date()),
                "khác" if differs else "đúng",
                since if differs else "",
            )
        )
    if not rows:
        said = "Chưa in sổ nào nên chưa có gì để so."
    elif different:
        said = f"{len(rows)} sổ đang dùng; {different} sổ khác số liệu hôm nay, phải in lại và ký."
    else:
        said = f"{len(rows)} sổ đang dùng, sổ nào cũng đúng số liệu trong tệp lúc này."
    return Answer(
        Question.PRINTED_TODAY,
        Verdict.ATTENTION if different else Verdict.CLEAR if rows else Verdict.SHOWN,
        (said, "So bằng cách tính lại mã dữ liệu của từng sổ; mã in ở chân trang, có mã QR."),
        (
            *_RUN,
            AnswerColumn("Ngày in", 15, centred=True),
            AnswerColumn("So với tệp", 14, centred=True),
            AnswerColumn("Khác chỗ nào", 28),
        ),
        tuple(rows),
    )


def paper_signed(uow: UnitOfWork, scope: ChangeScope, today: date) -> Answer:
    """9. Whom each book waits for, and where it is kept, by whom, lent to whom."""
    books = [row for row in _books(uow, scope, today) if not row.replaced_by]
    waiting = [row for row in books if row.is_open]
    kept = sum(row.is_kept for row in books)
    said = (
        f"{len(books)} sổ, học bạ đang dùng: {len(books) - len(waiting)} sổ đủ chữ ký, con dấu; "
        f"{len(waiting)} sổ còn chờ; {kept} sổ có ghi nơi cất."
        if books
        else "Chưa in sổ nào."
    )
    return Answer(
        Question.PAPER_SIGNED,
        Verdict.ATTENTION if waiting else Verdict.CLEAR if books else Verdict.SHOWN,
        (said,),
        (
            *_RUN,
            AnswerColumn("Đã qua", 22),
            AnswerColumn("Còn chờ", 20),
            AnswerColumn("Nơi cất, người giữ", 20),
        ),
        tuple(
            (
                f"{row.run.number:04d}",
                f"{row.run.title}; mã {row.code}",
                "; ".join(s.words for s in row.life.steps if row.life.is_done(s)) or "mới in",
                _waits(row),
                _place(row),
            )
            for row in books
        ),
    )


def _books(uow: UnitOfWork, scope: ChangeScope, today: date) -> list[PaperRow]:
    """Books and học bạ of the scope whose paper is in use, by number."""
    rows = [
        row
        for row in read_board(uow, scope.year_id, today).rows
        if row.run.kind in COMPARED_KINDS
        and row.life.discarded is None
        and scope.class_id in (None, row.run.class_id)
    ]
    return sorted(rows, key=lambda row: row.run.number)


def _waits(row: PaperRow) -> str:
    step = row.life.current
    if step is None or not row.is_open:
        return "không"
    return f"{step.words}: {', '.join(row.awaited)}, {row.days} ngày"


def _place(row: PaperRow) -> str:
    if not row.is_kept:
        return "chưa cất"
    lent = row.life.loan
    return f"{row.life.place}, {row.life.keeper} giữ" + (
        f"; đang cho {lent.people} mượn" if lent is not None else ""
    )
