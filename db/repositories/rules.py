"""Versions of the rules: rows to dataclasses."""

from __future__ import annotations

import json

from sqlalchemy import Connection, insert, select

from app.domain.ids import AccountId, SchoolYearId
from app.domain.rules import RuleSet, RuleVersion
from db.rows.people import account
from db.rows.rules import rule_version

_VERSIONS = (
    select(rule_version, account.c.full_name)
    .outerjoin(account, account.c.id == rule_version.c.set_by)
    .order_by(rule_version.c.number)
)


class SqlRules:
    """Fulfils `app.rule_ports.RuleRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def versions(self, year_id: SchoolYearId) -> tuple[RuleVersion, ...]:
        """Every version of a year in the order of their numbers."""
        rows = self._db.execute(_VERSIONS.where(rule_version.c.school_year_id == year_id))
        return tuple(
            RuleVersion(
                SchoolYearId(r.school_year_id),
                r.number,
                r.profile,
                r.starts_on,
                r.decision_no,
                r.decision_on,
                r.note,
                RuleSet(json.loads(r.rules)),
                r.full_name or "",
                r.set_at,
            )
            for r in rows
        )

    def add(self, version: RuleVersion, by: AccountId) -> None:
        """Keep a new version; the number is the caller's."""
        self._db.execute(
            insert(rule_version).values(
                school_year_id=version.school_year_id,
                number=version.number,
                profile=version.profile,
                starts_on=version.starts_on,
                decision_no=version.decision_no,
                decision_on=version.decision_on,
                note=version.note,
                rules=json.dumps(dict(version.rules.values), ensure_ascii=False, sort_keys=True),
                set_by=by,
                set_at=version.set_at,
            )
        )
