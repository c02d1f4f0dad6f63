"""Year-end lists, summer results, the principal's decisions, sign-offs and stored results."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from db.rows.base import STRICT, STRICT_BY_KEY, IsoTime, metadata

reassessment = Table(
    "reassessment",
    metadata,
    Column("class_id", ForeignKey("class.id"), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("subject_id", ForeignKey("subject.id"), primary_key=True),
    Column("code", Text, primary_key=True),
    Column("value", Integer, CheckConstraint("value BETWEEN 0 AND 100", name="value")),
    Column("document", Text, nullable=False, default=""),
    Column("late", Integer, nullable=False, default=0),
    Column("entered_by", ForeignKey("account.id"), nullable=False),
    Column("entered_at", IsoTime, nullable=False),
    **STRICT_BY_KEY,
)
summer_conduct = Table(
    "summer_conduct",
    metadata,
    Column("class_id", ForeignKey("class.id"), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("level", Text, nullable=False),
    Column("document", Text, nullable=False, default=""),
    Column("late", Integer, nullable=False, default=0),
    Column("entered_by", ForeignKey("account.id"), nullable=False),
    Column("entered_at", IsoTime, nullable=False),
    **STRICT_BY_KEY,
)
year_decision = Table(
    "year_decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False),
    Column("promoted", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decision_no", Text, nullable=False),
    Column("decided_by", ForeignKey("account.id"), nullable=False),
    Column("decided_at", IsoTime, nullable=False),
    Index("ix_year_decision_class", "class_id", "pupil_id"),
    **STRICT,
)
plan_result = Table(
    "plan_result",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False),
    Column("result", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("proposed_by", ForeignKey("account.id"), nullable=False),
    Column("proposed_at", IsoTime, nullable=False),
    Column("accepted", Integer),
    Column("decision_no", Text, nullable=False, server_default=""),
    Column("remark", Text, nullable=False, server_default=""),
    Column("decided_by", ForeignKey("account.id")),
    Column("decided_at", IsoTime),
    Index("ix_plan_result_class", "class_id", "pupil_id"),
    **STRICT,
)
year_list = Table(
    "year_list",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False, index=True),
    Column(
        "stage", Text, CheckConstraint("stage IN ('year', 'summer')", name="stage"), nullable=False
    ),
    Column("rule_digest", Text, nullable=False),
    Column("proposed_by", ForeignKey("account.id"), nullable=False),
    Column("proposed_at", IsoTime, nullable=False),
    Column("approved_by", ForeignKey("account.id")),
    Column("approved_at", IsoTime),
    Column("decision_no", Text, nullable=False, default=""),
    Column("voided_at", IsoTime),
    Column("voided_why", Text, nullable=False, default=""),
    **STRICT,
)
year_list_row = Table(
    "year_list_row",
    metadata,
    Column("list_id", ForeignKey("year_list.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False),
    Column("subject_id", ForeignKey("subject.id")),
    Column("note", Text, nullable=False, default=""),
    **STRICT_BY_KEY,
)
sign_off = Table(
    "sign_off",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class_id", ForeignKey("class.id"), nullable=False, index=True),
    Column("period", Text, nullable=False),
    Column("print_run_id", ForeignKey("print_run.id")),
    Column("data_digest", Text, nullable=False),
    Column("remark", Text, nullable=False, default=""),
    Column("signed_by", ForeignKey("account.id"), nullable=False),
    Column("signed_at", IsoTime, nullable=False),
    Column("voided_at", IsoTime),
    Column("voided_why", Text, nullable=False, default=""),
    **STRICT,
)
period_result = Table(
    "period_result",
    metadata,
    Column("class_id", ForeignKey("class.id"), primary_key=True),
    Column("period", Text, primary_key=True),
    Column("basis", Text, primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("facts", Text, nullable=False),
    **STRICT_BY_KEY,
)
