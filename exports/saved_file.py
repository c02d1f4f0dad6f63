"""Writes a file that a person asked for: whole and durable, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

from app.errors import EnvironmentProblem

_FULL = {errno.ENOSPC, errno.EDQUOT}
_WINDOWS_FULL, _WINDOWS_IN_USE = {39, 112}, {32, 33}


def save_file(path: Path, content: bytes) -> None:
    """Write beside `path`, sync, rename into place; a former file stays until then.

    Raises EnvironmentProblem (disk full, folder gone or not writable, file open in Excel).
    """
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        try:
            partial.unlink(missing_ok=True)
        except OSError as again:
            # The folder itself is gone or unreadable: say the first trouble, keep the second.
            error.add_note(str(again))
        raise _problem(error, path) from error


def _problem(error: OSError, path: Path) -> EnvironmentProblem:
    windows = getattr(error, "winerror", None)
    if error.errno in _FULL or windows in _WINDOWS_FULL:
        return EnvironmentProblem(
            "disk_full",
            f"Ổ đĩa đầy nên chưa ghi được tệp {path.name}; hãy dọn bớt tệp hoặc chọn ổ khác rồi "
            "lưu lại.",
            path=path,
        )
    if windows in _WINDOWS_IN_USE:
        return EnvironmentProblem(
            "file_in_use",
            f"Tệp {path.name} đang mở trong chương trình khác (thường là Excel) nên chưa ghi đè "
            "được; hãy đóng tệp ấy hoặc lưu với tên khác.",
            path=path,
        )
    return EnvironmentProblem(
        "file_not_written",
        f"Chưa ghi được tệp {path.name} vào {path.parent}: thư mục không còn hoặc không cho ghi. "
        "Hãy chọn thư mục khác rồi lưu lại.",
        path=path,
    )
