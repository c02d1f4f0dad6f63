"""Legal bases and outgoing papers: rows to dataclasses."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from app.domain.ids import AccountId, PrintRunId, SchoolYearId
from app.domain.papers import BasisUse, DocumentKind, LegalBasis, OutgoingDocument
from app.errors import RuleRefused
from db.repositories.new_key import new_key
from db.rows.office import legal_basis, outgoing_document


class SqlPapers:
    """Fulfils `app.office_ports.PaperRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def bases(self, year_id: SchoolYearId) -> tuple[LegalBasis, ...]:
        rows = self._db.execute(
            select(legal_basis)
            .where(legal_basis.c.school_year_id == year_id, legal_basis.c.withdrawn_at.is_(None))
            .order_by(legal_basis.c.issued_on, legal_basis.c.id)
        ).mappings()
        return tuple(_basis(row) for row in rows)

    def add_basis(self, basis: LegalBasis, by: AccountId, at: datetime) -> int:
        added = self._db.execute(
            insert(legal_basis).values(
                school_year_id=basis.school_year_id,
                kind=basis.kind.value,
                number=basis.number,
                symbol=basis.symbol,
                issued_on=basis.issued_on,
                issuer=basis.issuer,
                summary=basis.summary,
                uses=",".join(sorted(use.value for use in basis.uses)),
                added_by=by,
                added_at=at,
            )
        )
        return new_key(added)

    def withdraw_basis(self, basis_id: int, at: datetime) -> None:
        self._db.execute(
            update(legal_basis).where(legal_basis.c.id == basis_id).values(withdrawn_at=at)
        )

    def documents(self, year_id: SchoolYearId) -> tuple[OutgoingDocument, ...]:
        rows = self._db.execute(
            select(outgoing_document)
            .where(outgoing_document.c.school_year_id == year_id)
            .order_by(outgoing_document.c.id.desc())
        ).mappings()
        return tuple(_document(row) for row in rows)

    def document(self, document_id: int) -> OutgoingDocument:
        row = (
            self._db.execute(select(outgoing_document).where(outgoing_document.c.id == document_id))
            .mappings()
            .first()
        )
        if row is None:
            raise RuleRefused(
                "not_found",
                f"Không tìm thấy văn bản số thứ tự {document_id} trong sổ đăng ký; hãy tải lại "
                "trang.",
            )
        return _document(row)

    def add_document(self, document: OutgoingDocument) -> int:
        added = self._db.execute(
            insert(outgoing_document).values(
                school_year_id=document.school_year_id,
                kind=document.kind.value,
                summary=document.summary,
                drafted_by=document.drafted_by,
                drafted_at=document.drafted_at,
                print_run_id=document.print_run_id,
            )
        )
        return new_key(added)

    def number_document(
        self,
        document_id: int,
        number: int,
        symbol: str,
        issued_on: date,
        by: AccountId,
        at: datetime,
    ) -> None:
        self._db.execute(
            update(outgoing_document)
            .where(outgoing_document.c.id == document_id)
            .values(
                number=number,
                symbol=symbol,
                issued_on=issued_on,
                calendar_year=issued_on.year,
                numbered_by=by,
                numbered_at=at,
            )
        )

    def number_holder(
        self, kind: DocumentKind, calendar_year: int, number: int
    ) -> OutgoingDocument | None:
        row = (
            self._db.execute(
                select(outgoing_document).where(
                    outgoing_document.c.kind == kind.value,
                    outgoing_document.c.calendar_year == calendar_year,
                    outgoing_document.c.number == number,
                )
            )
            .mappings()
            .first()
        )
        return None if row is None else _document(row)

    def last_number(self, kind: DocumentKind, calendar_year: int) -> int:
        found = self._db.execute(
            select(func.max(outgoing_document.c.number)).where(
                outgoing_document.c.kind == kind.value,
                outgoing_document.c.calendar_year == calendar_year,
            )
        ).scalar()
        return int(found or 0)


def _basis(row: RowMapping) -> LegalBasis:
    return LegalBasis(
        row["id"],
        SchoolYearId(row["school_year_id"]),
        DocumentKind(row["kind"]),
        row["number"],
        row["symbol"],
        row["issued_on"],
        row["issuer"],
        row["summary"],
        frozenset(BasisUse(part) for part in row["uses"].split(",") if part),
    )


def _document(row: RowMapping) -> OutgoingDocument:
    return OutgoingDocument(
        row["id"],
        SchoolYearId(row["school_year_id"]),
        DocumentKind(row["kind"]),
        row["summary"],
        row["drafted_at"],
        AccountId(row["drafted_by"]),
        None if row["print_run_id"] is None else PrintRunId(row["print_run_id"]),
        row["number"],
        row["symbol"],
        row["issued_on"],
    )
