"""Học bạ tiểu học: the two pages of a school year (TT27/2020, Phụ lục 1; TT22/2016).

The front has the subjects; the back phẩm chất, năng lực, what the year led to, and the signatures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.class_book_layout import (
    CONTENT_WIDTH,
    SignaturePlace,
    sign_block,
    signature_height,
)
from exports.forms.primary_booklet_words import (
    COMMENT,
    GROUP_HEADINGS,
    LEVEL,
    SCORE,
    primary_words,
)
from exports.forms.report_booklet_layout import (
    CAPTION,
    LINE,
    LINE_BOLD,
    dots,
    labelled,
    year_heading,
)
from exports.forms.school_lines import date_place, place_line
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head
from exports.pdf.text import Align, Pen, TextStyle

if TYPE_CHECKING:
    from app.readmodels.primary_booklet import BookletTraits, PrimaryBookletYear
    from app.readmodels.report_booklet import ReportBooklets
    from exports.forms.class_book_layout import Sheet

_NAME, _LEVEL = 50 * mm, 18 * mm
_COMMENT = CONTENT_WIDTH - _NAME - 2 * _LEVEL
_SUBJECT_HEAD = 30.0
_TALLEST_ROW = 15 * mm
_TRAIT_HEAD = 17.0
_FULL_PAGE = 8
"""More traits than this leave their rows less height."""
_TRAIT_ROW, _CALM_TRAIT_ROW = 20.0, 27.0
_HEADING = 15.0
_GAP = 7.0
_LINE = 19.0
_INDENT = 16.0
_NOTE = TextStyle(10, Face.ITALIC)
_COMMENT_STYLE = TextStyle(11)


def draw_primary_subjects(sheet: Sheet, name: str, year: PrimaryBookletYear) -> None:
    """Page A: health, days absent, a subject a row."""
    frame, words = sheet.frame, primary_words(year.circular)
    top = year_heading(sheet, name, year.class_name, year.school_year)
    third = frame.width / 3
    with Pen(sheet.canvas) as pen:
        y = top - 6
        labels = ["Chiều cao", "Cân nặng", *(["Sức khỏe"] if words.health else [])]
        for at, label in enumerate(labels):
            labelled(
                pen, (frame.left + at * third, y, frame.left + (at + 1) * third - 8), label, ""
            )
        y -= _LINE
        absent = "Số ngày nghỉ có phép"
        labelled(pen, (frame.left, y, frame.left + third * 1.3), absent, year.excused)
        rest = frame.left + third * 1.3 + 10
        labelled(pen, (rest, y, rest + third), "Không phép", year.unexcused)
        y -= 22
        pen.put(frame.left, y, words.subjects, CAPTION)
    top = y - 7
    foot = _LINE if year.note else 0.0
    height = min(_TALLEST_ROW, (top - frame.bottom - _SUBJECT_HEAD - foot) / len(year.subjects))
    values = (Column(_LEVEL, face=Face.BOLD), Column(_LEVEL, face=Face.BOLD))
    comment = Column(_COMMENT, Align.LEFT)
    heads = (LEVEL, SCORE, COMMENT) if words.score_first else (COMMENT, LEVEL, SCORE)
    columns = (*values, comment) if words.score_first else (comment, *values)
    rows: list[list[Cell]] = [
        [one.name, one.level, one.score, one.comment]
        if words.score_first
        else [one.name, one.comment, one.level, one.score]
        for one in year.subjects
    ]
    grid = Grid(
        columns=(Column(_NAME, Align.LEFT), *columns),
        heads=(Head(words.subject, 0, 0), *(Head(h, 0, at) for at, h in enumerate(heads, 1))),
        head_heights=(_SUBJECT_HEAD,),
        row_height=height,
        size=11.5,
        head_size=10.5,
        heavy_every=0,
    )
    bottom = grid.draw(sheet.canvas, frame.left, top, rows)
    if year.note:
        with Pen(sheet.canvas) as pen:
            pen.put(frame.left, bottom - 14, f"Ghi chú: {year.note}.", _NOTE)


def draw_primary_results(
    sheet: Sheet, paper: ReportBooklets, name: str, year: PrimaryBookletYear
) -> None:
    """Page B: phẩm chất, năng lực, result, khen thưởng, what follows, both signatures."""
    frame, words, school = sheet.frame, primary_words(year.circular), paper.school
    top = year_heading(sheet, name, year.class_name, year.school_year)
    place = place_line(school)
    where = ", ".join(part for part in (school.name, place[:1].lower() + place[1:]) if part)
    with Pen(sheet.canvas) as pen:
        labelled(pen, (frame.left, top - 6, frame.right), "Trường", where)
    y = top - 20
    if words.traits:
        y = _caption(sheet, y, words.traits)
    rows = sum(len(group.traits) for group in year.traits)
    height = _TRAIT_ROW if rows > _FULL_PAGE else _CALM_TRAIT_ROW
    for group in year.traits:
        y = _traits(sheet, y, group, height) - _GAP
    with Pen(sheet.canvas) as pen:
        y -= _HEADING - 4
        for label, value in (
            (words.result, year.result),
            (words.award, year.award),
        ):
            if label:
                labelled(pen, (frame.left, y, frame.right), label, value)
                y -= _LINE
        pen.put(frame.left, y, f"{words.completion}:", LINE)
        y -= _LINE
        if year.completion:
            pen.put(frame.left + _INDENT, y, f"{year.completion}.", LINE_BOLD)
        else:
            dots(pen, frame.left + _INDENT, y, frame.right)
        y -= _LINE
    places = (
        SignaturePlace(
            "Xác nhận của Hiệu trưởng",
            "(Ký, ghi rõ họ tên và đóng dấu)",
            year.principal,
            stamped=True,
        ),
        SignaturePlace("Giáo viên chủ nhiệm", "(Ký, ghi rõ họ tên)", year.homeroom_teacher),
    )
    signing = signature_height(places, 0)
    centre = frame.left + frame.width * 3 / 4
    bottom = max(y - 20 - signing, frame.bottom)
    with Pen(sheet.canvas) as pen:
        date = f"{date_place(school)}, ngày ...... tháng ...... năm 20......"
        pen.put(centre, bottom + signing + 5, date, TextStyle(12, Face.ITALIC), Align.CENTER)
    sign_block(sheet, bottom + signing, places, signing)


def _caption(sheet: Sheet, y: float, words: str) -> float:
    """Bold lines at the left; the y under them."""
    with Pen(sheet.canvas) as pen:
        for line in words.split("\n"):
            y -= _HEADING
            pen.put(sheet.frame.left, y, line, CAPTION)
    return y - 5


def _traits(sheet: Sheet, y: float, group: BookletTraits, height: float) -> float:
    """A group's table: a level a row, one Nhận xét beside them all; the y under it."""
    frame = sheet.frame
    above, first = GROUP_HEADINGS[group.group]
    if above:
        y = _caption(sheet, y, above)
    narrow = Grid(
        columns=(Column(_NAME + 8 * mm, Align.LEFT), Column(_LEVEL + 6 * mm, face=Face.BOLD)),
        heads=(Head(first, 0, 0), Head(LEVEL, 0, 1)),
        head_heights=(_TRAIT_HEAD,),
        row_height=height,
        size=11.5,
        head_size=10.5,
        heavy_every=0,
    )
    rows: list[list[Cell]] = [[one.name, one.level] for one in group.traits]
    bottom = narrow.draw(sheet.canvas, frame.left, y, rows)
    beside = frame.left + narrow.width
    wide = Grid(
        columns=(Column(frame.right - beside, Align.LEFT),),
        heads=(Head(COMMENT, 0, 0),),
        head_heights=(_TRAIT_HEAD,),
        row_height=height * len(rows),
        size=_COMMENT_STYLE.size,
        head_size=10.5,
        heavy_every=0,
    )
    wide.draw(sheet.canvas, beside, y, [[group.comment]])
    return bottom
