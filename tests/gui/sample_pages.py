"""A placeholder page with every widget in it, for pictures and for keyboard walks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.clock import VIETNAM
from ui.navigation import PageSpec, SessionInfo
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Alert, Card, hairline
from ui.widgets.combos import Picker
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.steps import Step, StepRow, StepState
from ui.widgets.tables import TableView
from ui.widgets.task_list import Task, TaskList

if TYPE_CHECKING:
    from ui.navigation import PageContext

NOW = datetime(2027, 1, 8, 14, 3, 22, tzinfo=VIETNAM)

SESSION = SessionInfo(
    uid="u1",
    display_name="Phan Thị Diệu Hiền",
    role_text="GVCN lớp 7A2",
    roles=frozenset({"homeroom"}),
    school_kind="Trường THCS",
    school_name="Sông Trăng",
)

TASKS = (
    Task(1, "07/01", "quá 1 ngày", "Nhập nốt ĐĐGtx4 Ngữ văn, lớp 7A4",
         "còn 3 học sinh chưa có điểm", "Tới ô đầu tiên", "red", 42, 45),
    Task(2, "08/01", "hôm nay", "Xem và nhận xét rèn luyện học kì I, lớp 7A2",
         "còn 9 học sinh chưa có nhận xét", "Viết tiếp", "amber", 36, 45),
    Task(3, "09/01", "còn 1 ngày", "Ký Sổ theo dõi và đánh giá, bản in số 2",
         "Nhận ở văn thư; ký trang bìa và trang 4, 12, 18", "Xem bản in"),
    Task(4, "11/01", "còn 3 ngày", "Đối chiếu hồ sơ sửa điểm số 08",
         "Tiếng Anh, lớp 8A1: so với sổ cá nhân, bài kiểm tra", "Mở hồ sơ"),
)  # fmt: skip


class HomePage(QWidget):
    """Looks like Bàn làm việc, with invented data."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.went_to: dict[str, Any] = {}
        look = context.look
        self.pickers = [
            Picker(look, "Năm học", [(2026, "2026–2027"), (2025, "2025–2026")]),
            Picker(look, "Lớp", [(1, "7A2"), (2, "7A3")]),
        ]
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(look, "Chào cô Diệu Hiền", Role.TITLE))
        line = "Thứ Sáu, 08/01/2027. Tuần 18. Cô có 1 việc quá hạn và 1 việc hết hạn hôm nay."
        words.addWidget(Label(look, line, Role.BODY, "ink2"))
        head.addLayout(words, 1)
        head.addWidget(secondary(look, "Điểm danh hôm nay", icon="attendance"))
        head.addWidget(primary(look, "Mở sổ điểm 7A2", icon="mark-book"))
        outer.addLayout(head)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(14)
        tasks = Card(
            look, "Việc của tôi", "4 việc, xếp theo hạn", action="Việc đã xong", flush=True
        )
        self.tasks = TaskList(look)
        self.tasks.set_tasks(TASKS)
        tasks.body.addWidget(self.tasks)
        left.addWidget(tasks, 1)
        alerts = Card(look, "Cần chú ý")
        alerts.body.addWidget(
            Alert(look, "people", "2 học sinh gần ngưỡng nghỉ 45 buổi",
                  "Bạch Thị Hòa 41 buổi, Châu Quốc Huy 39 buổi", action="Xem điểm danh")
        )  # fmt: skip
        alerts.body.addWidget(
            Alert(look, "lock-open", "1 ô điểm đang mở theo hồ sơ sửa điểm số 06",
                  "Toán, Trần Ánh Dương. Tự khóa lại sau 12 phút 40 giây", tone="accent",
                  action="Xem hồ sơ")
        )  # fmt: skip
        left.addWidget(alerts)
        columns.addLayout(left, 9)
        board = Card(look, "Tiến độ lớp 7A2, học kì I", action="Xem cả khối 7", flush=True)
        steps = QVBoxLayout()
        steps.setContentsMargins(15, 6, 15, 6)
        steps.addWidget(StepRow(look, [
            Step("Nhập", StepState.HALF, "483/495"), Step("Soát", StepState.HALF, "8/11 môn"),
            Step("Chốt", StepState.TODO, "hạn 16/01"), Step("In", StepState.TODO, "dự kiến 18/01"),
            Step("Ký", StepState.TODO, "dự kiến 22/01"), Step("Lưu", StepState.DONE, "xong"),
        ]))  # fmt: skip
        board.body.addLayout(steps)
        board.body.addWidget(hairline())
        self.model = RecordModel([
            Column("Môn học", lambda r: r[0], role=Role.VALUE),
            Column("Giáo viên", lambda r: r[1], tone=lambda r: "ink2"),
            Column("Nhập", lambda r: r[2], number=True),
            Column("Soát", lambda r: "", centred=True, step=lambda r: r[3]),
        ], self)  # fmt: skip
        self.model.set_records([
            ("Ngữ văn", "Lê Thu Trang", "45/45", StepState.DONE),
            ("Toán", "Vũ Đình Khải", "40/45", StepState.HALF),
            ("Ngoại ngữ 1", "Hà Kiều Oanh", "45/45", StepState.DONE),
            ("Khoa học tự nhiên", "Ngô Sỹ Tuấn", "45/45", StepState.TODO),
            ("Lịch sử và Địa lí", "Đỗ Mai Phương", "45/45", StepState.NONE),
            ("Giáo dục công dân", "Tạ Bích Liên", "45/45", StepState.DONE),
        ])  # fmt: skip
        self.table = TableView(look, "Tiến độ", row_height=look.measures.board_row)
        self.table.setModel(self.model)
        self.table.set_widths({0: 150, 1: 140, 2: 90})
        board.body.addWidget(self.table, 1)
        columns.addWidget(board, 10)
        outer.addLayout(columns, 1)

    def topbar_widgets(self) -> list[QWidget]:
        return list(self.pickers)

    def go_to(self, **where: Any) -> None:
        self.went_to = where


