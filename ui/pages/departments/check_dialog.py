"""Ghi lần kiểm tra: the check above, then one thing to put right after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.internal_checks import CheckKind
from app.services.internal_checks import CheckDraft, FindingDraft
from app.text import date_vn
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import hairline
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField, side_by_side
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.domain.ids import ClassId, SubjectId
    from app.domain.school import Account, SchoolClass
    from app.domain.subjects import Subject
    from ui.theme.look import Look

_SHOWN = 3
"""Rows of the list of findings that are seen at once."""


class CheckDialog(EntryDialog):
    """`save(draft)` raises AppError; `units` are what this person may check ("" is the school)."""

    def __init__(
        self,
        look: Look,
        today: date,
        units: Sequence[tuple[str, str]],
        people: Sequence[Account],
        classes: Sequence[SchoolClass],
        subjects_of: Callable[[ClassId], Sequence[Subject]],
        save: Callable[[CheckDraft], None],
        parent: QWidget,
    ) -> None:
        title = parent.tr("Ghi lần kiểm tra nội bộ")
        super().__init__(look, title, icon="search", parent=parent, width=860)
        self._people = tuple(people)
        self._subjects_of = subjects_of
        self._save = save
        self._found: list[FindingDraft] = []
        self._names = {person.id: person.full_name for person in people}
        self.unit = Combo(look, self.tr("Kiểm tra tổ"), units)
        self.unit.picked.connect(lambda _unit: self._show_people())
        self.kind = Combo(look, self.tr("Loại"), [(kind, kind.label) for kind in CheckKind])
        self.day = DateField(look, self.tr("Ngày kiểm tra"), today)
        self.members = TextField(look, self.tr("Người kiểm tra"))
        self._across(
            LabelledField(look, self.tr("Kiểm tra tổ"), self.unit),
            LabelledField(look, self.tr("Loại"), self.kind),
            LabelledField(look, self.tr("Ngày kiểm tra"), self.day),
            LabelledField(look, self.tr("Người kiểm tra (trống: tôi)"), self.members),
        )
        self.looked_at = TextField(
            look, self.tr("Đã xem gì"), self.tr("Sổ điểm 6A, 7A tháng 10, đối chiếu sổ cá nhân")
        )
        self.outcome = TextField(look, self.tr("Kết luận, xử lý nếu có"))
        self.body.addLayout(
            side_by_side(
                LabelledField(look, self.tr("Đã xem gì"), self.looked_at),
                LabelledField(look, self.tr("Kết luận, xử lý nếu có"), self.outcome),
            )
        )
        self.body.addWidget(hairline())
        self.body.addWidget(Label(look, self.tr("Việc phải khắc phục"), Role.LABEL_TITLE))
        self._finding_fields(look, classes)
        self.model: RecordModel[FindingDraft] = RecordModel(
            [
                Column(self.tr("Giáo viên"), self._teacher, role=Role.VALUE),
                Column(self.tr("Phát hiện"), lambda f: f.finding, tip=lambda f: f.finding),
                Column(self.tr("Cách khắc phục"), lambda f: f.remedy, tip=lambda f: f.remedy),
                Column(self.tr("Hạn"), lambda f: date_vn(f.due_on), centred=True),
            ],
            self,
        )
        self.list = TableView(look, self.tr("Các việc đã ghi"), row_height=32)
        self.list.setModel(self.model)
        self.list.set_widths({0: 160, 1: 260, 2: 260, 3: 100})
        self.list.setFixedHeight(36 + 32 * _SHOWN)
        self.body.addWidget(self.list)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Lưu lần kiểm tra"), self._submit, icon="check")
        self.guard(self.save_button)
        self.finished.connect(self.deleteLater)
        self._show_people()
        self.looked_at.setFocus()

    def add_finding(self) -> None:
        """Take the fields as one more thing to put right; they are empty afterwards."""
        draft = self._typed()
        if not (draft.finding.strip() and draft.remedy.strip()) or draft.due_on is None:
            self.say(
                self.tr(
                    "Việc này còn thiếu điều phát hiện, cách khắc phục hoặc hạn; hãy ghi đủ rồi "
                    "thêm."
                )
            )
            return
        self.say("")
        self._found.append(draft)
        self.model.set_records(self._found)
        self.finding.clear()
        self.remedy.clear()
        self.finding.setFocus()

    # --- inside

    def _across(self, *fields: QWidget) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for field in fields:
            row.addWidget(field, 1)
        self.body.addWidget(holder)

    def _finding_fields(self, look: Look, classes: Sequence[SchoolClass]) -> None:
        self.teacher = Combo(look, self.tr("Giáo viên"))
        words = self.tr("Lớp {name}")
        self.klass = Combo(
            look,
            self.tr("Lớp"),
            [(None, self.tr("Không riêng lớp nào")),
             *((k.id, words.format(name=k.name)) for k in classes)],
        )  # fmt: skip
        self.klass.picked.connect(self._show_subjects)
        self.subject = Combo(look, self.tr("Môn"))
        self.due = DateField(look, self.tr("Hạn khắc phục"))
        self._across(
            LabelledField(look, self.tr("Giáo viên"), self.teacher),
            LabelledField(look, self.tr("Lớp"), self.klass),
            LabelledField(look, self.tr("Môn"), self.subject),
            LabelledField(look, self.tr("Hạn khắc phục"), self.due),
        )
        self.finding = TextField(look, self.tr("Phát hiện"))
        self.remedy = TextField(look, self.tr("Cách khắc phục"))
        self.body.addLayout(
            side_by_side(
                LabelledField(look, self.tr("Phát hiện"), self.finding),
                LabelledField(look, self.tr("Cách khắc phục"), self.remedy),
            )
        )
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.add_finding_button = secondary(
            look, self.tr("Thêm việc này"), self.add_finding, "plus"
        )
        foot.addWidget(self.add_finding_button)
        self.body.addLayout(foot)
        self._show_subjects(None)

    def _show_people(self) -> None:
        unit = self.unit.current()
        people = [p for p in self._people if not unit or p.department == unit]
        self.teacher.set_choices([(p.id, p.full_name) for p in people])

    def _show_subjects(self, class_id: ClassId | None) -> None:
        found: Sequence[Subject] = () if class_id is None else self._subjects_of(class_id)
        nothing: tuple[SubjectId | None, str] = (None, self.tr("Không riêng môn nào"))
        self.subject.set_choices([nothing, *((s.id, s.name) for s in found)])

    def _teacher(self, draft: FindingDraft) -> str:
        return "" if draft.account_id is None else self._names.get(draft.account_id, "")

    def _typed(self) -> FindingDraft:
        return FindingDraft(
            self.teacher.current(), self.finding.text(), self.remedy.text(), self.due.value(),
            self.klass.current(), self.subject.current(),
        )  # fmt: skip

    def _submit(self) -> None:
        self.say("")
        if self.finding.text().strip() or self.remedy.text().strip():
            # What is typed and not yet added would be lost in silence.
            self.add_finding()
            if self.refusal():
                return
        if not self.day.commit():
            return
        draft = CheckDraft(
            CheckKind(self.kind.current()), self.day.value(), self.unit.current() or "",
            self.looked_at.text(), self.members.text(), self.outcome.text(), tuple(self._found),
        )  # fmt: skip
        if self.attempt(lambda: self._save(draft)):
            self.accept()


def check_units(
    departments: Sequence[str], own: str, *, everywhere: bool, school: str
) -> list[tuple[str, str]]:
    """The tổ a person may check: leaders the whole school and each tổ, a tổ trưởng the own one."""
    if everywhere:
        return [("", school), *((name, name) for name in departments)]
    return [(own, own)]
