"""Điểm danh: the GVCN writes P and K by day and declares a month complete (M121, M181)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.attendance import (
    Absence,
    Month,
    Span,
    parse_absence,
    refuse_future,
)
from app.domain.ids import ClassId, PupilId
from app.domain.periods import Term
from app.domain.pupils import RosterEntry
from app.domain.school import term_of_day
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, AppError, RuleRefused
from app.ports import AbsenceRow, UnitOfWork, UowFactory
from app.readmodels.attendance_sheet import (
    AttendanceSheet,
)
from app.regulations.registry import closing_of
from app.services.attendance_view import AttendanceFacts, month_sheet, not_homeroom
from app.services.standing import standing
from app.text import date_vn

DayKey = tuple[PupilId, date]
_WHOLE_YEAR = 100_000
"""More entries than a class writes in a year."""
_TOPICS = frozenset({Topic.ATTENDANCE, Topic.CONDUCT, Topic.RESULTS})


class AttendanceEntry:
    """Opens and writes the month grid of a class."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def open(
        self,
        actor: Actor,
        class_id: ClassId,
        month: Month | None = None,
        days: tuple[date, date] | None = None,
    ) -> AttendanceSheet:
        """A month as this person sees it; without `month` the one of today, or the nearest.

        `days` shows other days instead, from and to (a week, today).
        """
        today = self._clock.today()
        with self._uows.read() as uow:
            facts = AttendanceFacts(uow, class_id, today)
        months = facts.calendar.months()
        wanted = month or Month.of(today if days is None else days[0])
        shown = wanted if wanted in months else (months[0] if wanted < months[0] else months[-1])
        return month_sheet(facts, actor, shown, days or (shown.first, shown.last))

    def set_days(
        self,
        actor: Actor,
        class_id: ClassId,
        edits: Mapping[DayKey, str],
        gesture: str = "key",
    ) -> CommandResult:
        """Write one gesture as typed ("P", "k", ""); all of it or nothing.

        A day written after its month's due day is accepted and marked late. With several refused
        cells `facts["cells"]` maps each (pupil, day) to its sentence.
        """
        now, today = self._clock.now(), self._clock.today()
        with self._uows.write() as uow:
            actor = standing(uow, actor, today)
            facts = AttendanceFacts(uow, class_id, today)
            _require_homeroom(actor, facts)
            stored = {(r.pupil_id, r.day): r for r in facts.rows if r.class_id == class_id}
            known = {entry.pupil_id: entry for entry in facts.entries}
            said: list[list[object]] = []
            put: list[AbsenceRow] = []
            gone: list[DayKey] = []
            refused: dict[DayKey, AppError] = {}
            for key, text in edits.items():
                row = stored.get(key)
                old = None if row is None else row.kind
                try:
                    _permit(facts, known.get(key[0]), key[1], row)
                    new = parse_absence(text)
                except AppError as error:
                    refused[key] = error
                    continue
                if new is old:
                    continue
                said.append([key[0], key[1].isoformat(), old or "", new or ""])
                if new is None:
                    gone.append(key)
                else:
                    late = today > facts.calendar.due_on(Month.of(key[1]))
                    put.append(AbsenceRow(*key, class_id, new, late))
            if refused:
                raise _refusal(refused, known)
            if not said:
                head, _ = uow.trail.head()
                return CommandResult(frozenset(), head, "Không có gì thay đổi", class_id)
            uow.attendance.put(put)
            uow.attendance.remove(gone)
            _void(uow, facts, (key[1] for key in [*gone, *((r.pupil_id, r.day) for r in put)]), now)
            seq = uow.trail.append(
                TrailDraft(
                    "attendance.set",
                    {"class": facts.klass.name, "gesture": gesture, "changes": said},
                    class_id,
                ),
                actor,
                now,
            )
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã lưu {len(said)} ô điểm danh", class_id)

    def declare(self, actor: Actor, class_id: ClassId, month: Month, term: Term) -> CommandResult:
        """Báo đủ: every absence of the span is entered, also when there is none.

        Refused before its last lesson, twice, and after the close of its period. After the due day
        it is accepted and marked late.
        """
        now, today = self._clock.now(), self._clock.today()
        with self._uows.write() as uow:
            actor = standing(uow, actor, today)
            facts = AttendanceFacts(uow, class_id, today)
            _require_homeroom(actor, facts)
            span = next((s for s in facts.calendar.spans_of(month) if s.term is term), None)
            if span is None:
                raise RuleRefused(
                    "no_such_month",
                    f"Năm học {facts.year.name} không có ngày học nào trong {month.words}/"
                    f"{month.year} thuộc {term.words} nên không có gì để báo đủ.",
                )
            words = facts.calendar.words(span)
            _refuse_declaring(facts, span, words)
            late = today > facts.calendar.due_on(month)
            uow.attendance.declare(class_id, month, term, actor.account_id, now, late=late)
            of_span = [r for r in facts.rows if _belongs(r, class_id, span)]
            excused = sum(row.kind is Absence.EXCUSED for row in of_span)
            seq = uow.trail.append(
                TrailDraft(
                    "attendance.month",
                    {
                        "class": facts.klass.name,
                        "month": month.iso,
                        "term": term.value,
                        "excused": excused,
                        "unexcused": len(of_span) - excused,
                        "late": late,
                    },
                    class_id,
                ),
                actor,
                now,
            )
            _void(uow, facts, [span.last], now)
            uow.commit()
        note = " (muộn)" if late else ""
        return CommandResult(
            _TOPICS, seq, f"Đã báo đủ điểm danh {words} lớp {facts.klass.name}{note}", class_id
        )

    def history(self, class_id: ClassId, pupil: PupilId, day: date) -> list[str]:
        """Everything that happened to one cell, oldest first, a sentence each."""
        with self._uows.read() as uow:
            entries = uow.trail.entries(
                newest=_WHOLE_YEAR, class_id=class_id, kind="attendance.set"
            )
        return [
            f"{datetime.fromisoformat(entry.at):%d/%m %H:%M} {entry.actor}: "
            f"{old or 'có mặt'} → {new or 'có mặt'}"
            for entry in reversed(entries)
            for who, when, old, new in json.loads(entry.detail)["changes"]
            if (who, when) == (pupil, day.isoformat())
        ]


