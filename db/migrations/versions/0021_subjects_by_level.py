"""A subject's code is one of its level: Toán of grade 5 and of grade 6 are judged otherwise."""

from __future__ import annotations

from db.migrations.rebuilding import rebuild

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rebuild(
        "subject",
        (
            "CONSTRAINT uq_subject_school_year_id_code UNIQUE (school_year_id, code)",
            "CONSTRAINT uq_subject_school_year_id_code_kind UNIQUE (school_year_id, code, kind)",
        ),
    )
