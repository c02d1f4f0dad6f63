"""Hồ sơ sổ điểm điện tử: bìa, mục lục, then every part with running page numbers (M175)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.progress import no_progress
from exports.forms.letter import write_paper
from exports.forms.letterhead import FRAME, Letter, Signer
from exports.forms.school_lines import date_place, placed
from exports.pdf.flow import BODY
from exports.pdf.fonts import Face
from exports.pdf.text import Align, TextStyle

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.letter import DossierEntry, DossierPaper
    from app.readmodels.rendered_pdf import RenderedPdf

_SCHOOL = TextStyle(14, Face.BOLD)
_COVER = TextStyle(24, Face.BOLD)
_COVER_YEAR = TextStyle(16, Face.BOLD)
_PART = TextStyle(18, Face.BOLD)
_HEAD = TextStyle(14, Face.BOLD)
_TITLE = "Hồ sơ sổ điểm điện tử"


def render_dossier(paper: DossierPaper, stamp: PrintStamp) -> RenderedPdf:
    """The dossier as one PDF/A-2u; the same dossier and stamp give the same bytes.

    A part from outside the program gets a leaf that names it, and the running numbers leave room
    for the sheets that are bound behind it.
    """
    # Written twice: the contents say on which page each part begins.
    places: dict[int, str] = {}
    draft = Letter(_TITLE, paper.school, stamp, no_progress, 0)
    total = _write(draft, paper, places)
    draft.finish()
    letter = Letter(_TITLE, paper.school, stamp, no_progress, total)
    _write(letter, paper, places)
    return letter.finish()


def _write(letter: Letter, paper: DossierPaper, places: dict[int, str]) -> int:
    """The pages; notes in `places` where each part stands and returns the last running number."""
    _cover(letter, paper)
    letter.begin_part()
    _contents(letter, paper, places)
    last = letter.page
    for entry in paper.entries:
        if entry.left_out:
            continue
        begun = 0
        writers = [partial(write_paper, paper=one) for one in entry.letters]
        for write in writers or [partial(_leaf, entry=entry)]:
            letter.begin_part()
            begun = begun or letter.page
            write(letter)
        letter.skip(entry.sheets)
        last = letter.page + entry.sheets
        places[entry.position] = f"{begun}–{last}" if last > begun else str(begun)
    return last


def _cover(letter: Letter, paper: DossierPaper) -> None:
    flow = letter.flow
    flow.gap(30)
    for line in (paper.school.authority, paper.school.name):
        flow.centred(line.upper(), _SCHOOL)
    flow.gap(190)
    flow.centred("HỒ SƠ", _COVER)
    flow.centred("SỔ ĐIỂM ĐIỆN TỬ", _COVER)
    flow.gap(14)
    flow.centred(f"Năm học {paper.school_year}", _COVER_YEAR)
    flow.gap(50)
    flow.centred(f"Nơi nhận: {paper.receiver}", BODY)
    if paper.due:
        flow.centred(f"Hạn nộp: {paper.due}", BODY)
    flow.gap(max(flow.y - FRAME.bottom - 60, 20))
    place = date_place(placed(paper.school, letter.canvas.form))
    flow.centred(f"{place}, năm {paper.year}" if place else f"Năm {paper.year}", BODY)


def _contents(letter: Letter, paper: DossierPaper, places: dict[int, str]) -> None:
    flow = letter.flow
    flow.centred("MỤC LỤC", _HEAD)
    flow.gap(8)
    rows = [
        (str(entry.position), _named(entry), places.get(entry.position, ""))
        for entry in paper.entries
    ]
    widths = [FRAME.width * part for part in (0.08, 0.76, 0.16)]
    flow.table(widths, ("TT", "Nội dung", "Trang"), rows, (Align.CENTER, Align.LEFT, Align.CENTER))
    flow.gap(10)
    letter.sign_beside((), Signer("HIỆU TRƯỞNG", paper.principal))


def _named(entry: DossierEntry) -> str:
    if entry.left_out:
        return f"{entry.label} (không có: {entry.left_out})"
    if entry.enclosed:
        return f"{entry.label}: {entry.enclosed} ({entry.sheets} tờ)"
    numbers = ", ".join(one.number for one in entry.letters if one.number[:1].isdigit())
    return f"{entry.label} (số {numbers})" if numbers else entry.label


def _leaf(letter: Letter, entry: DossierEntry) -> None:
    flow = letter.flow
    flow.gap(230)
    flow.centred(f"Phần {entry.position}", _HEAD)
    flow.gap(6)
    flow.centred(entry.label, _PART)
    flow.gap(14)
    flow.centred(entry.enclosed, BODY)
    flow.centred(f"Đóng kèm sau trang này: {entry.sheets} tờ.", BODY)
