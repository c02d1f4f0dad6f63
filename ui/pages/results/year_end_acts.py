"""The acts of the tabs Danh sách đề nghị and Sau hè, each joined to its service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.periods import Period
from app.domain.roles import Role
from app.domain.year_end import YearStage
from app.services.file_names import ascii_name
from app.services.printing import PRINTERS
from ui.dialogs.confirm_dialog import confirm
from ui.dialogs.save_table import SystemTableOutlet, TableOutlet, save_tables
from ui.dialogs.signed_dialog import Asked, SignedDialog
from ui.errors.messages import Anchor
from ui.pages.results.homeroom_dialog import HomeroomDialog
from ui.pages.results.year_end_tables import list_tables, summer_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.changes import CommandResult
    from app.domain.ids import ClassId
    from app.presses import PlainTable
    from app.readmodels.plan_results import PlanBoard
    from app.readmodels.year_end import SummerLine, YearEndBoard
    from app.vault import Signer
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.results.page import ResultsPage


class YearEndActs(QObject):
    """Reads one class's board; the services decide, record and refuse."""

    def __init__(
        self,
        page: ResultsPage,
        context: PageContext,
        work: Workspace,
        outlet: TableOutlet | None = None,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._outlet: TableOutlet = outlet or SystemTableOutlet()
        self.board: YearEndBoard | None = None
        self.plans: PlanBoard | None = None

    # --- reading

    def show_board(self, class_id: ClassId) -> None:
        """Read the year end of a class and fill both tabs."""
        actor = self._work.session.actor
        board = self._context.commands.ask(
            lambda: self._work.year_end.board(actor, class_id), at=Anchor(self._page)
        )
        plans = self._context.commands.ask(
            lambda: self._work.plan_results.board(actor, class_id), at=Anchor(self._page)
        )
        if board is None or plans is None:
            return
        self.board, self.plans = board, plans
        waiting = len(plans.waiting)
        shown = bool(plans.lines) and (plans.may_propose or (self._approves() and waiting > 0))
        self._page.lists.show_plan(shown=shown, waiting=waiting)
        self._page.lists.show_board(
            board, may_print=actor.has(*PRINTERS), approves=self._approves()
        )
        self._page.summer.show_board(board, reopens=self._approves())

    # --- acts

    def on_asked(self, what: str) -> None:
        """A button of a tab."""
        board = self.board
        if board is None:
            return
        match what:
            case "propose":
                self._propose(board)
            case "approve":
                self._approve(board)
            case "decide":
                self._decide(board)
            case "reopen":
                self._reopen(board)
            case "print":
                self._print(board)
            case "plan":
                self._plan(board)
            case "handover":
                self._hand_over(board)
            case "excel":
                self._save(f"danh-sach_{ascii_name(board.class_name)}", list_tables(board))
            case "excel_summer":
                self._save(f"sau-he_{ascii_name(board.class_name)}", [summer_table(board)])

    def save_result(self, line: SummerLine, result: str, document: str) -> None:
        """One summer result."""
        board = self.board
        if board is None:
            return
        actor, summer = self._work.session.actor, self._work.summer

        def write() -> CommandResult:
            if line.subject_id is None:
                return summer.set_conduct(actor, board.class_id, line.pupil_id, result, document)
            return summer.set_reassessment(
                actor, board.class_id, line.pupil_id, line.subject_id, result, document
            )

        self._context.commands.run(write, at=Anchor(self._page.summer.save_button))

    def confirm_class(self, class_id: ClassId, period: Period) -> None:
        """GVCN xác nhận, block by block."""
        report = self._context.commands.ask(
            lambda: self._work.confirming.preview(class_id, period), at=Anchor(self._page)
        )
        if report is None:
            return
        actor = self._work.session.actor
        HomeroomDialog(
            self._context.look,
            report,
            lambda ticked: self._work.confirming.confirm(actor, class_id, period, ticked),
            self._done,
            self._page,
        ).open()

    def _propose(self, board: YearEndBoard) -> None:
        actor = self._work.session.actor
        confirm(
            self._context.look,
            self._page,
            self.tr("Đề nghị danh sách lớp {name}").format(name=board.class_name),
            self.tr(
                "Danh sách do máy xét theo thông tư từ điểm, rèn luyện và số buổi nghỉ đã chốt. "
                "Hiệu trưởng sẽ xem và duyệt đúng danh sách này."
            ),
            self.tr("Đề nghị danh sách lớp {name}").format(name=board.class_name),
            lambda: self._run(lambda: self._work.year_end.propose(actor, board.class_id)),
            points=[
                self.tr("{label}: {n} học sinh").format(label=board.labels[kind], n=len(lines))
                for kind, lines in board.lists.items()
                if lines
            ],
        )

    def _approve(self, board: YearEndBoard) -> None:
        name = board.class_name
        points = [
            self.tr("{label}: {n} học sinh").format(label=board.labels[kind], n=len(lines))
            for kind, lines in board.lists.items()
            if lines
        ]
        if board.stage is YearStage.SUMMER:
            after = self.tr("Duyệt xong thì kết quả sau hè của lớp được chốt.")
        else:
            after = self.tr("Duyệt xong thì kỳ sau hè mở cho đúng các em phải đánh giá lại, rèn "
                            "luyện hè.")  # fmt: skip

        def act(signer: Signer, values: Mapping[str, str]) -> CommandResult:
            return self._work.year_end.approve(signer, board.class_id, values["number"])

        self._sign(
            board,
            self.tr("Duyệt danh sách {stage} lớp {name}").format(
                stage=board.stage.words, name=name
            ),
            after,
            self.tr("Duyệt danh sách lớp {name}").format(name=name),
            act,
            points=points,
            fields=[Asked("number", self.tr("Số quyết định"), "62/QĐ-THCS")],
        )

    def _decide(self, board: YearEndBoard) -> None:
        line = self._page.lists.chosen()
        if line is None or not line.decidable:
            return
        from ui.pages.results.decide_dialog import DecideDialog

        dialog = DecideDialog(
            self._context,
            line,
            (board.learning_word, board.conduct_word),
            board.deciders,
            self._work.decide,
            lambda signer, promoted, reason, number: self._work.year_end.decide(
                signer,
                board.class_id,
                line.pupil_id,
                promoted=promoted,
                reason=reason,
                decision_no=number,
            ),
            self._page,
        )
        dialog.open()

    def _reopen(self, board: YearEndBoard) -> None:
        def act(signer: Signer, values: Mapping[str, str]) -> CommandResult:
            return self._work.year_end.reopen_summer(
                signer, board.class_id, values["number"], values["reason"]
            )

        self._sign(
            board,
            self.tr("Mở lại kết quả sau hè lớp {name}").format(name=board.class_name),
            self.tr(
                "Kết quả sau hè ghi được lại trong đợt nhập; danh sách sau hè phải đề nghị và "
                "duyệt lại. Nhật ký giữ cả lần chốt trước."
            ),
            self.tr("Mở lại kết quả sau hè"),
            act,
            fields=[
                Asked("reason", self.tr("Lý do"), self.tr("Ghi nhầm kết quả môn Toán")),
                Asked("number", self.tr("Số quyết định"), "90/QĐ-THCS"),
            ],
            danger=True,
        )

    def _print(self, board: YearEndBoard) -> None:
        actor = self._work.session.actor
        self._run(lambda: self._work.printing.print_year_lists(actor, board.class_id))

    def _plan(self, board: YearEndBoard) -> None:
        """The GVCN proposes; where something waits, the principal's dialog comes first."""
        plans = self.plans
        if plans is None:
            return
        from ui.pages.results.plan_dialogs import PlanDecisionDialog, PlanProposalDialog

        service, class_id = self._work.plan_results, board.class_id
        if self._approves() and plans.waiting:
            line = plans.waiting[0]
            PlanDecisionDialog(
                self._context,
                line,
                board.deciders,
                self._work.decide,
                lambda signer, accepted, remark, number: service.decide(
                    signer,
                    class_id,
                    line.pupil_id,
                    accepted=accepted,
                    remark=remark,
                    decision_no=number,
                ),
                self._page,
            ).open()
            return
        actor = self._work.session.actor
        PlanProposalDialog(
            self._context.look,
            plans,
            lambda pupil, result, document, reason: self._done(
                service.propose(actor, class_id, pupil, result, document, reason)
            ),
            self._page,
        ).open()

    def _hand_over(self, board: YearEndBoard) -> None:
        actor = self._work.session.actor
        self._run(lambda: self._work.handovers.print(actor, board.class_id))

    def _sign(
        self,
        board: YearEndBoard,
        title: str,
        sentence: str,
        action: str,
        act: Callable[[Signer, Mapping[str, str]], CommandResult],
        *,
        points: list[str] | None = None,
        fields: list[Asked],
        danger: bool = False,
    ) -> None:
        SignedDialog(
            self._context,
            title,
            sentence,
            action,
            board.deciders,
            self._work.decide,
            act,
            self._page,
            points=points or (),
            fields=fields,
            danger=danger,
        ).open()

    def _run(self, command: Callable[[], CommandResult]) -> None:
        result = self._context.commands.run(command, at=Anchor(self._page))
        if result is not None:
            self._context.frame.toast(f"{result.summary}.", "green")

    def _done(self, result: CommandResult) -> None:
        self._context.commands.publish(result)
        self._context.frame.toast(f"{result.summary}.", "green")

    def _save(self, name: str, tables: list[PlainTable]) -> None:
        save_tables(
            self._context, self._work, self._outlet, self._page, f"{name}.xlsx", tables, name
        )

    def _approves(self) -> bool:
        """The principal decides; the secretary may bring the dialog to his desk."""
        return self._work.session.actor.has(
            Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.SECRETARY, Role.ADMINISTRATOR
        )
