"""Pupils and their places in classes."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from db.rows.base import STRICT, STRICT_BY_KEY, IsoDate, metadata

pupil = Table(
    "pupil",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ministry_code", Text, nullable=False, default="", index=True),
    Column("personal_id", Text, nullable=False, default="", index=True),
    Column("full_name", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("search_key", Text, nullable=False),
    Column("birth_date", IsoDate),
    Column("sex", Text, nullable=False, default=""),
    Column("ethnicity", Text, nullable=False, default=""),
    Column("birthplace", Text, nullable=False, default=""),
    Column("address", Text, nullable=False, default=""),
    Column("priority_group", Text, nullable=False, default=""),
    Column("father", Text, nullable=False, default=""),
    Column("father_job", Text, nullable=False, default=""),
    Column("mother", Text, nullable=False, default=""),
    Column("mother_job", Text, nullable=False, default=""),
    Column("phone", Text, nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
    **STRICT,
)
enrolment = Table(
    "enrolment",
    metadata,
    Column("class_id", ForeignKey("class.id"), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("joined_on", IsoDate, nullable=False),
    Column("left_on", IsoDate),
    Column("left_reason", Text, nullable=False, default=""),
    Index("ix_enrolment_pupil", "pupil_id"),
    **STRICT_BY_KEY,
)
