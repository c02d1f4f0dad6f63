"""A case about rèn luyện of a class: levels, comments and typed days absent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.actor import Actor
from app.domain.corrections import CaseAbout, FactItem
from app.domain.ids import PupilId
from app.domain.periods import Term
from app.errors import RuleRefused
from app.ports import ConductRow, UnitOfWork
from app.readmodels.conduct_sheet import CONDUCT_COLUMNS
from app.readmodels.mark_sheet import CellKey
from app.services.case_target import CaseTarget, ClassAtHand, not_homeroom
from app.services.class_results import ClassFacts
from app.services.conduct_entry import (
    YEAR_LEVEL,
    blank_row,
    conduct_text,
    counted_by_attendance,
    is_computed,
    load_conduct,
    parse_level,
    row_with,
    stopped_column,
)

_TITLES = {
    "level": "Mức",
    "comment": "Nhận xét",
    "excused": "Nghỉ có phép",
    "unexcused": "Nghỉ không phép",
}


class ConductTarget(CaseTarget):
    """Fields are keys of `CONDUCT_COLUMNS` ("HK1.level")."""

    def __init__(
        self,
        about: CaseAbout,
        at: ClassAtHand,
        facts: ClassFacts,
        rows: dict[tuple[PupilId, Term], ConductRow],
    ) -> None:
        super().__init__(about, at)
        self._facts = facts
        self._rows = rows

    @classmethod
    def load(cls, uow: UnitOfWork, about: CaseAbout, now: datetime) -> ConductTarget:
        """What was typed, as read in this transaction."""
        rows = {(row.pupil_id, row.term): row for row in uow.marks.conduct(about.class_id)}
        at = ClassAtHand.load(uow, about, now)
        return cls(about, at, load_conduct(uow, about.class_id), rows)

    @property
    def matter(self) -> str:
        """What stands in the column of subjects."""
        return self.about.kind.label

    def refuse_stranger(self, actor: Actor) -> None:
        """Only the GVCN of the class declares."""
        if self.at.klass.id not in actor.homeroom:
            raise not_homeroom(actor, self.at.klass.name, "sửa kết quả rèn luyện")

    def refuse_open(self, _actor: Actor, key: CellKey) -> None:
        """Refuse computed and counted columns and cells that may be typed."""
        if not self.knows(key.column):
            raise RuleRefused(
                "no_column", "Chỉ lập hồ sơ cho ô rèn luyện đã gõ, không cho cột máy tự tính."
            )
        counted = counted_by_attendance(self._facts.attendance, key.column)
        if counted is not None:
            raise RuleRefused(
                "from_attendance",
                "Số buổi nghỉ của học kì này máy đếm từ điểm danh nên không lập hồ sơ ở đây; hãy "
                "lập hồ sơ sửa điểm danh, đúng ngày nghỉ.",
                why=counted,
            )
        if stopped_column(self.at.locks, key.column, self.at.today, is_empty=False) is None:
            raise RuleRefused(
                "cell_open",
                "Ô này đang mở nên không cần hồ sơ; hãy sửa thẳng ở trang Rèn luyện.",
            )

    @property
    def hint(self) -> str:
        """An example of a value."""
        return ", ".join(self._facts.regulation.conduct_levels[:2])

    def is_short(self, field: str) -> bool:
        """Whether a value is a mark or a sign, not a text of a line."""
        return not field.endswith("comment")

    def knows(self, field: str) -> bool:
        """Whether the kind has such a column."""
        return field in dict(CONDUCT_COLUMNS) and not is_computed(self._facts, field)

    def stored(self, key: CellKey) -> str:
        """The fact as kept now."""
        if key.column == YEAR_LEVEL:
            return self._facts.studies.year_conduct.get(key.pupil_id, "")
        return conduct_text(self._row(key), key.column[4:])

    def parse(self, key: CellKey, text: str) -> str:
        """The fact as it would be kept."""
        levels = self._facts.regulation.conduct_levels
        if key.column == YEAR_LEVEL:
            return parse_level(text, levels)
        return conduct_text(row_with(self._row(key), key.column[4:], text, levels), key.column[4:])

    def title(self, field: str) -> str:
        """The column in words."""
        return "Mức cả năm" if field == YEAR_LEVEL else _TITLES[field[4:]]

    def put(self, uow: UnitOfWork, facts: Sequence[FactItem]) -> None:
        """Write approved facts."""
        levels = self._facts.regulation.conduct_levels
        changed: dict[tuple[PupilId, Term], ConductRow] = {}
        years: dict[PupilId, str] = {}
        for fact in facts:
            if fact.field == YEAR_LEVEL:
                years[fact.pupil_id] = fact.new
                continue
            at = (fact.pupil_id, Term(fact.field[:3]))
            row = changed.get(at) or self._row(CellKey(fact.pupil_id, fact.field))
            changed[at] = row_with(row, fact.field[4:], fact.new, levels)
        uow.marks.put_conduct(self.at.klass.id, list(changed.values()))
        uow.marks.put_year_conduct(self.at.klass.id, years)

    def _row(self, key: CellKey) -> ConductRow:
        at = (key.pupil_id, Term(key.column[:3]))
        return self._rows.get(at) or blank_row(*at)
