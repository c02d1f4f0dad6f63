"""What readable rows hang on, taken from the newest backup where the damaged file lost it.

Without accounts nobody could open what was saved; without classes, columns and pupils its marks
would belong to nobody. Marks and the trail are never borrowed: an older mark would be a lie.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from app.errors import EnvironmentProblem
from db.backup import database_id_of, list_backups
from db.engine import Access, connect, schema_number

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

BORROWED: Final = (
    "school",
    "setting",
    "account",
    "account_key",
    "role_grant",
    "school_year",
    "subject",
    "class",
    "class_subject",
    "subject_plan",
    "assessment",
    "pupil",
    "enrolment",
    "pupil_subject",
)


def borrow(
    connection: Any, key: bytes, folder: Path, database_id: str, damaged: Collection[str]
) -> str:
    """Add rows of damaged tables of BORROWED from the newest fitting backup; says what was done.

    "" when nothing was needed or no backup fits.
    """
    wanted = [table for table in BORROWED if table in damaged]
    if not wanted:
        return ""
    number = schema_number(connection)
    for backup in list_backups(folder):
        if database_id_of(backup) != database_id or backup.schema_number != number:
            continue
        try:
            with closing(connect(backup.database_path, key, access=Access.READ_ONLY)) as old:
                rows = {table: old.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608
                        for table in wanted}  # fmt: skip
        except EnvironmentProblem:
            # Damaged, or from before a change of key: the next older one may fit.
            continue
        added = sum(_add(connection, table, rows[table]) for table in wanted)
        return (
            f"{added} dòng về tài khoản, lớp, môn, cột, học sinh lấy từ bản sao lưu lúc "
            f"{backup.checked_at[:16].replace('T', ' ')}, vì trong tệp hỏng không còn đọc được."
            if added
            else ""
        )
    return ""


def _add(connection: Any, table: str, rows: list[tuple[Any, ...]]) -> int:
    before = connection.total_changes
    for row in rows:
        marks = ", ".join("?" * len(row))
        connection.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', row)  # noqa: S608
    return int(connection.total_changes - before)
