"""Words of Điểm danh: months and their states, near-45 lines, what the bar counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.attendance import WEEKDAYS, MonthState, Nearness
from ui.widgets.month_strip import MonthMark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.readmodels.attendance_sheet import AttendanceSheet, MonthView, NearLine
    from ui.models.attendance_grid_model import AttendanceGridModel
    from ui.widgets.mark_grid.blocks import Block

_STATES = {
    MonthState.EMPTY: ("dash", "ink3"),
    MonthState.AHEAD: ("ring-empty", "ink3"),
    MonthState.RUNNING: ("ring-half", "accent"),
    MonthState.WAITING: ("ring-half", "amber"),
    MonthState.OVERDUE: ("warning", "red"),
    MonthState.DONE: ("check-disc", "green"),
    MonthState.LATE: ("clock", "amber"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("AttendanceWords", text)


def month_marks(sheet: AttendanceSheet) -> list[MonthMark]:
    """The picker's months."""
    return [_mark(view) for view in sheet.months]


def _mark(view: MonthView) -> MonthMark:
    icon, tone = _STATES[view.state]
    words = state_words(view)
    title = _tr("Tháng {n}").format(n=view.month.number)
    tip = f"{title}/{view.month.year}: {words}"
    if view.declared:
        said = "; ".join(f"{one.by} {one.at:%d/%m/%Y}" for one in view.declared)
        tip += _tr(". Báo đủ: {said}").format(said=said)
    return MonthMark(view.month, title, words, icon, tone, tip)


def state_words(view: MonthView) -> str:
    """The state of a month, short enough for the picker."""
    due = f"{view.due_on:%d/%m}"
    return {
        MonthState.EMPTY: _tr("không học"),
        MonthState.AHEAD: _tr("chưa tới"),
        MonthState.RUNNING: _tr("đang ghi"),
        MonthState.WAITING: _tr("hạn {day}").format(day=due),
        MonthState.OVERDUE: _tr("thiếu, hạn {day}").format(day=due),
        MonthState.DONE: _tr("đủ"),
        MonthState.LATE: _tr("đủ, muộn"),
    }[view.state]


def week_words(first: date, last: date, starts_on: date) -> str:
    """The week with its number: Tuần 12: 23/11 đến 29/11."""
    number = max(1, (first - starts_on).days // 7 + 1)
    return _tr("Tuần {n}: {first} đến {last}").format(
        n=number, first=f"{first:%d/%m}", last=f"{last:%d/%m}"
    )


def day_words(day: date) -> str:
    """Weekday and day: Thứ Hai, 23/11/2026."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def near_words(line: NearLine, limit: int) -> str:
    """What is left of the limit, in words."""
    left = limit - line.total
    return {
        Nearness.NEAR: _tr("còn {n} buổi").format(n=left),
        Nearness.AT_LIMIT: _tr("vừa đủ {n} buổi, không nghỉ thêm được").format(n=limit),
        Nearness.OVER: _tr("quá {n} buổi: không được lên lớp").format(n=limit),
    }.get(line.nearness, "")


def near_look(line: NearLine) -> tuple[str, str]:
    """(icon, tone)."""
    return ("warning", "red") if line.nearness is Nearness.OVER else ("clock", "amber")


def place_words(model: AttendanceGridModel, blocks: Sequence[Block]) -> str:
    """Days and STT range of the selection."""
    if len(blocks) != 1:
        return _tr("{n} khối ô").format(n=len(blocks)) if blocks else ""
    block = blocks[0]
    first, last = model.day_at(block.left), model.day_at(block.right)
    if first is None or last is None:
        return ""
    days = f"{first.sign} {first.day:%d/%m}"
    if first != last:
        days = _tr("{a} đến {b}").format(a=f"{first.day:%d/%m}", b=f"{last.day:%d/%m}")
    top, bottom = model.row_at(block.top).position, model.row_at(block.bottom).position
    rows = f"STT {top}" if top == bottom else _tr("STT {a} đến {b}").format(a=top, b=bottom)
    return f"{days}, {rows}"
