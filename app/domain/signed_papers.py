"""Digital signatures on printed runs: what a signed PDF says, how far it is believed (M79, M82).

Paper and digital signing are two recorded roads: nothing here passes a station of `paper_life`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import AccountId, PrintRunId

MOST_ADDED = 6 * 1024 * 1024
"""Bytes a signature may add to a printed file; with its revocation lists it adds a tenth."""
MOST_CERTIFICATE = 64 * 1024
MOST_KEYSTORE = 1024 * 1024
"""Bytes of a certificate file and of a PKCS#12 file."""


class Verdict(StrEnum):
    """What became of one signature, the best first; the value is stored."""

    TRUSTED = "trusted"
    UNKNOWN_SOURCE = "unknown_source"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNFIT = "unfit"
    WEAK = "weak"
    CHANGED = "changed"
    FALSE = "false"

    @property
    def words(self) -> str:
        """One phrase for lists."""
        return _WORDS[self]

    @property
    def inside(self) -> str:
        """The phrase inside a sentence."""
        return self.words[:1].lower() + self.words[1:]

    @property
    def sentence(self) -> str:
        """What it means and what to do about it."""
        return _SENTENCES[self]

    @property
    def intact(self) -> bool:
        """Whether the content is what was signed, whoever signed it."""
        return self not in (Verdict.WEAK, Verdict.CHANGED, Verdict.FALSE)


_WORDS = {
    Verdict.TRUSTED: "Chữ ký còn nguyên, chứng thư có nguồn tin cậy",
    Verdict.UNKNOWN_SOURCE: "Chữ ký còn nguyên, chứng thư không rõ nguồn",
    Verdict.EXPIRED: "Chữ ký còn nguyên, chứng thư ngoài thời hạn",
    Verdict.REVOKED: "Chữ ký còn nguyên, chứng thư đã bị thu hồi",
    Verdict.UNFIT: "Chữ ký còn nguyên, chứng thư không được cấp để ký",
    Verdict.WEAK: "Thuật toán ký quá yếu, không tin được",
    Verdict.CHANGED: "Nội dung đã đổi sau khi ký",
    Verdict.FALSE: "Chữ ký không đúng",
}
_SENTENCES = {
    Verdict.TRUSTED: (
        "Tệp đúng là bản đã ký và chứng thư nối được tới một nguồn mà trường đã cài. Máy không nối "
        "mạng nên chỉ biết việc thu hồi nào có ghi trong chính tệp này."
    ),
    Verdict.UNKNOWN_SOURCE: (
        "Tệp đúng là bản đã ký, nhưng chứng thư không nối được tới nguồn nào trường đã cài; hãy "
        "cài chứng thư gốc của nơi cấp rồi kiểm lại."
    ),
    Verdict.EXPIRED: (
        "Tệp đúng là bản đã ký, nhưng lúc trường nhận thì chứng thư chưa có hiệu lực hoặc đã hết "
        "hạn; hãy gia hạn chứng thư rồi ký lại."
    ),
    Verdict.REVOKED: (
        "Tệp đúng là bản đã ký, nhưng chính tệp cho biết chứng thư đã bị thu hồi; hãy ký lại bằng "
        "chứng thư còn dùng được."
    ),
    Verdict.UNFIT: (
        "Tệp đúng là bản đã ký, nhưng chứng thư không được cấp để ký hoặc nơi cấp ràng buộc khác; "
        "hãy ký lại bằng chứng thư ký số."
    ),
    Verdict.WEAK: (
        "Chữ ký dùng thuật toán cũ (như SHA-1, MD5) mà ngày nay làm giả được; hãy ký lại bằng phần "
        "mềm ký mới."
    ),
    Verdict.CHANGED: (
        "Sau khi ký, tệp bị thêm hoặc sửa nội dung; hãy lấy lại đúng tệp người ký đã gửi."
    ),
    Verdict.FALSE: (
        "Giá trị chữ ký không khớp nội dung hoặc khóa của người ký; tệp bị hỏng hoặc bị làm giả."
    ),
}
_ORDER = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class SignatureFact:
    """One signature as read: `said_at` is the signer's own clock, aware; None when not said.

    `serial` is the certificate's number in hex. `signer` and `issuer` are common names, NFC.
    """

    signer: str
    issuer: str
    serial: str
    said_at: datetime | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A signed file kept beside its run. `made_here`: signed by this program, else received.

    `signatures` and with them the verdict are as judged at `received_at`; `file_digest` is the
    SHA-256 of the whole file, hex.
    """

    id: int
    run_id: PrintRunId
    file_digest: str
    received_at: datetime
    received_by: AccountId
    made_here: bool
    signatures: tuple[SignatureFact, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of its signatures."""
        return worst(self.signatures)

    @property
    def signers(self) -> str:
        """Names, each once, in the order of signing."""
        return ", ".join(dict.fromkeys(one.signer for one in self.signatures))


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate as read from a file; `der` its bytes, `fingerprint` their SHA-256 in hex."""

    name: str
    issuer: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    is_authority: bool
    der: bytes

    @property
    def own_issuer(self) -> bool:
        """Whether it is a root, not a link of a chain."""
        return self.name == self.issuer


@dataclass(frozen=True, slots=True)
class TrustRoot:
    """An authority the school believes, installed by hand: chứng thư gốc or one below it."""

    id: int
    facts: CertificateFacts
    added_at: datetime
    added_by: AccountId


class SignCorner(StrEnum):
    """Where a visible signature stands on a page; HIDDEN draws nothing."""

    HIDDEN = "hidden"
    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class SignPlace:
    """Where on a page, counted from 1; 0 is the last page.

    `under`: middle and upper edge of the signature, points from the page's lower left corner; it
    goes before `corner`.
    """

    corner: SignCorner = SignCorner.HIDDEN
    page: int = 0
    under: tuple[int, int] | None = None


def worst(signatures: Iterable[SignatureFact]) -> Verdict:
    """The verdict of a file: its worst signature's; FALSE without any."""
    found = [one.verdict for one in signatures]
    return max(found, key=_ORDER.index) if found else Verdict.FALSE
