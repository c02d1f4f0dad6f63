"""Gói bổ sung: what came after a seal goes into a numbered bag of its own; the first stays.

Design: after the seal only by a case with an unsealing decision.
"""

from __future__ import annotations

from pathlib import Path

from app.changes import CommandResult
from app.domain.ids import SchoolYearId
from app.domain.print_runs import MEDIUM_COVER, SEALING_MINUTES
from app.errors import RuleRefused
from app.media import BagWriter, Drives, permit_drive
from app.ports import SealRecord, UowFactory
from app.progress import Progress, no_progress
from app.services.medium_contents import holds_of
from app.services.seal_plan import WrittenMedium, bag_name, seal_request
from app.services.sealing import Sealing
from app.text import clean
from app.vault import Signer

_OF_MEDIA = (SEALING_MINUTES, MEDIUM_COVER)
"""Papers about a medium are no reason for another one."""


class SupplementSealing:
    """Writes the next supplement of a sealed year."""

    def __init__(
        self,
        uows: UowFactory,
        sealing: Sealing,
        drives: Drives,
        write_bag: BagWriter,
        database_path: Path,
    ) -> None:
        self._uows = uows
        self._sealing = sealing
        self._drives = drives
        self._write_bag = write_bag
        self._database_path = database_path

    def seal(
        self,
        signer: Signer,
        year_id: SchoolYearId,
        folder: Path,
        decision_no: str,
        witnesses: str,
        keeper: str,
        progress: Progress = no_progress,
    ) -> CommandResult:
        """Write, read back and record it; the payload is a tuple of one `Sealed`.

        A whole supplement of an attempt that ended before its record is recorded, not written anew.

        RuleRefused `decision_required`, `not_sealed_yet`, `nothing_new`, and as any seal.
        """
        if not clean(decision_no):
            raise RuleRefused(
                "decision_required",
                "Gói bổ sung cần số quyết định mở niêm phong; hãy ghi số quyết định rồi làm lại.",
            )
        first, last, number = self._sealed(year_id)
        plan = self._sealing.plan(
            signer, year_id, witnesses, keeper, progress, since=last.sealed_at
        )
        name = bag_name(plan, f"_bo-sung-{number}")
        info = {
            "Supplement": str(number),
            "Supplement-To": first.bag_name,
            "Supplement-To-Tagmanifest-SHA512": first.tagmanifest_sha512,
            "Unsealing-Decision": clean(decision_no),
        }
        with self._drives.bind(folder, self._database_path) as drive:
            report = self._sealing.unrecorded(folder / name, year_id, progress, info)
            if report is None:
                permit_drive(drive.facts, plan.bytes)
                request = seal_request(plan, name, plan.files, info)
                report = self._write_bag(request, drive, folder, progress)
            facts = drive.facts
            medium = WrittenMedium(
                report, facts.label, facts.serial, holds_of(plan.files), supplement=number
            )
            return self._sealing.record(plan, [medium])

    def _sealed(self, year_id: SchoolYearId) -> tuple[SealRecord, SealRecord, int]:
        """The first seal, the latest, and the number of the next supplement."""
        with self._uows.read() as uow:
            seals = uow.control.seals(year_id)
            runs = uow.prints.of_year(year_id)
            year = uow.school.year(year_id)
        if not seals:
            raise RuleRefused(
                "not_sealed_yet",
                f"Năm học {year.name} chưa niêm phong nên chưa có gì để bổ sung; hãy niêm phong "
                "năm học trước.",
            )
        last = max(seals, key=lambda seal: seal.sealed_at)
        if not any(run.made_at > last.sealed_at and run.kind not in _OF_MEDIA for run in runs):
            raise RuleRefused(
                "nothing_new",
                f"Từ lần niêm phong {last.sealed_at:%d/%m/%Y} năm học {year.name} không có bản in "
                "mới nào nên không có gì để bổ sung; hãy in lại sổ, biên bản sau khi sửa.",
            )
        return seals[0], last, max(seal.supplement for seal in seals) + 1
