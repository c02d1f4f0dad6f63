"""Verified backups: the file and its keyfile in one folder that appears only when proved good."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from app.errors import EnvironmentProblem
from app.progress import no_progress
from db.durable_files import FilePort, free_bytes, platform_files, require_space, sync_file
from db.engine import Access, Database, connect, full_check, schema_number
from db.faults import translated_errors
from db.keys.keyfile import check_mac, keyfile_path, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.clock import Clock
    from app.progress import Progress

MANIFEST: Final = "sao-luu.json"
PARTIAL: Final = ".dang-sao-luu"
_SPACE_FACTOR: Final = 3
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class BackupReport:
    """One verified backup.

    `path` is the folder; `bytes` counts database and keyfile; `checked_at` is ISO 8601, UTC+7;
    `digest` and `keyfile_digest` are the SHA-256 of the two copies, lower-case hex.
    """

    path: Path
    bytes: int
    seconds: float
    checked_at: str
    digest: str
    keyfile_digest: str
    database_name: str
    schema_number: int

    @property
    def database_path(self) -> Path:
        """The copy of the database."""
        return self.path / self.database_name


def make_backup(
    database: Database,
    folder: Path,
    clock: Clock,
    *,
    progress: Progress = no_progress,
    write_keyfile: Callable[[Path], object] | None = None,
    free: Callable[[Path], int] = free_bytes,
    files: FilePort | None = None,
    name: str = "",
) -> BackupReport:
    """Copy the open database and its keyfile into a new folder under `folder`, and prove the copy.

    The copy is a snapshot (`VACUUM INTO`), reopened with the key, checked page by page, synced and
    only then renamed. `write_keyfile` puts another keyfile beside it (a reduced one, for a copy
    that leaves the PC); without it the whole keyfile is copied. `name` is the copy's file name,
    by default the database's own. `progress` may cancel.

    Raises `EnvironmentProblem` (`not_enough_space`, `backup_bad`, `keyfile_forged`, disk faults);
    nothing is then left behind.
    """
    started = time.perf_counter()
    port = files or platform_files()
    title = f"{database.path.stem}-{clock.now():%Y%m%d-%H%M%S}"
    what = f"sao lưu vào thư mục {folder}"
    with translated_errors(what, database.path):
        folder.mkdir(parents=True, exist_ok=True)
        sweep_partials(folder, database.path.stem)
        require_space(folder, _SPACE_FACTOR * _size_with_log(database.path), "sao lưu", free)
        partial = folder / f".{database.path.stem}.{secrets.token_hex(4)}{PARTIAL}"
        partial.mkdir()
    try:
        with translated_errors(what, database.path):
            copy = partial / (name or database.path.name)
            progress(0, 3, "chép dữ liệu")
            _copy_database(database, copy)
            if write_keyfile is None:
                shutil.copyfile(keyfile_path(database.path), keyfile_path(copy))
            else:
                write_keyfile(keyfile_path(copy))
            progress(1, 3, "mở lại và kiểm tra")
            number = _prove(copy, database.key)
            progress(2, 3, "ghi chắc xuống đĩa")
            size = copy.stat().st_size + keyfile_path(copy).stat().st_size
            checked_at = clock.now().isoformat()
            facts = {
                "bytes": size,
                "checked_at": checked_at,
                "database": copy.name,
                "digest": _digest(copy),
                "keyfile_digest": _digest(keyfile_path(copy)),
                "schema_number": number,
                "seconds": round(time.perf_counter() - started, 3),
            }
            manifest = partial / MANIFEST
            manifest.write_text(json.dumps(facts, indent=1, ensure_ascii=False), "utf-8")
            for file in (copy, keyfile_path(copy), manifest):
                sync_file(file)
            port.sync_folder(partial)
            final = _free_name(folder, title)
            port.replace(partial, final)
    except BaseException:
        _remove(partial)
        raise
    with translated_errors(what, database.path):
        port.sync_folder(folder)
    progress(3, 3, "xong")
    return _report(final, facts)


def list_backups(folder: Path) -> tuple[BackupReport, ...]:
    """Backups under `folder`, newest first; folders without a readable manifest are not backups."""
    if not folder.is_dir():
        return ()
    with translated_errors("đọc danh sách bản sao lưu", folder):
        reports = [_read(entry) for entry in folder.iterdir() if _is_candidate(entry)]
    known = [report for report in reports if report is not None]
    return tuple(sorted(known, key=lambda one: (one.checked_at, one.path.name), reverse=True))


def latest_verified(
    folder: Path, database_id: str | None = None, not_after: datetime | None = None
) -> BackupReport | None:
    """The newest backup whose two files are still, byte for byte, those that were checked.

    With `database_id` only copies of that file count: two schools may share a folder. One dated
    later than `not_after` was made under a wrong clock and would stay the newest for years.
    """
    for report in list_backups(folder):
        if not_after is not None and datetime.fromisoformat(report.checked_at) > not_after:
            continue
        with translated_errors("đọc bản sao lưu", report.path):
            sound = is_sound(report)
        if sound and database_id in (None, database_id_of(report)):
            return report
    return None


def is_sound(report: BackupReport) -> bool:
    """Whether both files are still, byte for byte, those that were checked; raises OSError."""
    expected = {
        report.database_path: report.digest,
        keyfile_path(report.database_path): report.keyfile_digest,
    }
    return all(file.is_file() and _digest(file) == now for file, now in expected.items())


def database_id_of(report: BackupReport) -> str:
    """Which file a backup is of; "" when its keyfile cannot be read."""
    try:
        return load(keyfile_path(report.database_path)).database_id
    except EnvironmentProblem:
        # A keyfile nobody can read belongs to no file.
        return ""


def _copy_database(database: Database, copy: Path) -> None:
    with closing(connect(database.path, database.key)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))


def _prove(copy: Path, key: bytes) -> int:
    """Schema number of a copy that opens, is sound and has a keyfile that opens it."""
    with closing(connect(copy, key, access=Access.READ_ONLY)) as connection:
        result = full_check(connection)
        number = schema_number(connection)
    if not result.ok:
        raise EnvironmentProblem(
            "backup_bad",
            f"Bản sao lưu vừa ghi không qua được kiểm tra ({result.words}), nên đã bị bỏ. "
            "Dữ liệu đang dùng không bị ảnh hưởng. Hãy sao lưu lại sang ổ khác, và chạy kiểm tra "
            "tệp dữ liệu trong Quản trị.",
            findings=result.findings,
        )
    keyfile = load(keyfile_path(copy))
    newest = max(item.number for item in keyfile.generations)
    check_mac(keyfile_path(copy), keyfile, newest, key)
    return number


def _size_with_log(path: Path) -> int:
    log = path.with_name(path.name + "-wal")
    return path.stat().st_size + (log.stat().st_size if log.exists() else 0)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _free_name(folder: Path, name: str) -> Path:
    """A final name nobody has: two backups in one second get -2, -3."""
    candidate, number = folder / name, 1
    while candidate.exists():
        number += 1
        candidate = folder / f"{name}-{number}"
    return candidate


def _is_candidate(entry: Path) -> bool:
    return not entry.name.endswith(PARTIAL) and (entry / MANIFEST).is_file()


def sweep_partials(folder: Path, stem: str) -> None:
    """Remove what killed backups of this file left; one program per file: none is running now."""
    for entry in folder.iterdir():
        # The whole name: another school's file may be called like this one and a dot more.
        if re.fullmatch(rf"\.{re.escape(stem)}\.[0-9a-f]{{8}}{re.escape(PARTIAL)}", entry.name):
            _remove(entry)


def _remove(partial: Path) -> None:
    if partial.exists():
        shutil.rmtree(partial)


def _read(entry: Path) -> BackupReport | None:
    try:
        return _report(entry, json.loads((entry / MANIFEST).read_bytes()))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _report(path: Path, facts: dict[str, Any]) -> BackupReport:
    checked_at = datetime.fromisoformat(facts["checked_at"])
    name = str(facts["database"])
    if checked_at.tzinfo is None or name in ("", ".", "..") or set(name) & set("/\\"):
        raise ValueError("not a manifest of this program")
    return BackupReport(
        path=path,
        bytes=int(facts["bytes"]),
        seconds=float(facts["seconds"]),
        checked_at=checked_at.isoformat(),
        digest=str(facts["digest"]),
        keyfile_digest=str(facts["keyfile_digest"]),
        database_name=name,
        schema_number=int(facts["schema_number"]),
    )
