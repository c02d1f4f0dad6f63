"""Sổ theo dõi vật mang of one sealed copy: its history, and what can be written into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.media_events import MediumAct, MediumEvent, MediumState
from app.text import date_vn
from ui.dialogs.form_dialog import FormDialog
from ui.theme.typography import Role
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from app.services.media_register import Medium
    from ui.theme.look import Look


@dataclass(frozen=True, slots=True)
class MediumActs:
    """What the buttons do once the dialog is gone."""

    check: Callable[[], None]
    cover: Callable[[], None]
    place: Callable[[], None]
    unseal: Callable[[], None]
    reseal: Callable[[], None]


class MediumDialog(FormDialog):
    """Reads only; every button closes it and leads on."""

    def __init__(self, look: Look, parent: QWidget, medium: Medium, acts: MediumActs) -> None:
        record = medium.record
        title = self.tr("Sổ theo dõi bản {n}").format(n=record.copy_no)
        super().__init__(look, title, icon="history", parent=parent, width=800, height=520)
        place = medium.history.place or self.tr("chưa ghi nơi cất")
        lines = (
            self.tr("{bag}; {medium}").format(bag=record.bag_name, medium=medium_words(medium)),
            self.tr("{keeper} giữ; {place}.").format(keeper=medium.keeper, place=place),
            self.tr("Đọc kiểm tra lại trước ngày {day}.").format(day=date_vn(medium.check_due)),
        )
        for text in lines:
            self.body.addWidget(Label(look, text, Role.BODY, "ink2", wrap=True))
        self.model: RecordModel[MediumEvent] = RecordModel(self._columns(), self)
        self.model.set_records(tuple(reversed(medium.history.events)))
        self.table = TableView(look, title, row_height=46, fifth=False)
        self.table.setModel(self.model)
        self.table.set_widths({0: 112, 1: 150})
        self.table.setMinimumHeight(210)
        self.body.addWidget(self.table, 1)
        self.add_safe_button(self.tr("Đóng"), self.reject)
        if medium.history.is_open:
            self._lead(self.tr("Niêm phong lại…"), acts.reseal, "secondary")
        else:
            self._lead(self.tr("Mở niêm phong…"), acts.unseal, "secondary")
        self._lead(self.tr("In nhãn, bìa"), acts.cover, "secondary")
        self._lead(self.tr("Ghi nơi cất…"), acts.place, "secondary")
        self._lead(self.tr("Đọc kiểm tra…"), acts.check, "primary")
        self.finished.connect(self.deleteLater)

    def _lead(self, words: str, act: Callable[[], None], kind: str) -> None:
        def go() -> None:
            self.accept()
            act()

        self.add_button(words, go, kind=kind)

    def _columns(self) -> list[Column[MediumEvent]]:
        return [
            Column(self.tr("Ngày"), lambda e: f"{e.at:%d/%m/%Y}", second=lambda e: f"{e.at:%H:%M}"),
            Column(self.tr("Việc"), lambda e: e.act.label, role=Role.VALUE,
                   second=lambda e: "" if e.state is None else e.state.label,
                   tone=_tone),
            Column(self.tr("Nội dung"), lambda e: e.place or e.note or self._read(e),
                   second=lambda e: e.people, tip=lambda e: "\n".join(filter(None, (
                       e.place, e.note, e.people)))),
        ]  # fmt: skip

    def _read(self, event: MediumEvent) -> str:
        if event.act is not MediumAct.CHECKED:
            return ""
        return self.tr("{n} tệp, không tệp nào bị đổi").format(n=event.files)


def medium_columns(today: Callable[[], date]) -> list[Column[Medium]]:
    """The media of a year: what, where, and whether it was read lately."""

    def say(text: str) -> str:
        return QCoreApplication.translate("MediumDialog", text)

    def checked(medium: Medium) -> str:
        check = medium.history.last_check
        if medium.history.is_open:
            return say("đang mở")
        if check is None or check.state is None:
            return say("lúc niêm phong")
        return check.state.label.lower()

    def due(medium: Medium) -> str:
        late = medium.check_due <= today()
        words = say("quá hạn {day}") if late else say("hạn {day}")
        return words.format(day=date_vn(medium.check_due))

    def tone(medium: Medium) -> str:
        check = medium.history.last_check
        if check is not None and check.state is not MediumState.INTACT:
            return "red"
        return "amber" if medium.history.is_open or medium.check_due <= today() else "green"

    return [
        Column(say("Bản"), lambda m: say("Bản {n}").format(n=m.record.copy_no),
               role=Role.VALUE, second=lambda m: f"{m.record.sealed_at:%d/%m/%Y}",
               tip=lambda m: m.record.bag_name),
        Column(say("Vật mang"), lambda m: m.record.drive_label or say("không có nhãn"),
               second=lambda m: m.record.drive_serial or medium_words(m),
               tip=lambda m: m.record.drive_serial),
        Column(say("Người giữ, nơi cất"), lambda m: m.keeper,
               second=lambda m: m.history.place or say("chưa ghi nơi cất"),
               tip=lambda m: f"{m.keeper}; {m.history.place}; {m.record.witnesses}"),
        Column(say("Đọc kiểm tra"), checked, tone=tone, second=due,
               tip=lambda m: "" if m.history.last_check is None else m.history.last_check.note),
    ]  # fmt: skip


def medium_words(medium: Medium) -> str:
    """What it is: a drive, or which of how many discs."""
    record = medium.record
    if record.medium != "disc":
        return QCoreApplication.translate("MediumDialog", "ổ rời")
    words = QCoreApplication.translate("MediumDialog", "đĩa {part}/{parts}")
    return words.format(part=record.part, parts=record.parts)


def _tone(event: MediumEvent) -> str:
    if event.state in (None, MediumState.INTACT):
        return "ink"
    return "red"
