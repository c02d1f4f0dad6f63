"""Reads the signatures of a returned PDF and judges each, without any network.

Whether a certificate was in force is asked for the moment the school got the file: the time inside
a signature is the signer's own clock and proves nothing.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import DisallowedAlgorithmError, SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from app.clock import VIETNAM
from app.domain.signed_papers import SignatureFact, Verdict
from app.errors import RuleRefused
from app.text import clean
from exports.signing.comparing import shows_the_original

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_START = b"%PDF-"
_OUT_OF_TIME = frozenset(
    {
        AdESIndeterminate.EXPIRED,
        AdESIndeterminate.NOT_YET_VALID,
        AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
        AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    }
)
_TOO_WEAK = frozenset(
    {
        AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE,
        AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    }
)
_UNFIT = frozenset(
    {AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE, AdESIndeterminate.SIG_CONSTRAINTS_FAILURE}
)
_TOLERANCE = timedelta(minutes=5)
# A certificate for signing documents says one of them; authorities here differ in which.
_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
# What a broken or hostile file makes the libraries raise while they parse.
_UNREADABLE = (
    PdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
)

# Verdicts say what was found; the libraries' own log would be English on the console.
for _name_of_log in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name_of_log).setLevel(logging.CRITICAL)


def read_signatures(
    content: bytes, original: bytes, roots: Sequence[bytes], at: datetime
) -> tuple[SignatureFact, ...]:
    """See `app.signing_ports.PdfSignatures.read`."""
    if not content.startswith(_START):
        raise RuleRefused(
            "signed_not_pdf",
            "Tệp này không phải PDF nên không nhận làm bản đã ký; hãy chọn đúng tệp PDF người ký "
            "đã gửi lại.",
        )
    with _readable():
        reader = PdfFileReader(BytesIO(content))
        signatures = reader.embedded_regular_signatures
    if not signatures:
        raise RuleRefused(
            "signed_none",
            "Tệp PDF này không có chữ ký số nào nên không nhận làm bản đã ký; nếu mới ký trên "
            "giấy và quét lại thì ghi nhận ở bảng giấy.",
        )
    if not content.startswith(original):
        raise RuleRefused(
            "signed_other_document",
            "Tệp này không mở đầu bằng đúng bản in gốc: có thể là giấy khác, bản in khác, hoặc "
            "phần mềm ký đã ghi lại cả tệp; hãy ký lại trên đúng tệp PDF của bản in này, ở chế độ "
            "ghi nối thêm chữ ký.",
        )
    with _readable():
        same = shows_the_original(reader, PdfFileReader(BytesIO(original)))
    trusted = [asn1_x509.Certificate.load(der) for der in roots]
    return tuple(_judge(one, trusted, at, len(original), same=same) for one in signatures)


def _judge(
    signature: Any, trusted: Sequence[Any], at: datetime, least: int, *, same: bool
) -> SignatureFact:
    with _readable():
        certificate = signature.signer_cert
        verdict = Verdict.CHANGED
        if same and _covers(signature, least):
            verdict = _verdict(signature, trusted, at)
        said_at = signature.self_reported_timestamp
        return SignatureFact(
            _name(certificate.subject),
            _name(certificate.issuer),
            f"{certificate.serial_number:X}",
            None if said_at is None else said_at.astimezone(VIETNAM),
            verdict,
        )


def _verdict(signature: Any, trusted: Sequence[Any], at: datetime) -> Verdict:
    context = ValidationContext(
        trust_roots=list(trusted),
        moment=at,
        allow_fetching=False,
        revocation_mode="soft-fail",
        time_tolerance=_TOLERANCE,
    )
    try:
        status = validate_pdf_signature(
            signature, signer_validation_context=context, key_usage_settings=_USAGE
        )
    except DisallowedAlgorithmError:
        return Verdict.WEAK
    except (SignatureValidationError, UnacceptableSignerError):
        return Verdict.FALSE
    if not status.intact or not status.valid:
        return Verdict.FALSE
    if status.trust_problem_indic in _TOO_WEAK:
        return Verdict.WEAK
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION or not status.docmdp_ok:
        return Verdict.CHANGED
    return _of_certificate(status, at)


def _of_certificate(status: Any, at: datetime) -> Verdict:
    if status.revocation_details is not None:
        return Verdict.REVOKED
    if status.trusted:
        return Verdict.TRUSTED
    problem, own = status.trust_problem_indic, status.signing_cert
    # Of a certificate from nowhere its own dates are known all the same.
    outside = not own.not_valid_before <= at <= own.not_valid_after
    if outside or problem in _OUT_OF_TIME:
        return Verdict.EXPIRED
    if problem in _UNFIT:
        return Verdict.UNFIT
    return Verdict.UNKNOWN_SOURCE


def _covers(signature: Any, least: int) -> bool:
    """Whether the signed bytes hold the whole printed file, from its first byte."""
    start, length = (int(signature.byte_range[at]) for at in (0, 1))
    return start == 0 and length >= least


def _name(name: Any) -> str:
    native = name.native
    return clean(str(native.get("common_name") or native.get("organization_name") or ""))


@contextmanager
def _readable() -> Iterator[None]:
    """Whatever a file does to the parser, it is one refusal."""
    try:
        yield
    except _UNREADABLE as error:
        raise RuleRefused(
            "signed_unreadable",
            "Tệp PDF này hỏng hoặc chữ ký trong đó không đọc được nên không nhận; hãy lấy lại tệp "
            "từ người ký.",
        ) from error
