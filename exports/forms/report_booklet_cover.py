"""Học bạ: bìa, hướng dẫn sử dụng, trang 1 with particulars and photo, quá trình học tập."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.class_book_layout import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
)
from exports.forms.report_booklet_furniture import (
    SEAL,
    photo_frame,
    photo_place,
    principal_signs,
    seal_place,
)
from exports.forms.report_booklet_layout import CAPTION, labelled
from exports.forms.report_booklet_words import booklet_words
from exports.forms.school_lines import date_place, place_line
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head
from exports.pdf.qr import draw_qr
from exports.pdf.text import Align, Pen, TextStyle

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.report_booklet import ReportBooklet, ReportBooklets
    from exports.forms.class_book_layout import Sheet

_LINE_STEP = 11 * mm
_SPARE_ROWS = 2
_ROW = 24 * mm
_HEAD = 26.0


def draw_cover(
    sheet: Sheet, paper: ReportBooklets, booklet: ReportBooklet, stamp: PrintStamp
) -> None:
    """The school, HỌC BẠ, the stage, the pupil; a place for dấu treo over the school's name."""
    canvas, school = sheet.canvas, paper.school
    left, right = 22 * mm, PAGE_WIDTH - 16 * mm
    bottom, top = 18 * mm, PAGE_HEIGHT - 18 * mm
    middle = (left + right) / 2
    canvas.frame_box(left, bottom, right, top, 2.2)
    canvas.frame_box(left + 4, bottom + 4, right - 4, top - 4, 0.7)
    seal_place(sheet, left + 12 * mm + SEAL, top - 26 * mm)
    inside = (left + 12 * mm, right - 12 * mm)
    with Pen(canvas) as pen:
        y = top - 18 * mm
        for text, style in (
            (school.authority.upper(), TextStyle(13)),
            (school.name.upper(), TextStyle(15, Face.BOLD)),
            (place_line(school), TextStyle(13)),
        ):
            pen.put_in_box((inside[0], y - 10, inside[1], y + 10), text, style)
            y -= 8.5 * mm
        y = PAGE_HEIGHT * 0.60
        pen.put(middle, y, "HỌC BẠ", TextStyle(44, Face.BOLD), Align.CENTER)
        pen.put(middle, y - 34, paper.stage, TextStyle(22, Face.BOLD), Align.CENTER)
        pen.put_in_box(
            (inside[0], y - 66, inside[1], y - 50),
            booklet_words(paper.circular).form_line,
            TextStyle(11, Face.ITALIC),
        )
        y = PAGE_HEIGHT * 0.37
        pen.put(middle, y, "Họ và tên học sinh", TextStyle(14), Align.CENTER)
        name = booklet.particulars.name.upper()
        pen.put_in_box((inside[0], y - 36, inside[1], y - 10), name, TextStyle(22, Face.BOLD))
        number = f"Số: ............................../{paper.stage_short}"
        if paper.stage_short == "THCS":
            number = "Số sổ đăng bộ PCGD: ............................../THCS"
        pen.put(middle, y - 68, number, TextStyle(14), Align.CENTER)
        run = f"Bản in số {stamp.run_number} · " if stamp.run_number else ""
        run += f"mã dữ liệu {stamp.digest.code} · in lúc {stamp.printed_at_text}"
        pen.put(middle, bottom + 6 * mm, run, TextStyle(9), Align.CENTER)
    draw_qr(canvas, stamp.qr_payload, middle - 11 * mm, bottom + 11 * mm, 22 * mm)


def draw_particulars(sheet: Sheet, paper: ReportBooklets, booklet: ReportBooklet) -> None:
    """Trang 1, complete when the booklet is made."""
    frame, who = sheet.frame, booklet.particulars
    photo = photo_place(frame)
    _, photo_bottom, photo_right, photo_top = photo
    photo_frame(sheet, who.photo, who.name, photo)
    middle = (photo_right + frame.right) / 2
    left, right, half = frame.left + 4 * mm, frame.right - 4 * mm, 104 * mm
    with Pen(sheet.canvas) as pen:
        pen.put(middle, photo_top - 16 * mm, "HỌC BẠ", TextStyle(26, Face.BOLD), Align.CENTER)
        pen.put(middle, photo_top - 25 * mm, paper.stage, TextStyle(17, Face.BOLD), Align.CENTER)
        y = photo_bottom - 17 * mm
        labelled(pen, (left, y, left + half + 14 * mm), "Họ và tên", who.name)
        labelled(pen, (left + half + 18 * mm, y, right), "Giới tính", who.sex)
        y -= _LINE_STEP
        labelled(pen, (left, y, left + half - 14 * mm), "Ngày sinh", who.birth_date)
        labelled(pen, (left + half - 10 * mm, y, right), "Dân tộc", who.ethnicity)
        y -= _LINE_STEP
        labelled(pen, (left, y, right), "Nơi sinh", who.birthplace)
        y -= _LINE_STEP
        priority = "Con liệt sĩ, con thương binh, đối tượng ưu tiên khác"
        labelled(pen, (left, y, right), priority, who.priority_group)
        y -= _LINE_STEP
        labelled(pen, (left, y, right), "Chỗ ở hiện tại", who.address)
        for label, parent in (
            ("Họ và tên cha", who.father),
            ("Họ và tên mẹ", who.mother),
            ("Họ và tên người giám hộ", who.guardian),
        ):
            y -= _LINE_STEP
            labelled(pen, (left, y, left + half), label, parent.name)
            labelled(pen, (left + half + 3 * mm, y, right), "Nghề nghiệp", parent.job)
        principal_signs(pen, frame, y - 20 * mm, date_place(paper.school), paper.principal)


def draw_schooling(sheet: Sheet, paper: ReportBooklets, booklet: ReportBooklet) -> None:
    """Trang 2: a line a school year; what this file knows is filled in."""
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
        [one.school_year, one.class_name, where if one.class_name else "", ""]
        for one in booklet.schooling
    ]
    years = (booklet.pages - 2) // 2
    widths = (28 * mm, 18 * mm, 80 * mm)
    grid = Grid(
        columns=(
            *(Column(width) for width in widths),
            Column(frame.width - sum(widths)),
        ),
        heads=(
            Head("Năm học", 0, 0),
            Head("Lớp", 0, 1),
            Head("Tên trường, xã (phường), tỉnh (thành phố)", 0, 2),
            Head("Xác nhận của nhà trường (ký, đóng dấu)", 0, 3),
        ),
        head_heights=(_HEAD,),
        row_height=_ROW,
        size=12,
        head_size=CAPTION.size - 1,
        heavy_every=0,
    )
    top = frame.top - 32 * mm
    grid.draw(sheet.canvas, frame.left, top, rows, blank_to=years + _SPARE_ROWS)
