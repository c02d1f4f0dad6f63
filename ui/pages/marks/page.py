"""Sổ điểm: tool row, the grid of one class and subject, pickers for the top bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import CommandResult, Topic
from app.domain.marks import CellState
from app.readmodels.mark_sheet import CellKey, SheetColumn, SheetId, WhyLocked
from app.readmodels.mark_sheet_port import MarkSheetPort
from ui.change_bus import ChangeBus
from ui.command_runner import CommandRunner
from ui.models.mark_grid_model import FIRST_CELL, Section
from ui.navigation import FramePort
from ui.pages.marks.cell_dialogs import DatesDialog, StateDialog
from ui.pages.marks.presenter import MarksPresenter, SheetChoice
from ui.pages.marks.sheet_pickers import SheetPickers
from ui.theme.look import Look
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.empty_state import EmptyState
from ui.widgets.focus import pass_focus
from ui.widgets.labels import IconText, Label
from ui.widgets.mark_grid.editing import Draft
from ui.widgets.mark_grid.grid import MarkGrid
from ui.widgets.mark_grid.menu import mark_menu
from ui.widgets.popover import WhyPopover
from ui.widgets.tool_row import sheet_choice, show_terms, tool_row

if TYPE_CHECKING:
    from ui.pages.marks.years import BoundYears


class MarksPage(QWidget):
    """Layout only; `presenter` decides. `open_port` binds a sheet to the signed-in person."""

    import_requested = Signal(object)
    """SheetId whose marks shall come from an Excel file."""
    book_requested = Signal(object)
    """SheetId whose own book (sổ của giáo viên) shall be printed."""
    correction_requested = Signal(list)
    """list[CellKey] of the locked cells a case shall be opened for."""
    late_opening_requested = Signal(list)
    """list[CellKey] of empty cells whose window has passed."""

    def __init__(
        self,
        look: Look,
        runner: CommandRunner,
        bus: ChangeBus,
        frame_port: FramePort,
        open_port: Callable[[SheetId], MarkSheetPort],
        parent: QWidget | None = None,
        *,
        primary: bool = False,
    ) -> None:
        """`primary`: what the page is until a sheet is open, Đánh giá or Sổ điểm."""
        super().__init__(parent)
        self._look = look
        self._primary = primary
        self._runner = runner
        self._frame_port = frame_port
        self.grid: MarkGrid | None = None
        self._choices: tuple[SheetChoice, ...] = ()
        self._years: BoundYears | None = None
        self.presenter = MarksPresenter(self, runner, open_port)
        self._pickers = SheetPickers(look, self)
        self._pickers.picked.connect(self.open_sheet)
        self.classes, self.subjects = self._pickers.classes, self._pickers.subjects
        # Until the top bar adopts them they live in here: a widget without a parent that is
        # shown becomes a window of its own.
        holder = QWidget(self)
        holder.hide()
        for widget in self.topbar_widgets():
            widget.setParent(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._tool_row())
        self._stack = QStackedLayout()
        outer.addLayout(self._stack, 1)
        self._show_nothing()
        topics = (Topic.MARKS, Topic.LOCKS, Topic.CORRECTIONS, Topic.ROSTER)
        bus.listen(self, topics, self._on_changed)

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """Year, class and subject, for the top bar while this page is shown."""
        years = [] if self._years is None else [self._years.picker]
        return [*years, self.classes, self.subjects]

    def set_years(self, years: BoundYears) -> None:
        """Who knows the years; until then there is one list of sheets."""
        self._years = years

    def set_choices(self, choices: Sequence[SheetChoice]) -> None:
        """The sheets this person may open; opens the first one when none of them is open."""
        self._choices = tuple(choices)
        if not self._choices:
            self._show_nothing()
        elif self.grid is None or not self._offers(self.presenter.sheet):
            self.open_sheet(self._choices[0].sheet)
        self._pickers.fill(self._choices, self.presenter.sheet)

    def open_sheet(self, sheet: SheetId, key: CellKey | None = None) -> bool:
        """Open a sheet, at a cell if one is given; False when refused (and said so)."""
        opened = self.presenter.sheet == sheet or self.presenter.open(sheet)
        self._pickers.fill(self._choices, self.presenter.sheet)
        if opened and key is not None and self.grid is not None:
            self.grid.go_to(key)
        return opened

    def commit_pending(self) -> bool:
        """Commit the open editor before print, lock, sign, navigation or user change."""
        return self.grid is None or self.grid.commit_pending()

    def go_to(self, **where: Any) -> None:
        """Show `class_id` and `subject_id`, at `pupil_id` and `column` if they are given."""
        if "class_id" not in where or "subject_id" not in where:
            return
        sheet = SheetId(where["class_id"], where["subject_id"])
        key = None
        if "pupil_id" in where and "column" in where:
            key = CellKey(where["pupil_id"], where["column"])
        if not self._offers(sheet) and self._years is not None:
            self._years.show_class(sheet.class_id)
        if self._offers(sheet):
            self.open_sheet(sheet, key)

    def hold_draft(self) -> object:
        """Close the open editor without saving and hand over what was typed; None: nothing."""
        return self.grid.hold_draft() if self.grid is not None else None

    def return_draft(self, draft: object) -> None:
        """Open the editor again as it was."""
        if self.grid is not None and isinstance(draft, Draft):
            self.grid.return_draft(draft)

    # --- for the presenter

    def make_grid(self, port: MarkSheetPort) -> MarkGrid:
        """A grid bound to a port; not shown yet."""
        grid = MarkGrid(port, self._look, self._runner.fail, self)
        grid.hide()
        grid.model.saved.connect(self.presenter.on_saved)
        grid.model.reloaded.connect(self._show_rows_or_hint)
        grid.model.reloaded.connect(self.show_counts)
        grid.why_asked.connect(self.presenter.why)
        grid.dates_asked.connect(self.presenter.set_dates)
        grid.menu_asked.connect(self._open_menu)
        return grid

    def show_grid(self, grid: MarkGrid) -> None:
        """Put a loaded grid in the place of the former one."""
        self._take_down()
        self.grid = grid
        self._primary = grid.model.sheet.kind.is_primary
        self._show_kind()
        self._stack.addWidget(grid)
        self._stack.setCurrentWidget(grid)
        self._show_rows_or_hint()
        pass_focus(self, grid)
        grid.setFocus()
        self.sections.set_current(grid.model.section.value)

    def show_counts(self) -> None:
        """Counts of the tool row, lock chip of the top bar."""
        grid = self.grid
        if grid is None:
            return
        sheet = grid.model.sheet
        for label, icon, tone, words, count in (
            (self.missing, "warning", "red", self.tr("{n} ô thiếu"), sheet.missing_count),
            (self.late, "clock", "amber", self.tr("{n} ô vào muộn"), sheet.late_count),
            (self.corrected, "pencil", "ink2", self.tr("{n} ô đã sửa"), sheet.corrected_count),
        ):
            label.set_state(icon, words.format(n=count), tone)
            label.setVisible(count > 0)
        odd = grid.model.odd_cells()
        self.odd.set_state("warning", self.tr("{n} mức cần xem lại").format(n=odd), "amber")
        self.odd.setVisible(odd > 0)
        self.next_button.setEnabled(
            sheet.missing_count > 0 or grid.model.next_empty(0, FIRST_CELL) is not None
        )
        self.import_button.setEnabled(sheet.can_enter and bool(sheet.rows))
        self.book_button.setEnabled(bool(sheet.rows))
        self.confirm_button.setEnabled(sheet.may_confirm(grid.model.section.term))
        self._tell_lock()
        self.sections.set_current(grid.model.section.value)

    def show_why(self, key: CellKey, sentence: str, answer: WhyLocked, keys: list[CellKey]) -> None:
        """Popover at a locked cell; `sentence` is rich text."""
        if self.grid is None:
            return
        action, on_action = {
            "correction": (
                self.tr("Lập hồ sơ sửa điểm"),
                lambda: self.correction_requested.emit(keys),
            ),
            "late_opening": (
                self.tr("Đề nghị mở bổ sung"),
                lambda: self.late_opening_requested.emit(keys),
            ),
        }.get(answer.action, ("", None))
        facts = (
            (self.tr("Ai khóa"), answer.who),
            (self.tr("Khi nào"), answer.when),
            (self.tr("Cách sửa"), answer.how),
            (self.tr("Hạn lập"), answer.until),
        )
        popover = WhyPopover(
            self._look,
            self.window(),
            sentence,
            facts,
            action=action,
            on_action=on_action,
            aside=self.tr("Xem lịch sử ô"),
            on_aside=lambda: self.presenter.history(key),
            rich=True,
        )
        self.grid.show_at(key, popover)

    def show_history(self, key: CellKey, sentence: str, lines: Sequence[tuple[str, str]]) -> None:
        """Popover with what happened to a cell."""
        if self.grid is None:
            return
        title = self.tr("Lịch sử ô")
        popover = WhyPopover(
            self._look, self.window(), sentence, lines, title=title, icon="history"
        )
        self.grid.show_at(key, popover)

    def tell(self, sentence: str) -> None:
        """What was done, where nothing in the grid shows it."""
        self._frame_port.toast(sentence, "green")

    def ask_state(self, state: CellState, cells: int, save: Callable[[str, str], None]) -> None:
        """Open the reason dialog."""
        StateDialog(self._look, self, state, cells, save).open()

    def ask_dates(
        self,
        column: SheetColumn,
        save: Callable[[date | None, date | None, date | None], None],
    ) -> None:
        """Open the dates dialog."""
        DatesDialog(self._look, self, column, save).open()

    # --- inside

    def _tool_row(self) -> QWidget:
        look = self._look
        self._title = Label(look, "", Role.TOOL_TITLE)
        bar, row = tool_row(look, self._title)
        self.sections = sheet_choice(look)
        self.sections.chosen.connect(self._on_section)
        row.addWidget(self.sections, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(4)
        self.missing = IconText(look, "warning", "", "red", Role.VALUE)
        self.late = IconText(look, "clock", "", "amber", Role.VALUE)
        self.corrected = IconText(look, "pencil", "", "ink2", Role.BODY)
        self.odd = IconText(look, "warning", "", "amber", Role.BODY)
        for count in (self.missing, self.late, self.corrected, self.odd):
            count.hide()
            row.addWidget(count)
        row.addStretch(1)
        self.import_button = secondary(look, self.tr("Nhập từ Excel"), self._on_import, "excel")
        self.book_button = secondary(look, self.tr("In sổ…"), self._on_book, "printer")
        self.next_button = secondary(
            look, self.tr("Tới ô thiếu kế tiếp"), self.presenter.next_missing, "arrow-right"
        )
        self.confirm_button = primary(
            look, self.tr("Xác nhận đã đủ"), self.presenter.confirm, "check"
        )
        for button in (
            self.import_button,
            self.book_button,
            self.next_button,
            self.confirm_button,
        ):
            button.setEnabled(False)
            row.addWidget(button)
        self._show_kind()
        return bar

    def _show_kind(self) -> None:
        """Đánh giá with its four kỳ, or Sổ điểm with two học kì: what the open sheet is of."""
        primary = self._primary
        self._title.setText(self.tr("Đánh giá") if primary else self.tr("Sổ điểm"))
        show_terms(self.sections, primary=primary)

    def _show_nothing(self) -> None:
        self._take_down()
        self._stack.addWidget(
            EmptyState(
                self._look,
                "mark-book",
                self.tr("Chưa có sổ nào để mở"),
                self.tr(
                    "Tài khoản này chưa được phân công dạy lớp nào. Văn thư phân công trong "
                    "Quản trị, sau đó sổ hiện ở đây."
                ),
            )
        )

    def _show_rows_or_hint(self) -> None:
        """A roster may arrive, or leave, while the sheet is open."""
        grid = self.grid
        if grid is None:
            return
        hint = next((w for w in self._stacked() if w is not grid), None)
        if grid.model.rowCount():
            self._stack.setCurrentWidget(grid)
            if hint is not None:
                self._stack.removeWidget(hint)
                hint.deleteLater()
        elif hint is None:
            self._show_empty_class(grid)

    def _stacked(self) -> list[QWidget]:
        found = (self._stack.widget(at) for at in range(self._stack.count()))
        return [widget for widget in found if widget is not None]

    def _show_empty_class(self, grid: MarkGrid) -> None:
        empty = EmptyState(
            self._look,
            "roster",
            self.tr("Lớp {name} chưa có học sinh").format(name=grid.model.sheet.class_name),
            self.tr("Văn thư nhập danh sách từ Excel ở trang Danh sách lớp."),
        )
        self._stack.addWidget(empty)
        self._stack.setCurrentWidget(empty)

    def _tell_lock(self) -> None:
        if self.grid is not None and self.isVisible():
            model = self.grid.model
            term, chips = model.section.term, model.sheet.term_chips
            chip, is_open = model.sheet.lock_chip, model.sheet.chip_open
            if term is not None:
                chip, is_open = chips.get(term, (chip, is_open))
            self._frame_port.set_lock(chip, is_open=is_open)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The window clears the chip after it has shown another page.
        QTimer.singleShot(0, self, self._tell_lock)

    def _take_down(self) -> None:
        self.grid = None
        while self._stack.count():
            former = self._stack.widget(0)
            if former is not None:
                self._stack.removeWidget(former)
                former.deleteLater()

    def _offers(self, sheet: SheetId | None) -> bool:
        return any(choice.sheet == sheet for choice in self._choices)

    def _on_section(self, key: str) -> None:
        if self.grid is not None:
            self.grid.show_section(Section(key))
            self.show_counts()
            self.grid.setFocus()

    def _on_import(self) -> None:
        if self.commit_pending() and self.presenter.sheet is not None:
            self.import_requested.emit(self.presenter.sheet)

    def _on_book(self) -> None:
        if self.commit_pending() and self.presenter.sheet is not None:
            self.book_requested.emit(self.presenter.sheet)

    def _on_changed(self, result: CommandResult) -> None:
        sheet = self.presenter.sheet
        if sheet is not None and result.class_id in (None, sheet.class_id):
            self.presenter.refresh()

    def _open_menu(self, place: QPoint) -> None:
        grid = self.grid
        key = grid.active_key() if grid is not None else None
        if grid is None or key is None or not grid.commit_pending():
            return
        gestures = grid.gestures
        menu = mark_menu(
            self._look,
            self,
            gestures={
                "cut": gestures.cut,
                "copy": gestures.copy,
                "paste": gestures.paste,
                "fill_down": gestures.fill_down,
                "clear": gestures.clear,
            },
            set_state=self.presenter.set_state,
            ask_history=lambda: self.presenter.history(key),
            ask_why=lambda: self.presenter.why(key),
            ask_dates=grid.dates_act(),
            phrases=grid.gestures.phrases(key.column),
            use_phrase=grid.gestures.put_phrase,
            editable=grid.model.view_of(key).editable,
            one_cell=len(grid.selected_keys()) == 1,
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
