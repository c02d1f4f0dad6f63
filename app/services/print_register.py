"""Prints Sổ theo dõi bản in: type, class, sheets, copies, day of the stamp, place (M62)."""

from __future__ import annotations

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import AccountId, SchoolYearId
from app.domain.paper_life import PaperLife, PaperStep
from app.domain.print_runs import PRINT_REGISTER
from app.domain.roles import Role
from app.domain.school import School
from app.domain.signed_papers import SignedPaper, Verdict
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.paper_board import PaperRow
from app.readmodels.print_register import PrintRegister, RegisteredRun, print_register_digest
from app.services.book_assembly import school_lines
from app.services.paper_lives import read_board
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.printing import PRINTERS
from app.services.standing import require_standing
from app.text import date_vn


class PrintRegisters:
    """One numbered run each time it is printed; it stands in itself from the next print on."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def print(self, actor: Actor, year_id: SchoolYearId) -> CommandResult:
        """The payload is `Printed`. Refused while the year has no run."""
        what = "in sổ theo dõi bản in"
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), what, *PRINTERS)
            paper = self._assemble(uow, year_id, actor.name)
            if not paper.runs:
                raise RuleRefused(
                    "no_runs",
                    f"Năm học {paper.school_year} chưa có bản in chính thức nào nên sổ còn trống; "
                    "hãy in sổ trước.",
                )
            stamp = official_stamp(uow, year_id, print_register_digest(paper), self._clock.now())
            pdf = self._press.print_register(paper, stamp)
            title = f"Sổ theo dõi bản in, năm học {paper.school_year}"
            run = official_run(actor, year_id, PRINT_REGISTER, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)

    def _assemble(self, uow: UnitOfWork, year_id: SchoolYearId, maker: str) -> PrintRegister:
        today = self._clock.today()
        people = {account.id: account for account in uow.accounts.all(today)}
        names = {key: account.full_name for key, account in people.items()}
        board = read_board(uow, year_id, today)
        rows = sorted(board.rows, key=lambda row: row.run.number)
        keyed = {paper.run_id: paper for paper in uow.signed_papers.of_year(year_id)}
        school = uow.school.get() or School("", "thcs", "", "", "")
        return PrintRegister(
            school=school_lines(school),
            day=today.day,
            month=today.month,
            year=today.year,
            school_year=uow.school.year(year_id).name.replace("-", "–"),
            runs=tuple(_line(row, names, keyed.get(row.id)) for row in rows),
            sheets=sum(row.run.pages * row.run.copies for row in rows),
            waiting=board.waiting,
            principal=next(
                (a.full_name for a in people.values() if Role.PRINCIPAL.value in a.roles), ""
            ),
            maker=maker,
        )


def _line(row: PaperRow, names: dict[AccountId, str], keyed: SignedPaper | None) -> RegisteredRun:
    """`keyed`: the newest signed file, the other of two roads (M82)."""
    run, life = row.run, row.life
    by = names.get(run.made_by, "")
    kept = f"{life.place}; {life.keeper} giữ" if life.place else ""
    return RegisteredRun(
        f"{run.number:04d}",
        f"{date_vn(run.made_at)}, {by}",
        run.title,
        row.code,
        run.pages,
        run.copies,
        _signed(row) + _digitally(keyed),
        kept,
        _lent(life),
    )


def _signed(row: PaperRow) -> str:
    """The day of the stamp, or what the paper still lacks."""
    life = row.life
    if life.discarded is not None:
        return f"Đã hủy: {life.discarded.note}"
    if row.replaced_by:
        return f"In lại ở số {row.replaced_by:04d}"
    stamped = life.noted(PaperStep.STAMP)
    if stamped and (life.current is None or not life.current.is_signature):
        return f"Đóng dấu {date_vn(stamped[-1].on)}"
    if life.current is None or life.current in (PaperStep.STORE, PaperStep.HAND_OUT):
        return "Đủ"
    return f"Chờ {life.current.words}"


def _digitally(paper: SignedPaper | None) -> str:
    if paper is None:
        return ""
    doubt = "" if paper.verdict is Verdict.TRUSTED else f" ({paper.verdict.inside})"
    return f"; ký số {date_vn(paper.received_at)}: {paper.signers}{doubt}"


def _lent(life: PaperLife) -> str:
    """Where it is when it is not in its place: with its teacher, a borrower, the pupils."""
    if life.with_teacher:
        return "Giáo viên đang dùng"
    for event in life.noted(PaperStep.HAND_IN):
        note = f", {event.note}" if event.note else ""
        if life.loan is None:
            return f"{event.people} nộp ngày {date_vn(event.on)}{note}"
    handed = life.noted(PaperStep.HAND_OUT)
    if handed:
        return f"Đã trả {', '.join(event.people for event in handed)}"
    if life.loan is None:
        return ""
    return f"{life.loan.people} mượn, hẹn trả {date_vn(life.loan.due_on)}"
