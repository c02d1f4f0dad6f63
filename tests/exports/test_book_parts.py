"""Parts of the class book printed alone, its papers, and the strip where the seal crosses pages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from reportlab.lib.units import mm

from app.domain.print_runs import BOOK_SIZES, PaperSize
from app.readmodels.book_parts import part_of
from app.readmodels.class_book import (
    AttendanceDay,
    AttendancePage,
    AttendanceRow,
    BookPart,
    BookPeriod,
    BookScope,
    ClassBook,
    class_book_digest,
)
from app.readmodels.rendered_pdf import RenderedPdf
from exports.forms.class_book import render_class_book
from exports.forms.seal_strip import DEPTH, HEIGHT
from tests.exports.pdf_reading import all_text as read_text
from tests.exports.pdf_reading import (
    assert_archival,
    open_pdf,
    page_text,
    printed_runs,
)
from tests.exports.sample_book import SUBJECTS, sample_book, sample_stamp


def with_month(book: ClassBook) -> ClassBook:
    days = tuple(AttendanceDay(n, "2") for n in range(1, 31))
    rows = tuple(AttendanceRow(p.position, ("",) * 30, 0, 0) for p in book.pupils)
    return replace(book, attendance=(AttendancePage(9, 2025, len(rows), days, rows),))


all_text = cache(read_text)


@cache
def made(book: ClassBook, paper: PaperSize = PaperSize.A4) -> RenderedPdf:
    return render_class_book(book, replace(sample_stamp(book), paper=paper))


def test_the_opening_is_cover_guidance_inner_page_and_particulars() -> None:
    pdf = made(part_of(with_month(sample_book(12)), BookPart.OPENING))
    texts = all_text(pdf)
    assert [next(w for w in words if w in t) for words, t in zip(OPENING, texts, strict=True)]
    assert all("Phần mở đầu · Bản in số" in text for text in texts[1:])
    assert_archival(pdf)


OPENING = (
    ("CẤP TRUNG HỌC CƠ SỞ",),
    ("HƯỚNG DẪN SỬ DỤNG",),
    ("Giáo viên giảng dạy",),
    ("Địa chỉ gia đình",),
    ("Họ và tên cha",),
)


def test_the_attendance_part_has_its_months_only() -> None:
    texts = all_text(made(part_of(with_month(sample_book(12)), BookPart.ATTENDANCE)))
    assert len(texts) == 1
    assert "THEO DÕI CHUYÊN CẦN" in texts[0]
    assert "Phần theo dõi chuyên cần" in texts[0]


@pytest.mark.parametrize(
    ("scope", "term", "pages"),
    [(BookScope.TERM_1, "HỌC KÌ I", 2 + len(SUBJECTS)), (BookScope.YEAR, "HỌC KÌ II", None)],
)
def test_the_marks_part_has_its_last_term_and_summaries(scope, term, pages) -> None:
    texts = all_text(made(part_of(with_month(sample_book(12, scope)), BookPart.MARKS)))
    assert texts[0].startswith(f"PHẦN GHI ĐIỂM {term} ")
    other = {"HỌC KÌ I": "HỌC KÌ II ", "HỌC KÌ II": "HỌC KÌ I "}[term]
    assert not any(f"PHẦN GHI ĐIỂM {other}" in text for text in texts)
    assert not any("SƠ YẾU" in text or "CHUYÊN CẦN" in text for text in texts)
    assert sum("Môn:" in text for text in texts) == len(SUBJECTS)
    if pages is not None:
        assert len(texts) == pages
    else:
        assert any("ĐÁNH GIÁ CẢ NĂM" in text for text in texts)
        assert "NHẬN XÉT CỦA HIỆU TRƯỞNG" in texts[-1]


@pytest.mark.parametrize(
    ("scope", "period"), [(BookScope.TERM_1, "Học kì I"), (BookScope.YEAR, "Học kì II")]
)
def test_the_confirmation_has_a_line_a_subject_with_its_teachers_and_the_terms_summary(
    scope, period
) -> None:
    book = sample_book(12, scope)
    texts = all_text(made(part_of(book, BookPart.CONFIRMATION)))
    assert len(texts) == 2
    first, second = texts
    assert "BẢNG XÁC NHẬN KẾT QUẢ HỌC TẬP VÀ KẾT QUẢ RÈN LUYỆN" in first
    assert f"{period} · lớp 6A" in first
    present = book.headcount
    for at, subject in enumerate(book.subjects, 1):
        for teacher in subject.teachers:
            assert teacher in first
        assert f"{at} " in first
    assert first.count(f" {present}/{present}") == len(book.subjects) + 2
    assert book.homeroom_teacher in first
    assert "NHÂN VIÊN PHỤ TRÁCH" in first
    assert f"TỔNG HỢP {period.upper()}" in second
    assert book.pupils[0].name in second


def test_the_confirmation_leaves_out_a_subject_of_the_other_term() -> None:
    book = sample_book(12, BookScope.YEAR)
    gone = book.subjects[0].subject
    pages = tuple(
        page for page in book.pages if (page.subject, page.period) != (gone, BookPeriod.TERM_2)
    )
    part = part_of(replace(book, pages=pages), BookPart.CONFIRMATION)
    assert gone not in [one.subject for one in part.subjects]
    assert len(part.summaries[0].columns) == len(book.summaries[0].columns) - 1
    (row, *_) = part.summaries[0].rows
    assert row.results == book.summaries[1].rows[0].results[1:]
    assert len(all_text(made(part))) == 2


def test_parts_together_hold_every_page_of_the_whole_book() -> None:
    book = with_month(sample_book(12))
    first = with_month(sample_book(12, BookScope.TERM_1))
    parts = [
        part_of(book, BookPart.OPENING),
        part_of(book, BookPart.ATTENDANCE),
        part_of(first, BookPart.MARKS),
        part_of(book, BookPart.MARKS),
    ]
    blank = "(Trang này để trống)"
    loose = sum(sum(blank not in text for text in all_text(made(part))) for part in parts)
    bound = [text for text in all_text(made(book)) if blank not in text]
    assert "MỤC LỤC" in bound[-1]
    assert loose == len(bound) - 1


def test_the_last_page_lists_where_every_part_begins_and_counts_sheets() -> None:
    book = with_month(sample_book(12))
    texts = all_text(made(book))
    listed = texts[-1]
    for title, heading in (
        ("Sơ yếu lý lịch học sinh", "Địa chỉ gia đình"),
        ("Theo dõi chuyên cần", "THEO DÕI CHUYÊN CẦN"),
        ("Phần ghi điểm học kì II", "PHẦN GHI ĐIỂM HỌC KÌ II"),
        ("Tổng hợp học kì I", "TỔNG HỢP HỌC KÌ I "),
        ("Đánh giá cả năm", "ĐÁNH GIÁ CẢ NĂM"),
    ):
        page = next(n for n, text in enumerate(texts, 1) if heading in text)
        assert f"{title} {page} " in listed
    assert f"Sổ này có {len(texts)} trang ({-(-len(texts) // 2)} tờ in hai mặt)" in listed
    spread = made(book, PaperSize.A3_SPREAD)
    assert f"({spread.pages} tờ A3 in một mặt)" in all_text(spread)[-1]


def test_a_first_terms_book_and_its_parts_are_not_bound_yet() -> None:
    for book in (
        sample_book(3, BookScope.TERM_1),
        part_of(sample_book(3), BookPart.MARKS),
    ):
        assert not any("MỤC LỤC" in text for text in all_text(made(book)))


def test_a_change_elsewhere_leaves_a_parts_digest_alone() -> None:
    book = with_month(sample_book(12))
    moved = replace(book.pupils[0], address="Thôn khác")
    other = replace(book, pupils=(moved, *book.pupils[1:]))
    same = {part: class_book_digest(part_of(book, part)).hex for part in BookPart}
    for part in (BookPart.ATTENDANCE, BookPart.MARKS, BookPart.CONFIRMATION):
        assert class_book_digest(part_of(other, part)).hex == same[part]
    for part in (BookPart.WHOLE, BookPart.OPENING):
        assert class_book_digest(part_of(other, part)).hex != same[part]
    assert len(set(same.values())) == len(same)


def test_a3_spread_shows_facing_pages_on_one_lying_sheet() -> None:
    book = sample_book(12)
    upright, spread = made(book), made(book, PaperSize.A3_SPREAD)
    reader = open_pdf(spread)
    assert spread.pages == len(reader.pages) == upright.pages // 2 + 1
    box = reader.pages[0].mediabox
    assert (round(float(box.width) / mm), round(float(box.height) / mm)) == (420, 297)
    together = next(t for t in all_text(spread) if "Địa chỉ gia đình" in t)
    assert "Họ và tên cha" in together
    assert [f"Trang {n}/{upright.pages}" in together for n in (4, 5)] == [True, True]
    # The binding page says how many sheets there are, all else is the same.
    alone = sorted(" ".join(all_text(upright)[:-1]).split())
    halves = " ".join(all_text(spread)).split(" MỤC LỤC ")[0]
    assert sorted(halves.split()) == alone
    assert_archival(spread)


def test_an_odd_last_page_of_a_spread_is_not_lost() -> None:
    book = part_of(with_month(sample_book(3)), BookPart.ATTENDANCE)
    two = replace(book, attendance=(*book.attendance, replace(book.attendance[0], month=10)))
    assert made(two, PaperSize.A3_SPREAD).pages == 2
    assert "Tháng 10" in page_text(open_pdf(made(two, PaperSize.A3_SPREAD)).pages[-1])


def test_the_paper_is_no_fact_of_the_data() -> None:
    book = sample_book(3)
    contents = {made(book, size).content for size in BOOK_SIZES}
    assert len(contents) == len(BOOK_SIZES)
    again = render_class_book(book, replace(sample_stamp(book), paper=PaperSize.A3))
    assert made(book, PaperSize.A3).content == again.content


def test_the_seal_strip_names_class_run_data_and_page_at_the_outer_edge() -> None:
    book = sample_book(12)
    pages = open_pdf(made(book)).pages
    code = class_book_digest(book).code
    for number, page in enumerate(pages, 1):
        title, facts = printed_runs(page)[-2:]
        assert title.text == "GIÁP LAI"
        assert facts.text == f"Lớp 6A · bản in BI-2026-0007 · {code} · trang {number}/{len(pages)}"
        for run in (title, facts):
            assert run.turned
            from_edge = 210 * mm - run.baseline if number % 2 else run.baseline
            assert 0 < from_edge < DEPTH
            assert (run.left + run.right) / 2 == pytest.approx(297 * mm / 2, abs=0.1)
            assert run.right - run.left < HEIGHT


def test_a_working_copy_says_so_in_its_strip() -> None:
    book = sample_book(2)
    stamp = replace(sample_stamp(book, draft=True), run_number="")
    text = page_text(open_pdf(render_class_book(book, stamp)).pages[3])
    assert "Lớp 6A · bản làm việc ·" in text
    assert "Bản in số" not in text
