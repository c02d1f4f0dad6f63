"""TT22/2021, Điều 9 khoản 1 in numbers: how one subject's results came about."""

from __future__ import annotations

from app.domain.marks import mark_text, value_text
from app.domain.subjects import SubjectKind, column_words
from app.regulations.base import Exemption, SubjectFormula, SubjectResult, SubjectYear, TermMarks
from app.regulations.tt22_marks import CK_WEIGHT, GK_WEIGHT, HK2_WEIGHT

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


def missing_entries(marks: TermMarks) -> list[str]:
    """Names of the entries a semester still lacks ("thường xuyên lần 3", "cuối kì")."""
    missing = [
        column_words(f"tx{number}")
        for number in range(1, marks.required_tx + 1)
        if number > len(marks.tx) or marks.tx[number - 1] is None
    ]
    if marks.gk is None:
        missing.append(column_words("gk"))
    if marks.ck is None:
        missing.append(column_words("ck"))
    return missing


def _term(
    subject: SubjectYear, marks: TermMarks | None, result: int | None, term: Exemption
) -> str:
    if marks is None:
        return ""
    if subject.exempt in (term, Exemption.YEAR):
        return EXEMPT_WORDS
    if len(marks.tx) > marks.required_tx:
        return f"có {len(marks.tx)} ĐĐGtx trong khi chỉ cần {marks.required_tx}"
    missing = missing_entries(marks)
    if missing or result is None or marks.gk is None or marks.ck is None:
        return f"chưa đủ: thiếu {', '.join(missing)}"
    tx = [mark for mark in marks.tx if mark is not None]
    if subject.kind is SubjectKind.COMMENTS:
        entries = [value_text(value, subject.kind) for value in (*tx, marks.gk, marks.ck)]
        return f"{', '.join(entries)} → {value_text(result, subject.kind)}"
    terms = [mark_text(mark) for mark in tx]
    terms += [f"{GK_WEIGHT} × {mark_text(marks.gk)}", f"{CK_WEIGHT} × {mark_text(marks.ck)}"]
    total = sum(tx) + GK_WEIGHT * marks.gk + CK_WEIGHT * marks.ck
    return _quotient(terms, total, len(tx) + GK_WEIGHT + CK_WEIGHT, result)


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
    hk1, hk2 = result.hk1 or 0, result.hk2 or 0
    terms = [mark_text(hk1), f"{HK2_WEIGHT} × {mark_text(hk2)}"]
    return _quotient(terms, hk1 + HK2_WEIGHT * hk2, 1 + HK2_WEIGHT, result.year)


def _quotient(terms: list[str], total: int, weight: int, result: int) -> str:
    return f"({' + '.join(terms)}) : {weight} = {_decimals(total, weight)} → {mark_text(result)}"


def _decimals(tenths: int, weight: int) -> str:
    """The exact quotient to three decimals, cut off and marked "…" when it goes on."""
    thousandths, rest = divmod(tenths * 100, weight)
    whole, decimals = divmod(thousandths, 1000)
    digits = f"{decimals:03d}"
    if rest:
        return f"{whole},{digits}…"
    return f"{whole},{digits.rstrip('0') or '0'}"
