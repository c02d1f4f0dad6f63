"""Học bạ: the two pages of a school year, subjects on the front, the year's results on the back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.class_book_layout import (
    CONTENT_WIDTH,
    SignaturePlace,
    sign_block,
    signature,
    signature_height,
)
from exports.forms.report_booklet_layout import (
    CAPTION,
    dots,
    dotted_lines,
    labelled,
    year_heading,
)
from exports.forms.report_booklet_words import booklet_words
from exports.forms.school_lines import date_place, place_line
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head
from exports.pdf.text import Align, Pen, TextStyle, wrap

if TYPE_CHECKING:
    from app.readmodels.report_booklet import BookletLevels, BookletYear, ReportBooklets
    from exports.forms.class_book_layout import Sheet

_NAME = 39 * mm
_TERM = 15 * mm
_AGAIN = 21 * mm
_COMMENT = CONTENT_WIDTH - _NAME - 3 * _TERM - _AGAIN
_SIGNED = 0.36
"""The right part of a comment where the teacher signs over the printed name."""
_HEADS = (34.0, 22.0)
_TALLEST_ROW = 15 * mm
_CORRECTIONS = 17 * mm
_COMMENT_STYLE = TextStyle(9.5)
_TEACHER_STYLE = TextStyle(8.5, Face.ITALIC)
_REMARK = TextStyle(12.5)
_WRITING_STEP = 7.6 * mm
_TERM_WORDS = ("Học kì I", "Học kì II", "Cả năm")


def draw_subjects(sheet: Sheet, name: str, year: BookletYear) -> None:
    """Page A: a subject a row, the teachers sign in its last column."""
    frame, words = sheet.frame, booklet_words(year.circular)
    top = year_heading(sheet, name, year.class_name, year.school_year)
    places = (
        SignaturePlace(
            "Xác nhận của giáo viên chủ nhiệm", "(Ký và ghi rõ họ tên)", year.homeroom_teacher
        ),
        SignaturePlace(
            "Xác nhận của Hiệu trưởng",
            "(Ký, ghi rõ họ tên và đóng dấu)",
            year.principal,
            stamped=True,
        ),
    )
    signing = signature_height(places, 0)
    rows = _rows(year, words.average)
    room = top - frame.bottom - sum(_HEADS) - _CORRECTIONS - signing
    height = min(_TALLEST_ROW, room / max(len(rows), 1))
    grid = Grid(
        columns=(
            Column(_NAME, Align.LEFT),
            Column(_TERM),
            Column(_TERM),
            Column(_TERM, face=Face.BOLD),
            Column(_AGAIN),
            Column(_COMMENT, Align.LEFT),
        ),
        heads=(
            Head(words.subject, 0, 0, 2),
            Head(words.results, 0, 1, 1, 3),
            *(Head(term, 1, 1 + at) for at, term in enumerate(_TERM_WORDS)),
            Head(words.reassessed, 0, 4, 2),
            Head(words.comments, 0, 5, 2),
        ),
        head_heights=_HEADS,
        row_height=height,
        size=11,
        head_size=10,
        heavy_every=0,
    )
    bottom = grid.draw(sheet.canvas, frame.left, top, rows)
    with Pen(sheet.canvas) as pen:
        _write_comments(pen, year, frame.left + CONTENT_WIDTH, top - sum(_HEADS), height)
        y = bottom - 15
        said = "Trong trang này có sửa chữa ở: ............... chỗ, thuộc các môn học"
        labelled(pen, (frame.left, y, frame.right), said, "")
        dots(pen, frame.left, y - 17, frame.right)
    sign_block(sheet, bottom - _CORRECTIONS, places, signing)


def _rows(year: BookletYear, average: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        [one.name, one.term_1, one.term_2, one.year, one.reassessed, ""] for one in year.subjects
    ]
    if year.averages:
        rows.append([average, *year.averages, "", ""])
    return rows


def _write_comments(pen: Pen, year: BookletYear, right: float, top: float, height: float) -> None:
    """The comment at the left of its cell; the teachers' names low at the right, to sign over."""
    split = right - _COMMENT * _SIGNED
    for one in year.subjects:
        bottom = top - height
        box = (right - _COMMENT + 3, bottom + 1, split - 2, top - 1)
        pen.put_in_box(box, one.comment, _COMMENT_STYLE, Align.LEFT)
        # Where several teachers share a subject all of them sign (§4.0).
        names = "\n".join(one.teachers)
        room = min(height * 0.75, 11.0 * max(len(one.teachers), 1))
        box = (split, bottom + 1, right - 2, bottom + 1 + room)
        pen.put_in_box(box, names, _TEACHER_STYLE)
        top = bottom


