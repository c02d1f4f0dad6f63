"""The trail on a real encrypted file: what the triggers refuse and what the check finds."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy.exc import IntegrityError

from app.domain.trail import CellChange, TrailDraft, chain, statement, statement_digest
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.trail_review import pinned_keys
from db.rows.trail import checkpoint
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """Three marks, one of them changed twice, and one signed checkpoint in between."""
    kept = book(make_school(tmp_path))
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8", (1, "HK1.tx1"): "7"}, "paste")
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    sign(kept)
    kept.enter("tin_hoc", {(2, "HK1.tx1"): "5"})
    return kept


def sign(kept: RecordBook, who: str = "principal") -> None:
    school = kept.school
    with school.uow.write() as uow:
        reason, now = CheckpointReason.END_OF_DAY, school.clock.now()
        sign_checkpoint(uow, school.signer(who), school.actor(who), reason, now)
        uow.commit()


def check(kept: RecordBook, *, pinned: bool = True):
    with kept.school.uow.read() as uow:
        return uow.trail.check(pinned_keys(uow) if pinned else None)


def execute(kept: RecordBook, sql: str, *values: object) -> None:
    engine = kept.school.session.uow._database.engine
    with engine.begin() as connection:
        connection.exec_driver_sql(sql, values)


def head(kept: RecordBook) -> tuple[int, bytes]:
    with kept.school.uow.read() as uow:
        return uow.trail.head()


def test_an_honest_trail_passes(kept):
    state = check(kept)
    assert state.problem == ""
    assert state.bad_seq is None
    assert (state.entries, state.head) == head(kept)
    assert state.checkpoints >= 2  # the founding's end of day and ours


@pytest.mark.parametrize("table", ["trail", "trail_cell", "checkpoint"])
@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM {table}",
        "UPDATE {table} SET seq = seq",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        "REPLACE INTO {table} SELECT * FROM {table}",
    ],
)
def test_nothing_recorded_is_changed_or_removed(kept, table, sql):
    before = head(kept)
    with pytest.raises(IntegrityError, match="trail"):
        execute(kept, sql.format(table=table))
    assert head(kept) == before
    assert check(kept).problem == ""


def test_entries_come_in_order_or_not_at_all(kept):
    seq, prev = head(kept)
    columns = "seq, at, account_id, actor, kind, detail, cell_count, cells_digest, prev, hash"
    insert = f"INSERT INTO trail ({columns}) VALUES (?, 'x', 1, 'x', 'x', '{{}}', 0, '', ?, ?)"
    for number, before in ((seq + 2, prev), (seq, prev), (seq + 1, bytes(32)), (0, prev)):
        with pytest.raises(IntegrityError):
            execute(kept, insert, number, before, bytes(32))
    for last in (seq - 1, seq + 1):
        with pytest.raises(IntegrityError, match="without its entry"):
            execute(kept, "INSERT INTO trail_cell VALUES (?, 99, 1, 1, '', '8,0')", last)
    assert check(kept).problem == ""


@pytest.mark.parametrize(
    "field",
    [
        *["at = '2020-01-01T00:00:00+07:00'", "actor = 'Người khác'", "kind = 'mark.gone'"],
        *["account_id = 99", "class_id = 99", "subject_id = 99", "cells_digest = 'x'"],
        *["detail = replace(detail, 'Tin', 'Toán')", "cell_count = 7"],
    ],
)
def test_a_changed_entry_is_named(kept, field):
    victim = head(kept)[0] - 2
    kept.tampered(f"UPDATE trail SET {field} WHERE seq = {victim}")
    state = check(kept)
    assert state.bad_seq == victim
    assert f"mục {victim}" in state.problem


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE trail_cell SET new = '10,0' WHERE seq = {victim} AND ordinal = 0",
        "UPDATE trail_cell SET pupil_id = 99 WHERE seq = {victim} AND ordinal = 0",
        "DELETE FROM trail_cell WHERE seq = {victim} AND ordinal = 1",
        "UPDATE trail_cell SET ordinal = 5 WHERE seq = {victim} AND ordinal = 0",
        "INSERT INTO trail_cell VALUES ({victim}, 9, 1, 1, '', '10,0')",
    ],
)
def test_a_changed_cell_is_found_at_its_entry(kept, sql):
    victim = head(kept)[0] - 2
    kept.tampered(sql.format(victim=victim))
    assert check(kept).bad_seq == victim


def test_an_entry_rewritten_with_its_own_hash_breaks_the_next(kept):
    victim = head(kept)[0] - 1
    with kept.school.uow.read() as uow:
        entry = next(e for e in uow.trail.all_entries() if e.seq == victim)
        cells = [CellChange(*c) for c in uow.trail.cells_of(victim)]
    forged = chain(
        TrailDraft(entry.kind, {"class": "6B"}, entry.class_id, entry.subject_id, cells),
        seq=victim,
        at=kept.school.clock.now(),
        account_id=entry.account_id,
        actor=entry.actor,
        prev=entry.prev,
    )
    kept.tampered(
        f"UPDATE trail SET detail = '{forged.detail}', at = '{forged.at}', "
        f"hash = x'{forged.hash.hex()}' WHERE seq = {victim}"
    )
    assert check(kept).bad_seq == victim + 1


def test_a_missing_entry_and_orphaned_cells_are_found(kept):
    last = head(kept)[0]
    kept.tampered(f"DELETE FROM trail WHERE seq = {last}")
    state = check(kept)
    assert state.bad_seq == last
    assert "ô điểm" in state.problem
    kept.tampered(f"DELETE FROM trail WHERE seq = {last - 3}")
    assert check(kept).bad_seq == last - 2


def test_a_truncated_tail_is_found_by_the_checkpoint(kept):
    signed = head(kept)[0] - 1
    cut = f"DELETE FROM %s WHERE seq >= {signed}"
    kept.tampered(cut % "trail_cell", cut % "trail")
    state = check(kept)
    assert state.bad_seq == signed
    assert "Mốc ký" in state.problem


def test_a_truncated_tail_without_its_checkpoints_is_found_by_the_head_file(tmp_path):
    kept = book(make_school(tmp_path))
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    kept.school.close()
    kept.school.reopen()
    last = head(kept)[0]
    cut = f"DELETE FROM %s WHERE seq >= {last - 2}"
    kept.tampered(cut % "trail_cell", cut % "trail", cut % "checkpoint")
    assert check(kept).problem == ""
    kept.school.session.uow._database.close()
    kept.school.file._lock.release()
    warnings = kept.school.reopen().warnings
    assert any("nhật ký" in sentence.lower() and "mục" in sentence for sentence in warnings)


def forge(kept: RecordBook, **changes: object) -> None:
    """Put a changed copy of the last checkpoint behind it."""
    with kept.school.uow.read() as uow:
        point = replace(uow.trail.last_checkpoint(), **changes)
    with kept.school.uow.write() as uow:
        uow.trail.add_checkpoint(point)
        uow.commit()


def honest_text(kept: RecordBook, signer: str) -> str:
    with kept.school.uow.read() as uow:
        last = uow.trail.last_checkpoint()
        seq, top = uow.trail.head()
        return statement(
            database_id=uow.trail.database_id(),
            seq=seq,
            head=top,
            at=last.at,
            signer=signer,
            reason=last.reason,
            previous=statement_digest(last.statement),
        )


def test_a_checkpoint_of_a_forgers_own_key_is_found_by_the_pinned_keys(kept):
    forger = Ed25519PrivateKey.generate()
    seq, top = head(kept)
    text = honest_text(kept, "Lê Văn Khải")
    forge(
        kept,
        seq=seq,
        head=top,
        statement=text,
        signature=forger.sign(text.encode()),
        public_key=forger.public_key().public_bytes_raw(),
    )
    assert check(kept, pinned=False).problem == ""
    state = check(kept)
    assert state.bad_seq == seq
    assert "Lê Văn Khải" in state.problem


def test_a_checkpoint_of_somebody_elses_key_is_found(kept):
    seq, top = head(kept)
    text = honest_text(kept, "Lê Văn Khải")
    other = kept.school.signer("tin_hoc")
    forge(
        kept,
        seq=seq,
        head=top,
        statement=text,
        signature=other.sign(text.encode()),
        public_key=other.public_key,
    )
    assert check(kept).bad_seq == seq


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": bytes(64)},
        {"signature": b""},
        {"public_key": b"short"},
        {"signer": "Người khác"},
        {"reason": "seal"},
        {"at": "2020-01-01T00:00:00+07:00"},
        {"seq": 1},
        {"head": bytes(32)},
        {"statement": "{}"},
    ],
)
def test_a_changed_checkpoint_is_found(kept, changes):
    kept.tampered("DELETE FROM checkpoint")
    with kept.school.uow.read() as uow:
        before = uow.trail.check()
    assert before.problem == ""
    sign(kept)
    with kept.school.uow.read() as uow:
        point = replace(uow.trail.last_checkpoint(), **changes)
    kept.tampered("DELETE FROM checkpoint")
    with kept.school.uow.write() as uow:
        uow.trail.add_checkpoint(point)
        uow.commit()
    assert "Mốc ký" in check(kept, pinned=False).problem


def test_a_checkpoint_taken_out_of_the_middle_is_missed(kept):
    for _ in range(2):
        sign(kept)
    with kept.school.uow.read() as uow:
        number = len(uow.trail.checkpoints())
    assert check(kept).checkpoints == number
    kept.tampered(f"DELETE FROM checkpoint WHERE {checkpoint.c.id.name} = {number - 1}")
    assert "Mốc ký" in check(kept).problem


def test_a_signature_proves_itself_without_the_program(kept):
    with kept.school.uow.read() as uow:
        point = uow.trail.last_checkpoint()
        entry = next(e for e in uow.trail.all_entries() if e.seq == point.seq)
    key = Ed25519PublicKey.from_public_bytes(point.public_key)
    key.verify(point.signature, point.statement.encode())
    said = json.loads(point.statement)
    assert said["head"] == entry.hash.hex()
    assert said["seq"] == entry.seq
    assert point.code == f"{entry.seq}-{entry.hash.hex()[:8]}"


def test_only_the_signer_signs(kept):
    school = kept.school
    with school.uow.write() as uow, pytest.raises(ValueError, match="cannot sign"):
        sign_checkpoint(
            uow,
            school.signer("tin_hoc"),
            school.actor("principal"),
            CheckpointReason.CLOSE,
            school.clock.now(),
        )


def test_a_class_reads_its_own_entries(kept):
    school = kept.school
    with school.uow.read() as uow:
        mine = uow.trail.entries(class_id=school.class_id, kind="mark.")
        assert [e.seq for e in mine] == sorted((e.seq for e in mine), reverse=True)
        assert {e.kind for e in mine} == {"mark.set"}
        assert uow.trail.entries(class_id=999) == ()
        assert uow.trail.sheet_version(school.class_id, 999) == 0
        assert uow.trail.sheet_version(*kept.sheet("tin_hoc")) == mine[0].seq
