"""The mark grid's port: one sheet bound to the person who opened it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.actor import Actor
from app.changes import CommandResult
from app.domain.ids import AssessmentId, PupilId
from app.domain.marks import CellState, parse_entry
from app.domain.periods import EntryTerm
from app.domain.subjects import SubjectKind
from app.errors import AppError
from app.importing.column_guard import suspicious_columns
from app.readmodels.mark_sheet import CellKey, MarkSheetView, SheetChange, SheetId, WhyLocked
from app.readmodels.mark_sheet_port import Gesture
from app.services.mark_entry import MarkEntry
from app.services.mark_gesture import EntryOutcome


class BoundMarkSheet:
    """Fulfils `MarkSheetPort`; keeps the version and the counts of what is on screen."""

    def __init__(self, entry: MarkEntry, actor: Actor, sheet: SheetId) -> None:
        self._entry = entry
        self._actor = actor
        self._sheet = sheet
        self._version: int | None = None
        self._missing = 0
        self._late = 0
        self._corrected = 0

    def load(self) -> MarkSheetView:
        """The whole sheet as it is now."""
        view = self._entry.open(self._actor, self._sheet)
        self._version = view.version
        self._missing, self._late = view.missing_count, view.late_count
        self._corrected = view.corrected_count
        return view

    def set_cells(self, edits: Mapping[CellKey, str], gesture: Gesture) -> SheetChange:
        """Write texts as typed, all or none."""
        done = self._entry.set_cells(
            self._actor, self._sheet, edits, gesture, version=self._version
        )
        return self._taken(done)

    def set_state(
        self, keys: Sequence[CellKey], state: CellState, reason: str, value_text: str = ""
    ) -> SheetChange:
        """Set a state with its reason, or clear back to EMPTY."""
        done = self._entry.set_state(
            self._actor, self._sheet, keys, state, reason, value_text, version=self._version
        )
        return self._taken(done)

    def why(self, key: CellKey) -> WhyLocked:
        """Why this cell cannot be typed into."""
        return self._entry.why(self._actor, self._sheet, key)

    def history(self, key: CellKey) -> list[str]:
        """Everything that happened to the cell, oldest first."""
        return self._entry.history(self._sheet, key)

    def set_dates(
        self,
        column: str,
        test_on: date | None,
        due_on: date | None,
        returned_on: date | None = None,
    ) -> MarkSheetView:
        """Set a column's dates; the sheet after that."""
        self._entry.set_dates(self._actor, self._sheet, column, test_on, due_on, returned_on)
        return self.load()

    def check_paste(self, edits: Mapping[CellKey, str]) -> str | None:
        """The wrong-column guard's question, or None."""
        facts = self._entry.facts(self._sheet)
        columns = facts.columns
        present: dict[EntryTerm, dict[str, dict[PupilId, int]]] = {}
        held: dict[AssessmentId, dict[PupilId, int]] = {}
        for column in columns.values():
            held[column.id] = present.setdefault(column.term, {})[column.code] = {}
        for (column_id, pupil_id), stored in facts.stored.items():
            value = stored.cell.counted()
            if value is not None:
                held[column_id][pupil_id] = value
        incoming: dict[EntryTerm, dict[str, dict[PupilId, int]]] = {}
        for key, text in edits.items():
            target = columns.get(key.column)
            if target is None:
                continue
            value = _value(text, facts.kind_of(target.code))
            if value is None:
                continue
            by_code = incoming.setdefault(target.term, {}).setdefault(target.code, {})
            by_code[key.pupil_id] = value
        found = [
            suspicion.sentence
            for term, columns in incoming.items()
            for suspicion in suspicious_columns(columns, present.get(term, {}))
        ]
        return found[0] if found else None

    def confirm(self, term: EntryTerm | None = None) -> CommandResult:
        """Xác nhận đã đủ; refused while cells are missing."""
        done = self._entry.confirm(self._actor, self._sheet, term)
        self._version = done.seq
        return done

    def _taken(self, done: EntryOutcome) -> SheetChange:
        self._version = done.change.version
        self._missing += done.missing_delta
        self._late += done.late_delta
        self._corrected += done.corrected_delta
        return replace(
            done.change,
            missing_count=self._missing,
            late_count=self._late,
            corrected_count=self._corrected,
        )


def _value(text: str, kind: SubjectKind) -> int | None:
    try:
        return parse_entry(text, kind).value
    except AppError:
        # Not a mark: the write itself will say so, cell by cell.
        return None
