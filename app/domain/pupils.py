"""Học sinh and their place in a class."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from app.domain.ids import PupilId


@dataclass(frozen=True, slots=True)
class PupilProfile:
    """Sơ yếu lý lịch. Codes are text: leading zeros count. All text is NFC and trimmed."""

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


FIELD_TITLES: dict[str, str] = {
    "full_name": "Họ và tên",
    "birth_date": "Ngày sinh",
    "sex": "Giới tính",
    "ministry_code": "Mã định danh Bộ GD&ĐT",
    "personal_id": "Số định danh cá nhân",
    "ethnicity": "Dân tộc",
    "birthplace": "Nơi sinh",
    "address": "Chỗ ở hiện nay",
    "priority_group": "Đối tượng ưu tiên",
    "father": "Họ tên cha",
    "father_job": "Nghề nghiệp cha",
    "mother": "Họ tên mẹ",
    "mother_job": "Nghề nghiệp mẹ",
    "phone": "Số điện thoại",
    "note": "Ghi chú",
}


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A pupil's line in the roster of one class; `left_on` strikes it but keeps it."""

    pupil_id: PupilId
    position: int
    profile: PupilProfile
    joined_on: date
    left_on: date | None = None
    left_reason: str = ""


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
