"""Two things to read about a paper: everything that happened to it, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.paper_life import PaperAct, PaperEvent
from app.services.net_changes import column_of, grounds_words
from app.text import date_vn
from ui.dialogs.form_dialog import FormDialog
from ui.pages.printing import paper_words as words
from ui.theme.typography import Role
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from app.domain.net_change import NetChange
    from app.readmodels.paper_board import FoundPaper, PaperRow
    from ui.theme.look import Look


@dataclass(frozen=True, slots=True)
class PaperActs:
    """What the buttons of the history do once the dialog is gone; None: not offered."""

    take_back: Callable[[], None] | None = None
    move: Callable[[], None] | None = None
    discard: Callable[[], None] | None = None
    restore: Callable[[], None] | None = None


class HistoryDialog(FormDialog):
    """Sổ của một bản in: every line, the newest first; a button closes it and leads on."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        row: PaperRow,
        people: Mapping[int, str],
        acts: PaperActs,
    ) -> None:
        """`people` are names by account, for who wrote each line."""
        title = self.tr("Đời của bản in số {n}").format(n=f"{row.run.number:04d}")
        super().__init__(look, title, icon="history", parent=parent, width=820, height=540)
        name = words.run_title(row.run, row.class_name)
        self.body.addWidget(Label(look, name, Role.CARD_TITLE, wrap=True))
        note = f"{words.run_note(row)}; {words.where(row, differs=False)}"
        self.body.addWidget(Label(look, note, Role.BODY, "ink2", wrap=True))
        self.model: RecordModel[PaperEvent] = RecordModel(self._columns(people), self)
        self.model.set_records(tuple(reversed(row.life.events)))
        self.table = TableView(look, title, row_height=46, fifth=False)
        self.table.setModel(self.model)
        self.table.set_widths({0: 108, 1: 210, 2: 270})
        self.table.setMinimumHeight(220)
        self.body.addWidget(self.table, 1)
        self.add_safe_button(self.tr("Đóng"), self.reject)
        for text, act in (
            (self.tr("Hủy bản giấy…"), acts.discard),
            (self.tr("Dùng lại bản giấy…"), acts.restore),
            (self.tr("Gỡ bước vừa ghi…"), acts.take_back),
            (self.tr("Chuyển nơi lưu…"), acts.move),
        ):
            if act is not None:
                self._lead(text, act)
        self.finished.connect(self.deleteLater)

    def _lead(self, text: str, act: Callable[[], None]) -> None:
        def go() -> None:
            self.accept()
            act()

        self.add_button(text, go, kind="secondary")

    def _columns(self, people: Mapping[int, str]) -> list[Column[PaperEvent]]:
        return [
            Column(self.tr("Ngày"), lambda e: date_vn(e.on)),
            Column(self.tr("Việc"), self._what, role=Role.VALUE, tone=self._tone,
                   second=lambda e: e.act.label if e.act is PaperAct.TAKEN_BACK else ""),
            Column(self.tr("Ai, ở đâu"), lambda e: e.people or e.place,
                   second=lambda e: e.place if e.people and e.place else self._due(e)),
            Column(self.tr("Người ghi, ghi chú"), lambda e: people.get(e.by, "?"),
                   second=lambda e: e.note, tip=lambda e: e.note),
        ]  # fmt: skip

    def _what(self, event: PaperEvent) -> str:
        if event.step is None or event.act is PaperAct.MOVED:
            return event.act.label
        return event.step.words[:1].upper() + event.step.words[1:]

    def _due(self, event: PaperEvent) -> str:
        if event.due_on is None:
            return ""
        return self.tr("hẹn trả {day}").format(day=date_vn(event.due_on))

    def _tone(self, event: PaperEvent) -> str:
        return "red" if event.act in (PaperAct.TAKEN_BACK, PaperAct.DISCARDED) else "ink"


class FoundDialog(FormDialog):
    """What a code led to: whether the sheet still says what the book says, and what changed."""

    def __init__(
        self, look: Look, parent: QWidget, found: FoundPaper, approvers: Mapping[int, str]
    ) -> None:
        row = found.row
        title = self.tr("Bản in số {n}, năm học {year}").format(
            n=f"{row.run.number:04d}", year=found.year_name.replace("-", "–")
        )
        tall = 560 if found.differs else 0
        super().__init__(look, title, icon="search", parent=parent, width=860, height=tall)
        self.found = found
        self.body.addWidget(
            Label(look, words.run_title(row.run, row.class_name), Role.CARD_TITLE, wrap=True)
        )
        waits = row.is_open and row.life.loan is None
        paper = self.tr("Tờ giấy chờ {where}") if waits else self.tr("Tờ giấy: {where}")
        printed = self.tr("In lúc {at}; mã dữ liệu {code}. {paper}.").format(
            at=f"{row.run.made_at:%H:%M ngày %d/%m/%Y}", code=row.code,
            paper=paper.format(where=words.where(row, differs=False)),
        )  # fmt: skip
        self.body.addWidget(Label(look, printed, Role.BODY, "ink2", wrap=True))
        if found.form is not None:
            said = self.tr("In theo mẫu trường đã chỉnh: bản {n}, văn bản số {no}.").format(
                n=found.form.number, no=found.form.decision_no
            )
            self.body.addWidget(Label(look, said, Role.BODY, "ink2", wrap=True))
        icon, text, tone = self._verdict(found)
        self.verdict = IconText(look, icon, text, tone, Role.STRONG, 18, wrap=True)
        self.body.addWidget(self.verdict)
        if found.changes:
            self._list_cells(found.changes, approvers)
        if found.others:
            self.body.addWidget(Label(look, self.tr("Nhật ký của lớp từ sau lúc in"), Role.STRONG))
            for told in found.others:
                self.body.addWidget(Label(look, told, Role.BODY, "ink2", wrap=True))
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Đóng"), self.reject)
        self.finished.connect(self.deleteLater)

    def _verdict(self, found: FoundPaper) -> tuple[str, str, str]:
        run = found.row.run
        if found.differs is None:
            words_ = self.tr("Đúng là bản in của tệp này; loại giấy này không so với số liệu.")
            return "check", words_, "ink2"
        if not found.differs:
            return "check", self.tr("Số liệu hôm nay vẫn đúng như trên tờ giấy."), "green"
        return (
            "not-equal",
            self.tr("Khác bản in ngày {day}: {n} ô điểm đã đổi. Hãy in lại và ký bản mới.").format(
                day=f"{run.made_at:%d/%m/%Y}", n=len(found.changes)
            ),
            "red",
        )

    def _list_cells(self, changes: tuple[NetChange, ...], approvers: Mapping[int, str]) -> None:
        model: RecordModel[NetChange] = RecordModel(
            [
                Column(self.tr("Học sinh"), lambda c: c.place.pupil, role=Role.VALUE),
                Column(self.tr("Môn, cột"), lambda c: column_of(c.place)),
                Column(self.tr("Trên giấy"), lambda c: c.first or "–", number=True),
                Column(self.tr("Nay"), lambda c: c.last or "–", number=True, role=Role.STRONG,
                       tone=lambda _c: "red"),
                Column(self.tr("Căn cứ"), lambda c: grounds_words(c, approvers)),
            ],
            self,
        )  # fmt: skip
        model.set_records(changes)
        self.cells = TableView(self.look, self.tr("Ô điểm đã đổi sau bản in"))
        self.cells.setModel(model)
        self.cells.set_widths({0: 190, 1: 210, 2: 84, 3: 64})
        self.cells.setFixedHeight(34 + 35 * min(len(changes), 6) + 2)
        self.body.addWidget(self.cells)
