"""Số lần kiểm tra, đánh giá of a year by grade and subject, out of the subject plans (M150)."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.periods import Term, entry_term
from app.domain.school import SchoolYear
from app.domain.subjects import Subject, SubjectKind
from app.ports import UnitOfWork
from app.regulations.primary_columns import SCORE_CODE
from app.regulations.registry import is_primary, primary_regulation
from app.services.primary_setup import columns_of

_TERM_OF = {"GK1": Term.HK1, "CK1": Term.HK1, "GK2": Term.HK2, "CN": Term.HK2}


def test_table(uow: UnitOfWork, year: SchoolYear) -> list[tuple[str, ...]]:
    """(grades, subject, term 1, term 2); grades that test a subject alike share a row."""
    rows: dict[tuple[str, ...], list[int]] = {}
    regulations = {k.grade: k.regulation for k in uow.school.classes(year.id)}
    for grade in sorted(regulations):
        for subject in uow.studies.of_grade(year.id, grade):
            if subject.kind is SubjectKind.TRAITS:
                continue
            words = (
                _primary(regulations[grade], grade, subject)
                if is_primary(regulations[grade])
                else tuple(_secondary(subject, term) for term in Term)
            )
            rows.setdefault((subject.name, *words), []).append(grade)
    return [(_grades(grades), *key) for key, grades in rows.items()]


def _grades(grades: Iterable[int]) -> str:
    return ", ".join(str(grade) for grade in grades)


def _secondary(subject: Subject, term: Term) -> str:
    codes = subject.columns(term)
    if not codes:
        return "không dạy"
    regular = sum(code.startswith("tx") for code in codes)
    return f"{regular} thường xuyên, 1 giữa kì, 1 cuối kì"


def _primary(regulation: str, grade: int, subject: Subject) -> tuple[str, ...]:
    said: dict[Term, list[str]] = {term: [] for term in Term}
    for period, codes in columns_of(primary_regulation(regulation), grade, subject).items():
        scored = " và bài KTĐK" if SCORE_CODE in codes else ""
        said[_TERM_OF[period.value]].append(f"{entry_term(period.value).words}{scored}")
    return tuple("; ".join(said[term]) or "không đánh giá" for term in Term)
