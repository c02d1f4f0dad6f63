"""Kiểm tra: checks of the year at the left, what each found at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.text import date_vn
from ui.theme.tokens import CARD_GAP, CARD_PADDING
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card, hairline
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from datetime import date

    from app.domain.internal_checks import CheckFinding, InternalCheck
    from ui.theme.look import Look

_LIST = 400


class ChecksTab(QWidget):
    """Shows checks; every act is asked of the page."""

    record_asked = Signal()
    settle_asked = Signal()
    print_asked = Signal()

    def __init__(self, look: Look, today: date, *, may_check: bool, may_print: bool) -> None:
        super().__init__()
        self._today = today
        self._may_check = may_check
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        self.count = Label(look, "", Role.BODY, "ink2")
        bar.addWidget(self.count)
        bar.addStretch(1)
        self.print_button = secondary(
            look, self.tr("In biên bản"), self.print_asked.emit, "printer"
        )
        self.print_button.setVisible(may_print)
        self.settle_button = secondary(
            look, self.tr("Đã khắc phục…"), self.settle_asked.emit, "check"
        )
        self.settle_button.setVisible(may_check)
        self.record_button = primary(
            look, self.tr("Ghi lần kiểm tra…"), self.record_asked.emit, "plus"
        )
        self.record_button.setVisible(may_check)
        for button in (self.print_button, self.settle_button, self.record_button):
            bar.addWidget(button)
        outer.addLayout(bar)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._both(look))
        self._stack.addWidget(
            EmptyState(
                look,
                "search",
                self.tr("Chưa có lần kiểm tra nào"),
                self.tr(
                    "Tổ trưởng, ban giám hiệu ghi ở đây mỗi lần kiểm tra định kì, đột xuất: xem "
                    "gì, thấy gì, phải khắc phục thế nào, hạn nào."
                ),
            )
        )
        outer.addWidget(holder, 1)

    def show_checks(self, checks: tuple[InternalCheck, ...]) -> None:
        """The list, keeping the chosen check."""
        kept = self.chosen()
        self.model.set_records(checks)
        self._stack.setCurrentIndex(0 if checks else 1)
        waiting = sum(check.open_findings for check in checks)
        words = self.tr("{n} lần kiểm tra, {k} việc chưa khắc phục xong")
        self.count.setText(words.format(n=len(checks), k=waiting))
        at = next((n for n, c in enumerate(checks) if kept is not None and c.id == kept.id), 0)
        if checks:
            self.table.selectRow(at)
        self._show(at if checks else -1)

    def chosen(self) -> InternalCheck | None:
        """The check at the current row."""
        row = self.table.chosen_row()
        return self.model.record(row) if 0 <= row < self.model.rowCount() else None

    def chosen_finding(self) -> CheckFinding | None:
        """The finding at the current row."""
        row = self.list.chosen_row()
        return self.findings.record(row) if 0 <= row < self.findings.rowCount() else None

    # --- inside

    def _both(self, look: Look) -> QWidget:
        both = QWidget()
        columns = QHBoxLayout(both)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(CARD_GAP)
        checks = Card(look, flush=True)
        checks.body.setContentsMargins(1, 4, 1, 6)
        checks.setFixedWidth(_LIST)
        self.model: RecordModel[InternalCheck] = RecordModel(
            [
                Column(self.tr("Ngày"), lambda c: date_vn(c.made_on), role=Role.STRONG,
                       second=lambda c: c.kind.label),
                Column(self.tr("Xem gì"), lambda c: c.looked_at,
                       second=lambda c: c.department or self.tr("Toàn trường"),
                       tip=lambda c: c.looked_at),
                Column(self.tr("Còn"), lambda c: str(c.open_findings or "–"), number=True,
                       tone=lambda c: "amber" if c.open_findings else "ink3"),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Các lần kiểm tra"), row_height=44)
        self.table.setModel(self.model)
        self.table.set_widths({0: 104, 2: 56})
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _was: self._show(now.row())
        )
        checks.body.addWidget(self.table)
        columns.addWidget(checks)
        right = Card(look, flush=True)
        right.body.setContentsMargins(1, 12, 1, 6)
        words = QVBoxLayout()
        words.setContentsMargins(CARD_PADDING - 1, 0, CARD_PADDING, 4)
        self.title = Label(look, "", Role.CARD_TITLE, wrap=True)
        self.people = Label(look, "", Role.BODY, "ink2", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.people)
        right.body.addLayout(words)
        right.body.addWidget(hairline())
        self.findings: RecordModel[CheckFinding] = RecordModel(
            [
                Column(self.tr("Giáo viên"), lambda f: f.teacher, role=Role.VALUE,
                       second=lambda f: f.place, tip=lambda f: f.place),
                Column(self.tr("Phát hiện"), lambda f: f.finding, second=lambda f: f.remedy,
                       tip=lambda f: f"{f.finding}\n{f.remedy}"),
                Column(self.tr("Hạn"), lambda f: date_vn(f.due_on), centred=True),
                Column(self.tr("Tình trạng"), self._state, tone=self._tone,
                       second=lambda f: f.closing_note, tip=lambda f: f.closing_note,
                       icon=lambda f: "hourglass" if f.is_open else "check"),
            ],
            self,
        )  # fmt: skip
        self.list = TableView(look, self.tr("Việc phải khắc phục"), row_height=44, fifth=False)
        self.list.setModel(self.findings)
        self.list.set_widths({0: 168, 2: 96, 3: 190})
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _was: self._follow())
        right.body.addWidget(self.list, 1)
        columns.addWidget(right, 1)
        return both

    def _show(self, row: int) -> None:
        check = self.model.record(row) if row >= 0 else None
        self.findings.set_records(() if check is None else check.findings)
        if check is not None:
            title = self.tr("Kiểm tra {kind}, {unit}, ngày {day}")
            self.title.setText(
                title.format(
                    kind=check.kind.label.lower(),
                    unit=check.department or self.tr("toàn trường"),
                    day=date_vn(check.made_on),
                )
            )
            lines = [self.tr("Người kiểm tra: {names}").format(names=check.members),
                     check.looked_at, check.outcome]  # fmt: skip
            self.people.setText("\n".join(line for line in lines if line))
            if check.findings:
                self.list.selectRow(0)
        self.print_button.setEnabled(check is not None)
        self._follow()

    def _follow(self) -> None:
        finding = self.chosen_finding()
        self.settle_button.setEnabled(finding is not None and finding.is_open)

    def _state(self, finding: CheckFinding) -> str:
        if finding.closed_at is not None:
            return self.tr("Xong, {name} xem lại").format(name=finding.closed_by_name)
        if finding.is_late(self._today):
            return self.tr("Quá hạn")
        return self.tr("Đang khắc phục")

    def _tone(self, finding: CheckFinding) -> str:
        if not finding.is_open:
            return "green"
        return "red" if finding.is_late(self._today) else "amber"
