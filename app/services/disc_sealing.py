"""Niêm phong ra đĩa: the year as disc images, one bag a disc, split between classes (M159)."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from app.changes import CommandResult
from app.domain.ids import SchoolYearId
from app.errors import RuleRefused
from app.media import (
    BagWriter,
    BoundDrive,
    DiscSize,
    DriveFacts,
    Drives,
    DriveSource,
    ImageWriter,
    SealFile,
    megabytes,
    permit_drive,
)
from app.progress import Progress, no_progress
from app.services.data_package import PACKAGE, SCHEMAS, package_files, table_at
from app.services.seal_plan import SealPlan, WrittenMedium, bag_name, seal_request, size_of
from app.services.sealing import Sealing
from app.vault import Signer

CLASS_FOLDER = "lop-"
"""How the folder of a class begins; a disc never holds half a class."""
_SPARE = 16 << 20


class DiscSealing:
    """Writes the discs of one copy into a folder, to be burned from there."""

    def __init__(
        self,
        sealing: Sealing,
        drives: Drives,
        write_bag: BagWriter,
        write_image: ImageWriter,
        database_path: Path,
    ) -> None:
        self._sealing = sealing
        self._drives = drives
        self._write_bag = write_bag
        self._write_image = write_image
        self._database_path = database_path

    def seal(
        self,
        signer: Signer,
        year_id: SchoolYearId,
        folder: Path,
        size: DiscSize,
        witnesses: str,
        keeper: str,
        progress: Progress = no_progress,
    ) -> CommandResult:
        """Write, read back and record every disc; the payload is a tuple of `Sealed`.

        Nothing is recorded, and no image stays, unless all of them were proved.
        """
        plan = self._sealing.plan(signer, year_id, witnesses, keeper, progress)
        discs = split(plan, size)
        made: list[Path] = []
        with self._drives.bind(folder, self._database_path) as drive:
            largest = max(sum(map(size_of, files)) for files in discs)
            image = _ImageTarget(drive)
            # For one bag beside all the images; the bag goes once its image was proved.
            permit_drive(image.facts, plan.bytes + 2 * largest, largest * 114 // 100)
            try:
                media = [
                    self._write(plan, image, folder, number, discs, made, progress)
                    for number in range(1, len(discs) + 1)
                ]
                return self._sealing.record(plan, media)
            except BaseException:
                _remove(made)
                raise

    def _write(
        self,
        plan: SealPlan,
        target: BoundDrive,
        folder: Path,
        number: int,
        discs: Sequence[Sequence[SealFile]],
        made: list[Path],
        progress: Progress,
    ) -> WrittenMedium:
        name = bag_name(plan, f"_dia-{number}")
        image = folder / f"{name}.iso"
        if image.exists():
            raise RuleRefused(
                "image_exists",
                f"Trong “{folder}” đã có “{image.name}”. Ảnh đĩa đã niêm phong không bao giờ bị "
                "ghi đè; hãy chọn thư mục khác.",
                path=str(image),
            )
        label = disc_label(plan.year.name, plan.copy_no, number)
        info = {
            "Bag-Group-Identifier": bag_name(plan),
            "Bag-Count": f"{number} of {len(discs)}",
            "Disc-Label": label,
        }
        bag = folder / name
        try:
            request = seal_request(plan, name, discs[number - 1], info)
            report = self._write_bag(request, target, folder, progress)
            target.check()
            digest = self._write_image(bag, image, label, progress)
            made.append(image)
            target.check()
        finally:
            shutil.rmtree(bag, ignore_errors=True)
        return WrittenMedium(report, label, "", "disc", number, len(discs), digest)


def disc_label(year: str, copy_no: int, part: int) -> str:
    """What a PC shows for the disc: KS_2627_B1_D1; at most 16 plain capitals."""
    short = "".join(piece[-2:] for piece in year.split("-"))
    return f"KS_{short}_B{copy_no}_D{part}"[:16]


def split(plan: SealPlan, size: DiscSize) -> list[list[SealFile]]:
    """The plan's files disc by disc: whole classes in order, what is common on the first.

    Every disc describes its own tables. RuleRefused `class_too_big_for_disc`.
    """
    room = _payload_room(size)
    groups: dict[str, list[SealFile]] = {"": []}
    for file in plan.files:
        top = file.path.partition("/")[0]
        if top in (PACKAGE, SCHEMAS):
            continue  # made again for each disc
        groups.setdefault(top if top.startswith(CLASS_FOLDER) else "", []).append(file)
    discs: list[list[SealFile]] = [[]]
    taken = 0
    for name, files in groups.items():
        needed = sum(map(size_of, files))
        if needed > room:
            what = f"thư mục {name}" if name else "phần chung (nhật ký, hồ sơ sửa điểm)"
            raise RuleRefused(
                "class_too_big_for_disc",
                f"Một đĩa {size.label} không chứa hết {what}: cần {megabytes(needed)}, mỗi đĩa "
                f"chứa {megabytes(room)} dữ liệu. Hãy chọn đĩa lớn hơn hoặc niêm phong ra ổ cứng "
                "rời.",
                needed=needed,
                room=room,
            )
        if taken + needed > room:
            discs.append([])
            taken = 0
        discs[-1].extend(files)
        taken += needed
    return [[*files, *_package(plan, files)] for files in discs if files]


def _package(plan: SealPlan, files: Sequence[SealFile]) -> list[SealFile]:
    typed = {
        file.path: file.content
        for file in files
        if isinstance(file.content, bytes) and table_at(file.path) is not None
    }
    return list(package_files(plan.school, plan.year, typed))


def _payload_room(size: DiscSize) -> int:
    """Bytes of payload a disc takes beside parity, lists, programs and file systems (12 % more)."""
    return (size.value - _SPARE) * 100 // 114


def _remove(images: Sequence[Path]) -> None:
    for image in images:
        image.unlink(missing_ok=True)


class _ImageTarget:
    """A bound drive that only carries images: being the PC's own disk does not matter then."""

    def __init__(self, inner: BoundDrive) -> None:
        self._inner = inner

    @property
    def facts(self) -> DriveFacts:
        """Those of the drive; what lies on it is a disc, without the drive's label and serial."""
        facts = self._inner.facts
        real = facts.source is DriveSource.DRIVE
        source = DriveSource.IMAGE if real else facts.source
        return replace(facts, label="", serial="", source=source)

    @property
    def folder(self) -> Path:
        """The folder that was bound."""
        return self._inner.folder

    def check(self) -> None:
        """As of the drive itself."""
        self._inner.check()

    def close(self) -> None:
        """Whoever bound the drive lets it go."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
