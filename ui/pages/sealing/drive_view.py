"""Step 2 of a seal: on what medium, who sees it, who keeps it, and the principal's password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.media import DiscSize, DriveFacts, megabytes
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.checks import CheckBox
from ui.widgets.decider_bar import DeciderBar
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ui.theme.look import Look


_DRIVE = "drive"


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
        self._folder: Path | None = None
        self._sealed = False
        row = QHBoxLayout()
        self.kind = Segmented(
            look,
            [
                (_DRIVE, self.tr("Ổ rời")),
                (DiscSize.CD.name, self.tr("Đĩa CD 700 MB")),
                (DiscSize.DVD.name, self.tr("Đĩa DVD 4,7 GB")),
            ],
            self.tr("Niêm phong ra"),
        )
        self.kind.set_current(_DRIVE)
        self.kind.chosen.connect(lambda _key: self._show_kind())
        row.addWidget(self.kind)
        row.addStretch(1)
        self._refresh = link(look, self.tr("Xem lại các ổ"), on_refresh, "refresh")
        self._pick = link(look, self.tr("Chọn thư mục ổ khác…"), on_folder, "folder")
        row.addWidget(self._refresh)
        row.addSpacing(12)
        row.addWidget(self._pick)
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
        self._stack.addWidget(self._disc_page(on_folder))
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
        self.confidential = CheckBox(
            look, self.tr("Kèm bản mật: toàn bộ sổ, mã hóa; chỉ hiệu trưởng, văn thư mở được")
        )
        column.addWidget(self.confidential)
        self.decision = TextField(look, self.tr("Quyết định mở niêm phong"))
        self.decision_line = LabelledField(
            look, self.tr("Gói bổ sung, theo quyết định mở niêm phong số"), self.decision,
            self.tr("Chỉ ghi khi bổ sung cho năm học đã niêm phong; để trống là niêm phong cả năm"),
        )  # fmt: skip
        self.decision_line.hide()
        column.addWidget(self.decision_line)
        self.decider = DeciderBar(look, self.tr("Hiệu trưởng ký niêm phong"), principals)
        signer = QHBoxLayout()
        signer.addWidget(self.decider)
        signer.addStretch(1)
        column.addLayout(signer)
        # A supplement holds what came later, never the whole file.
        self.decision.textChanged.connect(
            lambda _text: self.confidential.setEnabled(not self.supplement)
        )
        for field in (self.witnesses, self.keeper, self.decision):
            field.textChanged.connect(lambda _text: self.changed.emit())
        self.decider.ready.connect(lambda _ready: self.changed.emit())

    def set_principals(self, principals: Sequence[tuple[str, str]]) -> None:
        """Who may sign today."""
        self.decider.people.set_choices(principals)

    @property
    def disc(self) -> DiscSize | None:
        """The size of disc that images are made for; None for a drive."""
        key = self.kind.current()
        return None if key == _DRIVE else DiscSize[key]

    @property
    def supplement(self) -> str:
        """The unsealing decision of a supplement; "" for a copy of the whole year."""
        return "" if self.disc is not None else self.decision.text().strip()

    def allow_supplement(self, sealed: bool) -> None:
        """Only a year that was sealed once can be supplemented."""
        self._sealed = sealed
        self._show_kind()

    @property
    def folder(self) -> Path | None:
        """Where the images go; None while nobody has chosen."""
        return self._folder

    def set_folder(self, folder: Path) -> None:
        """Where the images go."""
        self._folder = folder
        self._folder_line.setText(str(folder))
        self.changed.emit()

    def show_drives(self, lines: Sequence[DriveLine]) -> None:
        """The list; chooses the first fit drive."""
        self.model.set_records(lines)
        self._show_kind()
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
        place = line is not None and not line.refusal
        if self.disc is not None:
            place = self._folder is not None
        return (
            place
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

    def _disc_page(self, on_folder: Callable[[], None]) -> QWidget:
        look = self._look
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        words = self.tr(
            "Chương trình tạo ảnh đĩa (.iso) trong một thư mục, đọc lại từng tệp, rồi văn phòng "
            "ghi ảnh ra đĩa bằng máy tính nào cũng được. Năm học không vừa một đĩa thì chia trọn "
            "từng lớp sang đĩa sau. Ghi xong, đưa đĩa vào máy và bấm “Đọc kiểm tra” ở sổ theo dõi."
        )
        column.addWidget(Label(look, words, Role.BODY, "ink2", wrap=True))
        column.addWidget(Label(look, self.tr("Thư mục nhận ảnh đĩa"), Role.CAPTION, "ink3"))
        self._folder_line = Label(look, self.tr("chưa chọn"), Role.VALUE, wrap=True)
        column.addWidget(self._folder_line)
        column.addWidget(link(look, self.tr("Chọn thư mục…"), on_folder, "folder"))
        column.addStretch(1)
        return page

    def _show_kind(self) -> None:
        disc = self.disc is not None
        full = bool(self.model.records())
        self._stack.setCurrentIndex(2 if disc else 0 if full else 1)
        self.decision_line.setVisible(self._sealed and not disc)
        self._refresh.setHidden(disc)
        self._pick.setHidden(disc)
        self._tell()

    def _fit(self, line: DriveLine) -> str:
        return self.tr("không") if line.refusal else self.tr("được")

    def _tell(self) -> None:
        line = self.chosen()
        self.why.setText("" if line is None or self.disc is not None else line.refusal)
        self.why.setVisible(bool(self.why.text()))
        self.changed.emit()


def _size(count: int) -> str:
    if count < 10_000_000_000:
        return megabytes(count)
    tenths = count // 100_000_000
    return f"{tenths // 10},{tenths % 10} GB"
