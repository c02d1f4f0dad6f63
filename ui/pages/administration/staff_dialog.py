"""Lập tài khoản theo danh sách: paste or an Excel file, then slips with the first passwords."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy
from typing_extensions import override

from app.errors import AppError
from ui.dialogs.entry_dialog import EntryDialog
from ui.dialogs.file_dialogs import open_file
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.importing.tables import SheetReader
    from app.progress import Progress
    from app.services.staff_import import FirstPassword, StaffLine, StaffList, StaffMade
    from app.services.staff_import import StaffProblem as Problem
    from ui.navigation import PageContext
    from ui.theme.look import Look

_FLEXIBLE = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
_ROW = 27
SHEET_FILES = "Excel, CSV (*.xlsx *.xls *.csv)"
"""Filter of the file dialogs."""


def rows_of_file(reader: SheetReader, path: Path) -> str:
    """The first sheet as lines of tab-parted cells, as if it had been copied in Excel."""
    sheet = reader.read(path)[0]
    rows = ["\t".join(cell.text for cell in cells) for _, cells in sheet.numbered_rows()]
    return "\n".join(rows)


class StaffDialog(EntryDialog):
    """Bad lines are named with their reason; the good ones are made when no bad one is left."""

    def __init__(
        self,
        context: PageContext,
        reader: SheetReader,
        read: Callable[[str], StaffList],
        accept: Callable[[tuple[StaffLine, ...], Progress], StaffMade],
        on_made: Callable[[StaffMade], None],
        parent: QWidget,
    ) -> None:
        look = context.look
        super().__init__(
            look, parent.tr("Lập tài khoản theo danh sách"), icon="people", parent=parent,
            width=860, height=606,
        )  # fmt: skip
        self._context, self._reader = context, reader
        self._read, self._make, self._on_made = read, accept, on_made
        lead = self.tr(
            "Chép các cột họ tên, tổ, vai trò từ Excel rồi dán vào đây; tổ và vai trò để trống "
            "được. Mỗi người nhận một mật khẩu ban đầu riêng, in ra để phát tận tay."
        )
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        self.text = QPlainTextEdit()
        self.text.setFont(look.font(Role.BODY))
        self.text.setAccessibleName(self.tr("Danh sách giáo viên, nhân viên"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("Nguyễn Thị Bình\tTổ Toán – Tin\tTổ trưởng")
        self.text.setMinimumHeight(110)
        self.text.setSizePolicy(_FLEXIBLE)
        self.text.textChanged.connect(self._check)
        self.body.addWidget(self.text, 2)
        row = QHBoxLayout()
        self.good = IconText(look, "check", "", "green", Role.VALUE)
        self.bad = IconText(look, "warning", "", "red", Role.VALUE)
        row.addWidget(self.good)
        row.addWidget(self.bad)
        row.addStretch(1)
        self.body.addLayout(row)
        self.problems: RecordModel[Problem] = RecordModel(
            [
                Column(self.tr("Dòng"), lambda p: str(p.number), number=True),
                Column(self.tr("Nội dung"), lambda p: p.text, tip=lambda p: p.text),
                Column(self.tr("Vì sao"), lambda p: p.reason, tone=lambda _p: "red",
                       tip=lambda p: p.reason),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Dòng chưa nhận được"), row_height=_ROW)
        self.table.setModel(self.problems)
        self.table.set_widths({0: 56, 1: 300})
        self.table.setMinimumHeight(110)
        self.table.setSizePolicy(_FLEXIBLE)
        self.body.addWidget(self.table, 2)
        self.add_refusal_line()
        self.add_foot_widget(link(look, self.tr("Lấy từ tệp Excel…"), self._ask_file, "excel"))
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button("", self._submit, icon="plus")
        self.guard(self.save_button)
        self.finished.connect(self.deleteLater)
        self._found = read("")
        self._check()
        self.text.setFocus()

    def take_file(self, path: Path) -> bool:
        """Fill the text from a file; a refusal is said above the foot."""
        return self.attempt(lambda: self.text.setPlainText(rows_of_file(self._reader, path)))

    def _ask_file(self) -> None:
        open_file(self, self.tr("Danh sách giáo viên, nhân viên"), SHEET_FILES, self.take_file)

    def _check(self) -> None:
        found = self._found = self._read(self.text.toPlainText())
        self.good.set_state("check", self.tr("{n} người").format(n=len(found.lines)), "green")
        words = self.tr("{n} dòng chưa nhận được").format(n=len(found.problems))
        self.bad.set_state("warning", words, "red")
        self.bad.setVisible(bool(found.problems))
        self.problems.set_records(found.problems)
        self.table.setVisible(bool(found.problems))
        self.save_button.setText(self.tr("Lập {n} tài khoản").format(n=len(found.lines)))
        self.save_button.setEnabled(bool(found.lines) and not found.problems)

    def _submit(self) -> None:
        lines = self._found.lines
        self.say("")

        def made(result: StaffMade) -> None:
            self.accept()
            self._on_made(result)

        def failed(error: Exception) -> None:
            if isinstance(error, AppError):
                self.say(error.sentence)
            else:
                self._context.jobs.report_unexpected(error)

        run_with_progress(
            self._context.jobs, self.look, self, self.tr("Đang lập tài khoản"),
            lambda progress: self._make(lines, progress),
            lane=Lane.DATABASE, on_success=made, on_failure=failed,
        )  # fmt: skip


class FirstPasswordsDialog(EntryDialog):
    """Shown once: the passwords are kept nowhere. `print_slips()` answers whether paper came out.

    Esc does not close it: everybody on it would need a new password.
    """

    def __init__(
        self,
        look: Look,
        made: StaffMade,
        print_slips: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        title = parent.tr("Mật khẩu ban đầu")
        note = parent.tr("{n} phiếu").format(n=len(made.people))
        super().__init__(look, title, note=note, icon="key", parent=parent, width=760, height=560)
        self._print = print_slips
        lead = self.tr(
            "Chỉ hiện lúc này, không lưu ở đâu. In ra, cắt từng phiếu phát tận tay; nhắc mỗi người "
            "tự đổi mật khẩu ngay lần đầu vào sổ. Mất phiếu thì đặt lại mật khẩu."
        )
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        if made.left:
            words = self.tr("Còn {n} người chưa lập được. {why} Dán lại danh sách để lập tiếp.")
            words = words.format(n=made.left, why=made.why)
            self.body.addWidget(Label(look, words, Role.VALUE, "red", wrap=True))
        self.model: RecordModel[FirstPassword] = RecordModel(
            [
                Column(self.tr("Họ và tên"), lambda p: p.name, role=Role.VALUE),
                Column(self.tr("Tổ, phòng"), lambda p: p.department, tone=lambda _p: "ink2"),
                Column(self.tr("Tên đăng nhập"), lambda p: p.uid),
                Column(self.tr("Mật khẩu ban đầu"), lambda p: p.password, role=Role.STRONG),
            ],
            self,
        )
        self.model.set_records(made.people)
        self.table = TableView(look, self.tr("Mật khẩu ban đầu"), row_height=_ROW)
        self.table.setModel(self.model)
        self.table.set_widths({0: 200, 1: 150, 2: 150})
        self.body.addWidget(self.table, 1)
        self.add_refusal_line()
        self.close_button = self.add_safe_button(self.tr("Đã chép hoặc in xong, đóng"), self.accept)
        self.print_button = self.add_button(
            self.tr("In phiếu mật khẩu"), self._on_print, icon="printer"
        )
        self.guard(self.close_button)
        self.finished.connect(lambda _code: self.model.set_records(()))
        self.finished.connect(self.deleteLater)
        self.print_button.setFocus()

    @override
    def reject(self) -> None:
        """Only the button that says so closes it."""
        words = self.tr("Mật khẩu chỉ hiện lúc này. In hoặc chép xong rồi bấm nút đóng.")
        self.say(words, "amber")

    def _on_print(self) -> None:
        def act() -> None:
            if self._print():
                self.say(self.tr("Đã gửi phiếu tới máy in."), "green")

        self.attempt(act)
