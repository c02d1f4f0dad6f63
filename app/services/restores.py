"""Khôi phục and diễn tập: which backups there are, and proof on record that one can be opened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.ports import UowFactory
from app.progress import Progress, no_progress
from app.restoring import BackupOnShelf, Rehearsal, Restoring
from app.services.backups import BACKERS, Backups
from app.services.standing import require_standing

RESTORERS = (Role.PRINCIPAL, Role.ADMINISTRATOR)
"""Who may put an older file back."""

_KIND = "backup.rehearsed"
_TOPICS = frozenset({Topic.BACKUPS, Topic.TRAIL})


@dataclass(frozen=True, slots=True)
class LastRehearsal:
    """When a backup was last opened elsewhere, by whom, and what was wrong with it ("" nothing)."""

    at: datetime
    who: str
    problem: str
    by_code: bool


class Restores:
    """Backups of one session's file as something to go back to."""

    def __init__(
        self, uows: UowFactory, clock: Clock, backups: Backups, restoring: Restoring
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._backups = backups
        self.restoring = restoring

    def shelf(self) -> tuple[BackupOnShelf, ...]:
        """Backups in the chosen folder and in the usual one, the newest first."""
        folders = dict.fromkeys((self._backups.folder(), self._backups.default_folder()))
        found = [one for folder in folders for one in self.restoring.backups(folder)]
        return tuple(sorted(found, key=lambda one: one.checked_at, reverse=True))

    def rehearse(
        self,
        actor: Actor,
        uid: str,
        secret: str,
        folder: Path | None = None,
        progress: Progress = no_progress,
    ) -> CommandResult:
        """Open the newest backup in a temporary folder; `payload` is the Rehearsal.

        A backup that turns out bad is put on record too; a mistyped secret is not.
        """
        with self._uows.read() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "diễn tập khôi phục", *BACKERS)
        place = folder or self._backups.folder()
        found: Rehearsal = self.restoring.rehearse(place, uid, secret, progress)
        detail = {
            "backup": found.backup.name,
            "made_at": found.backup.checked_at.isoformat(),
            "problem": found.problem,
            "entries": found.entries,
            "by_code": found.by_code,
        }
        with self._uows.write() as uow:
            seq = uow.trail.append(TrailDraft(_KIND, detail), actor, self._clock.now())
            uow.commit()
        said = "Bản sao lưu dùng được" if not found.problem else "Bản sao lưu không dùng được"
        return CommandResult(_TOPICS, seq, said, payload=found)

    def last_rehearsal(self) -> LastRehearsal | None:
        """The newest one on record."""
        with self._uows.read() as uow:
            entry = next(iter(uow.trail.entries(newest=1, kind=_KIND)), None)
        if entry is None:
            return None
        detail = json.loads(entry.detail)
        return LastRehearsal(
            datetime.fromisoformat(entry.at),
            entry.actor,
            str(detail.get("problem", "")),
            bool(detail.get("by_code")),
        )
