"""Right side of the approval: conditions met, witnesses by name, what approving does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.corrections import CaseKind
from ui.pages.corrections import words
from ui.theme.typography import Role
from ui.widgets.cards import hairline
from ui.widgets.chips import Avatar
from ui.widgets.fields import TextField
from ui.widgets.labels import Glyph, IconText, Label

if TYPE_CHECKING:
    from datetime import date

    from app.readmodels.correction_case import CaseView, Party
    from ui.theme.look import Look

_LINES = 3


class Conditions:
    """The three things an approver must see before deciding, each with its words."""

    def __init__(self, view: CaseView, today: date) -> None:
        self.lines: list[tuple[bool, str, str]] = [
            self._in_time(view, today),
            self._checked(view),
            self._stand(view),
        ]

    def title(self) -> str:
        """How many are met."""
        missing = sum(not met for met, _, _ in self.lines)
        if missing:
            text = words.translate("Còn {n} điều cần xem kỹ trước khi duyệt")
            return text.format(n=missing)
        return words.translate("Đủ {n} điều kiện để duyệt").format(n=len(self.lines))

    @staticmethod
    def _in_time(view: CaseView, today: date) -> tuple[bool, str, str]:
        cutoff = view.row.cutoff
        if view.row.kind is CaseKind.PROFILE:
            return (
                True,
                words.translate("Không có hạn lập hồ sơ"),
                words.translate("Thông tin học sinh sửa được cả năm"),
            )
        if cutoff is None:
            return (
                True,
                words.translate("Chưa đặt hạn lập hồ sơ"),
                words.translate("Hạn đặt ở trang Đóng mở sổ"),
            )
        day = cutoff.strftime("%d/%m/%Y")
        if not view.in_time:
            text = words.translate("Lập sau hạn {day}: cần quyết định ngoại lệ")
            return False, text.format(day=day), view.case.late_reason
        days = (cutoff - today).days
        left = words.translate("Hạn {day}, còn {n} ngày").format(day=day, n=days)
        gone = words.translate("Hạn {day}, lập trước hạn").format(day=day)
        return True, words.translate("Lập trong hạn"), left if days >= 0 else gone

    @staticmethod
    def _checked(view: CaseView) -> tuple[bool, str, str]:
        case = view.case
        if view.checker is None or case.checked_at is None:
            return False, words.translate("Chưa có người thứ hai đối chiếu"), ""
        cells = view.row.cells
        one = len(cells) == 1 and not words.is_text(cells[0])
        what = words.value(cells[0].new) if one else f"{len(cells)} ô"
        title = words.translate("Người thứ hai đã đối chiếu: khớp {what}").format(what=what)
        at = case.checked_at.strftime("%d/%m lúc %H:%M")
        return True, title, f"{view.checker.name}, {at}"

    @staticmethod
    def _stand(view: CaseView) -> tuple[bool, str, str]:
        if view.cells_stand:
            return (
                True,
                words.translate("Điểm đang lưu đúng như hồ sơ"),
                words.translate("So lại lúc mở hộp này"),
            )
        return (
            False,
            words.translate("Điểm đang lưu đã khác hồ sơ"),
            words.translate("Hãy từ chối để người đề nghị lập lại"),
        )


class WitnessFields(QObject):
    """Names who will sign the minutes; typed freely, suggested from the accounts."""

    changed = Signal()

    def __init__(self, look: Look, view: CaseView, column: QVBoxLayout) -> None:
        super().__init__()
        self._least = view.least_witnesses
        self._duties = {person.name: person.duty for person in view.people}
        self._duties[view.requester.name] = words.translate("Người đề nghị")
        self.fields: list[TextField] = []
        self._discs: list[Avatar] = []
        self._lines: list[Label] = []
        names = [person.name for person in view.people]
        for at in range(_LINES):
            proposed = view.witnesses[at] if at < len(view.witnesses) else None
            self._add(look, column, at, proposed, names)

    def names(self) -> list[str]:
        """The names typed, blanks left out."""
        return [field.text().strip() for field in self.fields if field.text().strip()]

    def enough(self) -> bool:
        """Whether enough different people are named; the service decides again."""
        return len(set(self.names())) >= self._least

    def _add(
        self, look: Look, column: QVBoxLayout, at: int, proposed: Party | None, names: list[str]
    ) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        disc = Avatar(look, "" if proposed is None else proposed.name, 26)
        label = words.translate("Người chứng kiến {n}").format(n=at + 1)
        field = TextField(look, label, words.translate("họ tên"))
        field.setText("" if proposed is None else proposed.name)
        completer = QCompleter(names, field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(completer)
        row.addWidget(disc)
        row.addWidget(field, 1)
        row.addWidget(IconText(look, "pencil", words.translate("ký giấy"), "ink3", size=14))
        column.addLayout(row)
        line = Label(look, "", Role.CAPTION, "ink3")
        line.setContentsMargins(34, 0, 0, 0)
        column.addWidget(line)
        self.fields.append(field)
        self._discs.append(disc)
        self._lines.append(line)
        field.textChanged.connect(lambda text, at=at: self._on_typed(at, text))
        self._show_duty(at, field.text())

    def _on_typed(self, at: int, text: str) -> None:
        self._discs[at].set_name(text)
        self._show_duty(at, text)
        self.changed.emit()

    def _show_duty(self, at: int, text: str) -> None:
        duty = self._duties.get(text.strip(), "")
        self._lines[at].setText(duty)
        self._lines[at].setVisible(bool(duty))


def condition_row(look: Look, met: bool, title: str, line: str) -> QWidget:
    """A check or a warning with its words."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 2)
    row.setSpacing(9)
    glyph = Glyph(look, "check-disc" if met else "warning", "green" if met else "red", 17)
    row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(Label(look, title, Role.STRONG, wrap=True))
    if line:
        column.addWidget(Label(look, line, Role.CAPTION, "ink2", wrap=True))
    row.addLayout(column, 1)
    return box


def outcome_rows(look: Look, view: CaseView) -> list[QWidget]:
    """Khi duyệt: what will happen, in three lines."""
    row = view.row
    one = len(row.cells) == 1
    what = (
        words.translate("Chỉ ô này mở, trong {n} phút")
        if one
        else words.translate("Chỉ {m} ô này mở, trong {n} phút")
    )
    only = (
        words.translate("Chỉ nhận đúng {new}, xong tự khóa lại").format(
            new=words.value(row.cells[0].new)
        )
        if one
        else words.translate("Chỉ nhận đúng các giá trị này, xong tự khóa lại")
    )
    lines = [
        ("lock-open", what.format(n=view.unlock_minutes, m=len(row.cells))),
        ("lock-closed", only),
        ("printer", words.translate("Sửa xong in biên bản để mọi người ký")),
    ]
    found: list[QWidget] = []
    for icon, text in lines:
        box = QWidget()
        across = QHBoxLayout(box)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(9)
        across.addWidget(Glyph(look, icon, "ink2", 16), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Label(look, text, Role.BODY, "ink2", wrap=True), 1)
        found.append(box)
    return found


def rule(column: QVBoxLayout) -> None:
    """A hairline with air around it."""
    column.addSpacing(4)
    column.addWidget(hairline(strong=True))
    column.addSpacing(4)
