"""Pupils, their photos, their places in classes and how they came and went."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from db.rows.base import STRICT, STRICT_BY_KEY, IsoDate, IsoTime, metadata

_LATER_TEXTS = (
    "father_phone",
    "father_email",
    "mother_phone",
    "mother_email",
    "guardian",
    "guardian_job",
    "guardian_phone",
    "guardian_email",
    "hometown",
    "residence",
    "inclusion",
    "inclusion_document",
)
# Added to tables that hold pupils already, so the file itself needs the default.

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
    *(Column(name, Text, nullable=False, server_default="") for name in _LATER_TEXTS),
    Column("personal_id_verified_on", IsoDate),
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
pupil_photo = Table(
    "pupil_photo",
    metadata,
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("added_by", ForeignKey("account.id"), nullable=False),
    Column("added_at", IsoTime, nullable=False),
    **STRICT,
)
pupil_movement = Table(
    "pupil_movement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("on_day", IsoDate, nullable=False),
    Column("reason", Text, nullable=False),
    Column("other_school", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("other_class_id", ForeignKey("class.id")),
    Column("entered_by", ForeignKey("account.id")),
    Column("entered_at", IsoTime),
    Index("ix_pupil_movement_pupil", "pupil_id"),
    Index("ix_pupil_movement_class", "class_id", "on_day"),
    **STRICT,
)
