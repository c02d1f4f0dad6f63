"""Học bạ: everything the printed booklets of a class say, as text.

Texts arrive as they are to be printed ("8,5", "Đ", "12/03/2014"); an empty text leaves its place to
be written by hand. Field names take part in the data digest (see `app.digests`): do not rename
them. A photo takes part by its own digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from enum import StrEnum

from app.digests import DataDigest, data_digest
from app.readmodels.class_book import SchoolLines
from app.readmodels.primary_booklet import PrimaryBookletYear
from app.readmodels.report_booklet_parts import Particulars, Schooling


class BookletPart(StrEnum):
    """Which pages of the booklets are printed."""

    WHOLE = "whole"
    """From the cover to the pages of the year."""
    OPENING = "opening"
    """Bìa, hướng dẫn, trang 1 and 2: when a stage begins, by 30/9 (M48, M54)."""
    YEAR = "year"
    """The year's own sheet, to be bound behind those of the years before (M55, M56)."""


@dataclass(frozen=True, slots=True)
class BookletSubject:
    """One subject of one year; `comment` and the names of `teachers`, who all sign beside it."""

    name: str
    term_1: str
    term_2: str
    year: str
    reassessed: str
    comment: str
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookletLevels:
    """Conduct and learning of a term, of the year, or after the summer."""

    conduct: str = ""
    learning: str = ""


@dataclass(frozen=True, slots=True)
class BookletYear:
    """The two pages of a school year; `page` is the number of the first, `circular` its rules."""

    page: int
    circular: str
    school_year: str
    class_name: str
    subjects: tuple[BookletSubject, ...]
    averages: tuple[str, ...]
    """ĐTB các môn of HK I, HK II and the year; () where the circular has none."""
    term_1: BookletLevels
    term_2: BookletLevels
    year: BookletLevels
    after_summer: BookletLevels
    absences: str
    promoted: str
    """The next grade, or "Hoàn thành chương trình THCS"; "" for who is not promoted (yet)."""
    retained: str
    award: str
    comment: str
    homeroom_teacher: str
    principal: str


@dataclass(frozen=True, slots=True)
class ReportBooklet:
    """One pupil's booklet; `years` oldest first, only this one where only its sheet is printed.

    `schooling` has a line a place of the booklet; an empty one is a year this file knows nothing
    of. `pages` counts the numbered pages of the finished booklet.
    """

    particulars: Particulars
    schooling: tuple[Schooling, ...]
    years: tuple[BookletYear | PrimaryBookletYear, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class ReportBooklets:
    """The booklets of a class, or of one pupil of it, in roster order.

    `school_year` and `class_name` are those of the print; `stage` as on the cover, `stage_short`
    as in "Số: …/THCS"; `circular` names the form. `principal` signs page 1.
    """

    school: SchoolLines
    stage: str
    stage_short: str
    class_name: str
    school_year: str
    circular: str
    principal: str
    part: BookletPart
    booklets: tuple[ReportBooklet, ...]


def report_booklets_digest(paper: ReportBooklets) -> DataDigest:
    """The data digest of the booklets as they are to be printed."""
    facts = {field.name: getattr(paper, field.name) for field in fields(paper)}
    facts["booklets"] = [_facts(booklet) for booklet in paper.booklets]
    return data_digest({"form": "report_booklet", "facts": facts})


def _facts(booklet: ReportBooklet) -> dict[str, object]:
    photo = booklet.particulars.photo
    return {
        "particulars": {
            field.name: getattr(booklet.particulars, field.name)
            for field in fields(booklet.particulars)
            if field.name != "photo"
        },
        "photo": hashlib.sha256(photo).hexdigest() if photo else "",
        "schooling": booklet.schooling,
        "years": booklet.years,
        "pages": booklet.pages,
    }
