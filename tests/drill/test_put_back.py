"""Old files, old pages and cut tails put in place of the newest: nothing stays unsaid.

Each is told back to the last outside mark: the side file at the sign-in, the printed code, or the
full check in An toàn.
"""

import shutil
from contextlib import suppress

import pytest

from app.clock import SetClock
from app.errors import AppError
from app.services.backups import Backups
from app.services.print_keeping import checkpoint_code
from app.services.security import Security
from app.services.trail_codes import TrailCodes
from db.engine import Database
from db.rows.trail import trigger_statements
from db.school_files import SchoolFilesOnDisk
from db.trail_head_file import TrailHeadFile
from tests.drill.tally import ROUNDS, Fate, count
from tests.support.school import CHEAP, PASSWORD, school_clock

pytestmark = pytest.mark.drill
PAGE = 4096


@pytest.fixture(scope="module")
def ends(worked, tmp_path_factory):
    """The file before and after the recorded work, the log folded in, as bytes."""
    found = []
    for state in (worked.states[0], worked.states[-1]):
        path = tmp_path_factory.mktemp("end") / worked.path.name
        state.laid(path)
        database = Database(path, worked.key)
        assert database.close()
        found.append(path.read_bytes())
    return found


def laid(path, content):
    """A closed file with that content: no log beside it."""
    path.write_bytes(content)
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def signed_in(worked, path):
    file = worked.files().open(path)
    return file, file.sign_in(worked.uid, PASSWORD)


def check_says(file, session):
    """What the full check of An toàn finds."""
    backups = Backups(session.uow, school_clock(), session.backups)
    security = Security(session.uow, school_clock(), backups, file.check_integrity, file.people)
    return security.check_now(session.actor).payload


def test_an_old_page_put_back(worked, ends, place, chance):
    """The engine's own checks pass: codes are bound to the page's number, not to its time."""
    old, new = ends
    differing = [
        at
        for at in range(0, min(len(old), len(new)), PAGE)
        if old[at : at + PAGE] != new[at : at + PAGE]
    ]
    for at in chance.sample(differing, min(len(differing), ROUNDS * 4)):
        path = place()
        laid(path, new[:at] + old[at : at + PAGE] + new[at + PAGE :])
        worked.note(path, worked.states[-1])
        file = None
        try:
            file, session = signed_in(worked, path)
            said = " ".join(session.warnings) + check_says(file, session)
        except AppError as refusal:
            said = refusal.sentence
        finally:
            if file is not None:
                _close(file)
        count("old page put back", Fate.TOLD if said else Fate.UNDETECTED)
        assert said, at // PAGE + 1


def _close(file):
    # A damaged file may not take the last words of a session.
    with suppress(AppError):
        file.close()


def test_an_old_database_put_back_is_told_by_the_side_file(worked, ends, place):
    path = place()
    laid(path, ends[0])
    worked.note(path, worked.states[-1])
    file, session = signed_in(worked, path)
    told = any("bản cũ hơn hoặc đã bị cắt bớt" in one for one in session.warnings)
    file.close()
    count("old database put back", Fate.TOLD if told else Fate.UNDETECTED)
    assert told


def test_everything_old_put_back_is_told_by_the_paper(worked, ends, place):
    """Database and side file together: nothing on this PC can know, the printed code does."""
    path = place()
    laid(path, ends[1])
    worked.note(path, worked.states[-1])
    file, _ = signed_in(worked, path)
    file.close()
    file, session = signed_in(worked, path)
    with session.uow.read() as uow:
        printed = checkpoint_code(uow)
    file.close()
    laid(path, ends[0])
    worked.note(path, worked.states[0])
    file, session = signed_in(worked, path)
    kept = TrailCodes(session.uow).compare(session.actor, printed).is_kept
    file.close()
    count("whole old folder put back, paper code", Fate.UNDETECTED if kept else Fate.TOLD)
    assert not kept


def test_a_cut_tail(worked, ends, place, chance):
    """Rows at the end taken away, guards put back: the chain agrees with itself."""
    last = worked.states[-1].seq
    for _ in range(ROUNDS):
        path = place()
        laid(path, ends[1])
        worked.note(path, worked.states[-1])
        cut = chance.randint(last - 8, last)
        database = Database(path, worked.key)
        with database.writer.begin() as connection:
            names = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).scalars()
            for name in list(names):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            for table in ("trail_cell", "checkpoint", "trail"):
                connection.exec_driver_sql(f"DELETE FROM {table} WHERE seq >= {cut}")
            for statement in trigger_statements():
                connection.exec_driver_sql(statement)
        database.close()
        file, session = signed_in(worked, path)
        told = any("Nhật ký trong tệp dừng" in one for one in session.warnings)
        file.close()
        count("tail of the trail cut", Fate.TOLD if told else Fate.UNDETECTED)
        assert told


def test_the_side_file_taken_away(worked, place):
    path = place()
    TrailHeadFile(path).path.unlink()
    file, session = signed_in(worked, path)
    told = any("Không thấy tệp dấu nhật ký" in one for one in session.warnings)
    file.close()
    count("side file deleted", Fate.TOLD if told else Fate.UNDETECTED)
    assert told


def test_the_clock_set_back(worked, place):
    path = place()
    file, _ = signed_in(worked, path)
    file.close()
    now = school_clock().now()
    early = SetClock(now.replace(year=now.year - 1))
    file = SchoolFilesOnDisk(early, cost=CHEAP, floor=CHEAP).open(path)
    session = file.sign_in(worked.uid, PASSWORD)
    told = any("Đồng hồ máy" in one for one in session.warnings)
    file.close()
    count("clock set back", Fate.TOLD if told else Fate.UNDETECTED)
    assert told


def test_two_programs_at_once(worked, place):
    path = place()
    file, _ = signed_in(worked, path)
    with pytest.raises(AppError) as second:
        worked.files().open(path)
    file.close()
    count("two programs at once", Fate.TOLD)
    assert "đang" in second.value.sentence
    shutil.rmtree(path.parent)
