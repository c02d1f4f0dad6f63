"""Bảng quy định đang áp dụng: assembled, printed, kept like every official paper."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.domain.print_runs import RULE_TABLE
from app.domain.roles import Role
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.rule_table import (
    RuleGroupRows,
    RuleLine,
    RuleRow,
    RuleTable,
    rule_table_digest,
)
from app.services.account_papers import PRINTERS
from app.services.book_assembly import school_lines
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.rule_book import rule_board
from app.services.standing import require_standing
from app.text import date_vn


class RulePapers:
    """Prints the rules that the principal signs and everybody reads."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def table(self, actor: Actor, year_id: SchoolYearId) -> RuleTable:
        """The table as it would be printed now."""
        with self._uows.read() as uow:
            return _table(uow, actor, year_id, self._clock.today())

    def print_table(self, actor: Actor, year_id: SchoolYearId) -> CommandResult:
        """One numbered run; the payload is `Printed`."""
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "in bảng quy định", *PRINTERS)
            table = _table(uow, actor, year_id, today)
            stamp = official_stamp(uow, year_id, rule_table_digest(table), self._clock.now())
            pdf = self._press.rule_table(table, stamp)
            title = f"Bảng quy định đang áp dụng, năm học {table.school_year}"
            run = official_run(actor, year_id, RULE_TABLE, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)


def _table(uow: UnitOfWork, actor: Actor, year_id: SchoolYearId, today: date) -> RuleTable:
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    board = rule_board(uow, actor, year_id, today)
    version = board.version
    people = uow.accounts.all(today)
    return RuleTable(
        school=school_lines(school),
        school_year=board.year_name.replace("-", "–"),
        day=today.day,
        month=today.month,
        year=today.year,
        profile=board.profile_title,
        paper=board.profile_paper,
        version=0 if version is None else version.number,
        starts_on="" if version is None else date_vn(version.starts_on),
        decision="" if version is None else version.decision_words,
        groups=tuple(
            RuleGroupRows(group.value, tuple(_row(line) for line in lines))
            for group, lines in groupby(board.lines, key=lambda line: line.spec.group)
        ),
        principal=next((a.full_name for a in people if Role.PRINCIPAL.value in a.roles), ""),
        maker=actor.name,
    )


def _row(line: RuleLine) -> RuleRow:
    words = f"{line.words} {line.spec.on_paper}".strip()
    return RuleRow(line.spec.title, words, line.spec.kept.value)
