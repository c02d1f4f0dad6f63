"""Hồ sơ sửa điểm: the case, its cells and its people."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from db.rows.base import STRICT, STRICT_BY_KEY, IsoTime, metadata

correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("class_id", ForeignKey("class.id"), nullable=False),
    Column("subject_id", ForeignKey("subject.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence_book", Text, nullable=False, default=""),
    Column("evidence_paper", Text, nullable=False, default=""),
    Column("requested_by", ForeignKey("account.id"), nullable=False),
    Column("requested_at", IsoTime, nullable=False),
    Column("late_reason", Text, nullable=False, default=""),
    Column("checked_by", ForeignKey("account.id")),
    Column("checked_at", IsoTime),
    Column("check_note", Text, nullable=False, default=""),
    Column("decided_by", ForeignKey("account.id")),
    Column("decided_at", IsoTime),
    Column("decision_note", Text, nullable=False, default=""),
    Column("witnesses", Text, nullable=False, default="[]"),
    Column("unlocked_until", IsoTime),
    Column("applied_at", IsoTime),
    Column("ended_at", IsoTime),
    UniqueConstraint("school_year_id", "number"),
    Index("ix_correction_class_subject", "class_id", "subject_id"),
    **STRICT,
)
correction_item = Table(
    "correction_item",
    metadata,
    Column("correction_id", ForeignKey("correction.id"), primary_key=True),
    Column("assessment_id", ForeignKey("assessment.id"), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("old_state", Integer, nullable=False),
    Column("old_value", Integer),
    Column("old_reason", Text, nullable=False, default=""),
    Column("new_state", Integer, nullable=False),
    Column("new_value", Integer),
    Column("new_reason", Text, nullable=False, default=""),
    **STRICT_BY_KEY,
)
