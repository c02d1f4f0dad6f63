"""Layout of administrative papers (Nghị định 30/2020/NĐ-CP, Phụ lục I): head, pages, signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.domain.form_settings import PRINCIPAL, BookForm
from app.progress import no_progress
from exports.forms.school_lines import date_place, placed
from exports.forms.watermark import warning, watermark
from exports.pdf.flow import BODY_BOLD, Flow
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
_TITLE = TextStyle(14, Face.BOLD)
_SIGN_TITLE = TextStyle(13, Face.BOLD)
_SIGN_HINT = TextStyle(12, Face.ITALIC)
_SIGN_NAME = TextStyle(13, Face.BOLD)
_SIGN_LINE = 16.0
_SIGNED_SPACE = 20 * mm
_STAMPED_SPACE = 30 * mm
"""White above the printed name; the red stamp is 36 mm across and reaches over the title."""
_BEFORE_SIGNATURES = 6.0
_RECIPIENTS_HEAD, _RECIPIENTS_LINE = 16.0, 12.5
SIGNERS_A_ROW = 3
_HEADING_WITH_TEXT = 60.0
"""Points: a heading stays with the first lines under it."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs by hand under `title`."""

    title: str
    name: str
    stamped: bool = False
    decided: bool = False
    """The paper tells that this person decided: the school's form puts nobody in the place."""


