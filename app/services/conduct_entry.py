"""Rèn luyện (hạnh kiểm) and buổi nghỉ, entered by the GVCN.

TT22/2021, Điều 8 và Điều 12 khoản 1c; TT58/2011, Điều 3 và 4, which has the year's level entered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.attendance import ClassAttendance
from app.domain.comments import parse_comment
from app.domain.ids import ClassId, PupilId
from app.domain.locks import ClassLocks, WhyLocked, lock_chip, refusal
from app.domain.periods import Period, Term, period_of
from app.domain.school import term_of_day
from app.domain.trail import TrailDraft
from app.errors import AppError, RuleRefused
from app.ports import ConductRow, UnitOfWork, UowFactory
from app.readmodels.conduct_sheet import CONDUCT_COLUMNS, ConductRowView, ConductSheet
from app.readmodels.mark_sheet import CellKey
from app.services.class_attendance import load_attendance, with_days_absent
from app.services.class_results import ClassFacts, load_studies
from app.services.rules_in_force import readings_of
from app.services.standing import standing
from app.text import clean, fold

_WHOLE_YEAR = 100_000
"""More conduct entries than a class writes in a year."""
YEAR_LEVEL = "YEAR.level"
MOST_BUOI = 200
"""More half-days absent in one term than a term has are a typing error."""


class ConductEntry:
    """Opens and writes the rèn luyện grid of a class."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def open(self, actor: Actor, class_id: ClassId) -> ConductSheet:
        """The grid as this person sees it."""
        with self._uows.read() as uow:
            facts = load_conduct(uow, class_id)
            locks = uow.control.class_locks(class_id)
        today = self._clock.today()
        why: dict[str, WhyLocked] = {}
        fillable: set[str] = set()
        for key, _ in CONDUCT_COLUMNS:
            if is_computed(facts, key):
                why[key] = WhyLocked("Cột này máy tự tính từ hai học kì nên không gõ được.")
                continue
            counted = counted_by_attendance(facts.attendance, key)
            if counted is not None:
                why[key] = counted
                continue
            if class_id not in actor.homeroom:
                why[key] = WhyLocked(
                    _not_homeroom(actor, facts), how="Đổi người dùng (F12) hoặc xin phân công"
                )
                continue
            stopped = stopped_column(locks, key, today, is_empty=False)
            if stopped is not None:
                why[key] = stopped
                if stopped_column(locks, key, today, is_empty=True) is None:
                    fillable.add(key)
        chip, is_open = lock_chip(locks, period_of(term_of_day(facts.year, today)), today)
        rows = tuple(
            ConductRowView(
                e.pupil_id,
                e.position,
                e.profile.full_name,
                e.left_on is not None,
                _texts(facts, e.pupil_id),
                e.left_on,
            )
            for e in facts.entries
        )
        return ConductSheet(
            class_id,
            facts.klass.name,
            facts.regulation.conduct_levels,
            rows,
            {key: key not in why for key, _ in CONDUCT_COLUMNS},
            {key: answer.sentence for key, answer in why.items()},
            chip,
            is_open,
            why,
            facts.year.name,
            frozenset(fillable),
            frozenset(
                k
                for k, _ in CONDUCT_COLUMNS
                if counted_by_attendance(facts.attendance, k) is not None
            ),
            facts.regulation.circular.conduct_word,
            year_entered=not facts.regulation.conduct_year_is_computed,
            term_chips={term: lock_chip(locks, period_of(term), today) for term in Term},
        )

    def set_cells(
        self,
        actor: Actor,
        class_id: ClassId,
        edits: Mapping[tuple[PupilId, str], str],
        gesture: str = "key",
    ) -> CommandResult:
        """Write one gesture; all of it or nothing. Keys as in `CONDUCT_COLUMNS`."""
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            facts = load_conduct(uow, class_id)
            # What was typed stays as it is, also where điểm danh counts in its place now.
            typed = {(row.pupil_id, row.term): row for row in uow.marks.conduct(class_id)}
            locks = uow.control.class_locks(class_id)
            changed: dict[tuple[PupilId, Term], ConductRow] = {}
            years: dict[PupilId, str] = {}
            said: list[list[object]] = []
            refused: dict[CellKey, AppError] = {}
            for (pupil, key), text in edits.items():
                try:
                    _permit(actor, facts, pupil, key)
                    if key == YEAR_LEVEL:
                        self._set_year(facts, locks, pupil, text, years, said)
                        continue
                    term = Term(key[:3])
                    at = (pupil, term)
                    row = changed.get(at) or typed.get(at) or blank_row(pupil, term)
                    is_empty = not conduct_text(row, key[4:])
                    stopped = stopped_column(locks, key, self._clock.today(), is_empty=is_empty)
                    if stopped is not None:
                        raise RuleRefused("locked", stopped.sentence, why=stopped)
                    new = row_with(row, key[4:], text, facts.regulation.conduct_levels)
                except AppError as error:
                    refused[CellKey(pupil, key)] = error
                    continue
                if new != row:
                    field = key[4:]
                    said.append([pupil, key, conduct_text(row, field), conduct_text(new, field)])
                    changed[at] = new
            if refused:
                raise _refusal(refused, {e.pupil_id: e.profile.full_name for e in facts.entries})
            if not changed and not years:
                head, _ = uow.trail.head()
                return CommandResult(frozenset(), head, "Không có gì thay đổi", class_id)
            uow.marks.put_conduct(class_id, list(changed.values()))
            uow.marks.put_year_conduct(class_id, years)
            now = self._clock.now()
            # The year's level is closed with the second term.
            for term in sorted({term for _, term in changed} | ({Term.HK2} if years else set())):
                uow.control.void_confirmations(
                    class_id,
                    None,
                    period_of(term),
                    now,
                    f"{facts.regulation.circular.conduct_word} thay đổi",
                )
            seq = uow.trail.append(
                TrailDraft(
                    "conduct.set",
                    {"class": facts.klass.name, "gesture": gesture, "changes": said},
                    class_id,
                ),
                actor,
                now,
            )
            uow.commit()
        return CommandResult(
            frozenset({Topic.CONDUCT, Topic.RESULTS}), seq, f"Đã lưu {len(said)} ô", class_id
        )

    def _set_year(
        self,
        facts: ClassFacts,
        locks: ClassLocks,
        pupil: PupilId,
        text: str,
        years: dict[PupilId, str],
        said: list[list[object]],
    ) -> None:
        """One level of the year, where the circular has it entered (TT58/2011, Điều 3)."""
        old = years.get(pupil, facts.studies.year_conduct.get(pupil, ""))
        stopped = stopped_column(locks, YEAR_LEVEL, self._clock.today(), is_empty=not old)
        if stopped is not None:
            raise RuleRefused("locked", stopped.sentence, why=stopped)
        new = parse_level(text, facts.regulation.conduct_levels)
        if new != old:
            said.append([pupil, YEAR_LEVEL, old, new])
            years[pupil] = new

    def history(self, class_id: ClassId, pupil: PupilId, key: str) -> list[str]:
        """Everything that happened to one cell, oldest first, a sentence each."""
        with self._uows.read() as uow:
            entries = uow.trail.entries(newest=_WHOLE_YEAR, class_id=class_id, kind="conduct.set")
        return [
            f"{datetime.fromisoformat(entry.at):%d/%m %H:%M} {entry.actor}: "
            f"{old or 'trống'} → {new or 'trống'}"
            for entry in reversed(entries)
            for who, column, old, new in json.loads(entry.detail)["changes"]
            if (who, column) == (pupil, key)
        ]


