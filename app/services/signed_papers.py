"""Ký số: files signed PDFs beside their runs, and signs here with a PKCS#12 file (M79, M82).

A file is filed under a run only when it begins with the very bytes of that print and its content is
still what was signed; whether the signer is believed is the verdict kept with it. The stations of
the paper are another road and are not touched.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import PrintRunId
from app.domain.signed_papers import (
    MOST_ADDED,
    MOST_KEYSTORE,
    SignatureFact,
    SignedPaper,
    SignPlace,
    worst,
)
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import PrintRun, UnitOfWork, UowFactory
from app.services.class_scope import OVERSEERS
from app.services.paper_board import RECORDERS, concerns
from app.services.paper_lives import read_row
from app.services.print_comparing import run_differs
from app.services.standing import require_standing, standing
from app.signing_ports import Keystore, PdfSignatures

_PRINTS = frozenset({Topic.PRINTS})


class SignedPapers:
    """Files are only added: a better signature is one more file."""

    def __init__(self, uows: UowFactory, clock: Clock, signatures: PdfSignatures) -> None:
        self._uows = uows
        self._clock = clock
        self._signatures = signatures

    def of_run(self, actor: Actor, run_id: PrintRunId) -> tuple[SignedPaper, ...]:
        """The signed files of a run, the oldest first."""
        with self._uows.read() as uow:
            self._permit(uow, actor, run_id)
            return uow.signed_papers.of_run(run_id)

    def content(self, actor: Actor, signed_id: int) -> bytes:
        """The bytes of a signed file as they were filed; refused when they are so no longer."""
        with self._uows.read() as uow:
            paper = uow.signed_papers.get(signed_id)
            self._permit(uow, actor, paper.run_id)
            content = uow.signed_papers.content(signed_id)
        if hashlib.sha256(content).hexdigest() != paper.file_digest:
            raise RuleRefused(
                "signed_damaged",
                "Bản ký số này không còn đúng như lúc cất vào, có thể tệp dữ liệu bị hỏng hoặc bị "
                "sửa ngoài chương trình; hãy kiểm tra tệp ở trang Quản trị.",
            )
        return content

    def examine(
        self, actor: Actor, run_id: PrintRunId, content: bytes
    ) -> tuple[SignatureFact, ...]:
        """What a returned file says, before it is filed; nothing is written."""
        with self._uows.read() as uow:
            self._permit(uow, actor, run_id)
            run = uow.prints.get(run_id)
            return self._read(uow, run, content, self._clock.now())

    def check_again(self, actor: Actor, signed_id: int) -> tuple[SignatureFact, ...]:
        """A filed one against the authorities of today, for the moment it was filed."""
        content = self.content(actor, signed_id)
        with self._uows.read() as uow:
            paper = uow.signed_papers.get(signed_id)
            return self._read(uow, uow.prints.get(paper.run_id), content, paper.received_at)

    def receive(self, actor: Actor, run_id: PrintRunId, content: bytes) -> CommandResult:
        """Nhận bản đã ký: file a PDF that came back; the payload is the `SignedPaper`.

        Refused for another document, for content changed since it was signed, and twice.
        """
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, now.date(), "nhận bản đã ký số", *RECORDERS)
            run = uow.prints.get(run_id)
            _refuse_discarded(uow, run, now)
            facts = self._read(uow, run, content, now)
            verdict = worst(facts)
            if not verdict.intact:
                raise RuleRefused(
                    "signed_not_intact",
                    f"Không nhận tệp này vào bản in số {run.number:04d}: {verdict.inside}. "
                    f"{verdict.sentence}",
                    verdict=verdict,
                )
            return self._keep(uow, actor, run, content, facts, now, made_here=False)

    def sign_here(
        self,
        actor: Actor,
        run_id: PrintRunId,
        keystore: Keystore,
        place: SignPlace,
    ) -> CommandResult:
        """Ký số a run with the key of a PKCS#12 file, after those who signed it already.

        The payload is the `SignedPaper`. Refused when the data are no longer those printed, as
        they are for a signature on paper.
        """
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, now.date(), "ký số bản in", *RECORDERS)
            _refuse_large(keystore)
            run = uow.prints.get(run_id)
            _refuse_discarded(uow, run, now)
            if run_differs(uow, run):
                raise RuleRefused(
                    "print_differs",
                    f"Số liệu đã khác bản in số {run.number:04d} nên không ký số bản này nữa; hãy "
                    "in lại và ký bản mới.",
                )
            before = uow.signed_papers.of_run(run_id)
            base = (
                uow.signed_papers.content(before[-1].id) if before else uow.prints.content(run_id)
            )
            content = self._signatures.sign(base, keystore, place, now)
            facts = self._read(uow, run, content, now)
            if not worst(facts).intact:
                raise RuleRefused(
                    "sign_not_confirmed",
                    "Vừa ký xong nhưng đọc lại thì chữ ký không đúng nên chưa cất gì; hãy kiểm tra "
                    "tệp chứng thư rồi ký lại.",
                )
            return self._keep(uow, actor, run, content, facts, now, made_here=True)

    # --- inside

    def _permit(self, uow: UnitOfWork, actor: Actor, run_id: PrintRunId) -> None:
        today = self._clock.today()
        now = standing(uow, actor, today)
        if now.has(*OVERSEERS):
            return
        row = read_row(uow, uow.prints.get(run_id), today)
        if not concerns(row, now):
            raise AccessDenied(
                "not_your_paper",
                f"{now.name} không dạy, không chủ nhiệm lớp của bản in số {row.run.number:04d} nên "
                "không xem bản ký số được.",
            )

    def _read(
        self, uow: UnitOfWork, run: PrintRun, content: bytes, at: datetime
    ) -> tuple[SignatureFact, ...]:
        original = uow.prints.content(run.id)
        before = uow.signed_papers.of_run(run.id)
        most = len(original) + MOST_ADDED * (len(before) + 1)
        if len(content) > most:
            raise RuleRefused(
                "signed_too_big",
                f"Tệp nặng {len(content) // 1024} KB, bản in số {run.number:04d} kèm chữ ký nhiều "
                f"nhất {most // 1024} KB; hãy chọn đúng tệp đã ký từ bản in này.",
            )
        roots = [root.facts.der for root in uow.signed_papers.roots()]
        return self._signatures.read(content, original, roots, at)

    def _keep(
        self,
        uow: UnitOfWork,
        actor: Actor,
        run: PrintRun,
        content: bytes,
        facts: tuple[SignatureFact, ...],
        now: datetime,
        *,
        made_here: bool,
    ) -> CommandResult:
        digest = hashlib.sha256(content).hexdigest()
        if any(one.file_digest == digest for one in uow.signed_papers.of_run(run.id)):
            raise RuleRefused(
                "signed_twice",
                f"Tệp này đã cất trong bản in số {run.number:04d} rồi; không cần nhận lần nữa.",
            )
        paper = SignedPaper(0, run.id, digest, now, actor.account_id, made_here, facts)
        paper = replace(paper, id=uow.signed_papers.add(paper, content))
        detail = {
            "number": run.number,
            "title": run.title,
            "bytes": len(content),
            "sha256": digest,
            "verdict": paper.verdict.value,
            "signatures": [
                {
                    "signer": one.signer,
                    "issuer": one.issuer,
                    "serial": one.serial,
                    "said_at": "" if one.said_at is None else one.said_at.isoformat(),
                    "verdict": one.verdict.value,
                }
                for one in facts
            ],
        }
        kind = "signed.made" if made_here else "signed.received"
        seq = uow.trail.append(TrailDraft(kind, detail, run.class_id), actor, now)
        uow.commit()
        done = "Đã ký số" if made_here else "Đã nhận bản ký số của"
        return CommandResult(
            _PRINTS, seq, f"{done} bản in số {run.number:04d}", run.class_id, paper
        )


def _refuse_discarded(uow: UnitOfWork, run: PrintRun, now: datetime) -> None:
    if read_row(uow, run, now.date()).life.discarded is not None:
        raise RuleRefused(
            "paper_discarded",
            f"Bản in số {run.number:04d} đã hủy nên không nhận chữ ký số; hãy in lại rồi ký.",
        )


def _refuse_large(keystore: Keystore) -> None:
    if len(keystore.content) > MOST_KEYSTORE:
        raise RuleRefused(
            "keystore_unreadable",
            f"Tệp chứng thư nặng hơn {MOST_KEYSTORE // 1024} KB nên không phải tệp PKCS#12; hãy "
            "chọn đúng tệp .p12, .pfx.",
        )
