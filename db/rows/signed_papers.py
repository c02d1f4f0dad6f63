"""Signed PDFs beside their runs, their signatures as judged, and the school's trust roots."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text

from db.rows.base import STRICT, IsoTime, metadata

signed_paper = Table(
    "signed_paper",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("print_run_id", ForeignKey("print_run.id"), nullable=False, index=True),
    Column("file_digest", Text, nullable=False),
    Column("received_at", IsoTime, nullable=False),
    Column("received_by", ForeignKey("account.id"), nullable=False),
    Column("made_here", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    **STRICT,
)
paper_signature = Table(
    "paper_signature",
    metadata,
    Column("signed_paper_id", ForeignKey("signed_paper.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("signer", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("serial", Text, nullable=False),
    Column("said_at", IsoTime),
    Column("verdict", Text, nullable=False),
    **STRICT,
)
trust_root = Table(
    "trust_root",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("valid_from", IsoTime, nullable=False),
    Column("valid_until", IsoTime, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("added_at", IsoTime, nullable=False),
    Column("added_by", ForeignKey("account.id"), nullable=False),
    **STRICT,
)
