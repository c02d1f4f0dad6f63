"""Tài khoản: who may sign in, which offices they hold from when to when, and their state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.roles import Role
from app.services.accounts import KEEPERS, NewAccount
from app.text import date_vn, fold
from ui.dialogs.confirm_dialog import confirm
from ui.pages.administration.account_dialogs import (
    GIVEN,
    AccountDialog,
    ResetPasswordDialog,
    RoleDialog,
)
from ui.pages.administration.section import Section
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role as TextRole
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card, clear
from ui.widgets.fields import SearchField
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.changes import CommandResult
    from app.domain.school import Account, SchoolYear
    from app.workspace import Workspace
    from ui.navigation import PageContext

_PANEL = 330
_ROW = 29


class AccountsSection(Section):
    """The list at the left, one person at the right."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, work, year, parent)
        self._accounts: tuple[Account, ...] = ()
        across = QHBoxLayout()
        across.setSpacing(CARD_GAP)
        across.addWidget(self._list_card(), 1)
        across.addWidget(self._person_card())
        self.column.addLayout(across, 1)

    def refresh(self) -> None:
        """Everybody again; the person chosen stays chosen."""
        self._accounts = self.work.accounts.all()
        self._show()
        self.add_button.setVisible(self._keeps)

    @property
    def _keeps(self) -> bool:
        return self.work.session.actor.has(*KEEPERS)

    def chosen(self) -> Account | None:
        """The person of the selected row."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.record(rows[0].row()) if rows else None

    # --- commands

    def add(self) -> None:
        """Thêm tài khoản."""
        actor = self.work.session.actor
        departments = sorted({a.department for a in self._accounts if a.department})

        def save(name: str, unit: str, roles: tuple[Role, ...], password: str) -> CommandResult:
            return self.work.accounts.add(actor, name, password, department=unit, roles=roles)

        AccountDialog(self.context, departments, save, self._added, self).open()

    def give_role(self) -> None:
        """Giao vai trò from a day on."""
        person = self.chosen()
        if person is None:
            return
        actor = self.work.session.actor
        free = [role for role in GIVEN if role.value not in person.roles]

        def save(role: Role, day: date | None) -> None:
            self.done(self.work.accounts.grant(actor, person.id, role, day))

        RoleDialog(
            self.context, self.tr("Giao vai trò"), self.tr("Giao vai trò"), person.full_name, free,
            self.tr("Từ ngày"), self.work.clock.today(), save, self,
        ).open()  # fmt: skip

    def end_role(self) -> None:
        """Kết thúc vai trò with its last day."""
        person = self.chosen()
        held = [] if person is None else self._ending(person)
        if person is None or not held:
            return
        actor = self.work.session.actor

        def save(role: Role, day: date | None) -> None:
            self.done(self.work.accounts.end_role(actor, person.id, role, day))

        RoleDialog(
            self.context, self.tr("Kết thúc vai trò"), self.tr("Kết thúc vai trò"),
            person.full_name, held, self.tr("Ngày cuối cùng"), self.work.clock.today(), save, self,
            dangerous=True,
        ).open()  # fmt: skip

    def reset_password(self) -> None:
        """Đặt lại mật khẩu for somebody who forgot."""
        person = self.chosen()
        if person is None:
            return
        actor = self.work.session.actor
        ResetPasswordDialog(
            self.context,
            person.full_name,
            lambda password: self.work.accounts.reset_password(actor, person.id, password),
            self.done,
            self,
        ).open()

    def switch(self) -> None:
        """Khóa tài khoản after asking, or mở lại at once."""
        person = self.chosen()
        if person is None:
            return
        actor = self.work.session.actor
        if person.disabled_on is not None:
            self.run(lambda: self.work.accounts.enable(actor, person.id))
            return

        def disable() -> None:
            self.run(lambda: self.work.accounts.disable(actor, person.id))

        confirm(
            self.look,
            self,
            self.tr("Khóa tài khoản {name}").format(name=person.full_name),
            self.tr("Người này không vào sổ được nữa cho đến khi tài khoản được mở lại."),
            self.tr("Khóa tài khoản {name}").format(name=person.full_name),
            disable,
            points=(
                self.tr("Những gì người này đã ghi và đã ký vẫn giữ nguyên."),
                self.tr("Phân công giảng dạy còn đó; hãy giao lại cho người khác."),
            ),
            dangerous=True,
        )

    # --- inside

    def _added(self, result: CommandResult) -> None:
        self.done(result)
        new = result.payload
        if isinstance(new, NewAccount):
            self._choose(new.account_id)
            self.context.frame.toast(
                self.tr("Đã lập tài khoản. Tên đăng nhập: {uid}").format(uid=new.uid), "green"
            )

    def _list_card(self) -> Card:
        look = self.look
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 10, 1, 8)
        row = QHBoxLayout()
        row.setContentsMargins(15, 0, 15, 0)
        self.search = SearchField(look, self.tr("Tìm tài khoản"), self.tr("Tìm tên, tổ, vai trò"))
        self.search.setFixedWidth(230)
        self.search.textChanged.connect(lambda _text: self._show())
        row.addWidget(self.search)
        self.count = Label(look, "", TextRole.BODY, "ink3")
        row.addWidget(self.count)
        row.addStretch(1)
        self.add_button = secondary(look, self.tr("Thêm tài khoản"), self.add, "plus")
        row.addWidget(self.add_button)
        card.body.addLayout(row)

        def tone(account: Account) -> str:
            return "ink3" if account.disabled_on else "ink"

        self.model: RecordModel[Account] = RecordModel(
            [
                Column(self.tr("Họ và tên"), lambda a: a.full_name, role=TextRole.VALUE, tone=tone),
                Column(self.tr("Tên đăng nhập"), lambda a: a.uid, tone=lambda _a: "ink2",
                       tip=lambda a: a.uid),
                Column(self.tr("Tổ, phòng"), lambda a: a.department, tone=tone,
                       tip=lambda a: a.department),
                Column(self.tr("Vai trò"), role_words, tone=tone, tip=role_words),
                Column(self.tr("Vào gần nhất"), self._last, tone=lambda _a: "ink2"),
                Column(self.tr("Trạng thái"), self._state,
                       icon=lambda a: "lock-closed" if a.disabled_on else "check",
                       tone=lambda a: "red" if a.disabled_on else "green"),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Tài khoản"), row_height=_ROW)
        self.table.setModel(self.model)
        self.table.set_widths({0: 178, 1: 112, 2: 132, 3: 138, 4: 130})
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_person())
        card.body.addWidget(self.table, 1)
        return card

    def _person_card(self) -> Card:
        look = self.look
        self.card = Card(look, " ")
        self.card.setFixedWidth(_PANEL)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        self.card.body.addLayout(self._facts)
        self.card.body.addStretch(1)
        self.grant_button = secondary(look, self.tr("Giao vai trò"), self.give_role, "plus")
        self.end_button = secondary(look, self.tr("Kết thúc vai trò"), self.end_role, "clock")
        self.reset_button = secondary(look, self.tr("Đặt lại mật khẩu"), self.reset_password, "key")
        self.switch_button = secondary(look, self.tr("Khóa"), self.switch, "lock-closed")
        self._buttons = QWidget()
        grid = QGridLayout(self._buttons)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.grant_button, 0, 0)
        grid.addWidget(self.end_button, 0, 1)
        grid.addWidget(self.reset_button, 1, 0)
        grid.addWidget(self.switch_button, 1, 1)
        self.card.body.addWidget(self._buttons)
        return self.card

    def _show(self) -> None:
        kept = self.chosen()
        words = fold(self.search.text())
        shown = [
            account
            for account in self._accounts
            if words in fold(f"{account.full_name} {account.department} {role_words(account)}")
        ]
        self.model.set_records(shown)
        active = sum(account.disabled_on is None for account in self._accounts)
        self.count.setText(self.tr("{n} người dùng được").format(n=active))
        if kept is None or not self._choose(kept.id):
            self._show_person()

    def _choose(self, account_id: object) -> bool:
        for row, account in enumerate(self.model.records()):
            if account.id == account_id:
                self.table.selectRow(row)
                self._show_person()
                return True
        return False

    def _show_person(self) -> None:
        clear(self._facts)
        person = self.chosen()
        self._buttons.setVisible(person is not None and self._keeps)
        if person is None:
            self.card.set_title(self.tr("Vai trò và ngày"))
            hint = self.tr("Chọn một người để xem vai trò, giao hay kết thúc vai trò.")
            self._facts.addWidget(Label(self.look, hint, TextRole.BODY, "ink2", wrap=True))
            return
        self.card.set_title(person.full_name)
        self._facts.addWidget(Label(self.look, person.uid, TextRole.BODY, "ink3"))
        if person.disabled_on is not None:
            words = self.tr("Đã khóa từ {day}").format(day=date_vn(person.disabled_on))
            self._facts.addWidget(
                IconText(self.look, "lock-closed", words, "red", TextRole.VALUE),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )
        grants = self.work.accounts.grants(person.id)
        for grant in grants:
            span = self.tr("từ {a}").format(a=date_vn(grant.starts_on))
            if grant.ends_on is not None:
                span += self.tr(" đến {b}").format(b=date_vn(grant.ends_on))
            now = grant.covers(self.work.clock.today())
            self._facts.addWidget(
                Label(self.look, grant.role.label, TextRole.VALUE, "ink" if now else "ink3")
            )
            self._facts.addWidget(Label(self.look, span, TextRole.CAPTION, "ink3"))
        if not grants:
            none = self.tr("Chưa có vai trò; quyền dạy theo phân công.")
            self._facts.addWidget(Label(self.look, none, TextRole.BODY, "ink2", wrap=True))
        mine = person.id == self.work.session.actor.account_id
        principal = Role.PRINCIPAL.value in person.roles
        active = person.disabled_on is None
        self.grant_button.setVisible(active)
        self.end_button.setVisible(bool(self._ending(person)))
        self.reset_button.setVisible(active and not mine and not principal)
        self.switch_button.setVisible(not mine and not principal)
        self.switch_button.setText(self.tr("Khóa") if active else self.tr("Mở lại"))
        self.switch_button.set_icon("lock-closed" if active else "lock-open")

    def _ending(self, person: Account) -> list[Role]:
        """Roles that have no last day yet; the principal's is handed over instead."""
        return [
            grant.role
            for grant in self.work.accounts.grants(person.id)
            if grant.ends_on is None and grant.role is not Role.PRINCIPAL
        ]

    def _last(self, account: Account) -> str:
        at = account.last_sign_in
        return self.tr("chưa lần nào") if at is None else f"{at:%H:%M %d/%m/%Y}"

    def _state(self, account: Account) -> str:
        return self.tr("đã khóa") if account.disabled_on else self.tr("dùng được")


def role_words(account: Account) -> str:
    """The offices of today in words."""
    return ", ".join(Role(name).label for name in account.roles)
