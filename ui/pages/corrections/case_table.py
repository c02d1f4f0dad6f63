"""The list of cases: number, place, pupil, old → new, step and who is waited for, due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from typing_extensions import override

from ui.pages.corrections import words
from ui.theme.typography import Role
from ui.widgets.mark_change import paint_change
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import Index, RowDelegate, TableView

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.clock import Clock
    from app.readmodels.correction_case import CaseRow
    from ui.theme.look import Look

CHANGE, DUE = 3, 5
_WIDTHS = {0: 48, 1: 130, 2: 156, 3: 126, 4: 154}


class CaseModel(RecordModel["CaseRow"]):
    """Cases as rows; the last column counts down."""

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(_columns(clock), parent)

    def tick(self) -> None:
        """A second has passed."""
        if self.rowCount():
            last = self.rowCount() - 1
            self.dataChanged.emit(self.index(0, DUE), self.index(last, DUE))

    def row_of(self, case_id: int) -> int:
        """Where a case stands; -1 when it is not in this list."""
        return next((at for at, row in enumerate(self.records()) if row.id == case_id), -1)


class CaseTable(TableView):
    """One case a row, chosen whole."""

    def __init__(self, look: Look, name: str, clock: Clock) -> None:
        super().__init__(look, name, row_height=look.measures.paper_board_row)
        self.cases = CaseModel(clock, self)
        self.setModel(self.cases)
        self.setItemDelegate(_CaseDelegate(look, self))
        self.set_widths(_WIDTHS)
        look.changed.connect(self._fit_rows)

    def _fit_rows(self) -> None:
        self.set_row_height(self.look.measures.paper_board_row)

    def chosen(self) -> CaseRow | None:
        """The case of the current row."""
        at = self.chosen_row()
        return self.cases.record(at) if 0 <= at < self.cases.rowCount() else None


class _CaseDelegate(RowDelegate):
    """Draws old → new as on paper."""

    @override
    def paint_content(
        self, painter: QPainter, area: QRectF, index: Index, *, selected: bool
    ) -> None:
        model = index.model()
        if index.column() == CHANGE and isinstance(model, CaseModel):
            row = model.record(index.row())
            if len(row.cells) == 1 and not words.is_text(row.cells[0]):
                inner = area.adjusted(12, 0, -8, -1)
                old, new = (words.value(t) for t in (row.cells[0].old, row.cells[0].new))
                paint_change(painter, self._look, inner, old, new)
                return
        super().paint_content(painter, area, index, selected=selected)


def _columns(clock: Clock) -> list[Column[CaseRow]]:
    tr = words.translate

    def spoken_change(row: CaseRow) -> str:
        if len(row.cells) > 1 or words.is_text(row.cells[0]):
            return tr("{n} ô").format(n=len(row.cells))
        return f"{words.value(row.cells[0].old)} → {words.value(row.cells[0].new)}"

    return [
        Column(tr("Số"), lambda r: f"{r.number:02d}", role=Role.VALUE),
        Column(
            tr("Lớp, môn"),
            lambda r: f"{r.class_name}, {r.subject_name}",
            second=words.columns,
            role=Role.VALUE,
        ),
        Column(
            tr("Học sinh, người đề nghị"),
            words.pupils,
            second=lambda r: r.requester,
            tip=lambda r: ", ".join(dict.fromkeys(c.pupil for c in r.cells)),
        ),
        Column(tr("Cũ, mới"), spoken_change),
        Column(
            tr("Bước, đang chờ ai"),
            lambda r: r.step.label,
            second=words.waiting,
            tone=lambda r: "amber" if r.step.is_open else "ink2",
        ),
        Column(
            tr("Hạn"),
            lambda r: words.due(r, clock.now()).words,
            tone=lambda r: words.due(r, clock.now()).tone,
            icon=lambda r: words.due(r, clock.now()).icon,
        ),
    ]
