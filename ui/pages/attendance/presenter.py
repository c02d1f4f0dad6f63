"""Decisions of Điểm danh: which class and days, what a save tells, when a month is declared."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.changes import CommandResult, Topic
from app.domain.attendance import Absence, Month, MonthState
from app.domain.corrections import CaseAbout, CaseKind
from app.readmodels.mark_sheet import CellKey
from app.services.bound_attendance import BoundAttendance
from app.services.class_scope import homeroom_classes
from app.services.school_calendar import KEEPERS
from ui.errors.messages import Anchor
from ui.pages.class_pickers import ClassPickers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.domain.attendance import Span, SpecialDays
    from app.domain.ids import ClassId
    from app.domain.periods import Term
    from app.domain.school import SchoolClass
    from app.readmodels.attendance_sheet import AttendanceSheet, MonthView
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.attendance.page import AttendancePage

_SHOWN_HISTORY = 8


class Shows(StrEnum):
    """What the page shows of a class."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    NEAR = "near"


class AttendancePresenter(QObject):
    """One open class at a time."""

    def __init__(self, page: AttendancePage, context: PageContext, work: Workspace) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        actor = work.session.actor
        self.pickers = ClassPickers(
            context, work, lambda classes: homeroom_classes(actor, classes), page
        )
        self.pickers.class_picked.connect(self.open_picked)
        self._port: BoundAttendance | None = None
        self.shows = Shows.MONTH
        self.day: date = work.clock.today()
        self._month: Month | None = None
        self.klass: SchoolClass | None = None

    # --- which class, which days

    def start(self) -> None:
        """Read the choices and open the first class: the person's own, if there is one."""
        self.pickers.load()
        self.open_picked()

    def open_picked(self) -> None:
        """Open what the pickers show."""
        klass = self.klass = self.pickers.klass
        if klass is None:
            self._port = None
            self._page.show_nothing()
            return
        self._port = BoundAttendance(self._work.attendance, self._work.session.actor, klass.id)
        year = self.pickers.year
        today = self._work.clock.today()
        self.day = today
        if year is not None:
            self.day = min(max(today, year.starts_on), year.ends_on)
        self._month = Month.of(self.day)
        self._page.take_grid(self._page.make_grid(self._port))
        self._load()

    def show(self, class_id: ClassId) -> None:
        """Deep link to a class."""
        if self.pickers.show(class_id):
            self.open_picked()

    def choose(self, shows: Shows) -> None:
        """Month, week, one day or the near-limit list."""
        self.shows = shows
        self._load()

    def choose_month(self, month: object) -> None:
        """A month of the picker; the week and the day go with it."""
        if not isinstance(month, Month):
            return
        self._month = month
        today = self._work.clock.today()
        self.day = today if Month.of(today) == month else month.first
        if self.shows in (Shows.DAY, Shows.NEAR):
            self.shows = Shows.MONTH
        self._load()

    def step(self, by: int) -> None:
        """The week or school day before or after."""
        sheet = self.sheet
        if sheet is None:
            return
        if self.shows is Shows.WEEK:
            wanted = self.day + timedelta(days=7 * by)
        else:
            wanted = self.day + timedelta(days=by)
            for _ in range(40):
                if sheet.calendar.is_school_day(wanted):
                    break
                wanted += timedelta(days=by)
        year = sheet.calendar.year
        if year.starts_on <= wanted <= year.ends_on:
            self.day = wanted
            self._month = Month.of(wanted)
            self._load()

    @property
    def sheet(self) -> AttendanceSheet | None:
        """The shown sheet."""
        grid = self._page.grid
        return grid.model.sheet if grid is not None and grid.model.columnCount() else None

    def _load(self) -> None:
        port, grid = self._port, self._page.grid
        if port is None or grid is None:
            return
        if self.shows is Shows.WEEK:
            port.show_week(self.day)
        elif self.shows is Shows.DAY:
            port.show_day(self.day)
        else:
            port.show_month(self._month)
        if self._context.commands.ask(grid.load, at=Anchor(self._page)) is not None:
            if self.shows is Shows.NEAR and self.sheet is not None and self.sheet.limit is None:
                self.shows = Shows.MONTH
            self._page.show_sheet()
            self.tell_lock()

    # --- what happens

    def on_changed(self, result: CommandResult) -> None:
        """Somebody else changed attendance, calendar, locks, roster or classes."""
        if {Topic.CLASSES, Topic.SCHOOL} & result.topics:
            self.pickers.load()
        if self.klass is None or self.pickers.klass != self.klass:
            self.open_picked()
        elif result.class_id in (None, self.klass.id):
            self._load()

    def on_saved(self, result: object) -> None:
        """Tell the rest of the window what the grid committed."""
        if isinstance(result, CommandResult) and result.topics:
            self._context.commands.publish(result, self._page)
            self._page.show_sheet()

    def tell_lock(self) -> None:
        """The lock chip of the top bar."""
        sheet = self.sheet
        if sheet is not None:
            self._context.frame.set_lock(sheet.chip, is_open=sheet.chip_open)
        else:
            self._context.frame.set_lock("", is_open=True)

    @property
    def declarable(self) -> Span | None:
        """The part of the shown month that may be declared next."""
        sheet = self.sheet
        if sheet is None or not sheet.may_enter or self.shows is Shows.NEAR:
            return None
        return next(self._ended(sheet.view(sheet.month)), None)

    @property
    def declarable_from(self) -> date | None:
        """The day of the last lesson of the shown month, while it is still to come."""
        sheet = self.sheet
        if sheet is None or not sheet.may_enter or self.shows is Shows.NEAR:
            return None
        view = sheet.view(sheet.month)
        if view.state is not MonthState.RUNNING or not view.waiting:
            return None
        last = sheet.calendar.last_school_day(view.waiting[0])
        return last if sheet.today < last else None

    @property
    def elsewhere(self) -> Span | None:
        """The first part of another month that waits to be declared.

        A month that two terms share is declared in two parts, so its second one comes due while
        everybody already looks at the next month.
        """
        sheet = self.sheet
        if sheet is None or not sheet.may_enter:
            return None
        others = (view for view in sheet.months if view.month != sheet.month)
        return next((span for view in others for span in self._ended(view)), None)

    def _ended(self, view: MonthView) -> Iterator[Span]:
        sheet = self.sheet
        if sheet is not None:
            for span in view.waiting:
                if sheet.today >= sheet.calendar.last_school_day(span):
                    yield span

    def go_elsewhere(self) -> None:
        """Turn to the month that waits."""
        span = self.elsewhere
        if span is not None:
            self.choose_month(span.month)

    def ask_declare(self) -> None:
        """Say what is about to be declared, then do it."""
        sheet, klass, span = self.sheet, self.klass, self.declarable
        if sheet is None or klass is None or span is None:
            return
        month = span.month
        days = self._context.commands.ask(
            lambda: self._work.attendance.open(
                self._work.session.actor, klass.id, month, (span.first, span.last)
            )
        )
        if days is None:
            return
        signs = [kind for row in days.rows for kind in row.marks.values()]
        excused = signs.count(Absence.EXCUSED)
        words = sheet.calendar.words(span)
        points = [
            self.tr("{p} buổi có phép, {k} buổi không phép").format(
                p=excused, k=len(signs) - excused
            )
            if signs
            else self.tr("Không em nào nghỉ buổi nào"),
            self.tr("Sau khi báo vẫn sửa được đến khi chốt kỳ, mỗi lần sửa đều ghi nhật ký"),
        ]
        due = sheet.calendar.due_on(month)
        if sheet.today > due:
            points.append(
                self.tr("Hạn là ngày {day} nên tháng này ghi là báo muộn").format(
                    day=f"{due:%d/%m/%Y}"
                )
            )
        self._page.confirm_declare(
            self.tr("Báo đủ điểm danh {words} lớp {name}").format(words=words, name=klass.name),
            points,
            lambda: self._declare(klass.id, month, span.term),
        )

    def _declare(self, class_id: ClassId, month: Month, term: Term) -> None:
        done = self._context.commands.run(
            lambda: self._work.attendance.declare(self._work.session.actor, class_id, month, term),
            initiator=self._page,
            at=Anchor(self._page.declare_button),
        )
        if done is not None:
            self._load()
            self._context.frame.toast(done.summary, "green")

    # --- cells

    def why(self, row: int, column: int) -> None:
        """Answer "Vì sao không ghi được?" at the cell."""
        grid = self._page.grid
        if grid is None or row < 0:
            return
        if grid.model.is_open(row, column):
            self.history(row, column)
            return
        self._page.show_why(row, column, grid.model.why(row, column))

    def open_case(self, row: int, column: int) -> None:
        """Declare a correction of this day."""
        grid, klass = self._page.grid, self.pickers.klass
        key = None if grid is None else grid.model.key_at(row, column)
        if key is not None and klass is not None:
            pupil, day = key
            cell = CellKey(pupil, day.isoformat())
            about = CaseAbout(CaseKind.ATTENDANCE, klass.id)
            self._context.open_page("corrections", new=[cell], about=about)

    def history(self, row: int, column: int) -> None:
        """Show what happened to a cell, newest last."""
        grid = self._page.grid
        key = None if grid is None else grid.model.key_at(row, column)
        if grid is None or key is None:
            return
        lines = self._context.commands.ask(lambda: grid.model.history(key), at=Anchor(self._page))
        if lines is None:
            return
        sentence = self.tr("{n} lần ghi, cũ trước mới sau.").format(n=len(lines))
        if not lines:
            sentence = self.tr("Ô này chưa được ghi lần nào: em có mặt.")
        numbered = [(str(at), line) for at, line in enumerate(lines, 1)]
        self._page.show_history(row, column, sentence, numbered[-_SHOWN_HISTORY:])

    # --- calendar

    @property
    def may_set_calendar(self) -> bool:
        """Whether this person keeps the school's calendar."""
        return self._work.session.actor.has(*KEEPERS) and self.pickers.year is not None

    def open_calendar(self) -> None:
        """Lịch năm học in a dialog."""
        year_id = self.pickers.year_id
        if year_id is None:
            return
        calendar = self._context.commands.ask(lambda: self._work.calendars.read(year_id))
        if calendar is None:
            return

        def save(weekdays: Iterable[int], days: Iterable[SpecialDays]) -> None:
            done = self._work.calendars.save(self._work.session.actor, year_id, weekdays, days)
            self._context.commands.publish(done, self._page)
            self._load()
            self._context.frame.toast(done.summary, "green")

        self._page.open_calendar_dialog(calendar, save)
