"""What the welcome form hands over, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SchoolDraft:
    """Everything needed to make a new book; texts are NFC and trimmed."""

    school_name: str
    authority: str
    commune: str
    province: str
    principal_name: str
    password: str
    stage: str = "thcs"


@dataclass(frozen=True, slots=True)
class PasswordVerdict:
    """What the rule says of a password: good enough or not, and why in one sentence."""

    is_good: bool
    sentence: str
