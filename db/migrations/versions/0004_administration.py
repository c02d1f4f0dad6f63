"""Legal bases of a school year and the register of outgoing papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STRICT = {"sqlite_strict": True}


def upgrade() -> None:
    op.create_table(
        "legal_basis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("uses", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_basis")),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_legal_basis_school_year_id_school_year"),
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_legal_basis_added_by_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_legal_basis_school_year_id"), "legal_basis", ["school_year_id"])
    op.create_table(
        "outgoing_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.Text(), nullable=False),
        sa.Column("print_run_id", sa.Integer()),
        sa.Column("number", sa.Integer()),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text()),
        sa.Column("calendar_year", sa.Integer()),
        sa.Column("numbered_by", sa.Integer()),
        sa.Column("numbered_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_document")),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_outgoing_document_school_year_id_school_year"),
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["account.id"], name=op.f("fk_outgoing_document_drafted_by_account")
        ),
        sa.UniqueConstraint("print_run_id", name=op.f("uq_outgoing_document_print_run_id")),
        sa.ForeignKeyConstraint(
            ["print_run_id"],
            ["print_run.id"],
            name=op.f("fk_outgoing_document_print_run_id_print_run"),
        ),
        sa.ForeignKeyConstraint(
            ["numbered_by"], ["account.id"], name=op.f("fk_outgoing_document_numbered_by_account")
        ),
        **_STRICT,
    )
    op.create_index(
        op.f("ix_outgoing_document_school_year_id"), "outgoing_document", ["school_year_id"]
    )
    op.create_index(
        op.f("ix_outgoing_document_number"),
        "outgoing_document",
        ["kind", "calendar_year", "number"],
        unique=True,
    )
