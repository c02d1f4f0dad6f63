"""Write one sealed bag onto a bound drive: whole, signed, read back and renamed, or not at all.

Until the last rename the bag is called `<name>.dang-ghi`; whatever stops the work earlier leaves
at most that, and the next write of the same bag sweeps it away.
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from app.errors import AppError, EnvironmentProblem, RuleRefused
from app.media import (
    BAG_NAME_LIMIT,
    BoundDrive,
    DriveSource,
    SealFile,
    SealReport,
    SealRequest,
    permit_drive,
    permit_place,
)
from app.progress import Progress, no_progress
from exports.seal import durable, parity, verifier
from exports.seal.names import PathBook, is_safe_name
from exports.seal.readme import README_NAME, bag_info, readme_text
from exports.seal.tag_files import manifest, own_source, pem

_PASSES = 3
_SYNC_FILES = 32
_SYNC_BYTES = 8 << 20
"""So many files or bytes are made durable together: the medium's journal serves them at once."""
_log = logging.getLogger(__name__)


def write_bag(
    request: SealRequest,
    drive: BoundDrive,
    target_folder: Path,
    progress: Progress = no_progress,
) -> SealReport:
    """Write the bag directly into `target_folder` of the bound drive; see `app.media.BagWriter`.

    `progress` counts KiB over three passes: write, compute the parity, read back.
    """
    started = time.perf_counter()
    programs = {
        verifier.SELF: own_source("verifier.py"),
        parity.SELF: own_source("parity.py"),
    }
    if not is_safe_name(request.bag_name) or len(request.bag_name) > BAG_NAME_LIMIT:
        raise RuleRefused(
            "bad_bag_name",
            f"Tên gói “{request.bag_name}” không dùng được: chỉ gồm chữ không dấu, chữ số, dấu . _ "
            f"- và dài tối đa {BAG_NAME_LIMIT} ký tự.",
            name=request.bag_name,
        )
    request = _measured(request)
    largest = _largest(request)
    permit_place(drive.facts)
    with _Writing(request, drive, target_folder, progress) as writing:
        writing.prepare(largest)
        for item in request.files:
            writing.add(item)
        signed = writing.close_lists(programs)
        writing.read_back()
        path = writing.publish()
    return SealReport(
        path=path,
        files=writing.files,
        bytes=writing.bytes,
        seconds=time.perf_counter() - started,
        tagmanifest_sha512=signed,
        fingerprint=verifier.key_fingerprint(request.signer.public_key),
        readback_ok=True,
    )


def _measured(request: SealRequest) -> SealRequest:
    """The request with its size known; without a stated size its files must be in memory."""
    if request.expected_bytes is not None:
        return request
    files = tuple(request.files)
    return replace(request, files=files, expected_bytes=sum(map(_size, files)))


def _largest(request: SealRequest) -> int:
    return max(map(_size, request.files), default=0) if isinstance(request.files, tuple) else 0


def _size(item: SealFile) -> int:
    if isinstance(item.content, bytes):
        return len(item.content)
    try:
        return item.content.stat().st_size
    except OSError:
        return 0  # reading it refuses with its own sentence


