"""Bảng phân công kiểm dò: assembled, printed, kept like every official paper (M9)."""

from __future__ import annotations

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.domain.periods import Period
from app.domain.print_runs import PROOF_TABLE
from app.domain.proof_reading import proof_words
from app.domain.roles import Role
from app.errors import RuleRefused
from app.ports import UowFactory
from app.presses import PaperPress
from app.readmodels.proof_table import ProofTable, ProofTableRow, proof_table_digest
from app.services.account_papers import PRINTERS
from app.services.book_assembly import school_lines
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.proof_assignments import proof_board
from app.services.standing import require_standing


class ProofPapers:
    """Prints the table that the principal signs and the readers get."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def print_table(self, actor: Actor, year_id: SchoolYearId, period: Period) -> CommandResult:
        """One numbered run; the payload is `Printed`. Refused while no sheet has a reader."""
        with self._uows.write() as uow:
            today = self._clock.today()
            what = "in bảng phân công kiểm dò"
            person = require_standing(uow, actor, today, what, *PRINTERS)
            school = uow.school.get()
            if school is None:
                raise RuleRefused(
                    "no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị."
                )
            board = proof_board(uow, person, year_id, period, today)
            rows = tuple(
                ProofTableRow(line.class_name, line.subject_name, line.teacher, line.reader)
                for line in board.lines
                if line.reader
            )
            if not rows:
                raise RuleRefused(
                    "nothing_to_print",
                    f"Chưa phân công ai kiểm dò {proof_words(period)} nên chưa có bảng để in; hãy "
                    "bấm Phân công tự động trước.",
                )
            people = uow.accounts.all(today)
            table = ProofTable(
                school_lines(school),
                board.year_name.replace("-", "–"),
                proof_words(period),
                today.day,
                today.month,
                today.year,
                rows,
                next((a.full_name for a in people if Role.PRINCIPAL.value in a.roles), ""),
                person.name,
            )
            stamp = official_stamp(uow, year_id, proof_table_digest(table), self._clock.now())
            pdf = self._press.proof_table(table, stamp)
            title = f"Bảng phân công kiểm dò {proof_words(period)}, năm học {table.school_year}"
            run = official_run(person, year_id, PROOF_TABLE, title, stamp, pdf)
            return keep_run(uow, person, run, pdf)
