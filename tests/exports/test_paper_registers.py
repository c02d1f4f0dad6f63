"""Sổ theo dõi trả học bạ and phiếu mượn, trả on paper: every line, room to sign, same bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.readmodels.booklet_returns import booklet_returns_digest
from app.readmodels.loan_slip import loan_slip_digest
from exports.forms.booklet_returns import render_booklet_returns
from exports.forms.loan_slip import render_loan_slip
from tests.exports.pdf_reading import all_text, assert_archival
from tests.exports.sample_own_papers import own_stamp, sample_loan, sample_returns


def register(paper):
    return render_booklet_returns(paper, own_stamp(booklet_returns_digest(paper)))


def loan(slip):
    return render_loan_slip(slip, own_stamp(loan_slip_digest(slip)))


@pytest.mark.parametrize("pupils", [1, 45, 55])
def test_every_pupil_has_a_line_with_day_and_recipient(pupils):
    paper = sample_returns(pupils)
    pdf = register(paper)
    text = " ".join(all_text(pdf))
    for row in paper.rows:
        words = f"{row.position} {row.name} {row.birth_date}"
        assert words in text
    assert text.count("30/05/2026") == paper.returned
    assert f"Cộng: {pupils} học sinh; đã trả {pupils // 3} học bạ." in text
    pages = all_text(pdf)
    listing = [page for page in pages if any(f" {row.name} " in page for row in paper.rows)]
    assert all("Ký nhận" in page for page in listing)
    assert_archival(pdf)
    assert register(paper).content == pdf.content


def test_the_whole_class_at_once_is_said_above_the_list():
    paper = replace(sample_returns(3), whole_class="Nguyễn Thị Bình, ngày 30/05/2026")
    assert "Học bạ cả lớp trả một lần: Nguyễn Thị Bình" in " ".join(all_text(register(paper)))


def test_the_longest_names_wrap_and_stay_whole():
    text = " ".join(all_text(register(sample_returns(6, long_names=True))))
    assert text.count("Khánh Quỳnh") + text.count("Quỳnh") >= 6


def test_a_loan_names_book_place_borrower_and_days():
    text = " ".join(all_text(loan(sample_loan())))
    for words in (
        "PHIẾU MƯỢN, TRẢ",
        "bản in số 0012, mã dữ liệu SO7QX2M4, 46 trang",
        "Tủ 2, ngăn 3",
        "Phạm Văn Đoàn",
        "hẹn trả ngày 06/06/2026",
        "NGƯỜI MƯỢN",
        "NGƯỜI CHO MƯỢN",
        "NGƯỜI TRẢ",
        "NGƯỜI NHẬN",
        "Trả ngày …",
    ):
        assert words in text


def test_a_loan_that_came_back_says_when_and_how():
    pdf = loan(sample_loan("05/06/2026", "đủ trang, không tẩy xóa"))
    text = " ".join(all_text(pdf))
    assert "Trả ngày 05/06/2026" in text
    assert "Tình trạng khi trả: đủ trang, không tẩy xóa" in text
    assert_archival(pdf)
    assert pdf.pages == 1
    assert loan_slip_digest(sample_loan()) != loan_slip_digest(sample_loan("05/06/2026"))
