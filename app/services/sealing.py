"""Niêm phong: a closed and printed year goes to a drive as the very bytes that were signed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId, SchoolYearId
from app.domain.periods import Period
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.media import (
    BagWriter,
    BoundDrive,
    DriveFacts,
    Drives,
    ReadmeFacts,
    SealReport,
    SealRequest,
    permit_drive,
)
from app.ports import PrintRun, SealRecord, UowFactory
from app.presses import TablePress
from app.progress import Progress, no_progress
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.printing import CLASS_BOOK
from app.services.seal_contents import CONTENTS, ascii_name, seal_files
from app.text import clean
from app.vault import Signer


@dataclass(frozen=True, slots=True)
class SealReadiness:
    """What still stands in the way; empty `problems` means ready."""

    year_name: str
    classes: int
    problems: tuple[str, ...]
    bytes: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """A finished seal: the writer's report and the record kept in the file."""

    report: SealReport
    record: SealRecord


class Sealing:
    """Checks, writes and records the seal of a school year."""

    def __init__(
        self,
        uows: UowFactory,
        clock: Clock,
        drives: Drives,
        write_bag: BagWriter,
        tables: TablePress,
        database_path: Path,
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._drives = drives
        self._write_bag = write_bag
        self._tables = tables
        self._database_path = database_path

    def drives(self) -> list[DriveFacts]:
        """Drives a person could mean, fit or not."""
        return self._drives.candidates(self._database_path)

    def drive_at(self, folder: Path) -> DriveFacts:
        """The drive under a folder."""
        return self._drives.inspect(folder, self._database_path)

    def readiness(self, year_id: SchoolYearId) -> SealReadiness:
        """Every class closed, its year book printed and still true (design: what is sealed)."""
        with self._uows.read() as uow:
            year = uow.school.year(year_id)
            classes = uow.school.classes(year_id)
            runs = uow.prints.of_year(year_id)
            problems: list[str] = []
            for klass in classes:
                closes = uow.control.class_locks(klass.id).closes
                if Period.HK2 not in closes:
                    problems.append(f"Lớp {klass.name} chưa chốt cả năm.")
                elif _year_book(runs, klass.id) is None:
                    problems.append(f"Lớp {klass.name} chưa in sổ cả năm bản chính thức.")
            open_cases = [c for c in uow.corrections.of_year(year_id) if c.step.is_open]
            problems += [f"Hồ sơ sửa điểm số {c.number:02d} chưa xong." for c in open_cases]
            if not classes:
                problems.append("Năm học chưa có lớp nào.")
            size = sum(len(uow.prints.content(run.id)) for run in runs)
        return SealReadiness(year.name, len(classes), tuple(problems), size)

    def seal(
        self,
        signer: Signer,
        year_id: SchoolYearId,
        folder: Path,
        witnesses: str,
        keeper: str,
        progress: Progress = no_progress,
    ) -> CommandResult:
        """Write, read back and record one copy of the year; the payload is `Sealed`.

        Signed by the principal behind `signer`. Nothing is recorded unless the medium was proved.
        """
        if not clean(witnesses) or not clean(keeper):
            raise RuleRefused(
                "witnesses_required",
                "Chưa ghi người chứng kiến hoặc người lưu giữ nên chưa niêm phong; hãy điền đủ vì "
                "biên bản cần cả hai.",
            )
        ready = self.readiness(year_id)
        if ready.problems:
            raise RuleRefused(
                "not_ready",
                f"Chưa niêm phong được năm học {ready.year_name}: {ready.problems[0]} Còn "
                f"{len(ready.problems)} việc; hãy làm xong rồi niêm phong.",
                problems=ready.problems,
            )
        now = self._clock.now()
        with self._uows.read() as uow:
            actor = uow.accounts.actor(signer.uid, self._clock.today())
            require(actor, "niêm phong năm học", Role.PRINCIPAL)
            copy_no = len(uow.control.seals(year_id)) + 1
            files = list(seal_files(uow, self._tables, year_id, self._clock.today(), progress))
            school = uow.school.get()
            year = uow.school.year(year_id)
        if school is None:
            raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
        with self._drives.bind(folder, self._database_path) as drive:
            total = sum(len(f.content) for f in files if isinstance(f.content, bytes))
            permit_drive(drive.facts, total)
            request = SealRequest(
                bag_name=f"khoa-so_{ascii_name(school.name)}_{year.name}_ban-{copy_no}",
                readme=ReadmeFacts(
                    school=school.name, school_year=year.name, sealed_at=now, contents=CONTENTS
                ),
                files=files,
                signer=signer,
                info={"Copy": str(copy_no), "Keeper": clean(keeper)},
            )
            report = self._write_bag(request, drive, folder, progress)
            return self._record(signer, actor, year_id, copy_no, report, drive, witnesses, keeper)

    def seals(self, year_id: SchoolYearId) -> tuple[SealRecord, ...]:
        """Media of the year."""
        with self._uows.read() as uow:
            return uow.control.seals(year_id)

    def _record(
        self,
        signer: Signer,
        actor: Actor,
        year_id: SchoolYearId,
        copy_no: int,
        report: SealReport,
        drive: BoundDrive,
        witnesses: str,
        keeper: str,
    ) -> CommandResult:
        now = self._clock.now()
        record = SealRecord(
            year_id,
            copy_no,
            now,
            actor.account_id,
            report.path.name,
            report.fingerprint,
            report.tagmanifest_sha512,
            drive.facts.label,
            drive.facts.serial,
            report.files,
            report.bytes,
            clean(witnesses),
            clean(keeper),
        )
        with self._uows.write() as uow:
            uow.control.add_seal(record)
            seq = uow.trail.append(
                TrailDraft(
                    "year.seal",
                    {
                        "bag": record.bag_name,
                        "copy": copy_no,
                        "fingerprint": record.fingerprint,
                        "tagmanifest_sha512": record.tagmanifest_sha512,
                        "drive": [record.drive_label, record.drive_serial],
                        "files": record.files,
                        "bytes": record.bytes,
                        "witnesses": record.witnesses,
                        "keeper": record.keeper,
                    },
                ),
                actor,
                now,
            )
            sign_checkpoint(uow, signer, actor, CheckpointReason.SEAL, now)
            uow.commit()
        return CommandResult(
            frozenset({Topic.SEALS, Topic.LOCKS, Topic.MARKS}),
            seq,
            f"Đã niêm phong {record.bag_name}",
            None,
            Sealed(report, record),
        )


def _year_book(runs: tuple[PrintRun, ...], class_id: ClassId) -> PrintRun | None:
    return next(
        (r for r in runs if (r.kind, r.class_id, r.period) == (CLASS_BOOK, class_id, Period.HK2)),
        None,
    )
