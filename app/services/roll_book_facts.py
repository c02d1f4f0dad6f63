"""What only sổ gọi tên và ghi điểm (TT58/2011) tells of a class: danh hiệu a term, summer work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.ids import PupilId
from app.domain.periods import Term
from app.readmodels.class_book import BookPeriod, RollBookFacts, SummerWork, TermTitle
from app.regulations.base import Promotion, PupilResults, Titles
from app.regulations.tt58_year_end import ADVANCED_PUPIL, GOOD_PUPIL
from app.services.class_results import ClassFacts
from app.services.year_lists import year_ends

SHORT_TITLES = {GOOD_PUPIL: "HSG", ADVANCED_PUPIL: "HSTT"}
"""As the narrow column TĐ writes danh hiệu (TT58/2011, Điều 18)."""
_AT_CLOSE = {
    Promotion.REASSESS: "KT lại",
    Promotion.SUMMER_CONDUCT: "RL hè",
    Promotion.RETAINED: "Ở lại",
}
"""The column "Ở lại lớp, KT lại, rèn luyện hạnh kiểm trong hè" (Điều 15 đến 17)."""


def roll_book_facts(
    facts: ClassFacts, results: Mapping[PupilId, PupilResults], terms: Iterable[Term]
) -> RollBookFacts:
    """Danh hiệu of `terms`; with both also the year's, and what its close left each pupil to do."""
    asked = tuple(terms)
    periods = [BookPeriod(term.value) for term in asked]
    if Term.HK2 in asked:
        periods.append(BookPeriod.YEAR)
    titles = tuple(
        TermTitle(period, entry.position, SHORT_TITLES.get(title, title))
        for period in periods
        for entry in facts.entries
        if (title := _title(results[entry.pupil_id].titles, period))
    )
    if Term.HK2 not in asked:
        return RollBookFacts(titles)
    summer = tuple(
        SummerWork(end.entry.position, _AT_CLOSE[end.at_close])
        for end in year_ends(facts)
        if end.at_close in _AT_CLOSE
    )
    return RollBookFacts(titles, summer)


def _title(titles: Titles, period: BookPeriod) -> str:
    of_period = {BookPeriod.TERM_1: titles.hk1, BookPeriod.TERM_2: titles.hk2}
    return of_period.get(period, titles.year) or ""
