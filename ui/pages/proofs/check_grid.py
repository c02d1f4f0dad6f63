"""The sheet as the paper book has it: pupil by pupil, column by column, each cell with its mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem
from typing_extensions import override

from app.readmodels.mark_sheet import CellKey
from app.readmodels.proof_reading import CellProof, ProofCell, ProofRow, ProofSheet
from ui.pages.proofs.words import ICONS, cell_state, tr
from ui.theme.typography import Role
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import RowDelegate, TableView

if TYPE_CHECKING:
    from ui.theme.look import Look

Index = QModelIndex | QPersistentModelIndex
_NAMES = 2
"""Columns before the first mark: place in the roster, name."""
_ROW, _NAME, _MARK = 30, 200, 84


class _Line(NamedTuple):
    row: ProofRow
    cells: tuple[ProofCell, ...]


class CheckGrid(TableView):
    """Enter: the cell is right, on to the next; Ctrl+Enter the whole row; N a remark; Backspace
    reads it again. Arrows walk freely. `by_column` walks down before it walks right.
    """

    right_asked = Signal()
    row_asked = Signal()
    remark_asked = Signal()
    again_asked = Signal()
    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Các ô đang dò"), row_height=_ROW, cells=True)
        self.by_column = False
        self._sheet: ProofSheet | None = None
        self.lines: RecordModel[_Line] = RecordModel([], self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_CheckDelegate(look, self))
        self.setModel(self.lines)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def show_sheet(self, sheet: ProofSheet) -> None:
        """Another state of the sheet; the place stays."""
        row, column = self._place()
        same = self._sheet is not None and self._sheet.sheet == sheet.sheet
        self._sheet = sheet
        if not same or self.lines.columnCount() != len(sheet.columns) + _NAMES:
            self._make_columns(sheet)
        for at, head in enumerate(sheet.columns):
            mark = " ✓" if head.proved_at is not None else ""
            self.lines.rename(at + _NAMES, f"{head.title}{mark}")
        self.lines.set_records(
            [_Line(row_, cells) for row_, cells in zip(sheet.rows, sheet.cells, strict=True)]
        )
        if same and 0 <= row < len(sheet.rows):
            self._go(row, column)
        elif sheet.rows:
            self._go(0, _NAMES)
            self.next_unread(stay=True)

    def current_key(self) -> CellKey | None:
        """The cell under the cursor; None on a name or in an empty sheet."""
        row, column = self._place()
        sheet = self._sheet
        if sheet is None or not 0 <= row < len(sheet.rows) or column < _NAMES:
            return None
        return CellKey(sheet.rows[row].pupil_id, sheet.columns[column - _NAMES].key)

    def current_cell(self) -> ProofCell | None:
        """What the cell under the cursor shows."""
        row, column = self._place()
        if self._sheet is None or self.current_key() is None:
            return None
        return self._sheet.cells[row][column - _NAMES]

    def row_has_unread(self) -> bool:
        """Whether something of the pupil under the cursor is still to be read."""
        row, _ = self._place()
        sheet = self._sheet
        return (
            sheet is not None
            and 0 <= row < len(sheet.rows)
            and any(cell.state is CellProof.UNREAD for cell in sheet.cells[row])
        )

    def row_keys(self) -> list[CellKey]:
        """Every cell of the pupil under the cursor."""
        row, _ = self._place()
        sheet = self._sheet
        if sheet is None or not 0 <= row < len(sheet.rows):
            return []
        return [CellKey(sheet.rows[row].pupil_id, column.key) for column in sheet.columns]

    def go_to(self, key: CellKey) -> None:
        """Put the cursor on a cell."""
        sheet = self._sheet
        if sheet is None:
            return
        rows = [row.pupil_id for row in sheet.rows]
        columns = [column.key for column in sheet.columns]
        if key.pupil_id in rows and key.column in columns:
            self._go(rows.index(key.pupil_id), columns.index(key.column) + _NAMES)

    def next_unread(self, *, stay: bool = False) -> bool:
        """On to the next cell to be read in the order chosen, from the top when at the end; with
        `stay` the present cell counts too. False when everything was read.
        """
        sheet = self._sheet
        if sheet is None or not sheet.rows:
            return False
        row, column = self._place()
        rows, columns = len(sheet.rows), len(sheet.columns)
        across = [(r, c) for r in range(rows) for c in range(columns)]
        down = [(r, c) for c in range(columns) for r in range(rows)]
        order = down if self.by_column else across
        here = (max(row, 0), max(column - _NAMES, 0))
        at = order.index(here) + (0 if stay else 1)
        for r, c in (*order[at:], *order[:at]):
            if sheet.cells[r][c].state is CellProof.UNREAD:
                self._go(r, c + _NAMES)
                return True
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of reading; everything else walks."""
        key, ctrl = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.row_asked if ctrl else self.right_asked).emit()
        elif key == Qt.Key.Key_Space:
            self.right_asked.emit()
        elif key == Qt.Key.Key_N and not ctrl:
            self.remark_asked.emit()
        elif key == Qt.Key.Key_Backspace:
            self.again_asked.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _place(self) -> tuple[int, int]:
        index = self.currentIndex()
        return int(index.row()), int(index.column())

    def _go(self, row: int, column: int) -> None:
        index = self.lines.index(row, max(column, _NAMES))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.moved.emit()

    def _make_columns(self, sheet: ProofSheet) -> None:
        columns: list[Column[_Line]] = [
            Column(tr("TT"), lambda line: str(line.row.position), tone=lambda _l: "ink3"),
            Column(tr("Họ và tên"), lambda line: line.row.name, role=Role.NAME),
        ]
        columns += [self._mark_column(at, head.title) for at, head in enumerate(sheet.columns)]
        former = self.lines
        self.lines = RecordModel(columns, self)
        self.setModel(self.lines)
        former.deleteLater()
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        self.set_widths({0: 48, 1: _NAME} | {n + _NAMES: _MARK for n in range(len(sheet.columns))})

    def _mark_column(self, at: int, title: str) -> Column[_Line]:
        def cell(line: _Line) -> ProofCell:
            return line.cells[at]

        def tone(line: _Line) -> str:
            state = cell(line).state
            return "ink3" if state is CellProof.OUT else ICONS.get(state, ("", "ink"))[1]

        def icon(line: _Line) -> str:
            return ICONS.get(cell(line).state, ("", ""))[0]

        def tip(line: _Line) -> str:
            return cell_state(cell(line).state)

        return Column(
            title, lambda line: cell(line).text, role=Role.VALUE, tone=tone, icon=icon, tip=tip
        )


class _CheckDelegate(RowDelegate):
    """The cell being read has a frame of its own: the eye goes to and fro between two books."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As in any table, then the frame."""
        super().paint(painter, option, index)
        area: Any = option.rect
        if option.state & QStyle.StateFlag.State_Selected and index.column() >= _NAMES:
            painter.save()
            painter.setPen(QPen(QColor(self._look.color("accent")), 2))
            painter.drawRect(QRectF(area).adjusted(1, 1, -1, -2))
            painter.restore()
