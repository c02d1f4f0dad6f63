"""The program ends between a bag's last rename and its record: the next attempt knows its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.domain.periods import Period
from app.errors import AppError
from app.services.sealing import Sealing
from exports.press import Tables
from exports.seal.bag import write_bag
from exports.seal.checker import check_bag
from exports.seal.drives_folder import FolderDrives
from tests.support.record_book import RecordBook
from tests.unit.services.test_sealing import PEOPLE, print_year, ready_to_print


class KilledError(RuntimeError):
    """Stands for the end of the process."""


def dies(request, bound, folder, progress=None):
    """Writes a whole bag, and the program is gone before anybody heard of it."""
    write_bag(request, bound, folder)
    raise KilledError


def sealing(book: RecordBook, writer=write_bag) -> Sealing:
    school = book.school
    return Sealing(
        school.uow, school.clock, FolderDrives(), writer, Tables(), school.path, check_bag
    )


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """A closed class with one correction, not yet printed."""
    return ready_to_print(tmp_path)


@pytest.fixture
def drive(tmp_path) -> Path:
    return tmp_path / "drive"


@pytest.fixture
def left(kept: RecordBook, drive: Path) -> Path:
    """The bag of an attempt that ended before its record."""
    print_year(kept)
    signer = kept.school.signer("principal")
    with pytest.raises(KilledError):
        sealing(kept, dies).seal(signer, kept.school.year_id, drive, *PEOPLE)
    (bag,) = drive.iterdir()
    return bag


def again(book: RecordBook, folder: Path):
    return (
        sealing(book)
        .seal(book.school.signer("principal"), book.school.year_id, folder, *PEOPLE)
        .payload
    )


def refusal(book: RecordBook, folder: Path) -> AppError:
    with pytest.raises(AppError) as caught:
        again(book, folder)
    with book.school.uow.read() as uow:
        assert uow.control.seals(book.school.year_id) == ()
    assert caught.value.sentence.endswith(".")
    return caught.value


def test_the_whole_bag_is_recorded_and_not_written_again(kept, drive, left):
    times = {p: p.stat().st_mtime_ns for p in left.rglob("*")}
    kept.school.close()
    kept.school.reopen()
    done = again(kept, drive)
    assert {p: p.stat().st_mtime_ns for p in left.rglob("*")} == times
    judged = check_bag(left, done.record.fingerprint)
    assert judged.fingerprint_matches
    assert done.record.bag_name == left.name
    assert done.record.tagmanifest_sha512 == done.report.tagmanifest_sha512
    size, count = judged.info["Payload-Oxum"].split(".")
    assert (done.record.bytes, done.record.files) == (int(size), int(count))
    with kept.school.uow.read() as uow:
        assert [seal.bag_name for seal in uow.control.seals(kept.school.year_id)] == [left.name]
        assert uow.trail.last_checkpoint().reason == "seal"


def test_a_bag_whose_book_has_changed_since_is_not_taken(kept, drive, left):
    day = kept.school.clock.today()
    kept.cases.set_cutoff(kept.school.actor("vice"), kept.school.year_id, Period.HK1, day)
    assert refusal(kept, drive).code == "bag_outdated"


def test_a_damaged_bag_is_not_taken(kept, drive, left):
    victim = next(p for p in left.rglob("*.csv"))
    victim.write_bytes(victim.read_bytes() + b" ")
    assert refusal(kept, drive).code == "bag_exists"


def test_a_bag_of_another_school_is_not_taken(kept, drive, left):
    # As if nobody of this school had ever had that key.
    kept.tampered("UPDATE account_key SET signing_key = zeroblob(32)")
    error = refusal(kept, drive)
    assert error.code == "bag_of_others"


def test_a_bag_on_file_is_never_taken_twice(kept, drive, left):
    done = again(kept, drive)
    second = left.with_name(left.name.replace("ban-1", "ban-2"))
    shutil.copytree(left, second)
    with pytest.raises(AppError) as caught:
        again(kept, drive)
    assert caught.value.code == "bag_outdated"
    with kept.school.uow.read() as uow:
        seals = uow.control.seals(kept.school.year_id)
    assert [seal.bag_name for seal in seals] == [done.record.bag_name]
