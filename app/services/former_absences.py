"""Buổi nghỉ ở trường cũ: days a pupil missed at the former school, added to the term's count.

Where the class keeps điểm danh nothing can be typed with rèn luyện, so a pupil who came during the
year would lose those days; the limit of the year counts them all (TT22/2021, Điều 12 khoản 1c).
The office enters them from the paper that came with the pupil (M182).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.attendance import FormerDays, stopped
from app.domain.ids import ClassId, PupilId
from app.domain.movements import NO_PAPER, MovementKind
from app.domain.periods import Term, semester_closers
from app.domain.school import SchoolClass
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.regulations.registry import is_primary
from app.services.class_attendance import load_attendance
from app.services.conduct_entry import MOST_BUOI
from app.services.roster import MARK_WRITERS, find_entry
from app.services.roster_rules import refuse_sealed
from app.services.standing import require_standing
from app.text import clean, date_vn

_WHAT = "ghi buổi nghỉ ở trường cũ"
_LIMIT = 200
_TOPICS = frozenset({Topic.ATTENDANCE, Topic.CONDUCT, Topic.RESULTS, Topic.TRAIL})


@dataclass(frozen=True, slots=True)
class FormerAbsenceForm:
    """What the dialog starts from: per term what stands there and why it takes nothing ("")."""

    pupil_name: str
    days: dict[Term, FormerDays | None]
    stops: dict[Term, str]
    school: str = ""
    document: str = ""


class FormerAbsences:
    """Shows and writes the counts of one pupil."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def form(self, actor: Actor, class_id: ClassId, pupil_id: PupilId) -> FormerAbsenceForm:
        """What is entered of the pupil."""
        require(actor, _WHAT, *MARK_WRITERS)
        with self._uows.read() as uow:
            klass = uow.school.class_(class_id)
            entry = find_entry(uow, klass, pupil_id)
            kept = uow.attendance.former(klass.school_year_id)
            by_days = _terms_by_days(uow, klass)
            locks = uow.control.class_locks(class_id)
            came = [
                step.paper
                for step in uow.pupils.movements_of(pupil_id)
                if step.kind is MovementKind.TRANSFER_IN
            ]
        today = self._clock.today()
        stops = {}
        for term in Term:
            is_empty = (pupil_id, term) not in kept
            why = stopped(locks, term, today, is_empty=is_empty)
            stops[term] = "" if why is None else why.sentence
            if term not in by_days:
                stops[term] = _typed(klass, term).sentence
        days = {term: kept.get((pupil_id, term)) for term in Term}
        paper = came[-1] if came else NO_PAPER
        return FormerAbsenceForm(entry.profile.full_name, days, stops, paper.school, paper.document)

    def enter(
        self,
        actor: Actor,
        class_id: ClassId,
        pupil_id: PupilId,
        term: Term,
        excused: str,
        unexcused: str,
        school: str,
        document: str,
    ) -> CommandResult:
        """Write the counts of a term as the paper says them; later words replace them.

        Refused after the close of the term (a late opening lets an empty one be filled).
        """
        require(actor, _WHAT, *MARK_WRITERS)
        counts = (_count(excused, "có phép"), _count(unexcused, "không phép"))
        origin = {"Tên trường cũ": clean(school), "Giấy tờ kèm theo": clean(document)}
        for words, text in origin.items():
            if not text:
                raise RuleRefused(
                    "origin_missing",
                    f"{words} còn trống nên chưa ghi buổi nghỉ; số buổi ở trường cũ phải nói rõ "
                    "trường và giấy tờ.",
                )
            refuse_too_long(text, words, _LIMIT)
        days = FormerDays(*counts, *origin.values())
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, now.date(), _WHAT, *MARK_WRITERS)
            klass = uow.school.class_(class_id)
            refuse_sealed(uow, klass)
            entry = find_entry(uow, klass, pupil_id)
            name = entry.profile.full_name
            if entry.left_on is not None:
                raise RuleRefused(
                    "pupil_left",
                    f"{name} đã rời lớp {klass.name} ngày {date_vn(entry.left_on)} nên không ghi "
                    "được.",
                )
            if term not in _terms_by_days(uow, klass):
                raise _typed(klass, term)
            year_id = klass.school_year_id
            before = uow.attendance.former(year_id).get((pupil_id, term))
            locks = uow.control.class_locks(class_id)
            why = stopped(locks, term, now.date(), is_empty=before is None)
            if why is not None:
                raise RuleRefused("locked", why.sentence, why=why)
            if days == before:
                raise RuleRefused("nothing_changed", f"Số buổi nghỉ của {name} không đổi gì.")
            uow.attendance.put_former(year_id, pupil_id, term, days, actor.account_id, now)
            for period in semester_closers(term):
                uow.control.void_confirmations(
                    class_id, None, period, now, "Ghi buổi nghỉ ở trường cũ"
                )
            detail = {
                "class": klass.name,
                "pupil": pupil_id,
                "name": name,
                "term": term.value,
                "old": None if before is None else [before.excused, before.unexcused],
                "new": list(counts),
                "school": days.school,
                "document": days.document,
            }
            draft = TrailDraft("attendance.former", detail, class_id)
            seq = uow.trail.append(draft, actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi buổi nghỉ ở trường cũ của {name}", class_id)


def _terms_by_days(uow: UnitOfWork, klass: SchoolClass) -> frozenset[Term]:
    year = uow.school.year(klass.school_year_id)
    attendance = load_attendance(uow, klass, year, uow.roster.entries(klass.id))
    return frozenset() if attendance is None else attendance.kept


def _typed(klass: SchoolClass, term: Term) -> RuleRefused:
    return RuleRefused(
        "typed_with_conduct",
        f"Lớp {klass.name} không điểm danh {term.words} trên máy"
        + (
            " nên không có số buổi nghỉ để cộng vào."
            if is_primary(klass.regulation)
            else ", số buổi nghỉ gõ ở trang Rèn luyện; giáo viên chủ nhiệm cộng số buổi ở trường "
            "cũ vào ô ấy."
        ),
    )


def _count(text: str, words: str) -> int:
    typed = clean(text) or "0"
    read = typed.isascii() and typed.isdigit() and len(typed) <= 6
    if not read or int(typed) > MOST_BUOI:
        raise RuleRefused(
            "not_a_count",
            f"“{typed[:24]}” không phải số buổi nghỉ {words}; hãy ghi số nguyên từ 0 đến "
            f"{MOST_BUOI}.",
        )
    return int(typed)
