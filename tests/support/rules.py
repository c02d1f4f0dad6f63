"""Rules of a test school in one line: settled by its principal, in force from today."""

from __future__ import annotations

from datetime import date

from app.services.rule_book import RuleAct, RuleBook
from tests.support.school import TestSchool


def settle(school: TestSchool, changes: dict[str, str], starts_on: date | None = None):
    """Change single rules by an invented decision; keys and values are the catalogue's."""
    today = school.clock.today()
    act = RuleAct("41/QĐ-THCS", today, starts_on or today)
    return RuleBook(school.uow, school.clock).change(
        school.actor("principal"), school.year_id, changes, act
    )
