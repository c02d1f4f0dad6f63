"""Correction cases and their cells: rows to dataclasses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select, update

from app.domain.corrections import Correction, CorrectionItem, Step
from app.domain.ids import AssessmentId, ClassId, CorrectionId, PupilId, SchoolYearId, SubjectId
from app.domain.marks import CellState, MarkCell
from app.errors import RuleRefused
from db.repositories.new_key import new_key
from db.rows.corrections import correction, correction_item

_PLAIN = (
    "class_id",
    "subject_id",
    "reason",
    "evidence_book",
    "evidence_paper",
    "requested_by",
    "requested_at",
    "late_reason",
    "checked_by",
    "checked_at",
    "check_note",
    "decided_by",
    "decided_at",
    "decision_note",
    "unlocked_until",
    "applied_at",
    "ended_at",
)
_ITEMS = (
    select(correction_item)
    .join(correction, correction.c.id == correction_item.c.correction_id)
    .order_by(
        correction_item.c.correction_id,
        correction_item.c.assessment_id,
        correction_item.c.pupil_id,
    )
)


class SqlCorrections:
    """Fulfils `app.ports.CorrectionRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, year_id: SchoolYearId, case: Correction) -> Correction:
        last = self._db.execute(
            select(func.max(correction.c.number)).where(correction.c.school_year_id == year_id)
        ).scalar()
        number = int(last or 0) + 1
        added = self._db.execute(
            insert(correction).values(school_year_id=year_id, number=number, **_values(case))
        )
        case_id = CorrectionId(new_key(added))
        self._db.execute(
            insert(correction_item),
            [
                {
                    "correction_id": case_id,
                    "assessment_id": item.assessment_id,
                    "pupil_id": item.pupil_id,
                    "old_state": int(item.old.state),
                    "old_value": item.old.value,
                    "old_reason": item.old.reason,
                    "new_state": int(item.new.state),
                    "new_value": item.new.value,
                    "new_reason": item.new.reason,
                }
                for item in case.items
            ],
        )
        return replace(case, id=case_id, number=number)

    def get(self, case_id: CorrectionId) -> Correction:
        found = self._cases(correction.c.id == case_id)
        if not found:
            raise RuleRefused(
                "not_found", f"Không tìm thấy hồ sơ sửa điểm số {case_id}; hãy tải lại trang."
            )
        return found[0]

    def of_year(self, year_id: SchoolYearId) -> tuple[Correction, ...]:
        return self._cases(correction.c.school_year_id == year_id)[::-1]

    def save(self, case: Correction) -> None:
        self._db.execute(
            update(correction).where(correction.c.id == case.id).values(**_values(case))
        )

    def in_step(
        self, class_id: ClassId, subject_id: SubjectId, steps: Sequence[Step]
    ) -> tuple[Correction, ...]:
        return self._cases(
            correction.c.class_id == class_id,
            correction.c.subject_id == subject_id,
            correction.c.step.in_([step.value for step in steps]),
        )

    def of_class(self, class_id: ClassId, steps: Sequence[Step]) -> tuple[Correction, ...]:
        return self._cases(
            correction.c.class_id == class_id,
            correction.c.step.in_([step.value for step in steps]),
        )

    def _cases(self, *wanted: ColumnElement[bool]) -> tuple[Correction, ...]:
        """Cases in the order of their numbers, with all their cells in one more statement."""
        rows = self._db.execute(
            select(correction).where(*wanted).order_by(correction.c.number, correction.c.id)
        ).mappings()
        cases = rows.all()
        if not cases:
            return ()
        items: dict[int, list[CorrectionItem]] = {}
        for r in self._db.execute(_ITEMS.where(*wanted)):
            items.setdefault(r.correction_id, []).append(
                CorrectionItem(
                    AssessmentId(r.assessment_id),
                    PupilId(r.pupil_id),
                    MarkCell(CellState(r.old_state), r.old_value, r.old_reason),
                    MarkCell(CellState(r.new_state), r.new_value, r.new_reason),
                )
            )
        return tuple(_case(row, items.get(row["id"], [])) for row in cases)


def _case(row: RowMapping, items: Sequence[CorrectionItem]) -> Correction:
    return Correction(
        id=CorrectionId(row["id"]),
        number=row["number"],
        step=Step(row["step"]),
        items=tuple(items),
        witnesses=tuple(json.loads(row["witnesses"])),
        **{name: row[name] for name in _PLAIN},
    )


def _values(case: Correction) -> dict[str, Any]:
    return {
        **{name: getattr(case, name) for name in _PLAIN},
        "step": case.step.value,
        "witnesses": json.dumps(list(case.witnesses), ensure_ascii=False),
    }
