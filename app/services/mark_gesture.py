"""One gesture on a mark sheet: checked cell by cell, then written with its trail entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.actor import Actor
from app.domain.comments import parse_comment
from app.domain.ids import AssessmentId, PupilId
from app.domain.marks import EMPTY, CellState, MarkCell, restore_text, trail_text
from app.domain.periods import EntryTerm, column_term, in_order, period_of
from app.domain.subjects import column_words
from app.domain.trail import CellChange, TrailDraft
from app.errors import AppError, RuleRefused
from app.ports import StoredMark, UnitOfWork
from app.readmodels.mark_sheet import CellKey, SheetChange
from app.services.mark_sheet import Repaint
from app.services.sheet_access import settles_makeup, stop_reason
from app.services.sheet_facts import SheetFacts, refuse_part_of_oral

ParseCell = Callable[[CellKey, MarkCell], MarkCell]
"""What a cell becomes, given what it holds; raises RuleRefused."""


@dataclass(frozen=True, slots=True)
class EntryOutcome:
    """What one gesture did: the change for the screen and the deltas of the sheet's counts."""

    change: SheetChange
    missing_delta: int = 0
    late_delta: int = 0
    corrected_delta: int = 0


class Gesture:
    """One gesture being checked cell by cell before anything is written."""

    def __init__(
        self, facts: SheetFacts, actor: Actor, today: date, *, restoring: bool = False
    ) -> None:
        self._facts = facts
        self._restoring = restoring
        self._actor = actor
        self._today = today
        self._refused: dict[CellKey, AppError] = {}
        self.marks: dict[CellKey, StoredMark] = {}
        self.comments: dict[CellKey, str] = {}
        self._previous: dict[CellKey, str] = {}
        self._changes: list[CellChange] = []
        self._comment_changes: list[list[object]] = []
        self._terms: set[EntryTerm] = set()

    def add(self, key: CellKey, parse: ParseCell, texts: Mapping[CellKey, str]) -> None:
        """Check one cell and remember what to write, or why not."""
        stopped = stop_reason(self._facts, self._actor, key)
        if stopped is not None:
            self._refuse(key, RuleRefused("locked", stopped.sentence, why=stopped))
            return
        try:
            if key.column in self._facts.columns:
                self._add_mark(key, parse)
            else:
                self._add_comment(key, texts)
        except AppError as error:
            self._refuse(key, error)

    @property
    def changes_nothing(self) -> bool:
        """Whether every cell already holds what was asked for."""
        return not self.marks and not self.comments

    def raise_refusals(self) -> None:
        """Raise the one refusal, or all of them as one with a sentence a cell."""
        if not self._refused:
            return
        cells = {key: self._located(key, error) for key, error in self._refused.items()}
        first_key, first = next(iter(self._refused.items()))
        if len(self._refused) == 1:
            raise type(first)(
                first.code, first.sentence, **{**first.facts, "cells": cells, "key": first_key}
            )
        reasons = {(error.code, error.sentence) for error in self._refused.values()}
        if self.changes_nothing and reasons == {("locked", first.sentence)}:
            # Another's sheet or a closed term stops every cell alike: said once.
            raise RuleRefused(
                "cells_refused",
                f"Chưa ghi ô nào trong {len(cells)} ô. {first.sentence}",
                cells=cells,
                key=first_key,
                one_reason=True,
            )
        shown = " ".join(list(cells.values())[:3])
        more = "" if len(cells) <= 3 else f" Và {len(cells) - 3} ô khác."
        raise RuleRefused(
            "cells_refused",
            f"Chưa ghi ô nào vì {len(cells)} ô không nhận được: {shown}{more}",
            cells=cells,
            key=first_key,
        )

    def store(
        self,
        uow: UnitOfWork,
        actor: Actor,
        now: datetime,
        gesture: str,
        detail: Mapping[str, object],
    ) -> int:
        """Write rows and the trail entry in the open transaction; the entry's number."""
        facts = self._facts
        sheet = facts.sheet
        uow.marks.put(list(self.marks.values()))
        if self.comments:
            uow.marks.put_comments(
                sheet.class_id,
                sheet.subject_id,
                {
                    (column_term(key.column), key.pupil_id): text
                    for key, text in self.comments.items()
                },
            )
        confirmed = [t for t in in_order(self._terms) if period_of(t) in facts.confirmed]
        voided = sum(
            uow.control.void_confirmations(
                sheet.class_id,
                sheet.subject_id,
                period_of(term),
                now,
                "Điểm thay đổi",
            )
            for term in confirmed
        )
        said: dict[str, object] = {
            "class": facts.klass.name,
            "subject": facts.subject.name,
            "gesture": gesture,
            **detail,
        }
        if self._comment_changes:
            said["comments"] = self._comment_changes
        if voided:
            said["voided_confirmations"] = voided
        unproved = self._proofed_columns()
        if unproved:
            said["voided_proofs"] = uow.proofs.void(unproved, now, "Điểm thay đổi")
        draft = TrailDraft("mark.set", said, sheet.class_id, sheet.subject_id, self._changes)
        return uow.trail.append(draft, actor, now)

    def _proofed_columns(self) -> frozenset[AssessmentId]:
        """Columns compared with the paper book that this gesture changes."""
        return self._facts.proofed & {mark.assessment_id for mark in self.marks.values()}

    @property
    def touched(self) -> list[PupilId]:
        """Pupils with a changed cell, each once."""
        return list(dict.fromkeys(key.pupil_id for key in (*self.marks, *self.comments)))

    def facts_after(self) -> SheetFacts:
        """The facts as they are once this gesture is committed."""
        return _with(self._facts, self.marks, self.comments, self._terms)

    def outcome(self, seq: int, now: datetime, shown: Repaint) -> EntryOutcome:
        """What the gesture answers, given what it changed on screen."""
        change = SheetChange(seq, shown.cells, self._previous, now, seq, columns=shown.columns)
        return EntryOutcome(change, shown.missing, shown.late, shown.corrected)

    def _add_comment(self, key: CellKey, texts: Mapping[CellKey, str]) -> None:
        if key not in texts:
            raise RuleRefused(
                "no_state_here",
                "Ô nhận xét không có trạng thái chờ bù, miễn hay điểm 0; hãy chỉ chọn ô điểm.",
            )
        term = column_term(key.column)
        old = self._facts.comments.get((term, key.pupil_id), "")
        new = parse_comment(texts[key])
        if new == old:
            return
        self.comments[key] = new
        self._previous[key] = old
        self._terms.add(term)
        self._comment_changes.append([key.pupil_id, term.value, old, new])

    def _add_mark(self, key: CellKey, parse: ParseCell) -> None:
        facts = self._facts
        column = facts.columns[key.column]
        address = (column.id, key.pupil_id)
        stored = facts.stored.get(address)
        old = EMPTY if stored is None else stored.cell
        new = parse(key, old)
        if new == old:
            return
        if new.state is CellState.MARK and not self._restoring:
            refuse_part_of_oral(facts.subject, column.code, new.value, facts.readings)
        if settles_makeup(facts, key) and new.state not in (CellState.MARK, CellState.ZERO_ABSENT):
            raise RuleRefused(
                "makeup_only",
                "Mở bổ sung chỉ để ghi điểm kiểm tra bù, hoặc 0 nếu em vắng cả lần bù; muốn đổi "
                "khác đi thì lập hồ sơ sửa điểm.",
            )
        # An emptied row keeps its flag, so that undo gives back a mark that was in time as such.
        known = stored is not None and (self._restoring or old.state is not CellState.EMPTY)
        late = stored.late if stored is not None and known else self._is_late(column.due_on)
        if stored is None:
            self.marks[key] = StoredMark(column.id, key.pupil_id, new, late)
        else:
            self.marks[key] = StoredMark(
                *address, new, late, stored.corrected_from, stored.correction_id
            )
        kind = facts.subject.kind_of(column.code)
        self._previous[key] = restore_text(old, kind)
        self._terms.add(column.term)
        self._changes.append(
            CellChange(key.pupil_id, column.id, trail_text(old, kind), trail_text(new, kind))
        )

    def _is_late(self, due_on: date | None) -> bool:
        return due_on is not None and self._today > due_on

    def _refuse(self, key: CellKey, error: AppError) -> None:
        self._refused[key] = error

    def _located(self, key: CellKey, error: AppError) -> str:
        entry = self._facts.entry(key.pupil_id)
        name = "học sinh lạ" if entry is None else entry.profile.full_name
        column = self._facts.columns.get(key.column)
        if column is not None:
            where = f"cột {column_words(column.code)}"
        else:
            where = "nhận xét" if key.column in self._facts.comment_columns else "ô khác"
        return f"{name}, {where}: {error.sentence}"