def _require_homeroom(actor: Actor, facts: AttendanceFacts) -> None:
    if facts.klass.id not in actor.homeroom:
        raise AccessDenied("not_homeroom", not_homeroom(actor, facts.klass.name))


def _permit(
    facts: AttendanceFacts, entry: RosterEntry | None, day: date, row: AbsenceRow | None
) -> None:
    """Refuse days without school, days ahead, days of other classes, closed periods."""
    if entry is None:
        raise RuleRefused(
            "no_such_pupil",
            f"Học sinh này không thuộc lớp {facts.klass.name} nên không điểm danh ở đây được; hãy "
            "tải lại trang.",
        )
    refuse_day(facts, entry, day)
    why = facts.stopped(day, is_empty=row is None)
    if why is not None:
        raise RuleRefused("locked", why.sentence, why=why)


def refuse_day(facts: AttendanceFacts, entry: RosterEntry, day: date) -> None:
    """Refuse a day on which the pupil had no lesson in this class, locks apart."""
    closed = facts.calendar.why_closed(day)
    if closed:
        raise RuleRefused(
            "no_school",
            f"Ngày {date_vn(day)} không có buổi học ({closed}) nên không điểm danh; nếu hôm ấy có "
            "học bù, văn thư ghi vào Lịch năm học trước.",
        )
    refuse_future(day, facts.today)
    name = entry.profile.full_name
    if day < entry.joined_on:
        raise RuleRefused(
            "before_joining",
            f"{name} vào lớp {facts.klass.name} ngày {date_vn(entry.joined_on)} nên ngày "
            f"{date_vn(day)} chưa điểm danh em ở lớp này.",
        )
    if entry.left_on is not None and day >= entry.left_on:
        raise RuleRefused(
            "pupil_left",
            f"{name} đã rời lớp ngày {date_vn(entry.left_on)} nên từ ngày ấy không điểm danh em ở "
            "lớp này nữa.",
        )


def _refuse_declaring(facts: AttendanceFacts, span: Span, words: str) -> None:
    done = facts.declared.get(span.key)
    if done is not None:
        raise RuleRefused(
            "already_declared",
            f"{words[0].upper()}{words[1:]} lớp {facts.klass.name} đã được {done.by} báo đủ ngày "
            f"{done.at:%d/%m/%Y}; không cần báo lại.",
        )
    last = facts.calendar.last_school_day(span)
    if facts.today < last:
        raise RuleRefused(
            "month_running",
            f"Chưa báo đủ {words} được: buổi học cuối là ngày {date_vn(last)}; hãy báo từ ngày ấy.",
        )
    why = facts.stopped(span.last, is_empty=True)
    if why is not None:
        raise RuleRefused("locked", why.sentence, why=why)


def _refusal(refused: Mapping[DayKey, AppError], known: Mapping[PupilId, RosterEntry]) -> AppError:
    """The one refusal, or all of them as one with a sentence a cell (`facts["cells"]`)."""
    cells = {key: error.sentence for key, error in refused.items()}
    if len(refused) == 1:
        first = next(iter(refused.values()))
        return type(first)(first.code, first.sentence, **{**first.facts, "cells": cells})
    said = [
        f"{known[who].profile.full_name if who in known else 'Học sinh lạ'} {day:%d/%m}: {why}"
        for (who, day), why in cells.items()
    ]
    more = "" if len(said) <= 2 else f" Và {len(said) - 2} ô khác."
    return RuleRefused(
        "cells_refused",
        f"Chưa ghi ô nào vì {len(said)} ô không nhận được: {' '.join(said[:2])}{more}",
        cells=cells,
    )


def _void(uow: UnitOfWork, facts: AttendanceFacts, days: Iterable[date], now: datetime) -> None:
    for term in sorted({term_of_day(facts.year, day) for day in days}):
        period = closing_of(facts.klass.regulation, term)
        uow.control.void_confirmations(facts.klass.id, None, period, now, "Điểm danh thay đổi")


def _belongs(row: AbsenceRow, class_id: ClassId, span: Span) -> bool:
    return row.class_id == class_id and span.first <= row.day <= span.last
