"""Ảnh học sinh: a small 3x4 picture, told by its first bytes before anything decodes it."""

from __future__ import annotations

from app.errors import RuleRefused

MOST_BYTES = 200 * 1024
"""A printed 3x4 photo at 300 dpi is a tenth of it; bigger ones would swell every backup."""
_JPEG_START, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_PNG_START, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


def photo_format(content: bytes) -> str:
    """Either "jpeg" or "png", "" for anything else, also for a picture that breaks off."""
    if content.startswith(_JPEG_START) and content.endswith(_JPEG_END):
        return "jpeg"
    if content.startswith(_PNG_START) and content.endswith(_PNG_END):
        return "png"
    return ""


def check_photo(content: bytes, name: str) -> None:
    """Refuse what is no small JPEG or PNG; `name` is the pupil's. Raises RuleRefused."""
    if len(content) > MOST_BYTES:
        raise RuleRefused(
            "photo_too_big",
            f"Ảnh của {name} nặng {len(content) // 1024} KB, sổ chứa nhiều nhất "
            f"{MOST_BYTES // 1024} KB một ảnh; hãy chọn ảnh nhỏ hơn.",
        )
    if not photo_format(content):
        raise RuleRefused(
            "photo_format",
            f"Tệp chọn làm ảnh của {name} không phải ảnh JPEG hoặc PNG còn nguyên; hãy chọn ảnh "
            "khác hoặc lưu lại ảnh dạng JPEG.",
        )
