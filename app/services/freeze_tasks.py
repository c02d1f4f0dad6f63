"""Chốt danh sách as a task of văn thư: every class with pupils, from the day it can be asked for.

After a roll-over nobody types marks for weeks; the order of the books has to stand before that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.actor import Actor
from app.domain.ids import ClassId
from app.domain.roles import Role
from app.domain.rule_catalogue import ALLOCATION_DAY
from app.domain.rules import RuleSet
from app.domain.school import SchoolClass, SchoolYear
from app.readmodels.home import MyTask, TaskKind


def freeze_from(rules: RuleSet, year: SchoolYear) -> date:
    """The day until which classes are made up (M46), else the first day of the year."""
    return rules.day(ALLOCATION_DAY, year) or year.starts_on


def freeze_tasks(
    classes: Iterable[SchoolClass], pupils: Mapping[ClassId, int], actor: Actor
) -> Iterator[MyTask]:
    """One task a class that has pupils and whose list is not fixed."""
    if not actor.has(Role.SECRETARY):
        return
    for klass in classes:
        if klass.roster_frozen_at is None and pupils.get(klass.id):
            yield MyTask(TaskKind.FREEZE, class_id=klass.id, class_name=klass.name)
