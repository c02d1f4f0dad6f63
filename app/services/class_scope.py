"""Whose classes a person may look at: the office sees all, teachers their own (M13)."""

from __future__ import annotations

from collections.abc import Iterable

from app.actor import Actor
from app.domain.ids import ClassId
from app.domain.print_runs import BOOKLET_KINDS, BOOKLET_RETURNS, RESULT_SLIP, TRANSFER_PACK
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.ports import PrintRun
from app.regulations.registry import is_primary

OFFICE = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.SECRETARY, Role.ADMINISTRATOR)
OVERSEERS = (*OFFICE, Role.INSPECTOR)
"""Who sees the whole school; an inspector only sees it."""
_OF_THE_GVCN = BOOKLET_KINDS | {TRANSFER_PACK, RESULT_SLIP, BOOKLET_RETURNS}


def readable_classes(actor: Actor, classes: Iterable[SchoolClass]) -> tuple[SchoolClass, ...]:
    """Classes whose results this person may see, own homeroom classes first."""
    mine = {class_id for class_id, _ in actor.teaches} | actor.homeroom
    seen = [klass for klass in classes if actor.has(*OVERSEERS) or klass.id in mine]
    return tuple(sorted(seen, key=lambda klass: klass.id not in actor.homeroom))


def sees_roster(actor: Actor, class_id: ClassId) -> bool:
    """Whether this person may see who is in a class: office, its teachers, heads of department."""
    mine = class_id in actor.homeroom or any(taught == class_id for taught, _ in actor.teaches)
    return mine or actor.has(*OVERSEERS, Role.DEPARTMENT_HEAD)


def sees_profiles(actor: Actor, class_id: ClassId) -> bool:
    """Whether this person may see personal IDs, ethnicity, disability and phones of a class.

    The office and the class's GVCN work with them (M36, M47); an inspector checks them. A teacher
    of the class and a head of department see names and marks only.
    """
    return actor.has(*OVERSEERS) or class_id in actor.homeroom


def homeroom_classes(actor: Actor, classes: Iterable[SchoolClass]) -> tuple[SchoolClass, ...]:
    """Classes whose điểm danh this person may open: the GVCN's own, the office all (to look)."""
    seen = [klass for klass in classes if actor.has(*OVERSEERS) or klass.id in actor.homeroom]
    return tuple(sorted(seen, key=lambda klass: klass.id not in actor.homeroom))


def conduct_classes(actor: Actor, classes: Iterable[SchoolClass]) -> tuple[SchoolClass, ...]:
    """Those that have rèn luyện: in primary classes phẩm chất, năng lực are a sheet of Đánh giá."""
    seen = homeroom_classes(actor, classes)
    return tuple(klass for klass in seen if not is_primary(klass.regulation))


def sees_run(actor: Actor, run: PrintRun) -> bool:
    """Whether this person may read a printed paper of a class they see.

    Học bạ and gói chuyển trường hold particulars and phones, phiếu kết quả and the register of
    returned học bạ are between the GVCN and the parents: for whoever sees the profiles.
    """
    if run.kind not in _OF_THE_GVCN:
        return True
    return run.class_id is not None and sees_profiles(actor, run.class_id)
