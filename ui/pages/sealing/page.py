"""Niêm phong: a wizard from "sẵn sàng?" to the minutes, and the media of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import Topic
from ui.dialogs.file_dialogs import choose_folder
from ui.pages.sealing.drive_view import DriveView
from ui.pages.sealing.medium_dialog import medium_columns
from ui.pages.sealing.presenter import SealingPresenter, Stage
from ui.pages.sealing.progress_state import Phase
from ui.pages.sealing.progress_view import ProgressView
from ui.pages.sealing.ready_view import ReadyView
from ui.pages.sealing.result_view import ResultView
from ui.pages.year_picker import YearPicker
from ui.theme.tokens import CARD_GAP, CARD_PADDING, PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import Button, primary, secondary
from ui.widgets.cards import Card, hairline
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.record_model import RecordModel
from ui.widgets.steps import Step, StepRow, StepState
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from app.services.media_register import Medium
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.sealing.folders import ChooseFolder

_TOPICS = (
    Topic.LOCKS,
    Topic.PRINTS,
    Topic.CORRECTIONS,
    Topic.CLASSES,
    Topic.MARKS,
    Topic.CONDUCT,
    Topic.ROSTER,
)
_VIEWS = (Stage.READY, Stage.DRIVE, Stage.WRITING, Stage.RESULT)


class SealingPage(QWidget):
    """Layout only; `presenter` decides. `ask_folder` is the system's folder dialog."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        ask_folder: ChooseFolder = choose_folder,
    ) -> None:
        super().__init__()
        self._look = context.look
        self._today = work.clock.today
        self.presenter = presenter = SealingPresenter(self, context, work, ask_folder)
        self.years = YearPicker(context, work)
        self.years.year_picked.connect(presenter.choose_year)
        self.readiness = ReadyView(self._look)
        self.readiness.opened.connect(presenter.open_item)
        self.drives = DriveView(
            self._look,
            presenter.principals(),
            presenter.choose_other,
            presenter.refresh_drives,
        )
        self.drives.changed.connect(self._follow_form)
        self.writing = ProgressView(self._look)
        self.result = ResultView(self._look)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 16)
        outer.setSpacing(12)
        outer.addWidget(Label(self._look, self.tr("Niêm phong"), Role.TITLE))
        columns = QHBoxLayout()
        columns.setSpacing(CARD_GAP)
        columns.addWidget(self._wizard(), 8)
        columns.addWidget(self._media(), 5)
        outer.addLayout(columns, 1)
        context.bus.listen(self, _TOPICS, presenter.on_changed)
        presenter.start()

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """The year."""
        return [self.years]

    def commit_pending(self) -> bool:
        """Stay while a medium is written."""
        return self.presenter.may_leave()

    def go_to(self, **where: Any) -> None:
        """`year_id` looks at another year."""
        if "year_id" in where:
            self.years.show_year(where["year_id"])
            self.presenter.choose_year()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Look again when something changed while nobody looked."""
        super().showEvent(event)
        self.presenter.on_shown()

    # --- for the presenter

    def show_nothing(self) -> None:
        """A file without a school year."""
        self._views.setCurrentWidget(self._nothing)
        for button in self._buttons():
            button.hide()

    def show_stage(self) -> None:
        """The step in force: steps, view, buttons."""
        presenter = self.presenter
        stage, ready = presenter.stage, presenter.ready
        self._views.setCurrentIndex(_VIEWS.index(stage))
        if stage is Stage.READY:
            if ready is None:
                self.readiness.show_waiting()
            else:
                self.readiness.show_ready(ready)
        open_now = ready is not None and not ready.items
        self.next_button.setVisible(stage is Stage.READY)
        self.next_button.setEnabled(open_now)
        self.look_button.setVisible(stage is Stage.READY)
        self.back_button.setVisible(stage is Stage.DRIVE)
        self.seal_button.setVisible(stage is Stage.DRIVE)
        self.stop_button.setVisible(stage is Stage.WRITING)
        self.stop_button.setEnabled(True)
        self.again_button.setVisible(stage is Stage.RESULT)
        self.minutes_button.setVisible(stage is Stage.RESULT)
        self._follow_form()
        self.show_steps()
        focus = {Stage.DRIVE: self.drives.table, Stage.RESULT: self.minutes_button}
        if stage in focus and self.isVisible():
            focus[stage].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_steps(self) -> None:
        """The row of steps over the wizard."""
        presenter = self.presenter
        stage, phase = presenter.stage, presenter.progress.phase
        at = {Stage.READY: 0, Stage.DRIVE: 1, Stage.WRITING: 2, Stage.RESULT: 4}[stage]
        if stage is Stage.WRITING and phase >= Phase.READ_BACK:
            at = 3
        ready = presenter.ready
        left = "" if ready is None else self.tr("còn {n} việc").format(n=len(ready.items))
        notes = {0: left if ready is not None and ready.items else "", 4: self.tr("in và ký")}
        names = (
            self.tr("Sẵn sàng?"),
            self.tr("Chọn ổ"),
            self.tr("Ghi"),
            self.tr("Đọc lại"),
            self.tr("Biên bản"),
        )
        steps = []
        for number, name in enumerate(names):
            state = StepState.TODO
            if number < at:
                state = StepState.DONE
            elif number == at:
                state = StepState.HALF
            steps.append(Step(name, state, notes.get(number, "") if number == at else ""))
        self.steps.set_steps(steps)

    def show_media(self, media: Sequence[Medium]) -> None:
        """The media of the year."""
        row = self.media.chosen_row()
        self._model.set_records(media)
        self._media_card.set_title(
            self.tr("Vật mang của năm học"), self.tr("{n} bản").format(n=len(media))
        )
        self._media_list.setCurrentIndex(0 if media else 1)
        if media:
            self.media.selectRow(row if 0 <= row < len(media) else len(media) - 1)
        self.old_minutes_button.setEnabled(bool(media))
        self.register_button.setEnabled(bool(media))

    def show_late(self, which: str) -> None:
        """Media of any year whose day of reading has passed; "" when all were read."""
        self.late.setText(self.tr("Quá hạn đọc kiểm tra: {which}.").format(which=which))
        self.late.setVisible(bool(which))

    # --- inside

    def _wizard(self) -> QWidget:
        look = self._look
        card = Card(look)
        card.body.setSpacing(12)
        self.steps = StepRow(look)
        card.body.addWidget(self.steps)
        card.body.addWidget(hairline())
        self._views = QStackedWidget()
        for view in (self.readiness, self.drives, self.writing, self.result):
            self._views.addWidget(view)
        self._nothing = EmptyState(
            look,
            "archive",
            self.tr("Chưa có năm học nào"),
            self.tr("Lập năm học và lớp trong Quản trị; cuối năm trở lại đây để niêm phong."),
        )
        self._views.addWidget(self._nothing)
        card.body.addWidget(self._views, 1)
        card.body.addWidget(hairline())
        presenter = self.presenter
        self.look_button = secondary(look, self.tr("Xem lại"), presenter.look, "refresh")
        self.next_button = primary(look, self.tr("Chọn ổ để niêm phong"), presenter.to_drives)
        self.back_button = secondary(look, self.tr("Quay lại"), presenter.again, "arrow-left")
        self.seal_button = primary(look, "", presenter.seal, "archive")
        self.stop_button = secondary(look, self.tr("Dừng niêm phong"), presenter.stop)
        self.again_button = secondary(look, self.tr("Niêm phong bản nữa"), presenter.again)
        self.minutes_button = primary(
            look,
            self.tr("In biên bản niêm phong"),
            lambda: presenter.media.print_minutes(presenter.record, self.minutes_button),
            "printer",
        )
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addStretch(1)
        for button in self._buttons():
            foot.addWidget(button)
        card.body.addLayout(foot)
        return card

    def _buttons(self) -> tuple[Button, ...]:
        return (
            self.look_button,
            self.back_button,
            self.stop_button,
            self.again_button,
            self.next_button,
            self.seal_button,
            self.minutes_button,
        )

    def _media(self) -> QWidget:
        look = self._look
        self._media_card = card = Card(look, " ", flush=True)
        self._model: RecordModel[Medium] = RecordModel(medium_columns(self._today), self)
        self.media = TableView(look, self.tr("Vật mang của năm học"), row_height=46, fifth=False)
        self.media.setModel(self._model)
        self.media.set_widths({0: 100, 1: 108, 2: 132})
        empty = EmptyState(
            look,
            "drive",
            self.tr("Chưa có bản niêm phong nào"),
            self.tr("Nên có hai bản, cất ở hai nơi; mỗi bản là một lần niêm phong."),
        )
        self._media_list = QStackedWidget()
        self._media_list.addWidget(self.media)
        self._media_list.addWidget(empty)
        card.body.addWidget(self._media_list, 1)
        self.late = Label(look, "", Role.BODY, "amber", wrap=True)
        self.late.setContentsMargins(CARD_PADDING, 6, CARD_PADDING, 6)
        self.late.hide()
        card.body.addWidget(self.late)
        card.body.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(CARD_PADDING - 1, 10, CARD_PADDING, 6)
        foot.setSpacing(8)
        self.check_button = secondary(
            look, self.tr("Kiểm tra một ổ…"), self.presenter.media.check_medium, "shield-check"
        )
        self.old_minutes_button = secondary(
            look,
            self.tr("In biên bản…"),
            self._print_chosen,
            "printer",
        )
        self.register_button = secondary(
            look,
            self.tr("Sổ theo dõi…"),
            lambda: self.presenter.media.open_register(self._chosen()),
            "history",
        )
        foot.addWidget(self.register_button)
        foot.addWidget(self.check_button)
        foot.addWidget(self.old_minutes_button)
        foot.addStretch(1)
        card.body.addLayout(foot)
        return card

    def _print_chosen(self) -> None:
        medium = self._chosen()
        record = None if medium is None else medium.record
        self.presenter.media.print_minutes(record, self.old_minutes_button)

    def _chosen(self) -> Medium | None:
        row, records = self.media.chosen_row(), self._model.records()
        return records[row] if 0 <= row < len(records) else None

    def _follow_form(self) -> None:
        line = self.drives.chosen()
        where = "" if line is None else line.facts.label or str(line.facts.mount)
        words = self.tr("Niêm phong năm học {year} vào {drive}")
        if self.drives.supplement:
            words = self.tr("Niêm phong gói bổ sung {year} vào {drive}")
        if self.drives.disc is not None:
            where = self.drives.disc.label
            words = self.tr("Tạo ảnh {drive} năm học {year}")
        if not where:
            words = self.tr("Niêm phong năm học {year}")
        self.seal_button.setText(words.format(year=self.presenter.year_words, drive=where))
        self.seal_button.setEnabled(self.drives.is_complete())
