"""The question Khóa Sổ exists for: 1,818 changes after the marks were announced, in two waves.

    case = announced_school(tmp_path)
    case.school                     # a school of 29 classes, 39 teachers
    case.began, case.ended          # {cell: value} before the first wave and after the second
    case.steps                      # {cell: number of changes}; untouched cells are not in it

Every third change deletes the mark and types it again, as in the case that inspectors could not
read. The trail is written by its store; the teachers exist in the trail only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from app.actor import Actor
from app.clock import VIETNAM
from app.domain.ids import AssessmentId, ClassId, PupilId, SubjectId
from app.domain.marks import CellState, MarkCell
from app.domain.periods import Term
from app.domain.trail import CellChange, TrailDraft
from app.ports import StoredMark, UnitOfWork
from tests.support.school import TestSchool, make_school

WAVES = (1299, 519)
TEACHERS, CLASSES, PUPILS, COLUMNS = 39, 29, 4, 12
ANNOUNCED = datetime(2026, 12, 20, 9, tzinfo=VIETNAM)
BEGINS = (
    datetime(2027, 1, 12, 14, 0, tzinfo=VIETNAM),
    datetime(2027, 1, 26, 20, 30, tzinfo=VIETNAM),
)
_SECONDS = 20
_SHIFTS = (17, -23, 4, 0, -8, 31)


class Cell(NamedTuple):
    """A mark cell as inspectors name it."""

    pupil_id: PupilId
    class_id: ClassId
    subject_id: SubjectId
    code: str


@dataclass
class AnnouncedCase:
    """What really happened, counted while it was written."""

    school: TestSchool
    began: Mapping[Cell, str]
    ended: dict[Cell, str]
    steps: Counter[Cell]
    waves_on: tuple[date, date]

    @staticmethod
    def tenths(values: Mapping[Cell, str], cell: Cell) -> int:
        """A value as a number."""
        return int(values[cell].replace(",", ""))


def announced_school(folder: Path) -> AnnouncedCase:
    """The school on 02/02/2027, with both waves in its trail."""
    school = make_school(folder, pupils=0)
    principal = school.actor("principal")
    classes = [
        school.add_class(f"{6 + n % 4}{'BCDEFGHI'[n // 4]}", 6 + n % 4, PUPILS, 100 * (n + 1))
        for n in range(CLASSES)
    ]
    with school.uow.write() as uow:
        cells = {cell: column for class_id in classes for cell, column in _cells(uow, class_id)}
        began = {cell: _words(30 + at * 7 % 70) for at, cell in enumerate(cells)}
        for class_id in classes:
            typed = [
                CellChange(cell.pupil_id, cells[cell], "", text)
                for cell, text in began.items()
                if cell.class_id == class_id
            ]
            uow.trail.append(
                TrailDraft("mark.set", {}, class_id, None, typed), principal, ANNOUNCED
            )
        ended, steps = dict(began), Counter[Cell]()
        places = {class_id: at for at, class_id in enumerate(classes)}
        chosen = cycle(list(cells)[at * 5 % len(cells)] for at in range(len(cells)))
        for size, start in zip(WAVES, BEGINS, strict=True):
            done = 0
            while done < size:
                cell, turn = next(chosen), sum(steps.values())
                teacher = _teacher(principal, (places[cell.class_id] + turn % 3 * 13) % TEACHERS)
                for old, new in _texts(ended[cell], turn, size - done):
                    uow.trail.append(
                        TrailDraft(
                            "mark.set", {}, cell.class_id, cell.subject_id,
                            [CellChange(cell.pupil_id, cells[cell], old, new)],
                        ),
                        teacher, start + timedelta(seconds=_SECONDS * done),
                    )  # fmt: skip
                    ended[cell] = new
                    steps[cell] += 1
                    done += 1
        uow.marks.put(
            [
                StoredMark(
                    column,
                    cell.pupil_id,
                    MarkCell(CellState.MARK, AnnouncedCase.tenths(ended, cell)),
                )
                for cell, column in cells.items()
            ]
        )
        uow.commit()
    school.clock.move_to(datetime(2027, 2, 2, 8, tzinfo=VIETNAM))
    first, second = BEGINS
    return AnnouncedCase(school, began, ended, steps, (first.date(), second.date()))


def _cells(uow: UnitOfWork, class_id: ClassId) -> Iterator[tuple[Cell, AssessmentId]]:
    columns = [a for a in uow.marks.assessments(class_id) if a.term is Term.HK1][:COLUMNS]
    for column in columns:
        for entry in uow.roster.entries(class_id):
            yield Cell(entry.pupil_id, class_id, column.subject_id, column.code), column.id


def _texts(held: str, turn: int, room: int) -> list[tuple[str, str]]:
    tenths = int(held.replace(",", ""))
    new = _words((tenths + _SHIFTS[turn % len(_SHIFTS)]) % 101)
    if new == held or (turn % 3 == 0 and room > 1):
        # Deleted and typed again; at the end of a wave there may be room for one change only.
        return [(held, ""), ("", new)] if room > 1 else [(held, _words((tenths + 1) % 101))]
    return [(held, new)]


def _teacher(someone: Actor, number: int) -> Actor:
    return replace(someone, account_id=1000 + number, name=f"Giáo viên số {number + 1:02d}")


def _words(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}"
