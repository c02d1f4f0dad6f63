"""Where school files come from: a new one, whole or not at all, or an existing one locked."""

from __future__ import annotations

import secrets
import shutil
from typing import TYPE_CHECKING, Final

from app.domain.accounts import clean_person_name, fingerprint, uid_for
from app.domain.roles import Role, RoleGrant
from app.domain.trail import TrailDraft
from app.errors import EnvironmentProblem
from app.school_file import Founded
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.school_facts import clean_school, facts_detail
from app.vault import Founding, PersonEntry
from db.durable_files import FilePort, platform_files, sync_file
from db.engine import Database, create_database
from db.faults import translated_errors
from db.file_swap import is_swap_pending, resume_swap
from db.instance_lock import InstanceLock
from db.keys import sign_ins as sign_in_files
from db.keys.keyfile import keyfile_path, load
from db.keys.sign_ins import SignInLog
from db.keys.slots import FLOOR, STRONG, KdfCost
from db.keys.vault import KeyfileVault
from db.leftovers import sweep_interrupted
from db.migrate import upgrade
from db.restore import FileRestoring
from db.salvage import FileSalvage
from db.school_file import LockedSchoolFile
from db.trail_head_file import TrailHead, TrailHeadFile
from db.unit_of_work import SqlUowFactory

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.domain.school import School

_STAGING: Final = ".dang-tao-"
LEADERS_UNIT: Final = "Ban giám hiệu"
"""Where the first person of a new file is listed at sign-in."""


