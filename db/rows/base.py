"""Shared pieces of every table: metadata with named constraints, ISO dates and times as text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Insert, MetaData, Text
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.types import TypeDecorator

from app.clock import VIETNAM

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Named constraints: SQLite batch migrations can only drop what has a name."""

STRICT: dict[str, Any] = {"sqlite_strict": True}
STRICT_BY_KEY: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}


class IsoDate(TypeDecorator[date]):
    """A calendar day as "2026-11-23": readable by every tool, sorts as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: object) -> str | None:
        """Day to text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: object) -> date | None:
        """Text to day."""
        return None if value is None else date.fromisoformat(value)


class IsoTime(TypeDecorator[datetime]):
    """A moment in Vietnam's time, whole seconds, "2026-11-23T14:03:22+07:00"."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> str | None:
        """Moment to text."""
        return None if value is None else value.astimezone(VIETNAM).isoformat(timespec="seconds")

    def process_result_value(self, value: Any | None, dialect: object) -> datetime | None:
        """Text to moment."""
        return None if value is None else datetime.fromisoformat(value)


def driver_statement(statement: Insert) -> str:
    """An insert of whole rows as SQL for `exec_driver_sql`, its values in the table's order.

    Raises ValueError when the statement wants them in another order.
    """
    compiled = statement.compile(dialect=dialect(paramstyle="qmark"))
    columns = [column.name for column in statement.table.columns]
    if list(compiled.positiontup or ()) != columns:
        raise ValueError(f"{statement.table.name}: {compiled.positiontup} instead of {columns}")
    return str(compiled)
