"""Cases about rèn luyện, điểm danh, nhận xét and pupils: every step and refusal of each kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.clock import VIETNAM
from app.domain.attendance import Absence
from app.domain.case_rules import DEFAULT_RULES
from app.domain.corrections import CaseAbout, CaseKind, Step
from app.domain.marks import CellState
from app.domain.periods import Period, Term
from app.errors import AccessDenied, RuleRefused
from app.readmodels.mark_sheet import CellKey
from app.services.attendance_entry import AttendanceEntry
from app.services.trail_review import TrailReview
from tests.support.correction_case import WITNESSES, refused
from tests.support.record_book import RecordBook, book
from tests.support.rules import settle
from tests.support.school import make_school

WHY = ("Ghi nhầm dòng", "trang 15", "biên bản ngày 08/01")
DAY = date(2026, 10, 6)


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """A class whose first term is closed, with rèn luyện, one absence and a frozen roster."""
    made = book(make_school(tmp_path))
    school = made.school
    AttendanceEntry(school.uow, school.clock).set_days(
        school.actor("homeroom"), school.class_id, {(school.pupils[0], DAY): "K"}
    )
    levels = {(pupil, "HK1.level"): "Tốt" for pupil in school.pupils}
    levels[school.pupils[0], "HK1.comment"] = "Ngoan"
    made.conduct.set_cells(school.actor("homeroom"), school.class_id, levels)
    made.enter("toan", {(0, "HK1.comment"): "Học khá"}, "paste")
    school.rosters.freeze(school.actor("secretary"), school.class_id)
    made.close(Period.HK1, reason="chưa thi")
    return made


def about(kept: RecordBook, kind: CaseKind) -> CaseAbout:
    subject = kept.school.subjects["toan"] if kind is CaseKind.MARKS else None
    return CaseAbout(kind, kept.school.class_id, subject)


def declared(kept: RecordBook, kind: CaseKind, wanted, who: str = "homeroom", why=WHY):
    keys = {CellKey(kept.school.pupils[n], field): text for (n, field), text in wanted.items()}
    return kept.cases.declare(kept.school.actor(who), about(kept, kind), keys, *why).payload


def approved(kept: RecordBook, case):
    kept.take_in(case)
    kept.cases.check(kept.school.actor("ngu_van"), case.id, "khớp")
    return kept.cases.approve(kept.school.signer("principal"), case.id, WITNESSES).payload


CASES = [
    (CaseKind.CONDUCT, {(0, "HK1.level"): "Khá", (0, "HK1.comment"): "Rất ngoan"}),
    (CaseKind.ATTENDANCE, {(0, DAY.isoformat()): "P", (1, DAY.isoformat()): "K"}),
    (CaseKind.PROFILE, {(0, "full_name"): "Nguyễn Văn Ân", (0, "birth_date"): "05/9/2015"}),
    (CaseKind.MARKS, {(0, "HK1.comment"): "Học tốt"}),
]


def value(kept: RecordBook, kind: CaseKind, pupil: int, field: str) -> str:
    school = kept.school
    who = school.pupils[pupil]
    with school.uow.read() as uow:
        match kind:
            case CaseKind.CONDUCT:
                rows = {(r.pupil_id, r.term): r for r in uow.marks.conduct(school.class_id)}
                return getattr(rows[who, Term.HK1], field[4:])
            case CaseKind.ATTENDANCE:
                rows = uow.attendance.of_class(school.class_id, DAY, DAY)
                return next((r.kind.value for r in rows if r.pupil_id == who), "")
            case CaseKind.PROFILE:
                entries = uow.roster.entries(school.class_id)
                found = getattr(next(e for e in entries if e.pupil_id == who).profile, field)
                return found.isoformat() if isinstance(found, date) else found
        comments = uow.marks.comments(school.class_id, school.subjects["toan"])
        return comments[school.subjects["toan"], Term.HK1, who]


@pytest.mark.parametrize(("kind", "wanted"), CASES)
def test_each_kind_goes_from_declaration_to_the_re_lock(kept, kind, wanted):
    school = kept.school
    case = declared(kept, kind, wanted)
    before = {at: value(kept, kind, *at) for at in wanted}
    assert {f.old for f in case.facts} == set(before.values())
    approved(kept, case)
    assert {at: value(kept, kind, *at) for at in wanted} == before
    done = kept.cases.apply(school.actor("homeroom"), case.id)
    texts = {(f.pupil_id, f.field): f.new for f in done.payload.facts}
    for pupil, field in wanted:
        assert value(kept, kind, pupil, field) == texts[school.pupils[pupil], field]
    assert done.payload.step is Step.APPLIED
    assert TrailReview(school.uow).check(school.actor("principal")).problem == ""
    with school.uow.read() as uow:
        entries = list(uow.trail.all_entries())
    prefix = "roster.correction." if kind is CaseKind.PROFILE else "correction."
    steps = [e.kind.removeprefix(prefix) for e in entries if e.kind.startswith(prefix)]
    assert steps == ["declare", "register", "check", "approve", "apply"]


def test_exactly_the_approved_values_are_written_and_nothing_beside_them(kept):
    case = approved(kept, declared(kept, CaseKind.CONDUCT, {(0, "HK1.level"): "Khá"}))
    with kept.school.uow.read() as uow:
        before = {r.pupil_id: r for r in uow.marks.conduct(kept.school.class_id)}
    kept.cases.apply(kept.school.actor("homeroom"), case.id)
    with kept.school.uow.read() as uow:
        after = {r.pupil_id: r for r in uow.marks.conduct(kept.school.class_id)}
    first = kept.school.pupils[0]
    assert after == before | {first: replace(before[first], level="Khá")}


@pytest.mark.parametrize(
    ("kind", "cell", "text", "code"),
    [
        (CaseKind.CONDUCT, (0, "HK1.level"), "Xuất sắc", "not_a_level"),
        (CaseKind.CONDUCT, (0, "HK1.level"), "Tốt", "same_value"),
        (CaseKind.CONDUCT, (0, "HK2.level"), "Khá", "cell_open"),
        (CaseKind.CONDUCT, (1, "HK1.comment"), "Ngoan", "cell_empty"),
        (CaseKind.CONDUCT, (0, "YEAR.level"), "Khá", "no_column"),
        (CaseKind.CONDUCT, (0, "HK1.excused"), "3", "from_attendance"),
        (CaseKind.ATTENDANCE, (0, DAY.isoformat()), "X", "not_an_absence"),
        (CaseKind.ATTENDANCE, (0, DAY.isoformat()), "k", "same_value"),
        (CaseKind.ATTENDANCE, (0, "2026-10-04"), "P", "no_school"),
        (CaseKind.ATTENDANCE, (0, "2027-05-05"), "P", "day_ahead"),
        (CaseKind.ATTENDANCE, (0, "hôm qua"), "P", "no_column"),
        (CaseKind.PROFILE, (0, "full_name"), "", "name_missing"),
        (CaseKind.PROFILE, (0, "birth_date"), "31/02/2015", "not_a_day"),
        (CaseKind.PROFILE, (0, "birth_date"), "", "value_required"),
        (CaseKind.PROFILE, (0, "sex"), "khác", "sex_invalid"),
        (CaseKind.PROFILE, (0, "personal_id"), "123", "code_invalid"),
        (CaseKind.PROFILE, (0, "phone"), "0900000000", "no_column"),
        (CaseKind.MARKS, (0, "HK1.comment"), "x" * 121, "comment_too_long"),
        (CaseKind.MARKS, (0, "HK1.avg"), "9", "no_column"),
    ],
)
def test_what_no_case_is_opened_for(kept, kind, cell, text, code):
    assert refused(kept, declared, kept, kind, {cell: text}).code == code


@pytest.mark.parametrize("kind", [CaseKind.CONDUCT, CaseKind.ATTENDANCE, CaseKind.PROFILE])
def test_only_the_homeroom_teacher_declares_and_of_a_profile_van_thu_too(kept, kind):
    wanted = next(wanted for k, wanted in CASES if k is kind)
    for who in ("ngu_van", "principal", "vice"):
        error = refused(kept, declared, kept, kind, wanted, who)
        assert isinstance(error, AccessDenied)
    if kind is CaseKind.PROFILE:
        assert declared(kept, kind, wanted, "secretary").step is Step.DECLARED
    else:
        assert isinstance(refused(kept, declared, kept, kind, wanted, "secretary"), AccessDenied)


def test_a_cell_waits_in_one_case_of_its_kind_and_kinds_do_not_mix(kept):
    declared(kept, CaseKind.CONDUCT, {(0, "HK1.comment"): "Rất ngoan"})
    error = refused(kept, declared, kept, CaseKind.CONDUCT, {(0, "HK1.comment"): "Hiền"})
    assert error.code == "already_in_case"
    assert declared(kept, CaseKind.MARKS, {(0, "HK1.comment"): "Học tốt"}).number == 2


def test_a_fact_that_moved_stops_the_case(kept):
    case = declared(kept, CaseKind.PROFILE, {(0, "full_name"): "Nguyễn Văn Ân"})
    kept.take_in(case)
    kept.cases.check(kept.school.actor("ngu_van"), case.id, "")
    with kept.school.uow.write() as uow:  # no service can, a repair by hand could
        entry = uow.roster.entries(kept.school.class_id)[0]
        changed = replace(entry.profile, full_name="Nguyễn Văn Khác")
        uow.roster.update_profile(kept.school.pupils[0], changed)
        uow.commit()
    signer = kept.school.signer("principal")
    assert refused(kept, kept.cases.approve, signer, case.id, WITNESSES).code == "cell_moved"


def test_each_kind_asks_for_its_own_evidence(kept):
    for kind, wanted in CASES:
        error = refused(kept, declared, kept, kind, wanted, "homeroom", ("Nhầm", "trang 1", " "))
        assert error.code == "evidence_required"
        assert DEFAULT_RULES[kind].proofs[1].name.lower() in error.sentence


def test_the_approver_of_a_kind_is_data(kept):
    settle(kept.school, {"correction.people.profile": kept.school.uid("vice")})
    profile = declared(kept, CaseKind.PROFILE, {(0, "full_name"): "Nguyễn Văn Ân"})
    conduct = declared(kept, CaseKind.CONDUCT, {(0, "HK1.level"): "Khá"})
    for case in (profile, conduct):
        kept.take_in(case)
        kept.cases.check(kept.school.actor("ngu_van"), case.id, "")
    principal = kept.school.signer("principal")
    error = refused(kept, kept.cases.approve, principal, profile.id, WITNESSES)
    assert error.code == "role_required"
    assert "Phạm Thị Hồng Nhung" in error.sentence
    kept.cases.approve(kept.school.signer("vice"), profile.id, WITNESSES)
    kept.cases.approve(principal, conduct.id, WITNESSES)


def test_registering_is_van_thus_needs_a_number_and_a_new_one(kept):
    first = declared(kept, CaseKind.CONDUCT, {(0, "HK1.level"): "Khá"})
    second = declared(kept, CaseKind.CONDUCT, {(1, "HK1.level"): "Khá"})
    for who in ("homeroom", "principal", "ngu_van"):
        error = refused(kept, kept.cases.register, kept.school.actor(who), first.id, "1")
        assert isinstance(error, AccessDenied)
    secretary = kept.school.actor("secretary")
    register = kept.cases.register
    assert refused(kept, register, secretary, first.id, " \u200b").code == "number_required"
    assert refused(kept, register, secretary, first.id, "1" * 41).code == "text_too_long"
    register(secretary, first.id, "07/SĐ")
    assert refused(kept, register, secretary, second.id, "07/SĐ").code == "number_taken"
    assert refused(kept, register, secretary, first.id, "08/SĐ").code == "wrong_step"


def test_a_school_without_a_register_checks_at_once(kept):
    settle(kept.school, {"correction.registered": "0"})
    case = declared(kept, CaseKind.CONDUCT, {(0, "HK1.level"): "Khá"})
    checked = kept.cases.check(kept.school.actor("ngu_van"), case.id, "").payload
    assert (checked.step, checked.register_no) == (Step.CHECKED, "")


def test_the_review_meetings_day_holds_for_conduct_and_the_last_test_only(kept):
    school = kept.school
    day, vice = school.clock.today(), school.actor("vice")
    kept.cases.set_cutoff(vice, school.year_id, Period.HK1, day - timedelta(days=9))
    declared(kept, CaseKind.CONDUCT, {(0, "HK1.level"): "Khá"})
    yesterday = day - timedelta(days=1)
    kept.cases.set_cutoff(vice, school.year_id, Period.HK1, yesterday, review=True)
    error = refused(kept, declared, kept, CaseKind.CONDUCT, {(1, "HK1.level"): "Khá"})
    assert error.code == "past_cutoff"
    late = declared(kept, CaseKind.CONDUCT, {(1, "HK1.level"): "Khá"}, why=(*WHY, "họp lại"))
    assert late.late_reason == "họp lại"
    # What the books print of a pupil has no last day.
    declared(kept, CaseKind.PROFILE, {(0, "full_name"): "Nguyễn Văn Ân"})


def test_the_office_edits_no_printed_field_of_a_frozen_class_but_fills_empty_ones(kept):
    school = kept.school
    secretary = school.actor("secretary")
    with school.uow.read() as uow:
        entry = uow.roster.entries(school.class_id)[0]
    changed = replace(entry.profile, full_name="Nguyễn Văn Ân")
    edit = school.rosters.edit_profile
    error = refused(kept, edit, secretary, school.class_id, entry.pupil_id, changed)
    assert error.code == "needs_case"
    assert "Họ và tên" in error.sentence
    for allowed in (
        replace(entry.profile, phone="0987654321"),
        replace(entry.profile, hometown="Nam Định"),
    ):
        edit(secretary, school.class_id, entry.pupil_id, allowed)
    with school.uow.write() as uow:
        uow.roster.update_profile(entry.pupil_id, replace(entry.profile, birthplace=""))
        uow.commit()
    edit(secretary, school.class_id, entry.pupil_id, entry.profile)
    assert value(kept, CaseKind.PROFILE, 0, "birthplace") == entry.profile.birthplace


def test_days_that_a_case_changed_count_anew(kept):
    school = kept.school
    wanted = {(1, DAY.isoformat()): "P", (0, DAY.isoformat()): ""}
    case = approved(kept, declared(kept, CaseKind.ATTENDANCE, wanted))
    kept.cases.apply(school.actor("homeroom"), case.id)
    with school.uow.read() as uow:
        rows = uow.attendance.of_class(school.class_id, DAY, DAY)
    assert [(r.pupil_id, r.kind) for r in rows] == [(school.pupils[1], Absence.EXCUSED)]


def test_a_profile_corrected_loses_the_mark_of_the_national_database(kept):
    school = kept.school
    with school.uow.write() as uow:
        entry = uow.roster.entries(school.class_id)[0]
        verified = replace(entry.profile, personal_id_verified_on=date(2026, 9, 20))
        uow.roster.update_profile(entry.pupil_id, verified)
        uow.commit()
    case = approved(kept, declared(kept, CaseKind.PROFILE, {(0, "sex"): "Nữ"}))
    kept.cases.apply(school.actor("homeroom"), case.id)
    with school.uow.read() as uow:
        profile = uow.roster.entries(school.class_id)[0].profile
    assert (profile.sex, profile.personal_id_verified_on) == ("Nữ", None)


def test_the_personal_id_of_another_pupil_is_not_written(kept):
    school = kept.school
    with school.uow.read() as uow:
        other = uow.roster.entries(school.class_id)[1].profile.personal_id
    case = approved(kept, declared(kept, CaseKind.PROFILE, {(0, "personal_id"): other}))
    error = refused(kept, kept.cases.apply, school.actor("homeroom"), case.id)
    assert error.code == "pupil_exists"


def test_before_the_freeze_nobody_needs_a_case(tmp_path):
    made = book(make_school(tmp_path))
    error = refused(made, declared, made, CaseKind.PROFILE, {(0, "full_name"): "Nguyễn Văn Ân"})
    assert error.code == "cell_open"


def test_an_unlock_that_ran_out_writes_no_fact(kept):
    case = approved(kept, declared(kept, CaseKind.CONDUCT, {(0, "HK1.level"): "Khá"}))
    kept.school.clock.advance(timedelta(minutes=16))
    own = kept.school.actor("homeroom")
    assert refused(kept, kept.cases.apply, own, case.id).code == "unlock_expired"
    assert declared(kept, CaseKind.CONDUCT, {(0, "HK1.level"): "Đạt"}).number == 2


def test_a_mark_that_waits_for_its_make_up_test_is_filled_by_a_late_opening(tmp_path):
    made = book(make_school(tmp_path))
    school = made.school
    own, sheet = school.actor("tin_hoc"), made.sheet("tin_hoc")
    made.enter("tin_hoc", {(1, "HK1.gk"): "7"})
    keys = [made.key(0, "HK1.gk")]
    made.marks.set_state(own, sheet, keys, CellState.PENDING_MAKEUP, "ốm, cô Mai cho bù 20/01")
    made.close(Period.HK1, reason="còn bù")
    assert refused(made, made.enter, "tin_hoc", {(0, "HK1.gk"): "8"}).code == "locked"
    school.clock.move_to(datetime(2027, 1, 20, 9, tzinfo=VIETNAM))
    today = school.clock.today()
    secretary = school.actor("secretary")
    made.control.open_late(
        secretary, school.class_id, None, Period.HK1, today, today, "70/QĐ", today
    )
    for state in (CellState.EMPTY, CellState.EXEMPT):
        reason = "" if state is CellState.EMPTY else "đơn"
        error = refused(made, made.marks.set_state, own, sheet, keys, state, reason)
        assert error.code == "makeup_only"
    assert refused(made, made.enter, "tin_hoc", {(0, "HK1.gk"): ""}).code == "makeup_only"
    view = made.marks.open(own, sheet)
    at = [c.key for c in view.columns].index("HK1.gk")
    assert (view.cells[0][at].editable, view.cells[1][at].editable) == (True, False)
    made.enter("tin_hoc", {(0, "HK1.gk"): "8"})
    assert made.cell("tin_hoc", 0, "HK1.gk").value == 80
    # Settled now: the next change is a case.
    assert refused(made, made.enter, "tin_hoc", {(0, "HK1.gk"): "9"}).code == "locked"


def test_while_entry_is_open_a_state_is_not_typed_over(tmp_path):
    made = book(make_school(tmp_path))
    keys = [made.key(0, "HK1.gk")]
    own, sheet = made.school.actor("tin_hoc"), made.sheet("tin_hoc")
    made.marks.set_state(own, sheet, keys, CellState.PENDING_MAKEUP, "ốm")
    with pytest.raises(RuleRefused) as caught:
        made.enter("tin_hoc", {(0, "HK1.gk"): "8"})
    assert caught.value.code == "state_in_the_way"
