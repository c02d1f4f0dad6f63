"""Sao lưu: make a verified copy now or at close, and say how old the last one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.actor import Actor, require
from app.backup_maker import BackupFacts, BackupMaker
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.practice import Practice
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import EnvironmentProblem, RuleRefused
from app.ports import UowFactory
from app.progress import Progress, no_progress
from app.services.practice import practice_of, refuse_copy
from app.services.standing import require_standing

AMBER_DAYS = 2
RED_DAYS = 7
"""Days since the last verified backup after which the lamp turns amber, then red."""

BACKERS = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR, Role.SECRETARY)

_KIND = "backup.made"
_FOLDER = "backup_folder"
_SECOND = "backup_second_folder"
_NOT_WORK = ("session.", "backup.")
"""Kinds of entries that are no change worth a new copy."""

_TOPICS = frozenset({Topic.BACKUPS, Topic.TRAIL})


class BackupLamp(StrEnum):
    """State of the status bar's lamp."""

    FRESH = "fresh"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class BackupAge:
    """How old the last verified backup is; `facts` None when there is none."""

    lamp: BackupLamp
    words: str
    facts: BackupFacts | None


class Backups:
    """Commands on backups of one session's file."""

    def __init__(self, uows: UowFactory, clock: Clock, maker: BackupMaker) -> None:
        self._uows = uows
        self._clock = clock
        self._maker = maker

    def folder(self) -> Path:
        """Where backups go: the school's choice, else beside the file."""
        with self._uows.read() as uow:
            chosen = uow.school.setting(_FOLDER)
        return Path(chosen) if chosen else self._maker.default_folder()

    def default_folder(self) -> Path:
        """Beside the file."""
        return self._maker.default_folder()

    def choose_folder(self, actor: Actor, folder: Path) -> CommandResult:
        """Backups go there from now on; earlier ones stay where they are."""
        require(actor, "chọn thư mục sao lưu", *BACKERS)
        if not folder.is_absolute() or not folder.is_dir():
            raise RuleRefused(
                "folder_missing",
                f"Không thấy thư mục {folder}; hãy cắm ổ hoặc tạo thư mục trước rồi chọn lại.",
                folder=folder,
            )
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "chọn thư mục sao lưu", *BACKERS)
            refuse_copy(uow, "chọn thư mục sao lưu khác")
            uow.school.set_setting(_FOLDER, str(folder))
            draft = TrailDraft("backup.folder", {"folder": str(folder)})
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Sao lưu vào {folder}")

    def second_folder(self) -> Path | None:
        """The second place every backup also goes to; None when the school has not chosen one."""
        with self._uows.read() as uow:
            chosen = uow.school.setting(_SECOND)
        return Path(chosen) if chosen else None

    def choose_second_folder(self, actor: Actor, folder: Path | None) -> CommandResult:
        """Every backup goes there too, with the keys of leaders and recovery code only.

        None gives the second place up.
        """
        what = "chọn nơi sao lưu thứ hai"
        require(actor, what, *BACKERS)
        if folder is not None and (not folder.is_absolute() or not folder.is_dir()):
            raise RuleRefused(
                "folder_missing",
                f"Không thấy thư mục {folder}; hãy cắm ổ hoặc tạo thư mục trước rồi chọn lại.",
                folder=folder,
            )
        if folder is not None and folder.resolve() == self.folder().resolve():
            raise RuleRefused(
                "second_folder_same",
                f"Thư mục {folder} đang là nơi sao lưu thứ nhất; hãy chọn một ổ khác làm nơi thứ "
                "hai.",
                folder=folder,
            )
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), what, *BACKERS)
            refuse_copy(uow, what)
            uow.school.set_setting(_SECOND, "" if folder is None else str(folder))
            draft = TrailDraft("backup.second", {"folder": "" if folder is None else str(folder)})
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        said = "Thôi sao lưu nơi thứ hai" if folder is None else f"Sao lưu thêm vào {folder}"
        return CommandResult(_TOPICS, seq, said)

    def make_now(self, actor: Actor, progress: Progress = no_progress) -> CommandResult:
        """A verified backup; run as a job. `payload` is its BackupFacts."""
        with self._uows.read() as uow:
            actor = require_standing(uow, actor, self._clock.today(), "sao lưu", *BACKERS)
        return self._make(actor, progress)

    def make_at_close(self, actor: Actor, progress: Progress = no_progress) -> CommandResult | None:
        """A backup for whoever closes the program; None when nothing changed since the last."""
        return self._make(actor, progress) if self.changed_since_last() else None

    def changed_since_last(self) -> bool:
        """Whether the trail has work after the last backup; sign-ins alone are none.

        What is done in a practice copy is not worth keeping.
        """
        with self._uows.read() as uow:
            if practice_of(uow) is Practice.COPY:
                return False
            seq, _ = uow.trail.head()
            last = next((e.seq for e in uow.trail.entries(newest=1, kind=_KIND)), 0)
            later = uow.trail.entries(newest=seq - last) if seq > last else ()
        return any(not entry.kind.startswith(_NOT_WORK) for entry in later)

    def age(self) -> BackupAge:
        """State of the lamp; reads the newest backup whole, so run it as a job."""
        return backup_age(self._maker.latest_verified(self.folder()), self._clock.now())

    def _make(self, actor: Actor, progress: Progress) -> CommandResult:
        # The copy first, its entry second: a crash between leaves one good backup too many.
        facts = self._maker.make(self.folder(), progress)
        detail: dict[str, object] = {
            "path": str(facts.path),
            "bytes": facts.bytes,
            "digest": facts.digest,
        }
        if facts.travels:
            detail["travels"] = True
        if facts.thinned:
            detail["thinned"] = facts.thinned
        second, trouble = self._make_second(progress)
        if second is not None:
            detail["second"] = str(second)
        if trouble:
            detail["second_missed"] = trouble
        with self._uows.write() as uow:
            seq = uow.trail.append(TrailDraft(_KIND, detail), actor, self._clock.now())
            uow.commit()
        said = "Đã sao lưu và kiểm tra"
        if facts.travels:
            said += "; bản này chỉ hiệu trưởng, văn thư và mã khôi phục mở được"
        if second is not None:
            said += "; đã chép thêm vào nơi thứ hai"
        if trouble:
            said += f". Nơi thứ hai chưa có bản này: {trouble}"
        return CommandResult(_TOPICS, seq, said, payload=facts)

    def _make_second(self, progress: Progress) -> tuple[Path | None, str]:
        """The copy in the second place, or why there is none: the first one is good all the same.

        An unplugged drive must keep nobody from closing the program.
        """
        folder = self.second_folder()
        if folder is None:
            return None, ""
        if not folder.is_dir():
            return None, f"không thấy thư mục {folder}; hãy cắm lại ổ rồi sao lưu lại"
        try:
            return self._maker.make_reduced(folder, progress).path, ""
        except EnvironmentProblem as problem:
            return None, problem.sentence


def backup_age(facts: BackupFacts | None, now: datetime) -> BackupAge:
    """Lamp and words of the backup page and the desk; calendar days, as in the status bar."""
    if facts is None:
        return BackupAge(BackupLamp.RED, "Chưa có bản sao lưu nào đã kiểm tra", None)
    days = max(0, (now.date() - facts.checked_at.astimezone(now.tzinfo).date()).days)
    words = f"Sao lưu {days} ngày trước" if days else f"Sao lưu {facts.checked_at:%H:%M %d/%m}"
    if days >= RED_DAYS:
        return BackupAge(BackupLamp.RED, words, facts)
    return BackupAge(BackupLamp.AMBER if days >= AMBER_DAYS else BackupLamp.FRESH, words, facts)
