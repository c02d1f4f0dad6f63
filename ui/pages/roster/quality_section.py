"""Chất lượng dữ liệu: what is not đúng, đủ, sạch, sống, one click from its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.readmodels.data_quality import Finding, Quality, QualityReport
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from ui.theme.look import Look

ONE_CLASS, WHOLE = "class", "whole"
_ALL = "all"
_LOOKS = {
    Quality.VALID: ("warning", "red"),
    Quality.COMPLETE: ("ring-empty", "amber"),
    Quality.CLEAN: ("not-equal", "red"),
    Quality.LIVE: ("clock", "amber"),
}


class QualitySection(QWidget):
    """`opened(finding)` wants the field; `scope_chosen`, `export_asked` follow the person."""

    opened = Signal(object)
    scope_chosen = Signal(str)
    export_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.report: QualityReport | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 10, 1, 8)
        outer.addWidget(card)
        row = QHBoxLayout()
        row.setContentsMargins(15, 0, 15, 0)
        row.setSpacing(14)
        self.scope = Segmented(
            look,
            [(ONE_CLASS, self.tr("Lớp này")), (WHOLE, self.tr("Các lớp"))],
            self.tr("Phạm vi"),
        )
        self.scope.chosen.connect(self.scope_chosen)
        row.addWidget(self.scope)
        self.groups = Segmented(
            look,
            [(_ALL, self.tr("Tất cả")), *((one.value, one.lack) for one in Quality)],
            self.tr("Lọc theo nhóm"),
        )
        self.groups.chosen.connect(lambda _key: self._filter())
        row.addWidget(self.groups)
        row.addStretch(1)
        self.open_button = secondary(look, self.tr("Mở đúng mục"), self._open, "pencil")
        self.export_button = secondary(
            look, self.tr("Lưu ra Excel"), self.export_asked.emit, "excel"
        )
        row.addWidget(self.open_button)
        row.addWidget(self.export_button)
        card.body.addLayout(row)
        self.summary = Label(look, "", Role.BODY, "ink2", wrap=True)
        self.summary.setContentsMargins(15, 0, 15, 0)
        card.body.addWidget(self.summary)
        self.model: RecordModel[Finding] = RecordModel(
            [
                Column(self.tr("Lớp"), lambda x: x.class_name),
                Column(self.tr("STT"), lambda x: str(x.position), number=True,
                       tone=lambda _x: "ink3"),
                Column(self.tr("Họ và tên"), lambda x: x.name, role=Role.VALUE,
                       tip=lambda x: x.name),
                Column(self.tr("Nhóm"), lambda x: x.quality.lack,
                       icon=lambda x: _LOOKS[x.quality][0], tone=lambda x: _LOOKS[x.quality][1]),
                Column(self.tr("Mục"), lambda x: x.title),
                Column(self.tr("Vấn đề"), lambda x: x.sentence, tip=lambda x: x.sentence),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Vấn đề của dữ liệu"), row_height=29)
        self.table.setModel(self.model)
        self.table.set_widths({0: 64, 1: 54, 2: 210, 3: 124, 4: 200})
        self.table.activated.connect(lambda _index: self._open())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_choice())
        card.body.addWidget(self.table, 1)
        self._on_choice()

    def show_report(self, report: QualityReport, *, scope: str) -> None:
        """Counts and findings of one class or of all."""
        self.report = report
        self.scope.set_current(scope)
        self.groups.set_words(_ALL, self.tr("Tất cả {n}").format(n=len(report.findings)))
        for one in Quality:
            self.groups.set_words(one.value, f"{one.lack} {report.count(one)}")
        pupils = sum(row.pupils for row in report.classes)
        words = self.tr(
            "{n} học sinh: {complete} em đủ hồ sơ, {verified} em đã xác thực định danh. Trùng lặp "
            "được tìm trong cả năm học."
        ).format(
            n=pupils,
            complete=sum(row.complete for row in report.classes),
            verified=sum(row.verified for row in report.classes),
        )
        if not report.findings and pupils:
            words += " " + self.tr("Không thấy vấn đề nào.")
        self.summary.setText(words)
        self.export_button.setEnabled(bool(pupils))
        self._filter()

    def _filter(self) -> None:
        if self.report is None:
            return
        wanted = self.groups.current()
        self.model.set_records(
            [one for one in self.report.findings if wanted in (_ALL, one.quality.value)]
        )
        self._on_choice()

    def _on_choice(self) -> None:
        self.open_button.setEnabled(bool(self.table.selectionModel().selectedRows()))

    def _open(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self.opened.emit(self.model.record(rows[0].row()))
