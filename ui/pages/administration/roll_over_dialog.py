"""Chuyển năm học: what is still to be done, where each class goes, whose teachers; then one act."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.roll_over import ClassMove, Fate, TeacherCarry
from app.errors import AppError, RuleRefused
from app.readmodels.roll_over import RollOverBoard, RollOverChoice, RollOverClass, RollOverDone
from app.text import clean
from ui.dialogs.step_wizard import StepWizard, page_with_column
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.theme.typography import Role
from ui.widgets.cards import ScrollPane
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.changes import CommandResult
    from app.progress import Progress
    from ui.navigation import PageContext

_SPLIT = re.compile(r"[,;\n]+")
_CHECK, _PLACES, _TEACHERS = range(3)


class RollOverDialog(StepWizard):
    """`run(choice, progress)` is the one act; `on_done(result)` hears of it."""

    def __init__(
        self,
        context: PageContext,
        board: RollOverBoard,
        run: Callable[[RollOverChoice, Progress], CommandResult],
        on_done: Callable[[CommandResult], None],
        parent: QWidget,
    ) -> None:
        self._name = board.next_name.replace("-", "–")
        super().__init__(
            context.look,
            parent.tr("Chuyển sang năm học {name}").format(name=self._name),
            parent.tr("từ năm học {name}").format(name=board.year.name.replace("-", "–")),
            "calendar",
            (parent.tr("Kiểm tra"), parent.tr("Xếp lớp"), parent.tr("Giáo viên và chuyển")),
            parent,
        )
        self._context, self.board = context, board
        self._run, self._on_done = run, on_done
        self.places: dict[int, tuple[TextField, TextField]] = {}
        self.stack.addWidget(self._check_page())
        self.stack.addWidget(self._places_page())
        self.stack.addWidget(self._teachers_page())
        self.guard(self.next_button)
        self.show_step(_CHECK)

    # --- steps

    @override
    def leave(self, step: int) -> None:
        """Nothing is written; the names are checked for shape here and for sense by the service."""
        if step == _PLACES:
            self._lead_teachers()

    @override
    def finish(self) -> None:
        """One act, in a job: a backup is made first."""
        choice = self.choice()

        def done(result: CommandResult) -> None:
            self.accept()
            self._on_done(result)

        def failed(error: Exception) -> None:
            if isinstance(error, AppError):
                self.say(error.sentence)
            else:
                self._context.jobs.report_unexpected(error)

        run_with_progress(
            self._context.jobs, self.look, self,
            self.tr("Đang chuyển sang năm học {name}").format(name=self._name),
            lambda progress: self._run(choice, progress),
            lane=Lane.DATABASE, on_success=done, on_failure=failed,
        )  # fmt: skip

    @override
    def action_words(self, step: int) -> str:
        """The last one says what it does."""
        if step == _TEACHERS:
            return self.tr("Sao lưu rồi chuyển sang {name}").format(name=self._name)
        return self.tr("Tiếp tục")

    @override
    def may_go_on(self, step: int) -> bool:
        """Not while a class has something to do."""
        return self.board.ready

    def choice(self) -> RollOverChoice:
        """What stands in the fields. Raises RuleRefused when a day is missing."""
        starts, term2, ends = (field.value() for field in self.days)
        if starts is None or term2 is None or ends is None:
            raise RuleRefused(
                "year_dates_missing",
                "Chưa ghi đủ ba ngày của năm học mới; hãy quay lại bước Xếp lớp và ghi đủ.",
            )
        return RollOverChoice(
            {
                item.klass.id: ClassMove(up.text(), stay.text())
                for item in self.board.classes
                for up, stay in [self.places[item.klass.id]]
            },
            tuple(name for name in map(clean, _SPLIT.split(self.entering.text())) if name),
            TeacherCarry(self.carry.current()),
            (starts, term2, ends),
        )

    # --- pages

    def _check_page(self) -> QWidget:
        page, column = page_with_column()
        board, look = self.board, self.look
        waiting = len(board.waiting)
        if board.refusal:
            state = IconText(look, "warning", board.refusal, "red", Role.VALUE)
        elif waiting:
            words = self.tr("{n} lớp còn việc phải làm; làm xong mới chuyển được.")
            state = IconText(look, "warning", words.format(n=waiting), "amber", Role.VALUE)
        else:
            words = self.tr("Mọi lớp đã duyệt danh sách cuối cùng; chuyển được.")
            state = IconText(look, "check-disc", words, "green", Role.VALUE)
        column.addWidget(state)
        for sentence in board.changed:
            column.addWidget(Label(look, sentence, Role.BODY, "amber", wrap=True))
        self.check_model: RecordModel[RollOverClass] = RecordModel(
            [
                Column(self.tr("Lớp"), lambda r: r.klass.name, role=Role.STRONG),
                Column(self.tr("Lên lớp"), lambda r: _moving(r, completes=False), number=True),
                Column(self.tr("Hoàn thành cấp"), lambda r: _moving(r, completes=True),
                       number=True),
                Column(self.tr("Ở lại"), lambda r: _figure(r, promoted=False), number=True),
                Column(self.tr("Đã rời"), lambda r: _figure(r, promoted=None), number=True,
                       tone=lambda _r: "ink3"),
                Column(self.tr("Còn phải làm"), lambda r: r.problem or self.tr("xong"),
                       icon=lambda r: "warning" if r.problem else "check",
                       tone=lambda r: "amber" if r.problem else "green",
                       tip=lambda r: r.problem),
            ],
            self,
        )  # fmt: skip
        self.check_model.set_records(board.classes)
        table = TableView(look, self.tr("Các lớp"), row_height=29)
        table.setModel(self.check_model)
        table.set_widths({0: 84, 1: 84, 2: 120, 3: 70, 4: 74})
        column.addWidget(table, 1)
        return page

    def _places_page(self) -> QWidget:
        page, column = page_with_column()
        look = self.look
        days = QHBoxLayout()
        days.setSpacing(14)
        titles = (self.tr("Khai giảng"), self.tr("Đầu học kì II"), self.tr("Kết thúc"))
        self.days = [
            DateField(look, title, day)
            for title, day in zip(titles, self.board.next_dates, strict=True)
        ]
        for title, day in zip(titles, self.days, strict=True):
            days.addWidget(LabelledField(look, title, day))
        self.entering = TextField(look, self.tr("Lớp mở thêm"))
        self.entering.setText(", ".join(self.board.entering))
        days.addWidget(LabelledField(look, self.tr("Lớp đầu cấp và lớp mở thêm"), self.entering), 1)
        column.addLayout(days)
        lead = self.tr(
            "Em được lên lớp vào lớp cùng tên ở khối trên, em ở lại vào lớp cùng tên; sửa tên lớp "
            "nếu trường xếp khác. Mã của từng em giữ nguyên."
        )
        column.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        if any(item.klass.goes_on for item in self.board.classes):
            enters = self.tr(
                "Em học hết một cấp vào luôn lớp đầu cấp trên của trường và giữ mã; em không trúng "
                "tuyển thì sau đó cho rời lớp ở Danh sách lớp. Trường tuyển lại từ đầu thì xóa tên "
                "lớp ở ô ấy."
            )
            column.addWidget(Label(look, enters, Role.BODY, "ink2", wrap=True))
        pane = ScrollPane()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for at, title in enumerate(
            (self.tr("Lớp năm nay"), self.tr("Em lên lớp vào"), self.tr("Em ở lại vào"))
        ):
            grid.addWidget(Label(look, title, Role.CAPTION, "ink3"), 0, at)
        for row, item in enumerate(self.board.classes, 1):
            self._place_row(grid, row, item)
        grid.setColumnStretch(3, 1)
        pane.body.setContentsMargins(0, 0, 8, 0)
        pane.body.addLayout(grid)
        pane.body.addStretch(1)
        column.addWidget(pane, 1)
        return page

    def _place_row(self, grid: QGridLayout, row: int, item: RollOverClass) -> None:
        klass = item.klass
        name = Label(self.look, klass.name, Role.STRONG)
        up = TextField(
            self.look,
            self.tr("Lớp của em lên lớp từ {name}").format(name=klass.name),
            self.tr("hoàn thành cấp học") if klass.completes else "",
        )
        stay = TextField(self.look, self.tr("Lớp của em ở lại {name}").format(name=klass.name))
        up.setText(item.move.up_to)
        stay.setText(item.move.stays_in)
        for field in (up, stay):
            field.setFixedWidth(150)
        stay.setEnabled(klass.count(promoted=False) > 0)
        words = self.tr("{a} em lên, {b} em ở lại").format(
            a=klass.count(promoted=True), b=klass.count(promoted=False)
        )
        self.places[klass.id] = (up, stay)
        grid.addWidget(name, row, 0)
        grid.addWidget(up, row, 1)
        grid.addWidget(stay, row, 2)
        grid.addWidget(Label(self.look, words, Role.BODY, "ink3"), row, 3)

    def _teachers_page(self) -> QWidget:
        page, column = page_with_column()
        look = self.look
        self.carry = Combo(
            look,
            self.tr("Phân công đề xuất"),
            [
                (TeacherCarry.FOLLOW.value, self.tr("Giáo viên theo lớp lên khối trên")),
                (TeacherCarry.GRADE.value, self.tr("Giáo viên ở lại khối đang dạy")),
                (TeacherCarry.NONE.value, self.tr("Để trống, phân công sau")),
            ],
        )
        note = self.tr(
            "Lớp đầu cấp nhận giáo viên của khối cuối cùng tên. Tài khoản đã khóa không nhận việc. "
            "Sửa từng chỗ ở phần Phân công sau khi chuyển."
        )
        column.addWidget(LabelledField(look, self.tr("Phân công đề xuất"), self.carry, note))
        self.summary = Label(look, "", Role.BODY, wrap=True)
        column.addWidget(self.summary)
        what = self.tr(
            "Sẽ làm: sao lưu có kiểm tra, lập năm học, môn học và lớp theo thông tư của từng khối, "
            "xếp từng em vào lớp, đề xuất phân công. Năm học cũ không đổi gì, vẫn xem và in lại "
            "được: chọn năm học ở thanh trên cùng."
        )
        column.addWidget(Label(look, what, Role.BODY, "ink2", wrap=True))
        column.addStretch(1)
        return page

    def _lead_teachers(self) -> None:
        choice = self.choice()
        up = sum(
            item.klass.count(promoted=True)
            for item in self.board.classes
            if choice.moves[item.klass.id].up_to
        )
        passed = sum(item.klass.count(promoted=True) for item in self.board.classes)
        stay = sum(item.klass.count(promoted=False) for item in self.board.classes)
        self.summary.setText(
            self.tr("{a} em lên lớp, {b} em ở lại, {c} em hoàn thành cấp học.").format(
                a=up, b=stay, c=passed - up
            )
        )


def done_words(widget: QWidget, done: RollOverDone) -> str:
    """What was made, in one sentence over the page."""
    said = widget.tr("Đã lập năm học {name}: {k} lớp, {n} học sinh; {p} phân công đề xuất").format(
        name=done.year.name.replace("-", "–"),
        k=done.classes,
        n=done.fates[Fate.MOVES_UP] + done.fates[Fate.STAYS],
        p=done.posts,
    )
    return said + (widget.tr(", còn {n} chỗ trống.").format(n=done.gaps) if done.gaps else ".")


def _figure(item: RollOverClass, *, promoted: bool | None) -> str:
    """Nothing is counted before the class is settled."""
    return "" if item.problem else str(item.klass.count(promoted=promoted) or "")


def _moving(item: RollOverClass, *, completes: bool) -> str:
    return _figure(item, promoted=True) if item.klass.completes is completes else ""
