"""Step 2 of a seal: which drive, who sees it, who keeps it, and the principal's password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.media import DriveFacts, megabytes
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.decider_bar import DeciderBar
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.theme.look import Look


@dataclass(frozen=True, slots=True)
class DriveLine:
    """A drive and why it may not take the seal; "" when it may."""

    facts: DriveFacts
    refusal: str


class DriveView(QWidget):
    """`changed` whenever the button that seals may have to follow."""

    changed = Signal()

    def __init__(
        self,
        look: Look,
        principals: Sequence[tuple[str, str]],
        on_folder: Callable[[], None],
        on_refresh: Callable[[], None],
    ) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(Label(look, self.tr("Chọn ổ nhận bản niêm phong"), Role.CARD_TITLE))
        row.addStretch(1)
        row.addWidget(link(look, self.tr("Xem lại các ổ"), on_refresh, "refresh"))
        row.addSpacing(12)
        row.addWidget(link(look, self.tr("Chọn thư mục ổ khác…"), on_folder, "folder"))
        column.addLayout(row)
        self.model: RecordModel[DriveLine] = RecordModel(self._columns(), self)
        self.table = TableView(look, self.tr("Các ổ đang cắm"), row_height=46, fifth=False)
        self.table.setModel(self.model)
        self.table.set_widths({0: 220, 1: 150, 2: 110})
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _was: self._tell())
        empty = EmptyState(
            look,
            "drive",
            self.tr("Chưa thấy ổ rời nào"),
            self.tr("Cắm một ổ cứng rời hoặc USB vào máy này rồi bấm “Xem lại các ổ”."),
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        holder.setMinimumHeight(130)
        column.addWidget(holder, 1)
        self.why = Label(look, "", Role.BODY, "red", wrap=True)
        column.addWidget(self.why)
        people = QHBoxLayout()
        people.setSpacing(14)
        self.witnesses = TextField(look, self.tr("Người chứng kiến"))
        self.keeper = TextField(look, self.tr("Người lưu giữ"))
        self.witnesses_line = LabelledField(
            look, self.tr("Người chứng kiến"), self.witnesses,
            self.tr("Họ tên, chức vụ; nhiều người cách nhau bằng dấu chấm phẩy"),
        )  # fmt: skip
        self.keeper_line = LabelledField(
            look, self.tr("Người lưu giữ"), self.keeper, self.tr("Họ tên, chức vụ")
        )
        people.addWidget(self.witnesses_line, 3)
        people.addWidget(self.keeper_line, 2)
        column.addLayout(people)
        self.decider = DeciderBar(look, self.tr("Hiệu trưởng ký niêm phong"), principals)
        signer = QHBoxLayout()
        signer.addWidget(self.decider)
        signer.addStretch(1)
        column.addLayout(signer)
        for field in (self.witnesses, self.keeper):
            field.textChanged.connect(lambda _text: self.changed.emit())
        self.decider.ready.connect(lambda _ready: self.changed.emit())

    def set_principals(self, principals: Sequence[tuple[str, str]]) -> None:
        """Who may sign today."""
        self.decider.people.set_choices(principals)

    def show_drives(self, lines: Sequence[DriveLine]) -> None:
        """The list; chooses the first fit drive."""
        self.model.set_records(lines)
        self._stack.setCurrentIndex(0 if lines else 1)
        fit = next((at for at, line in enumerate(lines) if not line.refusal), 0)
        if lines:
            self.table.selectRow(fit)
        self._tell()

    def chosen(self) -> DriveLine | None:
        """The drive of the current row."""
        row, records = self.table.chosen_row(), self.model.records()
        return records[row] if 0 <= row < len(records) else None

    def is_complete(self) -> bool:
        """Whether everything that is asked has an answer."""
        line = self.chosen()
        return (
            line is not None
            and not line.refusal
            and bool(self.witnesses.text().strip())
            and bool(self.keeper.text().strip())
            and self.decider.is_ready()
        )

    def _columns(self) -> list[Column[DriveLine]]:
        return [
            Column(self.tr("Ổ"), lambda r: r.facts.label or self.tr("không có nhãn"),
                   role=Role.VALUE, second=lambda r: str(r.facts.mount),
                   tip=lambda r: str(r.facts.mount)),
            Column(self.tr("Số sê-ri"), lambda r: r.facts.serial or "–",
                   tip=lambda r: r.facts.serial),
            Column(self.tr("Còn trống"), lambda r: _size(r.facts.free_bytes), number=True,
                   second=lambda r: self.tr("trên {all}").format(all=_size(r.facts.total_bytes))),
            Column(self.tr("Dùng được không"), self._fit,
                   icon=lambda r: "close" if r.refusal else "check",
                   tone=lambda r: "red" if r.refusal else "green",
                   tip=lambda r: r.refusal),
        ]  # fmt: skip

    def _fit(self, line: DriveLine) -> str:
        return self.tr("không") if line.refusal else self.tr("được")

    def _tell(self) -> None:
        line = self.chosen()
        self.why.setText("" if line is None else line.refusal)
        self.why.setVisible(bool(self.why.text()))
        self.changed.emit()


def _size(count: int) -> str:
    if count < 10_000_000_000:
        return megabytes(count)
    tenths = count // 100_000_000
    return f"{tenths // 10},{tenths % 10} GB"
