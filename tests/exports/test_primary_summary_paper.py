"""Bảng tổng hợp of a primary class: how many sheets, and room for everybody who signs."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.clock import VIETNAM
from app.readmodels.class_book import BookCell, SchoolLines
from app.readmodels.primary_summary import (
    PrimarySummary,
    SummaryHead,
    SummaryPupil,
    SummaryTeacher,
    primary_summary_digest,
)
from app.readmodels.rendered_pdf import RenderedPdf
from exports.forms.primary_summary import render_primary_summary
from tests.exports.sample_book import PrintStamp

SCHOOL = SchoolLines(
    "UBND xã Đồng Xuân", "Trường Tiểu học Đồng Xuân", "xã Đồng Xuân", "tỉnh Thanh Hóa"
)
LONG = "Công Tằng Tôn Nữ Nguyễn Phúc Hoàng Thị Phương Khuyên"


def sample_summary(pupils: int = 17, teachers: int = 4) -> RenderedPdf:
    heads = tuple(SummaryHead(("Môn học và hoạt động giáo dục", f"Môn {n}")) for n in range(20))
    table = PrimarySummary(
        SCHOOL, "9", "Đánh giá theo Thông tư số 27/2020/TT-BGDĐT", "Cuối năm học", "4A",
        "2026–2027", "", heads,
        tuple(
            SummaryPupil(n, LONG, "01/01/2016", True, "", (BookCell("10", ""),) * 20)
            for n in range(1, pupils + 1)
        ),
        ("T: Hoàn thành tốt.", "Đ: Đạt."), LONG, LONG,
        tuple(SummaryTeacher(f"Nghệ thuật {n}", LONG) for n in range(teachers)), 23, 5, 2027,
    )  # fmt: skip
    made_at = datetime(2027, 5, 23, 8, tzinfo=VIETNAM)
    stamp = PrintStamp("", made_at, primary_summary_digest(table), draft=True)
    return render_primary_summary(table, stamp)


def sheets(pupils: int, teachers: int) -> int:
    return sample_summary(pupils, teachers).pages


@pytest.mark.parametrize(
    ("pupils", "teachers", "expected"),
    [(0, 1, 1), (1, 1, 1), (17, 8, 1), (18, 8, 2), (35, 2, 2), (36, 2, 2), (55, 3, 3), (58, 13, 3)],
)
def test_every_class_has_its_sheets(pupils, teachers, expected):
    assert sheets(pupils, teachers) == expected


def test_many_teachers_who_sign_never_reach_the_foot_of_the_sheet():
    assert [sheets(17, teachers) for teachers in (8, 9, 13)] == [1, 2, 2]
    assert [sheets(12, teachers) for teachers in (9, 13)] == [1, 1]
