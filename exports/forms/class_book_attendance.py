"""Class book: theo dõi chuyên cần, one page a month with a column a day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.readmodels.class_book import AttendanceRow
from exports.forms.class_book_layout import (
    CONTENT_WIDTH,
    NUMBER_WIDTH,
    SMALL_ITALIC,
    SUBTITLE_STYLE,
    Leaf,
    body_size,
    chunks,
    class_note,
    heading,
    heading_height,
    name_cell,
    name_columns,
    row_height,
    ruled_rows,
)
from exports.forms.class_book_words import BookWords, book_words
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head
from exports.pdf.text import Align, Pen, TextStyle, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.class_book import AttendancePage, ClassBook, RosterPupil
    from exports.forms.class_book_layout import Sheet

_NAME = 38 * mm
_TOTAL = 7 * mm
_DAY = (CONTENT_WIDTH - NUMBER_WIDTH - _NAME - 3 * _TOTAL) / 31
_HEADS = (17.0, 15.0)
_LINE_ABOVE = 18.0
_NOTE = TextStyle(8.5, Face.ITALIC)
_NOTE_LINE = 11.0
_CORNER = TextStyle(8, Face.ITALIC)
_CORNER_TITLE = TextStyle(8.5, Face.BOLD)
_SHADE = (0.93, 0.93, 0.93)
_SIGNS = (
    "{p}: nghỉ có phép. {k}: nghỉ không phép. TS: tổng số buổi nghỉ. Cột tô xám: không có buổi học"
)


def attendance_leaves(book: ClassBook) -> list[Leaf]:
    """A page a month, and one more for every further 55 pupils."""
    title = book_words(book.circular).attendance.capitalize()
    leaves: list[Leaf] = []
    for at, page in enumerate(book.attendance):
        parts = chunks(book.pupils)
        for part, pupils in enumerate(parts):
            leaves.append(
                Leaf(
                    f"{title}, tháng {page.month}",
                    partial(_draw, book, page, pupils, part == len(parts) - 1),
                    bookmark="" if at or part else title,
                )
            )
    return leaves


def _draw(
    book: ClassBook,
    page: AttendancePage,
    pupils: Sequence[RosterPupil],
    last: bool,
    sheet: Sheet,
) -> None:
    frame = sheet.frame
    by_position = {row.position: row for row in page.rows}
    nothing = AttendanceRow(0, ("",) * len(page.days), 0, 0)
    rows = [_cells(pupil, by_position.get(pupil.position, nothing)) for pupil in pupils]
    words = book_words(book.circular)
    notes = _notes(page, words)
    count = ruled_rows(len(rows))
    if words.day_totals and last:
        # Under the blank rows, so that it stands at the foot of the list as the form has it.
        rows += [[] for _ in range(count - len(rows))]
        rows.append(_day_totals(page))
        count += 1
    taken = heading_height() + _LINE_ABOVE + sum(_HEADS) + _NOTE_LINE * len(notes) + 6
    height = row_height(frame.top - frame.bottom - taken, count)
    grid = Grid(
        columns=(
            *name_columns(_NAME),
            *(Column(_DAY) for _ in page.days),
            # A short month leaves its last columns to nobody: the totals stay where they are.
            *(Column(_DAY) for _ in range(31 - len(page.days))),
            *(Column(_TOTAL, face=Face.BOLD) for _ in range(3)),
        ),
        heads=_heads(page, words),
        head_heights=_HEADS,
        row_height=height,
        size=body_size(height, 9.5),
        head_size=7,
    )
    top = heading(sheet, "", words.attendance, class_note(book))
    with Pen(sheet.canvas) as pen:
        said = f"Tháng {page.month} năm {page.year}"
        pen.put(frame.left, top - 9, said, SUBTITLE_STYLE)
        said = f"Tổng số học sinh của lớp {book.class_name}: {page.headcount}"
        pen.put(frame.right, top - 9, said, SMALL_ITALIC, Align.RIGHT)
    top -= _LINE_ABOVE
    _shade(sheet, page, top, grid.height(count))
    bottom = grid.draw(sheet.canvas, frame.left, top, _padded(rows, page), blank_to=count)
    left, right = frame.left + NUMBER_WIDTH, frame.left + NUMBER_WIDTH + _NAME
    with Pen(sheet.canvas) as pen:
        pen.put(left + 3, top - sum(_HEADS) + 6, "Họ và tên", _CORNER_TITLE)
        pen.put(right - 3, top - _HEADS[0] + 5, "Ngày", _CORNER, Align.RIGHT)
        pen.put(right - 3, top - sum(_HEADS) + 4, "Thứ", _CORNER, Align.RIGHT)
        for at, line in enumerate(notes):
            pen.put(frame.left, bottom - 9 - at * _NOTE_LINE, line, _NOTE)


def _heads(page: AttendancePage, words: BookWords) -> tuple[Head, ...]:
    first = 2
    last = first + 31
    days = [Head(str(day.number), 0, first + at) for at, day in enumerate(page.days)]
    week = [Head(day.weekday, 1, first + at, face=Face.REGULAR) for at, day in enumerate(page.days)]
    beyond = [Head("", 0, at, 2) for at in range(first + len(page.days), last)]
    totals = [Head(sign, 1, last + at) for at, sign in enumerate(words.absence_signs)]
    return (
        Head("Số TT", 0, 0, 2),
        Head("", 0, 1, 2),
        *days,
        *week,
        *beyond,
        Head(words.absences, 0, last, 1, 3),
        *totals,
    )


def _cells(pupil: RosterPupil, row: AttendanceRow) -> list[Cell]:
    total = row.excused + row.unexcused
    return [
        str(pupil.position),
        name_cell(pupil),
        *row.signs,
        *(str(number) if number else "" for number in (total, row.excused, row.unexcused)),
    ]


def _day_totals(page: AttendancePage) -> list[Cell]:
    """Tổng số: pupils absent on each day; absences of everybody in the month."""
    days = [sum(1 for row in page.rows if row.signs[at]) for at in range(len(page.days))]
    excused = sum(row.excused for row in page.rows)
    unexcused = sum(row.unexcused for row in page.rows)
    return [
        "",
        "Tổng số",
        *(str(number) if number else "" for number in days),
        *(str(number) for number in (excused + unexcused, excused, unexcused)),
    ]


def _padded(rows: list[list[Cell]], page: AttendancePage) -> list[list[Cell]]:
    empty: list[Cell] = [""] * (31 - len(page.days))
    return [[*row[:-3], *empty, *row[-3:]] if row else row for row in rows]


def _shade(sheet: Sheet, page: AttendancePage, top: float, height: float) -> None:
    """Days without school, and columns past the end of a short month."""
    left = sheet.frame.left + NUMBER_WIDTH + _NAME
    sheet.canvas.setFillColorRGB(*_SHADE)
    for at in range(31):
        if at >= len(page.days) or not page.days[at].taught:
            x = left + at * _DAY
            sheet.canvas.rect(x, top - height, _DAY, height, stroke=0, fill=1)
    sheet.canvas.setFillColorRGB(0, 0, 0)


def _notes(page: AttendancePage, words: BookWords) -> list[str]:
    """What the signs mean, and the named days without school."""
    named: dict[str, list[int]] = {}
    for day in page.days:
        if day.note:
            named.setdefault(day.note, []).append(day.number)
    parts = [f"{_runs(numbers)}: {name}" for name, numbers in named.items()]
    _, excused, unexcused = words.absence_signs
    signs = _SIGNS.format(p=excused, k=unexcused)
    text = ". ".join([signs, *parts]) + "."
    return list(wrap(text, _NOTE.face, _NOTE.size, CONTENT_WIDTH))


def _runs(numbers: list[int]) -> str:
    """Days in words: "Ngày 2", "Ngày 16 đến 22"."""
    first, last = numbers[0], numbers[-1]
    if last - first + 1 == len(numbers):
        return f"Ngày {first}" if first == last else f"Ngày {first} đến {last}"
    return "Ngày " + ", ".join(str(number) for number in numbers)
