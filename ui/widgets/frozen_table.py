"""A record table whose first columns stay while the rest scrolls sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.widgets.cards import hairline
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from ui.theme.look import Look

_NAME_MOST = 270
"""Logical pixels of the widest frozen column."""


class FrozenTable(QWidget):
    """Two views, one model, one selection. `row_chosen(int)` follows the current row."""

    row_chosen = Signal(int)

    def __init__(
        self,
        look: Look,
        name: str,
        frozen: int,
        *,
        row_height: int = 29,
        parent: QWidget | None = None,
    ) -> None:
        """`frozen` columns from the left stay; `name` is the accessible name."""
        super().__init__(parent)
        self._frozen = frozen
        self._widths: dict[int, int] = {}
        self.left = TableView(look, name, row_height=row_height)
        self.right = TableView(look, name, row_height=row_height)
        self.left.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.left.pressed.connect(lambda index: self._take_keys(index.row()))
        self.left.horizontalHeader().setStretchLastSection(False)
        self._under = QWidget()
        self._under.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.left, 1)
        column.addWidget(self._under)
        row.addLayout(column)
        row.addWidget(hairline(strong=True, vertical=True))
        row.addWidget(self.right, 1)
        self.right.verticalScrollBar().valueChanged.connect(self.left.verticalScrollBar().setValue)
        self.left.verticalScrollBar().valueChanged.connect(self.right.verticalScrollBar().setValue)
        self.right.horizontalScrollBar().installEventFilter(self)
        self.setFocusProxy(self.right)

    def set_model(self, model: QAbstractItemModel, widths: dict[int, int]) -> None:
        """Show a model; `widths` by column number, logical pixels."""
        for view in (self.left, self.right):
            view.setModel(model)
            view.set_widths(widths)
        model.modelReset.connect(self._fit_names)
        self.left.setSelectionModel(self.right.selectionModel())
        for column in range(model.columnCount()):
            self.left.setColumnHidden(column, column >= self._frozen)
            self.right.setColumnHidden(column, column < self._frozen)
        self._widths = widths
        self._fit_names()
        self.right.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.row_chosen.emit(now.row())
        )

    def _fit_names(self) -> None:
        """The last frozen column shows long names whole, within reason: names are not cut."""
        last = self._frozen - 1
        width = max(self._widths[last], min(self.left.needs(last), _NAME_MOST))
        self.left.setColumnWidth(last, width)
        self.left.setFixedWidth(width + sum(self._widths[column] for column in range(last)))

    def choose(self, row: int) -> None:
        """Select a row."""
        model = self.right.model()
        if 0 <= row < model.rowCount():
            self.right.setCurrentIndex(model.index(row, self._frozen))

    def _take_keys(self, row: int) -> None:
        """A click on a name puts the arrow keys to work: they stand still in a hidden column."""
        self.choose(row)
        self.right.setFocus()

    def chosen_row(self) -> int:
        """Number of the current row; -1 without one."""
        return self.right.chosen_row()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the last row of both views level when the sideways bar comes and goes."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._under.setFixedHeight(self.right.horizontalScrollBar().sizeHint().height())
            self._under.setVisible(event.type() == QEvent.Type.Show)
        return False
