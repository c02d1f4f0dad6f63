"""Tài khoản: who may sign in, which offices they hold from when to when, and their state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.roles import Role
from app.services.account_review import FAILED_DAYS, role_words
from app.services.accounts import KEEPERS, NewAccount
from app.services.staff_import import FirstPassword
from app.text import date_vn, fold
from ui.dialogs.confirm_dialog import confirm
from ui.pages.administration.account_dialogs import (
    GIVEN,
    AccountDialog,
    ResetPasswordDialog,
    RoleDialog,
)
from ui.pages.administration.key_acts import KeyActs
from ui.pages.administration.section import Section
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role as TextRole
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card, ScrollPane, clear
from ui.widgets.fields import SearchField
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.changes import CommandResult
    from app.domain.ids import AccountId
    from app.domain.school import Account, SchoolYear
    from app.services.account_review import AccountUse
    from app.workspace import Workspace
    from ui.navigation import PageContext

_PANEL = 306
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
        self._uses: dict[AccountId, AccountUse] = {}
        self.keys = KeyActs(self)
        across = QHBoxLayout()
        across.setSpacing(CARD_GAP)
        across.addWidget(self._list_card(), 1)
        across.addWidget(self._person_card())
        self.column.addLayout(across, 1)

    def refresh(self) -> None:
        """Everybody again; the person chosen stays chosen."""
        uses = self.work.account_review.all()
        self._uses = {use.account.id: use for use in uses}
        self._accounts = tuple(use.account for use in uses)
        self._show()
        self.add_button.setVisible(self._keeps)
        self.staff_button.setVisible(self._keeps)

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
        given: list[str] = []

        def reset(password: str) -> CommandResult:
            given[:] = [password]
            return self.work.accounts.reset_password(actor, person.id, password)

        def done(result: CommandResult) -> None:
            self.done(result)
            slip = FirstPassword(person.full_name, person.department, person.uid, given.pop())
            self.keys.hand_slips((slip,))

        ResetPasswordDialog(self.context, person.full_name, reset, done, self).open()

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
        self.search = SearchField(look, self.tr("Tìm tài khoản"), self.tr("Tên, tổ, vai trò"))
        self.search.setFixedWidth(184)
        self.search.textChanged.connect(lambda _text: self._show())
        row.addWidget(self.search)
        self.count = Label(look, "", TextRole.BODY, "ink3")
        row.addWidget(self.count)
        row.addStretch(1)
        self.list_button = secondary(look, self.tr("In danh sách"), self.keys.print_list, "printer")
        self.duty_button = secondary(
            look, self.tr("In phân công"), self.keys.print_duties, "printer"
        )
        self.power_button = secondary(
            look, self.tr("Ủy quyền…"), self.keys.open_delegations, "stamp"
        )
        row.addWidget(self.list_button)
        self.staff_button = secondary(look, self.tr("Từ Excel"), self.keys.add_staff, "excel")
        row.addWidget(self.staff_button)
        self.add_button = secondary(look, self.tr("Thêm tài khoản"), self.add, "plus")
        row.addWidget(self.add_button)
        card.body.addLayout(row)
        below = QHBoxLayout()
        below.setContentsMargins(15, 0, 15, 0)
        below.addStretch(1)
        below.addWidget(self.power_button)
        below.addWidget(self.duty_button)
        card.body.addLayout(below)

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
                Column(self.tr("Vào gần nhất"), self._last, tone=lambda _a: "ink2",
                       tip=self._last_exactly),
                Column(self.tr("Trạng thái"), self._state, icon=self._state_icon,
                       tone=self._state_tone, tip=self._state),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Tài khoản"), row_height=_ROW)
        self.table.setModel(self.model)
        self.table.set_widths({0: 168, 1: 108, 2: 150, 3: 152, 4: 108})
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_person())
        card.body.addWidget(self.table, 1)
        return card

    def _person_card(self) -> Card:
        look = self.look
        self.card = Card(look, " ")
        self.card.setFixedWidth(_PANEL)
        scroll = ScrollPane(self.tr("Vai trò và ngày"))
        self._facts = scroll.body
        self._facts.setSpacing(8)
        self.card.body.addWidget(scroll, 1)
        self.grant_button = secondary(look, self.tr("Giao vai trò"), self.give_role, "plus")
        self.end_button = secondary(look, self.tr("Thôi vai trò"), self.end_role, "clock")
        self.reset_button = secondary(look, self.tr("Đặt mật khẩu"), self.reset_password, "key")
        self.switch_button = secondary(look, self.tr("Khóa"), self.switch, "lock-closed")
        self.edit_button = secondary(look, self.tr("Sửa tên, tổ"), self.keys.edit, "pencil")
        self.revoke_button = secondary(look, self.tr("Thu hồi…"), self.keys.revoke, "users-out")
        self.sheet_button = secondary(
            look, self.tr("In phiếu quyền"), self.keys.print_sheet, "printer"
        )
        self.handover_button = secondary(
            look, self.tr("Bàn giao…"), self.keys.hand_over, "signature"
        )
        self._buttons = QWidget()
        self._grid = QGridLayout(self._buttons)
        self._grid.setContentsMargins(0, 6, 0, 0)
        self._grid.setSpacing(8)
        self._acts = (
            self.grant_button, self.end_button, self.reset_button, self.switch_button,
            self.edit_button, self.sheet_button, self.revoke_button, self.handover_button,
        )  # fmt: skip
        for at, button in enumerate(self._acts):
            self._grid.addWidget(button, at // 2, at % 2)
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
        self.count.setText(self.tr("{n} dùng được").format(n=active))
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
        self._buttons.setVisible(person is not None)
        if person is None:
            self.card.set_title(self.tr("Vai trò và ngày"))
            hint = self.tr("Chọn một người để xem vai trò, giao hay kết thúc vai trò.")
            self._facts.addWidget(Label(self.look, hint, TextRole.BODY, "ink2", wrap=True))
            self._facts.addStretch(1)
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
        self._show_use(self._uses[person.id])
        self._facts.addStretch(1)
        self._show_buttons(person)

    def _show_use(self, use: AccountUse) -> None:
        """Password and failed sign-ins, for whoever reviews accounts (M96)."""
        look = self.look
        if use.password_since is not None and use.is_open:
            words = self.tr("Mật khẩu từ {day}").format(day=date_vn(use.password_since))
            if use.given_by_other:
                words += self.tr(", do người khác đặt, chưa tự đổi")
            tone = "amber" if use.given_by_other else "ink3"
            self._facts.addWidget(Label(look, words, TextRole.CAPTION, tone, wrap=True))
        if use.last_failed is not None:
            words = self.tr("Gõ sai {n} lần trong {d} ngày, lần cuối {at}").format(
                n=use.failed, d=FAILED_DAYS, at=f"{use.last_failed:%H:%M %d/%m}"
            )
            self._facts.addWidget(Label(look, words, TextRole.CAPTION, "amber", wrap=True))
        if use.is_open and use.idle_post:
            words = self.tr("Không còn vai trò hay phân công nào; nếu đã thôi việc thì khóa lại.")
            self._facts.addWidget(Label(look, words, TextRole.CAPTION, "amber", wrap=True))

    def _show_buttons(self, person: Account) -> None:
        keeps = self._keeps
        actor = self.work.session.actor
        mine = person.id == actor.account_id
        principal = Role.PRINCIPAL.value in person.roles
        active = person.disabled_on is None
        self.grant_button.setVisible(keeps and active)
        self.end_button.setVisible(keeps and bool(self._ending(person)))
        self.reset_button.setVisible(keeps and active and not mine and not principal)
        self.switch_button.setVisible(keeps and not mine and not principal)
        self.edit_button.setVisible(keeps)
        self.revoke_button.setVisible(
            keeps and not mine and not principal and self._uses[person.id].has_slot
        )
        self.handover_button.setVisible(mine and actor.has(Role.PRINCIPAL))
        shown = [button for button in self._acts if not button.isHidden()]
        for at, button in enumerate(shown):
            self._grid.addWidget(button, at // 2, at % 2)
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
        if at is None:
            return self.tr("chưa lần nào")
        if at.date() == self.work.clock.today():
            return self.tr("hôm nay")
        return f"{at:%d/%m/%Y}"

    def _last_exactly(self, account: Account) -> str:
        at = account.last_sign_in
        return "" if at is None else f"{at:%H:%M %d/%m/%Y}"

    def _state(self, account: Account) -> str:
        use = self._uses[account.id]
        if account.disabled_on:
            return self.tr("đã khóa") if use.has_slot else self.tr("đã thu hồi")
        if use.failed:
            return self.tr("gõ sai {n} lần").format(n=use.failed)
        return self.tr("dùng được")

    def _state_icon(self, account: Account) -> str:
        if account.disabled_on:
            return "lock-closed"
        return "warning" if self._uses[account.id].failed else "check"

    def _state_tone(self, account: Account) -> str:
        if account.disabled_on:
            return "red"
        return "amber" if self._uses[account.id].failed else "green"
