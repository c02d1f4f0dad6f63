"""Versions of the printed forms' settings; a run keeps the digest of those it was drawn with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_TABLE = "form_version"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Text(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decision_on", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint("form", "number", name=op.f(f"uq_{_TABLE}_form_number")),
        sa.ForeignKeyConstraint(
            ["set_by"], ["account.id"], name=op.f(f"fk_{_TABLE}_set_by_account")
        ),
        sqlite_strict=True,
    )
    # Runs of earlier programs were drawn with the forms as shipped.
    op.add_column(
        "print_run", sa.Column("form_digest", sa.Text(), server_default="", nullable=False)
    )
