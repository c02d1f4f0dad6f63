"""Xuất dữ liệu: every file of pupils' data that leaves the book is told in the trail (M87, M161).

Who may see the data is decided where they are read; here it is written down that they left.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId
from app.domain.trail import TrailDraft
from app.ports import UowFactory
from app.presses import TablePress
from app.services.standing import standing
from app.text import clean


@dataclass(frozen=True, slots=True)
class ExportNote:
    """What leaves: a title, and whether it holds fields of `readmodels.roster.SENSITIVE`.

    `class_id` is None for a file about more than one class.
    """

    title: str
    confidential: bool
    class_id: ClassId | None = None


class DataExports:
    """Writes a file and its entry: both, or neither."""

    def __init__(self, uows: UowFactory, clock: Clock, tables: TablePress) -> None:
        self._uows = uows
        self._clock = clock
        self._tables = tables

    def save(self, actor: Actor, path: Path, content: bytes, note: ExportNote) -> CommandResult:
        """Save the file where the person said; raises EnvironmentProblem and tells nothing then.

        The trail keeps the name of the file, not the folder: a folder may bear somebody's name.
        """
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            klass = None if note.class_id is None else uow.school.class_(note.class_id).name
            detail = {
                "title": clean(note.title),
                "file": path.name,
                "class": klass or "",
                "confidential": note.confidential,
            }
            draft = TrailDraft("data.exported", detail, note.class_id)
            seq = uow.trail.append(draft, actor, self._clock.now())
            # Last of all: a file that could not be written leaves no entry, and one that was
            # written has its entry unless the disk under the book fails in this very moment.
            self._tables.save(path, content)
            uow.commit()
        return CommandResult(frozenset({Topic.TRAIL}), seq, f"Đã lưu {path.name}", note.class_id)
