"""Questions answered from the trail's marks: after the close, how cells ended, unusual times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.ids import ClassId
from app.domain.inquiries import Question, Verdict, WorkHours
from app.domain.locks import LateOpening
from app.domain.net_change import CellStep
from app.domain.periods import Period, entry_term
from app.domain.rule_catalogue import SUNDAY_OFF, WORK_BEGINS, WORK_ENDS
from app.domain.rules import RuleSet
from app.domain.subjects import column_title
from app.domain.trail import TrailEntry
from app.ports import UnitOfWork
from app.readmodels.inquiry import Answer, AnswerColumn
from app.services.net_changes import approver_names, grounds_words, net_change_report
from app.services.rules_in_force import rules_of
from app.services.trail_sentences import WORDINGS, day_of, title_of, when
from app.text import date_vn
from app.trail_ports import ChangeScope, LooseWrite

_PLACE = (
    AnswerColumn("Lớp", 8, centred=True),
    AnswerColumn("Học sinh", 20),
    AnswerColumn("Môn, cột", 22),
)
_EMPTY = "(trống)"


def after_close(uow: UnitOfWork, scope: ChangeScope) -> Answer:
    """1. Every cell written after its class x period was closed, with who allowed it."""
    steps = uow.changes.after_close(scope)
    approvers = _approvers(uow, scope)
    openings = _openings(uow, scope)
    rows = []
    loose = 0
    for step in steps:
        ground = _ground(step, approvers, openings)
        loose += not ground
        rows.append(
            (
                step.class_name,
                step.pupil,
                column_of_step(step),
                step.old or step.before or _EMPTY,
                step.new or "xóa",
                f"{step.actor}, {when(step.at)}",
                ground or "không thấy căn cứ",
            )
        )
    if not steps:
        said = "Không ô điểm nào được ghi hoặc đổi sau khi chốt."
        verdict = Verdict.CLEAR
    else:
        by_case = sum(bool(step.case) for step in steps)
        said = (
            f"{len(steps)} lần ghi sau khi chốt, ở {len({s.class_name for s in steps})} lớp: "
            f"{by_case} lần theo hồ sơ sửa điểm, {len(steps) - by_case - loose} lần ghi ô trống "
            f"theo quyết định mở bổ sung, {loose} lần không thấy căn cứ."
        )
        verdict = Verdict.ATTENTION if loose else Verdict.GROUNDED
    return Answer(
        Question.AFTER_CLOSE,
        verdict,
        (said, _closed_words(uow, scope)),
        (
            *_PLACE,
            AnswerColumn("Trước", 9, centred=True),
            AnswerColumn("Sau", 9, centred=True),
            AnswerColumn("Ai, lúc nào", 24),
            AnswerColumn("Căn cứ", 22),
        ),
        tuple(rows),
    )


def ended_different(uow: UnitOfWork, scope: ChangeScope) -> Answer:
    """7. Net change: first value, last value, direction, who, by which case."""
    found = net_change_report(uow.changes.steps(scope))
    approvers = _approvers(uow, scope)
    rows = tuple(
        (
            c.place.class_name,
            c.place.pupil,
            column_of_step(c.place),
            c.first or _EMPTY,
            c.last or "xóa",
            c.direction.value,
            ", ".join(c.people),
            grounds_words(c, approvers),
        )
        for c in found.changes
        if c.differs
    )
    unapproved = sum(bool(c.unapproved) for c in found.changes if c.differs)
    if not rows:
        said = "Không ô điểm nào sau cùng khác giá trị ban đầu."
    else:
        said = (
            f"{len(rows)} ô sau cùng khác ban đầu: {found.up} ô tăng, {found.down} ô giảm, "
            f"{found.other} ô bị xóa hoặc đổi trạng thái; {found.same} ô có sửa nhưng trở về như "
            f"cũ. Do {len(found.people)} người sửa; {unapproved} ô có lần sửa khi cột còn mở, "
            "không qua hồ sơ."
        )
    people = tuple(
        f"{one.key}: {one.cells} ô, {one.steps} lần ({one.up} tăng, {one.down} giảm)."
        for one in found.people
    )
    return Answer(
        Question.ENDED_DIFFERENT,
        Verdict.CLEAR if not rows else Verdict.ATTENTION if unapproved else Verdict.GROUNDED,
        (said, *people),
        (
            *_PLACE,
            AnswerColumn("Đầu", 8, centred=True),
            AnswerColumn("Cuối", 8, centred=True),
            AnswerColumn("Chiều", 9, centred=True),
            AnswerColumn("Người sửa", 18),
            AnswerColumn("Căn cứ", 20),
        ),
        rows,
    )


def unusual_times(uow: UnitOfWork, scope: ChangeScope, today: date) -> Answer:
    """10. Marks typed while nothing was open, then who worked outside the hours of the rules."""
    usual = _work_hours(rules_of(uow, scope.year_id, today))
    year = uow.school.year(scope.year_id)
    loose = uow.changes.outside_windows(scope)
    hours = ChangeScope(scope.year_id, year.starts_on, year.ends_on, scope.class_id)
    odd = uow.changes.odd_hours(hours, usual)
    rows: list[tuple[str, ...]] = [
        (
            "không có đợt nhập",
            when(write.at),
            write.actor,
            write.class_name,
            f"{write.subject}, {_term(write)}: {write.cells} ô điểm",
        )
        for write in loose
    ]
    rows += _odd_rows(odd, {k.id: k.name for k in uow.school.classes(scope.year_id)})
    people = sorted({entry.actor for entry in odd if entry.actor})
    said = (
        f"{len(loose)} lần ghi điểm vào ngày không có đợt nhập hay mở bổ sung nào."
        if loose
        else "Không lần ghi điểm nào vào ngày không có đợt nhập hay mở bổ sung."
    )
    late = (
        f"{len(odd)} việc làm ngoài giờ ({usual.outside}), của "
        f"{', '.join(people) or 'chương trình'}."
        if odd
        else f"Không việc nào ngoài giờ ({usual.outside})."
    )
    return Answer(
        Question.UNUSUAL_TIMES,
        Verdict.ATTENTION if loose else Verdict.SHOWN if odd else Verdict.CLEAR,
        (said, late, "Giờ là giờ của máy lúc ghi; đồng hồ bị lùi thì câu 5 nêu."),
        (
            AnswerColumn("Vì sao nêu", 16),
            AnswerColumn("Lúc", 18),
            AnswerColumn("Người", 18),
            AnswerColumn("Lớp", 12, centred=True),
            AnswerColumn("Việc", 38),
        ),
        tuple(rows),
    )


def _work_hours(rules: RuleSet) -> WorkHours:
    return WorkHours(
        rules.number(WORK_BEGINS) or 0, rules.number(WORK_ENDS) or 24, rules.flag(SUNDAY_OFF)
    )


def _odd_rows(
    entries: Iterable[TrailEntry], classes: Mapping[ClassId, str]
) -> list[tuple[str, ...]]:
    """A line a person and day: from when to when, in which classes, how much of what.

    An evening of typing is hundreds of entries; one by one they stand on the page Nhật ký.
    """
    found: dict[tuple[str, str], list[TrailEntry]] = {}
    for entry in entries:
        found.setdefault((entry.at[:10], entry.actor or "chương trình"), []).append(entry)
    rows: list[tuple[str, ...]] = []
    for (_, person), mine in found.items():
        places = (classes.get(ClassId(e.class_id)) for e in mine if e.class_id is not None)
        acts = Counter(title_of(entry.kind, WORDINGS) for entry in mine)
        cells = sum(entry.cell_count for entry in mine)
        rows.append(
            (
                "ngoài giờ",
                f"{mine[0].at[11:16]}–{when(mine[-1].at)}",
                person,
                ", ".join(sorted({place for place in places if place})),
                "; ".join(f"{title}: {count} lần" for title, count in acts.items())
                + (f" ({cells} ô điểm)" if cells else ""),
            )
        )
    return rows


def column_of_step(step: CellStep) -> str:
    """Subject, column and term of a cell: "Toán, ĐĐGtx1 học kì I"."""
    return f"{step.subject}, {column_title(step.code)} {entry_term(step.term).words}"


def _term(write: LooseWrite) -> str:
    return entry_term(write.term).words


def _approvers(uow: UnitOfWork, scope: ChangeScope) -> Mapping[int, str]:
    year = uow.school.year(scope.year_id)
    return approver_names(uow, scope, year.ends_on)


def _openings(uow: UnitOfWork, scope: ChangeScope) -> dict[int, tuple[LateOpening, ...]]:
    """Late openings by class."""
    return {
        klass.id: uow.control.class_locks(klass.id).late_openings
        for klass in uow.school.classes(scope.year_id)
        if scope.class_id in (None, klass.id)
    }


def _ground(
    step: CellStep,
    approvers: Mapping[int, str],
    openings: Mapping[int, tuple[LateOpening, ...]],
) -> str:
    """The case or the decision that allowed a step; "" without one.

    A late opening lets an empty cell be filled, never a value be changed.
    """
    if step.case:
        approver = approvers.get(step.case, "")
        return f"hồ sơ {step.case:02d}" + (f", {approver} duyệt" if approver else "")
    day = day_of(step.at)
    if day is None or step.old or step.before:
        return ""
    for opening in openings.get(step.class_id, ()):
        if opening.period.value == step.term and opening.covers(day, step.subject_id):
            return f"mở bổ sung, QĐ số {opening.decision_no}"
    return ""


def _closed_words(uow: UnitOfWork, scope: ChangeScope) -> str:
    parts = []
    for period in Period:
        closes = [
            at
            for class_id, at in uow.progress.closes(scope.year_id, period).items()
            if scope.class_id in (None, class_id)
        ]
        if closes:
            first, last = date_vn(min(closes).date()), date_vn(max(closes).date())
            days = first if first == last else f"{first} đến {last}"
            parts.append(f"{period.words}: {len(closes)} lớp, ngày {days}")
    return f"Đã chốt {'; '.join(parts)}." if parts else "Chưa lớp nào chốt kỳ nào."
