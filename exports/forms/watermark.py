"""Words under a page that must not pass for an official one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.pdf.fonts import Face
from exports.pdf.page import FAINT
from exports.pdf.text import Align, Pen, TextStyle

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from exports.pdf.page import PDFACanvas

_DRAFT = "BẢN LÀM VIỆC"
_PRACTICE = "BẢN TẬP"
_SIZE = 78.0


def watermark(canvas: PDFACanvas, stamp: PrintStamp, width: float, height: float) -> None:
    """Light grey and aslant; nothing for an official print of the school's own book.

    Transparency is left out of archival files, so the words lie under the text.
    """
    words = _PRACTICE if stamp.practice else (_DRAFT if stamp.draft else "")
    if not words:
        return
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(52)
    with Pen(canvas) as pen:
        pen.put(0, -26, words, TextStyle(_SIZE, Face.BOLD, FAINT), Align.CENTER)
    canvas.restoreState()


def warning(stamp: PrintStamp) -> str:
    """The same in the foot of a page, for whoever reads a copy without colour."""
    if stamp.practice:
        return "BẢN TẬP, không phải giấy tờ của trường"
    return "BẢN LÀM VIỆC, không dùng để ký" if stamp.draft else ""
