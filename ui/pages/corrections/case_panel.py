"""One case at the right of the list: what, why, how far, and the one thing to do next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.corrections import Step
from ui.pages.corrections import words
from ui.pages.corrections.case_parts import (
    caption,
    cells_table,
    declared_line,
    evidence_boxes,
    knock_on_lines,
    level_changes,
    struck_row,
)
from ui.theme.tokens import CARD_PADDING
from ui.theme.typography import Role
from ui.widgets.buttons import Button, danger, link, primary
from ui.widgets.cards import ScrollPane, clear, frame, hairline
from ui.widgets.chips import Chip
from ui.widgets.labels import ElidedLabel, IconText, Label
from ui.widgets.steps import StepGlyph

if TYPE_CHECKING:
    from datetime import datetime

    from app.readmodels.correction_case import CaseView
    from ui.theme.look import Look

_CHIPS = {
    Step.DECLARED: ("amber", "hourglass"),
    Step.REGISTERED: ("amber", "hourglass"),
    Step.CHECKED: ("amber", "hourglass"),
    Step.APPROVED: ("accent", "lock-open"),
    Step.APPLIED: ("green", "check-disc"),
    Step.REFUSED: ("red", "close"),
    Step.WITHDRAWN: ("ink2", "undo"),
    Step.EXPIRED: ("red", "lock-closed"),
}


class CasePanel(QFrame):
    """Shows a case; its buttons only ask. `asked(name)`: register, check, decide, apply, withdraw,
    explain, minutes, sheet, add_scan, "scan:<id>".
    """

    asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: CaseView | None = None
        self._countdown: IconText | None = None
        self.buttons: dict[str, Button] = {}
        self.setProperty("kind", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 1, 1)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(CARD_PADDING, 12, CARD_PADDING, 10)
        self._title = Label(look, "", Role.CARD_TITLE)
        self._chip = Chip(look, height=24)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._chip)
        outer.addLayout(head)
        outer.addWidget(hairline())
        self._pane = ScrollPane(self.tr("Hồ sơ đang chọn"))
        self._pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pane.body.setContentsMargins(CARD_PADDING, 12, CARD_PADDING, 12)
        self._pane.body.setSpacing(4)
        outer.addWidget(self._pane, 1)
        self._foot = frame("dialogfoot")
        self._foot_body = QVBoxLayout(self._foot)
        self._foot_body.setContentsMargins(CARD_PADDING, 10, CARD_PADDING, 14)
        self._foot_body.setSpacing(8)
        outer.addWidget(self._foot)
        self.setAccessibleName(self.tr("Hồ sơ đang chọn"))

    def show_case(self, view: CaseView, now: datetime) -> None:
        """Fill everything anew."""
        self._view = view
        row = view.row
        self._title.setText(words.case_name(row.number))
        tone, icon = _CHIPS[row.step]
        self._chip.set_state(row.step.label, tone, icon)
        self._countdown = None
        clear(self._pane.body)
        self._fill_what(view)
        self._fill_why(view)
        self._fill_steps(view)
        self._pane.body.addStretch(1)
        self._fill_foot(view, now)

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        view = self._view
        if self._countdown is not None and view is not None and view.row.unlocked_until:
            self._countdown.set_state(
                "lock-open", self._left(view.row.unlocked_until, now), "amber"
            )

    def countdown(self) -> str:
        """The countdown shown; empty without one."""
        return "" if self._countdown is None else self._countdown.text()

    def _left(self, until: datetime, now: datetime) -> str:
        left = words.spoken_left(until, now)
        return self.tr("Ô đang mở, tự khóa lại sau {left}").format(left=left)

    def _add(self, widget: QWidget, before: int = 0) -> None:
        if before:
            self._pane.body.addSpacing(before)
        self._pane.body.addWidget(widget)

    def _fill_what(self, view: CaseView) -> None:
        look, row = self._look, view.row
        if len(row.cells) == 1:
            self._add(ElidedLabel(look, row.cells[0].pupil, Role.LABEL_TITLE))
            self._add(Label(look, words.place(row, row.cells[0]), Role.CAPTION, "ink2", wrap=True))
            self._add(struck_row(look, row), 4)
            if view.knock_on:
                self._add(knock_on_lines(look, view.knock_on), 6)
        else:
            title = self.tr("{n} ô, {subject} {klass}").format(
                n=len(row.cells), subject=row.subject_name, klass=row.class_name
            )
            self._add(Label(look, title, Role.LABEL_TITLE))
            self._add(cells_table(look, view, effects=False), 6)
            self._pane.body.addSpacing(6)
            for effect in level_changes(view):
                text = f"{effect.pupil}: {effect.what} {effect.old} → {effect.new}"
                self._add(Label(look, text, Role.STRONG, wrap=True))
        if not view.cells_stand:
            text = self.tr("Ô đang lưu không còn như lúc khai; hãy rút hồ sơ và lập lại.")
            self._add(Label(look, text, Role.VALUE, "red", wrap=True), 4)

    def _fill_why(self, view: CaseView) -> None:
        look, case = self._look, view.case
        self._add(caption(look, self.tr("Lý do")), 10)
        self._add(Label(look, case.reason, Role.BODY, wrap=True))
        self._add(Label(look, declared_line(view), Role.CAPTION, "ink2", wrap=True))
        if case.late_reason:
            self._add(caption(look, self.tr("Lập sau hạn, vì")), 6)
            self._add(Label(look, case.late_reason, Role.BODY, "amber", wrap=True))
        self._add(caption(look, self.tr("Minh chứng")), 10)
        for box in evidence_boxes(look, view, boxed=False):
            self._add(box)
        for scan in view.scans:
            words_ = self.tr("Xem bản chụp: {name}").format(name=scan.name)
            shown = link(look, words_, partial(self.asked.emit, f"scan:{scan.id}"), "eye")
            self._pane.body.addWidget(shown, 0, Qt.AlignmentFlag.AlignLeft)
        if view.may.add_scan:
            self.scan_button = link(
                look, self.tr("Thêm bản chụp…"), partial(self.asked.emit, "add_scan"), "upload"
            )
            self._pane.body.addWidget(self.scan_button, 0, Qt.AlignmentFlag.AlignLeft)
        if case.explanation:
            self._add(caption(look, self.tr("Giải trình")), 10)
            self._add(Label(look, case.explanation, Role.BODY, wrap=True))

    def _fill_steps(self, view: CaseView) -> None:
        look, case = self._look, view.case
        self._add(caption(look, self.tr("Diễn tiến hồ sơ")), 10)
        people = [view.requester, view.registrar, view.checker, view.approver, view.requester]
        number = self.tr("số {number}").format(number=case.register_no) if case.register_no else ""
        remarks = ["", number, case.check_note, case.decision_note, ""]
        for step, person, remark in zip(words.timeline(view), people, remarks, strict=True):
            line = QWidget()
            across = QHBoxLayout(line)
            across.setContentsMargins(0, 2, 0, 2)
            across.setSpacing(9)
            across.addWidget(StepGlyph(look, step.state), 0, Qt.AlignmentFlag.AlignTop)
            texts = QVBoxLayout()
            texts.setSpacing(0)
            texts.addWidget(Label(look, step.title, Role.VALUE))
            done = step.state.value == "done"
            said = f"{step.note}, {person.name}" if done and person is not None else step.note
            tone = "amber" if step.state.value == "half" else "ink3"
            texts.addWidget(Label(look, said, Role.CAPTION, tone, wrap=True))
            if done and remark:
                texts.addWidget(Label(look, f"“{remark}”", Role.CAPTION, "ink2", wrap=True))
            across.addLayout(texts, 1)
            self._add(line)
        if case.witnesses:
            self._add(caption(look, self.tr("Người chứng kiến ký biên bản")), 8)
            self._add(Label(look, ", ".join(case.witnesses), Role.BODY, wrap=True))

    def _fill_foot(self, view: CaseView, now: datetime) -> None:
        clear(self._foot_body)
        self.buttons = {}
        may, row = view.may, view.row
        if row.step is Step.APPROVED and row.unlocked_until is not None:
            text = self._left(row.unlocked_until, now)
            self._countdown = IconText(self._look, "lock-open", text, "amber", Role.VALUE)
            self._foot_body.addWidget(self._countdown, 0, Qt.AlignmentFlag.AlignLeft)
        sentence = self._what_happens(view)
        if sentence:
            self._foot_body.addWidget(Label(self._look, sentence, Role.CAPTION, "ink2", wrap=True))
        buttons = QWidget()
        across = QHBoxLayout(buttons)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        acts = [
            ("register", may.register, primary, self.tr("Vào sổ…"), "stamp"),
            ("check", may.check, primary, self.tr("Kiểm dò…"), "search"),
            ("decide", may.decide, primary, self.tr("Duyệt…"), "pencil"),
            ("apply", may.apply, primary, words.apply_words(row), "check"),
            ("minutes", may.print_minutes, primary, self.tr("In biên bản"), "printer"),
            ("explain", may.explain and not may.print_minutes, primary, self._explain(), "comment"),
            ("withdraw", may.withdraw, danger, self.tr("Rút hồ sơ…"), ""),
        ]
        for name, allowed, make, text, icon in acts:
            if allowed:
                button = make(self._look, text, partial(self.asked.emit, name), icon)
                self.buttons[name] = button
                across.addWidget(button)
        across.addStretch(1)
        if may.explain and may.print_minutes:
            explain = link(
                self._look, self._explain(), partial(self.asked.emit, "explain"), "comment"
            )
            self.buttons["explain"] = explain
            self._foot_body.addWidget(explain, 0, Qt.AlignmentFlag.AlignLeft)
        open_sheet = link(
            self._look, self.tr("Xem ô trong sổ"), lambda: self.asked.emit("sheet"), "mark-book"
        )
        self.buttons["sheet"] = open_sheet
        across.addWidget(open_sheet)
        self._foot_body.addWidget(buttons)

    def _explain(self) -> str:
        return self.tr("Giải trình…")

    def _what_happens(self, view: CaseView) -> str:
        may = view.may
        if may.register:
            return self.tr("Văn thư ghi số tiếp nhận; chỉ hồ sơ đã vào sổ mới được kiểm dò.")
        if may.check:
            return self.tr(
                "Kiểm dò là người thứ hai so hồ sơ với {first} và {second} trên giấy."
            ).format(first=_lower(view.proofs[0]), second=_lower(view.proofs[1]))
        if may.decide:
            return self.tr("Người duyệt gõ mật khẩu của mình; phiên đang mở không đổi.")
        if may.apply:
            return self.tr("Ghi đúng giá trị đã duyệt rồi khóa lại ngay.")
        if may.print_minutes:
            return self.tr("Bản in có số, giữ nguyên trong sổ để đối chiếu với bản ký giấy.")
        return ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