def _permit(actor: Actor, facts: ClassFacts, pupil: PupilId, key: str) -> None:
    """Refuse computed columns, other people's classes and pupils who are not there."""
    if key not in dict(CONDUCT_COLUMNS) or is_computed(facts, key):
        raise RuleRefused("computed", "Cột này máy tự tính nên không gõ được.")
    if facts.klass.id not in actor.homeroom:
        raise RuleRefused("not_homeroom", _not_homeroom(actor, facts))
    counted = counted_by_attendance(facts.attendance, key)
    if counted is not None:
        raise RuleRefused("from_attendance", counted.sentence, why=counted)
    entry = next((e for e in facts.entries if e.pupil_id == pupil), None)
    if entry is None or entry.left_on is not None:
        raise RuleRefused("pupil_left", "Học sinh không còn trong lớp nên dòng này chỉ để xem.")


def is_computed(facts: ClassFacts, key: str) -> bool:
    """Whether a column follows from others: the year's, but for a level that is entered."""
    entered = key == YEAR_LEVEL and not facts.regulation.conduct_year_is_computed
    return key.startswith("YEAR") and not entered


def counted_by_attendance(attendance: ClassAttendance | None, key: str) -> WhyLocked | None:
    """Why a column of days absent is not typed: the term keeps điểm danh, which counts them."""
    term, _, name = key.partition(".")
    if attendance is None or name not in ("excused", "unexcused"):
        return None
    if Term(term) not in attendance.kept:
        return None
    missing = attendance.missing_words(Term(term))
    state = f" Còn {missing} chưa báo đủ nên đây là số tạm tính." if missing else ""
    return WhyLocked(
        f"Số buổi nghỉ {Term(term).words} máy đếm từ trang Điểm danh nên không gõ ở đây.{state}",
        how="Ghi hoặc sửa ở trang Điểm danh, đúng ngày nghỉ",
    )


def stopped_column(locks: ClassLocks, key: str, today: date, *, is_empty: bool) -> WhyLocked | None:
    """The lock that stops a cell of a typed column today, or None."""
    return refusal(
        locks,
        period=Period.HK2 if key == YEAR_LEVEL else period_of(Term(key[:3])),
        subject_id=0,
        assessment_id=None,
        is_empty=is_empty,
        today=today,
    )


