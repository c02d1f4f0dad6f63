"""The record book of a test school in a few words: windows, sheets, a filled and closed class."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import event

from app.domain.class_confirmation import ConfirmBlock
from app.domain.ids import ClassId, PupilId
from app.domain.marks import MarkCell
from app.domain.periods import Period, Term
from app.domain.subjects import SubjectKind
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.class_confirming import ClassConfirming
from app.services.conduct_entry import ConductEntry
from app.services.corrections import Corrections
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from app.services.period_close import PeriodClosing
from app.services.sheet_facts import SheetFacts, load_sheet
from tests.support.school import TestSchool

WHOLE_YEAR = (date(2026, 9, 1), date(2027, 6, 30))


@dataclass
class RecordBook:
    """Services over one school; entry is open for both terms unless told otherwise."""

    school: TestSchool
    marks: MarkEntry = field(init=False)
    conduct: ConductEntry = field(init=False)
    control: EntryControl = field(init=False)
    closing: PeriodClosing = field(init=False)
    cases: Corrections = field(init=False)

    def __post_init__(self) -> None:
        uow, clock = self.school.uow, self.school.clock
        self.marks = MarkEntry(uow, clock)
        self.conduct = ConductEntry(uow, clock)
        self.control = EntryControl(uow, clock)
        self.closing = PeriodClosing(uow, clock)
        self.cases = Corrections(uow, clock)

    def open_entry(self, *periods: Period, days: tuple[date, date] = WHOLE_YEAR) -> None:
        """Open windows by decision."""
        who = self.school.actor("secretary")
        for period in periods or (Period.HK1, Period.HK2):
            self.control.open_window(
                who, self.school.year_id, period, *days, "41/QĐ-THCS", date(2026, 9, 1)
            )

    def sheet(self, subject: str, class_id: ClassId = None) -> SheetId:
        """The sheet of a subject of the school's class."""
        return SheetId(class_id or self.school.class_id, self.school.subjects[subject])

    def key(self, pupil: int, column: str) -> CellKey:
        """Cell of the pupil at a place of the roster (from 0)."""
        return CellKey(self.school.pupils[pupil], column)

    def enter(self, subject: str, cells: dict[tuple[int, str], str], gesture: str = "key"):
        """The subject's own teacher types; {(place, column): text}."""
        edits = {self.key(*at): text for at, text in cells.items()}
        actor = self.school.actor(subject)
        return self.marks.set_cells(actor, self.sheet(subject), edits, gesture)

    def facts(self, subject: str) -> SheetFacts:
        """The sheet read anew from the file."""
        with self.school.uow.read() as uow:
            return load_sheet(uow, self.sheet(subject), self.school.clock.now())

    def cell(self, subject: str, pupil: int, column: str) -> MarkCell:
        """What the file holds."""
        facts = self.facts(subject)
        return facts.cell(facts.columns[column].id, self.school.pupils[pupil])

    def column_ids(self, subject: str, *keys: str) -> list[int]:
        """Assessment ids of columns."""
        facts = self.facts(subject)
        return [facts.columns[key].id for key in keys]

    def fill(
        self, *terms: Term, pupils: list[PupilId] | None = None, absences: bool = True
    ) -> None:
        """Every cell of every subject and all of rèn luyện, plausible and different by pupil.

        Without `absences` where điểm danh counts the days.
        """
        everybody = self.school.pupils if pupils is None else pupils
        wanted = terms or tuple(Term)
        for code in self.school.subjects:
            facts = self.facts(code)
            by_marks = facts.subject.kind is SubjectKind.MARKS
            edits = {
                CellKey(pupil, key): str(5 + (at + n) % 5) if by_marks else "Đ"
                for n, pupil in enumerate(everybody)
                for at, key in enumerate(k for t in wanted for k in facts.term_codes(t))
            }
            self.marks.set_cells(self.school.actor(code), facts.sheet, edits, "paste")
        conduct = {
            (pupil, f"{term}.{name}"): text
            for pupil in everybody
            for term in wanted
            for name, text in (("level", "Tốt"), ("excused", "1"), ("unexcused", "0"))
            if absences or name == "level"
        }
        self.conduct.set_cells(self.school.actor("homeroom"), self.school.class_id, conduct)

    def confirm(self, period: Period, class_id: ClassId = None) -> None:
        """The GVCN ticks every block of a complete class."""
        confirming = ClassConfirming(self.school.uow, self.school.clock)
        actor = self.school.actor("homeroom")
        confirming.confirm(actor, class_id or self.school.class_id, period, tuple(ConfirmBlock))

    def close(self, *periods: Period, reason: str = "") -> None:
        """The principal closes; without a reason the GVCN has confirmed before."""
        signer = self.school.signer("principal")
        for period in periods or (Period.HK1, Period.HK2):
            if not reason:
                self.confirm(period)
            self.closing.close(signer, self.school.class_id, period, "57/QĐ-THCS", reason)

    def declared(self, subject: str, cells: dict[tuple[int, str], str], late_reason: str = ""):
        """A case over locked cells, just declared by the subject's teacher."""
        wanted = {self.key(*at): text for at, text in cells.items()}
        return self.cases.declare(
            self.school.actor(subject),
            self.sheet(subject),
            wanted,
            "Ghi nhầm cột",
            "trang 23, dòng 12",
            "tập bài kiểm tra giữa kì, bài số 7",
            late_reason,
        ).payload

    def registered(self, subject: str, cells: dict[tuple[int, str], str], late_reason: str = ""):
        """The same, taken in by văn thư."""
        return self.take_in(self.declared(subject, cells, late_reason))

    def take_in(self, case):
        """Văn thư registers a declared case under its own number."""
        secretary = self.school.actor("secretary")
        return self.cases.register(secretary, case.id, f"{case.number:02d}/ĐN-SĐ").payload

    def corrected(self, subject: str, cells: dict[tuple[int, str], str]):
        """A case carried through to the re-lock."""
        case = self.registered(subject, cells)
        checker = "ngu_van" if subject != "ngu_van" else "gdcd"
        self.cases.check(self.school.actor(checker), case.id, "khớp")
        self.cases.approve(
            self.school.signer("principal"), case.id, ["Phạm Thị Hồng Nhung", "Đỗ Quang Huy"]
        )
        return self.cases.apply(self.school.actor(subject), case.id).payload

    def tampered(self, *statements: str) -> None:
        """What somebody with the key and a database tool can do: SQL without the triggers."""
        engine = self.school.session.uow._database.engine
        with engine.connect() as connection:
            names = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).scalars()
            for name in list(names):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.exec_driver_sql(statement)
            connection.commit()


def book(school: TestSchool, *periods: Period) -> RecordBook:
    """A record book with entry open; no period means both terms."""
    made = RecordBook(school)
    made.open_entry(*periods)
    return made


class Statements:
    """Counts what reaches the database inside a `with` block: statements and commits."""

    def __init__(self, school: TestSchool) -> None:
        self._engines = {
            school.session.uow._database.engine,
        }
        self.sql: list[str] = []
        self.commits = 0

    def __enter__(self) -> Statements:
        for engine in self._engines:
            event.listen(engine, "before_cursor_execute", self._said)
            event.listen(engine, "commit", self._committed)
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._engines:
            event.remove(engine, "before_cursor_execute", self._said)
            event.remove(engine, "commit", self._committed)

    @property
    def writes(self) -> list[str]:
        """Statements that change something."""
        return [s for s in self.sql if s.split()[0] in ("INSERT", "UPDATE", "DELETE", "REPLACE")]

    def _said(self, _connection, _cursor, statement, *_rest) -> None:
        self.sql.append(statement)

    def _committed(self, _connection) -> None:
        self.commits += 1
