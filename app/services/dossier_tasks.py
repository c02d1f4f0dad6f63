"""What Bàn làm việc says of the dossier: when it must be handed in (M165)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from app.actor import Actor
from app.domain.dossiers import Dossier
from app.domain.roles import Role
from app.readmodels.home import MyTask, TaskKind

_AHEAD = timedelta(days=14)


def dossier_tasks(dossier: Dossier, actor: Actor, today: date) -> Iterable[MyTask]:
    """One task for văn thư from two weeks before the deadline until the dossier is handed in."""
    due = dossier.due_on
    if due is None or dossier.handed_on is not None or due - today > _AHEAD:
        return
    if actor.has(Role.SECRETARY):
        yield MyTask(TaskKind.HAND_IN, due, text=dossier.receiver)
