"""What the sample school of each level is called, which grades it has and what they choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.periods import Term
from app.domain.school import School
from app.domain.school_levels import Level
from app.domain.subjects import Subject
from app.regulations.thpt_choices import NO_CHOICES, ClassChoices
from app.services.school_facts import levels_of


def _school(kind: str, stage: str, authority: str) -> School:
    return School(f"Trường {kind} Sông Trăng", stage, authority, "xã Sông Trăng", "tỉnh Thanh Hóa")


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """One level's sample school; `symbol` ends the numbers of its decisions ("18/QĐ-THCS")."""

    school: School
    grades: tuple[int, ...]
    symbol: str
    streams: tuple[ClassChoices, ...] = (NO_CHOICES,)
    """Tổ hợp môn lựa chọn, by the number of a class within its grade."""

    optional: tuple[str, ...] = ()
    """Môn tự chọn that every class studies."""

    def choices(self, offered: Iterable[Subject], row: int) -> ClassChoices:
        """What the `row`-th class of a grade studies of what is `offered`.

        Only THPT under CT2018 has môn lựa chọn.
        """
        if not any(subject.elective for subject in offered):
            return NO_CHOICES
        return self.streams[row % len(self.streams)]

    @property
    def levels(self) -> tuple[Level, ...]:
        """Cấp học of the school."""
        return levels_of(self.school.stage)

    def decision(self, number: int) -> str:
        """A decision's number as the school writes it."""
        return f"{number}/QĐ-{self.symbol}" if number > 9 else f"0{number}/QĐ-{self.symbol}"


TH = SamplePlan(
    _school("Tiểu học", "th", "UBND xã Sông Trăng"),
    (1, 2, 3, 4, 5),
    "TH",
    optional=("ngoai_ngu_1",),
)
THCS = SamplePlan(_school("THCS", "thcs", "UBND xã Sông Trăng"), (6, 7, 8, 9), "THCS")
THPT = SamplePlan(
    _school("THPT", "thpt", "Sở Giáo dục và Đào tạo Thanh Hóa"),
    (10, 11, 12),
    "THPT",
    (
        ClassChoices(
            ("vat_li", "hoa_hoc", "sinh_hoc", "tin_hoc"),
            {"toan": Term.HK2, "vat_li": Term.HK1, "hoa_hoc": Term.HK2},
        ),
        # The pupils of this class differ: each leaves out one of the five.
        ClassChoices(
            ("dia_li", "gdkt_pl", "cong_nghe", "tin_hoc", "am_nhac"),
            {"ngu_van": Term.HK2, "lich_su": Term.HK1, "dia_li": Term.HK2},
        ),
    ),
)
TH_THCS = SamplePlan(
    _school("TH và THCS", "th_thcs", "UBND xã Sông Trăng"),
    (1, 6, 5, 9, 4, 8, 3, 7, 2),
    "TH&THCS",
    optional=TH.optional,
)
THCS_THPT = SamplePlan(
    _school("THCS và THPT", "thcs_thpt", THPT.school.authority),
    (6, 10, 9, 12, 8, 11, 7),
    "THCS&THPT",
    THPT.streams,
)
TH_THCS_THPT = SamplePlan(
    _school("TH, THCS và THPT", "th_thcs_thpt", THPT.school.authority),
    (1, 6, 10, 5, 9, 12, 4, 8, 11, 3, 7, 2),
    "TH-THCS-THPT",
    THPT.streams,
    TH.optional,
)
"""Of several levels the first classes are of every level, the next ones end a level."""

PLANS = {
    plan.school.stage.replace("_", "-"): plan
    for plan in (TH, THCS, THPT, TH_THCS, THCS_THPT, TH_THCS_THPT)
}
"""Levels a sample school can be made for, as on the command line."""
