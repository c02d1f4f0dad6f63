"""Cứu dữ liệu: everything readable of a damaged file into a new one, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from app.domain.roles import Role as Office
from app.domain.table_words import table_words
from app.errors import AppError
from app.vault import RECOVERY_UID
from ui.dialogs.entry_dialog import EntryDialog
from ui.jobs.job_runner import Lane
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField
from ui.widgets.labels import IconText, Label
from ui.widgets.password_field import PasswordField
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.salvaging import Salvage, SalvagedTable, Salvaging
    from ui.jobs.job_runner import JobRunner
    from ui.theme.look import Look

_OFFICES = (Office.PRINCIPAL.label, Office.ADMINISTRATOR.label)
_ROW = 27
_FIELD = 34


class SalvageDialog(EntryDialog):
    """`on_open(path)` follows when the person goes on to the salvaged book."""

    def __init__(
        self,
        look: Look,
        jobs: JobRunner,
        salvaging: Salvaging,
        on_open: Callable[[Path], None],
        parent: QWidget,
    ) -> None:
        title = parent.tr("Cứu dữ liệu từ tệp hỏng")
        super().__init__(look, title, icon="shield-check", parent=parent, width=760, height=560)
        self._jobs = jobs
        self._salvaging = salvaging
        self._on_open = on_open
        self._busy = False
        self._made: Salvage | None = None
        lead = self.tr(
            "Đọc từng trang của tệp, bỏ qua trang hỏng, ghi những gì còn đọc được sang một tệp mới "
            "trong thư mục riêng. Tệp hỏng được giữ nguyên. Có bản sao lưu tốt thì nên khôi phục "
            "bản ấy trước; cứu dữ liệu để lấy lại việc làm sau lần sao lưu."
        )
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        self.body.addLayout(self._who_row())
        self.outcome = IconText(look, "", "", "green", Role.VALUE, wrap=True)
        self.outcome.hide()
        self.body.addWidget(self.outcome)
        self.model: RecordModel[SalvagedTable] = RecordModel(
            [
                Column(
                    self.tr("Bảng không đọc được hết"),
                    lambda t: table_words(t.name),
                    role=Role.VALUE,
                ),
                Column(self.tr("Còn (dòng)"), lambda t: str(t.rows), number=True),
                Column(self.tr("Trang hỏng"), lambda t: str(t.lost_pages), number=True),
                Column(self.tr("Dòng đọc dở"), lambda t: str(t.cut_rows), number=True),
            ],
            self,
        )
        self.table = TableView(look, self.tr("Những gì không đọc được"), row_height=_ROW)
        self.table.setModel(self.model)
        self.table.set_widths({0: 300, 1: 110, 2: 110})
        self.table.hide()
        self.body.addWidget(self.table, 1)
        self.list_line = Label(look, "", Role.CAPTION, "ink2", wrap=True)
        self.list_line.hide()
        self.body.addWidget(self.list_line)
        self.body.addStretch(1)
        self.add_refusal_line()
        self.close_button = self.add_safe_button(self.tr("Để sau"), self.reject)
        self.start_button = self.add_button(
            self.tr("Cứu dữ liệu"), self._start, icon="shield-check"
        )
        self.open_button = self.add_button(
            self.tr("Mở sổ cứu được"), self._open, icon="arrow-right"
        )
        self.open_button.hide()
        self.finished.connect(lambda _code: self.secret.clear())
        self.finished.connect(self.deleteLater)
        self.attempt(self._show_people)
        self._allow()

    @property
    def made(self) -> Salvage | None:
        """The salvaged file; None until there is one."""
        return self._made

    @override
    def reject(self) -> None:
        """Not while pages are being read: the ending is waited for."""
        if not self._busy:
            super().reject()

    def _who_row(self) -> QHBoxLayout:
        look = self.look
        row = QHBoxLayout()
        row.setSpacing(14)
        self.who = Combo(look, self.tr("Ai cứu dữ liệu"))
        self.who.setMinimumHeight(_FIELD)
        row.addWidget(LabelledField(look, self.tr("Ai cứu dữ liệu"), self.who), 1)
        self.secret = PasswordField(look, self.tr("Mật khẩu hoặc mã"))
        self.secret_field = LabelledField(look, self.tr("Mật khẩu hoặc mã"), self.secret)
        row.addWidget(self.secret_field, 1)
        self.who.picked.connect(lambda _uid: self.secret_field.set_error(""))
        self.secret.textChanged.connect(lambda _text: self._allow())
        return row

    def _show_people(self) -> None:
        choices = [
            (one.uid, f"{one.display_name} ({one.note})")
            for one in self._salvaging.people()
            if any(office in one.note for office in _OFFICES)
        ]
        choices.append((RECOVERY_UID, self.tr("Mã khôi phục trên phiếu")))
        self.who.set_choices(choices, "")

    def _allow(self) -> None:
        ready = bool(self.secret.text()) and not self._busy and bool(self.who.current())
        self.start_button.setEnabled(ready)
        self.who.setEnabled(not self._busy)
        self.close_button.setEnabled(not self._busy)

    def _start(self) -> None:
        uid, secret = self.who.current(), self.secret.text()
        if not uid:
            return
        self._busy = True
        self.secret_field.set_error("")
        self.say(self.tr("Đang đọc từng trang…"), "ink2")
        self._allow()
        self._jobs.submit(
            lambda progress: self._salvaging.salvage(uid, secret, progress),
            owner=self,
            lane=Lane.DATABASE,
            on_success=self._done,
            on_failure=self._failed,
            on_settled=self._settled,
            on_progress=self._progressed,
        )

    def _settled(self) -> None:
        self._busy = False
        self._allow()

    def _progressed(self, done: int, total: int, note: str) -> None:
        if note:
            self.say(f"{note[:1].upper()}{note[1:]}… {done}/{total}", "ink2")

    def _done(self, made: Salvage) -> None:
        self._made = made
        self.say("")
        self.secret.clear()
        words = self.tr("Đã cứu {n} dòng của {tables} bảng sang {folder}.").format(
            n=made.rows, tables=len(made.tables), folder=made.path.parent.name
        )
        rest = [*made.doubts, made.problem] if made.problem else [*made.doubts]
        if made.damaged:
            words += self.tr(" {n} bảng không đọc được hết.").format(n=len(made.damaged))
        else:
            words += self.tr(" Không bảng nào thiếu dòng.")
        whole = not made.damaged and not rest
        self.outcome.set_state(
            "check-disc" if whole else "warning", " ".join([words, *rest]),
            "green" if whole else "amber",
        )  # fmt: skip
        self.outcome.show()
        self.model.set_records(made.damaged)
        self.table.setVisible(bool(made.damaged))
        self.list_line.setText(self.tr("Danh sách này đã lưu ở {path}").format(path=made.list_path))
        self.list_line.show()
        self.start_button.hide()
        self.open_button.show()
        self.open_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self.say("")
        if not isinstance(error, AppError):
            self._jobs.report_unexpected(error)
        elif error.code in ("wrong_password", "unknown_person") or "recovery_code" in error.code:
            self.secret_field.set_error(error.sentence)
            self.secret.setFocus()
        else:
            self.say(error.sentence)

    def _open(self) -> None:
        made = self._made
        if made is not None:
            self.accept()
            self._on_open(made.path)
