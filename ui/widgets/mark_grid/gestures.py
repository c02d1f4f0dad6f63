"""What the person does to cells: type, clear, copy, cut, paste, fill, set a state, undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QUndoStack

from app.domain.marks import CellState
from app.errors import AppError, RuleRefused
from app.importing.paste_plan import PasteWay
from app.readmodels.mark_sheet import CellKey, SheetChange
from app.readmodels.mark_sheet_port import GUARDED_CELLS, Gesture, MarkSheetPort
from ui.models.mark_grid_model import PLAIN_STATES, MarkGridModel
from ui.widgets.mark_grid.blocks import (
    Block,
    extend_source,
    from_clipboard,
    spread,
    to_clipboard,
)
from ui.widgets.mark_grid.cursor import GridCursor
from ui.widgets.mark_grid.paste_rows import cells_of, paste_question
from ui.widgets.mark_grid.undo import GestureCommand


class GridGestures(QObject):
    """Turns a block of cells into one command; every committed one can be undone."""

    refused = Signal(int, int, object)
    """Row, column and AppError of a gesture that never reached the service."""
    paste_doubted = Signal(str, object)
    """A question before a paste, and the words of each way to go on (`paste_anyway`)."""

    def __init__(self, model: MarkGridModel, port: MarkSheetPort, cursor: GridCursor) -> None:
        super().__init__()
        self._model = model
        self._port = port
        self._cursor = cursor
        self._ways: Sequence[Callable[[], bool]] = ()
        self.stack = QUndoStack(self)

    @property
    def cursor(self) -> GridCursor:
        """Where gestures apply."""
        return self._cursor

    # --- typing

    def type_text(self, cells: Sequence[tuple[int, int]], text: str) -> bool:
        """Write a typed text into one cell, or with Ctrl+Enter into all; False when refused."""
        edits = {self._model.key_at(*cell): text for cell in cells}
        words = self.tr("Gõ điểm") if len(cells) == 1 else self.tr("Gõ vào cả khối")
        return self._send(edits, "key" if len(cells) == 1 else "fill", words)

    def clear(self) -> bool:
        """Delete: every filled cell of the selection, one gesture."""
        filled = [
            self._model.key_at(*cell)
            for block in self._cursor.blocks
            for cell in block.cells()
            if self._model.cell(*cell).text and not self._is_computed(cell[1])
        ]
        return self._send(dict.fromkeys(filled, ""), "clear", self.tr("Xóa"))

    def set_state(
        self, keys: Sequence[CellKey], state: CellState, reason: str, value_text: str = ""
    ) -> None:
        """Set an explicit state with its reason; raises AppError for the dialog that asked."""
        change = self._model.set_state(keys, state, reason, value_text)
        self._remember(change, self.tr("Đổi trạng thái ô"))

    def phrases(self, column: str) -> list[str]:
        """Comments this sheet already uses, the commonest first; none outside comment columns."""
        return self._model.phrases(column)

    def put_phrase(self, phrase: str) -> bool:
        """The comment into every selected comment cell that may be typed, one gesture."""
        wanted = [
            self._model.key_at(*cell)
            for block in self._cursor.blocks
            for cell in block.cells()
            if self._is_comment(cell[1]) and self._model.cell(*cell).editable
        ]
        return self._send(dict.fromkeys(wanted, phrase), "fill", self.tr("Nhận xét hay dùng"))

    # --- clipboard

    def copy(self) -> bool:
        """Ctrl+C: the selected block as text; one block only, as in Excel."""
        if len(self._cursor.blocks) != 1:
            self._refuse(
                RuleRefused(
                    "copy_many_blocks",
                    "Chỉ chép được một khối ô liền nhau; chọn lại một khối rồi chép.",
                )
            )
            return False
        block = self._cursor.blocks[0]
        rows = [
            [self._model.cell(row, column).text for column in range(block.left, block.right + 1)]
            for row in range(block.top, block.bottom + 1)
        ]
        QGuiApplication.clipboard().setText(to_clipboard(rows))
        return True

    def cut(self) -> bool:
        """Ctrl+X: copy, then clear as one gesture."""
        return self.copy() and self.clear()

    def paste(self) -> bool:
        """Ctrl+V; False when refused or when there is a question first (rows, column)."""
        text = QGuiApplication.clipboard().text()
        if not text or not self._cursor.blocks:
            return False
        self.forget_paste()
        selection = self._cursor.blocks[-1]
        values = from_clipboard(text)
        question = paste_question(self._model, values, selection)
        if question is not None:
            ways = [partial(self._paste_rows, way, selection) for way in question.ways]
            return self._ask(question.sentence, [way.words for way in question.ways], ways)
        try:
            cells = spread(values, selection, self._cursor.bounds, self._place(selection))
        except RuleRefused as error:
            self._refuse(error)
            return False
        if len(values) == 1:
            # One value over a block means everybody who is there; alone it is refused with why.
            there = {cell: text for cell, text in cells.items() if not self._is_struck(cell[0])}
            cells = there or cells
        return self._paste_cells(cells)

    def paste_anyway(self, at: int = 0) -> bool:
        """Answer to the question: go on in the way `at`; may lead to the next question."""
        ways = self._ways
        self.forget_paste()
        return at < len(ways) and ways[at]()

    def forget_paste(self) -> None:
        """Answer to the question: do not write."""
        self._ways = ()

    # --- fill

    def fill_down(self) -> bool:
        """Ctrl+D: the first row of the block over the rest; of one cell, the cell above."""
        if not self._cursor.blocks:
            return False
        block = self._cursor.blocks[-1]
        if block.height == 1:
            if block.top == self._cursor.bounds.top:
                return False
            source = block._replace(top=block.top - 1, bottom=block.top - 1)
        else:
            source = block._replace(bottom=block.top)
        return self.fill(source, block._replace(top=source.top))

    def fill(self, source: Block, target: Block) -> bool:
        """Repeat `source` over the rest of `target`."""
        edits = {
            self._model.key_at(*cell): self._model.cell(*origin).text
            for cell, origin in extend_source(source, target).items()
            if not self._is_computed(cell[1])
            and not (source.height == 1 and self._is_struck(cell[0]))
        }
        if not self._send(edits, "fill", self.tr("Điền")):
            return False
        self._cursor.select(target)
        return True

    # --- import

    def doubt(self, edits: Mapping[CellKey, str]) -> str | None:
        """The wrong-column guard's question about cells that come from a file."""
        return self._port.check_paste(edits)

    def import_cells(self, edits: Mapping[CellKey, str]) -> int:
        """Cells of a file as one command that undo takes back; how many changed.

        Raises AppError; nothing is then written.
        """
        before = {key: self._model.view_of(key) for key in edits}
        changed = {key: text for key, text in edits.items() if text != before[key].text}
        if changed:
            change = self._model.import_cells(changed)
            self._remember(change, self.tr("Nhập từ Excel"))
        return len(changed)

    # --- undo

    def undo(self) -> None:
        """Ctrl+Z: the opposite command, checked and recorded like typing."""
        self._step(self.stack.index() - 1, self.stack.undo)

    def redo(self) -> None:
        """Ctrl+Y."""
        self._step(self.stack.index(), self.stack.redo)

    # --- inside

    def _step(self, at: int, step: object) -> None:
        command = self.stack.command(at) if 0 <= at < self.stack.count() else None
        if not isinstance(command, GestureCommand) or not callable(step):
            return
        first = command.first
        step()
        place = None if first is None else self._model.position_of(first)
        if place is not None:
            self._cursor.go(*place)

    def _ask(self, sentence: str, words: Sequence[str], ways: Sequence[Callable[[], bool]]) -> bool:
        self._ways = ways
        self.paste_doubted.emit(sentence, tuple(words))
        return False

    def _paste_rows(self, way: PasteWay, selection: Block) -> bool:
        try:
            cells = cells_of(self._model, way, selection.left, self._cursor.bounds)
        except RuleRefused as error:
            self._refuse(error)
            return False
        return self._paste_cells(cells)

    def _paste_cells(self, cells: Mapping[tuple[int, int], str]) -> bool:
        """Write them, after the wrong-column guard has looked at many."""
        edits = {self._model.key_at(*cell): value for cell, value in cells.items()}
        rows, columns = zip(*cells, strict=True)
        landing = Block(min(rows), min(columns), max(rows), max(columns))
        # A locked cell refuses the paste anyway: no question before a refusal.
        allowed = all(self._model.cell(*cell).editable for cell in cells)
        if allowed and len(edits) >= GUARDED_CELLS:
            try:
                doubt = self._port.check_paste(edits)
            except AppError as error:
                self._refuse(error)
                return False
            if doubt is not None:
                words = self.tr("Vẫn dán vào {columns}").format(columns=self._columns(landing))
                return self._ask(doubt, [words], [partial(self._paste, edits, landing)])
        return self._paste(edits, landing)

    def _paste(self, edits: Mapping[CellKey, str], landing: Block) -> bool:
        if not self._send(edits, "paste", self.tr("Dán")):
            return False
        self._cursor.select(landing)
        return True

    def _is_comment(self, column: int) -> bool:
        shown = self._model.column_at(column)
        return shown is not None and shown.is_comment

    def _send(self, edits: Mapping[CellKey, str], gesture: Gesture, words: str) -> bool:
        before = {key: self._model.view_of(key) for key in edits}
        changed = {
            key: text
            for key, text in edits.items()
            if text != before[key].text or before[key].state not in PLAIN_STATES
        }
        if not changed:
            return True
        change = self._model.set_cells(changed, gesture)
        return self._remember(change, words)

    def _remember(self, change: SheetChange | None, words: str) -> bool:
        if change is None:
            return False
        if change.previous:
            self.stack.push(GestureCommand(self._model, words, change))
        return True

    def _is_computed(self, column: int) -> bool:
        # Averages follow by themselves; clearing or filling a row does not mean them.
        shown = self._model.column_at(column)
        return shown is not None and shown.computed

    def _is_struck(self, row: int) -> bool:
        pupil = self._model.pupil(row)
        return pupil.left_on is not None or not pupil.taken

    def _refuse(self, error: AppError) -> None:
        row, column = self._cursor.active
        self.refused.emit(row, column, error)

    def _place(self, block: Block) -> str:
        column = self._model.column_at(block.left)
        title = column.title if column is not None else ""
        return f"{title} STT {self._model.pupil(block.top).position}"

    def _columns(self, block: Block) -> str:
        titles = [
            column.title
            for at in range(block.left, block.right + 1)
            if (column := self._model.column_at(at)) is not None
        ]
        return titles[0] if len(titles) == 1 else f"{titles[0]} … {titles[-1]}"
