"""Bảng giấy: runs x stations at the left, the chosen sheet and its next step at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.paper_life import SIGNATURES, PaperAct, PaperStep
from ui.pages.printing import paper_words as words
from ui.pages.printing import signed_words
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import link, primary, secondary
from ui.widgets.cards import Card, clear, hairline
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.paper_pane import PaperPane
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.ids import PrintRunId
    from app.domain.signed_papers import SignedPaper
    from app.readmodels.paper_board import PaperBoard, PaperRow
    from ui.pages.printing.paper_presenter import PaperPresenter
    from ui.theme.look import Look

_PANEL, _CODE = 384, 330
_TITLE_WIDTH, _PRINTED_WIDTH, _STEP_WIDTH = 180, 42, 48
_FIRST_STEP = 2
"""Column of the first station: the run and the print itself stand before it."""
_RARE = (PaperStep.HAND_IN, PaperStep.HAND_OUT)
"""Stations with a column only in a year that has such papers."""


class PaperBoardView(QWidget):
    """Layout only; `presenter` decides. `code`, the scanner's field, and `register_button`
    stand in the head of the page.
    """

    def __init__(self, look: Look, presenter: PaperPresenter) -> None:
        super().__init__()
        self._look = look
        self._presenter = presenter
        self._quiet = False
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(CARD_GAP)
        columns.addWidget(self._board_card(), 1)
        panel = self._paper_card()
        panel.setFixedWidth(_PANEL)
        columns.addWidget(panel)
        name = self.tr("Quét mã QR hoặc gõ mã, số bản in")
        self.code = SearchField(look, name, name)
        self.code.setFixedWidth(_CODE)
        self.code.returnPressed.connect(lambda: presenter.find(self.code.text()))
        self.register_button = secondary(
            look, self.tr("In sổ theo dõi bản in"), presenter.print_register, "printer"
        )

    # --- for the presenter

    def show_board(self, board: PaperBoard) -> None:
        """The rows, keeping the chosen one; figures over them."""
        chosen = self.chosen()
        self._show_figures(board)
        for at, step in enumerate(PaperStep, _FIRST_STEP):
            if step in _RARE:
                used = any(step in row.life.steps for row in board.rows)
                self.table.setColumnHidden(at, not used)
        self._quiet = True
        self.model.set_records(board.rows)
        self._quiet = False
        self._stack.setCurrentIndex(0 if board.rows else 1)
        wanted = None if chosen is None else chosen.id
        at = next((n for n, row in enumerate(board.rows) if row.id == wanted), 0)
        if board.rows:
            self.table.selectRow(at)
        self._on_row()

    def repaint_rows(self) -> None:
        """Words of the rows changed, not the rows."""
        self.table.viewport().update()

    def choose(self, run_id: PrintRunId) -> bool:
        """Select a run; False when it is not on the board."""
        for at, row in enumerate(self.model.records()):
            if row.id == run_id:
                self.table.selectRow(at)
                self.table.scrollTo(self.model.index(at, 0))
                self._on_row()
                return True
        return False

    def chosen(self) -> PaperRow | None:
        """The row of the panel."""
        at, rows = self.table.chosen_row(), self.model.records()
        return rows[at] if 0 <= at < len(rows) else None

    def show_paper(
        self, row: PaperRow, signed: Sequence[SignedPaper] = (), *, has_bytes: bool
    ) -> None:
        """Words and buttons of the chosen run; its bytes are in `pane` already.

        `signed` are its signed files.
        """
        may = self._presenter.may_record
        self._title.setText(words.run_title(row.run, row.class_name))
        self._note.setText(
            self.tr("Bản in số {n}, {at}").format(
                n=row.run.number, at=f"{row.run.made_at:%d/%m/%Y, %H:%M}"
            )
        )
        self._place.setCurrentIndex(0 if has_bytes else 1)
        head, line = self._say(row)
        self._said.setText(head)
        self._said_line.setText(line)
        self._said_line.setVisible(bool(line))
        step = row.life.current
        in_use = row.life.discarded is None
        signs = step is PaperStep.PRINCIPAL and row.life.approved_on_screen
        # A paper whose data changed takes no more signatures: it is printed anew.
        stale = self._presenter.differs(row) and step in (*SIGNATURES, PaperStep.STAMP)
        self.next_button.setVisible(may and in_use and step is not None and not stale)
        if step is not None:
            text, icon = words.NEXT_ACT[step]
            self.next_button.setText(self.tr("Ký duyệt…") if signs else words.tr(text))
            self.next_button.set_icon("signature" if signs else icon)
        lent = row.life.loan is not None
        self.loan_button.setText(self.tr("Nhận trả…") if lent else self.tr("Cho mượn…"))
        self.loan_button.setVisible(may and in_use and bool(row.life.place))
        lends = self._presenter.may_print and any(e.act is PaperAct.LENT for e in row.life.events)
        self.slip_button.setVisible(lends)
        for button in (self.compare_button, self.history_button):
            button.setEnabled(True)
        for button in (self.sign_button, self.receive_button):
            button.setVisible(may and in_use)
        # What a changed book no longer takes on paper it does not take from a key either.
        self.sign_button.setEnabled(not self._presenter.differs(row))
        self.signed_link.setVisible(bool(signed))
        if signed:
            self.signed_link.setText(signed_words.run_line(signed))

    def show_no_paper(self) -> None:
        """Nothing is chosen."""
        self._place.setCurrentIndex(1)
        self._title.setText(self.tr("Chưa chọn bản in"))
        self._note.setText("")
        self._said.setText("")
        self._said_line.hide()
        for button in (
            *(self.next_button, self.loan_button, self.slip_button),
            *(self.sign_button, self.receive_button, self.signed_link),
        ):
            button.hide()
        for button in (self.compare_button, self.history_button):
            button.setEnabled(False)

    # --- inside

    def _board_card(self) -> QWidget:
        look = self._look
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 10, 1, 6)
        card.body.setSpacing(6)
        self._figures = QHBoxLayout()
        self._figures.setContentsMargins(15, 0, 12, 0)
        self._figures.setSpacing(6)
        card.body.addLayout(self._figures)
        self.model: RecordModel[PaperRow] = RecordModel(self._columns(), self)
        self.table = TableView(look, self.tr("Bảng giấy"), row_height=52, fifth=False)
        self.table.setModel(self.model)
        wide = {PaperStep.TEACHERS: 58, PaperStep.HOMEROOM: 58, PaperStep.BIND: 54}
        steps = {at: wide.get(step, _STEP_WIDTH) for at, step in enumerate(PaperStep, _FIRST_STEP)}
        self.table.set_widths({0: _TITLE_WIDTH, 1: _PRINTED_WIDTH, **steps})
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _was: self._on_row())
        empty = EmptyState(
            look,
            "printer",
            self.tr("Chưa có bản in chính thức nào"),
            self.tr(
                "Mỗi bản in chính thức có một dòng ở đây, từ lúc in đến lúc ký đủ, đóng dấu, đóng "
                "tập, cất vào tủ, cho mượn."
            ),
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        card.body.addWidget(holder, 1)
        return card

    def _columns(self) -> list[Column[PaperRow]]:
        differs = self._presenter.differs
        return [
            Column(self.tr("Bản in"), lambda r: words.short_title(r.run, r.class_name),
                   role=Role.VALUE, second=words.run_note, tip=lambda r: r.run.title),
            Column(self.tr("In"), lambda _r: "", centred=True, step=words.printed_state,
                   tip=lambda r: self.tr("In lúc {at}").format(
                       at=f"{r.run.made_at:%H:%M ngày %d/%m/%Y}")),
            *(self._station(step) for step in PaperStep),
            Column(self.tr("Đang ở đâu, chờ ai"),
                   lambda r: words.where(r, differs=differs(r)),
                   role=Role.VALUE,
                   icon=lambda r: words.where_icon(r, differs=differs(r))[0],
                   tone=lambda r: words.where_icon(r, differs=differs(r))[1],
                   second=lambda r: words.where_note(r, differs=differs(r)),
                   tip=lambda r: ", ".join(r.awaited)),
        ]  # fmt: skip

    def _station(self, step: PaperStep) -> Column[PaperRow]:
        return Column(
            step.label,
            lambda _r: "",
            centred=True,
            step=lambda r: words.STATES[r.life.state(step)],
            tip=lambda r: words.step_tip(r, step),
        )

    def _paper_card(self) -> QWidget:
        look = self._look
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 0, 1, 8)
        card.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(15, 12, 15, 8)
        head.setSpacing(1)
        self._title = ElidedLabel(look, "", Role.CARD_TITLE)
        self._note = Label(look, "", Role.CAPTION, "ink3")
        head.addWidget(self._title)
        head.addWidget(self._note)
        card.body.addLayout(head)
        card.body.addWidget(hairline())
        self.pane = PaperPane(look, self.tr("Tờ giấy của bản in đang chọn"))
        nothing = EmptyState(
            look, "file", self.tr("Chọn một bản in"), self.tr("Tờ giấy và bước kế tiếp hiện ở đây.")
        )
        holder = QWidget()
        self._place = QStackedLayout(holder)
        self._place.addWidget(self.pane)
        self._place.addWidget(nothing)
        self._place.setCurrentIndex(1)
        card.body.addWidget(holder, 1)
        card.body.addWidget(hairline())
        card.body.addLayout(self._foot())
        return card

    def _foot(self) -> QVBoxLayout:
        look, presenter = self._look, self._presenter
        foot = QVBoxLayout()
        foot.setContentsMargins(15, 10, 15, 4)
        foot.setSpacing(8)
        self._said = Label(look, "", Role.STRONG, wrap=True)
        self._said_line = Label(look, "", Role.CAPTION, "ink2", wrap=True)
        foot.addWidget(self._said)
        foot.addWidget(self._said_line)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.next_button = primary(look, self.tr("Ghi nhận đã ký…"), presenter.take_step, "check")
        self.loan_button = secondary(
            look, self.tr("Cho mượn…"), presenter.lend_or_take, "users-out"
        )
        acts.addWidget(self.next_button)
        acts.addWidget(self.loan_button)
        acts.addStretch(1)
        foot.addLayout(acts)
        more = QHBoxLayout()
        more.setSpacing(8)
        self.compare_button = secondary(look, self.tr("So với nay…"), presenter.look, "not-equal")
        self.history_button = secondary(look, self.tr("Đời bản in…"), presenter.history, "history")
        more.addWidget(self.compare_button)
        more.addWidget(self.history_button)
        self.slip_button = secondary(look, self.tr("Phiếu mượn"), presenter.print_slip, "file")
        more.addWidget(self.slip_button)
        more.addStretch(1)
        foot.addLayout(more)
        signed = QHBoxLayout()
        signed.setSpacing(8)
        self.sign_button = secondary(look, self.tr("Ký số…"), presenter.sign, "signature")
        self.receive_button = secondary(
            look, self.tr("Nhận bản đã ký…"), presenter.receive_signed, "upload"
        )
        signed.addWidget(self.sign_button)
        signed.addWidget(self.receive_button)
        signed.addStretch(1)
        foot.addLayout(signed)
        self.signed_link = link(look, "", presenter.signed_files, "shield-check")
        foot.addWidget(self.signed_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_no_paper()
        return foot

    def _say(self, row: PaperRow) -> tuple[str, str]:
        """What is missing, by name; else where it is."""
        step, names = row.life.current, row.awaited
        if self._presenter.differs(row) and row.life.loan is None and row.is_open:
            return words.where(row, differs=True), words.where_note(row, differs=True)
        if row.life.discarded is not None or row.replaced_by or row.life.loan is not None:
            return words.where(row, differs=False), words.where_note(row, differs=False)
        if step is PaperStep.TEACHERS and row.life.signers:
            return self.tr("Còn {n} giáo viên chưa ký").format(n=len(names)), ", ".join(names)
        if step is None or not row.life.waits:
            return words.where(row, differs=False), words.where_note(row, differs=False)
        return self.tr("Chờ {what}").format(what=step.words), ", ".join(names)

    def _show_figures(self, board: PaperBoard) -> None:
        clear(self._figures)
        for number, text, tone in words.figures(board):
            self._figures.addWidget(Label(self._look, number, Role.CARD_TITLE, tone))
            self._figures.addWidget(Label(self._look, text, Role.BODY, "ink2"))
            self._figures.addSpacing(10)
        self._figures.addStretch(1)

    def _on_row(self, _now: Any = None) -> None:
        if not self._quiet:
            self._presenter.show(self.chosen())

    def focus_code(self) -> None:
        """The scanner types here."""
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.selectAll()
