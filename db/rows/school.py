"""School, settings, school years, classes, subjects."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from db.rows.base import STRICT, STRICT_BY_KEY, IsoDate, IsoTime, metadata

school = Table(
    "school",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="only_one"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("commune", Text, nullable=False),
    Column("province", Text, nullable=False),
    Column("created_at", IsoTime, nullable=False),
    **STRICT,
)
setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    **STRICT_BY_KEY,
)
school_year = Table(
    "school_year",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("starts_on", IsoDate, nullable=False),
    Column("term2_starts_on", IsoDate, nullable=False),
    Column("ends_on", IsoDate, nullable=False),
    **STRICT,
)
klass = Table(
    "class",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False),
    Column("grade", Integer, CheckConstraint("grade BETWEEN 1 AND 12", name="grade")),
    Column("name", Text, nullable=False),
    Column("regulation", Text, nullable=False),
    Column("roster_frozen_at", IsoTime),
    UniqueConstraint("school_year_id", "name"),
    **STRICT,
)
KINDS = "'marks', 'comments', 'levels', 'traits'"
"""How a subject may be judged: secondary, then primary schools."""

subject = Table(
    "subject",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_year_id", ForeignKey("school_year.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("short_name", Text, nullable=False),
    Column("kind", Text, CheckConstraint(f"kind IN ({KINDS})", name="kind")),
    # Toán of grade 5 and Toán of grade 6 share a code and nothing else.
    UniqueConstraint("school_year_id", "code", "kind"),
    **STRICT,
)
subject_plan = Table(
    "subject_plan",
    metadata,
    Column("subject_id", ForeignKey("subject.id"), primary_key=True),
    Column("grade", Integer, primary_key=True),
    Column("periods", Integer, nullable=False),
    Column("tx_count", Integer, CheckConstraint("tx_count BETWEEN 0 AND 9", name="tx")),
    Column("tx_reason", Text, nullable=False, default=""),
    Column("terms", Text, nullable=False, default="HK1,HK2"),
    # Of the grade, not of the subject: Tin học is compulsory in grade 9 and a choice in grade 10.
    Column("position", Integer, nullable=False, server_default="0"),
    Column("optional", Integer, nullable=False, server_default="0"),
    Column("elective", Integer, nullable=False, server_default="0"),
    # KTđk of a term under TT58/2011 as first issued; 0 under every other circular.
    Column("dk_count", Integer, nullable=False, server_default="0"),
    **STRICT_BY_KEY,
)
class_subject = Table(
    "class_subject",
    metadata,
    Column("class_id", ForeignKey("class.id"), primary_key=True),
    Column("subject_id", ForeignKey("subject.id"), primary_key=True),
    # The term in which the cụm chuyên đề gives its ĐĐGtx; "" when the class does not study one.
    Column("topics", Text, nullable=False),
    Column("specialised", Integer, nullable=False),
    CheckConstraint("topics IN ('', 'HK1', 'HK2')", name="topics"),
    **STRICT_BY_KEY,
)
pupil_subject = Table(
    "pupil_subject",
    metadata,
    Column("class_id", ForeignKey("class.id"), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("subject_id", ForeignKey("subject.id"), primary_key=True),
    # A pupil studies what the class studies; only what differs has a row.
    Column("choice", Text, nullable=False),
    CheckConstraint("choice IN ('not_taken', 'specialised')", name="choice"),
    **STRICT_BY_KEY,
)
