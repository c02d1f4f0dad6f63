"""What is said about the school itself, checked once for the first run and for every change."""

from __future__ import annotations

from typing import Protocol

from app.domain.accounts import refuse_too_long
from app.domain.school import School
from app.domain.school_levels import Level
from app.errors import RuleRefused
from app.text import clean

STAGES = {
    "th": "Tiểu học",
    "thcs": "Trung học cơ sở",
    "thpt": "Trung học phổ thông",
    "th_thcs": "Tiểu học và THCS",
    "thcs_thpt": "THCS và THPT",
    "th_thcs_thpt": "Tiểu học, THCS và THPT",
}
"""Kinds of school with their words; the code joins the levels (trường phổ thông có nhiều cấp)."""
USUAL_STAGE = "thcs"
"""What a form starts from, and what a file without facts is taken for: most schools are."""


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


def levels_of(stage: str) -> tuple[Level, ...]:
    """Levels of a kind of school, from the lowest grade on."""
    return tuple(Level(part) for part in stage.split("_"))


def grades_of(stage: str) -> range:
    """Grades of a kind of school; its levels follow each other without a gap."""
    levels = levels_of(stage)
    return range(levels[0].grades.start, levels[-1].grades.stop)


def levels_here(work: HasSetup) -> tuple[Level, ...]:
    """Levels of the school of this session; THCS while nothing is known of it.

    For what a page is called and whether there is one at all. What is shown of a class follows
    from the class.
    """
    school = work.setup.school()
    return levels_of(USUAL_STAGE if school is None else school.stage)


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
