"""The last trail entry, written beside the database: what tells a restored or shortened file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.errors import EnvironmentProblem
from db.durable_files import replace_file
from db.faults import translated_errors

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX: Final = ".khoaso-head"


@dataclass(frozen=True, slots=True)
class TrailHead:
    """Number and hash (lower-case hex, SHA-256) of the newest trail entry."""

    seq: int
    head: str


class TrailHeadFile:
    """The side file `<database>.khoaso-head`, replaced as a whole."""

    def __init__(self, database_path: Path) -> None:
        self._path = database_path.with_name(database_path.name + SUFFIX)

    @property
    def path(self) -> Path:
        """Where the side file lies."""
        return self._path

    def write(self, head: TrailHead) -> None:
        """Replace the content durably; raises `EnvironmentProblem` with the old one intact."""
        content = json.dumps({"seq": head.seq, "head": head.head}) + "\n"
        with translated_errors("ghi tệp dấu nhật ký", self._path):
            replace_file(self._path, content.encode())

    def read(self) -> TrailHead | None:
        """The last head written, None when there is no file.

        Raises `EnvironmentProblem("head_damaged")` for a file this program did not write.
        """
        with translated_errors("đọc tệp dấu nhật ký", self._path):
            if not self._path.exists():
                return None
            content = self._path.read_bytes()
        try:
            facts = json.loads(content)
            seq, head = facts["seq"], facts["head"]
            sound = isinstance(seq, int) and seq >= 0 and len(bytes.fromhex(head)) == 32
        except (ValueError, KeyError, TypeError, RecursionError):
            sound = False
        if not sound:
            raise EnvironmentProblem(
                "head_damaged",
                f"Tệp dấu nhật ký {self._path.name} bị hỏng, nên không so được nhật ký trong dữ "
                "liệu với lần đóng trước. Dữ liệu không bị ảnh hưởng. Hãy báo hiệu trưởng và đối "
                "chiếu mã nhật ký với bản in gần nhất.",
                path=self._path,
            )
        return TrailHead(seq, head)
