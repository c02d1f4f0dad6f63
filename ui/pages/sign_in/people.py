"""Who can sign in, as plain data, and how a few typed letters find them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.text import fold, name_key

if TYPE_CHECKING:
    from collections.abc import Mapping


class Person(Protocol):
    """One account that may sign in."""

    @property
    def uid(self) -> str:
        """The account's permanent id."""
        ...

    @property
    def display_name(self) -> str:
        """Họ và tên."""
        ...

    @property
    def department(self) -> str:
        """Tổ chuyên môn, Ban giám hiệu, Văn phòng."""
        ...

    @property
    def note(self) -> str:
        """Subject and classes, or the post."""
        ...


@dataclass(frozen=True, slots=True)
class SignInPeople:
    """Everybody, departments in the order they first appear."""

    people: tuple[Person, ...]

    def departments(self) -> tuple[tuple[str, int], ...]:
        """(department, head count)."""
        counts: dict[str, int] = {}
        for person in self.people:
            counts[person.department] = counts.get(person.department, 0) + 1
        return tuple(counts.items())

    def of(self, department: str) -> tuple[Person, ...]:
        """People of one department by Vietnamese given name."""
        chosen = [person for person in self.people if person.department == department]
        return tuple(sorted(chosen, key=lambda person: name_key(person.display_name)))

    def named(self, words: str) -> tuple[Person, ...]:
        """People whose name holds every word, marks optional; given names that begin so first."""
        wanted = fold(words).split()
        if not wanted:
            return ()
        found: list[tuple[int, str, Person]] = []
        for person in self.people:
            parts = fold(person.display_name).split()
            if all(any(part.startswith(word) for part in parts) for word in wanted):
                first = 0 if parts[-1].startswith(wanted[-1]) else 1
                found.append((first, name_key(person.display_name), person))
        found.sort(key=lambda entry: entry[:2])
        return tuple(person for _, _, person in found)

    def by_uid(self, uid: str) -> Person | None:
        """The person with that id."""
        return next((person for person in self.people if person.uid == uid), None)


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """What stands around the list: the label of the book and the file it opens.

    `label` keeps its order: Năm học, Sổ mở, Hiệu trưởng, Sao lưu.
    """

    school: str
    label: Mapping[str, str]
    file_name: str
    file_line: str
