"""The dialog of leaving, coming back and moving to another class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.movements import NO_PAPER, MovementKind, MovementPaper
from app.errors import AppError, RuleRefused
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from app.domain.ids import ClassId
    from app.readmodels.roster import RosterLine
    from ui.theme.look import Look


@dataclass(frozen=True, slots=True)
class MoveAnswer:
    """What was said: day and reason always, the rest where it was asked."""

    day: date
    reason: str
    to: ClassId | None = None
    kind: MovementKind = MovementKind.LEFT
    paper: MovementPaper = NO_PAPER


class MoveDialog(EntryDialog):
    """`classes` asks where to, `kinds` in which way; `save` may raise."""

    def __init__(
        self,
        look: Look,
        title: str,
        action: str,
        line: RosterLine,
        lead: str,
        today: date,
        save: Callable[[MoveAnswer], None],
        parent: QWidget,
        *,
        classes: Sequence[tuple[ClassId, str]] = (),
        kinds: Sequence[MovementKind] = (),
        dangerous: bool = False,
    ) -> None:
        super().__init__(look, title, icon="move", parent=parent, width=520)
        self._save = save
        self.body.addWidget(Label(look, line.profile.full_name, Role.LABEL_TITLE))
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        self.where: Combo | None = None
        if classes:
            self.where = Combo(look, self.tr("Chuyển sang lớp"), classes)
            self.add_field(LabelledField(look, self.tr("Chuyển sang lớp"), self.where))
        self.kind: Combo | None = None
        if kinds:
            words = self.tr("Rời lớp vì")
            # Nothing is chosen for the person: a wrong kind goes into reports and letters.
            blank = ("", self.tr("Hãy chọn"))
            self.kind = Combo(look, words, [blank, *((kind, kind.label) for kind in kinds)])
            self.kind.picked.connect(lambda _key: self._on_kind())
            self.kind_field = self.add_field(LabelledField(look, words, self.kind))
        self.school = TextField(look, self.tr("Trường nơi đến"))
        self.school_field = self.add_field(
            LabelledField(look, self.tr("Trường nơi đến"), self.school)
        )
        self.document = TextField(look, self.tr("Giấy giới thiệu số, ngày"))
        self.document_field = self.add_field(
            LabelledField(look, self.tr("Giấy giới thiệu số, ngày"), self.document)
        )
        self.day = DateField(look, self.tr("Ngày"), today)
        self.day_field = self.add_field(LabelledField(look, self.tr("Ngày"), self.day))
        self.reason = TextField(look, self.tr("Lý do"))
        self.reason_field = self.add_field(
            LabelledField(
                look, self.tr("Lý do"), self.reason, self.tr("Ngắn gọn, kèm số quyết định nếu có")
            )
        )
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(
            action, self._submit, kind="danger" if dangerous else "primary"
        )
        self.finished.connect(self.deleteLater)
        self._on_kind()
        (self.reason if self.kind is None else self.kind).setFocus()

    def choose_kind(self, kind: MovementKind) -> None:
        """Show one way of leaving, with the fields it asks."""
        if self.kind is not None and self.kind.set_current(kind):
            self._on_kind()

    def _chosen_kind(self) -> MovementKind | None:
        """None while nothing is chosen; leaving needs no kind where none is offered."""
        if self.kind is None:
            return MovementKind.LEFT
        # A combo gives back the plain text of a text enumeration.
        return MovementKind(self.kind.current()) if self.kind.current() else None

    def _on_kind(self) -> None:
        goes = self._chosen_kind() is MovementKind.TRANSFER_OUT
        for field in (self.school_field, self.document_field):
            field.setVisible(goes)
        if self.isVisible():
            self._fit()

    def _answer(self) -> MoveAnswer:
        day = self.day.value()
        if day is None:
            raise RuleRefused("day_missing", self.tr("Chưa ghi ngày; hãy gõ ngày/tháng/năm."))
        kind = self._chosen_kind()
        if kind is None:
            raise RuleRefused(
                "kind_missing",
                self.tr(
                    "Chưa chọn em rời lớp vì gì; hãy chọn chuyển trường, thôi học hay lý do khác."
                ),
                field="kind",
            )
        paper = NO_PAPER
        if kind is MovementKind.TRANSFER_OUT:
            paper = MovementPaper(self.school.text(), self.document.text())
        to = self.where.current() if self.where else None
        return MoveAnswer(day, self.reason.text(), to, kind, paper)

    def _submit(self) -> None:
        fields = {
            "school": self.school_field,
            "document": self.document_field,
            "reason": self.reason_field,
        }
        if self.kind is not None:
            fields["kind"] = self.kind_field
        for field in (*fields.values(), self.day_field):
            field.set_error("")
        try:
            self._save(self._answer())
        except AppError as error:
            named = "reason" if error.code == "reason_missing" else str(error.facts.get("field"))
            self.mark(fields.get(named, self.day_field), error.sentence)
            return
        self.accept()
