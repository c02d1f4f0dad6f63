"""Bảng theo dõi, phiếu nhắc việc, báo cáo tháng: counts against a sheet typed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.internal_checks import CheckKind
from app.domain.paper_life import PaperStep, steps_of
from app.domain.papers import DocumentKind
from app.domain.periods import Period, Term, entry_term
from app.domain.print_runs import CHECK_MINUTES, INQUIRY, REMINDERS
from app.domain.roles import Role
from app.domain.rule_catalogue import REMIND_AHEAD
from app.errors import AccessDenied, RuleRefused
from app.readmodels.home import Duty, MyTask, TaskKind
from app.readmodels.work_board import Grouping, Happening, WorkBoard
from app.services.entry_control import EntryControl
from app.services.internal_checks import CheckDraft, FindingDraft
from app.services.task_sentences import due_words, task_sentence
from app.services.work_boards import board_table
from app.workspace import Workspace
from tests.exports.pdf_reading import all_text, assert_archival
from tests.gui.page_kit import workspace
from tests.support.primary_school import make_primary
from tests.support.record_book import RecordBook
from tests.support.rules import settle
from tests.support.school import TestSchool, make_school

UNIT = "Tổ Tự nhiên"
TODAY = date(2026, 11, 23)


@pytest.fixture
def kept(tmp_path: Path) -> RecordBook:
    """Four pupils; ĐĐGtx1 of Tin học was due on 10/10 and two cells came on 23/11."""
    school = make_school(tmp_path, pupils=4)
    principal = school.actor("principal")
    for who in ("toan", "tin_hoc"):
        account = school.accounts_by_key[who]
        school.accounts.edit(principal, account, school.actor(who).name, UNIT)
    since = date(2026, 9, 1)
    head = school.accounts_by_key["toan"]
    school.accounts.grant(principal, head, Role.DEPARTMENT_HEAD, since)
    book = RecordBook(school)
    book.open_entry()
    book.marks.set_dates(
        school.actor("tin_hoc"), book.sheet("tin_hoc"), "HK1.tx1", date(2026, 10, 3),
        date(2026, 10, 10),
    )  # fmt: skip
    book.enter("tin_hoc", {(0, "HK1.tx1"): "8", (1, "HK1.tx1"): "7"})
    book.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    return book


def board(kept: RecordBook, who: str = "principal", **asked: object) -> WorkBoard:
    work = workspace(kept.school, who)
    facts = {"by": Grouping.TEACHER, "department": "", "month": "", **asked}
    return work.work_boards.board(work.session.actor, kept.school.year_id, Term.HK1, **facts)


def words_of(pdf) -> str:
    """Everything on the pages in one line; the file is fit for the archive."""
    assert_archival(pdf)
    return " ".join(" ".join(all_text(pdf)).split())


def line(found: WorkBoard, name: str):
    return next(line for line in found.lines if line.name == name)


def test_late_missing_and_changed_marks_are_counted_to_their_teacher(kept: RecordBook) -> None:
    mine = line(board(kept), "Lý Thị Ngọc")
    assert (mine.note, mine.sheets) == (UNIT, 1)
    assert (mine.columns, mine.due, mine.missing, mine.late, mine.overdue) == (1, 4, 2, 2, 1)
    assert mine.on_time == 0
    assert mine.counts == {Happening.CHANGE: 1}
    others = line(board(kept), "Ngô Quốc Khánh")
    assert (others.due, others.on_time) == (0, None)


def test_the_same_by_department_class_and_month(kept: RecordBook) -> None:
    by_unit = line(board(kept, by=Grouping.DEPARTMENT), UNIT)
    assert (by_unit.sheets, by_unit.missing) == (2, 2)
    assert line(board(kept, by=Grouping.CLASS), "Lớp 6A").late == 2
    months = board(kept, by=Grouping.MONTH)
    assert line(months, "Tháng 10/2026").missing == 2
    assert months.months[0] == "2026-10"
    only = board(kept, month="2026-10")
    assert [one.name for one in only.lines] == ["Lý Thị Ngọc"]
    assert only.total.wanted == 4


def test_a_complete_sheet_waits_for_its_confirmation(kept: RecordBook) -> None:
    kept.fill(Term.HK1)
    found = line(board(kept), "Lý Thị Ngọc")
    assert (found.missing, found.counts[Happening.UNCONFIRMED]) == (0, 1)
    school = kept.school
    kept.marks.confirm(school.actor("tin_hoc"), kept.sheet("tin_hoc"), Term.HK1)
    assert Happening.UNCONFIRMED not in line(board(kept), "Lý Thị Ngọc").counts


def test_a_head_looks_at_the_own_department_teachers_at_none(kept: RecordBook) -> None:
    mine = board(kept, "toan", department=UNIT)
    assert [one.name for one in mine.lines] == ["Nguyễn Thị Bình", "Lý Thị Ngọc"]
    for who, unit, code in (
        ("toan", "", "other_department"),
        ("toan", "Tổ Văn", "other_department"),
        ("tin_hoc", UNIT, "not_department_head"),
    ):
        with pytest.raises(AccessDenied) as refused:
            board(kept, who, department=unit)
        assert refused.value.code == code


def test_the_workbook_has_every_line_and_the_sum(kept: RecordBook) -> None:
    found = board(kept)
    rows = board_table(found).rows
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == len(found.lines) + 2
    assert rows[-1][0] == "Cộng"


def test_a_primary_school_has_a_board_too(tmp_path: Path) -> None:
    primary = make_primary(tmp_path)
    work = primary.work("principal")
    periods, current = work.proof_tables.periods(primary.school.year_id)
    found = work.work_boards.board(
        work.session.actor, primary.school.year_id, entry_term(current.value), Grouping.TEACHER
    )
    assert found.lines
    assert current in periods


# --- each person's tasks and the slips


def people(kept: RecordBook, who: str = "principal", unit: str = ""):
    work = workspace(kept.school, who)
    return work.work_boards.people(work.session.actor, kept.school.year_id, unit)


def test_everybodys_tasks_are_what_they_see_themselves(kept: RecordBook) -> None:
    found = {one.name: one for one in people(kept)}
    mine = workspace(kept.school, "tin_hoc")
    own = mine.tasks.overview(mine.session.actor, kept.school.year_id).tasks
    assert found["Lý Thị Ngọc"].tasks == own
    assert found["Lý Thị Ngọc"].overdue(TODAY) == 1
    assert people(kept)[0].name == "Lý Thị Ngọc"
    assert {one.department for one in people(kept, "toan", UNIT)} == {UNIT}


def test_a_slip_names_what_is_late_or_soon_due_only(kept: RecordBook) -> None:
    work = workspace(kept.school, "toan")
    before = kept.school.trail_kinds()
    done = work.department_papers.print_reminders(work.session.actor, kept.school.year_id, UNIT)
    assert kept.school.trail_kinds() == [*before, "print.run"]
    text = words_of(done.payload.pdf)
    assert "PHIẾU NHẮC VIỆC" in text
    assert "Lý Thị Ngọc" in text
    assert "quá 44 ngày" in text


def test_how_far_ahead_a_slip_reminds_is_a_rule(tmp_path: Path) -> None:
    school = make_school(tmp_path, pupils=2)
    today = school.clock.today()
    control = EntryControl(school.uow, school.clock)
    due = today + timedelta(days=10)
    control.open_window(
        school.actor("principal"), school.year_id, Period.HK1, today, due, "12/QĐ", today
    )
    work = workspace(school, "principal")

    def slips() -> str:
        done = work.department_papers.print_reminders(work.session.actor, school.year_id)
        return words_of(done.payload.pdf)

    assert "Lý Thị Ngọc" not in slips()
    settle(school, {REMIND_AHEAD.key: "10"})
    assert "Lý Thị Ngọc" in slips()
    school.close()


def test_nobody_to_remind_is_said(tmp_path: Path) -> None:
    school = make_school(tmp_path, pupils=0)
    work = workspace(school, "principal")
    with pytest.raises(RuleRefused) as refused:
        work.department_papers.print_reminders(work.session.actor, school.year_id, "Tổ Văn")
    assert refused.value.code == "nobody_to_remind"


SAID_APART = (TaskKind.ATTENDANCE, TaskKind.DUTY)


@pytest.mark.parametrize("duty", Duty)
def test_every_dated_duty_has_a_sentence(duty: Duty) -> None:
    said = task_sentence(MyTask(TaskKind.DUTY, class_name="6A", done=1, total=5, duty=duty))
    assert said[0].isupper()
    assert "4" in said
    assert "{" not in said


@pytest.mark.parametrize("kind", [k for k in TaskKind if k not in SAID_APART])
def test_every_task_has_a_sentence_without_a_hole(kind: TaskKind) -> None:
    task = MyTask(
        kind, TODAY, class_name="6A", subject_name="Toán", column="tx1", columns=2, done=1,
        total=5, case_number=3, people=("Lê A",), papers=(7,), text="ghi đủ",
    )  # fmt: skip
    said = task_sentence(task)
    assert said[0].isupper()
    assert "{" not in said
    assert "None" not in said


def test_months_and_days_are_said_in_words() -> None:
    task = MyTask(TaskKind.ATTENDANCE, class_name="6A", month="2026-10", columns=2)
    assert task_sentence(task) == "Báo đủ điểm danh tháng 10 và 1 tháng sau lớp 6A"
    days = [None, TODAY, TODAY - timedelta(days=3), TODAY + timedelta(days=5)]
    assert [due_words(day, TODAY) for day in days] == ["", "hôm nay", "quá 3 ngày", "còn 5 ngày"]


# --- the monthly report and the minutes


def record(work: Workspace, school: TestSchool) -> int:
    draft = CheckDraft(
        CheckKind.SCHEDULED, TODAY - timedelta(days=20), UNIT, "Sổ điểm 6A", outcome="Đạt",
        findings=[
            FindingDraft(
                school.accounts_by_key["tin_hoc"], "Vào điểm muộn", "Vào trong 5 ngày",
                TODAY - timedelta(days=2), school.class_id, school.subjects["tin_hoc"],
            )
        ],
    )  # fmt: skip
    return work.checks.record(work.session.actor, school.year_id, draft).payload.id


def report(kept: RecordBook, who: str, unit: str = UNIT, month: str = "2026-10"):
    work = workspace(kept.school, who)
    return work.department_papers.print_report(
        work.session.actor, kept.school.year_id, Term.HK1, unit, month, ["Cần tập huấn", " "]
    )


def test_the_report_holds_rank_shares_checks_and_proposals(kept: RecordBook) -> None:
    school = kept.school
    record(workspace(school, "toan"), school)
    done = report(kept, "toan")
    assert done.payload.run.title == f"Báo cáo tháng 10/2026, {UNIT}"
    text = words_of(done.payload.pdf)
    for words in (
        "BÁO CÁO", "Phó hiệu trưởng Phạm Thị Hồng Nhung", "Xếp thứ", "Lý Thị Ngọc",
        "Tin học 2 50 % 50 % 0 %", "Vào điểm muộn", "hạn 21/11/2026, chưa xong", "Cần tập huấn",
        "TỔ TRƯỞNG", "Nguyễn Thị Bình",
    ):  # fmt: skip
        assert words in text, words
    with school.uow.read() as uow:
        documents = uow.papers.documents(school.year_id)
    assert [d.kind for d in documents] == [DocumentKind.REPORT]


def test_slips_and_reports_wait_for_no_signature_on_the_paper_board(kept: RecordBook) -> None:
    assert steps_of(report(kept, "toan").payload.run.kind) == (PaperStep.STORE,)
    assert steps_of(REMINDERS) == (PaperStep.STORE,)
    assert steps_of(CHECK_MINUTES)[0] is PaperStep.TEACHERS
    assert steps_of(INQUIRY)[-1] is PaperStep.HAND_OUT


def test_a_report_again_keeps_its_line_and_is_another_run(kept: RecordBook) -> None:
    first, second = report(kept, "toan"), report(kept, "principal")
    assert second.payload.run.number == first.payload.run.number + 1
    with kept.school.uow.read() as uow:
        assert len(uow.papers.documents(kept.school.year_id)) == 1


@pytest.mark.parametrize(
    ("who", "unit", "month", "code"),
    [
        ("principal", "", "2026-10", "report_incomplete"),
        ("principal", UNIT, "", "report_incomplete"),
        ("principal", "Tổ Không Có", "2026-10", "department_idle"),
        ("toan", "Tổ Không Có", "2026-10", "other_department"),
        ("tin_hoc", UNIT, "2026-10", "not_department_head"),
    ],
)
def test_a_report_is_refused(kept: RecordBook, who: str, unit: str, month: str, code: str) -> None:
    before = kept.school.trail_kinds()
    with pytest.raises((RuleRefused, AccessDenied)) as refused:
        report(kept, who, unit, month)
    assert refused.value.code == code
    assert kept.school.trail_kinds() == before


def test_the_minutes_have_a_place_for_everybody_who_was_checked(kept: RecordBook) -> None:
    school = kept.school
    work = workspace(school, "toan")
    number = record(work, school)
    done = work.department_papers.print_check(work.session.actor, school.year_id, number)
    text = words_of(done.payload.pdf)
    for words in ("BIÊN BẢN", "Kiểm tra nội bộ định kì", "Vào trong 5 ngày",
                  "NGƯỜI ĐƯỢC KIỂM TRA", "NGƯỜI KIỂM TRA", "HIỆU TRƯỞNG"):  # fmt: skip
        assert words in text, words
    assert done.payload.run.title.startswith("Biên bản kiểm tra số 1")
    with pytest.raises(RuleRefused) as unknown:
        work.department_papers.print_check(work.session.actor, school.year_id, 99)
    assert unknown.value.code == "not_found"


def test_the_same_facts_give_the_same_paper(kept: RecordBook) -> None:
    first, second = report(kept, "toan").payload, report(kept, "toan").payload
    assert first.run.data_digest == second.run.data_digest


def test_the_permission_sheet_and_the_duty_list_name_the_department(kept: RecordBook) -> None:
    school = kept.school
    work = workspace(school, "principal")
    actor = work.session.actor
    head = school.accounts_by_key["toan"]
    assert f"Tổ trưởng {UNIT}: chưa giao môn cho tổ." in (
        work.account_papers.permission_sheet(head).rights
    )
    work.departments.give_subjects(actor, school.year_id, UNIT, ["toan", "tin_hoc"])
    assert f"Tổ trưởng {UNIT}: Tin học, Toán." in work.account_papers.permission_sheet(head).rights
    duties = work.authority_papers.print_duties(actor).payload.pdf
    assert f"Nguyễn Thị Bình ({UNIT})" in words_of(duties)


def test_a_case_is_on_the_list_of_the_head_of_its_subject_only(kept: RecordBook) -> None:
    school = kept.school
    ids = kept.column_ids("tin_hoc", "HK1.tx1")
    kept.control.lock_columns(school.actor("secretary"), school.class_id, ids, "60/QĐ")
    kept.registered("tin_hoc", {(0, "HK1.tx1"): "10"})
    principal = workspace(school, "principal")
    gdcd = school.accounts_by_key["gdcd"]
    school.accounts.edit(principal.session.actor, gdcd, "Bùi Văn Đức", "Tổ Xã hội")
    school.accounts.grant(principal.session.actor, gdcd, Role.DEPARTMENT_HEAD, TODAY)

    def has_it(who: str) -> bool:
        work = workspace(school, who)
        tasks = work.tasks.overview(work.session.actor, school.year_id).tasks
        return TaskKind.CHECK_CASE in [task.kind for task in tasks]

    assert has_it("gdcd")  # nothing is shared out yet, so every head looks
    give = principal.departments.give_subjects
    give(principal.session.actor, school.year_id, "Tổ Xã hội", ["gdcd", "ls_dl"])
    assert not has_it("gdcd")
    give(principal.session.actor, school.year_id, UNIT, ["tin_hoc"])
    assert has_it("toan")
