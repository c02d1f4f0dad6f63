"""Bringing a file to the newest schema: all or nothing, foreign keys proved before the commit.

Revisions are four digits without gaps ("0001", "0002"), one line, upwards only; the number of the
last one is also `PRAGMA user_version`, which an older program reads before anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from app.errors import EnvironmentProblem
from db.engine import Database, newer_schema
from db.faults import translated_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from alembic.config import Config
    from sqlalchemy import Connection, MetaData

SCRIPTS: Final = Path(__file__).parent / "migrations"
VERSIONS: Final = SCRIPTS / "versions"


@dataclass(frozen=True, slots=True)
class UpgradeReport:
    """Schema numbers before and after; equal when there was nothing to do."""

    before: int
    after: int

    @property
    def changed(self) -> bool:
        """Whether any migration ran."""
        return self.before != self.after


def head_revision(versions: Path = VERSIONS) -> str | None:
    """The newest revision this program knows, None when there is none."""
    # Alembic costs 90 ms to import; a start without migrations to run should not pay it.
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config(versions)).get_current_head()


def head_number(versions: Path = VERSIONS) -> int:
    """The newest schema number this program knows, read from file names without Alembic."""
    numbers = [int(file.name[:4]) for file in versions.iterdir() if file.name[:4].isdigit()]
    return max(numbers, default=0)


def current_revision(connection: Connection) -> str | None:
    """The revision a file is at, None for a new file."""
    known = connection.execute(
        text("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    ).scalar_one()
    if not known:
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def upgrade(
    database: Database,
    before_upgrade: Callable[[], object],
    *,
    versions: Path = VERSIONS,
) -> UpgradeReport:
    """Bring `database` to the newest schema.

    `before_upgrade` makes the verified backup; it runs only when a file that already has a schema
    is about to change, and whatever it raises stops the upgrade. Every migration, the foreign-key
    check and the schema number are one transaction.

    Raises `EnvironmentProblem`: `newer_schema`, `schema_unknown`, `foreign_keys_broken`, or a fault
    of the disk; the file then is as it was.
    """
    supported = head_number(versions)
    before = database.schema_number()
    if before > supported:
        raise newer_schema(database.path, before, supported)
    if before == supported:
        return UpgradeReport(before, before)
    if before:
        before_upgrade()
    # With foreign keys on, rebuilding a parent table would silently delete its children, and the
    # pragma is ignored inside a transaction: hence a database object of its own.
    unguarded = Database(database.path, database.key, foreign_keys=False)
    try:
        with (
            translated_errors("nâng cấp cấu trúc tệp dữ liệu", database.path),
            unguarded.writer.begin() as connection,
        ):
            _run(connection, database.path, before, versions)
            _refuse_broken_references(connection, database.path)
            connection.exec_driver_sql(f"PRAGMA user_version = {supported}")
    finally:
        unguarded.close()
    return UpgradeReport(before, supported)


def differences(connection: Connection, metadata: MetaData) -> list[object]:
    """What separates the tables of a file from `metadata`; empty when models equal migrations."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def _run(connection: Connection, path: Path, before: int, versions: Path) -> None:
    from alembic import command
    from alembic.util.exc import CommandError

    found = current_revision(connection)
    config = _config(versions)
    config.attributes["connection"] = connection
    try:
        if found != (f"{before:04d}" if before else None):
            raise CommandError(f"user_version {before}, revision {found}")
        command.upgrade(config, "head")
    except CommandError as error:
        raise EnvironmentProblem(
            "schema_unknown",
            f"Tệp {path.name} có cấu trúc mà phiên bản này không biết (bản ghi “{found}”, số "
            f"{before}), nên không nâng cấp được. Tệp chưa bị thay đổi gì. Hãy mở bằng đúng phiên "
            "bản đã ghi tệp, hoặc khôi phục từ bản sao lưu gần nhất.",
            path=path,
            revision=found,
            number=before,
        ) from error


def _refuse_broken_references(connection: Connection, path: Path) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise EnvironmentProblem(
            "foreign_keys_broken",
            f"Nâng cấp tệp {path.name} bị dừng vì {len(broken)} dòng sẽ mất dòng gốc. Tệp được giữ "
            "nguyên như trước khi nâng cấp. Hãy gửi tệp báo lỗi cho người hỗ trợ.",
            path=path,
            rows=[tuple(row) for row in broken[:20]],
        )


def _config(versions: Path) -> Config:
    from alembic.config import Config

    config = Config()
    # '%' starts an interpolation in Alembic's settings.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    return config
