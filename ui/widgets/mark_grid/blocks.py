"""Blocks of cells: their corners, their text on the clipboard, where a paste would land."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.errors import RuleRefused


class Block(NamedTuple):
    """A rectangle of cells, all four sides included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def between(cls, one: tuple[int, int], other: tuple[int, int]) -> Block:
        """The smallest block that holds two (row, column) corners."""
        rows, columns = sorted((one[0], other[0])), sorted((one[1], other[1]))
        return cls(rows[0], columns[0], rows[1], columns[1])

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left + 1

    def cells(self) -> Iterator[tuple[int, int]]:
        """Every (row, column), row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def to_clipboard(rows: Sequence[Sequence[str]]) -> str:
    """Tab-separated text as Excel writes it; a text with tab, line break or quote is quoted."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)


def from_clipboard(text: str) -> list[list[str]]:
    """Rows of a tab-separated text, quoted fields resolved, short rows filled with "".

    The line break at the end of the last row is not a row of its own.
    """
    rows: list[list[str]] = [[]]
    at, end = 0, len(text)
    while True:
        field, at = _field(text, at)
        rows[-1].append(field)
        if at >= end:
            break
        if text[at] == "\t":
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= end:
            break
        rows.append([])
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def spread(
    values: Sequence[Sequence[str]], selection: Block, bounds: Block, place: str
) -> dict[tuple[int, int], str]:
    """Cells a paste would write: the values at the selection's corner, or repeated over it.

    A selection that is a whole multiple of the values is filled with them, as in Excel.
    `place` names the first cell in words. Raises RuleRefused when the values would reach over
    the end of the grid: nothing is cut off silently.
    """
    height, width = len(values), len(values[0])
    repeats = selection.height % height == 0 and selection.width % width == 0
    bottom = selection.bottom if repeats else selection.top + height - 1
    right = selection.right if repeats else selection.left + width - 1
    over_rows, over_columns = bottom - bounds.bottom, right - bounds.right
    if over_rows > 0 or over_columns > 0:
        raise RuleRefused(
            "paste_too_large",
            f"Chưa dán ô nào: khối chép có {height} hàng × {width} cột, đặt từ {place} thì "
            f"{_over(over_rows, over_columns)}. Chọn lại ô bắt đầu hoặc chép đúng số học sinh.",
            rows=height,
            columns=width,
        )
    return {
        (row, column): values[(row - selection.top) % height][(column - selection.left) % width]
        for row, column in Block(selection.top, selection.left, bottom, right).cells()
    }


def extend_source(source: Block, target: Block) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell the fill handle adds, the cell of `source` whose content it repeats."""
    return {
        (row, column): (
            source.top + (row - source.top) % source.height,
            source.left + (column - source.left) % source.width,
        )
        for row, column in target.cells()
        if not source.holds(row, column)
    }


def _over(rows: int, columns: int) -> str:
    said = []
    if rows > 0:
        said.append(f"thừa {rows} hàng dưới học sinh cuối cùng")
    if columns > 0:
        said.append(f"thừa {columns} cột bên phải cột cuối cùng")
    return " và ".join(said)


def _quoted(text: str) -> str:
    if any(sign in text for sign in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _field(text: str, at: int) -> tuple[str, int]:
    if text.startswith('"', at):
        quoted = _quoted_field(text, at)
        if quoted is not None:
            return quoted
    stop = at
    while stop < len(text) and text[stop] not in "\t\r\n":
        stop += 1
    return text[at:stop], stop


def _quoted_field(text: str, at: int) -> tuple[str, int] | None:
    """The field between quotes, or None when the quotes are just characters."""
    parts: list[str] = []
    start = at + 1
    while (close := text.find('"', start)) >= 0:
        parts.append(text[start:close])
        if text.startswith('""', close):
            parts.append('"')
            start = close + 2
            continue
        after = close + 1
        if after < len(text) and text[after] not in "\t\r\n":
            return None
        return "".join(parts), after
    return None
