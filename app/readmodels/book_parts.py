"""Parts of the class book that are printed alone, each with the facts it prints and no others."""

from __future__ import annotations

from dataclasses import replace

from app.readmodels.class_book import (
    BookPart,
    BookPeriod,
    BookScope,
    ClassBook,
    RollBookFacts,
    RosterPupil,
    Summary,
)


def part_of(book: ClassBook, part: BookPart) -> ClassBook:
    """What `part` of a book prints; a change elsewhere in the book does not touch its digest.

    The opening and the attendance are taken of a book of the whole year.
    """
    if part is BookPart.WHOLE:
        return book
    bare = replace(
        book,
        part=part,
        pages=(),
        summaries=(),
        year=None,
        remarks=(),
        attendance=(),
        roll_book=None,
    )
    if part is BookPart.OPENING:
        return bare
    # Later parts name the pupils, strike who left, and say nothing else of anybody.
    bare = replace(
        bare,
        subjects=(),
        pupils=tuple(RosterPupil(p.position, p.name, left=p.left) for p in book.pupils),
    )
    if part is BookPart.CONFIRMATION:
        return _confirmation(book, bare)
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
        roll_book=_facts_of(book.roll_book, periods),
    )


def _facts_of(facts: RollBookFacts | None, periods: tuple[BookPeriod, ...]) -> RollBookFacts | None:
    if facts is None:
        return None
    return RollBookFacts(
        tuple(one for one in facts.titles if one.period in periods),
        facts.summer if BookPeriod.YEAR in periods else (),
    )


def _confirmation(book: ClassBook, bare: ClassBook) -> ClassBook:
    """The term's summary and its subjects with their teachers; a subject of the other term only
    has nothing to confirm.
    """
    term = BookPeriod.TERM_1 if book.scope is BookScope.TERM_1 else BookPeriod.TERM_2
    taught = {page.subject for page in book.pages if page.period is term}
    places = [at for at, one in enumerate(book.subjects) if one.subject in taught]

    def kept(summary: Summary) -> Summary:
        # Behind the subjects may stand the mean of them all.
        chosen = (*places, *range(len(book.subjects), len(summary.columns)))
        return replace(
            summary,
            columns=tuple(summary.columns[at] for at in chosen),
            rows=tuple(
                replace(row, results=tuple(row.results[at] for at in chosen))
                for row in summary.rows
            ),
        )

    return replace(
        bare,
        subjects=tuple(book.subjects[at] for at in places),
        summaries=tuple(kept(one) for one in book.summaries if one.period is term),
        roll_book=_facts_of(book.roll_book, (term,)),
    )
