"""Numbered print runs, the very bytes that were printed, and the data files made with them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text, UniqueConstraint

from db.rows.base import STRICT, IsoTime, metadata

print_run = Table(
    "print_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("class_id", ForeignKey("class.id")),
    Column("period", Text, nullable=False, default=""),
    Column("correction_id", ForeignKey("correction.id")),
    Column("title", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("copies", Integer, nullable=False, default=1),
    Column("data_digest", Text, nullable=False),
    Column("file_digest", Text, nullable=False),
    Column("made_at", IsoTime, nullable=False),
    Column("made_by", ForeignKey("account.id"), nullable=False),
    Column("paper", Text, nullable=False, server_default="A4"),
    Column("pupil_id", Integer),
    Column("subject_id", Integer),
    UniqueConstraint("school_year_id", "number"),
    **STRICT,
)
print_bytes = Table(
    "print_bytes",
    metadata,
    Column("print_run_id", ForeignKey("print_run.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    **STRICT,
)
print_file = Table(
    "print_file",
    metadata,
    Column("print_run_id", ForeignKey("print_run.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    **STRICT,
)
