"""Columns, kinds of subject and summer results of primary schools.

SQLite cannot change a CHECK or a primary key in place. The table's own text is changed, so that
what other revisions added to it stays; the rows go through a plain copy.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rebuild(
        "assessment",
        ("term IN ('HK1', 'HK2')", "term IN ('HK1', 'HK2', 'GK1', 'CK1', 'GK2', 'CN')"),
    )
    _rebuild(
        "subject",
        ("kind IN ('marks', 'comments')", "kind IN ('marks', 'comments', 'levels', 'traits')"),
    )
    _rebuild("subject_plan", ("tx_count BETWEEN 1 AND 9", "tx_count BETWEEN 0 AND 9"))
    _rebuild(
        "reassessment",
        ("subject_id INTEGER NOT NULL, ", "subject_id INTEGER NOT NULL, \n\tcode TEXT NOT NULL, "),
        ("(class_id, pupil_id, subject_id)", "(class_id, pupil_id, subject_id, code)"),
        added=("code", "''"),
    )


def _rebuild(table: str, *changes: tuple[str, str], added: tuple[str, str] | None = None) -> None:
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
