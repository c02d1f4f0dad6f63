"""Rèn luyện: the mark grid's keyboard over levels, buổi nghỉ and comments of one class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.changes import Topic
from ui.models.mark_grid_model import Section
from ui.pages.conduct.bar import ConductBar
from ui.pages.conduct.menu import conduct_menu
from ui.pages.conduct.presenter import ConductPresenter
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.empty_state import EmptyState
from ui.widgets.focus import pass_focus
from ui.widgets.labels import IconText, Label
from ui.widgets.mark_grid.grid import MarkGrid
from ui.widgets.popover import Popover, WhyPopover
from ui.widgets.tool_row import section_choice, tool_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.locks import WhyLocked
    from app.readmodels.mark_sheet import CellKey
    from app.readmodels.mark_sheet_port import MarkSheetPort
    from app.workspace import Workspace
    from ui.navigation import PageContext

_TOPICS = (Topic.CONDUCT, Topic.LOCKS, Topic.ROSTER, Topic.CLASSES, Topic.SEALS)


class ConductPage(QWidget):
    """Layout only; `presenter` decides."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        self._look = context.look
        self._commands = context.commands
        self.grid: MarkGrid | None = None
        self.presenter = ConductPresenter(self, context, work)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._tool_row())
        self._stack = QStackedLayout()
        outer.addLayout(self._stack, 1)
        self.bar = ConductBar(self._look)
        outer.addWidget(self.bar)
        context.bus.listen(self, _TOPICS, self.presenter.on_roster_or_year)
        self.presenter.start()

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """Year and class."""
        self.presenter.tell_lock()
        return self.presenter.pickers.widgets()

    def commit_pending(self) -> bool:
        """Commit the open editor before navigation, print or user change."""
        return self.grid is None or self.grid.commit_pending()

    def go_to(self, **where: Any) -> None:
        """`class_id` opens a class; `term` ("HK1", "HK2") a term."""
        if "class_id" in where:
            self.presenter.show(where["class_id"])
        if "term" in where:
            self._on_section(str(where["term"]))

    # --- for the presenter

    def make_grid(self, port: MarkSheetPort) -> MarkGrid:
        """A grid bound to a port; not shown yet."""
        grid = MarkGrid(port, self._look, self._commands.fail, self)
        grid.hide()
        # The figures of marks mean nothing here; the page has a bar of its own.
        grid.bar.hide()
        grid.table.setAccessibleName(self.tr("Mức rèn luyện, buổi nghỉ và nhận xét"))
        grid.model.saved.connect(self.presenter.on_saved)
        grid.why_asked.connect(self.presenter.why)
        grid.menu_asked.connect(self._open_menu)
        grid.cursor_cells.changed.connect(self._follow)
        return grid

    def show_grid(self, grid: MarkGrid) -> None:
        """Put a loaded grid in the place of the former one."""
        self._take_down()
        self.grid = grid
        self._stack.addWidget(grid)
        self._stack.setCurrentWidget(grid)
        if not grid.model.rowCount():
            self._show_empty_class(grid.model.sheet.class_name)
        self.sections.set_current(grid.model.section.value)
        pass_focus(self, grid)
        self.show_counts()

    def show_nothing(self) -> None:
        """No class to open."""
        self._take_down()
        words = self.tr(
            "Rèn luyện do giáo viên chủ nhiệm ghi. Tài khoản này chưa chủ nhiệm lớp nào; hiệu "
            "trưởng hoặc quản trị phân công trong Quản trị, sau đó lớp hiện ở đây."
        )
        title = self.tr("Chưa có lớp nào để mở")
        self._stack.addWidget(EmptyState(self._look, "conduct", title, words))
        self.show_counts()

    def show_counts(self) -> None:
        """Counts of the tool row and the bar."""
        grid = self.grid
        full = grid is not None and bool(grid.model.rowCount())
        self.bar.setVisible(full)
        self.sections.setEnabled(full)
        unset = self.presenter.unset_levels() if full else 0
        self.unset.setVisible(bool(unset))
        self.unset.set_state(
            "ring-half", self.tr("{n} học sinh chưa có mức").format(n=unset), "amber"
        )
        sheet = self.presenter.sheet
        if sheet is not None:
            self.title.setText(sheet.word)
        self.year_button.setVisible(full and bool(self.presenter.year_to_take()))
        may_type = sheet is not None and any(sheet.editable.values())
        self.next_button.setEnabled(bool(unset) and may_type)
        self.view_only.setVisible(full and not may_type)
        self._follow()

    def show_why(self, key: CellKey, answer: WhyLocked) -> None:
        """Popover at a locked cell."""
        if self.grid is None:
            return
        facts = (
            (self.tr("Ai khóa"), answer.who),
            (self.tr("Khi nào"), answer.when),
            (self.tr("Cách sửa"), answer.how),
            (self.tr("Hạn lập"), answer.until),
        )
        by_case = answer.action == "correction"
        popover = WhyPopover(
            self._look,
            self.window(),
            answer.sentence,
            facts,
            action=self.tr("Lập hồ sơ sửa rèn luyện") if by_case else "",
            on_action=(lambda: self.presenter.open_case(key)) if by_case else None,
            aside=self.tr("Xem lịch sử ô"),
            on_aside=lambda: self.presenter.history(key),
        )
        self.grid.show_at(key, popover)

    def show_history(self, key: CellKey, sentence: str, lines: Sequence[tuple[str, str]]) -> None:
        """Popover with what happened to a cell."""
        if self.grid is not None:
            title = self.tr("Lịch sử ô")
            popover = WhyPopover(
                self._look, self.window(), sentence, lines, title=title, icon="history"
            )
            self.grid.show_at(key, popover)

    # --- inside

    def _tool_row(self) -> QWidget:
        look = self._look
        self.title = Label(look, self.tr("Rèn luyện"), Role.TOOL_TITLE)
        bar, row = tool_row(look, self.title)
        self.sections = section_choice(look)
        self.sections.chosen.connect(self._on_section)
        row.addWidget(self.sections, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(4)
        self.unset = IconText(look, "ring-half", "", "amber", Role.VALUE)
        self.view_only = IconText(
            look, "eye", self.tr("Chỉ xem: bấm đúp một ô để biết vì sao"), "ink2", Role.BODY
        )
        for note in (self.unset, self.view_only):
            note.hide()
            row.addWidget(note)
        row.addStretch(1)
        self.next_button = secondary(
            look, self.tr("Tới em chưa có mức"), self.presenter.next_unset, "arrow-right"
        )
        self.next_button.setEnabled(False)
        self.year_button = secondary(
            look, self.tr("Cả năm lấy theo học kì II"), self.presenter.take_second_term, "refresh"
        )
        self.year_button.setToolTip(
            self.tr("Chép mức học kì II vào các ô cả năm còn trống; sửa lại từng em nếu cần")
        )
        self.year_button.hide()
        row.addWidget(self.year_button)
        row.addWidget(self.next_button)
        return bar

    def _show_empty_class(self, class_name: str) -> None:
        title = self.tr("Lớp {name} chưa có học sinh").format(name=class_name)
        words = self.tr(
            "Văn thư nhập danh sách lớp từ Excel trong Danh sách lớp, rồi mở lại trang này."
        )
        empty = EmptyState(self._look, "roster", title, words)
        self._stack.addWidget(empty)
        self._stack.setCurrentWidget(empty)

    def _take_down(self) -> None:
        self.grid = None
        while self._stack.count():
            former = self._stack.widget(0)
            if former is not None:
                self._stack.removeWidget(former)
                former.hide()
                former.deleteLater()

    def _follow(self) -> None:
        grid, sheet = self.grid, self.presenter.sheet
        if grid is not None and sheet is not None and grid.model.rowCount():
            self.bar.show_state(grid.model, sheet.levels, grid.cursor_cells.blocks)

    def _on_section(self, key: str) -> None:
        if self.grid is not None:
            # A popover points at a cell that is about to go.
            for popover in self.window().findChildren(Popover):
                popover.close()
            self.grid.show_section(Section(key))
            self.sections.set_current(self.grid.model.section.value)
            self.show_counts()
            self.presenter.tell_lock()
            self.grid.setFocus()

    def _open_menu(self, place: QPoint) -> None:
        grid = self.grid
        key = grid.active_key() if grid is not None else None
        if grid is None or key is None or not grid.commit_pending():
            return
        menu = conduct_menu(
            self._look,
            self,
            grid.gestures,
            editable=grid.model.view_of(key).editable,
            ask_history=lambda: self.presenter.history(key),
            ask_why=lambda: self.presenter.why(key),
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