def _refusal(refused: Mapping[CellKey, AppError], names: Mapping[PupilId, str]) -> AppError:
    """The one refusal, or all of them as one with a sentence a cell (`facts["cells"]`)."""
    titles = dict(CONDUCT_COLUMNS)
    cells = {
        key: f"{names.get(key.pupil_id, 'Học sinh lạ')}, {titles.get(key.column, 'cột lạ')}: "
        f"{error.sentence}"
        for key, error in refused.items()
    }
    if len(refused) == 1:
        first = next(iter(refused.values()))
        return type(first)(first.code, first.sentence, **{**first.facts, "cells": cells})
    shown = " ".join(list(cells.values())[:3])
    more = "" if len(cells) <= 3 else f" Và {len(cells) - 3} ô khác."
    return RuleRefused(
        "cells_refused",
        f"Chưa ghi ô nào vì {len(cells)} ô không nhận được: {shown}{more}",
        cells=cells,
    )


def initials_of(level: str) -> str:
    """What stands for a level when typed: "CĐ" of "Chưa đạt"; TT58's books write "Tb"."""
    words = level.split()
    return "Tb" if level == "Trung bình" else "".join(word[0].upper() for word in words)


def parse_level(text: str, levels: tuple[str, ...]) -> str:
    """A conduct level as typed: full words or initials (T, K, Đ, CĐ), marks optional."""
    typed = fold(text)
    if not typed:
        return ""
    for level in levels:
        if typed in (fold(level), fold(initials_of(level))):
            return level
    raise RuleRefused(
        "not_a_level",
        f"“{clean(text)[:24]}” không có trong các mức của thông tư; hãy ghi {', '.join(levels)} "
        f"(hoặc chữ đầu {', '.join(initials_of(level) for level in levels)}).",
    )


def row_with(row: ConductRow, field: str, text: str, levels: tuple[str, ...]) -> ConductRow:
    """The row with one field as typed, or the refusal of a wrong text."""
    match field:
        case "level":
            return replace(row, level=parse_level(text, levels))
        case "comment":
            return replace(row, comment=parse_comment(text))
        case "excused":
            return replace(row, excused=_buoi(text))
        case _:
            return replace(row, unexcused=_buoi(text))


def _buoi(text: str) -> int | None:
    typed = clean(text)
    if not typed:
        return None
    # Python refuses to read very long numbers, so their length is looked at first.
    read = typed.isascii() and typed.isdigit() and len(typed) <= 6
    if not read or int(typed) > MOST_BUOI:
        raise RuleRefused(
            "not_a_count",
            f"“{typed[:24]}” không phải số buổi nghỉ; hãy ghi số nguyên từ 0 đến {MOST_BUOI}.",
        )
    return int(typed)


def conduct_text(row: ConductRow, field: str) -> str:
    """A field as the trail keeps it; 0 buổi is a fact, None is an empty cell."""
    value = getattr(row, field)
    return "" if value is None else str(value)


def blank_row(pupil: PupilId, term: Term) -> ConductRow:
    """A row in which nothing is entered."""
    return ConductRow(pupil, term, "", "", None, None)


def load_conduct(uow: UnitOfWork, class_id: ClassId) -> ClassFacts:
    """The class without its marks: rèn luyện depends on none, and a key must not wait for them."""
    klass = uow.school.class_(class_id)
    year = uow.school.year(klass.school_year_id)
    entries = uow.roster.entries(class_id)
    attendance = load_attendance(uow, klass, year, entries)
    return ClassFacts(
        klass=klass,
        year=year,
        subjects=(),
        entries=entries,
        assessments=(),
        cells={},
        comments={},
        conduct=with_days_absent(uow.marks.conduct(class_id), entries, attendance),
        studies=load_studies(uow, klass),
        readings=readings_of(uow, year.id),
        attendance=attendance,
    )


def _texts(facts: ClassFacts, pupil: PupilId) -> dict[str, str]:
    levels = facts.pupil_year(pupil).conduct
    nothing = "–" if facts.regulation.conduct_year_is_computed else ""
    texts = {YEAR_LEVEL: facts.regulation.conduct_year(levels) or nothing}
    total = facts.absences(pupil)
    texts["YEAR.absences"] = "–" if total is None else str(total)
    for term in Term:
        row = facts.conduct.get((pupil, term)) or blank_row(pupil, term)
        texts[f"{term}.level"] = row.level
        texts[f"{term}.comment"] = row.comment
        texts[f"{term}.excused"] = "" if row.excused is None else str(row.excused)
        texts[f"{term}.unexcused"] = "" if row.unexcused is None else str(row.unexcused)
        if facts.attendance is not None and term in facts.attendance.kept:
            # Shown as counted so far; the year's total waits for every month.
            excused, unexcused = facts.attendance.count(pupil, term)
            texts[f"{term}.excused"], texts[f"{term}.unexcused"] = str(excused), str(unexcused)
    return texts


def _not_homeroom(actor: Actor, facts: ClassFacts) -> str:
    return (
        f"{actor.name} không phải giáo viên chủ nhiệm lớp {facts.klass.name} nên chỉ xem; "
        f"{facts.regulation.circular.conduct_word.lower()} do giáo viên chủ nhiệm ghi."
    )
