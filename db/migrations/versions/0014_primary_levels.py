"""Columns, kinds of subject and summer results of primary schools."""

from __future__ import annotations

from db.migrations.rebuilding import rebuild

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rebuild(
        "assessment",
        ("term IN ('HK1', 'HK2')", "term IN ('HK1', 'HK2', 'GK1', 'CK1', 'GK2', 'CN')"),
    )
    rebuild(
        "subject",
        ("kind IN ('marks', 'comments')", "kind IN ('marks', 'comments', 'levels', 'traits')"),
    )
    rebuild("subject_plan", ("tx_count BETWEEN 1 AND 9", "tx_count BETWEEN 0 AND 9"))
    rebuild(
        "reassessment",
        ("subject_id INTEGER NOT NULL, ", "subject_id INTEGER NOT NULL, \n\tcode TEXT NOT NULL, "),
        ("(class_id, pupil_id, subject_id)", "(class_id, pupil_id, subject_id, code)"),
        added=("code", "''"),
    )
