"""Phiếu khôi phục: the printed code that opens the file when every password is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """One sheet; the code is secret, so the sheet has no digest, run number or QR.

    `groups` are the code's groups in reading order; `made_at` is aware (UTC+7).
    """

    school: SchoolLines
    file_name: str
    made_at: datetime
    groups: tuple[str, ...]
    principal: str
