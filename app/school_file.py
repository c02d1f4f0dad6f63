"""One open school file as a port: create, open, sign in, change user, close."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.actor import Actor
from app.backup_maker import BackupMaker
from app.domain.ids import AccountId
from app.domain.school import School
from app.ports import UowFactory
from app.progress import Progress, no_progress
from app.restoring import Restoring
from app.salvaging import Salvaging
from app.vault import PersonEntry, SchoolLabel, Signer, Unlocked, Vault


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session: everything the services of one signed-in person are built from.

    `warnings` are whole sentences to show once (an older file put back, failed sign-ins, a clock
    set back); `previous_sign_in` is this person's last time before this one.
    """

    actor: Actor
    school: School
    uow: UowFactory = field(repr=False)
    signer: Signer = field(repr=False)
    unlocked: Unlocked = field(repr=False)
    backups: BackupMaker = field(repr=False)
    previous_sign_in: datetime | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides inside somebody else's session: person and key, for one dialog."""

    actor: Actor
    signer: Signer = field(repr=False)


@dataclass(frozen=True, slots=True)
class PracticeCopy:
    """A copy to practise on beside the school's file: `name` is its folder's."""

    name: str
    made_at: datetime
    bytes: int


class SchoolFile(Protocol):
    """A file this program holds the lock of, with or without somebody signed in.

    Calls that take a password derive a key (about 0.2 s): run them as a job. Every refusal is an
    `AppError`; a refused sign-in leaves nobody signed in and the lock held.
    """

    @property
    def path(self) -> Path:
        """The database file."""
        ...

    @property
    def vault(self) -> Vault:
        """The keyfile beside it."""
        ...

    @property
    def session(self) -> SignedIn | None:
        """Who is signed in."""
        ...

    def people(self) -> tuple[PersonEntry, ...]:
        """Lines of the sign-in list, disabled ones too; not yet authenticated."""
        ...

    def label(self) -> SchoolLabel:
        """Text for the sign-in window; not yet authenticated."""
        ...

    def sign_in(self, uid: str, password: str) -> SignedIn:
        """Open the file as a person, bring its schema up to date, and record the sign-in."""
        ...

    def take_over(self, uid: str, password: str) -> SignedIn:
        """Sign in over somebody's locked session, which ends only once the password is right."""
        ...

    def leaders(self, code: str) -> tuple[PersonEntry, ...]:
        """Whose password the printed recovery code may set: principals and administrators."""
        ...

    def recover(self, code: str, uid: str, new_password: str) -> SignedIn:
        """Open with the printed recovery code, give a principal or administrator new keys, sign in.

        The new signing key is recorded in the trail; print the code anew afterwards.
        """
        ...

    def refreshed(self) -> SignedIn:
        """The session with today's roles and assignments, after they were changed."""
        ...

    def decider(self, uid: str, password: str) -> Decider:
        """A person who decides inside this session; the session itself is untouched."""
        ...

    def revoke(self, account_id: AccountId) -> SignedIn:
        """Thu hồi khóa: a disabled person's slot is taken away and the file gets a new key.

        Old copies of their slot open nothing any more. Nobody else's password is needed, but every
        job must have ended: the file is closed for a moment. Rebuild the services from the session
        returned.
        """
        ...

    def check_integrity(self) -> tuple[str, ...]:
        """Every page, index and reference of the open file; findings, empty when it is sound."""
        ...

    def restoring(self) -> Restoring:
        """Backups that may take this file's place, with or without somebody signed in."""
        ...

    def salvaging(self) -> Salvaging:
        """Reading around the damage of this file; nobody is signed in."""
        ...

    def practice_copies(self) -> tuple[PracticeCopy, ...]:
        """Copies to practise on that lie beside this file, the newest first."""
        ...

    def remove_practice_copy(self, name: str) -> None:
        """Delete one of them; refused while it is open somewhere."""
        ...

    def practice_copy(self, progress: Progress = no_progress) -> Path:
        """A copy to practise on, marked as such, in a folder beside the file; run it as a job."""
        ...

    def switch_user(self) -> None:
        """F12: record the sign-out, sign the trail, forget the keys; the lock stays."""
        ...

    def note_head(self) -> None:
        """Write the trail's head beside the file; call it when the program idles."""
        ...

    def close(self) -> None:
        """Sign the end of the day for whoever is signed in, fold the log in, release the lock.

        The lock is released even when the rest fails and is raised.
        """
        ...


@dataclass(frozen=True, slots=True)
class Founded:
    """A new school: its open file with the principal signed in, and the code to print once."""

    file: SchoolFile
    signed_in: SignedIn
    recovery_code: str = field(repr=False)


class SchoolFiles(Protocol):
    """Where school files come from."""

    def create(self, path: Path, school: School, principal_name: str, password: str) -> Founded:
        """A new file with its first person; leaves nothing behind when it fails."""
        ...

    def open(self, path: Path) -> SchoolFile:
        """Take the lock of an existing file; nobody is signed in yet.

        A restore that was interrupted is finished first.
        """
        ...

    def restoring(self, path: Path) -> Restoring:
        """Backups for a place where no file opens: none yet, or one beyond reading."""
        ...

    def salvaging(self, path: Path) -> Salvaging:
        """Reading around the damage of a file that does not open."""
        ...
