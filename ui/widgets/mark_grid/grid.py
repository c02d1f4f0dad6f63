"""The mark grid as one widget: frozen names, marks, selection bar, and what happens on a key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.errors import AppError, EnvironmentProblem, StaleData
from app.readmodels.mark_sheet import CellKey, MarkSheetView, SheetColumn
from app.readmodels.mark_sheet_port import MarkSheetPort
from app.readmodels.selection_figures import figures_of
from ui.delegates.mark_delegate import MarkDelegate
from ui.errors.messages import Anchor
from ui.models.mark_grid_model import FIRST_CELL, MarkGridModel, Section
from ui.theme.look import Look
from ui.theme.tokens import MARK_ROW, NAME_COLUMN, STT_COLUMN
from ui.widgets.mark_grid.blocks import Block
from ui.widgets.mark_grid.cell_popovers import CellPopovers
from ui.widgets.mark_grid.cursor import NOWHERE, GridCursor
from ui.widgets.mark_grid.editing import CellEditing, Draft
from ui.widgets.mark_grid.gestures import GridGestures
from ui.widgets.mark_grid.keys import gesture_for, is_typing, move_for
from ui.widgets.mark_grid.menu import column_menu
from ui.widgets.mark_grid.paste_bar import PasteBar
from ui.widgets.mark_grid.selection_bar import SelectionBar, place_in_words
from ui.widgets.mark_grid.sheet_view import (
    MARGIN_LINE,
    FrozenView,
    MarginLine,
    join_scroll_bars,
)
from ui.widgets.mark_grid.table import MarkTable
from ui.widgets.popover import Popover

_FIGURES_MS = 40
_YEAR_SPARE = 80
"""Px long names may take where there is no comment column to take them from."""


class MarkGrid(QWidget):
    """One sheet on screen. Refusals are shown at their cell; nothing typed is ever dropped."""

    why_asked = Signal(object)
    """CellKey somebody tried to edit in vain."""
    menu_asked = Signal(QPoint)
    dates_asked = Signal(str)
    """Key of the column whose head was double-clicked."""

    def __init__(
        self,
        port: MarkSheetPort,
        look: Look,
        say_elsewhere: Callable[[AppError, Anchor], None],
        parent: QWidget | None = None,
    ) -> None:
        """`say_elsewhere` speaks faults that are not about one cell (stale sheet, full disk)."""
        super().__init__(parent)
        self._look = look
        self._say_elsewhere = say_elsewhere
        self.model = MarkGridModel(port, self)
        self.cursor_cells = GridCursor(lambda row, column: bool(self.model.cell(row, column).text))
        self.gestures = GridGestures(self.model, port, self.cursor_cells)
        delegate = MarkDelegate(self.model, look, self)
        self.table = MarkTable(self.model, look, delegate, self.cursor_cells)
        self.frozen = FrozenView(self.model, look, delegate)
        self.frozen.setSelectionModel(self.table.selectionModel())
        self.bar = SelectionBar(look)
        self.guard = PasteBar(look)
        self._at_cell = CellPopovers(look, self.table)
        self._editing = CellEditing(self.table, delegate, self.gestures, self._at_cell)
        self._here = NOWHERE
        self._keep: CellKey | None = None
        self._figures_due = QTimer(self)
        self._figures_due.setSingleShot(True)
        self._figures_due.setInterval(_FIGURES_MS)
        self._figures_due.timeout.connect(self._show_figures)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    # --- for the page

    def load(self) -> MarkSheetView:
        """Read the sheet; raises AppError when it cannot be read."""
        self.model.load()
        return self.model.sheet

    def show_section(self, section: Section) -> None:
        """Switch the term, keeping the row."""
        if self.commit_pending():
            self.model.show_section(section)

    def commit_pending(self) -> bool:
        """Commit the open editor; False when its text was refused and stays open."""
        return self._editing.commit()

    def hold_draft(self) -> Draft | None:
        """Close the open editor without saving and hand over what was typed."""
        key = self.active_key()
        text = self._editing.give_up()
        return None if text is None or key is None else Draft(key, text)

    def return_draft(self, draft: Draft) -> None:
        """Open the editor again as it was."""
        self.go_to(draft.key)
        if self.active_key() == draft.key:
            self.table.begin_edit(draft.text)

    def go_to(self, key: CellKey) -> None:
        """Select a cell, switching the term when needed."""
        if self.model.position_of(key) is None:
            term = key.column.split(".")[0]
            self.show_section(Section.HK2 if term == "YEAR" else Section(term))
        place = self.model.position_of(key)
        if place is not None and self.commit_pending():
            self.cursor_cells.go(*place)
            self.table.setFocus()

    def active_key(self) -> CellKey | None:
        """The active cell; None in an empty sheet."""
        active = self.cursor_cells.active
        return None if active == NOWHERE else self.model.key_at(*active)

    def selected_keys(self) -> list[CellKey]:
        """Every selected cell, row by row."""
        return [
            self.model.key_at(*cell) for block in self.cursor_cells.blocks for cell in block.cells()
        ]

    def figures_in_words(self) -> str:
        """What the selection bar says, brought up to date."""
        self._show_figures()
        return self.bar.figures_in_words()

    def show_at(self, key: CellKey, popover: Popover) -> None:
        """Point `popover` at a cell; any earlier one closes."""
        self._at_cell.show(key, popover)

    def dates_act(self) -> Callable[[], None] | None:
        """What asks the dates of the active column; None where they cannot be set."""
        at = self.cursor_cells.active[1]
        if self.cursor_cells.active == NOWHERE or self._dated(at) is None:
            return None
        return lambda: self._ask_dates(at)

    def say(self, row: int, column: int, error: AppError) -> None:
        """Show a refusal where the person looks; reload when the sheet is stale."""
        if isinstance(error, StaleData):
            self._reload_stale(error)
        elif isinstance(error, EnvironmentProblem) or row < 0 or column < FIRST_CELL:
            # What was typed stays in its editor: Enter tries again.
            self._say_elsewhere(error, Anchor(self.table.viewport()))
        else:
            editor = self.table.open_editor()
            self._at_cell.refuse(self.model.key_at(row, column), error)
            (editor or self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys

    def _on_key(self, event: QKeyEvent) -> None:
        self._at_cell.close()
        self._drop_question()
        editor = self.table.open_editor()
        if editor is not None:
            # An input method still composes: the view has the focus, the editor the text.
            self._editing.leave_by_key(editor, event.key(), event.modifiers())
            return
        gestures = self.gestures
        commands = {
            "copy": gestures.copy,
            "cut": gestures.cut,
            "paste": gestures.paste,
            "clear": gestures.clear,
            "fill_down": gestures.fill_down,
            "undo": gestures.undo,
            "redo": gestures.redo,
        }
        page = max(1, self.table.viewport().height() // MARK_ROW - 1)
        if self.cursor_cells.active == NOWHERE:
            event.ignore()
        elif gesture_for(event, commands) or move_for(self.cursor_cells, event, page):
            event.accept()
        elif event.key() == Qt.Key.Key_F2:
            self.table.begin_edit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.table.begin_edit("")
        elif event.key() == Qt.Key.Key_Menu:
            self._ask_menu()
        elif is_typing(event):
            self.table.type_key(event)
        else:
            event.ignore()

    # --- following

    def _follow(self) -> None:
        cursor = self.cursor_cells
        self.table.follow_cursor()
        if cursor.active[0] != self._here[0]:
            self.frozen.repaint_row(self._here[0])
            self.frozen.repaint_row(cursor.active[0])
        self._here = cursor.active
        self.table.head.set_current(cursor.active[1])
        if cursor.active != NOWHERE:
            self._keep = self.model.key_at(*cursor.active)
        self._figures_soon()

    def _show_figures(self) -> None:
        blocks = self.cursor_cells.blocks
        texts = [self.model.cell(*cell).text for block in blocks for cell in block.cells()]
        place = place_in_words(self.model, blocks)
        self.bar.show_figures(place, figures_of(texts), self.model.sheet.kind)
        self.bar.dates.setVisible(self.dates_act() is not None)

    def _on_reset(self) -> None:
        rows, columns = self.model.rowCount(), self.model.columnCount()
        place = self.model.position_of(self._keep) if self._keep is not None else None
        if place is None and self._keep is not None:
            # The same kind of column in the other term, or its first column; the same pupil.
            place = (max(0, self._here[0]), max(FIRST_CELL, self._here[1]))
        self.cursor_cells.set_bounds(
            Block(0, FIRST_CELL, rows - 1, columns - 1), place or (0, FIRST_CELL)
        )
        self._show_figures()
        self._fit_names()

    def _fit_names(self) -> None:
        if self.model.rowCount():
            wanted = self.table.wanted_width()
            spare = _YEAR_SPARE
            if wanted is not None:
                spare = self.width() - wanted - STT_COLUMN - NAME_COLUMN - MARGIN_LINE
            self.frozen.fit_names(spare)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_names()

    def _figures_soon(self) -> None:
        # Figures cost as much as the move itself; while an arrow is held they may lag a little.
        if not self._figures_due.isActive():
            self._figures_due.start()

    def _on_header_pressed(self, column: int, stretch: bool) -> None:
        if not self.commit_pending() or self.cursor_cells.active == NOWHERE:
            return
        bounds, active = self.cursor_cells.bounds, self.cursor_cells.active
        start = active[1] if stretch else column
        block = Block.between((bounds.top, start), (bounds.bottom, column))
        self.cursor_cells.select(block, (bounds.top, start))
        self.table.setFocus()

    def _on_row_pressed(self, row: int, stretch: bool) -> None:
        if not self.commit_pending():
            return
        bounds = self.cursor_cells.bounds
        start = self.cursor_cells.active[0] if stretch else row
        block = Block.between((start, bounds.left), (row, bounds.right))
        self.cursor_cells.select(block, (start, bounds.left))
        self.table.setFocus()

    def _dated(self, column: int) -> SheetColumn | None:
        """The column when its dates can be set here."""
        shown = self.model.column_at(column)
        can = self.model.sheet.can_enter and shown is not None
        return shown if can and shown is not None and shown.assessment_id is not None else None

    def _ask_dates(self, column: int) -> None:
        shown = self._dated(column)
        if shown is not None and self.commit_pending():
            self.dates_asked.emit(shown.key)

    def _open_column_menu(self, column: int, place: QPoint) -> None:
        self._on_header_pressed(column, stretch=False)
        menu = column_menu(
            self._look,
            self,
            lambda: self._on_header_pressed(column, stretch=False),
            None if self._dated(column) is None else lambda: self._ask_dates(column),
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _on_locked(self, row: int, column: int) -> None:
        self.why_asked.emit(self.model.key_at(row, column))

    def _ask_menu(self) -> None:
        rect = self.table.block_rect(Block(*self.cursor_cells.active, *self.cursor_cells.active))
        self.menu_asked.emit(self.table.viewport().mapToGlobal(rect.bottomLeft()))

    # --- refusals

    def _reload_stale(self, error: StaleData) -> None:
        """Read again, keep the place and the half-typed text, then say why nothing was written."""
        editor = self.table.open_editor()
        typed = editor.text() if editor is not None else None
        key = self.active_key()
        try:
            self.model.load()
        except AppError as worse:
            self._say_elsewhere(worse, Anchor(self.table.viewport()))
            return
        if typed is not None and self.table.open_editor() is None and key == self.active_key():
            self.table.begin_edit(typed)
        self._say_elsewhere(error, Anchor(self.table.viewport()))

    def _drop_question(self) -> None:
        if self.guard.isVisible():
            self.guard.hide()
            self.gestures.forget_paste()
            # The cells have to be where they belong before a popover points at one.
            self._settle()

    def _settle(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def _on_guard_answered(self, way: int) -> None:
        if way >= 0:
            # The wrong-column guard may have a question of its own after the rows are settled.
            self.gestures.paste_anyway(way)
        else:
            self.gestures.forget_paste()
        if not self.guard.isVisible():
            self.table.setFocus()

    # --- building

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.guard)
        views = QHBoxLayout()
        views.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.frozen, 1)
        self._under_frozen = QWidget()
        self._under_frozen.hide()
        left.addWidget(self._under_frozen)
        views.addLayout(left)
        views.addWidget(MarginLine(self._look))
        views.addWidget(self.table, 1)
        outer.addLayout(views, 1)
        outer.addWidget(self.bar)
        self.table.horizontalScrollBar().installEventFilter(self)
        join_scroll_bars(self.table, self.frozen)

    def _connect(self) -> None:
        table = self.table
        table.may_leave_editor = self._may_leave
        table.key_pressed.connect(self._on_key)
        table.locked_attempted.connect(self._on_locked)
        table.fill_dropped.connect(self.gestures.fill)
        table.menu_requested.connect(self.menu_asked)
        table.head.column_pressed.connect(self._on_header_pressed)
        table.head.column_dragged.connect(lambda column: self._on_header_pressed(column, True))
        table.head.column_opened.connect(self._ask_dates)
        table.head.menu_requested.connect(self._open_column_menu)
        self.bar.dates_asked.connect(lambda: self._ask_dates(self.cursor_cells.active[1]))
        self.frozen.row_pressed.connect(self._on_row_pressed)
        self.cursor_cells.changed.connect(self._follow)
        self.gestures.refused.connect(self.say)
        self.gestures.paste_doubted.connect(self.guard.ask)
        self.guard.answered.connect(self._on_guard_answered)
        self.model.edit_refused.connect(self.say)
        self.model.modelReset.connect(self._on_reset)
        self.model.dataChanged.connect(self._figures_soon)
        self.model.reloaded.connect(self.gestures.stack.clear)

    def _may_leave(self) -> bool:
        self._drop_question()
        if self.commit_pending():
            self._at_cell.close()
            return True
        editor = self.table.open_editor()
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        bar = self.table.horizontalScrollBar()
        if watched is bar and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._under_frozen.setFixedHeight(bar.sizeHint().height())
            self._under_frozen.setVisible(event.type() == QEvent.Type.Show)
        return False
