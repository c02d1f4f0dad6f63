"""Sổ theo dõi và đánh giá học sinh (của giáo viên): one subject of one class, as text.

Texts are as printed; blank books have no values. Field names take part in the data digest (see
`app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import BookCell, SchoolLines


@dataclass(frozen=True, slots=True)
class TeacherColumn:
    """One column. `heads` from the outermost heading to its own; `low` is a subscript of the first.

    `result`: computed from the other columns.
    """

    heads: tuple[str, ...]
    low: str = ""
    result: bool = False


@dataclass(frozen=True, slots=True)
class TeacherPupil:
    """One line of every list; `left` says why and when the pupil left."""

    position: int
    name: str
    left: str = ""


@dataclass(frozen=True, slots=True)
class TeacherRow:
    """The values of one pupil; `cells` follow the part's columns."""

    position: int
    cells: tuple[BookCell, ...]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class TeacherTally:
    """A line under the list: how many pupils reached what, of how many; None to be written in."""

    label: str
    count: int | None = None
    of: int = 0


@dataclass(frozen=True, slots=True)
class TeacherPart:
    """One term (of primary classes a half year): its list, and no rows in a blank book."""

    title: str
    columns: tuple[TeacherColumn, ...]
    rows: tuple[TeacherRow, ...] = ()
    tallies: tuple[TeacherTally, ...] = ()


@dataclass(frozen=True, slots=True)
class TeacherBook:
    """The book of one teacher, or of several who share the subject."""

    school: SchoolLines
    stage: str
    """As printed in capitals: TRUNG HỌC CƠ SỞ."""
    circular: str
    """Id of the circular whose form it is."""
    class_name: str
    school_year: str
    subject: str
    teachers: tuple[str, ...]
    principal: str
    blank: bool
    pupils: tuple[TeacherPupil, ...]
    parts: tuple[TeacherPart, ...]


def teacher_book_digest(book: TeacherBook) -> DataDigest:
    """The data digest of the book as it is to be printed."""
    return data_digest({"form": "teacher_book", "facts": book})
