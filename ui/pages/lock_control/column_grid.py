"""Subjects x columns of one class and term, a padlock in every cell; cells are chosen freely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from typing_extensions import override

from app.domain.mark_columns import ColumnRole, column_role
from app.domain.periods import EntryTerm
from app.domain.subjects import column_words
from app.regulations.primary_columns import FLAG_TITLES, LEVEL_CODE, SCORE_CODE, TRAIT_NAMES
from ui.pages.lock_control.words import translate as tr
from ui.theme.typography import Role
from ui.widgets.tables import FontRole, Head, Index, RowDelegate, TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.lock_board import ColumnState, SubjectColumns
    from ui.theme.look import Look

_SHORT = {LEVEL_CODE: "mức", SCORE_CODE: "KT"} | {
    code: "".join(word[0].upper() for word in name.split())[:4]
    for code, name in (TRAIT_NAMES | FLAG_TITLES).items()
}
"""Heads of a finger's width; the name is in the tooltip of the head and of each padlock."""
_ROOT = QModelIndex()
_ROW, _NAME, _COLUMN = 29, 136, 34


class ColumnModel(QAbstractTableModel):
    """First column the subject, then a column a code; a subject without it has a blank."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._subjects: tuple[SubjectColumns, ...] = ()
        self._cells: tuple[dict[str, ColumnState], ...] = ()
        self._codes: tuple[str, ...] = ()

    def show(self, subjects: Sequence[SubjectColumns], term: EntryTerm) -> None:
        """The columns of one term."""
        self.beginResetModel()
        taught = [(s, s.of_term(term)) for s in subjects]
        self._subjects = tuple(s for s, cells in taught if cells)
        self._cells = tuple(cells for _, cells in taught if cells)
        codes = {code for cells in self._cells for code in cells}
        known = tuple(
            code for role in ColumnRole for code in sorted(codes) if column_role(code) is role
        )
        # Primary columns stand in the order of their sheet.
        others = dict.fromkeys(c for cells in self._cells for c in cells if c not in known)
        self._codes = (*known, *others)
        self.endResetModel()

    def state(self, row: int, column: int) -> ColumnState | None:
        """The mark column of a cell; None for the subject's name and for blanks."""
        if column == 0:
            return None
        return self._cells[row].get(self._codes[column - 1])

    def row_states(self, row: int) -> list[ColumnState]:
        """Every mark column of a subject, in the order shown."""
        return [self._cells[row][code] for code in self._codes if code in self._cells[row]]

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        """Subjects taught in the term."""
        return 0 if parent.isValid() else len(self._subjects)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        """The name and the codes."""
        return 0 if parent.isValid() else 1 + len(self._codes)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, or who locked the column."""
        if not index.isValid():
            return None
        subject = self._subjects[index.row()].name
        if index.column() == 0:
            found: dict[int, object] = {
                Qt.ItemDataRole.DisplayRole: subject,
                Qt.ItemDataRole.ToolTipRole: subject,
                FontRole: Role.VALUE,
            }
            return found.get(role)
        state = self.state(index.row(), index.column())
        if state is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return state.note or tr("{column} đang mở").format(column=state.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = tr("đã khóa") if state.locked else tr("đang mở")
            return f"{subject}, {state.title}: {words}"
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Môn, tx1…, gk, ck; initials of phẩm chất, năng lực, with the whole name as a tooltip."""
        if orientation is not Qt.Orientation.Horizontal or section > len(self._codes):
            return None
        code = self._codes[section - 1] if section else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return tr("Môn") if section == 0 else _SHORT.get(code, code)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column_words(code) if code else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignHCenter
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class ColumnGrid(TableView):
    """`chosen()`: the mark columns selected; a subject's name stands for all of its columns."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Cột điểm của lớp"), row_height=_ROW, cells=True, fifth=True)
        self.columns = ColumnModel(self)
        self.setModel(self.columns)
        self.setItemDelegate(_PadlockDelegate(look, self))
        head = _CodeHead(look, Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(head)
        head.setFixedHeight(30)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)

    def show_term(self, subjects: Sequence[SubjectColumns], term: EntryTerm) -> None:
        """Another class or term."""
        self.columns.show(subjects, term)
        self.setColumnWidth(0, _NAME)
        for at in range(1, self.columns.columnCount()):
            self.setColumnWidth(at, _COLUMN)

    def chosen(self) -> list[ColumnState]:
        """The mark columns selected, each once."""
        found: dict[int, ColumnState] = {}
        for index in self.selectionModel().selectedIndexes():
            state = self.columns.state(index.row(), index.column())
            if state is not None:
                found[state.assessment_id] = state
            elif index.column() == 0:
                for each in self.columns.row_states(index.row()):
                    found[each.assessment_id] = each
        return list(found.values())


class _CodeHead(Head):
    """Codes stand over the padlocks; the usual paddings would cut them."""

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex == 0:
            super().paintSection(painter, rect, logicalIndex)
            return
        painter.save()
        painter.fillRect(rect, self._look.color("paper"))
        painter.setFont(self._look.font(Role.CAPTION))
        painter.setPen(self._look.color("ink2"))
        words = self.model().headerData(logicalIndex, self.orientation())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(words))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._look.color("line2"))
        painter.restore()


class _PadlockDelegate(RowDelegate):
    @override
    def paint_content(
        self, painter: QPainter, area: QRectF, index: Index, *, selected: bool
    ) -> None:
        model = index.model()
        if index.column() == 0 or not isinstance(model, ColumnModel):
            super().paint_content(painter, area, index, selected=selected)
            return
        state = model.state(index.row(), index.column())
        if state is None:
            return
        name, tone = ("lock-closed", "ink") if state.locked else ("lock-open", "green")
        pixmap = self._look.pixmap(name, tone, 15, painter.device().devicePixelRatioF())
        painter.drawPixmap(int(area.center().x() - 7), int(area.center().y() - 8), pixmap)
