"""Phiếu mật khẩu ban đầu: one slip a person, cut apart and handed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class PasswordSlip:
    """What one person is told."""

    name: str
    department: str
    uid: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PasswordSlips:
    """A set of slips; secret, so it has no digest, run number or QR. `made_at` is aware (UTC+7)."""

    school: SchoolLines
    made_at: datetime
    slips: tuple[PasswordSlip, ...]
