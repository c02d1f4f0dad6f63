"""Decisions of Thay đổi ròng: which changes are asked for, which rows stand in the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from app.services.class_scope import readable_classes
from app.services.file_names import ascii_name
from app.services.net_changes import export_tables, grounds_words, scope_words
from app.services.trail_review import REVIEWERS
from app.text import fold
from app.trail_ports import ChangeScope
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_outlets import PaperOutlets, SystemOutlets
from ui.dialogs.save_table import SystemTableOutlet, TableOutlet, save_tables
from ui.errors.messages import Anchor
from ui.pages.trail.net_view import ALL, DIFFERENT, NetView

if TYPE_CHECKING:
    from datetime import date

    from app.changes import CommandResult
    from app.domain.ids import ClassId, SchoolYearId
    from app.domain.net_change import NetChange
    from app.readmodels.net_change import NetChangeReport
    from app.services.print_keeping import Printed
    from app.workspace import Workspace
    from ui.navigation import PageContext


class NetPresenter(QObject):
    """Reads when somebody looks; every choice reads again."""

    def __init__(
        self,
        parent: QObject,
        context: PageContext,
        work: Workspace,
        papers: PaperOutlets | None = None,
        tables: TableOutlet | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._work = work
        self._papers = papers or SystemOutlets()
        self._tables = tables or SystemTableOutlet()
        self._actor = work.session.actor
        self.may_print = self._actor.has(*REVIEWERS)
        self.scope: ChangeScope | None = None
        self.account_id: int | None = None
        self.which = DIFFERENT
        self._stale = False
        self.report: NetChangeReport | None = None
        self._approvers: dict[int, str] = {}
        self.view = NetView(context.look, self)

    def look_at(self) -> None:
        """The tab is shown: the first time everything is read, later only what changed."""
        if self.scope is None:
            self.start()
        elif self._stale:
            self.reload()

    def on_changed(self, _result: CommandResult) -> None:
        """Every command writes an entry: read again when somebody looks."""
        self._stale = True
        if self.view.isVisible():
            self.reload()

    # --- choices

    def start(self) -> None:
        """Fill the filters and read the running year."""
        year = self._work.current_year()
        if year is None:
            return
        years = sorted(self._work.setup.years(), key=lambda one: one.name, reverse=True)
        people = sorted(self._work.accounts.all(), key=lambda account: fold(account.full_name))
        self.scope = ChangeScope(year.id)
        self.view.show_choices(
            [(one.id, one.name.replace("-", "–")) for one in years],
            self._class_choices(year.id),
            [(None, self.tr("Mọi người")), *((a.id, a.full_name) for a in people)],
        )
        self.view.years.set_current(year.id)
        self._first_class()
        self.reload()

    def set_year(self, year_id: SchoolYearId) -> None:
        """Another school year."""
        self.scope = ChangeScope(year_id)
        self.view.since.set_value(None)
        self.view.until.set_value(None)
        self.view.classes.set_choices(self._class_choices(year_id))
        self._first_class()
        self.reload()

    def set_since(self, day: date | None) -> None:
        """From this day on."""
        self._narrow(since=day)

    def set_until(self, day: date | None) -> None:
        """Up to the end of this day."""
        self._narrow(until=day)

    def set_class(self, class_id: ClassId | None) -> None:
        """One class, or all."""
        self._narrow(class_id=class_id)

    def set_person(self, account_id: int | None) -> None:
        """Cells this person touched, whole."""
        self.account_id = account_id
        self.reload()

    def set_which(self, which: str) -> None:
        """Cells that ended different, or all that were touched."""
        self.which = which
        if self.report is not None:
            self.view.show_report(self.report, self.rows())

    # --- reading

    def reload(self) -> None:
        """Read what the choices ask for."""
        scope = self.scope
        if scope is None:
            return
        found = self._context.commands.ask(
            lambda: self._work.net_changes.report(self._actor, scope, self.account_id),
            at=Anchor(self.view),
        )
        if found is None:
            return
        self.report = found
        self._stale = False
        self._approvers = dict(
            self._context.commands.ask(lambda: self._work.net_changes.approvers(scope)) or {}
        )
        self.view.show_report(found, self.rows())

    def rows(self) -> tuple[NetChange, ...]:
        """What the table shows."""
        if self.report is None:
            return ()
        changes = self.report.changes
        return changes if self.which == ALL else tuple(c for c in changes if c.differs)

    def grounds(self, change: NetChange) -> str:
        """Who allowed the change."""
        return grounds_words(change, self._approvers)

    # --- acts

    def export(self) -> None:
        """Both sheets, to a file of the person's choice."""
        if self.report is None or self.scope is None:
            return
        words = scope_words(self.scope)
        save_tables(
            self._context, self._work, self._tables, self.view,
            f"thay-doi-rong-{ascii_name(words)}.xlsx", export_tables(self.report),
            self.tr("Thay đổi ròng, {time}").format(time=words),
        )  # fmt: skip

    def print_paper(self) -> None:
        """One numbered run, shown as printed."""
        scope = self.scope
        if scope is None:
            return
        result = self._context.commands.run(
            lambda: self._work.net_changes.print(self._actor, scope, self.account_id),
            at=Anchor(self.view.print_button),
        )
        if result is None:
            return
        printed = cast("Printed", result.payload)
        PaperDialog(
            self._context, self._work, self._papers, printed.run, printed.pdf.content,
            self.tr("Bảng thay đổi điểm"),
            self.tr("In hai bản, người lập và hiệu trưởng ký; một bản lưu cùng sổ."),
            "bang-thay-doi-diem", self.view,
        ).open()  # fmt: skip

    # --- inside

    def _narrow(self, **change: object) -> None:
        if self.scope is not None:
            self.scope = replace(self.scope, **change)  # type: ignore[arg-type]
            self.reload()

    def _class_choices(self, year_id: SchoolYearId) -> list[tuple[object, str]]:
        found: list[tuple[object, str]] = [(None, self.tr("Mọi lớp"))] if self.may_print else []
        classes = readable_classes(self._actor, self._work.setup.classes(year_id))
        return [
            *found,
            *((klass.id, self.tr("Lớp {name}").format(name=klass.name)) for klass in classes),
        ]

    def _first_class(self) -> None:
        """A teacher always looks at one class."""
        if self.scope is not None:
            self.scope = replace(self.scope, class_id=self.view.classes.current())
