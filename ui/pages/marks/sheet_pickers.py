"""Class and subject of the top bar: own sheets first, those only looked at under a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.widgets.combos import Picker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.mark_sheet import SheetId
    from ui.pages.marks.presenter import SheetChoice
    from ui.theme.look import Look


class SheetPickers(QObject):
    """`picked(SheetId)` follows the person's choice only."""

    picked = Signal(object)

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self.classes = Picker(look, self.tr("Lớp"))
        self.subjects = Picker(look, self.tr("Môn"))
        self._choices: Sequence[SheetChoice] = ()
        self._sheet: SheetId | None = None
        self.classes.combo.picked.connect(self._on_class)
        self.subjects.combo.picked.connect(self._on_subject)

    def fill(self, choices: Sequence[SheetChoice], sheet: SheetId | None) -> None:
        """Offer `choices` and show `sheet`, without a signal."""
        self._choices, self._sheet = choices, sheet
        viewed = self.tr("Chỉ xem")
        mine = {c.sheet.class_id: c.class_name for c in choices if c.own}
        others = {c.sheet.class_id: c.class_name for c in choices if not c.own}
        only = [pair for pair in others.items() if pair[0] not in mine]
        current = None if sheet is None else sheet.class_id
        self.classes.combo.set_groups(list(mine.items()), viewed, only, current)
        here = [choice for choice in choices if choice.sheet.class_id == current]
        self.subjects.combo.set_groups(
            [(c.sheet.subject_id, c.subject_name) for c in here if c.own],
            viewed,
            [(c.sheet.subject_id, c.subject_name) for c in here if not c.own],
            None if sheet is None else sheet.subject_id,
        )

    def _on_class(self, class_id: object) -> None:
        """Another class: the same subject if it is taught there, else its first one.

        Toán of another level is another subject of the same name.
        """
        of_class = [c for c in self._choices if c.sheet.class_id == class_id]
        here = next((c for c in self._choices if c.sheet == self._sheet), None)
        same = [c for c in of_class if here is not None and c.subject_name == here.subject_name]
        self.picked.emit((same or of_class)[0].sheet)

    def _on_subject(self, subject_id: object) -> None:
        for choice in self._choices:
            if self._sheet is not None and choice.sheet == (self._sheet.class_id, subject_id):
                self.picked.emit(choice.sheet)
                return
