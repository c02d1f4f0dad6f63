"""Điểm khác nhật ký: mark cells that hold something else than the trail last told (M240)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.actor import Actor, require
from app.domain.ids import AssessmentId, PupilId
from app.domain.marks import trail_text
from app.domain.school import SchoolClass
from app.domain.subjects import column_title
from app.ports import UnitOfWork, UowFactory
from app.presses import PlainTable
from app.progress import Progress, no_progress
from app.services.class_scope import OVERSEERS
from app.services.trail_sentences import when

HEADER = ("Năm học", "Lớp", "Môn", "Cột", "Học sinh", "Đang lưu", "Nhật ký ghi", "Lần ghi cuối")

_NO_COLUMN = "(môn không còn trong tệp)"
"""A mark whose column or subject is gone: a damaged file, or a row taken away from outside."""


@dataclass(frozen=True, slots=True)
class UntoldMark:
    """One cell changed behind the program: `stored` in the table, `told` by its last entry.

    "" is an empty cell. `last` says who wrote it last and when, in words; "" when nobody did.
    """

    year: str
    class_name: str
    subject: str
    column: str
    pupil: str
    stored: str
    told: str
    last: str = ""


class UntoldMarks:
    """Reads; writes nothing."""

    def __init__(self, uows: UowFactory) -> None:
        self._uows = uows

    def all(self, actor: Actor, progress: Progress = no_progress) -> tuple[UntoldMark, ...]:
        """Every such cell of every year, class by class; a job."""
        require(actor, "xem điểm khác nhật ký", *OVERSEERS)
        with self._uows.read() as uow:
            return tuple(untold_marks(uow, progress))

    @staticmethod
    def table(found: tuple[UntoldMark, ...]) -> PlainTable:
        """The list for a workbook."""
        rows = tuple(
            (m.year, m.class_name, m.subject, m.column, m.pupil, m.stored, m.told, m.last)
            for m in found
        )
        return PlainTable("Điểm khác nhật ký", (HEADER, *rows))


def untold_marks(uow: UnitOfWork, progress: Progress = no_progress) -> Iterator[UntoldMark]:
    """Cells whose content and last entry differ, one class after the other."""
    classes = [
        (year, klass) for year in uow.school.years() for klass in uow.school.classes(year.id)
    ]
    for number, (year, klass) in enumerate(classes):
        progress(number, len(classes), f"lớp {klass.name}")
        yield from _of_class(uow, year.name, klass)


def _of_class(uow: UnitOfWork, year: str, klass: SchoolClass) -> Iterator[UntoldMark]:
    subjects = {subject.id: subject for subject in uow.school.subjects(klass.id)}
    columns = {column.id: column for column in uow.marks.assessments(klass.id)}
    told = uow.trail.last_told(klass.id)
    subject_of = {
        column.id: subjects[column.subject_id]
        for column in columns.values()
        if column.subject_id in subjects
    }
    stored = {
        (mark.assessment_id, mark.pupil_id): (
            trail_text(
                mark.cell,
                subject_of[mark.assessment_id].kind_of(columns[mark.assessment_id].code),
            )
            if mark.assessment_id in subject_of
            else _NO_COLUMN
        )
        for mark in uow.marks.cells(klass.id)
    }
    differing = [
        cell
        for cell in sorted(told.keys() | stored.keys())
        if stored.get(cell, "") != told.get(cell, "")
    ]
    if not differing:
        return
    names = {e.pupil_id: e.profile.full_name for e in uow.roster.entries(klass.id)}
    for cell in differing:
        column, subject = columns.get(cell[0]), subject_of.get(cell[0])
        title = "" if column is None else f"{column_title(column.code)} {column.term.words}"
        yield UntoldMark(
            year,
            klass.name,
            _NO_COLUMN if subject is None else subject.name,
            title or f"cột số {cell[0]}",
            names.get(cell[1], f"học sinh số {cell[1]}"),
            stored.get(cell, ""),
            told.get(cell, ""),
            _last_told(uow, *cell),
        )


def _last_told(uow: UnitOfWork, assessment: AssessmentId, pupil: PupilId) -> str:
    history = uow.trail.history(pupil, assessment)
    if not history:
        return ""
    entry, _, _ = history[-1]
    return f"{entry.actor or 'chương trình'}, {when(entry.at)}"
