"""Departments with their subjects; internal checks with their findings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_STRICT = {"sqlite_strict": True}


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "department_subject",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_department_subject")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    table = "internal_check"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.Text(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _to(table, "school_year_id", "school_year"),
        _to(table, "made_by", "account"),
        **_STRICT,
    )
    op.create_index(op.f("ix_internal_check_school_year_id"), table, ["school_year_id"])
    table = "check_finding"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer()),
        sa.Column("subject_id", sa.Integer()),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Integer()),
        sa.Column("closed_at", sa.Text()),
        sa.Column("closing_note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _to(table, "check_id", "internal_check"),
        _to(table, "account_id", "account"),
        _to(table, "class_id", "class"),
        _to(table, "subject_id", "subject"),
        _to(table, "closed_by", "account"),
        **_STRICT,
    )
    op.create_index(op.f("ix_check_finding_check_id"), table, ["check_id"])
