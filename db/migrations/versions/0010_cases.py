"""Correction cases of every kind, their registration, explanation and scans; former absences."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_STRICT = {"sqlite_strict": True}
_BY_KEY = {"sqlite_strict": True, "sqlite_with_rowid": False}
_KEPT = (
    *("id", "school_year_id", "number", "class_id", "subject_id", "step", "reason"),
    *("evidence_book", "evidence_paper", "requested_by", "requested_at", "late_reason"),
    *("checked_by", "checked_at", "check_note", "decided_by", "decided_at", "decision_note"),
    *("witnesses", "unlocked_until", "applied_at", "ended_at"),
)
_PEOPLE = ("requested_by", "checked_by", "decided_by", "registered_by", "explained_by")


def upgrade() -> None:
    _rebuild_correction()
    op.create_table(
        "correction_fact",
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "correction_id", "pupil_id", "field", name=op.f("pk_correction_fact")
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["correction.id"],
            name=op.f("fk_correction_fact_correction_id_correction"),
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_correction_fact_pupil_id_pupil")
        ),
        **_BY_KEY,
    )
    op.create_table(
        "correction_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_scan")),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["correction.id"],
            name=op.f("fk_correction_scan_correction_id_correction"),
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_correction_scan_added_by_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_correction_scan_correction_id"), "correction_scan", ["correction_id"])
    op.create_table(
        "former_absence",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("excused", sa.Integer(), nullable=False),
        sa.Column("unexcused", sa.Integer(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pupil_id", "school_year_id", "term", name="pk_former_absence"),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_former_absence_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_former_absence_school_year_id_school_year"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_former_absence_entered_by_account")
        ),
        **_BY_KEY,
    )


def _rebuild_correction() -> None:
    """A case about rèn luyện or a pupil has no subject; SQLite changes that by copying the table.

    Children keep naming `correction`: the new table takes that name last.
    """
    op.create_table(
        "correction_new",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer()),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence_book", sa.Text(), nullable=False),
        sa.Column("evidence_paper", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.Text(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Integer()),
        sa.Column("checked_at", sa.Text()),
        sa.Column("check_note", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", sa.Text()),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("witnesses", sa.Text(), nullable=False),
        sa.Column("unlocked_until", sa.Text()),
        sa.Column("applied_at", sa.Text()),
        sa.Column("ended_at", sa.Text()),
        sa.Column("kind", sa.Text(), server_default="marks", nullable=False),
        sa.Column("register_no", sa.Text(), server_default="", nullable=False),
        sa.Column("registered_by", sa.Integer()),
        sa.Column("registered_at", sa.Text()),
        sa.Column("explanation", sa.Text(), server_default="", nullable=False),
        sa.Column("explained_by", sa.Integer()),
        sa.Column("explained_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint(
            "school_year_id", "number", name=op.f("uq_correction_school_year_id_number")
        ),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_correction_school_year_id_school_year"),
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_correction_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_correction_subject_id_subject")
        ),
        *(
            sa.ForeignKeyConstraint(
                [person], ["account.id"], name=op.f(f"fk_correction_{person}_account")
            )
            for person in _PEOPLE
        ),
        **_STRICT,
    )
    old, new = (
        sa.table(name, *(sa.column(column) for column in _KEPT))
        for name in ("correction", "correction_new")
    )
    op.execute(new.insert().from_select(_KEPT, sa.select(*(old.c[name] for name in _KEPT))))
    op.drop_table("correction")
    op.rename_table("correction_new", "correction")
    op.create_index(op.f("ix_correction_class_subject"), "correction", ["class_id", "subject_id"])
