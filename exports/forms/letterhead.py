"""Layout of administrative papers (Nghị định 30/2020/NĐ-CP, Phụ lục I): head, pages, signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.pdf.flow import Flow
from exports.pdf.fonts import Face, text_width
from exports.pdf.page import THIN, Frame, Paper, PDFACanvas
from exports.pdf.pdfa import DocumentInfo
from exports.pdf.qr import draw_qr
from exports.pdf.text import Align, Pen, TextStyle, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.progress import Progress
    from app.readmodels.class_book import PrintStamp, SchoolLines
    from app.readmodels.rendered_pdf import RenderedPdf

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

_WIDTH, _HEIGHT = Paper.A4.value
FRAME = Frame(30 * mm, 22 * mm, _WIDTH - 17 * mm, _HEIGHT - 20 * mm)
"""Margins: left 30, right 17, top 20, bottom 22 mm (20-25 allowed)."""

_ISSUER = TextStyle(12)
_ISSUER_BOLD = TextStyle(12, Face.BOLD)
_MOTTO = TextStyle(13, Face.BOLD)
_NUMBER = TextStyle(13)
_DATE = TextStyle(13, Face.ITALIC)
_FOOT = TextStyle(7.5, Face.ITALIC)
_SIGN_TITLE = TextStyle(12, Face.BOLD)
_SIGN_HINT = TextStyle(11, Face.ITALIC)
_SIGN_NAME = TextStyle(12.5, Face.BOLD)
SIGN_HEIGHT = 32 * mm
CLOSING_HEIGHT = 90.0
"""Points of the closing paragraph and Nơi nhận, which stay on the page of the signatures."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs by hand under `title`."""

    title: str
    name: str
    hint: str = "(Ký, ghi rõ họ tên)"


