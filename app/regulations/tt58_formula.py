"""TT58/2011, Điều 10 và 12 in numbers: how one subject's results came about."""

from __future__ import annotations

from app.domain.marks import DAT, value_text
from app.domain.subjects import SubjectKind, column_codes, column_words
from app.regulations.base import SubjectFormula, SubjectResult, SubjectYear, TermMarks
from app.regulations.explain import cite
from app.regulations.formula_words import term_quotient, why_no_result, year_quotient
from app.regulations.tt58_marks import counts_in_hk1, counts_in_hk2

ID = "TT58/2011"
EXEMPT_WORDS = f"miễn học ({ID}, Điều 12)"


def formula(
    subject: SubjectYear, result: SubjectResult, *, several_periodic: bool
) -> SubjectFormula:
    """The arithmetic behind `result`, or what is still missing, period by period.

    `several_periodic`: the columns are those of TT58/2011 as first issued (KTtx, KTđk, KThk).
    """
    in_hk1, in_hk2 = counts_in_hk1(subject), counts_in_hk2(subject)
    return SubjectFormula(
        clause=cite(ID, 10, 2 if subject.kind is SubjectKind.COMMENTS else 1),
        hk1=_term(subject.kind, subject.hk1, result.hk1, in_hk1, several_periodic),
        hk2=_term(subject.kind, subject.hk2, result.hk2, in_hk2, several_periodic),
        year=_year(subject, result, in_hk1=in_hk1, in_hk2=in_hk2),
    )


def _term(
    kind: SubjectKind, marks: TermMarks | None, result: int | None, counts: bool, several: bool
) -> str:
    if marks is None:
        return ""
    if not counts:
        return EXEMPT_WORDS
    periodic = (marks.gk, *marks.more_gk)
    codes = column_codes(marks.required_tx, len(periodic) if several else 0)
    tests = [mark for mark in periodic if mark is not None]
    if result is None or len(tests) < len(periodic) or marks.ck is None:
        return why_no_result(marks, codes)
    tx = [mark for mark in marks.tx if mark is not None]
    if kind is SubjectKind.COMMENTS:
        entries = (*tx, *tests, marks.ck)
        shown = ", ".join(value_text(value, kind) for value in entries)
        passed = f"{entries.count(DAT)}/{len(entries)} lần Đ"
        final = f"{column_words(codes[-1])} {value_text(marks.ck, kind)}"
        return f"{shown}: {passed}, {final} → {value_text(result, kind)}"
    return term_quotient(tx, tests, marks.ck, result)


def _year(subject: SubjectYear, result: SubjectResult, *, in_hk1: bool, in_hk2: bool) -> str:
    if subject.exempt is not None and not in_hk1 and not in_hk2:
        return EXEMPT_WORDS
    if result.year is None:
        return "chưa đủ kết quả học kì"
    shown = value_text(result.year, subject.kind)
    if not in_hk1 or not in_hk2:
        how = "chỉ học một học kì" if subject.exempt is None else "chỉ đánh giá một học kì"
        return f"{how} → {shown}"
    if subject.kind is SubjectKind.COMMENTS:
        return f"lấy kết quả học kì II → {shown}"
    return year_quotient(result.hk1 or 0, result.hk2 or 0, result.year)
