"""Thay đổi ròng: what became of marks that were touched, by whom, up or down, with whose approval.

The question of an inspector after the results were announced, answered from the trail alone
(M216-M224): deleting and typing again is one history, so nothing hides behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from operator import attrgetter

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.net_change import CellStep, Direction, NetChange, net_changes
from app.domain.periods import Term, entry_term
from app.domain.print_runs import NET_CHANGE
from app.domain.roles import Role
from app.domain.subjects import column_title
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress, PlainTable
from app.readmodels.net_change import (
    NetChangePaper,
    NetChangeReport,
    NetChangeRow,
    Tally,
    TallyRow,
    net_change_digest,
)
from app.services.book_assembly import school_lines
from app.services.print_keeping import checkpoint_code, keep_run, official_run, official_stamp
from app.services.standing import require_standing
from app.services.trail_review import REVIEWERS, permit_trail
from app.text import date_vn, name_key
from app.trail_ports import ChangeScope

EXPORT_HEADER = (
    "Lớp",
    "Học sinh",
    "Môn",
    "Cột",
    "Ban đầu",
    "Sau cùng",
    "Chiều",
    "Số lần sửa",
    "Ngoài hồ sơ",
    "Hồ sơ",
    "Người sửa",
    "Sửa lần đầu",
    "Sửa lần cuối",
)
STEP_HEADER = (
    "Mục nhật ký",
    "Lúc",
    "Người",
    "Lớp",
    "Học sinh",
    "Môn",
    "Cột",
    "Trước",
    "Sau",
    "Hồ sơ",
)


class NetChanges:
    """Reads and prints; changes nothing but the print register."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def report(
        self, actor: Actor, scope: ChangeScope, account_id: int | None = None
    ) -> NetChangeReport:
        """Everything in `scope`; with `account_id` only cells that person touched, whole.

        Raises AccessDenied for a teacher who asks beyond the classes they teach.
        """
        permit_trail(actor, scope.class_id)
        with self._uows.read() as uow:
            return net_change_report(uow.changes.steps(scope), account_id)

    def approvers(self, scope: ChangeScope) -> Mapping[int, str]:
        """Number of a hồ sơ of the year -> who approved it."""
        with self._uows.read() as uow:
            return approver_names(uow, scope, self._clock.today())

    def print(
        self, actor: Actor, scope: ChangeScope, account_id: int | None = None
    ) -> CommandResult:
        """Bảng thay đổi điểm: one numbered run; the payload is `Printed`."""
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "in bảng thay đổi điểm", *REVIEWERS)
            found = net_change_report(uow.changes.steps(scope), account_id)
            paper = self._paper(uow, actor, scope, account_id, found)
            stamp = official_stamp(uow, scope.year_id, net_change_digest(paper), self._clock.now())
            pdf = self._press.net_changes(paper, stamp)
            title = f"Bảng thay đổi điểm, {paper.scope}"
            run = official_run(
                actor, scope.year_id, NET_CHANGE, title, stamp, pdf, class_id=scope.class_id
            )
            return keep_run(uow, actor, run, pdf)

    def _paper(
        self,
        uow: UnitOfWork,
        actor: Actor,
        scope: ChangeScope,
        account_id: int | None,
        found: NetChangeReport,
    ) -> NetChangePaper:
        school = uow.school.get()
        if school is None:
            raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
        today = self._clock.today()
        year = next(y for y in uow.school.years() if y.id == scope.year_id)
        people = uow.accounts.all(today)
        words = [scope_words(scope)]
        if scope.class_id is not None:
            names = {klass.id: klass.name for klass in uow.school.classes(year.id)}
            words.append(f"lớp {names[scope.class_id]}")
        if account_id is not None:
            words.append(next(a.full_name for a in people if a.id == account_id))
        approvals = approver_names(uow, scope, today)
        seq, _ = uow.trail.head()
        return NetChangePaper(
            school=school_lines(school),
            school_year=year.name.replace("-", "–"),
            day=today.day,
            month=today.month,
            year=today.year,
            scope=", ".join(words),
            summary=summary_sentences(found),
            people=tuple(_tally_row(tally) for tally in found.people),
            rows=tuple(_printed(c, approvals) for c in found.changes if c.differs),
            trail_end=f"mục {seq}, mốc ký {checkpoint_code(uow) or 'chưa có'}",
            principal=next((a.full_name for a in people if Role.PRINCIPAL.value in a.roles), ""),
            maker=actor.name,
        )


