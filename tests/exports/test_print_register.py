"""Sổ theo dõi bản in on paper: every run a line, nothing clipped, the same bytes again."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.clock import VIETNAM
from app.readmodels.class_book import PrintStamp, SchoolLines
from app.readmodels.print_register import PrintRegister, RegisteredRun, print_register_digest
from exports.press import Paper
from tests.exports.pdf_reading import all_text

LONG = "Sổ theo dõi và đánh giá học sinh (theo lớp học), lớp 12A15, học kì II và cả năm"


def register(count: int) -> PrintRegister:
    runs = tuple(
        RegisteredRun(
            f"{n:04d}", "30/05/2027, Nguyễn Hoàng Phương Thảo", LONG, "SO7QX2M4", 147, 3,
            "Đóng dấu 02/06/2027", "Kho lưu trữ tầng 2, tủ 14, ngăn 3; Trần Thị Mai giữ",
            "Đoàn thanh tra Sở Giáo dục và Đào tạo mượn, hẹn trả 15/06/2027",
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    return PrintRegister(
        SchoolLines("Trường THCS Đồng Xuân", "UBND xã Đồng Xuân", "xã Đồng Xuân",
                    "tỉnh Thanh Hóa"), 5, 6, 2027, "2026–2027", runs, 441 * count, 2,
        "Lê Văn Khải", "Trần Thị Mai",
    )  # fmt: skip


def stamp(paper: PrintRegister) -> PrintStamp:
    at = datetime(2027, 6, 5, 9, 0, tzinfo=VIETNAM)
    return PrintStamp("0042", at, print_register_digest(paper), draft=False)


@pytest.mark.parametrize("count", [1, 60])
def test_every_run_stands_on_the_paper_whole(count):
    paper = register(count)
    made = Paper().print_register(paper, stamp(paper))
    text = " ".join(all_text(made))
    for run in paper.runs:
        assert run.number in text
    assert text.count("hẹn trả 15/06/2027") == count
    assert f"Cộng: {count} bản in, {441 * count} trang giấy; 2 bản chưa đủ" in text
    assert "Trang × bản" in text
    assert text.count("Bản in số 0042") >= made.pages
    assert Paper().print_register(paper, stamp(paper)).content == made.content


def test_another_place_is_another_digest():
    assert print_register_digest(register(1)) != print_register_digest(register(2))
