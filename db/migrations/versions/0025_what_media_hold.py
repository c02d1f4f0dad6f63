"""What a sealed medium holds: which classes, with or without the confidential copy."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("year_seal", sa.Column("holds", sa.Text(), server_default="", nullable=False))
