"""Bảng giấy: every printed run of a year, where its paper is and whom it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.digests import DataDigest
from app.domain.ids import PrintRunId
from app.domain.net_change import NetChange
from app.domain.paper_life import PaperLife, PaperStep
from app.ports import PrintRun

_OFFICE = "Văn thư"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One run and its paper as of `today`.

    `replaced_by` is the number of a newer run of the same paper, 0 without one. `homeroom` and
    `principal` are the names of those who sign; "" when nobody holds the post. A teacher's own book
    is awaited from `year_ends_on` on.
    """

    run: PrintRun
    class_name: str
    life: PaperLife
    today: date
    wait_limit: int
    homeroom: str = ""
    principal: str = ""
    replaced_by: int = 0
    year_ends_on: date | None = None

    @property
    def id(self) -> PrintRunId:
        """The run's id."""
        return self.run.id

    @property
    def name(self) -> str:
        """How sentences begin: "Bản in số 0007"."""
        return run_name(self.run)

    @property
    def code(self) -> str:
        """Mã dữ liệu: 8 base32 characters, as on the paper."""
        return DataDigest.of_hex(self.run.data_digest).code

    @property
    def is_open(self) -> bool:
        """Whether it is in use and somebody has to do something with it."""
        return (self.life.waits or self.is_due_back) and not self.replaced_by

    @property
    def is_due_back(self) -> bool:
        """Whether the year is over and a teacher has not handed the own book in (M193)."""
        if self.year_ends_on is None or not self.life.with_teacher:
            return False
        return self.today >= self.year_ends_on

    @property
    def days(self) -> int:
        """Days it has waited at the station it is at."""
        since = self.life.waits_since
        if self.life.with_teacher and self.year_ends_on is not None:
            since = max(since, self.year_ends_on)
        return max(0, (self.today - since).days)

    @property
    def is_late(self) -> bool:
        """Whether it waits longer than the school allows."""
        return self.is_open and self.days > self.wait_limit

    @property
    def is_kept(self) -> bool:
        """Whether it lies where it belongs."""
        return self.life.discarded is None and bool(self.life.place)

    @property
    def awaited(self) -> tuple[str, ...]:
        """Who has to do the next step, by name where a person is meant."""
        step = self.life.current
        if step is PaperStep.TEACHERS and self.life.signers:
            return tuple(one.name for one in self.life.missing())
        if step is PaperStep.HAND_IN and self.life.signers:
            return tuple(one.name for one in self.life.signers)
        if step in (PaperStep.TEACHERS, PaperStep.HAND_IN):
            return ("Giáo viên",)
        if step is PaperStep.HOMEROOM:
            return (self.homeroom or "Giáo viên chủ nhiệm",)
        if step is PaperStep.PRINCIPAL:
            return (self.principal or "Hiệu trưởng",)
        return () if step is None else (_OFFICE,)

    @property
    def loan_overdue(self) -> bool:
        """Whether a borrower should have brought it back before today."""
        return self.life.loan_overdue(self.today)


def run_name(run: PrintRun) -> str:
    """How a sentence names a run: "Bản in số 0007"."""
    return f"Bản in số {run.number:04d}"


@dataclass(frozen=True, slots=True)
class PaperBoard:
    """The rows of a year: what waits first, the earliest station and the longest wait on top."""

    rows: tuple[PaperRow, ...] = ()
    wait_limit: int = 0

    @property
    def waiting(self) -> int:
        """How many runs wait for a signature, a seal, a binding or a place."""
        return sum(row.is_open for row in self.rows)

    @property
    def late(self) -> int:
        """How many of them wait too long."""
        return sum(row.is_late for row in self.rows)

    @property
    def kept(self) -> int:
        """How many lie where they belong."""
        return sum(row.is_kept and not row.replaced_by for row in self.rows)

    @property
    def lent(self) -> int:
        """How many are with a borrower."""
        return sum(row.life.loan is not None for row in self.rows)

    @property
    def overdue(self) -> int:
        """How many borrowers are late."""
        return sum(row.loan_overdue for row in self.rows)


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """What a scanned or typed code leads to.

    `differs` says whether today's data are no longer the printed ones, None for a paper that is not
    compared. `changes` are the mark cells changed since, `others` sentences of the trail about the
    class since the print, the newest first.
    """

    row: PaperRow
    year_name: str
    differs: bool | None
    changes: tuple[NetChange, ...] = ()
    others: tuple[str, ...] = ()
