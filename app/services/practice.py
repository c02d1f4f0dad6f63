"""Bản tập: a copy of the school's file, or an invented school, that must never pass for real.

The mark stands twice: as a setting, quick to read, and as an entry of the trail, which nobody takes
out without breaking the chain that every seal carries.
"""

from __future__ import annotations

from datetime import datetime

from app.actor import Actor
from app.domain.practice import MADE, MARK, Practice, read_practice
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork


def practice_of(uow: UnitOfWork) -> Practice:
    """What this file is, for the screen and for what is printed."""
    return read_practice(uow.school.setting(MARK))


def mark_sample(uow: UnitOfWork, actor: Actor, at: datetime) -> None:
    """Say of an invented school that it is one, in the caller's transaction."""
    uow.school.set_setting(MARK, Practice.SAMPLE.value)
    detail = {"key": "Loại sổ", "old": "", "new": "trường mẫu"}
    uow.trail.append(TrailDraft("setting.set", detail), actor, at)


def is_copy(uow: UnitOfWork) -> bool:
    """Whether this is a practice copy of a real file, by its setting or by its trail."""
    marked = practice_of(uow) is Practice.COPY
    return marked or next(iter(uow.trail.of_kinds((MADE,))), None) is not None


def refuse_copy(uow: UnitOfWork, what: str) -> None:
    """Refuse an act that would leave the practice copy and be taken for the school's."""
    if is_copy(uow):
        raise RuleRefused(
            "practice_copy",
            f"Đây là bản tập, không phải sổ thật, nên không {what} được; hãy bấm Về sổ thật ở dải "
            "vàng trên cùng rồi làm ở đó.",
        )
