"""Assessments, mark cells, comments and conduct: rows to dataclasses, Core only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.ids import AssessmentId, ClassId, CorrectionId, PupilId, SubjectId
from app.domain.marks import CellState, MarkCell
from app.domain.periods import EntryTerm, Term, entry_term, in_order
from app.ports import Assessment, ConductRow, StoredMark
from db.rows.base import driver_statement
from db.rows.control import column_lock
from db.rows.marks import assessment, conduct, mark, term_comment, year_conduct
from db.rows.proofs import proof_column, proof_remark, proof_tick

_STATES = tuple(CellState)
# Columns by name and rows taken apart by place: a class has a thousand rows, and a name looked up
# in each costs more than the row itself.
_ASSESSMENTS = select(
    assessment.c.id,
    assessment.c.class_id,
    assessment.c.subject_id,
    assessment.c.term,
    assessment.c.code,
    assessment.c.test_on,
    assessment.c.due_on,
    assessment.c.returned_on,
).order_by(assessment.c.subject_id, assessment.c.term, assessment.c.position)
_COMMENTS = select(
    term_comment.c.subject_id, term_comment.c.term, term_comment.c.pupil_id, term_comment.c.text
)
_CONDUCTS = select(
    conduct.c.pupil_id,
    conduct.c.term,
    conduct.c.level,
    conduct.c.comment,
    conduct.c.excused,
    conduct.c.unexcused,
)
_MARKS = select(
    mark.c.assessment_id,
    mark.c.pupil_id,
    mark.c.state,
    mark.c.value,
    mark.c.reason,
    mark.c.late,
    mark.c.corrected_from,
    mark.c.correction_id,
)
_VALUES = (
    select(mark.c.assessment_id, mark.c.pupil_id, mark.c.state, mark.c.value)
    .join(assessment, assessment.c.id == mark.c.assessment_id)
    .where(assessment.c.class_id == bindparam("class_id"))
)
_PUT = upsert(mark)
_PUT_MARK = _PUT.on_conflict_do_update(
    index_elements=["assessment_id", "pupil_id"],
    set_={
        name: _PUT.excluded[name]
        for name in ("state", "value", "reason", "late", "corrected_from", "correction_id")
    },
)
# As the driver takes it: through Core a paste of 315 cells spends as long on naming its values as
# on writing them. The order of the values is that of the table's columns.
_PUT_MARKS = driver_statement(_PUT_MARK)
_COMMENT = upsert(term_comment)
_PUT_COMMENT = _COMMENT.on_conflict_do_update(
    index_elements=["class_id", "subject_id", "term", "pupil_id"],
    set_={"text": _COMMENT.excluded.text},
)
_CONDUCT = upsert(conduct)
_PUT_CONDUCT = _CONDUCT.on_conflict_do_update(
    index_elements=["class_id", "term", "pupil_id"],
    set_={name: _CONDUCT.excluded[name] for name in ("level", "comment", "excused", "unexcused")},
)
_YEAR_CONDUCT = upsert(year_conduct)
_PUT_YEAR_CONDUCT = _YEAR_CONDUCT.on_conflict_do_update(
    index_elements=["class_id", "pupil_id"], set_={"level": _YEAR_CONDUCT.excluded.level}
)
_ASSESSMENT = upsert(assessment)
_NEW_ASSESSMENT = _ASSESSMENT.on_conflict_do_update(
    # A column that is there already only moves: gk and ck stay behind a new tx.
    index_elements=["class_id", "subject_id", "term", "code"],
    set_={"position": _ASSESSMENT.excluded.position},
)


class SqlMarks:
    """Fulfils `app.ports.MarkRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def ensure_assessments(
        self,
        class_id: ClassId,
        subject_id: SubjectId,
        terms: Iterable[EntryTerm],
        codes: Sequence[str],
    ) -> None:
        rows = [
            {
                "class_id": class_id,
                "subject_id": subject_id,
                "term": term.value,
                "code": code,
                "position": position,
            }
            for term in in_order(terms)
            for position, code in enumerate(codes)
        ]
        if rows:
            self._db.execute(_NEW_ASSESSMENT, rows)

    def remove_assessments(
        self, class_id: ClassId, subject_id: SubjectId, term: EntryTerm, codes: Sequence[str]
    ) -> None:
        gone = select(assessment.c.id).where(
            assessment.c.class_id == class_id,
            assessment.c.subject_id == subject_id,
            assessment.c.term == term.value,
            assessment.c.code.in_(codes),
        )
        for held in (column_lock, proof_column, proof_tick, proof_remark):
            self._db.execute(delete(held).where(held.c.assessment_id.in_(gone)))
        self._db.execute(delete(assessment).where(assessment.c.id.in_(gone)))

    def assessments(
        self, class_id: ClassId, subject_id: SubjectId | None = None
    ) -> tuple[Assessment, ...]:
        query = _ASSESSMENTS.where(assessment.c.class_id == class_id)
        if subject_id is not None:
            query = query.where(assessment.c.subject_id == subject_id)
        return tuple(
            [
                Assessment(column, klass, subject, entry_term(term), code, *dates)
                for column, klass, subject, term, code, *dates in self._db.execute(query)
            ]
        )

    def set_dates(
        self,
        assessment_id: AssessmentId,
        test_on: date | None,
        due_on: date | None,
        returned_on: date | None,
    ) -> None:
        self._db.execute(
            update(assessment)
            .where(assessment.c.id == assessment_id)
            .values(test_on=test_on, due_on=due_on, returned_on=returned_on)
        )

    def cells(
        self,
        class_id: ClassId,
        subject_id: SubjectId | None = None,
        pupils: Sequence[PupilId] = (),
    ) -> list[StoredMark]:
        query = _MARKS.join(assessment, assessment.c.id == mark.c.assessment_id).where(
            assessment.c.class_id == class_id
        )
        if subject_id is not None:
            query = query.where(assessment.c.subject_id == subject_id)
        if len(pupils) == 1:
            query = query.where(mark.c.pupil_id == pupils[0])
        elif pupils:
            query = query.where(mark.c.pupil_id.in_(pupils))
        # A whole school has a hundred different cells in half a million places: each is made once.
        shared: dict[tuple[int, int | None, str], MarkCell] = {}
        found: list[StoredMark] = []
        for column, pupil, state, value, why, late, was, case in self._db.execute(query).all():
            content = (state, value, why)
            cell = shared.get(content)
            if cell is None:
                cell = shared[content] = MarkCell(_STATES[state], value, why)
            if late or was or case is not None:
                known = None if case is None else CorrectionId(case)
                found.append(StoredMark(column, pupil, cell, bool(late), was, known))
            else:
                found.append(StoredMark(column, pupil, cell))
        return found

    def values(self, class_id: ClassId) -> Sequence[tuple[AssessmentId, PupilId, int, int | None]]:
        rows = self._db.execute(_VALUES, {"class_id": class_id}).all()
        return cast("Sequence[tuple[AssessmentId, PupilId, int, int | None]]", rows)

    def put(self, marks: Sequence[StoredMark]) -> None:
        if not marks:
            return
        self._db.exec_driver_sql(
            _PUT_MARKS,
            [
                (
                    m.assessment_id,
                    m.pupil_id,
                    int(m.cell.state),
                    m.cell.value,
                    m.cell.reason,
                    int(m.late),
                    m.corrected_from,
                    m.correction_id,
                )
                for m in marks
            ],
        )

    def comments(
        self, class_id: ClassId, subject_id: SubjectId | None = None
    ) -> dict[tuple[SubjectId, EntryTerm, PupilId], str]:
        query = _COMMENTS.where(term_comment.c.class_id == class_id)
        if subject_id is not None:
            query = query.where(term_comment.c.subject_id == subject_id)
        return {
            (subject, entry_term(term), pupil): text
            for subject, term, pupil, text in self._db.execute(query)
        }

    def put_comments(
        self,
        class_id: ClassId,
        subject_id: SubjectId,
        texts: Mapping[tuple[EntryTerm, PupilId], str],
    ) -> None:
        if not texts:
            return
        self._db.execute(
            _PUT_COMMENT,
            [
                {
                    "class_id": class_id,
                    "subject_id": subject_id,
                    "term": term.value,
                    "pupil_id": pupil_id,
                    "text": text,
                }
                for (term, pupil_id), text in texts.items()
            ],
        )

    def conduct(self, class_id: ClassId) -> tuple[ConductRow, ...]:
        rows = self._db.execute(_CONDUCTS.where(conduct.c.class_id == class_id))
        return tuple([ConductRow(pupil, Term(term), *contents) for pupil, term, *contents in rows])

    def put_conduct(self, class_id: ClassId, rows: Sequence[ConductRow]) -> None:
        if not rows:
            return
        self._db.execute(
            _PUT_CONDUCT,
            [
                {
                    "class_id": class_id,
                    "term": r.term.value,
                    "pupil_id": r.pupil_id,
                    "level": r.level,
                    "comment": r.comment,
                    "excused": r.excused,
                    "unexcused": r.unexcused,
                }
                for r in rows
            ],
        )

    def year_conduct(self, class_id: ClassId) -> dict[PupilId, str]:
        rows = self._db.execute(
            select(year_conduct.c.pupil_id, year_conduct.c.level).where(
                year_conduct.c.class_id == class_id, year_conduct.c.level != ""
            )
        )
        return {PupilId(pupil): level for pupil, level in rows}

    def put_year_conduct(self, class_id: ClassId, levels: Mapping[PupilId, str]) -> None:
        if not levels:
            return
        self._db.execute(
            _PUT_YEAR_CONDUCT,
            [
                {"class_id": class_id, "pupil_id": pupil, "level": level}
                for pupil, level in levels.items()
            ],
        )
