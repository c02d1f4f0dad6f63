"""Phiếu phân quyền and danh sách tài khoản as their papers tell them.

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class RoleLine:
    """An office held or once held; days as printed, `until` "" while it lasts."""

    title: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post of today: class, subject (or GVCN), since when."""

    class_name: str
    subject: str
    since: str


@dataclass(frozen=True, slots=True)
class PermissionPaper:
    """What one person may do, with the key they sign by; both sides sign the paper (M103).

    `rights` are whole sentences. `fingerprint` is the signing key's, `key_since` its day.
    """

    school: SchoolLines
    school_year: str
    day: int
    month: int
    year: int
    name: str
    uid: str
    department: str
    roles: tuple[RoleLine, ...]
    posts: tuple[PostLine, ...]
    rights: tuple[str, ...]
    fingerprint: str
    key_since: str
    principal: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of the list, as printed."""

    name: str
    uid: str
    department: str
    roles: str
    state: str
    last_use: str


@dataclass(frozen=True, slots=True)
class AccountList:
    """Every account of the file on one day (M96)."""

    school: SchoolLines
    school_year: str
    day: int
    month: int
    year: int
    rows: tuple[AccountRow, ...]
    principal: str
    maker: str


def permission_digest(paper: PermissionPaper) -> DataDigest:
    """The data digest of the paper as it is to be printed."""
    return data_digest({"form": "permission_sheet", "facts": paper})


def account_list_digest(paper: AccountList) -> DataDigest:
    """The data digest of the list as it is to be printed."""
    return data_digest({"form": "account_list", "facts": paper})
