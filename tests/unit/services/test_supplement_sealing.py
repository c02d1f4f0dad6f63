"""Gói bổ sung: numbered, by decision, only with something new; the first bag is never touched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.errors import AccessDenied, AppError
from app.services.supplement_sealing import SupplementSealing
from exports.seal.bag import write_bag
from exports.seal.checker import check_bag
from exports.seal.drives_folder import FolderDrives
from tests.exports.seal.making import contents_of
from tests.unit.services.test_seal_retry import KilledError, dies
from tests.unit.services.test_seal_retry import sealing as unrecorded_sealing
from tests.unit.services.test_sealing import (
    PEOPLE,
    print_book,
    print_year,
    ready_to_print,
    seal,
    sealing,
)


def supplement(kept, folder, decision="15/QĐ-THCS", who="principal"):
    school = kept.school
    service = SupplementSealing(school.uow, sealing(kept), FolderDrives(), write_bag, school.path)
    return service.seal(school.signer(who), school.year_id, folder, decision, *PEOPLE)


def refused(kept, call) -> AppError:
    before = kept.school.trail_kinds()
    with pytest.raises(AppError) as caught:
        call()
    assert kept.school.trail_kinds() == before
    return caught.value


def test_a_supplement_holds_what_came_after_and_leaves_the_first_alone(tmp_path) -> None:
    kept = ready_to_print(tmp_path)
    drive = tmp_path / "drive"
    print_year(kept)
    assert refused(kept, lambda: supplement(kept, drive)).code == "not_sealed_yet"
    first = seal(kept, drive)
    before = contents_of(first.report.path)
    kept.school.clock.advance(timedelta(days=30))
    assert refused(kept, lambda: supplement(kept, drive)).code == "nothing_new"
    run = print_book(kept)
    assert refused(kept, lambda: supplement(kept, drive, " ")).code == "decision_required"
    with pytest.raises(AccessDenied):
        supplement(kept, drive, who="secretary")
    (one,) = supplement(kept, drive).payload
    assert (one.record.copy_no, one.record.supplement) == (2, 1)
    assert one.record.bag_name.endswith("_bo-sung-1")
    report = check_bag(one.report.path, one.record.fingerprint)
    assert (report.exit_code, report.fingerprint_matches) == (0, True)
    assert report.info["Supplement"] == "1"
    assert report.info["Supplement-To"] == first.record.bag_name
    assert report.info["Supplement-To-Tagmanifest-SHA512"] == first.record.tagmanifest_sha512
    assert report.info["Unsealing-Decision"] == "15/QĐ-THCS"
    books = sorted(path.name for path in (one.report.path / "data/lop-6a").glob("*.pdf"))
    assert [int(name[7:11]) for name in books] == [run.number]
    assert (one.report.path / "data/nhat-ky/muc.jsonl").is_file()
    assert contents_of(first.report.path) == before
    kept.school.clock.advance(timedelta(days=1))
    assert refused(kept, lambda: supplement(kept, drive)).code == "nothing_new"
    print_book(kept)
    (two,) = supplement(kept, drive).payload
    assert (two.record.copy_no, two.record.supplement) == (3, 2)


def test_a_supplement_that_was_never_recorded_is_recorded_and_not_written_again(tmp_path) -> None:
    """Killed between the bag's name and its record; another decision number is another act."""
    kept = ready_to_print(tmp_path)
    drive = tmp_path / "drive"
    print_year(kept)
    seal(kept, drive)
    kept.school.clock.advance(timedelta(days=30))
    print_book(kept)
    school = kept.school

    def again(decision, writer=write_bag):
        whole = unrecorded_sealing(kept)
        return SupplementSealing(school.uow, whole, FolderDrives(), writer, school.path).seal(
            school.signer("principal"), school.year_id, drive, decision, *PEOPLE
        )

    with pytest.raises(KilledError):
        again("15/QĐ-THCS", dies)
    (bag,) = drive.glob("*_bo-sung-1")
    before = {path: path.stat().st_mtime_ns for path in bag.rglob("*")}
    said = refused(kept, lambda: again("16/QĐ-THCS"))
    assert said.code == "bag_says_otherwise"
    assert "15/QĐ-THCS" in said.sentence
    (one,) = again("15/QĐ-THCS").payload
    assert {path: path.stat().st_mtime_ns for path in bag.rglob("*")} == before
    assert (one.record.bag_name, one.record.supplement) == (bag.name, 1)
    assert check_bag(bag, one.record.fingerprint).fingerprint_matches


def test_a_later_copy_of_the_year_is_no_supplement(tmp_path) -> None:
    kept = ready_to_print(tmp_path)
    print_year(kept)
    seal(kept, tmp_path / "drive")
    kept.school.clock.advance(timedelta(days=1))
    again = seal(kept, tmp_path / "drive")
    assert (again.record.copy_no, again.record.supplement) == (2, 0)
