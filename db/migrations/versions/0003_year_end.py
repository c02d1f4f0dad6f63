"""Year-end lists, summer results, principal's decisions, sign-offs, stored results."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STRICT = {"sqlite_strict": True}
_BY_KEY = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    op.create_table(
        "reassessment",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "value",
            sa.Integer(),
            sa.CheckConstraint("value BETWEEN 0 AND 100", name=op.f("ck_reassessment_value")),
        ),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("class_id", "pupil_id", "subject_id", name=op.f("pk_reassessment")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_reassessment_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_reassessment_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_reassessment_subject_id_subject")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_reassessment_entered_by_account")
        ),
        **_BY_KEY,
    )
    op.create_table(
        "summer_conduct",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("class_id", "pupil_id", name=op.f("pk_summer_conduct")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_summer_conduct_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_summer_conduct_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_summer_conduct_entered_by_account")
        ),
        **_BY_KEY,
    )
    op.create_table(
        "year_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("promoted", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_decision")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_year_decision_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_year_decision_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_year_decision_decided_by_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_year_decision_class"), "year_decision", ["class_id", "pupil_id"])
    op.create_table(
        "year_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Text(),
            sa.CheckConstraint("stage IN ('year', 'summer')", name=op.f("ck_year_list_stage")),
            nullable=False,
        ),
        sa.Column("rule_digest", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Integer()),
        sa.Column("approved_at", sa.Text()),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.Text()),
        sa.Column("voided_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_list")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_year_list_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f("fk_year_list_proposed_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["account.id"], name=op.f("fk_year_list_approved_by_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_year_list_class_id"), "year_list", ["class_id"])
    op.create_table(
        "year_list_row",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("list_id", "ordinal", name=op.f("pk_year_list_row")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["year_list.id"], name=op.f("fk_year_list_row_list_id_year_list")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_year_list_row_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_year_list_row_subject_id_subject")
        ),
        **_BY_KEY,
    )
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("print_run_id", sa.Integer()),
        sa.Column("data_digest", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.Text()),
        sa.Column("voided_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_sign_off_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["print_run_id"], ["print_run.id"], name=op.f("fk_sign_off_print_run_id_print_run")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["account.id"], name=op.f("fk_sign_off_signed_by_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_sign_off_class_id"), "sign_off", ["class_id"])
    op.create_table(
        "period_result",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "class_id", "period", "basis", "pupil_id", name=op.f("pk_period_result")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_period_result_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_period_result_pupil_id_pupil")
        ),
        **_BY_KEY,
    )
