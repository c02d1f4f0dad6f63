"""Invented authorities and signers: certificates in force around the day of the test school.

authority = Authority("Nơi cấp thử")
person = authority.issue("Lê Văn Khải")
person.pkcs12("mật khẩu tệp")      # a .p12 file
authority.der                      # the root to install
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)

NOW = datetime(2026, 11, 23, tzinfo=UTC)
YEAR = timedelta(days=365)
FILE_PASSWORD = "mật khẩu của tệp"


@cache
def _key(number: int):
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa_key(bits: int = 2048):
    return rsa.generate_private_key(65537, bits)


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, words)])


def usage(*, sign: bool = False, certify: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign, content_commitment=sign, key_encipherment=not (sign or certify),
        data_encipherment=False, key_agreement=False, key_cert_sign=certify, crl_sign=certify,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


@dataclass
class Person:
    """A certificate with its key and the authority above it."""

    certificate: x509.Certificate
    key: object
    above: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def pkcs12(self, password: str = FILE_PASSWORD) -> bytes:
        return pkcs12.serialize_key_and_certificates(
            b"khoa", self.key, self.certificate, [self.above],
            BestAvailableEncryption(password.encode()),
        )  # fmt: skip


class Authority:
    """A root that issues; `number` tells authorities of the same name apart."""

    def __init__(self, name: str = "Nơi cấp chứng thư thử", number: int = 0) -> None:
        self.name, self.key = name, _key(number)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name(name))
            .public_key(self.key.public_key())
            .serial_number(1000 + number)
            .not_valid_before(NOW - 5 * YEAR)
            .not_valid_after(NOW + 5 * YEAR)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(usage(certify=True), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False
            )
            .sign(self.key, hashes.SHA256())
        )

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def issue(
        self,
        name: str,
        *,
        since: datetime = NOW - YEAR,
        until: datetime = NOW + YEAR,
        may_sign: bool = True,
        key: object = None,
        number: int = 50,
        online: str = "",
    ) -> Person:
        own = key or _key(number)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name(self.name))
            .public_key(own.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage(sign=may_sign), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        if online:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(online)], *[None] * 3)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        certificate = builder.sign(self.key, hashes.SHA256())
        return Person(certificate, own, self.certificate)
