"""Decisions of Tổng kết: which class and period, which pupils, whose reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.periods import Period
from app.readmodels.results_table import UNKNOWN, ResultRow, ResultsPeriod, ResultsTable
from app.regulations.registry import is_primary
from app.services.class_periods import current_period
from app.services.class_scope import readable_classes
from app.services.results_assembly import reasons_of_period, results_table
from ui.errors.messages import Anchor
from ui.pages.class_pickers import ClassPickers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.changes import CommandResult
    from app.domain.ids import ClassId, PupilId
    from app.domain.locks import ClassLocks
    from app.regulations.base import Reason
    from app.services.changed_results import ChangedResult
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.results.page import ResultsPage

ALL = ("", "")


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A line of the filter: field and value of `ResultRow`, and its words with the count."""

    key: tuple[str, str]
    words: str


class ResultsPresenter(QObject):
    """Reads one class once; period and filter are views of it."""

    def __init__(self, page: ResultsPage, context: PageContext, work: Workspace) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        actor = work.session.actor
        self.pickers = ClassPickers(
            context, work, lambda classes: readable_classes(actor, classes), page
        )
        self.pickers.class_picked.connect(self.open_picked)
        self.period = ResultsPeriod.HK1
        self.table: ResultsTable | None = None
        self.chosen: PupilId | None = None
        self._filter = ALL
        self._locks: ClassLocks | None = None
        self.changed: Mapping[PupilId, tuple[ChangedResult, ...]] = {}
        self._all_reasons: dict[PupilId, tuple[Reason, ...]] = {}

    @property
    def primary(self) -> bool:
        """Whether the class on screen has four kỳ and levels."""
        klass = self.pickers.klass
        return klass is not None and is_primary(klass.regulation)

    def start(self) -> None:
        """Open the first class at the running period."""
        self.pickers.load()
        self.period = self._running_period()
        self.open_picked()

    def _running_period(self) -> ResultsPeriod:
        """The period the day belongs to, of the class picked first; from học kì II on the year."""
        klass, year = self.pickers.klass, self.pickers.year
        if klass is None or year is None:
            return ResultsPeriod.HK1
        locks = self._work.control.locks(klass.id)
        period = current_period(klass.regulation, year, locks, self._work.clock.today())
        return ResultsPeriod.YEAR if period is Period.HK2 else ResultsPeriod(period.value)

    def open_picked(self) -> None:
        """Read the picked class."""
        self._filter = ALL
        self.chosen = None
        self.reload()

    def reload(self) -> None:
        """Read again, keeping period, filter and pupil."""
        self._all_reasons.clear()
        klass = self.pickers.klass
        if klass is None:
            self.table = None
            self._page.show_nothing()
            return
        self.period = self.period.near(primary=self.primary)
        read = self._context.commands.ask(
            lambda: (
                *self._work.results.of_class(klass.id),
                self._work.control.locks(klass.id),
                self._work.changed_results.of_class(klass.id, self.period),
            ),
            at=Anchor(self._page),
        )
        if read is None:
            return
        facts, results, self._locks, self.changed = read
        self.table = results_table(facts, results, self.period)
        self._page.show_table(self.table, self.rows(), self.filters(), self._filter)

    def show(self, class_id: ClassId, pupil_id: PupilId | None, period: str) -> None:
        """Deep link to a class, a pupil and a period."""
        if period:
            self.period = ResultsPeriod(period)
        if self.pickers.show(class_id):
            self._filter = ALL
            self.chosen = pupil_id
            self.reload()

    def set_period(self, key: str) -> None:
        """Another period of the same class."""
        self.period = ResultsPeriod(key)
        self._filter = ALL
        self.reload()

    def confirmable(self) -> Period | None:
        """The period this person may confirm as GVCN of the class on screen; None otherwise."""
        klass = self.pickers.klass
        if klass is None or klass.id not in self._work.session.actor.homeroom:
            return None
        locks = self._locks
        if locks is None or locks.seal is not None:
            return None
        wanted = Period.HK1 if self.period is ResultsPeriod.HK1 else Period.HK2
        if self.primary:
            wanted = Period(self.period.value)
        return wanted if wanted not in locks.closes else None

    def set_filter(self, key: tuple[str, str]) -> None:
        """Show only the pupils with one result."""
        self._filter = key
        if self.table is not None:
            self._page.show_table(self.table, self.rows(), self.filters(), key)

    def rows(self) -> tuple[ResultRow, ...]:
        """The pupils that pass the filter; those who left only without one."""
        if self.table is None:
            return ()
        field, value = self._filter
        if not field:
            return self.table.rows
        if field == "title":
            return tuple(r for r in self.table.present() if r.title and value in ("", r.title))
        return tuple(row for row in self.table.present() if getattr(row, field) == value)

    def filters(self) -> list[FilterChoice]:
        """Everybody, then each result that somebody has."""
        table = self.table
        if table is None:
            return []
        found = [FilterChoice(ALL, self.tr("Cả lớp ({n})").format(n=len(table.present())))]
        groups = [
            ("learning", table.learning_levels, f"{table.learning_word} {{value}}"),
            ("conduct", table.conduct_levels, f"{table.conduct_word} {{value}}"),
        ]
        if table.primary:
            groups = (
                [("learning", table.learning_levels, "{value}")] if table.period.is_year else []
            )
        if table.period.is_year:
            groups.append(("outcome", table.outcomes, "{value}"))
        groups.append(("title", table.titles, "{value}"))
        for field, order, words in groups:
            for value, count in table.counts(field, order):
                shown = self.tr("chưa có") if value == UNKNOWN else value
                if count:
                    said = words.format(value=shown)
                    found.append(FilterChoice((field, value), f"{said} ({count})"))
        return found

    def shown_words(self, table: ResultsTable, rows: Sequence[ResultRow]) -> str:
        """How many are on screen: pupils still in class count, struck lines are told apart."""
        present, listed = len(table.present()), len(table.rows)
        shown = sum(row.left_on is None for row in rows)
        words = self.tr("{n} học sinh").format(n=present)
        if shown < present:
            words = self.tr("{shown} trong {all} học sinh").format(shown=shown, all=present)
        elif listed > present:
            words += self.tr(", {n} em đã rời lớp").format(n=listed - present)
        return f"{words} · {table.circular}"

    def choose(self, row: ResultRow | None) -> None:
        """Explain one pupil."""
        table = self.table
        if row is None or table is None:
            self._page.show_no_reasons()
            return
        self.chosen = pupil = row.pupil_id
        if pupil not in self._all_reasons:
            reasons = self._context.commands.ask(
                lambda: self._work.results.reasons(table.class_id, pupil), at=Anchor(self._page)
            )
            if reasons is None:
                return
            self._all_reasons[pupil] = reasons
        reasons = reasons_of_period(self._all_reasons[pupil], table.period)
        self._page.show_reasons(row, reasons, self.changed.get(pupil, ()))

    def on_changed(self, result: CommandResult) -> None:
        """Somebody changed marks, conduct, roster or classes."""
        klass = self.pickers.klass
        if klass is None or result.class_id is None:
            self.pickers.load()
            self.reload()
        elif result.class_id == klass.id:
            self.reload()
