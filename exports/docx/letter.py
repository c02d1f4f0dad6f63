"""Văn bản of the school as .docx: the same words as on paper, in the layout of NĐ 30/2020.

A4, margins 20, 20, 30, 17 mm, Times New Roman 13, page number from the second page on in the middle
of the top margin. The same letter and time give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from app.domain.form_settings import AS_SHIPPED
from app.readmodels.letter import BlockStyle, LetterForm
from exports.forms.letter import LEAD
from exports.forms.letterhead import MOTTO, NATION, date_line
from exports.forms.school_lines import date_place, placed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from docx.document import Document as Paper
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from app.domain.form_settings import FormSettings
    from app.readmodels.letter import LetterBlock, LetterPaper

FONT = "Times New Roman"
_LEFT, _RIGHT, _TOP, _BOTTOM = Mm(30), Mm(17), Mm(20), Mm(20)
_LINE_WIDTH = Mm(210 - 30 - 17)
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY
_BLACK = RGBColor(0, 0, 0)


def write_letter_docx(
    paper: LetterPaper, made_at: datetime, form: FormSettings = AS_SHIPPED
) -> bytes:
    """The letter as a Word file; `made_at` (aware) is its only time, `form` the school's own."""
    document = Document()
    _set_up(document, paper, made_at)
    _head(document, paper, form)
    if paper.title:
        _line(document, paper.title, size=14, bold=True, after=0)
        _line(document, paper.about, size=14, bold=True, after=0, rule=True)
    for text, bold in ((paper.issued_with, False), (paper.authority, True)):
        if text:
            _line(document, text, bold=bold, italic=not bold)
    _addressee(document, paper.addressee)
    for block in paper.blocks:
        _block(document, block)
    _foot(document, paper, form)
    buffer = io.BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def _set_up(document: Paper, paper: LetterPaper, made_at: datetime) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    numbered = section.header.paragraphs[0]
    numbered.alignment = _CENTRE
    _page_number(numbered)
    told = document.core_properties
    told.title, told.author = f"{paper.title.capitalize()} {paper.about}".strip(), paper.school.name
    told.comments, told.language = "", "vi-VN"
    moment = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    told.created = told.modified = moment


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    for tag, attribute, text in (
        ("w:fldChar", "begin", ""),
        ("w:instrText", "", "PAGE"),
        ("w:fldChar", "end", ""),
    ):
        element = OxmlElement(tag)
        if attribute:
            element.set(qn("w:fldCharType"), attribute)
        element.text = text or None
        run._r.append(element)  # noqa: SLF001 - python-docx has no fields of its own
    run.font.size = Pt(13)


def _head(document: Paper, paper: LetterPaper, form: FormSettings) -> None:
    table = _bare_table(document, (42, 58))
    left, right = table.rows[0].cells
    _put(left.paragraphs[0], paper.school.authority.upper(), size=12)
    _put(left.add_paragraph(), paper.school.name.upper(), size=12, bold=True, underline=True)
    _put(right.paragraphs[0], NATION, size=12, bold=True)
    _put(right.add_paragraph(), MOTTO, bold=True, underline=True)
    if paper.form is not LetterForm.ENCLOSED:
        _put(left.add_paragraph(), f"Số: {paper.number or '…………'}")
        when = date_line(paper.day, paper.month, paper.year)
        where = date_place(placed(paper.school, form))
        _put(right.add_paragraph(), f"{where}, {when}", italic=True)
    if paper.form is LetterForm.OFFICIAL:
        _put(left.add_paragraph(), paper.about, size=12)
    _line(document, "", after=0)


def _addressee(document: Paper, lines: Sequence[str]) -> None:
    if len(lines) == 1:
        _line(document, f"Kính gửi: {lines[0]}")
    elif lines:
        _line(document, "Kính gửi:", after=0)
        for line in lines:
            _line(document, f"- {line}", after=0)


