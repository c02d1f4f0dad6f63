"""An upper secondary school's regulation of 2017 (founding paper 003), lived in a later year.

Three vice principals with a duty each, ban quản trị of a head and two administrators, văn thư, and
a teacher who keeps class 10A and teaches it: who may approve what differs by what is mended.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.attendance import Absence, Month
from app.domain.class_confirmation import ConfirmBlock
from app.domain.corrections import CaseAbout, CaseKind
from app.domain.periods import Period, Term
from app.domain.print_runs import FOLLOW_UP_BOOK
from app.domain.roles import Role
from app.domain.subjects import SubjectKind
from app.media import VerifyVerdict
from app.readmodels.class_book import BookScope
from app.readmodels.home import Duty
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.report_booklet import BookletPart
from app.regulations.thpt_choices import ClassChoices
from app.services.booklet_printing import BookletOrder
from app.services.corrections import Corrections
from exports.seal.checker import check_bag
from tests.support.procedure import Procedure
from tests.support.school import PASSWORD
from tests.support.secondary_year import SecondaryYear, secondary_year
from tests.support.year_end import settle

PEOPLE = {
    "academic": ("Phạm Văn Thắng", (Role.VICE_PRINCIPAL, Role.ACADEMIC_VICE)),
    "homeroom_vice": ("Lê Thị Thu", (Role.VICE_PRINCIPAL, Role.HOMEROOM_VICE)),
    "head": ("Trịnh Văn Nam", (Role.VICE_PRINCIPAL, Role.BOARD_HEAD)),
    "base_data": ("Đỗ Quang Huy", (Role.ADMINISTRATOR,)),
    "follow_up": ("Ngô Thị Lan", (Role.ADMINISTRATOR,)),
    "tổ": ("Vũ Minh Châu", (Role.DEPARTMENT_HEAD,)),
    "colleague": ("Bùi Văn Đức", (Role.DEPARTMENT_HEAD,)),
}
TAUGHT = date(2023, 10, 2)


@pytest.fixture
def lived(tmp_path) -> SecondaryYear:
    """Class 10A with four pupils and nothing typed yet."""
    for name in ("school", "drive"):
        (tmp_path / name).mkdir()
    made = secondary_year(tmp_path / "school", stage="thpt")
    school, principal = made.school, made.school.actor("principal")
    for who, (name, roles) in PEOPLE.items():
        added = school.accounts.add(principal, name, PASSWORD, roles=roles).payload
        school.uids[who], school.accounts_by_key[who] = added.uid, added.account_id
    made.add_class("10A", 4, ClassChoices(("vat_li", "hoa_hoc", "sinh_hoc", "tin_hoc")))
    school.class_id, school.pupils = made.classes["10A"].id, made.pupils["10A"]
    school.uids["homeroom"] = school.uids["teacher"]
    school.accounts_by_key["homeroom"] = school.accounts_by_key["teacher"]
    made.open_entry()
    return made


def test_the_regulation_of_an_upper_secondary_school(lived, tmp_path):
    school, year = lived.school, lived.school.year_id
    plan = Procedure(school, "upper_decision_1019", TAUGHT)
    secretary, class_id = school.actor("secretary"), school.class_id
    maths = SheetId(class_id, lived.subjects("10A")["toan"].id)

    # II.1 "Cập nhật danh sách, … sơ yếu lý lịch … (hoàn thành trong trước 30/9)": late by now.
    whole = school.rosters.view(secretary, class_id).lines[0].profile
    gap = replace(whole, birthplace="")
    school.rosters.edit_profile(secretary, class_id, school.pupils[0], gap)
    task = plan.duties("teacher")[Duty.PROFILES]
    assert (task.due, task.left) == (date(2023, 9, 30), 1)
    school.rosters.edit_profile(secretary, class_id, school.pupils[0], whole)
    school.rosters.freeze(secretary, class_id)

    # II.1 "Cập nhật kiểm diện … hàng tháng (trước ngày 06 hàng tháng)"
    attendance, teacher = plan.work("teacher").attendance, school.actor("teacher")
    absent = {(school.pupils[1], TAUGHT): Absence.EXCUSED.value}
    attendance.set_days(teacher, class_id, absent)
    plan.on(date(2023, 10, 6))
    done = attendance.declare(teacher, class_id, Month(2023, 9), Term.HK1)
    assert "muộn" not in done.summary, "the sixth is in time here"

    # II.2 "sau khi trả bài cho học sinh chậm nhất 5 ngày"
    marks = lived.marks
    marks.set_dates(teacher, maths, "HK1.tx1", date(2023, 10, 2), None, date(2023, 10, 4))
    (column,) = [c for c in marks.open(teacher, maths).columns if c.key == "HK1.tx1"]
    assert (column.returned_on, column.due_on) == (date(2023, 10, 4), date(2023, 10, 9))
    marks.set_cells(teacher, maths, {CellKey(school.pupils[0], "HK1.tx1"): "8"}, "key")

    # II.4 who presses: ban quản trị with the vice principal of academic affairs, not the others.
    control, today = plan.work("academic").control, school.clock.today()
    ids = [c.id for s, cs in control.columns(class_id) if s.id == maths.subject_id for c in cs
           if (c.term, c.code) == (Term.HK1, "tx1")]  # fmt: skip
    for who in ("homeroom_vice", "teacher"):
        args = (school.actor(who), class_id, ids, "12/QĐ", today)
        plan.refused("role_required", control.lock_columns, *args)
    control.lock_columns(school.actor("head"), class_id, ids, "12/QĐ", today)

    mark = mended(plan, lived, CaseAbout(CaseKind.MARKS, class_id, maths.subject_id),
                  {CellKey(school.pupils[0], "HK1.tx1"): "9"}, ("trang 4", ""), "academic",
                  ("homeroom_vice", "head", "base_data", "secretary"))  # fmt: skip
    facts = mended(plan, lived, CaseAbout(CaseKind.PROFILE, class_id),
                   {CellKey(school.pupils[0], "birthplace"): "Đà Lạt"}, ("số 45", "sổ hộ tịch"),
                   "homeroom_vice", ("academic", "head", "follow_up", "secretary"))  # fmt: skip

    # II.4 "Bà … – Quản trị: quản lý, theo dõi …": accounts and rights, never a mark.
    names = plan.work("principal").rules
    narrowed = {"correction.people.marks": school.uid("base_data")}
    plan.refused(
        "names_decide_nothing", names.change, school.actor("principal"), year, narrowed,
        plan.act("45/QĐ-HT"),
    )  # fmt: skip
    narrowed = {"correction.people.marks": school.uid("academic")}
    names.change(school.actor("principal"), year, narrowed, plan.act("45/QĐ-HT"))
    assert "Phạm Văn Thắng" in names_in_force(plan)

    # II.1, II.2 "ký tên vào sổ theo dõi sử dụng sổ điểm điện tử": the year waits for that book.
    plan.on(date(2024, 1, 12))
    control.unlock_columns(school.actor("head"), class_id, ids, "13/QĐ")
    fill(lived, Term.HK1)
    plan.declare_months(class_id, Term.HK1, "teacher")
    close(plan, Period.HK1)
    plan.on(date(2024, 5, 24))
    fill(lived, Term.HK2)
    attendance.set_days(teacher, class_id, {(school.pupils[1], date(2024, 3, 5)): "P"})
    plan.declare_months(class_id, Term.HK2, "teacher")
    close(plan, Period.HK2)
    settle(school)
    printing = plan.work("secretary").printing
    printing.print_class_book(secretary, class_id, BookScope.YEAR)
    for case in (mark, facts):
        printing.print_correction_minutes(secretary, case.id)
    plan.work("secretary").booklets.print(secretary, class_id, BookletOrder(BookletPart.YEAR))
    sealing = plan.work("principal").sealing
    (problem,) = sealing.readiness(year).problems
    assert "sổ theo dõi sử dụng sổ điểm điện tử" in problem
    books = plan.work("secretary").correction_books
    run = books.print_follow_up(secretary, year).payload.run
    assert run.kind == FOLLOW_UP_BOOK
    assert sealing.readiness(year).problems == ()
    signer = school.signer("principal")
    sealed = sealing.seal(signer, year, tmp_path / "drive", "Phạm Văn Thắng", "Ngô Thị Lan")
    assert check_bag(sealed.payload.report.path).verdict is VerifyVerdict.INTACT


def mended(plan, lived, about, wanted, proofs, approver, others):
    """The way of a case here: báo văn thư, kê khai, trình phê duyệt, đối chiếu, sửa, ký sổ."""
    school, cases = plan.school, Corrections(plan.school.uow, plan.school.clock)
    teacher = school.actor("teacher")
    plan.refused("evidence_required", cases.declare, teacher, about, wanted, "Nhầm", "", "")
    case = cases.declare(teacher, about, wanted, "Nhầm dòng", *proofs).payload
    # "Báo cáo cho ban quản trị (Văn thư)": before that nobody goes on with it.
    plan.refused("wrong_step", cases.check, school.actor("colleague"), case.id, "khớp")
    cases.register(school.actor("secretary"), case.id, f"{case.number:02d}/ĐN")
    # "đối chiếu, xác minh … trên sổ điểm cá nhân": by somebody else than who asks.
    plan.refused("own_request", cases.check, teacher, case.id, "khớp")
    cases.check(school.actor("colleague"), case.id, "khớp")
    # "không được sửa chữa khi chưa được sự cho phép của lãnh đạo"
    plan.refused("wrong_step", cases.apply, teacher, case.id)
    for who in others:
        plan.refused("role_required", cases.approve, school.signer(who), case.id, [])
    cases.approve(school.signer(approver), case.id, [])
    return cases.apply(teacher, case.id).payload


def names_in_force(plan: Procedure) -> str:
    """The sentence that names who approves marks."""
    board = plan.work("principal").rules.board(plan.school.actor("principal"), plan.school.year_id)
    return next(x.words for x in board.lines if x.spec.key == "correction.people.marks")


def fill(lived: SecondaryYear, term: Term) -> None:
    """A good term for everybody; days absent come from điểm danh."""
    school, teacher = lived.school, lived.teacher
    for subject in lived.subjects("10A").values():
        sheet = SheetId(school.class_id, subject.id)
        text = "8" if subject.kind is SubjectKind.MARKS else "Đ"
        edits = {
            CellKey(row.pupil_id, f"{term}.{code}"): text
            for row in lived.marks.open(teacher, sheet).rows
            for code in (subject.columns(term) if row.taken and term in subject.terms else ())
        }
        lived.marks.set_cells(teacher, sheet, edits, "paste")
    levels = {(pupil, f"{term}.level"): "Tốt" for pupil in school.pupils}
    lived.entry.set_cells(teacher, school.class_id, levels)


def close(plan: Procedure, period: Period) -> None:
    """The GVCN confirms, the principal closes."""
    school = plan.school
    plan.work("teacher").confirming.confirm(
        school.actor("teacher"), school.class_id, period, tuple(ConfirmBlock)
    )
    plan.work("principal").closing.close(
        school.signer("principal"), school.class_id, period, "57/QĐ"
    )
