from __future__ import annotations

import errno
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import EnvironmentProblem
from db import faults
from db.engine import Access, Database, connect, create_database, make_engine
from db.faults import translated_errors

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.khoaso"
    create_database(path, KEY)
    with closing(connect(path, KEY)) as connection:
        connection.execute("CREATE TABLE t (a TEXT UNIQUE)")
        connection.execute("INSERT INTO t VALUES ('x')")
    return path


def test_a_full_disk_loses_nothing_acknowledged_and_recovers(path):
    engine = make_engine(path, KEY)
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
        connection.rollback()
        acknowledged: list[int] = []

        def save_until_full() -> None:
            for number in range(10_000):
                with translated_errors("lưu điểm", path), connection.begin():
                    connection.execute(text("INSERT INTO t VALUES (:a)"), {"a": f"{number:01000}"})
                acknowledged.append(number)

        with pytest.raises(EnvironmentProblem) as caught:
            save_until_full()
        assert caught.value.code == "disk_full"
        assert caught.value.sentence.startswith("Không lưu điểm được (a.khoaso): ổ đĩa đã đầy")
        assert acknowledged
        counted = connection.execute(text("SELECT count(*) FROM t")).scalar_one()
        assert counted == len(acknowledged) + 1
        connection.rollback()
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        connection.rollback()
        with connection.begin():
            connection.execute(text("INSERT INTO t VALUES ('còn chỗ')"))
    engine.dispose()
    assert Database(path, KEY).full_check().ok


def test_a_locked_file(path):
    with closing(connect(path, KEY)) as first, closing(connect(path, KEY)) as second:
        first.execute("BEGIN IMMEDIATE")
        second.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(EnvironmentProblem) as caught, translated_errors("lưu điểm", path):
            second.execute("BEGIN IMMEDIATE")
        assert caught.value.code == "database_busy"
        first.execute("ROLLBACK")


def test_a_read_only_file(path):
    with (
        closing(connect(path, KEY, access=Access.READ_ONLY)) as connection,
        pytest.raises(EnvironmentProblem) as caught,
        translated_errors("lưu điểm", path),
    ):
        connection.execute("INSERT INTO t VALUES ('y')")
    assert caught.value.code == "read_only"


def test_a_folder_in_place_of_the_file(tmp_path):
    folder = tmp_path / "thu-muc.khoaso"
    folder.mkdir()
    with pytest.raises(EnvironmentProblem) as caught:
        connect(folder, KEY)
    assert caught.value.code == "cannot_open"


def test_a_refused_constraint_passes_through(path):
    engine = make_engine(path, KEY)
    with (
        pytest.raises(IntegrityError),
        translated_errors("lưu", path),
        engine.begin() as connection,
    ):
        connection.execute(text("INSERT INTO t VALUES ('x')"))
    with (
        closing(connect(path, KEY)) as raw,
        pytest.raises(sqlcipher.IntegrityError),
        translated_errors("lưu", path),
    ):
        raw.execute("INSERT INTO t VALUES ('x')")
    engine.dispose()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EIO, "io_error"),
        (errno.ENODEV, "io_error"),
        (errno.ENOENT, "cannot_open"),
    ],
)
def test_faults_of_the_operating_system(number, code):
    path = Path("D:/so.khoaso")
    with pytest.raises(EnvironmentProblem) as caught, translated_errors("ghi tệp khóa", path):
        raise OSError(number, "machine's words")
    assert caught.value.code == code
    assert caught.value.facts["errno"] == number
    assert "machine" not in caught.value.sentence


def test_an_unknown_fault_is_not_dressed_up():
    with pytest.raises(ChildProcessError), translated_errors("lưu", Path("a")):
        raise ChildProcessError(errno.ECHILD, "no child")


def test_every_sentence_is_whole_and_nfc():
    known = [*faults._BY_SQLITE_CODE.values(), *faults._BY_ERRNO.values()]
    for _, sentence in known:
        assert sentence == unicodedata.normalize("NFC", sentence)
        assert "Hãy" in sentence
        assert sentence.endswith(".")
