"""The register of sealed media: a line an event, appended only."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, Table, Text

from db.rows.base import STRICT, IsoDate, IsoTime, metadata

medium_event = Table(
    "medium_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", Integer, nullable=False),
    Column("copy_no", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("at", IsoTime, nullable=False),
    Column("by_account", ForeignKey("account.id"), nullable=False),
    Column("people", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("next_check_on", IsoDate),
    Column("state", Text),
    Column("files", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    ForeignKeyConstraint(
        ["school_year_id", "copy_no"], ["year_seal.school_year_id", "year_seal.copy_no"]
    ),
    Index("ix_medium_event_year", "school_year_id", "copy_no"),
    **STRICT,
)
