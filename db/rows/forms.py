"""Versions of the printed forms' settings, one row a version, never changed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from db.rows.base import STRICT, IsoDate, IsoTime, metadata

form_version = Table(
    "form_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("starts_on", IsoDate, nullable=False),
    Column("decision_no", Text, nullable=False),
    Column("decision_on", IsoDate, nullable=False),
    Column("note", Text, nullable=False),
    # A JSON object, keys sorted: see app.domain.form_settings.
    Column("settings", Text, nullable=False),
    # What print_run.form_digest refers to.
    Column("digest", Text, nullable=False),
    Column("set_by", ForeignKey("account.id"), nullable=False),
    Column("set_at", IsoTime, nullable=False),
    UniqueConstraint("form", "number"),
    **STRICT,
)
