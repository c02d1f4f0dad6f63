"""Niêm phong: a closed and printed year goes to a drive as the very bytes that were signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from app.actor import require
from app.backup_maker import BackupMaker
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.corrections import Step
from app.domain.ids import ClassId, CorrectionId, PrintRunId, SchoolYearId
from app.domain.paper_life import SIGNATURES, PaperStep
from app.domain.print_runs import CORRECTION_MINUTES
from app.domain.roles import Role
from app.domain.rule_catalogue import SIGNED_FOR_SEAL
from app.domain.school import SchoolClass
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.media import BagChecker, BagWriter, DriveFacts, Drives, SealReport, permit_drive
from app.ports import PrintRun, SealRecord, UnitOfWork, UowFactory
from app.presses import TablePress
from app.progress import Progress, no_progress
from app.regulations.registry import year_period
from app.services.book_printing import book_differs
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.confidential_copy import confidential_files
from app.services.medium_contents import holds_of
from app.services.paper_lives import read_rows
from app.services.practice import refuse_copy
from app.services.required_papers import class_needs, missing_papers
from app.services.rules_in_force import rules_of
from app.services.seal_contents import newest_year_book, seal_files
from app.services.seal_plan import (
    SealPlan,
    WrittenMedium,
    bag_name,
    seal_record,
    seal_request,
    size_of,
    trail_detail,
)
from app.services.seal_retry import UnrecordedBags, holds_in
from app.services.year_end_board import next_step
from app.services.year_end_state import load_state
from app.text import clean
from app.vault import Signer


class OpenWork(Enum):
    """What has to be done before a seal; a screen links each kind to its page."""

    CLASSES = "classes"
    CLOSE = "close"
    RESULTS = "results"
    PRINT = "print"
    CORRECTION = "correction"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One piece of work in the way, in words, and what it is about."""

    kind: OpenWork
    text: str
    class_id: ClassId | None = None
    correction_id: CorrectionId | None = None
    run_id: PrintRunId | None = None


@dataclass(frozen=True, slots=True)
class SealReadiness:
    """What still stands in the way; empty `items` means ready. `bytes` counts the kept prints."""

    year_name: str
    classes: int
    items: tuple[OpenItem, ...]
    bytes: int

    @property
    def problems(self) -> tuple[str, ...]:
        """The items as sentences."""
        return tuple(item.text for item in self.items)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A finished seal: the writer's report and the record kept in the file."""

    report: SealReport
    record: SealRecord


