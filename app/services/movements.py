"""Biến động học sinh: the history of one pupil and the monthly list of the school (M201)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.actor import Actor
from app.clock import Clock
from app.domain.attendance import Month
from app.domain.ids import AccountId, ClassId, PupilId, SchoolYearId
from app.domain.movements import Movement
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass
from app.errors import AccessDenied
from app.ports import UnitOfWork, UowFactory
from app.presses import PlainTable, TablePress
from app.readmodels.pupil_history import ClassCount, MovementLine, MovementMonth
from app.services.class_scope import readable_classes, sees_roster
from app.services.standing import standing
from app.text import date_vn

HEADER = (
    "STT", "Ngày", "Lớp", "Họ và tên", "Ngày sinh", "Biến động", "Trường đi, trường đến",
    "Giấy tờ", "Lý do", "Người ghi",
)  # fmt: skip
COUNT_HEADER = ("Lớp", "Đầu tháng", "Tăng", "Giảm", "Cuối tháng")


class Movements:
    """Reads; movements are written by `Roster` and the import."""

    def __init__(self, uows: UowFactory, clock: Clock, tables: TablePress) -> None:
        self._uows = uows
        self._clock = clock
        self._tables = tables

    def history(
        self, actor: Actor, class_id: ClassId, pupil_id: PupilId
    ) -> tuple[MovementLine, ...]:
        """Every step of a pupil, oldest first, in all classes and years.

        Raises AccessDenied for somebody who may not see the class.
        """
        with self._uows.read() as uow:
            actor = standing(uow, actor, self._clock.today())
            klass = uow.school.class_(class_id)
            if not sees_roster(actor, class_id):
                raise AccessDenied(
                    "not_your_class",
                    f"Tài khoản {actor.name} không dạy lớp {klass.name} nên không xem được quá "
                    "trình học của học sinh lớp này; hãy chọn lớp mình dạy.",
                    class_id=class_id,
                )
            moves = uow.pupils.movements_of(pupil_id)
            entries = [e for e in uow.roster.entries(class_id) if e.pupil_id == pupil_id]
            return self._lines(uow, moves, {e.pupil_id: e for e in entries}) if entries else ()

    def month(self, actor: Actor, year_id: SchoolYearId, month: Month) -> MovementMonth:
        """What happened in the classes this person may see, with the counts of each class.

        The count on a day is today's count with every later step taken back.
        """
        with self._uows.read() as uow:
            actor = standing(uow, actor, self._clock.today())
            year = uow.school.year(year_id)
            classes = readable_classes(actor, uow.school.classes(year_id))
            seen = {klass.id for klass in classes}
            later = [
                m
                for m in uow.pupils.movements_in(year_id, month.first, date.max)
                if m.class_id in seen
            ]
            within = [m for m in later if m.on <= month.last]
            pupils: dict[PupilId, RosterEntry] = {}
            here = dict.fromkeys(seen, 0)
            for class_id, _, entry in uow.roster.everyone(year_id):
                pupils[entry.pupil_id] = entry
                if class_id in seen and entry.left_on is None:
                    here[class_id] += 1
            ordered = sorted(classes, key=lambda klass: klass.order)
            counts = tuple(_count(klass, here[klass.id], later, within) for klass in ordered)
            return MovementMonth(year.name, month, self._lines(uow, within, pupils), counts)

    def month_workbook(self, found: MovementMonth) -> bytes:
        """The list and the counts as an .xlsx of two sheets."""
        rows: list[Sequence[str | int | None]] = [HEADER]
        rows += [
            (
                number, date_vn(line.on), line.class_name, line.pupil_name, line.born, line.words,
                line.school, line.document, line.reason, line.who,
            )
            for number, line in enumerate(found.lines, 1)
        ]  # fmt: skip
        counts: list[Sequence[str | int | None]] = [COUNT_HEADER]
        counts += [(c.class_name, c.before, c.came, c.went, c.after) for c in found.counts]
        whole = found.counts
        counts.append(
            (
                "Cộng",
                sum(c.before for c in whole),
                sum(c.came for c in whole),
                sum(c.went for c in whole),
                sum(c.after for c in whole),
            )
        )
        title = (
            f"Danh sách biến động học sinh tháng {found.month.number}/{found.month.year}, "
            f"năm học {found.year_name}"
        )
        tables = (PlainTable("Biến động", rows), PlainTable("Sĩ số", counts))
        return self._tables.workbook(tables, title)

    def _lines(
        self,
        uow: UnitOfWork,
        moves: Sequence[Movement],
        pupils: Mapping[PupilId, RosterEntry],
    ) -> tuple[MovementLine, ...]:
        names: dict[AccountId, str] = {
            a.id: a.full_name for a in uow.accounts.all(self._clock.today())
        }
        classes: dict[ClassId, str] = {}
        for move in moves:
            for class_id in (move.class_id, move.other_class_id):
                if class_id is not None and class_id not in classes:
                    classes[class_id] = uow.school.class_(class_id).name
        return tuple(
            MovementLine(
                move.class_id,
                classes[move.class_id],
                move.pupil_id,
                pupils[move.pupil_id].profile.full_name,
                date_vn(pupils[move.pupil_id].profile.birth_date),
                move.kind,
                move.on,
                "" if move.other_class_id is None else classes[move.other_class_id],
                move.paper.school,
                move.paper.document,
                move.reason,
                "" if move.entered_by is None else names.get(move.entered_by, ""),
            )
            for move in moves
        )


def _count(
    klass: SchoolClass, here: int, later: Sequence[Movement], within: Sequence[Movement]
) -> ClassCount:
    came = sum(m.class_id == klass.id and m.kind.comes for m in within)
    went = sum(m.class_id == klass.id and not m.kind.comes for m in within)
    since = [m for m in later if m.class_id == klass.id]
    before = here - sum(1 if m.kind.comes else -1 for m in since)
    return ClassCount(klass.id, klass.name, before, came, went)
