"""Alembic's entry: runs on the connection and in the transaction that `db.migrate` hands over."""

from __future__ import annotations

from alembic import context

config = context.config

context.configure(
    connection=config.attributes["connection"],
    target_metadata=config.attributes.get("metadata"),
    # SQLite changes columns by rebuilding the table.
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
