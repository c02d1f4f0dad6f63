"""Phiếu kiểm tra công thức: the examples asked again, printed and kept like every paper (M154)."""

from __future__ import annotations

from datetime import date

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.print_runs import FORMULA_SHEET
from app.domain.roles import Role
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.formula_sheet import (
    FormulaAnswer,
    FormulaPart,
    FormulaRow,
    FormulaSheet,
    formula_digest,
)
from app.regulations.registry import circular
from app.services.book_assembly import school_lines
from app.services.class_scope import OVERSEERS
from app.services.formula_check import CheckedExample, check_examples
from app.services.formula_words import place_words, value_words
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.sign_in_directory import current_year
from app.services.standing import require_standing
from app.text import date_vn

PRINTERS = OVERSEERS


class FormulaPapers:
    """Asks the examples and prints the sheet; whoever may print may also show it failing."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def check(self) -> tuple[int, int]:
        """Examples asked, and how many the program answers otherwise."""
        found = check_examples()
        return len(found), sum(not one.passed for one in found)

    def print_sheet(self, actor: Actor) -> CommandResult:
        """One numbered run; the payload is `Printed`."""
        today = self._clock.today()
        checked = check_examples()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, today, "in phiếu kiểm tra công thức", *PRINTERS)
            year = current_year(uow, today)
            if year is None:
                raise RuleRefused(
                    "no_year",
                    "Trường chưa có năm học nên chưa in phiếu kiểm tra công thức có số được; hãy "
                    "lập năm học trước.",
                )
            sheet = _sheet(uow, checked, actor, today)
            stamp = official_stamp(uow, year.id, formula_digest(sheet), self._clock.now())
            pdf = self._press.formula_sheet(sheet, stamp)
            title = f"Phiếu kiểm tra công thức, ngày {date_vn(today)}"
            run = official_run(actor, year.id, FORMULA_SHEET, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)


def formula_parts(checked: tuple[CheckedExample, ...]) -> tuple[FormulaPart, ...]:
    """Examples by circular, in their order, in words."""
    ids = dict.fromkeys(one.example.circular for one in checked)
    return tuple(
        FormulaPart(
            circular(name).number,
            circular(name).subject,
            tuple(_row(one) for one in checked if one.example.circular == name),
        )
        for name in ids
    )


def _row(one: CheckedExample) -> FormulaRow:
    example = one.example
    return FormulaRow(
        example.given,
        example.clause,
        tuple(
            FormulaAnswer(
                place_words(path),
                value_words(path, value),
                value_words(path, one.found[path]),
                one.found[path] != value,
            )
            for path, value in example.expected.items()
        ),
    )


def _sheet(
    uow: UnitOfWork, checked: tuple[CheckedExample, ...], actor: Actor, today: date
) -> FormulaSheet:
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    people = uow.accounts.all(today)
    return FormulaSheet(
        school=school_lines(school),
        day=today.day,
        month=today.month,
        year=today.year,
        parts=formula_parts(checked),
        principal=next((a.full_name for a in people if Role.PRINCIPAL.value in a.roles), ""),
        maker=actor.name,
    )
