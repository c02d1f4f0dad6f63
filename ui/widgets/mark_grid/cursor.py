"""Where the person is in the grid: active cell, selected blocks, moves as in Excel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.widgets.mark_grid.blocks import Block

Cell = tuple[int, int]
NOWHERE: Cell = (-1, -1)


class GridCursor(QObject):
    """Active cell and blocks inside `bounds`; knows no view. `changed` after every move."""

    changed = Signal()

    def __init__(self, is_filled: Callable[[int, int], bool]) -> None:
        super().__init__()
        self._is_filled = is_filled
        self._bounds = Block(0, 0, -1, -1)
        self._active = NOWHERE
        self._corner = NOWHERE
        self._blocks: tuple[Block, ...] = ()
        self._tab_from: int | None = None

    @property
    def bounds(self) -> Block:
        """Everything that can be selected."""
        return self._bounds

    @property
    def active(self) -> Cell:
        """The cell that typing goes to; NOWHERE in an empty grid."""
        return self._active

    @property
    def corner(self) -> Cell:
        """The moving corner of the live block: what must stay in sight."""
        return self._corner

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Selected blocks, the live one last; empty only in an empty grid."""
        return self._blocks

    def set_bounds(self, bounds: Block, active: Cell) -> None:
        """Follow a reset of the model; `active` is moved inside."""
        self._bounds = bounds
        if bounds.height < 1 or bounds.width < 1:
            self._active = self._corner = NOWHERE
            self._blocks, self._tab_from = (), None
            self.changed.emit()
            return
        self.go(*active)

    def go(self, row: int, column: int) -> None:
        """Select one cell."""
        self._tab_from = None
        self._place((row, column))

    def extend_to(self, row: int, column: int) -> None:
        """Stretch the live block from the active cell."""
        if self._active == NOWHERE:
            return
        self._tab_from = None
        self._corner = self._inside((row, column))
        self._blocks = (*self._blocks[:-1], Block.between(self._active, self._corner))
        self.changed.emit()

    def add(self, row: int, column: int) -> None:
        """Ctrl+click: keep the blocks and begin another one."""
        self._tab_from = None
        self._active = self._corner = self._inside((row, column))
        self._blocks = (*self._blocks, Block.between(self._active, self._active))
        self.changed.emit()

    def move(self, rows: int, columns: int, *, extend: bool = False) -> None:
        """An arrow key or a page."""
        start = self._corner if extend else self._active
        self._to((start[0] + rows, start[1] + columns), extend=extend)

    def jump(self, rows: int, columns: int, *, extend: bool = False) -> None:
        """Ctrl+arrow: to the edge of the filled run, or to the next filled cell, or the end."""
        row, column = self._corner if extend else self._active
        ahead = (row + rows, column + columns)
        if self._holds(ahead):
            in_run = self._is_filled(row, column) and self._is_filled(*ahead)
            row, column = ahead
            while self._holds(ahead := (row + rows, column + columns)):
                if (not self._is_filled(*ahead)) if in_run else self._is_filled(row, column):
                    break
                row, column = ahead
        self._to((row, column), extend=extend)

    def to_row_edge(self, *, last: bool, extend: bool = False) -> None:
        """Home or End."""
        row = (self._corner if extend else self._active)[0]
        self._to((row, self._bounds.right if last else self._bounds.left), extend=extend)

    def to_corner(self, *, last: bool, extend: bool = False) -> None:
        """Ctrl+Home or Ctrl+End."""
        bounds = self._bounds
        corner = (bounds.bottom, bounds.right) if last else (bounds.top, bounds.left)
        self._to(corner, extend=extend)

    def enter(self, *, back: bool = False) -> None:
        """Enter: down, inside a block round it, after Tab to the column the Tabs began in."""
        if self._cycles():
            self._cycle(back=back, by_column=True)
            return
        row = self._active[0] + (-1 if back else 1)
        column = self._active[1] if self._tab_from is None else self._tab_from
        self._tab_from = None
        self._place((row, column))

    def tab(self, *, back: bool = False) -> None:
        """Tab: right, inside a block round it; remembers where the Tabs began."""
        if self._cycles():
            self._cycle(back=back, by_column=False)
            return
        start = self._active[1] if self._tab_from is None else self._tab_from
        self._place((self._active[0], self._active[1] + (-1 if back else 1)))
        self._tab_from = start

    def select(self, block: Block, active: Cell | None = None) -> None:
        """Select a whole block, such as a column, a row or what was just pasted."""
        if self._active == NOWHERE:
            return
        self._tab_from = None
        self._active = (block.top, block.left) if active is None else active
        self._corner = (
            block.bottom if self._active[0] == block.top else block.top,
            block.right if self._active[1] == block.left else block.left,
        )
        self._blocks = (block,)
        self.changed.emit()

    def select_all(self) -> None:
        """Ctrl+A: the column; again: the sheet."""
        bounds, column = self._bounds, self._active[1]
        whole = Block(bounds.top, column, bounds.bottom, column)
        if self._blocks in ((whole,), (bounds,)):
            whole = bounds
        self.select(whole, self._active)

    # --- inside

    def _cycles(self) -> bool:
        return len(self._blocks) == 1 and (self._blocks[0].height, self._blocks[0].width) != (1, 1)

    def _cycle(self, *, back: bool, by_column: bool) -> None:
        block = self._blocks[0]
        row, column = self._active[0] - block.top, self._active[1] - block.left
        size = block.height * block.width
        step = -1 if back else 1
        if by_column:
            at = (column * block.height + row + step) % size
            row, column = at % block.height, at // block.height
        else:
            at = (row * block.width + column + step) % size
            row, column = at // block.width, at % block.width
        self._active = self._corner = (block.top + row, block.left + column)
        self.changed.emit()

    def _to(self, cell: Cell, *, extend: bool) -> None:
        if extend:
            self.extend_to(*cell)
        else:
            self.go(*cell)

    def _place(self, cell: Cell) -> None:
        if self._bounds.height < 1 or self._bounds.width < 1:
            return
        self._active = self._corner = self._inside(cell)
        self._blocks = (Block.between(self._active, self._active),)
        self.changed.emit()

    def _holds(self, cell: Cell) -> bool:
        return self._bounds.holds(*cell)

    def _inside(self, cell: Cell) -> Cell:
        bounds = self._bounds
        return (
            min(max(cell[0], bounds.top), bounds.bottom),
            min(max(cell[1], bounds.left), bounds.right),
        )
