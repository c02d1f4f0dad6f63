"""Sealed media as the rest of the program sees them: drives, what is sealed, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from app.errors import RuleRefused
from app.progress import Progress, no_progress

BAG_NAME_LIMIT = 50
"""Most characters of a bag's name, so that every path fits Windows's limit on any drive."""
_SPARE_BYTES = 4 << 20
_FAT_LIMIT = (4 << 30) - 1
_FAT_NAMES = frozenset({"vfat", "msdos", "fat", "fat32"})


class DriveSource(Enum):
    """What stands behind a drive; goes into bag-info.txt when it is not a real one."""

    DRIVE = "drive"
    DEMO = "demo"
    """A plain folder, accepted by `demo` and `self-test` only."""
    IMAGE = "image"
    """A folder in which a disc image is made: the disc burned from it is what is kept apart."""


@dataclass(frozen=True, slots=True)
class DriveFacts:
    """What is known of the drive behind a folder; unknown texts are empty, sizes in bytes.

    `serial` is the one the drive itself reports, else the volume's. `bus` is "usb", "sata", … in
    lower case. `same_disk_as_database` compares whole disks, not partitions; None when either
    disk cannot be told, which is refused like a yes.
    """

    mount: Path
    label: str
    serial: str
    filesystem: str
    total_bytes: int
    free_bytes: int
    read_only: bool
    removable_hint: bool
    bus: str
    same_disk_as_database: bool | None
    network: bool
    source: DriveSource = DriveSource.DRIVE

    @property
    def name(self) -> str:
        """How a sentence calls it: label and place."""
        return f"“{self.label}” ({self.mount})" if self.label else str(self.mount)


class BoundDrive(Protocol):
    """A drive held on to from the first check to the last, so that no other can take its place."""

    @property
    def facts(self) -> DriveFacts:
        """As they were when the drive was bound."""
        ...

    @property
    def folder(self) -> Path:
        """The folder that was bound; bags are written directly into it."""
        ...

    def check(self) -> None:
        """Raise EnvironmentProblem `drive_gone` or `drive_changed` unless it is still the same."""
        ...

    def close(self) -> None:
        """Let go, so that the drive can be taken out safely."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Drives(Protocol):
    """The drives of this PC, one implementation a system; all raise EnvironmentProblem."""

    def candidates(self, database_path: Path) -> list[DriveFacts]:
        """Every drive a person could mean, fit or not, the likely ones first."""
        ...

    def inspect(self, folder: Path, database_path: Path) -> DriveFacts:
        """The drive under an existing folder; `drive_gone` when there is no such folder."""
        ...

    def bind(self, folder: Path, database_path: Path) -> BoundDrive:
        """Hold on to the drive under `folder`; close it when done."""
        ...


def space_needed(payload_bytes: int) -> int:
    """Bytes that must be free: the payload, 12 % for lists and cluster ends, 12 % for the parity,
    and 4 MB.
    """
    return payload_bytes + (payload_bytes * 24 + 99) // 100 + _SPARE_BYTES


def permit_drive(facts: DriveFacts, payload_bytes: int, largest_file: int = 0) -> None:
    """Raise RuleRefused unless this drive may take a seal of this size.

    The archive drive is not the PC's own (M158: kept apart from where marks are entered).

    Codes: drive_is_network, drive_is_database_disk, drive_unknown, drive_read_only,
    drive_too_small, file_too_big_for_fat.
    """
    permit_place(facts)
    what = f"Ổ {facts.name}"
    if facts.read_only:
        raise RuleRefused(
            "drive_read_only",
            f"{what} chỉ đọc, không ghi được. Hãy gạt khóa chống ghi trên ổ hoặc chọn ổ khác.",
            mount=str(facts.mount),
        )
    if largest_file > _FAT_LIMIT and facts.filesystem.lower() in _FAT_NAMES:
        raise RuleRefused(
            "file_too_big_for_fat",
            f"{what} định dạng {facts.filesystem} không chứa được tệp từ 4 GB trở lên. Hãy chọn ổ "
            "định dạng NTFS hoặc exFAT.",
            mount=str(facts.mount),
        )
    needed = space_needed(payload_bytes)
    if facts.free_bytes < needed:
        raise RuleRefused(
            "drive_too_small",
            f"{what} không đủ chỗ: cần {megabytes(needed)}, còn {megabytes(facts.free_bytes)}. Hãy "
            "dọn bớt tệp trên ổ hoặc chọn ổ lớn hơn.",
            needed=needed,
            free=facts.free_bytes,
        )


def permit_place(facts: DriveFacts) -> None:
    """Raise RuleRefused when a seal may not lie on this drive, whatever its size (M158)."""
    if facts.source is DriveSource.DEMO:
        return
    if facts.source is DriveSource.IMAGE and not facts.network:
        return
    what = f"Ổ {facts.name}"
    if facts.network:
        raise RuleRefused(
            "drive_is_network",
            f"{what} là ổ mạng, không cất riêng và không niêm phong được. Hãy cắm một ổ cứng rời "
            "hoặc USB vào máy này rồi chọn ổ ấy.",
            mount=str(facts.mount),
        )
    if facts.same_disk_as_database:
        raise RuleRefused(
            "drive_is_database_disk",
            f"{what} nằm trên chính đĩa đang chứa tệp dữ liệu của trường; đĩa ấy hỏng là mất cả "
            "hai. Hãy cắm một ổ cứng rời hoặc USB khác rồi chọn ổ ấy.",
            mount=str(facts.mount),
        )
    if facts.same_disk_as_database is None:
        raise RuleRefused(
            "drive_unknown",
            f"{what}: không xác định được nó có nằm khác đĩa với tệp dữ liệu của trường hay không, "
            "nên không dùng để niêm phong. Hãy cắm một ổ cứng rời hoặc USB rồi chọn ổ ấy.",
            mount=str(facts.mount),
        )


