"""Điểm danh on Bàn làm việc: months to declare and pupils near the limit, over a real file."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.clock import VIETNAM
from app.domain.attendance import Month
from app.domain.periods import Period, Term
from app.readmodels.home import TaskKind
from app.services.attendance_entry import AttendanceEntry
from app.services.period_close import PeriodClosing
from app.services.school_calendar import SchoolCalendars
from app.services.tasks import Tasks
from tests.support.school import make_school


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path)
    yield made
    made.close()


def keep(school):
    """Setting the calendar says that the school keeps điểm danh on this machine."""
    SchoolCalendars(school.uow, school.clock).save(
        school.actor("secretary"), school.year_id, range(6), ()
    )


def found(school, who="homeroom"):
    view = Tasks(school.uow, school.clock).overview(school.actor(who), school.year_id)
    return [task for task in view.tasks if task.kind is TaskKind.ATTENDANCE], view


def declare(school, number):
    AttendanceEntry(school.uow, school.clock).declare(
        school.actor("homeroom"), school.class_id, Month(2026, number), Term.HK1
    )


def test_a_school_that_keeps_it_on_paper_is_not_reminded(school):
    assert found(school)[0] == []


def test_the_first_month_that_is_over_is_one_task_of_the_homeroom_teacher(school):
    keep(school)
    (task,), view = found(school)
    assert (task.month, task.columns, task.due) == ("2026-09", 2, date(2026, 10, 5))
    assert view.overdue == 1
    assert found(school, "tin_hoc")[0] == []
    assert found(school, "secretary")[0] == []
    declare(school, 9)
    (task,), _ = found(school)
    assert (task.month, task.columns) == ("2026-10", 1)
    declare(school, 10)
    assert found(school)[0] == []
    school.clock.move_to(datetime(2026, 11, 30, 18, 0, tzinfo=VIETNAM))
    (task,), view = found(school)
    assert (task.month, task.due) == ("2026-11", date(2026, 12, 5))
    assert view.overdue == 0


def test_months_of_a_closed_term_are_not_asked_for(school):
    keep(school)
    PeriodClosing(school.uow, school.clock).close(
        school.signer("principal"), school.class_id, Period.HK1, "7/QĐ-THCS", "Lớp mẫu"
    )
    assert found(school)[0] == []


def test_pupils_near_the_limit_are_told_to_their_teacher_and_the_office(school):
    calendar = SchoolCalendars(school.uow, school.clock).read(school.year_id)
    days = calendar.school_days(date(2026, 9, 7), date(2026, 11, 23))
    entry = AttendanceEntry(school.uow, school.clock)
    edits = {(school.pupils[0], day): "P" for day in days[:36]}
    edits |= {(school.pupils[1], day): "K" for day in days[:35]}
    entry.set_days(school.actor("homeroom"), school.class_id, edits)
    for who in ("homeroom", "principal"):
        (line,) = found(school, who)[1].absent
        assert (line.class_name, line.total, line.limit) == ("6A", 36, 45)
    assert found(school, "tin_hoc")[1].absent == ()
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, school.pupils[0], school.clock.today(), "Bỏ"
    )
    assert found(school)[1].absent == ()
