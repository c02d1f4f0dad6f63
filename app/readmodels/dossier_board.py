"""Hồ sơ sổ điểm on screen: each part with how far it is, and the deadline in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.dossiers import Dossier, DossierPart, EnclosedPaper
from app.domain.ids import PrintRunId
from app.text import date_vn

_SOON = 7
"""Days before the deadline from which it is shown in amber."""


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One part as the checklist shows it; `runs` are the newest official prints that fill it."""

    part: DossierPart
    runs: tuple[PrintRunId, ...]
    words: str
    ready: bool
    enclosed: EnclosedPaper | None = None


@dataclass(frozen=True, slots=True)
class DossierBoard:
    """The checklist of a year; `days_left` is negative after the deadline, None without one or
    when the dossier is handed in. `printed`: there is an official print of the whole.
    """

    dossier: Dossier
    lines: tuple[DossierLine, ...]
    days_left: int | None
    printed: bool

    @property
    def missing(self) -> tuple[DossierPart, ...]:
        """Parts that are not there yet."""
        return tuple(line.part for line in self.lines if not line.ready)

    @property
    def words(self) -> str:
        """Where the dossier goes and how long there is."""
        where = f"Nộp về {self.dossier.receiver}" if self.dossier.receiver else "Chưa ghi nơi nhận"
        if self.dossier.handed_on is not None:
            how = f", {self.dossier.handed_how}" if self.dossier.handed_how else ""
            return f"{where}; đã nộp ngày {date_vn(self.dossier.handed_on)}{how}."
        if self.days_left is None:
            return f"{where}, chưa ghi hạn nộp."
        due = f"hạn {date_vn(self.dossier.due_on)}"
        if self.days_left < 0:
            return f"{where}, {due}, quá hạn {-self.days_left} ngày."
        left = f"còn {self.days_left} ngày" if self.days_left else "hạn là hôm nay"
        return f"{where}, {due}, {left}."

    @property
    def tone(self) -> str:
        """How urgent the words are."""
        if self.dossier.handed_on is not None:
            return "green"
        if self.days_left is None:
            return "ink2"
        return "red" if self.days_left < 0 else "amber" if self.days_left <= _SOON else "ink2"
