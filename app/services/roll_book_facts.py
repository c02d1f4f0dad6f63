"""What only sổ gọi tên và ghi điểm (TT58/2011) tells of a class: danh hiệu a term, summer work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.ids import PupilId
from app.domain.periods import Term
from app.readmodels.class_book import BookPeriod, RollBookFacts, SummerWork, TermTitle
from app.regulations.base import Promotion, PupilResults
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
    """Danh hiệu of `terms`; what the close left each pupil to do, when both terms are asked."""
    asked = tuple(terms)
    titles = tuple(
        TermTitle(BookPeriod(term.value), entry.position, SHORT_TITLES.get(title, title))
        for term in asked
        for entry in facts.entries
        if (title := _title(results[entry.pupil_id], term))
    )
    if Term.HK2 not in asked:
        return RollBookFacts(titles)
    summer = tuple(
        SummerWork(end.entry.position, _AT_CLOSE[end.at_close])
        for end in year_ends(facts)
        if end.at_close in _AT_CLOSE
    )
    return RollBookFacts(titles, summer)


def _title(found: PupilResults, term: Term) -> str:
    return (found.titles.hk1 if term is Term.HK1 else found.titles.hk2) or ""
