"""Tổ chuyên môn: whose a subject is, who leads, and how work is summed and ranked."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.departments import departments, proposed_subjects
from app.domain.ids import AccountId, ClassId, SubjectId
from app.domain.roles import Role
from app.domain.school import Account
from app.readmodels.work_board import (
    ColumnWork,
    Event,
    Grouping,
    Happening,
    Place,
    month_words,
    percent,
    ranked,
    work_lines,
    work_total,
)

TODAY = date(2026, 11, 23)
HEAD = Role.DEPARTMENT_HEAD.value


def account(number: int, unit: str, *roles: str, left: date | None = None) -> Account:
    return Account(AccountId(number), f"u{number}", f"Người {number}", unit, roles, left)


def column(
    teacher: int, klass: int, due: date | None, wanted: int, filled: int, late: int = 0
) -> ColumnWork:
    month = "" if due is None else f"{due:%Y-%m}"
    unit = "Tổ A" if teacher < 5 else "Tổ B"
    at = Place(AccountId(teacher), f"Người {teacher}", unit, ClassId(klass), f"6A{klass}", month)
    return ColumnWork(at, SubjectId(1), "Toán", "tx1", due, wanted, filled, late)


def test_a_department_is_its_members_and_its_subjects():
    people = [
        account(1, "Tổ Toán", HEAD),
        account(2, "Tổ Toán"),
        account(3, "Tổ Văn", left=date(2026, 9, 1)),
        account(4, ""),
    ]
    found = departments(people, {"toan": "Tổ Toán", "cu": "Tổ Cũ"}, ["ngu_van", "toan"])
    assert [(d.name, len(d.members), d.subjects) for d in found] == [
        ("Tổ Cũ", 0, ("cu",)),
        ("Tổ Toán", 2, ("toan",)),
    ]
    assert found[1].head_names == "Người 1"
    assert found[0].head_names == ""


def test_a_subject_is_proposed_to_the_department_that_teaches_it_most():
    homes = {AccountId(1): "Tổ B", AccountId(2): "Tổ A", AccountId(3): ""}
    posts = [("toan", AccountId(1)), ("toan", AccountId(2)), ("toan", AccountId(1)),
             ("van", AccountId(2)), ("van", AccountId(1)), ("nhac", AccountId(3))]  # fmt: skip
    assert proposed_subjects(posts, homes) == {"toan": "Tổ B", "van": "Tổ A"}


def test_what_is_not_due_counts_as_entered_only():
    past, coming = date(2026, 10, 3), date(2027, 1, 10)
    columns = [column(1, 1, past, 10, 8, late=3), column(1, 1, coming, 10, 4),
               column(1, 2, None, 10, 10)]  # fmt: skip
    (line,) = work_lines(columns, (), Grouping.TEACHER, TODAY)
    assert (line.sheets, line.wanted, line.filled, line.entered) == (2, 30, 22, 73)
    assert (line.columns, line.due, line.missing, line.late, line.overdue) == (1, 10, 2, 3, 1)
    assert line.on_time == 50


def test_the_due_day_itself_is_not_late():
    (line,) = work_lines([column(1, 1, TODAY, 10, 0)], (), Grouping.CLASS, TODAY)
    assert (line.due, line.missing, line.on_time, percent(line.on_time)) == (0, 0, None, "–")


def test_lines_by_class_stand_as_people_count_and_by_month_in_order():
    days = (date(2026, 12, 1), date(2026, 9, 1))
    columns = [column(1, number, day, 1, 1) for number in (10, 2) for day in days]
    names = [line.name for line in work_lines(columns, (), Grouping.CLASS, TODAY)]
    assert names == ["Lớp 6A2", "Lớp 6A10"]
    months = [line.name for line in work_lines(columns, (), Grouping.MONTH, TODAY)]
    assert months == ["Tháng 9/2026", "Tháng 12/2026"]
    assert month_words("") == "chưa có hạn"


def test_an_event_of_somebody_without_columns_has_a_line_of_its_own():
    at = Place(AccountId(9), "Người 9", "Tổ B", None, "", "2026-10")
    events = [Event(Happening.FINDING, at), Event(Happening.FINDING, at)]
    (line,) = work_lines((), events, Grouping.DEPARTMENT, TODAY)
    assert (line.name, line.counts, line.sheets) == ("Tổ B", {Happening.FINDING: 2}, 0)


def test_equal_work_shares_a_place_and_idle_people_come_last():
    past = date(2026, 10, 3)
    columns = [column(1, 1, past, 10, 10), column(2, 2, past, 10, 10),
               column(3, 3, past, 10, 5), column(4, 4, None, 10, 0)]  # fmt: skip
    order = ranked(work_lines(columns, (), Grouping.TEACHER, TODAY))
    assert [(place, line.name) for place, line in order] == [
        (1, "Người 1"), (1, "Người 2"), (3, "Người 3"), (4, "Người 4"),
    ]  # fmt: skip


columns_of_a_school = st.lists(
    st.builds(
        column,
        st.integers(1, 9),
        st.integers(1, 4),
        st.none() | st.dates(date(2026, 9, 1), date(2027, 1, 31)),
        st.integers(0, 45),
        st.integers(0, 45),
        st.integers(0, 45),
    ),
    max_size=30,
)


@given(columns_of_a_school)
def test_however_it_is_grouped_the_sums_are_the_same(columns):
    total = work_total(columns, (), TODAY)
    for by in Grouping:
        lines = work_lines(columns, (), by, TODAY)
        for name in ("wanted", "filled", "columns", "due", "missing", "late", "overdue"):
            assert sum(getattr(line, name) for line in lines) == getattr(total, name)


@given(columns_of_a_school)
def test_a_share_is_a_percentage_and_complete_work_in_time_is_all_of_it(columns):
    total = work_total(columns, (), TODAY)
    for share in (total.on_time, total.entered):
        assert share is None or 0 <= share <= 100
    if total.due and not total.missing and not total.late:
        assert total.on_time == 100
