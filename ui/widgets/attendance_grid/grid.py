"""The attendance grid: table, keys, gestures, and popovers at its cells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.attendance import Absence
from app.errors import AppError, EnvironmentProblem
from app.readmodels.attendance_sheet import AttendanceSheet
from ui.errors.messages import Anchor, title_of
from ui.models.attendance_grid_model import (
    FIRST_DAY,
    AttendanceGridModel,
    AttendancePort,
    DayKey,
)
from ui.theme.look import Look
from ui.theme.tokens import MARK_ROW
from ui.widgets.attendance_grid.gestures import AttendanceGestures
from ui.widgets.attendance_grid.table import AttendanceTable
from ui.widgets.mark_grid.blocks import Block
from ui.widgets.mark_grid.cursor import NOWHERE, GridCursor
from ui.widgets.mark_grid.keys import gesture_for, move_for
from ui.widgets.popover import NotePopover, Popover

_SIGNS = {Qt.Key.Key_P: Absence.EXCUSED.value, Qt.Key.Key_K: Absence.UNEXCUSED.value}
_POPOVER_KEYS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
)
_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class AttendanceGrid(QWidget):
    """One class's days on screen. P and K write, Space goes on to the next sign."""

    why_asked = Signal(int, int)
    menu_asked = Signal(QPoint)

    def __init__(
        self,
        port: AttendancePort,
        look: Look,
        say_elsewhere: Callable[[AppError, Anchor], None],
        parent: QWidget | None = None,
    ) -> None:
        """`say_elsewhere` speaks faults that are not about one cell (full disk)."""
        super().__init__(parent)
        self._look = look
        self._say_elsewhere = say_elsewhere
        self._popover: Popover | None = None
        self.model = AttendanceGridModel(port, self)
        self.cursor_cells = GridCursor(lambda row, column: bool(self.model.sign(row, column)))
        self.gestures = AttendanceGestures(self.model, self.cursor_cells)
        self.table = AttendanceTable(self.model, look, self.cursor_cells)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.table)
        self.setFocusProxy(self.table)
        self.table.key_pressed.connect(self._on_key)
        self.table.cell_pressed_again.connect(self.gestures.next_sign)
        self.table.menu_requested.connect(self.menu_asked)
        self.table.head.column_pressed.connect(self._on_column)
        self.cursor_cells.changed.connect(self.table.follow_cursor)
        self.cursor_cells.changed.connect(self.close_popover)
        self.gestures.refused.connect(self.say)
        self.gestures.locked.connect(self.why_asked)
        self.model.refused.connect(self.say)
        self.model.modelReset.connect(self._on_reset)
        self.model.dataChanged.connect(lambda *_: self.table.viewport().update())

    def load(self) -> AttendanceSheet:
        """Read the shown days; raises AppError."""
        return self.model.load()

    def go_to(self, key: DayKey) -> None:
        """Select a pupil's day, when it is shown."""
        place = self.model.place_of(key)
        if place is not None:
            self.cursor_cells.go(*place)
            self.table.setFocus()

    def active_key(self) -> DayKey | None:
        """Pupil and day of the active cell."""
        active = self.cursor_cells.active
        return None if active == NOWHERE else self.model.key_at(*active)

    def say(self, row: int, column: int, error: AppError) -> None:
        """Show a refusal where the person looks."""
        if isinstance(error, EnvironmentProblem) or row < 0:
            self._say_elsewhere(error, Anchor(self.table.viewport()))
            return
        note = NotePopover(self._look, title_of(error), error.sentence, self.window())
        self.show_at(row, column, note)

    def show_at(self, row: int, column: int, popover: Popover) -> None:
        """Point `popover` at a cell; any earlier one closes."""
        self.close_popover()
        self._popover = popover

        def forget(_gone: QObject | None = None) -> None:
            if self._popover is popover:
                self._popover = None

        popover.destroyed.connect(forget)
        popover.installEventFilter(self)
        self.table.scrollTo(self.model.index(row, column))
        layout = popover.layout()
        if layout is not None and layout.hasHeightForWidth():
            popover.ensurePolished()
            layout.activate()
            popover.setFixedHeight(layout.totalHeightForWidth(popover.width()))
        rect = self.table.block_rect(Block(row, column, row, column))
        popover.point_at(self.table.viewport(), rect)

    def close_popover(self) -> None:
        """Close what is open."""
        popover, self._popover = self._popover, None
        if popover is not None:
            focused = QApplication.focusWidget()
            had_focus = focused is not None and (
                focused is popover or popover.isAncestorOf(focused)
            )
            popover.close()
            if had_focus:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Typing goes on in the grid although a popover has the focus; Esc, Tab, Enter are its."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _POPOVER_KEYS:
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_key(event)
        return True

    def _on_key(self, event: QKeyEvent) -> None:
        self.close_popover()
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
        sign = None if event.modifiers() & _HELD else _SIGNS.get(Qt.Key(event.key()))
        if self.cursor_cells.active == NOWHERE:
            event.ignore()
        elif sign is not None:
            gestures.write(sign)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers() & _HELD:
            gestures.next_sign()
        elif event.key() == Qt.Key.Key_Backspace:
            gestures.clear()
        elif event.key() == Qt.Key.Key_F2:
            self.why_asked.emit(*self.cursor_cells.active)
        elif event.key() == Qt.Key.Key_Menu:
            rect = self.table.block_rect(
                Block(*self.cursor_cells.active, *self.cursor_cells.active)
            )
            self.menu_asked.emit(self.table.viewport().mapToGlobal(rect.bottomLeft()))
        elif not (gesture_for(event, commands) or move_for(self.cursor_cells, event, page)):
            event.ignore()

    def _on_column(self, column: int, stretch: bool) -> None:
        bounds, active = self.cursor_cells.bounds, self.cursor_cells.active
        if self.model.day_at(column) is None or active == NOWHERE:
            return
        start = active[1] if stretch else column
        block = Block.between((bounds.top, start), (bounds.bottom, column))
        self.cursor_cells.select(block, (bounds.top, start))
        self.table.setFocus()

    def _on_reset(self) -> None:
        self.gestures.stack.clear()
        model, active = self.model, self.cursor_cells.active
        if not model.columnCount():
            return
        days = Block(0, FIRST_DAY, model.rowCount() - 1, model.last_day)
        today = next(
            (FIRST_DAY + at for at, day in enumerate(model.sheet.days)
             if day.day == model.sheet.today),
            FIRST_DAY,
        )  # fmt: skip
        row = max(0, active[0])
        self.cursor_cells.set_bounds(days, (row, today))
