"""Kỳ đánh giá: the periods a regulation closes, and the terms its marks belong to."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Term(StrEnum):
    """Học kì: where a mark column of a secondary school belongs."""

    HK1 = "HK1"
    HK2 = "HK2"

    @property
    def label(self) -> str:
        """Words of the forms: "Học kì I" or "Học kì II"."""
        return "Học kì I" if self is Term.HK1 else "Học kì II"

    @property
    def words(self) -> str:
        """The same inside a sentence: "học kì I"."""
        return f"học kì {self.roman}"

    @property
    def roman(self) -> str:
        """I or II."""
        return "I" if self is Term.HK1 else "II"


class Period(StrEnum):
    """Kỳ đánh giá that is closed as one: primary GK1, CK1, GK2, CN; secondary HK1, HK2; all HE."""

    GK1 = "GK1"
    CK1 = "CK1"
    GK2 = "GK2"
    CN = "CN"
    HK1 = "HK1"
    HK2 = "HK2"
    HE = "HE"

    @property
    def label(self) -> str:
        """Words on screen and paper; HK2 closes with the whole year."""
        return {
            Period.GK1: "Giữa học kì I",
            Period.CK1: "Cuối học kì I",
            Period.GK2: "Giữa học kì II",
            Period.CN: "Cuối năm học",
            Period.HK1: "Học kì I",
            Period.HK2: "Học kì II và cả năm",
            Period.HE: "Sau kì nghỉ hè",
        }[self]

    @property
    def words(self) -> str:
        """The same inside a sentence."""
        return self.label[0].lower() + self.label[1:]


EntryTerm = Term | Period
"""Where an entry column belongs: a học kì, or a kỳ đánh giá of primary schools."""

PRIMARY_TERMS = (Period.GK1, Period.CK1, Period.GK2, Period.CN)
"""Kỳ đánh giá of primary schools with entry columns, in the order of the year."""

_ORDER = {term: at for at, term in enumerate((*Term, *PRIMARY_TERMS))}


def period_of(term: EntryTerm) -> Period:
    """The closing period that freezes a term's columns."""
    return Period(term.value)


def semester_closers(term: Term) -> tuple[Period, Period]:
    """Periods that shut a học kì as a whole: of secondary and of primary schools."""
    return (Period.HK1, Period.CK1) if term is Term.HK1 else (Period.HK2, Period.CN)


def entry_term(code: str) -> EntryTerm:
    """The term that "HK1" or "GK1" names; raises ValueError for HE and everything else."""
    if code in _TERMS:
        return _TERMS[code]
    raise ValueError(code)


def column_term(key: str) -> EntryTerm:
    """The term of a column key: "HK1.tx1" or "CN.level"."""
    return _TERMS[key.split(".", 1)[0]]


def short_term(term: EntryTerm) -> str:
    """As a narrow column or list writes it: "HK I", "GK II"."""
    return _SHORT[term]


_SHORT = {
    Term.HK1: "HK I",
    Term.HK2: "HK II",
    Period.GK1: "GK I",
    Period.CK1: "CK I",
    Period.GK2: "GK II",
    Period.CN: "CN",
}


def in_order(terms: Iterable[EntryTerm]) -> list[EntryTerm]:
    """Terms in the order of the school year."""
    return sorted(terms, key=_ORDER.__getitem__)


_TERMS: dict[str, EntryTerm] = {term.value: term for term in (*Term, *PRIMARY_TERMS)}