def net_change_report(steps: Iterable[CellStep], account_id: int | None = None) -> NetChangeReport:
    """Count what became of every touched cell; `account_id` keeps cells that person touched.

    Cells stand in the order of the class lists: class, pupil, then subject and column.
    """
    found = tuple(sorted(net_changes(steps), key=_reading_order))
    if account_id is not None:
        found = tuple(c for c in found if any(step.account_id == account_id for step in c.steps))
    ends = [change.direction for change in found]
    up, down = ends.count(Direction.UP), ends.count(Direction.DOWN)
    same = ends.count(Direction.SAME)
    return NetChangeReport(
        changes=found,
        steps=sum(len(change.steps) for change in found),
        unapproved=sum(change.unapproved for change in found),
        up=up,
        down=down,
        same=same,
        other=len(ends) - up - down - same,
        people=_tallies(found, attrgetter("actor"), name_key),
        columns=_tallies(found, column_of, str),
        hours=_tallies(found, attrgetter("hour"), str),
        classes=_tallies(found, attrgetter("class_name"), str),
    )


def export_tables(found: NetChangeReport) -> tuple[PlainTable, PlainTable]:
    """The report for a workbook: a line a cell, and a line a step in the trail's order."""
    steps = sorted((s for change in found.changes for s in change.steps), key=lambda s: s.seq)
    return (
        PlainTable("Thay đổi ròng", [EXPORT_HEADER, *map(_cell_row, found.changes)]),
        PlainTable("Từng lần sửa", [STEP_HEADER, *map(_step_row, steps)]),
    )


def summary_sentences(found: NetChangeReport) -> tuple[str, ...]:
    """What the report says, in the sentences an inspector reads first."""
    if not found.changes:
        return ("Không ô điểm nào đã có giá trị bị sửa trong thời gian này.",)
    cases = {number for change in found.changes for number in change.cases}
    return (
        f"Đã sửa {_figure(found.steps)} lần trên {_figure(len(found.changes))} ô, do "
        f"{len(found.people)} người sửa, ở {len(found.classes)} lớp.",
        f"Sau cùng: {_figure(found.up)} ô tăng, {_figure(found.down)} ô giảm, "
        f"{_figure(found.same)} ô trở về như cũ"
        + (f", {found.other} ô khác (bị xóa hoặc đổi trạng thái)." if found.other else "."),
        f"{_figure(found.steps - found.unapproved)} lần sửa theo {len(cases)} hồ sơ được duyệt; "
        f"{_figure(found.unapproved)} lần sửa khi cột còn mở, không qua hồ sơ.",
    )


def scope_words(scope: ChangeScope) -> str:
    """The time asked for, in words."""
    if scope.since is None and scope.until is None:
        return "cả năm học"
    if scope.until is None:
        return f"từ ngày {date_vn(scope.since)}"
    if scope.since is None:
        return f"đến hết ngày {date_vn(scope.until)}"
    if scope.since == scope.until:
        return f"ngày {date_vn(scope.since)}"
    return f"từ ngày {date_vn(scope.since)} đến ngày {date_vn(scope.until)}"


def column_of(step: CellStep) -> str:
    """Subject and column: "Toán · ĐĐGtx2 HK I"."""
    return f"{step.subject} · {column_words_of(step)}"


def column_words_of(step: CellStep) -> str:
    """The column alone: "ĐĐGtx2 HK I"."""
    return _column_words(step.code, step.term)


