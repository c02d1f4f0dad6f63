"""Adds a PAdES signature to a PDF with the key of a PKCS#12 file (ETSI EN 319 142-1, baseline B).

The file grows at its end only: the bytes of the print stay the first revision.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from typing_extensions import override

from app.domain.signed_papers import SignCorner, SignPlace
from app.errors import RuleRefused
from exports.signing.appearance import HEIGHT, WIDTH, stamp_of
from exports.signing.certificates import OpenedKeystore, open_keystore
from exports.signing.objects import box_of, pages_of, value_of

if TYPE_CHECKING:
    from app.signing_ports import Keystore

_EDGE, _FOOT, _GAP = 56, 48, 4
"""Room beside, under and between visible signatures, points."""
_Box = tuple[float, float, float, float]
_USAGES = {"digital_signature", "non_repudiation"}


class _SignerAt(PdfSigner):
    """Says our clock's time, the one the trail has."""

    at: datetime

    @override
    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        """The library asks the system."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def sign_pdf(content: bytes, keystore: Keystore, place: SignPlace, at: datetime) -> bytes:
    """See `app.signing_ports.PdfSignatures.sign`."""
    opened = open_keystore(keystore, at)
    try:
        writer = IncrementalPdfFileWriter(BytesIO(content))
        reader = writer.prev
        name = _free_name(reader)
        pages = pages_of(reader)
        box = _box(pages, place)
    except PdfError as error:
        raise RuleRefused(
            "signed_unreadable",
            "Tệp PDF của bản in này không đọc được nên chưa ký; hãy in lại rồi ký bản mới.",
        ) from error
    signer = _SignerAt(
        PdfSignatureMetadata(
            field_name=name,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            signer_key_usage=_USAGES,
        ),
        _key_of(opened),
        stamp_style=None if box is None else stamp_of(opened.signer, at),
        new_field_spec=SigFieldSpec(name, on_page=(place.page or len(pages)) - 1, box=box),
    )
    signer.at = at
    out = BytesIO()
    try:
        signer.sign_pdf(writer, output=out)
    except SigningError as error:
        raise RuleRefused(
            "sign_not_allowed",
            "Người ký trước đã khóa tệp, không cho ký thêm, nên chưa ký; hãy in lại và để người ấy "
            "ký sau cùng.",
        ) from error
    return out.getvalue()


def _key_of(opened: OpenedKeystore) -> SimpleSigner:
    registry: Any = SimpleCertificateStore
    chain = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in opened.chain]
    private = opened.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(opened.certificate.public_bytes(Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=registry.from_certs(chain),
        embed_roots=True,
    )


def _free_name(reader: PdfFileReader) -> str:
    taken = {one.field_name for one in reader.embedded_signatures}
    number = 1
    while f"KhoaSo{number}" in taken:
        number += 1
    return f"KhoaSo{number}"


def _box(pages: list[tuple[Any, Any]], place: SignPlace) -> tuple[int, int, int, int] | None:
    """Where it is drawn on its page, over those that stand in the same corner already, points."""
    if not 0 <= place.page <= len(pages):
        raise RuleRefused(
            "sign_page_missing",
            f"Bản in có {len(pages)} trang nên không có trang {place.page} để hiện chữ ký; hãy "
            "chọn lại trang.",
        )
    if place.corner is SignCorner.HIDDEN and place.under is None:
        return None
    page = pages[place.page - 1][1]
    taken = [box_of(one.get_object(), "/Rect") for one in value_of(page, "/Annots", ())]
    if place.under is not None:
        middle, top = place.under
        return _free_or_refused((middle - WIDTH // 2, top - HEIGHT), taken, place.page)
    left, bottom, right, _top = (round(edge) for edge in box_of(page, "/MediaBox"))
    start = {
        SignCorner.LEFT: left + _EDGE,
        SignCorner.MIDDLE: (left + right - WIDTH) // 2,
        SignCorner.RIGHT: right - _EDGE - WIDTH,
    }[place.corner]
    foot = bottom + _FOOT
    while _meets((start, foot), taken):
        foot += HEIGHT + _GAP
    return start, foot, start + WIDTH, foot + HEIGHT


def _free_or_refused(
    corner: tuple[int, int], taken: list[_Box], page: int
) -> tuple[int, int, int, int]:
    """The box on its lower left corner; a place to sign is for one."""
    if _meets(corner, taken):
        raise RuleRefused(
            "sign_place_taken",
            f"Chỗ ký này ở trang {page} đã có chữ ký số; hãy chọn chỗ khác, hoặc chọn không hiện "
            "trên trang.",
        )
    return *corner, corner[0] + WIDTH, corner[1] + HEIGHT


def _meets(corner: tuple[int, int], taken: list[_Box]) -> bool:
    left, foot = corner
    return any(
        one[0] < left + WIDTH and left < one[2] and one[1] < foot + HEIGHT and foot < one[3]
        for one in taken
    )