class _Writing:
    """One bag under its temporary name; leaving the block early removes it."""

    def __init__(
        self, request: SealRequest, drive: BoundDrive, target: Path, progress: Progress
    ) -> None:
        self._request = request
        self._drive = drive
        self._target = target
        self._progress = progress
        self._expected = request.expected_bytes or 0
        self._temp = target / f"{request.bag_name}{verifier.UNFINISHED}"
        self._final = target / request.bag_name
        self._place: tuple[int, int] | None = None
        self._made = False
        self._paths = PathBook()
        self._folders: dict[Path, None] = {}
        self._made_parts: set[tuple[str, ...]] = set()
        self._unsynced: list[tuple[str, int]] = []
        self._unsynced_bytes = 0
        self._payload: dict[str, durable.Fingers] = {}
        self._tags: dict[str, durable.Fingers] = {}
        self.files = 0
        self.bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None or not self._made:
            return
        for _, handle in self._unsynced:
            os.close(handle)
        try:
            self._check()
            shutil.rmtree(self._temp)
        except (OSError, AppError) as why:
            # The drive is gone or refuses: what is left bears the temporary name, and the next
            # write of this bag sweeps it.
            _log.info("left unfinished bag %s behind: %s", self._temp.name, why)

    def prepare(self, largest: int) -> None:
        """Refuse what cannot work, sweep what an earlier attempt left, make the temporary bag."""
        self._check()
        with self._speaking(self._temp.name):
            facts = self._target.stat()
            self._place = (facts.st_dev, facts.st_ino)
            if facts.st_dev != self._drive.folder.stat().st_dev:
                raise RuleRefused(
                    "target_not_on_drive",
                    f"Thư mục “{self._target}” không nằm trên ổ {self._drive.facts.name} đã chọn. "
                    "Hãy chọn lại ổ và thư mục.",
                )
            self._refuse_existing()
            self._sweep()
            free = shutil.disk_usage(self._target).free
            permit_drive(replace(self._drive.facts, free_bytes=free), self._expected, largest)
            self._temp.mkdir()
            self._made = True
            self._folders[self._temp] = None
            self._make_folders(("data",))

    def add(self, item: SealFile) -> None:
        """Write one payload file; it is durable once its batch or the lists are."""
        parts = self._paths.admit(item.path)
        rel = f"data/{item.path}"
        self._check()
        self._tell(0, self.bytes, f"Đang ghi {item.path}")
        with self._speaking(item.path):
            self._make_folders(("data", *parts[:-1]))
            written, handle = durable.write_open(self._temp / rel, durable.pieces_of(item.content))
        self._unsynced.append((item.path, handle))
        self._unsynced_bytes += written.size
        self._payload[rel] = written
        self.files += 1
        self.bytes += written.size
        if len(self._unsynced) >= _SYNC_FILES or self._unsynced_bytes >= _SYNC_BYTES:
            self._sync_payload()

    def _sync_payload(self) -> None:
        while self._unsynced:
            name, handle = self._unsynced.pop()
            with self._speaking(name):
                durable.sync_and_close(handle)
        self._unsynced_bytes = 0

    def close_lists(self, programs: Mapping[str, bytes]) -> str:
        """Write the tag files and the parity, sign; returns the SHA-512 of the signed list."""
        if not self.files:
            raise RuleRefused(
                "nothing_to_seal",
                "Không có tệp nào để niêm phong. Hãy in sổ của năm học trước rồi niêm phong.",
            )
        self._sync_payload()
        request, facts = self._request, self._drive.facts
        key = request.signer.public_key
        mark = verifier.key_fingerprint(key)
        demo = facts.source is DriveSource.DEMO
        self._tag("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        self._tag(
            verifier.BAG_INFO,
            bag_info(
                request.bag_name, request.readme, request.info, facts, self.files, self.bytes, mark
            ),
        )
        self._tag(
            README_NAME,
            readme_text(request.bag_name, request.readme, self.files, self.bytes, mark, demo),
        )
        for name, source in programs.items():
            self._tag(name, source)
        self._tag(verifier.PUBLIC_KEY, pem(key))
        self._tag(verifier.PAYLOAD_256, manifest(self._payload, "sha256"))
        self._tag(verifier.PAYLOAD_512, manifest(self._payload, "sha512"))
        if request.parity:
            self._add_parity()
        tags = dict(self._tags)
        self._tag(verifier.SECOND_LIST, manifest(tags, "sha256"))
        signed = manifest(tags, "sha512")
        self._tag(verifier.SIGNED_LIST, signed)
        signature = request.signer.sign(signed)
        if not verifier.ed25519_valid(key, signed, signature):
            raise ValueError("the signer's signature does not match its public key")
        self._tag(verifier.SIGNATURE, signature)
        if request.parity:
            self._copy_lists()
        with self._speaking(self._temp.name):
            for folder in (*reversed(self._folders), self._target):
                durable.sync_folder(folder)
        return self._tags[verifier.SIGNED_LIST].sha512

    def _add_parity(self) -> None:
        """Parity over everything written so far, read again from the bag itself."""
        protected = [
            (rel, made.size) for rel, made in (*self._tags.items(), *self._payload.items())
        ]

        def told(done: int, _total: int, _file: str) -> None:
            self._check()
            self._tell(1, done, "Đang tính phần phục hồi")

        with self._speaking(parity.FOLDER):
            for folder in (parity.FOLDER, *parity.COPIES):
                self._make_folders(tuple(folder.split("/")))
            for name, pieces in parity.encode(self._temp, protected, told):
                self._tag(name, pieces)

    def _copy_lists(self) -> None:
        """The signed lists twice more: no parity can hold what is written after it."""
        for name in parity.COPIED:
            with self._speaking(name):
                content = (self._temp / name).read_bytes()
            for folder in parity.COPIES:
                self._tag(f"{folder}/{name}", content)

    def read_back(self) -> None:
        """Judge every byte as the medium returns it, not as the cache remembers it."""
        self._check()
        with self._speaking(self._temp.name):
            for rel in (*self._payload, *self._tags):
                durable.forget_cached(self._temp / rel)
        self._prove()

    def publish(self) -> Path:
        """Give the bag its name, make that durable, and see that all of it bears that name."""
        self._check()
        with self._speaking(self._final.name):
            self._refuse_existing()
            self._temp.rename(self._final)
        try:
            with self._speaking(self._final.name):
                durable.sync_folder(self._target)
            self._look_again()
            self._check()
        except BaseException:
            self._withdraw()
            raise
        return self._final

    def _withdraw(self) -> None:
        """Take the name back from a bag whose last check did not end well.

        Not on another medium: a bag of that name there is somebody's, and under the temporary name
        the next seal would sweep it.
        """
        try:
            self._check()
            self._final.rename(self._temp)
        except (OSError, AppError) as why:
            # The drive went away between the rename and its proof; the bag was proved before it.
            _log.info("bag %s keeps its name on a drive that is gone: %s", self._final.name, why)

    def _prove(self) -> None:
        def told(done: int, total: int, file: str) -> None:
            self._check()
            self._tell(2, done, f"Đang đọc lại {file}")

        report = verifier.examine(self._temp, told)
        if (
            report.verdict is not verifier.Verdict.INTACT
            or report.files != len(self._payload) + len(self._tags)
            or report.fingerprint != verifier.key_fingerprint(self._request.signer.public_key)
        ):
            raise self._not_the_same([problem.file for problem in report.problems])

    def _look_again(self) -> None:
        """Every file is there in its size: the bytes were proved, a new name changes none."""
        with self._speaking(self._final.name):
            tree = verifier.sizes(self._final)
        written = {rel: made.size for rel, made in (*self._payload.items(), *self._tags.items())}
        if tree != written:
            raise self._not_the_same(
                sorted({rel for rel, _ in set(tree.items()) ^ set(written.items())})
            )

    def _not_the_same(self, files: list[str]) -> EnvironmentProblem:
        self._check()
        return EnvironmentProblem(
            "drive_readback_failed",
            f"Đọc lại từ ổ {self._drive.facts.name} không giống những gì đã ghi "
            f"({', '.join(files[:3])}): ổ hoặc cổng cắm bị lỗi. Gói niêm phong này chưa được tạo. "
            "Hãy dùng ổ khác.",
            files=files,
        )

    def _tag(self, name: str, content: bytes | list[bytes]) -> None:
        self._check()
        pieces = durable.pieces_of(content) if isinstance(content, bytes) else content
        with self._speaking(name):
            self._tags[name] = durable.write_new(self._temp / name, pieces)

    def _make_folders(self, parts: tuple[str, ...]) -> None:
        """One level at a time below the bag: when the drive is gone, so is the bag's root.

        `mkdir(parents=True)` would rebuild it on the system disk, under the empty mount point.
        """
        if parts in self._made_parts:
            return
        folder = self._temp
        for part in parts:
            folder = folder / part
            if folder not in self._folders:
                folder.mkdir()
                self._folders[folder] = None
        self._made_parts.add(parts)

    def _check(self) -> None:
        """The same drive, and the same folder on it, as at the start."""
        self._drive.check()
        if self._place is None:
            return
        try:
            facts = self._target.stat()
        except OSError as error:
            raise durable.refusal(error, self._drive.facts.name, self._temp.name) from error
        if (facts.st_dev, facts.st_ino) != self._place:
            raise EnvironmentProblem(
                "drive_changed",
                f"Thư mục đích trên ổ {self._drive.facts.name} đã bị thay bằng thư mục khác khi "
                "đang ghi. Gói niêm phong này chưa được tạo. Hãy cắm lại đúng ổ rồi niêm phong lại "
                "từ đầu.",
            )

    def _refuse_existing(self) -> None:
        if os.path.lexists(self._final):
            raise RuleRefused(
                "bag_exists",
                f"Trên ổ {self._drive.facts.name} đã có “{self._final.name}”. Gói đã niêm phong "
                "không bao giờ bị ghi đè: hãy dùng ổ khác, hoặc lập gói bổ sung nếu có quyết định.",
                path=str(self._final),
            )

    def _sweep(self) -> None:
        if not os.path.lexists(self._temp):
            return
        if not stat.S_ISDIR(self._temp.lstat().st_mode):
            raise RuleRefused(
                "leftover_not_a_folder",
                f"Trên ổ {self._drive.facts.name} có “{self._temp.name}” không phải thư mục ghi dở "
                "của chương trình. Hãy xóa hoặc đổi tên nó rồi niêm phong lại.",
                path=str(self._temp),
            )
        shutil.rmtree(self._temp)

    @contextmanager
    def _speaking(self, file: str) -> Iterator[None]:
        """Turn the medium's errors into sentences; a drive that is gone says so first."""
        try:
            yield
        except OSError as error:
            self._check()
            raise durable.refusal(error, self._drive.facts.name, file) from error

    def _tell(self, turn: int, done: int, note: str) -> None:
        total = _PASSES * self._expected // 1024 + 1
        reached = turn * self._expected + min(done, self._expected)
        self._progress(min(reached // 1024, total), total, note)
