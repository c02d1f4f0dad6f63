"""The program killed at any moment: what was said to be saved is there, nothing is half there."""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.periods import Period
from app.errors import EnvironmentProblem
from app.readmodels.class_book import BookScope
from app.services.printing import Printing
from app.services.sealing import Sealing
from app.services.trail_review import pinned_keys
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.checker import check_bag
from exports.seal.drives_folder import FolderDrives
from tests.db.drill_kit import ROUNDS, child, told
from tests.drill.tally import Fate, count
from tests.journeys import drill_child as drills
from tests.support.record_book import RecordBook, book
from tests.support.school import TestSchool, make_school
from tests.support.year_end import settle

pytestmark = pytest.mark.drill


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20261123)


@pytest.fixture(scope="module")
def big_class(tmp_path_factory) -> RecordBook:
    """45 pupils, entry open, the file closed."""
    kept = book(make_school(tmp_path_factory.mktemp("big"), pupils=45))
    kept.school.close()
    return kept


@pytest.fixture(scope="module")
def full_class(tmp_path_factory) -> RecordBook:
    """Every cell of the year filled, nothing closed, the file closed."""
    kept = book(make_school(tmp_path_factory.mktemp("full"), pupils=3))
    kept.fill()
    kept.confirm(Period.HK1)
    kept.school.close()
    return kept


@pytest.fixture(scope="module")
def printed_class(tmp_path_factory) -> RecordBook:
    """Closed and printed, ready for the seal, the file closed."""
    kept = book(make_school(tmp_path_factory.mktemp("printed"), pupils=3))
    kept.fill()
    kept.close()
    settle(kept.school)
    school = kept.school
    press = Printing(school.uow, school.clock, Paper(), Tables())
    press.print_class_book(school.actor("secretary"), school.class_id, BookScope.YEAR)
    school.close()
    return kept


def copied(kept: RecordBook, folder: Path) -> RecordBook:
    """The closed file of `kept` in a folder of this round, still closed."""
    folder.mkdir()
    for part in kept.school.path.parent.iterdir():
        if part.is_file():
            shutil.copyfile(part, folder / part.name)
    return RecordBook(replace(kept.school, path=folder / kept.school.path.name))


def reopened(kept: RecordBook, who: str = "principal") -> RecordBook:
    """The file opened after the crash, found whole."""
    school: TestSchool = kept.school
    session = school.reopen(who)
    with session.uow.read() as uow:
        assert uow.trail.check(pinned_keys(uow)).problem == ""
    again = RecordBook(school)
    database = session.uow._database
    assert database.full_check().findings == ()
    return again


def wait_for(listen, wanted: int) -> None:
    """Until the child has said that much, or a minute has passed."""
    for _ in range(wanted):
        assert listen.poll(60)
        listen.recv()


def replayed(kept: RecordBook) -> dict[tuple[int, int], str]:
    cells: dict[tuple[int, int], str] = {}
    with kept.school.uow.read() as uow:
        for _, pupil, assessment, old, new in uow.trail.all_cells():
            assert cells.get((pupil, assessment), "") == old
            cells[pupil, assessment] = new
    return cells


def test_typing_loses_no_acknowledged_mark(big_class, tmp_path, chance):
    for number in range(ROUNDS):
        kept = copied(big_class, tmp_path / str(number))
        school, sheet = kept.school, kept.sheet("tin_hoc")
        work = (school.path, school.uid("tin_hoc"), sheet, school.pupils)
        with child(drills.type_for_ever, *work) as (process, listen):
            wait_for(listen, chance.randint(1, 30))
            time.sleep(chance.random() / 100)
            process.kill()
            process.join()
            heard = told(listen)
        acknowledged = max(heard, default=0)
        kept = reopened(kept)
        facts = kept.facts("tin_hoc")
        column = facts.columns["HK1.tx1"].id
        with school.uow.read() as uow:
            last = sum(e.kind == "mark.set" for e in uow.trail.all_entries())
        assert last >= acknowledged
        expected = {}
        for done in range(1, last + 1):
            place, text = drills.typed(done, len(school.pupils))
            expected[school.pupils[place]] = f"{text},0"
        found = {p: c for (p, a), c in replayed(kept).items() if a == column and c}
        assert found == expected
        stored = {p: m.cell.value for (a, p), m in facts.stored.items() if a == column}
        assert stored == {p: int(t.split(",")[0]) * 10 for p, t in expected.items()}
        school.close()
        count("kill -9: typing marks", Fate.INTACT)


