"""Builds the mark grid's view from a sheet's facts: texts, states, what may be typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.domain.ids import PupilId
from app.domain.locks import lock_chip
from app.domain.mark_columns import is_regular
from app.domain.marks import CellState, awaits_mark, cell_text, value_text
from app.domain.periods import EntryTerm, Term, in_order, period_of
from app.domain.primary_levels import parse_score, parse_subject_level
from app.domain.pupils import RosterEntry
from app.domain.subjects import Subject, SubjectKind, column_title, is_required
from app.ports import Assessment, StoredMark
from app.readmodels.mark_sheet import (
    BLANK,
    CellKey,
    CellView,
    MarkSheetView,
    SheetColumn,
    SheetRow,
)
from app.regulations.base import SubjectResult
from app.regulations.primary_columns import GRID_TITLES, LEVEL_CODE, SCORE_CODE, trait_group
from app.regulations.primary_warnings import level_warning
from app.regulations.registry import regulation
from app.services.regulation_inputs import Entered, SubjectInput
from app.services.sheet_facts import CellAddress, SheetFacts, entry_kind

DASH = "–"
PaintedRow = tuple[CellView, ...]
"""One pupil's cells in the order of the sheet's columns."""
_FLAGS_GROUP = "Khen thưởng"


def build_view(facts: SheetFacts, *, can_enter: bool) -> MarkSheetView:
    """The whole sheet."""
    columns = sheet_columns(facts)
    painter = _Painter(facts, columns, can_enter=can_enter)
    cells = tuple(painter.row(entry) for entry in facts.entries)
    flat = [cell for row in cells for cell in row]
    today_period = period_of(facts.current_term)
    chip, is_open = lock_chip(facts.locks, today_period, facts.today)
    window = facts.locks.window_for(today_period, facts.today)
    chips = {t: lock_chip(facts.locks, period_of(t), facts.today) for t in facts.subject.terms}
    return MarkSheetView(
        sheet=facts.sheet,
        class_name=facts.klass.name,
        subject_name=facts.subject.name,
        school_year=facts.year.name,
        kind=facts.subject.kind,
        columns=columns,
        rows=tuple(
            SheetRow(
                e.pupil_id,
                e.position,
                e.profile.full_name,
                e.left_on,
                e.pupil_id not in facts.not_taking,
                e.profile.ministry_code,
                e.profile.birth_date,
            )
            for e in facts.entries
        ),
        cells=cells,
        version=facts.version,
        can_enter=can_enter,
        lock_chip=chip,
        chip_open=is_open,
        term_chips=chips,
        window_open_until=None if window is None else window.closes_on,
        missing_count=sum(cell.missing for cell in flat),
        late_count=sum(cell.late for cell in flat),
        corrected_count=sum(bool(cell.corrected_from) for cell in flat),
        current_term=facts.current_term,
        closed_terms=frozenset(
            term for term in facts.subject.terms if period_of(term) in facts.locks.closes
        ),
    )


def row_cells(
    facts: SheetFacts,
    columns: tuple[SheetColumn, ...],
    pupils: Collection[PupilId],
    *,
    can_enter: bool,
) -> dict[PupilId, PaintedRow]:
    """Only the rows of `pupils`, for the answer to one saved gesture."""
    wanted = frozenset(pupils)
    painter = _Painter(facts, columns, can_enter=can_enter)
    return {e.pupil_id: painter.row(e) for e in facts.entries if e.pupil_id in wanted}


@dataclass(frozen=True, slots=True)
class Painted:
    """Rows of some pupils as whoever may type sees them, and the columns they were painted by."""

    columns: tuple[SheetColumn, ...]
    rows: Mapping[PupilId, PaintedRow]


@dataclass(frozen=True, slots=True)
class Repaint:
    """What one gesture changed on screen, and by how much the sheet's counts moved.

    `cells` and `columns` are the changed ones alone, `painted` all columns and the touched rows.
    """

    painted: Painted
    cells: dict[CellKey, CellView]
    columns: tuple[SheetColumn, ...]
    missing: int
    late: int
    corrected: int


def repaint(before: Painted, after: SheetFacts) -> Repaint:
    """The rows of `before` painted again from the facts after the gesture.

    Rows that no cell of the gesture lies in stay as they are: a due date that turns red or normal
    again does so by a cell of these rows, and all other cells of its column are filled then.
    """
    columns = sheet_columns(after)
    rows = row_cells(after, columns, before.rows.keys(), can_enter=True)
    cells: dict[CellKey, CellView] = {}
    missing = late = corrected = 0
    for pupil, new_row in rows.items():
        for column, old, new in zip(columns, before.rows[pupil], new_row, strict=True):
            if old is new or old == new:
                continue
            cells[CellKey(pupil, column.key)] = new
            missing += new.missing - old.missing
            late += new.late - old.late
            corrected += bool(new.corrected_from) - bool(old.corrected_from)
    changed = tuple(new for old, new in zip(before.columns, columns, strict=True) if old != new)
    return Repaint(Painted(columns, rows), cells, changed, missing, late, corrected)


def sheet_columns(facts: SheetFacts) -> tuple[SheetColumn, ...]:
    """Columns of both terms and the year, in the order of the paper."""
    by_marks = facts.subject.kind is SubjectKind.MARKS
    found: list[SheetColumn] = []
    for term in in_order(facts.subject.terms):
        for key in facts.term_codes(term):
            column = facts.columns[key]
            found.append(
                SheetColumn(
                    key=key,
                    term=term,
                    code=column.code,
                    title=GRID_TITLES.get(column.code) or column_title(column.code),
                    group=_group(facts.subject, column),
                    assessment_id=column.id,
                    test_on=column.test_on,
                    due_on=column.due_on,
                    returned_on=column.returned_on,
                    locked=facts.stop(key, is_empty=False) is not None,
                    overdue=_is_overdue(facts, column),
                    kind=entry_kind(facts.klass.regulation, facts.subject, column.code),
                )
            )
        if isinstance(term, Term):
            title = f"ĐTBmhk{term.roman}" if by_marks else "Mức HK"
            found.append(
                SheetColumn(
                    f"{term}.avg", term, "avg", title, term.label, computed=True, locked=True
                )
            )
        locked = facts.stop(f"{term}.comment", is_empty=False) is not None
        found.append(SheetColumn(f"{term}.comment", term, "comment", "Nhận xét", "", locked=locked))
    if facts.subject.kind.is_primary:
        return tuple(found)
    title = "ĐTBmcn" if by_marks else "Cả năm"
    found.append(SheetColumn("YEAR.avg", None, "avg", title, "Cả năm", computed=True, locked=True))
    return tuple(found)


def _group(subject: Subject, column: Assessment) -> str:
    """The heading above a column's own: of its term, or of its kind of phẩm chất, năng lực."""
    match subject.kind_of(column.code):
        case SubjectKind.TRAITS:
            return trait_group(column.code)
        case SubjectKind.FLAGS:
            return _FLAGS_GROUP
        case SubjectKind.LEVELS | SubjectKind.SCORES:
            return column.term.label
    return "Đánh giá thường xuyên" if is_regular(column.code) else "Định kì"


