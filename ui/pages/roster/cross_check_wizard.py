"""Đối chiếu danh sách: pick a file, map its columns, read the differences; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.importing.header_finder import meaning_label
from app.importing.roster import analyse_roster
from app.readmodels.cross_check import CheckedCell, Difference
from app.services.data_exports import ExportNote
from ui.dialogs.file_dialogs import save_file
from ui.dialogs.step_wizard import page_with_column
from ui.pages.importing.column_table import ColumnTable
from ui.pages.importing.wizard import ImportWizard, sheet_picker
from ui.pages.roster.import_flow import MEANINGS, RosterImportFlow
from ui.theme.typography import Role
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from app.importing.tables import RawSheet
    from app.readmodels.cross_check import CrossCheck
    from app.readmodels.roster import RosterView
    from app.workspace import Workspace
    from ui.navigation import PageContext

_ALL = "all"
_ICONS = {
    Difference.DIFFERS: ("not-equal", "red"),
    Difference.BLANK_THERE: ("dash", "ink3"),
    Difference.BLANK_HERE: ("warning", "amber"),
    Difference.ONLY_THERE: ("plus", "amber"),
    Difference.ONLY_HERE: ("minus", "amber"),
    Difference.ELSEWHERE: ("move", "amber"),
    Difference.UNREADABLE: ("warning", "red"),
}


class CrossCheckWizard(ImportWizard):
    """The frame of an import whose last button only saves the differences."""

    writes: ClassVar[bool] = False

    def __init__(
        self, context: PageContext, work: Workspace, view: RosterView, parent: QWidget
    ) -> None:
        self._flow = RosterImportFlow(work, view)
        self._view = view
        self.found: CrossCheck | None = None
        super().__init__(
            context,
            work,
            parent.tr("Đối chiếu danh sách"),
            parent.tr("lớp {name}, không ghi gì vào sổ").format(name=view.class_name),
            (parent.tr("Chọn tệp"), parent.tr("Ghép cột"), parent.tr("Khác biệt")),
            parent,
        )
        self.stack.addWidget(self._column_page())
        self.stack.addWidget(self._result_page())

    def file_lead(self) -> str:
        """What the file should hold."""
        return self.tr(
            "Chọn danh sách khác của lớp {name}: tệp tải từ cơ sở dữ liệu ngành, danh sách tuyển "
            "sinh hay danh sách năm trước. Họ tên, ngày sinh, giới tính và hai mã được so từng ô."
        ).format(name=self._view.class_name)

    def sheets_read(self, sheets: list[RawSheet]) -> None:
        """Pick the sheet, guess the columns."""
        if self.path is not None:
            self._flow.take(sheets, self.path)
        self._show_columns()

    def leave(self, step: int) -> None:
        """Compare after the mapping."""
        if step != 1 or self._flow.mapping is None:
            return
        context = self.work.roster_import.context(self._view.class_id)
        draft = analyse_roster(self._flow.sheet, self._flow.mapping, context)
        self.found = self.work.cross_checks.compare(
            self.work.session.actor,
            self._view.class_id,
            draft,
            source=self._flow.path.name,
        )
        self._show_result()

    def finish(self) -> None:
        """Save the differences where the person says."""
        start = self._flow.path.with_name(f"{self._flow.path.stem} - khác biệt.xlsx")
        filters = self.tr("Bảng tính Excel (*.xlsx)")
        save_file(self, self.tr("Lưu bảng khác biệt"), filters, self.save_to, str(start))

    def save_to(self, path: Path) -> None:
        """Write the differences; a refusal is said in the dialog."""
        found = self.found
        actor, exports = self.work.session.actor, self.work.exports
        note = ExportNote(
            self.tr("Bảng khác biệt danh sách"), confidential=True, class_id=self._view.class_id
        )
        if found is None or not self.attempt(
            lambda: exports.save(actor, path, self.work.cross_checks.workbook(found), note)
        ):
            return
        self.context.frame.toast(self.tr("Đã lưu {name}").format(name=path.name), "green")

    def action_words(self, step: int) -> str:
        """What the filled button says."""
        if step == 1:
            return self.tr("So với lớp {name}").format(name=self._view.class_name)
        if step == 2:
            return self.tr("Lưu bảng khác biệt")
        return super().action_words(step)

    def may_go_on(self, step: int) -> bool:
        """Nothing to save without a difference."""
        if step == 2:
            return self.found is not None and bool(self.found.cells)
        return super().may_go_on(step)

    def _column_page(self) -> QWidget:
        page, column = page_with_column()
        bar, self.sheet_combo = sheet_picker(self, self._on_sheet)
        column.addWidget(bar)
        lead = self.tr("Chương trình đã đoán mỗi cột là gì; hãy xem lại và đổi nếu chưa đúng.")
        column.addWidget(Label(self.look, lead, Role.BODY, "ink2", wrap=True))
        self.columns = ColumnTable(self.look)
        self.columns.changed.connect(self._on_meaning)
        column.addWidget(self.columns, 1)
        return page

    def _result_page(self) -> QWidget:
        page, column = page_with_column()
        self.summary = Label(self.look, "", Role.VALUE, wrap=True)
        column.addWidget(self.summary)
        row = QHBoxLayout()
        self.kinds = Segmented(
            self.look,
            [(_ALL, self.tr("Tất cả")), *((kind.value, kind.label) for kind in Difference)],
            self.tr("Lọc theo khác biệt"),
        )
        self.kinds.chosen.connect(lambda _key: self._filter())
        row.addWidget(self.kinds)
        row.addStretch(1)
        column.addLayout(row)
        self.model: RecordModel[CheckedCell] = RecordModel(
            [
                Column(self.tr("Dòng"), lambda x: str(x.row or "–"), number=True),
                Column(self.tr("Họ và tên"), lambda x: x.name, role=Role.VALUE,
                       tip=lambda x: x.name),
                Column(self.tr("Khác gì"), lambda x: x.kind.label,
                       icon=lambda x: _ICONS[x.kind][0], tone=lambda x: _ICONS[x.kind][1]),
                Column(self.tr("Mục"), lambda x: x.title),
                Column(self.tr("Trong sổ"), lambda x: x.here, tip=lambda x: x.here),
                Column(self.tr("Trong tệp"), lambda x: x.there, tip=lambda x: x.there),
                Column(self.tr("Ghi chú"), lambda x: x.note, tone=lambda x: "ink2",
                       tip=lambda x: x.note),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(self.look, self.tr("Khác biệt giữa tệp và sổ"))
        self.table.setModel(self.model)
        self.table.set_widths({0: 62, 1: 158, 2: 146, 3: 142, 4: 128, 5: 128, 6: 100})
        column.addWidget(self.table, 1)
        return page

    def _show_result(self) -> None:
        found = self.found
        if found is None:
            return
        words = self.tr("So {n} học sinh theo {fields}: {same} em giống hệt, {cells} chỗ khác.")
        self.summary.setText(
            words.format(
                n=found.compared,
                fields=", ".join(name[:1].lower() + name[1:] for name in found.fields),
                same=found.same,
                cells=len(found.cells),
            )
        )
        self.kinds.set_words(_ALL, self.tr("Tất cả {n}").format(n=len(found.cells)))
        for kind in Difference:
            count = sum(cell.kind is kind for cell in found.cells)
            self.kinds.set_words(kind.value, f"{kind.label} {count}")
            self.kinds.set_shown(kind.value, shown=count > 0)
        self.kinds.set_current(_ALL)
        self._filter()

    def _filter(self) -> None:
        if self.found is None:
            return
        wanted = self.kinds.current()
        self.model.set_records([c for c in self.found.cells if wanted in (_ALL, c.kind.value)])
        self.refresh_buttons()

    def _show_columns(self) -> None:
        flow = self._flow
        sheets = [
            (at, self.tr("{name} ({n} dòng)").format(name=sheet.name, n=len(sheet.rows)))
            for at, sheet in enumerate(flow.sheets)
        ]
        self.sheet_combo.set_choices(sheets, flow.at)
        self.sheet_combo.set_current(flow.at)
        if flow.mapping is not None:
            choices = [(str(field), meaning_label(field)) for field in MEANINGS]
            self.columns.show_mapping(flow.sheet, flow.mapping, choices)

    def _on_sheet(self, at: object) -> None:
        self.attempt(lambda: self._flow.choose_sheet(int(str(at))))
        self._show_columns()

    def _on_meaning(self, column: int, meaning: str | None) -> None:
        self._flow.set_meaning(column, meaning)
        self._show_columns()
