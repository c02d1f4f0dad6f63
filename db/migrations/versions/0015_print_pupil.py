"""The pupil a print run is about; runs made before were of classes or of the school."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("print_run", sa.Column("pupil_id", sa.Integer()))
