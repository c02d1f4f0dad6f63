"""Sổ gọi tên và ghi điểm (TT58/2011), read back from its bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.readmodels.book_parts import part_of
from app.readmodels.class_book import (
    BookPart,
    BookPeriod,
    BookScope,
    book_is_as_printed,
    class_book_digest,
)
from exports.forms.class_book import render_class_book
from exports.forms.roll_book_subjects import TERM_TITLES
from tests.exports.pdf_reading import all_text, assert_archival, open_pdf, printed_runs
from tests.exports.sample_book import LONG_NAME, SUBJECTS, sample_stamp
from tests.exports.sample_roll_book import AGAIN, sample_roll_book
from tests.exports.test_class_book_attendance import month, with_months

PAIRS = (len(SUBJECTS) + 1) // 2


def texts(book) -> list[str]:
    return all_text(render_class_book(book, sample_stamp(book)))


@pytest.fixture(scope="module")
def year_book():
    book = sample_roll_book(42)
    return book, render_class_book(book, sample_stamp(book))


def test_every_part_stands_in_the_order_of_the_form(year_book) -> None:
    _, rendered = year_book
    pages = all_text(rendered)
    parts = [
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO",
        "HƯỚNG DẪN SỬ DỤNG",
        "Giáo viên giảng dạy",
        "Con LS, con TB, con BB",
        "Họ và tên cha, nghề nghiệp (hoặc người giám hộ)",
        "PHẦN GHI ĐIỂM HỌC KỲ I ",
        "TỔNG HỢP KẾT QUẢ HỌC KỲ I ",
        "PHẦN GHI ĐIỂM HỌC KỲ II",
        "TỔNG HỢP KẾT QUẢ HỌC KỲ II",
        "Điểm KT lại",
        "Danh hiệu HSG, HSTT",
        "NHẬN XÉT CỦA HIỆU TRƯỞNG",
        "MỤC LỤC",
    ]
    found = [next(i for i, text in enumerate(pages) if part in text) for part in parts]
    assert found == sorted(found)
    assert len(set(found)) == len(parts)
    left = found[parts.index("Điểm KT lại")]
    assert left % 2 == 1  # counted from 0: a left page has an even number
    assert_archival(rendered)


def test_two_subjects_share_a_page_with_the_columns_of_tt26(year_book) -> None:
    book, rendered = year_book
    first = next(i for i, t in enumerate(all_text(rendered)) if "PHẦN GHI ĐIỂM – HỌC KỲ I " in t)
    text = all_text(rendered)[first]
    for words in ("MÔN: NGỮ VĂN", "MÔN: TOÁN", "GIÁO VIÊN", "CHỦ NHIỆM"):
        assert words in text
    headings = [run.text for run in printed_runs(open_pdf(rendered).pages[first])]
    for low in ("tx", "gk", "ck", "mhkI"):
        assert headings.count(low) == 2
    pages = [p for p in book.pages if p.period is BookPeriod.TERM_1][:2]
    for page in pages:
        for row in page.rows:
            for cell in (*row.regular, row.midterm, row.final, row.term_result):
                assert cell.text in headings


def test_each_page_counts_its_corrections_by_subject_and_says_its_notes(year_book) -> None:
    _, rendered = year_book
    text = next(t for t in all_text(rendered) if "MÔN: NGỮ VĂN" in t)
    assert "Trong trang này có 4 điểm được sửa chữa, trong đó môn Ngữ văn: 2 điểm" in text
    assert "STT 5 (Ngữ văn): Biên bản số 5" in text
    last = next(t for t in all_text(rendered) if "MÔN: HOẠT ĐỘNG TRẢI NGHIỆM" in t)
    assert "Trong trang này có 0 điểm được sửa chữa" in last


def test_an_odd_number_of_subjects_leaves_the_last_half_to_be_written_on() -> None:
    book = sample_roll_book(3, BookScope.TERM_1)
    text = texts(replace(book, pages=book.pages[:3]))
    assert sum("PHẦN GHI ĐIỂM – HỌC KỲ I " in page for page in text) == 2
    assert any("MÔN: …………………" in page for page in text)


def test_the_terms_list_has_mean_ranking_and_title(year_book) -> None:
    book, rendered = year_book
    pages = all_text(rendered)
    at = next(i for i, text in enumerate(pages) if "TỔNG HỢP KẾT QUẢ HỌC KỲ I " in text)
    runs = [run.text for run in printed_runs(open_pdf(rendered).pages[at])]
    for head in ("TB các môn", "HL", "HK", "TĐ", "Kết quả xếp"):
        assert head in runs
    facts = book.roll_book
    titles = [one.title for one in facts.titles if one.period is BookPeriod.TERM_1]
    assert [runs.count(t) for t in ("HSG", "HSTT")] == [titles.count(t) for t in ("HSG", "HSTT")]


def test_the_years_titles_are_abbreviated_as_the_column_says(year_book) -> None:
    book, rendered = year_book
    at = next(i for i, text in enumerate(all_text(rendered)) if "Danh hiệu HSG, HSTT" in text)
    runs = [run.text for run in printed_runs(open_pdf(rendered).pages[at])]
    titles = [one.title for one in book.roll_book.titles if one.period is BookPeriod.YEAR]
    assert [runs.count(t) for t in ("HSG", "HSTT")] == [titles.count(t) for t in ("HSG", "HSTT")]


def test_a_pupil_tested_again_has_both_marks_and_the_new_ranking(year_book) -> None:
    book, rendered = year_book
    pages = all_text(rendered)
    left = next(i for i, text in enumerate(pages) if "Điểm KT lại" in text)
    reader = open_pdf(rendered)
    line = next(
        run.baseline
        for run in printed_runs(reader.pages[left])
        if run.text == book.pupils[AGAIN - 1].name
    )
    near = [r.text for r in printed_runs(reader.pages[left]) if abs(r.baseline - line) < 7]
    assert near.count("5,0") >= 2
    assert "Toán" in near
    assert "Ngữ văn" in near
    right = [r for r in printed_runs(reader.pages[left + 1]) if not r.turned]
    line = next(r.baseline for r in right if r.text == book.pupils[AGAIN - 1].name)
    said = [r.text for r in right if abs(r.baseline - line) < 5]
    assert {"Y", "KT lại", "Tb", "Lên lớp"} <= set(said)


def test_a_month_ends_with_the_absent_of_each_day() -> None:
    book = sample_roll_book(3)
    page = month(book, 10, 31)
    rendered = render_class_book(with_months(book, page), sample_stamp(book))
    at = next(i for i, text in enumerate(all_text(rendered)) if "KIỂM DIỆN" in text)
    runs = printed_runs(open_pdf(rendered).pages[at])
    total = next(run for run in runs if run.text == "Tổng số")
    counted = [run.text for run in runs if abs(run.baseline - total.baseline) < 1]
    absent = sum(1 for row in page.rows for sign in row.signs if sign)
    assert absent
    assert sum(int(text) for text in counted[1:-3]) == absent
    assert "TS ngày nghỉ" in all_text(rendered)[at]


@pytest.mark.parametrize("pupils", [0, 1, 45, 55, 56])
def test_lists_of_any_length(pupils) -> None:
    pages = texts(sample_roll_book(pupils, BookScope.TERM_1))
    lists = 2 if pupils > 55 else 1
    assert sum("PHẦN GHI ĐIỂM – HỌC KỲ I " in text for text in pages) == PAIRS * lists
    assert sum("TỔNG HỢP KẾT QUẢ HỌC KỲ I " in text for text in pages) == lists


def test_the_longest_names_keep_inside_their_column() -> None:
    book = sample_roll_book(55, BookScope.TERM_1, long_names=True)
    assert all(LONG_NAME in t for t in texts(book) if "PHẦN GHI ĐIỂM – HỌC KỲ I " in t)


def test_upper_secondary_classes_have_lines_for_their_ban() -> None:
    book = sample_roll_book(1, BookScope.TERM_1)
    assert "Ban:" not in texts(book)[0]
    assert "Ban:" in texts(replace(book, grade=12, stage="TRUNG HỌC PHỔ THÔNG"))[0]


def test_the_same_book_and_run_give_the_same_bytes() -> None:
    book = sample_roll_book(12)
    stamp = sample_stamp(book)
    assert render_class_book(book, stamp) == render_class_book(book, stamp)


def test_parts_hold_the_titles_of_their_own_term_only() -> None:
    book = sample_roll_book(20)
    marks = part_of(book, BookPart.MARKS)
    assert {one.period for one in marks.roll_book.titles} == {BookPeriod.TERM_2, BookPeriod.YEAR}
    assert marks.roll_book.summer == book.roll_book.summer
    confirmation = part_of(book, BookPart.CONFIRMATION)
    assert confirmation.roll_book.summer == ()
    assert "HSTT" in "".join(texts(confirmation))
    for part in (BookPart.OPENING, BookPart.ATTENDANCE):
        assert part_of(book, part).roll_book is None


def test_a_run_of_the_earlier_layout_still_counts_as_the_same_data() -> None:
    book = sample_roll_book(5)
    earlier = class_book_digest(replace(book, roll_book=None)).hex
    assert earlier != class_book_digest(book).hex
    assert book_is_as_printed(book, earlier)
    assert book_is_as_printed(book, class_book_digest(book).hex)
    other = replace(book, homeroom_teacher="Người khác")
    assert not book_is_as_printed(other, earlier)


def test_terms_are_spelt_as_the_old_book_does() -> None:
    assert TERM_TITLES == {BookPeriod.TERM_1: "HỌC KỲ I", BookPeriod.TERM_2: "HỌC KỲ II"}
