"""First tables: school, people, roster, marks, locks, cases, prints and the trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_STRICT = {"sqlite_strict": True}
_BY_KEY = {"sqlite_strict": True, "sqlite_with_rowid": False}

# Copied, not imported: a later change of db/rows must not change history.
_TRIGGERS = (
    """
    CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail
    BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END;
    """,
    """
    CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail
    BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END;
    """,
    """
    CREATE TRIGGER trail_cell_no_update BEFORE UPDATE ON trail_cell
    BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END;
    """,
    """
    CREATE TRIGGER trail_cell_no_delete BEFORE DELETE ON trail_cell
    BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END;
    """,
    """
    CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
    BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END;
    """,
    """
    CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
    BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END;
    """,
    """
    CREATE TRIGGER trail_in_order BEFORE INSERT ON trail
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM trail)
      OR NEW.prev IS NOT coalesce((SELECT hash FROM trail ORDER BY seq DESC LIMIT 1), zeroblob(32))
    BEGIN SELECT RAISE(ABORT, 'trail entry out of order'); END;
    """,
    """
    CREATE TRIGGER trail_cell_of_last BEFORE INSERT ON trail_cell
    WHEN NEW.seq IS NOT (SELECT max(seq) FROM trail)
    BEGIN SELECT RAISE(ABORT, 'trail cell without its entry'); END;
    """,
)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("disabled_on", sa.Text()),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("last_sign_in", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("uid", name=op.f("uq_account_uid")),
        **_STRICT,
    )
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
        **_STRICT,
    )
    op.create_index(op.f("ix_checkpoint_seq"), "checkpoint", ["seq"])
    op.create_table(
        "pupil",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ministry_code", sa.Text(), nullable=False),
        sa.Column("personal_id", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text()),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("ethnicity", sa.Text(), nullable=False),
        sa.Column("birthplace", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("priority_group", sa.Text(), nullable=False),
        sa.Column("father", sa.Text(), nullable=False),
        sa.Column("father_job", sa.Text(), nullable=False),
        sa.Column("mother", sa.Text(), nullable=False),
        sa.Column("mother_job", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil")),
        **_STRICT,
    )
    op.create_index(op.f("ix_pupil_ministry_code"), "pupil", ["ministry_code"])
    op.create_index(op.f("ix_pupil_personal_id"), "pupil", ["personal_id"])
    op.create_table(
        "school",
        sa.Column(
            "id",
            sa.Integer(),
            sa.CheckConstraint("id = 1", name=op.f("ck_school_only_one")),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("commune", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        **_STRICT,
    )
    op.create_table(
        "school_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Text(), nullable=False),
        sa.Column("term2_starts_on", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_year")),
        sa.UniqueConstraint("name", name=op.f("uq_school_year_name")),
        **_STRICT,
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
        **_BY_KEY,
    )
    op.create_table(
        "trail",
        sa.Column(
            "seq",
            sa.Integer(),
            sa.CheckConstraint("seq > 0", name=op.f("ck_trail_seq")),
            nullable=False,
        ),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer()),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Integer()),
        sa.Column("subject_id", sa.Integer()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("cell_count", sa.Integer(), nullable=False),
        sa.Column("cells_digest", sa.Text(), nullable=False),
        sa.Column(
            "prev",
            sa.LargeBinary(),
            sa.CheckConstraint("length(prev) = 32", name=op.f("ck_trail_prev")),
            nullable=False,
        ),
        sa.Column(
            "hash",
            sa.LargeBinary(),
            sa.CheckConstraint("length(hash) = 32", name=op.f("ck_trail_hash")),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_trail")),
        **_STRICT,
    )
    op.create_index(op.f("ix_trail_sheet"), "trail", ["class_id", "subject_id", "seq"])
    op.create_table(
        "trail_cell",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", "ordinal", name=op.f("pk_trail_cell")),
        **_BY_KEY,
    )
    op.create_index(
        op.f("ix_trail_cell_history"), "trail_cell", ["pupil_id", "assessment_id", "seq"]
    )
    op.create_table(
        "account_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_key")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_key_account_id_account")
        ),
        **_STRICT,
    )
    op.create_table(
        "class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column(
            "grade",
            sa.Integer(),
            sa.CheckConstraint("grade BETWEEN 1 AND 12", name=op.f("ck_class_grade")),
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("regulation", sa.Text(), nullable=False),
        sa.Column("roster_frozen_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class")),
        sa.UniqueConstraint("school_year_id", "name", name=op.f("uq_class_school_year_id_name")),
        sa.ForeignKeyConstraint(
            ["school_year_id"], ["school_year.id"], name=op.f("fk_class_school_year_id_school_year")
        ),
        **_STRICT,
    )
    op.create_table(
        "entry_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Text(), nullable=False),
        sa.Column("closes_on", sa.Text(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decision_on", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_window")),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_entry_window_school_year_id_school_year"),
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["account.id"], name=op.f("fk_entry_window_set_by_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_entry_window_school_year_id"), "entry_window", ["school_year_id"])
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_role_grant_account_id"), "role_grant", ["account_id"])
    op.create_table(
        "subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Text(),
            sa.CheckConstraint("kind IN ('marks', 'comments')", name=op.f("ck_subject_kind")),
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("optional", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
        sa.UniqueConstraint("school_year_id", "code", name=op.f("uq_subject_school_year_id_code")),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_subject_school_year_id_school_year"),
        ),
        **_STRICT,
    )
    op.create_table(
        "year_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("copy_no", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.Text(), nullable=False),
        sa.Column("sealed_by", sa.Integer(), nullable=False),
        sa.Column("bag_name", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("tagmanifest_sha512", sa.Text(), nullable=False),
        sa.Column("drive_label", sa.Text(), nullable=False),
        sa.Column("drive_serial", sa.Text(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("witnesses", sa.Text(), nullable=False),
        sa.Column("keeper", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_seal")),
        sa.UniqueConstraint(
            "school_year_id", "copy_no", name=op.f("uq_year_seal_school_year_id_copy_no")
        ),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_year_seal_school_year_id_school_year"),
        ),
        sa.ForeignKeyConstraint(
            ["sealed_by"], ["account.id"], name=op.f("fk_year_seal_sealed_by_account")
        ),
        **_STRICT,
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "term",
            sa.Text(),
            sa.CheckConstraint("term IN ('HK1', 'HK2')", name=op.f("ck_assessment_term")),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("test_on", sa.Text()),
        sa.Column("due_on", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint(
            "class_id",
            "subject_id",
            "term",
            "code",
            name=op.f("uq_assessment_class_id_subject_id_term_code"),
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_assessment_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_assessment_subject_id_subject")
        ),
        **_STRICT,
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer()),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_assignment_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_assignment_subject_id_subject")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assignment_account_id_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_assignment_account_id"), "assignment", ["account_id"])
    op.create_index(op.f("ix_assignment_class_subject"), "assignment", ["class_id", "subject_id"])
    op.create_table(
        "conduct",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("excused", sa.Integer()),
        sa.Column("unexcused", sa.Integer()),
        sa.PrimaryKeyConstraint("class_id", "term", "pupil_id", name=op.f("pk_conduct")),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_conduct_class_id_class")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_conduct_pupil_id_pupil")),
        **_BY_KEY,
    )
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer()),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.Text()),
        sa.Column("voided_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_confirmation_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_confirmation_subject_id_subject")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_confirmation_account_id_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_confirmation_class"), "confirmation", ["class_id", "period"])
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence_book", sa.Text(), nullable=False),
        sa.Column("evidence_paper", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.Text(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Integer()),
        sa.Column("checked_at", sa.Text()),
        sa.Column("check_note", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", sa.Text()),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("witnesses", sa.Text(), nullable=False),
        sa.Column("unlocked_until", sa.Text()),
        sa.Column("applied_at", sa.Text()),
        sa.Column("ended_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint(
            "school_year_id", "number", name=op.f("uq_correction_school_year_id_number")
        ),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_correction_school_year_id_school_year"),
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_correction_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_correction_subject_id_subject")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["account.id"], name=op.f("fk_correction_requested_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["account.id"], name=op.f("fk_correction_checked_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_correction_decided_by_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_correction_class_subject"), "correction", ["class_id", "subject_id"])
    op.create_table(
        "enrolment",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Text(), nullable=False),
        sa.Column("left_on", sa.Text()),
        sa.Column("left_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("class_id", "pupil_id", name=op.f("pk_enrolment")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_enrolment_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_enrolment_pupil_id_pupil")
        ),
        **_BY_KEY,
    )
    op.create_index(op.f("ix_enrolment_pupil"), "enrolment", ["pupil_id"])
    op.create_table(
        "late_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer()),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Text(), nullable=False),
        sa.Column("closes_on", sa.Text(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decision_on", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_opening")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_late_opening_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_late_opening_subject_id_subject")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["account.id"], name=op.f("fk_late_opening_set_by_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_late_opening_class_id"), "late_opening", ["class_id"])
    op.create_table(
        "period_close",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("data_digest", sa.Text(), nullable=False),
        sa.Column("missing_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_close")),
        sa.UniqueConstraint("class_id", "period", name=op.f("uq_period_close_class_id_period")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_period_close_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["account.id"], name=op.f("fk_period_close_closed_by_account")
        ),
        **_STRICT,
    )
    op.create_table(
        "subject_plan",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("periods", sa.Integer(), nullable=False),
        sa.Column(
            "tx_count",
            sa.Integer(),
            sa.CheckConstraint("tx_count BETWEEN 1 AND 9", name=op.f("ck_subject_plan_tx")),
        ),
        sa.Column("tx_reason", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "grade", name=op.f("pk_subject_plan")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_subject_plan_subject_id_subject")
        ),
        **_BY_KEY,
    )
    op.create_table(
        "term_comment",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "class_id", "subject_id", "term", "pupil_id", name=op.f("pk_term_comment")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_term_comment_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_term_comment_subject_id_subject")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_term_comment_pupil_id_pupil")
        ),
        **_BY_KEY,
    )
    op.create_table(
        "column_lock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("locked_at", sa.Text(), nullable=False),
        sa.Column("locked_by", sa.Integer(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("unlocked_at", sa.Text()),
        sa.Column("unlocked_by", sa.Integer()),
        sa.Column("unlock_decision_no", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_lock")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_column_lock_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["locked_by"], ["account.id"], name=op.f("fk_column_lock_locked_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["unlocked_by"], ["account.id"], name=op.f("fk_column_lock_unlocked_by_account")
        ),
        **_STRICT,
    )
    op.create_index(op.f("ix_column_lock_assessment_id"), "column_lock", ["assessment_id"])
    op.create_table(
        "correction_item",
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("old_state", sa.Integer(), nullable=False),
        sa.Column("old_value", sa.Integer()),
        sa.Column("old_reason", sa.Text(), nullable=False),
        sa.Column("new_state", sa.Integer(), nullable=False),
        sa.Column("new_value", sa.Integer()),
        sa.Column("new_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "correction_id", "assessment_id", "pupil_id", name=op.f("pk_correction_item")
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["correction.id"],
            name=op.f("fk_correction_item_correction_id_correction"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_correction_item_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_correction_item_pupil_id_pupil")
        ),
        **_BY_KEY,
    )
    op.create_table(
        "mark",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Integer(),
            sa.CheckConstraint("state BETWEEN 0 AND 5", name=op.f("ck_mark_state")),
        ),
        sa.Column(
            "value",
            sa.Integer(),
            sa.CheckConstraint("value BETWEEN 0 AND 100", name=op.f("ck_mark_value")),
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("corrected_from", sa.Text(), nullable=False),
        sa.Column("correction_id", sa.Integer()),
        sa.PrimaryKeyConstraint("assessment_id", "pupil_id", name=op.f("pk_mark")),
        sa.CheckConstraint(
            "(state IN (1, 3, 5)) = (value IS NOT NULL)", name=op.f("ck_mark_value_by_state")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_mark_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_mark_pupil_id_pupil")),
        **_BY_KEY,
    )
    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Integer()),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("correction_id", sa.Integer()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("data_digest", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
        sa.UniqueConstraint(
            "school_year_id", "number", name=op.f("uq_print_run_school_year_id_number")
        ),
        sa.ForeignKeyConstraint(
            ["school_year_id"],
            ["school_year.id"],
            name=op.f("fk_print_run_school_year_id_school_year"),
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["class.id"], name=op.f("fk_print_run_class_id_class")
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["correction.id"], name=op.f("fk_print_run_correction_id_correction")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_print_run_made_by_account")
        ),
        **_STRICT,
    )
    op.create_table(
        "print_bytes",
        sa.Column("print_run_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("print_run_id", name=op.f("pk_print_bytes")),
        sa.ForeignKeyConstraint(
            ["print_run_id"], ["print_run.id"], name=op.f("fk_print_bytes_print_run_id_print_run")
        ),
        **_STRICT,
    )
    op.create_table(
        "print_file",
        sa.Column("print_run_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("print_run_id", "name", name=op.f("pk_print_file")),
        sa.ForeignKeyConstraint(
            ["print_run_id"], ["print_run.id"], name=op.f("fk_print_file_print_run_id_print_run")
        ),
        **_STRICT,
    )
    for trigger in _TRIGGERS:
        op.execute(trigger)
