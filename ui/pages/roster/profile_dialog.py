"""A pupil's whole profile in four parts: the pupil, places, family, and how they came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.movements import ARRIVALS, NO_PAPER, MovementKind, MovementPaper
from app.domain.personal_id import personal_id_doubts
from app.domain.pupils import DATE_FIELDS, FIELD_TITLES, Inclusion, PupilProfile
from app.errors import AppError
from app.importing.values import Sex
from ui.dialogs.entry_dialog import EntryDialog
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ui.theme.look import Look

PUPIL, PLACES, FAMILY, ARRIVAL = "pupil", "places", "family", "arrival"
_PARTS: dict[str, tuple[tuple[str, ...], ...]] = {
    PUPIL: (
        ("full_name", "birth_date"),
        ("sex", "ethnicity"),
        ("ministry_code", "personal_id"),
        ("personal_id_verified_on", "priority_group"),
        ("inclusion", "inclusion_document"),
        ("note",),
    ),
    PLACES: (
        ("birthplace", "hometown"),
        ("residence", "address"),
        ("phone",),
    ),
    FAMILY: (
        ("father", "father_job"),
        ("father_phone", "father_email"),
        ("mother", "mother_job"),
        ("mother_phone", "mother_email"),
        ("guardian", "guardian_job"),
        ("guardian_phone", "guardian_email"),
    ),
    ARRIVAL: (("kind", "joined_on"), ("school", "document")),
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a new pupil comes: day (None: the usual one), kind, former school and paper."""

    joined_on: date | None = None
    kind: MovementKind = MovementKind.JOINED
    paper: MovementPaper = NO_PAPER


