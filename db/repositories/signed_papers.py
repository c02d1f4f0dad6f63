"""Signed PDFs and trust roots: rows to dataclasses."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from app.domain.ids import AccountId, PrintRunId, SchoolYearId
from app.domain.signed_papers import (
    CertificateFacts,
    SignatureFact,
    SignedPaper,
    TrustRoot,
    Verdict,
)
from app.errors import RuleRefused
from db.repositories.new_key import new_key
from db.rows.prints import print_run
from db.rows.signed_papers import paper_signature, signed_paper, trust_root


class SqlSignedPapers:
    """Fulfils `app.signing_ports.SignedPaperRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, paper: SignedPaper, content: bytes) -> int:
        signed_id = new_key(
            self._db.execute(
                insert(signed_paper).values(
                    print_run_id=paper.run_id,
                    file_digest=paper.file_digest,
                    received_at=paper.received_at,
                    received_by=paper.received_by,
                    made_here=int(paper.made_here),
                    content=content,
                )
            )
        )
        self._db.execute(
            insert(paper_signature),
            [
                {
                    "signed_paper_id": signed_id,
                    "position": position,
                    "signer": one.signer,
                    "issuer": one.issuer,
                    "serial": one.serial,
                    "said_at": one.said_at,
                    "verdict": one.verdict.value,
                }
                for position, one in enumerate(paper.signatures)
            ],
        )
        return signed_id

    def get(self, signed_id: int) -> SignedPaper:
        found = self._read(signed_paper.c.id == signed_id)
        if not found:
            raise _not_found(signed_id)
        return found[0]

    def content(self, signed_id: int) -> bytes:
        found = self._db.execute(
            select(signed_paper.c.content).where(signed_paper.c.id == signed_id)
        ).scalar()
        if found is None:
            raise _not_found(signed_id)
        return bytes(found)

    def of_run(self, run_id: PrintRunId) -> tuple[SignedPaper, ...]:
        return self._read(signed_paper.c.print_run_id == run_id)

    def of_year(self, year_id: SchoolYearId) -> tuple[SignedPaper, ...]:
        return self._read(print_run.c.school_year_id == year_id)

    def bytes_of_year(self, year_id: SchoolYearId) -> int:
        found = self._db.execute(
            select(func.sum(func.length(signed_paper.c.content)))
            .join(print_run, print_run.c.id == signed_paper.c.print_run_id)
            .where(print_run.c.school_year_id == year_id)
        ).scalar()
        return int(found or 0)

    def roots(self) -> tuple[TrustRoot, ...]:
        rows = self._db.execute(select(trust_root).order_by(trust_root.c.name, trust_root.c.id))
        return tuple(
            TrustRoot(
                r.id,
                CertificateFacts(
                    *(r.name, r.issuer, r.fingerprint, r.valid_from, r.valid_until),
                    is_authority=True,
                    der=bytes(r.certificate),
                ),
                r.added_at,
                AccountId(r.added_by),
            )
            for r in rows
        )

    def add_root(self, root: TrustRoot) -> int:
        facts = root.facts
        return new_key(
            self._db.execute(
                insert(trust_root).values(
                    name=facts.name,
                    issuer=facts.issuer,
                    fingerprint=facts.fingerprint,
                    valid_from=facts.valid_from,
                    valid_until=facts.valid_until,
                    certificate=facts.der,
                    added_at=root.added_at,
                    added_by=root.added_by,
                )
            )
        )

    def remove_root(self, root_id: int) -> None:
        self._db.execute(delete(trust_root).where(trust_root.c.id == root_id))

    def _read(self, wanted: ColumnElement[bool]) -> tuple[SignedPaper, ...]:
        files = self._db.execute(
            select(*(c for c in signed_paper.c if c.name != "content"))
            .join(print_run, print_run.c.id == signed_paper.c.print_run_id)
            .where(wanted)
            .order_by(signed_paper.c.id)
        ).all()
        signatures: dict[int, list[SignatureFact]] = defaultdict(list)
        for r in self._db.execute(
            select(paper_signature)
            .where(paper_signature.c.signed_paper_id.in_([row.id for row in files]))
            .order_by(paper_signature.c.signed_paper_id, paper_signature.c.position)
        ):
            signatures[r.signed_paper_id].append(
                SignatureFact(r.signer, r.issuer, r.serial, r.said_at, Verdict(r.verdict))
            )
        return tuple(
            SignedPaper(
                row.id,
                PrintRunId(row.print_run_id),
                row.file_digest,
                row.received_at,
                AccountId(row.received_by),
                bool(row.made_here),
                tuple(signatures[row.id]),
            )
            for row in files
        )


def _not_found(signed_id: int) -> RuleRefused:
    return RuleRefused(
        "not_found", f"Không tìm thấy bản ký số mã {signed_id} trong tệp; hãy tải lại trang."
    )
