"""A case about marks and comments of one class and subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.actor import Actor
from app.domain.comments import parse_comment
from app.domain.corrections import CaseAbout, Correction, CorrectionItem, FactItem
from app.domain.mark_columns import TERM_TEST
from app.domain.marks import cell_text, parse_entry, trail_text
from app.domain.periods import column_term
from app.domain.subjects import SubjectKind, column_title
from app.domain.trail import CellChange
from app.errors import RuleRefused
from app.ports import StoredMark, UnitOfWork
from app.readmodels.mark_sheet import CellKey, SheetId
from app.regulations.primary_columns import LEVEL_CODE, SCORE_CODE
from app.services.case_target import CaseTarget, CellWords, ClassAtHand, Content, same_value
from app.services.sheet_access import not_assigned, stop_reason
from app.services.sheet_facts import SheetFacts, load_sheet, refuse_part_of_oral

_HINTS = {
    SubjectKind.COMMENTS: "Đ, CĐ",
    SubjectKind.LEVELS: "T, H, C hoặc điểm KTĐK",
    SubjectKind.TRAITS: "T, Đ, C",
}
_REVIEWED = ("ck", TERM_TEST, LEVEL_CODE, SCORE_CODE)
"""Columns that the review meeting settles, not an earlier test day."""


class MarksTarget(CaseTarget):
    """`SheetFacts` of the case's sheet; marks are items, comments are facts."""

    def __init__(self, about: CaseAbout, at: ClassAtHand, facts: SheetFacts) -> None:
        super().__init__(about, at)
        self.facts = facts
        self._keys = {column.id: key for key, column in facts.columns.items()}

    @classmethod
    def load(cls, uow: UnitOfWork, about: CaseAbout, now: datetime) -> MarksTarget:
        """The sheet as read in this transaction."""
        if about.subject_id is None:
            raise ValueError("a case about marks names its subject")
        facts = load_sheet(uow, SheetId(about.class_id, about.subject_id), now)
        return cls(about, ClassAtHand.of(facts, now), facts)

    @property
    def matter(self) -> str:
        """What stands in the column of subjects."""
        return self.facts.subject.name

    def refuse_stranger(self, actor: Actor) -> None:
        """Only who teaches the subject in the class declares."""
        if not self.facts.may_write(actor):
            raise not_assigned(self.facts, actor)

    def refuse_open(self, actor: Actor, key: CellKey) -> None:
        """Refuse computed columns and cells that may be typed."""
        if not self.knows(key.column):
            raise RuleRefused(
                "no_column", "Chỉ lập hồ sơ cho ô điểm và nhận xét, không cho cột tự tính."
            )
        if stop_reason(self.facts, actor, key) is None:
            raise RuleRefused(
                "cell_open",
                "Ô này đang mở nên không cần hồ sơ; hãy sửa thẳng trong sổ "
                f"{self.facts.subject.name}.",
            )

    @property
    def hint(self) -> str:
        """An example of a value."""
        return _HINTS.get(self.facts.subject.kind, "8,5")

    def is_short(self, field: str) -> bool:
        """Whether a value is a mark or a sign, not a text of a line."""
        return field in self.facts.columns

    def knows(self, field: str) -> bool:
        """Whether the kind has such a column."""
        return field in self.facts.columns or field in self.facts.comment_columns

    def stored(self, key: CellKey) -> str:
        """The fact as kept now."""
        column = self.facts.columns.get(key.column)
        if column is not None:
            return trail_text(
                self.facts.cell(column.id, key.pupil_id), self.facts.subject.kind_of(column.code)
            )
        return self.facts.comments.get((column_term(key.column), key.pupil_id), "")

    def parse(self, _key: CellKey, text: str) -> str:
        """The fact as it would be kept."""
        return parse_comment(text)

    def title(self, field: str) -> str:
        """The column in words."""
        column = self.facts.columns.get(field)
        return "Nhận xét" if column is None else column_title(column.code)

    def review(self, field: str) -> bool:
        """Whether the review meeting's cut-off holds."""
        column = self.facts.columns.get(field)
        return column is None or column.code in _REVIEWED

    def put(self, uow: UnitOfWork, facts: Sequence[FactItem]) -> None:
        """Write approved facts."""
        if facts:
            uow.marks.put_comments(
                *self.facts.sheet,
                {(column_term(fact.field), fact.pupil_id): fact.new for fact in facts},
            )

    def declared(self, uow: UnitOfWork, actor: Actor, wanted: Mapping[CellKey, str]) -> Content:
        """See `CaseTarget`; marks become items, comments facts."""
        items: list[CorrectionItem] = []
        facts: list[FactItem] = []
        for key, text in wanted.items():
            column = self.facts.columns.get(key.column)
            if column is None:
                facts.append(self.declared_fact(uow, actor, key, text))
                continue
            self.refuse_undeclarable(uow, actor, key)
            old = self.facts.cell(column.id, key.pupil_id)
            new = parse_entry(text, self.facts.kind_of(column.code))
            subject, readings = self.facts.subject, self.facts.readings
            refuse_part_of_oral(subject, column.code, new.value, readings)
            if new == old:
                raise same_value()
            items.append(CorrectionItem(column.id, key.pupil_id, old, new))
        return tuple(items), tuple(facts)

    def holds(self, case: Correction, key: CellKey) -> bool:
        """Whether the case is about this cell."""
        column = self.facts.columns.get(key.column)
        if column is None:
            return super().holds(case, key)
        return any((i.assessment_id, i.pupil_id) == (column.id, key.pupil_id) for i in case.items)

    def write(self, uow: UnitOfWork, case: Correction) -> list[CellChange]:
        """Write marks with their struck old values, then comments."""
        marks: list[StoredMark] = []
        changes: list[CellChange] = []
        for item in case.items:
            stored = self.facts.stored.get((item.assessment_id, item.pupil_id))
            kind = self.facts.kind_at(item.assessment_id)
            old, new = trail_text(item.old, kind), trail_text(item.new, kind)
            marks.append(
                StoredMark(
                    item.assessment_id,
                    item.pupil_id,
                    item.new,
                    late=stored.late if stored is not None else False,
                    corrected_from=old or "trống",
                    correction_id=case.id,
                )
            )
            changes.append(CellChange(item.pupil_id, item.assessment_id, old, new))
        uow.marks.put(marks)
        super().write(uow, case)
        return changes

    def void(self, uow: UnitOfWork, case: Correction, now: datetime, why: str) -> tuple[int, int]:
        """As of any case, and what was compared with the paper book."""
        voided, signed = super().void(uow, case, now, why)
        return voided + uow.proofs.void({i.assessment_id for i in case.items}, now, why), signed

    def cells(self, case: Correction) -> tuple[CellWords, ...]:
        """Marks in the order of the paper, comments behind them."""
        order = {key: at for at, key in enumerate(self.facts.columns)}
        found = [self._mark_words(item) for item in case.items]
        found += [self.fact_words(fact) for fact in case.facts]
        return tuple(sorted(found, key=lambda c: (c.position, order.get(c.key.column, len(order)))))

    def _mark_words(self, item: CorrectionItem) -> CellWords:
        kind = self.facts.kind_at(item.assessment_id)
        entry = self.facts.entry(item.pupil_id)
        column = self.facts.columns[self._keys[item.assessment_id]]
        now = self.facts.cell(item.assessment_id, item.pupil_id)
        return CellWords(
            CellKey(item.pupil_id, f"{column.term}.{column.code}"),
            0 if entry is None else entry.position,
            self.pupil_name(item.pupil_id),
            column_title(column.code),
            column.term,
            cell_text(item.old, kind),
            cell_text(item.new, kind),
            trail_text(item.old, kind),
            trail_text(item.new, kind),
            moved=now != item.old,
        )
