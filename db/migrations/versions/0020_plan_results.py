"""Results by individual plans of pupils with disabilities: proposed by GVCN, decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_TABLE = "plan_result"


def _to(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{_TABLE}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Integer()),
        sa.Column("decision_no", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        _to("class_id", "class"),
        _to("pupil_id", "pupil"),
        _to("proposed_by", "account"),
        _to("decided_by", "account"),
        sqlite_strict=True,
    )
    op.create_index("ix_plan_result_class", _TABLE, ["class_id", "pupil_id"])
