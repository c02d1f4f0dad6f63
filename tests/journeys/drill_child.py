"""What the killed program of a drill was doing; run in a process of its own."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from app.domain.periods import Period
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.mark_entry import MarkEntry
from app.services.period_close import PeriodClosing
from app.services.sealing import Sealing
from db.school_files import SchoolFilesOnDisk
from exports.press import Tables
from exports.seal.bag import write_bag
from exports.seal.drives_folder import FolderDrives
from tests.support.school import CHEAP, PASSWORD, school_clock

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from app.school_file import SignedIn

COLUMNS = ("HK1.tx1", "HK1.tx2", "HK1.tx3", "HK1.tx4", "HK1.gk", "HK1.ck", "HK2.tx1")


def signed_in(path: Path, uid: str) -> SignedIn:
    """The file opened as that person, as the program does."""
    files = SchoolFilesOnDisk(school_clock(), cost=CHEAP, floor=CHEAP)
    return files.open(path).sign_in(uid, PASSWORD)


def typed(number: int, pupils: int) -> tuple[int, str]:
    """The place and the text of the gesture `number`."""
    return number % pupils, str(number // pupils % 11)


def type_for_ever(
    path: Path, tell: Connection, uid: str, sheet: SheetId, pupils: list[int]
) -> None:
    session = signed_in(path, uid)
    entry = MarkEntry(session.uow, school_clock())
    for number in count(1):
        place, text = typed(number, len(pupils))
        entry.set_cells(session.actor, sheet, {CellKey(pupils[place], "HK1.tx1"): text}, "key")
        tell.send(number)


def paste_for_ever(
    path: Path, tell: Connection, uid: str, sheet: SheetId, pupils: list[int]
) -> None:
    session = signed_in(path, uid)
    entry = MarkEntry(session.uow, school_clock())
    for number in count(1):
        edits = {CellKey(pupil, key): str(number % 11) for pupil in pupils for key in COLUMNS}
        tell.send(("begins", number))
        entry.set_cells(session.actor, sheet, edits, "paste")
        tell.send(("done", number))


def close_once(path: Path, tell: Connection, uid: str, class_id: int) -> None:
    session = signed_in(path, uid)
    tell.send("go")
    PeriodClosing(session.uow, school_clock()).close(
        session.signer, class_id, Period.HK1, "57/QĐ-THCS"
    )
    tell.send("closed")


def seal_once(path: Path, tell: Connection, uid: str, year_id: int, drive: Path) -> None:
    session = signed_in(path, uid)
    sealing = Sealing(session.uow, school_clock(), FolderDrives(), write_bag, Tables(), path)
    tell.send("go")
    sealing.seal(session.signer, year_id, drive, "Nhung; Huy", "Mai")
    tell.send("sealed")