def megabytes(size: int) -> str:
    """Bytes as "81,8 MB" (10^6), one decimal, rounded up so that "needed" is never too little."""
    tenths = -(-size // 100_000)
    return f"{tenths // 10},{tenths % 10} MB"


# ---- what is sealed


class SealSigner(Protocol):
    """The Ed25519 half of whoever decides the seal; `app.vault.Signer` is one."""

    @property
    def public_key(self) -> bytes:
        """32 raw bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes over the message."""
        ...


@dataclass(frozen=True, slots=True)
class SealFile:
    """One payload file: `path` below data/ with "/" between its parts, and its bytes or where."""

    path: str
    content: bytes | Path


@dataclass(frozen=True, slots=True)
class ReadmeFacts:
    """What DOC-TRUOC.txt tells a reader: the school, the year, when, and a line a content.

    `contents`: pairs of a folder or file below data/ and what it holds, in Vietnamese.
    `fingerprint_kept_in`: where else the key's fingerprint is printed.
    """

    school: str
    school_year: str
    sealed_at: datetime
    contents: tuple[tuple[str, str], ...] = ()
    fingerprint_kept_in: str = "biên bản niêm phong có chữ ký và con dấu của trường"


@dataclass(frozen=True, slots=True)
class SealRequest:
    """What goes into one bag.

    `files` is read once, one file in memory at a time when it is a generator; then
    `expected_bytes` must say how much comes, for the space check and the progress. `info` adds
    lines to bag-info.txt; the writer's own labels are refused there. `parity` adds the tenth that
    lets a damaged bag be restored from itself.
    """

    bag_name: str
    readme: ReadmeFacts
    files: Iterable[SealFile]
    signer: SealSigner
    info: Mapping[str, str] = field(default_factory=dict)
    expected_bytes: int | None = None
    parity: bool = True


@dataclass(frozen=True, slots=True)
class SealReport:
    """A finished bag: `files` and `bytes` count the payload, `seconds` the whole work.

    `tagmanifest_sha512` is the digest of the signed list, `fingerprint` of the key (hex).
    """

    path: Path
    files: int
    bytes: int
    seconds: float
    tagmanifest_sha512: str
    fingerprint: str
    readback_ok: bool


class DiscSize(Enum):
    """How much a disc takes; `value` in bytes, as the makers print it."""

    CD = 700_000_000
    DVD = 4_700_000_000

    @property
    def label(self) -> str:
        """Words on screen."""
        return {DiscSize.CD: "CD 700 MB", DiscSize.DVD: "DVD 4,7 GB"}[self]


class ImageWriter(Protocol):
    """Puts a finished bag into a new disc image and proves it."""

    def __call__(self, bag: Path, image: Path, label: str, progress: Progress = no_progress) -> str:
        """The SHA-256 of the image; EnvironmentProblem and no image when it is not the same."""
        ...


class BagWriter(Protocol):
    """Writes one bag onto a bound drive, whole or not at all."""

    def __call__(
        self,
        request: SealRequest,
        drive: BoundDrive,
        target_folder: Path,
        progress: Progress = no_progress,
    ) -> SealReport:
        """Raise RuleRefused, EnvironmentProblem or Cancelled and leave no bag under its name."""
        ...


# ---- what a check of a medium says


class VerifyVerdict(Enum):
    """What a medium turned out to be; the values are those of the stand-alone verifier."""

    INTACT = "intact"
    DAMAGED = "damaged"
    FORGED = "forged"
    OTHER_KEY = "other_key"
    NOT_A_BAG = "not_a_bag"
    NOTHING_TO_READ = "nothing_to_read"


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """A judged medium: `problems` are (file inside the bag, Vietnamese sentence).

    `fingerprint_matches` is None when there was none to compare with; `lines` is the whole report
    in words, `exit_code` that of the `verify` command (0, 1 or 2). `repairable` says of a damaged
    bag whether its own parity can bring all of it back; None when there is nothing to say.
    `list_sha512` is the digest of the list that a signature was found to hold over: it tells one
    sealed copy from every other, even when files of it are damaged.
    """

    verdict: VerifyVerdict
    path: Path
    problems: tuple[tuple[str, str], ...]
    fingerprint: str | None
    fingerprint_matches: bool | None
    info: Mapping[str, str]
    files: int
    bytes: int
    exit_code: int
    lines: tuple[str, ...]
    repairable: bool | None = None
    list_sha512: str | None = None


class BagChecker(Protocol):
    """Judges the bag at a path, reading every byte of it."""

    def __call__(
        self, path: Path, fingerprint: str | None = None, progress: Progress = no_progress
    ) -> VerifyReport:
        """Compare with `fingerprint` (hex, any grouping) when given."""
        ...


@dataclass(frozen=True, slots=True)
class RepairReport:
    """A medium brought back: `before` and `after` are its verdicts, `out` the mended copy.

    `lost` of `blocks` blocks were damaged; both are 0 when whole files came from another copy.
    """

    before: VerifyReport
    after: VerifyReport
    out: Path
    lost: int
    blocks: int


class BagRepairer(Protocol):
    """Writes a mended copy of a damaged bag elsewhere, from its parity or from another copy."""

    def __call__(
        self,
        path: Path,
        out: Path,
        other: Path | None = None,
        fingerprint: str | None = None,
        progress: Progress = no_progress,
    ) -> RepairReport:
        """`out` is a folder that does not exist yet.

        RuleRefused `repair_target_exists`, `repair_in_place`, `nothing_to_repair`, `not_a_bag`,
        `not_repairable`; nothing stays behind then.
        """
        ...
