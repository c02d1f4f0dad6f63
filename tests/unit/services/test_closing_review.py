"""GVCN's confirmation, the review before a close, sign-offs, and what a later change voids."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.class_confirmation import ConfirmBlock, blocks_of
from app.domain.periods import Period
from app.errors import AccessDenied, AppError
from app.readmodels.class_book import BookScope
from app.services.class_confirming import ClassConfirming
from app.services.closing_review import ClosingReviews
from app.services.printing import Printing
from app.services.sign_off import SignOffs
from exports.press import Paper, Tables
from tests.support.record_book import RecordBook, book
from tests.support.rules import settle
from tests.support.school import make_school

ALL = tuple(ConfirmBlock)


@pytest.fixture
def full(tmp_path) -> RecordBook:
    kept = book(make_school(tmp_path, pupils=3))
    kept.fill()
    return kept


def refused(kept: RecordBook, call) -> AppError:
    before = kept.school.trail_kinds()
    with pytest.raises(AppError) as caught:
        call()
    assert kept.school.trail_kinds() == before
    assert caught.value.sentence.endswith(".")
    return caught.value


def confirm(kept: RecordBook, period=Period.HK1, who="homeroom", ticked=ALL):
    confirming = ClassConfirming(kept.school.uow, kept.school.clock)
    return confirming.confirm(kept.school.actor(who), kept.school.class_id, period, ticked)


def review(kept: RecordBook, period=Period.HK1):
    return ClosingReviews(kept.school.uow, kept.school.clock).review(kept.school.class_id, period)


def close(kept: RecordBook, period=Period.HK1, reason=""):
    signer = kept.school.signer("principal")
    return kept.closing.close(signer, kept.school.class_id, period, "57/QĐ", reason)


def sign(kept: RecordBook, period=Period.HK1, who="principal", remark=""):
    offs = SignOffs(kept.school.uow, kept.school.clock)
    return offs.sign_period(kept.school.signer(who), kept.school.class_id, period, remark)


# --- confirmation


def test_the_gvcn_ticks_every_block_of_a_complete_class(full):
    assert ConfirmBlock.PROMOTION not in blocks_of(Period.HK1)
    assert len(blocks_of(Period.HK2)) == 5
    for who in ("principal", "tin_hoc"):
        assert isinstance(refused(full, lambda who=who: confirm(full, who=who)), AccessDenied)
    error = refused(full, lambda: confirm(full, ticked=ALL[:2]))
    assert error.code == "blocks_missing"
    assert "Nhận xét" in error.sentence
    assert refused(full, lambda: confirm(full, Period.HE)).code == "no_such_period"
    full.enter("tin_hoc", {(0, "HK1.ck"): ""})
    assert refused(full, lambda: confirm(full)).code == "incomplete"
    full.enter("tin_hoc", {(0, "HK1.ck"): "7"})
    confirm(full)
    line = review(full).homeroom
    assert (line.stands, line.confirmed_by) == (True, "Nguyễn Thị Bình")


def test_a_close_waits_for_the_gvcn_or_a_reason(full):
    assert refused(full, lambda: close(full)).code == "homeroom_missing"
    assert full.closing.report(full.school.class_id, Period.HK1).homeroom_missing
    confirm(full)
    full.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    assert refused(full, lambda: close(full)).code == "homeroom_missing"
    confirm(full)
    close(full)
    assert refused(full, lambda: confirm(full)).code == "already_closed"
    close(full, Period.HK2, reason="GVCN nghỉ ốm")


def test_a_school_may_do_without_the_gvcns_confirmation(full):
    settle(full.school, {"close.needs_homeroom": "0"})
    close(full)


def test_a_subject_confirmed_after_the_gvcn_leaves_the_gvcns_word_standing(full):
    confirm(full)
    for _ in range(2):
        full.marks.confirm(full.school.actor("tin_hoc"), full.sheet("tin_hoc"))
        found = review(full)
        assert found.homeroom.stands
        assert found.confirmed == 1


def test_a_later_change_voids_the_confirmation_and_says_why(full):
    full.marks.confirm(full.school.actor("tin_hoc"), full.sheet("tin_hoc"))
    confirm(full)
    found = review(full)
    assert found.confirmed == 1
    assert [line.stands for line in found.subjects if line.subject == "Tin học"] == [True]
    full.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    found = review(full)
    assert not found.homeroom.stands
    assert found.homeroom.voided_why == "Điểm thay đổi"
    tin = next(line for line in found.subjects if line.subject == "Tin học")
    assert (tin.stands, tin.voided_why) == (False, "Điểm thay đổi")
    confirm(full)
    homeroom = full.school.actor("homeroom")
    full.conduct.set_cells(
        homeroom, full.school.class_id, {(full.school.pupils[0], "HK1.level"): "K"}
    )
    assert review(full).homeroom.voided_why == "Rèn luyện thay đổi"


# --- differences


def test_results_are_compared_with_those_the_gvcn_confirmed(full):
    assert review(full).compared == ()
    confirm(full)
    found = review(full)
    assert (found.differences, found.compared) == (
        (),
        ("lúc giáo viên chủ nhiệm xác nhận học kì I",),
    )
    full.enter("tin_hoc", {(0, "HK1.ck"): "10"})
    (one,) = [d for d in review(full).differences if d.subject_id is not None]
    assert (one.field, one.cause) == ("Tin học, học kì", "")
    assert one.now > one.before


def test_a_correction_after_the_close_explains_the_difference(full):
    full.close(Period.HK1)
    full.corrected("tin_hoc", {(0, "HK1.ck"): "10"})
    (one,) = [d for d in review(full, Period.HK2).differences if d.subject_id is not None]
    assert one.period is Period.HK1
    assert one.cause == "hồ sơ sửa điểm số 01"
    assert one.since == "lúc chốt học kì I"
    assert review(full).tampered == ()


def test_what_a_database_tool_changed_is_found(full):
    full.close(Period.HK1)
    full.tampered(
        "UPDATE period_result SET facts = replace(facts, 'Tốt', 'Khá') WHERE period = 'HK1'"
    )
    found = review(full)
    assert len(found.tampered) == 1
    assert "sửa ngoài chương trình" in found.tampered[0]


def test_a_mark_changed_behind_the_program_has_no_cause(full):
    full.close(Period.HK1)
    (column,) = full.column_ids("tin_hoc", "HK1.ck")
    pupil = full.school.pupils[0]
    full.tampered(
        f"UPDATE mark SET value = 100 WHERE assessment_id = {column} AND pupil_id = {pupil}"
    )
    found = review(full)
    assert {d.cause for d in found.differences} == {""}
    assert found.tampered == ()


# --- sign-off


def test_the_principal_signs_a_closed_period_once(full):
    assert refused(full, lambda: sign(full)).code == "not_closed"
    full.close(Period.HK1)
    for who in ("vice", "secretary", "homeroom"):
        assert isinstance(refused(full, lambda who=who: sign(full, who=who)), AccessDenied)
    sign(full, remark="Sổ sạch, đủ")
    assert refused(full, lambda: sign(full)).code == "already_signed"
    with full.school.uow.read() as uow:
        point = uow.trail.last_checkpoint()
        (entry,) = uow.trail.entries(newest=1)
    assert (entry.kind, point.seq, point.reason) == ("sign_off.period", entry.seq, "sign_off")
    assert review(full).sign_off.remark == "Sổ sạch, đủ"


def test_a_correction_voids_the_signature_with_its_reason(full):
    full.close(Period.HK1)
    sign(full)
    full.corrected("tin_hoc", {(0, "HK1.ck"): "10"})
    signed = review(full).sign_off
    assert not signed.stands
    assert signed.voided_why
    sign(full)
    assert review(full).sign_off.stands


def test_a_late_fill_voids_the_signature_without_any_confirmation(full):
    full.enter("tin_hoc", {(0, "HK1.ck"): ""})
    close(full, reason="thi bù")
    sign(full)
    school = full.school
    full.control.open_late(
        school.actor("principal"), school.class_id, None, Period.HK1, school.clock.today(),
        school.clock.today() + timedelta(days=3), "60/QĐ", school.clock.today(),
    )  # fmt: skip
    full.enter("tin_hoc", {(0, "HK1.ck"): "7"})
    assert review(full).sign_off.voided_why == "Điểm thay đổi"


def test_a_roster_change_voids_what_was_said_over_the_list(full):
    full.close(Period.HK1)
    confirm(full, Period.HK2)
    sign(full)
    assert not review(full).sign_off_stale
    full.school.rosters.mark_left(
        full.school.actor("secretary"), full.school.class_id, full.school.pupils[2],
        date(2026, 11, 20), "chuyển",
    )  # fmt: skip
    assert "Danh sách lớp" in review(full).sign_off.voided_why
    assert "Danh sách lớp" in review(full, Period.HK2).homeroom.voided_why
    sign(full)
    assert review(full).sign_off.stands


def test_a_change_behind_the_program_makes_the_signature_stale(full):
    full.close(Period.HK1)
    sign(full)
    full.tampered(f"UPDATE pupil SET full_name = 'Lê Thị Mới' WHERE id = {full.school.pupils[0]}")
    assert review(full).sign_off.stands
    assert review(full).sign_off_stale
    sign(full)
    assert not review(full).sign_off_stale


def test_a_printed_book_is_signed_while_it_is_true(full):
    full.close(Period.HK1)
    school = full.school
    press = Printing(school.uow, school.clock, Paper(), Tables())
    run = press.print_class_book(
        school.actor("secretary"), school.class_id, BookScope.TERM_1
    ).payload.run
    offs = SignOffs(school.uow, school.clock)
    signer = school.signer("principal")
    assert isinstance(
        refused(full, lambda: offs.sign_print(school.signer("vice"), run.id)), AccessDenied
    )
    offs.sign_print(signer, run.id)
    assert refused(full, lambda: offs.sign_print(signer, run.id)).code == "already_signed"
    assert offs.of_runs(school.year_id)[run.id].stands
    full.corrected("tin_hoc", {(0, "HK1.ck"): "10"})
    assert not offs.of_runs(school.year_id)[run.id].stands
    assert refused(full, lambda: offs.sign_print(signer, run.id)).code == "print_differs"
    assert refused(full, lambda: offs.sign_print(signer, 999)).code == "not_found"
