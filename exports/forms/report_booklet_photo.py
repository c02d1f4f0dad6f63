"""Ảnh 3x4 on a booklet's first page: small, without transparency, upright."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from app.errors import AppError

if TYPE_CHECKING:
    from exports.pdf.page import PDFACanvas

_PIXELS = (354, 472)
"""3 cm x 4 cm at 300 dpi."""
_QUALITY = 85
_MOST_PIXELS = 40_000_000
"""A few kilobytes can claim to be a picture that fills the memory."""


def draw_photo(
    canvas: PDFACanvas, photo: bytes, name: str, box: tuple[float, float, float, float]
) -> None:
    """The photo of `name` in (left, bottom, right, top); raises AppError `photo_unreadable`."""
    jpeg = _printable(photo)
    if jpeg is None:
        raise AppError(
            "photo_unreadable",
            f"Ảnh của {name} không mở được nên chưa in được học bạ; hãy thay hoặc bỏ ảnh ấy ở "
            "trang Danh sách lớp rồi in lại.",
        )
    left, bottom, right, top = box
    canvas.drawImage(ImageReader(BytesIO(jpeg)), left, bottom, right - left, top - bottom)


def _printable(photo: bytes) -> bytes | None:
    """A plain JPEG of the print's size; None when the bytes are no picture."""
    try:
        with Image.open(BytesIO(photo)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(opened)
            flat = Image.new("RGB", upright.size, "white")
            solid = upright.convert("RGBA")
            flat.paste(solid, mask=solid.getchannel("A"))
            small = ImageOps.fit(flat, _PIXELS, Image.Resampling.LANCZOS)
            out = BytesIO()
            small.save(out, "JPEG", quality=_QUALITY)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        # What Pillow raises for bytes that break off or lie about themselves.
        return None
    return out.getvalue()