class TypingPage(QWidget):
    """A page with one field that may refuse to be left."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.saved: list[str] = []
        self.refuses = False
        self.went_to: dict[str, Any] = {}
        row = QVBoxLayout(self)
        self.field = QLineEdit()
        row.addWidget(self.field)
        self.setFocusProxy(self.field)

    def go_to(self, **where: Any) -> None:
        self.went_to = where

    def commit_pending(self) -> bool:
        if self.refuses:
            return False
        if self.field.text():
            self.saved.append(self.field.text())
        return True

    def hold_draft(self) -> object:
        draft = self.field.text()
        self.field.clear()
        return draft or None

    def return_draft(self, draft: object) -> None:
        self.field.setText(str(draft))


def specs() -> list[PageSpec]:
    """A rail as the pictures show it; Quản trị and Đóng mở sổ are the principal's."""
    everyone: frozenset[str] = frozenset()
    head = frozenset({"principal", "secretary"})
    rows = [
        ("home", "Bàn làm việc", "home", 0, everyone),
        ("roster", "Danh sách lớp", "roster", 1, everyone),
        ("marks", "Sổ điểm", "mark-book", 1, everyone),
        ("attendance", "Điểm danh", "attendance", 1, everyone),
        ("conduct", "Rèn luyện", "conduct", 1, everyone),
        ("results", "Tổng kết", "sum", 1, everyone),
        ("corrections", "Sửa điểm", "pencil", 2, everyone),
        ("locks", "Đóng mở sổ", "lock-closed", 2, head),
        ("prints", "In sổ", "printer", 2, everyone),
        ("trail", "Nhật ký", "history", 2, everyone),
        ("admin", "Quản trị", "key", 3, head),
        ("help", "Trợ giúp", "help", 3, everyone),
    ]
    return [
        PageSpec(key, title, icon, group, roles, HomePage if key == "home" else TypingPage)
        for key, title, icon, group, roles in rows
    ]
