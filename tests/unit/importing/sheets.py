"""Builds raw sheets from plain Python values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from app.importing.tables import EMPTY_CELL, CellKind, MergedRange, RawCell, RawSheet, text_cell
from app.text import date_vn


def cell(value):
    match value:
        case RawCell():
            return value
        case None:
            return EMPTY_CELL
        case int() | Decimal():
            return RawCell(CellKind.NUMBER, str(value))
        case dt.date():
            return RawCell(CellKind.DATE, date_vn(value), value)
    return text_cell(value)


def make_sheet(rows, *, name="Sheet1", merged=(), **more):
    return RawSheet(
        name=name,
        rows=tuple(tuple(cell(value) for value in row) for row in rows),
        merged=tuple(MergedRange(*block) for block in merged),
        **more,
    )


ROSTER_HEADER = [
    "STT",
    "Mã định danh Bộ GD&ĐT",
    "Số định danh cá nhân",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
]
MARK_HEADER = ["STT", "Mã học sinh", "Họ và tên", "Ngày sinh", "TX1", "TX2", "ĐĐGgk", "ĐĐGck"]