@lru_cache(maxsize=256)
def _column_words(code: str, term: str) -> str:
    at = entry_term(term)
    return f"{column_title(code)} {f'HK {at.roman}' if isinstance(at, Term) else at.words}"


def approver_names(uow: UnitOfWork, scope: ChangeScope, day: date) -> Mapping[int, str]:
    """Number of a case of the year -> who approved it."""
    names = {account.id: account.full_name for account in uow.accounts.all(day)}
    return {
        case.number: names.get(case.decided_by, "")
        for case in uow.corrections.of_year(scope.year_id)
        if case.decided_by is not None
    }


def grounds_words(change: NetChange, approvals: Mapping[int, str]) -> str:
    """Who allowed the change: hồ sơ with its approver, or that the column was open."""
    parts = []
    for number in change.cases:
        approver = approvals.get(number, "")
        parts.append(f"HS {number:02d}" + (f", {approver} duyệt" if approver else ""))
    if change.unapproved:
        parts.append("cột còn mở")
    return "; ".join(parts)


def _reading_order(change: NetChange) -> tuple[str, ...]:
    place = change.place
    return place.class_name, name_key(place.pupil), place.subject, place.term, place.code


def _figure(number: int) -> str:
    """A count as people write it: 1818 -> "1.818"."""
    return f"{number:,}".replace(",", ".")


def _tallies(
    changes: Iterable[NetChange],
    key_of: Callable[[CellStep], str],
    order: Callable[[str], str],
) -> tuple[Tally, ...]:
    steps: dict[str, int] = defaultdict(int)
    free: dict[str, int] = defaultdict(int)
    ends: dict[str, list[Direction]] = defaultdict(list)
    for change in changes:
        mine = change.steps
        keys = [key_of(step) for step in mine]
        for key, step in zip(keys, mine, strict=True):
            steps[key] += 1
            if not step.case:
                free[key] += 1
        for key in set(keys) if len(keys) > 1 else keys:
            ends[key].append(change.direction)
    return tuple(
        Tally(
            key,
            steps[key],
            len(mine),
            mine.count(Direction.UP),
            mine.count(Direction.DOWN),
            mine.count(Direction.SAME),
            free.get(key, 0),
        )
        for key, mine in sorted(ends.items(), key=lambda pair: (order(pair[0]), pair[0]))
    )


def _tally_row(tally: Tally) -> TallyRow:
    return TallyRow(
        tally.key, tally.steps, tally.cells, tally.up, tally.down, tally.same, tally.unapproved
    )


def _printed(change: NetChange, approvals: Mapping[int, str]) -> NetChangeRow:
    place = change.place
    return NetChangeRow(
        class_name=place.class_name,
        pupil=place.pupil,
        column=f"{place.subject}, {column_words_of(place)}",
        first=change.first,
        last=change.last,
        direction=change.direction.value,
        steps=len(change.steps),
        people=", ".join(change.people),
        grounds=grounds_words(change, approvals),
    )


def _cell_row(change: NetChange) -> tuple[str | int, ...]:
    place = change.place
    return (
        place.class_name,
        place.pupil,
        place.subject,
        column_words_of(place),
        change.first,
        change.last,
        change.direction.value,
        len(change.steps),
        change.unapproved,
        ", ".join(f"{number:02d}" for number in change.cases),
        ", ".join(change.people),
        _time_words(change.steps[0]),
        _time_words(place),
    )


def _step_row(step: CellStep) -> tuple[str | int, ...]:
    return (
        step.seq,
        _time_words(step),
        step.actor,
        step.class_name,
        step.pupil,
        step.subject,
        column_words_of(step),
        step.old or step.before,
        step.new,
        f"{step.case:02d}" if step.case else "",
    )


def _time_words(step: CellStep) -> str:
    """The moment as written, turned round: a row somebody rewrote is shown as it stands."""
    day, _, clock = step.at.partition("T")
    parts = day.split("-")
    return f"{'/'.join(reversed(parts))} {clock[:8]}".strip()
