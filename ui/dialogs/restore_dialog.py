"""Khôi phục: choose a backup, see what would be lost, then put it in the file's place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.roles import Role as Office
from app.errors import AppError
from app.vault import RECOVERY_UID
from ui.dialogs.entry_dialog import EntryDialog
from ui.dialogs.file_dialogs import choose_folder
from ui.jobs.job_runner import Lane
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField
from ui.widgets.labels import ElidedLabel, IconText, Label
from ui.widgets.password_field import PasswordField
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.restoring import BackupOnShelf, Restored, RestorePlan, Restoring
    from ui.jobs.job_runner import JobRunner
    from ui.theme.look import Look

_OFFICES = (Office.PRINCIPAL.label, Office.ADMINISTRATOR.label)
_ROW = 27
_FIELD = 34


class RestoreDialog(EntryDialog):
    """`on_restored(Restored)` follows the swap; until then everything may be put off."""

    def __init__(
        self,
        look: Look,
        jobs: JobRunner,
        restoring: Restoring,
        folders: Sequence[Path],
        on_restored: Callable[[Restored], None],
        parent: QWidget,
        *,
        replaces: bool = True,
    ) -> None:
        """`replaces`: a book lies where the restored one goes; another PC has none to lose."""
        title = parent.tr("Khôi phục từ bản sao lưu")
        super().__init__(look, title, icon="history", parent=parent, width=820, height=606)
        self._jobs = jobs
        self._restoring = restoring
        self._folders = list(folders)
        self._on_restored = on_restored
        self._plan: RestorePlan | None = None
        self._busy = False
        self.pages = QStackedWidget()
        self.body.addWidget(self.pages, 1)
        self.pages.addWidget(self._choice_page())
        self._lost_page = QWidget()
        self._lost = QVBoxLayout(self._lost_page)
        self._lost.setContentsMargins(0, 0, 0, 0)
        self._lost.setSpacing(10)
        self.pages.addWidget(self._lost_page)
        self.add_refusal_line()
        self.safe_button = self.add_safe_button(
            self.tr("Để nguyên sổ đang dùng") if replaces else self.tr("Để sau"), self.reject
        )
        look_words = self.tr("Xem sẽ mất gì") if replaces else self.tr("Mở thử bản này")
        self.look_button = self.add_button(look_words, self._prepare, icon="eye")
        self.restore_button = self.add_button(
            self.tr("Khôi phục"), self._carry_out, kind="danger", icon="history"
        )
        self.restore_button.hide()
        self.guard(self.restore_button)
        self.finished.connect(lambda _code: self._forget())
        self.finished.connect(self.deleteLater)
        self._read_shelf()

    @property
    def plan(self) -> RestorePlan | None:
        """What was compared; None on the first page."""
        return self._plan

    @override
    def reject(self) -> None:
        """Not while a copy is being opened or put in place: its ending is waited for."""
        if not self._busy:
            super().reject()

    # --- first page

    def _choice_page(self) -> QWidget:
        look = self.look
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        place = QHBoxLayout()
        place.setSpacing(10)
        place.addWidget(Label(look, self.tr("Thư mục"), Role.BODY, "ink3"))
        self.folder = ElidedLabel(look, "", Role.VALUE)
        place.addWidget(self.folder, 1)
        self.folder_button = secondary(
            look, self.tr("Chọn thư mục khác…"), self._ask_folder, "folder"
        )
        place.addWidget(self.folder_button)
        column.addLayout(place)
        self.none = Label(look, "", Role.BODY, "ink2", wrap=True)
        column.addWidget(self.none)
        self.model: RecordModel[BackupOnShelf] = RecordModel(
            [
                Column(self.tr("Sao lưu lúc"), lambda b: f"{b.checked_at:%H:%M  %d/%m/%Y}",
                       role=Role.VALUE),
                Column(self.tr("Kích thước"), lambda b: _megabytes(b.bytes), number=True),
                Column(self.tr("Nằm ở"), lambda b: str(b.path), tone=lambda _b: "ink2",
                       tip=lambda b: str(b.path)),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Các bản sao lưu"), row_height=_ROW)
        self.table.setModel(self.model)
        self.table.set_widths({0: 150, 1: 90})
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_people())
        self.table.setMinimumHeight(120)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(14)
        self.who = Combo(look, self.tr("Ai khôi phục"))
        self.who.setMinimumHeight(_FIELD)
        self.who.picked.connect(lambda _uid: self._who_changed())
        row.addWidget(LabelledField(look, self.tr("Ai khôi phục"), self.who), 1)
        self.secret = PasswordField(look, self.tr("Mật khẩu lúc sao lưu"))
        self.secret_field = LabelledField(look, self.tr("Mật khẩu lúc sao lưu"), self.secret)
        row.addWidget(self.secret_field, 1)
        self.current = PasswordField(look, self.tr("Mật khẩu đang dùng"))
        self.current_field = LabelledField(look, self.tr("Mật khẩu đang dùng"), self.current)
        self.current_field.hide()
        row.addWidget(self.current_field, 1)
        column.addLayout(row)
        self.secret.textChanged.connect(lambda _text: self._allow())
        return page

    def _read_shelf(self) -> None:
        def act() -> None:
            found = [one for folder in self._folders for one in self._restoring.backups(folder)]
            found.sort(key=lambda one: one.checked_at, reverse=True)
            self.model.set_records(found)

        self.model.set_records(())
        self.attempt(act)
        places = ", ".join(str(folder) for folder in self._folders)
        self.folder.setText(places)
        rows = self.model.rowCount()
        self.none.setText(
            self.tr("Thư mục này không có bản sao lưu nào của sổ. Cắm ổ sao lưu rồi chọn thư mục.")
        )
        self.none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        if rows:
            self.table.selectRow(0)
        self._show_people()

    def _ask_folder(self) -> None:
        start = str(self._folders[0]) if self._folders else ""
        choose_folder(self, self.tr("Thư mục chứa các bản sao lưu"), self.show_folder, start)

    def show_folder(self, folder: Path) -> None:
        """Look into another folder."""
        self._folders = [folder]
        self._read_shelf()

    def _chosen(self) -> BackupOnShelf | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.record(rows[0].row()) if rows else None

    def _show_people(self) -> None:
        backup = self._chosen()
        choices: list[tuple[str, str]] = []
        if backup is not None:

            def act() -> None:
                choices.extend(
                    (one.uid, f"{one.display_name} ({one.note})")
                    for one in self._restoring.people(backup)
                    if any(office in one.note for office in _OFFICES)
                )

            self.attempt(act)
            choices.append((RECOVERY_UID, self.tr("Mã khôi phục trên phiếu")))
        self.who.set_choices(choices, self.who.current())
        self._who_changed()

    def _who_changed(self) -> None:
        by_code = self.who.current() == RECOVERY_UID
        self.secret_field.set_label(
            self.tr("Mã khôi phục lúc sao lưu") if by_code else self.tr("Mật khẩu lúc sao lưu")
        )
        self.current_field.set_label(
            self.tr("Mã khôi phục đang dùng") if by_code else self.tr("Mật khẩu đang dùng")
        )
        self.current_field.hide()
        self.current.clear()
        self.secret_field.set_error("")
        self._allow()

    def _allow(self) -> None:
        ready = self._chosen() is not None and bool(self.secret.text()) and not self._busy
        self.look_button.setEnabled(ready)
        self.restore_button.setEnabled(not self._busy)
        self.pages.setEnabled(not self._busy)

    # --- the two jobs

    def _prepare(self) -> None:
        backup, uid = self._chosen(), self.who.current()
        if backup is None or not uid:
            return
        secret = self.secret.text()
        current = self.current.text() if self.current_field.isVisible() else ""
        self._set_busy(self.tr("Đang chép và mở thử bản sao lưu…"))
        self._jobs.submit(
            lambda progress: self._restoring.prepare(
                backup, uid, secret, current_secret=current, progress=progress
            ),
            owner=self,
            lane=Lane.DATABASE,
            on_success=self._prepared,
            on_failure=self._not_prepared,
            on_cancelled=self._settled,
            on_progress=self._progressed,
        )

    def _prepared(self, plan: RestorePlan) -> None:
        self._settled()
        self._plan = plan
        self._fill_lost(plan)
        self.pages.setCurrentWidget(self._lost_page)
        self.look_button.hide()
        self.restore_button.setText(
            self.tr("Khôi phục bản {at}").format(at=f"{plan.backup.checked_at:%H:%M %d/%m/%Y}")
        )
        self.restore_button.show()
        self.safe_button.setFocus()

    def _not_prepared(self, error: Exception) -> None:
        self._settled()
        if not isinstance(error, AppError):
            self._jobs.report_unexpected(error)
            return
        if error.code == "current_password_needed":
            self.current_field.show()
            self.current.setFocus()
            self.say(error.sentence, "amber")
        elif error.code in ("wrong_password", "unknown_person") or "recovery_code" in error.code:
            self.secret_field.set_error(error.sentence)
            self.secret.setFocus()
        else:
            self.say(error.sentence)

    def _carry_out(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self._set_busy(self.tr("Đang khôi phục…"))
        self._jobs.submit(
            lambda progress: self._restoring.carry_out(plan, progress),
            owner=self,
            lane=Lane.DATABASE,
            on_success=self._done,
            on_failure=self._not_done,
            on_cancelled=self._settled,
        )

    def _done(self, restored: Restored) -> None:
        self._plan = None
        self._settled()
        self.accept()
        self._on_restored(restored)

    def _not_done(self, error: Exception) -> None:
        self._plan = None
        self._settled()
        self.restore_button.setEnabled(False)
        if isinstance(error, AppError):
            self.say(error.sentence)
        else:
            self._jobs.report_unexpected(error)

    def _set_busy(self, words: str) -> None:
        self._busy = True
        self.say(words, "ink2")
        self._allow()

    def _settled(self) -> None:
        self._busy = False
        self.say("")
        self._allow()

    def _progressed(self, done: int, total: int, note: str) -> None:
        if note:
            self.say(f"{note[:1].upper()}{note[1:]}… {done}/{total}", "ink2")

    def _forget(self) -> None:
        for field in (self.secret, self.current):
            field.clear()
            field.hide_text()
        if self._plan is not None:
            self._restoring.discard(self._plan)
            self._plan = None

    # --- second page

    def _fill_lost(self, plan: RestorePlan) -> None:
        look, lost = self.look, plan.lost
        until = f"{plan.until:%H:%M ngày %d/%m/%Y}" if plan.until else ""
        head = self.tr("Sổ sẽ trở về như lúc {at}").format(at=until)
        self._lost.addWidget(Label(look, head, Role.CARD_TITLE))
        icon, tone, words = self._lost_words(plan)
        self._lost.addWidget(IconText(look, icon, words, tone, Role.VALUE))
        if lost.by_person:
            people: RecordModel[tuple[str, int]] = RecordModel(
                [
                    Column(self.tr("Việc của"), lambda x: x[0], role=Role.VALUE),
                    Column(self.tr("Số việc sẽ mất"), lambda x: str(x[1]), number=True),
                ],
                self,
            )
            people.set_records(lost.by_person)
            table = TableView(look, self.tr("Việc sẽ mất theo người"), row_height=_ROW)
            table.setModel(people)
            table.set_widths({0: 320})
            table.setMinimumHeight(90)
            self._lost.addWidget(table, 1)
        for words, names in (
            (
                self.tr("Không đăng nhập được cho đến khi được đặt lại mật khẩu ({n}): {names}"),
                plan.locked_out,
            ),
            (
                self.tr("Đã bị khóa hoặc thu hồi sau lần sao lưu, nay vào lại được ({n}): {names}. "
                        "Khóa lại ngay sau khi khôi phục"),
                plan.returning,
            ),
        ):  # fmt: skip
            if names:
                text = words.format(n=len(names), names=_some(names))
                self._lost.addWidget(Label(look, text, Role.BODY, "red", wrap=True))
        kept = self.tr(
            "Tệp đang dùng không bị xóa: nó được giữ trong một thư mục bên cạnh, tên có ghi ngày "
            "giờ thay, và vẫn mở được như một sổ. Việc khôi phục ghi vào nhật ký."
        )
        if not plan.target.exists():
            kept = self.tr("Sổ được đặt ở nơi đã chọn. Việc khôi phục ghi vào nhật ký.")
        self._lost.addWidget(Label(look, kept, Role.BODY, "ink2", wrap=True))
        self._lost.addStretch(1)

    def _lost_words(self, plan: RestorePlan) -> tuple[str, str, str]:
        lost = plan.lost
        if not plan.target.exists():
            words = self.tr("Máy này chưa có sổ ở nơi đã chọn nên không mất việc nào.")
            return "check-disc", "green", words
        if lost.entries is None:
            return (
                "warning",
                "red",
                self.tr("Không đọc được sổ đang dùng nên không biết sẽ mất gì."),
            )
        if not lost.entries:
            return "check-disc", "green", self.tr("Không mất việc nào: không ai làm gì sau lúc đó.")
        words = self.tr("Mất {n} việc làm sau lúc đó; việc cuối lúc {at}.")
        if lost.cells:
            words = self.tr("Mất {n} việc làm sau lúc đó, có {c} ô điểm; việc cuối lúc {at}.")
        at = f"{lost.last_at:%H:%M %d/%m/%Y}" if lost.last_at else ""
        return "warning", "red", words.format(n=lost.entries, c=lost.cells, at=at)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",") + " MB"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return shown if len(names) <= 6 else f"{shown}…"
