"""How a new pupil comes: asked before the profile, because a transfer needs papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.movements import ARRIVALS, NO_PAPER, MovementKind, MovementPaper
from ui.theme.typography import Role
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField, side_by_side
from ui.widgets.labels import Label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from datetime import date

    from ui.theme.look import Look

_BETWEEN = 20
"""Logical pixels between two fields, as in the parts of the profile."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a new pupil comes: day (None: the usual one), kind, former school and paper."""

    joined_on: date | None = None
    kind: MovementKind = MovementKind.JOINED
    paper: MovementPaper = NO_PAPER


class ArrivalFields(QWidget):
    """The kind as a row of choices, the day, and for a transfer the school and its paper."""

    kind_changed = Signal()

    def __init__(self, look: Look, *, may_transfer: bool) -> None:
        """`may_transfer`: receiving from another school is the office's act."""
        super().__init__()
        words = self.tr("Em vào lớp theo diện")
        self.kind = Segmented(look, [(kind.value, kind.label) for kind in ARRIVALS], words)
        self.kind.set_shown(MovementKind.TRANSFER_IN.value, shown=may_transfer)
        self.kind.chosen.connect(lambda _key: self._on_kind())
        title = self.tr("Ngày vào lớp")
        self.day = LabelledField(
            look,
            title,
            DateField(look, title),
            self.tr("Để trống: từ đầu năm, hoặc hôm nay nếu đã chốt"),
        )
        title = self.tr("Trường cũ")
        self.school = LabelledField(look, title, TextField(look, title))
        title = self.tr("Giấy giới thiệu số, ngày")
        self.document = LabelledField(look, title, TextField(look, title))
        self._papers = QWidget()
        papers = side_by_side(self.school, self.document)
        papers.setContentsMargins(0, 0, 0, 0)
        papers.setSpacing(_BETWEEN)
        self._papers.setLayout(papers)
        kinds = LabelledField(
            look,
            words,
            self.kind,
            "" if may_transfer else self.tr("Em chuyển trường đến do văn phòng ghi"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        head = side_by_side(kinds, self.day)
        head.setSpacing(_BETWEEN)
        column.addLayout(head)
        column.addWidget(self._papers)
        column.addWidget(Label(look, self.tr("Hồ sơ của em"), Role.STRONG))
        self._on_kind()

    def by_name(self) -> dict[str, LabelledField]:
        """The fields a refusal may name."""
        return {"joined_on": self.day, "school": self.school, "document": self.document}

    def arrival(self) -> Arrival:
        """What is said; RuleRefused for a day that is none."""
        kind = MovementKind(self.kind.current())
        day = self.day.field.value() if isinstance(self.day.field, DateField) else None
        paper = NO_PAPER
        if kind is MovementKind.TRANSFER_IN:
            paper = MovementPaper(_text(self.school), _text(self.document))
        return Arrival(day, kind, paper)

    def _on_kind(self) -> None:
        self._papers.setVisible(self.kind.current() == MovementKind.TRANSFER_IN.value)
        self.kind_changed.emit()


def _text(field: LabelledField) -> str:
    return field.field.text() if isinstance(field.field, TextField) else ""
