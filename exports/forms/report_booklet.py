"""Học bạ of every level: the booklets of a class or of one pupil, or only some pages of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.errors import RuleRefused
from app.progress import no_progress
from app.readmodels.primary_booklet import PrimaryBookletYear
from app.readmodels.report_booklet import BookletPart
from exports.forms.class_book_layout import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Leaf,
    Sheet,
    corner_code,
    foot,
    type_area,
)
from exports.forms.primary_booklet_cover import (
    draw_primary_cover,
    draw_primary_particulars,
    draw_primary_schooling,
)
from exports.forms.primary_booklet_words import (
    PRIMARY_GUIDANCE,
    PRIMARY_GUIDANCE_TITLE,
    is_primary_form,
)
from exports.forms.primary_booklet_year import draw_primary_results, draw_primary_subjects
from exports.forms.report_booklet_cover import draw_cover, draw_particulars, draw_schooling
from exports.forms.report_booklet_furniture import guidance_page
from exports.forms.report_booklet_words import GUIDANCE, GUIDANCE_TITLE, form_line
from exports.forms.report_booklet_year import draw_results, draw_subjects
from exports.forms.seal_strip import seal_strip
from exports.forms.watermark import watermark
from exports.pdf.page import Paper, PDFACanvas
from exports.pdf.pdfa import DocumentInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.progress import Progress
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.readmodels.report_booklet import ReportBooklet, ReportBooklets

_COVER, _GUIDANCE = -1, 0
"""Numbers that are not printed; as all odd ones the cover is a right-hand page."""
PART_WORDS = {
    BookletPart.WHOLE: "",
    BookletPart.OPENING: "Bìa và trang thông tin",
    BookletPart.YEAR: "Trang của năm học",
}


def render_report_booklets(
    paper: ReportBooklets, stamp: PrintStamp, progress: Progress = no_progress
) -> RenderedPdf:
    """One PDF/A-2u with every booklet after the other; same booklets and stamp, same bytes.

    Each booklet begins on a new sheet and every school year is a sheet of its own, so a print on
    both sides can be taken apart. `progress` is called before every page and may raise
    `Cancelled`.
    """
    canvas = PDFACanvas(_info(paper, stamp), Paper.A4)
    leaves = [
        (booklet, number, leaf)
        for booklet in paper.booklets
        for number, leaf in _leaves(paper, booklet, stamp)
    ]
    if not leaves:
        raise RuleRefused(
            "no_pages",
            f"Không có trang học bạ nào để in cho lớp {paper.class_name}; hãy chọn lớp khác.",
        )
    for done, (booklet, number, leaf) in enumerate(leaves):
        name = booklet.particulars.name
        progress(done, len(leaves), name)
        sheet = Sheet(canvas, type_area(number), number, booklet.pages)
        canvas.begin_page()
        if leaf.bookmark:
            canvas.bookmark(leaf.bookmark)
        watermark(canvas, stamp, PAGE_WIDTH, PAGE_HEIGHT)
        leaf.draw(sheet)
        if leaf.code:
            corner_code(sheet, stamp)
        if leaf.foot:
            foot(sheet, stamp, f"Học bạ của {name}")
            whose = f"Học bạ {name}"
            seal_strip(canvas, stamp, whose, number, booklet.pages, PAGE_WIDTH, PAGE_HEIGHT)
        canvas.end_page()
    progress(len(leaves), len(leaves), "Ghi tệp")
    return canvas.finish()


def _leaves(
    paper: ReportBooklets, booklet: ReportBooklet, stamp: PrintStamp
) -> Iterator[tuple[int, Leaf]]:
    """The pages of one booklet with their numbers in it."""
    name = booklet.particulars.name
    if paper.part is not BookletPart.YEAR:
        yield from _opening(paper, booklet, stamp)
    for year in booklet.years:
        mark = name if paper.part is BookletPart.YEAR else ""
        if isinstance(year, PrimaryBookletYear):
            front = partial(draw_primary_subjects, name=name, year=year)
            back = partial(draw_primary_results, paper=paper, name=name, year=year)
        else:
            front = partial(draw_subjects, name=name, year=year)
            back = partial(draw_results, paper=paper, name=name, year=year)
        yield year.page, Leaf(f"Năm học {year.school_year}", front, bookmark=mark)
        yield year.page + 1, Leaf(f"Kết quả năm học {year.school_year}", back)


def _opening(
    paper: ReportBooklets, booklet: ReportBooklet, stamp: PrintStamp
) -> Iterator[tuple[int, Leaf]]:
    """Bìa, hướng dẫn, trang 1 and 2."""
    if is_primary_form(paper.circular):
        cover, particulars, schooling = (
            *(draw_primary_cover, draw_primary_particulars, draw_primary_schooling),
        )
        guidance = partial(guidance_page, title=PRIMARY_GUIDANCE_TITLE, parts=PRIMARY_GUIDANCE)
    else:
        cover, particulars, schooling = draw_cover, draw_particulars, draw_schooling
        guidance = partial(guidance_page, title=GUIDANCE_TITLE, parts=GUIDANCE)
    name = booklet.particulars.name
    front = partial(cover, stamp=stamp, paper=paper, booklet=booklet)
    yield _COVER, Leaf("Bìa", front, bookmark=name, foot=False, code=False)
    yield _GUIDANCE, Leaf("Hướng dẫn", guidance, foot=False, code=False)
    yield 1, Leaf("Trang 1", partial(particulars, paper=paper, booklet=booklet))
    yield 2, Leaf("Quá trình học tập", partial(schooling, paper=paper, booklet=booklet))


def _info(paper: ReportBooklets, stamp: PrintStamp) -> DocumentInfo:
    whose = f"lớp {paper.class_name}, năm học {paper.school_year}"
    if len(paper.booklets) == 1:
        whose = f"{paper.booklets[0].particulars.name}, {whose}"
    part = PART_WORDS[paper.part].lower()
    title = f"Học bạ {whose}"
    return DocumentInfo(
        title=f"{title}, {part}" if part else title,
        author=paper.school.name,
        subject=form_line(paper.circular).strip("()"),
        keywords=f"{stamp.run_number} d1:{stamp.digest.hex}",
        made_at=stamp.printed_at,
    )
