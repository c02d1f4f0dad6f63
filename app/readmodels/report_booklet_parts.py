"""Học bạ: the pupil and the record of schooling, which booklets of every level have.

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parent:
    """Cha, mẹ or người giám hộ."""

    name: str = ""
    job: str = ""


@dataclass(frozen=True, slots=True)
class Particulars:
    """Trang 1; `photo` is a JPEG or PNG, b"" where a print is to be glued."""

    name: str
    sex: str
    birth_date: str
    birthplace: str
    ethnicity: str
    priority_group: str
    address: str
    father: Parent
    mother: Parent
    guardian: Parent
    photo: bytes = b""


@dataclass(frozen=True, slots=True)
class Schooling:
    """A line of QUÁ TRÌNH HỌC TẬP."""

    school_year: str
    class_name: str
