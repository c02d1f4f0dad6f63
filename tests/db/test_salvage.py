"""Salvage: everything readable of a damaged file comes over, the rest is named."""

import random
import shutil

import pytest

from app.errors import AccessDenied, EnvironmentProblem
from app.vault import RECOVERY_UID
from db.engine import Database
from db.keys.keyfile import keyfile_path
from db.salvage import FileSalvage
from db.salvaging.pages import PAGE, Pages
from db.salvaging.shapes import shapes_of
from db.salvaging.tables import read_contents
from tests.support.record_book import book
from tests.support.school import CHEAP, PASSWORD, make_school


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A closed file with 20 pupils, marks of two subjects and its key."""
    one = book(make_school(tmp_path_factory.mktemp("salvage"), pupils=20))
    for subject in ("ngu_van", "tin_hoc"):
        cells = {(n, f"HK1.tx{k}"): str(n % 10) for n in range(20) for k in (1, 2)}
        one.enter(subject, cells, "paste")
    one.key = one.school.session.unlocked.database_key
    one.school.close()
    return one


@pytest.fixture
def damaged(kept, tmp_path):
    """A copy to damage: (its path, the school)."""
    for part in kept.school.path.parent.iterdir():
        if part.is_file():
            shutil.copyfile(part, tmp_path / part.name)
    return tmp_path / kept.school.path.name


def salvager(path, school):
    return FileSalvage(path, school.clock, cost=CHEAP, floor=CHEAP)


def salvaged(path, school, who="principal"):
    return salvager(path, school).salvage(school.uids[who], PASSWORD)


def flip(path, page, at=100):
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE + at)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 0x40]))


def contents_of(pages):
    return read_contents(pages, lambda found: None, shapes_of)


def rows_of(path, key):
    """Every table's rows, as the engine reads them."""
    database = Database(path, key)
    with database.engine.connect() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).scalars()
        found = {
            name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"')))
            for name in list(names)
        }
    database.engine.dispose()
    return found


def tree_of(path, key, table):
    pages = Pages(path, key)
    try:
        return contents_of(pages).trees[table]
    finally:
        pages.close()


def test_a_sound_file_comes_over_whole(kept, damaged):
    before = damaged.read_bytes()
    made = salvaged(damaged, kept.school)
    assert made.damaged == ()
    assert made.problem == ""
    old, new = rows_of(damaged, kept.key), rows_of(made.path, kept.key)
    assert len(new.pop("trail")) == len(old.pop("trail")) + 1
    assert new == old
    assert damaged.read_bytes() == before


def test_a_damaged_leaf_costs_its_rows_only_and_the_original_is_untouched(kept, damaged):
    tree = tree_of(damaged, kept.key, "mark")
    flip(damaged, max(tree.seen))
    before = {part.name: part.read_bytes() for part in damaged.parent.iterdir() if part.is_file()}
    made = salvaged(damaged, kept.school)
    (mark,) = made.damaged
    assert (mark.name, mark.lost_pages) == ("mark", 1)
    assert "Bảng điểm (mark)" in made.list_path.read_text("utf-8")
    assert "trong sổ là “” nhưng nhật ký ghi" in made.problem
    old, new = rows_of(kept.school.path, kept.key), rows_of(made.path, kept.key)
    assert set(new.pop("mark")) <= set(old.pop("mark"))
    old.pop("trail"), new.pop("trail")
    assert new == old
    after = {name: damaged.with_name(name).read_bytes() for name in before}
    assert after == before


def test_the_salvaged_book_opens_and_says_what_it_is(kept, damaged):
    tree = tree_of(damaged, kept.key, "print_run")
    flip(damaged, max(tree.seen))
    made = salvaged(damaged, kept.school)
    file = kept.school.files.open(made.path)
    session = file.sign_in(kept.school.uids["principal"], PASSWORD)
    with session.uow.read() as uow:
        kinds = [entry.kind for entry in uow.trail.entries(newest=3)]
    assert "backup.salvaged" in kinds
    file.close()


def test_a_damaged_first_page_is_gone_around(kept, damaged):
    flip(damaged, 1, at=2000)
    made = salvaged(damaged, kept.school)
    old, new = rows_of(kept.school.path, kept.key), rows_of(made.path, kept.key)
    assert new["mark"] == old["mark"]
    assert any("mục lục" in words for words in made.doubts)


def test_a_damaged_inner_page_gives_its_leaves_back(kept, damaged):
    tree = tree_of(damaged, kept.key, "trail")
    root = min(tree.seen)
    flip(damaged, root)
    made = salvaged(damaged, kept.school)
    assert (
        len(rows_of(made.path, kept.key)["trail"])
        > len(rows_of(kept.school.path, kept.key)["trail"]) - 5
    )


