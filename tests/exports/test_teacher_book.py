"""Sổ của giáo viên on paper, read back from its bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleRefused
from app.readmodels.teacher_book import TeacherPupil, teacher_book_digest
from exports.forms.teacher_book import percent, render_teacher_book
from tests.exports.pdf_reading import all_text, assert_archival, open_pdf, printed_runs
from tests.exports.sample_book import LONG_NAME
from tests.exports.sample_own_papers import own_stamp
from tests.exports.sample_teacher_book import (
    level_columns,
    mark_columns,
    primary_columns,
    sample_teacher_book,
    trait_columns,
)
from tests.exports.test_fonts import LETTERS


def made(book, *, draft=False):
    return render_teacher_book(book, own_stamp(teacher_book_digest(book), draft=draft))


@pytest.fixture(scope="module")
def filled():
    book = sample_teacher_book()
    return book, made(book)


def test_cover_guidance_two_terms_and_the_page_that_hands_it_in(filled):
    _, pdf = filled
    text = all_text(pdf)
    assert len(text) == 7
    for words in (
        "SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH",
        "(Của giáo viên)",
        "CẤP TRUNG HỌC CƠ SỞ",
        "Mẫu ban hành kèm theo Thông tư số 22/2021/TT-BGDĐT",
        "Họ tên giáo viên: Nguyễn Thị Phương Thảo",
        "Môn: Toán",
        "Lớp: 6A",
        "NĂM HỌC 2025–2026",
    ):
        assert words in text[0]
    assert "HƯỚNG DẪN SỬ DỤNG" in text[1]
    assert [("HỌC KÌ II" in t, "(Xem tiếp trang sau)" in t) for t in text[2:6]] == [
        (False, True),
        (False, False),
        (True, True),
        (True, False),
    ]
    for words in ("Đầu năm học", "Cuối học kì I", "NỘP SỔ CUỐI NĂM", "Sổ gồm 7 trang"):
        assert words in text[6]
    assert_archival(pdf)


@pytest.mark.parametrize("columns", [mark_columns, level_columns, primary_columns, trait_columns])
def test_every_cell_stands_in_the_line_of_its_pupil(columns):
    book = sample_teacher_book(27, columns=columns)
    reader = open_pdf(made(book))
    for at, part in enumerate(book.parts):
        lines: dict[int, list[str]] = {}
        for page in (2 + 2 * at, 3 + 2 * at):
            runs = [run for run in printed_runs(reader.pages[page]) if not run.turned]
            for pupil in book.pupils:
                name = next((r for r in runs if r.text == pupil.name and r.left < 150), None)
                if name is not None:
                    near = [r for r in runs if abs(r.baseline - name.baseline) < 9]
                    near.sort(key=lambda run: run.left)
                    lines.setdefault(pupil.position, [r.text for r in near])
        assert len(lines) == 27
        for row in part.rows[1:]:
            found = lines[row.position]
            texts = [cell.text for cell in row.cells]
            assert found[2 : 2 + len(texts)] == texts


def test_heads_of_marks_and_of_levels(filled):
    _, pdf = filled
    first = [run.text for run in printed_runs(open_pdf(pdf).pages[2])]
    assert [first.count(low) for low in ("tx", "gk", "ck", "mhkI", "mcn")] == [1, 1, 1, 1, 0]
    last = [run.text for run in printed_runs(open_pdf(pdf).pages[4])]
    assert [last.count(low) for low in ("mhkII", "mcn")] == [1, 1]
    text = all_text(made(sample_teacher_book(3, columns=level_columns)))
    for words in ("Mức đánh giá", "Thường xuyên", "Giữa kì", "Cuối kì", "Học kì"):
        assert words in text[2]
    assert "Cả năm" in text[3]
    assert "Nhận xét sự tiến bộ" in text[2]


def test_a_blank_book_has_the_names_and_room_for_who_comes_later():
    book = sample_teacher_book(23, blank=True)
    text = all_text(made(book))
    assert len(text) == 7, "25 rows would leave two: a page more"
    assert len(all_text(made(sample_teacher_book(22, blank=True)))) == 5
    assert "SL ……… TL ………%" in text[3]
    assert book.pupils[22].name in text[2]


@pytest.mark.parametrize(("pupils", "pages"), [(0, 5), (1, 5), (25, 5), (26, 7), (45, 7), (55, 9)])
def test_page_counts(pupils, pages):
    pdf = made(sample_teacher_book(pupils))
    assert pdf.pages == pages == len(all_text(pdf))


def test_who_left_is_struck_and_says_when(filled):
    book, pdf = filled
    text = all_text(pdf)[2]
    assert book.pupils[16].left in text


def test_the_longest_names_are_whole():
    text = all_text(made(sample_teacher_book(30, long_names=True)))
    assert text[2].count("Quỳnh") >= 25
    assert LONG_NAME.split()[0] in text[2]


def test_every_vietnamese_letter_reads_back():
    book = sample_teacher_book(1)
    words = [LETTERS[at : at + 12] for at in range(0, len(LETTERS), 12)]
    pupils = tuple(TeacherPupil(at + 1, word) for at, word in enumerate(words))
    book = replace(book, pupils=pupils, parts=())
    blank = sample_teacher_book(0, blank=True)
    text = all_text(made(replace(book, blank=True, parts=blank.parts[:1])))
    assert all(any(word in page for page in text) for word in words)


def test_the_tally_is_in_words_figures_and_shares(filled):
    text = all_text(filled[1])[3]
    assert "Đạt: SL 45 TL 100%" in text
    assert "Chưa đạt: SL 0 TL 0%" in text


@given(st.integers(0, 60), st.integers(0, 60))
def test_shares_are_rounded_half_up_to_one_decimal(count, more):
    of = count + more
    said = percent(count, of)
    value = int(said.replace(",", "")) if "," in said else 10 * int(said)
    assert abs(value * of - 1000 * count) * 2 <= of
    if of and (1000 * count) * 2 % (2 * of) == of:
        assert value * of > 1000 * count


def test_a_book_of_another_circular_has_its_own_name():
    book = replace(sample_teacher_book(3), circular="TT58/2011")
    text = all_text(made(book))
    assert "SỔ ĐIỂM CÁ NHÂN" in text[0]
    assert "22/2021" not in " ".join(text)
    primary = all_text(made(sample_teacher_book(3, columns=primary_columns)))
    assert "SỔ THEO DÕI KẾT QUẢ ĐÁNH GIÁ HỌC SINH" in primary[0]
    with pytest.raises(RuleRefused) as caught:
        made(replace(book, circular="TT1/1900"))
    assert caught.value.code == "no_form"


def test_teachers_who_share_a_subject_all_stand_on_it():
    book = replace(sample_teacher_book(3), teachers=("Ngô Quốc Khánh", "Lý Thị Ngọc"))
    text = all_text(made(book))
    assert "Ngô Quốc Khánh, Lý Thị Ngọc" in text[0]
    assert "Ngô Quốc Khánh, Lý Thị Ngọc" in text[2]


def test_a_draft_says_so_on_every_page():
    assert all("BẢN LÀM VIỆC" in t for t in all_text(made(sample_teacher_book(3), draft=True))[1:])


def test_the_same_book_and_run_give_the_same_bytes(filled):
    book, pdf = filled
    assert made(book).content == pdf.content
    other = teacher_book_digest(replace(book, subject="Vật lí"))
    assert other != teacher_book_digest(book)
