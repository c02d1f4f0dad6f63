"""SQLite and operating-system faults, told as one Vietnamese sentence each."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SAFE = "Những gì đã báo “Đã lưu” vẫn còn nguyên."

_DISK_FULL = (
    "disk_full",
    "ổ đĩa đã đầy. " + _SAFE + " Hãy xóa bớt tệp không cần trên ổ ấy rồi làm lại.",
)
_READ_ONLY = (
    "read_only",
    "ổ đĩa, thư mục hoặc tệp chỉ cho đọc. "
    + _SAFE
    + " Hãy bỏ thuộc tính chỉ đọc hoặc xin quyền ghi rồi làm lại.",
)
_IO_ERROR = (
    "io_error",
    "ổ đĩa báo lỗi khi đọc hoặc ghi. "
    "Hãy kiểm tra dây cắm và ổ đĩa, sao lưu sang ổ khác ngay khi còn mở được, rồi làm lại.",
)
_DAMAGED = (
    "database_damaged",
    "nội dung tệp đã hỏng. Hãy giữ nguyên tệp này để xem xét, và khôi phục "
    "từ bản sao lưu gần nhất.",
)
_BUSY = (
    "database_busy",
    "tệp đang bận vì một việc khác đang ghi. " + _SAFE + " Hãy đợi việc ấy xong rồi làm lại.",
)
_CANNOT_OPEN = (
    "cannot_open",
    "hệ điều hành không cho mở tệp hoặc thư mục chứa tệp. "
    "Hãy kiểm tra tệp còn đó, ổ đã cắm và tài khoản Windows có quyền, rồi làm lại.",
)
_NO_MEMORY = (
    "no_memory",
    "máy tính hết bộ nhớ. " + _SAFE + " Hãy đóng bớt chương trình khác rồi làm lại.",
)

_BY_SQLITE_CODE = {
    sqlcipher.SQLITE_FULL: _DISK_FULL,
    sqlcipher.SQLITE_READONLY: _READ_ONLY,
    sqlcipher.SQLITE_IOERR: _IO_ERROR,
    sqlcipher.SQLITE_CORRUPT: _DAMAGED,
    sqlcipher.SQLITE_NOTADB: _DAMAGED,
    sqlcipher.SQLITE_BUSY: _BUSY,
    sqlcipher.SQLITE_LOCKED: _BUSY,
    sqlcipher.SQLITE_PROTOCOL: _BUSY,
    sqlcipher.SQLITE_CANTOPEN: _CANNOT_OPEN,
    sqlcipher.SQLITE_PERM: _CANNOT_OPEN,
    sqlcipher.SQLITE_NOMEM: _NO_MEMORY,
}

_BY_ERRNO = {
    errno.ENOSPC: _DISK_FULL,
    errno.EDQUOT: _DISK_FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EIO: _IO_ERROR,
    errno.ENODEV: _IO_ERROR,
    errno.ENXIO: _IO_ERROR,
    errno.ENOENT: _CANNOT_OPEN,
    errno.ENOTDIR: _CANNOT_OPEN,
    errno.EISDIR: _CANNOT_OPEN,
    errno.ENOMEM: _NO_MEMORY,
}


@contextmanager
def translated_errors(what: str, path: Path) -> Iterator[None]:
    """Turn faults of the disk and of the file into `EnvironmentProblem`.

    `what` is the Vietnamese phrase for the work that failed ("lưu điểm"), `path` the file it was
    for. Constraint and SQL errors pass through unchanged: they are refusals or bugs, not faults of
    the PC.
    """
    try:
        yield
    except DBAPIError as error:
        problem = _of_sqlite(error.orig, what, path)
        if problem is None:
            raise
        raise problem from error
    except sqlcipher.Error as error:
        problem = _of_sqlite(error, what, path)
        if problem is None:
            raise
        raise problem from error
    except OSError as error:
        known = _BY_ERRNO.get(error.errno or 0)
        if known is None:
            raise
        raise _problem(known, what, path, errno=error.errno) from error


def _of_sqlite(error: BaseException | None, what: str, path: Path) -> EnvironmentProblem | None:
    extended = getattr(error, "sqlite_errorcode", None)
    if not isinstance(extended, int):
        return None
    known = _BY_SQLITE_CODE.get(extended & 0xFF)
    return _problem(known, what, path, sqlite_code=extended) if known else None


def _problem(known: tuple[str, str], what: str, path: Path, **facts: object) -> EnvironmentProblem:
    code, reason = known
    return EnvironmentProblem(
        code, f"Không {what} được ({path.name}): {reason}", path=path, what=what, **facts
    )


def key_or_file_wrong(path: Path) -> EnvironmentProblem:
    """The key does not fit, or page 1 is damaged: SQLCipher cannot tell which."""
    return EnvironmentProblem(
        "key_or_file_wrong",
        f"Không mở được tệp {path.name}: tệp đã hỏng ở phần đầu, hoặc tệp khóa đi kèm không phải "
        "của tệp này. Chưa có gì bị thay đổi. Hãy kiểm tra hai tệp lấy từ cùng một bản, hoặc khôi "
        "phục cả hai từ bản sao lưu gần nhất.",
        path=path,
    )
