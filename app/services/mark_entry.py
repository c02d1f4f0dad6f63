"""Nhập điểm: one gesture of a teacher is one checked, committed, recorded command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.domain.locks import WhyLocked
from app.domain.marks import EMPTY, CellState, MarkCell, parse_entry, parse_restored
from app.domain.periods import EntryTerm, period_of
from app.domain.subjects import SubjectKind, missing_words
from app.domain.trail import TrailDraft
from app.errors import RuleRefused, StaleData
from app.ports import Confirmation, UnitOfWork, UowFactory
from app.readmodels.mark_sheet import CellKey, MarkSheetView, SheetChange, SheetId
from app.services.column_dates import checked_dates
from app.services.fast_entry import typed_cell
from app.services.mark_gesture import EntryOutcome, Gesture, ParseCell, state_in_the_way
from app.services.mark_sheet import repaint
from app.services.sheet_access import (
    missing_names,
    not_assigned,
    open_term,
    settles_makeup,
    stop_reason,
)
from app.services.sheet_cache import SheetCache
from app.services.sheet_facts import SheetFacts, may_enter
from app.services.standing import standing
from app.text import clean, date_vn

_CHANGED = frozenset({Topic.MARKS, Topic.RESULTS})


class MarkEntry:
    """Opens sheets and writes into them."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock
        self._cache = SheetCache()

    def open(self, actor: Actor, sheet: SheetId) -> MarkSheetView:
        """The sheet as this person sees it; anybody signed in may read."""
        with self._uows.read() as uow:
            facts = self._cache.facts(uow, sheet, self._clock.now())
        return self._cache.view(facts, can_enter=facts.may_write(actor))

    def facts(self, sheet: SheetId) -> SheetFacts:
        """What the sheet holds now, as its rules read it."""
        with self._uows.read() as uow:
            return self._cache.facts(uow, sheet, self._clock.now())

    def sheets(self, actor: Actor, year_id: SchoolYearId) -> list[tuple[SheetId, str, str]]:
        """Sheets to offer: (sheet, class name, subject name); teachers see their own first.

        A tổ trưởng reads those of the tổ's subjects beside (M103, M195).
        """
        found: list[tuple[SheetId, str, str]] = []
        with self._uows.read() as uow:
            for klass in uow.school.classes(year_id):
                for subject in uow.school.subjects(klass.id):
                    sheet = SheetId(klass.id, subject.id)
                    sees_all = actor.leads or not actor.teaches
                    tended = klass.id in actor.homeroom or subject.id in actor.tends
                    if sees_all or tended or may_enter(actor, sheet):
                        found.append((sheet, klass.name, subject.name))
        found.sort(key=lambda item: not may_enter(actor, item[0]))
        return found

    def set_cells(
        self,
        actor: Actor,
        sheet: SheetId,
        edits: Mapping[CellKey, str],
        gesture: str,
        *,
        version: int | None = None,
        detail: Mapping[str, object] | None = None,
    ) -> EntryOutcome:
        """Write texts as typed; all of them or none.

        `version` is the sheet's version the editor saw (StaleData when it moved on). A refusal of
        several cells carries `facts["cells"]`: CellKey -> sentence.
        """
        restoring = gesture in ("undo", "redo")
        with self._uows.write() as uow:
            facts = self._cache.facts(uow, sheet, self._clock.now())
            if not restoring:
                edits = _without_gaps(facts, edits)

            def parse(key: CellKey, old: MarkCell) -> MarkCell:
                restored = parse_restored(edits[key]) if restoring else None
                if restored is not None:
                    return restored
                plain = old.state in (CellState.EMPTY, CellState.MARK)
                if not plain and not restoring and not settles_makeup(facts, key):
                    raise state_in_the_way(old)
                kind = facts.kind_of(facts.columns[key.column].code)
                if gesture == "key":
                    return typed_cell(uow, actor.uid, edits[key], kind, facts.year.id, facts.today)
                return parse_entry(edits[key], kind)

            plan = self._plan(actor, facts, version, edits, parse, edits, restoring=restoring)
            return self._commit(uow, actor, plan, facts, gesture, detail or {})

    def set_state(
        self,
        actor: Actor,
        sheet: SheetId,
        keys: Sequence[CellKey],
        state: CellState,
        reason: str,
        value_text: str = "",
        *,
        version: int | None = None,
    ) -> EntryOutcome:
        """An explicit act: make-up pending, zero for absence, exempt, former school's mark, or
        back to empty. `reason` is required for all but EMPTY (TT22/2021, Điều 7).
        """
        why = clean(reason)
        if state is CellState.MARK:
            raise RuleRefused("bad_state", "Điểm thường không đặt bằng trạng thái; hãy gõ điểm.")
        if state is not CellState.EMPTY and not why:
            raise RuleRefused(
                "reason_required",
                "Chưa ghi lý do nên ô chưa đổi; hãy ghi lý do và người cho phép (hoặc trường cũ và "
                "số giấy tờ) rồi xác nhận lại.",
            )
        with self._uows.write() as uow:
            facts = self._cache.facts(uow, sheet, self._clock.now())

            def parse(key: CellKey, _old: MarkCell) -> MarkCell:
                kind = facts.kind_of(facts.columns[key.column].code)
                return _cell_of_state(state, why, value_text, kind)

            plan = self._plan(actor, facts, version, keys, parse, {})
            return self._commit(uow, actor, plan, facts, "state", {})

    def why(self, actor: Actor, sheet: SheetId, key: CellKey) -> WhyLocked:
        """Why the cell cannot be typed now; a plain answer when it can."""
        with self._uows.read() as uow:
            facts = self._cache.facts(uow, sheet, self._clock.now())
        return stop_reason(facts, actor, key) or WhyLocked("Ô này đang mở, thầy cô gõ điểm được.")

    def history(self, sheet: SheetId, key: CellKey) -> list[str]:
        """Everything that happened to the cell, oldest first."""
        with self._uows.read() as uow:
            facts = self._cache.facts(uow, sheet, self._clock.now())
            column = facts.columns.get(key.column)
            if column is None:
                return []
            rows = uow.trail.history(key.pupil_id, column.id)
        return [
            f"{_day_time(entry.at)} {entry.actor}: {old or 'trống'} → {new or 'trống'}"
            for entry, old, new in rows
        ]

    def set_dates(
        self,
        actor: Actor,
        sheet: SheetId,
        column_key: str,
        test_on: date | None,
        due_on: date | None,
        returned_on: date | None = None,
    ) -> CommandResult:
        """Ngày kiểm tra, ngày trả bài and hạn vào điểm of a column, not once it is closed.

        Without `due_on` the rules of the year reckon it, if they lay anything down.
        """
        with self._uows.write() as uow:
            facts = self._cache.facts(uow, sheet, self._clock.now())
            column = facts.columns.get(column_key)
            if column is None:
                raise RuleRefused("no_column", "Cột này không ghi ngày kiểm tra được.")
            if not facts.may_write(actor):
                leader = standing(uow, actor, self._clock.today())
                if not leader.leads:
                    raise not_assigned(facts, actor)
            # A late opening is for empty cells only: the dates of a closed column stand.
            stopped = facts.stop(column_key, is_empty=False)
            if stopped is not None:
                raise RuleRefused("locked", stopped.sentence, why=stopped)
            dates = checked_dates(uow, facts, actor, column, (test_on, due_on, returned_on))
            if dates == (column.test_on, column.due_on, column.returned_on):
                return CommandResult(
                    frozenset(), facts.version, "Không có gì thay đổi", sheet.class_id
                )
            uow.marks.set_dates(column.id, *dates)
            seq = uow.trail.append(
                TrailDraft(
                    "assessment.dates",
                    {
                        "class": facts.klass.name,
                        "subject": facts.subject.name,
                        "column": column_key,
                        "test_on": [date_vn(column.test_on), date_vn(test_on)],
                        "due_on": [date_vn(column.due_on), date_vn(dates[1])],
                        "returned_on": [date_vn(column.returned_on), date_vn(returned_on)],
                    },
                    sheet.class_id,
                    sheet.subject_id,
                ),
                actor,
                self._clock.now(),
            )
            uow.commit()
        return CommandResult(_CHANGED, seq, "Đã ghi ngày kiểm tra và hạn", sheet.class_id)

    def confirm(self, actor: Actor, sheet: SheetId, term: EntryTerm | None = None) -> CommandResult:
        """Xác nhận đã đủ of a term, else of the open one; refused while a cell is missing."""
        now = self._clock.now()
        with self._uows.write() as uow:
            facts = self._cache.facts(uow, sheet, now)
            if not facts.may_write(actor):
                raise not_assigned(facts, actor)
            if term is None:
                term = open_term(facts)
            elif (closed := facts.locks.closes.get(period_of(term))) is not None:
                raise RuleRefused(
                    "confirmed_by_close",
                    f"{facts.subject.name} {facts.klass.name} không cần xác nhận nữa: {term.words} "
                    f"đã chốt ngày {closed.closed_at:%d/%m/%Y}; xem kỳ khác thì chọn ở trên.",
                )
            empty = missing_names(facts, term)
            if empty:
                raise RuleRefused(
                    "cells_missing",
                    f"Chưa xác nhận được: {facts.subject.name} {facts.klass.name} "
                    f"{term.words} còn {len(empty)} học sinh {missing_words(facts.subject.kind)} "
                    f"({', '.join(empty[:3])}{'…' if len(empty) > 3 else ''}); nhập đủ hoặc ghi rõ "
                    "trạng thái từng ô rồi xác nhận lại.",
                    missing=len(empty),
                )
            period = period_of(term)
            # Saying the same once more changes nothing the GVCN has confirmed.
            uow.control.void_confirmations(
                sheet.class_id, sheet.subject_id, period, now, "Xác nhận lại", alone=True
            )
            uow.control.add_confirmation(
                Confirmation(
                    sheet.class_id, sheet.subject_id, period, actor.account_id, actor.name, now
                )
            )
            seq = uow.trail.append(
                TrailDraft(
                    "sheet.confirm",
                    {
                        "class": facts.klass.name,
                        "subject": facts.subject.name,
                        "period": period.value,
                    },
                    sheet.class_id,
                    sheet.subject_id,
                ),
                actor,
                now,
            )
            uow.commit()
        return CommandResult(
            frozenset({Topic.MARKS, Topic.LOCKS}),
            seq,
            f"Đã xác nhận {facts.subject.name} {facts.klass.name} {term.words}",
            sheet.class_id,
        )

    def _plan(
        self,
        actor: Actor,
        facts: SheetFacts,
        version: int | None,
        keys: Iterable[CellKey],
        parse: ParseCell,
        texts: Mapping[CellKey, str],
        *,
        restoring: bool = False,
    ) -> Gesture:
        if version is not None and version != facts.version:
            raise StaleData(
                "sheet_changed",
                f"Sổ {facts.subject.name} {facts.klass.name} vừa được người khác sửa nên thao tác "
                "này chưa ghi; trang đã tải lại, hãy xem rồi làm lại.",
                seen=version,
                now=facts.version,
            )
        plan = Gesture(facts, actor, self._clock.today(), restoring=restoring)
        for key in dict.fromkeys(keys):
            plan.add(key, parse, texts)
        plan.raise_refusals()
        return plan

    def _commit(
        self,
        uow: UnitOfWork,
        actor: Actor,
        plan: Gesture,
        facts: SheetFacts,
        gesture: str,
        detail: Mapping[str, object],
    ) -> EntryOutcome:
        now = self._clock.now()
        if plan.changes_nothing:
            return EntryOutcome(SheetChange(facts.version, {}, {}, now, facts.version))
        seq = plan.store(uow, actor, now, gesture, detail)
        uow.commit()
        after = plan.facts_after()
        shown = repaint(self._cache.painted(facts, plan.touched), after)
        self._cache.advance(facts, after, seq, shown)
        return plan.outcome(seq, now, shown)


