"""The words of a mark cell: what a screen reader says and what stands beside a glyph."""

from __future__ import annotations

from app.domain.marks import CellState
from app.readmodels.mark_sheet import CellView, SheetColumn, SheetRow

_STATE_WORDS = {
    CellState.PENDING_MAKEUP: "chờ kiểm tra bù",
    CellState.ZERO_ABSENT: "0 vì vắng",
    CellState.EXEMPT: "miễn",
    CellState.TRANSFERRED: "điểm trường cũ",
}


def state_words(state: CellState) -> str:
    """The explicit state in words; "" for an ordinary or empty cell."""
    return _STATE_WORDS.get(state, "")


def spoken_cell(pupil: SheetRow, column: SheetColumn, cell: CellView) -> str:
    """Pupil, column, value and every mark of the cell: "Bùi Hoài An, ĐĐGtx3, 8,7, vào muộn"."""
    parts = [pupil.name, column.title]
    if cell.state not in (CellState.PENDING_MAKEUP, CellState.EXEMPT):
        parts.append(cell.text or ("thiếu" if cell.missing else "trống"))
    if words := state_words(cell.state):
        parts.append(words)
    if cell.odd:
        parts.append("mức và điểm cần xem lại")
    if cell.late:
        parts.append("vào muộn")
    if cell.corrected_from:
        parts.append(f"đã sửa, trước là {cell.corrected_from}")
    if cell.open_by_case:
        parts.append("mở theo hồ sơ sửa điểm")
    elif column.locked:
        parts.append("cột đã khóa")
    elif column.computed:
        parts.append("tự tính")
    return ", ".join(parts)
