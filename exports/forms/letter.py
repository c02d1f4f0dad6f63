"""Quyết định, kế hoạch, quy chế, tờ trình, công văn, biên bản of the school (NĐ 30/2020)."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from app.progress import no_progress
from app.readmodels.letter import BlockStyle, LetterForm
from exports.forms.letterhead import FRAME, Letter, Signer, rows_of, write_letter
from exports.pdf.flow import BODY, BODY_BOLD, FIRST_INDENT, LINE_STEP
from exports.pdf.fonts import Face, text_width
from exports.pdf.text import Align, Pen, TextStyle, wrap

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.letter import LetterBlock, LetterPaper
    from app.readmodels.rendered_pdf import RenderedPdf

LEAD = re.compile(r"(Điều \d+\.)\s+(.*)", re.DOTALL)
"""A clause whose number is bold and whose text is not."""
_GROUND = TextStyle(13, Face.ITALIC)
_UNDER_TITLE = TextStyle(13, Face.ITALIC)
_ABOUT_LEFT = TextStyle(12)
_HEADING_WITH_TEXT = 60.0
_CHAPTER_WITH_TEXT = 130.0
"""Points: a chapter's two lines stay with the heading and the first lines under them."""


def render_letter(paper: LetterPaper, stamp: PrintStamp) -> RenderedPdf:
    """The letter as PDF/A-2u; the same letter and stamp give the same bytes."""
    title = f"{paper.title.capitalize()} {paper.about}".strip()
    return write_letter(title, paper.school, stamp, partial(write_paper, paper=paper), no_progress)


def write_paper(letter: Letter, paper: LetterPaper) -> None:
    """The whole letter, from its head to its signature, on the page begun."""
    form = paper.form
    letter.head(
        paper.school,
        paper.number,
        paper.day,
        paper.month,
        paper.year,
        numbered=form is not LetterForm.ENCLOSED,
    )
    if form is LetterForm.OFFICIAL:
        _about_left(letter, paper.about)
    else:
        letter.title(paper.about, paper.title)
    if paper.issued_with:
        letter.flow.centred(paper.issued_with, _UNDER_TITLE)
        letter.flow.gap(10)
    if paper.authority:
        letter.flow.centred(paper.authority, BODY_BOLD)
        letter.flow.gap(8)
    _addressee(letter, paper.addressee)
    *others, last = paper.blocks
    for block in others:
        _block(letter, block)
    # Nobody signs a page that says nothing.
    signing = _signing_height(letter, paper) + letter.flow.paragraph_height(last.text)
    letter.flow.keep(min(signing, letter.flow.page_height))
    _block(letter, last)
    letter.flow.gap(6)
    if form is LetterForm.MINUTES:
        letter.sign_rows(rows_of([Signer(*one) for one in paper.signers]), paper.recipients)
    elif paper.signers:
        letter.sign_beside(paper.recipients, Signer(*paper.signers[0]))


def _signing_height(letter: Letter, paper: LetterPaper) -> float:
    return letter.sign_height(paper.recipients) + 6 if paper.signers else 0.0


def _about_left(letter: Letter, about: str) -> None:
    """V/v … of a công văn, centred under its number in the left column."""
    width = FRAME.width * 0.42
    middle = FRAME.left + width / 2 - 4
    y = letter.flow.y + 3
    with Pen(letter.canvas) as pen:
        for line in wrap(about, _ABOUT_LEFT.face, _ABOUT_LEFT.size, width - 14):
            pen.put(middle, y, line, _ABOUT_LEFT, Align.CENTER)
            y -= _ABOUT_LEFT.size * 1.15
    letter.flow.y = y - 12


def _addressee(letter: Letter, lines: tuple[str, ...]) -> None:
    if not lines:
        return
    flow = letter.flow
    if len(lines) == 1:
        flow.centred(f"Kính gửi: {lines[0]}", BODY)
    else:
        flow.centred("Kính gửi:", BODY)
        for line in lines:
            flow.centred(f"- {line}", BODY)
    flow.gap(10)


def _block(letter: Letter, block: LetterBlock) -> None:
    flow = letter.flow
    match block.style:
        case BlockStyle.GROUND:
            flow.paragraph(block.text, _GROUND)
        case BlockStyle.HEADING:
            flow.keep(flow.paragraph_height(block.text, BODY_BOLD) + _HEADING_WITH_TEXT)
            flow.paragraph(block.text, BODY_BOLD)
        case BlockStyle.CENTRED:
            flow.keep(_CHAPTER_WITH_TEXT)
            flow.gap(2)
            flow.centred(block.text, BODY_BOLD)
            flow.gap(6)
        case BlockStyle.TEXT:
            _text(letter, block.text)
        case BlockStyle.DOTS:
            _dotted(letter)
        case BlockStyle.TABLE:
            widths = [FRAME.width * part / sum(block.widths) for part in block.widths]
            aligns = [
                Align.CENTER if all(_short(row[at]) for row in block.rows) else Align.LEFT
                for at in range(len(widths))
            ]
            flow.gap(2)
            flow.table(widths, block.heads, block.rows, aligns)
            flow.gap(4)


def _dotted(letter: Letter) -> None:
    step = BODY.size * 1.7
    letter.flow.keep(step)
    letter.flow.gap(step)
    dot = text_width(".", BODY.face, BODY.size)
    with Pen(letter.canvas) as pen:
        pen.put(FRAME.left, letter.flow.y, "." * int(FRAME.width / dot), BODY)


def _short(cell: str) -> bool:
    """A number or a day, which stands in the middle of its column."""
    return len(cell) <= 10 and not any(c.isalpha() for c in cell)


def _text(letter: Letter, text: str) -> None:
    flow = letter.flow
    found = LEAD.fullmatch(text)
    if found is None:
        flow.paragraph(text)
        return
    lead, rest = found[1], found[2]
    step = BODY.size * LINE_STEP
    flow.keep(step)
    width = text_width(f"{lead} ", BODY_BOLD.face, BODY_BOLD.size)
    with Pen(letter.canvas) as pen:
        pen.put(FRAME.left + FIRST_INDENT, flow.y - step, lead, BODY_BOLD)
    flow.paragraph(rest, indent=FIRST_INDENT + width)
