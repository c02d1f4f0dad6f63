"""Điểm trường cũ: the empty cells of one pupil and term that a former school's marks may fill."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.periods import EntryTerm
from app.domain.subjects import SubjectKind


@dataclass(frozen=True, slots=True)
class FormerCell:
    """One column of one subject; `text` what stands there, `stop` why it takes nothing ("")."""

    code: str
    title: str
    text: str
    stop: str

    @property
    def is_open(self) -> bool:
        """Whether something may be typed."""
        return not self.stop


@dataclass(frozen=True, slots=True)
class FormerSubject:
    """A subject with its cells in the order of the paper."""

    subject_id: SubjectId
    name: str
    kind: SubjectKind
    cells: tuple[FormerCell, ...]


@dataclass(frozen=True, slots=True)
class FormerMarksForm:
    """What the dialog shows; `school` and `document` are those of the transfer, if known."""

    class_id: ClassId
    class_name: str
    pupil_id: PupilId
    pupil_name: str
    term: EntryTerm
    subjects: tuple[FormerSubject, ...]
    school: str
    document: str

    @property
    def is_open(self) -> bool:
        """Whether any cell takes a mark."""
        return any(cell.is_open for subject in self.subjects for cell in subject.cells)

    @property
    def stop(self) -> str:
        """The sentence when nothing can be typed, else ""."""
        stops = [cell.stop for subject in self.subjects for cell in subject.cells]
        return stops[0] if stops and not self.is_open else ""
