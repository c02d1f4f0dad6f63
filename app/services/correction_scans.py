"""Bản chụp minh chứng: scans of a case's evidence, kept inside the encrypted file.

They are looked at inside the program only: no service writes them anywhere else, and a sealed year
carries their digests, not their pictures.
"""

from __future__ import annotations

import hashlib

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.case_rules import REGISTRARS
from app.domain.corrections import UNDECIDED, CaseScan, Correction, trail_kind
from app.domain.ids import CorrectionId
from app.domain.photos import photo_format
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import UowFactory
from app.services.case_targets import load_target
from app.services.correction_board import may_see
from app.services.correction_checks import wrong_step
from app.services.standing import standing
from app.text import clean

MOST_BYTES = 3 * 1024 * 1024
"""A page scanned at 150 dpi as JPEG is a tenth of it."""
MOST_SCANS = 8
_NAME_LIMIT = 80
_PDF_START = b"%PDF-"


class CorrectionScans:
    """Takes scans in and gives them back to whoever may see the case."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def add(self, actor: Actor, case_id: CorrectionId, name: str, content: bytes) -> CommandResult:
        """Keep one scan (JPEG, PNG, PDF) of an undecided case; nobody takes it away again."""
        title = clean(name)
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = standing(uow, actor, now.date())
            case = uow.corrections.get(case_id)
            if case.step not in UNDECIDED:
                raise wrong_step(case, "thêm minh chứng")
            if actor.account_id != case.requested_by and not actor.has(*REGISTRARS):
                raise AccessDenied(
                    "not_requester",
                    f"Chỉ người đề nghị và văn thư thêm bản chụp vào hồ sơ số {case.number:02d}; "
                    "hãy đưa giấy cho một trong hai người.",
                )
            if not title:
                raise RuleRefused("name_required", "Bản chụp chưa có tên; hãy ghi đó là giấy gì.")
            refuse_too_long(title, "Tên bản chụp", _NAME_LIMIT)
            kept = uow.corrections.scans(case_id)
            digest = hashlib.sha256(content).hexdigest()
            media = _media(title, content)
            if any(scan.digest == digest for scan in kept):
                raise RuleRefused("scan_twice", f"Bản chụp “{title}” đã có trong hồ sơ này rồi.")
            if len(kept) >= MOST_SCANS:
                raise RuleRefused(
                    "scans_full",
                    f"Hồ sơ số {case.number:02d} đã có {len(kept)} bản chụp, nhiều nhất "
                    f"{MOST_SCANS}; hãy ghép các trang thành một tệp PDF.",
                )
            scan = CaseScan(0, case_id, title, media, digest, actor.account_id, now)
            scan_id = uow.corrections.add_scan(scan, content)
            target = load_target(uow, case.about, now)
            detail = {
                "case": case.number,
                "class": target.at.klass.name,
                "subject": target.matter,
                "name": title,
                "bytes": len(content),
                "sha256": digest,
            }
            draft = TrailDraft(
                trail_kind(case.kind, "scan"), detail, case.class_id, case.subject_id
            )
            seq = uow.trail.append(draft, actor, now)
            uow.commit()
        return CommandResult(
            frozenset({Topic.CORRECTIONS}), seq, f"Đã cất bản chụp {title}", case.class_id, scan_id
        )

    def content(self, actor: Actor, scan_id: int) -> tuple[CaseScan, bytes]:
        """A scan with its bytes, for the viewer of the program."""
        with self._uows.read() as uow:
            scan = uow.corrections.scan(scan_id)
            actor = standing(uow, actor, self._clock.today())
            _permit(actor, uow.corrections.get(scan.case_id))
            content = uow.corrections.scan_content(scan_id)
        if hashlib.sha256(content).hexdigest() != scan.digest:
            raise RuleRefused(
                "scan_damaged",
                f"Bản chụp “{scan.name}” không còn đúng như lúc cất vào, có thể tệp dữ liệu bị "
                "hỏng hoặc bị sửa ngoài chương trình; hãy xem bản giấy và kiểm tra tệp ở trang "
                "Quản trị.",
            )
        return scan, content


def _permit(actor: Actor, case: Correction) -> None:
    if not may_see(case, actor):
        raise AccessDenied(
            "not_your_case",
            f"{actor.name} không thuộc hồ sơ số {case.number:02d} nên không xem minh chứng được.",
        )


def _media(name: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise RuleRefused(
            "scan_too_big",
            f"Bản chụp “{name}” nặng {len(content) // 1024} KB, sổ chứa nhiều nhất "
            f"{MOST_BYTES // 1024} KB một bản; hãy chụp lại nhỏ hơn (150 điểm/inch là đủ).",
        )
    if content.startswith(_PDF_START) and b"%%EOF" in content[-1024:]:
        return "pdf"
    media = photo_format(content)
    if not media:
        raise RuleRefused(
            "scan_format",
            f"Tệp “{name}” không phải ảnh JPEG, PNG hoặc PDF còn nguyên; hãy quét lại thành một "
            "trong ba loại ấy.",
        )
    return media
