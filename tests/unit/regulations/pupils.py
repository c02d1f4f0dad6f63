"""Builders of pupils for the tests of TT22/2021: marks as text, results as lists."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.regulations.base import ConductYear, Exemption, PupilYear, SubjectYear, TermMarks


def tenths(text: str) -> int:
    """ "8,5" -> 85."""
    whole, _, decimal = text.partition(",")
    return int(whole) * 10 + int(decimal or "0")


def list_of(text: str) -> list[int]:
    """ "8,0×5; 7,0×3" -> eight marks in tenths."""
    marks: list[int] = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        mark, _, times = part.partition("×")
        marks += [tenths(mark)] * int(times or "1")
    return marks


def level_list(text: str) -> list[int]:
    """ "Đ Đ CĐ" -> DAT, DAT, CHUA_DAT."""
    return [DAT if word == "Đ" else CHUA_DAT for word in text.split()]


def term(tx: Sequence[int | None], gk: int | None, ck: int | None, required: int) -> TermMarks:
    return TermMarks(tuple(tx), gk, ck, required)


def flat_term(value: int | None) -> TermMarks:
    """A semester in which every entry, and so the result, is `value`."""
    return TermMarks((value, value), value, value, 2)


def scored(name: str, result: int | None, **more: object) -> SubjectYear:
    return _subject(name, SubjectKind.MARKS, result, **more)


def commented(name: str, result: int | None, **more: object) -> SubjectYear:
    return _subject(name, SubjectKind.COMMENTS, result, **more)


def _subject(name: str, kind: SubjectKind, result: int | None, **more: object) -> SubjectYear:
    values = {
        "hk1": flat_term(result),
        "hk2": flat_term(result),
        "exempt": None,
        "reassessed": None,
        "optional": False,
        **more,
    }
    return SubjectYear(key=name, name=name, kind=kind, **values)  # type: ignore[arg-type]


def pupil(
    marks: Sequence[int | None],
    levels: Sequence[int | None] = (DAT, DAT, DAT, DAT),
    *,
    conduct: ConductYear | None = None,
    absences: int | None = 0,
    reassessed: dict[str, int] | None = None,
    exempt: dict[str, Exemption] | None = None,
) -> PupilYear:
    """A pupil whose subjects M1, M2 … and N1, N2 … have these results in both semesters."""
    new, free = reassessed or {}, exempt or {}
    made = [
        make(name, value, reassessed=new.get(name), exempt=free.get(name))
        for make, prefix, values in ((scored, "M", marks), (commented, "N", levels))
        for name, value in ((f"{prefix}{n}", value) for n, value in enumerate(values, 1))
    ]
    return PupilYear(tuple(made), conduct or ConductYear("Tốt", "Tốt"), absences)


def year_conduct(level: str, after_summer: str | None = None) -> ConductYear:
    """Two equal semesters, which give that level for the year."""
    return ConductYear(level, level, after_summer=after_summer)
