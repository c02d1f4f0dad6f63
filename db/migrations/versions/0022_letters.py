"""Letters of the school: texts by version, boards, the dossier with what is enclosed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def _fk(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
    )


def upgrade() -> None:
    op.create_table(
        "letter_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_text")),
        _fk("letter_text", "written_by", "account"),
        sqlite_strict=True,
    )
    op.create_index("ix_letter_text_version", "letter_text", ["kind", "version"], unique=True)
    op.create_table(
        "board_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_member")),
        _fk("board_member", "school_year_id", "school_year"),
        _fk("board_member", "account_id", "account"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_board_member_place",
        "board_member",
        ["school_year_id", "board", "position"],
        unique=True,
    )
    op.create_table(
        "dossier",
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text()),
        sa.Column("handed_on", sa.Text()),
        sa.Column("handed_how", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("school_year_id", name=op.f("pk_dossier")),
        _fk("dossier", "school_year_id", "school_year"),
        sqlite_strict=True,
    )
    op.create_table(
        "dossier_enclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_enclosure")),
        _fk("dossier_enclosure", "school_year_id", "school_year"),
        _fk("dossier_enclosure", "noted_by", "account"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_dossier_enclosure_part",
        "dossier_enclosure",
        ["school_year_id", "part"],
        unique=True,
    )
