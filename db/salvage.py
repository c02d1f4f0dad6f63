"""Salvage: a new file from everything readable of a damaged one, which is only ever read."""

from __future__ import annotations

import shutil
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.table_words import table_words
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, EnvironmentProblem
from app.progress import no_progress
from app.salvaging import Salvage, SalvagedTable
from app.services.restores import RESTORERS
from app.services.trail_review import pinned_keys
from app.services.trail_witness import witness_problem
from app.vault import RECOVERY_UID
from db.backup import list_backups
from db.backup_maker import FOLDER
from db.durable_files import free_bytes, platform_files, replace_file, require_space, sync_file
from db.engine import APPLICATION_ID, Access, Database, connect
from db.faults import translated_errors
from db.file_swap import drop_staging, new_staging
from db.instance_lock import InstanceLock
from db.keys.keyfile import Keyfile, keyfile_path, load
from db.keys.sign_ins import SUFFIX as SIGN_INS_SUFFIX
from db.keys.sign_ins import SignInLog
from db.keys.vault import KeyfileVault
from db.migrate import head_number, upgrade
from db.salvaging.borrowing import borrow
from db.salvaging.pages import PAGE, Pages
from db.salvaging.shapes import shape_of, shapes_of
from db.salvaging.tables import Made, read_contents
from db.trail_head_file import TrailHead, TrailHeadFile
from db.unit_of_work import SqlUowFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.actor import Actor
    from app.clock import Clock
    from app.progress import Progress
    from app.vault import PersonEntry, Unlocked
    from db.keys.slots import KdfCost
    from db.salvaging.records import Tree
    from db.salvaging.tables import Contents

LIST: Final = "KHONG-DOC-DUOC.txt"
_OLD: Final = "ban-hong"
_SPACE_FACTOR: Final = 3


