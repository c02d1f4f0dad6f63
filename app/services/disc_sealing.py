"""Niêm phong ra đĩa: the year as disc images, one bag a disc, split between classes (M159)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from app.backup_maker import BackupMaker
from app.changes import CommandResult
from app.domain.ids import SchoolYearId
from app.errors import EnvironmentProblem, RuleRefused
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
from app.os_reasons import reason_of
from app.progress import Progress, no_progress
from app.services.confidential_copy import FOLDER, confidential_files
from app.services.data_package import PACKAGE, SCHEMAS, package_files, table_at
from app.services.medium_contents import CLASS_FOLDER, holds_of
from app.services.seal_plan import SealPlan, WrittenMedium, bag_name, seal_request, size_of
from app.services.sealing import Sealing
from app.vault import Signer

_WORK = ".lam-dia"
"""End of the name of the folder that holds bags and images until all of them are proved."""
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
        *,
        confidential: BackupMaker | None = None,
    ) -> CommandResult:
        """Write, read back and record every disc; the payload is a tuple of `Sealed`.

        Nothing is recorded, and no image stays, unless all of them were proved. `confidential`
        makes the encrypted copy of the whole file that goes along, whole on one disc.
        """
        plan = self._sealing.plan(signer, year_id, witnesses, keeper, progress)
        made: list[Path] = []
        with self._drives.bind(folder, self._database_path) as drive, ExitStack() as stack:
            if confidential is not None:
                beside = self._database_path.parent
                more = stack.enter_context(confidential_files(confidential, beside, progress))
                plan = replace(plan, files=(*plan.files, *more))
            discs = split(plan, size)
            largest = max(sum(map(size_of, files)) for files in discs)
            image = _ImageTarget(drive)
            # For one bag beside all the images; the bag goes once its image was proved.
            permit_drive(image.facts, plan.bytes + 2 * largest, largest * 114 // 100)
            _refuse_images(folder, [f"{_name(plan, n)}.iso" for n in range(1, len(discs) + 1)])
            work = _work_folder(folder, bag_name(plan))
            try:
                media = [
                    self._write(plan, image, work, number, discs, progress)
                    for number in range(1, len(discs) + 1)
                ]
                image.check()
                _publish(work, folder, [f"{one.report.path.name}.iso" for one in media], made)
                return self._sealing.record(plan, media)
            except BaseException:
                shutil.rmtree(work, ignore_errors=True)
                for path in made:
                    path.unlink(missing_ok=True)
                raise

    def _write(
        self,
        plan: SealPlan,
        target: BoundDrive,
        work: Path,
        number: int,
        discs: Sequence[Sequence[SealFile]],
        progress: Progress,
    ) -> WrittenMedium:
        name, files = _name(plan, number), discs[number - 1]
        label = disc_label(plan.year.name, plan.copy_no, number)
        info = {
            "Bag-Group-Identifier": bag_name(plan),
            "Bag-Count": f"{number} of {len(discs)}",
            "Disc-Label": label,
        }
        request = seal_request(plan, name, files, info)
        report = self._write_bag(request, target, work, progress)
        target.check()
        digest = self._write_image(work / name, work / f"{name}.iso", label, progress)
        target.check()
        shutil.rmtree(work / name, ignore_errors=True)
        holds = holds_of(files)
        return WrittenMedium(report, label, "", holds, "disc", number, len(discs), digest)


def _name(plan: SealPlan, number: int) -> str:
    return bag_name(plan, f"_dia-{number}")


def _refuse_images(folder: Path, names: Sequence[str]) -> None:
    """Before the first byte: an image of the next copy is there although no record speaks of it."""
    for name in names:
        if os.path.lexists(folder / name):
            raise RuleRefused(
                "image_exists",
                f"Trong “{folder}” đã có “{name}” mà sổ không ghi: lần tạo đĩa trước bị ngắt, hoặc "
                "sổ vừa khôi phục từ bản cũ. Ảnh đĩa không bao giờ bị ghi đè; hãy chuyển ảnh ấy đi "
                "chỗ khác, hoặc chọn thư mục khác rồi làm lại.",
                path=str(folder / name),
            )


def _work_folder(folder: Path, name: str) -> Path:
    """An empty folder of our own beside the images; what a killed attempt left in it goes."""
    work = folder / f"{name}{_WORK}"
    with _on_drive(folder):
        if work.is_symlink():
            work.unlink()
        elif work.exists():
            shutil.rmtree(work)
        work.mkdir()
    return work


def _publish(work: Path, folder: Path, names: Sequence[str], made: list[Path]) -> None:
    """Give the proved images their places; those moved so far stand in `made`."""
    _refuse_images(folder, names)
    with _on_drive(folder):
        for name in names:
            (work / name).rename(folder / name)
            made.append(folder / name)
        shutil.rmtree(work)


@contextmanager
def _on_drive(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentProblem(
            "images_not_written",
            f"Không ghi được ảnh đĩa vào “{folder}” ({reason_of(error)}). Chưa niêm phong đĩa nào; "
            "hãy xem ổ còn cắm, còn chỗ, cho ghi hay không rồi làm lại.",
            folder=str(folder),
        ) from error


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
        # A disc never holds half a class, nor half of the confidential copy.
        own = top.startswith(CLASS_FOLDER) or top == FOLDER
        groups.setdefault(top if own else "", []).append(file)
    discs: list[list[SealFile]] = [[]]
    taken = 0
    for name, files in groups.items():
        needed = sum(map(size_of, files))
        if needed > room:
            named = {"": "phần chung (nhật ký, hồ sơ sửa điểm)", FOLDER: "bản mật"}
            what = named.get(name, f"thư mục {name}")
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
