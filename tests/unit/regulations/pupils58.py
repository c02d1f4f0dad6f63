"""Builders of pupils for the tests of TT58/2011: the first three marks are Toán, Văn, Ngoại ngữ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.marks import DAT
from app.regulations.base import ConductYear, Exemption, PupilYear
from tests.unit.regulations.pupils import commented, scored

CORE = ("Toán", "Ngữ văn", "Ngoại ngữ")


def names(count: int) -> list[str]:
    """Toán, Ngữ văn, Ngoại ngữ, M4, M5 …"""
    return [CORE[n] if n < len(CORE) else f"M{n + 1}" for n in range(count)]


def pupil58(
    marks: Sequence[int | None],
    levels: Sequence[int | None] = (DAT, DAT, DAT),
    *,
    conduct: ConductYear | None = None,
    absences: int | None = 0,
    reassessed: Mapping[str, int] | None = None,
    exempt: Mapping[str, Exemption] | None = None,
    specialised: str | None = None,
) -> PupilYear:
    """A pupil whose subjects, then N1, N2 …, have these results in both semesters."""
    new, free = reassessed or {}, exempt or {}
    subjects = [
        scored(name, value, core=name in CORE, reassessed=new.get(name), exempt=free.get(name))
        for name, value in zip(names(len(marks)), marks, strict=True)
    ]
    subjects += [
        commented(f"N{n}", value, reassessed=new.get(f"N{n}"), exempt=free.get(f"N{n}"))
        for n, value in enumerate(levels, 1)
    ]
    chosen = conduct or year_conduct("Khá")
    return PupilYear(tuple(subjects), chosen, absences, specialised)


def year_conduct(level: str | None, after_summer: str | None = None) -> ConductYear:
    """The same hạnh kiểm in both semesters and the year."""
    return ConductYear(level, level, level, after_summer)
