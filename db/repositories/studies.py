"""What a grade, a class and a pupil study: rows to dataclasses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.ids import ClassId, PupilId, SchoolYearId, SubjectId
from app.domain.periods import Term, entry_term, in_order
from app.domain.subjects import PupilChoices, Subject, SubjectKind
from db.repositories.new_key import new_key
from db.rows.marks import term_comment
from db.rows.people import assignment
from db.rows.roster import enrolment
from db.rows.school import class_subject, klass, pupil_subject, subject, subject_plan

_NOT_TAKEN, _SPECIALISED = "not_taken", "specialised"
_PLAN = [c for c in subject_plan.c if c.name not in ("subject_id", "grade")]
SUBJECTS_OF_CLASS = (
    select(subject, *_PLAN, class_subject.c.topics, class_subject.c.specialised)
    .select_from(class_subject)
    .join(klass, klass.c.id == class_subject.c.class_id)
    .join(subject, subject.c.id == class_subject.c.subject_id)
    .join(
        subject_plan,
        and_(subject_plan.c.subject_id == subject.c.id, subject_plan.c.grade == klass.c.grade),
    )
    .order_by(subject_plan.c.position, subject.c.id)
)
"""Narrow it by `class_subject.c.class_id`; rows become `subject_of_class`."""
_TAKE = upsert(class_subject)
_TAKE_CHANGED = _TAKE.on_conflict_do_update(
    index_elements=["class_id", "subject_id"],
    set_={"topics": _TAKE.excluded.topics, "specialised": _TAKE.excluded.specialised},
)
_SAVE = upsert(subject_plan)
_SAVE_PLAN = _SAVE.on_conflict_do_update(
    index_elements=["subject_id", "grade"], set_={c.name: _SAVE.excluded[c.name] for c in _PLAN}
)


class SqlStudies:
    """Fulfils `app.subject_ports.StudyRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of_grade(self, year_id: SchoolYearId, grade: int) -> tuple[Subject, ...]:
        rows = self._db.execute(
            select(subject, *_PLAN)
            .join(subject_plan, subject_plan.c.subject_id == subject.c.id)
            .where(subject.c.school_year_id == year_id, subject_plan.c.grade == grade)
            .order_by(subject_plan.c.position, subject.c.id)
        )
        return tuple(_subject(row) for row in rows)

    def planned_grades(self, year_id: SchoolYearId) -> frozenset[int]:
        rows = self._db.execute(
            select(subject_plan.c.grade)
            .join(subject, subject.c.id == subject_plan.c.subject_id)
            .where(subject.c.school_year_id == year_id)
            .distinct()
        )
        return frozenset(rows.scalars())

    def of_classes(self, year_id: SchoolYearId) -> dict[ClassId, tuple[Subject, ...]]:
        rows = self._db.execute(
            SUBJECTS_OF_CLASS.add_columns(class_subject.c.class_id).where(
                klass.c.school_year_id == year_id
            )
        )
        found: dict[ClassId, list[Subject]] = {}
        for row in rows:
            found.setdefault(ClassId(row.class_id), []).append(subject_of_class(row))
        return {class_id: tuple(subjects) for class_id, subjects in found.items()}

    def not_taking(self, year_id: SchoolYearId) -> dict[tuple[ClassId, SubjectId], int]:
        rows = self._db.execute(
            select(pupil_subject.c.class_id, pupil_subject.c.subject_id, func.count())
            .join(klass, klass.c.id == pupil_subject.c.class_id)
            .join(
                enrolment,
                and_(
                    enrolment.c.class_id == pupil_subject.c.class_id,
                    enrolment.c.pupil_id == pupil_subject.c.pupil_id,
                ),
            )
            .where(
                klass.c.school_year_id == year_id,
                pupil_subject.c.choice == _NOT_TAKEN,
                enrolment.c.left_on.is_(None),
            )
            .group_by(pupil_subject.c.class_id, pupil_subject.c.subject_id)
        )
        return {(ClassId(k), SubjectId(s)): count for k, s, count in rows}

    def grades(self, subject_id: SubjectId) -> tuple[int, ...]:
        rows = self._db.execute(
            select(subject_plan.c.grade)
            .where(subject_plan.c.subject_id == subject_id)
            .order_by(subject_plan.c.grade)
        )
        return tuple(rows.scalars())

    def add(self, year_id: SchoolYearId, new: Subject, plans: Mapping[int, Subject]) -> SubjectId:
        added = self._db.execute(
            insert(subject).values(
                school_year_id=year_id,
                code=new.code,
                name=new.name,
                short_name=new.short_name,
                kind=new.kind.value,
            )
        )
        subject_id = SubjectId(new_key(added))
        self._db.execute(
            insert(subject_plan), [_plan(subject_id, grade, plan) for grade, plan in plans.items()]
        )
        return subject_id

    def rename(self, subject_id: SubjectId, name: str, short_name: str, kind: SubjectKind) -> None:
        self._db.execute(
            update(subject)
            .where(subject.c.id == subject_id)
            .values(name=name, short_name=short_name, kind=kind.value)
        )

    def save_plan(self, grade: int, plan: Subject) -> None:
        self._db.execute(_SAVE_PLAN, _plan(plan.id, grade, plan))

    def remove_plan(self, subject_id: SubjectId, grade: int) -> None:
        self._db.execute(
            delete(subject_plan).where(
                subject_plan.c.subject_id == subject_id, subject_plan.c.grade == grade
            )
        )
        if not self.grades(subject_id):
            self._db.execute(delete(subject).where(subject.c.id == subject_id))

    def take(self, class_id: ClassId, subjects: Iterable[Subject]) -> None:
        rows = [
            {
                "class_id": class_id,
                "subject_id": s.id,
                "topics": "" if s.topics is None else s.topics.value,
                "specialised": int(s.specialised),
            }
            for s in subjects
        ]
        if rows:
            self._db.execute(_TAKE_CHANGED, rows)

    def drop(self, class_id: ClassId, subject_id: SubjectId) -> None:
        for table in (pupil_subject, term_comment, assignment, class_subject):
            self._db.execute(
                delete(table).where(table.c.class_id == class_id, table.c.subject_id == subject_id)
            )

    def of_pupils(self, class_id: ClassId) -> dict[PupilId, PupilChoices]:
        rows = self._db.execute(
            select(
                pupil_subject.c.pupil_id, pupil_subject.c.subject_id, pupil_subject.c.choice
            ).where(pupil_subject.c.class_id == class_id)
        )
        left_out: dict[PupilId, set[SubjectId]] = {}
        specialised: dict[PupilId, SubjectId] = {}
        for pupil, studied, choice in rows:
            left_out.setdefault(pupil, set())
            if choice == _SPECIALISED:
                specialised[pupil] = studied
            else:
                left_out[pupil].add(studied)
        return {
            pupil: PupilChoices(frozenset(out), specialised.get(pupil))
            for pupil, out in left_out.items()
        }

    def choose(self, class_id: ClassId, pupil_id: PupilId, choices: PupilChoices) -> None:
        self._db.execute(
            delete(pupil_subject).where(
                pupil_subject.c.class_id == class_id, pupil_subject.c.pupil_id == pupil_id
            )
        )
        rows = [(left_out, _NOT_TAKEN) for left_out in sorted(choices.not_taken)]
        if choices.specialised is not None:
            rows.append((choices.specialised, _SPECIALISED))
        if rows:
            self._db.execute(
                insert(pupil_subject),
                [
                    {
                        "class_id": class_id,
                        "pupil_id": pupil_id,
                        "subject_id": studied,
                        "choice": choice,
                    }
                    for studied, choice in rows
                ],
            )


def subject_of_class(row: Row[tuple[object, ...]]) -> Subject:
    """A row of `SUBJECTS_OF_CLASS`."""
    return _subject(row, Term(row.topics) if row.topics else None, specialised=row.specialised)


def _subject(
    row: Row[tuple[object, ...]], topics: Term | None = None, *, specialised: int = 0
) -> Subject:
    return Subject(
        id=SubjectId(row.id),
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        kind=SubjectKind(row.kind),
        position=row.position,
        periods=row.periods,
        tx_count=row.tx_count,
        tx_reason=row.tx_reason,
        terms=frozenset(entry_term(part) for part in row.terms.split(",")),
        optional=bool(row.optional),
        elective=bool(row.elective),
        topics=topics,
        specialised=bool(specialised),
        dk_count=row.dk_count,
    )


def _plan(subject_id: SubjectId, grade: int, plan: Subject) -> dict[str, Any]:
    return {
        "subject_id": subject_id,
        "grade": grade,
        "periods": plan.periods,
        "tx_count": plan.tx_count,
        "tx_reason": plan.tx_reason,
        "terms": ",".join(in_order(plan.terms)),
        "position": plan.position,
        "optional": int(plan.optional),
        "elective": int(plan.elective),
        "dk_count": plan.dk_count,
    }
