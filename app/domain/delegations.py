"""Ủy quyền: a power given to somebody else, from a day to a day, by a written decision."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.corrections import CaseKind
from app.domain.ids import AccountId
from app.domain.roles import Role


class Power(StrEnum):
    """What may be given: pressing lock and unlock, approving one kind of correction.

    Closing, signing off and sealing stay with the principal, whose key signs them.
    """

    OPEN_SHUT = "open_shut"
    APPROVE_MARKS = "approve_marks"
    APPROVE_CONDUCT = "approve_conduct"
    APPROVE_ATTENDANCE = "approve_attendance"
    APPROVE_PUPILS = "approve_profile"

    @property
    def words(self) -> str:
        """The power inside a sentence."""
        if self is Power.OPEN_SHUT:
            return "đóng, mở đợt nhập, khóa và mở cột theo quyết định của hiệu trưởng"
        return f"duyệt hồ sơ {_KIND[self].act}"

    @property
    def kind(self) -> CaseKind | None:
        """The kind of correction it approves; None for pressing."""
        return _KIND.get(self)


_KIND = {
    Power.APPROVE_MARKS: CaseKind.MARKS,
    Power.APPROVE_CONDUCT: CaseKind.CONDUCT,
    Power.APPROVE_ATTENDANCE: CaseKind.ATTENDANCE,
    Power.APPROVE_PUPILS: CaseKind.PROFILE,
}
POWER_OF = {kind: power for power, kind in _KIND.items()}
"""The power that approves a kind of correction."""

_TECHNICAL = frozenset({Role.ADMINISTRATOR.value, Role.BOARD_HEAD.value})
"""Whoever runs the system; they approve nothing (M59, M202)."""


def may_receive(power: Power, roles: Collection[str]) -> bool:
    """Whether somebody with these offices can hold a power given: no inspector ever, and no
    approval for whoever runs the system.
    """
    if Role.INSPECTOR.value in roles:
        return False
    return power is Power.OPEN_SHUT or _TECHNICAL.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Delegation:
    """A power from `giver` to `taker`; both days inclusive, and never without a last day.

    `ended_on` is the last day when it was taken back earlier.
    """

    id: int
    power: Power
    giver: AccountId
    giver_name: str
    taker: AccountId
    taker_name: str
    starts_on: date
    ends_on: date
    decision_no: str
    decision_on: date
    ended_on: date | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it counts."""
        return self.ends_on if self.ended_on is None else min(self.ends_on, self.ended_on)

    def covers(self, day: date) -> bool:
        """Whether it counts on `day`; after its last day it is over by itself."""
        return self.starts_on <= day <= self.last_day
