"""Progress of long work: a plain callable, so services know no toolkit."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The user pressed Hủy; the work rolls back and raises no complaint."""


class Progress(Protocol):
    """Called as `progress(done, total, note)`; raises `Cancelled` when the user gave up."""

    def __call__(self, done: int, total: int, note: str = "") -> None:
        """Report `done` of `total` steps; `note` is a short Vietnamese phrase for what is done."""
        ...


def no_progress(done: int, total: int, note: str = "") -> None:
    """Report to nobody."""
