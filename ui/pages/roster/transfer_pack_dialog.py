"""Gói chuyển trường on screen: the printed results, and the data file beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.paper_dialog import PaperDialog
from ui.jobs.job_runner import Lane

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.services.print_keeping import Printed
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext


class TransferPackDialog(PaperDialog):
    """A paper to sign, and an Excel file the receiving school can read."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        outlets: PaperOutlets,
        printed: Printed,
        parent: QWidget,
    ) -> None:
        title = parent.tr("Gói chuyển trường")
        line = parent.tr(
            "In ra, hiệu trưởng ký và đóng dấu; lưu tệp dữ liệu vào USB của phụ huynh cùng bản in."
        )
        stem = "goi-chuyen-truong"
        super().__init__(
            context, work, outlets, printed.run, printed.pdf.content, title, line, stem, parent
        )
        self._run_id = printed.run.id
        self.data_button = self.add_foot_link(self.tr("Lưu tệp dữ liệu…"), self.save_data, "excel")

    def save_data(self) -> None:
        """Write the workbook kept with the run where the person chooses."""
        content = self._work.transfer_packs.data(self._run_id)
        name = self._name.replace(".pdf", ".xlsx")

        def chosen(path: Path) -> None:
            said = self.tr("Đã lưu {name} vào {folder}.")
            self._context.jobs.submit(
                lambda _progress: self._work.tables.save(path, content),
                owner=self,
                lane=Lane.FILES,
                on_success=lambda _none: self.say(
                    said.format(name=path.name, folder=path.parent), "green"
                ),
                on_failure=self._failed,
            )

        self._outlets.choose_file(self, name, chosen)
