"""Reading printed papers back, the way an inspector's program would."""

from __future__ import annotations

import re
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Run:
    """A run of letters as the page's own operators set it; points from the lower left corner.

    `left` to `right` along x; a turned run has them along y, and `baseline` is then its x.
    """

    size: float
    left: float
    right: float
    baseline: float
    turned: bool
    text: str


def printed_runs(page: PageObject) -> list[Run]:
    """Every run of the page, its width taken from the widths of the embedded typeface."""
    fonts = {}
    for name, reference in page["/Resources"]["/Font"].items():
        font = reference.get_object()
        letters = dict(_letters(font["/ToUnicode"].get_object().get_data().decode("ascii")))
        fonts[name] = (font["/FirstChar"], [float(w) for w in font["/Widths"]], letters)
    runs: list[Run] = []
    name, size, x, y, turned, spacing = "", 0.0, 0.0, 0.0, False, 0.0
    for match in _TEXT_OPERATOR.finditer(page.get_contents().get_data()):
        match match.lastgroup:
            case "size":
                name, size = "/" + match["font"].decode(), float(match["size"])
            case "spacing":
                spacing = float(match["spacing"])
            case "matrix":
                numbers = [float(number) for number in match["matrix"].split()]
                turned, x, y = numbers[1] == 1.0, numbers[4], numbers[5]
            case "letters":
                first, widths, letters = fonts[name]
                raw = _ESCAPE.sub(_unescaped, match["letters"])
                taken = sum(widths[code - first] for code in raw) * size / 1000
                taken += raw.count(b" ") * spacing
                text = "".join(letters[code] for code in raw)
                start, line = (y, x) if turned else (x, y)
                runs.append(Run(size, start, start + taken, line, turned, text))
                x, y = (x, y + taken) if turned else (x + taken, y)
    return runs


_TEXT_OPERATOR = re.compile(
    rb"/(?P<font>F\S+) (?P<size>[\d.]+) Tf"
    rb"|(?P<spacing>-?[\d.]+) Tw"
    rb"|(?P<matrix>(?:-?[\d.]+ ){6})Tm"
    rb"|\((?P<letters>(?:[^\\()]|\\.)*)\) Tj",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if len(code) == 3:
        return bytes([int(code, 8)])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(code, code)


def _letters(cmap: str) -> list[tuple[int, str]]:
    """What the codes of one subset stand for."""
    found: list[tuple[int, str]] = []
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, target in re.findall(r"<(\w+)> <(\w+)>", block):
            found.append((int(code, 16), _utf16(target)))
    return found


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")


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
