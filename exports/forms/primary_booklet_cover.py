"""Học bạ tiểu học: bìa, trang thông tin with photo, quá trình học tập (TT27/2020, Phụ lục 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.readmodels.primary_booklet import PrimaryParticulars, PrimarySchooling
from exports.forms.class_book_layout import PAGE_HEIGHT, PAGE_WIDTH
from exports.forms.report_booklet_furniture import (
    SEAL,
    photo_frame,
    photo_place,
    principal_signs,
    seal_place,
)
from exports.forms.report_booklet_layout import CAPTION, labelled
from exports.forms.report_booklet_words import form_line
from exports.forms.school_lines import date_place, place_line
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head
from exports.pdf.qr import draw_qr
from exports.pdf.text import Align, Pen, TextStyle

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.report_booklet import ReportBooklet, ReportBooklets
    from exports.forms.class_book_layout import Sheet

_LINE_STEP = 13 * mm
_FIRST_LINE = PAGE_HEIGHT * 0.41
"""The pupil's name on the cover; dấu treo comes into the white above it."""
_ROW = 20 * mm
_LEAST_LINES = 6
"""Printed forms have 5 to 7 lines of schooling."""
_NO_DISTRICTS_SINCE = 2025
"""School year from which papers name commune and province only (two tiers since 01/07/2025)."""


def draw_primary_cover(
    sheet: Sheet, paper: ReportBooklets, booklet: ReportBooklet, stamp: PrintStamp
) -> None:
    """BỘ GIÁO DỤC VÀ ĐÀO TẠO, HỌC BẠ TIỂU HỌC, the pupil, the school and its place."""
    canvas, school = sheet.canvas, paper.school
    left, right = 22 * mm, PAGE_WIDTH - 16 * mm
    bottom, top = 18 * mm, PAGE_HEIGHT - 18 * mm
    middle = (left + right) / 2
    canvas.frame_box(left, bottom, right, top, 2.2)
    canvas.frame_box(left + 4, bottom + 4, right - 4, top - 4, 0.7)
    inside = (left + 16 * mm, right - 16 * mm)
    with Pen(canvas) as pen:
        pen.put(
            middle, top - 20 * mm, "BỘ GIÁO DỤC VÀ ĐÀO TẠO", TextStyle(15, Face.BOLD), Align.CENTER
        )
        y = PAGE_HEIGHT * 0.66
        pen.put(middle, y, "HỌC BẠ", TextStyle(44, Face.BOLD), Align.CENTER)
        pen.put(middle, y - 34, paper.stage, TextStyle(22, Face.BOLD), Align.CENTER)
        line = form_line(paper.circular)
        pen.put_in_box((inside[0], y - 66, inside[1], y - 50), line, TextStyle(11, Face.ITALIC))
        y = _FIRST_LINE
        name = booklet.particulars.name.upper()
        labelled(pen, (inside[0], y, inside[1]), "Họ và tên học sinh", name)
        commune: tuple[tuple[str, str], ...] = (("Xã (Phường, Đặc khu)", school.commune),)
        if not _without_districts(paper):
            commune = (
                ("Xã (Phường, Thị trấn)", school.commune),
                ("Huyện (Thành phố, Quận, Thị xã)", ""),
            )
        for label, value in (
            ("Trường", school.name),
            *commune,
            ("Tỉnh (Thành phố)", school.province),
        ):
            y -= _LINE_STEP
            labelled(pen, (inside[0], y, inside[1]), label, value)
        run = f"Bản in số {stamp.run_number} · " if stamp.run_number else ""
        run += f"mã dữ liệu {stamp.digest.code} · in lúc {stamp.printed_at_text}"
        pen.put(middle, bottom + 6 * mm, run, TextStyle(9), Align.CENTER)
    seal_place(sheet, inside[0] + SEAL, _FIRST_LINE + _LINE_STEP + SEAL)
    draw_qr(canvas, stamp.qr_payload, middle - 11 * mm, bottom + 11 * mm, 22 * mm)


