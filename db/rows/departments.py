"""Tổ chuyên môn and kiểm tra nội bộ: whose subject a subject is, what was checked and found."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from db.rows.base import STRICT, STRICT_BY_KEY, IsoDate, IsoTime, metadata

department_subject = Table(
    "department_subject",
    metadata,
    # A code, not a row of one year: a tổ keeps its subjects from year to year.
    Column("code", Text, primary_key=True),
    Column("department", Text, nullable=False),
    **STRICT_BY_KEY,
)
internal_check = Table(
    "internal_check",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("made_on", IsoDate, nullable=False),
    Column("department", Text, nullable=False),
    Column("looked_at", Text, nullable=False),
    Column("members", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("made_by", ForeignKey("account.id"), nullable=False),
    Column("recorded_at", IsoTime, nullable=False),
    **STRICT,
)
check_finding = Table(
    "check_finding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("check_id", ForeignKey("internal_check.id"), nullable=False, index=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("class_id", ForeignKey("class.id")),
    Column("subject_id", ForeignKey("subject.id")),
    Column("finding", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("due_on", IsoDate, nullable=False),
    Column("closed_by", ForeignKey("account.id")),
    Column("closed_at", IsoTime),
    Column("closing_note", Text, nullable=False, server_default=""),
    **STRICT,
)
