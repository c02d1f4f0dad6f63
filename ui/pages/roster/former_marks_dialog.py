"""Điểm trường cũ: a whole term of one pupil typed from a paper, saved as one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.mark_columns import ColumnRole, column_role
from app.domain.periods import EntryTerm, entry_term
from app.domain.subjects import SubjectKind
from app.errors import AppError
from app.regulations.primary_columns import SCORE_CODE
from app.services.former_marks import FormerSchool
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.tokens import DIALOG_HEIGHT
from ui.theme.typography import Role
from ui.widgets.cards import clear
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.domain.ids import SubjectId
    from app.readmodels.former_marks import FormerMarksForm, FormerSubject
    from ui.theme.look import Look

_FIELD, _ROW = 74, 34
_ORDER = {ColumnRole.REGULAR: 0, ColumnRole.PERIODIC: 1, ColumnRole.FINAL: 2}


class FormerMarksDialog(EntryDialog):
    """`read(term)` gives the form, `save(term, origin, texts)` writes; both may raise."""

    def __init__(
        self,
        look: Look,
        name: str,
        class_name: str,
        terms: Sequence[EntryTerm],
        term: EntryTerm,
        read: Callable[[EntryTerm], FormerMarksForm],
        save: Callable[[EntryTerm, FormerSchool, Mapping[tuple[SubjectId, str], str]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look, parent.tr("Điểm trường cũ"), note=f"{name}, {class_name}", icon="transfer",
            parent=parent, width=860, height=DIALOG_HEIGHT,
        )  # fmt: skip
        self._read = read
        self._save = save
        self.cells: dict[tuple[SubjectId, str], TextField] = {}
        lead = self.tr(
            "Ghi theo giấy của trường cũ. Ô nào để trống thì giữ nguyên; mỗi ô ghi vào sẽ mang tên "
            "trường, giấy tờ và người ký. Mức rèn luyện do giáo viên chủ nhiệm ghi ở Rèn luyện; "
            "học kì đã hết đợt nhập thì mở bổ sung trước."
        )
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(16)
        self.origin: dict[str, LabelledField] = {}
        for key, words in (
            ("school", self.tr("Trường cũ")),
            ("document", self.tr("Giấy tờ kèm theo")),
            ("signer", self.tr("Người ký giấy")),
        ):
            self.origin[key] = LabelledField(look, words, TextField(look, words))
            row.addWidget(self.origin[key], 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.terms = Segmented(
            look, [(t.value, t.label) for t in terms], self.tr("Học kì, kỳ đánh giá")
        )
        self.terms.set_current(term.value)
        self.terms.chosen.connect(self._on_term)
        self.body.addWidget(self.terms)
        self._stop = Label(look, "", Role.BODY, "amber", wrap=True)
        self.body.addWidget(self._stop)
        self._grid_place = QHBoxLayout()
        self._grid_place.setSpacing(36)
        self.body.addLayout(self._grid_place)
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(
            self.tr("Ghi điểm trường cũ"), self._submit, icon="check"
        )
        self.save_button.pressed_by_enter = False
        self.guard(self.save_button)
        self.finished.connect(self.deleteLater)
        self.show_term(term)

    def show_term(self, term: EntryTerm) -> None:
        """The columns of a term."""
        self._term = term
        form = self._read(term)
        for key, known in (("school", form.school), ("document", form.document)):
            field = self.origin[key].field
            if isinstance(field, TextField) and not field.text():
                field.setText(known)
        self._stop.setText(form.stop)
        self._stop.setVisible(bool(form.stop))
        self.save_button.setEnabled(form.is_open)
        self.cells = {}
        clear(self._grid_place)
        traits = [one for one in form.subjects if one.kind is SubjectKind.TRAITS]
        rest = [one for one in form.subjects if one not in traits]
        for group in (rest, traits):
            if group:
                self._grid_place.addWidget(self._grid(group), 1, Qt.AlignmentFlag.AlignTop)

    def _on_term(self, key: str) -> None:
        """Another term, but never over marks that are typed and not written yet."""
        typed = sum(bool(field.text().strip()) for field in self.cells.values())
        if not typed:
            self.say("")
            self.show_term(entry_term(key))
            return
        self.terms.set_current(self._term.value)
        self.say(
            self.tr(
                "{n} ô của {term} đã gõ mà chưa ghi; hãy ghi hoặc xóa trước khi đổi kỳ."
            ).format(n=typed, term=self._term.words)
        )

    def _grid(self, subjects: Sequence[FormerSubject]) -> QWidget:
        look = self.look
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        codes: dict[str, str] = {}
        for subject in subjects:
            for cell in subject.cells:
                codes.setdefault(cell.title, cell.code)
        titles = sorted(codes, key=lambda title: _place(codes[title]))
        for at, title in enumerate(titles, 1):
            head = Label(look, title, Role.CAPTION, "ink3")
            grid.addWidget(head, 0, at, Qt.AlignmentFlag.AlignRight)
        for row, subject in enumerate(subjects, 1):
            grid.setRowMinimumHeight(row, _ROW)
            grid.addWidget(Label(look, subject.name, Role.VALUE), row, 0)
            for cell in subject.cells:
                at = titles.index(cell.title) + 1
                if not cell.is_open:
                    shown = Label(look, cell.text or "–", Role.BODY, "ink3")
                    shown.setToolTip(cell.stop)
                    grid.addWidget(shown, row, at, Qt.AlignmentFlag.AlignRight)
                    continue
                field = TextField(look, f"{subject.name} {cell.title}")
                field.setFixedWidth(_FIELD)
                field.setAlignment(Qt.AlignmentFlag.AlignRight)
                self.cells[subject.subject_id, cell.code] = field
                grid.addWidget(field, row, at)
        # A pane that is shown already does not ask a new grid for its height.
        box.setMinimumHeight((len(subjects) + 1) * (_ROW + grid.verticalSpacing()))
        return box

    def _submit(self) -> None:
        self.say("")
        texts = {key: field.text() for key, field in self.cells.items()}
        origin = {}
        for key, labelled in self.origin.items():
            labelled.set_error("")
            if isinstance(labelled.field, TextField):
                origin[key] = labelled.field.text()
        for field in self.cells.values():
            field.set_ring("")
        try:
            self._save(self._term, FormerSchool(**origin), texts)
        except AppError as error:
            self._show(error)
            return
        self.accept()

    def _show(self, error: AppError) -> None:
        named = self.origin.get(str(error.facts.get("field", "")))
        if named is not None:
            named.set_error(error.sentence)
            named.field.setFocus()
            return
        self.say(error.sentence)
        refused = error.facts.get("cells")
        if isinstance(refused, dict):
            for key, sentence in refused.items():
                self.cells[key].set_ring("red")
                self.cells[key].setToolTip(sentence)


def _place(code: str) -> tuple[int, str]:
    """Where a column stands: as on the paper, Điểm KTĐK behind its level."""
    role = column_role(code)
    return (int(code == SCORE_CODE) if role is None else _ORDER[role], code)
