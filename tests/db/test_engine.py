from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from app.errors import EnvironmentProblem
from db.engine import (
    Access,
    Database,
    connect,
    create_database,
    key_opens,
    make_engine,
    truncate_log,
)
from tests.db.vault_kit import flip

KEY = bytes(range(32))
PUPIL = text("INSERT INTO pupil VALUES (:name)")
SECRET = "một câu riêng của lớp 6A"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "Trường Đồng Xuân (năm 1).khoaso"
    create_database(path, KEY)
    with closing(connect(path, KEY)) as connection:
        connection.execute("CREATE TABLE lop (id INTEGER PRIMARY KEY, ten TEXT UNIQUE)")
        connection.execute(
            "CREATE TABLE hs (id INTEGER PRIMARY KEY, lop INTEGER NOT NULL REFERENCES lop(id))"
        )
        connection.execute("INSERT INTO lop VALUES (1, ?)", (SECRET,))
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO hs VALUES (?, 1)", [(i,) for i in range(5000)])
        connection.execute("COMMIT")
    return path


def refused(path, key=KEY, **how):
    with pytest.raises(EnvironmentProblem) as caught:
        connect(path, key, **how)
    return caught.value


def test_the_file_is_unreadable_to_plain_sqlite(path):
    content = path.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert b"CREATE TABLE" not in content
    assert SECRET.encode() not in content
    with closing(sqlite3.connect(path)) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT count(*) FROM sqlite_master").fetchone()


def test_the_log_is_unreadable_too(path):
    with closing(connect(path, KEY)) as connection:
        connection.execute("INSERT INTO lop VALUES (2, 'LỚP TÊN RẤT RIÊNG')")
        log = path.with_name(path.name + "-wal").read_bytes()
        assert log
        assert "RIÊNG".encode() not in log


def test_every_connection_carries_the_safe_settings(path):
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 5000,
        "cache_size": -32000,
        "temp_store": 2,
        "trusted_schema": 0,
    }
    with closing(connect(path, KEY)) as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
    assert found == expected


@pytest.mark.parametrize("wrong", [b"", b"short", bytes(31), bytes(33)])
def test_a_key_of_another_length_is_a_programming_error(path, wrong):
    with pytest.raises(ValueError, match="32 bytes"):
        connect(path, wrong)


def test_a_wrong_key_is_refused_and_changes_nothing(path):
    before = path.read_bytes()
    problem = refused(path, bytes(32))
    assert problem.code == "key_or_file_wrong"
    assert path.name in problem.sentence
    assert path.read_bytes() == before
    assert key_opens(path, KEY)
    assert not key_opens(path, bytes(32))


def test_opening_never_makes_a_file(tmp_path):
    missing = tmp_path / "khong-co.khoaso"
    assert refused(missing).code == "database_missing"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_not_taken_for_a_new_one(tmp_path):
    empty = tmp_path / "rong.khoaso"
    empty.touch()
    assert refused(empty).code == "database_empty"
    assert empty.stat().st_size == 0


def test_creating_never_replaces(path):
    before = path.read_bytes()
    with pytest.raises(EnvironmentProblem) as caught:
        create_database(path, KEY)
    assert caught.value.code == "database_exists"
    assert path.read_bytes() == before


