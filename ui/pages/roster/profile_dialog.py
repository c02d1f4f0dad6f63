"""A pupil's whole profile: how they came if they are new, then the pupil, places, family."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.personal_id import personal_id_doubts
from app.domain.pupils import DATE_FIELDS, FIELD_TITLES, Inclusion, PupilProfile
from app.errors import AppError
from app.importing.values import Sex
from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.roster.arrival_fields import Arrival, ArrivalFields
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.theme.look import Look

PUPIL, PLACES, FAMILY = "pupil", "places", "family"
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
}


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
        self.fields: dict[str, LabelledField] = {}
        self._part_of: dict[str, str] = {}
        titles = {
            PUPIL: self.tr("Học sinh"),
            PLACES: self.tr("Nơi ở, liên hệ"),
            FAMILY: self.tr("Gia đình"),
        }
        self._pages = QStackedWidget()
        self._places: dict[str, int] = {}
        for part, rows in _PARTS.items():
            page = self._part(part, rows, shows)
            if page is not None:
                self._places[part] = self._pages.addWidget(page)
        self.parts = Segmented(
            look, [(part, titles[part]) for part in self._places], self.tr("Phần của hồ sơ")
        )
        self.parts.chosen.connect(self.show_part)
        self.arrival: ArrivalFields | None = None
        if asks_arrival:
            self.arrival = ArrivalFields(look, may_transfer=may_transfer)
            self.arrival.kind_changed.connect(self._make_room)
            self.fields |= self.arrival.by_name()
            self.body.addWidget(self.arrival)
        self.body.addWidget(self.parts)
        self.body.addWidget(self._pages)
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(action, self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self._doubt()
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
            if name in self._part_of:
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
                if name not in shows:
                    continue
                field = self.fields[name] = self._field(name)
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

    def _make_room(self) -> None:
        if self.isVisible():
            self._fit()

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

    def _submit(self) -> None:
        self.say("")
        for field in self.fields.values():
            field.set_error("")
        self._doubt()
        try:
            came = Arrival() if self.arrival is None else self.arrival.arrival()
            self._save(self.profile(), came)
        except AppError as error:
            name = str(error.facts.get("field", ""))
            if name in self.fields:
                self.fields[name].set_error(error.sentence)
                self.focus_field(name)
            else:
                self.say(error.sentence)
            return
        self.accept()
