"""Điểm danh: absences by day, months declared complete, the school's calendar."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from db.rows.base import STRICT, STRICT_BY_KEY, IsoDate, IsoTime, metadata

absence = Table(
    "absence",
    metadata,
    # A pupil sits in one class on any day, so the day is the pupil's; the class is where.
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("day", IsoDate, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False),
    Column("kind", Text, CheckConstraint("kind IN ('P', 'K')", name="kind"), nullable=False),
    Column("late", Integer, nullable=False, default=0),
    Index("ix_absence_class_day", "class_id", "day"),
    **STRICT_BY_KEY,
)
attendance_month = Table(
    "attendance_month",
    metadata,
    Column("class_id", ForeignKey("class.id"), primary_key=True),
    Column("month", Text, primary_key=True),
    Column("term", Text, CheckConstraint("term IN ('HK1', 'HK2')", name="term"), primary_key=True),
    Column("declared_at", IsoTime, nullable=False),
    Column("declared_by", ForeignKey("account.id"), nullable=False),
    Column("late", Integer, nullable=False, default=0),
    **STRICT_BY_KEY,
)
school_calendar = Table(
    "school_calendar",
    metadata,
    Column("school_year_id", ForeignKey("school_year.id"), primary_key=True),
    Column("weekdays", Text, nullable=False),
    Column("due_day", Integer, CheckConstraint("due_day BETWEEN 1 AND 28", name="due_day")),
    **STRICT,
)
special_days = Table(
    "special_days",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("starts_on", IsoDate, nullable=False),
    Column("ends_on", IsoDate, nullable=False),
    Column("taught", Integer, nullable=False, default=0),
    **STRICT,
)
former_absence = Table(
    "former_absence",
    metadata,
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), primary_key=True),
    Column("term", Text, primary_key=True),
    Column("excused", Integer, nullable=False),
    Column("unexcused", Integer, nullable=False),
    Column("school", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("entered_by", ForeignKey("account.id"), nullable=False),
    Column("entered_at", IsoTime, nullable=False),
    **STRICT_BY_KEY,
)
