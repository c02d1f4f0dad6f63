"""Điểm danh over a real file: who may write which day, months declared, totals, close, book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.clock import VIETNAM
from app.domain.attendance import Absence, Month, MonthState, Nearness, SpecialDays
from app.domain.locks import LateOpening
from app.domain.periods import Period, Term
from app.errors import AccessDenied, AppError, RuleRefused
from app.readmodels.class_book import BookPart, BookScope, class_book_digest
from app.services.attendance_entry import AttendanceEntry
from app.services.book_assembly import assemble_book
from app.services.book_attendance import attendance_gap
from app.services.class_results import load_class, load_results
from app.services.conduct_entry import ConductEntry
from app.services.period_close import PeriodClosing, period_facts
from app.services.printing import Printing
from app.services.school_calendar import SchoolCalendars
from app.services.trail_review import TrailReview
from exports.press import Paper, Tables
from tests.support.rules import settle
from tests.support.school import invented_pupil, make_school

OCTOBER = Month(2026, 10)
DAY = date(2026, 10, 5)


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path)
    yield made
    made.close()


@pytest.fixture
def entry(school):
    return AttendanceEntry(school.uow, school.clock)


def go(school, *when):
    """Move the clock to a day and sign whoever acts in anew."""
    school.clock.move_to(datetime(*when, 9, 0, tzinfo=VIETNAM))


def write(school, entry, marks, who="homeroom", gesture="key"):
    edits = {(school.pupils[at], day): text for (at, day), text in marks.items()}
    return entry.set_days(school.actor(who), school.class_id, edits, gesture)


def marks_of(school, entry, month=OCTOBER):
    sheet = entry.open(school.actor("homeroom"), school.class_id, month)
    return {
        (row.position - 1, day): sign.value for row in sheet.rows for day, sign in row.marks.items()
    }


def declare(school, entry, upto):
    """Every span until (and with) month `upto`."""
    sheet = entry.open(school.actor("homeroom"), school.class_id)
    for month in sheet.months:
        for span in month.waiting:
            if month.month <= upto and span.last <= school.clock.today():
                entry.declare(school.actor("homeroom"), school.class_id, month.month, span.term)


def close(school, period=Period.HK1):
    PeriodClosing(school.uow, school.clock).close(
        school.signer("principal"), school.class_id, period, "57/QĐ-THCS", "Lớp mẫu"
    )


def facts_of(school):
    with school.uow.read() as uow:
        return load_class(uow, school.class_id)


# ---- writing days


def test_signs_are_written_changed_and_taken_back(school, entry):
    done = write(school, entry, {(0, DAY): "p", (1, DAY): "K"})
    assert done.summary == "Đã lưu 2 ô điểm danh"
    assert marks_of(school, entry) == {(0, DAY): "P", (1, DAY): "K"}
    write(school, entry, {(0, DAY): "k", (1, DAY): ""})
    assert marks_of(school, entry) == {(0, DAY): "K"}
    history = entry.history(school.class_id, school.pupils[0], DAY)
    assert [line.split(": ")[1] for line in history] == ["có mặt → P", "P → K"]


def test_one_gesture_is_one_entry_and_nothing_new_is_none(school, entry):
    before = len(school.trail_kinds())
    write(school, entry, {(at, DAY): "P" for at in range(5)}, gesture="paste")
    assert school.trail_kinds()[before:] == ["attendance.set"]
    same = write(school, entry, {(0, DAY): "P"})
    assert same.summary == "Không có gì thay đổi"
    assert len(school.trail_kinds()) == before + 1


@pytest.mark.parametrize("who", ["tin_hoc", "secretary", "principal"])
def test_only_the_homeroom_teacher_writes(school, entry, who):
    with pytest.raises(AccessDenied) as caught:
        write(school, entry, {(0, DAY): "P"}, who)
    assert "không phải giáo viên chủ nhiệm lớp 6A" in caught.value.sentence
    sheet = entry.open(school.actor(who), school.class_id, OCTOBER)
    assert not sheet.may_enter
    assert not any(day.open for day in sheet.days)
    with pytest.raises(AccessDenied):
        entry.declare(school.actor(who), school.class_id, OCTOBER, Term.HK1)


@pytest.mark.parametrize(
    ("day", "code", "words"),
    [(date(2026, 10, 4), "no_school", "Chủ nhật"), (date(2026, 11, 24), "day_ahead", "chưa tới"),
     (date(2026, 9, 4), "no_school", "Ngoài năm học")],
)  # fmt: skip
def test_days_without_school_and_days_ahead_are_refused(school, entry, day, code, words):
    with pytest.raises(RuleRefused) as caught:
        write(school, entry, {(0, day): "P"})
    assert caught.value.code == code
    assert words in caught.value.sentence


def test_one_bad_cell_writes_nothing_and_each_is_named(school, entry):
    with pytest.raises(RuleRefused) as caught:
        write(school, entry, {(0, DAY): "P", (1, DAY): "x", (2, date(2026, 10, 4)): "K"})
    assert caught.value.code == "cells_refused"
    assert set(caught.value.facts["cells"]) == {
        (school.pupils[1], DAY),
        (school.pupils[2], date(2026, 10, 4)),
    }
    assert marks_of(school, entry) == {}


def test_pupils_who_were_not_there_yet_or_left_are_refused(school, entry):
    secretary = school.actor("secretary")
    school.rosters.add_pupil(secretary, school.class_id, invented_pupil(900), date(2026, 10, 12))
    school.rosters.mark_left(
        secretary, school.class_id, school.pupils[0], date(2026, 10, 20), "Chuyển trường"
    )
    sheet = entry.open(school.actor("homeroom"), school.class_id, OCTOBER)
    new = next(row for row in sheet.rows if row.joined_on == date(2026, 10, 12))
    who = school.actor("homeroom")
    for pupil, day, code in (
        (new.pupil_id, date(2026, 10, 10), "before_joining"),
        (school.pupils[0], date(2026, 10, 20), "pupil_left"),
    ):
        with pytest.raises(RuleRefused) as caught:
            entry.set_days(who, school.class_id, {(pupil, day): "P"})
        assert caught.value.code == code
    entry.set_days(who, school.class_id, {(school.pupils[0], date(2026, 10, 19)): "P"})
    entry.set_days(who, school.class_id, {(new.pupil_id, date(2026, 10, 12)): "K"})


def test_days_after_the_due_day_are_accepted_and_marked_late(school, entry):
    write(school, entry, {(0, DAY): "P", (0, date(2026, 11, 20)): "P"})
    sheet = entry.open(school.actor("homeroom"), school.class_id, OCTOBER)
    assert sheet.rows[0].late == frozenset({DAY})
    sheet = entry.open(school.actor("homeroom"), school.class_id, Month(2026, 11))
    assert sheet.rows[0].late == frozenset()


def test_a_day_voids_the_homeroom_confirmation_of_its_own_term(school, entry):
    from app.ports import Confirmation

    who = school.actor("homeroom")
    with school.uow.write() as uow:
        for period in (Period.HK1, Period.HK2):
            uow.control.add_confirmation(
                Confirmation(school.class_id, None, period, who.account_id, "", school.clock.now())
            )
        uow.commit()
    write(school, entry, {(0, DAY): "P"})
    with school.uow.read() as uow:
        assert [c.period for c in uow.control.confirmations(school.class_id)] == [Period.HK2]


# ---- moves between classes


def test_days_of_a_former_class_count_but_are_not_shown_again(school, entry):
    pupil, secretary = school.pupils[0], school.actor("secretary")
    other = school.add_class("6B")
    write(school, entry, {(0, DAY): "P"})
    school.rosters.move_class(
        secretary, school.class_id, other, pupil, date(2026, 10, 20), "gần nhà"
    )
    sheet = entry.open(school.actor("principal"), other, OCTOBER)
    (row,) = sheet.rows
    assert (row.marks, row.before, row.year_total) == ({}, 1, 1)
    with school.uow.read() as uow:
        assert not load_class(uow, other).attendance  # 6B itself keeps nothing yet
    old = entry.open(school.actor("homeroom"), school.class_id, OCTOBER)
    assert old.rows[0].marks == {DAY: Absence.EXCUSED}


def test_days_written_before_a_leaving_was_known_do_not_count(school, entry):
    write(school, entry, {(0, DAY): "P", (0, date(2026, 10, 20)): "K"})
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, school.pupils[0], date(2026, 10, 12), "Bỏ học"
    )
    row = entry.open(school.actor("homeroom"), school.class_id, OCTOBER).rows[0]
    assert row.marks == {DAY: Absence.EXCUSED}
    assert row.year_total == 1
    assert facts_of(school).attendance.total(school.pupils[0]) == 1


# ---- months


def test_a_month_is_declared_once_after_its_last_lesson(school, entry):
    who = school.actor("homeroom")
    with pytest.raises(RuleRefused) as caught:
        entry.declare(who, school.class_id, Month(2026, 11), Term.HK1)
    assert caught.value.code == "month_running"
    assert "30/11/2026" in caught.value.sentence
    done = entry.declare(who, school.class_id, OCTOBER, Term.HK1)
    assert done.summary == "Đã báo đủ điểm danh tháng 10 lớp 6A (muộn)"
    with pytest.raises(RuleRefused) as caught:
        entry.declare(who, school.class_id, OCTOBER, Term.HK1)
    assert caught.value.code == "already_declared"
    with pytest.raises(RuleRefused) as caught:
        entry.declare(who, school.class_id, Month(2026, 7), Term.HK1)
    assert caught.value.code == "no_such_month"


def test_states_of_the_months_follow_the_day(school, entry):
    who = school.actor("homeroom")

    def states():
        sheet = entry.open(who, school.class_id)
        return {m.month.number: m.state for m in sheet.months}

    assert states()[9] is MonthState.OVERDUE
    assert states()[11] is MonthState.RUNNING
    assert states()[12] is MonthState.AHEAD
    go(school, 2026, 12, 2)
    assert states()[11] is MonthState.WAITING
    entry.declare(who, school.class_id, Month(2026, 11), Term.HK1)
    assert states()[11] is MonthState.DONE
    entry.declare(who, school.class_id, OCTOBER, Term.HK1)
    assert states()[10] is MonthState.LATE


def test_without_a_month_the_page_opens_on_today_or_the_nearest(school, entry):
    who = school.actor("homeroom")
    assert entry.open(who, school.class_id).month == Month(2026, 11)
    assert entry.open(who, school.class_id, Month(2028, 1)).month == Month(2027, 5)
    assert entry.open(who, school.class_id, Month(2026, 1)).month == Month(2026, 9)


# ---- totals instead of typed ones


def test_a_term_that_keeps_attendance_counts_its_own_days_absent(school, entry):
    from tests.gui.page_kit import open_windows

    open_windows(school)
    conduct = ConductEntry(school.uow, school.clock)
    who, pupil = school.actor("homeroom"), school.pupils[0]
    conduct.set_cells(
        who, school.class_id, {(pupil, "HK1.excused"): "7", (pupil, "HK1.unexcused"): "1"}
    )
    write(school, entry, {(0, DAY): "P"})
    sheet = conduct.open(who, school.class_id)
    assert sheet.rows[0].texts["HK1.excused"] == "1"
    assert sheet.rows[0].texts["HK1.unexcused"] == "0"
    assert sheet.rows[0].texts["YEAR.absences"] == "–"
    assert not sheet.editable["HK1.excused"]
    assert sheet.editable["HK2.excused"]
    assert sheet.editable["HK1.level"]
    assert "máy đếm từ trang Điểm danh" in sheet.locked_why["HK1.excused"]
    assert "tháng 9" in sheet.locked_why["HK1.excused"]
    with pytest.raises(RuleRefused) as caught:
        conduct.set_cells(who, school.class_id, {(pupil, "HK1.excused"): "3"})
    assert caught.value.code == "from_attendance"
    # A level saved beside it neither loses nor overwrites what was typed before.
    conduct.set_cells(who, school.class_id, {(pupil, "HK1.level"): "T"})
    with school.uow.read() as uow:
        (row,) = uow.marks.conduct(school.class_id)
    assert (row.level, row.excused, row.unexcused) == ("Tốt", 7, 1)
    # Once the only day is gone, the typed total speaks again.
    write(school, entry, {(0, DAY): ""})
    assert conduct.open(who, school.class_id).rows[0].texts["HK1.excused"] == "7"


def test_the_years_total_waits_for_every_month_and_then_is_exact(school, entry):
    write(school, entry, {(0, DAY): "P", (0, date(2026, 10, 6)): "K"})
    assert facts_of(school).absences(school.pupils[0]) is None
    go(school, 2027, 5, 31)
    write(school, entry, {(0, date(2027, 3, 1)): "K"})
    declare(school, entry, Month(2027, 4))
    assert facts_of(school).absences(school.pupils[0]) is None
    declare(school, entry, Month(2027, 5))
    facts = facts_of(school)
    assert facts.absences(school.pupils[0]) == 3
    assert facts.absences(school.pupils[1]) == 0
    with school.uow.read() as uow:
        assert load_results(uow, school.class_id).absences(school.pupils[0]) == 3


def test_near_the_limit_is_listed_from_36_on(school, entry):
    calendar = SchoolCalendars(school.uow, school.clock).read(school.year_id)
    days = calendar.school_days(date(2026, 9, 7), date(2026, 11, 23))
    write(school, entry, {(0, day): "P" for day in days[:36]})
    write(school, entry, {(1, day): "K" for day in days[:46]})
    write(school, entry, {(2, day): "K" for day in days[:35]})
    near = entry.open(school.actor("homeroom"), school.class_id).near
    assert [(line.position, line.total, line.nearness) for line in near] == [
        (2, 46, Nearness.OVER),
        (1, 36, Nearness.NEAR),
    ]


# ---- close and seal


def test_after_the_close_only_a_late_opening_lets_days_be_added(school, entry):
    write(school, entry, {(0, DAY): "P"})
    close(school)
    for text in ("", "K"):
        with pytest.raises(RuleRefused) as caught:
            write(school, entry, {(0, DAY): text})
        assert caught.value.code == "locked"
        assert "đã chốt" in caught.value.sentence
    with pytest.raises(RuleRefused):
        write(school, entry, {(1, DAY): "P"})
    with pytest.raises(RuleRefused) as caught:
        entry.declare(school.actor("homeroom"), school.class_id, OCTOBER, Term.HK1)
    assert caught.value.code == "locked"
    sheet = entry.open(school.actor("homeroom"), school.class_id, OCTOBER)
    assert not any(day.open for day in sheet.days)
    assert sheet.chip.startswith("Đã chốt")
    today = school.clock.today()
    with school.uow.write() as uow:
        uow.control.add_late_opening(
            school.class_id,
            LateOpening(0, None, Period.HK1, today, today, "60/QĐ"),
            today,
            school.actor("principal").account_id,
            school.clock.now(),
        )
        uow.commit()
    write(school, entry, {(1, DAY): "P"})
    with pytest.raises(RuleRefused):
        write(school, entry, {(0, DAY): "K"})
    sheet = entry.open(school.actor("homeroom"), school.class_id, OCTOBER)
    assert next(day for day in sheet.days if day.day == DAY).fill_only


def test_the_report_before_a_close_names_the_months(school, entry):
    write(school, entry, {(0, DAY): "P"})
    report = PeriodClosing(school.uow, school.clock).report(school.class_id, Period.HK1)
    found = {finding.subject: finding for finding in report.findings}
    assert "Chuyên cần" not in found
    assert found["Điểm danh"].blocking
    assert found["Điểm danh"].text.startswith("chưa báo đủ tháng 9, tháng 10")
    assert found["Điểm danh"].count == 5
    assert "tháng 11 báo đủ được từ buổi học cuối, 30/11/2026" in found["Điểm danh"].text


def test_the_last_month_is_declared_after_the_last_lesson_of_the_calendar(school, entry):
    """Days off until the end of May: nobody waits for 31/05 (issue of the office)."""
    write(school, entry, {(0, DAY): "P"})
    last, who = date(2027, 5, 26), school.actor("homeroom")
    with school.uow.write() as uow:
        calendar = uow.attendance.calendar(uow.school.year(school.year_id))
        off = SpecialDays("Nghỉ hè", date(2027, 5, 27), calendar.year.ends_on)
        uow.attendance.save_calendar(replace(calendar, days=(*calendar.days, off)))
        uow.commit()
    go(school, 2027, 5, 25)
    with pytest.raises(RuleRefused) as caught:
        entry.declare(who, school.class_id, Month(2027, 5), Term.HK2)
    assert "26/05/2027" in caught.value.sentence
    go(school, last.year, last.month, last.day)
    assert entry.declare(who, school.class_id, Month(2027, 5), Term.HK2).summary.endswith("lớp 6A")


def test_the_digest_of_a_close_holds_the_days_and_only_where_they_exist(school, entry):
    before = period_facts(facts_of(school), Period.HK1)
    assert "attendance" not in before
    write(school, entry, {(0, DAY): "P"})
    declare(school, entry, OCTOBER)
    found = period_facts(facts_of(school), Period.HK1)
    assert found["attendance"] == {
        "months": ["2026-09 HK1", "2026-10 HK1"],
        "days": {"1": {"2026-10-05": "P"}},
    }
    go(school, 2027, 2, 1)
    write(school, entry, {(0, date(2027, 1, 25)): "P"})
    assert period_facts(facts_of(school), Period.HK1) == found


# ---- the book


def book(school, scope):
    with school.uow.read() as uow:
        made = assemble_book(uow, school.class_id, scope, school.clock.today())
        return made, attendance_gap(uow, school.class_id, scope)


def test_the_book_has_its_attendance_part_only_when_complete(school, entry):
    made, gap = book(school, BookScope.TERM_1)
    assert made.attendance == ()
    assert "chưa điểm danh tháng nào" in gap
    digest = class_book_digest(made)
    go(school, 2027, 1, 18)
    write(school, entry, {(0, DAY): "P", (1, DAY): "K", (0, date(2027, 1, 5)): "P"})
    declare(school, entry, Month(2026, 12))
    made, gap = book(school, BookScope.TERM_1)
    assert made.attendance == ()
    assert "chưa báo đủ tháng 1, phần học kì I" in gap
    assert "tháng 12" not in gap
    declare(school, entry, Month(2027, 1))
    made, gap = book(school, BookScope.TERM_1)
    assert gap == ""
    assert [page.month for page in made.attendance] == [9, 10, 11, 12, 1]
    assert class_book_digest(made) != digest
    october = made.attendance[1]
    assert len(october.days) == 31
    assert (october.days[3].weekday, october.days[3].taught) == ("CN", False)
    first = october.rows[0]
    assert (first.signs[4], first.excused, first.unexcused) == ("P", 1, 0)
    january = made.attendance[4]
    assert [day.number for day in january.days if day.taught][-1] == 18
    _, gap = book(school, BookScope.YEAR)
    assert "tháng 1, phần học kì II, tháng 2" in gap


def test_the_attendance_part_alone_waits_for_every_month_and_names_those_missing(school, entry):
    secretary = school.actor("secretary")
    press = Printing(school.uow, school.clock, Paper(), Tables())

    def attendance_part():
        return press.print_class_book(
            secretary, school.class_id, BookScope.YEAR, part=BookPart.ATTENDANCE
        )

    go(school, 2027, 6, 20)
    write(school, entry, {(0, DAY): "P"})
    declare(school, entry, Month(2027, 3))
    with pytest.raises(RuleRefused) as caught:
        attendance_part()
    assert caught.value.code == "attendance_incomplete"
    assert "báo đủ điểm danh tháng 4, tháng 5" in caught.value.sentence
    assert "tháng 3" not in caught.value.sentence
    declare(school, entry, Month(2027, 6))
    run = attendance_part().payload.run
    assert (run.kind, run.period) == ("class_book_attendance", "")
    assert run.pages >= 9
    assert not press.differs(run)


# ---- the calendar


@pytest.fixture
def calendars(school):
    return SchoolCalendars(school.uow, school.clock)


TEACHERS_DAY = SpecialDays("Ngày Nhà giáo", date(2026, 11, 20), date(2026, 11, 20))


def save(school, calendars, who="secretary", weekdays=range(6), days=()):
    return calendars.save(school.actor(who), school.year_id, weekdays, days)


def test_the_office_sets_the_calendar_and_nobody_else(school, calendars, entry):
    save(school, calendars, weekdays=range(5), days=[TEACHERS_DAY])
    kept = calendars.read(school.year_id)
    assert kept.weekdays == frozenset(range(5))
    assert (kept.due_day, kept.days) == (5, (TEACHERS_DAY,))
    settle(school, {"attendance.due_day": "6"})
    assert calendars.read(school.year_id).due_day == 6
    for day, words in ((date(2026, 11, 20), "Ngày Nhà giáo"), (date(2026, 11, 21), "Thứ Bảy")):
        with pytest.raises(RuleRefused) as caught:
            write(school, entry, {(0, day): "P"})
        assert words in caught.value.sentence
    with pytest.raises(AccessDenied):
        save(school, calendars, who="homeroom")


@pytest.mark.parametrize(
    ("change", "code"),
    [({"weekdays": ()}, "no_weekday"),
     ({"days": [SpecialDays(" ", date(2026, 11, 2), date(2026, 11, 2))]}, "day_name"),
     ({"days": [SpecialDays("A", date(2026, 11, 3), date(2026, 11, 2))]}, "days_backwards"),
     ({"days": [SpecialDays("A", date(2026, 8, 3), date(2026, 8, 4))]}, "days_outside"),
     ({"days": [SpecialDays("A", date(2026, 11, 3), date(2026, 11, 9)), TEACHERS_DAY,
                SpecialDays("B", date(2026, 11, 9), date(2026, 11, 9))]}, "days_overlap")],
)  # fmt: skip
def test_impossible_calendars_are_refused(school, calendars, change, code):
    with pytest.raises(RuleRefused) as caught:
        save(school, calendars, **change)
    assert caught.value.code == code
    assert calendars.read(school.year_id).days == ()


def test_a_day_with_absences_cannot_become_a_holiday(school, calendars, entry):
    write(school, entry, {(0, date(2026, 11, 20)): "P"})
    with pytest.raises(RuleRefused) as caught:
        save(school, calendars, days=[TEACHERS_DAY])
    assert caught.value.code == "day_has_absences"
    assert "20/11/2026" in caught.value.sentence
    assert "6A" in caught.value.sentence


def test_days_of_a_closed_term_stay_as_they_are(school, calendars):
    close(school)
    with pytest.raises(RuleRefused) as caught:
        save(school, calendars, days=[TEACHERS_DAY])
    assert caught.value.code == "term_closed"
    save(school, calendars, days=[SpecialDays("Giỗ Tổ", date(2027, 4, 15), date(2027, 4, 15))])


def test_a_new_school_day_asks_for_its_month_again(school, calendars, entry):
    save(school, calendars, days=[SpecialDays("Nghỉ mưa", date(2026, 10, 8), date(2026, 10, 9))])
    declare(school, entry, OCTOBER)
    done = save(school, calendars)
    assert "1 tháng của các lớp phải báo đủ lại" in done.summary
    sheet = entry.open(school.actor("homeroom"), school.class_id)
    assert {m.month.number for m in sheet.months if m.declared} == {9}


def test_saving_the_same_calendar_twice_tells_nothing(school, calendars):
    save(school, calendars)
    before = len(school.trail_kinds())
    assert save(school, calendars).summary == "Lịch năm học không đổi"
    assert len(school.trail_kinds()) == before


def test_the_trail_says_each_act_in_words(school, calendars, entry):
    save(school, calendars, weekdays=range(5), days=[TEACHERS_DAY])
    write(school, entry, {(0, DAY): "P", (1, date(2026, 11, 2)): "K"}, gesture="paste")
    entry.declare(school.actor("homeroom"), school.class_id, OCTOBER, Term.HK1)
    lines = TrailReview(school.uow).lines(school.actor("principal"))
    said = [line.sentence for line in lines][:3]
    assert said == [
        "Báo đủ điểm danh tháng 10/2026 (học kì I) lớp 6A: 1 buổi có phép, 0 không phép, muộn hạn",
        "Điểm danh lớp 6A tháng 10/2026, tháng 11/2026, dán: 2 ô",
        "Lịch năm học 2026-2027: ngày học T2 T3 T4 T5 T6 T7 → T2 T3 T4 T5 T6; "
        "thêm Ngày Nhà giáo 20/11/2026",
    ]


def test_a_refusal_leaves_the_chain_alone(school, entry):
    before = school.trail_kinds()
    with pytest.raises(AppError):
        write(school, entry, {(0, date(2026, 10, 4)): "P"})
    assert school.trail_kinds() == before
