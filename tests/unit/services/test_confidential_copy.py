"""Bản mật: everything goes along, and only those who may open it can."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.errors import AppError
from app.services.confidential_copy import confidential_files
from app.vault import PersonEntry
from db.school_files import SchoolFilesOnDisk
from exports.seal.checker import check_bag
from tests.support.school import CHEAP, PASSWORD
from tests.unit.services.test_sealing import PEOPLE, print_year, ready_to_print, sealing


def test_the_whole_file_goes_along_for_the_principal_and_the_secretary_only(tmp_path) -> None:
    kept = ready_to_print(tmp_path)
    print_year(kept)
    school = kept.school
    before = {path.name for path in school.path.parent.iterdir()}
    done = sealing(kept).seal(
        school.signer("principal"),
        school.year_id,
        tmp_path / "drive",
        *PEOPLE,
        confidential=school.session.backups,
    )
    bag = done.payload.report.path
    report = check_bag(bag)
    assert report.exit_code == 0
    assert report.info["Edition"].startswith("open, with an encrypted")
    assert "bản mật" in (bag / "DOC-TRUOC.txt").read_text("utf-8-sig")
    assert {path.name for path in school.path.parent.iterdir()} == before
    copy = tmp_path / "chep"
    copy.mkdir()
    for path in (bag / "data/ban-mat").iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    opened = SchoolFilesOnDisk(school.clock, cost=CHEAP, floor=CHEAP).open(copy / "so.khoaso")
    uids = {entry.uid for entry in opened.people() if isinstance(entry, PersonEntry)}
    assert uids == {school.uids["principal"], school.uids["secretary"]}
    session = opened.sign_in(school.uids["principal"], PASSWORD)
    with session.uow.read() as uow, school.uow.read() as own:
        mine = [e.profile for e in own.roster.entries(school.class_id)]
        assert [e.profile for e in uow.roster.entries(school.class_id)] == mine
    opened.close()
    plain = b"".join(path.read_bytes() for path in copy.iterdir() if path.suffix == ".khoaso")
    assert b"SQLite format" not in plain
    assert mine[0].full_name.encode() not in plain


def test_a_year_without_it_says_open(tmp_path) -> None:
    kept = ready_to_print(tmp_path)
    print_year(kept)
    done = sealing(kept).seal(
        kept.school.signer("principal"), kept.school.year_id, tmp_path / "drive", *PEOPLE
    )
    bag = done.payload.report.path
    assert check_bag(bag).info["Edition"] == "open"
    assert not (bag / "data/ban-mat").exists()


def test_a_copy_that_cannot_be_made_seals_nothing(tmp_path) -> None:
    kept = ready_to_print(tmp_path)
    print_year(kept)

    class Full:
        def make_travelling(self, folder, name, progress=None):
            raise OSError(28, "No space left on device")

    with pytest.raises(AppError) as caught:
        sealing(kept).seal(
            kept.school.signer("principal"),
            kept.school.year_id,
            tmp_path / "drive",
            *PEOPLE,
            confidential=Full(),
        )
    assert caught.value.code == "confidential_copy_failed"
    assert list((tmp_path / "drive").iterdir()) == []


def test_what_fails_while_the_medium_is_written_is_told_as_that(tmp_path) -> None:
    """Only the making of the copy is this file's to blame."""

    class Maker:
        def make_travelling(self, folder, name, progress=None):
            path = folder / "moi"
            path.mkdir()
            (path / name).write_bytes(b"x")
            return SimpleNamespace(path=path)

    with pytest.raises(OSError, match="rút ổ"), confidential_files(Maker(), tmp_path):
        raise OSError(5, "rút ổ")
    assert list(tmp_path.iterdir()) == []
