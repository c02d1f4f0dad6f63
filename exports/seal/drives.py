"""The drives of this PC behind `app.media.Drives`: picks the system's own way of asking."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from app.errors import EnvironmentProblem
from app.media import DriveFacts, Drives


def system_drives() -> Drives:
    """The real drives of the system this runs on; EnvironmentProblem on any but the two known."""
    if sys.platform == "win32":
        from exports.seal.drives_windows import WindowsDrives
        from exports.seal.windows_calls import Kernel32

        return WindowsDrives(Kernel32())
    if sys.platform == "linux":
        from exports.seal.drives_linux import LinuxDrives

        return LinuxDrives()
    raise EnvironmentProblem(
        "system_unknown",
        f"Chưa biết cách xem ổ đĩa trên hệ điều hành này ({sys.platform}) nên không niêm phong "
        "được. Hãy niêm phong trên máy Windows hoặc Linux.",
    )


def gone(what: str) -> EnvironmentProblem:
    """The refusal for a drive or folder that is not there (any more)."""
    return EnvironmentProblem(
        "drive_gone",
        f"Không thấy ổ {what}: ổ đã bị rút ra hoặc chưa cắm. Hãy cắm lại ổ, chờ máy nhận rồi làm "
        "lại từ đầu.",
        where=what,
    )


def changed(what: str) -> EnvironmentProblem:
    """The refusal for another drive in the place of the one that was chosen."""
    return EnvironmentProblem(
        "drive_changed",
        f"Ổ {what} không còn là ổ đã chọn: nó bị rút ra hoặc thay bằng ổ khác. Hãy cắm đúng ổ "
        "rồi làm lại từ đầu.",
        where=what,
    )


class Bound:
    """A drive held on to; `identity` is asked again at every check and must never change.

    `identity` returns None when nothing is there. `release` is called once, by `close`.
    """

    def __init__(
        self,
        facts: DriveFacts,
        folder: Path,
        identity: Callable[[], object | None],
        release: Callable[[], None] | None = None,
    ) -> None:
        self._facts = facts
        self._folder = folder
        self._identity = identity
        self._release = release
        self._first = identity()
        if self._first is None:
            self.close()
            raise gone(facts.name)

    @property
    def facts(self) -> DriveFacts:
        """As they were when the drive was bound."""
        return self._facts

    @property
    def folder(self) -> Path:
        """The folder that was bound."""
        return self._folder

    def check(self) -> None:
        """Raise EnvironmentProblem unless the very same drive still answers."""
        now = self._identity()
        if now is None:
            raise gone(self._facts.name)
        if now != self._first:
            raise changed(self._facts.name)

    def close(self) -> None:
        """Let go; further closes do nothing."""
        release, self._release = self._release, None
        if release is not None:
            release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