def draw_primary_particulars(sheet: Sheet, paper: ReportBooklets, booklet: ReportBooklet) -> None:
    """HỌC BẠ, by the birth certificate; Quốc tịch is left to be written."""
    frame, who = sheet.frame, booklet.particulars
    hometown = who.hometown if isinstance(who, PrimaryParticulars) else ""
    photo = photo_place(frame)
    photo_frame(sheet, who.photo, who.name, photo)
    middle = (photo[2] + frame.right) / 2
    left, right = frame.left + 4 * mm, frame.right - 4 * mm
    half = left + (right - left) / 2
    lines: tuple[tuple[tuple[str, str], ...], ...] = (
        (("Họ và tên học sinh", who.name), ("Giới tính", who.sex)),
        (("Ngày, tháng, năm sinh", who.birth_date), ("Dân tộc", who.ethnicity)),
        (("Nơi sinh", who.birthplace), ("Quốc tịch", "")),
        (("Quê quán", hometown),),
        (("Nơi ở hiện nay", who.address),),
        (("Họ và tên cha", who.father.name),),
        (("Họ và tên mẹ", who.mother.name),),
        (("Người giám hộ (nếu có)", who.guardian.name),),
    )
    with Pen(sheet.canvas) as pen:
        pen.put(middle, photo[3] - 16 * mm, "HỌC BẠ", TextStyle(26, Face.BOLD), Align.CENTER)
        pen.put(
            middle,
            photo[3] - 25 * mm,
            "(Ghi theo giấy khai sinh)",
            TextStyle(12, Face.ITALIC),
            Align.CENTER,
        )
        y = photo[1] - 16 * mm
        for line in lines:
            if len(line) == 1:
                labelled(pen, (left, y, right), *line[0])
            else:
                labelled(pen, (left, y, half + 24 * mm), *line[0])
                labelled(pen, (half + 27 * mm, y, right), *line[1])
            y -= _LINE_STEP
        principal_signs(pen, frame, y - 8 * mm, date_place(paper.school), paper.principal)


def draw_primary_schooling(sheet: Sheet, paper: ReportBooklets, booklet: ReportBooklet) -> None:
    """QUÁ TRÌNH HỌC TẬP: a line a school year; Số đăng bộ is written by hand."""
    frame, school = sheet.frame, paper.school
    with Pen(sheet.canvas) as pen:
        pen.put(
            frame.middle,
            frame.top - 22 * mm,
            "QUÁ TRÌNH HỌC TẬP",
            TextStyle(17, Face.BOLD),
            Align.CENTER,
        )
    where = f"{school.name}\n{place_line(school)}"
    rows: list[list[Cell]] = [
        [
            one.school_year,
            one.class_name,
            where if one.class_name else "",
            "",
            one.came_on if isinstance(one, PrimarySchooling) else "",
        ]
        for one in booklet.schooling
    ]
    widths = (28 * mm, 16 * mm, 72 * mm, 26 * mm)
    grid = Grid(
        columns=(*(Column(width) for width in widths), Column(frame.width - sum(widths))),
        heads=(
            Head("Năm học", 0, 0),
            Head("Lớp", 0, 1),
            Head("Tên trường", 0, 2),
            Head("Số đăng bộ", 0, 3),
            Head("Ngày nhập học/\nchuyển đến", 0, 4),
        ),
        head_heights=(32.0,),
        row_height=_ROW,
        size=12,
        head_size=CAPTION.size - 1,
        heavy_every=0,
    )
    years = (booklet.pages - 2) // 2
    blank_to = max(_LEAST_LINES, years + 1)
    grid.draw(sheet.canvas, frame.left, frame.top - 32 * mm, rows, blank_to=blank_to)


def _without_districts(paper: ReportBooklets) -> bool:
    return int(paper.school_year[:4]) >= _NO_DISTRICTS_SINCE
