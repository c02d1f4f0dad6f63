"""What the killed process of a restore drill does; run in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import file_swap
from db.school_files import SchoolFilesOnDisk
from tests.db.drill_child import die
from tests.support.school import CHEAP, PASSWORD, school_clock

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path


def restore_and_die(path: Path, tell: Connection, uid: str, deaths: int) -> None:
    """Die before the file operation number `deaths` (from 0) of the swap."""
    file = SchoolFilesOnDisk(school_clock(), cost=CHEAP, floor=CHEAP).open(path)
    file.sign_in(uid, PASSWORD)
    desk = file.restoring()
    backup = desk.backups(path.parent / "sao-luu")[0]
    plan = desk.prepare(backup, uid, PASSWORD)
    _die_at(deaths)
    tell.send("go")
    desk.carry_out(plan)
    tell.send("restored")


def _die_at(deaths: int) -> None:
    done = 0

    def counted(call):  # type: ignore[no-untyped-def]
        def step(*arguments, **options):  # type: ignore[no-untyped-def]
            nonlocal done
            if done == deaths:
                die()
            done += 1
            return call(*arguments, **options)

        return step

    real = file_swap.platform_files()

    class DyingFiles:
        replace = staticmethod(counted(real.replace))
        sync_folder = staticmethod(counted(real.sync_folder))

    file_swap.platform_files = DyingFiles  # type: ignore[assignment]
    file_swap.os.link = counted(file_swap.os.link)
    file_swap.shutil.rmtree = counted(file_swap.shutil.rmtree)
