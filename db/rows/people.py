"""Accounts, roles and assignments, each with its dates."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from db.rows.base import STRICT, IsoDate, IsoTime, metadata

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("full_name", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("department", Text, nullable=False, default=""),
    Column("disabled_on", IsoDate),
    Column("created_at", IsoTime, nullable=False),
    Column("last_sign_in", IsoTime),
    **STRICT,
)
account_key = Table(
    "account_key",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("signing_key", LargeBinary, nullable=False),
    Column("since", IsoTime, nullable=False),
    Column("reason", Text, nullable=False),
    **STRICT,
)
role_grant = Table(
    "role_grant",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("starts_on", IsoDate, nullable=False),
    Column("ends_on", IsoDate),
    **STRICT,
)
assignment = Table(
    "assignment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False),
    Column("subject_id", ForeignKey("subject.id")),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("starts_on", IsoDate, nullable=False),
    Column("ends_on", IsoDate),
    Index("ix_assignment_class_subject", "class_id", "subject_id"),
    **STRICT,
)
