"""What is to be photographed, and what was: plain data that goes from process to process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROLES = {
    "secretary": "Văn thư",
    "homeroom": "Giáo viên chủ nhiệm",
    "teacher": "Giáo viên bộ môn",
    "principal": "Hiệu trưởng",
}
"""Who sits at the desk."""
STATES = {"normal": "Trường mẫu", "empty": "Trường vừa lập", "crowded": "Đông nhất"}
"""Which schools there are."""
MODES = {"light": "Nền sáng", "dark": "Nền tối"}


@dataclass(frozen=True, slots=True)
class View:
    """One monitor: its pixels, and how many of them the window takes as one (1.0, 1.5)."""

    width: int
    height: int
    scale: float

    @property
    def key(self) -> str:
        """Part of a file name: 1366x768-100."""
        return f"{self.width}x{self.height}-{round(self.scale * 100)}"

    @property
    def words(self) -> str:
        """How the index names it."""
        return f"{self.width}×{self.height}, {round(self.scale * 100)} %"

    @property
    def logical(self) -> tuple[int, int]:
        """Size of the maximised window in its own pixels."""
        return round(self.width / self.scale), round(self.height / self.scale)


VIEWS = (View(1366, 768, 1.0), View(1920, 1080, 1.0), View(1366, 768, 1.5), View(1920, 1080, 1.5))
"""The third is below the window's least size: it shows what such a monitor would cut off."""
BRIEF = (("light", VIEWS[0]), ("dark", VIEWS[3]))


@dataclass(frozen=True, slots=True)
class GallerySchool:
    """A school file to photograph; `people` are uids by role of `ROLES`, first come first in."""

    state: str
    path: Path
    password: str
    people: dict[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """One process's work; all `views` have one scale. Empty `pages`: every page of the rail.

    The first person of the first school is shown in every look; the others in `brief` ones only,
    unless `full`: what differs for them are words and rows.
    """

    out: Path
    schools: tuple[GallerySchool, ...]
    views: tuple[View, ...]
    modes: tuple[str, ...]
    pages: tuple[str, ...] = ()
    full: bool = False

    def looks(self, school: GallerySchool, role: str) -> list[tuple[str, View]]:
        """Mode and monitor of each picture of one page."""
        every = [(mode, view) for mode in self.modes for view in self.views]
        first = school is self.schools[0] and role in ("", next(iter(school.people)))
        return every if self.full or first else [look for look in every if look in BRIEF]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: `file` is relative to the folder of the index."""

    file: str
    page: str
    title: str
    part: str
    state: str
    role: str
    mode: str
    view: str
