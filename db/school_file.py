"""One open school file: lock, keyfile, database and the session of who is signed in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.actor import Actor
from app.domain.accounts import fingerprint
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, EnvironmentProblem
from app.progress import no_progress
from app.school_file import Decider, PracticeCopy, SignedIn
from app.services.accounts import KEEPERS
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.key_changes import (
    RECOVERY_CONFIRMED,
    drop_key_change,
    key_change_pending,
    newest_key,
    settle_key_change,
)
from app.services.sign_in_directory import SignInDirectory
from app.services.standing import require_standing
from db import session_checks as checks
from db.backup import make_backup
from db.backup_maker import FOLDER, DatabaseBackups
from db.engine import Database
from db.keys.sign_ins import SignInLog
from db.migrate import upgrade
from db.practice_copy import make_practice_copy, practice_copies, remove_practice_copy
from db.restore import FileRestoring
from db.revoking import refuse_revoking, revoked_untold
from db.salvage import FileSalvage
from db.trail_head_file import TrailHead, TrailHeadFile
from db.unit_of_work import SqlUowFactory

TRAVELLERS = frozenset({Role.PRINCIPAL, Role.SECRETARY})
"""Whose slots go with a copy that leaves the PC, beside the recovery code's."""

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.domain.ids import AccountId
    from app.ports import UnitOfWork
    from app.progress import Progress
    from app.vault import PersonEntry, SchoolLabel, Unlocked, Vault
    from db.instance_lock import InstanceLock
    from db.keys.slots import KdfCost


_RECOVERABLE = frozenset((Role.PRINCIPAL, Role.ADMINISTRATOR))


