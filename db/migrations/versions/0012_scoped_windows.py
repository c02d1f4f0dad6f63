"""Windows of some grades or one class; the day of every decision that locks or takes back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_STRICT = {"sqlite_strict": True}
_KEYS = (
    ("school_year_id", "school_year"),
    ("set_by", "account"),
    ("class_id", "class"),
    ("withdrawn_by", "account"),
)


def upgrade() -> None:
    for name in ("decision_on", "unlock_decision_on"):
        op.add_column("column_lock", sa.Column(name, sa.Text()))
    _rebuild_windows()


def _rebuild_windows() -> None:
    """A column with a foreign key cannot be added under a name; nothing points at a window."""
    db = op.get_bind()
    kept = [dict(row) for row in db.execute(sa.text("SELECT * FROM entry_window")).mappings()]
    op.drop_table("entry_window")
    made = op.create_table(
        "entry_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Text(), nullable=False),
        sa.Column("closes_on", sa.Text(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decision_on", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text()),
        sa.Column("grades", sa.Text(), server_default="", nullable=False),
        sa.Column("class_id", sa.Integer()),
        sa.Column("withdrawn_by", sa.Integer()),
        sa.Column("withdraw_decision_no", sa.Text(), server_default="", nullable=False),
        sa.Column("withdraw_decision_on", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_window")),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{table}.id"], name=op.f(f"fk_entry_window_{name}_{table}")
            )
            for name, table in _KEYS
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_entry_window_school_year_id"), "entry_window", ["school_year_id"])
    if kept:
        op.bulk_insert(made, kept)
