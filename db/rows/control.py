"""The four locks, each its own table so that none overwrites another, and late openings."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from db.rows.base import STRICT, IsoDate, IsoTime, metadata

entry_window = Table(
    "entry_window",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False, index=True),
    Column("period", Text, nullable=False),
    Column("opens_on", IsoDate, nullable=False),
    Column("closes_on", IsoDate, nullable=False),
    Column("decision_no", Text, nullable=False),
    Column("decision_on", IsoDate, nullable=False),
    Column("set_by", ForeignKey("account.id"), nullable=False),
    Column("set_at", IsoTime, nullable=False),
    Column("withdrawn_at", IsoTime),
    # Grades as "6,7"; empty: every grade. One class: `class_id`.
    Column("grades", Text, nullable=False, server_default=""),
    Column("class_id", ForeignKey("class.id")),
    Column("withdrawn_by", ForeignKey("account.id")),
    Column("withdraw_decision_no", Text, nullable=False, server_default=""),
    Column("withdraw_decision_on", IsoDate),
    **STRICT,
)
late_opening = Table(
    "late_opening",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False, index=True),
    Column("subject_id", ForeignKey("subject.id")),
    Column("period", Text, nullable=False),
    Column("opens_on", IsoDate, nullable=False),
    Column("closes_on", IsoDate, nullable=False),
    Column("decision_no", Text, nullable=False),
    Column("decision_on", IsoDate, nullable=False),
    Column("set_by", ForeignKey("account.id"), nullable=False),
    Column("set_at", IsoTime, nullable=False),
    **STRICT,
)
column_lock = Table(
    "column_lock",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assessment_id", ForeignKey("assessment.id"), nullable=False, index=True),
    Column("locked_at", IsoTime, nullable=False),
    Column("locked_by", ForeignKey("account.id"), nullable=False),
    Column("decision_no", Text, nullable=False),
    Column("unlocked_at", IsoTime),
    Column("unlocked_by", ForeignKey("account.id")),
    Column("unlock_decision_no", Text, nullable=False, default=""),
    Column("decision_on", IsoDate),
    Column("unlock_decision_on", IsoDate),
    **STRICT,
)
period_close = Table(
    "period_close",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False),
    Column("period", Text, nullable=False),
    Column("closed_at", IsoTime, nullable=False),
    Column("closed_by", ForeignKey("account.id"), nullable=False),
    Column("decision_no", Text, nullable=False),
    Column("data_digest", Text, nullable=False),
    Column("missing_reason", Text, nullable=False, default=""),
    UniqueConstraint("class_id", "period"),
    **STRICT,
)
year_seal = Table(
    "year_seal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False),
    Column("copy_no", Integer, nullable=False),
    Column("sealed_at", IsoTime, nullable=False),
    Column("sealed_by", ForeignKey("account.id"), nullable=False),
    Column("bag_name", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("tagmanifest_sha512", Text, nullable=False),
    Column("drive_label", Text, nullable=False),
    Column("drive_serial", Text, nullable=False),
    Column("files", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("witnesses", Text, nullable=False, default=""),
    Column("keeper", Text, nullable=False, default=""),
    Column("medium", Text, nullable=False, server_default="drive"),
    Column("part", Integer, nullable=False, server_default="1"),
    Column("parts", Integer, nullable=False, server_default="1"),
    Column("supplement", Integer, nullable=False, server_default="0"),
    Column("image_sha256", Text, nullable=False, server_default=""),
    Column("holds", Text, nullable=False, server_default=""),
    UniqueConstraint("school_year_id", "copy_no"),
    **STRICT,
)