class Letter:
    """An administrative paper of `total` pages being written; `flow` takes its text."""

    def __init__(
        self, title: str, school: SchoolLines, stamp: PrintStamp, progress: Progress, total: int
    ) -> None:
        self._stamp = stamp
        self._progress = progress
        self._total = total
        self._number = 0
        info = DocumentInfo(
            title=title,
            author=school.name,
            subject=title,
            keywords=f"{stamp.run_number} d1:{stamp.digest.hex}",
            made_at=stamp.printed_at,
        )
        self.canvas = PDFACanvas(info)
        self._begin()
        self.flow = Flow(self.canvas, FRAME, self._turn, FRAME.top)

    def head(self, school: SchoolLines, number: str, day: int, month: int, year: int) -> None:
        """Issuer and number at the left, nation, motto, place and date at the right."""
        top = FRAME.top
        split = FRAME.left + FRAME.width * 0.42
        left = (FRAME.left + split) / 2 - 4
        right = (split + FRAME.right) / 2
        place = _short_place(school.commune or school.province)
        when = f"{place}, {date_line(day, month, year)}"
        y = top
        with Pen(self.canvas) as pen:
            for text, style in ((school.authority, _ISSUER), (school.name, _ISSUER_BOLD)):
                room = split - FRAME.left - 6
                for line in fit(text.upper(), style.face, style.size, room, 28).lines:
                    y -= 14
                    pen.put_in_box((FRAME.left, y - 5, split - 6, y + 11), line, style)
            pen.put_in_box((split, top - 17, FRAME.right, top - 1), NATION, _ISSUER_BOLD)
            pen.put(right, top - 29, MOTTO, _MOTTO, Align.CENTER)
            low = min(y - 24, top - 54)
            pen.put(left, low, f"Số: {number or '…………'}", _NUMBER, Align.CENTER)
            pen.put_in_box((split, low - 5, FRAME.right, low + 13), when, _DATE)
        motto = text_width(MOTTO, _MOTTO.face, _MOTTO.size) / 2
        rules = [
            (left - 32, y - 5, left + 32, y - 5),
            (right - motto, top - 34, right + motto, top - 34),
        ]
        self.canvas.rules(rules, 0.7)
        self.flow.y = low - 24

    def sign(self, signers: Sequence[Signer]) -> None:
        """One row of places to sign, kept whole on a page."""
        self.flow.keep(SIGN_HEIGHT)
        top = self.flow.y
        width = FRAME.width / len(signers)
        with Pen(self.canvas) as pen:
            for index, signer in enumerate(signers):
                left = FRAME.left + index * width + 3
                right = left + width - 6
                pen.put_in_box((left, top - 15, right, top - 1), signer.title, _SIGN_TITLE)
                pen.put_in_box((left, top - 29, right, top - 15), signer.hint, _SIGN_HINT)
                bottom = top - SIGN_HEIGHT + 8
                pen.put_in_box((left, bottom, right, bottom + 15), signer.name, _SIGN_NAME)
        self.flow.y = top - SIGN_HEIGHT

    def recipients(self, lines: Sequence[str]) -> None:
        """Nơi nhận, at the lower left of the last page."""
        self.flow.keep(16 + 12 * len(lines))
        with Pen(self.canvas) as pen:
            self.flow.y -= 13
            style = TextStyle(12, Face.BOLD_ITALIC)
            pen.put(FRAME.left, self.flow.y, "Nơi nhận:", style)
            for line in lines:
                self.flow.y -= 12.5
                pen.put(FRAME.left, self.flow.y, f"- {line}", TextStyle(11))

    def finish(self) -> RenderedPdf:
        """End the last page and the file."""
        self._end()
        return self.canvas.finish()

    def _begin(self) -> None:
        self._progress(
            self._number, max(self._total, self._number + 1), f"Trang {self._number + 1}"
        )
        self._number += 1
        self.canvas.begin_page()
        if self._number > 1:
            # Page numbers stand in the top margin and not on the first page (Phụ lục I).
            with Pen(self.canvas) as pen:
                style = TextStyle(13)
                pen.put(_WIDTH / 2, _HEIGHT - 13 * mm, str(self._number), style, Align.CENTER)

    def _end(self) -> None:
        stamp = self._stamp
        parts = [
            f"Bản in số {stamp.run_number}",
            f"in lúc {stamp.printed_at_text}",
            f"mã dữ liệu {stamp.digest.code}",
            f"mã nhật ký {stamp.checkpoint_code}" if stamp.checkpoint_code else "",
        ]
        y = 13 * mm
        self.canvas.rules([(FRAME.left, y + 9, FRAME.right - 16 * mm, y + 9)], THIN)
        with Pen(self.canvas) as pen:
            text = " · ".join(part for part in parts if part)
            pen.put_in_box(
                (FRAME.left, y - 5, FRAME.right - 18 * mm, y + 7), text, _FOOT, Align.LEFT
            )
            pen.put(FRAME.left, y - 10, f"Trang {self._number}/{self._total}", _FOOT)
        draw_qr(self.canvas, stamp.qr_payload, FRAME.right - 15 * mm, 5 * mm, 15 * mm)
        self.canvas.end_page()

    def _turn(self) -> None:
        self._end()
        self._begin()


def write_letter(
    title: str,
    school: SchoolLines,
    stamp: PrintStamp,
    write: Callable[[Letter], None],
    progress: Progress,
) -> RenderedPdf:
    """The finished paper; `write` fills it, twice, since every foot says how many pages follow."""
    draft = Letter(title, school, stamp, no_progress, 0)
    write(draft)
    letter = Letter(title, school, stamp, progress, draft.finish().pages)
    write(letter)
    return letter.finish()


def date_line(day: int, month: int, year: int) -> str:
    """As NĐ 30/2020 writes it: a 0 before days under 10 and before January and February."""
    return (
        f"ngày {day:02} tháng {month:02} năm {year}"
        if month < 3
        else (f"ngày {day:02} tháng {month} năm {year}")
    )


def _short_place(place: str) -> str:
    """The bare name, as a date line has it: "Hạc Thành" for "Phường Hạc Thành"."""
    for kind in ("Phường ", "Xã ", "Đặc khu ", "Thị trấn ", "Thành phố ", "Tỉnh "):
        if place.casefold().startswith(kind.casefold()):
            return place[len(kind) :]
    return place
