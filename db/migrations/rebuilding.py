"""Changes a table in ways that SQLite cannot change in place: a CHECK, a UNIQUE, a primary key.

The table's own text is changed, so that what other revisions added to it stays; the rows go
through a plain copy. Foreign keys are off while migrations run.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def rebuild(table: str, *changes: tuple[str, str], added: tuple[str, str] | None = None) -> None:
    """Replace each text (old, new) of the table's definition; `added`: a new column and its value.

    Raises RuntimeError when an old text is not there exactly once.
    """
    db = op.get_bind()
    text = str(
        db.execute(
            sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"),
            {"name": table},
        ).scalar_one()
    )
    for old, new in changes:
        if text.count(old) != 1:
            raise RuntimeError(f"{table}: {old!r} is not there once")
        text = text.replace(old, new)
    columns = [row[1] for row in db.exec_driver_sql(f"PRAGMA table_info({table})")]
    db.exec_driver_sql(f"CREATE TABLE former_{table} AS SELECT * FROM {table}")  # noqa: S608
    db.exec_driver_sql(f"DROP TABLE {table}")
    db.exec_driver_sql(text)
    into, out = list(columns), list(columns)
    if added is not None:
        into.append(added[0])
        out.append(added[1])
    db.exec_driver_sql(
        f"INSERT INTO {table} ({', '.join(into)}) "  # noqa: S608 - names from the schema itself
        f"SELECT {', '.join(out)} FROM former_{table}"
    )
    db.exec_driver_sql(f"DROP TABLE former_{table}")
