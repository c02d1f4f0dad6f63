"""Attendance: absences by day, months declared complete, the school's calendar."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STRICT = {"sqlite_strict": True}
_BY_KEY = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Text(),
            sa.CheckConstraint("kind IN ('P', 'K')", name=op.f("ck_absence_kind")),
            nullable=False,
        ),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pupil_id", "day", name=op.f("pk_absence")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_absence_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_absence_class_id_class")),
        **_BY_KEY,
    )
    op.create_index(op.f("ix_absence_class_day"), "absence", ["class_id", "day"])
    op.create_table(
        "attendance_month",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column(
            "term",
            sa.Text(),
            sa.CheckConstraint("term IN ('HK1', 'HK2')", name=op.f("ck_attendance_month_term")),
            nullable=False,
        ),
        sa.Column("declared_at", sa.Text(), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("class_id", "month", "term", name=op.f("pk_attendance_month")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_attendance_month_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["account.id"], name=op.f("fk_attendance_month_declared_by_account")
        ),
        **_BY_KEY,
    )
    op.create_table(
        "school_calendar",
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column(
            "due_day",
            sa.Integer(),
            sa.CheckConstraint("due_day BETWEEN 1 AND 28", name=op.f("ck_school_calendar_due_day")),
        ),
        sa.PrimaryKeyConstraint("school_year_id", name=op.f("pk_school_calendar")),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_school_calendar_school_year_id_school_year"),
        ),
        **_STRICT,
    )
    op.create_table(
        "special_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text(), nullable=False),
        sa.Column("taught", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_days")),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_special_days_school_year_id_school_year"),
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_special_days_school_year_id"), "special_days", ["school_year_id"])
