"""Việc của tôi over a real file: what each person is asked to do, and how cheaply."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.clock import VIETNAM, SetClock
from app.domain.corrections import CaseKind
from app.domain.marks import CellState
from app.domain.periods import Period, Term
from app.domain.roles import Role
from app.domain.rule_catalogue import ALLOCATION_DAY, NAMED_MARKS
from app.readmodels.home import SetupStep, Stage, TaskKind
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from app.services.rule_book import RuleBook
from app.services.sign_off import SignOffs
from app.services.task_sentences import task_sentence
from app.services.tasks import Tasks
from tests.support.record_book import RecordBook, book
from tests.support.rules import settle as settle_rules
from tests.support.school import found_school, make_school

OPENED = date(2026, 11, 16)
CLOSES = date(2027, 1, 15)


@pytest.fixture
def school(tmp_path):
    school = make_school(tmp_path, SetClock(datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)))
    yield school
    school.close()


@pytest.fixture
def opened(school):
    EntryControl(school.uow, school.clock).open_window(
        school.actor("principal"), school.year_id, Period.HK1, OPENED, CLOSES, "12/QĐ", OPENED
    )
    return school


def view(school, who):
    return Tasks(school.uow, school.clock).overview(school.actor(who), school.year_id)


def kinds(found):
    return [task.kind for task in found.tasks]


def fill(school, code, columns=None, leave=0):
    """Type marks into a subject's HK1 columns, all but the last `leave` pupils."""
    sheet = SheetId(school.class_id, school.subjects[code])
    entry = MarkEntry(school.uow, school.clock)
    who = school.actor(code)
    seen = entry.open(who, sheet)
    keys = [
        c.key
        for c in seen.columns
        if c.term is Term.HK1 and not c.computed and not c.is_comment
        and (columns is None or c.code in columns)
    ]  # fmt: skip
    pupils = school.pupils[: len(school.pupils) - leave]
    text = "8" if seen.kind.value == "marks" else "Đ"
    entry.set_cells(who, sheet, {CellKey(p, k): text for p in pupils for k in keys}, "paste")


def test_nothing_to_type_before_a_window_opens(school):
    found = view(school, "tin_hoc")
    assert found.tasks == ()
    assert found.next_to_end is None
    assert kinds(view(school, "principal")) == [TaskKind.OPEN_WINDOW]


def test_a_class_without_a_list_is_still_to_be_filled(opened):
    opened.add_class("6B")
    steps = [task.step for task in view(opened, "principal").tasks if task.step is not None]
    assert steps == [SetupStep.ROSTERS]


def test_a_teacher_is_asked_for_the_columns_with_the_nearest_day(opened):
    school = opened
    sheet = SheetId(school.class_id, school.subjects["tin_hoc"])
    entry = MarkEntry(school.uow, school.clock)
    who = school.actor("tin_hoc")
    entry.set_dates(who, sheet, "HK1.tx1", date(2026, 11, 10), date(2026, 11, 20))
    fill(school, "tin_hoc", ["tx1"], leave=2)
    (task,) = view(school, "tin_hoc").tasks
    assert (task.kind, task.column, task.due) == (TaskKind.ENTER, "tx1", date(2026, 11, 20))
    assert (task.done, task.total, task.left) == (3, 5, 2)
    gap = Tasks(school.uow, school.clock).first_gap(sheet, Term.HK1, "tx1")
    assert gap == CellKey(school.pupils[3], "HK1.tx1")
    assert view(school, "tin_hoc").overdue == 1


def test_columns_without_a_day_are_due_when_the_window_closes(opened):
    (task,) = view(opened, "tin_hoc").tasks
    assert (task.due, task.column) == (CLOSES, "")
    assert task.total == task.columns * 5


def test_a_full_sheet_is_to_be_confirmed_and_then_gone(opened):
    school = opened
    fill(school, "tin_hoc")
    assert kinds(view(school, "tin_hoc")) == [TaskKind.CONFIRM]
    sheet = SheetId(school.class_id, school.subjects["tin_hoc"])
    MarkEntry(school.uow, school.clock).confirm(school.actor("tin_hoc"), sheet)
    found = view(school, "tin_hoc")
    assert found.tasks == ()
    assert found.subjects[0].confirmed
    assert found.subjects[0].entry is Stage.DONE


