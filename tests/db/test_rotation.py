from __future__ import annotations

import random
from contextlib import closing

import pytest

from app.errors import AccessDenied, EnvironmentProblem, RuleRefused
from db.engine import Database, connect, key_opens
from db.keys import rotation
from db.keys.keyfile import load, save, sealed_by
from tests.db import drill_child
from tests.db.drill_kit import ROUNDS, child, told
from tests.db.vault_kit import PASSWORDS, count_marks, found_school, vault_at
from tests.drill.tally import Fate, count


@pytest.fixture
def school(tmp_path):
    return found_school(tmp_path)


def test_removing_a_person_changes_the_key_for_everybody_else(school):
    unlocked = school.vault.remove_person(school.unlocked, "gv1")
    assert unlocked.database_key != school.unlocked.database_key
    assert unlocked.generation == 2
    assert not key_opens(school.path, school.unlocked.database_key)
    for uid in ("ht", "vt"):
        opened = school.vault.unlock(uid, PASSWORDS[uid])
        assert (opened.generation, opened.rotation_pending) == (2, False)
        assert count_marks(school.path, opened.database_key) == 20
    by_code = school.vault.unlock_by_recovery(school.recovery_code)
    assert by_code.database_key == unlocked.database_key
    with pytest.raises(AccessDenied) as caught:
        school.vault.unlock("gv1", PASSWORDS["gv1"])
    assert caught.value.code == "unknown_person"
    assert Database(school.path, unlocked.database_key).full_check().ok


def test_the_removed_persons_old_keyfile_no_longer_opens_the_file(school, tmp_path):
    stolen = school.keyfile.read_bytes()
    school.vault.remove_person(school.unlocked, "gv1")
    copy = tmp_path / "trộm" / school.path.name
    copy.parent.mkdir()
    copy.write_bytes(school.path.read_bytes())
    vault_at(copy).path.write_bytes(stolen)
    key = vault_at(copy).unlock("gv1", PASSWORDS["gv1"]).database_key
    with pytest.raises(EnvironmentProblem) as caught:
        connect(copy, key)
    assert caught.value.code == "key_or_file_wrong"


def test_nobody_removes_the_account_in_use(school):
    with pytest.raises(RuleRefused) as caught:
        school.vault.remove_person(school.unlocked, "ht")
    assert caught.value.code == "cannot_remove_self"


