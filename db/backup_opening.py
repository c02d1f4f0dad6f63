"""Opening a copy of a backup: byte for byte what was checked, with a secret of its own keyfile."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING, Final

from app.errors import EnvironmentProblem
from app.services.trail_review import pinned_keys
from app.services.trail_witness import witness_problem
from app.vault import RECOVERY_UID
from db.engine import Database
from db.faults import translated_errors
from db.keys.keyfile import keyfile_path, load
from db.migrate import upgrade
from db.unit_of_work import SqlUowFactory

if TYPE_CHECKING:
    from pathlib import Path

    from app.vault import Unlocked, Vault
    from db.backup import BackupReport

_BLOCK: Final = 1 << 20


def copy_set(report: BackupReport, target: Path) -> Path:
    """Database and keyfile at `target`, byte for byte what the manifest says."""
    wanted = {
        report.database_path: (target, report.digest),
        keyfile_path(report.database_path): (keyfile_path(target), report.keyfile_digest),
    }
    with translated_errors("chép bản sao lưu", report.path):
        for source, (copy, digest) in wanted.items():
            found = hashlib.sha256()
            with source.open("rb") as old, copy.open("xb") as new:
                while block := old.read(_BLOCK):
                    found.update(block)
                    new.write(block)
            shutil.copystat(source, copy)
            if found.hexdigest() != digest:
                raise EnvironmentProblem(
                    "backup_changed",
                    f"Tệp {source.name} trong bản sao lưu {report.path.name} không còn đúng như "
                    "lúc kiểm tra sau khi sao lưu (hỏng hoặc bị sửa), nên không dùng. Sổ đang dùng "
                    "không bị ảnh hưởng. Hãy chọn bản sao lưu khác.",
                    path=source,
                )
    return target


def open_copy(copy: Path, vault: Vault, uid: str, secret: str) -> Unlocked:
    """Unlock with what was typed, prove every page, bring the schema up to date.

    `uid` may be `RECOVERY_UID`, the secret then is the printed code.
    """
    by_code = uid == RECOVERY_UID
    unlocked = vault.unlock_by_recovery(secret) if by_code else vault.unlock(uid, secret)
    unlocked = vault.finish_rotation(unlocked)
    database = Database(copy, unlocked.database_key)
    try:
        result = database.full_check()
        if not result.ok:
            raise EnvironmentProblem(
                "backup_damaged",
                f"Bản sao lưu này không qua được kiểm tra ({result.words}) nên không dùng để "
                "khôi phục. Sổ đang dùng không bị ảnh hưởng. Hãy chọn bản sao lưu khác.",
                findings=result.findings,
            )
        upgrade(database, before_upgrade=lambda: None)
    finally:
        database.close()
    return unlocked


def inspected(copy: Path, unlocked: Unlocked) -> tuple[str, int, int, int]:
    """(problem, trail entries, classes, pupils) of an opened copy."""
    database = Database(copy, unlocked.database_key)
    try:
        with SqlUowFactory(database).read() as uow:
            state = uow.trail.check(pinned_keys(uow))
            problem = state.problem or witness_problem(uow)[0]
            years = uow.school.years()
            classes = [klass for year in years for klass in uow.school.classes(year.id)]
            pupils = sum(len(uow.roster.entries(klass.id)) for klass in classes)
        return problem, state.entries, len(classes), pupils
    finally:
        database.close()


def database_id_at(path: Path) -> str:
    """Which file a keyfile belongs to; "" for a missing or unreadable one."""
    try:
        return load(path).database_id
    except EnvironmentProblem:
        return ""
