"""Học sinh and their place in a class."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from app.domain.ids import ClassId, PupilId


class Inclusion(StrEnum):
    """Giáo dục hòa nhập as files and books write it; "" for a pupil without special needs."""

    INCLUSIVE = "Hòa nhập"
    SPECIAL = "Chuyên biệt"


@dataclass(frozen=True, slots=True)
class PupilProfile:
    """Sơ yếu lý lịch. Codes are text: leading zeros count. All text is NFC and trimmed.

    `personal_id_verified_on` is the day on which name, birth date, sex and personal ID were
    confirmed against the national population database ("đã xác thực"); None until then.
    """

    full_name: str
    birth_date: date | None = None
    sex: str = ""
    ministry_code: str = ""
    personal_id: str = ""
    ethnicity: str = ""
    birthplace: str = ""
    address: str = ""
    priority_group: str = ""
    father: str = ""
    father_job: str = ""
    mother: str = ""
    mother_job: str = ""
    phone: str = ""
    note: str = ""
    father_phone: str = ""
    father_email: str = ""
    mother_phone: str = ""
    mother_email: str = ""
    guardian: str = ""
    guardian_job: str = ""
    guardian_phone: str = ""
    guardian_email: str = ""
    hometown: str = ""
    residence: str = ""
    inclusion: str = ""
    inclusion_document: str = ""
    personal_id_verified_on: date | None = None


FIELD_TITLES: dict[str, str] = {
    "full_name": "Họ và tên",
    "birth_date": "Ngày sinh",
    "sex": "Giới tính",
    "ministry_code": "Mã định danh Bộ GD&ĐT",
    "personal_id": "Số định danh cá nhân",
    "personal_id_verified_on": "Ngày xác thực định danh",
    "ethnicity": "Dân tộc",
    "birthplace": "Nơi sinh",
    "hometown": "Quê quán",
    "residence": "Nơi thường trú",
    "address": "Chỗ ở hiện nay",
    "priority_group": "Đối tượng ưu tiên",
    "inclusion": "Giáo dục hòa nhập",
    "inclusion_document": "Giấy tờ hòa nhập",
    "father": "Họ tên cha",
    "father_job": "Nghề nghiệp cha",
    "father_phone": "Điện thoại cha",
    "father_email": "Email cha",
    "mother": "Họ tên mẹ",
    "mother_job": "Nghề nghiệp mẹ",
    "mother_phone": "Điện thoại mẹ",
    "mother_email": "Email mẹ",
    "guardian": "Họ tên người giám hộ",
    "guardian_job": "Nghề nghiệp người giám hộ",
    "guardian_phone": "Điện thoại người giám hộ",
    "guardian_email": "Email người giám hộ",
    "phone": "Số điện thoại",
    "note": "Ghi chú",
}
"""Every field of a profile in the order of a form."""

DATE_FIELDS = ("birth_date", "personal_id_verified_on")
EMAIL_FIELDS = ("father_email", "mother_email", "guardian_email")
PHONE_FIELDS = ("phone", "father_phone", "mother_phone", "guardian_phone")
IDENTITY_FIELDS = ("full_name", "birth_date", "sex", "personal_id")
"""What "đã xác thực" confirms; a change of any of them takes the mark away."""


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A pupil's line in the roster of one class; `left_on` strikes it but keeps it."""

    pupil_id: PupilId
    position: int
    profile: PupilProfile
    joined_on: date
    left_on: date | None = None
    left_reason: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A pupil's place in one class of any year, without the profile."""

    pupil_id: PupilId
    class_id: ClassId
    joined_on: date
    left_on: date | None


def profile_changes(old: PupilProfile, new: PupilProfile) -> dict[str, tuple[str, str]]:
    """Field -> (old, new) as text, for the trail and the differences view."""
    changed: dict[str, tuple[str, str]] = {}
    for item in fields(PupilProfile):
        before, after = getattr(old, item.name), getattr(new, item.name)
        if before != after:
            changed[item.name] = (_shown(before), _shown(after))
    return changed


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
