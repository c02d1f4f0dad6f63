"""Drives on Windows, decided from the answers of a few system calls that tests can record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.media import BoundDrive, DriveFacts
from exports.seal.drives import Bound, gone

DRIVE_REMOVABLE = 2
DRIVE_FIXED = 3
DRIVE_REMOTE = 4
FILE_READ_ONLY_VOLUME = 0x00080000
_BUS_NAMES = {
    1: "scsi",
    2: "atapi",
    3: "ata",
    4: "1394",
    7: "usb",
    8: "raid",
    9: "iscsi",
    10: "sas",
    11: "sata",
    12: "sd",
    13: "mmc",
    14: "virtual",
    15: "virtual",
    16: "spaces",
    17: "nvme",
}
"""STORAGE_BUS_TYPE of the Windows SDK (ntddstor.h)."""
_NETWORK_BUSES = frozenset({"iscsi"})
_PORTABLE_BUSES = frozenset({"usb", "sd", "mmc", "1394"})
_UNTELLING_BUSES = frozenset({"virtual", "spaces"})


@dataclass(frozen=True, slots=True)
class VolumeAnswer:
    """GetVolumeInformationW: label, 32-bit serial, file system name, flags."""

    label: str
    serial: int
    filesystem: str
    flags: int


@dataclass(frozen=True, slots=True)
class DiskAnswer:
    """IOCTL_STORAGE_QUERY_PROPERTY of a whole disk: STORAGE_BUS_TYPE, RemovableMedia, serial."""

    bus: int
    removable: bool
    serial: str


class WindowsCalls(Protocol):
    r"""The system's answers, nothing decided; every call raises OSError as Windows fails.

    `root` is a volume's root with its backslash: "E:\\".
    """

    def roots(self) -> list[str]:
        """GetLogicalDrives."""
        ...

    def root_of(self, path: str) -> str:
        """GetVolumePathNameW: the root of the volume an existing path lies on."""
        ...

    def drive_type(self, root: str) -> int:
        """GetDriveTypeW."""
        ...

    def volume(self, root: str) -> VolumeAnswer:
        """GetVolumeInformationW."""
        ...

    def space(self, root: str) -> tuple[int, int]:
        """GetDiskFreeSpaceExW: (total bytes, bytes free for this user)."""
        ...

    def disks(self, root: str) -> tuple[int, ...]:
        """IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS: numbers of the physical disks of a volume."""
        ...

    def disk(self, number: int) -> DiskAnswer:
        """IOCTL_STORAGE_QUERY_PROPERTY on the whole disk of that number."""
        ...


class WindowsDrives:
    """`app.media.Drives` from `WindowsCalls`."""

    def __init__(self, calls: WindowsCalls) -> None:
        self._calls = calls

    def candidates(self, database_path: Path) -> list[DriveFacts]:
        """Fixed and removable volumes that hold a medium, removable ones first."""
        found = []
        for root in self._calls.roots():
            if self._calls.drive_type(root) not in (DRIVE_REMOVABLE, DRIVE_FIXED):
                continue
            try:
                found.append(self._facts(root, database_path))
            except OSError:
                continue  # an empty card reader answers "not ready"
        return sorted(found, key=lambda facts: (not facts.removable_hint, str(facts.mount)))

    def inspect(self, folder: Path, database_path: Path) -> DriveFacts:
        """The drive under `folder`; `drive_gone` when there is no such folder or medium."""
        try:
            return self._facts(self._calls.root_of(str(folder)), database_path)
        except OSError as error:
            raise gone(str(folder)) from error

    def bind(self, folder: Path, database_path: Path) -> BoundDrive:
        """Remember the volume's serial: Windows gives a letter to another stick at once."""
        facts = self.inspect(folder, database_path)

        def identity() -> object | None:
            try:
                root = self._calls.root_of(str(folder))
                return root, self._calls.volume(root).serial
            except OSError:
                return None

        return Bound(facts, folder, identity)

    def _facts(self, root: str, database_path: Path) -> DriveFacts:
        volume = self._calls.volume(root)
        total, free = self._calls.space(root)
        kind = self._calls.drive_type(root)
        numbers = self._numbers(root)
        disk = self._disk(numbers)
        bus = _BUS_NAMES.get(disk.bus, "") if disk else ""
        serial = disk.serial.strip() if disk else ""
        # UNC paths have no drive type worth trusting but show themselves.
        network = kind == DRIVE_REMOTE or root.startswith("\\\\") or bus in _NETWORK_BUSES
        return DriveFacts(
            mount=Path(root),
            label=volume.label,
            serial=serial or f"{volume.serial >> 16:04X}-{volume.serial & 0xFFFF:04X}",
            filesystem=volume.filesystem,
            total_bytes=total,
            free_bytes=free,
            read_only=bool(volume.flags & FILE_READ_ONLY_VOLUME),
            removable_hint=kind == DRIVE_REMOVABLE
            or bus in _PORTABLE_BUSES
            or bool(disk and disk.removable),
            bus=bus,
            same_disk_as_database=self._same_disk(numbers, bus, database_path),
            network=network,
        )

    def _same_disk(self, numbers: frozenset[int], bus: str, database_path: Path) -> bool | None:
        """None when a disk is unknown or a virtual one, whose real disk nobody can tell."""
        try:
            database = self._numbers(self._calls.root_of(str(database_path)))
        except OSError:
            return None
        if numbers & database:
            return True
        if not numbers or not database or bus in _UNTELLING_BUSES:
            return None
        return False

    def _numbers(self, root: str) -> frozenset[int]:
        """Physical disks of a volume; empty when Windows will not say (network, some drivers)."""
        try:
            return frozenset(self._calls.disks(root))
        except OSError:
            return frozenset()

    def _disk(self, numbers: frozenset[int]) -> DiskAnswer | None:
        if not numbers:
            return None
        try:
            return self._calls.disk(min(numbers))
        except OSError:
            return None  # bus and serial stay unknown; the disk's number alone decides
