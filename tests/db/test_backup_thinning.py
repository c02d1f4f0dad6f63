"""Thinning by age: what a later sound copy stands for goes, nothing else ever."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import VIETNAM
from app.domain.backup_keeping import ALL_FOR, NEVER_FEWER, superseded
from app.errors import AccessDenied, RuleRefused
from app.services.backups import Backups
from db.backup import list_backups
from db.backup_thinning import thin_backups
from db.keys.keyfile import keyfile_path, load
from tests.support.school import PASSWORD, make_school

NOW = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Copy:
    at: datetime


copies = st.lists(
    st.integers(0, 400 * 24).map(lambda hours: Copy(NOW - timedelta(hours=hours))), unique=True
)


@given(copies)
def test_every_day_and_month_keeps_its_newest_and_the_young_all_stay(made):
    gone = {old for old, _ in superseded(made, NOW)}
    left = [one for one in made if one not in gone]
    assert {one for one in made if NOW - one.at <= ALL_FOR} <= set(left)
    assert len(left) >= min(len(made), NEVER_FEWER)
    assert {(c.at.year, c.at.month) for c in left} == {(c.at.year, c.at.month) for c in made}
    for old, later in superseded(made, NOW):
        assert later.at > old.at
        assert later in left


def test_a_clock_that_was_wrong_once_stops_the_thinning():
    made = [Copy(NOW - timedelta(days=5, minutes=n)) for n in range(30)]
    assert superseded(made, NOW)
    assert superseded([*made, Copy(NOW + timedelta(days=1))], NOW) == []


@pytest.fixture
def shelf(tmp_path):
    """Fourteen backups of one old day."""
    school = make_school(tmp_path, pupils=1)
    maker = school.session.backups
    folder = maker.default_folder()
    first = maker.make(folder).path
    for minute in range(1, 14):
        copy = first.with_name(f"{first.name[:-6]}09{minute:02d}00")
        shutil.copytree(first, copy)
        manifest = copy / "sao-luu.json"
        text = manifest.read_text("utf-8").replace("T08:30:00", f"T09:{minute:02d}:00")
        manifest.write_text(text, "utf-8")
    school.folder = folder
    school.database_id = load(keyfile_path(school.path)).database_id
    return school


def thin(school, days):
    now = school.clock.now() + timedelta(days=days)
    return thin_backups(school.folder, school.database_id, school.path.stem, now)


def test_old_copies_of_one_day_go_but_the_newest_stay(shelf):
    assert thin(shelf, 1) == 0
    assert thin(shelf, 10) == 4
    left = list_backups(shelf.folder)
    assert len(left) == NEVER_FEWER
    assert thin(shelf, 10) == 0
    assert not [one for one in shelf.folder.iterdir() if one.name.startswith(".")]


def test_nothing_goes_when_what_stands_for_it_is_damaged(shelf):
    newest = list_backups(shelf.folder)[0].database_path
    newest.write_bytes(newest.read_bytes()[:-1])
    assert thin(shelf, 10) == 0


def test_another_schools_copies_are_never_touched(shelf):
    assert thin_backups(shelf.folder, "other", shelf.path.stem, NOW + timedelta(days=99)) == 0
    assert thin_backups(shelf.folder, shelf.database_id, "other", NOW + timedelta(days=99)) == 0


class TestSecondPlace:
    @pytest.fixture
    def school(self, tmp_path):
        return make_school(tmp_path, pupils=1)

    def backups(self, school):
        return Backups(school.uow, school.clock, school.session.backups)

    def test_every_backup_goes_there_with_the_leaders_keys_only(self, school, tmp_path):
        other = tmp_path / "ổ hai"
        other.mkdir()
        backups = self.backups(school)
        backups.choose_second_folder(school.actor("secretary"), other)
        result = backups.make_now(school.actor("principal"))
        assert "nơi thứ hai" in result.summary
        (copy,) = list_backups(other)
        people = {p.entry.uid for p in load(keyfile_path(copy.database_path)).people}
        assert people == {school.uid("principal"), school.uid("secretary")}

    def test_an_unplugged_second_place_keeps_nobody_from_a_backup(self, school, tmp_path):
        other = tmp_path / "ổ hai"
        other.mkdir()
        backups = self.backups(school)
        backups.choose_second_folder(school.actor("principal"), other)
        other.rmdir()
        result = backups.make_now(school.actor("principal"))
        assert "Nơi thứ hai chưa có bản này" in result.summary
        assert not other.exists()
        assert result.payload.path.exists()
        backups.choose_second_folder(school.actor("principal"), None)
        assert backups.second_folder() is None
        assert "nơi thứ hai" not in backups.make_now(school.actor("principal")).summary.lower()

    def test_a_practice_copy_keeps_away_from_it(self, school, tmp_path):
        other = tmp_path / "ổ hai"
        other.mkdir()
        self.backups(school).choose_second_folder(school.actor("principal"), other)
        copy = school.files.open(school.file.practice_copy())
        session = copy.sign_in(school.uid("principal"), PASSWORD)
        assert Backups(session.uow, school.clock, session.backups).second_folder() is None
        copy.close()

    def test_refusals(self, school, tmp_path):
        backups = self.backups(school)
        with pytest.raises(RuleRefused) as missing:
            backups.choose_second_folder(school.actor("principal"), tmp_path / "không có")
        assert missing.value.code == "folder_missing"
        backups.folder().mkdir()
        with pytest.raises(RuleRefused) as same:
            backups.choose_second_folder(school.actor("principal"), backups.folder())
        assert same.value.code == "second_folder_same"
        with pytest.raises(AccessDenied):
            backups.choose_second_folder(school.actor("toan"), tmp_path)
