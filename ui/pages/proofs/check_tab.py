"""Dò sổ: the grid of one sheet, the cell being read in large figures, and what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.readmodels.proof_reading import CellProof, ProofSheet
from ui.pages.proofs.check_grid import CheckGrid
from ui.pages.proofs.words import ICONS, cell_state, column_state, tr
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card, hairline
from ui.widgets.combos import Combo
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import IconText, Label
from ui.widgets.progress import ThinBar
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.mark_sheet import SheetId
    from ui.theme.look import Look

_PANEL = 320
BY_PUPIL, BY_COLUMN = "pupil", "column"


class CheckTab(QWidget):
    """Shows a sheet; every act is asked of the page."""

    sheet_picked = Signal(object)
    confirm_asked = Signal()
    column_asked = Signal()
    second_asked = Signal()
    list_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(self._bar(look))
        self.notice = IconText(look, "lock-closed", "", "ink2", Role.BODY)
        self.notice.hide()
        outer.addWidget(self.notice)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(CARD_GAP)
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 4, 1, 6)
        self.grid = CheckGrid(look)
        self.grid.moved.connect(self._follow)
        card.body.addWidget(self.grid, 1)
        row.addWidget(card, 1)
        row.addWidget(self._panel(look))
        self._stack.addWidget(both)
        self._stack.addWidget(
            EmptyState(
                look,
                "eye",
                tr("Chưa có sổ nào để dò"),
                tr("Ban giám hiệu giao sổ ở thẻ Phân công; sổ được giao cho thầy cô mở được ở "
                   "đây."),
            )
        )  # fmt: skip
        outer.addWidget(holder, 1)
        self._sheet: ProofSheet | None = None

    @property
    def sheet(self) -> ProofSheet | None:
        """What is shown."""
        return self._sheet

    def show_choices(self, choices: Sequence[tuple[SheetId, str]], current: SheetId | None) -> None:
        """Sheets that may be opened."""
        self.sheets.set_choices(choices, current)

    def show_sheet(self, sheet: ProofSheet | None) -> None:
        """Another sheet, or another state of it."""
        self._sheet = sheet
        self._stack.setCurrentIndex(1 if sheet is None else 0)
        may = sheet is not None and sheet.may_read
        for button in (self.right_button, self.row_button, self.remark_button, self.again_button,
                       self.column_button, self.second_button, self.list_button,
                       self.confirm_button):  # fmt: skip
            button.setEnabled(may)
        self.notice.setVisible(sheet is not None and not sheet.may_read)
        if sheet is None:
            return
        self.notice.set_state("lock-closed", sheet.why_not, "ink2")
        self.sheets.set_current(sheet.sheet)
        self.grid.show_sheet(sheet)
        self.bar.set_share(sheet.read, sheet.to_read)
        self.progress.setText(
            tr("{read}/{all} ô đã khớp · {n} nhận xét chưa giải quyết").format(
                read=sheet.read, all=sheet.to_read, n=sheet.waiting
            )
        )
        given = sheet.assignment
        done = given is not None and given.confirmed_at is not None
        self.confirm_button.setEnabled(may and not done)
        self.confirm_button.setText(tr("Đã xác nhận") if done else tr("Xác nhận kiểm dò xong"))
        self._follow()

    # --- inside

    def _bar(self, look: Look) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(10)
        words = Label(look, tr("Sổ"), Role.BODY, "ink3")
        self.sheets = Combo(look, tr("Sổ đang dò"))
        self.sheets.setMinimumWidth(220)
        self.sheets.picked.connect(self.sheet_picked.emit)
        words.setBuddy(self.sheets)
        self.order = Segmented(
            look,
            [(BY_PUPIL, tr("Theo học sinh")), (BY_COLUMN, tr("Theo cột"))],
            tr("Thứ tự dò"),
        )
        self.order.chosen.connect(self._on_order)
        self.second_button = secondary(
            look, tr("Gõ lại lần hai…"), self.second_asked.emit, "pencil"
        )
        self.list_button = secondary(
            look, tr("Đối chiếu danh sách…"), self.list_asked.emit, "not-equal"
        )
        self.confirm_button = primary(
            look, tr("Xác nhận kiểm dò xong"), self.confirm_asked.emit, "check"
        )
        bar.addWidget(words)
        bar.addWidget(self.sheets)
        bar.addWidget(self.order)
        bar.addStretch(1)
        for button in (self.second_button, self.list_button, self.confirm_button):
            bar.addWidget(button)
        return bar

    def _panel(self, look: Look) -> QWidget:
        card = Card(look, tr("Ô đang dò"))
        card.setFixedWidth(_PANEL)
        body: QVBoxLayout = card.body
        body.setSpacing(8)
        self.pupil = Label(look, "", Role.CARD_TITLE, wrap=True)
        self.column = Label(look, "", Role.BODY, "ink2")
        self.value = Label(look, "", Role.OLD_MARK)
        self.state = IconText(look, "ring-empty", "", "ink2", Role.VALUE)
        self.remark = Label(look, "", Role.BODY, "ink2", wrap=True)
        for widget in (self.pupil, self.column, self.value, self.state, self.remark):
            body.addWidget(widget)
        body.addSpacing(4)
        self.right_button = primary(look, tr("Khớp (Enter)"), self.grid.right_asked.emit, "check")
        self.row_button = secondary(
            look, tr("Cả dòng khớp (Ctrl+Enter)"), self.grid.row_asked.emit, "check-disc"
        )
        self.remark_button = secondary(
            look, tr("Nhận xét… (N)"), self.grid.remark_asked.emit, "comment"
        )
        self.again_button = secondary(
            look, tr("Dò lại ô này (Backspace)"), self.grid.again_asked.emit, "undo"
        )
        for button in (self.right_button, self.row_button, self.remark_button, self.again_button):
            body.addWidget(button)
        body.addStretch(1)
        body.addWidget(hairline())
        self.column_line = Label(look, "", Role.CAPTION, "ink2", wrap=True)
        self.column_button = secondary(
            look, tr("Đã đối chiếu cột này"), self.column_asked.emit, "stamp"
        )
        self.bar = ThinBar(look)
        self.progress = Label(look, "", Role.CAPTION, "ink2", wrap=True)
        for below in (self.column_line, self.column_button, self.bar, self.progress):
            body.addWidget(below)
        return card

    def _on_order(self, order: str) -> None:
        self.grid.by_column = order == BY_COLUMN
        self.grid.setFocus()

    def _follow(self) -> None:
        sheet, key, cell = self._sheet, self.grid.current_key(), self.grid.current_cell()
        if sheet is None:
            return
        if key is None or cell is None:
            for label in (self.pupil, self.column, self.value, self.remark, self.column_line):
                label.setText("")
            self.state.set_state("ring-empty", tr("chọn một ô điểm"), "ink3")
            return
        row = next(r for r in sheet.rows if r.pupil_id == key.pupil_id)
        column = next(c for c in sheet.columns if c.key == key.column)
        self.pupil.setText(f"{row.position}. {row.name}")
        self.column.setText(column.title)
        self.value.setText(cell.text or "–")
        icon, tone = ICONS.get(cell.state, ("ring-empty", "ink2"))
        self.state.set_state(icon, cell_state(cell.state), tone)
        self.remark.setText(self._remark_words(sheet, cell.remark_id))
        self.remark.setVisible(bool(self.remark.text()))
        self.column_line.setText(column_state(column))
        self.right_button.setEnabled(sheet.may_read and cell.state is CellProof.UNREAD)
        self.again_button.setEnabled(sheet.may_read and cell.state is CellProof.RIGHT)
        waits = cell.remark_id is not None
        self.remark_button.setEnabled(
            sheet.may_read and not waits and cell.state is not CellProof.OUT
        )
        self.column_button.setEnabled(sheet.may_read and column.proved_at is None)

    def _remark_words(self, sheet: ProofSheet, remark_id: int | None) -> str:
        line = next((x for x in sheet.remarks if x.remark.id == remark_id), None)
        if line is None:
            return ""
        remark = line.remark
        said = remark.text + (tr(" (sổ giấy: {p})").format(p=remark.paper) if remark.paper else "")
        if remark.answer:
            said += "\n" + tr("{name} trả lời: {text}").format(
                name=remark.answered_name, text=remark.answer
            )
        return said