def test_a_paste_is_whole_or_not_there(big_class, tmp_path, chance):
    for number in range(ROUNDS):
        kept = copied(big_class, tmp_path / str(number))
        school, sheet = kept.school, kept.sheet("ngu_van")
        work = (school.path, school.uid("ngu_van"), sheet, school.pupils)
        with child(drills.paste_for_ever, *work) as (process, listen):
            wait_for(listen, 1 + 2 * chance.randint(0, 3))
            time.sleep(chance.random() / 25)
            process.kill()
            process.join()
            heard = told(listen)
        done = max((n for what, n in heard if what == "done"), default=0)
        kept = reopened(kept)
        facts = kept.facts("ngu_van")
        with school.uow.read() as uow:
            pastes = [e for e in uow.trail.all_entries() if e.kind == "mark.set"]
        assert len(pastes) >= done
        assert {e.cell_count for e in pastes} <= {315}
        values = {m.cell.value for m in facts.stored.values()}
        assert len(facts.stored) in (0, 315)
        assert values == ({len(pastes) % 11 * 10} if pastes else set())
        school.close()
        count("kill -9: pasting 315 marks", Fate.INTACT)


def test_a_close_is_signed_and_whole_or_not_there(full_class, tmp_path, chance):
    for number in range(ROUNDS):
        kept = copied(full_class, tmp_path / str(number))
        school = kept.school
        work = (school.path, school.uid("principal"), school.class_id)
        with child(drills.close_once, *work) as (process, listen):
            wait_for(listen, 1)
            time.sleep(chance.random() / 20)
            process.kill()
            process.join()
            heard = told(listen)
        kept = reopened(kept)
        with school.uow.read() as uow:
            closes = uow.control.class_locks(school.class_id).closes
            entries = [e.seq for e in uow.trail.all_entries() if e.kind == "period.close"]
            signed = [p.seq for p in uow.trail.checkpoints() if p.reason == "close"]
        assert (len(closes), len(entries)) in ((0, 0), (1, 1))
        assert signed == entries
        if "closed" in heard:
            assert set(closes) == {Period.HK1}
        if not closes:
            kept.close(Period.HK1)
        school.close()
        count("kill -9: closing a period", Fate.INTACT)


def test_no_half_bag_ever_bears_its_final_name(printed_class, tmp_path, chance):
    for number in range(ROUNDS):
        kept = copied(printed_class, tmp_path / str(number))
        school, drive = kept.school, tmp_path / f"drive-{number}"
        drive.mkdir()
        work = (school.path, school.uid("principal"), school.year_id, drive)
        with child(drills.seal_once, *work) as (process, listen):
            wait_for(listen, 1)
            time.sleep(chance.random() / 2)
            process.kill()
            process.join()
            heard = told(listen)
        kept = reopened(kept)
        with school.uow.read() as uow:
            seals = uow.control.seals(school.year_id)
            entries = [e for e in uow.trail.all_entries() if e.kind == "year.seal"]
        finished = [p for p in drive.iterdir() if not p.name.endswith(".dang-ghi")]
        for bag in finished:
            assert check_bag(bag).exit_code == 0
        assert len(seals) == len(entries) <= len(finished) <= 1
        assert len(seals) == 1 or "sealed" not in heard
        # Whatever lay there, half written or whole and not on file, is no obstacle to the next
        # attempt on the same drive.
        fresh = drive if not seals else tmp_path / f"other-{number}"
        fresh.mkdir(exist_ok=True)
        sealing = Sealing(
            school.uow, school.clock, FolderDrives(), write_bag, Tables(), school.path, check_bag
        )
        signer = school.signer("principal")
        again = sealing.seal(signer, school.year_id, fresh, "Nhung; Huy", "Mai").payload
        assert check_bag(again.report.path).exit_code == 0
        assert not list(drive.glob("*.dang-ghi"))
        school.close()
        count("kill -9: sealing a year", Fate.INTACT)


@pytest.mark.parametrize("spare_pages", [0, 1, 3])
def test_a_full_disk_writes_nothing_and_says_so(tmp_path, spare_pages):
    kept = book(make_school(tmp_path, pupils=45))
    kept.enter("ngu_van", {(0, "HK1.tx1"): "8"})
    cells = {(n, key): "7" for n in range(45) for key in drills.COLUMNS}
    engine = kept.school.session.uow._database.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    before = replayed(kept)
    kinds = kept.school.trail_kinds()
    _limit(kept, pages + spare_pages)
    with pytest.raises(EnvironmentProblem) as full:
        kept.enter("ngu_van", cells, "paste")
    assert full.value.code == "disk_full"
    assert "đầy" in full.value.sentence
    assert "vẫn còn nguyên" in full.value.sentence
    assert replayed(kept) == before
    assert kept.school.trail_kinds() == kinds
    assert kept.cell("ngu_van", 0, "HK1.tx1").value == 80
    _limit(kept, 1_000_000)
    # The same hand movement works once there is room again.
    kept.enter("ngu_van", cells, "paste")
    assert len(replayed(kept)) == 315
    with kept.school.uow.read() as uow:
        assert uow.trail.check(pinned_keys(uow)).problem == ""


def _limit(kept: RecordBook, pages: int) -> None:
    """Let every connection of the pool stop growing the file at so many pages."""
    database = kept.school.session.uow._database
    held = [database.engine.connect() for _ in range(3)]
    for connection in held:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").scalar()
    for connection in held:
        connection.close()
