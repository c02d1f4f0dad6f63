"""Điểm khác nhật ký: marks that somebody changed behind the program, with an Excel of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.entry_dialog import EntryDialog
from ui.dialogs.save_table import save_tables
from ui.jobs.job_runner import Lane
from ui.theme.typography import Role
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.untold_marks import UntoldMark
    from app.workspace import Workspace
    from ui.dialogs.save_table import TableOutlet
    from ui.navigation import PageContext

_ROW = 44


class UntoldDialog(EntryDialog):
    """Reads every class as a job when it opens."""

    def __init__(
        self, context: PageContext, work: Workspace, outlet: TableOutlet, parent: QWidget
    ) -> None:
        look = context.look
        title = parent.tr("Điểm khác nhật ký")
        super().__init__(look, title, icon="search", parent=parent, width=860, height=560)
        self._context, self._work, self._outlet = context, work, outlet
        self._found: tuple[UntoldMark, ...] = ()
        lead = self.tr(
            "Mọi ô điểm được so với lần ghi cuối của ô ấy trong nhật ký. Ô nào khác là đã bị sửa "
            "ngoài chương trình, không qua hồ sơ sửa điểm."
        )
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        self.state = IconText(look, "hourglass", self.tr("Đang so…"), "ink2", Role.VALUE)
        self.body.addWidget(self.state)
        self.model: RecordModel[UntoldMark] = RecordModel(
            [
                Column(self.tr("Học sinh"), lambda m: m.pupil, role=Role.VALUE,
                       second=lambda m: f"{m.class_name}, {m.year.replace('-', '–')}",
                       tip=lambda m: m.pupil),
                Column(self.tr("Môn, cột"), lambda m: m.subject, second=lambda m: m.column,
                       tip=lambda m: m.subject),
                Column(self.tr("Đang lưu"), lambda m: m.stored or "–", role=Role.STRONG,
                       tone=lambda _m: "red"),
                Column(self.tr("Nhật ký ghi"), lambda m: m.told or "–",
                       second=lambda m: m.last, tip=lambda m: m.last),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, title, row_height=_ROW)
        self.table.setModel(self.model)
        self.table.set_widths({0: 220, 1: 190, 2: 90})
        self.table.hide()
        self.body.addWidget(self.table, 1)
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Đóng"), self.reject)
        self.save_button = self.add_button(
            self.tr("Xuất Excel…"), self._save, kind="secondary", icon="download"
        )
        self.save_button.hide()
        self.finished.connect(self.deleteLater)
        actor = work.session.actor
        context.jobs.submit(
            lambda progress: work.untold.all(actor, progress),
            owner=self,
            lane=Lane.FILES,
            on_success=self._show,
            on_failure=context.commands.fail,
            on_progress=lambda done, total, note: self.state.set_state(
                "hourglass", f"{note} {done}/{total}", "ink2"
            ),
            quiet=True,
        )

    def _show(self, found: tuple[UntoldMark, ...]) -> None:
        self._found = found
        self.model.set_records(found)
        self.table.setVisible(bool(found))
        self.save_button.setVisible(bool(found))
        if found:
            words = self.tr("{n} ô điểm khác nhật ký. Giữ nguyên tệp, báo hiệu trưởng.")
            self.state.set_state("warning", words.format(n=len(found)), "red")
        else:
            words = self.tr("Mọi ô điểm đều đúng như nhật ký ghi.")
            self.state.set_state("check-disc", words, "green")

    def _save(self) -> None:
        save_tables(
            self._context,
            self._work,
            self._outlet,
            self,
            "diem-khac-nhat-ky.xlsx",
            [self._work.untold.table(self._found)],
            self.tr("Điểm khác nhật ký"),
        )