@dataclass(frozen=True, slots=True)
class _KeptReadiness:
    """What was found under a head of the trail."""

    year_id: SchoolYearId
    head: tuple[int, bytes]
    ready: SealReadiness


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
        check_bag: BagChecker | None = None,
    ) -> None:
        """Without `check_bag` a bag found on the drive is never taken for an own unrecorded one."""
        self._uows = uows
        self._unrecorded = None if check_bag is None else UnrecordedBags(uows, check_bag)
        self._clock = clock
        self._drives = drives
        self._write_bag = write_bag
        self._tables = tables
        self._database_path = database_path
        self._kept: _KeptReadiness | None = None

    def drives(self) -> list[DriveFacts]:
        """Drives a person could mean, fit or not."""
        return self._drives.candidates(self._database_path)

    def drive_at(self, folder: Path) -> DriveFacts:
        """The drive under a folder."""
        return self._drives.inspect(folder, self._database_path)

    def readiness(self, year_id: SchoolYearId) -> SealReadiness:
        """Every class closed, no result pending, its year book printed and still true."""
        with self._uows.read() as uow:
            return self._readiness(uow, year_id)

    def _readiness(self, uow: UnitOfWork, year_id: SchoolYearId) -> SealReadiness:
        """Whole books compared; once for each state of the file.

        Every write appends to the trail in its own transaction: under an unmoved head the seal
        need not compare again what its wizard compared a minute ago.
        """
        head = uow.trail.head()
        kept = self._kept
        if kept is not None and (kept.year_id, kept.head) == (year_id, head):
            return kept.ready
        year = uow.school.year(year_id)
        classes = uow.school.classes(year_id)
        runs = uow.prints.of_year(year_id)
        items: list[OpenItem] = []
        for klass in classes:
            item = self._open_item(uow, klass, runs)
            if item is not None:
                items.append(item)
        rules = rules_of(uow, year_id, self._clock.today())
        if rules.flag(SIGNED_FOR_SEAL):
            items += self._unsigned(uow, year_id, runs)
        cases = uow.corrections.of_year(year_id)
        items += [
            OpenItem(OpenWork.PRINT, one.text, one.class_id)
            for one in missing_papers(rules, classes, runs, cases, class_needs(uow, year_id))
        ]
        minutes = {run.correction_id for run in runs if run.kind == CORRECTION_MINUTES}
        for case in cases:
            if case.step.is_open:
                text = f"Hồ sơ sửa điểm số {case.number:02d} chưa xong."
            elif case.step is Step.APPLIED and case.id not in minutes:
                text = f"Hồ sơ sửa điểm số {case.number:02d} chưa in biên bản."
            else:
                continue
            items.append(OpenItem(OpenWork.CORRECTION, text, case.class_id, case.id))
        if not classes:
            items.append(OpenItem(OpenWork.CLASSES, "Năm học chưa có lớp nào."))
        size = uow.prints.bytes_of_year(year_id) + uow.signed_papers.bytes_of_year(year_id)
        ready = SealReadiness(year.name, len(classes), tuple(items), size)
        self._kept = _KeptReadiness(year_id, head, ready)
        return ready

    def _unsigned(
        self, uow: UnitOfWork, year_id: SchoolYearId, runs: tuple[PrintRun, ...]
    ) -> list[OpenItem]:
        """Year books whose paper lacks a signature or the seal, where the school asks for it."""
        found = []
        for row in read_rows(uow, year_id, runs, self._clock.today()):
            class_id, step = row.run.class_id, row.life.current
            newest = None if class_id is None else newest_year_book(runs, class_id)
            if newest is None or newest.id != row.id or step not in (*SIGNATURES, PaperStep.STAMP):
                continue
            text = (
                f"Lớp {row.class_name}: bản in số {row.run.number:04d} trên giấy chưa qua bước "
                f"{step.words}, còn chờ {', '.join(row.awaited)}."
            )
            found.append(OpenItem(OpenWork.PAPER, text, class_id, run_id=row.id))
        return found

    def _open_item(
        self, uow: UnitOfWork, klass: SchoolClass, runs: tuple[PrintRun, ...]
    ) -> OpenItem | None:
        if year_period(klass.regulation) not in uow.control.class_locks(klass.id).closes:
            return OpenItem(OpenWork.CLOSE, f"Lớp {klass.name} chưa chốt cả năm.", klass.id)
        state = load_state(uow, klass.id)
        if not state.final:
            text = f"Lớp {klass.name} còn kết quả cuối năm chưa xong. {next_step(state)}"
            return OpenItem(OpenWork.RESULTS, text, klass.id)
        run = newest_year_book(runs, klass.id)
        if run is None:
            text = f"Lớp {klass.name} chưa in sổ cả năm bản chính thức."
            return OpenItem(OpenWork.PRINT, text, klass.id)
        if book_differs(uow, run, state.facts):
            text = (
                f"Lớp {klass.name}: số liệu đã khác bản in số {run.number:04d}, cần in lại sổ cả "
                "năm."
            )
            return OpenItem(OpenWork.PRINT, text, klass.id)
        return None

    def seal(
        self,
        signer: Signer,
        year_id: SchoolYearId,
        folder: Path,
        witnesses: str,
        keeper: str,
        progress: Progress = no_progress,
        *,
        parity: bool = True,
        confidential: BackupMaker | None = None,
    ) -> CommandResult:
        """Write, read back and record one copy of the year; the payload is `Sealed`.

        Signed by the principal behind `signer`. Nothing is recorded unless the medium was proved.
        A whole bag of an attempt that ended before its record is recorded instead of written anew.
        Without `parity` the medium is a tenth smaller and cannot mend itself. `confidential` makes
        the encrypted copy of the whole file that goes along.
        """
        plan = self.plan(signer, year_id, witnesses, keeper, progress)
        with self._drives.bind(folder, self._database_path) as drive:
            name = bag_name(plan)
            report = self.unrecorded(folder / name, year_id, progress)
            if report is not None:
                holds = holds_in(report.path)
            else:
                secret = (
                    nullcontext(())
                    if confidential is None
                    else confidential_files(confidential, self._database_path.parent, progress)
                )
                with secret as more:
                    files = (*plan.files, *more)
                    permit_drive(drive.facts, sum(map(size_of, files)))
                    request = seal_request(plan, name, files, {}, parity=parity)
                    report = self._write_bag(request, drive, folder, progress)
                    holds = holds_of(files)
            facts = drive.facts
            done = self.record(plan, [WrittenMedium(report, facts.label, facts.serial, holds)])
        return replace(done, payload=done.payload[0]) if isinstance(done.payload, tuple) else done

    def unrecorded(
        self,
        path: Path,
        year_id: SchoolYearId,
        progress: Progress = no_progress,
        info: Mapping[str, str] | None = None,
    ) -> SealReport | None:
        """The bag at `path` when the last attempt ended between its name and its record."""
        if self._unrecorded is None:
            return None
        return self._unrecorded.find(path, year_id, progress, info or {})

    def plan(
        self,
        signer: Signer,
        year_id: SchoolYearId,
        witnesses: str,
        keeper: str,
        progress: Progress = no_progress,
        since: datetime | None = None,
    ) -> SealPlan:
        """Everything a seal of the year needs; RuleRefused while something stands in the way.

        `since`: only what was printed after that moment, for a supplement.
        """
        if not clean(witnesses) or not clean(keeper):
            raise RuleRefused(
                "witnesses_required",
                "Chưa ghi người chứng kiến hoặc người lưu giữ nên chưa niêm phong; hãy điền đủ vì "
                "biên bản cần cả hai.",
            )
        at = self._clock.now()
        with self._uows.read() as uow:
            refuse_copy(uow, "niêm phong")
            # In the very snapshot that the files are read from.
            ready = self._readiness(uow, year_id)
            if ready.problems:
                raise RuleRefused(
                    "not_ready",
                    f"Chưa niêm phong được năm học {ready.year_name}: {ready.problems[0]} Còn "
                    f"{len(ready.problems)} việc; hãy làm xong rồi niêm phong.",
                    problems=ready.problems,
                )
            today = self._clock.today()
            actor = uow.accounts.actor(signer.uid, today)
            require(actor, "niêm phong năm học", Role.PRINCIPAL)
            copy_no = len(uow.control.seals(year_id)) + 1
            files = tuple(seal_files(uow, self._tables, year_id, today, progress, since))
            school = uow.school.get()
            year = uow.school.year(year_id)
        if school is None:
            raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
        return SealPlan(
            signer, actor, school, year, at, copy_no, files, clean(witnesses), clean(keeper)
        )

    def seals(self, year_id: SchoolYearId) -> tuple[SealRecord, ...]:
        """Media of the year."""
        with self._uows.read() as uow:
            return uow.control.seals(year_id)

    def record(self, plan: SealPlan, media: Sequence[WrittenMedium]) -> CommandResult:
        """Enter proved media into the file, in one commit; the payload is a tuple of `Sealed`."""
        now, actor = self._clock.now(), plan.actor
        sealed = tuple(
            Sealed(medium.report, seal_record(plan, plan.copy_no + number, medium, now))
            for number, medium in enumerate(media)
        )
        with self._uows.write() as uow:
            for one in sealed:
                uow.control.add_seal(one.record)
                seq = uow.trail.append(
                    TrailDraft("year.seal", trail_detail(one.record)), actor, now
                )
            sign_checkpoint(uow, plan.signer, actor, CheckpointReason.SEAL, now)
            uow.commit()
        names = ", ".join(one.record.bag_name for one in sealed)
        topics = frozenset({Topic.SEALS, Topic.LOCKS, Topic.MARKS})
        return CommandResult(topics, seq, f"Đã niêm phong {names}", None, sealed)
