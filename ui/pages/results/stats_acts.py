"""The acts of the tab Thống kê: what is counted, and the same as Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.regulations.registry import is_primary
from app.services.class_scope import readable_classes
from app.services.figure_tables import figure_tables
from app.services.statistics import stat_table
from ui.dialogs.save_table import SystemTableOutlet, TableOutlet, save_tables
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.results.stats_tab import BY_CLASS, BY_GRADE, BY_GROUP, GroupRow
from ui.pages.results.year_end_tables import class_table, subject_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.ids import ClassId
    from app.presses import PlainTable
    from app.progress import Progress
    from app.readmodels.figures import SchoolFigures
    from app.readmodels.results_table import ResultsPeriod
    from app.readmodels.statistics import ClassStat, StatHeads
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.results.page import ResultsPage


class StatsActs(QObject):
    """Reads what the tab's choice asks for; the last table shown is the one exported."""

    def __init__(
        self,
        page: ResultsPage,
        context: PageContext,
        work: Workspace,
        outlet: TableOutlet | None = None,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._outlet = outlet or SystemTableOutlet()
        self._stats: PlainTable | None = None

    def on_asked(self, what: str) -> None:
        """A button of the tab."""
        if what == "excel_figures":
            self._save_figures()
        elif self._stats is not None:
            self._save("thong-ke", [self._stats])

    def show(self, class_id: ClassId, period: ResultsPeriod) -> None:
        """Read what the statistics tab shows; classes of the school in a job."""
        tab = self._page.stats
        words = self._page.period_words(period)
        if tab.kinds.current() == BY_CLASS:
            self._show_classes(period, words)
            return
        if tab.kinds.current() in (BY_GRADE, BY_GROUP):
            self._count(period, lambda found: self._show_sums(found, class_id, words))
            return
        stats = self._context.commands.ask(
            lambda: self._work.statistics.by_subject(class_id, period), at=Anchor(self._page)
        )
        if stats is None:
            return
        klass = self._page.presenter.pickers.klass
        name = "" if klass is None else klass.name
        title = self.tr("Lớp {name} theo môn, {period}").format(name=name, period=words)
        self._stats = subject_table(stats)
        tab.show_subjects(title, stats)

    def _show_classes(self, period: ResultsPeriod, words: str) -> None:
        ids = self._class_ids(alike=True)

        def work(progress: Progress) -> tuple[StatHeads, tuple[ClassStat, ...]]:
            return self._work.statistics.by_class(ids, period, progress)

        def done(found: tuple[StatHeads, tuple[ClassStat, ...]]) -> None:
            heads, stats = found
            self._stats = class_table(heads, stats)
            title = self.tr("Các lớp, {period}").format(period=words)
            self._page.stats.show_classes(title, heads, stats)

        self._context.jobs.submit(
            work,
            owner=self._page,
            lane=Lane.DATABASE,
            on_success=done,
            on_failure=self._context.commands.fail,
        )

    def _count(self, period: ResultsPeriod, then: Callable[[SchoolFigures], None]) -> None:
        """Every class this person may read, in a job."""
        actor, ids = self._work.session.actor, self._class_ids()
        run_with_progress(
            self._context.jobs, self._context.look, self._page,
            self.tr("Đang tính số liệu các lớp"),
            lambda progress: self._work.statistics.figures(actor, ids, period, progress),
            lane=Lane.DATABASE, on_success=then, on_failure=self._context.commands.fail,
        )  # fmt: skip

    def _show_sums(self, found: SchoolFigures, class_id: ClassId, words: str) -> None:
        """Grades and school, or the groups of the chosen class, its grade and its circular."""
        tab, primary = self._page.stats, self._page.presenter.primary
        if tab.kinds.current() == BY_GRADE:
            sums = [*found.grades, *found.whole]
            heads, stats = stat_table([s for s in sums if is_primary(s.circular) is primary])
            self._stats = class_table(heads, stats, self.tr("Khối"))
            title = self.tr("Các khối, {period}").format(period=words)
            tab.show_classes(title, heads, stats, self.tr("Khối"))
            return
        klass = self._page.presenter.pickers.klass
        mine = next((one for one in found.classes if klass and one.name == klass.name), None)
        if mine is None:
            return
        scopes = [
            mine,
            *(g for g in found.grades if (g.grade, g.circular) == (mine.grade, mine.circular)),
            *(w for w in found.whole if w.circular == mine.circular),
        ]
        rows = [GroupRow(scope, group) for scope in scopes for group in found.groups]
        self._stats = figure_tables(found)[0]
        title = self.tr("Theo đối tượng, {period}").format(period=words)
        tab.show_groups(title, rows)

    def _save_figures(self) -> None:
        """Every table of the period as one workbook."""
        self._count(
            self._page.presenter.period,
            lambda found: self._save("so-lieu", figure_tables(found)),
        )

    def _class_ids(self, *, alike: bool = False) -> list[ClassId]:
        """Classes this person may read; `alike`: assessed like the class on screen, or not."""
        year_id = self._page.presenter.pickers.year_id
        if year_id is None:
            return []
        actor = self._work.session.actor
        classes = readable_classes(actor, self._work.setup.classes(year_id))
        primary = self._page.presenter.primary
        return [
            klass.id
            for klass in sorted(classes, key=lambda k: k.order)
            if not alike or is_primary(klass.regulation) is primary
        ]

    def _save(self, name: str, tables: list[PlainTable]) -> None:
        save_tables(
            self._context, self._work, self._outlet, self._page, f"{name}.xlsx", tables, name
        )
