"""The dialogs of a case, one a step: declare, check, decide, write, withdraw, print."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.corrections import CaseAbout, CaseKind
from app.readmodels.mark_sheet import CellKey
from ui.dialogs.file_dialogs import open_file
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_outlets import PaperOutlets, SystemOutlets
from ui.pages.corrections import words
from ui.pages.corrections.approval_dialog import ApprovalDialog
from ui.pages.corrections.books_dialog import BooksDialog
from ui.pages.corrections.check_dialog import CheckDialog
from ui.pages.corrections.declare_dialog import DeclareDialog
from ui.pages.corrections.minutes_dialog import MinutesDialog
from ui.pages.corrections.presenter import CorrectionsPresenter, printed_of
from ui.pages.corrections.reason_dialog import ReasonDialog
from ui.pages.corrections.register_dialog import RegisterDialog
from ui.pages.corrections.scan_dialog import ScanDialog, scan_from_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.changes import CommandResult
    from app.domain.ids import CorrectionId
    from app.ports import PrintRun
    from app.readmodels.correction_case import CaseView
    from app.readmodels.correction_log import CorrectionLog
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
        """What `CasePanel.asked` names."""
        if what.startswith("scan:"):
            self._show_scan(int(what[5:]))
            return
        acts: dict[str, Callable[[CaseView], None]] = {
            "register": self._register,
            "check": self._check,
            "decide": self._decide,
            "apply": self._apply,
            "withdraw": self._withdraw,
            "minutes": self._minutes,
            "explain": self._explain,
            "add_scan": self._ask_scan,
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

    def _explain(self, view: CaseView) -> None:
        def act(text: str) -> None:
            books = self._presenter.work.correction_books
            self._done(books.explain(self._presenter.actor, view.row.id, text))

        ReasonDialog(
            self._look,
            self.tr("Giải trình {case}").format(case=words.case_name(view.row.number).lower()),
            self.tr("Vì sao phải sửa"),
            self.tr("In trong nhật ký sửa điểm trước cuộc họp chuyên môn."),
            self.tr("Ghi giải trình"),
            act,
            self._page,
        ).open()

    def _ask_scan(self, view: CaseView) -> None:
        kinds = self.tr("Ảnh, PDF (*.jpg *.jpeg *.png *.pdf);;Mọi tệp (*)")
        title = self.tr("Chọn bản chụp")
        open_file(self._page, title, kinds, lambda path: self.add_scan(view, path))

    def add_scan(self, view: CaseView, path: Path) -> None:
        """Take a file into the case; the file itself stays where it is."""

        def add() -> CommandResult:
            return self._presenter.work.correction_scans.add(
                self._presenter.actor, view.row.id, path.stem, scan_from_file(path)
            )

        result = self._context.commands.run(add, initiator=self._page)
        if result is not None:
            self._refresh()
            self._context.frame.toast(f"{result.summary}.", "green")

    def _show_scan(self, scan_id: int) -> None:
        scans, actor = self._presenter.work.correction_scans, self._presenter.actor
        found = self._context.commands.ask(lambda: scans.content(actor, scan_id))
        if found is not None:
            ScanDialog(self._look, *found, self._page).open()

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

    def open_books(self) -> None:
        """Choose days, print the log or the follow-up book."""

        def read(first: date, last: date) -> CorrectionLog | None:
            return self._context.commands.ask(lambda: self._presenter.log(first, last))

        def print_log(first: date, last: date) -> None:
            title = self.tr("Nhật ký sửa điểm")
            line = self.tr("In ra cho cuộc họp; mỗi thầy cô ghi giải trình và ký ở dòng của mình.")
            self._show_book(self._presenter.print_log(first, last), title, line, "nhat-ky-sua-diem")

        def print_book() -> None:
            title = self.tr("Sổ theo dõi sử dụng sổ điểm điện tử")
            line = self.tr("In ra, người sửa ký vào dòng của mình rồi lưu cùng hồ sơ của năm.")
            self._show_book(self._presenter.print_follow_up(), title, line, "so-theo-doi")

        today = self._context.clock.today()
        BooksDialog(self._look, today, read, print_log, print_book, self._page).open()

    def _show_book(self, result: CommandResult | None, title: str, line: str, stem: str) -> None:
        if result is None:
            return
        self._publish(result)
        printed = printed_of(result)
        work = self._presenter.work
        PaperDialog(
            self._context,
            work,
            self.outlets,
            printed.run,
            printed.pdf.content,
            title,
            line,
            stem,
            self._page,
        ).open()

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
