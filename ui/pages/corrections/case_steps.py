"""The dialogs of a case, one a step: declare, check, decide, write, withdraw, print."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.corrections import CaseAbout, CaseKind
from app.readmodels.mark_sheet import CellKey
from ui.dialogs.paper_outlets import PaperOutlets, SystemOutlets
from ui.pages.corrections import words
from ui.pages.corrections.approval_dialog import ApprovalDialog
from ui.pages.corrections.check_dialog import CheckDialog
from ui.pages.corrections.declare_dialog import DeclareDialog
from ui.pages.corrections.minutes_dialog import MinutesDialog
from ui.pages.corrections.presenter import CorrectionsPresenter, printed_of
from ui.pages.corrections.reason_dialog import ReasonDialog
from ui.pages.corrections.register_dialog import RegisterDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.changes import CommandResult
    from app.domain.ids import CorrectionId
    from app.ports import PrintRun
    from app.readmodels.correction_case import CaseView
    from app.vault import Signer
    from app.workspace import Workspace
    from ui.navigation import PageContext


class CaseSteps(QObject):
    """Opens a dialog over `page` and calls the service; `refresh()` follows every step.

    `show_case` is asked for a case that has left the list it was chosen in.
    """

    def __init__(
        self,
        context: PageContext,
        presenter: CorrectionsPresenter,
        page: QWidget,
        refresh: Callable[[], None],
        show_case: Callable[[CorrectionId], None],
    ) -> None:
        super().__init__(page)
        self._context = context
        self._look = context.look
        self._presenter = presenter
        self._page = page
        self._refresh = refresh
        self._show_case = show_case
        self.outlets: PaperOutlets = SystemOutlets()

    def take(self, what: str, view: CaseView) -> None:
        """One of register, check, decide, apply, withdraw, minutes, sheet."""
        acts: dict[str, Callable[[CaseView], None]] = {
            "register": self._register,
            "check": self._check,
            "decide": self._decide,
            "apply": self._apply,
            "withdraw": self._withdraw,
            "minutes": self._minutes,
            "sheet": self._open_sheet,
        }
        acts[what](view)

    def declare(
        self, about: CaseAbout, keys: Sequence[CellKey], after: Callable[[CommandResult], None]
    ) -> DeclareDialog | None:
        """Open the declaration for these cells; None when they cannot be read."""
        draft = self._context.commands.ask(lambda: self._presenter.draft(about, keys))
        if draft is None:
            return None

        def act(wanted: dict[CellKey, str], *texts: str) -> None:
            result = self._presenter.work.corrections.declare(
                self._presenter.actor, about, wanted, *texts
            )
            self._publish(result)
            after(result)
            self._context.frame.toast(
                self.tr("{summary}. Bước sau: văn thư vào sổ rồi người thứ hai kiểm dò.").format(
                    summary=result.summary
                ),
                "green",
            )

        dialog = DeclareDialog(self._look, draft, act, self._page)
        dialog.open()
        return dialog

    def _publish(self, result: CommandResult) -> None:
        self._context.commands.publish(result, self._page)

    def _done(self, result: CommandResult) -> None:
        self._publish(result)
        self._refresh()

    def _register(self, view: CaseView) -> None:
        def act(number: str) -> None:
            self._done(
                self._presenter.work.corrections.register(
                    self._presenter.actor, view.row.id, number
                )
            )

        RegisterDialog(self._look, view, act, self._page).open()

    def _check(self, view: CaseView) -> None:
        def act(agrees: bool, note: str) -> None:
            self._done(
                self._presenter.work.corrections.check(
                    self._presenter.actor, view.row.id, note, agrees=agrees
                )
            )

        CheckDialog(self._look, view, act, self._page).open()

    def _decide(self, view: CaseView) -> None:
        decisions = _Decisions(self._presenter.work, view.row.id)
        work = self._presenter.work
        dialog = ApprovalDialog(self._context, view, decisions, work.decide, self._page)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _apply(self, view: CaseView) -> None:
        result = self._context.commands.run(
            lambda: self._presenter.work.corrections.apply(self._presenter.actor, view.row.id),
            initiator=self._page,
            on_reload=self._refresh,
        )
        self._refresh()
        if result is not None:
            self._context.frame.toast(f"{result.summary}.", "green")
            # It has left the list of what waits; its minutes are printed next.
            self._show_case(view.row.id)

    def _withdraw(self, view: CaseView) -> None:
        def act(reason: str) -> None:
            self._done(
                self._presenter.work.corrections.withdraw(
                    self._presenter.actor, view.row.id, reason
                )
            )

        ReasonDialog(
            self._look,
            self.tr("Rút {case}").format(case=words.case_name(view.row.number).lower()),
            self.tr("Vì sao rút"),
            self.tr("Hồ sơ vẫn lưu trong sổ với lý do này; điểm không đổi."),
            self.tr("Rút hồ sơ này"),
            act,
            self._page,
        ).open()

    def _minutes(self, view: CaseView) -> None:
        case_id = view.row.id
        run = self._context.commands.ask(lambda: (self._presenter.printed(case_id),))
        if run is None:
            return
        if run[0] is None:
            self._print_minutes(case_id)
            return
        kept = run[0]
        content = self._context.commands.ask(lambda: self._presenter.content(kept))
        if content is not None:
            self._show_minutes(kept, content, case_id)

    def _print_minutes(self, case_id: CorrectionId) -> None:
        result = self._context.commands.run(
            lambda: self._presenter.print_minutes(case_id), initiator=self._page
        )
        if result is not None:
            printed = printed_of(result)
            self._show_minutes(printed.run, printed.pdf.content, case_id)

    def _show_minutes(self, run: PrintRun, content: bytes, case_id: CorrectionId) -> None:
        again = partial(self._print_minutes, case_id)
        work = self._presenter.work
        MinutesDialog(self._context, work, self.outlets, run, content, again, self._page).open()

    def _open_sheet(self, view: CaseView) -> None:
        key, about = view.row.cells[0].key, view.about
        places: dict[CaseKind, tuple[str, dict[str, object]]] = {
            CaseKind.MARKS: ("marks", {"subject_id": about.subject_id, "column": key.column}),
            CaseKind.CONDUCT: ("conduct", {"column": key.column}),
            CaseKind.ATTENDANCE: ("attendance", {"day": key.column}),
            CaseKind.PROFILE: ("roster", {}),
        }
        page, place = places[about.kind]
        self._context.open_page(page, class_id=about.class_id, pupil_id=key.pupil_id, **place)


class _Decisions:
    """The two answers, bound to one case."""

    def __init__(self, work: Workspace, case_id: CorrectionId) -> None:
        self._work = work
        self._case_id = case_id

    def approve(self, signer: Signer, witnesses: list[str]) -> CommandResult:
        """Exactly these values."""
        return self._work.corrections.approve(signer, self._case_id, witnesses)

    def refuse(self, signer: Signer, reason: str) -> CommandResult:
        """With the reason."""
        return self._work.corrections.refuse(signer, self._case_id, reason)
