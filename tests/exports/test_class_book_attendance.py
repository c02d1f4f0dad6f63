"""Theo dõi chuyên cần in the class book: one page a month, legible and in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import AppError
from app.readmodels.class_book import (
    AttendanceDay,
    AttendancePage,
    AttendanceRow,
    BookScope,
    ClassBook,
    class_book_digest,
)
from exports.forms.class_book import render_class_book
from tests.exports.pdf_reading import all_text, assert_archival
from tests.exports.sample_book import sample_book, sample_stamp

_WEEK = ("2", "3", "4", "5", "6", "7", "CN")


def month(book: ClassBook, number: int, days: int, notes: dict[int, str] | None = None):
    """A month that starts on a Thursday; pupil 3 is away twice."""
    columns = tuple(
        AttendanceDay(
            day,
            _WEEK[(day + 2) % 7],
            (day + 2) % 7 != 6 and day not in (notes or {}),
            (notes or {}).get(day, ""),
        )
        for day in range(1, days + 1)
    )
    away = {0: "P", 1: "K"}
    rows = tuple(
        AttendanceRow(
            pupil.position,
            tuple(away.get(at, "") if pupil.position == 3 else "" for at in range(days)),
            int(pupil.position == 3),
            int(pupil.position == 3),
        )
        for pupil in book.pupils
    )
    return AttendancePage(number, 2025 if number > 8 else 2026, book.headcount, columns, rows)


def with_months(book: ClassBook, *months: AttendancePage) -> ClassBook:
    return replace(book, attendance=months)


def test_each_month_is_a_page_before_the_marks() -> None:
    book = sample_book(20)
    notes = dict.fromkeys(range(14, 23), "Tết Nguyên đán")
    book = with_months(book, month(book, 10, 31), month(book, 2, 28, notes))
    made = render_class_book(book, sample_stamp(book))
    texts = all_text(made)
    pages = [n for n, text in enumerate(texts) if "THEO DÕI CHUYÊN CẦN" in text]
    assert len(pages) == 2
    assert pages[0] > next(n for n, t in enumerate(texts) if "Họ và tên cha" in t)
    assert pages[1] < next(n for n, t in enumerate(texts) if "PHẦN GHI ĐIỂM HỌC KÌ I" in t)
    october, february = (texts[n] for n in pages)
    assert "Tháng 10 năm 2025" in october
    assert f"Tổng số học sinh của lớp 6A: {book.headcount}" in october
    assert "Tháng 2 năm 2026" in february
    assert "Ngày 14 đến 22: Tết Nguyên đán" in " ".join(february.split())
    assert "31" in october.split()
    assert_archival(made)


def test_a_book_without_months_has_no_such_page_and_its_old_digest() -> None:
    book = sample_book(5)
    assert not any("CHUYÊN CẦN" in text for text in all_text(render(book)))
    assert class_book_digest(with_months(book, month(book, 10, 31))) != class_book_digest(book)


def render(book: ClassBook):
    return render_class_book(book, sample_stamp(book))


def test_the_signs_are_part_of_the_digest() -> None:
    book = sample_book(5)
    one = with_months(book, month(book, 10, 31))
    page = one.attendance[0]
    row = replace(page.rows[2], signs=("K", *page.rows[2].signs[1:]))
    other = replace(page, rows=(*page.rows[:2], row, *page.rows[3:]))
    assert class_book_digest(with_months(book, other)) != class_book_digest(one)


def test_more_than_55_pupils_go_on_to_a_second_page() -> None:
    book = sample_book(58)
    texts = all_text(render(with_months(book, month(book, 10, 31))))
    assert sum("THEO DÕI CHUYÊN CẦN" in text for text in texts) == 2


def test_the_same_book_gives_the_same_bytes() -> None:
    book = sample_book(10, scope=BookScope.TERM_1)
    book = with_months(book, month(book, 10, 31))
    assert render(book).file_digest == render(book).file_digest


@pytest.mark.parametrize("what", ["stranger", "twice", "short"])
def test_months_that_do_not_belong_to_the_book_are_refused(what: str) -> None:
    book = sample_book(4)
    page = month(book, 10, 31)
    broken = {
        "stranger": replace(page, rows=(*page.rows, replace(page.rows[0], position=99))),
        "twice": replace(page, rows=(*page.rows, page.rows[0])),
        "short": replace(page, rows=(replace(page.rows[0], signs=("P",)), *page.rows[1:])),
    }[what]
    with pytest.raises(AppError) as caught:
        render(with_months(book, broken))
    assert caught.value.code == "book_inconsistent"
    assert "Theo dõi chuyên cần, tháng 10" in caught.value.sentence
