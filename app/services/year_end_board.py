"""Puts the year end of a class on screen: lines of the lists, the summer's work, whose turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.actor import Actor
from app.domain.ids import PupilId
from app.domain.marks import value_text
from app.domain.periods import Period
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.domain.year_end import ListKind, ListRow, YearList, YearStage
from app.ports import UnitOfWork
from app.readmodels.results_table import UNKNOWN
from app.readmodels.year_end import ListLine, SummerLine, YearEndBoard
from app.regulations.base import LAST_GRADES, Promotion
from app.regulations.registry import circular, is_primary
from app.services.summer_rules import ABSENT_WORDS, why_not
from app.services.year_end_state import YearEndState
from app.services.year_lists import PRINCIPALS, PupilYearEnd, summer_result


def board_of(uow: UnitOfWork, state: YearEndState, actor: Actor, today: date) -> YearEndBoard:
    """The board for one person on one day."""
    facts, locks = state.facts, state.locks
    stage = state.stage
    standing = state.standing(stage)
    stale = standing is not None and state.is_stale(standing)
    approved = state.approved(stage) is not None
    homeroom = facts.klass.id in actor.homeroom
    open_now = state.year_closed and locks.seal is None
    summer_done = stage is YearStage.YEAR or not state.unsettled
    closed = locks.closes.get(state.year_period)
    summer_closed = locks.closes.get(Period.HE)
    return YearEndBoard(
        class_id=facts.klass.id,
        class_name=facts.klass.name,
        year_name=facts.year.name,
        grade=facts.klass.grade,
        stage=stage,
        lists=list_lines(state, stage, actor),
        labels={kind: list_label(kind, facts.klass) for kind in ListKind},
        standing=standing,
        stale=stale,
        voided=_last_voided(state, stage),
        next_step=next_step(state),
        may_propose=open_now and homeroom and summer_done and (standing is None or stale),
        may_approve=open_now
        and standing is not None
        and not stale
        and not approved
        and summer_done
        and not state.undecided,
        may_print=state.approved_stage is not None,
        may_reopen=open_now and summer_closed is not None,
        closed_at=None if closed is None else closed.closed_at,
        summer_closed_at=None if summer_closed is None else summer_closed.closed_at,
        summer=_summer_lines(uow, state, actor, today),
        summer_words=_summer_words(state, today),
        conduct_levels=() if facts.primary is not None else facts.regulation.conduct_levels,
        learning_word=circular(facts.klass.regulation).learning_word,
        conduct_word=circular(facts.klass.regulation).conduct_word,
        reassess_word=circular(facts.klass.regulation).reassess_word,
        deciders=tuple(
            (account.uid, account.full_name)
            for account in uow.accounts.all(today)
            if account.disabled_on is None and Role.PRINCIPAL.value in account.roles
        ),
    )


def list_label(kind: ListKind, klass: SchoolClass) -> str:
    """Name of a list of a class, in the words of its circular."""
    own = {p.value: words for p, words in circular(klass.regulation).promotion_words.items()}
    last, primary = LAST_GRADES.get(klass.grade, ""), is_primary(klass.regulation)
    return own.get(kind.value) or kind.label(last, primary=primary)


def list_lines(
    state: YearEndState, stage: YearStage, actor: Actor | None = None
) -> dict[ListKind, tuple[ListLine, ...]]:
    """Each list of a stage with its pupils in roster order, a pupil's subjects in one line."""
    ends = {end.entry.pupil_id: end for end in state.ends}
    found: dict[ListKind, dict[PupilId, list[ListRow]]] = {kind: {} for kind in ListKind}
    for row in state.rows(stage):
        found[row.kind].setdefault(row.pupil_id, []).append(row)
    decides = actor is not None and actor.has(Role.PRINCIPAL) and state.year_closed
    return {
        kind: tuple(
            _line(state, stage, kind, ends[pupil], rows, decides=decides)
            for pupil, rows in pupils.items()
        )
        for kind, pupils in found.items()
    }


def _line(
    state: YearEndState,
    stage: YearStage,
    kind: ListKind,
    end: PupilYearEnd,
    rows: list[ListRow],
    *,
    decides: bool,
) -> ListLine:
    results, entry = end.results, end.entry
    of_year = stage is YearStage.YEAR
    learning = results.learning_year if of_year else results.learning_final
    conduct = results.conduct_year if of_year else results.conduct_final
    absences = state.facts.absences(entry.pupil_id)
    decision = end.decision if end.now in PRINCIPALS else None
    match kind:
        case ListKind.REASSESS:
            detail = ", ".join(
                state.item_name(row.subject_id, row.note)
                for row in rows
                if row.subject_id is not None
            )
        case ListKind.AWARD:
            detail = rows[0].note
        case ListKind.UNDECIDED:
            detail = _why_open(end)
        case _ if decision is not None:
            detail = f"Hiệu trưởng quyết định, QĐ số {decision.decision_no}: {decision.reason}"
        case _:
            detail = "Sau kì nghỉ hè" if end.after_summer else ""
    return ListLine(
        entry.pupil_id,
        entry.position,
        entry.profile.full_name,
        UNKNOWN if learning is None else learning.final,
        conduct or UNKNOWN,
        UNKNOWN if absences is None else str(absences),
        detail,
        decidable=decides and end.now in PRINCIPALS and state.locks.seal is None,
    )


