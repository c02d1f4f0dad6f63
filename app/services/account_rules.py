"""What an account may not become or lose: each refusal of the account commands in one place."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.actor import Actor
from app.domain.delegations import Power
from app.domain.roles import VICE_DUTIES, Role, RoleGrant
from app.domain.school import Account
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork
from app.text import date_vn

LEADERS_OFFICES = frozenset({Role.VICE_PRINCIPAL, Role.BOARD_HEAD, Role.INSPECTOR}) | VICE_DUTIES
"""Offices that only the principal gives: they decide, or they see everything."""


def refuse_office(actor: Actor, role: Role) -> None:
    """The principal's office moves only by handover, a vice principal's only by the principal.

    Whoever keeps the accounts approves no marks (M59, M202): an administrator who could name a vice
    principal would only have to name themself.
    """
    if role is Role.PRINCIPAL:
        raise AccessDenied(
            "principal_by_handover",
            "Chức hiệu trưởng không giao hay kết thúc như vai trò khác; chính hiệu trưởng đang tại "
            "chức dùng Bàn giao hiệu trưởng.",
        )
    if role in LEADERS_OFFICES and not actor.has(Role.PRINCIPAL):
        raise AccessDenied(
            "office_of_the_principal",
            f"Vai trò {role.label} do hiệu trưởng phân công nên chỉ hiệu trưởng giao hay kết thúc; "
            "hãy nhờ hiệu trưởng.",
            role=role,
        )


def refuse_mixed_office(uow: UnitOfWork, account: Account, role: Role, day: date) -> None:
    """An inspector holds nothing else; a vice principal's duty needs the office on that day.

    Whoever inspects must have no part in what is inspected (M216), so both directions are refused,
    also for offices and posts that are still to come.
    """
    grants = [g for g in uow.accounts.grants(account.id) if g.ends_on is None or g.ends_on >= day]
    posts = [
        a
        for a in uow.accounts.assignments()
        if a.account_id == account.id and (a.ends_on is None or a.ends_on >= day)
    ]
    inspects = any(g.role is Role.INSPECTOR for g in grants)
    if inspects or (role is Role.INSPECTOR and (grants or posts)):
        raise RuleRefused(
            "inspector_alone",
            f"Tài khoản thanh tra, kiểm tra chỉ xem và in nên {account.full_name} không giữ cùng "
            "vai trò hay phân công khác; hãy lập tài khoản riêng cho đoàn kiểm tra.",
        )
    held = any(g.role is Role.VICE_PRINCIPAL and g.covers(day) for g in grants)
    if role in VICE_DUTIES and not held:
        raise RuleRefused(
            "vice_first",
            f"{account.full_name} không là phó hiệu trưởng từ ngày {date_vn(day)} nên chưa giao "
            f"{role.label.lower()} được; hãy giao vai trò Phó hiệu trưởng trước.",
        )


def refuse_roles_together(roles: Collection[Role]) -> None:
    """Roles of a new account: an inspector has no other, a duty comes with its office."""
    if Role.INSPECTOR in roles and len(roles) > 1:
        raise RuleRefused(
            "inspector_alone",
            "Tài khoản thanh tra, kiểm tra chỉ xem và in nên không giữ cùng vai trò khác; hãy bỏ "
            "các vai trò kia.",
        )
    if VICE_DUTIES.intersection(roles) and Role.VICE_PRINCIPAL not in roles:
        raise RuleRefused(
            "vice_first",
            "Phần phụ trách của phó hiệu trưởng chỉ giao cho phó hiệu trưởng; hãy chọn thêm vai "
            "trò Phó hiệu trưởng.",
        )


def refuse_post(uow: UnitOfWork, account: Account, day: date) -> None:
    """No class and no subject for whoever inspects from `day` on."""
    grants = uow.accounts.grants(account.id)
    if any(g.role is Role.INSPECTOR and (g.ends_on is None or g.ends_on >= day) for g in grants):
        raise RuleRefused(
            "inspector_alone",
            f"{account.full_name} là tài khoản thanh tra, kiểm tra nên không phân công lớp, môn "
            "được; hãy chọn người khác.",
        )


def refuse_disabled(account: Account) -> None:
    """A closed account must be opened again first."""
    if account.disabled_on is not None:
        raise RuleRefused(
            "account_disabled",
            f"Tài khoản {account.full_name} đã khóa từ {date_vn(account.disabled_on)}; hãy mở lại "
            "trước.",
        )


def refuse_reset(uow: UnitOfWork, actor: Actor, account: Account, today: date) -> None:
    """Who sets a password signs in as its owner: not one's own, not the principal's; that of a vice
    principal, or of whoever was given an approval, only by the principal.
    """
    refuse_disabled(account)
    if account.id == actor.account_id:
        raise RuleRefused(
            "reset_self",
            "Mật khẩu của chính mình thì đổi bằng Đổi mật khẩu, cần gõ mật khẩu đang dùng.",
        )
    if Role.PRINCIPAL in account.roles:
        raise AccessDenied(
            "reset_principal",
            "Không ai đặt lại được mật khẩu của hiệu trưởng; nếu quên, hiệu trưởng dùng mã khôi "
            "phục đã in ở màn hình đăng nhập.",
        )
    approves = Role.VICE_PRINCIPAL in account.roles or any(
        one.taker == account.id and one.power is not Power.OPEN_SHUT and one.last_day >= today
        for one in uow.delegations.all()
    )
    if approves and not actor.has(Role.PRINCIPAL):
        raise AccessDenied(
            "reset_leader",
            f"{account.full_name} được duyệt sửa điểm nên chỉ hiệu trưởng đặt lại mật khẩu cho "
            "người này; hãy nhờ hiệu trưởng.",
        )


def refuse_disabling(uow: UnitOfWork, actor: Actor, account: Account, today: date) -> None:
    """Not oneself, and not whoever is principal or is about to be."""
    refuse_disabled(account)
    if account.id == actor.account_id:
        raise RuleRefused(
            "cannot_disable_self",
            "Không tự khóa tài khoản đang đăng nhập được; hãy nhờ hiệu trưởng hoặc quản trị khác.",
        )
    if Role.PRINCIPAL in account.roles:
        raise RuleRefused(
            "cannot_disable_principal",
            f"{account.full_name} đang là hiệu trưởng nên không khóa được; hãy bàn giao "
            "chức hiệu trưởng trước.",
        )
    coming = _coming(uow.accounts.grants(account.id), today)
    if coming is not None:
        raise RuleRefused(
            "cannot_disable_principal",
            f"{account.full_name} là hiệu trưởng từ {date_vn(coming.starts_on)} nên không khóa "
            "được, vì từ hôm ấy trường sẽ không còn hiệu trưởng.",
        )


def refuse_second_handover(uow: UnitOfWork, today: date) -> None:
    """A handover that waits for its day cannot be followed by another: there would be two."""
    for account in uow.accounts.all(today):
        coming = _coming(uow.accounts.grants(account.id), today)
        if coming is not None:
            raise RuleRefused(
                "handover_pending",
                f"Chức hiệu trưởng đã bàn giao cho {account.full_name} từ "
                f"{date_vn(coming.starts_on)} nên không bàn giao lần nữa; từ hôm ấy người nhận tự "
                "bàn giao tiếp nếu cần.",
            )


def _coming(grants: tuple[RoleGrant, ...], today: date) -> RoleGrant | None:
    """A grant of the principal's office that begins after `today`."""
    return next((g for g in grants if g.role is Role.PRINCIPAL and g.starts_on > today), None)
