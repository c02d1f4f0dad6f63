"""Small files that survive a power cut: whole old content or whole new content, never half."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from typing import TYPE_CHECKING, Protocol

from app.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LEFTOVER = ".khoaso-tmp"


class FilePort(Protocol):
    """The two file calls that differ between operating systems."""

    def replace(self, source: Path, target: Path) -> None:
        """Put `source` (file or folder) in the place of `target`."""
        ...

    def sync_folder(self, folder: Path) -> None:
        """Make the names in `folder` durable."""
        ...


class PosixFiles:
    """Linux: rename is atomic, and the folder itself has to be synced."""

    def replace(self, source: Path, target: Path) -> None:
        """One rename."""
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Fsync on the folder."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class WindowsFiles:
    """Windows: a virus scanner may hold a file for a moment, so a refused rename is tried again."""

    def __init__(
        self,
        *,
        attempts: int = 20,
        pause: Callable[[float], None] = time.sleep,
        rename: Callable[[Path, Path], object] = os.replace,
    ) -> None:
        self._attempts = attempts
        self._pause = pause
        self._rename = rename

    def replace(self, source: Path, target: Path) -> None:
        """Rename, for about two seconds; the last refusal is raised."""
        for attempt in range(1, self._attempts + 1):
            try:
                self._rename(source, target)
            except PermissionError:
                if attempt == self._attempts:
                    raise
                self._pause(0.01 * attempt)
            else:
                return

    def sync_folder(self, folder: Path) -> None:
        """Nothing to do: NTFS journals names, and a folder cannot be opened for fsync."""


def platform_files() -> FilePort:
    """The port of the running system."""
    return WindowsFiles() if os.name == "nt" else PosixFiles()


def replace_file(path: Path, content: bytes, files: FilePort | None = None) -> None:
    """Write `content` beside `path`, sync it, and rename it into place.

    Raises `OSError`, with `path` untouched and the partial file removed. Only a killed process
    leaves a partial file, which the next `replace_file` or `sweep_leftovers` removes.
    """
    port = files or platform_files()
    sweep_leftovers(path)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_LEFTOVER}")
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        port.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    port.sync_folder(path.parent)


def sweep_leftovers(path: Path) -> int:
    """Remove partial files of interrupted saves of `path`; returns how many.

    Only the holder of the file's instance lock may call it: it would take away a running save.
    """
    prefix = f".{path.name}."
    found = [
        entry
        for entry in path.parent.iterdir()
        if entry.name.startswith(prefix) and entry.name.endswith(_LEFTOVER)
    ]
    for entry in found:
        entry.unlink(missing_ok=True)
    return len(found)


def sync_file(path: Path) -> None:
    """Make the content of a finished file durable."""
    # Windows syncs only handles that may write.
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def free_bytes(folder: Path) -> int:
    """Free space on the disk of `folder`."""
    return shutil.disk_usage(folder).free


def require_space(folder: Path, needed: int, what: str, free: Callable[[Path], int]) -> None:
    """Raise `EnvironmentProblem("not_enough_space")` when `folder`'s disk lacks `needed` bytes."""
    available = free(folder)
    if available < needed:
        raise EnvironmentProblem(
            "not_enough_space",
            f"Chưa {what} được: ổ chứa thư mục {folder} chỉ còn {_megabytes(available)}, cần "
            f"{_megabytes(needed)}. Chưa có gì bị thay đổi. Hãy xóa bớt tệp hoặc chọn ổ khác "
            "rồi làm lại.",
            folder=folder,
            needed=needed,
            available=available,
        )


def _megabytes(size: int) -> str:
    return f"{-(-size // 1_000_000)} MB"