def _is_overdue(facts: SheetFacts, column: Assessment) -> bool:
    """The due date has passed and somebody still in class has no entry."""
    if column.due_on is None or column.due_on >= facts.today or not is_required(column.code):
        return False
    return any(
        facts.awaits(entry) and facts.is_empty(column.id, entry.pupil_id) for entry in facts.entries
    )


class _Painter:
    """Cell views of one sheet; what is equal for a whole column is worked out once."""

    def __init__(
        self, facts: SheetFacts, columns: tuple[SheetColumn, ...], *, can_enter: bool
    ) -> None:
        self._facts = facts
        self._judged = _averages_of(facts)
        self._pairs = _level_pairs(facts, columns)
        self._plan = tuple(
            (
                column,
                facts.subject.kind_of(column.code),
                can_enter and not column.locked,
                can_enter and not column.computed and facts.stop(column.key, is_empty=True) is None,
            )
            for column in columns
        )

    def row(self, entry: RosterEntry) -> PaintedRow:
        pupil = entry.pupil_id
        active = self._facts.awaits(entry)
        stored_at = self._facts.stored.get
        entered = Entered()
        cells: list[CellView] = []
        averages: list[tuple[int, EntryTerm | None]] = []
        for column, kind, open_filled, open_empty in self._plan:
            if column.assessment_id is not None:
                address = (column.assessment_id, pupil)
                stored = stored_at(address)
                if stored is not None:
                    cell = stored.cell
                    entered.put(column.assessment_id, cell)
                    if cell.state is CellState.MARK and self._is_plain(stored):
                        cells.append(_plain_mark(cell.value or 0, kind, active and open_filled))
                        continue
                waits = stored is None or awaits_mark(stored.cell)
                may_type = active and (open_empty if waits else open_filled)
                cells.append(
                    self._special(
                        stored, address, kind, editable=may_type, overdue=active and column.overdue
                    )
                )
            elif column.computed:
                averages.append((len(cells), column.term))
                cells.append(BLANK)
            else:
                text = self._comment(column.term, pupil)
                may_type = active and (open_filled if text else open_empty)
                cells.append(CellView(text, editable=may_type))
        if self._judged is not None and pupil not in self._facts.not_taking:
            result = self._judged(entered)
            for at, term in averages:
                cells[at] = self._average(result, term)
        for level, score in self._pairs:
            cells[level] = self._looked_at(cells[level], cells[score])
        return tuple(cells)

    def _looked_at(self, level: CellView, score: CellView) -> CellView:
        """A level beside its Điểm KTĐK: marked when the two do not go together."""
        plain = CellState.MARK
        if level.state is not plain or score.state is not plain:
            return level
        said = level_warning(
            self._facts.subject.name,
            parse_subject_level(level.text),
            parse_score(score.text, zero_allowed=True),
            self._facts.readings.warnings,
        )
        return level if said is None else level._replace(odd=True, note=level.note or said)

    def _comment(self, term: EntryTerm | None, pupil: PupilId) -> str:
        assert term is not None  # noqa: S101 - only computed columns have no term
        return self._facts.comments.get((term, pupil), "")

    def _is_plain(self, stored: StoredMark) -> bool:
        return not (stored.late or stored.corrected_from or self._facts.open_items)

    def _special(
        self,
        stored: StoredMark | None,
        address: CellAddress,
        kind: SubjectKind,
        *,
        editable: bool,
        overdue: bool,
    ) -> CellView:
        """Any cell but a mark typed in time: empty, late, corrected, held open or of a state."""
        held = self._facts.open_items.get(address)
        if stored is None and held is None:
            if overdue:
                return _MISSING_OPEN if editable else _MISSING
            return _EMPTY_OPEN if editable else BLANK
        note = "" if held is None else _case_note(held[0].number)
        if stored is None or _holds_nothing(stored):
            return CellView(
                editable=editable,
                missing=overdue,
                corrected_from="" if stored is None else stored.corrected_from,
                note=note,
                open_by_case=held is not None,
            )
        return CellView(
            cell_text(stored.cell, kind),
            stored.cell.state,
            editable,
            # Only marks are late: a state has its own glyph, and its day is somebody's decision.
            late=stored.late and stored.cell.state is CellState.MARK,
            corrected_from=stored.corrected_from,
            note=note or stored.cell.reason,
            open_by_case=held is not None,
        )

    def _average(self, result: SubjectResult, term: EntryTerm | None) -> CellView:
        value = result.year
        if term is not None:
            value = result.hk1 if term is Term.HK1 else result.hk2
        return _NO_AVERAGE if value is None else _average(value, self._facts.subject.kind)