def _why_open(end: PupilYearEnd) -> str:
    """Why the circular gives no outcome."""
    if end.now is Promotion.INCOMPLETE:
        return "Chưa đủ dữ liệu để xét"
    if end.results.reassess:
        return "Đánh giá bổ sung chưa đạt (Điều 11)"
    if end.results.learning_year is None:
        return "Có môn được miễn học (Điều 11)"
    return "Học tập và rèn luyện cùng Chưa đạt"


def _last_voided(state: YearEndState, stage: YearStage) -> YearList | None:
    """The last list of a stage, when a change voided it and nobody proposed anew."""
    of_stage = [item for item in state.lists if item.stage is stage]
    return of_stage[-1] if of_stage and not of_stage[-1].stands else None


def next_step(state: YearEndState) -> str:
    """What comes next and whose turn it is, in one sentence."""
    words = state.stage.words
    standing = state.standing(state.stage)
    stale = standing is not None and state.is_stale(standing)
    if state.locks.seal is not None:
        return "Năm học đã niêm phong."
    if not state.year_closed:
        return "Chưa chốt cả năm: danh sách dưới đây là tạm tính."
    if state.stage is YearStage.SUMMER and state.unsettled:
        left = state.unsettled
        return f"Chờ {len(left)} kết quả sau hè: {state.named(left)}."
    if standing is None:
        return f"Chờ giáo viên chủ nhiệm đề nghị danh sách {words}."
    if stale:
        return "Kết quả đã đổi sau khi đề nghị: giáo viên chủ nhiệm xem và đề nghị lại."
    if standing.approved:
        done = f"{standing.approved_by} đã duyệt ngày {standing.approved_at:%d/%m/%Y}"
        return f"{done}, QĐ số {standing.decision_no}."
    if state.undecided:
        return f"{len(state.undecided)} học sinh chờ hiệu trưởng quyết định trước khi duyệt."
    return f"{standing.proposed_by} đã đề nghị; chờ hiệu trưởng duyệt."


def _summer_lines(
    uow: UnitOfWork, state: YearEndState, actor: Actor, today: date
) -> tuple[SummerLine, ...]:
    facts = state.facts
    names = {a.id: a.full_name for a in uow.accounts.all(today)}
    teachers: Mapping[object, str] = {
        given.subject_id: names.get(given.account_id, "")
        for given in uow.accounts.assignments(facts.klass.id)
        if given.covers(today)
    }
    ends = {end.entry.pupil_id: end for end in state.ends}
    subjects = {subject.id: (at, subject) for at, subject in enumerate(facts.subjects)}
    year = facts.before_summer()
    before = year.results()
    primary = year.primary
    found: list[SummerLine] = []
    for row in state.summer_rows:
        end = ends.get(row.pupil_id)
        if end is None:
            continue
        entry = end.entry
        stopped = why_not(state, actor, row.pupil_id, row.subject_id, today, row.note)
        if row.subject_id is not None:
            at, subject = subjects[row.subject_id]
            result = summer_result(facts.summer, row.pupil_id, row.subject_id, row.note)
            value = before[row.pupil_id].subjects[at].year
            if primary is not None:
                value = primary.year_value(row.pupil_id, row.subject_id, row.note)
            kind = subject.kind_of(row.note)
            new = "" if result is None else ABSENT_WORDS
            if result is not None and result.value is not None:
                new = value_text(result.value, kind)
            line = SummerLine(
                row.pupil_id, entry.position, entry.profile.full_name, subject.id,
                state.item_name(subject.id, row.note), kind,
                "" if value is None else value_text(value, kind), new,
                result.document if result else "", result.late if result else False,
                teachers.get(subject.id, ""), _after(end, facts.klass),
                stopped is None, "" if stopped is None else stopped.sentence, row.note,
            )  # fmt: skip
        else:
            after = facts.summer.conduct.get(row.pupil_id)
            line = SummerLine(
                row.pupil_id, entry.position, entry.profile.full_name, None,
                circular(facts.klass.regulation).conduct_word, None,
                before[row.pupil_id].conduct_year or "", after.level if after else "",
                after.document if after else "", after.late if after else False,
                teachers.get(None, ""), _after(end, facts.klass),
                stopped is None, "" if stopped is None else stopped.sentence,
            )  # fmt: skip
        found.append(line)
    return tuple(found)


def _after(end: PupilYearEnd, klass: SchoolClass) -> str:
    """The outcome once every result of the pupil is there."""
    if end.pending:
        return "Chờ đủ kết quả"
    return circular(klass.regulation).promotion_label(end.outcome, klass.grade)


def _summer_words(state: YearEndState, today: date) -> str:
    """Who is open, until when, or why nobody is."""
    if state.approved(YearStage.YEAR) is None:
        return (
            "Kỳ sau hè chỉ mở cho học sinh trong danh sách hiệu trưởng đã duyệt; danh sách cuối "
            "năm của lớp chưa được duyệt."
        )
    if not state.summer_rows:
        return "Không học sinh nào của lớp phải đánh giá lại hay rèn luyện trong hè."
    closed = state.locks.closes.get(Period.HE)
    if closed is not None:
        return f"Đã chốt sau hè ngày {closed.closed_at:%d/%m/%Y}, QĐ số {closed.decision_no}."
    window = state.locks.window_for(Period.HE, today)
    if window is not None:
        return f"Đang mở đến {window.closes_on:%d/%m/%Y}, QĐ số {window.decision_no}."
    return "Chưa mở đợt nhập sau kì nghỉ hè; hiệu trưởng mở ở trang Đóng mở sổ."
