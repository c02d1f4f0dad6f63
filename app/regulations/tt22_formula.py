"""TT22/2021, Điều 9 khoản 1 in numbers: how one subject's results came about."""

from __future__ import annotations

from app.domain.marks import value_text
from app.domain.subjects import SubjectKind
from app.regulations.base import Exemption, SubjectFormula, SubjectResult, SubjectYear, TermMarks
from app.regulations.formula_words import term_quotient, why_no_result, year_quotient

CLAUSE = "TT22/2021, Điều 9, khoản 1"
EXEMPT_WORDS = "miễn học (TT22/2021, Điều 11)"


def formula(subject: SubjectYear, result: SubjectResult) -> SubjectFormula:
    """The arithmetic behind `result`, or what is still missing, period by period."""
    point = "a" if subject.kind is SubjectKind.COMMENTS else "b"
    return SubjectFormula(
        clause=f"{CLAUSE}, điểm {point}",
        hk1=_term(subject, subject.hk1, result.hk1, Exemption.HK1),
        hk2=_term(subject, subject.hk2, result.hk2, Exemption.HK2),
        year=_year(subject, result),
    )


def _term(
    subject: SubjectYear, marks: TermMarks | None, result: int | None, term: Exemption
) -> str:
    if marks is None:
        return ""
    if subject.exempt in (term, Exemption.YEAR):
        return EXEMPT_WORDS
    if result is None or marks.gk is None or marks.ck is None:
        return why_no_result(marks)
    tx = [mark for mark in marks.tx if mark is not None]
    if subject.kind is SubjectKind.COMMENTS:
        entries = [value_text(value, subject.kind) for value in (*tx, marks.gk, marks.ck)]
        return f"{', '.join(entries)} → {value_text(result, subject.kind)}"
    return term_quotient(tx, (marks.gk,), marks.ck, result)


def _year(subject: SubjectYear, result: SubjectResult) -> str:
    if subject.exempt is Exemption.YEAR:
        return EXEMPT_WORDS
    if result.year is None:
        return "chưa đủ kết quả học kì"
    shown = value_text(result.year, subject.kind)
    if subject.hk1 is None or subject.hk2 is None:
        return f"chỉ học một học kì → {shown}"
    if subject.exempt is not None and subject.kind is SubjectKind.MARKS:
        return f"chỉ đánh giá một học kì → {shown}"
    if subject.kind is SubjectKind.COMMENTS:
        return f"lấy kết quả học kì II → {shown}"
    return year_quotient(result.hk1 or 0, result.hk2 or 0, result.year)
