"""Nhận xét: the free words a teacher writes beside a pupil's marks."""

from __future__ import annotations

from app.errors import RuleRefused
from app.text import clean

COMMENT_LIMIT = 120
"""Most characters (NFC) of one comment: what the printed book's line can hold."""


def parse_comment(text: str) -> str:
    """The comment as stored: NFC, one line. Raises RuleRefused when longer than COMMENT_LIMIT."""
    comment = clean(text)
    if len(comment) > COMMENT_LIMIT:
        raise RuleRefused(
            "comment_too_long",
            f"Nhận xét dài {len(comment)} chữ cái, dòng in trong sổ chỉ chứa {COMMENT_LIMIT}; "
            f"bớt {len(comment) - COMMENT_LIMIT} chữ cái rồi ghi lại.",
            length=len(comment),
        )
    return comment
