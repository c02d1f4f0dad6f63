"""What a person does to attendance cells: P, K, the next sign, clear, clipboard, fill, undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QUndoCommand, QUndoStack
from typing_extensions import override

from app.domain.attendance import Absence
from app.errors import RuleRefused
from ui.models.attendance_grid_model import AttendanceGridModel, DayKey
from ui.widgets.mark_grid.blocks import (
    Block,
    extend_source,
    from_clipboard,
    spread,
    to_clipboard,
)
from ui.widgets.mark_grid.cursor import Cell, GridCursor

_NEXT = {"": Absence.EXCUSED.value, Absence.EXCUSED.value: Absence.UNEXCUSED.value,
         Absence.UNEXCUSED.value: ""}  # fmt: skip


class AttendanceGestures(QObject):
    """Each gesture is one command with all its cells; every committed one can be undone."""

    refused = Signal(int, int, object)
    """Row, column and AppError of a gesture that never reached the service."""
    locked = Signal(int, int)
    """Somebody tried to write where nothing can be written."""

    def __init__(self, model: AttendanceGridModel, cursor: GridCursor) -> None:
        super().__init__()
        self._model = model
        self._cursor = cursor
        self.stack = QUndoStack(self)

    def write(self, sign: str, gesture: str = "key") -> bool:
        """`sign` into every school day of the selection, all or none.

        Sundays and holidays inside a block are passed over; a day that is locked refuses it.
        """
        cells = [cell for block in self._cursor.blocks for cell in block.cells()]
        taught = [cell for cell in cells if self._model.is_taught(*cell)]
        if not any(self._model.is_open(*cell) for cell in taught):
            self.locked.emit(*self._cursor.active)
            return False
        return self._send(dict.fromkeys(taught, sign), gesture)

    def next_sign(self) -> bool:
        """Space or another click: present, P, K, present again; of a block, as its first cell."""
        return self.write(_NEXT[self._model.sign(*self._cursor.active)])

    def clear(self) -> bool:
        """Delete: everybody in the selection was there."""
        return self.write("", "clear")

    def copy(self) -> bool:
        """Ctrl+C: one block as text."""
        if len(self._cursor.blocks) != 1:
            error = RuleRefused(
                "copy_many_blocks",
                "Chỉ chép được một khối ô liền nhau; chọn lại một khối rồi chép.",
            )
            self.refused.emit(*self._cursor.active, error)
            return False
        block = self._cursor.blocks[0]
        rows = [
            [self._model.text(row, column) for column in range(block.left, block.right + 1)]
            for row in range(block.top, block.bottom + 1)
        ]
        QGuiApplication.clipboard().setText(to_clipboard(rows))
        return True

    def cut(self) -> bool:
        """Ctrl+X."""
        return self.copy() and self.clear()

    def paste(self) -> bool:
        """Ctrl+V: all of it or nothing; empty texts over days without school are left out."""
        text = QGuiApplication.clipboard().text()
        if not text or not self._cursor.blocks:
            return False
        selection = self._cursor.blocks[-1]
        days = Block(self._cursor.bounds.top, self._cursor.bounds.left,
                     self._cursor.bounds.bottom, self._model.last_day)  # fmt: skip
        day = self._model.day_at(selection.left)
        place = "" if day is None else f"{day.day:%d/%m}, STT {selection.top + 1}"
        try:
            cells = spread(from_clipboard(text), selection, days, place)
        except RuleRefused as error:
            self.refused.emit(*self._cursor.active, error)
            return False
        # A block copied over a Sunday carries its blank; a sign there is refused by the service.
        wanted = {c: v for c, v in cells.items() if v.strip() or self._model.is_taught(*c)}
        return self._send(wanted, "paste")

    def fill_down(self) -> bool:
        """Ctrl+D: the first row of the block over the rest."""
        if not self._cursor.blocks:
            return False
        block = self._cursor.blocks[-1]
        source = block._replace(bottom=block.top)
        if block.height == 1:
            if block.top == self._cursor.bounds.top:
                return False
            source = block._replace(top=block.top - 1, bottom=block.top - 1)
            block = block._replace(top=source.top)
        edits = {
            cell: self._model.sign(*origin)
            for cell, origin in extend_source(source, block).items()
            if self._model.is_taught(*cell)
        }
        return self._send(edits, "fill")

    def undo(self) -> None:
        """Ctrl+Z: the opposite command, checked and recorded like typing."""
        self._step(self.stack.index() - 1, back=True)

    def redo(self) -> None:
        """Ctrl+Y."""
        self._step(self.stack.index(), back=False)

    def _step(self, at: int, *, back: bool) -> None:
        command = self.stack.command(at) if 0 <= at < self.stack.count() else None
        if not isinstance(command, _DayCommand):
            return
        (self.stack.undo if back else self.stack.redo)()
        place = self._model.place_of(command.first)
        if place is not None:
            self._cursor.go(*place)

    def _send(self, cells: Mapping[Cell, str], gesture: str) -> bool:
        after: dict[DayKey, str] = {}
        before: dict[DayKey, str] = {}
        for cell, text in cells.items():
            key = self._model.key_at(*cell)
            if key is not None and text != self._model.sign(*cell):
                after[key], before[key] = text, self._model.sign(*cell)
        if not after:
            return True
        if not self._model.write(after, gesture):
            return False
        signs = {key: self._shown(key, after[key]) for key in after}
        self.stack.push(_DayCommand(self._model, before, signs))
        return True

    def _shown(self, key: DayKey, typed: str) -> str:
        place = self._model.place_of(key)
        return typed if place is None else self._model.sign(*place)


class _DayCommand(QUndoCommand):
    """One gesture that is already committed: pushing it writes nothing.

    A refused undo or redo makes the command obsolete, so that the stack forgets it.
    """

    def __init__(
        self,
        model: AttendanceGridModel,
        before: Mapping[DayKey, str],
        after: Mapping[DayKey, str],
    ) -> None:
        super().__init__()
        self._model = model
        self._before = dict(before)
        self._after = dict(after)
        self._pushed = False

    @property
    def first(self) -> DayKey:
        """Where to show what was undone."""
        return _first(self._after)

    @override
    def undo(self) -> None:
        if not self._model.write(self._before, "undo"):
            self.setObsolete(True)

    @override
    def redo(self) -> None:
        if not self._pushed:
            self._pushed = True
        elif not self._model.write(self._after, "redo"):
            self.setObsolete(True)


def _first(keys: Iterable[DayKey]) -> DayKey:
    return next(iter(keys))
