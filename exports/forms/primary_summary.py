"""Bảng tổng hợp kết quả đánh giá giáo dục của lớp (TT27/2020, Phụ lục 2; TT22/2016).

A3 landscape, drawn in A4 points and enlarged: up to 47 columns stay readable and every sheet
repeats the three-row heading.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.form_settings import BookForm
from exports.forms.class_book_layout import FOOT_STYLE, SignaturePlace, signature
from exports.forms.letterhead import MOTTO, NATION, date_line
from exports.forms.school_lines import date_place, placed
from exports.forms.watermark import warning, watermark
from exports.pdf.fonts import Face, text_width
from exports.pdf.grid import Cell, Column, Corrected, Crossed, Grid, Head
from exports.pdf.page import THIN, Frame, Paper, PDFACanvas
from exports.pdf.pdfa import DocumentInfo
from exports.pdf.qr import draw_qr
from exports.pdf.text import Align, Pen, TextStyle, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.class_book import BookCell, PrintStamp
    from app.readmodels.primary_summary import PrimarySummary, SummaryPupil
    from app.readmodels.rendered_pdf import RenderedPdf

TITLE = "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC"

_HEIGHT, _WIDTH = Paper.A4.value
_FRAME = Frame(24, 26, _WIDTH - 24, _HEIGHT - 20)
_FOOT = 20.0
_FIXED = (Column(17), Column(104, Align.LEFT), Column(44), Column(15))
_FIXED_HEADS = ("STT", "Họ và tên học sinh", "Ngày, tháng, năm sinh", "Nữ")
_NOTE_WIDTH = 74.0
_WIDEST = 30.0
"""Points: a form with few columns does not stretch its letters over the page."""
_HEAD_HEIGHTS = (13.0, 24.0, 62.0)
_ROW, _SIZE, _HEAD_SIZE = 12.0, 7.6, 6.6
_ROWS_A_PAGE = 31
_LAST_ROWS = 17
"""Rows that leave room for legend and signatures under them, teachers up to `_TEACHERS`."""
_FEWEST_ROWS = 5
"""Never the names alone on the last sheet."""
_TEACHERS = 8
"""Subject teachers whose lines fit; each further one takes the room of a row."""
_SIGNATURES = 108.0
_TEACHER_LINE = 11.0

_SCHOOL = TextStyle(9.5)
_SCHOOL_BOLD = TextStyle(9.5, Face.BOLD)
_TITLE = TextStyle(13, Face.BOLD)
_ABOUT = TextStyle(10.5, Face.BOLD)
_SMALL = TextStyle(8.5, Face.ITALIC)


@dataclass(frozen=True, slots=True)
class _Page:
    canvas: PDFACanvas
    number: int
    total: int


def render_primary_summary(table: PrimarySummary, stamp: PrintStamp) -> RenderedPdf:
    """The table as PDF/A-2u; the same table and stamp give the same bytes."""
    title = f"Bảng tổng hợp kết quả đánh giá giáo dục, lớp {table.class_name}, {table.period}"
    info = DocumentInfo(
        title=title,
        author=table.school.name,
        subject=title,
        keywords=f"{stamp.run_number} d1:{stamp.digest.hex}",
        made_at=stamp.printed_at,
    )
    form = stamp.forms.of(BookForm.PRIMARY_SUMMARY)
    table = replace(table, school=placed(table.school, form))
    canvas = PDFACanvas(info, Paper.A3, landscape=True, form=form)
    grid = _grid(table).with_tail(form.tail, _FRAME.width)
    pages = _pages(table, form.rows or _ROWS_A_PAGE)
    for number, pupils in enumerate(pages, 1):
        page = _Page(canvas, number, len(pages))
        canvas.begin_page()
        watermark(canvas, stamp, _WIDTH, _HEIGHT)
        if number == 1:
            canvas.bookmark(f"Lớp {table.class_name}, {table.period}")
        top = _heading(canvas, table, first=number == 1)
        left = _FRAME.left + max(0.0, (_FRAME.width - grid.width) / 2)
        bottom = grid.draw(canvas, left, top, [_row(pupil) for pupil in pupils])
        if number == len(pages):
            _close(canvas, table, stamp, bottom)
        _foot(page, stamp)
        canvas.end_page()
    return canvas.finish()


def _pages(table: PrimarySummary, most: int) -> list[Sequence[SummaryPupil]]:
    """Rows sheet by sheet; the last sheet keeps room for whoever signs."""
    more = max(0, len(table.teachers) - _TEACHERS)
    last = max(_FEWEST_ROWS, min(_LAST_ROWS - more, most))
    pages: list[Sequence[SummaryPupil]] = []
    rest = list(table.pupils)
    while len(rest) > last:
        take = min(most, len(rest) - _FEWEST_ROWS)
        pages.append(rest[:take])
        rest = rest[take:]
    return [*pages, rest]


def _grid(table: PrimarySummary) -> Grid:
    narrow = sum(not column.wide for column in table.columns)
    wide = len(table.columns) - narrow
    room = _FRAME.width - sum(column.width for column in _FIXED) - wide * _NOTE_WIDTH
    width = min(_WIDEST, room / max(narrow, 1))
    columns = tuple(
        Column(_NOTE_WIDTH, Align.LEFT) if column.wide else Column(width)
        for column in table.columns
    )
    heads = [
        Head(text, 0, at, rows=3, turned=at == len(_FIXED) - 1)
        for at, text in enumerate(_FIXED_HEADS)
    ]
    heads += _heads(table, 0, range(len(table.columns)))
    return Grid(
        (*_FIXED, *columns),
        tuple(heads),
        _HEAD_HEIGHTS,
        _ROW,
        size=_SIZE,
        head_size=_HEAD_SIZE,
    )


def _heads(table: PrimarySummary, level: int, places: range) -> list[Head]:
    """Headings of some columns from `level` down, equal neighbours merged."""
    found: list[Head] = []
    at = places.start
    while at < places.stop:
        path = table.columns[at].heads
        end = at + 1
        while end < places.stop and table.columns[end].heads[: level + 1] == path[: level + 1]:
            end += 1
        last = len(path) - 1
        if level == last:
            rows = len(_HEAD_HEIGHTS) - level
            column = table.columns[at]
            found.append(
                Head(
                    path[level],
                    level,
                    at + len(_FIXED),
                    rows=rows,
                    turned=not column.wide,
                    face=Face.REGULAR if level else Face.BOLD,
                )
            )
            end = at + 1
        else:
            found.append(
                Head(
                    path[level],
                    level,
                    at + len(_FIXED),
                    columns=end - at,
                    face=Face.BOLD if level == 0 else Face.REGULAR,
                )
            )
            found += _heads(table, level + 1, range(at, end))
        at = end
    return found


def _row(pupil: SummaryPupil) -> list[Cell]:
    name: Cell = Crossed(pupil.name) if pupil.left else pupil.name
    female = "x" if pupil.female else ""
    cells = [_cell(cell) for cell in pupil.cells]
    return [str(pupil.position), name, pupil.birth_date, female, *cells]


def _cell(cell: BookCell) -> Cell:
    return Corrected(cell.text, cell.struck) if cell.struck else cell.text


def _heading(canvas: PDFACanvas, table: PrimarySummary, *, first: bool) -> float:
    """School and nation, title and class; the y where the table starts."""
    top = _FRAME.top
    class_line = f"{table.period} - Lớp: {table.class_name} - Năm học: {table.school_year}"
    with Pen(canvas) as pen:
        if not first:
            pen.put(_FRAME.left, top - 11, f"{TITLE} (tiếp theo)", _SCHOOL_BOLD)
            pen.put(_FRAME.right, top - 11, class_line, _SMALL, Align.RIGHT)
            return top - 18
        left, right = _FRAME.left + 110, _FRAME.right - 120
        pen.put(left, top - 10, table.school.authority.upper(), _SCHOOL, Align.CENTER)
        pen.put(left, top - 22, table.school.name.upper(), _SCHOOL_BOLD, Align.CENTER)
        pen.put(right, top - 10, NATION, _SCHOOL_BOLD, Align.CENTER)
        pen.put(right, top - 22, MOTTO, _SCHOOL_BOLD, Align.CENTER)
        if table.form:
            pen.put(_FRAME.middle, top - 10, f"Mẫu {table.form}", _SMALL, Align.CENTER)
        pen.put(_FRAME.middle, top - 38, TITLE, _TITLE, Align.CENTER)
        pen.put(_FRAME.middle, top - 52, class_line, _ABOUT, Align.CENTER)
        said = ". ".join(part for part in (table.decree, table.closed) if part)
        pen.put(_FRAME.middle, top - 63, f"({said})", _SMALL, Align.CENTER)
    half = text_width(MOTTO, _SCHOOL_BOLD.face, _SCHOOL_BOLD.size) / 2
    canvas.rules([(right - half, top - 25, right + half, top - 25)], THIN)
    return top - 70


def _close(canvas: PDFACanvas, table: PrimarySummary, stamp: PrintStamp, bottom: float) -> None:
    """Legend at the left, places to sign under it, the QR code beside them."""
    y = bottom - 12
    female = sum(pupil.female and not pupil.left for pupil in table.pupils)
    present = sum(not pupil.left for pupil in table.pupils)
    lines = (*table.legend, f"Sĩ số: {present} học sinh, nữ: {female}.")
    when = f"{date_place(table.school)}, {date_line(table.day, table.month, table.year)}"
    with Pen(canvas) as pen:
        for line in lines:
            pen.put(_FRAME.left, y, line, _SMALL)
            y -= 10.5
        third = _FRAME.width / 3
        top = bottom - 44
        pen.put(_FRAME.right - third / 2, bottom - 36, when, _SMALL, Align.CENTER)
        places = (
            SignaturePlace("GIÁO VIÊN MÔN HỌC", "(Ký xác nhận)"),
            SignaturePlace("GIÁO VIÊN CHỦ NHIỆM", "(Ký, ghi rõ họ tên)", table.homeroom_teacher),
            SignaturePlace(
                "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên và đóng dấu)", table.principal, stamped=True
            ),
        )
        for index, place in enumerate(places):
            left = _FRAME.left + index * third
            signature(pen, (left, top - _SIGNATURES, left + third, top), place)
        y = top - 40
        for teacher in table.teachers:
            words = f"{teacher.subjects}: {teacher.name} ………………"
            room = third - 52
            size = fit(words, _SMALL.face, _SMALL.size, room, _TEACHER_LINE).size
            pen.put(_FRAME.left + 48, y, words, TextStyle(size, _SMALL.face))
            y -= _TEACHER_LINE
    draw_qr(canvas, stamp.qr_payload, _FRAME.left, top - 74, 40)


def _foot(page: _Page, stamp: PrintStamp) -> None:
    canvas = page.canvas
    canvas.rules([(_FRAME.left, _FOOT, _FRAME.right, _FOOT)], THIN)
    parts = (
        warning(stamp),
        f"Bản in số {stamp.run_number}" if stamp.run_number else "",
        f"in lúc {stamp.printed_at_text}",
        f"mã dữ liệu {stamp.digest.code}",
        f"mã nhật ký {stamp.checkpoint_code}" if stamp.checkpoint_code else "",
    )
    with Pen(canvas) as pen:
        said = " · ".join(part for part in parts if part)
        pen.put(_FRAME.left, _FOOT - 9, said, FOOT_STYLE)
        number = f"Tờ {page.number}/{page.total}"
        pen.put(_FRAME.right, _FOOT - 9, number, FOOT_STYLE, Align.RIGHT)
