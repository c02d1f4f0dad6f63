"""Small dialogs of Tổ chuyên môn: subjects of a tổ, what was seen again, the monthly report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from app.readmodels.work_board import month_words
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.domain.departments import Department
    from app.domain.internal_checks import CheckFinding
    from ui.theme.look import Look

_COLUMNS = 3


class SubjectsDialog(EntryDialog):
    """Ticks the subjects of one tổ; `owners` says whose each is now."""

    def __init__(
        self,
        look: Look,
        department: Department,
        names: Mapping[str, str],
        owners: Mapping[str, str],
        proposal: Mapping[str, str],
        save: Callable[[Sequence[str]], None],
        parent: QWidget,
    ) -> None:
        title = parent.tr("Giao môn cho {name}").format(name=department.name)
        super().__init__(look, title, icon="people", parent=parent, width=720)
        self._save = save
        proposed = not department.subjects
        words = self.tr(
            "Tổ trưởng kiểm dò hồ sơ sửa điểm của các môn này. Môn đang của tổ khác thì chuyển "
            "sang tổ này."
        )
        if proposed:
            words = self.tr("Máy đã đánh dấu theo phân công giảng dạy; hãy xem lại. ") + words
        self.body.addWidget(Label(look, words, Role.CAPTION, "ink2", wrap=True))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setSpacing(10)
        self.boxes: dict[str, CheckBox] = {}
        for at, (code, name) in enumerate(names.items()):
            owner = owners.get(code, "")
            other = owner not in ("", department.name)
            box = CheckBox(look, f"{name} ({owner})" if other else name)
            mine = code in department.subjects
            free = proposed and not other and proposal.get(code) == department.name
            box.setChecked(mine or free)
            self.boxes[code] = box
            grid.addWidget(box, at // _COLUMNS, at % _COLUMNS)
        self.body.addWidget(holder)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Giao môn"), self._submit, icon="check")
        self.finished.connect(self.deleteLater)

    def _submit(self) -> None:
        codes = [code for code, box in self.boxes.items() if box.isChecked()]
        if self.attempt(lambda: self._save(codes)):
            self.accept()


class SettleDialog(EntryDialog):
    """What was seen when somebody looked again."""

    def __init__(
        self, look: Look, finding: CheckFinding, save: Callable[[str], None], parent: QWidget
    ) -> None:
        title = parent.tr("{name} đã khắc phục").format(name=finding.teacher)
        super().__init__(look, title, icon="check", parent=parent, width=560)
        self._save = save
        words = self.tr("Phát hiện: {finding}\nCách khắc phục: {remedy}").format(
            finding=finding.finding, remedy=finding.remedy
        )
        self.body.addWidget(Label(look, words, Role.BODY, "ink2", wrap=True))
        self.note = TextField(look, self.tr("Đã xem lại, thấy"))
        self.add_field(
            LabelledField(look, self.tr("Đã xem lại, thấy"), self.note,
                          self.tr("Một câu; người xem lại không phải là người phải khắc phục"))
        )  # fmt: skip
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Kết thúc việc này"), self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self.note.setFocus()

    def _submit(self) -> None:
        if self.attempt(lambda: self._save(self.note.text())):
            self.accept()


class ReportDialog(EntryDialog):
    """The month, and what the tổ trưởng proposes; everything else comes from the file."""

    def __init__(
        self,
        look: Look,
        department: str,
        months: Sequence[str],
        current: str,
        print_report: Callable[[str, Sequence[str]], None],
        parent: QWidget,
    ) -> None:
        title = parent.tr("Báo cáo tháng của {name}").format(name=department)
        super().__init__(look, title, icon="printer", parent=parent, width=620)
        self._print = print_report
        words = self.tr(
            "Tiến độ, xếp thứ, tỉ lệ điểm, kiểm tra, đôn đốc lấy từ tệp lúc in. Số văn bản do văn "
            "thư cho ở Quản trị, Văn bản."
        )
        self.body.addWidget(Label(look, words, Role.CAPTION, "ink2", wrap=True))
        self.month = Combo(
            look, self.tr("Tháng"), [(m, month_words(m).capitalize()) for m in months]
        )
        if current:
            self.month.set_current(current)
        self.add_field(LabelledField(look, self.tr("Tháng"), self.month))
        self.proposals = QPlainTextEdit()
        self.proposals.setFont(look.font(Role.BODY))
        self.proposals.setTabChangesFocus(True)
        self.proposals.setMinimumHeight(96)
        label = self.tr("Đề nghị của tổ, mỗi dòng một ý")
        self.proposals.setAccessibleName(label)
        self.add_field(LabelledField(look, label, self.proposals))
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.print_button = self.add_button(self.tr("In báo cáo"), self._submit, icon="printer")
        self.finished.connect(self.deleteLater)

    def _submit(self) -> None:
        lines = self.proposals.toPlainText().splitlines()
        if self.attempt(lambda: self._print(self.month.current() or "", lines)):
            self.accept()
