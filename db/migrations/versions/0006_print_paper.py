"""The paper a run was printed on; everything before was A4."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("print_run", sa.Column("paper", sa.Text(), server_default="A4", nullable=False))
