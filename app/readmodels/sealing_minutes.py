"""Biên bản niêm phong: what was sealed, on which medium, who saw it.

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines
    from app.readmodels.minutes import Person


@dataclass(frozen=True, slots=True)
class SealingMinutes:
    """One seal on one medium; digest and fingerprint in hexadecimal.

    `manifest_digest` is the SHA-512 of the list that the seal's signature covers.
    """

    school: SchoolLines
    number: str
    day: int
    month: int
    year: int
    began: str
    ended: str
    venue: str
    chair: Person
    secretary: Person
    witnesses: tuple[Person, ...]
    school_year: str
    medium_kind: str
    medium_label: str
    medium_serial: str
    bag_name: str
    files: int
    size_text: str
    contents: tuple[str, ...]
    manifest_digest: str
    key_fingerprint: str
    read_back: str
    custodian: Person
    storage: str
    checkpoint_code: str
    bases: tuple[str, ...] = ()


def sealing_digest(minutes: SealingMinutes) -> DataDigest:
    """The data digest of the minutes as they are to be printed."""
    return data_digest({"form": "sealing_minutes", "facts": minutes})
