"""Ngày kiểm tra, ngày trả bài, hạn vào điểm of one column: what they must satisfy together."""

from __future__ import annotations

from datetime import date

from app.actor import Actor
from app.domain.due_dates import due_by_rule
from app.errors import RuleRefused
from app.ports import Assessment, UnitOfWork
from app.services.rules_in_force import rules_of
from app.services.sheet_facts import SheetFacts
from app.services.standing import standing
from app.text import date_vn

ColumnDates = tuple[date | None, date | None, date | None]
"""Test, due, returned: as they are stored."""


def checked_dates(
    uow: UnitOfWork, facts: SheetFacts, actor: Actor, column: Assessment, wanted: ColumnDates
) -> ColumnDates:
    """The dates to store; without a due day the rules of the year reckon it (M129, M130, M190).

    Raises RuleRefused when the days are out of order, or when somebody who leads nothing sets a
    later due day than the rules do.
    """
    test_on, due_on, returned_on = wanted
    if test_on is not None and returned_on is not None and returned_on < test_on:
        raise RuleRefused(
            "returned_before_test",
            f"Ngày trả bài {date_vn(returned_on)} sớm hơn ngày kiểm tra {date_vn(test_on)} nên "
            "chưa ghi; hãy chọn lại ngày trả bài.",
        )
    if test_on is not None and due_on is not None and due_on < test_on:
        raise RuleRefused(
            "due_before_test",
            f"Hạn vào điểm {date_vn(due_on)} sớm hơn ngày kiểm tra {date_vn(test_on)} nên "
            "chưa ghi; hãy chọn hạn từ ngày kiểm tra trở đi.",
        )
    rules = rules_of(uow, facts.year.id, facts.today)
    ruled = due_by_rule(rules, column.code, test_on, returned_on)
    if ruled is None:
        return wanted
    if due_on is not None and due_on > ruled and not standing(uow, actor, facts.today).leads:
        raise RuleRefused(
            "due_after_rule",
            f"Hạn vào điểm {date_vn(due_on)} muộn hơn hạn theo quy định của trường "
            f"({date_vn(ruled)}) nên chưa ghi; hãy để trống cho máy tính, hoặc xin hiệu trưởng đặt "
            "hạn khác.",
            ruled=ruled,
        )
    return test_on, due_on or ruled, returned_on
