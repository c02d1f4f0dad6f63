"""In phiếu mượn, trả sổ of a book that the paper board says is or was lent."""

from __future__ import annotations

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import PrintRunId
from app.domain.paper_life import PaperAct, PaperEvent
from app.domain.print_runs import LOAN_SLIP
from app.domain.school import School
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.loan_slip import LoanSlip, loan_slip_digest
from app.readmodels.paper_board import PaperRow
from app.services.book_assembly import school_lines
from app.services.paper_lives import read_row
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.printing import PRINTERS
from app.services.standing import require_standing
from app.text import date_vn


class LoanSlips:
    """One numbered run each time a slip is printed."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def print(self, actor: Actor, run_id: PrintRunId) -> CommandResult:
        """The slip of the last loan of a run; the payload is `Printed`.

        Refused (`paper_never_lent`) for a paper that was never lent.
        """
        with self._uows.write() as uow:
            day = self._clock.today()
            actor = require_standing(uow, actor, day, "in phiếu mượn, trả sổ", *PRINTERS)
            row = read_row(uow, uow.prints.get(run_id), day)
            slip = self._assemble(uow, row, actor.name)
            year_id = row.run.school_year_id
            stamp = official_stamp(uow, year_id, loan_slip_digest(slip), self._clock.now())
            pdf = self._press.loan_slip(slip, stamp)
            title = f"Phiếu mượn, trả {row.run.title}, {slip.borrower} mượn {slip.lent_on}"
            run = official_run(
                *(actor, year_id, LOAN_SLIP, title, stamp, pdf), class_id=row.run.class_id
            )
            return keep_run(uow, actor, run, pdf)

    def _assemble(self, uow: UnitOfWork, row: PaperRow, lender: str) -> LoanSlip:
        lent, back = _last_loan(row)
        day, run = self._clock.today(), row.run
        return LoanSlip(
            school=school_lines(uow.school.get() or School("", "thcs", "", "", "")),
            day=day.day,
            month=day.month,
            year=day.year,
            school_year=uow.school.year(run.school_year_id).name.replace("-", "–"),
            run_number=f"{run.number:04d}",
            title=run.title,
            code=row.code,
            pages=run.pages,
            keeper=row.life.keeper,
            place=row.life.place,
            borrower=lent.people,
            purpose=lent.note,
            lent_on=date_vn(lent.on),
            due_on=date_vn(lent.due_on),
            back_on="" if back is None else date_vn(back.on),
            back_note="" if back is None else back.note,
            lender=lender,
            principal=row.principal,
        )


def _last_loan(row: PaperRow) -> tuple[PaperEvent, PaperEvent | None]:
    """The last loan of a paper and its return, when it is back."""
    turns = [e for e in row.life.events if e.act in (PaperAct.LENT, PaperAct.CAME_BACK)]
    lent = next((e for e in reversed(turns) if e.act is PaperAct.LENT), None)
    if lent is None:
        raise RuleRefused(
            "paper_never_lent",
            f"{row.name} chưa cho ai mượn nên không có phiếu để in; hãy ghi cho mượn trước.",
        )
    back = turns[-1] if turns[-1].act is PaperAct.CAME_BACK else None
    return lent, back
