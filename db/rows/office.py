"""Papers of the school office: legal bases of a year, the register of outgoing papers."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from db.rows.base import STRICT, IsoDate, IsoTime, metadata

legal_basis = Table(
    "legal_basis",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("symbol", Text, nullable=False),
    Column("issued_on", IsoDate, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("uses", Text, nullable=False, default=""),
    Column("added_by", ForeignKey("account.id"), nullable=False),
    Column("added_at", IsoTime, nullable=False),
    Column("withdrawn_at", IsoTime),
    **STRICT,
)
outgoing_document = Table(
    "outgoing_document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("drafted_by", ForeignKey("account.id"), nullable=False),
    Column("drafted_at", IsoTime, nullable=False),
    Column("print_run_id", ForeignKey("print_run.id"), unique=True),
    Column("number", Integer),
    Column("symbol", Text, nullable=False, default=""),
    Column("issued_on", IsoDate),
    # The year of `issued_on`: numbers start again with every calendar year.
    Column("calendar_year", Integer),
    Column("numbered_by", ForeignKey("account.id")),
    Column("numbered_at", IsoTime),
    Index("ix_outgoing_document_number", "kind", "calendar_year", "number", unique=True),
    **STRICT,
)
