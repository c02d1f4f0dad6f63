"""Drives on Linux: mounts from /proc/self/mountinfo, disks from /sys, names from udev's data."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from app.errors import EnvironmentProblem
from app.media import BoundDrive, DriveFacts
from exports.seal.drives import Bound, gone

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre"}
)
_NETWORK_FUSE = ("fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.davfs", "fuse.gvfsd-fuse")
_NEVER_A_TARGET = frozenset({"squashfs", "iso9660", "udf", "erofs"})
_BUSES = (
    ("/usb", "usb"),
    ("/nvme", "nvme"),
    ("/mmc", "mmc"),
    ("/ata", "sata"),
    ("/virtio", "virtio"),
)


@dataclass(frozen=True, slots=True)
class _Mount:
    device: str
    point: Path
    kind: str
    source: str


class LinuxDrives:
    """`app.media.Drives` from the kernel's own tables; `root` is replaced in tests."""

    def __init__(self, root: Path = Path("/")) -> None:
        self._root = root

    def candidates(self, database_path: Path) -> list[DriveFacts]:
        """Mounted disks, removable ones first; memory, system and disc file systems left out."""
        found: dict[str, DriveFacts] = {}
        for mount in self._mounts():
            if mount.kind in _NEVER_A_TARGET or not self._disks(mount):
                continue
            try:
                facts = self.inspect(mount.point, database_path)
            except EnvironmentProblem:
                continue  # a mount this user may not even look at is no candidate
            found.setdefault(mount.device, facts)
        return sorted(found.values(), key=lambda f: (not f.removable_hint, str(f.mount)))

    def inspect(self, folder: Path, database_path: Path) -> DriveFacts:
        """The drive under `folder`; `drive_gone` when there is no such folder."""
        try:
            space = os.statvfs(folder)
        except OSError as error:
            raise gone(str(folder)) from error
        mount = self._mount_of(folder)
        disks = self._disks(mount)
        database_disks = self._disks(self._mount_of(database_path))
        udev = self._udev(mount)
        bus = self._bus(disks)
        return DriveFacts(
            mount=mount.point,
            label=udev.get("ID_FS_LABEL", ""),
            serial=self._serial(disks)
            or udev.get("ID_SERIAL_SHORT", "")
            or udev.get("ID_FS_UUID", ""),
            filesystem=mount.kind,
            total_bytes=space.f_blocks * space.f_frsize,
            free_bytes=space.f_bavail * space.f_frsize,
            read_only=bool(space.f_flag & os.ST_RDONLY),
            removable_hint=bus in ("usb", "mmc") or any(map(self._is_removable, disks)),
            bus=bus,
            same_disk_as_database=bool(disks & database_disks)
            if disks and database_disks
            else None,
            network=mount.kind in _NETWORK or mount.kind.startswith(_NETWORK_FUSE),
        )

    def bind(self, folder: Path, database_path: Path) -> BoundDrive:
        """Hold an open handle: while it lives, the kernel gives the device number to no other."""
        facts = self.inspect(folder, database_path)
        mount = self._mount_of(folder)
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise gone(str(folder)) from error

        def identity() -> object | None:
            try:
                now = folder.stat()
            except OSError:
                return None
            if mount.device and not self._block(mount.device).exists():
                return None  # pulled out, though still mounted: the kernel has dropped the disk
            # Once unmounted, the same path shows the bare folder below: another device, inode.
            return now.st_dev, now.st_ino

        return Bound(facts, folder, identity, lambda: os.close(handle))

    # ---- mounts

    def _mounts(self) -> list[_Mount]:
        """Every mount in the order of mounting (proc(5), mountinfo)."""
        table = (self._root / "proc/self/mountinfo").read_text("utf-8", "surrogateescape")
        mounts = []
        for line in table.splitlines():
            left, _, right = line.partition(" - ")
            fields, rest = left.split(" "), right.split(" ")
            device = "" if fields[2].startswith("0:") else fields[2]
            source = _unescape(rest[1])
            if not device and source.startswith("/dev/"):
                device = _device_number(Path(source))  # btrfs shows a number of its own
            mounts.append(_Mount(device, Path(_unescape(fields[4])), rest[0], source))
        return mounts

    def _mount_of(self, path: Path) -> _Mount:
        """The mount a path lies on: the longest mount point above it, the latest of equals."""
        real = path.resolve()
        best = _Mount("", Path("/"), "", "")
        for mount in self._mounts():
            if real.is_relative_to(mount.point) and len(mount.point.parts) >= len(best.point.parts):
                best = mount
        return best

    # ---- disks

    def _block(self, device: str) -> Path:
        return self._root / "sys/dev/block" / device

    def _disks(self, mount: _Mount) -> frozenset[str]:
        """Names of the whole disks under a mount, through partitions, LVM, LUKS and loop files."""
        return self._whole_disks(mount.device, 0) if mount.device else frozenset()

    def _whole_disks(self, device: str, depth: int) -> frozenset[str]:
        here = self._block(device)
        if depth > 8 or not here.exists():
            return frozenset()
        real = here.resolve()
        backing = real / "loop/backing_file"
        if backing.exists():
            below = self._mount_of(Path(backing.read_text("utf-8").strip()))
            return self._whole_disks(below.device, depth + 1) if below.device else frozenset()
        if (real / "partition").exists():
            real = real.parent
        slaves = real / "slaves"
        lower = sorted(slaves.iterdir()) if slaves.is_dir() else []
        if not lower:
            return frozenset() if real.name.startswith(("ram", "zram")) else frozenset({real.name})
        found: set[str] = set()
        for slave in lower:
            part = self._whole_disks(_first_line(slave / "dev"), depth + 1)
            if not part:
                return frozenset()  # one unknown disk makes the whole answer unknown
            found |= part
        return frozenset(found)

    def _disk_folder(self, disk: str) -> Path:
        return (self._root / "sys/block" / disk).resolve()

    def _is_removable(self, disk: str) -> bool:
        return _first_line(self._disk_folder(disk) / "removable") == "1"

    def _bus(self, disks: frozenset[str]) -> str:
        """Of the first disk; empty when its place in the device tree says nothing."""
        if not disks:
            return ""
        place = str(self._disk_folder(min(disks)))
        return next((name for mark, name in _BUSES if mark in place), "")

    def _serial(self, disks: frozenset[str]) -> str:
        """The disk's own serial: beside the disk, or of the USB device that carries it."""
        if not disks:
            return ""
        folder = self._disk_folder(min(disks))
        for place in (folder, folder / "device", *folder.parents):
            if place == self._root / "sys" or place.name == "devices":
                break
            if found := _first_line(place / "serial"):
                return found
        return ""

    def _udev(self, mount: _Mount) -> dict[str, str]:
        """What udev noted of the partition: label, UUID, serial."""
        place = self._root / "run/udev/data" / f"b{mount.device}"
        if not mount.device or not place.is_file():
            return {}
        notes = {}
        for line in place.read_text("utf-8", "replace").splitlines():
            if line.startswith("E:"):
                name, _, value = line[2:].partition("=")
                notes[name] = value
        return notes


def _first_line(path: Path) -> str:
    return path.read_text("utf-8", "replace").strip() if path.is_file() else ""


def _unescape(text: str) -> str:
    r"""Text of mountinfo, which writes a space as \040 and so on."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _device_number(path: Path) -> str:
    try:
        number = path.stat().st_rdev
    except OSError:
        return ""  # no such device node: the disk stays unknown, and unknown is refused
    return f"{os.major(number)}:{os.minor(number)}" if number else ""
