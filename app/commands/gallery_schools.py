"""The schools a gallery is photographed in: an empty one, the sample, a crowded one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from app.clock import VIETNAM, Clock, SetClock
from app.commands.gallery_plan import GallerySchool
from app.commands.invented import Inventor
from app.commands.sample import Sample, make_sample
from app.commands.sample_plan import THCS
from app.commands.sample_school import PASSWORD, SampleYear
from app.workspace import Toolbox, open_workspace

_MOST_CLASSES, _MOST_PUPILS = 45, 55
_LIVED_CROWDED = 2
"""Classes of the crowded school that have pupils: the others only make the lists long."""


class LongNames(Inventor):
    """Everybody has about the longest name that a Vietnamese birth certificate carries."""

    def person(self, *, female: bool | None = None) -> str:
        """Six syllables or more."""
        woman = self.chance(0.5) if female is None else female
        front = "Công Tằng Tôn Nữ" if woman else "Nguyễn Phúc Hoàng"
        return f"{front} {' '.join(super().person(female=woman).split()[-3:])}"


def make_gallery_school(tools: Toolbox, clock: Clock, folder: Path, state: str) -> GallerySchool:
    """Build the school of one of `STATES` in `folder`, which must not hold one. Raises AppError."""
    folder.mkdir(parents=True, exist_ok=True)
    if state == "empty":
        return _empty(tools, clock, folder)
    if state == "crowded":
        made = make_sample(
            tools, clock, folder, classes=_MOST_CLASSES, pupils=_MOST_PUPILS,
            lived=_LIVED_CROWDED, invent=LongNames(5),
        )  # fmt: skip
    else:
        made = make_sample(tools, clock, folder)
    return _school(state, made)


def _empty(tools: Toolbox, clock: Clock, folder: Path) -> GallerySchool:
    """Accounts, and not a school year."""
    invent = Inventor(3)
    path = folder / "school.khoaso"
    first_year = clock.today().year - 1
    moving = SetClock(datetime(first_year, 8, 15, 8, 0, tzinfo=VIETNAM))
    founded = tools.files(moving).create(path, THCS.school, invent.person(), PASSWORD)
    try:
        work = open_workspace(tools, founded.file, founded.signed_in, moving)
        sample = SampleYear(work, moving, invent, folder, first_year)
        sample.appoint(0)
    finally:
        founded.file.close()
    uids = {part: sample.uids[account] for part, account in sample.people.items()}
    uids["principal"] = founded.signed_in.actor.uid
    return GallerySchool("empty", path, PASSWORD, _roles(uids))


def _school(state: str, made: Sample) -> GallerySchool:
    return GallerySchool(state, made.path, made.password, _roles(made.people))


def _roles(uids: Mapping[str, str]) -> dict[str, str]:
    """Who plays which part: the first teachers are GVCN, the last is nobody's."""
    teachers = [part for part in uids if part.startswith("gv")]
    return {
        "secretary": uids["secretary"],
        "homeroom": uids[teachers[0]],
        "teacher": uids[teachers[-1]],
        "principal": uids["principal"],
    }
