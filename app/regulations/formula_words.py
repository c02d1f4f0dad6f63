"""Subject results in numbers, in words every circular shares: quotients and missing entries."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.mark_columns import TERM_TEST
from app.domain.marks import mark_text
from app.domain.subjects import column_codes, column_words
from app.regulations.averages import CK_WEIGHT, GK_WEIGHT, HK2_WEIGHT
from app.regulations.base import TermMarks


def missing_entries(marks: TermMarks, codes: Sequence[str]) -> list[str]:
    """Names of the entries a semester still lacks ("thường xuyên lần 3", "cuối kì").

    `codes` are the columns of the semester in the order of the paper.
    """
    lacking = (None,) * (marks.required_tx - len(marks.tx))
    entries = (*marks.tx, *lacking, marks.gk, *marks.more_gk, marks.ck)
    return [column_words(code) for code, entry in zip(codes, entries, strict=True) if entry is None]


def why_no_result(marks: TermMarks, codes: Sequence[str] = ()) -> str:
    """Why a semester has no result yet: too many ĐĐGtx, or what is missing.

    `codes`: the columns of the semester; without, those that have giữa kì and cuối kì.
    """
    codes = codes or column_codes(marks.required_tx)
    if len(marks.tx) > marks.required_tx:
        regular = "KTtx" if TERM_TEST in codes else "ĐĐGtx"
        return f"có {len(marks.tx)} {regular} trong khi chỉ cần {marks.required_tx}"
    return f"chưa đủ: thiếu {', '.join(missing_entries(marks, codes))}"


def term_quotient(tx: Sequence[int], periodic: Sequence[int], ck: int, result: int) -> str:
    """ĐTBmhk as the sum, the divisor, the exact quotient and the rounded mark."""
    terms = [mark_text(mark) for mark in tx]
    terms += [f"{GK_WEIGHT} × {mark_text(mark)}" for mark in periodic]
    terms.append(f"{CK_WEIGHT} × {mark_text(ck)}")
    total = sum(tx) + GK_WEIGHT * sum(periodic) + CK_WEIGHT * ck
    return quotient(terms, total, len(tx) + GK_WEIGHT * len(periodic) + CK_WEIGHT, result)


def year_quotient(hk1: int, hk2: int, result: int) -> str:
    """ĐTBmcn from the two recorded ĐTBmhk, written the same way."""
    terms = [mark_text(hk1), f"{HK2_WEIGHT} × {mark_text(hk2)}"]
    return quotient(terms, hk1 + HK2_WEIGHT * hk2, 1 + HK2_WEIGHT, result)


def quotient(terms: list[str], total: int, weight: int, result: int) -> str:
    """One line like "(8,0 + 2 × 7,0) : 3 = 7,333… → 7,3"; `total` and `result` in tenths."""
    return f"({' + '.join(terms)}) : {weight} = {_decimals(total, weight)} → {mark_text(result)}"


def _decimals(tenths: int, weight: int) -> str:
    """The exact quotient to three decimals, cut off and marked "…" when it goes on."""
    thousandths, rest = divmod(tenths * 100, weight)
    whole, decimals = divmod(thousandths, 1000)
    digits = f"{decimals:03d}"
    if rest:
        return f"{whole},{digits}…"
    return f"{whole},{digits.rstrip('0') or '0'}"
