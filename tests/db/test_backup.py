from __future__ import annotations

import errno
import hashlib
import random
import shutil
from contextlib import closing
from datetime import timedelta

import pytest

from app.errors import EnvironmentProblem
from app.progress import Cancelled
from db import backup as backups
from db.backup import MANIFEST, latest_verified, list_backups, make_backup
from db.durable_files import PosixFiles
from db.engine import connect
from db.keys.keyfile import keyfile_path
from tests.db import drill_child
from tests.db.drill_kit import ROUNDS, child
from tests.db.vault_kit import PASSWORDS, clock, count_marks, flip, found_school, vault_at
from tests.drill.tally import Fate, count


@pytest.fixture
def school(tmp_path):
    folder = tmp_path / "may"
    folder.mkdir()
    return found_school(folder, rows=2000)


@pytest.fixture
def database(school):
    database = school.database()
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "ổ sao lưu"


def test_a_backup_opens_with_its_own_keyfile(school, database, folder):
    with database.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO mark VALUES (5000, 85)")
    report = make_backup(database, folder, clock())
    copy = report.database_path
    assert report.path.name == f"{school.path.stem}-20261123-083000"
    assert sorted(entry.name for entry in report.path.iterdir()) == sorted(
        [school.path.name, keyfile_path(school.path).name, MANIFEST]
    )
    assert report.bytes == copy.stat().st_size + keyfile_path(copy).stat().st_size
    assert report.digest == hashlib.sha256(copy.read_bytes()).hexdigest()
    assert report.checked_at == "2026-11-23T08:30:00+07:00"
    key = vault_at(copy).unlock("gv1", PASSWORDS["gv1"]).database_key
    assert count_marks(copy, key) == 2001


def test_the_copy_is_encrypted_and_keeps_its_numbers(school, database, folder):
    with closing(connect(school.path, database.key)) as connection:
        connection.execute("PRAGMA user_version = 3")
    report = make_backup(database, folder, clock())
    assert not report.database_path.read_bytes().startswith(b"SQLite format 3")
    assert report.schema_number == 3


def test_a_running_writer_is_not_disturbed(school, database, folder):
    """What was committed before is in the copy, what was not is not."""
    with database.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO mark VALUES (6000, 85)")
        report = make_backup(database, folder, clock())
    assert count_marks(report.database_path, database.key) == 2000
    assert count_marks(school.path, database.key) == 2001


def test_a_reduced_keyfile_goes_with_a_copy_that_leaves(school, database, folder):
    report = make_backup(
        database,
        folder,
        clock(),
        write_keyfile=lambda path: school.vault.write_reduced_copy(
            school.unlocked, path, {"ht", "vt"}
        ),
    )
    assert [entry.uid for entry in vault_at(report.database_path).people()] == ["ht", "vt"]


def assert_nothing_left(folder):
    assert list(folder.iterdir()) == []
    assert list_backups(folder) == ()
    assert latest_verified(folder) is None


def test_too_little_space(database, folder):
    with pytest.raises(EnvironmentProblem) as caught:
        make_backup(database, folder, clock(), free=lambda _: 3 * 8192)
    assert caught.value.code == "not_enough_space"
    assert_nothing_left(folder)


def test_a_disk_that_fills_up_half_way(database, folder, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backups.shutil, "copyfile", full)
    with pytest.raises(EnvironmentProblem) as caught:
        make_backup(database, folder, clock())
    assert caught.value.code == "disk_full"
    assert str(folder) in caught.value.sentence
    assert_nothing_left(folder)


def test_a_copy_that_does_not_prove_good_is_thrown_away(database, folder, monkeypatch):
    real = backups._copy_database

    def damaging(source, copy):
        real(source, copy)
        flip(copy, 4096 + 77)

    monkeypatch.setattr(backups, "_copy_database", damaging)
    with pytest.raises(EnvironmentProblem) as caught:
        make_backup(database, folder, clock())
    assert caught.value.code == "backup_bad"
    assert caught.value.facts["findings"]
    assert_nothing_left(folder)


def test_a_damaged_original_is_told_and_makes_no_backup(school, folder):
    flip(school.path, 3 * 4096 + 55)
    with pytest.raises(EnvironmentProblem) as caught:
        make_backup(school.database(), folder, clock())
    assert caught.value.code == "database_damaged"
    assert school.path.name in caught.value.sentence
    assert_nothing_left(folder)


