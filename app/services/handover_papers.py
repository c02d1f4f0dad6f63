"""Bàn giao học sinh: lớp 1 to 4 to next year's GVCN, lớp 5 to a THCS school.

TT27/2020, Điều 12: the GVCN tells the next teacher of strengths and limits and hands the files of
assessment over. The form is not laid down; this one says who has which result, and what the next
teacher should know, from the levels, the GVCN's own remark and what the principal decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import ClassId, PupilId
from app.domain.periods import Period
from app.domain.primary_levels import SubjectLevel, TraitLevel
from app.domain.print_runs import HANDOVER
from app.domain.pupils import RosterEntry
from app.domain.school import School, SchoolClass
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.handover import Handover, HandoverPupil, handover_digest
from app.regulations.base import LAST_GRADES, Promotion
from app.regulations.primary import Assessment, PrimaryPromotion, YearResult
from app.services.book_assembly import book_people, school_lines
from app.services.primary_inputs import PrimaryFacts
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.printing import PRINTERS
from app.services.standing import require_standing
from app.services.year_end_state import YearEndState, load_state
from app.services.year_lists import PupilYearEnd
from app.text import date_vn

_WHAT = "in biên bản bàn giao học sinh"
_SHOWN = 4
"""More subjects than this are counted, not named."""


class HandoverPapers:
    """Prints the minutes of a class as a numbered run."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def print(self, actor: Actor, class_id: ClassId) -> CommandResult:
        """The payload is `Printed`; refused before the year's lists are approved."""
        day = self._clock.today()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, day, _WHAT, *PRINTERS)
            minutes = assemble_handover(uow, class_id, day)
            year_id = uow.school.class_(class_id).school_year_id
            stamp = official_stamp(uow, year_id, handover_digest(minutes), self._clock.now())
            pdf = self._press.handover(minutes, stamp)
            title = f"Biên bản bàn giao học sinh lớp {minutes.class_name}"
            run = official_run(actor, year_id, HANDOVER, title, stamp, pdf, class_id=class_id)
            return keep_run(uow, actor, run, pdf)


def assemble_handover(uow: UnitOfWork, class_id: ClassId, day: date) -> Handover:
    """The minutes as of `day`. Raises RuleRefused for a secondary class and before approval."""
    state = load_state(uow, class_id)
    facts, primary = state.facts, state.facts.primary
    klass = facts.klass
    if primary is None:
        raise RuleRefused(
            "no_such_form",
            f"Lớp {klass.name} không phải lớp tiểu học nên không có biên bản bàn giao này; hãy "
            "chọn lớp từ khối 1 đến khối 5.",
        )
    if state.approved_stage is None:
        raise RuleRefused(
            "lists_not_approved",
            f"Danh sách {state.stage.words} lớp {klass.name} chưa được hiệu trưởng duyệt nên chưa "
            "bàn giao; hãy duyệt ở trang Tổng kết trước.",
        )
    people = book_people(uow, facts, facts.year.people_day(day))
    school = uow.school.get() or School("", "th", "", "", "")
    last = klass.grade in LAST_GRADES
    receiving, receiver = ("", "") if last else _receiver(uow, state, day)
    rows = _Rows(state, primary)
    inclusive = sum(bool(end.entry.profile.inclusion) for end in state.ends)
    papers = [f"Học bạ: {len(state.ends)} quyển;"]
    if inclusive:
        papers.append(f"Kế hoạch giáo dục cá nhân: {inclusive} bộ;")
    papers.append("Bảng tổng hợp kết quả đánh giá giáo dục của lớp (bản sao).")
    return Handover(
        school=school_lines(school),
        number="",
        day=day.day,
        month=day.month,
        year=day.year,
        class_name=klass.name,
        grade=klass.grade,
        school_year=facts.year.name.replace("-", "–"),
        circular=primary.rules.circular.number,
        to_secondary=last,
        receiving_class=receiving,
        receiver=receiver,
        homeroom_teacher=people.homeroom,
        principal=people.principal,
        has_result=bool(primary.rules.result_levels),
        counts=tuple(_counts(state, primary)),
        pupils=tuple(rows.pupil(end) for end in state.ends),
        papers=tuple(papers),
    )


