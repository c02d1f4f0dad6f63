"""Which entry columns a primary class has: subjects with their tests, phẩm chất, năng lực, notes.

One table for setting a year up, for the sheets and for the printed form, so that none of them
derives it again (TT27/2020, Điều 5 and 7; TT22/2016, Điều 10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.periods import PRIMARY_TERMS, Period
from app.regulations import curriculum_2006_primary, curriculum_2018_primary
from app.regulations.curriculum_2006_primary import CURRICULUM_2006
from app.regulations.primary_curriculum import GRADES, PrimaryCurriculum, Trait

TRAITS_CODE, TRAITS_NAME, TRAITS_SHORT = "pc_nl", "Phẩm chất, năng lực", "PC, NL"
"""The homeroom teacher's sheet: phẩm chất and năng lực are its columns."""

LEVEL_CODE, SCORE_CODE = "muc", "ktdk"
"""Columns of a primary subject: Mức đạt được and Điểm KTĐK."""

FLAG_WORDS = {
    "noi_bat": "thành tích xuất sắc hoặc tiến bộ rõ rệt",
    "lop_cong_nhan": "được tập thể lớp công nhận",
    "dot_xuat": "khen thưởng đột xuất",
}
"""Columns of phẩm chất, năng lực at the year's end that hold "x" or nothing (TT27, Điều 13)."""

FLAG_TITLES = {
    "noi_bat": "Xuất sắc, tiến bộ",
    "lop_cong_nhan": "Lớp công nhận",
    "dot_xuat": "Khen đột xuất",
}

_OLD = "_2006"


def subject_code(curriculum: PrimaryCurriculum, code: str) -> str:
    """A row's code in the school's list: a year may have grades of both programmes."""
    return f"{code}{_OLD}" if curriculum is CURRICULUM_2006 else code


def curriculum_code(code: str) -> str:
    """The reverse of `subject_code`: the code the circular knows."""
    return code.removesuffix(_OLD)


def trait_column(curriculum: PrimaryCurriculum, trait: Trait) -> str:
    """Column code of a phẩm chất or năng lực; the two programmes share some short codes."""
    return f"{trait.code}{_OLD}" if curriculum is CURRICULUM_2006 else trait.code


def _traits() -> Mapping[str, Trait]:
    every = curriculum_2018_primary.SCIENCE_FROM_GRADE_1
    found: dict[str, Trait] = {}
    for grade in GRADES:
        for trait in curriculum_2018_primary.traits(grade, every):
            found[trait.code] = trait
        for trait in curriculum_2006_primary.traits(grade):
            found[f"{trait.code}{_OLD}"] = trait
    return found


_TRAITS = _traits()
_TRAIT_GROUPS = {code: trait.group.value for code, trait in _TRAITS.items()}
TRAIT_NAMES = {code: trait.name for code, trait in _TRAITS.items()}
"""Every phẩm chất and năng lực column with its name on screen and paper."""

GRID_TITLES = {
    LEVEL_CODE: "Mức",
    SCORE_CODE: "KTĐK",
    "tu_chu": "Tự chủ",
    "giao_tiep": "Giao tiếp",
    "giai_quyet": "Giải quyết",
    "tu_phuc_vu_2006": "Tự phục vụ",
    "hop_tac_2006": "Hợp tác",
    "tu_hoc_2006": "Tự học",
    "cham_hoc_2006": "Chăm học",
    "tu_tin_2006": "Tự tin",
    "trung_thuc_2006": "Trung thực",
    "doan_ket_2006": "Đoàn kết",
    "noi_bat": "Nổi bật",
    "lop_cong_nhan": "Lớp CN",
    "dot_xuat": "Đột xuất",
}
"""Headings that fit a narrow column of the grid."""


def subject_columns(
    curriculum: PrimaryCurriculum, grade: int, code: str
) -> dict[Period, tuple[str, ...]]:
    """Columns of a subject in each kỳ: its level, and the Điểm KTĐK where the matrix asks one."""
    return {
        period: (LEVEL_CODE, SCORE_CODE)
        if code in curriculum.tests_due(grade, period)
        else (LEVEL_CODE,)
        for period in PRIMARY_TERMS
    }


def trait_columns(
    curriculum: PrimaryCurriculum, traits: Sequence[Trait]
) -> dict[Period, tuple[str, ...]]:
    """Columns of the homeroom teacher's sheet in each kỳ; cuối năm adds what khen thưởng needs."""
    codes = tuple(trait_column(curriculum, trait) for trait in traits)
    return {
        period: (*codes, *FLAG_WORDS) if period is Period.CN else codes for period in PRIMARY_TERMS
    }


def trait_group(code: str) -> str:
    """Heading above a phẩm chất or năng lực column, as the forms group them."""
    return _TRAIT_GROUPS[code]
