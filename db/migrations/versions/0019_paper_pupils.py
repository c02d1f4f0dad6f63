"""The subject of a teacher's own book, the pupil whose học bạ was handed out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("print_run", sa.Column("subject_id", sa.Integer()))
    op.add_column("paper_event", sa.Column("pupil_id", sa.Integer()))
