"""A change of the class list takes back what was confirmed and signed over it."""

from __future__ import annotations

from datetime import datetime

from app.domain.ids import ClassId
from app.ports import UnitOfWork
from app.regulations.registry import closing_periods

WHY = "Danh sách lớp hoặc hồ sơ học sinh thay đổi"


def void_after_roster(uow: UnitOfWork, class_id: ClassId, now: datetime) -> None:
    """Void the GVCN's confirmation of open periods and the signatures on closed ones.

    Subject teachers confirmed their own marks, which the roster leaves alone.
    """
    closes = uow.control.class_locks(class_id).closes
    for period in closing_periods(uow.school.class_(class_id).regulation):
        if period in closes:
            uow.reviews.void_sign_offs(class_id, period, now, WHY)
        else:
            uow.control.void_confirmations(class_id, None, period, now, WHY)
