"""Every kind of drives answers the same questions; Linux and Windows from laid-out answers.

The Windows answers are written after Microsoft's documentation; none was recorded on a machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem, RuleRefused
from app.media import DriveFacts, Drives, permit_drive
from exports.seal.drives import system_drives
from exports.seal.drives_folder import FolderDrives
from exports.seal.drives_linux import LinuxDrives
from exports.seal.drives_windows import DiskAnswer, VolumeAnswer, WindowsDrives

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="asks a Linux kernel")


# ---- a Linux laid out in a folder


@dataclass
class FakeLinux:
    """A root with /proc and /sys; mount points are real folders beside it."""

    top: Path
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root = self.top / "root"
        (self.root / "proc/self").mkdir(parents=True)
        (self.root / "sys/dev/block").mkdir(parents=True)
        (self.root / "sys/block").mkdir(parents=True)

    def device(self, number: str, place: str, **files: str) -> Path:
        """A device in the tree of /sys; `place` is its path below /sys/devices."""
        folder = self.root / "sys/devices" / place
        folder.mkdir(parents=True)
        for name, content in {"dev": number, **files}.items():
            path = folder / name.replace("__", "/")
            path.parent.mkdir(exist_ok=True)
            path.write_text(content + "\n")
        (self.root / "sys/dev/block" / number).symlink_to(folder)
        if "partition" not in files:
            (self.root / "sys/block" / folder.name).symlink_to(folder)
        return folder

    def slave(self, upper: Path, lower: Path) -> None:
        (upper / "slaves").mkdir(exist_ok=True)
        (upper / "slaves" / lower.name).symlink_to(lower)

    def udev(self, number: str, **notes: str) -> None:
        place = self.root / "run/udev/data"
        place.mkdir(parents=True, exist_ok=True)
        text = "".join(f"E:{name}={value}\n" for name, value in notes.items())
        (place / f"b{number}").write_text("S:disk/by-x\n" + text)

    def mount(self, name: str, number: str, kind: str = "ext4", source: str = "none") -> Path:
        point = self.top / name
        point.mkdir(exist_ok=True)
        written = str(point).replace(" ", "\\040")
        self.lines.append(f"30 1 {number} / {written} rw,relatime shared:1 - {kind} {source} rw")
        (self.root / "proc/self/mountinfo").write_text("\n".join(self.lines) + "\n")
        return point

    @property
    def drives(self) -> LinuxDrives:
        return LinuxDrives(self.root)


@pytest.fixture
def pc(tmp_path: Path) -> FakeLinux:
    """A SATA disk with two partitions and the database on the first."""
    pc = FakeLinux(tmp_path)
    pc.device("8:0", "pci0/ata1/host0/block/sda", removable="0", device__serial="WD-1")
    pc.device("8:1", "pci0/ata1/host0/block/sda/sda1", partition="1")
    pc.device("8:2", "pci0/ata1/host0/block/sda/sda2", partition="2")
    (pc.mount("may", "8:1") / "truong.khoaso").write_bytes(b"")
    return pc


def stick(pc: FakeLinux) -> Path:
    pc.device("8:16", "pci0/usb2/2-1/host6/block/sdb", removable="1")
    (pc.root / "sys/devices/pci0/usb2/2-1/serial").write_text("4C530001\n")
    pc.device("8:17", "pci0/usb2/2-1/host6/block/sdb/sdb1", partition="1")
    pc.udev("8:17", ID_FS_LABEL="LUU_TRU", ID_FS_UUID="AB-CD")
    return pc.mount("O luu tru", "8:17", "vfat")


@linux_only
def test_a_stick_is_another_disk(pc: FakeLinux) -> None:
    facts = pc.drives.inspect(stick(pc), pc.top / "may/truong.khoaso")
    assert facts.mount == pc.top / "O luu tru"
    assert (facts.label, facts.serial, facts.filesystem) == ("LUU_TRU", "4C530001", "vfat")
    assert (facts.bus, facts.removable_hint) == ("usb", True)
    assert facts.same_disk_as_database is False
    assert not facts.network
    assert 0 < facts.free_bytes <= facts.total_bytes


@linux_only
def test_another_partition_of_the_same_disk_is_the_same_disk(pc: FakeLinux) -> None:
    facts = pc.drives.inspect(pc.mount("d", "8:2"), pc.top / "may/truong.khoaso")
    assert facts.same_disk_as_database is True
    assert (facts.bus, facts.serial, facts.removable_hint) == ("sata", "WD-1", False)


@linux_only
def test_a_second_disk_without_removable_flag_is_another_disk(pc: FakeLinux) -> None:
    pc.device("8:32", "pci0/usb3/3-1/host7/block/sdc", removable="0")
    facts = pc.drives.inspect(pc.mount("hdd", "8:32"), pc.top / "may/truong.khoaso")
    assert (facts.same_disk_as_database, facts.removable_hint) == (False, True)


@linux_only
def test_encrypted_and_logical_volumes_are_followed_down(pc: FakeLinux) -> None:
    upper = pc.device("254:0", "virtual/block/dm-0")
    pc.slave(upper, pc.root / "sys/devices/pci0/ata1/host0/block/sda/sda2")
    facts = pc.drives.inspect(pc.mount("luks", "254:0"), pc.top / "may/truong.khoaso")
    assert facts.same_disk_as_database is True


@linux_only
def test_an_image_file_lies_on_the_disk_that_holds_it(pc: FakeLinux) -> None:
    backing = str(pc.top / "may/anh.img")
    pc.device("7:0", "virtual/block/loop0", loop__backing_file=backing)
    facts = pc.drives.inspect(pc.mount("anh", "7:0"), pc.top / "may/truong.khoaso")
    assert facts.same_disk_as_database is True


@linux_only
@pytest.mark.parametrize("kind", ["tmpfs", "overlay", "zfs", "fuse.unknown"])
def test_what_has_no_disk_is_unknown_and_refused(pc: FakeLinux, kind: str) -> None:
    facts = pc.drives.inspect(pc.mount("la", "0:77", kind), pc.top / "may/truong.khoaso")
    assert facts.same_disk_as_database is None
    with pytest.raises(RuleRefused) as caught:
        permit_drive(facts, 0)
    assert caught.value.code == "drive_unknown"


@linux_only
@pytest.mark.parametrize("kind", ["cifs", "nfs4", "smb3", "fuse.sshfs", "9p"])
def test_network_shares_are_told(pc: FakeLinux, kind: str) -> None:
    facts = pc.drives.inspect(
        pc.mount("mang", "0:78", kind, "//may-chu/chung"), pc.top / "may/truong.khoaso"
    )
    with pytest.raises(RuleRefused) as caught:
        permit_drive(facts, 0)
    assert caught.value.code == "drive_is_network"


@linux_only
def test_a_database_on_an_unknown_disk_compares_with_nothing(pc: FakeLinux) -> None:
    (pc.mount("ram", "0:79", "tmpfs") / "truong.khoaso").write_bytes(b"")
    facts = pc.drives.inspect(stick(pc), pc.top / "ram/truong.khoaso")
    assert facts.same_disk_as_database is None


@linux_only
def test_a_mount_over_a_mount_counts(pc: FakeLinux) -> None:
    pc.mount("e", "8:2")
    pc.device("8:32", "pci0/usb3/3-1/host7/block/sdc", removable="0")
    facts = pc.drives.inspect(pc.mount("e", "8:32"), pc.top / "may/truong.khoaso")
    assert facts.same_disk_as_database is False


@linux_only
def test_candidates_are_disks_with_the_removable_first(pc: FakeLinux) -> None:
    pc.mount("ram", "0:80", "tmpfs")
    pc.mount("snap", "8:2", "squashfs")
    stick(pc)
    found = pc.drives.candidates(pc.top / "may/truong.khoaso")
    assert [facts.mount.name for facts in found] == ["O luu tru", "may"]


@linux_only
def test_a_disk_the_kernel_dropped_is_gone_although_still_mounted(pc: FakeLinux) -> None:
    with pc.drives.bind(stick(pc), pc.top / "may/truong.khoaso") as drive:
        drive.check()
        (pc.root / "sys/dev/block/8:17").unlink()
        with pytest.raises(EnvironmentProblem) as caught:
            drive.check()
        assert caught.value.code == "drive_gone"


@linux_only
def test_the_machine_itself_answers(tmp_path: Path) -> None:
    facts = LinuxDrives().inspect(tmp_path, tmp_path)
    assert facts.filesystem
    assert tmp_path.resolve().is_relative_to(facts.mount)
    assert facts.same_disk_as_database in (True, None)
    for candidate in LinuxDrives().candidates(tmp_path):
        assert candidate.same_disk_as_database in (True, False, None)
    assert isinstance(system_drives(), LinuxDrives)


def open_handles() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@linux_only
def test_closing_lets_the_handle_go(tmp_path: Path) -> None:
    before = open_handles()
    drive = LinuxDrives().bind(tmp_path, tmp_path)
    assert open_handles() == before + 1
    drive.close()
    drive.close()
    assert open_handles() == before


# ---- a Windows of written answers


@dataclass
class WrittenWindows:
    """C: and D: on disk 0, E: a stick, F: a USB hard disk, Z: a share, G: an empty reader."""

    types: dict[str, int] = field(
        default_factory=lambda: {"C": 3, "D": 3, "E": 2, "F": 3, "G": 2, "V": 3, "Z": 4}
    )
    numbers: dict[str, tuple[int, ...]] = field(
        default_factory=lambda: {"C": (0,), "D": (0, 1), "E": (2,), "F": (3,), "V": (4,)}
    )
    hardware: dict[int, DiskAnswer] = field(
        default_factory=lambda: {
            0: DiskAnswer(11, False, "  WD-1"),
            1: DiskAnswer(17, False, "NV-1"),
            2: DiskAnswer(7, True, "4C530001"),
            3: DiskAnswer(7, False, ""),
            4: DiskAnswer(15, False, ""),
        }
    )
    serials: dict[str, int] = field(default_factory=lambda: {"E": 0x1A2B3C4D})
    flags: int = 0
    removed: set[str] = field(default_factory=set)

    def _there(self, root: str) -> None:
        if root[0] in self.removed or root[0] == "G":
            raise OSError(21, "The device is not ready")

    def roots(self) -> list[str]:
        return [f"{letter}:\\" for letter in self.types]

    def root_of(self, path: str) -> str:
        self._there(path)
        if path[0] not in self.types:
            raise OSError(3, "The system cannot find the path specified")
        return f"{path[0]}:\\"

    def drive_type(self, root: str) -> int:
        return self.types[root[0]]

    def volume(self, root: str) -> VolumeAnswer:
        self._there(root)
        serial = self.serials.get(root[0], 0x00C0FFEE)
        return VolumeAnswer(f"NHAN {root[0]}", serial, "NTFS", self.flags)

    def space(self, root: str) -> tuple[int, int]:
        self._there(root)
        return 10**12, 10**11

    def disks(self, root: str) -> tuple[int, ...]:
        if root[0] not in self.numbers:
            raise OSError(1, "Incorrect function")
        return self.numbers[root[0]]

    def disk(self, number: int) -> DiskAnswer:
        return self.hardware[number]


DATABASE = Path("C:\\truong.khoaso")


def windows(letter: str, **changes: object) -> DriveFacts:
    return WindowsDrives(WrittenWindows(**changes)).inspect(Path(f"{letter}:\\"), DATABASE)


def test_windows_stick() -> None:
    facts = windows("E")
    assert (facts.label, facts.serial, facts.bus) == ("NHAN E", "4C530001", "usb")
    assert (facts.removable_hint, facts.same_disk_as_database) == (True, False)
    permit_drive(facts, 10**9)


def test_windows_usb_hard_disk_says_fixed_but_is_portable() -> None:
    facts = windows("F")
    assert (facts.removable_hint, facts.same_disk_as_database) == (True, False)
    assert facts.serial == "00C0-FFEE"


@pytest.mark.parametrize(
    ("letter", "changes", "code"),
    [
        ("C", {}, "drive_is_database_disk"),
        ("D", {}, "drive_is_database_disk"),
        ("Z", {}, "drive_is_network"),
        ("V", {}, "drive_unknown"),
        ("E", {"numbers": {"C": (0,)}}, "drive_unknown"),
        ("E", {"numbers": {"E": (2,)}}, "drive_unknown"),
        ("E", {"flags": 0x00080000}, "drive_read_only"),
        ("E", {"hardware": {2: DiskAnswer(9, False, "")}}, "drive_is_network"),
    ],
)
def test_windows_refusals(letter: str, changes: dict[str, object], code: str) -> None:
    with pytest.raises(RuleRefused) as caught:
        permit_drive(windows(letter, **changes), 0)
    assert caught.value.code == code


def test_windows_candidates_leave_out_shares_and_empty_readers() -> None:
    found = WindowsDrives(WrittenWindows()).candidates(DATABASE)
    assert [str(facts.mount)[0] for facts in found] == ["E", "F", "C", "D", "V"]


def test_windows_gives_the_letter_to_another_stick_at_once() -> None:
    calls = WrittenWindows()
    drive = WindowsDrives(calls).bind(Path("E:\\"), DATABASE)
    drive.check()
    calls.serials["E"] = 0x99999999
    with pytest.raises(EnvironmentProblem) as caught:
        drive.check()
    assert caught.value.code == "drive_changed"


# ---- one contract for all


@pytest.fixture(params=["folder", "linux", "windows"])
def contract(
    request: pytest.FixtureRequest, tmp_path: Path
) -> tuple[Drives, Path, Path, Callable[[], None]]:
    """(drives, a good folder, the database, how to take the drive away)."""
    if request.param == "windows":
        calls = WrittenWindows()
        return WindowsDrives(calls), Path("E:\\"), DATABASE, lambda: calls.removed.add("E")
    folder = tmp_path / "E"
    folder.mkdir()
    if request.param == "linux":
        if sys.platform != "linux":
            pytest.skip("asks a Linux kernel")
        return LinuxDrives(), folder, tmp_path, lambda: folder.rmdir()
    return FolderDrives(), folder, tmp_path, lambda: folder.rmdir()


def test_bound_drives_hold_until_taken_away(
    contract: tuple[Drives, Path, Path, Callable[[], None]],
) -> None:
    drives, folder, database, take_away = contract
    with drives.bind(folder, database) as drive:
        assert drive.folder == folder
        assert drive.facts.mount == drives.inspect(folder, database).mount
        drive.check()
        take_away()
        with pytest.raises(EnvironmentProblem) as caught:
            drive.check()
        assert caught.value.code == "drive_gone"
        assert "cắm lại" in caught.value.sentence


def test_no_such_folder_is_told(contract: tuple[Drives, Path, Path, Callable[[], None]]) -> None:
    drives, folder, database, take_away = contract
    take_away()
    for ask in (drives.inspect, drives.bind):
        with pytest.raises(EnvironmentProblem) as caught:
            ask(folder, database)
        assert caught.value.code == "drive_gone"