class FileSalvage:
    """Fulfils `app.salvaging.Salvaging` for the damaged file at `path`.

    With `holds_lock` the lock is the caller's, else it is taken while the file is read.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        cost: KdfCost,
        floor: KdfCost,
        holds_lock: bool = False,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        self._path = path
        self._clock = clock
        self._cost = cost
        self._floor = floor
        self._holds_lock = holds_lock
        self._free = free

    def people(self) -> tuple[PersonEntry, ...]:
        """Active lines of the keyfile that would be used."""
        return tuple(p.entry for p in load(self._keyfile()).people if p.entry.active)

    def salvage(self, uid: str, secret: str, progress: Progress = no_progress) -> Salvage:
        """Copy, unlock, read page by page, write, check; whatever refuses leaves nothing."""
        with self._locked(), translated_errors("cứu dữ liệu", self._path):
            needed = _SPACE_FACTOR * self._path.stat().st_size
            require_space(self._path.parent, needed, "cứu dữ liệu", self._free)
            staging = new_staging(self._path)
            try:
                return self._into(staging, uid, secret, progress)
            finally:
                drop_staging(staging)

    def _into(self, staging: Path, uid: str, secret: str, progress: Progress) -> Salvage:
        progress(0, 4, "chép tệp hỏng ra chỗ riêng")
        old = self._copied(staging / _OLD)
        unlocked = self._unlock(old, uid, secret)
        progress(1, 4, "đọc từng trang")
        pages = Pages(old, unlocked.database_key)
        try:
            key = unlocked.database_key
            contents = read_contents(pages, lambda found: _complete(staging, key, found), shapes_of)
            doubts = _doubts(pages, contents)
        finally:
            pages.close()
        progress(2, 4, "ghi sang tệp mới")
        new = staging / self._path.name
        tables = _write(new, unlocked.database_key, contents)
        doubts += self._borrowed(new, unlocked.database_key, tables, load(keyfile_path(old)))
        shutil.copyfile(keyfile_path(old), keyfile_path(new))
        progress(3, 4, "mở lại và kiểm tra")
        problem = self._check(new, unlocked, tables)
        folder = self._final_folder()
        text = _list_of(self._path.name, tables, doubts, problem)
        replace_file(staging / LIST, text.encode())
        new.with_name(new.name + SIGN_INS_SUFFIX).write_bytes(b"")
        shutil.rmtree(old.parent)
        for part in staging.iterdir():
            sync_file(part)
        files = platform_files()
        files.replace(staging, folder)
        files.sync_folder(folder.parent)
        progress(4, 4, "xong")
        return Salvage(folder / self._path.name, folder / LIST, tables, problem, doubts)

    def _keyfile(self) -> Path:
        """The file's own keyfile, or that of its newest backup when it cannot be read."""
        own = keyfile_path(self._path)
        try:
            load(own)
        except EnvironmentProblem:
            for backup in list_backups(self._path.parent / FOLDER):
                kept = keyfile_path(backup.database_path)
                if backup.database_name == self._path.name and kept.is_file():
                    return kept
        return own

    def _copied(self, folder: Path) -> Path:
        """File, log and keyfile where nothing can touch the original; bad sectors become zeros."""
        folder.mkdir()
        target = folder / self._path.name
        for end in ("", "-wal"):
            source = self._path.with_name(self._path.name + end)
            if source.exists():
                _copy_around(source, folder / source.name)
        shutil.copyfile(self._keyfile(), keyfile_path(target))
        return target

    def _unlock(self, old: Path, uid: str, secret: str) -> Unlocked:
        # A wrong password counts against the file in use: nobody tries thousands of them here.
        sign_ins = SignInLog(self._path, self._clock)
        vault = KeyfileVault(old, sign_ins, cost=self._cost, floor=self._floor)
        by_code = uid == RECOVERY_UID
        return vault.unlock_by_recovery(secret) if by_code else vault.unlock(uid, secret)

    def _borrowed(
        self, new: Path, key: bytes, tables: tuple[SalvagedTable, ...], keyfile: Keyfile
    ) -> tuple[str, ...]:
        damaged = {one.name for one in tables if not one.is_whole}
        folder = self._path.parent / FOLDER
        with closing(connect(new, key, foreign_keys=False)) as connection:
            said = borrow(connection, key, folder, keyfile.database_id, damaged)
        return (said,) if said else ()

    def _check(self, new: Path, unlocked: Unlocked, tables: tuple[SalvagedTable, ...]) -> str:
        """Bring the new file up to date, prove it, and write down in its trail what it is."""
        database = Database(new, unlocked.database_key)
        try:
            upgrade(database, before_upgrade=lambda: None)
            result = database.full_check()
            with SqlUowFactory(database).write() as uow:
                state = uow.trail.check(pinned_keys(uow))
                problem = state.problem or witness_problem(uow)[0]
                if not result.ok:
                    problem = f"{problem} Kiểm tra tệp mới: {result.words}.".strip()
                by_code = unlocked.uid == RECOVERY_UID
                actor = None if by_code else self._permitted(uow.accounts.actor, unlocked.uid)
                detail = {
                    "rows": sum(table.rows for table in tables),
                    "damaged": [
                        [one.name, one.lost_pages, one.cut_rows]
                        for one in tables
                        if not one.is_whole
                    ],
                    "problem": problem,
                    "by_code": by_code,
                }
                seq = uow.trail.append(
                    TrailDraft("backup.salvaged", detail), actor, self._clock.now()
                )
                _, head = uow.trail.head()
                uow.commit()
        finally:
            database.close()
        for log in ("-wal", "-shm"):
            new.with_name(new.name + log).unlink(missing_ok=True)
        TrailHeadFile(new).write(TrailHead(seq, head.hex()))
        return problem

    def _permitted(self, actor_of: Callable[..., Actor], uid: str) -> Actor:
        try:
            actor = actor_of(uid, self._clock.today())
        except AccessDenied as refusal:
            raise AccessDenied(
                "salvage_needs_code",
                "Phần tài khoản của tệp không còn đọc được, hoặc tài khoản này đã khóa, nên không "
                "biết ai được cứu dữ liệu. Hãy chọn mã khôi phục trên phiếu, hoặc khôi phục bản "
                "sao lưu gần nhất.",
            ) from refusal
        if not actor.has(*RESTORERS):
            raise AccessDenied(
                "role_required",
                f"{actor.name} không cứu dữ liệu của sổ được; việc này của hiệu trưởng hoặc quản "
                "trị hệ thống, hãy chọn đúng người hoặc dùng mã khôi phục.",
                needed=RESTORERS,
            )
        return actor

    def _final_folder(self) -> Path:
        name = f"{self._path.stem}-cuu-{self._clock.now():%Y%m%d-%H%M%S}"
        folder, number = self._path.with_name(name), 1
        while folder.exists():
            number += 1
            folder = self._path.with_name(f"{name}-{number}")
        return folder

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if self._holds_lock:
            yield
        else:
            with InstanceLock(self._path, self._clock):
                yield


def _copy_around(source: Path, target: Path) -> None:
    with source.open("rb") as old, target.open("xb") as new:
        for at in range(0, source.stat().st_size, PAGE):
            try:
                old.seek(at)
                block = old.read(PAGE)
            except OSError:
                # A bad sector: the page fails its code later and is named.
                block = bytes(PAGE)
            new.write(block)


