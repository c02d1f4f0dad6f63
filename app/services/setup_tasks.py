"""The first steps of a new school, and which of them comes next."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.school import SchoolYear
from app.ports import UnitOfWork
from app.readmodels.home import MyTask, SetupStep, TaskKind
from app.services.curriculum_filling import is_filled


def setup_steps(uow: UnitOfWork, year: SchoolYear | None) -> tuple[tuple[SetupStep, bool], ...]:
    """The steps of a new school and whether each is done."""
    if year is None:
        return tuple((step, False) for step in SetupStep)
    classes = {k.id for k in uow.school.classes(year.id)}
    done = {
        SetupStep.YEAR: True,
        SetupStep.SUBJECTS: is_filled(uow, year),
        SetupStep.CLASSES: bool(classes),
        SetupStep.ACCOUNTS: len(uow.accounts.all(year.starts_on)) > 1,
        SetupStep.ASSIGNMENTS: any(a.class_id in classes for a in uow.accounts.assignments()),
        # A new year has the classes that came up, and waits for those that begin school here.
        SetupStep.ROSTERS: bool(classes) and classes <= uow.progress.pupils(year.id).keys(),
    }
    return tuple(done.items())


def setup_tasks(steps: Iterable[tuple[SetupStep, bool]]) -> list[MyTask]:
    """Only the next step: the others cannot be done before it."""
    waiting = [step for step, done in steps if not done]
    return [MyTask(TaskKind.SET_UP, step=waiting[0])] if waiting else []
