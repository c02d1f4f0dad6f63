"""What each class and pupil studies, and hạnh kiểm cả năm of circulars that have it entered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BY_KEY = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    _move_to_the_grade()
    op.create_table(
        "class_subject",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("specialised", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("class_id", "subject_id", name=op.f("pk_class_subject")),
        sa.CheckConstraint("topics IN ('', 'HK1', 'HK2')", name=op.f("ck_class_subject_topics")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_class_subject_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_class_subject_subject_id_subject")
        ),
        **_BY_KEY,
    )
    op.create_table(
        "pupil_subject",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "class_id", "pupil_id", "subject_id", name=op.f("pk_pupil_subject")
        ),
        sa.CheckConstraint(
            "choice IN ('not_taken', 'specialised')", name=op.f("ck_pupil_subject_choice")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_pupil_subject_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_pupil_subject_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_pupil_subject_subject_id_subject")
        ),
        **_BY_KEY,
    )
    op.create_table(
        "year_conduct",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("class_id", "pupil_id", name=op.f("pk_year_conduct")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_year_conduct_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_year_conduct_pupil_id_pupil")
        ),
        **_BY_KEY,
    )
    # A class from before studied every subject of its grade.
    op.execute(
        "INSERT INTO class_subject (class_id, subject_id, topics, specialised) "
        "SELECT c.id, s.id, '', 0 FROM class c "
        "JOIN subject s ON s.school_year_id = c.school_year_id "
        "JOIN subject_plan p ON p.subject_id = s.id AND p.grade = c.grade"
    )


def _move_to_the_grade() -> None:
    """Order and môn tự chọn belong to a grade's plan: two stages order the same subject apart."""
    for name in ("position", "optional", "elective"):
        op.add_column(
            "subject_plan", sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        )
    op.execute(
        "UPDATE subject_plan SET "
        "position = (SELECT s.position FROM subject s WHERE s.id = subject_id), "
        "optional = (SELECT s.optional FROM subject s WHERE s.id = subject_id)"
    )
    op.drop_column("subject", "position")
    op.drop_column("subject", "optional")
