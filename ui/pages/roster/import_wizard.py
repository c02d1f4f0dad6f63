"""Nhập danh sách từ Excel: chọn tệp, ghép cột, kiểm tra, so với lớp, nhận một lần."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.importing.header_finder import meaning_label
from ui.dialogs.file_dialogs import save_file
from ui.dialogs.step_wizard import page_with_column
from ui.pages.importing.column_table import ColumnTable
from ui.pages.importing.problem_list import ProblemList
from ui.pages.importing.wizard import ImportWizard, sheet_picker
from ui.pages.roster.import_flow import MEANINGS, DiffLine, Fate, RosterImportFlow
from ui.theme.typography import Role
from ui.widgets.check_table import CheckModel, CheckTable
from ui.widgets.labels import Label
from ui.widgets.record_model import Column
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from app.importing.tables import RawSheet
    from app.readmodels.roster import RosterView
    from app.workspace import Workspace
    from ui.navigation import PageContext

_TONES = {
    Fate.NEW: "green",
    Fate.CHANGED: "amber",
    Fate.RETURNED: "amber",
    Fate.SAME: "ink3",
    Fate.ELSEWHERE: "red",
    Fate.CONFLICT: "red",
    Fate.MISSING: "ink3",
}
_ICONS = {
    Fate.NEW: "plus",
    Fate.CHANGED: "pencil",
    Fate.RETURNED: "undo",
    Fate.SAME: "check",
    Fate.ELSEWHERE: "move",
    Fate.CONFLICT: "warning",
    Fate.MISSING: "dash",
}
_ALL = "all"


class RosterImportWizard(ImportWizard):
    """Nothing is written before the last button; it is one command with one trail entry."""

    def __init__(
        self, context: PageContext, work: Workspace, view: RosterView, parent: QWidget
    ) -> None:
        self.flow = RosterImportFlow(work, view)
        self._view = view
        super().__init__(
            context,
            work,
            parent.tr("Nhập danh sách từ Excel"),
            parent.tr("lớp {name}, năm học {year}").format(
                name=view.class_name, year=view.year_name.replace("-", "–")
            ),
            (
                parent.tr("Chọn tệp"),
                parent.tr("Ghép cột"),
                parent.tr("Kiểm tra"),
                parent.tr("Khác biệt, nhận"),
            ),
            parent,
        )
        self.stack.addWidget(self._column_page())
        self.problems = ProblemList(self.look)
        self.problems.save_requested.connect(self._ask_where)
        self.stack.addWidget(self.problems)
        self.stack.addWidget(self._diff_page())

    def file_lead(self) -> str:
        """What the file should hold."""
        return self.tr(
            "Chọn tệp danh sách của lớp {name}. Dòng tiêu đề (STT, Họ và tên, Ngày sinh, Mã định "
            "danh…) có thể nằm ở bất kỳ dòng nào trong 20 dòng đầu. Chưa có gì được ghi cho đến "
            "bước cuối."
        ).format(name=self._view.class_name)

    # --- the steps of the frame

    def sheets_read(self, sheets: list[RawSheet]) -> None:
        """Pick the sheet, guess the columns."""
        if self.path is not None:
            self.flow.take(sheets, self.path)
        self._show_columns()

    def leave(self, step: int) -> None:
        """Check after the mapping, compare after the check."""
        if step == 1:
            draft = self.flow.check()
            self.problems.show_problems(self.flow.problems, len(draft.bad_rows))
        elif step == 2:
            self.flow.compare()
            self._show_diff()

    def finish(self) -> None:
        """One command; the page hears of it through the bus."""
        result = self.flow.accept(self.diff_model.taken)
        self.context.commands.publish(result)
        self.context.frame.toast(result.summary, "green")
        self.accept()

    def action_words(self, step: int) -> str:
        """What the filled button says."""
        if step == 1:
            return self.tr("Kiểm tra các dòng")
        if step == 2:
            return self.tr("So với lớp {name}").format(name=self._view.class_name)
        if step == 3:
            return self.tr("Nhận {n} học sinh vào {name}").format(
                n=len(self.diff_model.taken), name=self._view.class_name
            )
        return super().action_words(step)

    def may_go_on(self, step: int) -> bool:
        """The last step needs a row."""
        return bool(self.diff_model.taken) if step == 3 else super().may_go_on(step)

    def save_bad_rows(self, path: Path) -> bool:
        """Write the refused rows to `path`; a refusal is said in the dialog."""
        saved = self.attempt(lambda: self.work.tables.save(path, self.flow.bad_rows_file()))
        if saved:
            self.context.frame.toast(
                self.tr("Đã lưu các dòng lỗi vào {name}").format(name=path.name), "green"
            )
        return saved

    # --- pages

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

    def _diff_page(self) -> QWidget:
        page, column = page_with_column()
        row = QHBoxLayout()
        self.fates = Segmented(
            self.look,
            [(_ALL, self.tr("Tất cả")), *((fate.value, "") for fate in Fate)],
            self.tr("Lọc theo khác biệt"),
        )
        self.fates.chosen.connect(lambda _key: self._filter())
        row.addWidget(self.fates)
        row.addStretch(1)
        column.addLayout(row)
        self._kept = Label(self.look, "", Role.CAPTION, "ink3", wrap=True)
        self.diff_model: CheckModel[DiffLine] = CheckModel(
            [
                Column(self.tr("Nhận"), lambda x: ""),
                Column(self.tr("Khác gì"), self._word, icon=lambda x: _ICONS[x.fate],
                       tone=lambda x: _TONES[x.fate]),
                Column(self.tr("Dòng"), lambda x: str(x.row or "–"), number=True),
                Column(self.tr("Họ và tên"), lambda x: x.name, role=Role.VALUE),
                Column(self.tr("Ngày sinh"), lambda x: x.born),
                Column(self.tr("Mã Bộ"), lambda x: x.code),
                Column(self.tr("Chi tiết"), lambda x: x.note, tone=lambda x: "ink2",
                       tip=lambda x: x.note),
            ],
            lambda x: x.row if x.can_take else None,
            self,
        )  # fmt: skip
        self.diff_model.toggled.connect(self.refresh_buttons)
        self.diff_table = CheckTable(self.look, self.tr("Khác biệt giữa tệp và lớp"))
        self.diff_table.setModel(self.diff_model)
        self.diff_table.set_widths({0: 56, 1: 116, 2: 54, 3: 188, 4: 106, 5: 108})
        column.addWidget(self.diff_table, 1)
        column.addWidget(self._kept)
        return page

    # --- inside

    def _show_columns(self) -> None:
        sheets = [
            (at, self.tr("{name} ({n} dòng)").format(name=sheet.name, n=len(sheet.rows)))
            for at, sheet in enumerate(self.flow.sheets)
        ]
        self.sheet_combo.set_choices(sheets, self.flow.at)
        self.sheet_combo.set_current(self.flow.at)
        if self.flow.mapping is not None:
            choices = [(str(field), meaning_label(field)) for field in MEANINGS]
            self.columns.show_mapping(self.flow.sheet, self.flow.mapping, choices)

    def _on_sheet(self, at: object) -> None:
        self.attempt(lambda: self.flow.choose_sheet(int(str(at))))
        self._show_columns()

    def _on_meaning(self, column: int, meaning: str | None) -> None:
        self.flow.set_meaning(column, meaning)
        self._show_columns()

    def _show_diff(self) -> None:
        lines = self.flow.lines()
        self.diff_model.taken = self.flow.default_rows()
        self.fates.set_words(_ALL, self.tr("Tất cả {n}").format(n=len(lines)))
        for fate in Fate:
            count = sum(line.fate is fate for line in lines)
            self.fates.set_words(fate.value, f"{self._fate_words(fate)} {count}")
            self.fates.set_shown(fate.value, shown=count > 0)
        missing = sum(line.fate is Fate.MISSING for line in lines)
        words = self.tr("Ô trống trong tệp không xóa gì đã có trong sổ.")
        if missing:
            words += " " + self.tr(
                "{n} em có trong lớp mà tệp không nhắc đến vẫn giữ nguyên; em nào rời lớp thì ghi "
                "ở Danh sách lớp."
            ).format(n=missing)
        self._kept.setText(words)
        self.fates.set_current(_ALL)
        self._filter()

    def _filter(self) -> None:
        wanted = self.fates.current()
        lines = self.flow.lines()
        self.diff_model.set_records([line for line in lines if wanted in (_ALL, line.fate.value)])
        self.refresh_buttons()

    def _fate_words(self, fate: Fate) -> str:
        return {
            Fate.NEW: self.tr("Mới"),
            Fate.CHANGED: self.tr("Đổi"),
            Fate.RETURNED: self.tr("Trở lại"),
            Fate.SAME: self.tr("Giống"),
            Fate.ELSEWHERE: self.tr("Lớp khác"),
            Fate.CONFLICT: self.tr("Mâu thuẫn"),
            Fate.MISSING: self.tr("Không có trong tệp"),
        }[fate]

    def _word(self, line: DiffLine) -> str:
        if line.fate is Fate.MISSING:
            return self.tr("Giữ nguyên")
        return self._fate_words(line.fate)

    def _ask_where(self) -> None:
        start = self.flow.path.with_name(f"{self.flow.path.stem} - dòng lỗi.xlsx")
        filters = self.tr("Bảng tính Excel (*.xlsx)")
        save_file(self, self.tr("Lưu các dòng lỗi"), filters, self.save_bad_rows, str(start))
