"""Kiểm dò một sổ: cells found right, remarks, columns compared with the paper, the confirmation.

Only the reader whom the table of assignments names does any of it, never on an own sheet, and only
until the close (M9, M33).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import AssessmentId
from app.domain.periods import Period
from app.domain.proof_reading import CellAt, ComparedWith, ProofTick, Remark, RemarkState
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.proof_reading import ProofSheet
from app.services.proof_facts import (
    ProofFacts,
    cell_words,
    cells_said,
    column_list,
    load_proofs,
    proof_view,
    read_as_reader,
    said_of,
)
from app.services.standing import standing
from app.text import clean

PROOF_TOPICS = frozenset({Topic.PROOFS, Topic.LOCKS, Topic.TRAIL})
_LONGEST = 500


class ProofReading:
    """The check screen of one file."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def open(self, actor: Actor, sheet: SheetId, period: Period) -> ProofSheet:
        """The sheet as this person sees it; like the mark book, anybody signed in may look."""
        with self._uows.read() as uow:
            person = standing(uow, actor, self._clock.today())
            return proof_view(load_proofs(uow, sheet, period, self._clock.now()), person)

    def tick(
        self, actor: Actor, sheet: SheetId, period: Period, keys: Collection[CellKey]
    ) -> CommandResult:
        """These cells agree with the paper. Empty cells and cells with a remark are passed over;
        refused when nothing is left.
        """
        now = self._clock.now()
        with self._uows.write() as uow:
            person, facts = read_as_reader(uow, actor, sheet, period, now)
            wanted = [facts.cell_at(key) for key in dict.fromkeys(keys)]
            waiting = facts.waiting
            fresh = set(facts.unread)
            cells = [at for at in wanted if at in fresh and at not in waiting]
            if not cells:
                raise RuleRefused(
                    "nothing_to_tick",
                    f"Không có ô nào để đánh dấu khớp ở {facts.name}: ô trống, đã khớp, hoặc đang "
                    "có nhận xét chưa giải quyết.",
                )
            tick_cells(uow, person, facts, cells, now)
            seq = _append(uow, "proof.ticked", facts, person, now, cells=cells_said(facts, cells))
            uow.commit()
        return CommandResult(PROOF_TOPICS, seq, f"Đã đánh dấu {len(cells)} ô khớp", sheet.class_id)

    def untick(
        self, actor: Actor, sheet: SheetId, period: Period, keys: Collection[CellKey]
    ) -> CommandResult:
        """These cells have to be read again; what was confirmed over them is taken back."""
        now = self._clock.now()
        with self._uows.write() as uow:
            person, facts = read_as_reader(uow, actor, sheet, period, now)
            unread = set(facts.unread)
            wanted = [facts.cell_at(key) for key in dict.fromkeys(keys)]
            cells = [at for at in wanted if at in facts.filled and at not in unread]
            if not cells:
                raise RuleRefused(
                    "nothing_ticked", f"Các ô đã chọn ở {facts.name} chưa được đánh dấu khớp."
                )
            uow.proofs.untick(cells)
            voided = uow.proofs.void({at[0] for at in cells}, now, "Người kiểm dò đọc lại")
            said = cells_said(facts, cells)
            seq = _append(uow, "proof.unticked", facts, person, now, cells=said, voided=voided)
            uow.commit()
        return CommandResult(PROOF_TOPICS, seq, f"Đã bỏ dấu khớp {len(cells)} ô", sheet.class_id)

    def remark(
        self,
        actor: Actor,
        sheet: SheetId,
        period: Period,
        key: CellKey,
        text: str,
        paper: str = "",
    ) -> CommandResult:
        """The cell does not agree: `text` says why, `paper` what the paper book reads.

        The payload is the remark's id. A cell has one unresolved remark at most.
        """
        now = self._clock.now()
        with self._uows.write() as uow:
            person, facts = read_as_reader(uow, actor, sheet, period, now)
            at = facts.cell_at(key)
            said = clean(text)
            if not said:
                raise RuleRefused(
                    "remark_required",
                    "Chưa ghi nhận xét; hãy ghi ngắn gọn ô này khác sổ giấy thế nào.",
                )
            if at in facts.waiting:
                raise RuleRefused(
                    "remark_waits",
                    f"Ô của {cell_words(facts, at)} đang có nhận xét chưa giải quyết; hãy giải "
                    "quyết nhận xét ấy trước.",
                )
            found = add_remark(uow, person, facts, at, said[:_LONGEST], clean(paper), now)
            uow.proofs.untick([at])
            voided = uow.proofs.void([at[0]], now, "Có nhận xét kiểm dò mới")
            seq = _append(
                uow, "proof.remarked", facts, person, now,
                cell=cell_words(facts, at), seen=facts.texts[at], paper=clean(paper), text=said,
                voided=voided,
            )  # fmt: skip
            uow.commit()
        summary = f"Đã ghi nhận xét: {cell_words(facts, at)}"
        return CommandResult(PROOF_TOPICS, seq, summary, sheet.class_id, found)

    def prove_columns(
        self, actor: Actor, sheet: SheetId, period: Period, column_keys: Collection[str]
    ) -> CommandResult:
        """Đã đối chiếu sổ giấy, column by column; every cell of a column must have been read."""
        now = self._clock.now()
        with self._uows.write() as uow:
            person, facts = read_as_reader(uow, actor, sheet, period, now)
            columns = [facts.columns[key].id for key in column_keys if key in facts.columns]
            if not columns:
                raise RuleRefused(
                    "no_column", f"Chưa chọn cột nào của {facts.name}; hãy chọn cột điểm."
                )
            _refuse_unread(facts, columns)
            seq = prove(uow, person, facts, columns, ComparedWith.PAPER, now)
            uow.commit()
        said = ", ".join(column_list(facts, columns))
        return CommandResult(PROOF_TOPICS, seq, f"Đã đối chiếu sổ giấy: {said}", sheet.class_id)

    def confirm(self, actor: Actor, sheet: SheetId, period: Period) -> CommandResult:
        """Xác nhận kiểm dò xong of the whole sheet: every cell read, no remark left."""
        now = self._clock.now()
        with self._uows.write() as uow:
            person, facts = read_as_reader(uow, actor, sheet, period, now)
            if not facts.filled:
                raise RuleRefused(
                    "nothing_to_read",
                    f"{facts.name} chưa có điểm nào nên chưa kiểm dò được; hãy chờ giáo viên nhập.",
                )
            columns = [a.id for a in facts.columns.values()]
            _refuse_unread(facts, columns)
            if facts.assignment is not None and facts.assignment.confirmed_at is not None:
                raise RuleRefused("confirmed_already", f"{facts.name} đã xác nhận kiểm dò rồi.")
            left = [c for c in columns if c not in facts.proved]
            if left:
                uow.proofs.prove_columns(left, ComparedWith.PAPER, person.account_id, now)
            if facts.assignment is not None:
                uow.proofs.confirm(facts.assignment.id, now)
            seq = _append(
                uow, "proof.confirmed", facts, person, now,
                cells=len(facts.filled), columns=column_list(facts, columns),
            )  # fmt: skip
            uow.commit()
        summary = f"Đã xác nhận kiểm dò {facts.name}"
        return CommandResult(PROOF_TOPICS, seq, summary, sheet.class_id)


