"""The trail found by time: reports on some weeks of a ten-year file read those weeks only."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_trail_at"), "trail", ["at"])