class _Rows:
    """Lines of the table."""

    def __init__(self, state: YearEndState, primary: PrimaryFacts) -> None:
        self._facts, self._primary = state.facts, primary
        sheet = next((s for s in self._facts.subjects if s.kind is SubjectKind.TRAITS), None)
        self._remarks = {
            pupil: text
            for (subject, term, pupil), text in self._facts.comments.items()
            if term is Period.CN and sheet is not None and subject == sheet.id
        }

    def pupil(self, end: PupilYearEnd) -> HandoverPupil:
        """One pupil still in the class."""
        entry = end.entry
        found = self._primary.found(entry.pupil_id)
        final = found.after or self._primary.assessment(entry.pupil_id, Period.CN)
        result = "" if found.result is None else found.result.value
        return HandoverPupil(
            entry.position,
            entry.profile.full_name,
            date_vn(entry.profile.birth_date),
            result,
            "x" if found.completed is True else "",
            self._strengths(entry.pupil_id, found.title, final),
            ", ".join(_limits(final)),
            "; ".join(self._support(entry, end)),
        )

    def _strengths(self, pupil: PupilId, title: str | None, final: Assessment) -> str:
        """The title, the GVCN's remark, else the subjects that went best while others did not."""
        said = [part for part in (title, self._remarks.get(pupil, "")) if part]
        if said:
            return "; ".join(said)
        best = [item.name for item in final.levels if item.level is SubjectLevel.GOOD]
        if not best:
            return ""
        if len(best) > _SHOWN:
            return f"Hoàn thành tốt {len(best)}/{len(final.levels)} môn học, HĐGD"
        return f"Hoàn thành tốt {', '.join(best)}"

    def _support(self, entry: RosterEntry, end: PupilYearEnd) -> Iterator[str]:
        if entry.profile.inclusion:
            yield f"HS khuyết tật {entry.profile.inclusion.lower()}, có KHGDCN"
        if end.outcome is Promotion.RETAINED:
            yield self._primary.rules.promotion_label(
                PrimaryPromotion.RETAINED, self._primary.klass.grade
            )
        elif end.decision is not None:
            yield f"Lên lớp theo quyết định {end.decision.decision_no}"
        elif end.pending:
            yield self._primary.rules.circular.promotion_label(
                end.outcome, self._primary.klass.grade
            )


def _limits(final: Assessment) -> Iterator[str]:
    """Subjects and traits at the lowest level, tests under 5."""
    low = {item.name for item in final.levels if item.level is SubjectLevel.NOT_DONE}
    yield from (item.name for item in final.levels if item.name in low)
    yield from (
        f"{test.name} (KTĐK {test.score // 10})"
        for test in final.scores
        if test.score is not None and test.score < _PASS and test.name not in low
    )
    yield from (item.name for item in final.traits if item.level is TraitLevel.NEEDS_EFFORT)


_PASS = 50
"""Tenths: Điểm KTĐK from 5 on (Điều 9)."""


def _counts(state: YearEndState, primary: PrimaryFacts) -> Iterator[str]:
    ends = state.ends
    completed = sum(primary.found(end.entry.pupil_id).completed is True for end in ends)
    outcomes = Counter(end.outcome for end in ends)
    grade = state.facts.klass.grade
    done = "chương trình tiểu học" if grade in LAST_GRADES else f"chương trình lớp {grade}"
    yield f"Số học sinh: {len(ends)}; hoàn thành {done}: {completed}."
    retained = outcomes[Promotion.RETAINED]
    pending = len(ends) - outcomes[Promotion.PROMOTED] - retained
    waiting = f"; chờ đánh giá bổ sung hoặc quyết định: {pending}" if pending else ""
    yield f"Được lên lớp: {outcomes[Promotion.PROMOTED]}; chưa được lên lớp: {retained}{waiting}."
    results = Counter(
        found.result for end in ends if (found := primary.found(end.entry.pupil_id)).result
    )
    if results:
        said = "; ".join(f"{result.value}: {results[result]}" for result in YearResult)
        yield f"Kết quả giáo dục: {said}."


def _receiver(uow: UnitOfWork, state: YearEndState, day: date) -> tuple[str, str]:
    """(class, GVCN) that most pupils go to next year; "" until that year has its classes."""
    this = state.facts.year
    coming = next((y for y in uow.school.years() if y.first_year == this.first_year + 1), None)
    if coming is None:
        return "", ""
    grade = state.facts.klass.grade + 1
    classes = {k.id: k for k in uow.school.classes(coming.id) if k.grade == grade}
    seats = Counter(
        seat.class_id for seat in uow.roster.seats_of(state.facts.klass.id)
        if seat.class_id in classes
    )  # fmt: skip
    if not seats:
        return "", ""
    klass: SchoolClass = classes[seats.most_common(1)[0][0]]
    then = max(day, coming.starts_on)
    names = {account.id: account.full_name for account in uow.accounts.all(then)}
    teacher = next(
        (
            names.get(held.account_id, "")
            for held in uow.accounts.assignments(klass.id)
            if held.subject_id is None and held.covers(then)
        ),
        "",
    )
    return f"{klass.name}, năm học {coming.name.replace('-', '–')}", teacher
