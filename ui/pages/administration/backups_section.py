"""Sao lưu: how old the last verified copy is, where copies go, and one more now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.errors import AppError
from app.services.backups import BACKERS, BackupAge, BackupLamp
from app.services.trail_review import TrailFilter, TrailLine
from ui.dialogs.file_dialogs import choose_folder
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.administration.safety_cards import SafetyCards
from ui.pages.administration.section import Section
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import link, primary, secondary
from ui.widgets.cards import Card
from ui.widgets.labels import ElidedLabel, IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.domain.school import SchoolYear
    from app.progress import Progress
    from app.workspace import Workspace
    from ui.navigation import PageContext

_SHOWN = 50
_SIDE = 372
_MADE = "backup.made"
_LAMPS = {
    BackupLamp.FRESH: ("shield-check", "green"),
    BackupLamp.AMBER: ("warning", "amber"),
    BackupLamp.RED: ("warning", "red"),
}


class BackupsSection(Section):
    """Reading the age reads the copy whole, so it is a job; so is making one."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, work, year, parent)
        look = self.look
        card = Card(look, self.tr("Sao lưu"), self.tr("tệp sổ và tệp khóa, đã mở thử"))
        self.age = IconText(look, "hourglass", self.tr("Đang đọc bản gần nhất…"), "ink2",
                            Role.STRONG)  # fmt: skip
        row = QHBoxLayout()
        row.addWidget(self.age)
        row.addStretch(1)
        self.make_button = primary(look, self.tr("Sao lưu ngay"), self.make, "drive")
        row.addWidget(self.make_button)
        card.body.addLayout(row)
        place = QHBoxLayout()
        place.setSpacing(10)
        place.addWidget(Label(look, self.tr("Vào thư mục"), Role.BODY, "ink3"))
        self.folder = ElidedLabel(look, "", Role.VALUE)
        place.addWidget(self.folder, 1)
        self.choose_button = secondary(look, self.tr("Chọn thư mục…"), self._ask_folder, "folder")
        place.addWidget(self.choose_button)
        card.body.addLayout(place)
        place = QHBoxLayout()
        place.setSpacing(10)
        place.addWidget(Label(look, self.tr("Nơi thứ hai"), Role.BODY, "ink3"))
        self.second = ElidedLabel(look, "", Role.VALUE)
        place.addWidget(self.second, 1)
        self.no_second_button = link(
            look, self.tr("Thôi dùng"), lambda: self.choose_second(None), "close"
        )
        place.addWidget(self.no_second_button)
        self.second_button = secondary(
            look, self.tr("Chọn nơi thứ hai…"), self._ask_second, "folder"
        )
        place.addWidget(self.second_button)
        card.body.addLayout(place)
        self.refusal = Label(look, "", Role.VALUE, "red", wrap=True)
        self.refusal.hide()
        card.body.addWidget(self.refusal)
        note = self.tr(
            "Để bản sao trên ổ cắm ngoài, cất ngoài phòng máy. Mỗi bản được mở lại và kiểm tra "
            "trước khi tính là xong; khi đóng chương trình, sổ có thay đổi cũng được sao lưu. Bản "
            "cũ được tỉa dần: giữ đủ ba ngày, rồi mỗi ngày một bản, sau hai tháng mỗi tháng một "
            "bản. Bản ở nơi thứ hai chỉ hiệu trưởng, văn thư và mã khôi phục mở được."
        )
        card.body.addWidget(Label(look, note, Role.CAPTION, "ink3", wrap=True))
        across = QHBoxLayout()
        across.setSpacing(CARD_GAP)
        left = QVBoxLayout()
        left.setSpacing(CARD_GAP)
        left.addWidget(card)
        across.addLayout(left, 1)
        self.safety = SafetyCards(self)
        self.safety.setFixedWidth(_SIDE)
        across.addWidget(self.safety)
        self.column.addLayout(across, 1)
        history = Card(look, self.tr("Các lần sao lưu"), flush=True)
        self.none = Label(look, self.tr("Chưa sao lưu lần nào."), Role.BODY, "ink2")
        self.none.setContentsMargins(15, 0, 15, 0)
        history.body.addWidget(self.none)
        self.model: RecordModel[TrailLine] = RecordModel(
            [
                Column(self.tr("Lúc"), lambda x: f"{x.at:%H:%M %d/%m/%Y}"),
                Column(self.tr("Ai làm"), lambda x: x.who, tone=lambda _x: "ink2"),
                Column(self.tr("Nội dung"), lambda x: x.sentence, tip=lambda x: x.sentence),
            ],
            self,
        )
        self.table = TableView(look, self.tr("Các lần sao lưu"), row_height=29)
        self.table.setModel(self.model)
        self.table.set_widths({0: 140, 1: 180})
        history.body.addWidget(self.table, 1)
        history.body.addStretch(0)
        left.addWidget(history, 1)

    def refresh(self) -> None:
        """Folder and history now; the age when the newest copy has been read."""
        actor = self.work.session.actor
        may = actor.has(*BACKERS)
        self.make_button.setVisible(may)
        self.choose_button.setVisible(may)
        self.folder.setText(str(self.work.backups.folder()))
        second = self.work.backups.second_folder()
        self.second.setText(str(second) if second else self.tr("chưa chọn; nên là một ổ khác"))
        self.second_button.setVisible(may)
        self.no_second_button.setVisible(may and second is not None)
        lines = self.context.commands.ask(
            lambda: self.work.trail.lines(actor, TrailFilter(kind=_MADE), newest=_SHOWN)
        )
        self.model.set_records(lines or ())
        self.none.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.safety.refresh()
        self._ask_age()

    def make(self) -> None:
        """Sao lưu ngay, with progress and Hủy."""
        self.refusal.hide()
        actor = self.work.session.actor

        def work(progress: Progress) -> CommandResult:
            return self.work.backups.make_now(actor, progress)

        def failed(error: Exception) -> None:
            if isinstance(error, AppError):
                self._refuse(error)
            else:
                self.context.jobs.report_unexpected(error)

        def succeeded(result: CommandResult) -> None:
            self.done(result)
            self.context.frame.toast(result.summary, "green")

        run_with_progress(
            self.context.jobs, self.look, self, self.tr("Đang sao lưu sổ"), work,
            lane=Lane.DATABASE, on_success=succeeded, on_failure=failed,
        )  # fmt: skip

    def choose_folder(self, folder: Path) -> bool:
        """Copies go there from now on; a refusal is said in the card."""
        self.refusal.hide()
        try:
            result = self.work.backups.choose_folder(self.work.session.actor, folder)
        except AppError as error:
            self._refuse(error)
            return False
        self.done(result)
        return True

    def choose_second(self, folder: Path | None) -> bool:
        """Every backup also goes there, with reduced keys; None gives it up."""
        self.refusal.hide()
        try:
            result = self.work.backups.choose_second_folder(self.work.session.actor, folder)
        except AppError as error:
            self._refuse(error)
            return False
        self.done(result)
        return True

    def _ask_second(self) -> None:
        start = str(self.work.backups.second_folder() or self.work.backups.folder())
        choose_folder(self, self.tr("Chọn nơi sao lưu thứ hai"), self.choose_second, start)

    def _refuse(self, error: AppError) -> None:
        self.refusal.setText(error.sentence)
        self.refusal.show()

    def _ask_folder(self) -> None:
        start = str(self.work.backups.folder())
        choose_folder(self, self.tr("Chọn thư mục sao lưu"), self.choose_folder, start)

    def _ask_age(self) -> None:
        def known(age: BackupAge) -> None:
            icon, tone = _LAMPS[age.lamp]
            self.age.set_state(icon, age.words, tone)

        self.context.jobs.submit(
            lambda progress: self.work.backups.age(),
            owner=self,
            lane=Lane.FILES,
            on_success=known,
            on_failure=self.context.commands.fail,
            quiet=True,
        )
