from __future__ import annotations

import pytest

from app.errors import EnvironmentProblem
from db.engine import Database
from db.trail_head_file import TrailHead, TrailHeadFile
from tests.db import drill_child
from tests.db.drill_kit import child
from tests.db.vault_kit import flip, found_school

HEAD = "ab" * 32


@pytest.fixture
def file(tmp_path):
    return TrailHeadFile(tmp_path / "school.khoaso")


def test_the_last_head_written_is_read(file):
    assert file.read() is None
    file.write(TrailHead(1, HEAD))
    file.write(TrailHead(2, HEAD))
    assert file.read() == TrailHead(2, HEAD)
    assert [entry.name for entry in file.path.parent.iterdir()] == ["school.khoaso.khoaso-head"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b'{"seq": 1}',
        b'{"seq": -1, "head": "' + HEAD.encode() + b'"}',
        b'{"seq": "1", "head": "' + HEAD.encode() + b'"}',
        b'{"seq": 1, "head": "abcd"}',
        b'{"seq": 1, "head": "zz"}',
        b'{"seq": 1, "head": 5}',
        b"\xff\xfe",
    ],
)
def test_a_damaged_head_is_told_apart_from_a_missing_one(file, content):
    file.path.write_bytes(content)
    with pytest.raises(EnvironmentProblem) as caught:
        file.read()
    assert caught.value.code == "head_damaged"


def test_it_is_what_tells_a_log_that_lost_its_end(tmp_path):
    """A flipped byte in the write-ahead log drops commits and passes every check of SQLite."""
    school = found_school(tmp_path)
    key = school.unlocked.database_key
    with child(drill_child.commit_for_ever, school.path, key) as (_, listen):
        while (newest := listen.recv()) < 1_000_010:
            pass
    head = TrailHeadFile(school.path)
    head.write(TrailHead(newest, HEAD))
    log = school.path.with_name(school.path.name + "-wal")
    assert log.stat().st_size > 6 * 4120
    flip(log, 32 + 5 * 4120 + 500)
    database = Database(school.path, key)
    assert database.full_check().ok
    with database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT max(id) FROM mark").scalar_one()
    database.close()
    assert found < head.read().seq
