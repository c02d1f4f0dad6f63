"""Tổ chuyên môn: its members, who leads it, whose subjects are its own (M103, M117).

A tổ is a name that accounts carry; it lives as long as anybody carries it or a subject is its own.
Who leads it holds the dated office of tổ trưởng, so that its history, its delegation and its end
are those of every office.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.ids import AccountId
from app.domain.roles import Role
from app.domain.school import Account


@dataclass(frozen=True, slots=True)
class Department:
    """One tổ today. `subjects` are codes, in the order of the school's list."""

    name: str
    members: tuple[Account, ...]
    subjects: tuple[str, ...]

    @property
    def heads(self) -> tuple[Account, ...]:
        """Tổ trưởng, tổ phó: members who hold the office."""
        return tuple(m for m in self.members if Role.DEPARTMENT_HEAD.value in m.roles)

    @property
    def head_names(self) -> str:
        """Their names; "" while nobody leads it."""
        return ", ".join(head.full_name for head in self.heads)


def departments(
    accounts: Iterable[Account], subjects: Mapping[str, str], order: Iterable[str]
) -> tuple[Department, ...]:
    """Every tổ by name; `subjects` says whose each code is, `order` lists the school's codes."""
    members: dict[str, list[Account]] = {name: [] for name in subjects.values()}
    for account in accounts:
        if account.department and account.disabled_on is None:
            members.setdefault(account.department, []).append(account)
    codes = list(dict.fromkeys((*order, *subjects)))
    return tuple(
        Department(name, tuple(found), tuple(code for code in codes if subjects.get(code) == name))
        for name, found in sorted(members.items())
    )


def proposed_subjects(
    posts: Iterable[tuple[str, AccountId]], homes: Mapping[AccountId, str]
) -> dict[str, str]:
    """Whose each subject would be by who teaches it: the tổ with the most posts, ties by name.

    `posts` are (subject code, teacher), `homes` each teacher's tổ. A subject that only people
    without a tổ teach is nobody's.
    """
    votes: dict[str, Counter[str]] = {}
    for code, teacher in posts:
        home = homes.get(teacher, "")
        if home:
            votes.setdefault(code, Counter())[home] += 1
    return {
        code: min(count, key=lambda name: (-count[name], name)) for code, count in votes.items()
    }
