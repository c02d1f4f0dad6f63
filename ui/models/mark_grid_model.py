"""Sổ điểm as a table model: one cached sheet, one gesture one command, nothing asked in data()."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from app.domain.marks import CellState
from app.domain.periods import EntryTerm, entry_term
from app.errors import AppError
from app.readmodels.mark_sheet import (
    BLANK,
    CellKey,
    CellView,
    MarkSheetView,
    SheetChange,
    SheetColumn,
    SheetRow,
)
from app.readmodels.mark_sheet_port import Gesture, MarkSheetPort
from ui.models.mark_grid_words import spoken_cell

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()

STT, NAME, FIRST_CELL = 0, 1, 2
"""Model columns: the two frozen ones, then the columns of the shown section."""

PLAIN_STATES = (CellState.EMPTY, CellState.MARK)
"""States a typed text can restore; the others carry a reason and need `set_state`."""

# Views ask for flags a dozen times a move; joining enum members costs more than the answer.
_NO_FLAGS = Qt.ItemFlag.NoItemFlags
_SHUT_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)
_OPEN_FLAGS = _SHUT_FLAGS | Qt.ItemFlag.ItemIsEditable

_MOST_PHRASES = 12
"""Comments offered again; more make no menu."""

_ONE_BY_ONE = 12
"""Up to so many changed cells are announced singly, so that only they are repainted."""


class Section(Enum):
    """What the term switch shows; the year has the marks of all terms without comments."""

    HK1 = "HK1"
    HK2 = "HK2"
    GK1 = "GK1"
    CK1 = "CK1"
    GK2 = "GK2"
    CN = "CN"
    YEAR = "YEAR"

    @property
    def term(self) -> EntryTerm | None:
        """The term of the section; None for the year."""
        return None if self is Section.YEAR else entry_term(self.value)

    def shows(self, column: SheetColumn) -> bool:
        """Whether `column` belongs to the section."""
        if self is Section.YEAR:
            return not column.is_comment
        if column.term is None:
            return self is Section.HK2
        return column.term is self.term


class MarkGridModel(QAbstractTableModel):
    """Rows are pupils; columns STT, name and the shown columns of the sheet."""

    edit_refused = Signal(int, int, object)
    """Row, column and AppError of a gesture that wrote nothing."""
    saved = Signal(object)
    """SheetChange of a committed gesture."""
    reloaded = Signal()
    """The sheet was read anew; cells may differ from what undo remembers."""

    def __init__(self, port: MarkSheetPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port = port
        self._view: MarkSheetView | None = None
        self._section = Section.HK1
        self._cells: list[list[CellView]] = []
        self._columns: tuple[SheetColumn, ...] = ()
        self._sources: tuple[int, ...] = ()
        self._row_of: dict[int, int] = {}
        self._source_of: dict[str, int] = {}
        self._shown_at: dict[str, int] = {}
        self._width = 0

    # --- what is shown

    @property
    def sheet(self) -> MarkSheetView:
        """The sheet without its live cells; only after `load`."""
        if self._view is None:
            raise LookupError("the sheet has not been loaded")
        return self._view

    @property
    def section(self) -> Section:
        """What the term switch shows."""
        return self._section

    def load(self) -> None:
        """Read the sheet; keeps views and editors in place when rows and columns are the same."""
        self._take(self._port.load())

    def show_section(self, section: Section) -> None:
        """Switch the term; one model reset."""
        if section is self._section:
            return
        self.beginResetModel()
        self._section = section
        self._pick_columns()
        self.endResetModel()

    def cell(self, row: int, column: int) -> CellView:
        """The cached cell at a model position; BLANK for the frozen columns."""
        if column < FIRST_CELL:
            return BLANK
        return self._cells[row][self._sources[column - FIRST_CELL]]

    def pupil(self, row: int) -> SheetRow:
        """The pupil of a row."""
        return self.sheet.rows[row]

    def column_at(self, column: int) -> SheetColumn | None:
        """The sheet column at a model column; None for STT and name."""
        return self._columns[column - FIRST_CELL] if column >= FIRST_CELL else None

    def key_at(self, row: int, column: int) -> CellKey:
        """The key of a mark cell; `column` is FIRST_CELL or more."""
        return CellKey(self.sheet.rows[row].pupil_id, self._columns[column - FIRST_CELL].key)

    def position_of(self, key: CellKey) -> tuple[int, int] | None:
        """Row and model column of a key in the shown section, None when it is not shown."""
        row = self._row_of.get(key.pupil_id)
        column = self._shown_at.get(key.column)
        return None if row is None or column is None else (row, column)

    def view_of(self, key: CellKey) -> CellView:
        """The cached cell of a key, shown or not."""
        return self._cells[self._row_of[key.pupil_id]][self._source_of[key.column]]

    def next_missing(self, row: int, column: int) -> CellKey | None:
        """The next missing cell after a position, column by column, then the other sections."""
        rows, width = len(self._cells), len(self._columns)
        start = (column - FIRST_CELL) * rows + row + 1
        for step in range(rows * width):
            place = (start + step) % (rows * width)
            at, offset = place % rows, place // rows
            if self._cells[at][self._sources[offset]].missing:
                return self.key_at(at, offset + FIRST_CELL)
        for at, cells in enumerate(self._cells):
            for column_view, cell in zip(self.sheet.columns, cells, strict=True):
                if cell.missing:
                    return CellKey(self.sheet.rows[at].pupil_id, column_view.key)
        return None

    def next_empty(self, row: int, column: int) -> CellKey | None:
        """The next cell of the section that may be typed, is no comment and holds nothing."""
        rows, width = len(self._cells), len(self._columns)
        start = (column - FIRST_CELL) * rows + row + 1
        for step in range(rows * width):
            place = (start + step) % (rows * width)
            at, offset = place % rows, place // rows
            cell = self._cells[at][self._sources[offset]]
            if cell.editable and not cell.text and not self._columns[offset].is_comment:
                return self.key_at(at, offset + FIRST_CELL)
        return None

    def odd_cells(self) -> int:
        """Levels of the shown section that do not go with their Điểm KTĐK."""
        return sum(cells[at].odd for cells in self._cells for at in self._sources)

    def phrases(self, column: str) -> list[str]:
        """Texts of all comment columns, the commonest first; none for another column."""
        places = [at for at, c in enumerate(self.sheet.columns) if c.is_comment]
        if not any(self.sheet.columns[at].key == column for at in places):
            return []
        texts = Counter(cells[at].text for cells in self._cells for at in places if cells[at].text)
        return [text for text, _ in texts.most_common(_MOST_PHRASES)]

    # --- gestures

    def set_cells(self, edits: Mapping[CellKey, str], gesture: Gesture) -> SheetChange | None:
        """Send one gesture; None when it was refused (`edit_refused` says why)."""
        if not edits:
            return None
        try:
            change = self._port.set_cells(edits, gesture)
        except AppError as error:
            self._refuse(next(iter(edits)), error)
            return None
        self._apply(change)
        return change

    def import_cells(self, edits: Mapping[CellKey, str]) -> SheetChange:
        """Write cells of a file as one gesture; raises AppError, because its dialog shows it."""
        change = self._port.set_cells(edits, "import")
        self._apply(change)
        return change

    def set_state(
        self, keys: Sequence[CellKey], state: CellState, reason: str, value_text: str = ""
    ) -> SheetChange:
        """Set an explicit state; raises AppError, because its dialog shows the sentence."""
        change = self._port.set_state(keys, state, reason, value_text)
        self._apply(change)
        return change

    def set_dates(
        self,
        column: str,
        test_on: date | None,
        due_on: date | None,
        returned_on: date | None = None,
    ) -> None:
        """Set a column's dates; raises AppError, because its dialog shows the sentence."""
        self._take(self._port.set_dates(column, test_on, due_on, returned_on))

    # --- Qt

    @override
    def index(self, row: int, column: int, parent: Index = NO_PARENT) -> QModelIndex:
        # Qt's own asks for both counts each time, and a view wants two dozen indexes a key.
        if 0 <= row < len(self._cells) and 0 <= column < self._width and not parent.isValid():
            return self.createIndex(row, column)
        return QModelIndex()

    @override
    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._cells)

    @override
    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._width

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                if column >= FIRST_CELL:
                    return self._cells[row][self._sources[column - FIRST_CELL]].text
                pupil = self.sheet.rows[row]
                return pupil.name if column == NAME else str(pupil.position)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(row, column)
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() < FIRST_CELL:
            return False
        key = self.key_at(index.row(), index.column())
        return self.set_cells({key: str(value)}, "key") is not None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _NO_FLAGS
        return _OPEN_FLAGS if self.cell(index.row(), index.column()).editable else _SHUT_FLAGS

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if not 0 <= section < self.columnCount():
            return None
        column = self.column_at(section)
        if column is not None:
            return column.title
        return self.tr("STT") if section == STT else self.tr("Họ và tên")

    def spoken(self, row: int, column: int) -> str:
        """The cell in words for a screen reader: pupil, column, value, what is special."""
        shown = self.column_at(column)
        pupil = self.sheet.rows[row]
        if shown is None:
            return f"{pupil.position}, {pupil.name}"
        return spoken_cell(pupil, shown, self.cell(row, column))

    # --- inside

    def _take(self, view: MarkSheetView) -> None:
        before = self._view
        if before is not None and before.rows == view.rows and _same_columns(before, view):
            self._view = view
            self._cells = [list(row) for row in view.cells]
            self._pick_columns()
            if self._cells and self._columns:
                last = self.index(len(self._cells) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            horizontal = Qt.Orientation.Horizontal
            self.headerDataChanged.emit(horizontal, 0, self.columnCount() - 1)
        else:
            self.beginResetModel()
            self._view = view
            self._cells = [list(row) for row in view.cells]
            self._row_of = {pupil.pupil_id: row for row, pupil in enumerate(view.rows)}
            self._source_of = {column.key: at for at, column in enumerate(view.columns)}
            self._pick_columns()
            self.endResetModel()
        self.reloaded.emit()

    def _pick_columns(self) -> None:
        shown = [
            (at, column)
            for at, column in enumerate(self.sheet.columns)
            if self._section.shows(column)
        ]
        self._sources = tuple(at for at, _ in shown)
        self._columns = tuple(column for _, column in shown)
        self._width = FIRST_CELL + len(shown)
        self._shown_at = {column.key: at for at, column in enumerate(self._columns, FIRST_CELL)}

    def _apply(self, change: SheetChange) -> None:
        self._view = replace(
            self.sheet,
            version=change.version,
            missing_count=change.missing_count,
            late_count=change.late_count,
            corrected_count=change.corrected_count,
        )
        self._take_columns(change.columns)
        touched: list[tuple[int, int]] = []
        for key, cell in change.cells.items():
            self._cells[self._row_of[key.pupil_id]][self._source_of[key.column]] = cell
            if (place := self.position_of(key)) is not None:
                touched.append(place)
        self._announce(touched)
        self.saved.emit(change)

    def _take_columns(self, changed: Sequence[SheetColumn]) -> None:
        """New headings: a due date that is overdue no longer, or again."""
        if not changed:
            return
        by_key = {column.key: column for column in changed}
        columns = tuple(by_key.get(column.key, column) for column in self.sheet.columns)
        self._view = replace(self.sheet, columns=columns)
        self._pick_columns()
        for key in by_key:
            if (at := self._shown_at.get(key)) is not None:
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, at, at)

    def _announce(self, touched: Sequence[tuple[int, int]]) -> None:
        if len(touched) <= _ONE_BY_ONE:
            for row, column in touched:
                index = self.index(row, column)
                self.dataChanged.emit(index, index)
            return
        rows = [row for row, _ in touched]
        columns = [column for _, column in touched]
        self.dataChanged.emit(
            self.index(min(rows), min(columns)), self.index(max(rows), max(columns))
        )

    def _refuse(self, first: CellKey, error: AppError) -> None:
        failed = error.facts.get("cells")
        if isinstance(failed, Mapping) and failed:
            first = next(iter(failed))
        row, column = self.position_of(first) or (-1, -1)
        self.edit_refused.emit(row, column, error)

    def _tooltip(self, row: int, column: int) -> str | None:
        if column >= FIRST_CELL:
            cell = self.cell(row, column)
            is_comment = self._columns[column - FIRST_CELL].is_comment
            return (cell.text if is_comment else cell.note) or None
        pupil = self.sheet.rows[row]
        if pupil.left_on is not None:
            left = pupil.left_on.strftime("%d/%m/%Y")
            return self.tr("{name}, thôi học ở lớp từ {day}").format(name=pupil.name, day=left)
        if not pupil.taken:
            return self.tr("{name} không học môn này: em chọn môn khác").format(name=pupil.name)
        return pupil.name if column == NAME else None


def _same_columns(before: MarkSheetView, after: MarkSheetView) -> bool:
    return [column.key for column in before.columns] == [column.key for column in after.columns]
