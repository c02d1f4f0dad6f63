"""Sổ theo dõi và đánh giá học sinh (theo lớp học): the whole printed book of one class."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.form_settings import BookForm
from app.errors import AppError
from app.progress import no_progress
from app.readmodels.class_book import BookPart, BookPeriod, BookScope
from exports.forms.class_book_attendance import attendance_leaves
from exports.forms.class_book_binding import binding_leaf, contents
from exports.forms.class_book_confirmation import confirmation_leaf
from exports.forms.class_book_cover import cover_leaves, remarks_leaf, term_title_leaf
from exports.forms.class_book_layout import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    ROWS_A_PAGE,
    Sheet,
    corner_code,
    foot,
    place_leaves,
    type_area,
)
from exports.forms.class_book_roster import roster_leaves
from exports.forms.class_book_subject import TERM_TITLES, subject_leaves
from exports.forms.class_book_summary import SUMMARY_TITLES, summary_leaves
from exports.forms.class_book_words import book_words
from exports.forms.class_book_year import year_leaves
from exports.forms.roll_book import ROLL_BOOKS, roll_book_marks
from exports.forms.roll_book_cover import draw_roll_book_cover
from exports.forms.roll_book_summary import term_summary_leaves
from exports.forms.school_lines import placed
from exports.forms.seal_strip import seal_strip
from exports.forms.watermark import watermark
from exports.pdf.page import Paper, PDFACanvas
from exports.pdf.pdfa import DocumentInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.progress import Progress
    from app.readmodels.class_book import ClassBook, PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf
    from exports.forms.class_book_layout import Leaf


PART_WORDS = {
    BookPart.WHOLE: "",
    BookPart.OPENING: "Phần mở đầu",
    BookPart.MARKS: "Phần ghi điểm",
    BookPart.CONFIRMATION: "Bảng xác nhận kết quả",
    BookPart.ATTENDANCE: "Phần theo dõi chuyên cần",
}


def render_class_book(
    book: ClassBook, stamp: PrintStamp, progress: Progress = no_progress
) -> RenderedPdf:
    """The book, or its part, as PDF/A-2u on the stamp's paper; same book and stamp, same bytes.

    `progress` is called before every page and may raise `Cancelled`; nothing is left behind.
    Refuses (`book_inconsistent`) rows that no pupil of the book owns, and unprintable characters.
    """
    check_book(book)
    form = stamp.forms.of(BookForm.CLASS_BOOK)
    book = replace(book, school=placed(book.school, form))
    leaves = place_leaves(_leaves(book, stamp))
    if book.part is BookPart.WHOLE and book.scope is BookScope.YEAR:
        leaves.append(binding_leaf(book, contents(leaves), stamp.paper))
    canvas = PDFACanvas(_info(book, stamp), Paper[stamp.paper.name], form=form)
    total = len(leaves)
    for number, leaf in enumerate(leaves, 1):
        progress(number - 1, total, leaf.title)
        sheet = Sheet(canvas, type_area(number), number, total)
        canvas.begin_page()
        if leaf.bookmark:
            canvas.bookmark(leaf.bookmark, leaf.level)
        watermark(canvas, stamp, PAGE_WIDTH, PAGE_HEIGHT)
        leaf.draw(sheet)
        if leaf.code:
            corner_code(sheet, stamp)
        if leaf.foot:
            foot(sheet, stamp, PART_WORDS[book.part])
        whose = f"Lớp {book.class_name}"
        seal_strip(canvas, stamp, whose, number, total, PAGE_WIDTH, PAGE_HEIGHT)
        canvas.end_page()
    progress(total, total, "Ghi tệp")
    return canvas.finish()


def _leaves(book: ClassBook, stamp: PrintStamp) -> Iterator[Leaf]:
    whole = book.part is BookPart.WHOLE
    rows = stamp.forms.of(BookForm.CLASS_BOOK).rows or ROWS_A_PAGE
    if whole or book.part is BookPart.OPENING:
        cover = draw_roll_book_cover if book.circular in ROLL_BOOKS else None
        yield from cover_leaves(book, stamp, cover)
        yield from roster_leaves(book, rows)
    yield from attendance_leaves(book, rows)
    if book.part is BookPart.CONFIRMATION:
        for summary in book.summaries:
            yield confirmation_leaf(book, summary)
            lists = term_summary_leaves if book.circular in ROLL_BOOKS else summary_leaves
            yield from lists(book, summary, rows)
    if whole or book.part is BookPart.MARKS:
        marks = roll_book_marks if book.circular in ROLL_BOOKS else _marks_leaves
        yield from marks(book, rows)


def _marks_leaves(book: ClassBook, rows: int) -> Iterator[Leaf]:
    of_year = book.scope is BookScope.YEAR
    periods = [BookPeriod.TERM_1] if book.part is BookPart.WHOLE or not of_year else []
    if of_year:
        periods.append(BookPeriod.TERM_2)
    for period in periods:
        yield term_title_leaf(book, TERM_TITLES[period])
        for page in book.pages:
            if page.period is period:
                yield from subject_leaves(book, page, rows)
        for summary in book.summaries:
            if summary.period is period:
                yield from summary_leaves(book, summary, rows)
    if of_year:
        for summary in book.summaries:
            if summary.period is BookPeriod.YEAR:
                yield from summary_leaves(book, summary, rows)
        if book.year is not None:
            yield from year_leaves(book, book.year, rows)
        yield remarks_leaf(book)


def _info(book: ClassBook, stamp: PrintStamp) -> DocumentInfo:
    part = PART_WORDS[book.part].lower()
    words = book_words(book.circular)
    title = f"{words.title.capitalize()} lớp {book.class_name}, năm học {book.school_year}"
    return DocumentInfo(
        title=f"{title}, {part}" if part else title,
        author=book.school.name,
        subject=words.subject,
        keywords=f"{stamp.run_number} d1:{stamp.digest.hex}",
        made_at=stamp.printed_at,
    )


def check_book(book: ClassBook) -> None:
    """Refuse a book whose rows and pupils do not belong together; a lost row must not be silent."""
    positions = [pupil.position for pupil in book.pupils]
    known = set(positions)
    if len(known) != len(positions):
        raise _inconsistent(book, "Sơ yếu lý lịch", "hai học sinh cùng một số thứ tự")
    allowed = {BookPeriod.TERM_1}
    if book.scope is BookScope.YEAR:
        allowed |= {BookPeriod.TERM_2, BookPeriod.YEAR}
    for page in book.pages:
        where = f"Môn {page.subject}, {page.period.value}"
        if page.period not in allowed or page.period is BookPeriod.YEAR:
            raise _inconsistent(book, where, "kỳ này không thuộc phạm vi bản in")
        _check_rows(book, where, known, [row.position for row in page.rows])
        if any(len(row.regular) > page.regular_columns for row in page.rows):
            raise _inconsistent(book, where, "có học sinh nhiều điểm thường xuyên hơn số cột")
    for month in book.attendance:
        where = f"Theo dõi chuyên cần, tháng {month.month}"
        _check_rows(book, where, known, [row.position for row in month.rows])
        if any(len(row.signs) != len(month.days) for row in month.rows):
            raise _inconsistent(book, where, "số ô không bằng số ngày của tháng")
    for summary in book.summaries:
        where = SUMMARY_TITLES[summary.period].capitalize()
        if summary.period not in allowed:
            raise _inconsistent(book, where, "kỳ này không thuộc phạm vi bản in")
        _check_rows(book, where, known, [row.position for row in summary.rows])
        if any(len(row.results) != len(summary.columns) for row in summary.rows):
            raise _inconsistent(book, where, "số kết quả không bằng số môn")
    if book.year is not None:
        if book.scope is not BookScope.YEAR:
            raise _inconsistent(book, "Đánh giá cả năm", "phần này không thuộc phạm vi bản in")
        rows = [row.position for row in book.year.rows]
        _check_rows(book, "Đánh giá cả năm", known, rows)


def _check_rows(book: ClassBook, where: str, known: set[int], positions: list[int]) -> None:
    if len(set(positions)) != len(positions):
        raise _inconsistent(book, where, "một học sinh có hai dòng")
    strangers = sorted(set(positions) - known)
    if strangers:
        raise _inconsistent(book, where, f"số thứ tự {strangers[0]} không có trong danh sách lớp")


def _inconsistent(book: ClassBook, where: str, why: str) -> AppError:
    return AppError(
        "book_inconsistent",
        f"Chưa in được sổ lớp {book.class_name}: phần “{where}” không khớp ({why}). "
        "Hãy mở lại lớp rồi in lại; nếu vẫn vậy, báo người quản trị.",
        where=where,
        why=why,
    )