def draw_results(sheet: Sheet, paper: ReportBooklets, name: str, year: BookletYear) -> None:
    """Page B: levels, what follows, remarks of GVCN and of the principal."""
    frame, school = sheet.frame, paper.school
    top = year_heading(sheet, name, year.class_name, year.school_year)
    with Pen(sheet.canvas) as pen:
        labelled(pen, (frame.left, top - 8, frame.right), "Trường", school.name)
        labelled(
            pen,
            (frame.left, top - 28, frame.right),
            "Xã (phường), tỉnh (thành phố)",
            place_line(school),
        )
    bottom = _levels_grid(year).draw(sheet.canvas, frame.left, top - 40, [])
    y = bottom - 20
    words = booklet_words(year.circular)
    with Pen(sheet.canvas) as pen:
        for label, value in (
            (words.promoted, year.promoted),
            (words.retained, year.retained),
            ("Chứng chỉ (nếu có)", ""),
            ("Kết quả tham gia các cuộc thi (nếu có)", ""),
            ("Khen thưởng", year.award),
        ):
            labelled(pen, (frame.left, y, frame.right), label, value)
            y -= 20
    y -= 4
    _homeroom_remark(sheet, year, y, frame.bottom + _PRINCIPAL)
    _principal_remark(sheet, date_place(school), year, frame.bottom + _PRINCIPAL)


_PRINCIPAL = 78 * mm


def _levels_grid(year: BookletYear) -> Grid:
    """Three rows whose last columns are one cell: the grid's heads can be merged, so all are."""
    words = booklet_words(year.circular)
    widths = (26 * mm, 33 * mm, 33 * mm, 25 * mm)
    after = (CONTENT_WIDTH - sum(widths)) / 2
    body: list[Head] = []
    levels: tuple[BookletLevels, ...] = (year.term_1, year.term_2, year.year)
    for at, (term, level) in enumerate(zip(_TERM_WORDS, levels, strict=True)):
        face = Face.BOLD if level is year.year else Face.REGULAR
        body += [
            Head(term, 2 + at, 0),
            Head(level.conduct, 2 + at, 1, face=face),
            Head(level.learning, 2 + at, 2, face=face),
        ]
    body += [
        Head(year.absences, 2, 3, 3, face=Face.REGULAR),
        Head(year.after_summer.conduct, 2, 4, 3),
        Head(year.after_summer.learning, 2, 5, 3),
    ]
    return Grid(
        columns=(*(Column(width) for width in widths), Column(after), Column(after)),
        heads=(
            Head("Học kì", 0, 0, 2),
            Head(words.levels, 0, 1, 1, 2),
            Head(words.conduct, 1, 1),
            Head(words.learning, 1, 2),
            Head("Tổng số buổi nghỉ học cả năm", 0, 3, 2),
            Head(words.levels_after, 0, 4, 1, 2),
            Head(words.conduct, 1, 4),
            Head(words.learning, 1, 5),
            *body,
        ),
        head_heights=(40.0, 24.0, 22.0, 22.0, 22.0),
        row_height=1.0,
        head_size=10.5,
        heavy_every=0,
    )


def _homeroom_remark(sheet: Sheet, year: BookletYear, top: float, bottom: float) -> None:
    frame = sheet.frame
    place = SignaturePlace("Giáo viên chủ nhiệm", "(Ký và ghi rõ họ tên)", year.homeroom_teacher)
    height = signature_height([place], 0)
    with Pen(sheet.canvas) as pen:
        title = "NHẬN XÉT CỦA GIÁO VIÊN CHỦ NHIỆM"
        pen.put(frame.middle, top - 12, title, CAPTION, Align.CENTER)
        lines_bottom = bottom + height + 8
        if year.comment:
            box = (frame.left, lines_bottom, frame.right, top - 20)
            _write_remark(pen, box, year.comment)
        else:
            dotted_lines(pen, frame, top - 16, lines_bottom, _WRITING_STEP)
        signature(pen, (frame.right - 80 * mm, bottom + 6, frame.right, bottom + 6 + height), place)


def _write_remark(pen: Pen, box: tuple[float, float, float, float], text: str) -> None:
    """At the top of its place in running lines; smaller only when it would not fit."""
    left, bottom, right, top = box
    lines = wrap(text, _REMARK.face, _REMARK.size, right - left)
    step = _REMARK.size * 1.4
    if len(lines) * step > top - bottom:
        pen.put_in_box(box, text, _REMARK, Align.LEFT)
        return
    y = top - _REMARK.size
    for line in lines:
        pen.put(left, y, line, _REMARK)
        y -= step


def _principal_remark(sheet: Sheet, place_name: str, year: BookletYear, top: float) -> None:
    frame = sheet.frame
    place = SignaturePlace(
        "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên và đóng dấu)", year.principal, stamped=True
    )
    height = signature_height([place], 0)
    with Pen(sheet.canvas) as pen:
        title = "NHẬN XÉT, PHÊ DUYỆT CỦA HIỆU TRƯỞNG"
        pen.put(frame.middle, top - 12, title, CAPTION, Align.CENTER)
        date_y = frame.bottom + height + 6
        dotted_lines(pen, frame, top - 16, date_y + 16, _WRITING_STEP)
        date = f"{place_name}, ngày ...... tháng ...... năm 20......"
        centre = frame.right - 42 * mm
        pen.put(centre, date_y, date, TextStyle(12, Face.ITALIC), Align.CENTER)
        box = (centre - 42 * mm, frame.bottom, centre + 42 * mm, frame.bottom + height)
        signature(pen, box, place)
