"""Certificates and key stores as a school gets them: .cer, .crt, .pem; .p12, .pfx."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from app.clock import VIETNAM
from app.domain.signed_papers import CertificateFacts
from app.errors import RuleRefused
from app.text import clean, date_vn

if TYPE_CHECKING:
    from app.signing_ports import Keystore

_PEM = b"-----BEGIN"
_DER_SEQUENCE = 0x30
_LEAST_RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class OpenedKeystore:
    """A private key with its certificate and the links above it."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @property
    def signer(self) -> str:
        """The common name on the certificate."""
        return common_name(self.certificate.subject)


def read_certificate(content: bytes) -> CertificateFacts:
    """The one certificate of a file; RuleRefused certificate_unreadable otherwise."""
    try:
        if content.lstrip().startswith(_PEM):
            found = x509.load_pem_x509_certificate(content)
        else:
            found = x509.load_der_x509_certificate(content)
        return _facts(found)
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise RuleRefused(
            "certificate_unreadable",
            "Tệp này không phải một chứng thư số đọc được; hãy lấy lại tệp .cer, .crt hoặc .pem từ "
            "nơi cấp chứng thư.",
        ) from error


def open_keystore(keystore: Keystore, at: datetime) -> OpenedKeystore:
    """The key of a PKCS#12 file whose certificate may sign at `at`.

    Raises RuleRefused, see `app.signing_ports.PdfSignatures.sign`.
    """
    if not keystore.content or keystore.content[0] != _DER_SEQUENCE:
        raise _unreadable()
    try:
        loaded = pkcs12.load_pkcs12(keystore.content, keystore.password.encode())
    except UnsupportedAlgorithm as error:
        raise _unreadable() from error
    except ValueError as error:
        raise RuleRefused(
            "keystore_password",
            "Mật khẩu của tệp chứng thư không đúng (hoặc tệp đã hỏng) nên chưa ký gì; hãy gõ lại "
            "mật khẩu đã đặt khi xuất tệp .p12, .pfx.",
        ) from error
    key, own = loaded.key, loaded.cert
    if own is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise RuleRefused(
            "keystore_no_key",
            "Tệp này không có khóa ký kèm chứng thư nên không ký được; hãy xuất lại tệp .p12, "
            ".pfx có cả khóa bí mật (RSA hoặc ECDSA).",
        )
    certificate = own.certificate
    _refuse_out_of_time(certificate, at)
    _refuse_unfit(certificate, key)
    return OpenedKeystore(key, certificate, tuple(c.certificate for c in loaded.additional_certs))


def common_name(name: x509.Name) -> str:
    """Whom a name means: the common name, else the organisation, else all of it."""
    for oid in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME):
        found = name.get_attributes_for_oid(oid)
        if found:
            return clean(str(found[0].value))
    return clean(name.rfc4514_string())


def _facts(found: x509.Certificate) -> CertificateFacts:
    der = found.public_bytes(Encoding.DER)
    return CertificateFacts(
        common_name(found.subject),
        common_name(found.issuer),
        hashlib.sha256(der).hexdigest(),
        found.not_valid_before_utc.astimezone(VIETNAM),
        found.not_valid_after_utc.astimezone(VIETNAM),
        _is_authority(found),
        der,
    )


def _is_authority(found: x509.Certificate) -> bool:
    try:
        return found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _refuse_out_of_time(certificate: x509.Certificate, at: datetime) -> None:
    until, since = certificate.not_valid_after_utc, certificate.not_valid_before_utc
    whose = f"Chứng thư của {common_name(certificate.subject)}"
    if at > until:
        raise RuleRefused(
            "certificate_expired",
            f"{whose} hết hạn từ ngày {date_vn(until.astimezone(VIETNAM))} nên không ký được; hãy "
            "gia hạn với nơi cấp rồi ký.",
        )
    if at < since:
        raise RuleRefused(
            "certificate_not_yet",
            f"{whose} chỉ có hiệu lực từ ngày {date_vn(since.astimezone(VIETNAM))} nên chưa ký "
            "được; hãy xem lại ngày giờ của máy.",
        )


def _refuse_unfit(
    certificate: x509.Certificate, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        may_sign = usage.digital_signature or usage.content_commitment
    except x509.ExtensionNotFound:
        may_sign = True
    weak = isinstance(key, rsa.RSAPrivateKey) and key.key_size < _LEAST_RSA_BITS
    if not may_sign or weak:
        raise RuleRefused(
            "certificate_unfit",
            f"Chứng thư của {common_name(certificate.subject)} không được cấp để ký hoặc khóa ngắn "
            f"hơn {_LEAST_RSA_BITS} bit nên không ký được; hãy dùng chứng thư ký số.",
        )


def _unreadable() -> RuleRefused:
    return RuleRefused(
        "keystore_unreadable",
        "Tệp này không phải tệp chứng thư PKCS#12 (.p12, .pfx) đọc được; hãy chọn đúng tệp nơi cấp "
        "đã giao.",
    )
