"""The school year in the top bar: choosing on one page turns the whole program to that year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from typing_extensions import override

from ui.widgets.combos import Picker

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.domain.ids import SchoolYearId
    from app.domain.school import SchoolYear
    from app.workspace import Workspace
    from ui.navigation import PageContext


class YearPicker(Picker):
    """`year_picked()` when its page is to show another year.

    Said at once where the person chose, and to every other page when it comes to the front, so
    that hidden pages read nothing.
    """

    year_picked = Signal()

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__(context.look, "")
        self._choice = context.years
        self._work = work
        self._told: SchoolYearId | None = None
        self.years: tuple[SchoolYear, ...] = ()
        self.combo.setAccessibleName(self.tr("Năm học"))
        self.combo.picked.connect(self._on_picked)
        self._choice.changed.connect(self._on_changed)
        self._say_which()

    def load(self) -> tuple[SchoolYear, ...]:
        """Read the years again; without a choice so far, the running one. No signal."""
        self.years = tuple(self._work.setup.years())
        if self._choice.year_id not in {year.id for year in self.years}:
            current = self._work.current_year()
            self._choice.year_id = None if current is None else current.id
        # Before the combo is filled: filling it shows the picker, which asks whether to catch up.
        self._told = self._choice.year_id
        shown = [(year.id, year.name.replace("-", "–")) for year in self.years]
        self.combo.set_choices(shown, self._told)
        # A crowded top bar may cut a subject's name, never the year.
        self.combo.setMinimumWidth(self.combo.sizeHint().width())
        self._say_which()
        return self.years

    def show_year(self, year_id: SchoolYearId) -> None:
        """Look at a year because the page goes to a place in it; this page needs no signal."""
        self._told = year_id
        self.combo.set_current(year_id)
        self._choice.choose(year_id)
        self._say_which()

    @property
    def year(self) -> SchoolYear | None:
        """The year chosen; None in a file without years."""
        return next((year for year in self.years if year.id == self._told), None)

    @property
    def year_id(self) -> SchoolYearId | None:
        """Its id."""
        return None if self.year is None else self.year.id

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """The page came to the front: catch up with the choice made on another one."""
        super().showEvent(event)
        self._catch_up()

    def _on_picked(self, year_id: SchoolYearId) -> None:
        self._choice.choose(year_id)
        self._catch_up()

    def _on_changed(self) -> None:
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        if self._told is None or self._choice.year_id in (None, self._told):
            return
        if not self.combo.set_current(self._choice.year_id):
            self.load()
        self._told = self._choice.year_id
        self._say_which()
        self.year_picked.emit()

    def _say_which(self) -> None:
        """A year that is over says so: what is typed elsewhere belongs to the running one."""
        current = self._work.current_year()
        shown = self.year
        over = current is not None and shown is not None and shown.starts_on < current.starts_on
        self.set_label(self.tr("Năm học cũ") if over else self.tr("Năm học"), urgent=over)
