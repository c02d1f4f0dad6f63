"""Nhãn, bìa và sổ theo dõi of one sealed medium: the paper that lies with it in the envelope.

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A line of the register as printed."""

    day: str
    act: str
    text: str
    people: str


@dataclass(frozen=True, slots=True)
class MediumCover:
    """What stands on the label and the cover; `serial` is a drive's, or a disc image's digest."""

    school: SchoolLines
    day: int
    month: int
    year: int
    school_year: str
    medium: str
    label: str
    serial: str
    bag_name: str
    files: int
    size_text: str
    contents: tuple[str, ...]
    sealed_on: str
    manifest_digest: str
    key_fingerprint: str
    keeper: str
    place: str
    check_due: str
    lines: tuple[CoverLine, ...]
    secretary: str
    principal: str


def medium_cover_digest(cover: MediumCover) -> DataDigest:
    """The data digest of the cover as it is to be printed."""
    return data_digest({"form": "medium_cover", "facts": cover})