def test_pupils_who_left_do_not_count(opened):
    school = opened
    fill(school, "tin_hoc", leave=1)
    assert kinds(view(school, "tin_hoc")) == [TaskKind.ENTER]
    today = school.clock.today()
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, school.pupils[-1], today, "chuyển trường"
    )
    assert kinds(view(school, "tin_hoc")) == [TaskKind.CONFIRM]
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, school.pupils[0], today, "chuyển trường"
    )
    line = view(school, "tin_hoc").subjects[0]
    assert line.filled == line.wanted


def test_the_homeroom_teacher_sees_the_class_and_conduct(opened):
    found = view(opened, "homeroom")
    assert found.homeroom == "6A"
    assert len(found.subjects) == 12
    assert {line.teacher for line in found.subjects} >= {"Nguyễn Thị Bình", "Lý Thị Ngọc"}
    conduct = [task for task in found.tasks if task.kind is TaskKind.CONDUCT]
    assert [(task.done, task.total) for task in conduct] == [(0, 5)]


def test_another_teacher_sees_only_own_sheets(opened):
    found = view(opened, "tin_hoc")
    assert [line.subject_name for line in found.subjects] == ["Tin học"]
    assert found.classes == ()


def test_the_office_sees_classes_and_steps(opened):
    found = view(opened, "secretary")
    (line,) = found.classes
    assert (line.class_name, line.pupils, line.confirmed, line.subjects) == ("6A", 5, 0, 12)
    assert line.entry is Stage.TODO
    assert line.wanted > 0
    assert TaskKind.FREEZE in kinds(found)
    assert found.unfrozen == (), "văn thư has it among the tasks"
    assert view(opened, "vice").unfrozen == ("6A",)
    assert TaskKind.FREEZE not in kinds(view(opened, "vice"))
    assert view(opened, "tin_hoc").unfrozen == ()


def test_a_make_up_test_counts_as_typed(opened):
    """Chờ bù is a state on purpose; the close, not the task list, speaks of it."""
    school = opened
    fill(school, "tin_hoc", leave=1)
    sheet = SheetId(school.class_id, school.subjects["tin_hoc"])
    entry = MarkEntry(school.uow, school.clock)
    who = school.actor("tin_hoc")
    keys = [
        CellKey(school.pupils[-1], c.key)
        for c in entry.open(who, sheet).columns
        if c.term is Term.HK1 and not c.computed and not c.is_comment
    ]
    entry.set_state(who, sheet, keys, CellState.PENDING_MAKEUP, "ốm, cô Mai cho phép")
    assert kinds(view(school, "tin_hoc")) == [TaskKind.CONFIRM]


def test_a_new_school_is_led_step_by_step(tmp_path):
    school = found_school(tmp_path)
    principal = school.actor("principal")
    tasks = Tasks(school.uow, school.clock)
    assert [step for step, done in tasks.setup_steps(None) if not done] == list(SetupStep)
    year = school.setup.add_year(principal, "2026-2027").payload

    def first():
        return next(step for step, done in tasks.setup_steps(year.id) if not done)

    assert first() is SetupStep.SUBJECTS
    school.setup.fill_subjects(principal, year.id)
    assert first() is SetupStep.CLASSES
    assert [task.step for task in tasks.overview(principal, year.id).tasks] == [SetupStep.CLASSES]
    school.setup.add_class(principal, year.id, 6, "6A")
    assert first() is SetupStep.ACCOUNTS
    school.close()


def test_the_week_counts_from_the_first_day(opened):
    assert view(opened, "principal").week == 12
    opened.clock.advance(timedelta(days=7))
    assert view(opened, "principal").week == 13
    opened.clock.advance(timedelta(weeks=-13))
    assert view(opened, "principal").week == 0


