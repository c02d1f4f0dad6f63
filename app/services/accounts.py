"""Tài khoản: who may sign in, which offices they hold and from when, and their keys.

The database is written first and committed last, around the one save of the keyfile: whatever may
be refused is refused before the keyfile changes, and a crash after it leaves a slot without an
account, which the next sign-in switches off and the next attempt takes over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import clean_person_name, fingerprint, refuse_too_long, uid_for
from app.domain.ids import AccountId
from app.domain.roles import Role, RoleGrant
from app.domain.school import Account
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.account_rules import (
    refuse_disabled,
    refuse_disabling,
    refuse_mixed_office,
    refuse_office,
    refuse_reset,
    refuse_roles_together,
    refuse_second_handover,
)
from app.services.key_changes import RECOVERY_CONFIRMED, announce_key_change, pin_key
from app.services.sign_in_directory import SignInDirectory
from app.services.standing import require_standing
from app.text import clean, date_vn
from app.vault import PersonEntry, PersonKeys, Unlocked, Vault

MUST_CHANGE = "account.must_change."
"""Setting, with the sign-in name behind it: the password was set by another and is to be changed
at the next sign-in.
"""
KEEPERS = (Role.PRINCIPAL, Role.ADMINISTRATOR)
"""Who keeps the accounts."""

_UNIT_LIMIT = 100
_TOPICS = frozenset({Topic.ACCOUNTS, Topic.TRAIL})


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Payload of `add`: what the person is told, and the key's fingerprint for the paper."""

    account_id: AccountId
    uid: str
    key_fingerprint: str


