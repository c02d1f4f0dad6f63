"""Tài khoản: names, sign-in names and who may do what to whom."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from app.errors import RuleRefused
from app.text import clean, fold, strange_letter

_NOT_IN_NAMES = frozenset('=+@<>{}[]|\\"#$%^*_;:!?/~`')
_UID_LIMIT = 40
_NAME_LIMIT = 100


def clean_person_name(name: str, what: str = "Họ tên") -> str:
    """A person's name, NFC, single spaces; digits and signs are refused."""
    cleaned = clean(name)
    if not cleaned:
        raise RuleRefused("name_missing", f"{what} còn trống; hãy ghi đủ họ và tên.")
    refuse_too_long(cleaned, what, _NAME_LIMIT)
    if any(ch.isdecimal() or ch in _NOT_IN_NAMES for ch in cleaned):
        raise RuleRefused(
            "name_invalid",
            f"{what} “{cleaned}” có chữ số hoặc dấu lạ; hãy ghi lại họ tên bằng chữ.",
        )
    strange = strange_letter(cleaned)
    if strange:
        raise RuleRefused(
            "name_invalid",
            f"{what} “{cleaned}” có ký tự “{strange}” (mã U+{ord(strange):04X}) không phải chữ "
            "Việt, có thể chép từ tệp dùng bảng chữ khác; hãy gõ lại họ tên bằng bộ gõ tiếng Việt.",
        )
    return cleaned


def refuse_too_long(text: str, what: str, limit: int) -> None:
    """Refuse a text longer than `limit` characters; `what` begins the sentence."""
    if len(text) > limit:
        raise RuleRefused(
            "text_too_long",
            f"{what} dài {len(text)} ký tự, sổ chứa nhiều nhất {limit}; hãy ghi ngắn lại.",
            length=len(text),
            limit=limit,
        )


def uid_for(name: str, taken: Collection[str]) -> str:
    """A free sign-in name in plain letters: "Nguyễn Văn Ân" -> "nguyen.van.an", then "…an2"."""
    kept = "".join(ch if ch.isascii() and ch.isalnum() else " " for ch in fold(name))
    base = ".".join(kept.split())[:_UID_LIMIT].rstrip(".") or "nguoi.dung"
    number, uid = 1, base
    while uid in taken:
        number += 1
        uid = f"{base}{number}"
    return uid


def fingerprint(public_key: bytes) -> str:
    """A signing key as people compare it: SHA-256 of its 32 bytes, groups of four capitals."""
    digits = hashlib.sha256(public_key).hexdigest().upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
