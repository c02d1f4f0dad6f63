"""Vai trò: what kind of office a person holds in the school, from one day to another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.ids import AccountId, ClassId, SubjectId


class Role(StrEnum):
    """Offices of the school. Homeroom and subject teaching come from assignments as well."""

    PRINCIPAL = "principal"
    VICE_PRINCIPAL = "vice_principal"
    ADMINISTRATOR = "administrator"
    SECRETARY = "secretary"
    DEPARTMENT_HEAD = "department_head"
    HOMEROOM_TEACHER = "homeroom_teacher"
    SUBJECT_TEACHER = "subject_teacher"
    ACADEMIC_VICE = "academic_vice"
    HOMEROOM_VICE = "homeroom_vice"
    BOARD_HEAD = "board_head"
    INSPECTOR = "inspector"

    @property
    def label(self) -> str:
        """The Vietnamese office."""
        return {
            Role.PRINCIPAL: "Hiệu trưởng",
            Role.VICE_PRINCIPAL: "Phó hiệu trưởng",
            Role.ADMINISTRATOR: "Quản trị hệ thống",
            Role.SECRETARY: "Văn thư",
            Role.DEPARTMENT_HEAD: "Tổ trưởng chuyên môn",
            Role.HOMEROOM_TEACHER: "Giáo viên chủ nhiệm",
            Role.SUBJECT_TEACHER: "Giáo viên bộ môn",
            Role.ACADEMIC_VICE: "Phó hiệu trưởng chuyên môn",
            Role.HOMEROOM_VICE: "Phó hiệu trưởng phụ trách chủ nhiệm",
            Role.BOARD_HEAD: "Trưởng ban quản trị sổ điểm",
            Role.INSPECTOR: "Thanh tra, kiểm tra",
        }[self]


SETTERS = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR, Role.SECRETARY)
"""Who sets the school up."""
VICE_DUTIES = frozenset({Role.ACADEMIC_VICE, Role.HOMEROOM_VICE})
"""What a vice principal is in charge of (M198-M201); nothing without the office itself."""


def holds_one(roles: Collection[Role], offices: Collection[Role]) -> bool:
    """Whether one of `offices` is held: a vice principal's duty counts only with the office, and an
    inspector holds nothing.
    """
    if Role.INSPECTOR in roles:
        return False
    held = set(offices) & set(roles)
    if Role.VICE_PRINCIPAL not in roles:
        held -= VICE_DUTIES
    return bool(held)


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role of an account from `starts_on` to `ends_on` (inclusive; None = still)."""

    account_id: AccountId
    role: Role
    starts_on: date
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the grant is in force on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Phân công: who teaches a subject in a class, or (subject_id None) who is its GVCN."""

    class_id: ClassId
    subject_id: SubjectId | None
    account_id: AccountId
    starts_on: date
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the assignment is in force on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
