"""Reading printed papers back, the way an inspector's program would."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader

if TYPE_CHECKING:
    from pypdf import PageObject

    from app.readmodels.rendered_pdf import RenderedPdf


def open_pdf(rendered: RenderedPdf) -> PdfReader:
    return PdfReader(BytesIO(rendered.content))


def page_text(page: PageObject) -> str:
    """Text of a page with every run of white space as one space."""
    return re.sub(r"\s+", " ", page.extract_text())


def all_text(rendered: RenderedPdf) -> list[str]:
    return [page_text(page) for page in open_pdf(rendered).pages]


def assert_archival(rendered: RenderedPdf) -> None:
    """The structural part of PDF/A-2u that can be checked without a validator."""
    content = rendered.content
    assert content.startswith(b"%PDF-1.7\n")
    for match in re.finditer(rb"endstream", content):
        assert content[match.start() - 1 : match.start()] in (b"\n", b"\r")
    assert b"Helvetica" not in content
    assert b"ASCII85" not in content
    reader = open_pdf(rendered)
    catalog = reader.trailer["/Root"]
    intents = catalog["/OutputIntents"]
    assert intents[0]["/S"] == "/GTS_PDFA1"
    assert intents[0]["/DestOutputProfile"].get_object()["/N"] == 3
    assert catalog["/Lang"] == "vi-VN"
    metadata = catalog["/Metadata"].get_object()
    assert "/Filter" not in metadata or not metadata["/Filter"]
    xmp = metadata.get_data().decode("utf-8")
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>U</pdfaid:conformance>" in xmp
    assert len(reader.trailer["/ID"]) == 2
    fonts = 0
    for page in reader.pages:
        assert "/Group" not in page
        assert "/ExtGState" not in page["/Resources"]
        for font in page["/Resources"]["/Font"].values():
            fonts += 1
            described = font.get_object()
            assert "/FontFile2" in described["/FontDescriptor"].get_object()
            assert "/ToUnicode" in described
    assert fonts
