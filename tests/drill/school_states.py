"""A school with marks, and every state its files went through while more were typed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.services.trail_review import pinned_keys
from app.services.trail_witness import witness_problem
from db.engine import Database, connect
from db.school_files import SchoolFilesOnDisk
from db.trail_head_file import TrailHead, TrailHeadFile
from db.unit_of_work import SqlUowFactory
from tests.support.record_book import RecordBook, book
from tests.support.school import CHEAP, make_school, school_clock

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class State:
    """Bytes of database and log at one moment, with the last acknowledged trail entry."""

    database: bytes
    log: bytes
    seq: int
    head: str

    def laid(self, path: Path) -> None:
        """Put these bytes in place of the files at `path`."""
        path.write_bytes(self.database)
        log = path.with_name(path.name + "-wal")
        path.with_name(path.name + "-shm").unlink(missing_ok=True)
        log.write_bytes(self.log) if self.log else log.unlink(missing_ok=True)


@dataclass(frozen=True)
class Worked:
    """The closed file before the recorded work, its key, and the states of that work in order.

    Between two neighbours only the log or only the database differs: what lies between them is
    what a power cut can leave.
    """

    path: Path
    key: bytes
    uid: str
    states: tuple[State, ...]

    @property
    def folder(self) -> Path:
        return self.path.parent

    def files(self) -> SchoolFilesOnDisk:
        return SchoolFilesOnDisk(school_clock(), cost=CHEAP, floor=CHEAP)

    def look(self, path: Path) -> tuple[int, str, str]:
        """(last entry, its hash, what is wrong) of whatever lies at `path`, every check run."""
        database = Database(path, self.key)
        try:
            with SqlUowFactory(database).read() as uow:
                seq, head = uow.trail.head()
                problem = uow.trail.check(pinned_keys(uow)).problem or witness_problem(uow)[0]
            database.engine.dispose()
            problem = problem or " ".join(database.full_check().findings)
        finally:
            database.engine.dispose()
        return seq, head.hex(), problem

    def note(self, path: Path, state: State) -> None:
        """The side file as the program leaves it when it idles."""
        TrailHeadFile(path).write(TrailHead(state.seq, state.head))


def worked_school(folder: Path) -> Worked:
    """Two subjects typed and pasted, a log that starts over, and a checkpoint, all recorded."""
    kept = book(make_school(folder, pupils=12))
    uid = kept.school.uid("principal")
    kept.school.close()
    kept.school.reopen()
    kept = RecordBook(kept.school)
    path, key = kept.school.path, kept.school.session.unlocked.database_key
    states = [_state(kept, path)]
    for number in range(6):
        _type(kept, number)
        states.append(_state(kept, path))
    cells = {(n, f"HK1.tx{k}"): "7" for n in range(12) for k in (1, 2, 3, 4)}
    kept.enter("ngu_van", cells, "paste")
    states.append(_state(kept, path))
    with closing(connect(path, key)) as connection:
        connection.execute("PRAGMA wal_checkpoint(FULL)")
    states.append(_state(kept, path))
    for number in range(6, 10):
        # The log is written from its beginning again, over what it held.
        _type(kept, number)
        states.append(_state(kept, path))
    start = states[0]
    kept.school.close()
    for name in ("-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)
    start.laid(path)
    return Worked(path, key, uid, tuple(states))


def _type(kept: RecordBook, number: int) -> None:
    kept.enter("tin_hoc", {(number % 12, "HK1.tx1"): str(number % 11)})


def _state(kept: RecordBook, path: Path) -> State:
    with kept.school.uow.read() as uow:
        seq, head = uow.trail.head()
    log = path.with_name(path.name + "-wal")
    return State(path.read_bytes(), log.read_bytes() if log.exists() else b"", seq, head.hex())