class SchoolFilesOnDisk:
    """Fulfils `app.school_file.SchoolFiles`; only tests lower `cost` and `floor` of the slots."""

    def __init__(
        self,
        clock: Clock,
        *,
        cost: KdfCost = STRONG,
        floor: KdfCost = FLOOR,
        files: FilePort | None = None,
    ) -> None:
        self._clock = clock
        self._cost = cost
        self._floor = floor
        self._files = files or platform_files()

    def open(self, path: Path) -> LockedSchoolFile:
        """Take the lock; refuses a missing file before leaving a lock file behind."""
        if not path.exists() and not is_swap_pending(path):
            raise EnvironmentProblem(
                "database_missing",
                f"Không thấy tệp dữ liệu {path.name} trong thư mục {path.parent}: tệp đã bị "
                "chuyển, đổi tên hoặc xóa. Hãy tìm lại tệp, hoặc khôi phục từ bản sao lưu gần "
                "nhất.",
                path=path,
            )
        if path.is_symlink():
            # Beside the link another lock would let two programs into one file.
            path = path.resolve()
        lock = InstanceLock(path, self._clock)
        lock.acquire()
        try:
            resume_swap(path, self._files)
            with translated_errors("dọn tệp tạm", path):
                sweep_interrupted(path)
            load(keyfile_path(path))
        except BaseException:
            lock.release()
            raise
        return self._locked(path, lock)

    def restoring(self, path: Path) -> FileRestoring:
        """Backups for a place where no file opens: none yet, or one beyond reading."""
        return FileRestoring(
            path, self._clock, cost=self._cost, floor=self._floor, files=self._files
        )

    def salvaging(self, path: Path) -> FileSalvage:
        """Reading around the damage of a file that does not open."""
        return FileSalvage(path, self._clock, cost=self._cost, floor=self._floor)

    def create(self, path: Path, school: School, principal_name: str, password: str) -> Founded:
        """Build everything in a folder beside, then move it into place, the database last."""
        facts = clean_school(school)
        name = clean_person_name(principal_name, "Họ tên hiệu trưởng")
        with translated_errors("tạo tệp dữ liệu", path):
            path.parent.mkdir(parents=True, exist_ok=True)
        # Before the lock: a failed creation takes its lock file away, and must not take another's.
        _refuse_existing(path)
        lock = InstanceLock(path, self._clock)
        lock.acquire()
        moved: list[Path] = []
        try:
            _refuse_existing(path)
            with translated_errors("tạo tệp dữ liệu", path):
                _sweep(path)
                staging = path.parent / f"{_STAGING}{path.name}-{secrets.token_hex(4)}"
                staging.mkdir()
            try:
                founding = self._found(staging / path.name, facts, name, password)
                with translated_errors("tạo tệp dữ liệu", path):
                    self._move(staging, path, moved)
            finally:
                # What a scanner holds on to is swept by the next creation.
                shutil.rmtree(staging, ignore_errors=True)
            file = self._locked(path, lock)
            signed_in = file.begin(founding.unlocked.uid, founding.unlocked)
        except BaseException:
            lock.release()
            for one in (*moved, lock.path):
                one.unlink(missing_ok=True)
            raise
        return Founded(file, signed_in, founding.recovery_code)

    def _locked(self, path: Path, lock: InstanceLock) -> LockedSchoolFile:
        sign_ins = SignInLog(path, self._clock)
        vault = KeyfileVault(path, sign_ins, cost=self._cost, floor=self._floor)
        costs = (self._cost, self._floor)
        return LockedSchoolFile(path, lock, vault, sign_ins, self._clock, costs)

    def _found(self, path: Path, school: School, name: str, password: str) -> Founding:
        """Keyfile and database of a new school at `path`, closed again."""
        now, today = self._clock.now(), self._clock.today()
        vault = KeyfileVault(path, SignInLog(path, self._clock), cost=self._cost, floor=self._floor)
        entry = PersonEntry(uid_for(name, ()), name, LEADERS_UNIT, note=Role.PRINCIPAL.label)
        founding = vault.create(
            entry, password, {"school_name": school.name, "year": "", "classes": "0"}
        )
        key = founding.unlocked.database_key
        create_database(path, key)
        database = Database(path, key)
        try:
            upgrade(database, before_upgrade=_nothing_to_back_up)
            with SqlUowFactory(database).write() as uow:
                uow.school.set_setting("database_id", load(vault.path).database_id)
                uow.school.save(school, now)
                public_key = founding.keys.signing_public_key
                account_id = uow.accounts.add(entry.uid, name, LEADERS_UNIT, now, public_key)
                uow.accounts.add_grant(RoleGrant(account_id, Role.PRINCIPAL, today))
                actor = uow.accounts.actor(entry.uid, today)
                detail = {
                    **facts_detail(school),
                    "principal": name,
                    "uid": entry.uid,
                    "key": fingerprint(public_key),
                }
                uow.trail.append(TrailDraft("school.founded", detail), actor, now)
                signer = founding.unlocked.signer
                sign_checkpoint(uow, signer, actor, CheckpointReason.FOUNDING, now)
                seq, head = uow.trail.head()
                uow.commit()
        finally:
            database.close()
        TrailHeadFile(path).write(TrailHead(seq, head.hex()))
        return founding

    def _move(self, staging: Path, path: Path, moved: list[Path]) -> None:
        """The side files first: a database without its keyfile would be lost for good."""
        for target in _parts(path):
            source = staging / target.name
            sync_file(source)
            self._files.replace(source, target)
            moved.append(target)
        self._files.sync_folder(path.parent)


def _parts(path: Path) -> tuple[Path, ...]:
    return (
        keyfile_path(path),
        path.with_name(path.name + sign_in_files.SUFFIX),
        TrailHeadFile(path).path,
        path,
    )


def _refuse_existing(path: Path) -> None:
    for part in _parts(path):
        if part.exists():
            what_else = (
                "hoặc mở tệp đã có"
                if path.exists()
                else "vì tệp ấy của một sổ đã chuyển đi hoặc của lần tạo trước bị ngắt giữa chừng"
            )
            raise EnvironmentProblem(
                "school_file_exists",
                f"Trong thư mục {path.parent} đã có tệp {part.name}, nên không tạo trường mới đè "
                f"lên. Hãy chọn tên khác hoặc thư mục khác, {what_else}.",
                path=part,
            )


def _sweep(path: Path) -> None:
    """Remove what a killed creation of this very file left; the lock says none is running."""
    for entry in path.parent.iterdir():
        if entry.name.startswith(f"{_STAGING}{path.name}-"):
            shutil.rmtree(entry)


def _nothing_to_back_up() -> None:
    raise RuntimeError("a new file has nothing to back up")
