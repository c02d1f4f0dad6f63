"""Delegations: rows to dataclasses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from app.domain.delegations import Delegation, Power
from app.domain.ids import AccountId
from db.repositories.new_key import new_key
from db.rows.people import account
from db.rows.rules import delegation

_GIVER, _TAKER = account.alias("giver"), account.alias("taker")
_ALL = (
    select(
        delegation,
        _GIVER.c.full_name.label("giver_name"),
        _TAKER.c.full_name.label("taker_name"),
    )
    .join(_GIVER, _GIVER.c.id == delegation.c.giver_id)
    .join(_TAKER, _TAKER.c.id == delegation.c.taker_id)
    .order_by(delegation.c.id.desc())
)


class SqlDelegations:
    """Fulfils `app.rule_ports.DelegationRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self) -> tuple[Delegation, ...]:
        """Every delegation, the newest first."""
        return tuple(
            Delegation(
                r.id,
                Power(r.power),
                AccountId(r.giver_id),
                r.giver_name,
                AccountId(r.taker_id),
                r.taker_name,
                r.starts_on,
                r.ends_on,
                r.decision_no,
                r.decision_on,
                r.ended_on,
            )
            for r in self._db.execute(_ALL)
        )

    def add(self, new: Delegation, at: datetime) -> Delegation:
        """Keep a new one; answers it with its number."""
        added = self._db.execute(
            insert(delegation).values(
                power=new.power.value,
                giver_id=new.giver,
                taker_id=new.taker,
                starts_on=new.starts_on,
                ends_on=new.ends_on,
                decision_no=new.decision_no,
                decision_on=new.decision_on,
                given_at=at,
            )
        )
        return replace(new, id=new_key(added))

    def end(self, delegation_id: int, last_day: date, by: AccountId, at: datetime) -> None:
        """Taken back; `last_day` is the last on which it counts."""
        self._db.execute(
            update(delegation)
            .where(delegation.c.id == delegation_id)
            .values(ended_on=last_day, ended_by=by, ended_at=at)
        )
