"""Decisions of Bảng giấy: what is shown, which step comes next, what a scanned code leads to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.paper_life import PaperStep
from app.errors import RuleRefused
from app.readmodels.paper_board import PaperBoard
from app.services.paper_board import RECORDERS
from app.services.print_keeping import Printed
from app.trail_ports import ChangeScope
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Lane
from ui.pages.printing import paper_words as words
from ui.pages.printing.paper_board_view import PaperBoardView
from ui.pages.printing.paper_dialogs import (
    LoanDialog,
    PlaceDialog,
    ReasonDialog,
    ReturnDialog,
    StepDialog,
)
from ui.pages.printing.paper_history import FoundDialog, HistoryDialog, PaperActs
from ui.pages.printing.signed_presenter import SignedPresenter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.changes import CommandResult
    from app.domain.ids import AccountId, PrintRunId, PupilId, SchoolYearId
    from app.readmodels.paper_board import FoundPaper, PaperRow
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext
    from ui.pages.printing.presenter import PrintingPresenter

_LOAN = timedelta(days=7)
"""A loan is asked for a week unless the person says otherwise."""


class PaperPresenter(QObject):
    """Reads when somebody looks. `printing` knows the year, which runs differ, and ký duyệt."""

    def __init__(
        self,
        printing: PrintingPresenter,
        context: PageContext,
        work: Workspace,
        outlets: PaperOutlets,
    ) -> None:
        super().__init__(printing)
        self._printing = printing
        self._context = context
        self._work = work
        self._actor = work.session.actor
        self.may_record = self._actor.has(*RECORDERS)
        self.may_print = printing.may_print
        self.board = PaperBoard()
        self._stale = True
        self._shown: PrintRunId | None = None
        self._year_id: SchoolYearId | None = None
        self.signed = SignedPresenter(context, work, outlets, self)
        self.view = PaperBoardView(context.look, self)

    # --- what is shown

    def look_at(self) -> None:
        """The tab is shown: read what changed while nobody looked."""
        if self._stale or self._year_id != self._printing.pickers.year_id:
            self.reload()

    def on_changed(self) -> None:
        """Papers, names or closes changed: read again when somebody looks."""
        self._stale = True
        if self.view.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the board of the chosen year."""
        year_id = self._printing.pickers.year_id
        found: PaperBoard | None = PaperBoard()
        if year_id is not None:
            found = self._context.commands.ask(
                lambda: self._work.papers.board(self._actor, year_id), at=Anchor(self.view)
            )
        if found is not None:
            self._stale = False
            self._year_id = year_id
            self.board = found
            self.view.show_board(found)

    def compared(self) -> None:
        """It is known by now which runs differ from today's data."""
        self.view.repaint_rows()
        if self.view.isVisible():
            self.show(self.view.chosen())

    def choose_number(self, number: int) -> None:
        """Select the run of the year with this number."""
        row = next((row for row in self.board.rows if row.run.number == number), None)
        if row is not None:
            self.view.choose(row.id)

    def differs(self, row: PaperRow) -> bool:
        """Whether the run is known to differ from today's data."""
        return any(line.id == row.id and line.differs for line in self._printing.lines)

    def show(self, row: PaperRow | None) -> None:
        """The sheet and the next step of a run."""
        if row is None:
            self._shown = None
            self.view.show_no_paper()
            return
        has_bytes = self._shown == row.id
        if not has_bytes:
            content = self._context.commands.ask(
                lambda: self._work.printing.content(row.id), at=Anchor(self.view.table)
            )
            if content is not None:
                pages = self._context.commands.ask(lambda: self.view.pane.show_bytes(content))
                has_bytes = pages is not None
            self._shown = row.id if has_bytes else None
        self.view.show_paper(row, self.signed.filed(row), has_bytes=has_bytes)

    # --- the other road: digital signatures

    def sign(self) -> None:
        """Ký số the chosen run."""
        row = self.view.chosen()
        if row is not None:
            self.signed.sign(row, self.view)

    def receive_signed(self) -> None:
        """Nhận bản đã ký of the chosen run."""
        row = self.view.chosen()
        if row is not None:
            self.signed.receive(row, self.view)

    def signed_files(self) -> None:
        """The signed files of the chosen run."""
        row = self.view.chosen()
        if row is not None:
            self.signed.files(row, self.view)

    # --- steps

    def take_step(self) -> None:
        """The next step of the chosen paper; the principal's own signature is ký duyệt."""
        row = self.view.chosen()
        if row is None or row.life.current is None:
            return
        if row.life.current is PaperStep.PRINCIPAL and row.life.approved_on_screen:
            line = next((one for one in self._printing.lines if one.id == row.id), None)
            if line is not None:
                self._printing.sign(line)
            return

        def write(
            step: PaperStep,
            day: date,
            persons: Sequence[AccountId],
            people: str,
            place: str,
            note: str,
            pupil: PupilId | None,
        ) -> None:
            self._told(
                self._work.papers.note_step(
                    self._actor, row.id, step, day, persons=persons, people=people, place=place,
                    note=note, pupil=pupil,
                )
            )  # fmt: skip

        StepDialog(
            self._context.look, self.view, row, self._name(row), self._actor.name, write,
            self._to_hand_out(row),
        ).open()  # fmt: skip

    def _to_hand_out(self, row: PaperRow) -> tuple[tuple[PupilId, str], ...]:
        """Pupils of a class's run whose học bạ are still here."""
        class_id = row.run.class_id
        if class_id is None or not row.life.pupils:
            return ()
        gone = {event.pupil for event in row.life.noted(PaperStep.HAND_OUT)}
        pupils = self._context.commands.ask(lambda: self._work.booklets.pupils(class_id))
        return tuple(one for one in pupils or () if one[0] not in gone)

    def lend_or_take(self) -> None:
        """Cho mượn what is at home, nhận trả what is not."""
        row = self.view.chosen()
        if row is None:
            return
        papers, actor, look = self._work.papers, self._actor, self._context.look
        if row.life.loan is not None:
            ReturnDialog(
                look, self.view, self._name(row), row.life.loan.people,
                lambda note: self._told(papers.bring_back(actor, row.id, note)),
            ).open()  # fmt: skip
            return
        LoanDialog(
            look, self.view, self._name(row), row.today + _LOAN,
            lambda who, due, why: self._told(papers.lend(actor, row.id, who, due, why)),
        ).open()  # fmt: skip

    def print_slip(self) -> None:
        """Phiếu mượn, trả of the chosen paper's last loan: a numbered run, shown at once."""
        row = self.view.chosen()
        if row is None:
            return
        result = self._context.commands.run(
            lambda: self._work.loan_slips.print(self._actor, row.id),
            initiator=self._printing, at=Anchor(self.view.slip_button),
        )  # fmt: skip
        self._show_new(result)

    def _show_new(self, result: CommandResult | None) -> None:
        if result is not None and isinstance(result.payload, Printed):
            self._printing.reload_runs()
            self.reload()
            self.view.choose(result.payload.run.id)

    def history(self) -> None:
        """Everything that happened to the chosen paper, with what may be undone."""
        row = self.view.chosen()
        if row is None:
            return
        people = self._context.commands.ask(
            lambda: {int(a.id): a.full_name for a in self._work.accounts.all()}
        )
        HistoryDialog(self._context.look, self.view, row, people or {}, self._acts(row)).open()

    def _acts(self, row: PaperRow) -> PaperActs:
        if not self.may_record:
            return PaperActs()
        if row.life.discarded is not None:
            return PaperActs(restore=lambda: self._restore(row))
        return PaperActs(
            take_back=None if row.life.last_noted is None else lambda: self._take_back(row),
            move=(lambda: self._move(row)) if row.life.place else None,
            discard=lambda: self._discard(row),
        )

    def _take_back(self, row: PaperRow) -> None:
        noted = row.life.last_noted
        step = None if noted is None else noted.step
        if noted is None or step is None:
            return
        whose = f" ({noted.people})" if noted.people else ""
        ReasonDialog(
            self._context.look, self.view, self.tr("Gỡ bước vừa ghi"), self._name(row),
            self.tr("Bước được gỡ: {step}{whose}. Dòng đã ghi vẫn còn trong đời bản in.").format(
                step=step.words, whose=whose
            ),
            lambda why: self._told(
                self._work.papers.take_back(self._actor, row.id, step, why, noted.person)
            ),
        ).open()  # fmt: skip

    def _move(self, row: PaperRow) -> None:
        PlaceDialog(
            self._context.look, self.view, row, self._name(row),
            lambda who, place: self._told(self._work.papers.move(self._actor, row.id, who, place)),
        ).open()  # fmt: skip

    def _discard(self, row: PaperRow) -> None:
        ReasonDialog(
            self._context.look, self.view, self.tr("Hủy bản giấy"), self._name(row),
            self.tr("Tờ in nhầm, in hỏng thì không ký nữa; số bản in và tệp PDF vẫn giữ."),
            lambda why: self._told(self._work.papers.discard(self._actor, row.id, why)),
        ).open()  # fmt: skip

    def _restore(self, row: PaperRow) -> None:
        ReasonDialog(
            self._context.look, self.view, self.tr("Dùng lại bản giấy"), self._name(row),
            self.tr("Bản giấy đã ghi hủy được dùng tiếp từ bước đang dở."),
            lambda why: self._told(self._work.papers.restore(self._actor, row.id, why)),
        ).open()  # fmt: skip

    def print_register(self) -> None:
        """Sổ theo dõi bản in of the year: a numbered run, shown at once."""
        year_id = self._printing.pickers.year_id
        if year_id is None:
            return
        result = self._context.commands.run(
            lambda: self._work.print_registers.print(self._actor, year_id),
            initiator=self._printing, at=Anchor(self.view.register_button),
        )  # fmt: skip
        self._show_new(result)

    # --- finding

    def find(self, text: str) -> None:
        """Where a scanned or typed code leads, and whether the sheet still is true."""
        year_id = self._printing.pickers.year_id
        self._ask_found(lambda: self._work.paper_finding.find(self._actor, text, year_id))

    def look(self) -> None:
        """The same for the chosen run."""
        row = self.view.chosen()
        if row is not None:
            self._ask_found(lambda: self._work.paper_finding.look(self._actor, row.id))

    def _ask_found(self, question: Callable[[], FoundPaper]) -> None:
        self._context.jobs.submit(
            lambda _progress: question(),
            owner=self.view,
            lane=Lane.DATABASE,
            on_success=self._found,
            on_failure=self._not_found,
        )

    def _not_found(self, error: Exception) -> None:
        self.view.focus_code()
        at = Anchor(self.view.code) if isinstance(error, RuleRefused) else None
        self._context.commands.fail(error, at)

    def _found(self, found: FoundPaper) -> None:
        run = found.row.run
        if run.school_year_id != self._printing.pickers.year_id:
            self._printing.show_year(run.school_year_id)
            self.reload()
        self.view.choose(found.row.id)
        self.view.code.clear()
        approvers = self._context.commands.ask(
            lambda: self._work.net_changes.approvers(ChangeScope(run.school_year_id))
        )
        self.dialog = FoundDialog(self._context.look, self.view, found, approvers or {})
        self.dialog.open()

    # --- inside

    def _name(self, row: PaperRow) -> str:
        return f"{words.run_title(row.run, row.class_name)}, {words.run_note(row)}"

    def _told(self, result: CommandResult) -> None:
        self._context.commands.publish(result, self._printing)
        self._context.frame.toast(f"{result.summary}.", "green")
        self._printing.reload_runs()
        self.reload()