def _level_pairs(
    facts: SheetFacts, columns: tuple[SheetColumn, ...]
) -> tuple[tuple[int, int], ...]:
    """Places of each level that has a Điểm KTĐK beside it, and of that score."""
    if facts.subject.kind is not SubjectKind.LEVELS:
        return ()
    places = {column.key: at for at, column in enumerate(columns)}
    found = (
        (places.get(f"{term}.{LEVEL_CODE}"), places.get(f"{term}.{SCORE_CODE}"))
        for term in facts.subject.terms
    )
    return tuple(
        (level, score) for level, score in found if level is not None and score is not None
    )


def _averages_of(facts: SheetFacts) -> Callable[[Entered], SubjectResult] | None:
    """How a pupil's averages follow from the entries; None in primary schools, which have none."""
    if facts.subject.kind.is_primary:
        return None
    rules = regulation(facts.klass.regulation, facts.readings)
    subject = SubjectInput(facts.subject, tuple(facts.columns.values()), rules.core_codes)
    return lambda entered: rules.subject_result(subject.year(entered))


def _holds_nothing(stored: StoredMark | None) -> bool:
    return stored is None or stored.cell.state is CellState.EMPTY


@lru_cache(maxsize=1024)
def _plain_mark(value: int, kind: SubjectKind, editable: bool) -> CellView:
    """A typed mark in time: a thousand places of a sheet share a hundred such views."""
    return CellView(value_text(value, kind), CellState.MARK, editable)


@lru_cache(maxsize=1024)
def _average(value: int, kind: SubjectKind) -> CellView:
    return CellView(value_text(value, kind))


_NO_AVERAGE = CellView(DASH)
_EMPTY_OPEN = CellView(editable=True)
_MISSING = CellView(missing=True)
_MISSING_OPEN = CellView(missing=True, editable=True)


def _case_note(number: int) -> str:
    return f"Đang mở theo hồ sơ sửa điểm số {number:02d}"
