"""Xem nhật ký: entries in words, the chain's honesty, the history of one cell, rows to export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.actor import Actor, require
from app.clock import VIETNAM
from app.domain.ids import AssessmentId, ClassId, PupilId
from app.domain.trail import ChainState, Checkpoint, TrailEntry
from app.errors import AccessDenied
from app.ports import UnitOfWork, UowFactory
from app.services.checkpoints import CheckpointReason
from app.services.class_scope import OVERSEERS
from app.services.trail_cells import CellLine, trail_cells
from app.services.trail_sentences import WORDINGS, Wording, sentence_of, title_of
from app.services.trail_witness import witness_problem

REVIEWERS = OVERSEERS
"""Who reads the whole trail; teachers read their own classes'."""

_EVERY_ENTRY = 1 << 62
_NO_TIME = datetime(1, 1, 1, tzinfo=VIETNAM)

EXPORT_HEADER = ("Số", "Lúc", "Người", "Việc", "Lớp", "Nội dung", "Số ô", "Mã băm")


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to list; None and "" mean everything. Days are inclusive, `kind` may be a prefix."""

    account_id: int | None = None
    class_id: ClassId | None = None
    subject_id: int | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None

    def takes(self, entry: TrailEntry) -> bool:
        """Whether an entry passes; class and kind are asked of the store already."""
        day = entry.at[:10]
        return (
            self.account_id in (None, entry.account_id)
            and self.subject_id in (None, entry.subject_id)
            and (self.since is None or self.since.isoformat() <= day)
            and (self.until is None or day <= self.until.isoformat())
        )


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry as read by people."""

    seq: int
    at: datetime
    who: str
    kind: str
    title: str
    class_name: str
    sentence: str
    cells: int
    hash: str
    class_id: ClassId | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CellStep:
    """One change of one mark cell, in the words the trail keeps."""

    seq: int
    at: datetime
    who: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SignedMark:
    """One checkpoint as read by people."""

    seq: int
    at: datetime
    signer: str
    reason: str
    code: str


class TrailReview:
    """Reads; writes nothing."""

    def __init__(self, uows: UowFactory, wordings: Mapping[str, Wording] = WORDINGS) -> None:
        self._uows = uows
        self._wordings = wordings

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """(kind, title) for the filter, by title."""
        found = ((kind, wording.title) for kind, wording in self._wordings.items())
        return tuple(sorted(found, key=lambda pair: pair[1]))

    def lines(
        self, actor: Actor, wanted: TrailFilter | None = None, newest: int = 500
    ) -> tuple[TrailLine, ...]:
        """The newest entries first; `newest` counts entries read before the filter of people
        and days.

        Raises AccessDenied for a teacher who asks beyond the classes they teach.
        """
        chosen = wanted or TrailFilter()
        permit_trail(actor, chosen.class_id)
        with self._uows.read() as uow:
            names = _class_names(uow)
            entries = uow.trail.entries(newest=newest, class_id=chosen.class_id, kind=chosen.kind)
        return tuple(self._line(entry, names) for entry in entries if chosen.takes(entry))

    def cells(self, actor: Actor, line: TrailLine) -> tuple[CellLine, ...]:
        """What one entry did to single cells, old and new."""
        permit_trail(actor, line.class_id)
        with self._uows.read() as uow:
            return trail_cells(
                uow, seq=line.seq, kind=line.kind, class_id=line.class_id, detail=line.detail
            )

    def check(self, actor: Actor) -> ChainState:
        """Recompute the whole chain, every signature against the pinned keys, and what the trail
        promises against what the file holds; a job.
        """
        require(actor, "kiểm tra nhật ký", *REVIEWERS)
        with self._uows.read() as uow:
            return check_trail(uow)

    def checkpoints(self, actor: Actor) -> tuple[SignedMark, ...]:
        """Signed checkpoints, the newest first."""
        require(actor, "xem mốc ký", *REVIEWERS)
        with self._uows.read() as uow:
            return tuple(_signed(point) for point in reversed(uow.trail.checkpoints()))

    def cell_history(self, pupil_id: PupilId, assessment_id: AssessmentId) -> tuple[CellStep, ...]:
        """Every change of one cell, the oldest first; whoever sees the cell may see it."""
        with self._uows.read() as uow:
            found = uow.trail.history(pupil_id, assessment_id)
        return tuple(
            CellStep(
                entry.seq,
                _time(entry.at),
                entry.actor,
                title_of(entry.kind, self._wordings),
                old,
                new,
            )
            for entry, old, new in found
        )

    def export_rows(
        self, actor: Actor, wanted: TrailFilter | None = None, newest: int = _EVERY_ENTRY
    ) -> list[tuple[str, ...]]:
        """Header and every line as text, the oldest first, for a table or CSV."""
        lines = reversed(self.lines(actor, wanted, newest))
        return [EXPORT_HEADER, *(_row(line) for line in lines)]

    def _line(self, entry: TrailEntry, names: Mapping[int, str]) -> TrailLine:
        return TrailLine(
            entry.seq,
            _time(entry.at),
            entry.actor,
            entry.kind,
            title_of(entry.kind, self._wordings),
            "" if entry.class_id is None else names.get(entry.class_id, ""),
            sentence_of(entry.kind, entry.detail, entry.cell_count, self._wordings),
            entry.cell_count,
            entry.hash.hex(),
            None if entry.class_id is None else ClassId(entry.class_id),
            entry.detail,
        )


def permit_trail(actor: Actor, class_id: ClassId | None) -> None:
    """Reviewers read everything; a teacher reads the classes taught. Raises AccessDenied."""
    if actor.has(*REVIEWERS):
        return
    mine = actor.homeroom | {taught for taught, _ in actor.teaches}
    if class_id is None or class_id not in mine:
        raise AccessDenied(
            "trail_of_own_classes",
            f"Tài khoản {actor.name} chỉ xem được nhật ký của lớp mình dạy; hãy chọn một lớp "
            "mình dạy.",
            class_id=class_id,
        )


def check_trail(uow: UnitOfWork) -> ChainState:
    """The chain, every signature against the pinned keys, and what the trail promises."""
    state = uow.trail.check(pinned_keys(uow))
    if state.problem:
        return state
    problem, seq = witness_problem(uow)
    return replace(state, problem=problem, bad_seq=seq)


def pinned_keys(uow: UnitOfWork) -> dict[int, list[bytes]]:
    """Account -> every signing key ever recorded for it: old signatures stay valid."""
    found: dict[int, list[bytes]] = {}
    for account_id, key, _ in uow.accounts.keys():  # noqa: SIM118 - a repository, not a dict
        found.setdefault(account_id, []).append(key)
    return found


def _time(written: str) -> datetime:
    """The time of an entry. A row somebody rewrote must not hide the page that shows it: a text
    that is no time becomes the beginning of time, and `check` names the row.
    """
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return _NO_TIME
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def _reason(code: str) -> str:
    known = {reason.value: reason.label for reason in CheckpointReason}
    return known.get(code, code)


def _class_names(uow: UnitOfWork) -> dict[int, str]:
    return {
        klass.id: klass.name for year in uow.school.years() for klass in uow.school.classes(year.id)
    }


def _signed(point: Checkpoint) -> SignedMark:
    return SignedMark(
        point.seq,
        _time(point.at),
        point.signer,
        _reason(point.reason),
        point.code,
    )


def _row(line: TrailLine) -> tuple[str, ...]:
    return (
        str(line.seq),
        f"{line.at:%d/%m/%Y %H:%M:%S}",
        line.who,
        line.title,
        line.class_name,
        line.sentence,
        str(line.cells),
        line.hash,
    )
