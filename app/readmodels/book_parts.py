"""Parts of the class book that are printed alone, each with the facts it prints and no others."""

from __future__ import annotations

from dataclasses import replace

from app.readmodels.class_book import (
    BookPart,
    BookPeriod,
    BookScope,
    ClassBook,
    RosterPupil,
)


def part_of(book: ClassBook, part: BookPart) -> ClassBook:
    """What `part` of a book prints; a change elsewhere in the book does not touch its digest.

    The opening and the attendance are taken of a book of the whole year.
    """
    if part is BookPart.WHOLE:
        return book
    bare = replace(book, part=part, pages=(), summaries=(), year=None, remarks=(), attendance=())
    if part is BookPart.OPENING:
        return bare
    # Later parts name the pupils, strike who left, and say nothing else of anybody.
    bare = replace(
        bare,
        subjects=(),
        pupils=tuple(RosterPupil(p.position, p.name, left=p.left) for p in book.pupils),
    )
    if part is BookPart.ATTENDANCE:
        return replace(bare, homeroom_teacher="", principal="", attendance=book.attendance)
    periods = (
        (BookPeriod.TERM_1,)
        if book.scope is BookScope.TERM_1
        else (BookPeriod.TERM_2, BookPeriod.YEAR)
    )
    return replace(
        bare,
        pages=tuple(page for page in book.pages if page.period in periods),
        summaries=tuple(one for one in book.summaries if one.period in periods),
        year=book.year,
        remarks=book.remarks,
    )
