"""What Bàn làm việc says of papers: whose hand is awaited, what waits or stays away too long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from app.actor import Actor
from app.domain.paper_life import PaperStep
from app.domain.roles import Role
from app.readmodels.home import MyTask, TaskKind
from app.readmodels.paper_board import PaperBoard, PaperRow


def paper_tasks(board: PaperBoard, actor: Actor) -> Iterable[MyTask]:
    """One task a person for papers past the school's days of waiting; one for late borrowers.

    Văn thư is asked for all that wait too long, whoever's turn it is; a teacher, a GVCN and the
    principal for what waits for their own hand.
    """
    late = [row for row in board.rows if row.is_late]
    office = actor.has(Role.SECRETARY)
    mine = late if office else [row for row in late if _awaits(row, actor)]
    if mine:
        first = min(mine, key=lambda row: row.life.waits_since)
        yield MyTask(
            TaskKind.CHASE_PAPERS if office else TaskKind.SIGN_PAPERS,
            first.life.waits_since + timedelta(days=board.wait_limit),
            done=len(mine),
            total=board.waiting,
            people=tuple(dict.fromkeys(name for row in mine for name in row.awaited)),
            papers=tuple(row.run.number for row in mine),
        )
    lent = [row for row in board.rows if row.loan_overdue] if office else []
    if lent:
        loans = [row.life.loan for row in lent if row.life.loan is not None]
        yield MyTask(
            TaskKind.CHASE_LOANS,
            min(loan.due_on for loan in loans if loan.due_on is not None),
            people=tuple(dict.fromkeys(loan.people for loan in loans)),
            papers=tuple(row.run.number for row in lent),
        )


def _awaits(row: PaperRow, actor: Actor) -> bool:
    """Whether it is this person's own hand that the paper waits for."""
    match row.life.current:
        case PaperStep.TEACHERS:
            return any(one.account_id == actor.account_id for one in row.life.missing())
        case PaperStep.HOMEROOM:
            return row.run.class_id in actor.homeroom
        case PaperStep.PRINCIPAL:
            return actor.has(Role.PRINCIPAL)
        case _:
            return False
