"""Nhập bảng điểm từ Excel: tệp, cột, kiểm tra, khác biệt từng ô, một lệnh ghi duy nhất."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.periods import Period, Term, entry_term
from app.domain.subjects import column_title
from app.errors import RuleRefused, StaleData
from app.readmodels.mark_sheet_port import GUARDED_CELLS
from ui.dialogs.confirm_dialog import confirm
from ui.dialogs.file_dialogs import save_file
from ui.dialogs.step_wizard import page_with_column
from ui.pages.importing.column_table import ColumnTable
from ui.pages.importing.problem_list import ProblemList
from ui.pages.importing.wizard import ImportWizard, sheet_picker
from ui.pages.marks_import.blank_form import ask_form
from ui.pages.marks_import.flow import CellDiff, Fate, MarksImportFlow, PupilDiff
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.check_table import CheckModel, CheckTable
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column

if TYPE_CHECKING:
    from app.importing.tables import RawSheet
    from app.readmodels.mark_sheet import CellKey, SheetId
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.marks.page import MarksPage

_TONES = {Fate.NEW: "green", Fate.REPLACED: "amber", Fate.SAME: "ink3", Fate.LOCKED: "red"}
_ICONS = {Fate.LOCKED: "lock-closed"}


class MarksImportDialog(ImportWizard):
    """Writes through the page's grid, so that one Ctrl+Z takes the whole import back."""

    def __init__(
        self, context: PageContext, work: Workspace, sheet: SheetId, page: MarksPage
    ) -> None:
        grid = page.grid
        if grid is None:
            raise LookupError("no sheet is open")
        self._grid = grid
        view = grid.model.sheet
        shown = grid.model.section
        term = shown.term or view.current_term or Term.HK1
        if view.kind.is_primary and not isinstance(term, Period):
            term = Period.GK1
        roster = work.rosters.view(work.session.actor, sheet.class_id)
        self.flow = MarksImportFlow(lambda: grid.model.sheet, grid.model.view_of, roster, term)
        self._doubt_answered: str | None = None
        super().__init__(
            context,
            work,
            page.tr("Nhập đánh giá từ Excel")
            if view.kind.is_primary
            else page.tr("Nhập bảng điểm từ Excel"),
            f"{view.subject_name}, {page.tr('lớp')} {view.class_name}",
            (page.tr("Chọn tệp"), page.tr("Ghép cột"), page.tr("Kiểm tra"),
             page.tr("Khác biệt, ghi")),
            page,
        )  # fmt: skip
        self.stack.addWidget(self._column_page())
        self.problems = ProblemList(self.look)
        self.problems.save_requested.connect(self._ask_where)
        self.stack.addWidget(self.problems)
        self.stack.addWidget(self._diff_page())

    def file_lead(self) -> str:
        """What the file should hold."""
        view = self.flow.view
        if self.flow.is_primary:
            return self.tr(
                "Chọn bảng đánh giá {subject} của lớp {name}. Tên lớp, môn, kỳ ghi trong tệp phải "
                "khớp với sổ đang mở; học sinh được nhận ra bằng mã, rồi họ tên và ngày sinh. Tệp "
                "có nhiều môn thì chỉ cột của môn này được đọc. Chưa có gì được ghi cho đến bước "
                "cuối."
            ).format(subject=view.subject_name, name=view.class_name)
        return self.tr(
            "Chọn bảng điểm {subject} của lớp {name}. Tên lớp, môn, học kì ghi trong tệp phải khớp "
            "với sổ đang mở; học sinh được nhận ra bằng mã, rồi họ tên và ngày sinh. Chưa có gì "
            "được ghi cho đến bước cuối."
        ).format(subject=view.subject_name, name=view.class_name)

    def file_help(self) -> QWidget:
        """A link to the empty table, for who has no file yet."""
        return link(self.look, self.tr("Lưu tệp mẫu để điền…"), lambda: ask_form(self, self.flow))

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
            self._refuse_nothing()
            self._show_diff()

    def finish(self) -> None:
        """Ask the wrong-column guard first; then one command through the grid."""
        edits = self.edits()
        doubt = self._grid.gestures.doubt(edits) if len(edits) >= GUARDED_CELLS else None
        if doubt is not None and doubt != self._doubt_answered:
            self._ask_guard(doubt)
            return
        try:
            count = self._grid.gestures.import_cells(edits)
        except StaleData:
            # The grid is read again; the person looks at the new differences before writing.
            self._grid.load()
            self._show_diff()
            raise
        self.context.frame.toast(
            self.tr("Đã nhập {n} ô từ {name}; Ctrl+Z để lấy lại").format(
                n=count, name=self.flow.path.name
            ),
            "green",
        )
        self.accept()
        # Ctrl+Z, as the sentence says, and on with typing.
        self._grid.setFocus()

    def edits(self) -> dict[CellKey, str]:
        """What the last button would write."""
        return self.flow.edits(
            self.diff_model.taken,
            replace=self.replace_box.isChecked(),
            remarks=self.remark_box.isChecked(),
        )

    def action_words(self, step: int) -> str:
        """What the filled button says."""
        if step == 1:
            return self.tr("Kiểm tra các dòng")
        if step == 2:
            return self.tr("So với sổ điểm")
        if step == 3:
            return self.tr("Ghi {n} ô vào sổ").format(n=len(self.edits()))
        return super().action_words(step)

    def may_go_on(self, step: int) -> bool:
        """The last step needs a cell."""
        return bool(self.edits()) if step == 3 else super().may_go_on(step)

    def save_bad_rows(self, path: Path) -> bool:
        """Write the refused rows to `path`; a refusal is said in the dialog."""
        draft, mapping = self.flow.draft, self.flow.mapping
        if draft is None or mapping is None:
            return False
        saved = self.attempt(
            lambda: self.work.tables.save(
                path,
                self.work.tables.bad_rows(
                    self.flow.sheet, mapping.header, draft.bad_rows, draft.reasons
                ),
            )
        )
        if saved:
            self.context.frame.toast(
                self.tr("Đã lưu các dòng lỗi vào {name}").format(name=path.name), "green"
            )
        return saved

    # --- pages

    def _column_page(self) -> QWidget:
        page, column = page_with_column()
        bar, self.sheet_combo = sheet_picker(self, self._on_sheet)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(bar)
        words = Label(self.look, self.tr("Ghi vào"), Role.BODY, "ink3")
        terms = [(term, term.label) for term in self.flow.terms]
        self.term_combo = Combo(self.look, self.tr("Ghi vào học kì, kỳ đánh giá"), terms)
        self.term_combo.set_current(self.flow.term)
        self.term_combo.picked.connect(self._on_term)
        words.setBuddy(self.term_combo)
        row.addWidget(words)
        row.addWidget(self.term_combo)
        row.addStretch(1)
        column.addLayout(row)
        self.columns = ColumnTable(self.look)
        self.columns.changed.connect(self._on_meaning)
        column.addWidget(self.columns, 1)
        return page

    def _diff_page(self) -> QWidget:
        page, column = page_with_column()
        look = self.look
        counts = QHBoxLayout()
        counts.setSpacing(18)
        self._counts = {
            Fate.NEW: IconText(look, "plus", "", "green", Role.VALUE),
            Fate.REPLACED: IconText(look, "pencil", "", "amber", Role.VALUE),
            Fate.LOCKED: IconText(look, "lock-closed", "", "red", Role.VALUE),
            Fate.SAME: IconText(look, "check", "", "ink2", Role.BODY),
        }
        for label in self._counts.values():
            counts.addWidget(label)
        counts.addStretch(1)
        column.addLayout(counts)
        boxes = QHBoxLayout()
        boxes.setSpacing(24)
        self.replace_box = CheckBox(look, "")
        self.remark_box = CheckBox(look, "")
        self.remark_box.setChecked(True)
        self.replace_box.toggled.connect(lambda _on: self._options_changed())
        self.remark_box.toggled.connect(lambda _on: self._options_changed())
        boxes.addWidget(self.replace_box)
        boxes.addWidget(self.remark_box)
        boxes.addStretch(1)
        column.addLayout(boxes)
        self.diff_model: CheckModel[PupilDiff] = CheckModel([], self._row_key, self)
        self.diff_table = CheckTable(look, self.tr("Khác biệt giữa tệp và sổ"))
        self.diff_table.setModel(self.diff_model)
        column.addWidget(self.diff_table, 1)
        self._notes = Label(look, "", Role.CAPTION, "ink3", wrap=True)
        column.addWidget(self._notes)
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
            choices = [(str(m), self.flow.meaning_label(m)) for m in self.flow.meanings()]
            self.columns.show_mapping(self.flow.sheet, self.flow.mapping, choices)

    def _on_sheet(self, at: object) -> None:
        self.attempt(lambda: self.flow.choose_sheet(int(str(at))))
        self._show_columns()

    def _on_term(self, term: object) -> None:
        self.flow.choose_term(entry_term(str(term)))
        self.say("")
        self._show_columns()

    def _on_meaning(self, column: int, meaning: str | None) -> None:
        self.flow.set_meaning(column, meaning)
        self._show_columns()

    def _refuse_nothing(self) -> None:
        draft = self.flow.draft
        if draft is not None and not draft.cells and not draft.remarks:
            raise RuleRefused(
                "nothing_to_import",
                self.tr(
                    "Tệp không có điểm nào nhận được cho lớp này; hãy xem các dòng lỗi ở trên, sửa "
                    "tệp rồi nhập lại."
                ),
            )

    def _show_diff(self) -> None:
        every = self.flow.lines()
        marks = [c for line in every for c in line.cells.values() if not _is_remark(c)]
        remarks = [c for line in every for c in line.cells.values() if _is_remark(c)]
        words = {
            Fate.NEW: self.tr("{n} giá trị vào ô trống")
            if self.flow.is_primary
            else self.tr("{n} điểm vào ô trống"),
            Fate.REPLACED: self.tr("{n} ô đang có giá trị khác")
            if self.flow.is_primary
            else self.tr("{n} ô đang có điểm khác"),
            Fate.LOCKED: self.tr("{n} ô khóa, không ghi"),
            Fate.SAME: self.tr("{n} ô giống"),
        }
        for fate, label in self._counts.items():
            count = sum(cell.fate is fate for cell in marks)
            icon = {Fate.NEW: "plus", Fate.REPLACED: "pencil", Fate.SAME: "check"}.get(
                fate, "lock-closed"
            )
            label.set_state(icon, words[fate].format(n=count), _TONES[fate])
            label.setVisible(count > 0)
        replaced = sum(cell.fate is Fate.REPLACED for cell in (*marks, *remarks))
        self.replace_box.setText(self.tr("Thay cả {n} ô đang có nội dung khác").format(n=replaced))
        self.replace_box.setVisible(replaced > 0)
        taken = sum(c.fate in (Fate.NEW, Fate.REPLACED) for c in remarks)
        self.remark_box.setText(self.tr("Nhận cả {n} lời nhận xét").format(n=taken))
        self.remark_box.setVisible(taken > 0)
        self._show_rows()
        self.diff_model.taken = {
            int(line.pupil_id) for line in every if self._row_key(line) is not None
        }
        self._notes.setText(self._note_words(every))
        self.refresh_buttons()

    def _show_rows(self) -> None:
        codes = [c for c in self.flow.codes if self.flow.draft and c in self.flow.draft.columns]
        columns: list[Column[PupilDiff]] = [
            Column(self.tr("Nhận"), lambda _x: ""),
            Column(self.tr("STT"), lambda x: str(x.position), number=True,
                   tone=lambda _x: "ink3"),
            Column(self.tr("Họ và tên"), lambda x: x.name, role=Role.VALUE,
                   tone=lambda x: "ink" if x.named else "ink3"),
        ]  # fmt: skip
        columns.extend(self._mark_column(code) for code in codes)
        columns.append(
            Column(self.tr("Nhận xét"), lambda x: self._remark(x), tone=lambda _x: "ink2",
                   tip=lambda x: self._remark(x))
        )  # fmt: skip
        model: CheckModel[PupilDiff] = CheckModel(columns, self._row_key, self)
        model.taken = self.diff_model.taken
        model.set_records(self.flow.lines())
        model.toggled.connect(self.refresh_buttons)
        former, self.diff_model = self.diff_model, model
        self.diff_table.setModel(model)
        former.deleteLater()
        widths = {0: 56, 1: 46, 2: 176}
        each = 94 if len(codes) < 6 else 86
        widths |= {3 + at: each for at in range(len(codes))}
        self.diff_table.set_widths(widths)

    def _mark_column(self, code: str) -> Column[PupilDiff]:
        key = f"{self.flow.term}.{code}"

        def cell(line: PupilDiff) -> CellDiff | None:
            return line.cells.get(key)

        def tone(line: PupilDiff) -> str:
            found = cell(line)
            return _TONES[found.fate] if found else "ink3"

        def icon(line: PupilDiff) -> str:
            found = cell(line)
            return _ICONS.get(found.fate, "") if found else ""

        return Column(
            column_title(code), lambda x: _shown(cell(x)), number=True, tone=tone, icon=icon
        )

    def _remark(self, line: PupilDiff) -> str:
        found = line.cells.get(f"{self.flow.term}.comment")
        if not line.named:
            return self.tr("tệp không nhắc đến em này")
        return _shown(found) if found is not None else ""

    def _row_key(self, line: PupilDiff) -> int | None:
        fates = {cell.fate for cell in line.cells.values()}
        return int(line.pupil_id) if fates & {Fate.NEW, Fate.REPLACED} else None

    def _note_words(self, every: tuple[PupilDiff, ...]) -> str:
        draft = self.flow.draft
        parts = [self.tr("Ô trống trong tệp không xóa gì trong sổ.")]
        if draft is not None and draft.left_out:
            lacking = ", ".join(f"{label}: {n}" for label, n in draft.left_out.items())
            parts.append(self.tr("Không nhận vì sổ không có cột ấy: {what}.").format(what=lacking))
        unnamed = sum(not line.named for line in every)
        if unnamed:
            parts.append(self.tr("{n} em không có trong tệp.").format(n=unnamed))
        return " ".join(parts)

    def _options_changed(self) -> None:
        self._doubt_answered = None
        self.refresh_buttons()

    def _ask_guard(self, doubt: str) -> None:
        def write() -> None:
            self._doubt_answered = doubt
            self.attempt(self.finish)

        confirm(
            self.look,
            self,
            self.tr("Có thể nhầm cột"),
            doubt,
            self.tr("Vẫn ghi, cột đã đúng"),
            write,
            dangerous=True,
        )

    def _ask_where(self) -> None:
        start = self.flow.path.with_name(f"{self.flow.path.stem} - dòng lỗi.xlsx")
        filters = self.tr("Bảng tính Excel (*.xlsx)")
        save_file(self, self.tr("Lưu các dòng lỗi"), filters, self.save_bad_rows, str(start))


def _is_remark(cell: CellDiff) -> bool:
    return cell.key.column.endswith(".comment")


def _shown(cell: CellDiff | None) -> str:
    """Old → new where something stood before; the mark alone where nothing changes."""
    if cell is None:
        return ""
    if cell.fate in (Fate.NEW, Fate.SAME) or not cell.old:
        return cell.new
    return f"{cell.old} → {cell.new}"
