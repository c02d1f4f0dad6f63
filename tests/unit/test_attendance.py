"""School days, spans of months, due days and the limit of 45 buổi."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import VIETNAM
from app.domain.attendance import (
    Absence,
    ClassAttendance,
    Declared,
    Month,
    MonthState,
    Nearness,
    SchoolCalendar,
    SpecialDays,
    days_between,
    in_class,
    month_state,
    nearness,
    parse_absence,
    stopped,
)
from app.domain.ids import PupilId, SchoolYearId
from app.domain.locks import ClassLocks, LateOpening, PeriodClose, YearSeal
from app.domain.periods import Period, Term
from app.domain.school import SchoolYear, term_of_day
from app.errors import RuleRefused

YEAR = SchoolYear(
    SchoolYearId(1), "2026-2027", date(2026, 9, 5), date(2027, 1, 19), date(2027, 5, 31)
)
USUAL = SchoolCalendar(YEAR)
TET = SpecialDays("Tết Nguyên đán", date(2027, 2, 1), date(2027, 2, 28))
AT = datetime(2027, 1, 12, 9, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("text", "found"),
    [("P", Absence.EXCUSED), ("p", Absence.EXCUSED), (" cp ", Absence.EXCUSED),
     ("Có phép", Absence.EXCUSED), ("k", Absence.UNEXCUSED), ("KP", Absence.UNEXCUSED),
     ("không phép", Absence.UNEXCUSED), ("", None), ("  ", None)],
)  # fmt: skip
def test_what_is_typed_for_an_absence(text: str, found: Absence | None) -> None:
    assert parse_absence(text) is found


@pytest.mark.parametrize("text", ["x", "1", "PK", "v", "8,5"])
def test_other_signs_are_refused_with_the_two_that_exist(text: str) -> None:
    with pytest.raises(RuleRefused) as caught:
        parse_absence(text)
    assert caught.value.code == "not_an_absence"
    assert "P (nghỉ có phép), K" in caught.value.sentence


def test_weekends_holidays_and_days_outside_say_why() -> None:
    saturday_off = SchoolCalendar(YEAR, frozenset(range(5)), days=(TET,))
    assert USUAL.why_closed(date(2026, 11, 21)) == ""
    assert saturday_off.why_closed(date(2026, 11, 21)) == "Thứ Bảy, trường không học"
    assert USUAL.why_closed(date(2026, 11, 22)) == "Chủ nhật, trường không học"
    assert saturday_off.why_closed(date(2027, 2, 3)) == "Tết Nguyên đán"
    assert USUAL.why_closed(date(2026, 9, 4)) == "Ngoài năm học 2026–2027"


def test_a_make_up_day_beats_sunday_and_holiday() -> None:
    made_up = SpecialDays("Học bù", date(2027, 2, 7), date(2027, 2, 7), taught=True)
    calendar = SchoolCalendar(YEAR, days=(TET, made_up))
    assert calendar.is_school_day(date(2027, 2, 7))
    assert calendar.holiday(date(2027, 2, 7)) == ""
    assert not calendar.is_school_day(date(2027, 2, 8))


def test_the_month_two_terms_share_has_two_spans() -> None:
    spans = USUAL.spans_of(Month(2027, 1))
    assert [(s.term, s.first.day, s.last.day) for s in spans] == [
        (Term.HK1, 1, 18),
        (Term.HK2, 19, 31),
    ]
    assert [USUAL.words(s) for s in spans] == [
        "tháng 1, phần học kì I",
        "tháng 1, phần học kì II",
    ]
    (october,) = USUAL.spans_of(Month(2026, 10))
    assert USUAL.words(october) == "tháng 10"


def test_months_without_a_lesson_ask_for_nothing() -> None:
    calendar = SchoolCalendar(YEAR, days=(TET,))
    assert calendar.spans_of(Month(2027, 2)) == ()
    assert month_state(calendar, Month(2027, 2), {}, date(2027, 4, 1)) is MonthState.EMPTY


weekdays = st.frozensets(st.integers(0, 6), min_size=1)
ranges = st.lists(
    st.tuples(st.integers(0, 260), st.integers(0, 20), st.booleans()), max_size=5
).map(
    lambda found: tuple(
        SpecialDays(
            "Nghỉ",
            YEAR.starts_on + timedelta(days=first),
            min(YEAR.ends_on, YEAR.starts_on + timedelta(days=first + length)),
            taught,
        )
        for first, length, taught in found
    )
)


@given(weekdays, ranges)
def test_every_school_day_lies_in_exactly_one_span_of_its_own_term(
    days: frozenset[int], special: tuple[SpecialDays, ...]
) -> None:
    calendar = SchoolCalendar(YEAR, days, days=special)
    spans = calendar.spans()
    assert len({span.key for span in spans}) == len(spans)
    for day in days_between(YEAR.starts_on, YEAR.ends_on):
        holding = [s for s in spans if s.first <= day <= s.last]
        if calendar.is_school_day(day):
            assert len(holding) == 1
            assert holding[0].term is term_of_day(YEAR, day)
            assert holding[0].month == Month.of(day)
    for span in spans:
        assert calendar.is_school_day(calendar.last_school_day(span))


@given(st.integers(2000, 2100), st.integers(1, 12))
def test_months_follow_each_other_and_read_back(year: int, number: int) -> None:
    month = Month(year, number)
    assert Month.read(month.iso) == month
    assert month.last + timedelta(days=1) == month.next.first
    assert Month.of(month.last) == month < month.next


def test_the_due_day_is_of_the_next_month_and_a_setting() -> None:
    assert USUAL.due_on(Month(2026, 12)) == date(2027, 1, 5)
    assert SchoolCalendar(YEAR, due_day=6).due_on(Month(2026, 9)) == date(2026, 10, 6)


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2026, 9, 30), MonthState.AHEAD), (date(2026, 10, 1), MonthState.RUNNING),
     (date(2026, 10, 30), MonthState.RUNNING), (date(2026, 10, 31), MonthState.WAITING),
     (date(2026, 11, 5), MonthState.WAITING), (date(2026, 11, 6), MonthState.OVERDUE)],
)  # fmt: skip
def test_a_month_nobody_declared(today: date, state: MonthState) -> None:
    assert month_state(USUAL, Month(2026, 10), {}, today) is state


def test_a_declared_month_is_done_or_late_and_half_a_month_is_neither() -> None:
    october, january = Month(2026, 10), Month(2027, 1)
    said = {(october, Term.HK1): Declared(october, Term.HK1, AT, "Bình", late=True)}
    assert month_state(USUAL, october, said, date(2027, 3, 1)) is MonthState.LATE
    said = {(january, Term.HK1): Declared(january, Term.HK1, AT, "Bình")}
    assert month_state(USUAL, january, said, date(2027, 1, 18)) is MonthState.AHEAD
    assert month_state(USUAL, january, said, date(2027, 1, 20)) is MonthState.RUNNING
    said[january, Term.HK2] = Declared(january, Term.HK2, AT, "Bình")
    assert month_state(USUAL, january, said, date(2027, 1, 30)) is MonthState.DONE


@pytest.mark.parametrize(
    ("total", "how"),
    [(0, Nearness.FAR), (35, Nearness.FAR), (36, Nearness.NEAR), (44, Nearness.NEAR),
     (45, Nearness.AT_LIMIT), (46, Nearness.OVER)],
)  # fmt: skip
def test_forty_five_is_allowed_and_forty_six_is_not(total: int, how: Nearness) -> None:
    assert nearness(total, 45) is how


def test_totals_are_parted_by_term() -> None:
    pupil = PupilId(7)
    days = {
        date(2026, 9, 7): Absence.EXCUSED,
        date(2027, 1, 18): Absence.UNEXCUSED,
        date(2027, 1, 19): Absence.UNEXCUSED,
    }
    kept = ClassAttendance(USUAL, {pupil: days})
    assert kept.count(pupil, Term.HK1) == (1, 1)
    assert kept.count(pupil, Term.HK2) == (0, 1)
    assert kept.count(PupilId(8), Term.HK1) == (0, 0)
    assert kept.total(pupil) == 3
    assert kept.missing_words(Term.HK1).startswith("tháng 9, tháng 10")


def test_who_sat_in_the_class() -> None:
    joined, left = date(2026, 10, 1), date(2026, 11, 1)
    assert not in_class(date(2026, 9, 30), joined, left)
    assert in_class(joined, joined, left)
    assert not in_class(left, joined, left)
    assert in_class(left, joined, None)


CLOSED = ClassLocks(closes={Period.HK1: PeriodClose(Period.HK1, AT, "Lê Văn Khải", "7/QĐ", "")})


def test_no_entry_window_is_needed_until_the_close() -> None:
    today = date(2026, 12, 1)
    assert stopped(ClassLocks(), Term.HK1, today, is_empty=False) is None
    why = stopped(CLOSED, Term.HK1, today, is_empty=True)
    assert why is not None
    assert "đã chốt ngày 12/01/2027 theo QĐ số 7/QĐ" in why.sentence
    assert "mở bổ sung" in why.sentence
    assert why.action == "correction"
    assert stopped(CLOSED, Term.HK2, today, is_empty=False) is None


def test_a_late_opening_lets_only_empty_days_be_filled() -> None:
    opening = LateOpening(1, None, Period.HK1, date(2027, 1, 20), date(2027, 1, 25), "9/QĐ")
    locks = ClassLocks(late_openings=(opening,), closes=CLOSED.closes)
    during, after = date(2027, 1, 22), date(2027, 1, 26)
    assert stopped(locks, Term.HK1, during, is_empty=True) is None
    why = stopped(locks, Term.HK1, during, is_empty=False)
    assert why is not None
    assert "chỉ cho ghi thêm" in why.sentence
    assert stopped(locks, Term.HK1, after, is_empty=True) is not None


def test_a_sealed_year_is_only_to_be_looked_at() -> None:
    locks = ClassLocks(seal=YearSeal(AT, "Lê Văn Khải", "x"))
    why = stopped(locks, Term.HK2, date(2027, 6, 1), is_empty=True)
    assert why is not None
    assert "niêm phong" in why.sentence
