"""The services of one person over a test school, as a page is handed them."""

from __future__ import annotations

from app.workspace import Toolbox, Workspace, open_workspace
from db.school_files import SchoolFilesOnDisk
from exports.press import Paper, Tables
from exports.xlsx.reader import TableFileReader
from tests.support.school import TestSchool


class NoDrives:
    """No drive is plugged in."""

    def candidates(self, database_path):
        return []


def no_bag(*_args, **_kwargs):
    """A bag writer or checker that no test of a page may reach."""
    raise AssertionError("nothing may be sealed or verified here")


TOOLS = Toolbox(
    files=SchoolFilesOnDisk,
    paper=Paper(),
    tables=Tables(),
    sheets=TableFileReader(),
    drives=NoDrives(),
    folder_drives=NoDrives(),
    write_bag=no_bag,
    check_bag=no_bag,
)


def workspace(school: TestSchool, who: str | None = None) -> Workspace:
    """Services over `school`; signs `who` in when it is somebody else than now."""
    if who is not None and school.session.actor.uid != school.uid(who):
        school.sign_in_as(who)
    elif who is not None:
        school.session = school.file.refreshed()
    return open_workspace(TOOLS, school.file, school.session, school.clock)
