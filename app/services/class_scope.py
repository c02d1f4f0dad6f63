"""Whose classes a person may look at: the office sees all, teachers their own (M13)."""

from __future__ import annotations

from collections.abc import Iterable

from app.actor import Actor
from app.domain.ids import ClassId
from app.domain.roles import Role
from app.domain.school import SchoolClass

OFFICE = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.SECRETARY, Role.ADMINISTRATOR)


def readable_classes(actor: Actor, classes: Iterable[SchoolClass]) -> tuple[SchoolClass, ...]:
    """Classes whose results this person may see, own homeroom classes first."""
    mine = {class_id for class_id, _ in actor.teaches} | actor.homeroom
    seen = [klass for klass in classes if actor.has(*OFFICE) or klass.id in mine]
    return tuple(sorted(seen, key=lambda klass: klass.id not in actor.homeroom))


def sees_roster(actor: Actor, class_id: ClassId) -> bool:
    """Whether this person may see who is in a class: office, its teachers, heads of department."""
    mine = class_id in actor.homeroom or any(taught == class_id for taught, _ in actor.teaches)
    return mine or actor.has(*OFFICE, Role.DEPARTMENT_HEAD)


def conduct_classes(actor: Actor, classes: Iterable[SchoolClass]) -> tuple[SchoolClass, ...]:
    """Classes whose rèn luyện this person may open: the GVCN's own, the office all (to look)."""
    seen = [klass for klass in classes if actor.has(*OFFICE) or klass.id in actor.homeroom]
    return tuple(sorted(seen, key=lambda klass: klass.id not in actor.homeroom))