def test_an_open_connection_stops_it_before_anything_changed(school):
    before = school.keyfile.read_bytes()
    with closing(connect(school.path, school.unlocked.database_key)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM mark").fetchone()
        with pytest.raises(EnvironmentProblem) as caught:
            school.vault.remove_person(school.unlocked, "gv1")
        other.execute("COMMIT")
    assert caught.value.code == "database_busy"
    assert school.keyfile.read_bytes() == before
    assert count_marks(school.path, school.unlocked.database_key) == 20


def test_too_little_space_stops_it_before_anything_changed(school):
    before = school.keyfile.read_bytes()
    with pytest.raises(EnvironmentProblem) as caught:
        rotation.rotate(
            school.path,
            school.keyfile,
            load(school.keyfile),
            school.unlocked,
            frozenset(),
            free=lambda _: 10_000,
        )
    assert caught.value.code == "not_enough_space"
    assert school.keyfile.read_bytes() == before
    assert key_opens(school.path, school.unlocked.database_key)


def test_the_file_writes_again_after_a_change_of_key(school):
    unlocked = school.vault.remove_person(school.unlocked, "gv1")
    database = Database(school.path, unlocked.database_key)
    with database.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO mark VALUES (777, 90)")
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    assert database.close()
    assert count_marks(school.path, unlocked.database_key) == 21


@pytest.mark.parametrize(
    ("after_saves", "rekeyed", "pending"),
    [(0, True, False), (1, False, True), (1, True, False), (2, False, False)],
    ids=["before the first save", "before rekeying", "after rekeying", "after the last save"],
)
def test_killed_at_each_step(school, after_saves, rekeyed, pending):
    with child(drill_child.remove_teacher_and_die, school.path, after_saves, rekeyed) as (
        process,
        listen,
    ):
        assert listen.recv() == "go"
        process.join()
        assert process.exitcode != 0
    for uid in ("vt", "ht"):
        vault = vault_at(school.path)
        unlocked = vault.unlock(uid, PASSWORDS[uid])
        assert unlocked.rotation_pending is (pending and uid == "vt")
        if unlocked.rotation_pending:
            with pytest.raises(EnvironmentProblem) as caught:
                vault.update_label(unlocked, {})
            assert caught.value.code == "rotation_pending"
            unlocked = vault.finish_rotation(unlocked)
        assert len(load(school.keyfile).generations) == 1
        assert count_marks(school.path, unlocked.database_key) == 20
        assert vault.finish_rotation(unlocked) is unlocked
    removed = load(school.keyfile).person("gv1") is None
    assert removed is (after_saves > 0 or not rekeyed)
    assert key_opens(school.path, school.unlocked.database_key) is not removed


def test_a_password_may_change_while_an_interrupted_change_of_key_waits(school):
    keyfile = load(school.keyfile)
    both = rotation._with_generation(keyfile, 2, bytes(32))
    save(school.keyfile, sealed_by(both, {1: school.unlocked.database_key, 2: bytes(32)}))
    school.vault.change_password("gv1", PASSWORDS["gv1"], "dòng sông bên lở")
    unlocked = school.vault.unlock("gv1", "dòng sông bên lở")
    assert unlocked.rotation_pending
    finished = school.vault.finish_rotation(unlocked)
    assert count_marks(school.path, finished.database_key) == 20
    assert school.vault.unlock("vt", PASSWORDS["vt"]).database_key == finished.database_key


@pytest.mark.drill
def test_killed_at_any_moment_of_a_change_of_key(tmp_path):
    school = found_school(tmp_path, rows=200_000)
    chance = random.Random()
    for _ in range(ROUNDS):
        with child(drill_child.rotate_for_ever, school.path) as (process, listen):
            listen.recv()
            process.join(timeout=chance.uniform(0.0, 0.15))
        unlocked = vault_at(school.path).unlock("gv1", PASSWORDS["gv1"])
        assert count_marks(school.path, unlocked.database_key) == 200_000
        assert Database(school.path, unlocked.database_key).full_check().ok
        count("kill -9: changing the key", Fate.INTACT)


@pytest.mark.drill
def test_killed_while_saving_the_keyfile(school):
    chance = random.Random()
    for _ in range(ROUNDS):
        with child(drill_child.save_keyfile_for_ever, school.path) as (process, listen):
            for _ in range(chance.randrange(1, 12)):
                acknowledged = listen.recv()
            process.kill()
            process.join()
            acknowledged = max([acknowledged, *told(listen)])
        vault = vault_at(school.path)
        for uid, password in PASSWORDS.items():
            assert vault.unlock(uid, password).database_key == school.unlocked.database_key
        assert int(vault.label()["year"]) in {acknowledged, acknowledged + 1}
        count("kill -9: saving the keyfile", Fate.INTACT)
    vault.update_label(school.unlocked, {})
    assert not list(school.path.parent.glob("*khoaso-tmp"))
    assert not list(school.path.parent.glob(".*khoaso-tmp"))


@pytest.mark.drill
def test_killed_while_committing(school):
    key = school.unlocked.database_key
    chance = random.Random()
    for _ in range(ROUNDS):
        before = count_marks(school.path, key)
        with child(drill_child.commit_for_ever, school.path, key) as (process, listen):
            for _ in range(chance.randrange(1, 40)):
                acknowledged = listen.recv()
            process.kill()
            process.join()
            # What it said between the last word heard and its death counts as acknowledged too.
            acknowledged = max([acknowledged, *told(listen)])
        database = Database(school.path, key)
        with database.writer.begin() as connection:
            kept = connection.exec_driver_sql("SELECT max(id) FROM mark").scalar_one()
            connection.exec_driver_sql("DELETE FROM mark WHERE id > 1000000")
        assert kept in {acknowledged, acknowledged + 1}
        assert database.full_check().ok
        assert database.close()
        assert count_marks(school.path, key) == before
        count("kill -9: committing", Fate.INTACT)
