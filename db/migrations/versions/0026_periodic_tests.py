"""How many KTđk a term of a subject has (TT58/2011 as first issued); 0 where it has one giữa kì."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    count = sa.Column("dk_count", sa.Integer(), server_default="0", nullable=False)
    op.add_column("subject_plan", count)
