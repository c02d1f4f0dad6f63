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
from app.services.mark_sheet import build_view, row_cells
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

    def advance(
        self, before: SheetFacts, after: SheetFacts, seq: int, touched: Collection[PupilId]
    ) -> None:
        """A committed gesture turned `before` into `after`; only `touched` rows are made anew."""
        kept = self._kept.get(before.sheet)
        if kept is None or kept.facts is not before:
            return
        views = {
            can_enter: _with_rows(view, after, seq, touched, can_enter=can_enter)
            for can_enter, view in kept.views.items()
        }
        self._keep(_Kept(seq, replace(after, version=seq), views))

    def _keep(self, kept: _Kept) -> None:
        self._kept[kept.facts.sheet] = kept
        self._kept.move_to_end(kept.facts.sheet)
        while len(self._kept) > MOST_SHEETS:
            self._kept.popitem(last=False)


def _with_rows(
    view: MarkSheetView,
    facts: SheetFacts,
    seq: int,
    touched: Collection[PupilId],
    *,
    can_enter: bool,
) -> MarkSheetView:
    fresh = row_cells(facts, view.columns, touched, can_enter=can_enter)
    missing, late = view.missing_count, view.late_count
    corrected = view.corrected_count
    cells = list(view.cells)
    for number, row in enumerate(view.rows):
        new = fresh.get(row.pupil_id)
        if new is None:
            continue
        for before, after in zip(cells[number], new, strict=True):
            missing += after.missing - before.missing
            late += after.late - before.late
            corrected += bool(after.corrected_from) - bool(before.corrected_from)
        cells[number] = new
    return replace(
        view,
        cells=tuple(cells),
        version=seq,
        missing_count=missing,
        late_count=late,
        corrected_count=corrected,
    )
