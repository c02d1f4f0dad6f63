"""Where the dialog of a sealed medium starts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.clock import VIETNAM
from app.media import DriveFacts
from app.ports import SealRecord
from app.services.seal_places import medium_folder

AT = datetime(2027, 6, 20, 9, 0, tzinfo=VIETNAM)


def drive(mount, serial="", *, own=False, removable=False, network=False):
    return DriveFacts(
        Path(mount), "", serial, "exfat", 10, 10, False, removable, "usb", own, network
    )


def seal(copy_no, serial):
    return SealRecord(1, copy_no, AT, 1, f"goi-{copy_no}", "", "", "", serial, 1, 1)


def test_the_drive_used_last_while_it_is_there():
    drives = [drive("/media/a", "A1"), drive("/media/b", "B2")]
    assert medium_folder(drives, [seal(1, "A1")], Path("/media/b/goi")) == Path("/media/b/goi")
    assert medium_folder(drives, [seal(1, "A1")], Path("/media/gone")) == Path("/media/a")


def test_the_newest_seal_whose_drive_is_plugged_in():
    drives = [drive("/media/a", "A1"), drive("/media/b", "B2")]
    seals = [seal(1, "A1"), seal(2, "B2"), seal(3, "C3"), seal(4, "")]
    assert medium_folder(drives, seals, None) == Path("/media/b")


def test_else_any_drive_that_can_be_taken_out_but_never_the_own_disk():
    own = drive("/home", "OWN", own=True, removable=True)
    unknown = drive("/x", own=None, removable=True)
    share = drive("/net", removable=True, network=True)
    assert medium_folder([own, unknown, share], [seal(1, "OWN")], Path("/home/x")) is None
    usb = drive("/media/usb", removable=True)
    assert medium_folder([own, drive("/mnt/second"), usb], [], None) == Path("/media/usb")
