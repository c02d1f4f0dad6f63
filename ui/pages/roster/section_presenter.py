"""Decisions of Biến động and Chất lượng dữ liệu: what is asked, of which month and classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.attendance import Month
from app.services.data_exports import ExportNote
from ui.pages.importing.workbook_outlet import ask_and_save
from ui.pages.roster.quality_section import ONE_CLASS, WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.roster.page import RosterPage
    from ui.pages.roster.presenter import RosterPresenter

ROSTER, MOVEMENTS, QUALITY = "roster", "movements", "quality"


class SectionPresenter(QObject):
    """Fills the section in front; the list itself is `RosterPresenter`'s."""

    def __init__(
        self, page: RosterPage, context: PageContext, work: Workspace, main: RosterPresenter
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._main = main
        self.section = ROSTER
        self.scope = ONE_CLASS
        self.month: Month | None = None

    def choose_section(self, section: str) -> None:
        """Danh sách, Biến động or Chất lượng dữ liệu."""
        self.section = section
        self._page.show_section(section)
        self.fill()

    def choose_scope(self, scope: str) -> None:
        """Chất lượng dữ liệu of one class or of all."""
        self.scope = scope
        self.fill()

    def choose_month(self, month: Month) -> None:
        """Biến động of another month."""
        self.month = month
        self.fill()

    def fill(self) -> None:
        """Read what the section in front shows."""
        year, view = self._main.pickers.year, self._main.view
        if year is None or view is None or self.section == ROSTER:
            return
        actor = self._work.session.actor
        if self.section == MOVEMENTS:
            today = Month.of(self._work.clock.today())
            months = _months(Month.of(year.starts_on), min(today, Month.of(year.ends_on)))
            month = self.month if self.month in months else months[0]
            self._page.movements.set_months(months, month)
            found = self._context.commands.ask(
                lambda: self._work.movements.month(actor, year.id, month)
            )
            if found is not None:
                self._page.movements.show_month(found)
            return
        only = None if self.scope == WHOLE else view.class_id
        report = self._context.commands.ask(lambda: self._work.quality.check(actor, year.id, only))
        if report is not None:
            self._page.quality.show_report(report, scope=self.scope)

    def export_quality(self) -> None:
        """The findings of the scope, as an Excel file."""
        report = self._page.quality.report
        if report is not None:
            quality = self._work.quality
            self._save(
                self.tr("Chất lượng dữ liệu.xlsx"), lambda: quality.workbook(report), private=True
            )

    def export_month(self) -> None:
        """The month's list, as an Excel file."""
        found = self._page.movements.found
        if found is not None:
            movements = self._work.movements
            name = self.tr("Biến động học sinh {month}.xlsx").format(month=found.month.iso)
            self._save(name, lambda: movements.month_workbook(found), private=False)

    def _save(self, name: str, make: Callable[[], bytes], *, private: bool) -> None:
        note = ExportNote(name.removesuffix(".xlsx"), private)
        ask_and_save(self._context, self._work, self._page, name, make, note)


def _months(first: Month, last: Month) -> list[Month]:
    """Months of the year until now, newest first; never none."""
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next)
    return found[::-1]
