"""Tập trên bản sao: make a copy of the school's file on which everything may be tried."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.practice import Practice
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UowFactory
from app.progress import Progress, no_progress
from app.school_file import PracticeCopy
from app.services.backups import BACKERS
from app.services.practice import practice_of, refuse_copy
from app.services.standing import require_standing

_WHAT = "lập bản tập"


class Practising:
    """Knows whether this file is real, and copies it when it is."""

    def __init__(
        self,
        uows: UowFactory,
        clock: Clock,
        copy: Callable[[Progress], Path],
        copies: Callable[[], tuple[PracticeCopy, ...]] = tuple,
        remove: Callable[[str], None] | None = None,
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._copy = copy
        self._copies = copies
        self._remove = remove

    def kind(self) -> Practice:
        """What this file is."""
        with self._uows.read() as uow:
            return practice_of(uow)

    def copies(self) -> tuple[PracticeCopy, ...]:
        """Old copies beside the school's file, the newest first."""
        return self._copies()

    def remove_copy(self, actor: Actor, name: str) -> CommandResult:
        """Delete an old copy: it holds the pupils' data as the real file does."""
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), "xóa bản tập", *BACKERS)
            refuse_copy(uow, "xóa bản tập")
            if self._remove is None:
                raise RuleRefused("not_found", "Cạnh tệp này không có bản tập nào để xóa.")
            self._remove(name)
            draft = TrailDraft("practice.removed", {"name": name})
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        return CommandResult(frozenset({Topic.TRAIL}), seq, f"Đã xóa bản tập {name}")

    def make_copy(self, actor: Actor, progress: Progress = no_progress) -> CommandResult:
        """A marked copy in a folder of its own; `payload` is its path. Run it as a job."""
        with self._uows.read() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *BACKERS)
            refuse_copy(uow, "chép thêm bản tập")
        path = self._copy(progress)
        with self._uows.write() as uow:
            draft = TrailDraft("practice.copied", {"folder": str(path.parent)})
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        return CommandResult(frozenset({Topic.TRAIL}), seq, "Đã chép bản tập", payload=path)
