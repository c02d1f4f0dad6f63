"""Học bạ tiểu học: what its pages say beyond, or instead of, those of secondary schools.

TT27/2020, Phụ lục 1; TT22/2016. Texts arrive as they are to be printed. Field names take part in
the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.readmodels.report_booklet_parts import Particulars, Schooling


@dataclass(frozen=True, slots=True)
class PrimaryParticulars(Particulars):
    """Trang 3 of the form: no trades, but Quê quán."""

    hometown: str = ""


@dataclass(frozen=True, slots=True)
class PrimarySchooling(Schooling):
    """A line of QUÁ TRÌNH HỌC TẬP; `came_on` is Ngày nhập học or chuyển đến."""

    came_on: str = ""


@dataclass(frozen=True, slots=True)
class PrimaryBookletSubject:
    """One row of Các môn học và hoạt động giáo dục, empty where the pupil does not study it."""

    name: str
    level: str = ""
    score: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class BookletTrait:
    """One phẩm chất or năng lực."""

    name: str
    level: str


@dataclass(frozen=True, slots=True)
class BookletTraits:
    """A group of them with its one merged Nhận xét."""

    group: str
    traits: tuple[BookletTrait, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class PrimaryBookletYear:
    """The two pages of a school year; `page` is the number of the first, `circular` its rules.

    `result` is Đánh giá kết quả giáo dục, "" under TT22/2016, which has none. `completion` says
    what follows from the year, "" while that is open. `note` is why an inclusive pupil's rows may
    be empty.
    """

    page: int
    circular: str
    school_year: str
    class_name: str
    excused: str
    unexcused: str
    subjects: tuple[PrimaryBookletSubject, ...]
    traits: tuple[BookletTraits, ...]
    result: str
    award: str
    completion: str
    note: str
    homeroom_teacher: str
    principal: str
