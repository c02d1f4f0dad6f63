"""Khóa cột and mở khóa cột inside the caller's transaction: of one class, or of many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.actor import Actor
from app.domain.ids import AssessmentId, SubjectId
from app.domain.mark_columns import column_role
from app.domain.periods import EntryTerm, Period
from app.domain.school import SchoolClass
from app.domain.subjects import column_title
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import Assessment, UnitOfWork
from app.regulations.primary_columns import LEVEL_CODE, SCORE_CODE, TRAITS_CODE
from app.services.lock_decisions import year_sealed
from app.text import date_vn

Decision = tuple[str, date]
"""Number and day."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """The same columns wherever they exist: a term, kinds of column, one subject or all.

    `kinds`: values of `ColumnRole` ("tx": every regular assessment, "gk", "ck"); in
    primary schools "muc", "ktdk" and "pc_nl" (phẩm chất, năng lực, with what the
    GVCN marks beside them).
    """

    term: EntryTerm
    kinds: frozenset[str]
    subject_id: SubjectId | None = None

    def takes(self, column: Assessment) -> bool:
        """Whether a column is one of them."""
        role = column_role(column.code)
        kind = column.code if role is None else role.value
        if isinstance(self.term, Period) and kind not in (LEVEL_CODE, SCORE_CODE):
            kind = TRAITS_CODE
        fits = column.term is self.term and kind in self.kinds
        return fits and self.subject_id in (None, column.subject_id)


def lock_columns(
    uow: UnitOfWork,
    actor: Actor,
    klass: SchoolClass,
    assessment_ids: Sequence[AssessmentId],
    decision: Decision,
    at: datetime,
    *,
    lock: bool,
) -> tuple[int, int]:
    """(trail entry, columns changed) of one class; refused when nothing would change."""
    locks = uow.control.class_locks(klass.id)
    if locks.seal is not None:
        raise year_sealed(f"lớp {klass.name}")
    known = {a.id: a for a in uow.marks.assessments(klass.id)}
    wanted: list[Assessment] = []
    for assessment_id in dict.fromkeys(assessment_ids):
        column = known.get(assessment_id)
        if column is None:
            raise RuleRefused(
                "not_found",
                f"Lớp {klass.name} không có cột điểm này; hãy tải lại trang rồi chọn lại.",
            )
        wanted.append(column)
    changed = [c for c in wanted if (c.id in locks.columns) is not lock]
    if not changed:
        raise _nothing_to_do(lock=lock)
    return _set(uow, actor, klass, changed, decision, at, lock=lock), len(changed)


def lock_scope(
    uow: UnitOfWork,
    actor: Actor,
    classes: Iterable[SchoolClass],
    choice: ColumnChoice,
    decision: Decision,
    at: datetime,
    *,
    lock: bool,
) -> tuple[int, int]:
    """(last trail entry, columns changed) over many classes, an entry a class that changed."""
    seq = count = 0
    for klass in classes:
        held = uow.control.class_locks(klass.id).columns
        changed = [
            column
            for column in uow.marks.assessments(klass.id)
            if choice.takes(column) and (column.id in held) is not lock
        ]
        if changed:
            seq = _set(uow, actor, klass, changed, decision, at, lock=lock)
            count += len(changed)
    if not count:
        raise _nothing_to_do(lock=lock)
    return seq, count


def _set(
    uow: UnitOfWork,
    actor: Actor,
    klass: SchoolClass,
    columns: Iterable[Assessment],
    decision: Decision,
    at: datetime,
    *,
    lock: bool,
) -> int:
    number, decided = decision
    act = uow.control.lock_column if lock else uow.control.unlock_column
    names = {s.id: s.name for s in uow.school.subjects(klass.id)}
    said = []
    for column in columns:
        act(column.id, actor.account_id, at, number, decided)
        said.append(f"{names[column.subject_id]} {column.term} {column_title(column.code)}")
    detail = {
        "class": klass.name,
        "columns": said,
        "decision": number,
        "decision_on": date_vn(decided),
    }
    kind = "column.lock" if lock else "column.unlock"
    return uow.trail.append(TrailDraft(kind, detail, klass.id), actor, at)


def _nothing_to_do(*, lock: bool) -> RuleRefused:
    state = "đã khóa" if lock else "đang mở"
    return RuleRefused("nothing_to_do", f"Các cột đã chọn {state} sẵn nên không có gì thay đổi.")
