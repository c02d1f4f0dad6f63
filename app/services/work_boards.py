"""Bảng theo dõi: how far teachers, tổ, classes and months are, and what each person has to do.

Leaders and the office look at the whole school, a tổ trưởng at the own tổ (M58, M117, M195).
"""

from __future__ import annotations

from app.actor import Actor
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.domain.periods import EntryTerm
from app.ports import UowFactory
from app.presses import PlainTable
from app.readmodels.work_board import (
    Grouping,
    Happening,
    PersonTasks,
    WorkBoard,
    WorkLine,
    percent,
    work_lines,
    work_total,
)
from app.services.departments import permit_department
from app.services.standing import standing
from app.services.task_sentences import due_words, task_sentence
from app.services.tasks import Tasks
from app.services.work_facts import read_work
from app.text import date_vn, name_key

_HEADER = (
    "Số sổ",
    "Ô phải có",
    "Ô đã ghi",
    "% đã ghi",
    "Cột đến hạn",
    "Ô đến hạn",
    "Ô còn thiếu",
    "Ô ghi muộn",
    "Cột quá hạn",
    "% đúng hạn",
)


class WorkBoards:
    """Reads only."""

    def __init__(self, uows: UowFactory, clock: Clock, tasks: Tasks) -> None:
        self._uows = uows
        self._clock = clock
        self._tasks = tasks

    def board(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        term: EntryTerm,
        by: Grouping,
        department: str = "",
        month: str = "",
    ) -> WorkBoard:
        """The lines of a tổ ("" of the school) in a term, or of one month ("2026-10") of it."""
        today = self._clock.today()
        with self._uows.read() as uow:
            permit_department(standing(uow, actor, today), department)
            facts = read_work(uow, year_id, term, today)
        columns, _ = facts.narrowed(department, "")
        months = sorted({column.at.month for column in columns if column.at.month})
        columns, events = facts.narrowed(department, month)
        return WorkBoard(
            department,
            term.value,
            month,
            by,
            work_lines(columns, events, by, today),
            work_total(columns, events, today),
            tuple(months),
        )

    def people(
        self, actor: Actor, year_id: SchoolYearId, department: str = ""
    ) -> tuple[PersonTasks, ...]:
        """Whoever has something to do, the most overdue first; as they see it on Bàn làm việc."""
        today = self._clock.today()
        with self._uows.read() as uow:
            permit_department(standing(uow, actor, today), department)
            accounts = {
                account.id: account
                for account in uow.accounts.all(today)
                if account.disabled_on is None and department in ("", account.department)
            }
        found = self._tasks.of_people(year_id, accounts)
        people = [
            PersonTasks(key, accounts[key].full_name, accounts[key].department, tasks)
            for key, tasks in found.items()
            if tasks
        ]
        return tuple(sorted(people, key=lambda one: (-one.overdue(today), name_key(one.name))))

    def people_table(self, people: tuple[PersonTasks, ...]) -> PlainTable:
        """A line a task, for a workbook."""
        today = self._clock.today()
        rows = [
            (one.name, one.department, task_sentence(task), date_vn(task.due),
             due_words(task.due, today))
            for one in people
            for task in one.tasks
        ]  # fmt: skip
        return PlainTable("Việc từng người", [("Họ tên", "Tổ", "Việc", "Hạn", "Còn"), *rows])


def board_table(board: WorkBoard) -> PlainTable:
    """The board for a workbook, its sum last."""
    head = (board.by.value, "Tổ", *_HEADER, *(kind.value for kind in Happening))
    return PlainTable(
        board.by.value,
        [head, *map(_row, board.lines), ("Cộng", "", *_row(board.total)[2:])],
    )


def _row(line: WorkLine) -> tuple[str | int, ...]:
    return (
        line.name,
        line.note,
        line.sheets,
        line.wanted,
        line.filled,
        percent(line.entered),
        line.columns,
        line.due,
        line.missing,
        line.late,
        line.overdue,
        percent(line.on_time),
        *(line.counts.get(kind, 0) for kind in Happening),
    )