class LockedSchoolFile:
    """Fulfils `app.school_file.SchoolFile`; `lock` is held already and released by `close`."""

    def __init__(
        self,
        path: Path,
        lock: InstanceLock,
        vault: Vault,
        sign_ins: SignInLog,
        clock: Clock,
        costs: tuple[KdfCost, KdfCost],
    ) -> None:
        """`costs`: of a new slot, and the cheapest one accepted."""
        self._path = path
        self._lock = lock
        self._vault = vault
        self._sign_ins = sign_ins
        self._clock = clock
        self._costs = costs
        self._head_file = TrailHeadFile(path)
        self._database: Database | None = None
        self._session: SignedIn | None = None
        self._checked = False

    @property
    def path(self) -> Path:
        """The database file."""
        return self._path

    @property
    def vault(self) -> Vault:
        """The keyfile beside it."""
        return self._vault

    @property
    def session(self) -> SignedIn | None:
        """Who is signed in."""
        return self._session

    def people(self) -> tuple[PersonEntry, ...]:
        """Lines of the sign-in list."""
        return self._vault.people()

    def label(self) -> SchoolLabel:
        """Text for the sign-in window."""
        return self._vault.label()

    def sign_in(self, uid: str, password: str) -> SignedIn:
        """Unlock, open, check, bring up to date, and record the sign-in."""
        return self.begin(uid, self._vault.unlock(uid, password))

    def take_over(self, uid: str, password: str) -> SignedIn:
        """Unlock first: a wrong password leaves the former session as it was."""
        unlocked = self._vault.unlock(uid, password)
        if self._session is not None:
            self._end_session("switch")
        return self.begin(uid, unlocked)

    def leaders(self, code: str) -> tuple[PersonEntry, ...]:
        """Open by the code, read the roles of today, let the database go."""
        unlocked = self._open_database(self._vault.unlock_by_recovery(code))
        database = Database(self._path, unlocked.database_key)
        try:
            with SqlUowFactory(database).read() as uow:
                accounts = uow.accounts.all(self._clock.today())
        finally:
            database.engine.dispose()
            self._let_database_go()
        held = {one.uid for one in accounts if not _RECOVERABLE.isdisjoint(one.roles)}
        return tuple(entry for entry in self.people() if entry.active and entry.uid in held)

    def recover(self, code: str, uid: str, new_password: str) -> SignedIn:
        """New keys for a principal or administrator by the printed code, then sign in."""
        unlocked = self._open_database(self._vault.unlock_by_recovery(code))
        try:
            self._renew_keys(unlocked, uid, new_password)
        finally:
            self._let_database_go()
        return self.sign_in(uid, new_password)

    def refreshed(self) -> SignedIn:
        """The session with today's roles and assignments."""
        session = self._signed_in()
        with session.uow.read() as uow:
            actor = uow.accounts.actor(session.actor.uid, self._clock.today())
        self._session = replace(session, actor=actor)
        return self._session

    def decider(self, uid: str, password: str) -> Decider:
        """Another person's act inside this session."""
        session = self._signed_in()
        signer = self._vault.unlock_signer(uid, password)
        with session.uow.read() as uow:
            actor = uow.accounts.actor(uid, self._clock.today())
            if signer.public_key != newest_key(uow, actor.account_id):
                raise checks.key_not_pinned(actor.name)
        return Decider(actor, signer)

    def revoke(self, account_id: AccountId) -> SignedIn:
        """Take a disabled person's slot away and give the file a new key."""
        session, database = self._signed_in(), self._database
        if database is None:
            raise RuntimeError("the file is not open")
        with session.uow.read() as uow:
            today = self._clock.today()
            require_standing(uow, session.actor, today, "thu hồi khóa", *KEEPERS)
            account = uow.accounts.get(account_id, today)
            known = {one.uid for one in uow.accounts.all(today)}
            untold = revoked_untold(uow, account_id)
        listed = {entry.uid for entry in self.people()}
        if not (untold and account.disabled_on is not None and account.uid not in listed):
            refuse_revoking(account, self.people())
        make_backup(database, self._path.parent / FOLDER, self._clock)
        # A refused rotation leaves the old key right, and the disposed engine opens again by need.
        database.close()
        unlocked = session.unlocked
        if account.uid in listed:
            strangers = listed - known
            unlocked = self._vault.remove_person(unlocked, account.uid, strangers)
        self._database = database = Database(self._path, unlocked.database_key)
        uows = SqlUowFactory(database)
        self._session = replace(
            session,
            uow=uows,
            unlocked=unlocked,
            backups=self._backups(database, uows, unlocked),
        )
        detail = {"account": account_id, "uid": account.uid, "name": account.full_name}
        with uows.write() as uow:
            draft = TrailDraft("account.revoked", detail)
            uow.trail.append(draft, session.actor, self._clock.now())
            uow.commit()
        return self._session

    def check_integrity(self) -> tuple[str, ...]:
        """Every page, index and reference; what is wrong, in the engine's words."""
        if self._database is None:
            raise RuntimeError("the file is not open")
        return self._database.full_check().findings

    def restoring(self) -> FileRestoring:
        """Backups that may take this file's place."""
        cost, floor = self._costs
        return FileRestoring(
            self._path,
            self._clock,
            cost=cost,
            floor=floor,
            session=lambda: self._session,
            let_go=self._let_go_for_restore,
            holds_lock=True,
        )

    def salvaging(self) -> FileSalvage:
        """Reading around the damage of this file."""
        cost, floor = self._costs
        return FileSalvage(self._path, self._clock, cost=cost, floor=floor, holds_lock=True)

    def practice_copies(self) -> tuple[PracticeCopy, ...]:
        """Copies to practise on beside this file."""
        return practice_copies(self._path)

    def remove_practice_copy(self, name: str) -> None:
        """Delete one of them."""
        remove_practice_copy(self._path, name, self._clock)

    def practice_copy(self, progress: Progress = no_progress) -> Path:
        """A marked copy to practise on."""
        session, database = self._signed_in(), self._database
        if database is None:
            raise RuntimeError("the file is not open")
        actor = session.actor
        return make_practice_copy(database, session.unlocked, actor, self._clock, progress)

    def switch_user(self) -> None:
        """F12."""
        self._end_session("switch")

    def note_head(self) -> None:
        """Write the trail's head beside the file."""
        with self._signed_in().uow.read() as uow:
            seq, head = uow.trail.head()
        self._head_file.write(TrailHead(seq, head.hex()))

    def close(self) -> None:
        """End the session, if any, and let the file go."""
        try:
            if self._session is not None:
                self._end_session("close")
        finally:
            self._lock.release()

    def begin(self, uid: str, unlocked: Unlocked) -> SignedIn:
        """The session of a person whose slot is open; `sign_in` and the founding end here."""
        unlocked = self._open_database(unlocked)
        try:
            self._session = self._record_sign_in(uid, unlocked)
        except BaseException:
            self._let_database_go()
            raise
        return self._session

    def _signed_in(self) -> SignedIn:
        if self._session is None:
            raise RuntimeError("nobody is signed in")
        return self._session

    def _open_database(self, unlocked: Unlocked) -> Unlocked:
        if self._database is not None:
            raise RuntimeError("somebody is still signed in")
        unlocked = self._vault.finish_rotation(unlocked)
        database = Database(self._path, unlocked.database_key)
        self._database = database
        try:
            if not self._checked:
                self._refuse_damaged(database)
            upgrade(
                database,
                before_upgrade=lambda: make_backup(
                    database, self._path.parent / FOLDER, self._clock
                ),
            )
        except BaseException:
            self._let_database_go()
            raise
        self._checked = True
        return unlocked

    def _refuse_damaged(self, database: Database) -> None:
        result = database.quick_check()
        if not result.ok:
            raise EnvironmentProblem(
                "database_damaged",
                f"Tệp {self._path.name} không qua được kiểm tra khi mở: có trang hỏng. "
                "Tệp được giữ nguyên. Hãy khôi phục từ bản sao lưu gần nhất; không có bản nào tốt "
                "thì cứu những gì còn đọc được sang tệp mới.",
                findings=result.findings,
            )

    def _record_sign_in(self, uid: str, unlocked: Unlocked) -> SignedIn:
        database = self._database
        if database is None:
            raise RuntimeError("the file is not open")
        uows = SqlUowFactory(database)
        now, today = self._clock.now(), self._clock.today()
        pending = self._sign_ins.pending()
        with uows.write() as uow:
            actor = self._actor(uow, uid)
            self._check_key(uow, actor, unlocked)
            school = uow.school.get()
            if school is None:
                raise EnvironmentProblem(
                    "school_missing",
                    f"Tệp {self._path.name} chưa có thông tin trường nên không dùng được. Hãy khôi "
                    "phục từ bản sao lưu gần nhất.",
                )
            failed = checks.failed_sign_ins(uow, pending)
            findings = (
                *checks.head_findings(uow, self._head_file),
                *checks.clock_findings(uow, now),
                *checks.keyfile_findings(uow, unlocked.serial),
                *checks.sign_in_warnings(failed, uid),
                *checks.told_to_others(uow, actor),
                *checks.keys_changed(uow, actor),
            )
            if failed is not None:
                uow.trail.append(TrailDraft(checks.FAILED, failed), actor, now)
            detail = {
                "uid": uid,
                "keyfile_serial": unlocked.serial,
                "findings": [finding.code for finding in findings],
            }
            uow.trail.append(TrailDraft(checks.SIGN_IN, detail), actor, now)
            before = uow.accounts.get(actor.account_id, today).last_sign_in
            uow.accounts.touch_sign_in(actor.account_id, now)
            uow.commit()
        self._sign_ins.taken(pending)
        SignInDirectory(uows, self._clock, self._vault, unlocked).refresh()
        return SignedIn(
            actor=actor,
            school=school,
            uow=uows,
            signer=unlocked.signer,
            unlocked=unlocked,
            backups=self._backups(database, uows, unlocked),
            previous_sign_in=before,
            warnings=tuple(finding.sentence for finding in findings),
        )

    def _backups(
        self, database: Database, uows: SqlUowFactory, unlocked: Unlocked
    ) -> DatabaseBackups:
        def write_reduced(path: Path) -> None:
            with uows.read() as uow:
                accounts = uow.accounts.all(self._clock.today())
            listed = {entry.uid for entry in self.people()}
            keep = [one.uid for one in accounts if TRAVELLERS & set(one.roles)]
            self._vault.write_reduced_copy(unlocked, path, [u for u in keep if u in listed])

        return DatabaseBackups(database, self._clock, write_reduced)

    def _actor(self, uow: UnitOfWork, uid: str) -> Actor:
        try:
            return uow.accounts.actor(uid, self._clock.today())
        except AccessDenied as refusal:
            self._sign_ins.record(uid, refusal.code)
            raise

    def _check_key(self, uow: UnitOfWork, actor: Actor, unlocked: Unlocked) -> None:
        key = unlocked.signer.public_key
        if key == newest_key(uow, actor.account_id):
            drop_key_change(uow, actor.uid)
            return
        if not key_change_pending(uow, actor.uid):
            raise checks.key_not_pinned(actor.name)
        settle_key_change(uow, actor, key, self._clock.now())

    def _renew_keys(self, unlocked: Unlocked, uid: str, new_password: str) -> None:
        database = self._database
        if database is None:
            raise RuntimeError("the file is not open")
        now = self._clock.now()
        with SqlUowFactory(database).write() as uow:
            actor = self._actor(uow, uid)
            if not actor.has(*_RECOVERABLE):
                raise AccessDenied(
                    "recovery_for_leaders",
                    f"Mã khôi phục chỉ đặt lại mật khẩu của hiệu trưởng hoặc quản trị, còn "
                    f"{actor.name} không giữ vai trò ấy. Hãy chọn đúng người; hiệu trưởng sẽ đặt "
                    "lại mật khẩu cho người khác sau.",
                    uid=uid,
                )
            keys = self._vault.reset_password(unlocked, uid, new_password)
            uow.accounts.record_key(actor.account_id, keys.signing_public_key, now, "Mã khôi phục")
            detail = {"uid": uid, "key": fingerprint(keys.signing_public_key)}
            uow.trail.append(TrailDraft("account.recovered", detail), actor, now)
            uow.school.set_setting(RECOVERY_CONFIRMED, "")
            uow.commit()

    def _end_session(self, how: str) -> None:
        session = self._signed_in()
        try:
            now = self._clock.now()
            with session.uow.write() as uow:
                detail = {"how": how, **self._keyfile_state(session)}
                uow.trail.append(TrailDraft(checks.SIGN_OUT, detail), session.actor, now)
                sign_checkpoint(
                    uow, session.signer, session.actor, CheckpointReason.END_OF_DAY, now
                )
                uow.commit()
            self.note_head()
        finally:
            self._session = None
            database, self._database = self._database, None
            if database is not None:
                database.close()

    def _keyfile_state(self, session: SignedIn) -> dict[str, object]:
        """What the next sign-in compares the keyfile with; the code of what is wrong with it."""
        try:
            return {"keyfile_serial": self._vault.serial(session.unlocked)}
        except EnvironmentProblem as problem:
            # The day is signed all the same: a keyfile taken away must not hide the work.
            newest = problem.facts.get("newest", session.unlocked.serial)
            return {"keyfile": problem.code, "keyfile_serial": newest}

    def _let_go_for_restore(self) -> None:
        """The last words of the session; a file that cannot take them is replaced all the same."""
        if self._session is None:
            return
        try:
            self._end_session("restore")
        except EnvironmentProblem:
            self._let_database_go()

    def _let_database_go(self) -> None:
        """After a refusal: drop the connections and touch the file no more."""
        database, self._database = self._database, None
        if database is not None:
            database.engine.dispose()