def _block(document: Paper, block: LetterBlock) -> None:
    match block.style:
        case BlockStyle.TABLE:
            _table(document, block)
        case BlockStyle.CENTRED:
            _line(document, block.text, bold=True)
        case BlockStyle.HEADING:
            _paragraph(document, block.text, bold=True).paragraph_format.keep_with_next = True
        case BlockStyle.GROUND:
            _paragraph(document, block.text, italic=True)
        case BlockStyle.DOTS:
            dotted = document.add_paragraph()
            dotted.paragraph_format.tab_stops.add_tab_stop(
                _LINE_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
            _run(dotted, "\t")
        case BlockStyle.TEXT:
            found = LEAD.fullmatch(block.text)
            if found is None:
                _paragraph(document, block.text)
            else:
                _run(_paragraph(document, f"{found[1]} ", bold=True), found[2])


def _table(document: Paper, block: LetterBlock) -> None:
    table = document.add_table(rows=0, cols=len(block.heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for at, row in enumerate((block.heads, *block.rows)):
        cells = table.add_row().cells
        for cell, text, width in zip(cells, row, block.widths, strict=True):
            cell.width = Length(round(_LINE_WIDTH * width / sum(block.widths)))
            paragraph = cell.paragraphs[0]
            if at == 0:
                paragraph.alignment = _CENTRE
            _run(paragraph, text, size=12, bold=at == 0)
    head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - repeated heads have no API
    head.append(OxmlElement("w:tblHeader"))
    _line(document, "", size=6, after=0)


def _foot(document: Paper, paper: LetterPaper, form: FormSettings) -> None:
    if not paper.signers:
        return
    table = _bare_table(document, (50, 50))
    left, right = table.rows[0].cells
    if paper.form is LetterForm.MINUTES:
        for cell, (title, name) in zip((left, right), paper.signers, strict=True):
            _signature(cell, *form.signed(title, name))
        if paper.recipients:
            _recipients(document.add_paragraph(), paper.recipients)
        return
    if paper.recipients:
        _recipients(left.paragraphs[0], paper.recipients)
    title, name = paper.signers[0]
    _signature(right, *form.signed(title, name, on_order=False))


def _signature(cell: _Cell, title: str, name: str) -> None:
    first, *others = title.split("\n")
    _put(cell.paragraphs[0], first, bold=True)
    for line in others:
        _put(cell.add_paragraph(), line, bold=True)
    for _ in range(4):
        _put(cell.add_paragraph(), "")
    _put(cell.add_paragraph(), name, bold=True)


def _recipients(paragraph: Paragraph, lines: Sequence[str]) -> None:
    _run(paragraph, "Nơi nhận:", size=12, bold=True, italic=True)
    for line in lines:
        run = _run(paragraph, "", size=11)
        run.add_break()
        run.add_text(f"- {line}")


def _bare_table(document: Paper, widths: Sequence[int]) -> Table:
    table: Table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Length(round(_LINE_WIDTH * width / 100))
    return table


def _paragraph(
    document: Paper, text: str, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = _JUSTIFY
    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.space_after, shape.line_spacing = Mm(10), Pt(6), 1.15
    _run(paragraph, text, bold=bold, italic=italic)
    return paragraph


def _line(
    document: Paper,
    text: str,
    *,
    size: int = 13,
    bold: bool = False,
    italic: bool = False,
    after: int = 6,
    rule: bool = False,
) -> None:
    """A centred line; `rule` draws the short line under a title."""
    paragraph = document.add_paragraph()
    _put(paragraph, text, size=size, bold=bold, italic=italic)
    paragraph.paragraph_format.space_after = Pt(after)
    if rule:
        under = document.add_paragraph()
        _put(under, "_" * 14, size=8)
        under.paragraph_format.space_after = Pt(10)


def _put(
    paragraph: Paragraph,
    text: str,
    *,
    size: int = 13,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
) -> None:
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.space_after = Pt(0)
    _run(paragraph, text, size=size, bold=bold, italic=italic).underline = underline or None


def _run(
    paragraph: Paragraph, text: str, *, size: int = 13, bold: bool = False, italic: bool = False
) -> Run:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    run.font.size, run.font.name = Pt(size), FONT
    run.font.color.rgb = _BLACK
    return run


def _timeless(content: bytes) -> bytes:
    """The same package with no clock of this machine in it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _FIXED_TIME), source.read(name))
    return out.getvalue()
