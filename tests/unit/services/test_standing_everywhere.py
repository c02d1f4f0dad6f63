"""Rights are those of the moment of writing, also for a session that signed in earlier."""

from datetime import timedelta

import pytest

from app.domain.periods import Period
from app.domain.roles import Role
from app.errors import AccessDenied, RuleRefused
from app.readmodels.class_book import BookScope
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.conduct_entry import ConductEntry
from app.services.corrections import Corrections
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from app.services.printing import Printing
from exports.press import Paper, Tables
from tests.support.school import make_school


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=3)


def open_term(school):
    today = school.clock.today()
    EntryControl(school.uow, school.clock).open_window(
        school.actor("principal"), school.year_id, Period.HK1, today, today + timedelta(days=30),
        "9/QĐ", today,
    )  # fmt: skip


def test_an_office_that_ended_opens_no_window(school):
    stale = school.actor("secretary")
    school.accounts.end_role(
        school.actor("principal"), school.accounts_by_key["secretary"], Role.SECRETARY,
        school.clock.today(),
    )  # fmt: skip
    school.clock.advance(timedelta(days=1))
    today = school.clock.today()
    with pytest.raises(AccessDenied):
        EntryControl(school.uow, school.clock).open_window(
            stale, school.year_id, Period.HK1, today, today, "9/QĐ", today
        )
    with pytest.raises(AccessDenied):
        Printing(school.uow, school.clock, Paper(), Tables()).print_class_book(
            stale, school.class_id, BookScope.TERM_1
        )


def test_a_post_given_to_somebody_else_writes_no_more(school):
    open_term(school)
    stale = school.actor("toan")
    sheet = SheetId(school.class_id, school.subjects["toan"])
    key = CellKey(school.pupils[0], "HK1.tx1")
    entry = MarkEntry(school.uow, school.clock)
    entry.set_cells(stale, sheet, {key: "7"}, "key")
    principal = school.actor("principal")
    other = school.accounts_by_key["tin_hoc"]
    school.assignments.assign(principal, school.class_id, school.subjects["toan"], other)
    school.assignments.assign(principal, school.class_id, None, other)
    before = school.trail_kinds()
    with pytest.raises(Exception, match="không được phân công"):
        entry.set_cells(stale, sheet, {key: "8"}, "key")
    with pytest.raises(Exception, match="chủ nhiệm"):
        ConductEntry(school.uow, school.clock).set_cells(
            stale, school.class_id, {(school.pupils[0], "HK1.level"): "T"}
        )
    with pytest.raises(AccessDenied):
        Corrections(school.uow, school.clock).declare(stale, sheet, {key: "9"}, "a", "b", "c")
    assert school.trail_kinds() == before


def test_a_closed_account_writes_nothing(school):
    open_term(school)
    stale = school.actor("toan")
    school.accounts.disable(school.actor("principal"), school.accounts_by_key["toan"])
    sheet = SheetId(school.class_id, school.subjects["toan"])
    with pytest.raises(RuleRefused, match="không được phân công"):
        MarkEntry(school.uow, school.clock).set_cells(
            stale, sheet, {CellKey(school.pupils[0], "HK1.tx1"): "7"}, "key"
        )
