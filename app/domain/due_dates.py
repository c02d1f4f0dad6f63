"""Hạn vào điểm of a column by the school's rules (M129, M130, M190)."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.mark_columns import is_regular
from app.domain.rule_catalogue import DUE_PERIODIC, DUE_REGULAR, DUE_RETURNED
from app.domain.rules import RuleSet


def due_by_rule(
    rules: RuleSet, code: str, test_on: date | None, returned_on: date | None
) -> date | None:
    """The last day to enter a column's marks; None when no rule reckons it.

    A rule that counts from the day the papers were returned goes before one that counts from the
    test: a school has the one or the other, and a day written down is meant to count. `code` is
    the column's, "tx1", "gk" or "ck" (or "v1", "dk1", "hk").
    """
    after_return = rules.number(DUE_RETURNED)
    if after_return is not None and returned_on is not None:
        return returned_on + timedelta(days=after_return)
    after_test = rules.number(DUE_REGULAR if is_regular(code) else DUE_PERIODIC)
    if after_test is not None and test_on is not None:
        return test_on + timedelta(days=after_test)
    return None
