"""A lower secondary school's plan of 2023-2024 (founding paper 001) lived from August to the seal.

Nguyễn Thị Bình keeps class 6A and teaches Toán; văn thư and quản trị press on the principal's
order; nobody but the principal approves a correction, before three parties.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.clock import VIETNAM, SetClock
from app.domain.attendance import Absence, Month
from app.domain.periods import Period, Term
from app.media import VerifyVerdict
from app.readmodels.class_book import BookScope
from app.readmodels.home import Duty, TaskKind
from app.readmodels.report_booklet import BookletPart
from app.services.booklet_printing import BookletOrder
from app.services.paper_lives import read_board
from exports.seal.checker import check_bag
from tests.support.procedure import Procedure
from tests.support.record_book import RecordBook
from tests.support.school import invented_pupil, make_school
from tests.support.year_end import settle

DECIDED = date(2026, 8, 25)
LEADER, BOARD, ASKER = "Phạm Thị Hồng Nhung", "Trần Thị Mai", "Lý Thị Ngọc"


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    for name in ("school", "drive"):
        (tmp_path / name).mkdir()
    clock = SetClock(datetime(2026, 8, 25, 8, tzinfo=VIETNAM))
    return RecordBook(make_school(tmp_path / "school", clock, pupils=3))


def test_the_plan_of_a_lower_secondary_school(kept, tmp_path):
    school = kept.school
    plan = Procedure(school, "secondary_decision_1323", DECIDED)
    secretary = school.actor("secretary")
    booklets = plan.work("secretary").booklets

    # I.3 "hoàn thiện việc chia lớp trước 1/9": văn thư is reminded while a class has nobody.
    other = school.add_class("6B")
    task = plan.duties("secretary")[Duty.ALLOCATION]
    assert (task.due, task.done, task.total) == (date(2026, 9, 1), 1, 2)
    plan.work("secretary").class_removal.remove(secretary, other)
    assert Duty.ALLOCATION not in plan.duties("secretary")

    # I.2 "GVCN cập nhật thông tin học sinh, hoàn thiện trước 15/9"
    gap = replace(invented_pupil(0), ethnicity="")
    school.rosters.edit_profile(secretary, school.class_id, school.pupils[0], gap)
    task = plan.duties("homeroom")[Duty.PROFILES]
    assert (task.due, task.left) == (date(2026, 9, 15), 1)
    plan.on(date(2026, 9, 16))
    assert plan.duties("homeroom")[Duty.PROFILES].due < school.clock.today(), "shown as overdue"
    school.rosters.edit_profile(secretary, school.class_id, school.pupils[0], invented_pupil(0))
    assert Duty.PROFILES not in plan.duties("homeroom")
    school.rosters.freeze(secretary, school.class_id)

    # I.1 "in theo mẫu từ hệ thống trước 15/9 … GV đánh giá điểm bằng chữ viết tay": blank books.
    task = plan.duties("secretary")[Duty.TEACHER_BOOKS]
    assert (task.due, task.left) == (date(2026, 9, 15), 1)
    books = plan.work("secretary").teacher_books
    books.print_all(secretary, school.year_id, Period.HK2, blank=True)
    assert Duty.TEACHER_BOOKS not in plan.duties("secretary")

    # I.3 "in trang bìa, thông tin học bạ … trước 30/9"; I.5 "khối 6 … ngay trong tháng 9"
    assert plan.duties("secretary")[Duty.RECORD_COVERS].due == date(2026, 9, 30)
    booklets.print(secretary, school.class_id, BookletOrder(BookletPart.OPENING))
    assert Duty.RECORD_COVERS not in plan.duties("secretary")

    # I.4 "Thực hiện khóa, mở khóa … khi có quyết định hoặc thông báo của Hiệu trưởng"
    control, year = kept.control, school.year_id
    days = (date(2026, 9, 7), date(2027, 5, 28))
    today = school.clock.today()
    for who in ("vice", "toan"):
        args = (school.actor(who), year, Period.HK1, *days, "5/QĐ", today)
        plan.refused("role_required", control.open_window, *args)
    plan.refused(
        "decision_required", control.open_window, secretary, year, Period.HK1, *days, " ", today
    )
    for who, period in (("secretary", Period.HK1), ("admin", Period.HK2)):
        control.open_window(school.actor(who), year, period, *days, "5/QĐ", today)

    # III.1.e "hoàn tất việc nhập điểm sau kiểm tra 01 tuần … định kì chậm nhất 2 tuần": later is
    # taken and marked.
    plan.on(date(2026, 10, 5))
    maths, teacher = kept.sheet("toan"), school.actor("toan")
    for column in ("HK1.tx1", "HK1.gk"):
        kept.marks.set_dates(teacher, maths, column, date(2026, 10, 5), None)
    due = {c.key: c.due_on for c in kept.marks.open(teacher, maths).columns}
    assert (due["HK1.tx1"], due["HK1.gk"]) == (date(2026, 10, 12), date(2026, 10, 19))
    plan.on(date(2026, 10, 13))
    kept.enter("toan", {(0, "HK1.tx1"): "8", (0, "HK1.gk"): "7"})
    facts = kept.facts("toan")
    late = {k: facts.stored[facts.columns[k].id, school.pupils[0]].late for k in ("HK1.tx1",
            "HK1.gk")}  # fmt: skip
    assert late == {"HK1.tx1": True, "HK1.gk": False}

    # III.1.d "Cập nhật kiểm diện … vào trước ngày 5 hàng tháng"
    attendance = plan.work("homeroom").attendance
    absent = {(school.pupils[1], date(2026, 10, 6)): Absence.EXCUSED.value}
    attendance.set_days(school.actor("homeroom"), school.class_id, absent)
    plan.on(date(2026, 11, 2))
    waiting = next(t for t in plan.tasks("homeroom") if t.kind is TaskKind.ATTENDANCE)
    assert waiting.due == date(2026, 10, 5), "September waits since then"
    done = attendance.declare(school.actor("homeroom"), school.class_id, Month(2026, 10), Term.HK1)
    assert "muộn" not in done.summary
    plan.on(date(2026, 11, 6))
    said = attendance.declare(
        school.actor("homeroom"), school.class_id, Month(2026, 9), Term.HK1
    ).summary
    assert "muộn" in said

    corrections(plan, kept)

    # III.1.a "Phê duyệt kết quả … sau khi GVBM, GVCN đã hoàn thành"; I.2 "kiểm diện": a term
    # without điểm danh is not closed.
    plan.on(date(2027, 1, 14))
    ids = kept.column_ids("tin_hoc", "HK1.gk")
    control.unlock_columns(secretary, school.class_id, ids, "61/QĐ")
    kept.fill(Term.HK1, absences=False)
    args = (school.signer("principal"), school.class_id, Period.HK1, "57/QĐ")
    said = plan.refused("incomplete", kept.closing.close, *args)
    assert "báo đủ" in said
    plan.declare_months(school.class_id, Term.HK1)
    plan.refused("homeroom_missing", kept.closing.close, *args)
    kept.close(Period.HK1)

    # I.2 "Bảng tổng hợp … trước 30/1 (HK 1) và trước 30/5 (HK2)", "ghi rõ thời gian in"
    task = plan.duties("secretary")[Duty.SUMMARY_TERM_1]
    assert (task.due, task.left) == (date(2027, 1, 30), 1)
    printing = plan.work("secretary").printing
    first = printing.print_class_book(secretary, school.class_id, BookScope.TERM_1).payload
    assert first.run.made_at == school.clock.now()
    assert Duty.SUMMARY_TERM_1 not in plan.duties("secretary")

    # The second term; a close without any day of điểm danh is refused by name.
    plan.on(date(2027, 5, 28))
    kept.fill(Term.HK2, absences=False)
    args = (school.signer("principal"), school.class_id, Period.HK2, "58/QĐ")
    said = plan.refused("incomplete", kept.closing.close, *args)
    assert "bắt buộc điểm danh" in said or "chuyên cần" in said.lower()
    absent = {(school.pupils[1], date(2027, 3, 9)): Absence.EXCUSED.value}
    attendance.set_days(school.actor("homeroom"), school.class_id, absent)
    plan.declare_months(school.class_id, Term.HK2)
    kept.close(Period.HK2)
    settle(school)

    # I.2 "Đóng sổ thành tập và lưu trữ"; I.3 "in học bạ các trang kết quả trước 15/6"
    plan.on(max(school.clock.today(), date(2027, 6, 7)))
    assert Duty.SUMMARY_YEAR in plan.duties("secretary")
    run = printing.print_class_book(secretary, school.class_id, BookScope.YEAR).payload.run
    duties = plan.duties("secretary")
    assert Duty.SUMMARY_YEAR not in duties
    assert duties[Duty.RECORD_RESULTS].due == date(2027, 6, 15)
    with school.uow.read() as uow:
        rows = {row.id: row for row in read_board(uow, year, school.clock.today()).rows}
        minutes = [c.id for c in uow.corrections.of_year(year) if c.applied_at is not None]
    assert rows[run.id].is_open
    sealing = plan.work("principal").sealing
    problems = sealing.readiness(year).problems
    assert "Lớp 6A chưa in trang kết quả học bạ." in problems
    booklets.print(secretary, school.class_id, BookletOrder(BookletPart.YEAR))
    for case in minutes:
        printing.print_correction_minutes(secretary, case)
    # I.6 "BGH in nhật ký sửa điểm của GV": the year is not sealed without it.
    assert sealing.readiness(year).problems == (
        "Chưa in nhật ký sửa điểm sau hồ sơ cuối cùng của năm học.",
    )
    books = plan.work("secretary").correction_books
    books.print_log(secretary, year, date(2026, 9, 1), school.clock.today())
    assert sealing.readiness(year).problems == ()

    # III.1.b "bản in, ổ đĩa lưu dữ liệu (đảm bảo chất lượng lưu trữ lâu dài)"
    people = (f"{LEADER}; {BOARD}", BOARD)
    signer = school.signer("principal")
    sealed = sealing.seal(signer, year, tmp_path / "drive", *people).payload
    assert check_bag(sealed.report.path).verdict is VerifyVerdict.INTACT


def corrections(plan: Procedure, kept: RecordBook) -> None:
    """I.6 and III.2: quy định sửa điểm, both times the plan tells it."""
    school = kept.school
    secretary, year = school.actor("secretary"), school.year_id
    gk = (0, "HK1.gk")
    kept.enter("tin_hoc", {gk: "8", (1, "HK1.gk"): "7"})
    final = date(2027, 1, 4)
    kept.marks.set_dates(school.actor("tin_hoc"), kept.sheet("tin_hoc"), "HK1.ck", final, None)
    ids = kept.column_ids("tin_hoc", "HK1.gk")
    kept.control.lock_columns(secretary, school.class_id, ids, "60/QĐ")

    # "được sự đồng ý mới tiến hành sửa"
    plan.refused("locked", kept.enter, "tin_hoc", {gk: "9"})
    # "Hồ sơ giải trình gồm: Sổ điểm cá nhân; Bài kiểm tra của HS"
    wanted, asker = {kept.key(*gk): "9"}, school.actor("tin_hoc")
    declare, sheet = kept.cases.declare, kept.sheet("tin_hoc")
    for proofs in (("", "tập bài"), ("trang 3", "")):
        plan.refused("evidence_required", declare, asker, sheet, wanted, "Nhầm dòng", *proofs)
    case = kept.registered("tin_hoc", {gk: "9"})
    kept.cases.check(school.actor("ngu_van"), case.id, "khớp")

    # "phải được sự đồng ý của Hiệu trưởng": of nobody else.
    approve, three = kept.cases.approve, [LEADER, BOARD, ASKER]
    for who in ("vice", "admin", "secretary"):
        plan.refused("role_required", approve, school.signer(who), case.id, three)
    # "có sự chứng kiến của BGH, Ban quản lý Hệ thống và người đề nghị sửa"
    principal = school.signer("principal")
    plan.refused("witnesses_required", approve, principal, case.id, three[:2])
    strangers = [LEADER, "Hoàng Thị Lan Anh", ASKER]
    said = plan.refused("witness_parties", approve, principal, case.id, strangers)
    assert "ban quản lý hệ thống" in said
    said = plan.refused("witness_parties", approve, principal, case.id, [LEADER, BOARD, "Ai Đó"])
    assert "người đề nghị sửa" in said
    approve(principal, case.id, three, "Đồng ý")
    kept.cases.apply(asker, case.id)
    # "Sau khi sửa điểm thì phải khóa ngay Hệ thống"
    plan.refused("locked", kept.enter, "tin_hoc", {gk: "10"})
    # An approval that is not used is over by itself and locked again.
    unused = kept.registered("tin_hoc", {(1, "HK1.gk"): "6"})
    kept.cases.check(school.actor("ngu_van"), unused.id, "khớp")
    approve(principal, unused.id, three)
    school.clock.advance(timedelta(minutes=16))
    plan.refused("unlock_expired", kept.cases.apply, asker, unused.id)
    kept.cases.relock_expired(asker, year)

    # "Trước buổi họp chuyên môn tháng, BGH in nhật ký sửa điểm của GV để kiểm tra, giải trình"
    act = plan.act("44/QĐ-HT")
    plan.work("principal").rules.change(
        school.actor("principal"), year, {"meeting.monthly_day": "20"}, act
    )
    meeting = date(2026, 11, 20)
    assert plan.duties("tin_hoc")[Duty.EXPLAIN].due == meeting
    assert plan.duties("secretary")[Duty.CORRECTION_LOG].due == meeting
    books = plan.work("secretary").correction_books
    books.explain(asker, case.id, "Nhìn nhầm dòng trong sổ điểm cá nhân")
    books.print_log(secretary, year, date(2026, 11, 1), date(2026, 11, 30))
    assert Duty.EXPLAIN not in plan.duties("tin_hoc")
    assert Duty.CORRECTION_LOG not in plan.duties("secretary")

    # "Thời gian sửa điểm hạn cuối cùng là 1 tuần trước khi kiểm tra HK"
    plan.on(date(2026, 12, 29))
    late = {kept.key(1, "HK1.gk"): "6"}
    said = plan.refused("past_cutoff", declare, asker, sheet, late, "Nhầm", "tr. 3", "bài 2")
    assert "28/12/2026" in said
    # … unless the principal decides an exception for a written reason.
    exception = kept.registered("tin_hoc", {(1, "HK1.gk"): "6"}, "Gia đình mới đem bài đến")
    kept.cases.check(school.actor("ngu_van"), exception.id, "khớp")
    approve(principal, exception.id, three, "Đồng ý ngoại lệ")
    kept.cases.apply(asker, exception.id)
    # "Có lưu biên bản khi sửa điểm"
    minutes = plan.work("secretary").printing.print_correction_minutes(secretary, case.id).payload
    assert minutes.run.correction_id == case.id
