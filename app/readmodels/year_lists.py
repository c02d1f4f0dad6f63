"""Danh sách học sinh cuối năm: the five lists of one class as one paper.

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class ListedPupil:
    """One line, as printed; `detail` are subjects, title or the principal's decision."""

    position: int
    name: str
    birth_date: str
    learning: str
    conduct: str
    absences: str
    detail: str


@dataclass(frozen=True, slots=True)
class PrintedList:
    """One of the five; `detail_heading` names its last column, `figures` those before it.

    Of "learning" (in primary schools "result"), "conduct", "absences" only what tells the
    list's pupils apart is printed, so that the subjects of Điều 14 have room.
    """

    title: str
    figures: tuple[str, ...]
    detail_heading: str
    pupils: tuple[ListedPupil, ...]


@dataclass(frozen=True, slots=True)
class YearLists:
    """The paper. `occasion` is "cuối năm học" or "sau kì nghỉ hè"; approval by name and number."""

    school: SchoolLines
    number: str
    day: int
    month: int
    year: int
    class_name: str
    school_year: str
    circular: str
    occasion: str
    headcount: int
    lists: tuple[PrintedList, ...]
    homeroom_teacher: str
    principal: str
    decision_no: str
    approved: str
    learning_word: str = "Học tập"
    conduct_word: str = "Rèn luyện"


def year_lists_digest(lists: YearLists) -> DataDigest:
    """The data digest of the lists as they are to be printed."""
    facts = {field.name: getattr(lists, field.name) for field in fields(lists)}
    if (lists.learning_word, lists.conduct_word) == ("Học tập", "Rèn luyện"):
        # The words of TT22/2021, the only ones there were before these fields.
        del facts["learning_word"], facts["conduct_word"]
    return data_digest({"form": "year_lists", "facts": facts})
