"""Nhật ký: the append-only chain, its cells and its signed checkpoints."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, Table, Text

from db.rows.base import STRICT, STRICT_BY_KEY, metadata

trail = Table(
    "trail",
    metadata,
    Column("seq", Integer, CheckConstraint("seq > 0", name="seq"), primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("account_id", Integer),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("class_id", Integer),
    Column("subject_id", Integer),
    Column("detail", Text, nullable=False),
    Column("cell_count", Integer, nullable=False),
    Column("cells_digest", Text, nullable=False),
    Column("prev", LargeBinary, CheckConstraint("length(prev) = 32", name="prev"), nullable=False),
    Column("hash", LargeBinary, CheckConstraint("length(hash) = 32", name="hash"), nullable=False),
    Index("ix_trail_sheet", "class_id", "subject_id", "seq"),
    **STRICT,
)
trail_cell = Table(
    "trail_cell",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("pupil_id", Integer, nullable=False),
    Column("assessment_id", Integer, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Index("ix_trail_cell_history", "pupil_id", "assessment_id", "seq"),
    **STRICT_BY_KEY,
)
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("signer", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Index("ix_checkpoint_seq", "seq"),
    **STRICT,
)

APPEND_ONLY = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END;
"""
ORDERED = """
CREATE TRIGGER trail_in_order BEFORE INSERT ON trail
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM trail)
  OR NEW.prev IS NOT coalesce((SELECT hash FROM trail ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'trail entry out of order'); END;
CREATE TRIGGER trail_cell_of_last BEFORE INSERT ON trail_cell
WHEN NEW.seq IS NOT (SELECT max(seq) FROM trail)
BEGIN SELECT RAISE(ABORT, 'trail cell without its entry'); END;
"""


def trigger_statements() -> list[str]:
    """The triggers one by one, for a migration to execute."""
    tables = ("trail", "trail_cell", "checkpoint")
    text = "".join(APPEND_ONLY.format(table=name) for name in tables) + ORDERED
    parts = (part.strip() for part in text.split("CREATE TRIGGER "))
    return [f"CREATE TRIGGER {part}" for part in parts if part]
