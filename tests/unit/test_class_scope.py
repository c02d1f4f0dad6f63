"""Whose classes a person may look at."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.actor import Actor
from app.clock import VIETNAM
from app.domain.ids import AccountId, ClassId, PrintRunId, SchoolYearId, SubjectId
from app.domain.print_runs import CLASS_BOOK, REPORT_BOOKLET, TRANSFER_PACK
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.ports import PrintRun
from app.services.class_scope import conduct_classes, readable_classes, sees_run

CLASSES = tuple(
    SchoolClass(ClassId(n), SchoolYearId(1), 6, f"6{letter}", "tt22_2021")
    for n, letter in enumerate("ABC", 1)
)


def person(*roles: Role, teaches: tuple[int, ...] = (), homeroom: tuple[int, ...] = ()) -> Actor:
    return Actor(
        AccountId(1),
        "u",
        "Người Thử",
        frozenset(roles),
        frozenset((ClassId(n), SubjectId(1)) for n in teaches),
        frozenset(map(ClassId, homeroom)),
    )


def names(found: tuple[SchoolClass, ...]) -> list[str]:
    return [klass.name for klass in found]


def test_the_office_sees_every_class_own_homeroom_first() -> None:
    for role in (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.SECRETARY, Role.ADMINISTRATOR):
        assert names(readable_classes(person(role, homeroom=(3,)), CLASSES)) == ["6C", "6A", "6B"]


def test_a_teacher_sees_classes_taught_or_led_and_types_conduct_only_of_the_led() -> None:
    teacher = person(Role.SUBJECT_TEACHER, teaches=(2,), homeroom=(3,))
    assert names(readable_classes(teacher, CLASSES)) == ["6C", "6B"]
    assert names(conduct_classes(teacher, CLASSES)) == ["6C"]


def test_nobody_assigned_sees_nothing() -> None:
    assert readable_classes(person(), CLASSES) == ()
    assert conduct_classes(person(Role.DEPARTMENT_HEAD, teaches=(1,)), CLASSES) == ()


def printed(kind: str) -> PrintRun:
    return PrintRun(
        id=PrintRunId(1), school_year_id=SchoolYearId(1), number=1, kind=kind,
        class_id=ClassId(2), period="", correction_id=None, title="", pages=1, copies=1,
        data_digest="", file_digest="", made_at=datetime(2027, 6, 1, tzinfo=VIETNAM),
        made_by=AccountId(9),
    )  # fmt: skip


@pytest.mark.parametrize("kind", [REPORT_BOOKLET, TRANSFER_PACK])
def test_papers_with_particulars_are_for_whoever_sees_the_profiles(kind: str) -> None:
    teacher, gvcn = person(teaches=(2,)), person(homeroom=(2,))
    assert not sees_run(teacher, printed(kind))
    assert sees_run(gvcn, printed(kind))
    assert sees_run(person(Role.SECRETARY), printed(kind))
    assert sees_run(teacher, printed(CLASS_BOOK))
