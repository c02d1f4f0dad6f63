"""The vault as a port: who may open the encrypted file, and with which keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

RECOVERY_UID = "@recovery"
"""The `Unlocked.uid` of a session opened with the printed recovery code; no person has it."""

SchoolLabel = dict[str, str]
"""What the sign-in window may show before anybody signs in: school_name, year, classes, principal.

Readable without a password, so it never holds a pupil's name or anything confidential.
"""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """One line of the sign-in list, readable before unlocking.

    `note` is a short role for the eye ("GVCN 6A"); `active` False keeps the line and refuses the
    sign-in.
    """

    uid: str
    display_name: str
    department: str = ""
    note: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """Public halves of one person, 32 raw bytes each, to be pinned in the trail and on paper."""

    uid: str
    signing_public_key: bytes
    sealing_public_key: bytes


class Signer(Protocol):
    """Signs in one person's name with Ed25519."""

    @property
    def uid(self) -> str:
        """Whose key it is."""
        ...

    @property
    def public_key(self) -> bytes:
        """32 raw bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64-byte Ed25519 signature."""
        ...


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a right password gives.

    `database_key` is the raw 256-bit key of `generation`. `serial` counts the saves of the keyfile:
    a number lower than the last one in the trail means an old keyfile was put back.
    `rotation_pending` means a change of key was interrupted and must be finished before the file is
    opened.
    """

    uid: str
    database_key: bytes = field(repr=False)
    signer: Signer = field(repr=False)
    generation: int
    serial: int = 0
    rotation_pending: bool = False


@dataclass(frozen=True, slots=True)
class Founding:
    """A new keyfile: the first person's session and keys, and the code to print (kept nowhere)."""

    unlocked: Unlocked
    keys: PersonKeys
    recovery_code: str = field(repr=False)


class Vault(Protocol):
    """The keyfile beside the database.

    Every call that takes a password derives a key (about 0.2 s): run it as a job. Wrong secrets
    raise `AccessDenied` (`wrong_password`, `unknown_person`, `disabled_person`,
    `wrong_recovery_code`); a missing, damaged, forged or newer keyfile raises `EnvironmentProblem`;
    a weak password or an impossible change raises `RuleRefused`.
    """

    def create(self, entry: PersonEntry, password: str, label: Mapping[str, str]) -> Founding:
        """Make the keyfile of a new database; refuses to replace one."""
        ...

    def people(self) -> tuple[PersonEntry, ...]:
        """Everybody with a slot, in the order they were added; not yet authenticated."""
        ...

    def label(self) -> SchoolLabel:
        """Text for the sign-in window; not yet authenticated."""
        ...

    def check_password(self, password: str, entry: PersonEntry | None = None) -> None:
        """Refuse (`RuleRefused`) a new password that is too short or too easily guessed."""
        ...

    def unlock(self, uid: str, password: str) -> Unlocked:
        """Sign in: the database key and the person's signer."""
        ...

    def unlock_signer(self, uid: str, password: str) -> Signer:
        """Only the signer, for a decision taken inside somebody else's session."""
        ...

    def unlock_by_recovery(self, code: str) -> Unlocked:
        """Open with the printed recovery code; spaces, dashes, case, O/0, I/L/1 are forgiven."""
        ...

    def add_person(self, unlocked: Unlocked, entry: PersonEntry, password: str) -> PersonKeys:
        """Give a person a slot and new keys."""
        ...

    def reset_password(self, unlocked: Unlocked, uid: str, new_password: str) -> PersonKeys:
        """Forgotten password: new keys, both halves; the old public key stays in the trail."""
        ...

    def change_password(self, uid: str, old: str, new: str) -> None:
        """Own password; keys and database stay as they are."""
        ...

    def update_person(self, unlocked: Unlocked, entry: PersonEntry) -> None:
        """Change name, department, note or active of the entry with the same uid."""
        ...

    def update_label(self, unlocked: Unlocked, label: Mapping[str, str]) -> None:
        """Replace the sign-in label."""
        ...

    def serial(self, unlocked: Unlocked) -> int:
        """How often the keyfile beside the database was saved; authenticated."""
        ...

    def remove_person(
        self, unlocked: Unlocked, uid: str, strangers: Collection[str] = ()
    ) -> Unlocked:
        """Take the slot away and change the database key, so that an old copy of it is useless.

        `strangers` are slots without an account, put there by somebody who held the key: they are
        not given the new one. Every connection to the file must be closed first; go on with the
        `Unlocked` returned.
        """
        ...

    def renew_recovery_code(self, unlocked: Unlocked) -> str:
        """A new printed code; the old one stops working on this keyfile."""
        ...

    def finish_rotation(self, unlocked: Unlocked) -> Unlocked:
        """Carry an interrupted change of key to its end; the same object when there is none."""
        ...

    def write_reduced_copy(
        self, unlocked: Unlocked, path: Path, keep_uids: Collection[str]
    ) -> None:
        """A keyfile for copies that leave the PC: the recovery slot and `keep_uids` only."""
        ...
