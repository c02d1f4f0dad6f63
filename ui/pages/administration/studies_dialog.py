"""Môn học của lớp: môn lựa chọn with their cụm chuyên đề, môn tự chọn, môn chuyên."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from app.domain.periods import Term
from app.domain.subjects import SubjectKind
from app.regulations.curriculum_2018_thpt import TOPIC_CODES
from app.regulations.thpt_choices import ELECTIVES_TAKEN, TOPIC_CLUSTERS, ClassChoices
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.domain.subjects import Subject
    from app.services.class_studies import StudiesOfClass
    from ui.theme.look import Look

_NONE = ""


class StudiesDialog(EntryDialog):
    """`save(choices)`; `pupils()` goes on to the pupils who differ."""

    def __init__(
        self,
        look: Look,
        studies: StudiesOfClass,
        save: Callable[[ClassChoices], None],
        pupils: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look, parent.tr("Môn học của lớp {name}").format(name=studies.klass.name),
            icon="mark-book", parent=parent, width=620,
        )  # fmt: skip
        self._studies, self._save = studies, save
        self._taken = {s.code: s for s in studies.studied}
        self.boxes: dict[str, CheckBox] = {}
        self.topics: dict[str, Combo] = {}
        self._build()
        self.add_refusal_line()
        self.body.addStretch(1)
        if studies.entries and any(s.chosen for s in studies.studied):
            self.pupils_link = self.add_foot_link(
                self.tr("Từng học sinh"), lambda: self._leave_for(pupils), "people"
            )
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button("", self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self._words()

    def choices(self) -> ClassChoices:
        """What the boxes say."""
        chosen = [code for code, box in self.boxes.items() if box.isChecked()]
        offered = {s.code: s for s in self._studies.offered}
        topics = {
            code: Term(combo.current())
            for code, combo in self.topics.items()
            if combo.current() != _NONE and (code not in self.boxes or code in chosen)
        }
        return ClassChoices(
            electives=tuple(code for code in chosen if offered[code].elective),
            topics=topics,
            optional=tuple(code for code in chosen if offered[code].optional),
            specialised=self.special.current(),
        )

    def _build(self) -> None:
        look, offered = self.look, self._studies.offered
        electives = [s for s in offered if s.elective]
        with_topics = [s for s in offered if s.code in TOPIC_CODES] if electives else []
        if electives:
            lead = self.tr(
                "Môn bắt buộc đã có sẵn. Chọn ít nhất {n} môn lựa chọn; cụm chuyên đề ({m} môn) "
                "cho thêm một cột ĐĐGtx ở học kì ghi kết quả của cụm."
            ).format(n=ELECTIVES_TAKEN, m=TOPIC_CLUSTERS)
            self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
            self._grid([s for s in with_topics if not s.elective], electives)
        optional = [s for s in offered if s.optional]
        if optional:
            self.body.addWidget(Label(look, self.tr("Môn tự chọn"), Role.VALUE, "ink2"))
            for subject in optional:
                self.body.addWidget(self._box(subject))
        marked = [(s.code, s.name) for s in offered if s.kind is SubjectKind.MARKS]
        self.special = Combo(
            look, self.tr("Môn chuyên"), [(_NONE, self.tr("không phải lớp chuyên")), *marked]
        )
        self.special.set_current(self._studies.choices.specialised)
        self.add_field(LabelledField(look, self.tr("Môn chuyên (lớp chuyên)"), self.special))

    def _grid(self, compulsory: list[Subject], electives: list[Subject]) -> None:
        """Two columns of subjects, each with its cụm chuyên đề at the right."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        rows = [*compulsory, *electives]
        half = (len(rows) + 1) // 2
        for number, subject in enumerate(rows):
            row, side = number % half, 2 * (number // half)
            head = (
                self._box(subject)
                if subject.elective
                else Label(self.look, subject.short_name, Role.BODY, "ink2")
            )
            grid.addWidget(head, row, side)
            if subject.kind is SubjectKind.MARKS:
                grid.addWidget(self._topics(subject), row, side + 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)

    def _box(self, subject: Subject) -> CheckBox:
        box = CheckBox(self.look, subject.short_name if subject.elective else subject.name)
        box.setToolTip(subject.name)
        box.setChecked(subject.code in self._taken)
        box.toggled.connect(lambda _on: self._words())
        self.boxes[subject.code] = box
        return box

    def _topics(self, subject: Subject) -> Combo:
        combo = Combo(
            self.look,
            self.tr("Cụm chuyên đề {subject}").format(subject=subject.name),
            [
                (_NONE, self.tr("không chuyên đề")),
                (Term.HK1.value, self.tr("chuyên đề, HK I")),
                (Term.HK2.value, self.tr("chuyên đề, HK II")),
            ],
        )
        known = self._taken.get(subject.code)
        combo.set_current(_NONE if known is None or known.topics is None else known.topics.value)
        self.topics[subject.code] = combo
        return combo

    def _words(self) -> None:
        if not hasattr(self, "save_button"):
            return
        if any(s.elective for s in self._studies.offered):
            count = len(self.choices().electives)
            self.save_button.setText(self.tr("Ghi {n} môn lựa chọn").format(n=count))
        else:
            self.save_button.setText(self.tr("Ghi môn học của lớp"))

    def _submit(self) -> None:
        if self.attempt(lambda: self._save(self.choices())):
            self.accept()

    def _leave_for(self, pupils: Callable[[], None]) -> None:
        self.reject()
        pupils()
