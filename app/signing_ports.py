"""What signing needs from the outside: `exports` reads and makes signatures, `db` keeps files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.ids import PrintRunId, SchoolYearId
from app.domain.signed_papers import (
    CertificateFacts,
    SignatureFact,
    SignedPaper,
    SignPlace,
    TrustRoot,
)


@dataclass(frozen=True, slots=True)
class Keystore:
    """A PKCS#12 file with its password; neither is kept, written or shown."""

    content: bytes
    password: str

    def __repr__(self) -> str:
        """No password reaches a log."""
        return "Keystore(…)"


class PdfSignatures(Protocol):
    """Reads and makes signatures in PDF files (PAdES); nothing is fetched from a network."""

    def read(
        self, content: bytes, original: bytes, roots: Sequence[bytes], at: datetime
    ) -> tuple[SignatureFact, ...]:
        """Every signature of `content`, the oldest first, judged at `at` against `roots` (DER).

        Raises RuleRefused: signed_not_pdf, signed_unreadable, signed_none, signed_other_document
        (it does not begin with the bytes of `original`).
        """
        ...

    def sign(self, content: bytes, keystore: Keystore, place: SignPlace, at: datetime) -> bytes:
        """`content` with one more signature at its end.

        Raises RuleRefused: keystore_unreadable, keystore_password, keystore_no_key,
        certificate_expired, certificate_not_yet, certificate_unfit, sign_page_missing,
        sign_place_taken, sign_not_allowed, signed_unreadable.
        """
        ...

    def certificate(self, content: bytes) -> CertificateFacts:
        """The one certificate in a .cer, .crt, .pem file; RuleRefused certificate_unreadable."""
        ...


class SignedPaperRepository(Protocol):
    """Signed files and the authorities a school believes."""

    def add(self, paper: SignedPaper, content: bytes) -> int: ...
    def get(self, signed_id: int) -> SignedPaper: ...
    def content(self, signed_id: int) -> bytes: ...
    def of_run(self, run_id: PrintRunId) -> tuple[SignedPaper, ...]: ...
    def of_year(self, year_id: SchoolYearId) -> tuple[SignedPaper, ...]: ...
    def bytes_of_year(self, year_id: SchoolYearId) -> int: ...
    def roots(self) -> tuple[TrustRoot, ...]: ...
    def add_root(self, root: TrustRoot) -> int: ...
    def remove_root(self, root_id: int) -> None: ...
