"""The vault on disk: every act that needs or changes somebody's slot."""

from __future__ import annotations

import os
import secrets
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.errors import AccessDenied, EnvironmentProblem, RuleRefused
from app.text import clean
from app.vault import RECOVERY_UID, Founding, PersonEntry, PersonKeys, Unlocked
from db.engine import key_opens
from db.keys import keyfile as files
from db.keys import passwords, recovery, rotation
from db.keys.keyfile import Generation, Keyfile, Person
from db.keys.slots import (
    FLOOR,
    STRONG,
    KdfCost,
    PrivateHalves,
    PrivateKeySigner,
    Slot,
    SlotForged,
    WrongSecret,
    new_halves,
    open_slot,
    seal_key,
    unseal_key,
    wrap_halves,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from app.vault import SchoolLabel, Signer
    from db.keys.sign_ins import SignInLog


@dataclass(frozen=True, slots=True)
class _Opened:
    """A slot that opened: its private halves and every generation's database key."""

    keyfile: Keyfile
    halves: PrivateHalves
    keys: dict[int, bytes] = field(repr=False)


class KeyfileVault:
    """`app.vault.Vault` over the keyfile beside `database_path`.

    `cost` is what new slots cost to guess, `floor` the cheapest slot accepted; only tests lower
    them. Every refused secret is recorded in `sign_ins` before it is raised.
    """

    def __init__(
        self,
        database_path: Path,
        sign_ins: SignInLog,
        *,
        cost: KdfCost = STRONG,
        floor: KdfCost = FLOOR,
    ) -> None:
        self._database_path = database_path
        self._path = files.keyfile_path(database_path)
        self._sign_ins = sign_ins
        self._cost = cost
        self._floor = floor
        self._saving = threading.RLock()
        self._newest = 0

    @property
    def path(self) -> Path:
        """Where the keyfile lies."""
        return self._path

    def create(self, entry: PersonEntry, password: str, label: Mapping[str, str]) -> Founding:
        """Make the keyfile of a new database; refuses to replace one.

        The recovery code is returned once and kept nowhere.
        """
        self.check_password(password, entry)
        entry = _cleaned(entry)
        if self._path.exists():
            raise EnvironmentProblem(
                "keyfile_exists",
                f"Trong thư mục {self._path.parent} đã có tệp khóa {self._path.name}, nên không "
                "tạo tệp khóa mới đè lên: tệp dữ liệu cũ sẽ không bao giờ mở được nữa. Hãy chọn "
                "tên khác hoặc thư mục khác.",
                path=self._path,
            )
        database_id, key, code = secrets.token_hex(16), os.urandom(32), recovery.new_code()
        halves = new_halves()
        slot = wrap_halves(halves, entry.uid, password, database_id, self._cost)
        recovery_slot = self._recovery_slot(code, database_id)
        sealed = {
            one.uid: seal_key(key, one.sealing_public, database_id, 1, one.uid)
            for one in (slot, recovery_slot)
        }
        people = (Person(entry, slot),)
        plain = Keyfile(
            database_id, 1, dict(label), people, recovery_slot, (Generation(1, sealed),)
        )
        files.save(self._path, files.sealed_by(plain, {1: key}))
        self._sign_ins.start()
        unlocked = Unlocked(entry.uid, key, PrivateKeySigner(entry.uid, halves.signing), 1, 1)
        return Founding(unlocked, _public_keys(slot), code)

    def people(self) -> tuple[PersonEntry, ...]:
        """Everybody with a slot; not yet authenticated."""
        return tuple(person.entry for person in files.load(self._path).people)

    def label(self) -> SchoolLabel:
        """Text for the sign-in window; not yet authenticated."""
        return dict(files.load(self._path).label)

    def check_password(self, password: str, entry: PersonEntry | None = None) -> None:
        """Refuse a new password that is too short or too easily guessed."""
        about = (entry.uid, entry.display_name) if entry else ()
        passwords.check_password(password, *about)

    def unlock(self, uid: str, password: str) -> Unlocked:
        """Sign in; settles a change of key that was interrupted after the file had its new one."""
        with self._saving:
            return self._unlocked(uid, self._open(uid, password))

    def unlock_signer(self, uid: str, password: str) -> Signer:
        """Only the signer, for a decision inside somebody else's session."""
        opened = self._open(uid, password)
        self._refuse_older(opened.keyfile)
        return PrivateKeySigner(uid, opened.halves.signing)

    def unlock_by_recovery(self, code: str) -> Unlocked:
        """Open with the printed code; a typing mistake is told apart from a wrong code."""
        compact = recovery.normalise(code)
        with self._saving:
            keyfile = files.load(self._path)
            try:
                opened = self._open_slot(keyfile, keyfile.recovery, compact)
            except WrongSecret as error:
                raise self._refusal(
                    "wrong_recovery_code",
                    RECOVERY_UID,
                    "Mã khôi phục này không mở được tệp khóa: mã của lần in trước, hoặc của trường "
                    "khác. Hãy dùng tờ mã in gần nhất.",
                ) from error
            return self._unlocked(RECOVERY_UID, opened)

    def add_person(self, unlocked: Unlocked, entry: PersonEntry, password: str) -> PersonKeys:
        """Give a person a slot and new keys."""
        self.check_password(password, entry)
        entry = _cleaned(entry)
        slots: list[Slot] = []

        def change(keyfile: Keyfile) -> Keyfile:
            if keyfile.person(entry.uid):
                raise RuleRefused(
                    "person_exists",
                    f"Tài khoản “{entry.uid}” đã có trong tệp khóa. Hãy chọn tên tài khoản khác.",
                    uid=entry.uid,
                )
            slots.append(
                wrap_halves(new_halves(), entry.uid, password, keyfile.database_id, self._cost)
            )
            grown = replace(keyfile, people=(*keyfile.people, Person(entry, slots[0])))
            return _with_sealed(grown, slots[0], unlocked)

        self._change(unlocked, change)
        return _public_keys(slots[0])

    def reset_password(self, unlocked: Unlocked, uid: str, new_password: str) -> PersonKeys:
        """Forgotten password: new keys in both halves, so the old slot is useless."""
        slots: list[Slot] = []

        def change(keyfile: Keyfile) -> Keyfile:
            person = _known(keyfile, uid)
            self.check_password(new_password, person.entry)
            slots.append(
                wrap_halves(new_halves(), uid, new_password, keyfile.database_id, self._cost)
            )
            changed = _with_person(keyfile, replace(person, slot=slots[0]))
            return _with_sealed(changed, slots[0], unlocked)

        self._change(unlocked, change)
        return _public_keys(slots[0])

    def change_password(self, uid: str, old: str, new: str) -> None:
        """Own password: one slot is wrapped anew; keys and database stay as they are."""
        with self._saving:
            opened = self._open(uid, old)
            self._refuse_older(opened.keyfile)
            person = _known(opened.keyfile, uid)
            self.check_password(new, person.entry)
            slot = wrap_halves(opened.halves, uid, new, opened.keyfile.database_id, self._cost)
            changed = _with_person(opened.keyfile, replace(person, slot=slot))
            self._save(changed, opened.keys)

    def update_person(self, unlocked: Unlocked, entry: PersonEntry) -> None:
        """Change name, department, note or active."""
        entry = _cleaned(entry)
        self._change(
            unlocked,
            lambda keyfile: _with_person(keyfile, replace(_known(keyfile, entry.uid), entry=entry)),
        )

    def update_label(self, unlocked: Unlocked, label: Mapping[str, str]) -> None:
        """Replace the sign-in label."""
        self._change(unlocked, lambda keyfile: replace(keyfile, label=dict(label)))

    def serial(self, unlocked: Unlocked) -> int:
        """How often the keyfile was saved."""
        return self._authenticated(unlocked).serial

    def remove_person(
        self, unlocked: Unlocked, uid: str, strangers: Collection[str] = ()
    ) -> Unlocked:
        """Take the slot, and those of `strangers`, away and change the database key."""
        if uid == unlocked.uid:
            raise RuleRefused(
                "cannot_remove_self",
                "Không thể tự xóa tài khoản đang đăng nhập. Hãy nhờ hiệu trưởng hoặc người quản "
                "trị khác làm việc này.",
                uid=uid,
            )
        with self._saving:
            keyfile = self._authenticated(unlocked)
            _known(keyfile, uid)
            return rotation.rotate(
                self._database_path, self._path, keyfile, unlocked, frozenset({uid, *strangers})
            )

    def renew_recovery_code(self, unlocked: Unlocked) -> str:
        """A new printed code; the old one stops working on this keyfile."""
        code = recovery.new_code()

        def change(keyfile: Keyfile) -> Keyfile:
            slot = self._recovery_slot(code, keyfile.database_id)
            return _with_sealed(replace(keyfile, recovery=slot), slot, unlocked)

        self._change(unlocked, change)
        return code

    def finish_rotation(self, unlocked: Unlocked) -> Unlocked:
        """Change the key again after an interruption; the same object when there is nothing to."""
        if not unlocked.rotation_pending:
            return unlocked
        with self._saving:
            keyfile = files.load(self._path)
            files.check_mac(self._path, keyfile, unlocked.generation, unlocked.database_key)
            return rotation.rotate(self._database_path, self._path, keyfile, unlocked, frozenset())

    def write_reduced_copy(
        self, unlocked: Unlocked, path: Path, keep_uids: Collection[str]
    ) -> None:
        """A keyfile with the recovery slot and `keep_uids` only, for copies that leave the PC."""
        keyfile = self._authenticated(unlocked)
        kept = [_known(keyfile, uid).entry.uid for uid in keep_uids]
        reduced = rotation.without_people(
            keyfile, {person.entry.uid for person in keyfile.people} - set(kept)
        )
        files.save(path, files.sealed_by(reduced, {unlocked.generation: unlocked.database_key}))

    def _open(self, uid: str, password: str) -> _Opened:
        keyfile = files.load(self._path)
        person = keyfile.person(uid)
        if person is None:
            raise self._refusal(
                "unknown_person",
                uid,
                f"Không có tài khoản “{uid}” trong tệp khóa này. Hãy chọn lại tên trong danh sách; "
                "nếu vừa khôi phục bản sao lưu, tài khoản có thể được lập sau ngày sao lưu.",
            )
        if not person.entry.active:
            raise self._refusal(
                "disabled_person",
                uid,
                f"Tài khoản của {person.entry.display_name} đang tạm ngưng. "
                "Hãy gặp hiệu trưởng hoặc người quản trị để được mở lại.",
            )
        try:
            return self._open_slot(keyfile, person.slot, password)
        except WrongSecret as error:
            raise self._refusal(
                "wrong_password",
                uid,
                f"Mật khẩu của {person.entry.display_name} chưa đúng. Hãy xem phím Caps Lock và "
                "bộ gõ tiếng Việt rồi gõ lại; nếu quên, hiệu trưởng có thể đặt mật khẩu mới.",
            ) from error

    def _open_slot(self, keyfile: Keyfile, slot: Slot, secret: str) -> _Opened:
        try:
            halves = open_slot(slot, secret, keyfile.database_id, self._floor)
            keys = {
                item.number: unseal_key(
                    item.sealed.get(slot.uid, b""),
                    halves,
                    keyfile.database_id,
                    item.number,
                    slot.uid,
                )
                for item in keyfile.generations
            }
        except SlotForged as error:
            raise files.forged(self._path) from error
        for number, key in keys.items():
            files.check_mac(self._path, keyfile, number, key)
        return _Opened(keyfile, halves, keys)

    def _unlocked(self, uid: str, opened: _Opened) -> Unlocked:
        signer = PrivateKeySigner(uid, opened.halves.signing)
        keyfile, keys = opened.keyfile, opened.keys
        # At a sign-in the session compares the serial with the trail and warns.
        self._newest = keyfile.serial
        if len(keys) == 1:
            ((number, key),) = keys.items()
            return Unlocked(uid, key, signer, number, keyfile.serial)
        newest, oldest = max(keys), min(keys)
        if key_opens(self._database_path, keys[newest]):
            settled = rotation.only_generation(keyfile, newest)
            serial = self._save(settled, {newest: keys[newest]})
            return Unlocked(uid, keys[newest], signer, newest, serial)
        return Unlocked(uid, keys[oldest], signer, oldest, keyfile.serial, rotation_pending=True)

    def _authenticated(self, unlocked: Unlocked) -> Keyfile:
        keyfile = files.load(self._path)
        files.check_mac(self._path, keyfile, unlocked.generation, unlocked.database_key)
        self._refuse_older(keyfile)
        if len(keyfile.generations) > 1:
            raise EnvironmentProblem(
                "rotation_pending",
                "Lần đổi khóa trước chưa xong nên chưa thay đổi được tệp khóa. Hãy đóng chương "
                "trình, mở lại và đăng nhập để việc đổi khóa được làm nốt.",
                path=self._path,
            )
        return keyfile

    def _change(self, unlocked: Unlocked, change: Callable[[Keyfile], Keyfile]) -> None:
        with self._saving:
            changed = change(self._authenticated(unlocked))
            self._save(changed, {unlocked.generation: unlocked.database_key})

    def _save(self, keyfile: Keyfile, keys: Mapping[int, bytes]) -> int:
        grown = replace(keyfile, serial=keyfile.serial + 1)
        files.save(self._path, files.sealed_by(grown, keys))
        self._newest = grown.serial
        return grown.serial

    def _refuse_older(self, keyfile: Keyfile) -> None:
        """A keyfile put back while the file is open brings old passwords back to life."""
        if keyfile.serial < self._newest:
            raise files.put_back(self._path, self._newest)
        self._newest = keyfile.serial

    def _recovery_slot(self, code: str, database_id: str) -> Slot:
        secret = recovery.normalise(code)
        return wrap_halves(new_halves(), RECOVERY_UID, secret, database_id, self._cost)

    def _refusal(self, code: str, uid: str, sentence: str) -> AccessDenied:
        self._sign_ins.record(uid, code)
        return AccessDenied(code, sentence, uid=uid)


def _cleaned(entry: PersonEntry) -> PersonEntry:
    if not entry.uid or entry.uid != clean(entry.uid) or entry.uid.startswith("@"):
        raise RuleRefused(
            "uid_invalid",
            f"Tên tài khoản “{entry.uid}” không dùng được: không để trống, không thừa dấu cách, "
            "không bắt đầu bằng “@”. Hãy đặt tên khác.",
            uid=entry.uid,
        )
    name, unit, note = map(clean, (entry.display_name, entry.department, entry.note))
    return replace(entry, display_name=name, department=unit, note=note)


def _known(keyfile: Keyfile, uid: str) -> Person:
    person = keyfile.person(uid)
    if person is None:
        raise RuleRefused(
            "unknown_person",
            f"Không có tài khoản “{uid}” trong tệp khóa. Hãy tải lại danh sách tài khoản.",
            uid=uid,
        )
    return person


def _with_person(keyfile: Keyfile, changed: Person) -> Keyfile:
    people = tuple(
        changed if person.entry.uid == changed.entry.uid else person for person in keyfile.people
    )
    return replace(keyfile, people=people)


def _with_sealed(keyfile: Keyfile, slot: Slot, unlocked: Unlocked) -> Keyfile:
    """The one generation, its key sealed to `slot` as well."""
    (current,) = keyfile.generations
    sealed = seal_key(
        unlocked.database_key,
        slot.sealing_public,
        keyfile.database_id,
        current.number,
        slot.uid,
    )
    grown = replace(current, sealed={**current.sealed, slot.uid: sealed})
    return replace(keyfile, generations=(grown,))


def _public_keys(slot: Slot) -> PersonKeys:
    return PersonKeys(slot.uid, slot.signing_public, slot.sealing_public)
