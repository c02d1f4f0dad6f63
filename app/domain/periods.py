"""Kỳ đánh giá: the periods a regulation closes, and the terms its marks belong to."""

from __future__ import annotations

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


def period_of(term: Term) -> Period:
    """The closing period that freezes a term's columns."""
    return Period.HK1 if term is Term.HK1 else Period.HK2
