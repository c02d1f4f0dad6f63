"""Kiểm dò: assignments, ticks, columns compared with the paper book, remarks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_STRICT = {"sqlite_strict": True}
_STRICT_BY_KEY = {"sqlite_strict": True, "sqlite_with_rowid": False}


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    table = "proof_assignment"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("assigned_by", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text()),
        sa.Column("confirmed_at", sa.Text()),
        sa.Column("voided_at", sa.Text()),
        sa.Column("voided_why", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _to(table, "class_id", "class"),
        _to(table, "subject_id", "subject"),
        _to(table, "reader_id", "account"),
        _to(table, "assigned_by", "account"),
        **_STRICT,
    )
    op.create_index("ix_proof_assignment_sheet", table, ["class_id", "subject_id", "period"])
    table = "proof_tick"
    op.create_table(
        table,
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", "pupil_id", name=op.f(f"pk_{table}")),
        _to(table, "assessment_id", "assessment"),
        _to(table, "pupil_id", "pupil"),
        _to(table, "by_id", "account"),
        **_STRICT_BY_KEY,
    )
    table = "proof_column"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.Text()),
        sa.Column("voided_why", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _to(table, "assessment_id", "assessment"),
        _to(table, "by_id", "account"),
        **_STRICT,
    )
    op.create_index(op.f("ix_proof_column_assessment_id"), table, ["assessment_id"])
    table = "proof_remark"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.Integer()),
        sa.Column("answered_at", sa.Text()),
        sa.Column("resolution", sa.Text(), server_default="", nullable=False),
        sa.Column("resolved_by", sa.Integer()),
        sa.Column("resolved_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _to(table, "class_id", "class"),
        _to(table, "assessment_id", "assessment"),
        _to(table, "pupil_id", "pupil"),
        _to(table, "by_id", "account"),
        _to(table, "answered_by", "account"),
        _to(table, "resolved_by", "account"),
        **_STRICT,
    )
    op.create_index(op.f("ix_proof_remark_class_id"), table, ["class_id"])
