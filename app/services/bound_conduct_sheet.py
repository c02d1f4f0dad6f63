"""The rèn luyện grid's port: one class bound to the person who opened it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import ClassId, SubjectId
from app.domain.locks import WhyLocked
from app.domain.marks import CellState
from app.domain.periods import EntryTerm, Term
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.readmodels.conduct_sheet import ConductRowView, ConductSheet
from app.readmodels.mark_sheet import (
    CellKey,
    CellView,
    MarkSheetView,
    SheetChange,
    SheetColumn,
    SheetId,
    SheetRow,
)
from app.readmodels.mark_sheet_port import Gesture
from app.services.conduct_entry import ConductEntry

_DAYS, _YEAR, _CONDUCT = "Buổi nghỉ", "Cả năm", "Rèn luyện"
_SHOWN: tuple[tuple[str, str, str], ...] = (
    ("HK1.level", "Mức", _CONDUCT),
    ("HK1.excused", "Có phép", _DAYS),
    ("HK1.unexcused", "K. phép", _DAYS),
    ("HK1.comment", "Nhận xét", ""),
    ("HK2.level", "Mức", _CONDUCT),
    ("HK2.excused", "Có phép", _DAYS),
    ("HK2.unexcused", "K. phép", _DAYS),
    ("YEAR.level", _CONDUCT, _YEAR),
    ("YEAR.absences", "Buổi nghỉ", _YEAR),
    ("HK2.comment", "Nhận xét", ""),
)
"""Key, title and group of each column, in the order of the grid."""


class BoundConductSheet:
    """Fulfils `MarkSheetPort`, so that rèn luyện is typed with the mark grid's own keyboard."""

    def __init__(self, entry: ConductEntry, actor: Actor, class_id: ClassId, clock: Clock) -> None:
        self._entry = entry
        self._actor = actor
        self._class_id = class_id
        self._clock = clock
        self._version = 0
        self.sheet: ConductSheet | None = None

    def load(self) -> MarkSheetView:
        """The whole grid as it is now."""
        self.sheet = sheet = self._entry.open(self._actor, self._class_id)
        return MarkSheetView(
            sheet=SheetId(self._class_id, SubjectId(0)),
            class_name=sheet.class_name,
            subject_name=sheet.word,
            school_year=sheet.school_year,
            kind=SubjectKind.COMMENTS,
            columns=_columns(sheet),
            rows=tuple(SheetRow(r.pupil_id, r.position, r.name, r.left_on) for r in sheet.rows),
            cells=tuple(
                tuple(_cell(sheet, row, key) for key, _, _ in _SHOWN) for row in sheet.rows
            ),
            version=self._version,
            can_enter=any(sheet.editable.values()) or bool(sheet.fillable),
            lock_chip=sheet.chip,
            chip_open=sheet.chip_open,
        )

    def set_cells(self, edits: Mapping[CellKey, str], gesture: Gesture) -> SheetChange:
        """Write texts as typed, all or none."""
        before = self.sheet or self._entry.open(self._actor, self._class_id)
        typed = {(key.pupil_id, key.column): text for key, text in edits.items()}
        done = self._entry.set_cells(self._actor, self._class_id, typed, gesture)
        self.sheet = after = self._entry.open(self._actor, self._class_id)
        self._version = done.seq
        former = {row.pupil_id: row.texts for row in before.rows}
        changed = {
            CellKey(row.pupil_id, key): _cell(after, row, key)
            for row in after.rows
            for key, _, _ in _SHOWN
            if row.texts[key] != former.get(row.pupil_id, {}).get(key)
        }
        previous = {key: former[key.pupil_id][key.column] for key in edits if key in changed}
        return SheetChange(done.seq, changed, previous, self._clock.now(), done.seq)

    def set_state(
        self, keys: Sequence[CellKey], state: CellState, reason: str, value_text: str = ""
    ) -> SheetChange:
        """Rèn luyện knows no explicit states."""
        raise RuleRefused(
            "no_state_here",
            "Trang này không có trạng thái chờ bù, miễn hay điểm 0; hãy ghi mức hoặc để trống.",
        )

    def why(self, key: CellKey) -> WhyLocked:
        """Why this cell cannot be typed into."""
        sheet = self.sheet or self._entry.open(self._actor, self._class_id)
        row = next((row for row in sheet.rows if row.pupil_id == key.pupil_id), None)
        answer = sheet.answers.get(key.column)
        if answer is not None and not (row is not None and sheet.may_type(row, key.column)):
            # A case changes marks; there is none for rèn luyện, so none is offered.
            return replace(answer, action="")
        if row is not None and row.left_on is not None:
            return WhyLocked(
                f"{row.name} đã rời lớp ngày {row.left_on:%d/%m/%Y} nên dòng này chỉ còn để xem."
            )
        return WhyLocked("Ô này đang gõ được; hãy tải lại trang nếu vẫn thấy khóa.")

    def history(self, key: CellKey) -> list[str]:
        """Everything that happened to the cell, oldest first."""
        return self._entry.history(self._class_id, key.pupil_id, key.column)

    def set_dates(
        self,
        column: str,
        test_on: date | None,
        due_on: date | None,
        returned_on: date | None = None,
    ) -> MarkSheetView:
        """No column of this grid has a test."""
        raise RuleRefused("no_column", "Cột này không có ngày kiểm tra nên không ghi được.")

    def check_paste(self, edits: Mapping[CellKey, str]) -> str | None:
        """Levels, counts and comments cannot be mistaken for one another: parsing refuses."""
        return None

    def confirm(self, term: EntryTerm | None = None) -> CommandResult:
        """Xác nhận of the class belongs to the close, not to this grid."""
        raise RuleRefused(
            "no_confirm_here",
            "Trang này không có bước xác nhận riêng; hiệu trưởng xem đủ thiếu khi chốt.",
        )


def _columns(sheet: ConductSheet) -> tuple[SheetColumn, ...]:
    columns = []
    for key, title, group in _SHOWN:
        head, code = key.split(".", 1)
        computed = sheet.is_computed(key)
        columns.append(
            SheetColumn(
                key=key,
                term=None if head == "YEAR" else Term(head),
                code=code,
                title=_title(sheet, key, title),
                group=sheet.word if group == _CONDUCT else group,
                locked=not computed and not sheet.editable[key] and key not in sheet.fillable,
                computed=computed,
            )
        )
    return tuple(columns)


def _title(sheet: ConductSheet, key: str, title: str) -> str:
    if title != _CONDUCT:
        return title
    # A level that is entered stands under "Cả năm" as those of the terms do under their word.
    return "Mức" if key == "YEAR.level" and sheet.year_entered else sheet.word


def _cell(sheet: ConductSheet, row: ConductRowView, key: str) -> CellView:
    text = row.texts[key]
    state = CellState.MARK if text else CellState.EMPTY
    return CellView(text, state, editable=sheet.may_type(row, key))
