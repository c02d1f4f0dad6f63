"""Letters of the school: their texts by version, boards of a year, the dossier handed in."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from db.rows.base import STRICT, IsoDate, IsoTime, metadata

letter_text = Table(
    "letter_text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("about", Text, nullable=False),
    Column("addressee", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("written_by", ForeignKey("account.id"), nullable=False),
    Column("written_at", IsoTime, nullable=False),
    Index("ix_letter_text_version", "kind", "version", unique=True),
    **STRICT,
)
board_member = Table(
    "board_member",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False),
    Column("board", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("seat", Text, nullable=False),
    Column("full_name", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("duty", Text, nullable=False),
    Column("account_id", ForeignKey("account.id")),
    Index("ix_board_member_place", "school_year_id", "board", "position", unique=True),
    **STRICT,
)
dossier = Table(
    "dossier",
    metadata,
    Column("school_year_id", ForeignKey("school_year.id"), primary_key=True),
    Column("receiver", Text, nullable=False, default=""),
    Column("due_on", IsoDate),
    Column("handed_on", IsoDate),
    Column("handed_how", Text, nullable=False, default=""),
    **STRICT,
)
dossier_enclosure = Table(
    "dossier_enclosure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False),
    Column("part", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("sheets", Integer, nullable=False),
    Column("left_out", Text, nullable=False),
    Column("noted_by", ForeignKey("account.id"), nullable=False),
    Column("noted_at", IsoTime, nullable=False),
    Index("ix_dossier_enclosure_part", "school_year_id", "part", unique=True),
    **STRICT,
)