def test_a_plain_database_is_refused(tmp_path):
    plain = tmp_path / "plain.khoaso"
    with closing(sqlite3.connect(plain)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
    assert refused(plain).code == "database_not_encrypted"


def test_another_encrypted_database_is_refused(path):
    with closing(connect(path, KEY)) as connection:
        connection.execute("PRAGMA application_id = 7")
    assert refused(path).code == "not_a_record_book"


def test_a_file_that_is_no_database(tmp_path):
    other = tmp_path / "anh.khoaso"
    other.write_bytes(os.urandom(9000))
    assert refused(other).code == "key_or_file_wrong"


def test_a_newer_schema_is_refused_with_both_numbers(path):
    with closing(connect(path, KEY)) as connection:
        connection.execute("PRAGMA user_version = 12")
    database = Database(path, KEY)
    database.refuse_newer(12)
    with pytest.raises(EnvironmentProblem) as caught:
        database.refuse_newer(9)
    assert caught.value.code == "newer_schema"
    assert "12" in caught.value.sentence
    assert "9" in caught.value.sentence
    database.close()


def test_foreign_keys_and_rollback_through_the_engine(path):
    database = Database(path, KEY)

    def class_and_orphan() -> None:
        with database.writer.begin() as connection:
            connection.execute(text("INSERT INTO lop VALUES (9, '9A')"))
            connection.execute(text("INSERT INTO hs VALUES (99999, 404)"))

    with pytest.raises(IntegrityError):
        class_and_orphan()
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM lop")).scalar_one() == 1
    database.close()


def test_ddl_is_part_of_the_transaction(path):
    engine = make_engine(path, KEY)

    def half_a_change() -> None:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE nua_chung (a)"))
            connection.execute(text("SELECT * FROM khong_co"))

    with pytest.raises(OperationalError):
        half_a_change()
    with engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master")).scalars().all()
    assert "nua_chung" not in names
    engine.dispose()


def test_writers_take_their_turn_instead_of_failing(path):
    """A read followed by a write, in many threads: deferred transactions would fail at once."""
    database = Database(path, KEY)
    faults: list[BaseException] = []

    def add() -> None:
        try:
            for _ in range(20):
                with database.writer.begin() as connection:
                    seen = connection.execute(text("SELECT max(id) FROM hs")).scalar_one()
                    connection.execute(text("INSERT INTO hs VALUES (:i, 1)"), {"i": seen + 1})
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM hs")).scalar_one() == 5080
    assert database.close()


def test_a_clean_close_leaves_one_file(path):
    database = Database(path, KEY)
    with database.writer.begin() as connection:
        connection.execute(text("INSERT INTO lop VALUES (2, '6B')"))
    assert database.close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_close_tells_when_a_reader_still_holds_the_log(path):
    database = Database(path, KEY)
    with closing(connect(path, KEY)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM lop").fetchone()
        with closing(connect(path, KEY)) as writer:
            writer.execute("INSERT INTO lop VALUES (3, '6C')")
            writer.execute("PRAGMA busy_timeout = 0")
            assert not truncate_log(writer)
        reader.execute("COMMIT")
    assert database.close()


def test_checks_of_a_sound_file(path):
    database = Database(path, KEY)
    assert database.quick_check().ok
    assert database.full_check().ok
    database.close()


@pytest.mark.parametrize("page", [2, 3, 7])
def test_one_flipped_byte_is_found(path, page):
    flip(path, page * 4096 + 1234)
    result = Database(path, KEY).full_check()
    assert not result.ok
    assert "cipher_integrity_check" in result.findings[0]
    assert "trang không khớp mã xác thực" in result.words


def test_a_flipped_byte_in_the_first_page_does_not_open(path):
    flip(path, 5)
    assert refused(path).code == "key_or_file_wrong"


def test_a_truncated_file_is_found(path):
    path.write_bytes(path.read_bytes()[:-4096])
    database = Database(path, KEY)
    try:
        assert not database.full_check().ok
    except EnvironmentProblem as problem:
        assert problem.code in {"database_damaged", "key_or_file_wrong"}  # noqa: PT017


def test_a_broken_reference_is_found(path):
    with closing(connect(path, KEY, foreign_keys=False)) as connection:
        connection.execute("INSERT INTO hs VALUES (777777, 404)")
    findings = Database(path, KEY).full_check().findings
    assert len(findings) == 1
    assert findings[0].startswith("foreign_key_check: hs")


def test_read_only_access_changes_no_byte(path):
    before = path.read_bytes()
    with closing(connect(path, KEY, access=Access.READ_ONLY)) as connection:
        assert connection.execute("SELECT count(*) FROM hs").fetchone() == (5000,)
    assert path.read_bytes() == before


def test_the_key_is_in_no_representation(path):
    database = Database(path, KEY)
    for shown in (repr(database), repr(database.engine), str(database.engine.url)):
        assert KEY.hex() not in shown
    database.close()


def test_the_text_of_a_fault_carries_no_values(tmp_path):
    path = tmp_path / "a.khoaso"
    create_database(path, KEY)
    database = Database(path, KEY)
    with database.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE pupil (name TEXT UNIQUE)")
        connection.execute(PUPIL, {"name": SECRET})
    with pytest.raises(IntegrityError) as fault, database.writer.begin() as connection:
        connection.execute(PUPIL, {"name": SECRET})
    assert SECRET not in str(fault.value)
    database.close()
