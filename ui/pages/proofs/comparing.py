"""Gõ lại lần hai and what differs: typed without seeing the book, compared without writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget
from typing_extensions import override

from app.readmodels.mark_sheet import CellKey
from app.readmodels.proof_reading import (
    CellProof,
    ProofComparison,
    ProofDifference,
    ProofRow,
    ProofSheet,
)
from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.proofs.words import tr
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import FontRole, TableView, ToneRole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.ids import PupilId
    from ui.theme.look import Look

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TYPED = 2
_SHOWN_PROBLEMS = 4


class SecondEntryModel(QAbstractTableModel):
    """Place, name, and what is typed again; the book's own marks are not here."""

    def __init__(self, rows: Sequence[ProofRow]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self.texts: dict[PupilId, str] = {}

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        """Pupils."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        """Place, name, mark."""
        return 0 if parent.isValid() else _TYPED + 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, and the fonts of the house."""
        row = self._rows[index.row()]
        if role == FontRole:
            return Role.VALUE if index.column() else Role.BODY
        if role == ToneRole:
            return "ink" if index.column() else "ink3"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            typed = self.texts.get(row.pupil_id, "")
            return (str(row.position), row.name, typed)[index.column()]
        return None

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Keep what was typed, whatever it is: the comparison says what is no mark."""
        if index.column() != _TYPED or role != Qt.ItemDataRole.EditRole:
            return False
        self.texts[self._rows[index.row()].pupil_id] = str(value).strip()
        self.dataChanged.emit(index, index)
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the last column is typed."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == _TYPED else usual

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("TT"), tr("Họ và tên"), tr("Gõ lại"))[section]
        return None


class _TypingTable(TableView):
    """Type to edit; Enter goes down, as in the mark book."""

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After a finished cell, on to the next pupil."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            row = self.currentIndex().row() + 1
            if row < self.model().rowCount():
                self.setCurrentIndex(self.model().index(row, _TYPED))


class SecondEntryDialog(EntryDialog):
    """`compare(column key, texts)` is called when the person asks for the differences."""

    def __init__(
        self,
        look: Look,
        sheet: ProofSheet,
        compare: Callable[[str, dict[CellKey, str]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look,
            tr("Gõ lại lần hai"),
            note=f"{sheet.subject_name} {sheet.class_name}",
            icon="pencil",
            parent=parent,
            width=620,
            height=600,
        )
        self._compare = compare
        lead = tr(
            "Gõ lại một cột từ sổ giấy; điểm trong máy được che để không nhìn theo. Chưa có gì "
            "được ghi: máy chỉ so và cho thấy mọi chỗ khác."
        )
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        label = tr("Cột gõ lại")
        self.columns = Combo(look, label, [(c.key, c.title) for c in sheet.columns])
        self.add_field(LabelledField(look, label, self.columns))
        rows = [
            row
            for row, cells in zip(sheet.rows, sheet.cells, strict=True)
            if any(cell.state is not CellProof.OUT for cell in cells)
        ]
        self.model = SecondEntryModel(rows)
        self.table = _TypingTable(look, tr("Điểm gõ lại"), row_height=30, cells=True)
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        )
        self.table.setModel(self.model)
        self.table.set_widths({0: 56, 1: 330})
        self.table.setMinimumHeight(280)
        self.body.addWidget(self.table, 1)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, _TYPED))
        self.add_refusal_line()
        self.add_safe_button(tr("Để sau"), self.reject)
        self.confirm = self.add_button(tr("So với sổ"), self._try, icon="not-equal")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)
        self.table.setFocus()

    def texts(self) -> dict[CellKey, str]:
        """What was typed, by cell of the sheet."""
        key = self.columns.current()
        return {CellKey(pupil, key): text for pupil, text in self.model.texts.items() if text}

    def _try(self) -> None:
        self.table.commit_open_editor()
        if self.attempt(lambda: self._compare(self.columns.current(), self.texts())):
            self.accept()


class DifferencesDialog(EntryDialog):
    """Every difference; `record()` keeps the comparison and turns differences into remarks."""

    def __init__(
        self,
        look: Look,
        found: ProofComparison,
        there: str,
        unread: Sequence[str],
        record: Callable[[], object],
        parent: QWidget,
    ) -> None:
        count = len(found.differences)
        super().__init__(
            look,
            tr("Kết quả đối chiếu"),
            note=found.source,
            icon="not-equal",
            parent=parent,
            width=760,
            height=600 if count else 0,
        )
        self._record = record
        words = tr("{n} ô đã so: {same} ô khớp, {other} ô khác. Chưa có gì được ghi.")
        tone, icon = ("amber", "not-equal") if count else ("green", "check")
        summary = words.format(n=found.compared, same=found.same, other=count)
        self.summary = IconText(look, icon, summary, tone, Role.VALUE)
        self.body.addWidget(self.summary)
        for problem in unread[:_SHOWN_PROBLEMS]:
            self.body.addWidget(IconText(look, "warning", problem, "red", Role.BODY))
        if len(unread) > _SHOWN_PROBLEMS:
            more = tr("và {n} chỗ khác trong tệp không đọc được").format(
                n=len(unread) - _SHOWN_PROBLEMS
            )
            self.body.addWidget(Label(look, more, Role.BODY, "red"))
        self.model: RecordModel[ProofDifference] = RecordModel(
            [
                Column(tr("TT"), lambda d: str(d.position), tone=lambda _d: "ink3"),
                Column(tr("Họ và tên"), lambda d: d.name, role=Role.VALUE),
                Column(tr("Cột"), lambda d: d.column),
                Column(tr("Trong sổ"), lambda d: d.here or tr("trống"), role=Role.VALUE),
                Column(there, _there, role=Role.VALUE, tone=lambda d: "red" if d.fault else "amber",
                       icon=lambda d: "warning" if d.fault else "", tip=lambda d: d.fault),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, tr("Các ô khác nhau"), row_height=30)
        self.table.setModel(self.model)
        self.table.set_widths({0: 56, 1: 250, 2: 100, 3: 110})
        self.model.set_records(found.differences)
        self.table.setMinimumHeight(300)
        self.table.setVisible(bool(count))
        self.body.addWidget(self.table, 1)
        what = tr(
            "Ghi kết quả thì ô khớp được đánh dấu đã dò, mỗi ô khác thành một nhận xét để giáo "
            "viên trả lời. Điểm trong sổ không bị đổi."
        )
        self.body.addWidget(Label(look, what, Role.CAPTION, "ink2", wrap=True))
        self.add_refusal_line()
        self.add_safe_button(tr("Đóng, không ghi"), self.reject)
        self.confirm = self.add_button(tr("Ghi kết quả đối chiếu"), self._try, icon="check")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)

    def _try(self) -> None:
        if self.attempt(self._record):
            self.accept()


def _there(difference: ProofDifference) -> str:
    return difference.there or tr("trống")
