"""Bảng tổng hợp of a primary class: how many sheets, and room for everybody who signs."""

from __future__ import annotations

from dataclasses import replace
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
from tests.exports.pdf_reading import assert_archival, open_pdf, printed_runs
from tests.exports.sample_book import PrintStamp

SCHOOL = SchoolLines(
    "UBND xã Đồng Xuân", "Trường Tiểu học Đồng Xuân", "xã Đồng Xuân", "tỉnh Thanh Hóa"
)
LONG = "Công Tằng Tôn Nữ Nguyễn Phúc Hoàng Thị Phương Khuyên"


def sample_table(
    pupils: int, teachers: int, heads: tuple[SummaryHead, ...], mark: str = "10"
) -> PrimarySummary:
    return PrimarySummary(
        SCHOOL, "9", "Đánh giá theo Thông tư số 27/2020/TT-BGDĐT", "Cuối năm học", "4A",
        "2026–2027", "", heads,
        tuple(
            SummaryPupil(n, LONG, "01/01/2016", True, "", (BookCell(mark),) * len(heads))
            for n in range(1, pupils + 1)
        ),
        ("T: Hoàn thành tốt.", "Đ: Đạt."), LONG, LONG,
        tuple(SummaryTeacher(f"Nghệ thuật {n}", LONG) for n in range(teachers)), 23, 5, 2027,
    )  # fmt: skip


def drawn_summary(table: PrimarySummary) -> RenderedPdf:
    made_at = datetime(2027, 5, 23, 8, tzinfo=VIETNAM)
    stamp = PrintStamp("", made_at, primary_summary_digest(table), draft=True)
    return render_primary_summary(table, stamp)


def sheets(pupils: int, teachers: int) -> int:
    heads = tuple(SummaryHead(("Môn học và hoạt động giáo dục", f"Môn {n}")) for n in range(20))
    return drawn_summary(sample_table(pupils, teachers, heads)).pages


@pytest.mark.parametrize(
    ("pupils", "teachers", "expected"),
    [(0, 1, 1), (1, 1, 1), (17, 8, 1), (18, 8, 2), (35, 2, 2), (36, 2, 2), (55, 3, 3), (58, 13, 3)],
)
def test_every_class_has_its_sheets(pupils, teachers, expected):
    assert sheets(pupils, teachers) == expected


def test_many_teachers_who_sign_never_reach_the_foot_of_the_sheet():
    assert [sheets(17, teachers) for teachers in (8, 9, 13)] == [1, 2, 2]
    assert [sheets(12, teachers) for teachers in (9, 13)] == [1, 1]


@pytest.mark.parametrize("pupils", [1, 45, 55])
def test_every_cell_stands_in_the_line_of_its_pupil(pupils):
    heads = tuple(SummaryHead(("Môn học và hoạt động giáo dục", f"Môn {n}")) for n in range(24))
    table = sample_table(pupils, 2, heads)
    lines = tuple(
        replace(
            one,
            name=f"Em số {one.position}",
            cells=tuple(BookCell("THC"[(one.position * at) % 3]) for at in range(24)),
        )
        for one in table.pupils
    )
    drawn = drawn_summary(replace(table, pupils=lines))
    found: dict[str, list[str]] = {}
    for page in open_pdf(drawn).pages:
        runs = [run for run in printed_runs(page) if not run.turned]
        for name in (run for run in runs if run.text.startswith("Em số ")):
            near = [run for run in runs if abs(run.baseline - name.baseline) < 3]
            found[name.text] = [run.text for run in sorted(near, key=lambda run: run.left)]
    assert len(found) == pupils
    for one in lines:
        cells = [cell.text for cell in one.cells]
        assert found[one.name] == [str(one.position), one.name, "01/01/2016", "x", *cells]


def test_the_same_table_and_stamp_give_the_same_bytes():
    heads = (SummaryHead(("Môn học và hoạt động giáo dục", "Toán")),)
    table = sample_table(3, 1, heads)
    assert drawn_summary(table).content == drawn_summary(table).content
    assert_archival(drawn_summary(table))
