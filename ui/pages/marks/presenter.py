"""Decisions of the mark page: which sheet, which cell next, what a locked cell answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from app.changes import CommandResult, Topic
from app.domain.marks import CellState
from app.readmodels.mark_sheet import CellKey, SheetChange, SheetId, WhyLocked
from app.readmodels.mark_sheet_port import MarkSheetPort
from ui.command_runner import CommandRunner
from ui.errors.messages import Anchor
from ui.models.mark_grid_model import FIRST_CELL, Section

if TYPE_CHECKING:
    from ui.pages.marks.page import MarksPage

_SHOWN_HISTORY = 8


class SheetChoice(NamedTuple):
    """A sheet the signed-in person may open; `own` says that they write it."""

    sheet: SheetId
    class_name: str
    subject_name: str
    own: bool = True


class MarksPresenter(QObject):
    """One open sheet at a time; knows services by their port only."""

    def __init__(
        self,
        page: MarksPage,
        runner: CommandRunner,
        open_port: Callable[[SheetId], MarkSheetPort],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._runner = runner
        self._open_port = open_port
        self._port: MarkSheetPort | None = None
        self._sheet: SheetId | None = None
        self._places: dict[SheetId, CellKey] = {}

    @property
    def sheet(self) -> SheetId | None:
        """What is open."""
        return self._sheet

    @property
    def port(self) -> MarkSheetPort:
        """The open sheet's port; only while a sheet is open."""
        if self._port is None:
            raise LookupError("no sheet is open")
        return self._port

    def open(self, sheet: SheetId) -> bool:
        """Open another sheet at the cell last used in it in this term, else at the same place."""
        grid = self._page.grid
        if grid is not None and not grid.commit_pending():
            return False
        section, row, column = Section.HK1, 0, FIRST_CELL
        first = grid is None or self._sheet is None
        if grid is not None and self._sheet is not None:
            section = grid.model.section
            row, column = grid.cursor_cells.active
            if (here := grid.active_key()) is not None:
                self._places[self._sheet] = here
        port = self._runner.ask(lambda: self._open_port(sheet), at=Anchor(self._page))
        if port is None:
            return False
        grid = self._page.make_grid(port)
        if self._runner.ask(grid.load, at=Anchor(self._page)) is None:
            grid.deleteLater()
            return False
        self._port, self._sheet = port, sheet
        lost = section.term not in grid.model.sheet.term_chips and section is not Section.YEAR
        if first or lost:
            shown = grid.model.sheet.current_term
            section = section if shown is None else Section(shown.value)
        grid.model.show_section(section)
        self._page.show_grid(grid)
        # The term on the screen stays: a cell last used in the other one would change it unseen,
        # and "Xác nhận đã đủ" speaks of the term that is shown.
        remembered = self._places.get(sheet)
        place = None if remembered is None else grid.model.position_of(remembered)
        grid.cursor_cells.go(*(place or (row, column)))
        self._page.show_counts()
        return True

    def refresh(self) -> None:
        """Read the open sheet again: somebody else changed marks, locks or the roster."""
        grid = self._page.grid
        if grid is not None and grid.commit_pending():
            self._runner.ask(grid.load, at=Anchor(self._page))
            self._page.show_counts()

    def on_saved(self, change: SheetChange) -> None:
        """Tell the rest of the window what the grid committed."""
        count = len(change.previous)
        summary = self.tr("Đã lưu {n} ô").format(n=count)
        self._runner.publish(
            CommandResult(
                topics=frozenset({Topic.MARKS, Topic.RESULTS}),
                seq=change.seq,
                summary=summary,
                class_id=self._sheet.class_id if self._sheet is not None else None,
            ),
            self._page,
        )
        self._page.show_counts()

    def next_missing(self) -> None:
        """Go to the next overdue cell, else the next empty one; after the last, to the first."""
        grid = self._page.grid
        if grid is None or not grid.commit_pending():
            return
        row, column = grid.cursor_cells.active
        key = grid.model.next_missing(row, column) or grid.model.next_empty(row, column)
        if key is not None:
            grid.go_to(key)

    def confirm(self) -> None:
        """Xác nhận đã đủ."""
        grid = self._page.grid
        if grid is None or not grid.commit_pending():
            return
        at = Anchor(self._page.confirm_button)
        term = grid.model.section.term
        result = self._runner.run(
            lambda: self.port.confirm(term), initiator=self._page, at=at, on_reload=self.refresh
        )
        if result is not None:
            self._page.tell(result.summary)
            self.refresh()

    def why(self, key: CellKey) -> None:
        """Answer "Vì sao không sửa được?" at the cell, with the one thing that can be done."""
        grid = self._page.grid
        answer = self._runner.ask(lambda: self.port.why(key), at=Anchor(self._page))
        if grid is None or answer is None:
            return
        selected = grid.selected_keys()
        keys = selected if key in selected else [key]
        self._page.show_why(key, self._with_name(key, answer), answer, keys)

    def history(self, key: CellKey) -> None:
        """Show everything that happened to a cell, newest last."""
        lines = self._runner.ask(lambda: self.port.history(key), at=Anchor(self._page))
        if lines is None:
            return
        hidden = max(0, len(lines) - _SHOWN_HISTORY)
        if not lines:
            sentence = self.tr("Ô này chưa được ghi lần nào.")
        elif hidden:
            sentence = self.tr(
                "{n} lần ghi; dưới đây là {shown} lần sau cùng, xem đủ trong Nhật ký."
            ).format(n=len(lines), shown=_SHOWN_HISTORY)
        else:
            sentence = self.tr("{n} lần ghi, cũ trước mới sau.").format(n=len(lines))
        numbered = [(str(at), line) for at, line in enumerate(lines, 1)]
        self._page.show_history(key, sentence, numbered[hidden:])

    def set_state(self, state: CellState) -> None:
        """Ask the reason of an explicit state for the selected cells."""
        grid = self._page.grid
        if grid is None or not grid.commit_pending():
            return
        keys = grid.selected_keys()

        def save(reason: str, value_text: str) -> None:
            grid.gestures.set_state(keys, state, reason, value_text)

        self._page.ask_state(state, len(keys), save)

    def set_dates(self, column_key: str) -> None:
        """Ask a column's dates."""
        grid = self._page.grid
        if grid is None or not grid.commit_pending():
            return
        column = next(c for c in grid.model.sheet.columns if c.key == column_key)

        def save(test_on: date | None, due_on: date | None, returned_on: date | None) -> None:
            grid.model.set_dates(column_key, test_on, due_on, returned_on)
            self._page.show_counts()

        self._page.ask_dates(column, save)

    def _with_name(self, key: CellKey, answer: WhyLocked) -> str:
        """The sentence with the pupil's name set strong."""
        grid = self._page.grid
        sentence = escape(answer.sentence)
        if grid is None:
            return sentence
        names = [row.name for row in grid.model.sheet.rows if row.pupil_id == key.pupil_id]
        for name in map(escape, names):
            sentence = sentence.replace(name, f"<b>{name}</b>")
        return sentence
