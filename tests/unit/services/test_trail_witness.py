"""Somebody with the database key rewrites the file: what is missing is found all the same."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.trail import TrailDraft, entry_hash
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.trail_review import TrailFilter, TrailReview
from db.rows.trail import trigger_statements
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """Two marks, one typed twice, and the sign-out of a day."""
    school = make_school(tmp_path, pupils=3)
    kept = book(school)
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8", (1, "HK1.tx1"): "7"}, "paste")
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    school.close()
    school.reopen()
    return RecordBook(school)


def quietly(kept: RecordBook, *statements: str) -> None:
    """Change rows and put the triggers back, as somebody careful would."""
    kept.tampered(*statements, *trigger_statements())


def check(kept: RecordBook):
    return TrailReview(kept.school.uow).check(kept.school.actor("principal"))


def last_seq(kept: RecordBook, kind: str) -> int:
    with kept.school.uow.read() as uow:
        return uow.trail.entries(newest=1, kind=kind)[0].seq


def test_an_honest_file_agrees_with_its_trail(kept):
    assert check(kept).problem == ""
    quietly(kept)
    assert check(kept).problem == ""


def test_a_signature_taken_away_is_missed(kept):
    signed = last_seq(kept, "session.sign_out")
    quietly(kept, f"DELETE FROM checkpoint WHERE seq >= {signed}")
    state = check(kept)
    assert state.bad_seq == signed
    assert "mốc ấy không còn" in state.problem


def test_a_chain_rewritten_to_its_end_lacks_the_signatures(kept):
    """Edit one detail, link everything after it anew, drop what no longer fits."""
    victim = last_seq(kept, "mark.set")
    with kept.school.uow.read() as uow:
        entries = [e for e in uow.trail.all_entries() if e.seq >= victim]
    statements, prev = [f"DELETE FROM checkpoint WHERE seq >= {victim}"], entries[0].prev
    for entry in entries:
        detail = entry.detail.replace("Tin", "Toán")
        forged = replace(entry, detail=detail, prev=prev)
        digest = entry_hash(forged)
        statements.append(
            f"UPDATE trail SET detail = '{detail}', prev = x'{prev.hex()}', "
            f"hash = x'{digest.hex()}' WHERE seq = {entry.seq}"
        )
        prev = digest
    quietly(kept, *statements)
    state = check(kept)
    assert state.bad_seq == last_seq(kept, "session.sign_out")


def test_a_signature_by_somebody_else_does_not_count(kept):
    """The teacher's own, honest signature in the place of the principal's."""
    school = kept.school
    with school.uow.write() as uow:
        draft = TrailDraft("year.seal", {"copy": 1, "bag": "x", "files": 1})
        seq = uow.trail.append(draft, school.actor("principal"), school.clock.now())
        reason, now = CheckpointReason.SEAL, school.clock.now()
        sign_checkpoint(uow, school.signer("toan"), school.actor("toan"), reason, now)
        uow.commit()
    assert check(kept).bad_seq == seq


def test_a_key_the_trail_never_named_is_found(kept):
    forger = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    quietly(
        kept,
        "INSERT INTO account_key (account_id, signing_key, since, reason) "
        f"VALUES (1, x'{forger.hex()}', '2026-11-23T08:30:00+07:00', 'x')",
    )
    assert "chưa từng ghi" in check(kept).problem


def test_keys_given_by_the_program_are_named(kept):
    school = kept.school
    new = "một mật khẩu khác hẳn"
    school.accounts.reset_password(school.actor("principal"), school.accounts_by_key["toan"], new)
    code = school.accounts.renew_recovery_code(school.actor("principal")).payload
    school.file.switch_user()
    school.session = school.file.recover(code, school.uid("principal"), new)
    assert check(kept).problem == ""


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER trail_no_update",
        "CREATE TRIGGER quiet AFTER INSERT ON mark BEGIN SELECT 1; END",
    ],
)
def test_a_guard_that_is_gone_or_strange_is_named(kept, statement):
    engine = kept.school.session.uow._database.engine
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert statement.split()[2] in check(kept).problem


@pytest.mark.parametrize(
    ("statement", "now"),
    [
        ("UPDATE mark SET value = 100 WHERE value = 70", "10,0"),
        ("DELETE FROM mark WHERE value = 70", ""),
        ("UPDATE mark SET state = 4, value = NULL, reason = 'ốm' WHERE value = 70", "ốm"),
    ],
)
def test_a_mark_changed_past_the_trail_is_found_with_its_place(kept, statement, now):
    quietly(kept, statement)
    problem = check(kept).problem
    assert "Tin học" in problem
    assert "“7,0”" in problem
    assert now in problem


def test_a_mark_nobody_ever_typed_is_found(kept):
    (column,) = kept.column_ids("tin_hoc", "HK1.ck")
    pupil = kept.school.pupils[2]
    quietly(
        kept,
        "INSERT INTO mark (assessment_id, pupil_id, state, value, reason, late, corrected_from) "
        f"VALUES ({column}, {pupil}, 1, 95, '', 0, '')",
    )
    assert "nhật ký ghi “”" in check(kept).problem


def test_rewritten_rows_are_shown_not_a_fault(kept):
    """The page that shows the forgery must open."""
    school, review = kept.school, TrailReview(kept.school.uow)
    seq = last_seq(kept, "mark.set")
    quietly(
        kept,
        f"UPDATE trail SET at = 'hôm qua', detail = '[1]' WHERE seq = {seq}",
        "UPDATE checkpoint SET at = '?', reason = 'lạ' WHERE id = 1",
    )
    principal = school.actor("principal")
    line = next(one for one in review.lines(principal) if one.seq == seq)
    assert line.at.year == 1
    assert "[1]" in line.sentence
    assert review.checkpoints(principal)[-1].reason == "lạ"
    assert review.check(principal).bad_seq == seq


def test_a_kind_is_no_pattern(kept):
    review, principal = TrailReview(kept.school.uow), kept.school.actor("principal")
    for pattern in ("%", "mark_set", "%sign_in"):
        assert review.lines(principal, TrailFilter(kind=pattern)) == ()
