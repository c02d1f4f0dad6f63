"""Full profiles, photos, and how pupils came and went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_STRICT = {"sqlite_strict": True}
_TEXTS = (
    "father_phone",
    "father_email",
    "mother_phone",
    "mother_email",
    "guardian",
    "guardian_job",
    "guardian_phone",
    "guardian_email",
    "hometown",
    "residence",
    "inclusion",
    "inclusion_document",
)


def upgrade() -> None:
    for name in _TEXTS:
        op.add_column("pupil", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("pupil", sa.Column("personal_id_verified_on", sa.Text()))
    op.create_table(
        "pupil_photo",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pupil_id", name=op.f("pk_pupil_photo")),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_pupil_photo_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_pupil_photo_added_by_account")
        ),
        **_STRICT,
    )
    op.create_table(
        "pupil_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("other_school", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("other_class_id", sa.Integer()),
        sa.Column("entered_by", sa.Integer()),
        sa.Column("entered_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_movement")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_pupil_movement_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_pupil_movement_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(
            ["other_class_id"], ["class.id"], name=op.f("fk_pupil_movement_other_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_pupil_movement_entered_by_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_pupil_movement_pupil"), "pupil_movement", ["pupil_id"])
    op.create_index(op.f("ix_pupil_movement_class"), "pupil_movement", ["class_id", "on_day"])
    _tell_what_enrolments_know()


def _tell_what_enrolments_know() -> None:
    """A file from before knows late arrivals and departures by their dates only."""
    op.execute(
        "INSERT INTO pupil_movement "
        "(class_id, pupil_id, kind, on_day, reason, other_school, document) "
        "SELECT e.class_id, e.pupil_id, 'joined', e.joined_on, '', '', '' FROM enrolment e "
        "JOIN class c ON c.id = e.class_id JOIN school_year y ON y.id = c.school_year_id "
        "WHERE e.joined_on > y.starts_on"
    )
    op.execute(
        "INSERT INTO pupil_movement "
        "(class_id, pupil_id, kind, on_day, reason, other_school, document) "
        "SELECT e.class_id, e.pupil_id, "
        "CASE WHEN e.left_reason LIKE 'Chuyển sang lớp %' THEN 'moved_out' ELSE 'left' END, "
        "e.left_on, e.left_reason, '', '' FROM enrolment e WHERE e.left_on IS NOT NULL"
    )
