"""An invented class 9 of a TT58 year: sổ gọi tên và ghi điểm with all that only this book has."""

from __future__ import annotations

import random
from dataclasses import replace

from app.domain.subjects import SubjectKind
from app.readmodels.class_book import (
    BookCell,
    BookPeriod,
    BookPromotion,
    BookScope,
    ClassBook,
    RollBookFacts,
    SummaryColumn,
    SummerWork,
    TermTitle,
)
from tests.exports.sample_book import sample_book, tenths

AGAIN = 3
"""Position of the pupil who is tested again in two subjects and goes up."""
LEARNING = ("G", "K", "Tb", "Y")


def sample_roll_book(
    pupils: int = 42, scope: BookScope = BookScope.YEAR, long_names: bool = False
) -> ClassBook:
    book = sample_book(pupils, scope, long_names=long_names)
    rng = random.Random(58)
    mean = SummaryColumn("TB các môn", SubjectKind.MARKS)
    summaries = tuple(
        replace(
            one,
            columns=(*one.columns, mean),
            rows=tuple(
                replace(
                    row,
                    results=(*row.results, tenths(rng.randint(50, 95))),
                    learning=rng.choice(LEARNING),
                    conduct="T",
                )
                for row in one.rows
            ),
        )
        for one in book.summaries
    )
    titles = tuple(
        TermTitle(one.period, row.position, "HSG" if row.learning == "G" else "HSTT")
        for one in summaries
        for row in one.rows
        if row.learning in ("G", "K")
    )
    year = None
    if book.year is not None:
        rows = tuple(
            replace(
                row,
                learning=rng.choice(LEARNING[:3]) if row.learning else "",
                conduct="T" if row.conduct else "",
                learning_after="",
                conduct_after="",
                promotion=row.promotion if row.promotion else BookPromotion.PENDING,
                award="",
            )
            for row in book.year.rows
        )
        rows = tuple(
            replace(
                row,
                learning="Y",
                learning_after="Tb",
                promotion=BookPromotion.PROMOTED_AFTER_SUMMER,
            )
            if row.position == AGAIN
            else row
            for row in rows
        )
        year = replace(book.year, rows=rows)
    pages = tuple(
        replace(
            page,
            rows=tuple(
                replace(row, reassessed=BookCell("5,0"))
                if row.position == AGAIN and page.subject in ("Toán", "Ngữ văn")
                else replace(row, reassessed=BookCell())
                for row in page.rows
            ),
        )
        if page.period is BookPeriod.TERM_2
        else page
        for page in book.pages
    )
    return replace(
        book,
        class_name="9A",
        grade=9,
        school_year="2023–2024",
        circular="TT58/2011",
        summaries=summaries,
        pages=pages,
        year=year,
        roll_book=RollBookFacts(titles, (SummerWork(AGAIN, "KT lại"),) if year else ()),
    )
