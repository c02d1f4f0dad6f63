"""Which refusals mean that the file itself is damaged: its page then shows the ways out."""

from __future__ import annotations

from app.errors import AppError

DAMAGE_CODES = frozenset(
    {
        "database_damaged",
        "database_empty",
        "database_missing",
        "foreign_keys_broken",
        "io_error",
        "key_or_file_wrong",
        "keyfile_damaged",
        "keyfile_forged",
        "keyfile_missing",
        "school_missing",
    }
)


def is_damage(error: AppError) -> bool:
    """Whether a backup or salvage is the way out, not another try."""
    return error.code in DAMAGE_CODES
