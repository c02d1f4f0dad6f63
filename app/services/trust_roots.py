"""Nguồn chứng thư tin cậy: the authorities whose signatures this school believes (M79).

There is no network to ask and no list comes with the program: the principal or the administrator
installs a certificate that the authority handed out, after comparing its fingerprint.
"""

from __future__ import annotations

from datetime import datetime

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.roles import Role
from app.domain.signed_papers import MOST_CERTIFICATE, CertificateFacts, TrustRoot
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UowFactory
from app.services.standing import require_standing
from app.signing_ports import PdfSignatures
from app.text import clean, date_vn

TRUSTERS = (Role.PRINCIPAL, Role.ADMINISTRATOR)
"""Who decides whom the school believes."""
_TOPICS = frozenset({Topic.PRINTS, Topic.SETTINGS})


class TrustRoots:
    """Installs and removes; what was judged before keeps its verdict."""

    def __init__(self, uows: UowFactory, clock: Clock, signatures: PdfSignatures) -> None:
        self._uows = uows
        self._clock = clock
        self._signatures = signatures

    def all(self) -> tuple[TrustRoot, ...]:
        """Those installed, by name; anybody may know them."""
        with self._uows.read() as uow:
            return uow.signed_papers.roots()

    def look(self, content: bytes) -> CertificateFacts:
        """What a certificate file holds, before it is installed."""
        if len(content) > MOST_CERTIFICATE:
            raise RuleRefused(
                "certificate_unreadable",
                f"Tệp nặng hơn {MOST_CERTIFICATE // 1024} KB nên không phải một chứng thư; hãy "
                "chọn tệp .cer, .crt hoặc .pem của nơi cấp.",
            )
        return self._signatures.certificate(content)

    def install(self, actor: Actor, content: bytes) -> CommandResult:
        """Believe an authority from now on; refused for a person's certificate and an old one."""
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = require_standing(
                uow, actor, now.date(), "cài nguồn chứng thư tin cậy", *TRUSTERS
            )
            facts = self.look(content)
            _refuse(facts, uow.signed_papers.roots(), now)
            root_id = uow.signed_papers.add_root(TrustRoot(0, facts, now, actor.account_id))
            detail = {"name": facts.name, "issuer": facts.issuer, "sha256": facts.fingerprint}
            seq = uow.trail.append(TrailDraft("trust.installed", detail), actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã cài nguồn chứng thư {facts.name}", payload=root_id)

    def remove(self, actor: Actor, root_id: int, reason: str) -> CommandResult:
        """Believe it no longer, with a reason."""
        why, now = clean(reason), self._clock.now()
        if not why:
            raise RuleRefused(
                "reason_required", "Chưa ghi lý do gỡ nguồn chứng thư; hãy ghi một câu."
            )
        with self._uows.write() as uow:
            actor = require_standing(
                uow, actor, now.date(), "gỡ nguồn chứng thư tin cậy", *TRUSTERS
            )
            root = next((one for one in uow.signed_papers.roots() if one.id == root_id), None)
            if root is None:
                raise RuleRefused(
                    "not_found", "Nguồn chứng thư này đã được gỡ rồi; hãy mở lại danh sách."
                )
            uow.signed_papers.remove_root(root_id)
            detail = {
                "name": root.facts.name,
                "issuer": root.facts.issuer,
                "sha256": root.facts.fingerprint,
                "reason": why,
            }
            seq = uow.trail.append(TrailDraft("trust.removed", detail), actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã gỡ nguồn chứng thư {root.facts.name}")


def _refuse(facts: CertificateFacts, known: tuple[TrustRoot, ...], now: datetime) -> None:
    if not facts.is_authority:
        raise RuleRefused(
            "certificate_not_authority",
            f"Chứng thư “{facts.name}” là của người ký, không phải của nơi cấp; hãy cài chứng thư "
            "gốc của nơi cấp.",
        )
    if now > facts.valid_until:
        raise RuleRefused(
            "certificate_expired",
            f"Chứng thư “{facts.name}” hết hạn từ ngày {date_vn(facts.valid_until)} nên không cài; "
            "hãy lấy chứng thư mới của nơi cấp.",
        )
    if any(root.facts.fingerprint == facts.fingerprint for root in known):
        raise RuleRefused(
            "certificate_known",
            f"Chứng thư “{facts.name}” đã cài rồi; không cần cài lần nữa.",
        )
