"""A small sealed bag in a folder, and the pieces to make another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.clock import VIETNAM
from app.errors import AppError
from app.media import (
    BoundDrive,
    DriveFacts,
    DriveSource,
    ReadmeFacts,
    SealFile,
    SealReport,
    SealRequest,
)
from app.progress import Progress, no_progress
from exports.seal import verifier
from exports.seal.bag import write_bag
from exports.seal.drives_folder import FolderDrives
from exports.seal.tag_files import pem

BAG = "THCS-Hoa-Sen_2025-2026"


@dataclass(frozen=True)
class Signer:
    """An Ed25519 key that never leaves the test."""

    key: Ed25519PrivateKey

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


def signer(seed: int = 7) -> Signer:
    return Signer(Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def files() -> tuple[SealFile, ...]:
    return (
        SealFile("lop-6A1/so-diem_6A1_2025-2026.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 9),
        SealFile("lop-6A1/diem_6A1.csv", "\ufeffSTT;Họ và tên\r\n1;Nguyễn Ỷ Nhi\r\n".encode()),
        SealFile("nhat-ky.csv", b"x"),
        SealFile("ho-so-sua-diem/rong.txt", b""),
    )


def readme() -> ReadmeFacts:
    return ReadmeFacts(
        school="Trường THCS Hoa Sen",
        school_year="2025-2026",
        sealed_at=datetime(2026, 5, 31, 9, 30, tzinfo=VIETNAM),
        contents=(("lop-6A1", "Sổ gọi tên và ghi điểm lớp 6A1"),),
    )


def request(
    payload: Iterable[SealFile] | None = None, seed: int = 7, **more: object
) -> SealRequest:
    made = SealRequest(BAG, readme(), files() if payload is None else payload, signer(seed))
    return replace(made, **more)


@dataclass
class WatchedDrive:
    """A bound folder that calls `at_check(number)` before each check, and may lie in its facts."""

    inner: BoundDrive
    at_check: Callable[[int], None] = lambda number: None
    facts_instead: DriveFacts | None = None
    checks: int = field(default=0)

    @property
    def facts(self) -> DriveFacts:
        return self.facts_instead or self.inner.facts

    @property
    def folder(self) -> Path:
        return self.inner.folder

    def check(self) -> None:
        self.checks += 1
        self.at_check(self.checks)
        self.inner.check()

    def close(self) -> None:
        self.inner.close()

    def __enter__(self) -> WatchedDrive:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def bind(folder: Path) -> BoundDrive:
    return FolderDrives().bind(folder, folder)


def seal(
    folder: Path, wanted: SealRequest | None = None, progress: Progress = no_progress
) -> SealReport:
    with bind(folder) as drive:
        return write_bag(wanted or request(), drive, folder, progress)


def contents_of(bag: Path) -> dict[str, bytes]:
    """Every file below a folder by its path in it."""
    return {
        path.relative_to(bag).as_posix(): path.read_bytes()
        for path in bag.rglob("*")
        if path.is_file()
    }


def rewrite_tag_lists(bag: Path, sign_with: int | None) -> None:
    """Build both tag lists over what lies there, in all their copies; sign them if told so."""
    copies = [folder for folder in verifier.COPY_FOLDERS if (bag / folder).is_dir()]
    unlisted = {*verifier.UNLISTED, *(f + name for f in copies for name in verifier.COPIED)}
    outside = (p.relative_to(bag).as_posix() for p in bag.rglob("*") if p.is_file())
    tags = sorted(n for n in outside if not n.startswith("data/") and n not in unlisted)
    for algorithm in ("sha256", "sha512"):
        (bag / f"tagmanifest-{algorithm}.txt").write_text(
            "".join(
                f"{hashlib.new(algorithm, (bag / name).read_bytes()).hexdigest()}  {name}\n"
                for name in tags
            )
        )
    if sign_with is not None:
        signed = (bag / verifier.SIGNED_LIST).read_bytes()
        (bag / verifier.SIGNATURE).write_bytes(signer(sign_with).sign(signed))
    for folder in copies:
        for name in verifier.COPIED:
            (bag / folder / name).write_bytes((bag / name).read_bytes())


def resign(bag: Path, seed: int, *, swap_key: bool) -> None:
    """What a forger does: rebuild every list over what lies there and sign with another key."""
    if swap_key:
        (bag / verifier.PUBLIC_KEY).write_bytes(pem(signer(seed).public_key))
    for algorithm in ("sha256", "sha512"):
        lines = [
            f"{hashlib.new(algorithm, path.read_bytes()).hexdigest()}  {path.relative_to(bag)}\n"
            for path in sorted((bag / "data").rglob("*"), key=str)
            if path.is_file()
        ]
        (bag / f"manifest-{algorithm}.txt").write_text("".join(lines))
    rewrite_tag_lists(bag, seed if swap_key else None)


def real_drive(folder: Path, **changes: object) -> WatchedDrive:
    """A folder that claims to be a real external drive."""
    inner = bind(folder)
    facts = replace(
        inner.facts, source=DriveSource.DRIVE, same_disk_as_database=False, label="LUU-TRU"
    )
    return WatchedDrive(inner, facts_instead=replace(facts, **changes))


def refused(folder: Path, code: str, **wanted: object) -> AppError:
    """Sealing is refused with this code, and the folder is left without any bag."""
    drive = wanted.pop("drive", None) or bind(folder)
    made = wanted.pop("request", None) or request(**wanted)
    before = sorted(folder.iterdir()) if folder.is_dir() else []
    with pytest.raises(AppError) as caught:
        write_bag(made, drive, folder)
    assert caught.value.code == code, caught.value.sentence
    assert caught.value.sentence.endswith(".")
    if folder.is_dir():
        assert sorted(folder.iterdir()) == before
    return caught.value