class ProfileDialog(EntryDialog):
    """`save(profile, arrival)` may raise; the sentence goes under the field it names."""

    def __init__(
        self,
        look: Look,
        title: str,
        action: str,
        profile: PupilProfile,
        save: Callable[[PupilProfile, Arrival], None],
        parent: QWidget,
        *,
        asks_arrival: bool = False,
        may_transfer: bool = False,
        may_verify: bool = False,
        shows: frozenset[str] = frozenset(FIELD_TITLES),
    ) -> None:
        super().__init__(look, title, icon="user", parent=parent, width=760)
        self._profile = profile
        self._save = save
        self._may_verify = may_verify
        self._arrivals = ARRIVALS if may_transfer else (MovementKind.JOINED,)
        self.fields: dict[str, LabelledField] = {}
        self._part_of: dict[str, str] = {}
        titles = {
            PUPIL: self.tr("Học sinh"),
            PLACES: self.tr("Nơi ở, liên hệ"),
            FAMILY: self.tr("Gia đình"),
            ARRIVAL: self.tr("Vào lớp"),
        }
        self._pages = QStackedWidget()
        self._places: dict[str, int] = {}
        for part, rows in _PARTS.items():
            if part == ARRIVAL and not asks_arrival:
                continue
            page = self._part(part, rows, shows)
            if page is not None:
                self._places[part] = self._pages.addWidget(page)
        self.parts = Segmented(
            look, [(part, titles[part]) for part in self._places], self.tr("Phần của hồ sơ")
        )
        self.parts.chosen.connect(self.show_part)
        self.body.addWidget(self.parts)
        self.body.addWidget(self._pages)
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(action, self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self._doubt()
        self._on_kind()
        self.fields["full_name"].field.setFocus()

    def profile(self) -> PupilProfile:
        """What is typed; RuleRefused for a day that is none."""
        values: dict[str, Any] = {}
        for name in self.fields:
            if name not in FIELD_TITLES:
                continue
            widget = self.fields[name].field
            if isinstance(widget, DateField):
                values[name] = widget.value()
            elif isinstance(widget, Combo):
                values[name] = widget.current() or ""
            elif isinstance(widget, TextField):
                values[name] = widget.text()
        return replace(self._profile, **values)

    def show_part(self, part: str) -> None:
        """Turn to one part of the profile."""
        self.parts.set_current(part)
        self._pages.setCurrentIndex(self._places[part])

    def focus_field(self, name: str) -> None:
        """Turn to the part that holds a field and put the caret there."""
        field = self.fields.get(name)
        if field is not None:
            self.show_part(self._part_of[name])
            field.field.setFocus()

    # --- inside

    def _part(
        self, part: str, rows: tuple[tuple[str, ...], ...], shows: frozenset[str]
    ) -> QWidget | None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(9)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        found = False
        for row, names in enumerate(rows):
            for side, name in enumerate(names):
                if part != ARRIVAL and name not in shows:
                    continue
                field = self._arrival_field(name) if part == ARRIVAL else self._field(name)
                self.fields[name] = field
                self._part_of[name] = part
                span = 2 if len(names) == 1 else 1
                grid.addWidget(field, row, side, 1, span, Qt.AlignmentFlag.AlignTop)
                found = True
        column.addWidget(box)
        column.addStretch(1)
        return page if found else None

    def _field(self, name: str) -> LabelledField:
        title = FIELD_TITLES[name]
        label = title.replace("&", "&&")  # a lone & would become the shortcut of the buddy
        value = getattr(self._profile, name)
        if name in DATE_FIELDS:
            day = DateField(self.look, title, value)
            if name == "personal_id_verified_on":
                day.setEnabled(self._may_verify)
                hint = (
                    self.tr("Ngày đã đối chiếu CSDL quốc gia; trống là chưa xác thực")
                    if self._may_verify
                    else self.tr("Văn phòng ghi sau khi đối chiếu CSDL quốc gia")
                )
                return LabelledField(self.look, label, day, hint)
            day.date_chosen.connect(lambda _day: self._doubt())
            return LabelledField(self.look, label, day)
        if name in ("sex", "inclusion"):
            blank = self.tr("Chưa ghi") if name == "sex" else self.tr("Không")
            kinds = Sex if name == "sex" else Inclusion
            combo = Combo(self.look, title, [("", blank), *((k.value, k.value) for k in kinds)])
            combo.set_current(value)
            combo.picked.connect(lambda _key: self._doubt())
            return LabelledField(self.look, label, combo)
        text = TextField(self.look, title)
        text.setText(value)
        if name == "personal_id":
            text.editingFinished.connect(self._doubt)
        return LabelledField(self.look, label, text)

    def _arrival_field(self, name: str) -> LabelledField:
        if name == "kind":
            title = self.tr("Vào lớp theo diện")
            combo = Combo(self.look, title, [(kind, kind.label) for kind in self._arrivals])
            combo.picked.connect(lambda _key: self._on_kind())
            return LabelledField(self.look, title, combo)
        if name == "joined_on":
            title = self.tr("Ngày vào lớp")
            hint = self.tr("Để trống: từ đầu năm, hoặc hôm nay nếu đã chốt")
            return LabelledField(self.look, title, DateField(self.look, title), hint)
        title = self.tr("Trường cũ") if name == "school" else self.tr("Giấy giới thiệu số, ngày")
        return LabelledField(self.look, title, TextField(self.look, title))

    def _on_kind(self) -> None:
        if "kind" not in self.fields:
            return
        transfers = self._chosen_kind() is MovementKind.TRANSFER_IN
        for name in ("school", "document"):
            self.fields[name].setVisible(transfers)

    def _chosen_kind(self) -> MovementKind:
        # A combo gives back the plain text of a text enumeration.
        field = self.fields["kind"].field
        return MovementKind(field.current()) if isinstance(field, Combo) else MovementKind.JOINED

    def _doubt(self) -> None:
        """What the digits of the personal ID say otherwise: a warning, never a refusal."""
        field = self.fields.get("personal_id")
        if field is None:
            return
        try:
            doubts = personal_id_doubts(self.profile())
        except AppError:
            return  # the day that cannot be read says so under its own field
        words = self.tr("Xem lại: {what}").format(what="; ".join(doubts)) if doubts else ""
        field.set_note(words, "amber")

    def _arrival(self) -> Arrival:
        day = self.fields.get("joined_on")
        if day is None:
            return Arrival()
        texts = {
            name: field.field.text()
            for name, field in self.fields.items()
            if isinstance(field.field, TextField)
        }
        chosen = self._chosen_kind()
        paper = NO_PAPER
        if chosen is MovementKind.TRANSFER_IN:
            paper = MovementPaper(texts["school"], texts["document"])
        joined = day.field.value() if isinstance(day.field, DateField) else None
        return Arrival(joined, chosen, paper)

    def _submit(self) -> None:
        self.say("")
        for field in self.fields.values():
            field.set_error("")
        self._doubt()
        try:
            self._save(self.profile(), self._arrival())
        except AppError as error:
            name = str(error.facts.get("field", ""))
            if name in self.fields:
                self.fields[name].set_error(error.sentence)
                self.focus_field(name)
            else:
                self.say(error.sentence)
            return
        self.accept()
