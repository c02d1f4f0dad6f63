"""Hồ sơ sổ điểm điện tử a school hands in: its parts in order, where it goes, by when (M144, M165).

Parts follow the district letter of 08/09/2023 (founding 002, annex, items 1 to 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.ids import SchoolYearId
from app.domain.letters import LetterKind


class DossierPart(StrEnum):
    """One line of the checklist, in the order of binding."""

    SUBMISSION = "submission"
    ONE_SYSTEM = "one_system"
    RULES = "rules"
    KEEPERS = "keepers"
    PLAN = "plan"
    TEST_RULES = "test_rules"
    SOFTWARE = "software"

    @property
    def label(self) -> str:
        """As the contents page names it."""
        return _LABELS[self]

    @property
    def letters(self) -> tuple[LetterKind, ...]:
        """Papers of this program that fill it; without one the part is a paper from elsewhere."""
        return _LETTERS[self]


_LABELS = {
    DossierPart.SUBMISSION: "Tờ trình về việc sử dụng sổ điểm điện tử",
    DossierPart.ONE_SYSTEM: "Minh chứng dùng một phần mềm và kết nối với hệ thống của ngành",
    DossierPart.RULES: "Quyết định ban hành Quy chế và Quy chế sử dụng sổ điểm điện tử",
    DossierPart.KEEPERS: "Quyết định phân công tổ phụ trách sổ điểm điện tử",
    DossierPart.PLAN: "Kế hoạch ghi điểm, lưu điểm và in sổ điểm điện tử",
    DossierPart.TEST_RULES: "Quy chế (kế hoạch) kiểm tra, đánh giá của trường",
    DossierPart.SOFTWARE: "Công văn gửi đĩa phần mềm",
}
_LETTERS: dict[DossierPart, tuple[LetterKind, ...]] = {
    DossierPart.SUBMISSION: (LetterKind.SUBMISSION,),
    DossierPart.ONE_SYSTEM: (),
    DossierPart.RULES: (LetterKind.RULES_DECISION, LetterKind.RULES),
    DossierPart.KEEPERS: (LetterKind.KEEPERS,),
    DossierPart.PLAN: (LetterKind.PLAN,),
    DossierPart.TEST_RULES: (LetterKind.TEST_PLAN,),
    DossierPart.SOFTWARE: (LetterKind.COVERING,),
}


@dataclass(frozen=True, slots=True)
class EnclosedPaper:
    """A paper from outside the program that stands for a part: what it is, how many sheets.

    `left_out` says why a part is not in the dossier; `sheets` is 0 then.
    """

    part: DossierPart
    title: str = ""
    sheets: int = 0
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A school year's dossier: receiver and deadline (None: none is set), what is enclosed by hand,
    when it was handed in and how.
    """

    school_year_id: SchoolYearId
    receiver: str = ""
    due_on: date | None = None
    enclosed: tuple[EnclosedPaper, ...] = ()
    handed_on: date | None = None
    handed_how: str = ""

    def enclosure(self, part: DossierPart) -> EnclosedPaper | None:
        """What stands for a part by hand."""
        return next((one for one in self.enclosed if one.part is part), None)
