"""Sổ theo dõi vật mang: where a sealed medium lies, when it was read again, who broke its seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.ids import AccountId, SchoolYearId


class MediumAct(StrEnum):
    """What happened to a medium; a line of the register each."""

    PLACED = "placed"
    CHECKED = "checked"
    OPENED = "opened"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """Words on screen and paper."""
        return {
            MediumAct.PLACED: "Cất giữ",
            MediumAct.CHECKED: "Đọc kiểm tra",
            MediumAct.OPENED: "Mở niêm phong",
            MediumAct.CLOSED: "Niêm phong lại",
        }[self]


class MediumState(StrEnum):
    """How a check ended; the values of `app.media.VerifyVerdict` that a register can hold."""

    INTACT = "intact"
    DAMAGED = "damaged"
    FORGED = "forged"
    OTHER_KEY = "other_key"

    @property
    def label(self) -> str:
        """Words on screen and paper."""
        return {
            MediumState.INTACT: "Nguyên vẹn",
            MediumState.DAMAGED: "Hỏng",
            MediumState.FORGED: "Chữ ký không đúng",
            MediumState.OTHER_KEY: "Khóa khác",
        }[self]


@dataclass(frozen=True, slots=True)
class MediumEvent:
    """One line of the register, never changed afterwards.

    `people` are the keeper (PLACED), or who was present (OPENED, CLOSED); `place` where it is kept;
    `note` a decision and reason, or what a check found; `next_check_on` by when it is to be read
    again (PLACED, CHECKED).
    """

    school_year_id: SchoolYearId
    copy_no: int
    act: MediumAct
    at: datetime
    by: AccountId
    people: str = ""
    place: str = ""
    note: str = ""
    next_check_on: date | None = None
    state: MediumState | None = None
    files: int = 0
    bytes: int = 0


CHECK_EVERY_MONTHS = 12
"""A drive is read once a year: flash cells fade, and a fault found early is still repairable."""


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue  # the month is shorter
    raise ValueError(f"no day {months} months after {day}")


@dataclass(frozen=True, slots=True)
class MediumHistory:
    """Everything the register says of one medium, the oldest line first."""

    events: tuple[MediumEvent, ...]

    @property
    def place(self) -> str:
        """Where it is kept now; "" while nobody has said."""
        return next((e.place for e in reversed(self.events) if e.place), "")

    @property
    def keeper(self) -> str:
        """Who keeps it by the register; "" when nobody took it over since the seal."""
        found = (e.people for e in reversed(self.events) if e.act is MediumAct.PLACED)
        return next(found, "")

    @property
    def last_check(self) -> MediumEvent | None:
        """The last time every byte was read."""
        checks = (e for e in reversed(self.events) if e.act is MediumAct.CHECKED)
        return next(checks, None)

    @property
    def is_open(self) -> bool:
        """Whether its seal was broken and not closed again."""
        acts = (e.act for e in reversed(self.events))
        turns = (MediumAct.OPENED, MediumAct.CLOSED)
        return next((act for act in acts if act in turns), None) is MediumAct.OPENED

    def check_due(self, sealed_on: date) -> date:
        """By when it is to be read again; a year after the seal when nobody set a day."""
        set_days = (e.next_check_on for e in reversed(self.events) if e.next_check_on)
        return next(set_days, months_later(sealed_on, CHECK_EVERY_MONTHS))
