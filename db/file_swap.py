"""Putting a prepared set of files in the place of another, so that a killed program loses neither.

A staging folder beside the file holds the new set. Its marker says how far the swap is:

1. no marker: nothing was touched; the folder is thrown away.
2. `keep`: the old files are being linked into the folder that keeps them; nothing is replaced.
3. `swap`: the old ones are kept; every staged file still there has yet to be moved into place.

Each step may be done twice, so whoever opens the file next simply goes on.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.errors import EnvironmentProblem
from db.durable_files import platform_files, replace_file, sync_file
from db.faults import translated_errors
from db.keys.keyfile import keyfile_path
from db.keys.sign_ins import SUFFIX as SIGN_INS_SUFFIX
from db.trail_head_file import TrailHeadFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.durable_files import FilePort

_STAGING: Final = ".dang-khoi-phuc"
_MARKER: Final = "buoc.json"
_KEEP, _SWAP = "keep", "swap"


def new_staging(path: Path) -> Path:
    """An empty folder for the new files of `path`, named so that it is found again."""
    folder = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_STAGING}")
    folder.mkdir()
    return folder


def staged(staging: Path, path: Path) -> Path:
    """Where the new database of `path` lies in its staging folder."""
    return staging / path.name


def swap_in(path: Path, staging: Path, kept_name: str, files: FilePort | None = None) -> Path:
    """Keep the files of `path` in a folder `kept_name` beside it and move the staged ones in.

    The caller holds the file's lock, and nobody has the database open. Returns the kept folder.
    """
    port = files or platform_files()
    for part in _parts(staged(staging, path)):
        if part.exists():
            sync_file(part)
    _mark(staging, _KEEP, kept_name, port)
    return _go_on(path, staging, port)


def resume_swap(path: Path, files: FilePort | None = None) -> Path | None:
    """Finish what a killed restore began, or throw away what it had only prepared.

    The caller holds the lock. Returns the kept folder of a restore that was finished now.
    """
    port = files or platform_files()
    kept: Path | None = None
    with translated_errors("nối lại việc khôi phục", path):
        for staging in _stagings(path):
            if (staging / _MARKER).exists():
                kept = _go_on(path, staging, port)
            else:
                shutil.rmtree(staging)
    return kept


def is_swap_pending(path: Path) -> bool:
    """Whether a restore was begun and must be finished before the file is opened."""
    return any((staging / _MARKER).exists() for staging in _stagings(path))


def drop_staging(staging: Path) -> None:
    """Throw a prepared set away; one whose swap has begun stays."""
    if staging.exists() and not (staging / _MARKER).exists():
        shutil.rmtree(staging, ignore_errors=True)


def _go_on(path: Path, staging: Path, port: FilePort) -> Path:
    step, kept_name = _read_marker(staging)
    kept = path.with_name(kept_name)
    if step == _KEEP:
        _keep(path, kept, port)
        _mark(staging, _SWAP, kept_name, port)
    new = staged(staging, path)
    if new.exists():
        # The old log belongs to the old database; beside the new one it would be folded into it.
        for log in _logs(path):
            log.unlink(missing_ok=True)
    for source, target in zip(_parts(new), _parts(path), strict=True):
        if source.exists():
            port.replace(source, target)
    side_file = path.with_name(path.name + SIGN_INS_SUFFIX)
    if not side_file.exists():
        replace_file(side_file, b"", port)
    port.sync_folder(path.parent)
    shutil.rmtree(staging)
    port.sync_folder(path.parent)
    with suppress(OSError):
        # Only when there was nothing to keep: a folder that holds files is not removed.
        kept.rmdir()
    return kept


def _keep(path: Path, kept: Path, port: FilePort) -> None:
    kept.mkdir(exist_ok=True)
    side_file = path.with_name(path.name + SIGN_INS_SUFFIX)
    for old in (*_parts(path), *_logs(path), side_file):
        target = kept / old.name
        if not old.exists() or target.exists():
            continue
        try:
            os.link(old, target)
        except OSError:
            # FAT knows no second name for a file.
            partial = target.with_name(target.name + ".dang-chep")
            shutil.copyfile(old, partial)
            sync_file(partial)
            port.replace(partial, target)
    port.sync_folder(kept)
    port.sync_folder(path.parent)


def _mark(staging: Path, step: str, kept_name: str, port: FilePort) -> None:
    content = json.dumps({"step": step, "kept": kept_name}).encode()
    replace_file(staging / _MARKER, content, port)


def _read_marker(staging: Path) -> tuple[str, str]:
    try:
        facts = json.loads((staging / _MARKER).read_bytes())
        step, kept = facts["step"], facts["kept"]
        sound = step in (_KEEP, _SWAP) and isinstance(kept, str) and kept not in ("", ".", "..")
        sound = sound and not set(kept) & set("/\\")
    except (ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise EnvironmentProblem(
            "restore_marker_damaged",
            f"Lần khôi phục trước bị ngắt và tệp ghi bước của nó trong {staging} bị hỏng, nên chưa "
            "mở sổ. Đừng xóa thư mục ấy; hãy báo người hỗ trợ để lấy lại bản cũ hoặc làm nốt.",
            path=staging,
        )
    return step, kept


def _parts(path: Path) -> tuple[Path, ...]:
    """The side files first: a database without its keyfile would be lost for good."""
    return (keyfile_path(path), TrailHeadFile(path).path, path)


def _logs(path: Path) -> tuple[Path, ...]:
    return (path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm"))


def _stagings(path: Path) -> Iterator[Path]:
    if not path.parent.is_dir():
        return
    pattern = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{8}}{re.escape(_STAGING)}")
    yield from sorted(entry for entry in path.parent.iterdir() if pattern.fullmatch(entry.name))
