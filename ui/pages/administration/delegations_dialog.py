"""Ủy quyền: what is given and to whom; give, take back, print the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout

from app.domain.delegations import Delegation, Power
from app.errors import RuleRefused
from app.text import date_vn
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.workspace import Workspace
    from ui.navigation import PageContext

_ROW, _TABLE = 29, 170


class DelegationsDialog(EntryDialog):
    """`changed(result)` tells everybody; `show_paper(id)` prints and shows the letter."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        changed: Callable[[CommandResult], None],
        show_paper: Callable[[int], None],
        parent: QWidget,
    ) -> None:
        look = context.look
        super().__init__(look, _tr("Ủy quyền"), icon="stamp", parent=parent, width=860)
        self._work, self._changed, self._show_paper = work, changed, show_paper
        self._today = work.clock.today()
        self.model: RecordModel[Delegation] = RecordModel(
            [
                Column(_tr("Được ủy quyền"), lambda d: d.taker_name, role=Role.VALUE),
                Column(_tr("Việc"), lambda d: d.power.words, tip=lambda d: d.power.words),
                Column(_tr("Từ ngày"), lambda d: date_vn(d.starts_on)),
                Column(_tr("Đến hết"), lambda d: date_vn(d.last_day)),
                Column(_tr("Văn bản"), lambda d: d.decision_no),
                Column(_tr("Hiệu lực"), self._state,
                       tone=lambda d: "green" if d.covers(self._today) else "ink3"),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, _tr("Các ủy quyền"), row_height=_ROW)
        self.table.setModel(self.model)
        self.table.set_widths({0: 160, 1: 210, 2: 96, 3: 96, 4: 110})
        self.table.setMinimumHeight(_TABLE)
        self.body.addWidget(self.table)
        acts = QHBoxLayout()
        self.end_button = secondary(look, _tr("Thu lại"), self._end, "close")
        self.print_button = secondary(look, _tr("In giấy ủy quyền"), self._print, "printer")
        acts.addWidget(self.end_button)
        acts.addWidget(self.print_button)
        acts.addStretch(1)
        self.body.addLayout(acts)
        powers = work.delegations.powers(work.session.actor)
        self._form(context, powers)
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(_tr("Đóng"), self.reject)
        self.give_button = self.add_button(_tr("Ủy quyền"), self._give, icon="check")
        self.give_button.setVisible(bool(powers))
        self.guard(self.give_button)
        self.finished.connect(self.deleteLater)
        self.refresh()

    def refresh(self) -> None:
        """Every delegation again, the newest first."""
        self.model.set_records(self._work.delegations.all())
        self.table.selectRow(0)
        some = bool(self.model.records())
        self.end_button.setEnabled(some)
        self.print_button.setEnabled(some)

    def _form(self, context: PageContext, powers: tuple[Power, ...]) -> None:
        look, me = context.look, self._work.session.actor.account_id
        self.power = Combo(look, _tr("Việc"), [(p.value, p.words) for p in powers])
        people = [a for a in self._work.accounts.all() if a.disabled_on is None and a.id != me]
        self.taker = Combo(look, _tr("Người được ủy quyền"), [(a.id, a.full_name) for a in people])
        self.starts_on = DateField(look, _tr("Từ ngày"), self._today)
        self.ends_on = DateField(look, _tr("Đến hết ngày"))
        self.number = TextField(look, _tr("Số văn bản"), "70/QĐ-THCS")
        self.decided_on = DateField(look, _tr("Ngày văn bản"), self._today)
        if not powers:
            words = _tr("Theo quy định của trường, tài khoản này không giữ quyền nào để ủy quyền.")
            self.body.addWidget(Label(look, words, Role.BODY, "ink2", wrap=True))
            return
        for fields in (
            ((_tr("Người được ủy quyền"), self.taker), (_tr("Việc"), self.power)),
            ((_tr("Từ ngày"), self.starts_on), (_tr("Đến hết ngày"), self.ends_on),
             (_tr("Số văn bản"), self.number), (_tr("Ngày văn bản"), self.decided_on)),
        ):  # fmt: skip
            row = QHBoxLayout()
            row.setSpacing(14)
            for title, field in fields:
                row.addWidget(LabelledField(look, title, field), 1)
            self.body.addLayout(row)

    def _give(self) -> None:
        def act() -> None:
            days = (self.starts_on.value(), self.ends_on.value(), self.decided_on.value())
            first, last, decided = days
            if first is None or last is None or decided is None:
                raise RuleRefused(
                    "date_missing", _tr("Chưa ghi đủ ba ngày nên chưa ủy quyền; hãy ghi đủ.")
                )
            self._changed(
                self._work.delegations.give(
                    self._work.session.actor, Power(self.power.current()), self.taker.current(),
                    first, last, self.number.text(), decided,
                )
            )  # fmt: skip

        if self.attempt(act):
            self.number.setText("")
            self.refresh()

    def _end(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        actor, service = self._work.session.actor, self._work.delegations
        if self.attempt(lambda: self._changed(service.end(actor, chosen.id))):
            self.refresh()

    def _print(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._show_paper(chosen.id)

    def _chosen(self) -> Delegation | None:
        row = self.table.chosen_row()
        return self.model.record(row) if row >= 0 else None

    def _state(self, one: Delegation) -> str:
        if one.covers(self._today):
            return _tr("đang có")
        return _tr("chưa tới") if one.starts_on > self._today else _tr("đã hết")


def _tr(text: str) -> str:
    return QCoreApplication.translate("DelegationsDialog", text)
