"""Which drive may take a seal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleRefused
from app.media import DriveFacts, DriveSource, megabytes, permit_drive, permit_place, space_needed

GOOD = DriveFacts(
    mount=Path("/media/usb"),
    label="LUU TRU",
    serial="S1",
    filesystem="exfat",
    total_bytes=10**12,
    free_bytes=10**11,
    read_only=False,
    removable_hint=True,
    bus="usb",
    same_disk_as_database=False,
    network=False,
)


def refusal(facts: DriveFacts, size: int = 0, largest: int = 0) -> RuleRefused:
    with pytest.raises(RuleRefused) as caught:
        permit_drive(facts, size, largest)
    return caught.value


def test_another_disk_with_room_is_permitted() -> None:
    permit_drive(GOOD, 10**9, 5 << 30)
    permit_drive(replace(GOOD, removable_hint=False, bus="sata"), 10**9)


@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        (replace(GOOD, network=True), "drive_is_network", "ổ mạng"),
        (replace(GOOD, same_disk_as_database=True), "drive_is_database_disk", "chính đĩa"),
        (replace(GOOD, same_disk_as_database=None), "drive_unknown", "không xác định"),
        (replace(GOOD, read_only=True), "drive_read_only", "chỉ đọc"),
        (replace(GOOD, free_bytes=10**6), "drive_too_small", "cần 4,2 MB, còn 1,0 MB"),
    ],
)
def test_each_refusal_names_the_drive_and_the_way_out(
    facts: DriveFacts, code: str, words: str
) -> None:
    error = refusal(facts)
    assert error.code == code
    assert words in error.sentence
    assert "“LUU TRU” (" in error.sentence
    assert "Hãy" in error.sentence


def test_a_demo_folder_passes_only_the_question_of_place() -> None:
    demo = replace(GOOD, source=DriveSource.DEMO, same_disk_as_database=None, network=True)
    permit_place(demo)
    assert refusal(replace(demo, read_only=True)).code == "drive_read_only"
    assert refusal(replace(demo, free_bytes=0)).code == "drive_too_small"


@pytest.mark.parametrize("kind", ["vfat", "FAT32", "msdos"])
def test_fat_holds_no_file_of_4_gib(kind: str) -> None:
    facts = replace(GOOD, filesystem=kind)
    permit_drive(facts, 5 << 30, (4 << 30) - 1)
    assert refusal(facts, 5 << 30, 4 << 30).code == "file_too_big_for_fat"


@given(st.integers(0, 10**13))
def test_room_for_lists_is_asked_for(size: int) -> None:
    needed = space_needed(size)
    assert (needed - (4 << 20)) * 100 >= size * 124
    assert (needed - (4 << 20) - 1) * 100 < size * 124
    permit_drive(replace(GOOD, free_bytes=needed), size)
    assert refusal(replace(GOOD, free_bytes=needed - 1), size).code == "drive_too_small"


def test_megabytes_are_written_the_vietnamese_way() -> None:
    assert [megabytes(n) for n in (0, 1, 81_750_000, 10**9)] == [
        "0,0 MB",
        "0,1 MB",
        "81,8 MB",
        "1000,0 MB",
    ]
