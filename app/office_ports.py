"""What the papers of the school office need from the outside; `db` fulfils these Protocols."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from app.domain.ids import AccountId, SchoolYearId
from app.domain.papers import DocumentKind, LegalBasis, OutgoingDocument


class PaperRepository(Protocol):
    """Legal bases of a year and the register of outgoing papers."""

    def bases(self, year_id: SchoolYearId) -> tuple[LegalBasis, ...]: ...
    def add_basis(self, basis: LegalBasis, by: AccountId, at: datetime) -> int: ...
    def withdraw_basis(self, basis_id: int, at: datetime) -> None: ...
    def documents(self, year_id: SchoolYearId) -> tuple[OutgoingDocument, ...]: ...
    def document(self, document_id: int) -> OutgoingDocument: ...
    def add_document(self, document: OutgoingDocument) -> int: ...
    def number_document(
        self,
        document_id: int,
        number: int,
        symbol: str,
        issued_on: date,
        by: AccountId,
        at: datetime,
    ) -> None: ...
    def number_holder(
        self, kind: DocumentKind, calendar_year: int, number: int
    ) -> OutgoingDocument | None: ...
    def last_number(self, kind: DocumentKind, calendar_year: int) -> int: ...