def _doubts(pages: Pages, contents: Contents) -> tuple[str, ...]:
    if not contents.made:
        raise EnvironmentProblem(
            "nothing_to_salvage",
            "Không trang nào của tệp còn đọc được bằng khóa này nên không cứu được gì. Tệp hỏng "
            "được giữ nguyên. Hãy khôi phục từ bản sao lưu gần nhất.",
        )
    found = []
    if pages.log_cut:
        found.append(
            "Tệp ghi tạm (-wal) hỏng giữa chừng: những việc làm ngay trước khi máy tắt, sau chỗ "
            "hỏng, không đọc được."
        )
    if contents.schema_damaged:
        found.append("Phần mục lục của tệp hỏng; các bảng được nhận ra theo nội dung.")
    if contents.unplaced:
        found.append(
            f"{len(contents.unplaced)} trang còn đọc được nhưng không rõ thuộc bảng nào nên không "
            "dùng."
        )
    return tuple(found)


def _write(path: Path, key: bytes, contents: Contents) -> tuple[SalvagedTable, ...]:
    """A file with the same schema and the readable rows; rules that refuse rows come last."""
    number = contents.schema_number
    made = contents.made
    with closing(connect(path, key, access=Access.CREATE, foreign_keys=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        tables = []
        for one in made:
            if one.type == "table" and not one.name.startswith("sqlite_"):
                connection.execute(one.sql)
                tables.append(_fill(connection, one, contents.trees[one.name]))
        for kind in ("index", "view", "trigger"):
            for one in made:
                if one.type == kind and one.sql:
                    _build(connection, one)
        if number is None:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            number = int(row[0]) if row else head_number()
            if not row:
                connection.execute("INSERT INTO alembic_version VALUES (?)", (f"{number:04d}",))
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    return tuple(tables)


def _complete(folder: Path, key: bytes, contents: Contents) -> None:
    """Schema lines a damaged page took away, from a fresh file of the same schema number."""
    if contents.schema_number not in (None, head_number()) or not contents.made:
        return
    model = folder / "mau.khoaso"
    connect(model, key, access=Access.CREATE).close()
    database = Database(model, key)
    try:
        upgrade(database, before_upgrade=lambda: None)
        with closing(connect(model, key)) as connection:
            rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
            known = {one.name for one in contents.made}
            contents.made += [
                Made(kind, name, table, 0, sql or "")
                for kind, name, table, sql in rows
                if name not in known
            ]
    finally:
        database.close()
        for end in ("", "-wal", "-shm"):
            model.with_name(model.name + end).unlink(missing_ok=True)


def _fill(connection: Any, one: Made, tree: Tree) -> SalvagedTable:
    """Write the rows of one table; what the new table refuses is counted, not forced."""
    shape = shape_of(connection, one)
    names = ", ".join(f'"{name}"' for name, *_ in shape.columns)
    marks = ", ".join("?" * len(shape.columns))
    insert = f'INSERT INTO "{one.name}" ({names}) VALUES ({marks})'  # noqa: S608 - schema names
    written = refused = 0
    for record in tree.records:
        try:
            connection.execute(insert, shape.row(record))
        except sqlcipher.IntegrityError:
            refused += 1
        else:
            written += 1
    return SalvagedTable(one.name, written, len(tree.lost), tree.cut_rows + refused)


def _build(connection: Any, one: Made) -> None:
    # A unique index refuses rows that stand twice around a damaged page: the upgrade or the check
    # of the new file then names it, and the rows stay.
    with suppress(sqlcipher.IntegrityError):
        connection.execute(one.sql)


def _list_of(
    name: str, tables: tuple[SalvagedTable, ...], doubts: tuple[str, ...], problem: str
) -> str:
    lines = [f"Cứu dữ liệu từ tệp hỏng {name}", ""]
    damaged = [one for one in tables if not one.is_whole]
    lines.append(f"Đọc được {sum(one.rows for one in tables)} dòng của {len(tables)} bảng.")
    if not damaged:
        lines.append("Không bảng nào thiếu dòng.")
    lines += [
        f"- Bảng {table_words(one.name)} ({one.name}): còn {one.rows} dòng; "
        f"{one.lost_pages} trang hỏng, {one.cut_rows} dòng đọc dở hoặc không ghép được."
        for one in damaged
    ]
    lines += ["", *doubts]
    lines.append(problem or "Nhật ký của tệp mới khớp chuỗi, chữ ký và điểm đang lưu.")
    lines += ["", "Tệp hỏng được giữ nguyên. So sổ mới với bản in gần nhất trước khi nhập tiếp."]
    return "\n".join(lines) + "\n"
