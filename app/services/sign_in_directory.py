"""The sign-in window's list and label, kept in the keyfile, derived from the accounts.

The database is the truth and the keyfile a copy readable before unlocking. `refresh` makes the copy
equal: it is idempotent, runs after every change and at every sign-in, so a crash between the two
files only leaves the list stale until the next sign-in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.clock import Clock
from app.domain.ids import AccountId, ClassId
from app.domain.practice import MARK, Practice
from app.domain.roles import Role
from app.domain.school import Account, SchoolClass, SchoolYear
from app.ports import UnitOfWork, UowFactory
from app.services.practice import practice_of
from app.text import class_key
from app.vault import PersonEntry, SchoolLabel, Unlocked, Vault

_LEADING = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR, Role.SECRETARY)


@dataclass(frozen=True, slots=True)
class Directory:
    """What the keyfile should say: lines by sign-in name, and the label."""

    entries: Mapping[str, PersonEntry]
    label: SchoolLabel


class SignInDirectory:
    """Writes the derived list into the keyfile of one session."""

    def __init__(self, uows: UowFactory, clock: Clock, vault: Vault, unlocked: Unlocked) -> None:
        self._uows = uows
        self._clock = clock
        self._vault = vault
        self._unlocked = unlocked

    def refresh(self) -> tuple[str, ...]:
        """Make the keyfile's list and label equal to the accounts; writes only what differs.

        A slot without an account (its creation was interrupted) is switched off. Returns the names
        of accounts without a slot: they cannot sign in until their password is reset.
        """
        with self._uows.read() as uow:
            wanted = directory(uow, self._clock.today())
        present = {entry.uid: entry for entry in self._vault.people()}
        for uid, entry in present.items():
            right = wanted.entries.get(uid) or replace(entry, active=False)
            if right != entry:
                self._vault.update_person(self._unlocked, right)
        if self._vault.label() != wanted.label:
            self._vault.update_label(self._unlocked, wanted.label)
        return tuple(
            entry.display_name for uid, entry in wanted.entries.items() if uid not in present
        )


def directory(uow: UnitOfWork, day: date) -> Directory:
    """The sign-in list and label as the accounts say on `day`."""
    accounts = uow.accounts.all(day)
    year = current_year(uow, day)
    classes = uow.school.classes(year.id) if year else ()
    notes = _teaching_notes(uow, classes, day)
    school = uow.school.get()
    principal = next((one.full_name for one in accounts if Role.PRINCIPAL in one.roles), "")
    label = {
        "school_name": school.name if school else "",
        "year": year.name if year else "",
        "classes": str(len(classes)),
        "principal": principal,
    }
    practice = practice_of(uow)
    if practice is not Practice.NONE:
        label[MARK] = practice.value
    entries = {one.uid: _entry(one, notes.get(one.id, "")) for one in accounts}
    return Directory(entries, label)


def current_year(uow: UnitOfWork, day: date) -> SchoolYear | None:
    """The school year of `day`: the latest that has begun, else the first to come."""
    years = uow.school.years()
    begun = [year for year in years if year.starts_on <= day]
    if begun:
        return max(begun, key=lambda year: year.starts_on)
    return min(years, key=lambda year: year.starts_on, default=None)


def _entry(account: Account, teaching: str) -> PersonEntry:
    offices = [role.label for role in _LEADING if role in account.roles]
    note = " · ".join([*offices, teaching] if teaching else offices)
    active = account.disabled_on is None
    return PersonEntry(account.uid, account.full_name, account.department, note, active)


def _teaching_notes(
    uow: UnitOfWork, classes: tuple[SchoolClass, ...], day: date
) -> dict[AccountId, str]:
    """What each teacher of these classes does, as "GVCN 6A · Toán 6A, 6B"."""
    years = {klass.school_year_id for klass in classes}
    names = {
        subject.id: subject.short_name
        for year_id in years
        for subjects in uow.studies.of_classes(year_id).values()
        for subject in subjects
    }
    by_id: dict[ClassId, SchoolClass] = {klass.id: klass for klass in classes}
    homeroom: dict[AccountId, list[str]] = {}
    teaching: dict[AccountId, dict[str, list[str]]] = {}
    for one in uow.accounts.assignments():
        klass = by_id.get(one.class_id)
        if klass is None or not one.covers(day):
            continue
        if one.subject_id is None:
            homeroom.setdefault(one.account_id, []).append(klass.name)
        else:
            subject_name = names[one.subject_id]
            teaching.setdefault(one.account_id, {}).setdefault(subject_name, []).append(klass.name)
    notes: dict[AccountId, str] = {}
    for account_id in homeroom.keys() | teaching.keys():
        parts = []
        if account_id in homeroom:
            parts.append(f"GVCN {_listed(homeroom[account_id])}")
        parts += [
            f"{name} {_listed(where)}" for name, where in teaching.get(account_id, {}).items()
        ]
        notes[account_id] = " · ".join(parts)
    return notes


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names, key=class_key))
