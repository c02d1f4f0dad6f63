"""PDF/A-2u straight out of reportlab: XMP, output intent, line ends before `endstream`.

Nothing of reportlab is patched: the document of one canvas gets the classes below.
"""

from __future__ import annotations

from base64 import a85decode
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from app.errors import EnvironmentProblem

PROFILE = Path(__file__).resolve().parents[2] / "resources" / "icc" / "sRGB.icc"
CREATOR = "Khóa Sổ"
PRODUCER = "Khóa Sổ, ReportLab PDF Library"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>vi-VN</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What the file says of itself; `made_at` (aware) is its only time and comes from the data."""

    title: str
    author: str
    subject: str
    keywords: str
    made_at: datetime


class _Stream(pdfdoc.PDFStream):
    """A stream with the line end before `endstream` that ISO 19005-2, 6.1.7.1 asks for."""

    def format(self, document: object) -> bytes:
        return _line_end_before_endstream(super().format(document))


class _Image(pdfdoc.PDFImageXObject):
    """The same for pictures, which reportlab writes as streams of their own making."""

    def format(self, document: object) -> bytes:
        return _line_end_before_endstream(super().format(document))


def _line_end_before_endstream(written: bytes) -> bytes:
    tail = b"endstream\n"
    if not written.endswith(tail):
        raise RuntimeError("this reportlab ends streams in an unknown way")
    return written[: -len(tail)] + b"\n" + tail


class _Catalog(pdfdoc.PDFCatalog):
    """A catalog that keeps its output intents; reportlab drops keys it does not know."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]  # noqa: RUF012 - reportlab's
    __Refs__ = list(pdfdoc.PDFCatalog.__NoDefault__)  # noqa: RUF012 - reportlab's


class _Info(pdfdoc.PDFInfo):
    """The information dictionary with the data's time, never the machine's."""

    def __init__(self, info: DocumentInfo) -> None:
        super().__init__()
        self.title, self.author = info.title, info.author
        self.subject, self.keywords = info.subject, info.keywords
        self.creator, self.producer = CREATOR, PRODUCER
        zone = info.made_at.strftime("%z")
        self._pdf_date = f"D:{info.made_at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}'"

    def format(self, document: object) -> bytes:
        entries = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Keywords": self.keywords,
            "Creator": self.creator,
            "Producer": self.producer,
            "CreationDate": self._pdf_date,
            "ModDate": self._pdf_date,
        }
        texts = {name: pdfdoc.PDFString(value) for name, value in entries.items()}
        written: bytes = pdfdoc.PDFDictionary(texts).format(document)
        return written


class ArchivalDocument(pdfdoc.PDFDocument):
    """A reportlab document whose every stream is written as PDF/A asks."""

    def Reference(self, obj: Any, name: str | None = None) -> Any:  # noqa: N802 - reportlab's
        """As reportlab's: a reference to `obj`, named on first sight."""
        # Streams may stand at top level only, so each one passes here before it is written.
        if type(obj) is pdfdoc.PDFStream:
            obj.__class__ = _Stream
            # ASCII85 costs a fifth of the size and helps nobody since PDF 1.2.
            if obj.filters:
                obj.filters = [f for f in obj.filters if f is not pdfdoc.PDFBase85Encode]
        elif type(obj) is pdfdoc.PDFImageXObject:
            obj.__class__ = _Image
            _give_up_ascii(obj)
        return super().Reference(obj, name)  # type: ignore[no-untyped-call]


def _give_up_ascii(image: Any) -> None:
    """Take ASCII85 off, which `drawImage` has put around the picture's own bytes."""
    outer, *inner = image._filters  # noqa: SLF001 - reportlab has no other way in
    if outer == "ASCII85Decode":
        image.streamContent = a85decode(image.streamContent, adobe=True)
        image._filters = tuple(inner)  # noqa: SLF001


def make_archival(document: Any, info: DocumentInfo) -> None:
    """Turn the fresh reportlab document of one canvas into a PDF/A-2u document."""
    document.__class__ = ArchivalDocument
    catalog: Any = _Catalog()
    catalog.__dict__.update(document.Catalog.__dict__)
    document.Catalog = document._catalog = catalog  # noqa: SLF001 - reportlab keeps it twice
    document.info = _Info(info)
    # The trailer's ID grows from this text, so that two print runs differ in it.
    document.updateSignature(info.keywords)
    kind = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
    catalog.Metadata = pdfdoc.PDFStream(pdfdoc.PDFDictionary(kind), _xmp(info), filters=[])
    profile = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary({"N": 3}), _profile_bytes(), filters=[pdfdoc.PDFZCompress]
    )
    intent = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": document.Reference(profile, "sRGB"),
    }
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])


def _xmp(info: DocumentInfo) -> bytes:
    zone = info.made_at.strftime("%z")
    return _XMP.format(
        title=escape(info.title),
        author=escape(info.author),
        subject=escape(info.subject),
        keywords=escape(info.keywords),
        creator=escape(CREATOR),
        producer=escape(PRODUCER),
        date=f"{info.made_at:%Y-%m-%dT%H:%M:%S}{zone[:3]}:{zone[3:]}",
    ).encode("utf-8")


@cache
def _profile_bytes() -> bytes:
    try:
        return PROFILE.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            "profile_missing",
            f"Không mở được tệp màu “{PROFILE.name}” của chương trình nên chưa in được. "
            "Hãy cài lại Khóa Sổ; dữ liệu của trường không bị ảnh hưởng.",
            path=str(PROFILE),
        ) from error
