"""Correction cases and their cells: rows to dataclasses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select, update

from app.domain.corrections import (
    CaseKind,
    CaseScan,
    Correction,
    CorrectionItem,
    FactItem,
    Step,
)
from app.domain.ids import AssessmentId, ClassId, CorrectionId, PupilId, SchoolYearId, SubjectId
from app.domain.marks import CellState, MarkCell
from app.errors import RuleRefused
from db.repositories.new_key import new_key
from db.rows.corrections import (
    correction,
    correction_fact,
    correction_item,
    correction_scan,
)

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
    "register_no",
    "registered_by",
    "registered_at",
    "explanation",
    "explained_by",
    "explained_at",
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
_FACTS = (
    select(correction_fact)
    .join(correction, correction.c.id == correction_fact.c.correction_id)
    .order_by(correction_fact.c.correction_id, correction_fact.c.pupil_id, correction_fact.c.field)
)
_SCANS = select(
    correction_scan.c.id,
    correction_scan.c.correction_id,
    correction_scan.c.name,
    correction_scan.c.media,
    correction_scan.c.digest,
    correction_scan.c.added_by,
    correction_scan.c.added_at,
)
"""Without the pictures."""


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
        if case.facts:
            self._db.execute(
                insert(correction_fact),
                [
                    {
                        "correction_id": case_id,
                        "pupil_id": fact.pupil_id,
                        "field": fact.field,
                        "old": fact.old,
                        "new": fact.new,
                    }
                    for fact in case.facts
                ],
            )
        if not case.items:
            return replace(case, id=case_id, number=number)
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

    def scans(self, case_id: CorrectionId) -> tuple[CaseScan, ...]:
        rows = self._db.execute(
            _SCANS.where(correction_scan.c.correction_id == case_id).order_by(correction_scan.c.id)
        )
        return tuple(_scan(row) for row in rows)

    def scan(self, scan_id: int) -> CaseScan:
        row = self._db.execute(_SCANS.where(correction_scan.c.id == scan_id)).first()
        if row is None:
            raise RuleRefused(
                "not_found", f"Không tìm thấy bản chụp số {scan_id}; hãy tải lại trang."
            )
        return _scan(row)

    def scan_content(self, scan_id: int) -> bytes:
        found = self._db.execute(
            select(correction_scan.c.content).where(correction_scan.c.id == scan_id)
        )
        return bytes(found.scalar_one())

    def add_scan(self, scan: CaseScan, content: bytes) -> int:
        added = self._db.execute(
            insert(correction_scan).values(
                correction_id=scan.case_id,
                name=scan.name,
                media=scan.media,
                digest=scan.digest,
                content=content,
                added_by=scan.added_by,
                added_at=scan.added_at,
            )
        )
        return new_key(added)

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
        facts: dict[int, list[FactItem]] = {}
        for r in self._db.execute(_FACTS.where(*wanted)):
            found = facts.setdefault(r.correction_id, [])
            found.append(FactItem(PupilId(r.pupil_id), r.field, r.old, r.new))
        return tuple(
            _case(row, items.get(row["id"], []), facts.get(row["id"], [])) for row in cases
        )


def _scan(row: Any) -> CaseScan:
    return CaseScan(
        row.id,
        CorrectionId(row.correction_id),
        row.name,
        row.media,
        row.digest,
        row.added_by,
        row.added_at,
    )


def _case(
    row: RowMapping, items: Sequence[CorrectionItem], facts: Sequence[FactItem]
) -> Correction:
    return Correction(
        id=CorrectionId(row["id"]),
        number=row["number"],
        step=Step(row["step"]),
        kind=CaseKind(row["kind"]),
        items=tuple(items),
        facts=tuple(facts),
        witnesses=tuple(json.loads(row["witnesses"])),
        **{name: row[name] for name in _PLAIN},
    )


def _values(case: Correction) -> dict[str, Any]:
    return {
        **{name: getattr(case, name) for name in _PLAIN},
        "step": case.step.value,
        "kind": case.kind.value,
        "witnesses": json.dumps(list(case.witnesses), ensure_ascii=False),
    }
