"""What is said about the school itself, checked once for the first run and for every change."""

from __future__ import annotations

from typing import Protocol

from app.domain.accounts import refuse_too_long
from app.domain.school import School
from app.errors import RuleRefused
from app.text import clean

STAGES = {
    "th": "Tiểu học",
    "thcs": "Trung học cơ sở",
    "thpt": "Trung học phổ thông",
    "thcs_thpt": "Trung học cơ sở và trung học phổ thông",
}
"""Cấp học codes, as on the command line, and their words; a school may have several levels."""
STAGE_GRADES = {
    "th": range(1, 6),
    "thcs": range(6, 10),
    "thpt": range(10, 13),
    "thcs_thpt": range(6, 13),
}
"""Grades a school of each stage has."""
SERVED_STAGES = ("th", "thcs", "thpt", "thcs_thpt")
"""Those this version can set up: it has their subjects and their circulars."""


class _School(Protocol):
    def school(self) -> School | None:
        """The school's facts."""


class HasSetup(Protocol):
    """Whatever can tell the school's facts."""

    @property
    def setup(self) -> _School:
        """The service that knows the school."""


_TITLES = {
    "name": "Tên trường",
    "authority": "Cơ quan chủ quản",
    "commune": "Xã, phường",
    "province": "Tỉnh, thành phố",
}
_LIMIT = 200


def is_primary_school(work: HasSetup) -> bool:
    """Whether the school of this session is a tiểu học: it has kỳ and levels, no rèn luyện."""
    school = work.setup.school()
    return school is not None and school.stage == "th"


def clean_school(school: School) -> School:
    """The facts as stored: NFC, nothing blank, a known stage. Raises RuleRefused."""
    texts = {field: clean(getattr(school, field)) for field in _TITLES}
    blank = [_TITLES[field] for field, text in texts.items() if not text]
    if blank:
        raise RuleRefused(
            "school_facts_missing",
            f"{', '.join(blank)} còn trống; các dòng này in trên mọi biểu mẫu, hãy ghi đủ.",
            blank=blank,
        )
    for field, text in texts.items():
        refuse_too_long(text, _TITLES[field], _LIMIT)
    if school.stage not in STAGES:
        raise RuleRefused(
            "stage_unknown",
            f"Cấp học “{school.stage}” không có trong chương trình; hãy chọn "
            f"{', '.join(STAGES.values())}.",
            stage=school.stage,
        )
    return School(
        texts["name"], school.stage, texts["authority"], texts["commune"], texts["province"]
    )


def facts_detail(school: School) -> dict[str, str]:
    """The facts as the trail keeps them."""
    return {
        "name": school.name,
        "stage": school.stage,
        "authority": school.authority,
        "commune": school.commune,
        "province": school.province,
    }