def _cell_of_state(state: CellState, why: str, value_text: str, kind: SubjectKind) -> MarkCell:
    match state:
        case CellState.EMPTY:
            return EMPTY
        case CellState.ZERO_ABSENT:
            if kind.is_primary:
                raise RuleRefused(
                    "no_zero_for_absence",
                    "Tiểu học không ghi điểm 0 vì vắng; em vắng thì để trống hoặc chờ kiểm tra bù "
                    "rồi đánh giá sau.",
                )
            return MarkCell(state, 0, why)
        case CellState.TRANSFERRED:
            value = parse_entry(value_text, kind).value
            if value is None:
                raise RuleRefused(
                    "value_required",
                    "Chưa có điểm của trường cũ nên ô chưa đổi; hãy gõ điểm ghi trên giấy.",
                )
            return MarkCell(state, value, why)
    return MarkCell(state, None, why)


def _day_time(at: str) -> str:
    return f"{at[8:10]}/{at[5:7]}/{at[0:4]} {at[11:16]}"


def _without_gaps(facts: SheetFacts, edits: Mapping[CellKey, str]) -> Mapping[CellKey, str]:
    """A block without the blank cells of pupils who left: lists leave their lines empty.

    The line stays as it is, and the rest of the column can be pasted in one go. Where nothing but
    such cells is meant, they are kept, to be refused with the reason.
    """
    kept = {key: text for key, text in edits.items() if text.strip() or not _left(facts, key)}
    return kept or edits


def _left(facts: SheetFacts, key: CellKey) -> bool:
    entry = facts.entry(key.pupil_id)
    return entry is not None and entry.left_on is not None
