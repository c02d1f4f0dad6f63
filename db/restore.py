"""Restores of one file: a backup is opened beside it, compared with it, and put in its place."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.practice import Practice
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, EnvironmentProblem, RuleRefused
from app.progress import no_progress
from app.restoring import BackupOnShelf, LostWork, Rehearsal, Restored, RestorePlan
from app.services.practice import is_copy, practice_of
from app.vault import RECOVERY_UID
from db.backup import BackupReport, list_backups
from db.backup_maker import FOLDER
from db.backup_opening import copy_set, database_id_at, inspected, open_copy
from db.durable_files import free_bytes, require_space
from db.engine import Database
from db.faults import translated_errors
from db.file_swap import drop_staging, new_staging, staged, swap_in
from db.instance_lock import InstanceLock
from db.keys.keyfile import keyfile_path, load
from db.keys.sign_ins import SignInLog
from db.keys.vault import KeyfileVault
from db.lost_work import lost_work
from db.trail_head_file import TrailHead, TrailHeadFile
from db.unit_of_work import SqlUowFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.actor import Actor
    from app.clock import Clock
    from app.ports import UnitOfWork
    from app.progress import Progress
    from app.school_file import SignedIn
    from app.vault import PersonEntry, Unlocked
    from db.durable_files import FilePort
    from db.keys.slots import KdfCost

RESTORERS: Final = (Role.PRINCIPAL, Role.ADMINISTRATOR)
"""Who may put an older file back."""

_SPACE_FACTOR: Final = 3


class FileRestoring:
    """Fulfils `app.restoring.Restoring` for the file at `path`.

    `session` answers whether somebody is signed in on it; `let_go` ends that session and closes the
    database. With `holds_lock` the lock is the caller's, else it is taken for as long as a plan is
    alive.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        cost: KdfCost,
        floor: KdfCost,
        session: Callable[[], SignedIn | None] = lambda: None,
        let_go: Callable[[], None] = lambda: None,
        holds_lock: bool = False,
        files: FilePort | None = None,
    ) -> None:
        self._path = path
        self._clock = clock
        self._cost = cost
        self._floor = floor
        self._session = session
        self._let_go = let_go
        self._lock = None if holds_lock else InstanceLock(path, clock)
        self._files = files
        self._unlocked: dict[Path, Unlocked] = {}

    def usual_folder(self) -> Path:
        """`sao-luu` beside the file."""
        return self._path.parent / FOLDER

    def backups(self, folder: Path) -> tuple[BackupOnShelf, ...]:
        """Those whose keyfile belongs to this file; all of them when it has none to compare."""
        own = self._database_id()
        return tuple(
            _on_shelf(report)
            for report in list_backups(folder)
            if own in ("", database_id_at(keyfile_path(report.database_path)))
        )

    def people(self, backup: BackupOnShelf) -> tuple[PersonEntry, ...]:
        """Lines of the backup's sign-in list, disabled ones left out."""
        keyfile = load(keyfile_path(backup.path / backup.database_name))
        return tuple(person.entry for person in keyfile.people if person.entry.active)

    def prepare(
        self,
        backup: BackupOnShelf,
        uid: str,
        secret: str,
        *,
        current_secret: str = "",
        progress: Progress = no_progress,
    ) -> RestorePlan:
        """Copy, prove, open, compare; whatever refuses leaves nothing behind."""
        self._take_lock()
        staging: Path | None = None
        try:
            report = self._report(backup)
            with translated_errors("chuẩn bị khôi phục", self._path):
                require_space(
                    self._path.parent, _SPACE_FACTOR * report.bytes, "khôi phục", free_bytes
                )
                staging = new_staging(self._path)
            progress(0, 4, "chép bản sao lưu")
            copy = copy_set(report, staged(staging, self._path))
            progress(1, 4, "mở và kiểm tra bản sao")
            unlocked = open_copy(copy, self._vault_of(copy), uid, secret)
            plan = self._compared(
                backup, staging, copy, unlocked, secret, current_secret or secret, progress
            )
        except BaseException:
            if staging is not None:
                drop_staging(staging)
            self._drop_lock()
            raise
        self._unlocked[staging] = unlocked
        progress(4, 4, "xong")
        return plan

    def carry_out(self, plan: RestorePlan, progress: Progress = no_progress) -> Restored:
        """The entry goes into the copy first: a restored file always says that it is one."""
        unlocked = self._unlocked.pop(plan.staging)
        copy = staged(plan.staging, self._path)
        kept_name = f"{self._path.stem}-da-thay-{self._clock.now():%Y%m%d-%H%M%S}"
        replaced = self._path.exists()
        try:
            progress(0, 2, "ghi nhật ký của bản khôi phục")
            seq = self._tell(copy, unlocked, plan, kept_name if replaced else "")
            self._let_go()
            # From here on there is no way back: a killed program goes on at the next opening.
            progress(1, 2, "thay tệp")
            with translated_errors("khôi phục tệp dữ liệu", self._path):
                kept = swap_in(self._path, plan.staging, kept_name, self._files)
        except BaseException:
            drop_staging(plan.staging)
            raise
        finally:
            self._drop_lock()
        progress(2, 2, "xong")
        return Restored(self._path, kept if replaced else None, seq)

    def discard(self, plan: RestorePlan) -> None:
        """Throw the copy away."""
        self._unlocked.pop(plan.staging, None)
        drop_staging(plan.staging)
        self._drop_lock()

    def rehearse(
        self, folder: Path, uid: str, secret: str, progress: Progress = no_progress
    ) -> Rehearsal:
        """The newest backup, opened as on another PC, where nothing of this one is at hand."""
        found = self.backups(folder)
        if not found:
            raise RuleRefused(
                "no_backup",
                f"Trong thư mục {folder} chưa có bản sao lưu nào của sổ này; hãy sao lưu trước rồi "
                "diễn tập.",
                folder=folder,
            )
        backup = found[0]
        by_code = uid == RECOVERY_UID
        entries = classes = pupils = 0
        with tempfile.TemporaryDirectory(prefix="khoaso-dien-tap-") as place:
            target = Path(place) / backup.database_name
            try:
                progress(0, 3, "chép bản sao lưu")
                copy = copy_set(self._report(backup), target)
                progress(1, 3, "mở và kiểm tra từng trang")
                unlocked = open_copy(copy, self._vault_of(copy), uid, secret)
                progress(2, 3, "kiểm tra nhật ký và chữ ký")
                problem, entries, classes, pupils = inspected(copy, unlocked)
            except EnvironmentProblem as found_bad:
                problem = found_bad.sentence
        progress(3, 3, "xong")
        return Rehearsal(backup, problem, entries, classes, pupils, by_code)

    def _vault_of(self, database: Path) -> KeyfileVault:
        # A wrong password counts against the file in use: nobody tries thousands of them here.
        beside = self._path if self._path.exists() else database
        sign_ins = SignInLog(beside, self._clock)
        return KeyfileVault(database, sign_ins, cost=self._cost, floor=self._floor)

    def _compared(
        self,
        backup: BackupOnShelf,
        staging: Path,
        copy: Path,
        unlocked: Unlocked,
        secret: str,
        current_secret: str,
        progress: Progress,
    ) -> RestorePlan:
        by_code = unlocked.uid == RECOVERY_UID
        database = Database(copy, unlocked.database_key)
        try:
            with SqlUowFactory(database).read() as uow:
                by = "" if by_code else _permitted(uow, unlocked.uid, self._clock).name
                kind = practice_of(uow)
                copied = is_copy(uow)
                seq, _ = uow.trail.head()
                last = next((entry.at for entry in uow.trail.entries(newest=1)), "")
                progress(2, 4, "so với sổ đang dùng")
                lost = self._lost(uow, unlocked.uid, current_secret, kind, copied=copied)
        finally:
            database.close()
        mine = {person.entry.uid: person.entry for person in load(keyfile_path(copy)).people}
        now = self._people_now()
        return RestorePlan(
            backup=backup,
            target=self._path,
            staging=staging,
            seq=seq,
            until=datetime.fromisoformat(last) if last else None,
            by=by,
            by_code=by_code,
            lost=lost,
            locked_out=tuple(
                e.display_name for uid, e in now.items() if e.active and uid not in mine
            ),
            returning=tuple(
                e.display_name
                for uid, e in mine.items()
                if e.active and now and not (uid in now and now[uid].active)
            ),
        )

    def _lost(
        self, backup: UnitOfWork, uid: str, secret: str, kind: Practice, *, copied: bool
    ) -> LostWork:
        """Compare with the file in use, and prove that this person may give it up."""
        session = self._session()
        if session is not None:
            # The copy brings its own proof; this one is who sits at the PC now.
            with session.uow.read() as uow:
                _permitted(uow, session.actor.uid, self._clock)
                _refuse_mixing(uow, kind, copied=copied)
                return lost_work(backup, uow)
        if not self._path.exists():
            return LostWork(0)
        database: Database | None = None
        try:
            key = self._current_key(uid, secret)
            database = Database(self._path, key)
            with SqlUowFactory(database).read() as uow:
                if uid != RECOVERY_UID:
                    _permitted(uow, uid, self._clock)
                _refuse_mixing(uow, kind, copied=copied)
                return lost_work(backup, uow)
        except EnvironmentProblem:
            # Damaged is what restores are for.
            return LostWork(None)
        finally:
            if database is not None:
                database.engine.dispose()

    def _current_key(self, uid: str, secret: str) -> bytes:
        vault = self._vault_of(self._path)
        try:
            by_code = uid == RECOVERY_UID
            found = vault.unlock_by_recovery(secret) if by_code else vault.unlock(uid, secret)
        except AccessDenied as refusal:
            if refusal.code in ("wrong_password", "wrong_recovery_code"):
                what = "mã khôi phục" if uid == RECOVERY_UID else "mật khẩu"
                raise AccessDenied(
                    "current_password_needed",
                    f"Bản sao lưu mở được, nhưng sổ đang dùng mở bằng {what} khác (đã đổi sau lần "
                    f"sao lưu); hãy gõ thêm {what} đang dùng.",
                ) from refusal
            raise AccessDenied(
                "restorer_gone",
                "Người này không còn vào được sổ đang dùng nên không khôi phục đè lên nó; hãy để "
                "hiệu trưởng hoặc quản trị đang tại chức làm, hoặc dùng mã khôi phục.",
            ) from refusal
        return found.database_key

    def _tell(self, copy: Path, unlocked: Unlocked, plan: RestorePlan, kept: str) -> int:
        """The entry in the restored file, and the side file that goes with it."""
        database = Database(copy, unlocked.database_key)
        try:
            with SqlUowFactory(database).write() as uow:
                actor = None if plan.by_code else _permitted(uow, unlocked.uid, self._clock)
                detail = {
                    "backup": plan.backup.name,
                    "made_at": plan.backup.checked_at.isoformat(),
                    "seq": plan.seq,
                    "lost": plan.lost.entries,
                    "cells": plan.lost.cells,
                    "people": [[name, count] for name, count in plan.lost.by_person],
                    "kept": kept,
                    "by_code": plan.by_code,
                    "returning": list(plan.returning),
                }
                draft = TrailDraft("backup.restored", detail)
                seq = uow.trail.append(draft, actor, self._clock.now())
                _, head = uow.trail.head()
                uow.commit()
        finally:
            database.close()
        TrailHeadFile(copy).write(TrailHead(seq, head.hex()))
        for log in ("-wal", "-shm"):
            copy.with_name(copy.name + log).unlink(missing_ok=True)
        return seq

    def _report(self, backup: BackupOnShelf) -> BackupReport:
        """The backup as it lies there now, refused when it is another school's."""
        found = {report.path: report for report in list_backups(backup.path.parent)}
        report = found.get(backup.path)
        if report is None:
            raise EnvironmentProblem(
                "backup_missing",
                f"Không còn thấy bản sao lưu {backup.path}; ổ đã rút hoặc thư mục đã bị chuyển. "
                "Hãy cắm lại ổ rồi chọn lại.",
                path=backup.path,
            )
        own, other = self._database_id(), database_id_at(keyfile_path(report.database_path))
        if own and other != own:
            raise RuleRefused(
                "backup_of_another",
                f"Bản sao lưu {backup.name} là của một sổ khác, không phải sổ {self._path.name}, "
                "nên không khôi phục đè lên; hãy chọn đúng thư mục sao lưu của trường.",
                path=backup.path,
            )
        return report

    def _database_id(self) -> str:
        return database_id_at(keyfile_path(self._path))

    def _people_now(self) -> dict[str, PersonEntry]:
        try:
            people = load(keyfile_path(self._path)).people
        except EnvironmentProblem:
            # No keyfile, or none that can be read: nobody to compare with.
            return {}
        return {person.entry.uid: person.entry for person in people}

    def _take_lock(self) -> None:
        if self._lock is not None:
            self._lock.acquire()

    def _drop_lock(self) -> None:
        if self._lock is not None:
            self._lock.release()


def _on_shelf(report: BackupReport) -> BackupOnShelf:
    return BackupOnShelf(
        report.path,
        datetime.fromisoformat(report.checked_at),
        report.bytes,
        report.schema_number,
        report.database_name,
    )


def _permitted(uow: UnitOfWork, uid: str, clock: Clock) -> Actor:
    actor = uow.accounts.actor(uid, clock.today())
    if not actor.has(*RESTORERS):
        raise AccessDenied(
            "role_required",
            f"{actor.name} không khôi phục sổ được; việc này của hiệu trưởng hoặc quản trị hệ "
            "thống, hãy chọn đúng người.",
            needed=RESTORERS,
        )
    return actor


def _refuse_mixing(now: UnitOfWork, kind: Practice, *, copied: bool) -> None:
    """A practice copy never takes the place of the book, nor the book that of a practice copy."""
    if copied != is_copy(now) or kind is not practice_of(now):
        raise RuleRefused(
            "restore_practice",
            "Một bên là bản tập, một bên là sổ thật, nên không khôi phục bên này đè lên bên kia; "
            "hãy chọn bản sao lưu cùng loại.",
        )