@pytest.mark.parametrize("seed", range(4))
def test_any_page_may_be_damaged_and_all_else_survives(kept, damaged, seed):
    """Only rows of that page's table are missing, and that table is named."""
    chance = random.Random(seed)
    page = chance.randint(2, damaged.stat().st_size // PAGE)
    flip(damaged, page, at=chance.randrange(PAGE))
    made = salvaged(damaged, kept.school)
    old, new = rows_of(kept.school.path, kept.key), rows_of(made.path, kept.key)
    missing = {name for name in new if set(old[name]) - set(new[name])}
    assert len(missing) <= 1
    assert missing <= {one.name for one in made.damaged}


def test_the_log_is_read_up_to_its_damage(kept, damaged):
    school = kept.school
    file = school.files.open(damaged)
    session = file.sign_in(school.uids["principal"], PASSWORD)
    log = damaged.with_name(damaged.name + "-wal")
    content = log.read_bytes()
    now = damaged.read_bytes()
    with session.uow.read() as uow:
        seq, _ = uow.trail.head()
    file.close()
    damaged.write_bytes(now)
    log.write_bytes(content)
    pages = Pages(damaged, kept.key)
    assert not pages.log_cut
    assert len(contents_of(pages).trees["trail"].records) == seq
    pages.close()
    middle = len(content) // 2
    log.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    pages = Pages(damaged, kept.key)
    assert pages.log_cut
    assert len(contents_of(pages).trees["trail"].records) <= seq
    pages.close()


def test_only_leaders_and_the_code_salvage(kept, damaged):
    with pytest.raises(AccessDenied) as refused:
        salvaged(damaged, kept.school, "toan")
    assert refused.value.code == "role_required"
    with pytest.raises(AccessDenied):
        salvager(damaged, kept.school).salvage(kept.school.uids["principal"], "một câu sai hẳn")
    assert not [part for part in damaged.parent.iterdir() if part.is_dir()]
    made = salvager(damaged, kept.school).salvage(RECOVERY_UID, kept.school.recovery_code)
    assert made.rows > 0


def test_nothing_readable_is_said_and_leaves_nothing(kept, damaged):
    size = damaged.stat().st_size
    damaged.write_bytes(random.Random(1).randbytes(size))
    with pytest.raises(EnvironmentProblem) as refused:
        salvaged(damaged, kept.school)
    assert refused.value.code == "nothing_to_salvage"
    assert not [part for part in damaged.parent.iterdir() if part.is_dir()]


def test_a_lost_keyfile_comes_from_the_newest_backup(kept, damaged, tmp_path):
    school = kept.school
    file = school.files.open(damaged)
    session = file.sign_in(school.uids["principal"], PASSWORD)
    session.backups.make(session.backups.default_folder())
    file.close()
    keyfile_path(damaged).write_bytes(b"{}")
    assert salvaged(damaged, school).damaged == ()


def test_too_little_room_is_said_before_anything_is_written(kept, damaged):
    one = FileSalvage(damaged, kept.school.clock, cost=CHEAP, floor=CHEAP, free=lambda _: 1000)
    with pytest.raises(EnvironmentProblem) as refused:
        one.salvage(kept.school.uids["principal"], PASSWORD)
    assert refused.value.code == "not_enough_space"


class TestLostAccounts:
    @pytest.fixture
    def without_accounts(self, kept, damaged):
        for page in tree_of(damaged, kept.key, "account").seen:
            flip(damaged, page)
        return damaged

    def test_the_code_is_asked_for_when_nobody_is_known(self, kept, without_accounts):
        with pytest.raises(AccessDenied) as refused:
            salvaged(without_accounts, kept.school)
        assert refused.value.code == "salvage_needs_code"
        made = salvager(without_accounts, kept.school).salvage(
            RECOVERY_UID, kept.school.recovery_code
        )
        assert [one.name for one in made.damaged] == ["account"]

    def test_people_come_from_the_newest_backup_and_can_sign_in(self, kept, damaged):
        school = kept.school
        file = school.files.open(damaged)
        session = file.sign_in(school.uids["principal"], PASSWORD)
        session.backups.make(session.backups.default_folder())
        file.close()
        for page in tree_of(damaged, kept.key, "account").seen:
            flip(damaged, page)
        made = salvaged(damaged, school)
        assert "lấy từ bản sao lưu" in " ".join(made.doubts)
        file = school.files.open(made.path)
        assert file.sign_in(school.uids["tin_hoc"], PASSWORD).actor.name == "Lý Thị Ngọc"
        file.close()
