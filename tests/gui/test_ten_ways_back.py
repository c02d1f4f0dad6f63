"""A school file destroyed in ten ways and brought back by somebody who only reads the screen.

The hands here know nothing of what was done to the file: they press what is offered, type their own
password, and give up when the screen offers nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from app.services.backups import Backups
from app.vault import RECOVERY_UID
from db.keys.keyfile import keyfile_path
from tests.gui.test_file_changes import LEADER, Start, restore, start
from tests.support.school import PASSWORD, TestSchool, make_school
from ui.dialogs.salvage_dialog import SalvageDialog
from ui.dialogs.ways_out_dialog import WaysOutDialog

__all__ = ["start"]
PAGE = 4096


@pytest.fixture
def school(tmp_path: Any) -> TestSchool:
    """A closed file with its lists frozen, one backup made after that."""
    made = make_school(tmp_path)
    made.rosters.freeze(made.actor("secretary"), made.class_id)
    Backups(made.uow, made.clock, made.session.backups).make_now(made.actor("principal"))
    made.close()
    return made


def overwritten(path: Any, start: int, length: int) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + length] = b"\x5a" * len(content[start : start + length])
    path.write_bytes(content)


def another_schools(school: TestSchool) -> None:
    folder = school.path.parent.parent / "truong-khac"
    folder.mkdir()
    other = make_school(folder, pupils=1)
    other.close()
    shutil.copyfile(other.path, school.path)


def everything_beside_the_backups(school: TestSchool) -> None:
    for part in school.path.parent.iterdir():
        if part.is_file():
            part.unlink()


def half_cut(school: TestSchool) -> None:
    content = school.path.read_bytes()
    school.path.write_bytes(content[: len(content) // 2 // PAGE * PAGE])


DESTROYED: dict[str, Callable[[TestSchool], Any]] = {
    "the first page is overwritten": lambda s: overwritten(s.path, 0, PAGE),
    "a third of the pages is overwritten": lambda s: overwritten(
        s.path, PAGE, s.path.stat().st_size // 3
    ),
    "the file is cut in half": half_cut,
    "the file is emptied": lambda s: s.path.write_bytes(b""),
    "the file is deleted": lambda s: s.path.unlink(),
    "another program saved over it": lambda s: s.path.write_bytes(b"PK\x03\x04" + b"x" * 9000),
    "another school's file lies there": another_schools,
    "the keyfile is deleted": lambda s: keyfile_path(s.path).unlink(),
    "the keyfile is overwritten": lambda s: overwritten(keyfile_path(s.path), 20, 400),
    "everything but the backups is deleted": everything_beside_the_backups,
}


def offered(desk: Any) -> Any:
    """The button that the screen puts forward, or None: in a dialog, or under the file's name."""
    boxes = [one for one in desk.window.findChildren(WaysOutDialog) if one.isVisible()]
    if boxes:
        return boxes[0].restore_button
    gate = desk.gate
    if gate is not None and gate.trouble() and gate._ways_out is not None:
        return gate.restore_button
    return None


def led_to_a_way_out(desk: Any) -> Any:
    """Read what is there; where names are shown and nothing is said, sign in and see."""

    def settled() -> bool:
        return offered(desk) is not None or (desk.gate is not None and desk.shell.file is not None)

    desk.until(settled)
    if offered(desk) is None:
        desk.choose(LEADER)
        desk.type_password()
        desk.until(lambda: offered(desk) is not None)
    return offered(desk)


@pytest.mark.parametrize("how", DESTROYED)
def test_what_the_screen_says_brings_the_book_back(
    start: Start, school: TestSchool, how: str
) -> None:
    before = start(school)
    before.until_open()
    before.shell._leave()
    before.window.hide()
    DESTROYED[how](school)
    # By itself, as on any morning: no file is named.
    desk = start(school)
    button = led_to_a_way_out(desk)
    assert "Khôi phục" in button.text()
    button.click()
    restore(desk, school)
    desk.until(lambda: desk.gate is not None)
    desk.sign_in(LEADER)
    work = desk.shell.work
    assert work.setup.classes(school.year_id)[0].roster_frozen_at is not None
    with work.session.uow.read() as uow:
        assert len(uow.roster.entries(school.class_id)) == len(school.pupils)


def salvage(desk: Any, uid: str, secret: str) -> SalvageDialog:
    """The other button of the same place, filled in; returns once it has an answer."""
    led_to_a_way_out(desk)
    boxes = [one for one in desk.window.findChildren(WaysOutDialog) if one.isVisible()]
    (boxes[0] if boxes else desk.gate).salvage_button.click()
    box = desk.dialog(SalvageDialog)
    box.who.set_current(uid)
    box.secret.setText(secret)
    box.start_button.click()
    desk.until(lambda: box.made is not None or not box._busy)
    return box


def test_without_any_backup_what_is_readable_is_saved(start: Start, school: TestSchool) -> None:
    """Nobody's account is readable any more: the screen asks for the code of the sheet."""
    shutil.rmtree(school.path.parent / "sao-luu")
    DESTROYED["a third of the pages is overwritten"](school)
    desk = start(school)
    box = salvage(desk, school.uid("principal"), PASSWORD)
    assert "mã khôi phục" in box.refusal()
    box.who.set_current(RECOVERY_UID)
    box.secret.setText(school.recovery_code)
    box.start_button.click()
    desk.until(lambda: box.made is not None)
    assert box.made.rows > 0
    assert box.made.list_path.exists()


def test_where_nothing_is_readable_the_screen_says_so(start: Start, school: TestSchool) -> None:
    shutil.rmtree(school.path.parent / "sao-luu")
    DESTROYED["the first page is overwritten"](school)
    box = salvage(start(school), school.uid("principal"), PASSWORD)
    assert "không cứu được gì" in box.refusal()
    assert box.made is None
