"""Discs beside drives, and the register of sealed media."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "year_seal", sa.Column("medium", sa.Text(), server_default="drive", nullable=False)
    )
    for name, default in (("part", "1"), ("parts", "1"), ("supplement", "0")):
        op.add_column(
            "year_seal", sa.Column(name, sa.Integer(), server_default=default, nullable=False)
        )
    op.add_column(
        "year_seal", sa.Column("image_sha256", sa.Text(), server_default="", nullable=False)
    )
    op.create_table(
        "medium_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("copy_no", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_check_on", sa.Text()),
        sa.Column("state", sa.Text()),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medium_event")),
        sa.ForeignKeyConstraint(
            ["school_year_id", "copy_no"],
            ["year_seal.school_year_id", "year_seal.copy_no"],
            name=op.f("fk_medium_event_school_year_id_copy_no_year_seal"),
        ),
        sa.ForeignKeyConstraint(
            ["by_account"], ["account.id"], name=op.f("fk_medium_event_by_account_account")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_medium_event_year", "medium_event", ["school_year_id", "copy_no"])
