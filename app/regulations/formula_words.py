"""Subject results in numbers, in words every circular shares: quotients and missing entries."""

from __future__ import annotations

from app.domain.marks import mark_text
from app.domain.subjects import column_words
from app.regulations.averages import CK_WEIGHT, GK_WEIGHT, HK2_WEIGHT
from app.regulations.base import TermMarks


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


def why_no_result(marks: TermMarks) -> str:
    """Why a semester has no result yet: too many ĐĐGtx, or what is missing."""
    if len(marks.tx) > marks.required_tx:
        return f"có {len(marks.tx)} ĐĐGtx trong khi chỉ cần {marks.required_tx}"
    return f"chưa đủ: thiếu {', '.join(missing_entries(marks))}"


def term_quotient(tx: list[int], gk: int, ck: int, result: int) -> str:
    """ĐTBmhk as the sum, the divisor, the exact quotient and the rounded mark."""
    terms = [mark_text(mark) for mark in tx]
    terms += [f"{GK_WEIGHT} × {mark_text(gk)}", f"{CK_WEIGHT} × {mark_text(ck)}"]
    total = sum(tx) + GK_WEIGHT * gk + CK_WEIGHT * ck
    return quotient(terms, total, len(tx) + GK_WEIGHT + CK_WEIGHT, result)


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