def test_few_statements_however_many_classes(opened):
    """A second and third class add their columns, not their own questions."""
    from sqlalchemy import event

    school = opened
    counted = []
    engine = school.uow.read()._engine
    event.listen(engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    view(school, "principal")
    alone = len(counted)
    school.add_class("6B")
    school.add_class("6C")
    counted.clear()
    view(school, "principal")
    assert len(counted) == alone
    # Eight are the settings of the cases, two the dossier of the year, one what lost its signature.
    assert alone <= 43


SECOND_TERM = datetime(2027, 2, 1, 8, tzinfo=VIETNAM)


def left_over(school, who):
    asked = (TaskKind.LEFT_OPEN, TaskKind.PRINT)
    return [
        (task.kind, task.class_name, task.term)
        for task in view(school, who).tasks
        if task.kind in asked
    ]


def test_a_term_left_open_stays_on_the_desk_of_those_who_close_it(opened):
    assert left_over(opened, "principal") == []
    opened.clock.move_to(SECOND_TERM)
    expected = [(TaskKind.LEFT_OPEN, "6A", Term.HK1)]
    for who in ("principal", "secretary", "homeroom"):
        assert left_over(opened, who) == expected
    assert left_over(opened, "tin_hoc") == []


def test_what_an_earlier_term_left_open_stands_before_what_is_due_later(opened):
    opened.clock.move_to(SECOND_TERM)
    leader = opened.actor("principal")
    closes = SECOND_TERM.date().replace(month=5)
    EntryControl(opened.uow, opened.clock).open_window(
        leader, opened.year_id, Period.HK2, SECOND_TERM.date(), closes, "13/QĐ", SECOND_TERM.date()
    )
    found = view(opened, "homeroom").tasks
    at = [task.kind for task in found].index(TaskKind.LEFT_OPEN)
    assert all(task.due < SECOND_TERM.date() for task in found[:at])
    assert [task for task in found[at + 1 :] if task.due == closes]


def test_a_closed_term_without_its_book_is_still_to_be_printed(opened):
    kept = RecordBook(opened)
    kept.open_entry()
    kept.fill(Term.HK1)
    kept.close(Period.HK1)
    opened.clock.move_to(SECOND_TERM)
    assert left_over(opened, "secretary") == [(TaskKind.PRINT, "6A", Term.HK1)]
    assert left_over(opened, "principal") == []


def test_an_empty_class_owes_an_earlier_term_nothing(opened):
    opened.add_class("6B")
    opened.clock.move_to(SECOND_TERM)
    assert {name for _, name, _ in left_over(opened, "principal")} == {"6A"}


def test_a_closed_class_hears_nothing_more_of_the_window(school):
    made = book(school)
    made.fill()
    assert view(school, "tin_hoc").next_to_end is not None
    made.close(Period.HK1)
    found = view(school, "tin_hoc")
    assert found.next_to_end is None
    assert found.running[0].over
    assert view(school, "secretary").next_to_end is None


def test_the_list_is_to_be_fixed_from_the_first_day_of_the_year(tmp_path):
    clock = SetClock(datetime(2026, 9, 3, 8, 30, tzinfo=VIETNAM))
    school = make_school(tmp_path, clock)
    with school.uow.read() as uow:
        first = uow.school.year(school.year_id).starts_on

    def asked(day, who="secretary"):
        clock.move_to(datetime(day.year, day.month, day.day, 8, 30, tzinfo=VIETNAM))
        return TaskKind.FREEZE in kinds(view(school, who))

    assert not asked(first - timedelta(days=1))
    assert asked(first)
    assert not asked(first, "principal")
    settle_rules(school, {ALLOCATION_DAY.key: "09-12"})
    assert not asked(date(2026, 9, 11))
    assert asked(date(2026, 9, 12)), "the rule names the day"
    school.rosters.freeze(school.actor("secretary"), school.class_id)
    assert not asked(date(2026, 9, 14))
    school.close()


def test_a_voided_signature_is_asked_for_again_with_its_reason(school):
    made = book(school)
    made.fill()
    made.close(Period.HK1)
    offs = SignOffs(school.uow, school.clock)

    def again(who="principal"):
        return [t for t in view(school, who).tasks if t.kind is TaskKind.SIGN_AGAIN]

    assert again() == [], "a period nobody signed is no voided signature"
    offs.sign_period(school.signer("principal"), school.class_id, Period.HK1)
    assert again() == []
    made.corrected("toan", {(0, "HK1.tx1"): "9"})
    (task,) = again()
    assert (task.class_name, task.period) == ("6A", Period.HK1)
    assert task.text == "Sửa theo hồ sơ số 01"
    assert task_sentence(task).startswith("Ký duyệt lại học kì I lớp 6A: ")
    assert again("vice") == again("secretary") == []
    offs.sign_period(school.signer("principal"), school.class_id, Period.HK1)
    assert again() == []


def test_the_principal_hears_when_nobody_named_may_approve(school):
    def told(who="principal"):
        return view(school, who).undecidable

    assert told() == ()
    settle_rules(school, {NAMED_MARKS.key: school.uid("vice")})
    assert told() == ()
    school.accounts.end_role(
        school.actor("principal"), school.actor("vice").account_id, Role.VICE_PRINCIPAL
    )
    assert told() == (), "today is the last day of the office"
    school.clock.advance(timedelta(days=1))
    assert told() == (CaseKind.MARKS,)
    assert told("secretary") == ()
    board = RuleBook(school.uow, school.clock).board(school.actor("principal"), school.year_id)
    assert board.undecidable == (CaseKind.MARKS,)
