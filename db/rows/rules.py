"""Versions of the school's rules, one row a version, never changed; and delegations of powers."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from db.rows.base import STRICT, IsoDate, IsoTime, metadata

rule_version = Table(
    "rule_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("profile", Text, nullable=False),
    Column("starts_on", IsoDate, nullable=False),
    Column("decision_no", Text, nullable=False),
    Column("decision_on", IsoDate),
    Column("note", Text, nullable=False),
    # A JSON object of rule key to value, keys sorted: see app.domain.rules.
    Column("rules", Text, nullable=False),
    # Nobody: taken over from the loose settings of an older program.
    Column("set_by", ForeignKey("account.id")),
    Column("set_at", IsoTime),
    UniqueConstraint("school_year_id", "number"),
    **STRICT,
)
delegation = Table(
    "delegation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("power", Text, nullable=False),
    Column("giver_id", ForeignKey("account.id"), nullable=False),
    Column("taker_id", ForeignKey("account.id"), nullable=False),
    Column("starts_on", IsoDate, nullable=False),
    # Never open-ended: a delegation is over by itself.
    Column("ends_on", IsoDate, nullable=False),
    Column("decision_no", Text, nullable=False),
    Column("decision_on", IsoDate, nullable=False),
    Column("given_at", IsoTime, nullable=False),
    Column("ended_on", IsoDate),
    Column("ended_by", ForeignKey("account.id")),
    Column("ended_at", IsoTime),
    **STRICT,
)
