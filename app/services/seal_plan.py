"""What one seal takes along from the decision to the record: plan, bags, media."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.actor import Actor
from app.domain.school import School, SchoolYear
from app.media import BAG_NAME_LIMIT, ReadmeFacts, SealFile, SealReport, SealRequest
from app.ports import SealRecord
from app.services.confidential_copy import FOLDER
from app.services.file_names import ascii_name
from app.services.medium_contents import contents_on, holds_of
from app.vault import Signer


@dataclass(frozen=True, slots=True)
class SealPlan:
    """What is to be sealed, read from one snapshot, and who decided and saw it.

    `copy_no` is the next free number; several discs of one copy take as many from there on.
    """

    signer: Signer
    actor: Actor
    school: School
    year: SchoolYear
    at: datetime
    copy_no: int
    files: tuple[SealFile, ...]
    witnesses: str
    keeper: str

    @property
    def bytes(self) -> int:
        """Of the whole payload."""
        return sum(map(size_of, self.files))


@dataclass(frozen=True, slots=True)
class WrittenMedium:
    """A proved bag and what it lies on; a drive unless it says otherwise.

    `holds`: what lies directly below its data/.
    """

    report: SealReport
    label: str
    serial: str
    holds: tuple[str, ...]
    kind: str = "drive"
    part: int = 1
    parts: int = 1
    image_sha256: str = ""
    supplement: int = 0


def seal_request(
    plan: SealPlan,
    name: str,
    files: Sequence[SealFile],
    info: Mapping[str, str],
    *,
    parity: bool = True,
) -> SealRequest:
    """One bag of the plan; `info` adds lines to bag-info.txt."""
    secret = any(file.path.startswith(f"{FOLDER}/") for file in files)
    return SealRequest(
        bag_name=name,
        readme=ReadmeFacts(
            school=plan.school.name,
            school_year=plan.year.name,
            sealed_at=plan.at,
            contents=contents_on(holds_of(files)),
        ),
        files=files,
        signer=plan.signer,
        info={
            "Copy": str(plan.copy_no),
            "Keeper": plan.keeper,
            "Edition": "open, with an encrypted confidential copy" if secret else "open",
            **info,
        },
        parity=parity,
    )


def size_of(file: SealFile) -> int:
    """Bytes of one payload file."""
    return len(file.content) if isinstance(file.content, bytes) else file.content.stat().st_size


def bag_name(plan: SealPlan, ending: str = "") -> str:
    """As much of the school's name as the limit leaves, cut between words."""
    head, tail = "khoa-so_", f"_{plan.year.name}_ban-{plan.copy_no}{ending}"
    return f"{head}{ascii_name(plan.school.name, BAG_NAME_LIMIT - len(head + tail))}{tail}"


def seal_record(plan: SealPlan, copy_no: int, medium: WrittenMedium, at: datetime) -> SealRecord:
    """What the file keeps of a written medium."""
    report = medium.report
    return SealRecord(
        plan.year.id,
        copy_no,
        at,
        plan.actor.account_id,
        report.path.name,
        report.fingerprint,
        report.tagmanifest_sha512,
        medium.label,
        medium.serial,
        report.files,
        report.bytes,
        plan.witnesses,
        plan.keeper,
        medium.kind,
        medium.part,
        medium.parts,
        supplement=medium.supplement,
        image_sha256=medium.image_sha256,
        holds=" ".join(medium.holds),
    )


def trail_detail(record: SealRecord) -> Mapping[str, object]:
    """What the trail says of it."""
    return {
        "bag": record.bag_name,
        "copy": record.copy_no,
        "fingerprint": record.fingerprint,
        "tagmanifest_sha512": record.tagmanifest_sha512,
        "drive": [record.drive_label, record.drive_serial],
        "files": record.files,
        "bytes": record.bytes,
        "witnesses": record.witnesses,
        "keeper": record.keeper,
        "medium": record.medium,
        "part": [record.part, record.parts],
        "supplement": record.supplement,
        "image_sha256": record.image_sha256,
    }
