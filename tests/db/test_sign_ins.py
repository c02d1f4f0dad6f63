from __future__ import annotations

import pytest

from app.errors import EnvironmentProblem
from db.keys.sign_ins import SignInLog
from tests.db.vault_kit import clock


@pytest.fixture
def log(tmp_path):
    log = SignInLog(tmp_path / "school.khoaso", clock())
    log.start()
    return log


def test_an_empty_log_is_neither_missing_nor_damaged(log):
    pending = log.pending()
    assert (pending.attempts, pending.missing, pending.damaged_lines) == ((), False, 0)


def test_attempts_wait_until_they_are_taken(log):
    log.record("gv1", "wrong_password")
    log.record("ký tự lạ\n", "unknown_person")
    for _ in range(2):
        pending = log.pending()
        assert [(one.uid, one.result) for one in pending.attempts] == [
            ("gv1", "wrong_password"),
            ("ký tự lạ", "unknown_person"),
        ]
    assert pending.attempts[0].at == "2026-11-23T08:30:00+07:00"
    assert pending.attempts[0].attempt != pending.attempts[1].attempt
    log.taken(pending)
    assert log.pending().attempts == ()
    assert not log.pending().missing


def test_an_attempt_in_between_is_kept(log):
    log.record("gv1", "wrong_password")
    pending = log.pending()
    log.record("gv2", "wrong_password")
    log.taken(pending)
    assert [one.uid for one in log.pending().attempts] == ["gv2"]


def test_a_removed_file_is_reported_and_stays_noticed_after_new_attempts(log):
    log.record("gv1", "wrong_password")
    log.path.unlink()
    assert log.pending().missing
    log.record("gv2", "wrong_password")
    pending = log.pending()
    assert pending.missing
    assert [one.uid for one in pending.attempts] == ["gv2"]
    log.taken(pending)
    assert log.pending() == type(pending)((), missing=False, damaged_lines=0, bytes_read=0)
    assert [entry.name for entry in log.path.parent.iterdir()] == [log.path.name]


@pytest.mark.parametrize("line", [b"\xff", b"{", b"[]", b'{"uid": "a"}', b'{"attempt": 1}', b"7"])
def test_damaged_lines_are_counted_and_the_others_read(log, line):
    log.record("gv1", "wrong_password")
    log.path.write_bytes(line + b"\n" + log.path.read_bytes())
    pending = log.pending()
    assert pending.damaged_lines == 1
    assert [one.uid for one in pending.attempts] == ["gv1"]


def test_a_line_torn_by_a_power_cut_costs_only_itself(log):
    log.record("gv1", "wrong_password")
    log.path.write_bytes(log.path.read_bytes() + b'{"attempt": "abc", "uid": "g')
    pending = log.pending()
    assert (len(pending.attempts), pending.damaged_lines) == (1, 1)


def test_a_log_that_cannot_be_written_still_refuses_the_sign_in(log):
    log.path.unlink()
    log.path.mkdir()
    with pytest.raises(EnvironmentProblem):
        log.record("gv1", "wrong_password")
