"""The code on a sheet, as a scanner types it or a person reads it from the foot.

The QR carries ``KS1|<run number>|<whole digest, 52 base32 characters>``; the foot prints the first
8 characters of the same digest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.errors import RuleRefused

# A scanner set to another keyboard types another sign for the stroke.
_QR = re.compile(r"KS1[^0-9A-Z]([0-9]*)[^0-9A-Z]([A-Z2-7]{52})\Z")
_SHORT = re.compile(r"[A-Z2-7]{8}\Z")
_NUMBER = re.compile(r"[0-9]{1,4}\Z")
_SPACES = re.compile(r"[\s\-]+")


@dataclass(frozen=True, slots=True)
class PaperCode:
    """What was read: a run's number of a year (0: none), the beginning of a digest ("": none)."""

    number: int = 0
    digest: str = ""
    is_draft: bool = False


def read_code(text: str) -> PaperCode:
    """The code in `text`, in capital or small letters; RuleRefused says what to do instead."""
    found = text.strip().upper()
    if not found:
        raise RuleRefused(
            "paper_code_empty", "Chưa có mã; hãy quét mã QR ở chân trang, hoặc gõ mã dữ liệu."
        )
    if not found.isascii():
        raise RuleRefused(
            "paper_code_typed_vietnamese",
            "Mã đọc được có chữ có dấu: bộ gõ tiếng Việt đang bật nên đổi chữ của máy quét. Hãy "
            "tắt bộ gõ (chuyển sang E) rồi quét lại.",
        )
    qr = _QR.match(found)
    if qr is not None:
        return PaperCode(int(qr[1] or 0), qr[2], is_draft=not qr[1])
    short = _SPACES.sub("", found)
    if _NUMBER.match(short):
        return PaperCode(number=int(short))
    if _SHORT.match(short):
        return PaperCode(digest=short)
    raise RuleRefused(
        "paper_code_unreadable",
        f"“{text.strip()[:60]}” không phải mã của bản in: mã QR bắt đầu bằng KS1, mã dữ liệu ở "
        "chân trang có 8 chữ và số, số bản in có nhiều nhất 4 chữ số; hãy quét hoặc gõ lại.",
    )
