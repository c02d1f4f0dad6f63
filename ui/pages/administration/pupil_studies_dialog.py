"""Môn học của từng học sinh: who leaves out what of a class with several tổ hợp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from app.domain.subjects import AS_THE_CLASS, PupilChoices, SubjectKind
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.check_table import CheckModel, CheckTable
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField
from ui.widgets.labels import Label
from ui.widgets.record_model import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.domain.ids import PupilId
    from app.domain.pupils import RosterEntry
    from app.services.class_studies import StudiesOfClass
    from ui.theme.look import Look

_TABLE_HEIGHT = 236


class PupilStudiesDialog(EntryDialog):
    """`save(pupils, choices)` of everybody ticked."""

    def __init__(
        self,
        look: Look,
        studies: StudiesOfClass,
        save: Callable[[list[PupilId], PupilChoices], None],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look, parent.tr("Môn học của từng học sinh"),
            note=parent.tr("lớp {name}").format(name=studies.klass.name),
            icon="people", parent=parent, width=720,
        )  # fmt: skip
        self._studies, self._save = studies, save
        self.body.addWidget(self._table())
        lead = self.tr("Các em được đánh dấu học những môn nào trong các môn lựa chọn của lớp:")
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        self.boxes = {
            s.id: CheckBox(look, s.name) for s in studies.studied if s.elective or s.optional
        }
        grid = QGridLayout()
        half = (len(self.boxes) + 1) // 2
        for number, box in enumerate(self.boxes.values()):
            box.setChecked(True)
            grid.addWidget(box, number % half, number // half)
        self.body.addLayout(grid)
        marked = [(s.id, s.name) for s in studies.studied if s.kind is SubjectKind.MARKS]
        self.special = Combo(
            look, self.tr("Môn chuyên riêng"), [(None, self.tr("như cả lớp")), *marked]
        )
        self.add_field(LabelledField(look, self.tr("Môn chuyên riêng"), self.special))
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button("", self._submit, icon="check")
        self.model.toggled.connect(self._words)
        self.finished.connect(self.deleteLater)
        self._words()

    def _table(self) -> CheckTable:
        self.model: CheckModel[RosterEntry] = CheckModel(
            [
                Column(self.tr("Chọn"), lambda _e: ""),
                Column(self.tr("STT"), lambda e: str(e.position), number=True),
                Column(self.tr("Họ và tên"), lambda e: e.profile.full_name, role=Role.VALUE),
                Column(self.tr("Khác với lớp"), self._differs, tone=lambda _e: "ink2",
                       tip=self._differs),
            ],
            lambda e: int(e.pupil_id),
            self,
        )  # fmt: skip
        self.model.set_records([e for e in self._studies.entries if e.left_on is None])
        table = CheckTable(self.look, self.tr("Học sinh của lớp"))
        table.setModel(self.model)
        table.set_widths({0: 56, 1: 50, 2: 220})
        table.setFixedHeight(_TABLE_HEIGHT)
        return table

    def _differs(self, entry: RosterEntry) -> str:
        own = self._studies.pupils.get(entry.pupil_id, AS_THE_CLASS)
        names = {s.id: s.short_name for s in self._studies.studied}
        said = [names[s] for s in sorted(own.not_taken)]
        words = self.tr("không học {names}").format(names=", ".join(said)) if said else ""
        if own.specialised is None:
            return words
        special = self.tr("chuyên {name}").format(name=names[own.specialised])
        return f"{words}; {special}" if words else special

    def _words(self) -> None:
        count = len(self.model.taken)
        self.save_button.setText(self.tr("Ghi cho {n} học sinh").format(n=count))
        self.save_button.setEnabled(count > 0)

    def _submit(self) -> None:
        pupils = [e.pupil_id for e in self.model.records() if int(e.pupil_id) in self.model.taken]
        left_out = frozenset(s for s, box in self.boxes.items() if not box.isChecked())
        choices = PupilChoices(left_out, self.special.current())
        if self.attempt(lambda: self._save(pupils, choices)):
            self.accept()
