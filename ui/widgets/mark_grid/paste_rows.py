"""Joins the paste plan to the grid: which pupils are below a cell, which cells a way writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import RuleRefused
from app.importing.paste_plan import PasteQuestion, PasteWay, paste_by_name, paste_by_row
from app.importing.pupil_matching import SheetPupil

if TYPE_CHECKING:
    from ui.models.mark_grid_model import MarkGridModel
    from ui.widgets.mark_grid.blocks import Block


def paste_question(
    model: MarkGridModel, values: list[list[str]], selection: Block
) -> PasteQuestion | None:
    """What is to be asked before the block is spread from the corner of `selection`.

    One row is where the person put it, and so is one that is repeated over a selection. A column
    that is shut for everybody refuses the paste anyway: no question before a refusal.
    """
    if not any(model.cell(row, selection.left).editable for row in range(model.rowCount())):
        return None
    pupils = [
        SheetPupil(
            row.pupil_id, row.name, row.code, row.born, row.left_on is not None or not row.taken
        )
        for row in model.sheet.rows
    ]
    by_name = paste_by_name(values, pupils)
    if by_name is not None:
        return by_name
    repeats = selection.height > len(values) and selection.height % len(values) == 0
    if len(values) == 1 or repeats:
        return None
    return paste_by_row(values, selection.top, pupils)


def cells_of(
    model: MarkGridModel, way: PasteWay, left: int, bounds: Block
) -> dict[tuple[int, int], str]:
    """(row, column) -> text of a way that starts in column `left`; RuleRefused when too wide."""
    width = max(map(len, way.rows.values()))
    over = left + width - 1 - bounds.right
    if over > 0:
        raise RuleRefused(
            "paste_too_large",
            f"Chưa dán ô nào: khối chép có {width} cột điểm, đặt từ cột này thì thừa {over} cột "
            "bên phải cột cuối cùng. Chọn lại cột bắt đầu.",
            columns=width,
        )
    cells = {}
    for row, pupil in enumerate(model.sheet.rows):
        for at, text in enumerate(way.rows.get(pupil.pupil_id, ())):
            if text.strip() or way.blanks_clear:
                cells[row, left + at] = text
    if not cells:
        raise RuleRefused(
            "paste_empty",
            "Chưa dán ô nào: các hàng có tên trong khối chép không có điểm nào. Chép cả cột điểm "
            "rồi dán lại.",
        )
    return cells
