"""What the sign-in window shows before the file is opened: names and label, by a light look.

Imports nothing: everything the first page needs is waited for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from pathlib import Path


class PeekedPerson(NamedTuple):
    """One line of the sign-in list; as `app.vault.PersonEntry`, without its module."""

    uid: str
    display_name: str
    department: str
    note: str
    active: bool


class SignInPeek(NamedTuple):
    """Lines of the sign-in list in keyfile order, disabled ones too, and the label's text.

    Nothing here is authenticated: it is shown, never decided upon.
    """

    people: tuple[PeekedPerson, ...]
    label: dict[str, str]


class PeekAtFile(Protocol):
    """Looks at the keyfile beside a school file without locking, opening or checking anything."""

    def __call__(self, path: Path) -> SignInPeek | None:
        """None when there is nothing readable; opening the file then says why, in a sentence."""
        ...
