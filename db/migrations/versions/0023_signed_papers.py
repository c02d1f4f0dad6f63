"""Signed PDFs of printed runs and the authorities whose certificates a school believes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signed_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("print_run_id", sa.Integer(), nullable=False),
        sa.Column("file_digest", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=False),
        sa.Column("made_here", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_paper")),
        sa.ForeignKeyConstraint(
            ["print_run_id"],
            ["print_run.id"],
            name=op.f("fk_signed_paper_print_run_id_print_run"),
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["account.id"], name=op.f("fk_signed_paper_received_by_account")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_signed_paper_print_run_id", "signed_paper", ["print_run_id"])
    op.create_table(
        "paper_signature",
        sa.Column("signed_paper_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("said_at", sa.Text()),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("signed_paper_id", "position", name=op.f("pk_paper_signature")),
        sa.ForeignKeyConstraint(
            ["signed_paper_id"],
            ["signed_paper.id"],
            name=op.f("fk_paper_signature_signed_paper_id_signed_paper"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "trust_root",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Text(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust_root")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_trust_root_fingerprint")),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_trust_root_added_by_account")
        ),
        sqlite_strict=True,
    )
