"""The disk is full at every stage: one sentence, nothing half written, everything kept."""

import errno
import os
from contextlib import suppress

import pytest

from app.errors import AccessDenied, EnvironmentProblem
from app.services.trail_review import pinned_keys
from db.backup import list_backups
from db.salvage import FileSalvage
from tests.drill.tally import Fate, count
from tests.journeys.drill_child import COLUMNS
from tests.journeys.test_kill_drills import _limit, replayed
from tests.support.record_book import book
from tests.support.school import CHEAP, PASSWORD, make_school, school_clock

pytestmark = pytest.mark.drill
ENOUGH = 60


def test_a_paste_with_one_page_more_each_time(tmp_path):
    """From no page to spare until it goes through."""
    kept = book(make_school(tmp_path, pupils=45))
    cells = {(n, key): "7" for n in range(45) for key in COLUMNS}
    engine = kept.school.session.uow._database.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    before, kinds = replayed(kept), kept.school.trail_kinds()
    for spare in range(ENOUGH):
        _limit(kept, pages + spare)
        try:
            kept.enter("ngu_van", cells, "paste")
        except EnvironmentProblem as full:
            count("disk full: paste", Fate.TOLD if full.code == "disk_full" else Fate.UNDETECTED)
            assert replayed(kept) == before
            assert kept.school.trail_kinds() == kinds
        else:
            break
    assert 1 < spare < ENOUGH - 1
    assert len(replayed(kept)) == 315
    with kept.school.uow.read() as uow:
        assert uow.trail.check(pinned_keys(uow)).problem == ""


def full_at(monkeypatch, number):
    """The fsync of that number (from 0) finds the disk full."""
    real, done = os.fsync, 0

    def fsync(handle):
        nonlocal done
        done += 1
        if done == number + 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)


def stages(monkeypatch, kind, work, untouched):
    """Run `work` with the disk full at its first sync, its second, … until it goes through."""
    for number in range(ENOUGH):
        with monkeypatch.context() as patch:
            full_at(patch, number)
            try:
                work()
            except EnvironmentProblem as full:
                told = full.code == "disk_full"
            else:
                return number
        count(f"disk full: {kind}", Fate.TOLD if told and untouched() else Fate.UNDETECTED)
        assert told
        assert untouched()
    raise AssertionError("never went through")


def test_a_backup(tmp_path, monkeypatch):
    school = make_school(tmp_path, pupils=1)
    maker = school.session.backups
    folder = maker.default_folder()

    def nothing_half():
        return not [one for one in folder.iterdir() if one.name.startswith(".")]

    assert stages(monkeypatch, "backup", lambda: maker.make(folder), nothing_half) > 2
    assert list_backups(folder)


def test_a_salvage(tmp_path, monkeypatch):
    school = make_school(tmp_path, pupils=1)
    school.close()
    before = school.path.read_bytes()
    rescue = FileSalvage(school.path, school_clock(), cost=CHEAP, floor=CHEAP)

    def nothing_half():
        folders = [one for one in tmp_path.iterdir() if one.is_dir() and "-cuu-" not in one.name]
        return not folders and school.path.read_bytes() == before

    work = stages(
        monkeypatch,
        "salvage",
        lambda: rescue.salvage(school.uids["principal"], PASSWORD),
        nothing_half,
    )
    assert work > 2


def test_a_password_changed(tmp_path, monkeypatch):
    """The keyfile is wholly the old one or wholly the new one; nobody else notices."""
    school = make_school(tmp_path, pupils=1)
    new = "một câu khác hẳn trước"
    vault, uid = school.file.vault, school.uids["toan"]

    def opening():
        """The password that opens now."""
        for words in (PASSWORD, new):
            with suppress(AccessDenied):
                vault.unlock(uid, words)
                return words
        raise AssertionError("neither password opens")

    def still_opens():
        vault.unlock(school.uids["secretary"], PASSWORD)
        return opening() in (PASSWORD, new)

    def change():
        # The name of the new file may be on the disk although its folder's sync failed.
        vault.change_password(uid, opening(), new)

    stages(monkeypatch, "password change", change, still_opens)
    assert opening() == new
