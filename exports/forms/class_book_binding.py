"""Class book: mục lục and the record of binding, the last page of the whole year's book (M44).

The statutory form has no such page; it closes the volume that is bound, sealed and handed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.domain.print_runs import PaperSize
from exports.forms.class_book_layout import (
    SMALL_ITALIC,
    TITLE_STYLE,
    Leaf,
    SignaturePlace,
    class_note,
    sign_block,
    signature_height,
)
from exports.pdf.grid import Cell, Column, Grid, Head
from exports.pdf.text import Align, Pen, TextStyle, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.class_book import ClassBook
    from exports.forms.class_book_layout import Sheet

_BODY = TextStyle(12)
_STEP = 17.0
_HEAD = 22.0
_TALLEST = 15.5
_INDENT = "      "


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: what begins on which page; `level` 1 stands below its part."""

    title: str
    page: int
    level: int = 0


def contents(leaves: Sequence[Leaf]) -> tuple[Entry, ...]:
    """What the pages name in the reader's outline, with their numbers."""
    return tuple(
        Entry(leaf.bookmark, number, leaf.level)
        for number, leaf in enumerate(leaves, 1)
        if leaf.bookmark
    )


def binding_leaf(book: ClassBook, entries: Sequence[Entry], paper: PaperSize) -> Leaf:
    """Mục lục, đóng tập."""
    title = "Mục lục, đóng tập"
    return Leaf(title, lambda sheet: _draw(sheet, book, entries, paper), bookmark=title)


def _draw(sheet: Sheet, book: ClassBook, entries: Sequence[Entry], paper: PaperSize) -> None:
    frame = sheet.frame
    said = _sentences(sheet.total, paper)
    places = (
        SignaturePlace("NGƯỜI ĐÓNG TẬP", "(Ký, ghi rõ họ tên)"),
        SignaturePlace(
            "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên, đóng dấu)", book.principal, stamped=True
        ),
    )
    signing = signature_height(places, 0)
    lines = [line for text in said for line in wrap(text, _BODY.face, _BODY.size, frame.width)]
    taken = 34 + _HEAD + len(lines) * _STEP + 20 + signing
    height = min(_TALLEST, (frame.top - frame.bottom - taken) / max(len(entries), 1))
    with Pen(sheet.canvas) as pen:
        pen.put(frame.middle, frame.top - 13, "MỤC LỤC", TITLE_STYLE, Align.CENTER)
        pen.put(frame.right, frame.top - 13, class_note(book), SMALL_ITALIC, Align.RIGHT)
    grid = Grid(
        columns=(Column(frame.width - 34 * mm, Align.LEFT), Column(34 * mm)),
        heads=(Head("Phần của sổ", 0, 0), Head("Từ trang", 0, 1)),
        head_heights=(_HEAD,),
        row_height=height,
        size=min(11.0, height * 0.8),
        head_size=11,
        heavy_every=0,
    )
    rows: list[list[Cell]] = [
        [(_INDENT if entry.level else "") + entry.title, str(entry.page)] for entry in entries
    ]
    y = grid.draw(sheet.canvas, frame.left, frame.top - 26, rows) - 10
    with Pen(sheet.canvas) as pen:
        for line in lines:
            y -= _STEP
            pen.put(frame.left, y, line, _BODY)
    sign_block(sheet, y - 10, places, signing)


def _sentences(pages: int, paper: PaperSize) -> tuple[str, ...]:
    if paper is PaperSize.A3_SPREAD:
        # The first sheet holds the cover alone, then two pages a sheet.
        sheets = f"{pages // 2 + 1} tờ A3 in một mặt"
    else:
        sheets = f"{-(-pages // 2)} tờ in hai mặt"
    return (
        f"Sổ này có {pages} trang ({sheets}), trang cuối là trang này.",
        f"Đóng tập ngày {_dots(8)} tháng {_dots(8)} năm {_dots(12)}; dấu giáp lai đóng từ trang "
        f"{_dots(8)} đến trang {_dots(8)}, tất cả {_dots(8)} dấu.",
        f"Người giữ sổ: {_dots(48)} Nơi để: {_dots(48)}",
    )


def _dots(count: int) -> str:
    """Room to write on by hand."""
    return "." * count
