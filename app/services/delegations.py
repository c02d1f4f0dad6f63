"""Ủy quyền: given by whoever holds the power, for days named beforehand, by a decision (M26, M137).

It is over by itself after its last day, and on the day its giver no longer holds the power or has
left; `app.services.authority` asks for both whenever the power is used.
"""

from __future__ import annotations

from datetime import date, timedelta

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.delegations import Delegation, Power, may_receive
from app.domain.ids import AccountId
from app.domain.roles import Role
from app.domain.school import Account
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.account_rules import refuse_disabled
from app.services.authority import holds_by_office
from app.services.lock_decisions import decision_number, refuse_future_decision
from app.services.rules_in_force import rules_of
from app.services.sign_in_directory import current_year
from app.services.standing import standing
from app.text import date_vn

_TOPICS = frozenset({Topic.ACCOUNTS, Topic.CORRECTIONS, Topic.LOCKS, Topic.TRAIL})
_LONGEST = timedelta(days=366)


class Delegations:
    """Gives, ends and lists delegations of one file."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def all(self) -> tuple[Delegation, ...]:
        """Every delegation there ever was, the newest first."""
        with self._uows.read() as uow:
            return uow.delegations.all()

    def powers(self, actor: Actor) -> tuple[Power, ...]:
        """What this person holds by office today and may therefore give."""
        with self._uows.read() as uow:
            today = self._clock.today()
            actor = standing(uow, actor, today)
            return tuple(power for power in Power if _holds(uow, actor, power, today))

    def give(
        self,
        actor: Actor,
        power: Power,
        taker: AccountId,
        starts_on: date,
        ends_on: date,
        decision_no: str,
        decision_on: date,
    ) -> CommandResult:
        """Give a power for some days to come; the payload is the `Delegation`."""
        what = "ủy quyền"
        number = decision_number(decision_no, what)
        today = self._clock.today()
        refuse_future_decision(decision_on, today, what)
        _refuse_days(starts_on, ends_on, today)
        with self._uows.write() as uow:
            actor = standing(uow, actor, today)
            if not _holds(uow, actor, power, today):
                raise AccessDenied(
                    "power_not_held",
                    f"{actor.name} không giữ quyền {power.words} theo chức vụ nên không ủy quyền "
                    "được; người được ủy quyền cũng không ủy quyền tiếp.",
                )
            account = uow.accounts.get(taker, today)
            refuse_disabled(account)
            _refuse_taker(actor, account, power)
            for other in uow.delegations.all():
                same = (other.power, other.taker) == (power, taker)
                if same and other.starts_on <= ends_on and starts_on <= other.last_day:
                    raise RuleRefused(
                        "delegation_overlaps",
                        f"{account.full_name} đã được ủy quyền {power.words} từ "
                        f"{date_vn(other.starts_on)} đến {date_vn(other.last_day)}; hãy chọn ngày "
                        "khác.",
                    )
            now = self._clock.now()
            made = Delegation(
                0, power, actor.account_id, actor.name, taker, account.full_name, starts_on,
                ends_on, number, decision_on,
            )  # fmt: skip
            made = uow.delegations.add(made, now)
            detail = _detail(made) | {"ends_on": ends_on.isoformat()}
            seq = uow.trail.append(TrailDraft("delegation.given", detail), actor, now)
            uow.commit()
        said = f"Đã ủy quyền cho {made.taker_name} đến {date_vn(ends_on)}"
        return CommandResult(_TOPICS, seq, said, payload=made)

    def end(self, actor: Actor, delegation_id: int) -> CommandResult:
        """Thu lại, from this moment on. By its giver or by the principal."""
        today = self._clock.today()
        with self._uows.write() as uow:
            actor = standing(uow, actor, today)
            found = next((d for d in uow.delegations.all() if d.id == delegation_id), None)
            if found is None or found.last_day < today:
                raise RuleRefused(
                    "delegation_over",
                    "Ủy quyền này không còn hiệu lực nên không cần thu lại; hãy tải lại trang.",
                )
            if actor.account_id != found.giver and not actor.has(Role.PRINCIPAL):
                raise AccessDenied(
                    "role_required",
                    f"Ủy quyền này do {found.giver_name} giao; chỉ người ấy hoặc hiệu trưởng thu "
                    "lại được.",
                )
            now = self._clock.now()
            last = today - timedelta(days=1)
            uow.delegations.end(delegation_id, last, actor.account_id, now)
            detail = _detail(found) | {"last_day": last.isoformat()}
            seq = uow.trail.append(TrailDraft("delegation.ended", detail), actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã thu lại ủy quyền của {found.taker_name}")


def _holds(uow: UnitOfWork, actor: Actor, power: Power, day: date) -> bool:
    year = current_year(uow, day)
    if year is None:
        return False
    return holds_by_office(rules_of(uow, year.id, day), actor.uid, actor.roles, power)


def _refuse_days(starts_on: date, ends_on: date, today: date) -> None:
    if starts_on < today:
        raise RuleRefused(
            "delegation_past",
            f"Ngày bắt đầu {date_vn(starts_on)} đã qua; ủy quyền không có hiệu lực lùi, hãy ghi từ "
            "hôm nay.",
        )
    if ends_on < starts_on or ends_on - starts_on > _LONGEST:
        raise RuleRefused(
            "delegation_days",
            f"Ủy quyền từ {date_vn(starts_on)} đến {date_vn(ends_on)} không được: ngày cuối phải "
            "từ ngày đầu trở đi và trong vòng một năm; hãy chọn lại ngày.",
        )


def _refuse_taker(actor: Actor, account: Account, power: Power) -> None:
    """Not oneself, no inspector, and no approval for whoever runs the system (M59, M202)."""
    if account.id == actor.account_id:
        raise RuleRefused("delegation_self", "Không ủy quyền cho chính mình; hãy chọn người khác.")
    if not may_receive(power, account.roles):
        raise RuleRefused(
            "delegation_taker",
            f"{account.full_name} giữ tài khoản quản trị hoặc kiểm tra nên không nhận quyền "
            f"{power.words}; hãy chọn người khác.",
        )


def _detail(one: Delegation) -> dict[str, object]:
    return {
        "power": one.power.value,
        "giver": one.giver_name,
        "taker": one.taker_name,
        "starts_on": one.starts_on.isoformat(),
        "decision": one.decision_no,
        "decision_on": one.decision_on.isoformat(),
    }
