"""What quick search (Ctrl+K) knows of one year, as far as one person may see it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import ClassId, CorrectionId, PrintRunId, PupilId
from app.readmodels.mark_sheet import SheetId


@dataclass(frozen=True, slots=True)
class FoundClass:
    """A class whose roster may be opened; `pupils` are those still there."""

    class_id: ClassId
    name: str
    pupils: int


@dataclass(frozen=True, slots=True)
class FoundPupil:
    """A line of such a roster; `is_here` False for somebody who left the class."""

    pupil_id: PupilId
    class_id: ClassId
    name: str
    class_name: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A mark sheet this person may open."""

    sheet: SheetId
    class_name: str
    subject_name: str


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A correction case this person may see; `step` in words."""

    case_id: CorrectionId
    number: int
    place: str
    step: str


@dataclass(frozen=True, slots=True)
class FoundRun:
    """A printed set this person may see."""

    run_id: PrintRunId
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class FindIndex:
    """Everything of one year, in the order in which it is offered."""

    classes: tuple[FoundClass, ...] = ()
    sheets: tuple[FoundSheet, ...] = ()
    pupils: tuple[FoundPupil, ...] = ()
    cases: tuple[FoundCase, ...] = ()
    runs: tuple[FoundRun, ...] = ()
