"""Bản in của một năm học as a list: what, when, by whom, and whether the data still agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.digests import DataDigest
from app.domain.ids import ClassId, PrintRunId
from app.domain.print_runs import BOOKS
from app.domain.year_end import SignOff
from app.ports import PrintRun


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One run; `differs` is None until it was compared, or when there is nothing to compare."""

    run: PrintRun
    class_name: str
    made_by: str
    differs: bool | None = None
    signed: SignOff | None = None
    """The principal's last signature on this book, voided or not."""

    @property
    def id(self) -> PrintRunId:
        """The run's id."""
        return self.run.id

    @property
    def signable(self) -> bool:
        """Whether it is a book that waits for the principal's signature."""
        waits = self.signed is None or not self.signed.stands
        return self.run.kind in BOOKS and not self.differs and waits

    @property
    def class_id(self) -> ClassId | None:
        """The class it is about; None for a paper of the whole school."""
        return self.run.class_id

    @property
    def number(self) -> str:
        """As printed: four digits."""
        return f"{self.run.number:04d}"

    @property
    def code(self) -> str:
        """Mã dữ liệu: 8 base32 characters, as on the paper."""
        return DataDigest.of_hex(self.run.data_digest).code

    @property
    def made_at(self) -> datetime:
        """When it was printed."""
        return self.run.made_at
