"""Điểm danh: months, weeks or one day of a class, typed with P and K."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from app.changes import Topic
from app.domain.attendance import Month, MonthState
from ui.dialogs.confirm_dialog import confirm
from ui.pages.attendance.bar import AttendanceBar
from ui.pages.attendance.calendar_dialog import CalendarDialog
from ui.pages.attendance.near_list import NearList
from ui.pages.attendance.presenter import AttendancePresenter, Shows
from ui.pages.attendance.words import day_words, month_marks, week_words
from ui.theme.typography import Role
from ui.widgets.attendance_grid.grid import AttendanceGrid
from ui.widgets.buttons import icon_button, primary, secondary
from ui.widgets.empty_state import EmptyState
from ui.widgets.focus import pass_focus
from ui.widgets.labels import IconText, Label
from ui.widgets.month_strip import MonthStrip
from ui.widgets.popover import WhyPopover
from ui.widgets.segmented import Segmented
from ui.widgets.tool_row import tool_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.attendance import SchoolCalendar
    from app.domain.locks import WhyLocked
    from app.workspace import Workspace
    from ui.models.attendance_grid_model import AttendancePort
    from ui.navigation import PageContext
    from ui.pages.attendance.calendar_dialog import SaveCalendar

_TOPICS = (
    Topic.ATTENDANCE, Topic.SCHOOL, Topic.LOCKS, Topic.ROSTER, Topic.CLASSES, Topic.SEALS,
)  # fmt: skip


class AttendancePage(QWidget):
    """Layout only; `presenter` decides."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        self._look = context.look
        self._commands = context.commands
        self.grid: AttendanceGrid | None = None
        self._empty: QWidget | None = None
        self.presenter = AttendancePresenter(self, context, work)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._tool_row())
        self.months = MonthStrip(self._look, self.tr("Tháng đang xem"))
        self.months.chosen.connect(self.presenter.choose_month)
        outer.addWidget(self.months)
        self._stack = QStackedLayout()
        self.near = NearList(self._look)
        self._stack.addWidget(self.near)
        outer.addLayout(self._stack, 1)
        self.bar = AttendanceBar(self._look)
        outer.addWidget(self.bar)
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._on_step(by))
        context.bus.listen(self, _TOPICS, self.presenter.on_changed)
        self.presenter.start()

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """Year and class."""
        self.presenter.tell_lock()
        return self.presenter.pickers.widgets()

    def go_to(self, **where: Any) -> None:
        """`class_id` opens a class, `month` ("2026-10") a month, `near` the list, `today` today."""
        if "class_id" in where:
            self.presenter.show(where["class_id"])
        if "month" in where:
            self.presenter.choose_month(Month.read(str(where["month"])))
        elif where.get("near"):
            self.presenter.choose(Shows.NEAR)
        elif where.get("today"):
            self.presenter.choose(Shows.DAY)

    # --- for the presenter

    def make_grid(self, port: AttendancePort) -> AttendanceGrid:
        """A grid bound to a port; not shown yet."""
        grid = AttendanceGrid(port, self._look, self._commands.fail, self)
        grid.model.saved.connect(self.presenter.on_saved)
        grid.why_asked.connect(self.presenter.why)
        grid.menu_asked.connect(self._open_menu)
        grid.cursor_cells.changed.connect(self._follow)
        return grid

    def take_grid(self, grid: AttendanceGrid) -> None:
        """Put a new grid in the place of the former one."""
        former, self.grid = self.grid, grid
        if former is not None:
            self._stack.removeWidget(former)
            former.hide()
            former.deleteLater()
        self._stack.addWidget(grid)
        pass_focus(self, grid)

    def show_nothing(self) -> None:
        """No class to open."""
        words = self.tr(
            "Điểm danh do giáo viên chủ nhiệm ghi. Tài khoản này chưa chủ nhiệm lớp nào; hiệu "
            "trưởng hoặc quản trị phân công trong Quản trị, sau đó lớp hiện ở đây."
        )
        self._show_empty("attendance", self.tr("Chưa có lớp nào để mở"), words)
        self.months.hide()
        self._show_tools(full=False)

    def show_sheet(self) -> None:
        """The loaded sheet: grid, list or the reason why there is neither."""
        grid, sheet = self.grid, self.presenter.sheet
        if grid is None or sheet is None:
            return
        self.months.show()
        self.months.show_months(month_marks(sheet), sheet.month)
        self.near.show_lines(sheet)
        shows = self.presenter.shows
        self.views.set_shown(Shows.NEAR.value, shown=sheet.limit is not None)
        self.views.set_current(shows.value)
        self.views.set_words(Shows.NEAR.value, self._near_words(len(sheet.near)))
        full = bool(sheet.rows)
        closed = sheet.days[0].closed if shows is Shows.DAY and sheet.days else ""
        if not full:
            title = self.tr("Lớp {name} chưa có học sinh").format(name=sheet.class_name)
            self._show_empty(
                "roster",
                title,
                self.tr("Văn thư nhập danh sách lớp từ Excel trong Danh sách lớp, rồi mở lại."),
            )
        elif shows is Shows.NEAR:
            self._stack.setCurrentWidget(self.near)
        elif closed:
            words = self.tr("{why}. Bấm mũi tên để tới ngày học trước hoặc sau.").format(why=closed)
            self._show_empty("calendar", day_words(sheet.days[0].day), words)
        else:
            self._stack.setCurrentWidget(grid)
        self._show_tools(full=full)
        self._follow()

    def confirm_declare(
        self, title: str, points: Sequence[str], on_confirmed: Callable[[], None]
    ) -> None:
        """Ask before báo đủ; the button goes afterwards, and the keyboard back to the grid."""

        def go_on() -> None:
            on_confirmed()
            if self.grid is not None:
                self.grid.setFocus()

        sentence = self.tr(
            "Báo đủ là lời của giáo viên chủ nhiệm rằng mọi buổi nghỉ đã được ghi; tháng đã báo đủ "
            "mới được in vào sổ."
        )
        self.confirmation = confirm(
            self._look, self.window(), title, sentence, self.tr("Báo đủ"), go_on,
            points=points,
        )  # fmt: skip

    def open_calendar_dialog(self, calendar: SchoolCalendar, save: SaveCalendar) -> None:
        """Lịch năm học."""
        self.calendar_dialog = CalendarDialog(self._look, calendar, save, self.window())
        self.calendar_dialog.open()

    def show_why(self, row: int, column: int, answer: WhyLocked) -> None:
        """Popover at a locked cell."""
        if self.grid is None:
            return
        facts = (
            (self.tr("Ai khóa"), answer.who),
            (self.tr("Khi nào"), answer.when),
            (self.tr("Cách làm"), answer.how),
        )
        by_case = answer.action == "correction"
        popover = WhyPopover(
            self._look,
            self.window(),
            answer.sentence,
            facts,
            title=self.tr("Vì sao không ghi được?"),
            action=self.tr("Lập hồ sơ sửa điểm danh") if by_case else "",
            on_action=(lambda: self.presenter.open_case(row, column)) if by_case else None,
            aside=self.tr("Xem lịch sử ô"),
            on_aside=lambda: self.presenter.history(row, column),
        )
        self.grid.show_at(row, column, popover)

    def show_history(
        self, row: int, column: int, sentence: str, lines: Sequence[tuple[str, str]]
    ) -> None:
        """Popover with what happened to a cell."""
        if self.grid is not None:
            popover = WhyPopover(
                self._look, self.window(), sentence, lines, title=self.tr("Lịch sử ô"),
                icon="history",
            )  # fmt: skip
            self.grid.show_at(row, column, popover)

    # --- inside

    def _tool_row(self) -> QWidget:
        look = self._look
        bar, row = tool_row(look, self.tr("Điểm danh"), spacing=10)
        choices = [
            (Shows.MONTH.value, self.tr("Tháng")),
            (Shows.WEEK.value, self.tr("Tuần")),
            (Shows.DAY.value, self.tr("Hôm nay")),
            (Shows.NEAR.value, self._near_words(0)),
        ]
        self.views = Segmented(look, choices, self.tr("Cách xem"))
        self.views.chosen.connect(lambda key: self._on_view(Shows(key)))
        row.addWidget(self.views, 0, Qt.AlignmentFlag.AlignVCenter)
        self.back = icon_button(
            look, "chevron-left", self.tr("Trước (Ctrl+PgUp)"), lambda: self.presenter.step(-1)
        )
        self.when = Label(look, "", Role.STRONG)
        self.on = icon_button(
            look, "chevron-right", self.tr("Sau (Ctrl+PgDown)"), lambda: self.presenter.step(1)
        )
        for widget in (self.back, self.when, self.on):
            row.addWidget(widget)
        for arrow in (self.back, self.on):
            # A click leaves the keyboard in the grid, where the next P or K is meant to go.
            arrow.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addStretch(1)
        self.view_only = IconText(look, "eye", self.tr("Chỉ xem"), "ink2", Role.BODY)
        self.note = IconText(look, "clock", "", "amber", Role.VALUE)
        row.addWidget(self.view_only)
        row.addWidget(self.note)
        self.calendar_button = secondary(
            look, self.tr("Lịch năm học"), self.presenter.open_calendar, "calendar"
        )
        row.addWidget(self.calendar_button)
        self.elsewhere_button = secondary(
            look, "", lambda: self.presenter.go_elsewhere(), "arrow-right"
        )
        row.addWidget(self.elsewhere_button)
        self.declare_button = primary(look, "", self.presenter.ask_declare, "check")
        row.addWidget(self.declare_button)
        return bar

    def _near_words(self, count: int) -> str:
        words = self.tr("Gần 45 buổi")
        return f"{words} ({count})" if count else words

    def _show_tools(self, *, full: bool) -> None:
        presenter, sheet = self.presenter, self.presenter.sheet
        stepping = full and presenter.shows in (Shows.WEEK, Shows.DAY)
        for widget in (self.back, self.when, self.on):
            widget.setVisible(stepping)
        self.views.setEnabled(full)
        self.calendar_button.setVisible(presenter.may_set_calendar)
        shown = full and sheet is not None
        self.view_only.setVisible(shown and sheet is not None and not sheet.may_enter)
        self.note.hide()
        self.declare_button.hide()
        self.elsewhere_button.hide()
        on_grid = full and presenter.shows is not Shows.NEAR
        self.bar.setVisible(on_grid and self._stack.currentWidget() is self.grid)
        if sheet is None or not full:
            return
        if stepping:
            first, last = sheet.days[0].day, sheet.days[-1].day
            words = week_words(first, last, sheet.calendar.year.starts_on)
            self.when.setText(day_words(first) if presenter.shows is Shows.DAY else words)
        span = presenter.declarable
        view = sheet.view(sheet.month)
        if view.state is MonthState.OVERDUE and on_grid:
            due = self.tr("quá hạn báo đủ {day}").format(day=f"{view.due_on:%d/%m}")
            self.note.set_state("warning", due, "red")
            self.note.show()
        ahead = presenter.declarable_from
        if ahead is not None and on_grid and self.note.isHidden():
            day = self.tr("báo đủ được từ {day}").format(day=f"{ahead:%d/%m}")
            self.note.set_state("clock", day, "ink3")
            self.note.show()
        if span is not None:
            words = self.tr("Báo đủ {words}").format(words=sheet.calendar.words(span))
            self.declare_button.setText(words)
            self.declare_button.show()
        elif (other := presenter.elsewhere) is not None:
            words = self.tr("Chưa báo đủ {words}").format(words=sheet.calendar.words(other))
            self.elsewhere_button.setText(words)
            self.elsewhere_button.show()

    def _show_empty(self, icon: str, title: str, words: str) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.hide()
            self._empty.deleteLater()
        self._empty = EmptyState(self._look, icon, title, words)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _follow(self) -> None:
        grid, sheet = self.grid, self.presenter.sheet
        if grid is not None and sheet is not None and sheet.rows:
            self.bar.show_state(grid.model, grid.cursor_cells.blocks, may_enter=sheet.may_enter)

    def _on_view(self, shows: Shows) -> None:
        if self.grid is not None:
            self.grid.close_popover()
        self.presenter.choose(shows)
        if self.grid is not None and shows is not Shows.NEAR:
            self.grid.setFocus()

    def _on_step(self, by: int) -> None:
        sheet = self.presenter.sheet
        if sheet is None:
            return
        if self.presenter.shows in (Shows.WEEK, Shows.DAY):
            self.presenter.step(by)
            return
        known = [view.month for view in sheet.months]
        at = known.index(sheet.month) + by
        if 0 <= at < len(known):
            self.presenter.choose_month(known[at])

    def _open_menu(self, place: QPoint) -> None:
        grid = self.grid
        if grid is None:
            return
        row, column = grid.cursor_cells.active
        can_write = grid.model.is_open(row, column)
        menu = QMenu(self)
        rows: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (self.tr("Nghỉ có phép"), "P", lambda: grid.gestures.write("P")),
            (self.tr("Nghỉ không phép"), "K", lambda: grid.gestures.write("K")),
            (self.tr("Có mặt"), "Delete", grid.gestures.clear),
            (self.tr("Chép"), "Ctrl+C", grid.gestures.copy),
            (self.tr("Dán"), "Ctrl+V", grid.gestures.paste),
        )
        for words, keys, gesture in rows:
            action = menu.addAction(f"{words}\t{keys}", gesture)
            action.setEnabled(can_write or keys == "Ctrl+C")
        menu.addSeparator()
        icon = self._look.icon("history", "ink2", 16)
        menu.addAction(icon, self.tr("Xem lịch sử ô"), lambda: self.presenter.history(row, column))
        if not can_write:
            locked = self._look.icon("lock-closed", "ink2", 16)
            why = self.tr("Vì sao không ghi được?")
            menu.addAction(locked, why, lambda: self.presenter.why(row, column))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
