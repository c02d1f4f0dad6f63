"""Sổ điểm over the years: whose sheets are offered follows the year of the top bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.changes import Topic
from app.services.sheet_facts import may_enter
from ui.pages.marks.presenter import SheetChoice
from ui.pages.year_picker import YearPicker

if TYPE_CHECKING:
    from app.actor import Actor
    from app.domain.ids import ClassId
    from app.domain.school import SchoolClass
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.marks.page import MarksPage


class BoundYears(QObject):
    """Offers the page the sheets of the year that the whole program looks at."""

    def __init__(self, context: PageContext, work: Workspace, page: MarksPage) -> None:
        super().__init__(page)
        self._page = page
        self._work = work
        self._actor: Actor = context.session.actor
        self.picker = YearPicker(context, work)
        self._shown = self.picker.year_id
        self.picker.year_picked.connect(self._on_year)
        page.set_years(self)
        context.bus.listen(page, (Topic.CLASSES, Topic.SCHOOL), lambda _result: self.start())

    def start(self) -> None:
        """Read the years; offer the sheets of the one chosen."""
        self.picker.load()
        self._offer()

    def klass(self, class_id: ClassId) -> SchoolClass | None:
        """A class of the year that is shown."""
        if self._shown is None:
            return None
        classes = self._work.setup.classes(self._shown)
        return next((klass for klass in classes if klass.id == class_id), None)

    def show_class(self, class_id: ClassId) -> None:
        """Offer the sheets of the year that has the class, if any year has it."""
        for year in self.picker.years:
            if any(klass.id == class_id for klass in self._work.setup.classes(year.id)):
                self.picker.show_year(year.id)
                self._offer()
                return

    def _on_year(self) -> None:
        """Another year; stay where a half-typed cell was refused."""
        if self._page.commit_pending():
            self._offer()
        elif self._shown is not None:
            self.picker.show_year(self._shown)

    def _offer(self) -> None:
        self._shown = self.picker.year_id
        sheets = [] if self._shown is None else self._work.marks.sheets(self._actor, self._shown)
        self._page.set_choices(
            [SheetChoice(*choice, own=may_enter(self._actor, choice[0])) for choice in sheets]
        )
