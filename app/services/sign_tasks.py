"""Ký duyệt lại: a signature of the principal that a later change voided waits for a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.actor import Actor
from app.domain.ids import ClassId, SchoolYearId
from app.domain.periods import Period, Term
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.domain.year_end import SignOff
from app.ports import UnitOfWork
from app.readmodels.home import MyTask, TaskKind
from app.services.class_periods import periods_of_year


def read_voided(uow: UnitOfWork, year_id: SchoolYearId) -> Mapping[ClassId, SignOff]:
    """By class: the signature of its last closed period, where a change voided it.

    One statement while every signature stands. A new signature under the last period covers the
    earlier ones, so only that one is asked for.
    """
    last: dict[tuple[ClassId, Period], SignOff] = {}
    for signed in uow.reviews.sign_offs_of_periods(year_id):
        last[signed.class_id, signed.period] = signed
    if all(signed.stands for signed in last.values()):
        return {}
    closed: dict[ClassId, Period] = {}
    for period in (*periods_of_year(uow, year_id), Period.HE):
        closed |= dict.fromkeys(uow.progress.closes(year_id, period), period)
    found = {class_id: last.get((class_id, period)) for class_id, period in closed.items()}
    return {c: signed for c, signed in found.items() if signed is not None and not signed.stands}


def sign_tasks(
    voided: Mapping[ClassId, SignOff], classes: Iterable[SchoolClass], actor: Actor
) -> Iterator[MyTask]:
    """One task a class for the principal, with the reason why the last signature counts no more."""
    if not actor.has(Role.PRINCIPAL):
        return
    for klass in classes:
        signed = voided.get(klass.id)
        if signed is not None:
            yield MyTask(
                TaskKind.SIGN_AGAIN,
                class_id=klass.id,
                class_name=klass.name,
                term=Term.HK2,
                period=signed.period,
                text=signed.voided_why,
            )
