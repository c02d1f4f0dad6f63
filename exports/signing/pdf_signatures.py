"""The way in: what a session needs of signing, loaded when it is first asked for.

pyHanko and what it stands on cost three quarters of a second, which no start should pay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.domain.signed_papers import CertificateFacts, SignatureFact, SignPlace
    from app.signing_ports import Keystore


class PadesSignatures:
    """Fulfils `app.signing_ports.PdfSignatures`."""

    def read(
        self, content: bytes, original: bytes, roots: Sequence[bytes], at: datetime
    ) -> tuple[SignatureFact, ...]:
        """See the port."""
        from exports.signing.reader import read_signatures

        return read_signatures(content, original, roots, at)

    def sign(self, content: bytes, keystore: Keystore, place: SignPlace, at: datetime) -> bytes:
        """See the port."""
        from exports.signing.maker import sign_pdf

        return sign_pdf(content, keystore, place, at)

    def certificate(self, content: bytes) -> CertificateFacts:
        """See the port."""
        from exports.signing.certificates import read_certificate

        return read_certificate(content)