class Accounts:
    """Commands on accounts, for one session (`vault` and `unlocked` are that session's)."""

    def __init__(self, uows: UowFactory, clock: Clock, vault: Vault, unlocked: Unlocked) -> None:
        self._uows = uows
        self._clock = clock
        self._vault = vault
        self._unlocked = unlocked
        self._directory = SignInDirectory(uows, clock, vault, unlocked)

    def all(self) -> tuple[Account, ...]:
        """Everybody by given name, with the offices of today."""
        with self._uows.read() as uow:
            return uow.accounts.all(self._clock.today())

    def grants(self, account_id: AccountId) -> tuple[RoleGrant, ...]:
        """Every office somebody held or holds, the oldest first."""
        with self._uows.read() as uow:
            return uow.accounts.grants(account_id)

    def add(
        self,
        actor: Actor,
        full_name: str,
        password: str,
        *,
        department: str = "",
        roles: tuple[Role, ...] = (),
        starts_on: date | None = None,
        must_change: bool = False,
    ) -> CommandResult:
        """A new person with a slot of their own; `payload` is a NewAccount.

        The sign-in name is made from the name and never reused. `must_change`: the password was
        made up for the person, who is asked for an own one at the first sign-in.
        """
        require(actor, "lập tài khoản", *KEEPERS)
        name = clean_person_name(full_name)
        unit = clean(department)
        refuse_too_long(unit, "Tổ, bộ phận", _UNIT_LIMIT)
        for role in roles:
            refuse_office(actor, role)
        refuse_roles_together(roles)
        now, today = self._clock.now(), self._clock.today()
        since = starts_on or today
        slots = {entry.uid: entry for entry in self._vault.people()}
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "lập tài khoản")
            for role in roles:
                refuse_office(actor, role)
            uid = uid_for(name, {account.uid for account in uow.accounts.all(today)})
            entry = PersonEntry(uid, name, unit)
            keys = self._give_slot(entry, password, left_over=uid in slots)
            account_id = uow.accounts.add(uid, name, unit, now, keys.signing_public_key)
            if must_change:
                uow.school.set_setting(MUST_CHANGE + uid, "1")
            for role in roles:
                uow.accounts.add_grant(RoleGrant(account_id, role, since))
            mark = fingerprint(keys.signing_public_key)
            detail = {
                "account": account_id,
                "uid": uid,
                "name": name,
                "department": unit,
                "roles": [role.value for role in roles],
                "since": since.isoformat(),
                "key": mark,
            }
            seq = uow.trail.append(TrailDraft("account.added", detail), actor, now)
            uow.commit()
        self._directory.refresh()
        return CommandResult(
            _TOPICS, seq, f"Đã lập tài khoản {uid}", payload=NewAccount(account_id, uid, mark)
        )

    def edit(
        self, actor: Actor, account_id: AccountId, full_name: str, department: str
    ) -> CommandResult:
        """Correct a name or move somebody to another unit; the sign-in name stays.

        What was signed and printed under the former name keeps it.
        """
        require(actor, "sửa tài khoản", *KEEPERS)
        name, unit = clean_person_name(full_name), clean(department)
        refuse_too_long(unit, "Tổ, bộ phận", _UNIT_LIMIT)
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "sửa tài khoản")
            account = uow.accounts.get(account_id, self._clock.today())
            before = (account.full_name, account.department)
            if (name, unit) == before:
                head, _ = uow.trail.head()
                return CommandResult(frozenset(), head, f"{name}: không đổi")
            uow.accounts.rename(account_id, name, unit)
            detail = {
                "account": account_id,
                "uid": account.uid,
                "name": [before[0], name],
                "department": [before[1], unit],
            }
            seq = self._record(uow, actor, "account.edited", detail)
        self._directory.refresh()
        return CommandResult(_TOPICS, seq, f"Đã sửa tài khoản {account.uid}")

    def grant(
        self,
        actor: Actor,
        account_id: AccountId,
        role: Role,
        starts_on: date | None = None,
        ends_on: date | None = None,
    ) -> CommandResult:
        """Give an office from a day on (today when left out), to a day or until it is ended."""
        require(actor, "giao vai trò", *KEEPERS)
        refuse_office(actor, role)
        since = starts_on or self._clock.today()
        if ends_on is not None and ends_on < since:
            raise RuleRefused(
                "grant_dates",
                f"Vai trò {role.label} kết thúc {date_vn(ends_on)} trước ngày bắt đầu "
                f"{date_vn(since)}; hãy sửa ngày.",
            )
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "giao vai trò")
            refuse_office(actor, role)
            account = uow.accounts.get(account_id, self._clock.today())
            refuse_mixed_office(uow, account, role, since)
            for held in uow.accounts.grants(account_id):
                if held.role is role and (held.ends_on is None or held.ends_on >= since):
                    raise RuleRefused(
                        "role_held",
                        f"{account.full_name} đang giữ vai trò {role.label} từ "
                        f"{date_vn(held.starts_on)}; hãy kết thúc vai trò ấy trước.",
                    )
            uow.accounts.add_grant(RoleGrant(account_id, role, since, ends_on))
            detail = {
                "account": account_id,
                "name": account.full_name,
                "role": role.value,
                "since": since.isoformat(),
                "until": ends_on.isoformat() if ends_on else "",
            }
            seq = self._record(uow, actor, "account.role_given", detail)
        self._directory.refresh()
        return CommandResult(_TOPICS, seq, f"{account.full_name}: {role.label}")

    def end_role(
        self, actor: Actor, account_id: AccountId, role: Role, on: date | None = None
    ) -> CommandResult:
        """The last day of an office; the principal's ends only by `change_principal`."""
        require(actor, "kết thúc vai trò", *KEEPERS)
        refuse_office(actor, role)
        last = on or self._clock.today()
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "kết thúc vai trò")
            refuse_office(actor, role)
            account = uow.accounts.get(account_id, self._clock.today())
            open_grants = [
                g
                for g in uow.accounts.grants(account_id)
                if g.role is role and (g.ends_on is None or g.ends_on > last)
            ]
            if not open_grants:
                raise RuleRefused(
                    "role_not_held",
                    f"{account.full_name} không có vai trò {role.label} đang chờ kết thúc; hãy tải "
                    "lại trang.",
                )
            if any(last < g.starts_on for g in open_grants):
                raise RuleRefused(
                    "grant_dates",
                    f"Ngày kết thúc {date_vn(last)} trước ngày bắt đầu vai trò {role.label} "
                    f"({date_vn(open_grants[0].starts_on)}); hãy sửa ngày.",
                )
            uow.accounts.end_grants(account_id, role, last)
            detail = {
                "account": account_id,
                "name": account.full_name,
                "role": role.value,
                "last_day": last.isoformat(),
            }
            seq = self._record(uow, actor, "account.role_ended", detail)
        self._directory.refresh()
        return CommandResult(_TOPICS, seq, f"{account.full_name}: hết {role.label.lower()}")

    def change_principal(
        self, actor: Actor, account_id: AccountId, on: date | None = None
    ) -> CommandResult:
        """Bàn giao hiệu trưởng: only the principal hands the office over, from a day on."""
        require(actor, "bàn giao chức hiệu trưởng", Role.PRINCIPAL)
        since = on or self._clock.today()
        if account_id == actor.account_id:
            raise RuleRefused(
                "principal_already", f"{actor.name} đang là hiệu trưởng; hãy chọn người nhận."
            )
        if since < self._clock.today():
            raise RuleRefused(
                "grant_dates",
                f"Ngày bàn giao {date_vn(since)} đã qua; hãy ghi hôm nay hoặc ngày sau đó.",
            )
        with self._uows.write() as uow:
            today = self._clock.today()
            what = "bàn giao chức hiệu trưởng"
            actor = require_standing(uow, actor, today, what, Role.PRINCIPAL)
            refuse_second_handover(uow, today)
            account = uow.accounts.get(account_id, today)
            refuse_disabled(account)
            refuse_mixed_office(uow, account, Role.PRINCIPAL, since)
            uow.accounts.end_grants(actor.account_id, Role.PRINCIPAL, since - timedelta(days=1))
            uow.accounts.add_grant(RoleGrant(account_id, Role.PRINCIPAL, since))
            detail = {
                "from": actor.name,
                "account": account_id,
                "name": account.full_name,
                "since": since.isoformat(),
            }
            seq = self._record(uow, actor, "account.principal_changed", detail)
        self._directory.refresh()
        return CommandResult(_TOPICS, seq, f"Hiệu trưởng từ {date_vn(since)}: {account.full_name}")

    def disable(self, actor: Actor, account_id: AccountId) -> CommandResult:
        """No sign-in from now on; what the person wrote and signed stays theirs."""
        require(actor, "khóa tài khoản", *KEEPERS)
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "khóa tài khoản")
            account = uow.accounts.get(account_id, self._clock.today())
            refuse_disabling(uow, actor, account, self._clock.today())
            uow.accounts.disable(account_id, self._clock.today())
            detail = {"account": account_id, "uid": account.uid, "name": account.full_name}
            seq = self._record(uow, actor, "account.disabled", detail)
        self._directory.refresh()
        return CommandResult(_TOPICS, seq, f"Đã khóa tài khoản {account.full_name}")

    def enable(self, actor: Actor, account_id: AccountId) -> CommandResult:
        """Let a disabled person sign in again, with the password they had."""
        require(actor, "mở lại tài khoản", *KEEPERS)
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "mở lại tài khoản")
            account = uow.accounts.get(account_id, self._clock.today())
            if account.disabled_on is None:
                raise RuleRefused(
                    "not_disabled", f"Tài khoản {account.full_name} đang dùng được, không cần mở."
                )
            uow.accounts.disable(account_id, None)
            detail = {"account": account_id, "uid": account.uid, "name": account.full_name}
            seq = self._record(uow, actor, "account.enabled", detail)
        self._directory.refresh()
        return CommandResult(_TOPICS, seq, f"Đã mở lại tài khoản {account.full_name}")

    def reset_password(
        self, actor: Actor, account_id: AccountId, new_password: str
    ) -> CommandResult:
        """Forgotten password: new keys, recorded; `payload` is the new key's fingerprint.

        Nobody resets the principal's, who has the printed code, nor their own, which they change;
        a vice principal's only the principal does.
        """
        require(actor, "đặt lại mật khẩu", *KEEPERS)
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "đặt lại mật khẩu")
            today = self._clock.today()
            account = uow.accounts.get(account_id, today)
            refuse_reset(uow, actor, account, today)
            entry = PersonEntry(account.uid, account.full_name, account.department)
            self._vault.check_password(new_password, entry)
            announce_key_change(uow, account.uid, actor)
            uow.commit()
        left_over = any(one.uid == account.uid for one in self._vault.people())
        keys = self._give_slot(entry, new_password, left_over=left_over)
        mark = fingerprint(keys.signing_public_key)
        with self._uows.write() as uow:
            now = self._clock.now()
            key = keys.signing_public_key
            pin_key(uow, account_id, account.uid, key, "Đặt lại mật khẩu", now)
            uow.school.set_setting(MUST_CHANGE + account.uid, "1")
            detail = {
                "account": account_id,
                "uid": account.uid,
                "name": account.full_name,
                "key": mark,
            }
            seq = self._record(uow, actor, "account.password_reset", detail)
        self._directory.refresh()
        return CommandResult(
            _TOPICS, seq, f"Đã đặt lại mật khẩu cho {account.full_name}", payload=mark
        )

    def must_change_password(self, actor: Actor) -> bool:
        """Whether somebody else set this person's password, so that two people know it."""
        with self._uows.read() as uow:
            return bool(uow.school.setting(MUST_CHANGE + actor.uid))

    def change_own_password(self, actor: Actor, old: str, new: str) -> CommandResult:
        """The signed-in person's own password; keys stay as they are.

        Refused when it stays the same.
        """
        if old == new:
            raise RuleRefused(
                "password_same",
                "Mật khẩu mới giống mật khẩu đang dùng nên chưa đổi; hãy nghĩ một mật khẩu khác.",
            )
        with self._uows.write() as uow:
            detail = {"account": actor.account_id, "uid": actor.uid}
            uow.school.set_setting(MUST_CHANGE + actor.uid, "")
            draft = TrailDraft("account.password_changed", detail)
            seq = uow.trail.append(draft, actor, self._clock.now())
            # A crash after this line leaves a changed password without its entry: nothing more.
            self._vault.change_password(actor.uid, old, new)
            uow.commit()
        return CommandResult(_TOPICS, seq, "Đã đổi mật khẩu")

    def renew_recovery_code(self, actor: Actor) -> CommandResult:
        """A new code to print; the old one stops working. `payload` is the code, kept nowhere."""
        require(actor, "lập mã khôi phục mới", Role.PRINCIPAL)
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "lập mã khôi phục mới", Role.PRINCIPAL)
            draft = TrailDraft("recovery.renewed", {})
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.school.set_setting(RECOVERY_CONFIRMED, "")
            code = self._vault.renew_recovery_code(self._unlocked)
            uow.commit()
        topics = _TOPICS | {Topic.SETTINGS}
        return CommandResult(topics, seq, "Đã lập mã khôi phục mới", payload=code)

    def _still(self, uow: UnitOfWork, actor: Actor, what: str) -> Actor:
        return require_standing(uow, actor, self._clock.today(), what, *KEEPERS)

    def _give_slot(self, entry: PersonEntry, password: str, *, left_over: bool) -> PersonKeys:
        """A slot with fresh keys, also when an interrupted creation left one behind."""
        if not left_over:
            return self._vault.add_person(self._unlocked, entry, password)
        return self._vault.reset_password(self._unlocked, entry.uid, password)

    def _record(self, uow: UnitOfWork, actor: Actor, kind: str, detail: dict[str, object]) -> int:
        seq = uow.trail.append(TrailDraft(kind, detail), actor, self._clock.now())
        uow.commit()
        return seq
