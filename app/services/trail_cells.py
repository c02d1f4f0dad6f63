"""Cells of one trail entry in words: whose, which column, what stood there, what stands now."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.ids import AssessmentId, ClassId, PupilId
from app.domain.periods import Term, entry_term, short_term
from app.domain.subjects import column_title
from app.ports import UnitOfWork
from app.readmodels.conduct_sheet import CONDUCT_COLUMNS

_CONDUCT, _MARKS = "conduct.set", "mark.set"


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell; an empty `old` or `new` was or became blank."""

    pupil: str
    column: str
    old: str
    new: str


def trail_cells(
    uow: UnitOfWork, *, seq: int, kind: str, class_id: int | None, detail: str
) -> tuple[CellLine, ...]:
    """Mark cells, then the comments or rèn luyện cells that the entry's detail carries."""
    if class_id is None:
        return ()
    names = {e.pupil_id: e.profile.full_name for e in uow.roster.entries(ClassId(class_id))}

    def named(pupil: int) -> str:
        return names.get(PupilId(pupil), f"Học sinh số {pupil}")

    found: list[CellLine] = []
    cells = uow.trail.cells_of(seq)
    if cells:
        columns = {
            a.id: f"{column_title(a.code)} {short_term(a.term)}"
            for a in uow.marks.assessments(ClassId(class_id))
        }
        found += [
            CellLine(named(pupil), columns.get(AssessmentId(column), f"Cột số {column}"), old, new)
            for pupil, column, old, new in cells
        ]
    try:
        found += _from_detail(kind, json.loads(detail), named)
    except (ValueError, KeyError, TypeError, AttributeError):
        # Only a row rewritten from outside lacks what its kind always has; the check of the chain
        # names it, and the page still shows the rest.
        return tuple(found)
    return tuple(found)


def _from_detail(kind: str, said: Mapping[str, Any], named: Callable[[int], str]) -> list[CellLine]:
    if kind == _MARKS:
        return [
            CellLine(named(pupil), f"Nhận xét {short_term(entry_term(term))}", old, new)
            for pupil, term, old, new in said.get("comments", ())
        ]
    if kind == _CONDUCT:
        return [
            CellLine(named(pupil), _conduct_title(key), old, new)
            for pupil, key, old, new in said["changes"]
        ]
    return []


def _conduct_title(key: str) -> str:
    title = dict(CONDUCT_COLUMNS).get(key, key)
    return title if key.endswith(("level", "comment")) else f"{title} HK {Term(key[:3]).roman}"
