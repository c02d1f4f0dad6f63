"""The life of printed papers: a line an event, appended only."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from db.rows.base import STRICT, IsoDate, IsoTime, metadata

paper_event = Table(
    "paper_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("print_run_id", ForeignKey("print_run.id"), nullable=False, index=True),
    Column("act", Text, nullable=False),
    Column("at", IsoTime, nullable=False),
    Column("by_account", ForeignKey("account.id"), nullable=False),
    Column("on_day", IsoDate, nullable=False),
    Column("step", Text),
    Column("person_id", ForeignKey("account.id")),
    Column("people", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("due_on", IsoDate),
    Column("pupil_id", Integer),
    **STRICT,
)
