"""Decisions of Rèn luyện: which class, what a save tells, what a locked cell answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.changes import CommandResult, Topic
from app.domain.corrections import CaseAbout, CaseKind
from app.readmodels.mark_sheet import CellKey
from app.services.bound_conduct_sheet import BoundConductSheet
from app.services.class_scope import conduct_classes
from ui.errors.messages import Anchor
from ui.models.mark_grid_model import Section
from ui.pages.class_pickers import ClassPickers
from ui.pages.conduct.bar import level_texts

if TYPE_CHECKING:
    from app.domain.ids import ClassId
    from app.domain.school import SchoolClass
    from app.readmodels.conduct_sheet import ConductSheet
    from app.readmodels.mark_sheet import SheetChange
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.conduct.page import ConductPage

_SHOWN_HISTORY = 8
_YEAR_LEVEL = "YEAR.level"
_SAVED = frozenset({Topic.CONDUCT, Topic.RESULTS})


class ConductPresenter(QObject):
    """One open class at a time."""

    def __init__(self, page: ConductPage, context: PageContext, work: Workspace) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        actor = work.session.actor
        self.pickers = ClassPickers(
            context, work, lambda classes: conduct_classes(actor, classes), page
        )
        self.pickers.class_picked.connect(self.open_picked)
        self._port: BoundConductSheet | None = None
        self.klass: SchoolClass | None = None

    def start(self) -> None:
        """Read the choices and open the first class: the person's own, if there is one."""
        self.pickers.load()
        self.open_picked()

    def open_picked(self) -> None:
        """Open what the pickers show; stay where a half-typed cell was refused."""
        page, klass = self._page, self.pickers.klass
        if not page.commit_pending():
            if self.klass is not None:
                self.pickers.show(self.klass.id)
            return
        self.klass = klass
        if klass is None:
            self._port = None
            page.show_nothing()
            return
        section = page.grid.model.section if page.grid is not None else self._running_term()
        port = BoundConductSheet(
            self._work.conduct, self._work.session.actor, klass.id, self._work.clock
        )
        grid = page.make_grid(port)
        if self._context.commands.ask(grid.load, at=Anchor(page)) is None:
            grid.deleteLater()
            return
        self._port = port
        grid.model.show_section(section)
        page.show_grid(grid)
        self.tell_lock()

    def show(self, class_id: ClassId) -> None:
        """Deep link to a class."""
        if self.pickers.show(class_id):
            self.open_picked()

    def on_roster_or_year(self, result: CommandResult) -> None:
        """Somebody else changed conduct, locks, roster or classes."""
        if Topic.CLASSES in result.topics:
            self.pickers.load()
        if self.klass is None or self.pickers.klass != self.klass:
            self.open_picked()
        elif result.class_id in (None, self.klass.id):
            self.refresh()

    def refresh(self) -> None:
        """Read the open grid again."""
        grid = self._page.grid
        if grid is not None and grid.commit_pending():
            self._context.commands.ask(grid.load, at=Anchor(self._page))
            self._page.show_counts()
            self.tell_lock()

    def tell_lock(self) -> None:
        """The lock chip of the top bar, of the term on the screen."""
        sheet = self.sheet
        grid = self._page.grid
        if sheet is not None and grid is not None:
            chip, is_open = sheet.chip, sheet.chip_open
            term = grid.model.section.term
            if term is not None:
                chip, is_open = sheet.term_chips.get(term, (chip, is_open))
            self._context.frame.set_lock(chip, is_open=is_open)

    @property
    def sheet(self) -> ConductSheet | None:
        """The grid as the service last answered."""
        return None if self._port is None else self._port.sheet

    def unset_levels(self) -> int:
        """How many pupils of the shown term have no level yet."""
        grid = self._page.grid
        if grid is None or not grid.model.rowCount() or grid.model.section is Section.YEAR:
            return 0
        return level_texts(grid.model, f"{grid.model.section.value}.level").count("")

    def year_to_take(self) -> dict[CellKey, str]:
        """Levels of học kì II for the empty cells of the year, where these are entered.

        TT58/2011, Điều 3: the year rests mainly on học kì II; the GVCN has the last word.
        """
        sheet = self.sheet
        if sheet is None or not sheet.year_entered:
            return {}
        return {
            CellKey(row.pupil_id, _YEAR_LEVEL): row.texts["HK2.level"]
            for row in sheet.rows
            if row.texts["HK2.level"]
            and not row.texts[_YEAR_LEVEL]
            and sheet.may_type(row, _YEAR_LEVEL)
        }

    def take_second_term(self) -> None:
        """Write `year_to_take` as one gesture."""
        grid, port = self._page.grid, self._port
        if grid is None or port is None or not grid.commit_pending():
            return
        edits = self.year_to_take()
        change = self._context.commands.ask(lambda: port.set_cells(edits, "fill"))
        if change is not None:
            self.refresh()
            self.on_saved(change)

    def next_unset(self) -> None:
        """Go to the first pupil without a level in the shown term."""
        grid = self._page.grid
        if grid is None or grid.model.section is Section.YEAR or not grid.commit_pending():
            return
        texts = [
            (key, grid.model.view_of(key))
            for row in range(grid.model.rowCount())
            for key in (grid.model.key_at(row, 2),)
            if grid.model.pupil(row).left_on is None
        ]
        empty = next((key for key, cell in texts if not cell.text), None)
        if empty is not None:
            grid.go_to(empty)

    def on_saved(self, change: SheetChange) -> None:
        """Tell the rest of the window what the grid committed."""
        if not change.cells:
            return
        summary = self.tr("Đã lưu {n} ô").format(n=max(1, len(change.previous)))
        class_id = None if self.klass is None else self.klass.id
        result = CommandResult(_SAVED, change.seq, summary, class_id)
        self._context.commands.publish(result, self._page)
        self._page.show_counts()

    def why(self, key: CellKey) -> None:
        """Answer "Vì sao không sửa được?" at the cell."""
        port = self._port
        if port is None:
            return
        answer = self._context.commands.ask(lambda: port.why(key), at=Anchor(self._page))
        if answer is not None:
            self._page.show_why(key, answer)

    def open_case(self, key: CellKey) -> None:
        """Declare a correction of the chosen cells, or of this one."""
        grid, klass = self._page.grid, self.klass
        if grid is None or klass is None:
            return
        chosen = grid.selected_keys()
        keys = chosen if key in chosen else [key]
        about = CaseAbout(CaseKind.CONDUCT, klass.id)
        self._context.open_page("corrections", new=keys, about=about)

    def history(self, key: CellKey) -> None:
        """Show what happened to a cell, newest last."""
        port = self._port
        if port is None:
            return
        lines = self._context.commands.ask(lambda: port.history(key), at=Anchor(self._page))
        if lines is None:
            return
        sentence = self.tr("{n} lần ghi, cũ trước mới sau.").format(n=len(lines))
        if not lines:
            sentence = self.tr("Ô này chưa được ghi lần nào.")
        numbered = [(str(at), line) for at, line in enumerate(lines, 1)]
        self._page.show_history(key, sentence, numbered[-_SHOWN_HISTORY:])

    def _running_term(self) -> Section:
        year = self.pickers.year
        if year is None or self._work.clock.today() < year.term2_starts_on:
            return Section.HK1
        return Section.HK2
