"""A case about single days of điểm danh."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.actor import Actor
from app.domain.attendance import Absence, Month, parse_absence
from app.domain.corrections import CaseAbout, FactItem
from app.domain.ids import PupilId
from app.domain.periods import Term
from app.domain.school import term_of_day
from app.errors import RuleRefused
from app.ports import AbsenceRow, UnitOfWork
from app.readmodels.mark_sheet import CellKey
from app.services.attendance_entry import refuse_day
from app.services.attendance_view import AttendanceFacts
from app.services.case_target import CaseTarget, ClassAtHand, not_homeroom
from app.text import date_vn


class AttendanceTarget(CaseTarget):
    """Fields are days in ISO; a pupil who came has "" and may be found absent by a case."""

    def __init__(self, about: CaseAbout, at: ClassAtHand, facts: AttendanceFacts) -> None:
        super().__init__(about, at)
        self._facts = facts
        self._rows: dict[tuple[PupilId, date], AbsenceRow] = {
            (row.pupil_id, row.day): row for row in facts.rows if row.class_id == facts.klass.id
        }

    @classmethod
    def load(cls, uow: UnitOfWork, about: CaseAbout, now: datetime) -> AttendanceTarget:
        """The year's absences as read in this transaction."""
        at = ClassAtHand.load(uow, about, now)
        return cls(about, at, AttendanceFacts(uow, about.class_id, at.today))

    @property
    def matter(self) -> str:
        """What stands in the column of subjects."""
        return self.about.kind.label

    def refuse_stranger(self, actor: Actor) -> None:
        """Only the GVCN of the class declares."""
        if self.at.klass.id not in actor.homeroom:
            raise not_homeroom(actor, self.at.klass.name, "sửa điểm danh")

    def refuse_open(self, _actor: Actor, key: CellKey) -> None:
        """Refuse days without lessons for the pupil and days still open."""
        day = _day(key.column)
        refuse_day(self._facts, self.entry(key), day)
        if self._facts.stopped(day, is_empty=False) is None:
            raise RuleRefused(
                "cell_open",
                f"Ngày {date_vn(day)} đang mở nên không cần hồ sơ; hãy sửa thẳng ở trang Điểm "
                "danh.",
            )

    @property
    def hint(self) -> str:
        """An example of a value."""
        return "P, K"

    def knows(self, field: str) -> bool:
        """Whether the kind has such a column."""
        try:
            _day(field)
        except RuleRefused:
            return False
        return True

    def may_be_empty(self) -> bool:
        """A day without a sign says that the pupil came, so it may be wrong."""
        return True

    def stored(self, key: CellKey) -> str:
        """The fact as kept now."""
        row = self._rows.get((key.pupil_id, _day(key.column)))
        return "" if row is None else row.kind.value

    def parse(self, _key: CellKey, text: str) -> str:
        """The fact as it would be kept."""
        return parse_absence(text) or ""

    def title(self, field: str) -> str:
        """The column in words."""
        return f"Ngày {date_vn(_day(field))}"

    def term(self, field: str) -> Term:
        """The term a field belongs to."""
        return term_of_day(self.at.year, _day(field))

    def shown(self, _field: str, text: str) -> str:
        """The fact as people read it."""
        return text or "có mặt"

    def put(self, uow: UnitOfWork, facts: Sequence[FactItem]) -> None:
        """Write approved facts."""
        put: list[AbsenceRow] = []
        gone: list[tuple[PupilId, date]] = []
        for fact in facts:
            key = (fact.pupil_id, _day(fact.field))
            if not fact.new:
                gone.append(key)
                continue
            before = self._rows.get(key)
            late = self.at.today > self._facts.calendar.due_on(Month.of(key[1]))
            put.append(
                AbsenceRow(
                    *key,
                    self.at.klass.id,
                    Absence(fact.new),
                    late if before is None else before.late,
                )
            )
        uow.attendance.put(put)
        uow.attendance.remove(gone)


def _day(field: str) -> date:
    try:
        return date.fromisoformat(field)
    except ValueError:
        raise RuleRefused("no_column", "Ô này không phải một ngày điểm danh.") from None
