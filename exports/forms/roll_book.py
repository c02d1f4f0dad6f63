"""Sổ gọi tên và ghi điểm (TT58/2011): its own phần ghi điểm and year pages.

Cover, particulars and kiểm diện are those of the later class book under its own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.readmodels.class_book import BookPart, BookPeriod, BookScope
from app.regulations.tt58_first_issue import TT58_FIRST_ISSUE
from exports.forms.class_book_cover import remarks_leaf, term_title_leaf
from exports.forms.roll_book_subjects import TERM_TITLES, subject_pair_leaves
from exports.forms.roll_book_summary import term_summary_leaves
from exports.forms.roll_book_year import year_spread_leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.readmodels.class_book import ClassBook
    from exports.forms.class_book_layout import Leaf

ROLL_BOOKS = ("TT58/2011", TT58_FIRST_ISSUE.id)
"""Ids of the circulars whose class book this is: as amended, as first issued."""


def roll_book_marks(book: ClassBook, rows: int) -> Iterator[Leaf]:
    """Phần ghi điểm of the terms that the book's part prints, then the year."""
    of_year = book.scope is BookScope.YEAR
    periods = [BookPeriod.TERM_1] if book.part is BookPart.WHOLE or not of_year else []
    if of_year:
        periods.append(BookPeriod.TERM_2)
    for period in periods:
        yield term_title_leaf(book, TERM_TITLES[period])
        pages = [page for page in book.pages if page.period is period]
        yield from subject_pair_leaves(book, pages, rows)
        for summary in book.summaries:
            if summary.period is period:
                yield from term_summary_leaves(book, summary, rows)
    if not of_year:
        return
    for summary in book.summaries:
        if summary.period is BookPeriod.YEAR and book.year is not None:
            yield from year_spread_leaves(book, summary, book.year, rows)
    yield remarks_leaf(book)
