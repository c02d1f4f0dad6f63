"""Chốt: what is complete, what is not and where, the code of the data, the principal's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.dialogs.deciding import decide
from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.lock_control.review_view import ReviewView
from ui.pages.lock_control.words import translate as tr
from ui.theme.tokens import DIALOG_WIDTH
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.cards import hairline
from ui.widgets.decider_bar import DeciderBar
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Glyph, IconText, Label
from ui.widgets.progress import ThinBar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.changes import CommandResult
    from app.errors import AppError
    from app.readmodels.closing_review import ClosingReview
    from app.school_file import Decider
    from app.services.period_close import CloseReport, Finding
    from app.vault import Signer
    from ui.navigation import PageContext


class CloseDialog(EntryDialog):
    """Stays open until the period is closed or put off; Enter never closes."""

    def __init__(
        self,
        context: PageContext,
        report: CloseReport,
        closers: Sequence[tuple[str, str]],
        prove: Callable[[str, str], Decider],
        close: Callable[[Signer, str, str], CommandResult],
        open_finding: Callable[[Finding], None],
        parent: QWidget,
        review: ClosingReview | None = None,
        open_mark: Callable[[int, int | None, str], None] | None = None,
    ) -> None:
        """`close(signer, decision number, reason)`; `open_finding` goes to the exact sheet,
        `open_mark(subject, pupil, column)` to the cell a review names.
        """
        look = context.look
        self._name = tr("{period} lớp {klass}").format(
            period=report.period.words, klass=report.class_name
        )
        super().__init__(
            look,
            tr("Chốt {name}").format(name=self._name),
            icon="lock-closed",
            parent=parent,
            width=DIALOG_WIDTH,
            side_panel=True,
        )
        self._context = context
        self._report = report
        self._prove = prove
        self._close = close
        self._open_finding = open_finding
        self._open_mark = open_mark
        self._busy = False
        self.body.setSpacing(8)
        self._fill_report()
        self.review: ReviewView | None = None
        if review is not None:
            self.review = ReviewView(look, review, self._go_to_mark)
            self.body.addWidget(hairline())
            self.body.addWidget(self.review)
        self.number = TextField(look, tr("Số quyết định"), "57/QĐ-THCS")
        self.reason = TextField(look, tr("Lý do vẫn chốt"), tr("Chờ hồ sơ của trường cũ"))
        self._fill_side()
        self.body.addStretch(1)
        self.add_refusal_line()
        self.decider = DeciderBar(
            look, tr("Người chốt"), [(uid, f"{name} (HT)") for uid, name in closers]
        )
        self.add_foot_widget(self.decider)
        self.later = self.add_safe_button(tr("Để sau"), self.reject)
        self.close_button = self.add_button(
            tr("Chốt {name}").format(name=self._name), self._decide, icon="lock-closed"
        )
        self.guard(self.close_button)
        self.decider.ready.connect(lambda _on: self._allow())
        self.finished.connect(lambda _code: self.decider.forget())
        self.finished.connect(self.deleteLater)
        self._allow()
        self.number.setFocus()

    def _fill_report(self) -> None:
        look, report = self.look, self._report
        head = QHBoxLayout()
        head.setSpacing(12)
        bar = ThinBar(look, tone="green" if report.complete else "amber")
        bar.setFixedWidth(180)
        bar.set_share(report.filled, report.required)
        share = tr("{filled}/{required} ô bắt buộc đã có điểm hoặc trạng thái").format(
            filled=report.filled, required=report.required
        )
        head.addWidget(bar)
        head.addWidget(Label(look, share, Role.VALUE))
        head.addStretch(1)
        self.body.addLayout(head)
        if report.complete:
            words = tr("Đủ để chốt: không môn nào thiếu, rèn luyện và số buổi nghỉ đã ghi.")
            if report.homeroom_missing:
                words = tr("Dữ liệu đủ: không môn nào thiếu, rèn luyện và số buổi nghỉ đã ghi.")
            done = IconText(look, "check-disc", words, "green", Role.VALUE)
            self.body.addWidget(done, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            title = tr("Còn {n} mục chưa xong").format(n=len(report.findings))
            self.body.addWidget(Label(look, title, Role.TASK_TITLE))
        for finding in report.findings:
            self.body.addWidget(self._finding(finding))

    def _finding(self, finding: Finding) -> QWidget:
        look = self.look
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        tone = "red" if finding.blocking else "amber"
        row.addWidget(Glyph(look, "warning", tone, 16))
        row.addWidget(Label(look, finding.subject, Role.STRONG))
        row.addWidget(Label(look, finding.text, Role.BODY, "ink2"), 1)
        row.addWidget(link(look, tr("Mở để nhập"), lambda: self._go(finding), arrow=True))
        return box

    def _fill_side(self) -> None:
        look, side, report = self.look, self.side, self._report
        side.addWidget(LabelledField(look, tr("Số quyết định"), self.number))
        if not report.complete or report.homeroom_missing:
            note = tr("Ghi vào nhật ký và in cùng sổ.")
            label = tr("Lý do vẫn chốt khi còn thiếu")
            if report.complete:
                label = tr("Lý do chốt khi GVCN chưa xác nhận")
            side.addWidget(LabelledField(look, label, self.reason, note))
        side.addSpacing(2)
        side.addWidget(hairline(strong=True))
        side.addWidget(Label(look, tr("Mã dữ liệu"), Role.CAPTION, "ink3"))
        side.addWidget(Label(look, report.digest.code, Role.LABEL_TITLE))
        text = tr("Tính từ mọi điểm, nhận xét, rèn luyện và kết quả của kỳ; đổi một ô là mã khác.")
        side.addWidget(Label(look, text, Role.CAPTION, "ink2", wrap=True))
        side.addWidget(hairline(strong=True))
        side.addWidget(Label(look, tr("Khi chốt"), Role.TASK_TITLE))
        lines = [
            ("lock-closed", tr("Ô của kỳ chỉ còn đổi được bằng hồ sơ sửa điểm")),
            ("signature", tr("Khóa ký của hiệu trưởng ký vào nhật ký")),
            ("printer", tr("Sổ của kỳ in được bản chính thức")),
        ]
        for icon, words in lines:
            row = QHBoxLayout()
            row.setSpacing(9)
            row.addWidget(Glyph(look, icon, "ink2", 16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(look, words, Role.BODY, "ink2", wrap=True), 1)
            side.addLayout(row)
        side.addStretch(1)

    def _go_to_mark(self, subject_id: int, pupil_id: int | None, column: str) -> None:
        self.reject()
        if self._open_mark is not None:
            self._open_mark(subject_id, pupil_id, column)

    def _go(self, finding: Finding) -> None:
        self.reject()
        self._open_finding(finding)

    def _allow(self) -> None:
        self.close_button.setEnabled(self.decider.is_ready() and not self._busy)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.decider.setEnabled(not busy)
        self._allow()

    def _decide(self) -> None:
        uid, password = self.decider.uid, self.decider.password.text()
        number, reason = self.number.text(), self.reason.text()
        self.say("")
        self._set_busy(True)
        decide(
            self._context.jobs,
            self._context.commands,
            owner=self,
            prove=lambda: self._prove(uid, password),
            act=lambda decider: self._close(decider.signer, number, reason),
            on_done=lambda _result: self.accept(),
            on_refused=self._on_refused,
            on_settled=lambda: self._set_busy(False),
        )

    def _on_refused(self, error: AppError) -> None:
        self.say(error.sentence)
        self.decider.setEnabled(True)
        if error.code == "decision_required":
            self.number.setFocus()
        elif error.code in ("incomplete", "homeroom_missing"):
            self.reason.setFocus()
        else:
            self.decider.forget()
            self.decider.password.setFocus()
