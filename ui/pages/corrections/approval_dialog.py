"""Duyệt sửa điểm: old → new large, why, evidence, conditions, witnesses, the decider's password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.roles import Role as Office
from app.errors import AppError
from ui.dialogs.deciding import decide
from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.corrections import words
from ui.pages.corrections.approval_side import (
    Conditions,
    WitnessFields,
    condition_row,
    outcome_rows,
    rule,
)
from ui.pages.corrections.case_parts import (
    caption,
    cells_table,
    declared_line,
    evidence_boxes,
    knock_on_lines,
    level_changes,
    text_change,
)
from ui.pages.corrections.reason_dialog import ReasonDialog
from ui.theme.tokens import DIALOG_HEIGHT, DIALOG_WIDTH
from ui.theme.typography import Role
from ui.widgets.cards import hairline
from ui.widgets.decider_bar import DeciderBar
from ui.widgets.labels import Label
from ui.widgets.mark_change import BigChange
from ui.widgets.steps import StepRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.changes import CommandResult
    from app.readmodels.correction_case import CaseView, Party
    from app.school_file import Decider
    from app.vault import Signer
    from ui.navigation import PageContext


class Decisions(Protocol):
    """The two answers a case waits for."""

    def approve(self, signer: Signer, witnesses: list[str]) -> CommandResult:
        """Exactly these values."""
        ...

    def refuse(self, signer: Signer, reason: str) -> CommandResult:
        """With the reason."""
        ...


class ApprovalDialog(EntryDialog):
    """Stays open until somebody decided or put it off; Enter never approves."""

    def __init__(
        self,
        context: PageContext,
        view: CaseView,
        decisions: Decisions,
        prove: Callable[[str, str], Decider],
        parent: QWidget,
    ) -> None:
        """`prove(uid, password)` is `Workspace.decide`: slow, run off the window's thread."""
        look = context.look
        row = view.row
        super().__init__(
            look,
            self.tr("Duyệt {act}").format(act=view.case.kind.act),
            note=self.tr("{case}, năm học {year}").format(
                case=words.case_name(row.number), year=view.year_name.replace("-", "–")
            ),
            icon="pencil",
            parent=parent,
            width=DIALOG_WIDTH,
            height=DIALOG_HEIGHT,
            side_panel=True,
        )
        self._context = context
        self._view = view
        self._decisions = decisions
        self._prove = prove
        self._busy = False
        self.body.setSpacing(4)
        self._fill_body()
        self.body.addStretch(1)
        self.add_refusal_line()
        self._fill_side(context.clock.today())
        self.decider = DeciderBar(
            look, self.tr("Người duyệt"), [(p.uid, short_name(p)) for p in view.approvers]
        )
        self.add_foot_widget(self.decider)
        self.later = self.add_safe_button(self.tr("Để sau"), self.reject)
        self.refuse_button = self.add_button(
            self.tr("Từ chối, ghi lý do"), self._ask_reason, kind="danger"
        )
        self.approve_button = self.add_button(words.approve_words(row), self._approve, icon="check")
        self.guard(self.refuse_button, self.approve_button)
        self.decider.ready.connect(lambda _on: self._allow())
        self.witnesses.changed.connect(self._allow)
        self.decider.password.vietnamese_typing.connect(self._warn_typing)
        self._allow()
        self.finished.connect(lambda _code: self.decider.forget())
        self.decider.password.setFocus()

    def _fill_body(self) -> None:
        look, view = self.look, self._view
        row = view.row
        if len(row.cells) == 1:
            cell = row.cells[0]
            self.body.addWidget(Label(look, cell.pupil, Role.LABEL_TITLE))
            self.body.addWidget(Label(look, words.place(row, cell), Role.CAPTION, "ink2"))
            across = QHBoxLayout()
            across.setSpacing(22)
            change: QWidget = (
                text_change(look, cell)
                if words.is_text(cell)
                else BigChange(
                    look, words.value(cell.old), words.value(cell.new),
                    self.tr("đang lưu"), self.tr("đề nghị"),
                )
            )  # fmt: skip
            across.addWidget(change, 1)
            if view.knock_on:
                across.addWidget(hairline(strong=True, vertical=True))
                across.addWidget(knock_on_lines(look, view.knock_on), 1)
            self.body.addLayout(across)
        else:
            title = self.tr("{n} ô, {subject} lớp {klass}").format(
                n=len(row.cells), subject=row.subject_name, klass=row.class_name
            )
            self.body.addWidget(Label(look, title, Role.LABEL_TITLE))
            self.body.addWidget(cells_table(look, view))
            self.body.addSpacing(6)
            for effect in level_changes(view):
                text = f"{effect.pupil}: {effect.what} {effect.old} → {effect.new}"
                self.body.addWidget(Label(look, text, Role.STRONG, wrap=True))
        self.body.addSpacing(8)
        self.body.addWidget(caption(look, self.tr("Lý do")))
        self.body.addWidget(Label(look, view.case.reason, Role.NAME, wrap=True))
        self.body.addWidget(Label(look, declared_line(view), Role.CAPTION, "ink2", wrap=True))
        self.body.addSpacing(8)
        self.body.addWidget(caption(look, self.tr("Minh chứng")))
        boxes = QHBoxLayout()
        boxes.setSpacing(10)
        for box in evidence_boxes(look, view):
            boxes.addWidget(box, 1)
        self.body.addLayout(boxes)
        self.body.addSpacing(8)
        self.body.addWidget(caption(look, self.tr("Diễn tiến hồ sơ")))
        self.body.addWidget(StepRow(look, words.timeline(view)))

    def _fill_side(self, today: date) -> None:
        look, side = self.look, self.side
        conditions = Conditions(self._view, today)
        side.setSpacing(5)
        side.addWidget(Label(look, conditions.title(), Role.TASK_TITLE, wrap=True))
        side.addSpacing(2)
        for met, title, line in conditions.lines:
            side.addWidget(condition_row(look, met, title, line))
        rule(side)
        side.addWidget(Label(look, self.tr("Người chứng kiến"), Role.TASK_TITLE))
        self.witnesses = WitnessFields(look, self._view, side)
        self._too_few = Label(
            look,
            self.tr("Cần tên ít nhất {n} người sẽ ký biên bản.").format(
                n=self._view.least_witnesses
            ),
            Role.CAPTION,
            "red",
        )
        side.addWidget(self._too_few)
        rule(side)
        side.addWidget(Label(look, self.tr("Khi duyệt"), Role.TASK_TITLE))
        for outcome in outcome_rows(look, self._view):
            side.addWidget(outcome)
        side.addStretch(1)

    def _allow(self) -> None:
        typed = self.decider.is_ready() and not self._busy
        self._too_few.setVisible(not self.witnesses.enough())
        self.approve_button.setEnabled(typed and self.witnesses.enough())
        self.refuse_button.setEnabled(typed)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.decider.setEnabled(not busy)
        self._allow()

    def _warn_typing(self, on: bool) -> None:
        words_on = self.tr(
            "Bộ gõ tiếng Việt đang bật; nếu mật khẩu không dấu, hãy chuyển sang tiếng Anh."
        )
        self.say(words_on if on else "", "amber")

    def _approve(self) -> None:
        names = self.witnesses.names()
        self._decide(lambda decider: self._decisions.approve(decider.signer, names))

    def _ask_reason(self) -> None:
        dialog = ReasonDialog(
            self.look,
            self.tr("Từ chối {case}").format(case=words.case_name(self._view.row.number).lower()),
            self.tr("Lý do từ chối"),
            self.tr("Người đề nghị đọc được; hồ sơ đóng lại và vẫn lưu."),
            self.tr("Từ chối hồ sơ này"),
            self._refuse,
            self,
        )
        dialog.open()

    def _refuse(self, reason: str) -> None:
        self._decide(lambda decider: self._decisions.refuse(decider.signer, reason))

    def _decide(self, act: Callable[[Decider], CommandResult]) -> None:
        uid, password = self.decider.uid, self.decider.password.text()
        self.say("")
        self._set_busy(True)
        decide(
            self._context.jobs,
            self._context.commands,
            owner=self,
            prove=lambda: self._prove(uid, password),
            act=act,
            on_done=lambda _result: self.accept(),
            on_refused=self._on_refused,
            on_settled=lambda: self._set_busy(False),
        )

    def _on_refused(self, error: AppError) -> None:
        self.say(error.sentence)
        self.decider.forget()
        self.decider.setEnabled(True)
        self.decider.password.setFocus()


def short_name(person: Party) -> str:
    """Name and office as short as the foot allows."""
    short = {Office.PRINCIPAL.label: "HT", Office.VICE_PRINCIPAL.label: "PHT"}.get(person.duty)
    return f"{person.name} ({short})" if short else person.name
