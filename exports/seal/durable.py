"""Bytes that are really on the medium: write and fsync, fsync of folders, reads past the cache."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.errors import AppError, EnvironmentProblem, RuleRefused
from app.os_reasons import reason_of

CHUNK = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_FULL = {errno.ENOSPC, errno.EDQUOT}
_GONE = {errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTDIR, errno.EIO, errno.ESTALE}
_WINDOWS_FULL = {39, 112}
_WINDOWS_READ_ONLY = {19}
_WINDOWS_GONE = {21, 1006, 1110, 1167}


class Fingers:
    """SHA-256 and SHA-512 of what has passed so far, and how many bytes that was."""

    def __init__(self) -> None:
        self._short = hashlib.sha256()
        self._long = hashlib.sha512()
        self.size = 0

    def feed(self, piece: bytes | memoryview) -> None:
        """Take in the next bytes."""
        self._short.update(piece)
        self._long.update(piece)
        self.size += len(piece)

    @property
    def sha256(self) -> str:
        """64 hex digits."""
        return self._short.hexdigest()

    @property
    def sha512(self) -> str:
        """128 hex digits."""
        return self._long.hexdigest()


def write_new(path: Path, pieces: Iterable[bytes | memoryview]) -> Fingers:
    """Create `path`, write all pieces, fsync; OSError when it exists or the medium refuses."""
    fingers, handle = write_open(path, pieces)
    sync_and_close(handle)
    return fingers


def write_open(path: Path, pieces: Iterable[bytes | memoryview]) -> tuple[Fingers, int]:
    """As `write_new` but not yet durable: the handle is still to be given to `sync_and_close`."""
    fingers = Fingers()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o644)
    try:
        for piece in pieces:
            fingers.feed(piece)
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(handle, rest) :]
    except BaseException:
        os.close(handle)
        raise
    return fingers, handle


def sync_and_close(handle: int) -> None:
    """Make what was written through the handle durable; it is closed whatever happens."""
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def pieces_of(content: bytes | Path) -> Iterator[bytes | memoryview]:
    """The content in pieces; EnvironmentProblem `seal_source_unreadable` for a file that fails."""
    if isinstance(content, bytes):
        view = memoryview(content)
        yield from (view[start : start + CHUNK] for start in range(0, len(view), CHUNK))
        return
    try:
        with content.open("rb") as stream:
            while piece := stream.read(CHUNK):
                yield piece
    except OSError as error:
        raise EnvironmentProblem(
            "seal_source_unreadable",
            f"Không đọc được tệp nguồn “{content.name}” để niêm phong ({reason_of(error)}). "
            "Gói niêm phong này chưa được tạo; hãy kiểm tra tệp ấy rồi làm lại.",
            file=str(content),
        ) from error


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable; Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some FUSE file systems cannot fsync a folder
            raise
    finally:
        os.close(handle)


def forget_cached(path: Path) -> None:
    """Let the next read come from the medium where the system allows (not on Windows)."""
    if not hasattr(os, "posix_fadvise"):
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def refusal(error: OSError, drive: str, file: str) -> AppError:
    """The sentence for a write that failed on `drive` at `file`; the medium keeps no half bag."""
    windows = getattr(error, "winerror", None)
    rest = "Gói niêm phong này chưa được tạo."
    if error.errno in _FULL or windows in _WINDOWS_FULL:
        return EnvironmentProblem(
            "drive_full",
            f"Ổ {drive} đầy khi đang ghi “{file}”. {rest} Hãy dọn bớt tệp hoặc chọn ổ lớn hơn rồi "
            "niêm phong lại.",
            file=file,
        )
    if error.errno == errno.EROFS or windows in _WINDOWS_READ_ONLY:
        return EnvironmentProblem(
            "drive_read_only",
            f"Ổ {drive} đã chuyển sang chỉ đọc khi đang ghi “{file}”: ổ bị gạt khóa chống ghi hoặc "
            f"sắp hỏng. {rest} Hãy thử ổ khác.",
            file=file,
        )
    if error.errno == errno.EFBIG:
        return RuleRefused(
            "file_too_big",
            f"Ổ {drive} không nhận tệp lớn như “{file}”. {rest} Hãy chọn ổ định dạng NTFS hoặc "
            "exFAT.",
            file=file,
        )
    if error.errno in _GONE or windows in _WINDOWS_GONE:
        return EnvironmentProblem(
            "drive_gone",
            f"Mất liên lạc với ổ {drive} khi đang ghi “{file}”: ổ bị rút ra hoặc bị lỗi. {rest} "
            "Hãy cắm lại ổ, chờ máy nhận rồi niêm phong lại từ đầu.",
            file=file,
        )
    return EnvironmentProblem(
        "drive_write_failed",
        f"Không ghi được “{file}” lên ổ {drive} ({reason_of(error)}). {rest} "
        "Hãy thử lại hoặc dùng ổ khác.",
        file=file,
        errno=error.errno,
    )
