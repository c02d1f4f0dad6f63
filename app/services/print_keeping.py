"""Keeping what was printed: stamp, bytes, entry in the trail, line in the register."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.digests import DataDigest
from app.domain.ids import ClassId, CorrectionId, PrintRunId, PupilId, SchoolYearId, SubjectId
from app.domain.letters import LetterKind
from app.domain.papers import DocumentKind
from app.domain.print_runs import (
    CHECK_MINUTES,
    CORRECTION_MINUTES,
    DEPARTMENT_REPORT,
    PAPER_NAMES,
    SEALING_MINUTES,
    PaperSize,
)
from app.domain.trail import TrailDraft
from app.ports import PrintRun, UnitOfWork
from app.readmodels.class_book import PrintStamp
from app.readmodels.rendered_pdf import RenderedPdf
from app.services.document_register import register_draft
from app.services.file_names import ascii_name
from app.services.practice import is_copy

REGISTERED: Mapping[str, DocumentKind] = {
    CORRECTION_MINUTES: DocumentKind.MINUTES,
    SEALING_MINUTES: DocumentKind.MINUTES,
    **{kind.run_kind: kind.document for kind in LetterKind if kind.numbered},
    CHECK_MINUTES: DocumentKind.MINUTES,
    DEPARTMENT_REPORT: DocumentKind.REPORT,
}
"""Kinds of printed papers that carry an outgoing number, which văn thư may fill in later (M18)."""

_PRINTS = frozenset({Topic.PRINTS, Topic.SETTINGS})


@dataclass(frozen=True, slots=True)
class Printed:
    """An official run: its record and its bytes."""

    run: PrintRun
    pdf: RenderedPdf


def official_stamp(
    uow: UnitOfWork,
    year_id: SchoolYearId,
    digest: DataDigest,
    at: datetime,
    paper: PaperSize = PaperSize.A4,
    number: int | None = None,
) -> PrintStamp:
    """The next run's stamp; in a practice copy it marks every page as worthless.

    `number`: the one to come when runs before it are drawn but not kept yet.
    """
    return PrintStamp(
        f"{number or uow.prints.next_number(year_id):04d}",
        at,
        digest,
        draft=False,
        checkpoint_code=checkpoint_code(uow),
        practice=is_practice_print(uow),
        paper=paper,
        forms=uow.forms.on(at.date()),
    )


def draft_stamp(
    uow: UnitOfWork, digest: DataDigest, at: datetime, paper: PaperSize = PaperSize.A4
) -> PrintStamp:
    """The stamp of a bản làm việc: no number, and the forms as they are in force."""
    return PrintStamp(
        "",
        at,
        digest,
        draft=True,
        checkpoint_code=checkpoint_code(uow),
        practice=is_practice_print(uow),
        paper=paper,
        forms=uow.forms.on(at.date()),
    )


def is_practice_print(uow: UnitOfWork) -> bool:
    """Whether papers of this file must not look like the school's."""
    return is_copy(uow)


def checkpoint_code(uow: UnitOfWork) -> str:
    """Short code of the last signature under the trail; "" before the first."""
    point = uow.trail.last_checkpoint()
    return "" if point is None else point.code


def registered_number(uow: UnitOfWork, year_id: SchoolYearId, kind: str, title: str) -> str:
    """The outgoing number the register holds for a paper printed before; "" while it has none."""
    for document in uow.papers.documents(year_id):
        if document.kind is REGISTERED[kind] and document.summary == title and document.code:
            return document.code
    return ""


def official_run(
    actor: Actor,
    year_id: SchoolYearId,
    kind: str,
    title: str,
    stamp: PrintStamp,
    pdf: RenderedPdf,
    *,
    class_id: ClassId | None = None,
    period: str = "",
    correction_id: CorrectionId | None = None,
    pupil_id: PupilId | None = None,
    subject_id: SubjectId | None = None,
    copies: int = 1,
) -> PrintRun:
    """The record of a paper just rendered under `stamp`; `keep_run` stores it and gives its id."""
    return PrintRun(
        id=PrintRunId(0),
        school_year_id=year_id,
        number=int(stamp.run_number),
        kind=kind,
        class_id=class_id,
        period=period,
        correction_id=correction_id,
        title=title,
        pages=pdf.pages,
        copies=copies,
        data_digest=stamp.digest.hex,
        file_digest=pdf.file_digest,
        made_at=stamp.printed_at,
        made_by=actor.account_id,
        paper=stamp.paper,
        pupil_id=pupil_id,
        subject_id=subject_id,
        form_digest=stamp.forms.digest_of(kind),
    )


def run_file_name(run: PrintRun, class_name: str) -> str:
    """What a PDF of the run is called on a disk: so-theo-doi_6a_hk1_ban-in-0007.pdf."""
    parts = [PAPER_NAMES[run.kind]]
    if run.class_id is not None:
        parts.append(ascii_name(class_name))
    if run.period:
        parts.append(run.period.lower())
    return f"{'_'.join(parts)}_ban-in-{run.number:04d}.pdf"


def keep_run(
    uow: UnitOfWork,
    actor: Actor,
    run: PrintRun,
    pdf: RenderedPdf,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> CommandResult:
    """Store the very bytes, enter the paper in the register, tell the trail, commit."""
    run_id = uow.prints.add(run, pdf.content, files)
    _register(uow, replace(run, id=run_id))
    seq = uow.trail.append(
        TrailDraft(
            "print.run",
            {
                "number": run.number,
                "kind": run.kind,
                "title": run.title,
                "pages": run.pages,
                "copies": run.copies,
                "paper": run.paper.value,
                "data_digest": run.data_digest,
                "file_digest": run.file_digest,
                **({"form_digest": run.form_digest} if run.form_digest else {}),
                "data_files": {
                    name: hashlib.sha256(content).hexdigest() for name, content in files.items()
                },
            },
            run.class_id,
        ),
        actor,
        run.made_at,
    )
    uow.commit()
    kept = replace(run, id=run_id)
    return CommandResult(
        _PRINTS,
        seq,
        f"Bản in số {run.number:04d}, {run.pages} trang",
        run.class_id,
        Printed(kept, pdf),
    )


def _register(uow: UnitOfWork, run: PrintRun) -> None:
    kind = REGISTERED.get(run.kind)
    if kind is None:
        return
    known = uow.papers.documents(run.school_year_id)
    # A paper printed again is the same paper: it keeps its line and its number.
    if any(document.kind is kind and document.summary == run.title for document in known):
        return
    year_id, by, at = run.school_year_id, run.made_by, run.made_at
    register_draft(uow, year_id, kind, run.title, by, at, run.id)
