"""Assessment columns, mark cells, comments, conduct and days absent."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from db.rows.base import STRICT, STRICT_BY_KEY, IsoDate, IsoTime, metadata

TERMS = "'HK1', 'HK2', 'GK1', 'CK1', 'GK2', 'CN'"
"""Where an entry column may belong: học kì, or kỳ đánh giá of primary schools."""

assessment = Table(
    "assessment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False),
    Column("subject_id", ForeignKey("subject.id"), nullable=False),
    Column("term", Text, CheckConstraint(f"term IN ({TERMS})", name="term"), nullable=False),
    Column("code", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("test_on", IsoDate),
    Column("due_on", IsoDate),
    Column("returned_on", IsoDate),
    UniqueConstraint("class_id", "subject_id", "term", "code"),
    **STRICT,
)
mark = Table(
    "mark",
    metadata,
    Column("assessment_id", ForeignKey("assessment.id"), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("state", Integer, CheckConstraint("state BETWEEN 0 AND 5", name="state")),
    Column("value", Integer, CheckConstraint("value BETWEEN 0 AND 100", name="value")),
    Column("reason", Text, nullable=False, default=""),
    Column("late", Integer, nullable=False, default=0),
    Column("corrected_from", Text, nullable=False, default=""),
    Column("correction_id", Integer),
    CheckConstraint("(state IN (1, 3, 5)) = (value IS NOT NULL)", name="value_by_state"),
    **STRICT_BY_KEY,
)
term_comment = Table(
    "term_comment",
    metadata,
    Column("class_id", ForeignKey("class.id"), primary_key=True),
    Column("subject_id", ForeignKey("subject.id"), primary_key=True),
    Column("term", Text, primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("text", Text, nullable=False),
    **STRICT_BY_KEY,
)
conduct = Table(
    "conduct",
    metadata,
    Column("class_id", ForeignKey("class.id"), primary_key=True),
    Column("term", Text, primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("level", Text, nullable=False, default=""),
    Column("comment", Text, nullable=False, default=""),
    Column("excused", Integer),
    Column("unexcused", Integer),
    **STRICT_BY_KEY,
)
year_conduct = Table(
    "year_conduct",
    metadata,
    Column("class_id", ForeignKey("class.id"), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("level", Text, nullable=False),
    **STRICT_BY_KEY,
)
confirmation = Table(
    "confirmation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False),
    Column("subject_id", ForeignKey("subject.id")),
    Column("period", Text, nullable=False),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("at", IsoTime, nullable=False),
    Column("voided_at", IsoTime),
    Column("voided_why", Text, nullable=False, default=""),
    Index("ix_confirmation_class", "class_id", "period"),
    **STRICT,
)
