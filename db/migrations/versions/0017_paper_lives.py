"""The life of printed papers: signatures on paper, seal, binding, keeping, loans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("print_run_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Text(), nullable=False),
        sa.Column("step", sa.Text()),
        sa.Column("person_id", sa.Integer()),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_event")),
        sa.ForeignKeyConstraint(
            ["print_run_id"],
            ["print_run.id"],
            name=op.f("fk_paper_event_print_run_id_print_run"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], ["account.id"], name=op.f(f"fk_paper_event_{name}_account")
            )
            for name in ("by_account", "person_id")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_paper_event_print_run_id", "paper_event", ["print_run_id"])
