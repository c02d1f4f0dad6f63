"""Versions of the school's rules; loose settings of before become a year's first version."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_STRICT = {"sqlite_strict": True}
_MOVED = {
    "close.needs_homeroom": "close.needs_homeroom",
    "correction.unlock_minutes": "correction.unlock_minutes",
    "correction.registration": "correction.registered",
}
"""Settings of the whole file that are rules of a year from now on, and the keys of the rules."""
_USUAL_DAY = 5


def upgrade() -> None:
    op.create_table(
        "rule_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Text(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decision_on", sa.Text()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer()),
        sa.Column("set_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_version")),
        sa.UniqueConstraint(
            "school_year_id", "number", name=op.f("uq_rule_version_school_year_id_number")
        ),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_rule_version_school_year_id_school_year"),
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["account.id"], name=op.f("fk_rule_version_set_by_account")
        ),
        **_STRICT,
    )
    op.add_column("assessment", sa.Column("returned_on", sa.Text()))
    _take_over_settings()


def _take_over_settings() -> None:
    """What a school chose before stays in force for every year it has."""
    db = op.get_bind()
    loose = db.execute(sa.text("SELECT key, value FROM setting")).all()
    kept = {_MOVED[row.key]: row.value for row in loose if row.key in _MOVED}
    if "correction.registered" in kept:
        kept["correction.registered"] = "0" if kept["correction.registered"] == "no" else "1"
    calendars = db.execute(sa.text("SELECT school_year_id, due_day FROM school_calendar"))
    days = {row.school_year_id: row.due_day for row in calendars}
    # The day before which nobody settles rules of a year, so that they count as they did.
    years = db.execute(sa.text("SELECT id, date(starts_on, '-120 days') AS day FROM school_year"))
    for year in years.all():
        rules = dict(kept)
        if days.get(year.id, _USUAL_DAY) != _USUAL_DAY:
            rules["attendance.due_day"] = str(days[year.id])
        if not rules:
            continue
        db.execute(
            sa.text(
                "INSERT INTO rule_version (school_year_id, number, profile, starts_on, "
                "decision_no, note, rules) VALUES (:year, 1, 'general', :starts, '', "
                "'Chuyển từ thiết lập trước đây', :rules)"
            ),
            {"year": year.id, "starts": year.day, "rules": json.dumps(rules, sort_keys=True)},
        )
    for key in _MOVED:
        db.execute(sa.text("DELETE FROM setting WHERE key = :key"), {"key": key})
