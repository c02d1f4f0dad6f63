"""Kiểm dò: who reads which sheet, cells found right, columns compared with paper, remarks."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from db.rows.base import STRICT, STRICT_BY_KEY, IsoTime, metadata

proof_assignment = Table(
    "proof_assignment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False),
    Column("subject_id", ForeignKey("subject.id"), nullable=False),
    Column("period", Text, nullable=False),
    Column("reader_id", ForeignKey("account.id"), nullable=False),
    Column("assigned_by", ForeignKey("account.id"), nullable=False),
    Column("assigned_at", IsoTime, nullable=False),
    Column("ended_at", IsoTime),
    # The reader's confirmation; set again after `voided_at` when it was given anew.
    Column("confirmed_at", IsoTime),
    Column("voided_at", IsoTime),
    Column("voided_why", Text, nullable=False, server_default=""),
    Index("ix_proof_assignment_sheet", "class_id", "subject_id", "period"),
    **STRICT,
)
proof_tick = Table(
    "proof_tick",
    metadata,
    Column("assessment_id", ForeignKey("assessment.id"), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    # The cell's text when it was found right: another text is another cell to read.
    Column("seen", Text, nullable=False),
    Column("by_id", ForeignKey("account.id"), nullable=False),
    Column("at", IsoTime, nullable=False),
    **STRICT_BY_KEY,
)
proof_column = Table(
    "proof_column",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assessment_id", ForeignKey("assessment.id"), nullable=False, index=True),
    Column("how", Text, nullable=False),
    Column("by_id", ForeignKey("account.id"), nullable=False),
    Column("at", IsoTime, nullable=False),
    Column("voided_at", IsoTime),
    Column("voided_why", Text, nullable=False, server_default=""),
    **STRICT,
)
proof_remark = Table(
    "proof_remark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False, index=True),
    Column("assessment_id", ForeignKey("assessment.id"), nullable=False),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False),
    Column("seen", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("by_id", ForeignKey("account.id"), nullable=False),
    Column("at", IsoTime, nullable=False),
    Column("answer", Text, nullable=False, server_default=""),
    Column("answered_by", ForeignKey("account.id")),
    Column("answered_at", IsoTime),
    Column("resolution", Text, nullable=False, server_default=""),
    Column("resolved_by", ForeignKey("account.id")),
    Column("resolved_at", IsoTime),
    **STRICT,
)
