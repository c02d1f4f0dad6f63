"""Kết quả theo KHGDCN of a class as the screen shows it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import ClassId, PupilId
from app.domain.plan_results import PlanResult


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A pupil with a plan: `computed` by the levels, `accepted` by the principal, "" for none.

    `document` is the paper the profile names; `newest` the last proposal.
    """

    pupil_id: PupilId
    name: str
    document: str
    computed: str
    accepted: str
    newest: PlanResult | None

    @property
    def waits(self) -> bool:
        """Whether the principal is asked."""
        return self.newest is not None and self.newest.waits


@dataclass(frozen=True, slots=True)
class PlanBoard:
    """`levels` best first; no lines where the circular has no overall result."""

    class_id: ClassId
    class_name: str
    levels: tuple[str, ...]
    lines: tuple[PlanLine, ...]
    may_propose: bool
    may_decide: bool

    @property
    def waiting(self) -> tuple[PlanLine, ...]:
        """Whom the principal is asked about."""
        return tuple(line for line in self.lines if line.waits)
