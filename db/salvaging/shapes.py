"""What the rows of a table look like: how a leaf without a parent is recognised."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2 as sqlcipher

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from db.salvaging.records import Record, Value
    from db.salvaging.tables import Contents, Made

_KINDS: Final[dict[str, tuple[type, ...]]] = {
    "INTEGER": (int,),
    "TEXT": (str,),
    "BLOB": (bytes,),
    "REAL": (float, int),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns of a table: (name, kind, may be NULL, default as SQL), in their order.

    `places` says where each stored value belongs; `alias` is the column that is the row's number.
    """

    table: str
    by_key: bool
    columns: tuple[tuple[str, str, bool, str | None], ...]
    places: tuple[int, ...]
    alias: int | None

    def fits(self, records: Sequence[Record], *, by_number: bool) -> bool:
        """Whether every record may be a row of this table."""
        return by_number is not self.by_key and all(self._fits(record) for record in records)

    def row(self, record: Record) -> list[Value]:
        """The record as a row in the columns' order; short ones are from before a new column."""
        row: list[Value] = [_default(default) for _, _, _, default in self.columns]
        for value, place in zip(record.values, self.places, strict=False):
            row[place] = value
        if self.alias is not None:
            row[self.alias] = record.rowid
        return row

    def _fits(self, record: Record) -> bool:
        if len(record.values) > len(self.columns):
            return False
        row = self.row(record)
        return all(
            (value is None and empty) or isinstance(value, _KINDS.get(kind, (object,)))
            for value, (_, kind, empty, _) in zip(row, self.columns, strict=True)
        )


def shape_of(connection: Any, one: Made) -> Shape:
    """The shape of a table that exists in `connection`."""
    columns = connection.execute(f'PRAGMA table_xinfo("{one.name}")').fetchall()
    order = list(range(len(columns)))
    keys = [at for at in order if columns[at][5]]
    if one.by_key:
        # Such a table stores its key columns first.
        order.sort(key=lambda at: (columns[at][5] == 0, columns[at][5], at))
    number = not one.by_key and len(keys) == 1 and str(columns[keys[0]][2]).upper() == "INTEGER"
    return Shape(
        one.name,
        one.by_key,
        tuple(
            (str(c[1]), str(c[2]).upper(), not (c[3] or (c[5] and one.by_key)), c[4])
            for c in columns
        ),
        tuple(order),
        keys[0] if number else None,
    )


def shapes_of(contents: Contents) -> list[Shape]:
    """Shapes of every table of `contents`, asked of an empty schema in memory."""
    with closing(sqlcipher.connect(":memory:")) as connection:
        found = []
        for one in contents.made:
            if one.type == "table" and not one.name.startswith("sqlite_"):
                connection.execute(one.sql)
                found.append(shape_of(connection, one))
        return found


def _default(sql: str | None) -> Value:
    """The value a row had before its column was added."""
    if sql is None or sql.upper() == "NULL":
        return None
    return sql[1:-1].replace("''", "'") if sql.startswith("'") else int(sql)
