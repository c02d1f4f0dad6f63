"""Keeps a sheet's facts and view for as long as the trail's head stands still.

Every write appends to the trail in its own transaction, so an unchanged head proves that nothing
in the file changed: no lock, no roster, no mark. One statement then replaces fourteen.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.ids import PupilId
from app.ports import UnitOfWork
from app.readmodels.mark_sheet import MarkSheetView, SheetId
from app.services.mark_sheet import Painted, Repaint, build_view, row_cells, sheet_columns
from app.services.sheet_facts import SheetFacts, load_sheet

MOST_SHEETS = 12


@dataclass(slots=True)
class _Kept:
    head: int
    facts: SheetFacts
    views: dict[bool, MarkSheetView] = field(default_factory=dict)


class SheetCache:
    """The sheets last used, newest last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[SheetId, _Kept] = OrderedDict()

    def facts(self, uow: UnitOfWork, sheet: SheetId, now: datetime) -> SheetFacts:
        """The sheet as it is in this transaction."""
        head, _ = uow.trail.head()
        kept = self._kept.get(sheet)
        if kept is not None and kept.head == head and kept.facts.today == now.date():
            return kept.facts
        facts = load_sheet(uow, sheet, now)
        if facts.open_items:
            # Cells held open by a case shut themselves by the clock, not by a write.
            self._kept.pop(sheet, None)
        else:
            self._keep(_Kept(head, facts))
        return facts

    def view(self, facts: SheetFacts, *, can_enter: bool) -> MarkSheetView:
        """The view of facts that `facts` gave."""
        kept = self._kept.get(facts.sheet)
        if kept is None or kept.facts is not facts:
            return build_view(facts, can_enter=can_enter)
        if can_enter not in kept.views:
            kept.views[can_enter] = build_view(facts, can_enter=can_enter)
        return kept.views[can_enter]

    def painted(self, facts: SheetFacts, pupils: Collection[PupilId]) -> Painted:
        """Rows of `pupils` as the writer sees them before a gesture: the kept ones, if any."""
        kept = self._kept.get(facts.sheet)
        view = kept.views.get(True) if kept is not None and kept.facts is facts else None
        if view is None:
            columns = sheet_columns(facts)
            return Painted(columns, row_cells(facts, columns, pupils, can_enter=True))
        wanted = frozenset(pupils)
        rows = {
            row.pupil_id: cells
            for row, cells in zip(view.rows, view.cells, strict=True)
            if row.pupil_id in wanted
        }
        return Painted(view.columns, rows)

    def advance(self, before: SheetFacts, after: SheetFacts, seq: int, shown: Repaint) -> None:
        """A committed gesture turned `before` into `after`; only its own rows were painted anew."""
        kept = self._kept.get(before.sheet)
        if kept is None or kept.facts is not before:
            return
        views: dict[bool, MarkSheetView] = {}
        # The view of somebody who may only read is seldom kept, and made again when asked for.
        view = kept.views.get(True)
        if view is not None:
            views[True] = _with_rows(view, seq, shown)
        self._keep(_Kept(seq, replace(after, version=seq), views))

    def _keep(self, kept: _Kept) -> None:
        self._kept[kept.facts.sheet] = kept
        self._kept.move_to_end(kept.facts.sheet)
        while len(self._kept) > MOST_SHEETS:
            self._kept.popitem(last=False)


def _with_rows(view: MarkSheetView, seq: int, shown: Repaint) -> MarkSheetView:
    fresh = shown.painted.rows
    return replace(
        view,
        columns=shown.painted.columns,
        cells=tuple(
            [
                fresh.get(row.pupil_id, cells)
                for row, cells in zip(view.rows, view.cells, strict=True)
            ]
        ),
        version=seq,
        missing_count=view.missing_count + shown.missing,
        late_count=view.late_count + shown.late,
        corrected_count=view.corrected_count + shown.corrected,
    )
