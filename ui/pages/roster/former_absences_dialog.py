"""Buổi nghỉ ở trường cũ: two counts of a term from the paper that came with the pupil."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.periods import Term
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.services.former_absences import FormerAbsenceForm
    from ui.theme.look import Look


class FormerAbsencesDialog(EntryDialog):
    """`save(term, excused, unexcused, school, document)` writes and may raise AppError."""

    def __init__(
        self,
        look: Look,
        form: FormerAbsenceForm,
        term: Term,
        save: Callable[[Term, str, str, str, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look, parent.tr("Buổi nghỉ ở trường cũ"), note=form.pupil_name, icon="transfer",
            parent=parent, width=620,
        )  # fmt: skip
        self._form = form
        self._save = save
        lead = self.tr(
            "Cộng vào số buổi nghỉ của học kì và cả năm. Ghi theo giấy của trường cũ; lớp điểm "
            "danh trên máy mới cần ghi ở đây."
        )
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        self.terms = Segmented(look, [(t.value, t.label) for t in Term], self.tr("Học kì"))
        self.terms.chosen.connect(lambda key: self.show_term(Term(key)))
        self.body.addWidget(self.terms)
        self._stop = Label(look, "", Role.BODY, "amber", wrap=True)
        self.body.addWidget(self._stop)
        self.fields: dict[str, TextField] = {}
        for key, words in (
            ("excused", self.tr("Số buổi có phép")),
            ("unexcused", self.tr("Số buổi không phép")),
            ("school", self.tr("Trường cũ")),
            ("document", self.tr("Giấy tờ kèm theo")),
        ):
            self.fields[key] = TextField(look, words)
            self.add_field(LabelledField(look, words, self.fields[key]))
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Ghi buổi nghỉ"), self._submit, icon="check")
        self.guard(self.save_button)
        self.finished.connect(self.deleteLater)
        self.show_term(term)

    def show_term(self, term: Term) -> None:
        """What stands in a term, or why it takes nothing."""
        self._term = term
        self.terms.set_current(term.value)
        days, stop = self._form.days[term], self._form.stops[term]
        self._stop.setText(stop)
        self._stop.setVisible(bool(stop))
        self.save_button.setEnabled(not stop)
        texts = {"school": self._form.school, "document": self._form.document}
        if days is not None:
            texts = {
                "excused": str(days.excused),
                "unexcused": str(days.unexcused),
                "school": days.school,
                "document": days.document,
            }
        for key, field in self.fields.items():
            field.setText(texts.get(key, ""))
            field.setEnabled(not stop)

    def _submit(self) -> None:
        texts = [field.text() for field in self.fields.values()]
        if self.attempt(lambda: self._save(self._term, *texts)):
            self.accept()
