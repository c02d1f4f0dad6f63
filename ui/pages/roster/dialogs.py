"""Dialogs of Danh sách lớp: a pupil's profile, leaving and coming back, moving to another class."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.pupils import FIELD_TITLES, PupilProfile
from app.errors import AppError, RuleRefused
from app.importing.values import Sex
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.domain.ids import ClassId
    from app.readmodels.roster import RosterLine
    from ui.theme.look import Look

_LAYOUT = (
    ("full_name", "birth_date"),
    ("sex", "ethnicity"),
    ("ministry_code", "personal_id"),
    ("birthplace", "address"),
    ("father", "father_job"),
    ("mother", "mother_job"),
    ("phone", "priority_group"),
    ("note", "joined_on"),
)


class ProfileDialog(EntryDialog):
    """`save(profile, joined_on)` may raise; the sentence goes under the field it names."""

    def __init__(
        self,
        look: Look,
        title: str,
        action: str,
        profile: PupilProfile,
        save: Callable[[PupilProfile, date | None], None],
        parent: QWidget,
        *,
        asks_join_day: bool = False,
        shows: frozenset[str] = frozenset(FIELD_TITLES),
    ) -> None:
        super().__init__(look, title, icon="user", parent=parent, width=760)
        self._profile = profile
        self._save = save
        self._shows = shows
        self.fields: dict[str, LabelledField] = {}
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for row, pair in enumerate(_LAYOUT):
            for column, name in enumerate(pair):
                field = self._field(name, asks_join_day=asks_join_day)
                if field is not None:
                    self.fields[name] = field
                    grid.addWidget(field, row, column)
        self.body.addWidget(box)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(action, self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self.fields["full_name"].field.setFocus()

    def profile(self) -> PupilProfile:
        """What is typed; RuleRefused for a day that is none."""
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            widget = field.field
            if name == "joined_on":
                continue
            if isinstance(widget, DateField):
                values[name] = widget.value()
            elif isinstance(widget, Combo):
                values[name] = widget.current() or ""
            elif isinstance(widget, TextField):
                values[name] = widget.text()
        return replace(self._profile, **values)

    def _field(self, name: str, *, asks_join_day: bool) -> LabelledField | None:
        if name == "joined_on":
            if not asks_join_day:
                return None
            title = self.tr("Ngày vào lớp")
            field = DateField(self.look, title)
            return LabelledField(
                self.look, title, field, self.tr("Để trống: từ đầu năm, hoặc hôm nay nếu đã chốt")
            )
        if name not in self._shows:
            return None
        title = FIELD_TITLES[name]
        label = title.replace("&", "&&")  # a lone & would become the shortcut of the buddy
        value = getattr(self._profile, name)
        if name == "birth_date":
            return LabelledField(self.look, label, DateField(self.look, title, value))
        if name == "sex":
            choices = [("", self.tr("Chưa ghi")), *((sex.value, sex.value) for sex in Sex)]
            combo = Combo(self.look, title, choices)
            combo.set_current(value)
            return LabelledField(self.look, label, combo)
        text = TextField(self.look, title)
        text.setText(value)
        return LabelledField(self.look, label, text)

    def _submit(self) -> None:
        self.say("")
        for field in self.fields.values():
            if "joined_on" not in self.fields or field is not self.fields["joined_on"]:
                field.set_error("")
        try:
            joined = self.fields.get("joined_on")
            day = joined.field.value() if joined and isinstance(joined.field, DateField) else None
            self._save(self.profile(), day)
        except AppError as error:
            named = self.fields.get(str(error.facts.get("field", "")))
            if named is not None:
                named.set_error(error.sentence)
                named.field.setFocus()
            else:
                self.say(error.sentence)
            return
        self.accept()


class MoveDialog(EntryDialog):
    """A day and a reason for leaving, coming back or moving; `classes` asks where to."""

    def __init__(
        self,
        look: Look,
        title: str,
        action: str,
        line: RosterLine,
        lead: str,
        today: date,
        save: Callable[[date, str, ClassId | None], None],
        parent: QWidget,
        *,
        classes: Sequence[tuple[ClassId, str]] = (),
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
        self.reason.setFocus()

    def _submit(self) -> None:
        self.day_field.set_error("")
        self.reason_field.set_error("")
        try:
            day = self.day.value()
            if day is None:
                raise RuleRefused("day_missing", self.tr("Chưa ghi ngày; hãy gõ ngày/tháng/năm."))
            self._save(day, self.reason.text(), self.where.current() if self.where else None)
        except AppError as error:
            is_reason = error.code == "reason_missing"
            (self.reason_field if is_reason else self.day_field).set_error(error.sentence)
            return
        self.accept()