def test_a_keyfile_of_another_file_makes_no_backup(school, database, folder, tmp_path):
    other = tmp_path / "khac"
    other.mkdir()
    school.keyfile.write_bytes(found_school(other).keyfile.read_bytes())
    with pytest.raises(EnvironmentProblem) as caught:
        make_backup(database, folder, clock())
    assert caught.value.code == "keyfile_forged"
    assert_nothing_left(folder)


def test_a_missing_keyfile_makes_no_backup(school, database, folder):
    school.keyfile.unlink()
    with pytest.raises(EnvironmentProblem):
        make_backup(database, folder, clock())
    assert_nothing_left(folder)


@pytest.mark.parametrize("step", [0, 1, 2])
def test_cancelling_leaves_nothing(database, folder, step):
    def progress(done: int, total: int, note: str = "") -> None:
        if done == step:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_backup(database, folder, clock(), progress=progress)
    assert_nothing_left(folder)


def test_a_refused_rename_leaves_nothing(database, folder):
    class Refusing(PosixFiles):
        def replace(self, source, target):
            raise PermissionError(errno.EACCES, "Access is denied")

    with pytest.raises(EnvironmentProblem) as caught:
        make_backup(database, folder, clock(), files=Refusing())
    assert caught.value.code == "read_only"
    assert_nothing_left(folder)


def test_partial_folders_of_a_killed_backup_are_no_backups_and_are_swept(database, folder):
    report = make_backup(database, folder, clock())
    dead = folder / f".{database.path.stem}.0badf00d.dang-sao-luu"
    shutil.copytree(report.path, dead)
    assert list_backups(folder) == (report,)
    make_backup(database, folder, clock())
    assert not dead.exists()


def test_the_newest_comes_first_and_two_in_one_second_both_stay(database, folder):
    time = clock()
    first = make_backup(database, folder, time)
    twin = make_backup(database, folder, time)
    time.advance(timedelta(hours=1))
    newest = make_backup(database, folder, time)
    assert twin.path.name == first.path.name + "-2"
    assert [one.path.name for one in list_backups(folder)] == [
        newest.path.name,
        twin.path.name,
        first.path.name,
    ]
    assert latest_verified(folder) == newest


def test_a_backup_that_changed_since_is_not_the_latest_verified(database, folder):
    time = clock()
    first = make_backup(database, folder, time)
    time.advance(timedelta(days=1))
    second = make_backup(database, folder, time)
    time.advance(timedelta(days=1))
    third = make_backup(database, folder, time)
    time.advance(timedelta(days=1))
    fourth = make_backup(database, folder, time)
    flip(third.database_path, 9000)
    flip(keyfile_path(fourth.database_path), 300)
    second.database_path.unlink()
    assert latest_verified(folder) == first


@pytest.mark.drill
def test_killed_while_backing_up(school, folder):
    """What has a final name was proved; the rest is swept by the next backup."""
    chance = random.Random()
    for _ in range(ROUNDS):
        with child(
            drill_child.back_up_for_ever, school.path, school.unlocked.database_key, folder
        ) as (
            process,
            listen,
        ):
            assert listen.recv() == "go"
            process.join(timeout=chance.uniform(0.0, 0.1))
        found = list_backups(folder)
        final = [entry for entry in folder.iterdir() if not entry.name.endswith(".dang-sao-luu")]
        assert {report.path for report in found} == set(final)
        for report in found[:3]:
            assert count_marks(report.database_path, school.unlocked.database_key) == 2000
        count("kill -9: backing up", Fate.INTACT)
    make_backup(school.database(), folder, clock())
    assert not [entry for entry in folder.iterdir() if entry.name.endswith(".dang-sao-luu")]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"checked_at": "hôm qua"}'])
def test_folders_that_are_no_backups_are_passed_over(database, folder, content):
    report = make_backup(database, folder, clock())
    stranger = folder / "ảnh"
    stranger.mkdir()
    (stranger / MANIFEST).write_text(content, "utf-8")
    (folder / "ghi chú.txt").touch()
    assert list_backups(folder) == (report,)


def test_no_folder_no_backups(tmp_path):
    assert list_backups(tmp_path / "chưa có") == ()
    assert latest_verified(tmp_path / "chưa có") is None