def state_in_the_way(old: MarkCell) -> RuleRefused:
    """The refusal to type over a cell that somebody set to a state on purpose."""
    words = {
        CellState.PENDING_MAKEUP: "đang chờ kiểm tra bù",
        CellState.ZERO_ABSENT: "là 0 vì vắng",
        CellState.EXEMPT: "được miễn",
        CellState.TRANSFERRED: "là điểm trường cũ",
    }[old.state]
    return RuleRefused(
        "state_in_the_way",
        f"Ô này {words} ({old.reason}) nên không gõ đè được; bấm chuột phải, chọn “Trạng thái ô”, "
        "đưa về ô thường rồi gõ điểm.",
    )


def _with(
    facts: SheetFacts,
    marks: Mapping[CellKey, StoredMark],
    comments: Mapping[CellKey, str],
    changed: set[EntryTerm],
) -> SheetFacts:
    stored: dict[tuple[AssessmentId, PupilId], StoredMark] = dict(facts.stored)
    stored.update({(m.assessment_id, m.pupil_id): m for m in marks.values()})
    texts = dict(facts.comments)
    texts.update({(column_term(k.column), k.pupil_id): text for k, text in comments.items()})
    still = facts.confirmed - {period_of(term) for term in changed}
    proofed = facts.proofed - {mark.assessment_id for mark in marks.values()}
    return replace(facts, stored=stored, comments=texts, confirmed=still, proofed=proofed)
