"""What Bàn làm việc says of internal checks: what to put right, what to look at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.actor import Actor
from app.domain.internal_checks import InternalCheck
from app.readmodels.home import MyTask, TaskKind


def check_tasks(checks: Iterable[InternalCheck], actor: Actor, today: date) -> Iterable[MyTask]:
    """A task a finding: of the teacher while open, of who checked once its day has come."""
    for check in checks:
        for finding in check.findings:
            if not finding.is_open:
                continue
            mine = finding.account_id == actor.account_id
            again = check.made_by == actor.account_id and finding.due_on <= today
            if mine or again:
                yield MyTask(
                    TaskKind.REMEDY if mine else TaskKind.LOOK_AGAIN,
                    finding.due_on,
                    finding.class_id,
                    finding.class_name,
                    finding.subject_id,
                    finding.subject,
                    people=(finding.teacher,),
                    text=finding.remedy if mine else finding.finding,
                )