class Letter:
    """An administrative paper of `total` pages being written; `flow` takes its text."""

    def __init__(
        self, title: str, school: SchoolLines, stamp: PrintStamp, progress: Progress, total: int
    ) -> None:
        self._stamp = stamp
        self._progress = progress
        self._total = total
        self._number = 0
        self._leaf = 0
        self._skipped = 0
        info = DocumentInfo(
            title=title,
            author=school.name,
            subject=title,
            keywords=f"{stamp.run_number} d1:{stamp.digest.hex}",
            made_at=stamp.printed_at,
        )
        self.canvas = PDFACanvas(info, form=stamp.forms.of(BookForm.LETTER))
        self._begin()
        self.flow = Flow(self.canvas, FRAME, self._turn, FRAME.top)

    def head(
        self,
        school: SchoolLines,
        number: str,
        day: int,
        month: int,
        year: int,
        *,
        numbered: bool = True,
    ) -> None:
        """Issuer and number at the left, nation, motto, place and date at the right.

        Without `numbered` the lower line stays away: a quy chế goes out with its decision.
        """
        top = FRAME.top
        split = FRAME.left + FRAME.width * 0.42
        left = (FRAME.left + split) / 2 - 4
        right = (split + FRAME.right) / 2
        where = date_place(placed(school, self.canvas.form))
        when = f"{where}, {date_line(day, month, year)}"
        y = top
        with Pen(self.canvas) as pen:
            for text, style in ((school.authority, _ISSUER), (school.name, _ISSUER_BOLD)):
                room = split - FRAME.left - 6
                for line in fit(text.upper(), style.face, style.size, room, 28).lines:
                    pen.put_in_box((FRAME.left, y - 16, split - 6, y), line, style)
                    y -= 15
            pen.put_in_box((split, top - 16, FRAME.right, top), NATION, _ISSUER_BOLD)
            pen.put_in_box((split, top - 32, FRAME.right, top - 16), MOTTO, _MOTTO)
            low = min(y - 26, top - 58)
            if numbered:
                pen.put(left, low, f"Số: {number or '…………'}", _NUMBER, Align.CENTER)
                pen.put_in_box((split, low - 5, FRAME.right, low + 13), when, _DATE)
        motto = text_width(MOTTO, _MOTTO.face, _MOTTO.size) / 2
        rules = [
            (left - 32, y - 4, left + 32, y - 4),
            (right - motto, top - 34, right + motto, top - 34),
        ]
        self.canvas.rules(rules, 0.7)
        self.flow.y = low - 18

    def title(self, about: str, kind: str = "BIÊN BẢN") -> None:
        """The kind of paper, what about, and the short rule under it."""
        flow = self.flow
        flow.centred(kind, _TITLE)
        flow.centred(about, _TITLE)
        y, half = flow.y - 7, FRAME.width / 10
        self.canvas.rules([(FRAME.middle - half, y, FRAME.middle + half, y)], 0.7)
        flow.gap(18)

    def grounds(self, lines: Sequence[str]) -> None:
        """The "Căn cứ" lines, each on its own, the last one with a full stop (Phụ lục I)."""
        for number, line in enumerate(lines, 1):
            self.flow.paragraph(f"{line}{'.' if number == len(lines) else ';'}")
        if lines:
            self.flow.gap(4)

    def sign_beside(self, recipients: Sequence[str], signer: Signer) -> None:
        """Nơi nhận at the left, the signature at the right, as a letter ends (Phụ lục I)."""
        flow = self.flow
        height = self.sign_height(recipients)
        flow.keep(height)
        top, bottom = flow.y, flow.y - height
        title, name = self.canvas.form.signed(signer.title, signer.name, on_order=False)
        with Pen(self.canvas) as pen:
            low = top
            for line in title.split("\n"):
                low -= _SIGN_LINE
                box = (FRAME.middle, low, FRAME.right, low + _SIGN_LINE)
                pen.put_in_box(box, line, _SIGN_TITLE)
            box = (FRAME.middle, bottom, FRAME.right, bottom + _SIGN_LINE)
            pen.put_in_box(box, name, _SIGN_NAME)
        self._recipients(recipients, FRAME.width / 2 - 10)
        flow.y = bottom

    def sign_height(self, recipients: Sequence[str]) -> float:
        """Points that `sign_beside` takes on one page."""
        # KT. takes a second line over the stamp (Phụ lục I).
        title, _ = self.canvas.form.signed(PRINCIPAL, "", on_order=False)
        signed = (title.count("\n") + 2) * _SIGN_LINE + _STAMPED_SPACE
        return max(signed, _RECIPIENTS_HEAD + _RECIPIENTS_LINE * (len(recipients) + 1))

    def sign_rows(self, rows: Sequence[Sequence[Signer]], recipients: Sequence[str]) -> None:
        """Places to sign one beside the other, then Nơi nhận."""
        for row in rows:
            self.sign(row)
        self._recipients(recipients)

    def begin_part(self) -> None:
        """The next page, whose own numbering begins again; the foot goes on counting."""
        self._end()
        self._leaf = 0
        self._begin()
        self.flow.y = FRAME.top

    def skip(self, pages: int) -> None:
        """Leave room in the running numbers for pages bound behind this one by hand."""
        self._skipped = pages

    @property
    def page(self) -> int:
        """The running number of the page being written."""
        return self._number

    def conclude(
        self,
        heading: str,
        texts: Sequence[str],
        closing: str,
        rows: Sequence[Sequence[Signer]],
        recipients: Sequence[str],
    ) -> None:
        """The last part, its closing sentence, places to sign and Nơi nhận.

        All on one page where they fit on one, so that nobody signs a page that says nothing; else
        at least the closing sentence stands with the signatures.
        """
        flow = self.flow
        signing = (
            flow.paragraph_height(closing)
            + _BEFORE_SIGNATURES
            + sum(_sign_height(row) for row in rows)
            + _RECIPIENTS_HEAD
            + _RECIPIENTS_LINE * len(recipients)
        )
        whole = flow.paragraph_height(heading, BODY_BOLD) + signing
        whole += sum(flow.paragraph_height(text) for text in texts)
        flow.keep(whole if whole <= flow.page_height else _HEADING_WITH_TEXT)
        flow.paragraph(heading, BODY_BOLD)
        for text in texts:
            flow.paragraph(text)
        flow.keep(min(signing, flow.page_height))
        flow.paragraph(closing)
        flow.gap(_BEFORE_SIGNATURES)
        for row in rows:
            self.sign(row)
        self._recipients(recipients)

    def sign(self, signers: Sequence[Signer]) -> None:
        """Places to sign side by side, all on one page."""
        height = _sign_height(signers)
        self.flow.keep(height)
        top = self.flow.y
        width = FRAME.width / len(signers)
        with Pen(self.canvas) as pen:
            for index, signer in enumerate(signers):
                left = FRAME.left + index * width + 3
                right = left + width - 6
                hint = "(Ký, ghi rõ họ tên, đóng dấu)" if signer.stamped else "(Ký, ghi rõ họ tên)"
                form = self.canvas.form
                title, name = form.signed(signer.title, signer.name, decided=signer.decided)
                low = top
                for line in title.split("\n"):
                    low -= _SIGN_LINE
                    pen.put_in_box((left, low, right, low + _SIGN_LINE), line, _SIGN_TITLE)
                hint = form.caption(hint)
                pen.put_in_box((left, low - _SIGN_LINE, right, low), hint, _SIGN_HINT)
                bottom = top - height + _SIGN_LINE / 2
                pen.put_in_box((left, bottom, right, bottom + _SIGN_LINE), name, _SIGN_NAME)
        self.flow.y = top - height

    def _recipients(self, lines: Sequence[str], width: float = FRAME.width) -> None:
        if not lines:
            return
        self.flow.keep(_RECIPIENTS_HEAD + _RECIPIENTS_LINE * len(lines))
        with Pen(self.canvas) as pen:
            self.flow.y -= _RECIPIENTS_HEAD
            style = TextStyle(12, Face.BOLD_ITALIC)
            pen.put(FRAME.left, self.flow.y, "Nơi nhận:", style)
            for line in lines:
                self.flow.y -= _RECIPIENTS_LINE
                box = (FRAME.left, self.flow.y - 3, FRAME.left + width, self.flow.y + 10)
                pen.put_in_box(box, f"- {line}", TextStyle(11), Align.LEFT)

    def finish(self) -> RenderedPdf:
        """End the last page and the file."""
        self._end()
        return self.canvas.finish()

    def _begin(self) -> None:
        self._progress(
            self._number, max(self._total, self._number + 1), f"Trang {self._number + 1}"
        )
        self._number += 1 + self._skipped
        self._skipped = 0
        self._leaf += 1
        self.canvas.begin_page()
        watermark(self.canvas, self._stamp, _WIDTH, _HEIGHT)
        if self._leaf > 1:
            # Page numbers stand in the top margin and not on the first page (Phụ lục I).
            with Pen(self.canvas) as pen:
                style = TextStyle(13)
                pen.put(_WIDTH / 2, _HEIGHT - 13 * mm, str(self._leaf), style, Align.CENTER)

    def _end(self) -> None:
        stamp = self._stamp
        parts = [
            warning(stamp),
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


def rows_of(signers: Sequence[Signer]) -> list[Sequence[Signer]]:
    """Signers in rows of three at most."""
    starts = range(0, len(signers), SIGNERS_A_ROW)
    return [signers[start : start + SIGNERS_A_ROW] for start in starts]


def _sign_height(signers: Sequence[Signer]) -> float:
    stamped = any(signer.stamped for signer in signers)
    return 3.5 * _SIGN_LINE + (_STAMPED_SPACE if stamped else _SIGNED_SPACE)


def date_line(day: int, month: int, year: int) -> str:
    """As NĐ 30/2020 writes it: a 0 before days under 10 and before January and February."""
    return (
        f"ngày {day:02} tháng {month:02} năm {year}"
        if month < 3
        else (f"ngày {day:02} tháng {month} năm {year}")
    )
