"""Builds the mark grid's view from a sheet's facts: texts, states, what may be typed."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.ids import PupilId
from app.domain.locks import lock_chip
from app.domain.marks import EMPTY, CellState, cell_text, value_text
from app.domain.periods import Term, period_of
from app.domain.pupils import RosterEntry
from app.domain.school import term_of_day
from app.domain.subjects import SubjectKind, column_title
from app.ports import Assessment
from app.readmodels.mark_sheet import (
    BLANK,
    CellView,
    MarkSheetView,
    SheetColumn,
    SheetRow,
)
from app.regulations.base import SubjectResult
from app.services.regulation_inputs import Entered, SubjectInput
from app.services.sheet_facts import SheetFacts

DASH = "–"
_GROUPS = {"tx": "Đánh giá thường xuyên", "gk": "Định kì", "ck": "Định kì"}


def build_view(facts: SheetFacts, *, can_enter: bool) -> MarkSheetView:
    """The whole sheet."""
    columns = sheet_columns(facts)
    painter = _Painter(facts, columns, can_enter=can_enter)
    cells = tuple(painter.row(entry) for entry in facts.entries)
    flat = [cell for row in cells for cell in row]
    today_period = period_of(term_of_day(facts.year, facts.today))
    chip, is_open = lock_chip(facts.locks, today_period, facts.today)
    window = facts.locks.window_for(today_period, facts.today)
    return MarkSheetView(
        sheet=facts.sheet,
        class_name=facts.klass.name,
        subject_name=facts.subject.name,
        school_year=facts.year.name,
        kind=facts.subject.kind,
        columns=columns,
        rows=tuple(
            SheetRow(e.pupil_id, e.position, e.profile.full_name, e.left_on) for e in facts.entries
        ),
        cells=cells,
        version=facts.version,
        can_enter=can_enter,
        lock_chip=chip,
        chip_open=is_open,
        window_open_until=None if window is None else window.closes_on,
        missing_count=sum(cell.missing for cell in flat),
        late_count=sum(cell.late for cell in flat),
        corrected_count=sum(bool(cell.corrected_from) for cell in flat),
    )


def row_cells(
    facts: SheetFacts,
    columns: tuple[SheetColumn, ...],
    pupils: Iterable[PupilId],
    *,
    can_enter: bool,
) -> dict[PupilId, tuple[CellView, ...]]:
    """Only the rows of `pupils`, for the answer to one saved gesture."""
    wanted = set(pupils)
    painter = _Painter(facts, columns, can_enter=can_enter)
    return {e.pupil_id: painter.row(e) for e in facts.entries if e.pupil_id in wanted}


def sheet_columns(facts: SheetFacts) -> tuple[SheetColumn, ...]:
    """Columns of both terms and the year, in the order of the paper."""
    by_marks = facts.subject.kind is SubjectKind.MARKS
    found: list[SheetColumn] = []
    for term in sorted(facts.subject.terms):
        for key in facts.term_codes(term):
            column = facts.columns[key]
            found.append(
                SheetColumn(
                    key=key,
                    term=term,
                    code=column.code,
                    title=column_title(column.code),
                    group=_GROUPS[column.code[:2]],
                    assessment_id=column.id,
                    test_on=column.test_on,
                    due_on=column.due_on,
                    locked=facts.stop(key, is_empty=False) is not None,
                    overdue=_is_overdue(facts, column),
                )
            )
        title = f"ĐTBmhk{term.roman}" if by_marks else "Mức HK"
        found.append(
            SheetColumn(f"{term}.avg", term, "avg", title, term.label, computed=True, locked=True)
        )
        locked = facts.stop(f"{term}.comment", is_empty=False) is not None
        found.append(SheetColumn(f"{term}.comment", term, "comment", "Nhận xét", "", locked=locked))
    title = "ĐTBmcn" if by_marks else "Cả năm"
    found.append(SheetColumn("YEAR.avg", None, "avg", title, "Cả năm", computed=True, locked=True))
    return tuple(found)


def _is_overdue(facts: SheetFacts, column: Assessment) -> bool:
    """The due date has passed and somebody still in class has no entry."""
    if column.due_on is None or column.due_on >= facts.today:
        return False
    return any(
        entry.left_on is None and facts.cell(column.id, entry.pupil_id) == EMPTY
        for entry in facts.entries
    )


class _Painter:
    """Cell views of one sheet; what is equal for a whole column is worked out once."""

    def __init__(
        self, facts: SheetFacts, columns: tuple[SheetColumn, ...], *, can_enter: bool
    ) -> None:
        self._facts = facts
        self._columns = columns
        self._kind = facts.subject.kind
        self._columns_read = tuple(c.id for c in facts.columns.values())
        self._input = SubjectInput(facts.subject, tuple(facts.columns.values()))
        self._open_when_empty = {
            c.key: can_enter and not c.computed and facts.stop(c.key, is_empty=True) is None
            for c in columns
            if c.term is not None
        }
        self._open_when_filled = {
            c.key: can_enter and not c.computed and not c.locked
            for c in columns
            if c.term is not None
        }

    def row(self, entry: RosterEntry) -> tuple[CellView, ...]:
        facts = self._facts
        pupil = entry.pupil_id
        entered = Entered()
        for column in self._columns_read:
            stored = facts.stored.get((column, pupil))
            if stored is not None:
                entered.put(column, stored.cell)
        result = facts.regulation.subject_result(self._input.year(entered))
        active = entry.left_on is None
        return tuple(self._cell(column, pupil, result, active=active) for column in self._columns)

    def _cell(
        self, column: SheetColumn, pupil: PupilId, result: SubjectResult, *, active: bool
    ) -> CellView:
        if column.computed:
            return CellView(self._average(column, result))
        if column.is_comment:
            assert column.term is not None  # noqa: S101 - only computed columns have no term
            text = self._facts.comments.get((column.term, pupil), "")
            opened = self._open_when_filled if text else self._open_when_empty
            return CellView(text, editable=active and opened[column.key])
        return self._mark(column, pupil, active=active)

    def _mark(self, column: SheetColumn, pupil: PupilId, *, active: bool) -> CellView:
        assert column.assessment_id is not None  # noqa: S101 - mark columns have one
        address = (column.assessment_id, pupil)
        stored = self._facts.stored.get(address)
        held = self._facts.open_items.get(address) if self._facts.open_items else None
        if stored is None or stored.cell.state is CellState.EMPTY:
            editable = active and self._open_when_empty[column.key]
            missing = active and column.overdue
            if stored is None and held is None:
                if missing:
                    return _MISSING_OPEN if editable else _MISSING
                return _EMPTY_OPEN if editable else BLANK
            return CellView(
                editable=editable,
                missing=missing,
                corrected_from="" if stored is None else stored.corrected_from,
                open_by_case=held is not None,
                note="" if held is None else _case_note(held[0].number),
            )
        cell = stored.cell
        editable = active and self._open_when_filled[column.key]
        text = cell_text(cell, self._kind)
        plain = cell.state is CellState.MARK and not stored.late and not stored.corrected_from
        if plain and held is None:
            return CellView(text, CellState.MARK, editable)
        note = _case_note(held[0].number) if held is not None else cell.reason
        return CellView(
            text,
            cell.state,
            editable,
            late=stored.late,
            corrected_from=stored.corrected_from,
            note=note,
            open_by_case=held is not None,
        )

    def _average(self, column: SheetColumn, result: SubjectResult) -> str:
        value = {Term.HK1: result.hk1, Term.HK2: result.hk2, None: result.year}[column.term]
        return DASH if value is None else value_text(value, self._kind)


_EMPTY_OPEN = CellView(editable=True)
_MISSING = CellView(missing=True)
_MISSING_OPEN = CellView(missing=True, editable=True)


def _case_note(number: int) -> str:
    return f"Đang mở theo hồ sơ sửa điểm số {number:02d}"
