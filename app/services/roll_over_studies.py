"""Môn học into the next year: the school's own numbers and subjects, what classes and pupils chose.

All in the caller's transaction; whatever the new programme does not offer is left behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.ids import ClassId, PupilId
from app.domain.roll_over import PupilFate
from app.domain.school import SchoolClass, SchoolYear
from app.domain.subjects import AS_THE_CLASS, PupilChoices, Subject
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.regulations.registry import regulation, regulation_id
from app.regulations.thpt_choices import NO_CHOICES, ClassChoices, refuse_pupil, studied

_OWN = "rieng_"
"""Codes of subjects that a school added itself begin so (`subject_plans`)."""


def carry_plans(
    uow: UnitOfWork, year: SchoolYear, coming: SchoolYear, filled: Sequence[int]
) -> None:
    """Own subjects of the grades just filled, and own numbers of columns that say more."""
    grades = {klass.grade for klass in uow.school.classes(year.id)}.intersection(filled)
    own: dict[str, dict[int, Subject]] = {}
    for grade in sorted(grades):
        offered = {s.code: s for s in uow.studies.of_grade(coming.id, grade)}
        for subject in uow.studies.of_grade(year.id, grade):
            now = offered.get(subject.code)
            if now is None and subject.code.startswith(_OWN):
                own.setdefault(subject.code, {})[grade] = _under(coming, grade, subject)
            elif now is not None:
                plan = _with_own_numbers(subject, now)
                if plan != now:
                    uow.studies.save_plan(grade, plan)
    for plans in own.values():
        uow.studies.add(coming.id, next(iter(plans.values())), plans)


def _under(coming: SchoolYear, grade: int, subject: Subject) -> Subject:
    """An own subject with the columns of the circular that the grade has next year."""
    rules = regulation(regulation_id(grade, coming.first_year))
    dk_count = rules.dk_count(subject.periods)
    if bool(dk_count) == bool(subject.dk_count):
        return subject
    tx_count = rules.tx_count(subject.kind, subject.periods)
    return replace(subject, tx_count=tx_count, tx_reason="", dk_count=dk_count)


def _with_own_numbers(subject: Subject, now: Subject) -> Subject:
    """Next year's plan with the school's own numbers of this year, where both count alike.

    KTtx and KTđk of TT58/2011 as first issued say nothing about ĐĐGtx after TT26/2020.
    """
    if bool(subject.dk_count) != bool(now.dk_count):
        return now
    plan = replace(now, dk_count=subject.dk_count)
    if subject.tx_reason and subject.tx_count > now.tx_count:
        plan = replace(plan, tx_count=subject.tx_count, tx_reason=subject.tx_reason)
    return plan


def choices_after(
    uow: UnitOfWork, source: ClassId | None, offered: Sequence[Subject]
) -> ClassChoices:
    """What the class of last year chose, as far as the grade offers it; else nothing chosen yet."""
    if source is None:
        return NO_CHOICES
    known = {subject.code for subject in offered}
    had = [subject for subject in uow.school.subjects(source) if subject.code in known]
    choices = ClassChoices(
        electives=tuple(s.code for s in had if s.elective),
        topics={s.code: s.topics for s in had if s.topics is not None},
        optional=tuple(s.code for s in had if s.optional),
        specialised=next((s.code for s in had if s.specialised), ""),
    )
    try:
        studied(offered, choices)
    except RuleRefused:
        # The office chooses anew where last year's choice is none under this year's programme.
        return NO_CHOICES
    return choices


def carry_pupil_choices(
    uow: UnitOfWork, fates: Iterable[PupilFate], made: Mapping[str, SchoolClass]
) -> None:
    """A pupil who studies less than the class goes on so, where the new class allows it."""
    theirs: dict[ClassId, dict[PupilId, PupilChoices]] = {}
    for one in fates:
        if one.from_class not in theirs:
            theirs[one.from_class] = uow.studies.of_pupils(one.from_class)
        before = theirs[one.from_class].get(one.pupil_id, AS_THE_CLASS)
        if not one.to or before == AS_THE_CLASS:
            continue
        klass = made[one.to]
        codes = {s.id: s.code for s in uow.school.subjects(one.from_class)}
        now = uow.school.subjects(klass.id)
        ids = {s.code: s.id for s in now}
        left_out = frozenset(
            ids[code] for s in before.not_taken if (code := codes.get(s, "")) in ids
        )
        special = None if before.specialised is None else ids.get(codes[before.specialised])
        choices = PupilChoices(left_out, special)
        try:
            refuse_pupil(one.name, now, choices)
        except RuleRefused:
            continue  # the class studies something else now; the office chooses with the pupil
        if choices != AS_THE_CLASS:
            uow.studies.choose(klass.id, one.pupil_id, choices)