def tick_cells(
    uow: UnitOfWork, actor: Actor, facts: ProofFacts, cells: Collection[CellAt], now: datetime
) -> None:
    """Keep that cells read right, as they read now."""
    ticks = [ProofTick(column, pupil, facts.texts[column, pupil]) for column, pupil in cells]
    uow.proofs.tick(ticks, actor.account_id, now)


def add_remark(
    uow: UnitOfWork,
    actor: Actor,
    facts: ProofFacts,
    at: CellAt,
    text: str,
    paper: str,
    now: datetime,
) -> int:
    """Keep a new remark; its id."""
    return uow.proofs.add_remark(
        Remark(
            0, *facts.sheet.sheet, *at, facts.texts[at], paper, text, RemarkState.OPEN,
            actor.account_id, actor.name, now,
        )
    )  # fmt: skip


def prove(
    uow: UnitOfWork,
    actor: Actor,
    facts: ProofFacts,
    columns: Collection[AssessmentId],
    how: ComparedWith,
    now: datetime,
) -> int:
    """Keep that columns were compared; the trail entry's number."""
    uow.proofs.prove_columns(columns, how, actor.account_id, now)
    said = column_list(facts, columns)
    return _append(uow, "proof.columns", facts, actor, now, columns=said, how=how.value)


def _append(
    uow: UnitOfWork, kind: str, facts: ProofFacts, actor: Actor, now: datetime, **said: object
) -> int:
    # Without the subject's id: reading a sheet does not make it another version of itself.
    draft = TrailDraft(kind, said_of(facts) | said, facts.sheet.klass.id)
    return uow.trail.append(draft, actor, now)


def _refuse_unread(facts: ProofFacts, columns: Collection[AssessmentId]) -> None:
    wanted = set(columns)
    waiting = [at for at in facts.waiting if at[0] in wanted]
    if waiting:
        raise RuleRefused(
            "remarks_open",
            f"Chưa xác nhận được {facts.name}: còn {len(waiting)} nhận xét chưa giải quyết "
            f"({cell_words(facts, waiting[0])}{'; …' if len(waiting) > 1 else ''}). Hãy giải quyết "
            "xong rồi xác nhận.",
        )
    left = [at for at in facts.unread if at[0] in wanted]
    if left:
        raise RuleRefused(
            "cells_unread",
            f"Chưa xác nhận được {facts.name}: còn {len(left)} ô chưa dò, ô đầu tiên của "
            f"{cell_words(facts, left[0])}. Hãy dò hết rồi xác nhận.",
        )
