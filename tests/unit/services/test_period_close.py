"""Chốt: findings, digest, refusals and the principal's signature, on a real encrypted file."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.domain.marks import CellState
from app.domain.periods import Period, Term
from app.errors import AccessDenied, AppError
from app.services.trail_review import pinned_keys
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    return book(make_school(tmp_path, pupils=3))


@pytest.fixture
def full(kept) -> RecordBook:
    kept.fill()
    return kept


def digest(kept: RecordBook, period: Period = Period.HK1) -> str:
    return kept.closing.report(kept.school.class_id, period).digest.hex


def refused(kept: RecordBook, call) -> AppError:
    def state():
        with kept.school.uow.read() as uow:
            locks = uow.control.class_locks(kept.school.class_id)
            return uow.trail.head(), locks, len(uow.trail.checkpoints())

    before = state()
    with pytest.raises(AppError) as caught:
        call()
    assert state() == before
    assert caught.value.sentence.endswith(".")
    return caught.value


def close(kept: RecordBook, period=Period.HK1, who="principal", number="57/QĐ", reason=""):
    signer = kept.school.signer(who)
    return kept.closing.close(signer, kept.school.class_id, period, number, reason)


def test_an_empty_class_is_told_subject_by_subject(kept):
    report = kept.closing.report(kept.school.class_id, Period.HK1)
    assert not report.complete
    assert (report.filled, report.required > 0) == (0, True)
    assert {f.subject for f in report.findings} >= {"Toán", "Tin học", "Rèn luyện", "Chuyên cần"}
    assert {f.count for f in report.findings} == {3}
    assert all(f.blocking for f in report.findings)
    error = refused(kept, lambda: close(kept))
    assert error.code == "incomplete"
    assert "còn 3 học sinh thiếu điểm" in error.sentence


def test_findings_name_what_is_left(full):
    school = full.school
    assert full.closing.report(school.class_id, Period.HK1).complete
    full.enter("tin_hoc", {(0, "HK1.ck"): ""})
    teacher = school.actor("ngu_van")
    key = full.key(1, "HK1.ck")
    full.marks.set_state(teacher, full.sheet("ngu_van"), [key], CellState.PENDING_MAKEUP, "ốm")
    homeroom = school.actor("homeroom")
    blank = {(school.pupils[2], "HK1.level"): "", (school.pupils[0], "HK1.excused"): ""}
    full.conduct.set_cells(homeroom, school.class_id, blank)
    said = {(f.subject, f.text) for f in full.closing.report(school.class_id, Period.HK1).findings}
    assert said == {
        ("Tin học", "còn 1 học sinh thiếu điểm"),
        ("Ngữ văn", "còn 1 học sinh chờ kiểm tra bù"),
        ("Rèn luyện", "còn 1 học sinh chưa có kết quả rèn luyện"),
        ("Chuyên cần", "còn 1 học sinh chưa ghi số buổi nghỉ"),
    }
    # Exempt, zero for absence and a former school's mark are no gaps; who left is not asked for.
    full.marks.set_state(
        teacher, full.sheet("ngu_van"), [key], CellState.ZERO_ABSENT, "không đến thi bù"
    )
    full.marks.set_state(
        school.actor("tin_hoc"),
        full.sheet("tin_hoc"),
        [full.key(0, "HK1.ck")],
        CellState.EXEMPT,
        "QĐ 5",
    )
    secretary = school.actor("secretary")
    school.rosters.mark_left(
        secretary, school.class_id, school.pupils[2], date(2026, 11, 20), "chuyển"
    )
    left = full.closing.report(school.class_id, Period.HK1).findings
    assert [f.subject for f in left] == ["Chuyên cần"]


def test_the_year_asks_for_both_terms_and_says_which(full):
    school = full.school
    full.enter("tin_hoc", {(0, "HK1.ck"): "", (1, "HK2.gk"): ""})
    close(full, reason="thi bù tháng 1")
    said = [(f.subject, f.text) for f in full.closing.report(school.class_id, Period.HK2).findings]
    assert said == [
        ("Tin học", "còn 1 học sinh thiếu điểm ở học kì I"),
        ("Tin học", "còn 1 học sinh thiếu điểm ở học kì II"),
    ]
    assert refused(full, lambda: close(full, Period.HK2)).code == "incomplete"


def test_a_complete_class_is_closed_and_signed(full):
    school = full.school
    before = digest(full)
    full.confirm(Period.HK1)
    done = close(full)
    assert done.payload.digest.hex == before
    with school.uow.read() as uow:
        locks = uow.control.class_locks(school.class_id)
        point = uow.trail.last_checkpoint()
        (entry,) = uow.trail.entries(newest=1)
        assert uow.trail.check(pinned_keys(uow)).problem == ""
    closed = locks.closes[Period.HK1]
    assert (closed.data_digest, closed.decision_no) == (before, "57/QĐ")
    assert (closed.closed_by, closed.closed_at) == ("Lê Văn Khải", school.clock.now())
    assert set(locks.closes) == {Period.HK1}
    assert (entry.kind, entry.seq) == ("period.close", done.seq)
    assert before in entry.detail
    assert (point.seq, point.head, point.reason) == (entry.seq, entry.hash, "close")
    key = Ed25519PublicKey.from_public_bytes(school.signer("principal").public_key)
    key.verify(point.signature, point.statement.encode())
    # Closing again, and typing into it, are refused; the other term stays open.
    assert refused(full, lambda: close(full)).code == "already_closed"
    assert refused(full, lambda: full.enter("tin_hoc", {(0, "HK1.tx1"): "1"})).code == "locked"
    full.enter("tin_hoc", {(0, "HK2.tx1"): "1"})


def test_what_a_close_needs(full):
    assert refused(full, lambda: close(full, number="  ")).code == "decision_required"
    assert refused(full, lambda: close(full, Period.HK2)).code == "earlier_period_open"
    for period in (Period.GK1, Period.CN, Period.HE):
        assert refused(full, lambda period=period: close(full, period)).code == "no_such_period"
    for who in ("vice", "secretary", "admin", "homeroom"):
        error = refused(full, lambda who=who: close(full, who=who))
        assert isinstance(error, AccessDenied)
        assert "không được chốt sổ" in error.sentence


def test_an_incomplete_class_is_closed_with_a_written_reason(kept):
    close(kept, reason="  học sinh  thi bù ")
    with kept.school.uow.read() as uow:
        (entry,) = uow.trail.entries(newest=1)
    assert '"missing_reason":"học sinh thi bù"' in entry.detail


def test_the_digest_stands_still_until_a_fact_changes(full):
    school = full.school
    seen = {digest(full)}
    assert digest(full) == digest(full)
    # What leaves the facts as they were leaves the digest as it was.
    full.enter("tin_hoc", {(0, "HK1.comment"): "x"})
    assert digest(full) not in seen
    full.enter("tin_hoc", {(0, "HK1.comment"): ""})
    full.enter("tin_hoc", {(0, "HK2.tx1"): "1"})
    full.control.lock_columns(
        school.actor("secretary"), school.class_id, full.column_ids("tin_hoc", "HK1.gk"), "60/QĐ"
    )
    assert digest(full) in seen

    def changed(what: str) -> None:
        now = digest(full)
        assert now not in seen, what
        seen.add(now)

    full.enter("tin_hoc", {(0, "HK1.tx1"): "0,1"})
    changed("a mark")
    full.enter("gdtc", {(0, "HK1.tx1"): "CĐ"})
    changed("a level")
    full.marks.set_state(
        school.actor("tin_hoc"),
        full.sheet("tin_hoc"),
        [full.key(1, "HK1.tx1")],
        CellState.EXEMPT,
        "QĐ 5",
    )
    changed("a state")
    full.enter("tin_hoc", {(0, "HK1.comment"): "tiến bộ"})
    changed("a comment")
    for field, text in (("level", "Khá"), ("excused", "2"), ("unexcused", "2"), ("comment", "y")):
        edits = {(school.pupils[0], f"HK1.{field}"): text}
        full.conduct.set_cells(school.actor("homeroom"), school.class_id, edits)
        changed(field)
    secretary = school.actor("secretary")
    school.rosters.mark_left(
        secretary, school.class_id, school.pupils[2], date(2026, 11, 20), "chuyển"
    )
    changed("who left")


def test_conduct_that_was_emptied_again_counts_as_never_written(kept):
    before = digest(kept)
    homeroom, first = kept.school.actor("homeroom"), kept.school.pupils[0]
    for text in ("3", ""):
        kept.conduct.set_cells(homeroom, kept.school.class_id, {(first, "HK1.excused"): text})
    assert digest(kept) == before


def test_the_year_closes_after_its_first_term(full):
    full.close(Period.HK1, Period.HK2)
    with full.school.uow.read() as uow:
        closes = uow.control.class_locks(full.school.class_id).closes
    assert set(closes) == {Period.HK1, Period.HK2}
    assert closes[Period.HK1].data_digest != closes[Period.HK2].data_digest
    for column in full.facts("tin_hoc").term_codes(Term.HK2):
        error = refused(full, lambda column=column: full.enter("tin_hoc", {(0, column): "1"}))
        assert error.code == "locked"
