"""What a primary curriculum says of a grade: rows of the forms, traits, and which tests are due."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from app.domain.periods import Period
from app.errors import RuleRefused

GRADES = range(1, 6)
ALL_GRADES = (1, 2, 3, 4, 5)

CORE_CODES = ("tieng_viet", "toan")
"""Subjects tested in classes for pupils with disabilities (TT27/2020, Điều 8)."""

TestMatrix = Mapping[int, Mapping[Period, tuple[str, ...]]]
"""Grade -> period -> codes of the subjects with a Điểm KTĐK."""


class TraitGroup(Enum):
    """Groups of phẩm chất and năng lực as the forms head them."""

    QUALITIES_2018 = "Phẩm chất chủ yếu"
    GENERAL = "Năng lực chung"
    SPECIFIC = "Năng lực đặc thù"
    COMPETENCES_2006 = "Năng lực"
    QUALITIES_2006 = "Phẩm chất"


@dataclass(frozen=True, slots=True)
class Trait:
    """One phẩm chất or năng lực of the forms, in print order."""

    code: str
    name: str
    group: TraitGroup


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A row of the forms in all grades.

    `lessons` a year by grade (missing: no source read), `aliases` other names people write.
    """

    code: str
    name: str
    short_name: str
    grades: tuple[int, ...] = ALL_GRADES
    optional_in: tuple[int, ...] = ()
    lessons: Mapping[int, int] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()

    def is_called(self, name: str) -> bool:
        """Whether an NFC name means this row; "Ngoại ngữ 1 (Tiếng Anh)" means "Ngoại ngữ 1"."""
        names = (self.name, self.short_name, *self.aliases)
        if name in names:
            return True
        found = _WITH_LANGUAGE.fullmatch(name)
        return found is not None and found[1] in names


# Only foreign languages are written with the language behind them; "Tin học và Công nghệ (…)" and
# "Nghệ thuật (…)" are names of rows.
_WITH_LANGUAGE = re.compile(r"(Ngoại ngữ(?: 1)?) ?\(.*\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PrimarySubject:
    """A subject or activity as one grade studies it; `position` from 1 in the order of the forms.

    `lessons` a year is None where no source gave the number.
    """

    code: str
    name: str
    short_name: str
    position: int
    lessons: int | None
    optional: bool


@dataclass(frozen=True, slots=True)
class PrimaryCurriculum:
    """A curriculum by name with its data; what a school changes is kept with its school year."""

    id: str
    name: str
    rows: tuple[SubjectRow, ...]
    tests: TestMatrix

    def subjects(self, grade: int, *, optional: bool = False) -> tuple[PrimarySubject, ...]:
        """Rows of a grade in the order of the forms; môn tự chọn only when `optional`.

        Raises RuleRefused for a grade outside 1 to 5.
        """
        require_grade(grade)
        return tuple(
            PrimarySubject(
                code=row.code,
                name=row.name,
                short_name=row.short_name,
                position=position,
                lessons=row.lessons.get(grade),
                optional=grade in row.optional_in,
            )
            for position, row in enumerate(self.rows, 1)
            if grade in row.grades and (optional or grade not in row.optional_in)
        )

    def tests_due(
        self, grade: int, period: Period, *, special_class: bool = False
    ) -> tuple[str, ...]:
        """Codes of the subjects with a Điểm KTĐK in a period; () for periods without tests.

        `special_class`: a class for pupils with disabilities, tested in Tiếng Việt and Toán only.
        Raises RuleRefused for a grade outside 1 to 5.
        """
        require_grade(grade)
        due = self.tests[grade].get(period, ())
        return tuple(code for code in due if code in CORE_CODES) if special_class else due

    def require_test_due(
        self, grade: int, period: Period, code: str, *, special_class: bool = False
    ) -> None:
        """Raises RuleRefused "test_not_due" unless the subject has a Điểm KTĐK in the period."""
        if code in self.tests_due(grade, period, special_class=special_class):
            return
        name = next((row.name for row in self.rows if row.code == code), code)
        raise RuleRefused(
            "test_not_due",
            f"Môn {name} không có bài kiểm tra định kì {period.words} ở lớp {grade} nên điểm chưa "
            "được ghi; chỉ ghi mức đạt được.",
            grade=grade,
            period=period,
            subject=code,
        )

    def code_named(self, grade: int, name: str) -> str | None:
        """Code of the grade's row with that NFC name; None for a name the curriculum lacks."""
        require_grade(grade)
        for row in self.rows:
            if grade in row.grades and row.is_called(name):
                return row.code
        return None


def require_grade(grade: int) -> None:
    """Raises RuleRefused for a grade outside 1 to 5."""
    if grade not in GRADES:
        raise RuleRefused(
            "grade_outside_stage",
            f"Lớp {grade} không thuộc cấp tiểu học (lớp 1 đến lớp 5) nên không có danh mục môn học "
            "ở đây; hãy chọn đúng khối lớp.",
            grade=grade,
        )
