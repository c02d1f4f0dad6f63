"""Chuyển năm học: the next year's classes from the decisions of the year that is over.

One act, written whole or not at all: the year with its subjects, the classes each under the
circular of its grade, every pupil in one place, and the teachers' posts as a proposal. Pupils are
the same pupils with the same codes; nothing of the old year changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId, SchoolYearId, SubjectId
from app.domain.roles import Assignment
from app.domain.roll_over import (
    ClassMove,
    OldClass,
    PupilFate,
    TeacherCarry,
    count_fates,
    pupil_fates,
    rosters,
    teacher_source,
    usual_move,
)
from app.domain.school import SchoolClass, SchoolYear
from app.domain.school_levels import begins_level
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.progress import Progress, no_progress
from app.readmodels.roll_over import RollOverBoard, RollOverChoice, RollOverClass, RollOverDone
from app.regulations.primary_columns import curriculum_code
from app.services.backups import Backups
from app.services.curriculum_filling import fill_year, grades_to_fill, offered_subjects
from app.services.misplaced import misplaced
from app.services.roll_over_facts import SettledClass, refuse_unsettled, settled_classes
from app.services.roll_over_studies import carry_plans, carry_pupil_choices, choices_after
from app.services.roster_rules import order_by_name
from app.services.school_setup import (
    SETTERS,
    clean_class_name,
    default_dates,
    make_class,
    refuse_bad_dates,
    refuse_clash,
    refuse_other_grade,
)
from app.services.sign_in_directory import SignInDirectory
from app.services.standing import require_standing
from app.text import clean, fold

_WHAT = "chuyển sang năm học mới"
_TOPICS = frozenset(
    {Topic.SCHOOL, Topic.CLASSES, Topic.ROSTER, Topic.ACCOUNTS, Topic.BACKUPS, Topic.TRAIL}
)
_GRADE = re.compile(r"^(?:lớp\s+)?(\d{1,2})", re.IGNORECASE)


class RollOver:
    """The wizard's proposal and its one act."""

    def __init__(
        self, uows: UowFactory, clock: Clock, backups: Backups, directory: SignInDirectory
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._backups = backups
        self._directory = directory

    def board(
        self, actor: Actor, year_id: SchoolYearId, progress: Progress = no_progress
    ) -> RollOverBoard:
        """Classes with their defaults and what is in the way; computes every result: a job."""
        with self._uows.read() as uow:
            require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            year = uow.school.year(year_id)
            name = next_name(year)
            coming = _coming(uow, name)
            refusal = ""
            try:
                _refuse_done(uow, year)
            except RuleRefused as refused:
                refusal = refused.sentence
            found = settled_classes(uow, year, progress)
            late = () if coming is None else misplaced(uow, coming)
        dates = default_dates(name)
        if coming is not None:
            dates = (coming.starts_on, coming.term2_starts_on, coming.ends_on)
        lowest = min((item.klass.grade for item in found), default=0)
        return RollOverBoard(
            year,
            name,
            dates,
            tuple(RollOverClass(i.klass, usual_move(i.klass), i.problem) for i in found),
            tuple(i.klass.name for i in found if i.klass.grade == lowest),
            refusal,
            tuple(one.sentence for one in late),
        )

    def run(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        choice: RollOverChoice,
        progress: Progress = no_progress,
    ) -> CommandResult:
        """Make the next year after a verified backup; `payload` is RollOverDone.

        Refused while a class has a pending result or a list that nobody approved, when the next
        year has pupils already, and for a class that is sent nowhere. A next year that somebody
        set up without pupils is taken as it is and completed.
        """
        require(actor, _WHAT, *SETTERS)
        with self._uows.read() as uow:
            # Everything that can refuse does so before the backup is made.
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            _planned(uow, uow.school.year(year_id), choice, progress)
        backup = self._backups.make_now(actor, progress)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            year = uow.school.year(year_id)
            plan = _planned(uow, year, choice, progress)
            coming = _next_year(uow, year, choice)
            made = _next_classes(uow, plan.old, coming, plan.names)
            _enrol(uow, coming, made, plan.fates)
            carry_pupil_choices(uow, plan.fates, made)
            posts, gaps = self._propose_teachers(uow, plan.old, made, choice.teachers)
            _carry_calendar(uow, year, coming)
            fates = count_fates(plan.fates)
            detail = {
                "from": year.name,
                "to": coming.name,
                "classes": [[klass.name, klass.regulation] for klass in made.values()],
                "moves": [
                    [k.name, plan.moves[k.id].up_to, plan.moves[k.id].stays_in] for k in plan.old
                ],
                "fates": {fate.value: number for fate, number in fates.items()},
                "posts": posts,
                "backup": backup.seq,
            }
            seq = uow.trail.append(TrailDraft("year.rolled_over", detail), actor, self._clock.now())
            uow.commit()
        self._directory.refresh()
        done = RollOverDone(coming, len(made), fates, posts, gaps)
        return CommandResult(_TOPICS, seq, f"Đã chuyển sang năm học {coming.name}", payload=done)

    def _propose_teachers(
        self,
        uow: UnitOfWork,
        old: Sequence[OldClass],
        made: Mapping[str, SchoolClass],
        carry: TeacherCarry,
    ) -> tuple[int, int]:
        """Posts given and posts left open; a closed account is given nothing."""
        today = self._clock.today()
        closed = {a.id for a in uow.accounts.all(today) if a.disabled_on is not None}
        posts = gaps = 0
        for klass in made.values():
            source = teacher_source(klass.name, klass.grade, old, carry)
            held = {} if source is None else _held_posts(uow, source.id, today)
            has = {a.subject_id for a in uow.accounts.assignments(klass.id) if a.covers(today)}
            wanted: list[tuple[SubjectId | None, str]] = [(None, "")]
            wanted += [(subject.id, subject.code) for subject in uow.school.subjects(klass.id)]
            for subject_id, code in wanted:
                teachers = [a for a in held.get(code, ()) if a.account_id not in closed]
                if subject_id in has:
                    continue
                gaps += not teachers
                for one in teachers:
                    uow.accounts.add_assignment(
                        Assignment(klass.id, subject_id, one.account_id, today)
                    )
                    posts += 1
        return posts, gaps


class _Plan:
    """What will be written, checked whole."""

    def __init__(
        self,
        uow: UnitOfWork,
        found: Sequence[SettledClass],
        choice: RollOverChoice,
        existing: Iterable[SchoolClass],
    ) -> None:
        self._uow = uow
        self.old = tuple(item.klass for item in found)
        self.names: dict[str, int] = {klass.name: klass.grade for klass in existing}
        """Next year's classes by name, with their grade."""
        self.moves = {klass.id: self._move(klass, choice) for klass in self.old}
        for text in choice.entering:
            self._add(text, _grade_of(text))
        self.fates: tuple[PupilFate, ...] = pupil_fates(self.old, self.moves)
        self.names = dict(sorted(self.names.items(), key=lambda item: (item[1], item[0])))

    def _move(self, klass: OldClass, choice: RollOverChoice) -> ClassMove:
        """The class's move with clean names; a place that somebody needs must be named."""
        move = choice.moves.get(klass.id, usual_move(klass))
        up_to, stays_in = clean(move.up_to), clean(move.stays_in)
        if not up_to and not klass.completes and klass.count(promoted=True):
            raise _no_place(klass, klass.count(promoted=True), "được lên lớp", klass.grade + 1)
        if not stays_in and klass.count(promoted=False):
            raise _no_place(klass, klass.count(promoted=False), "ở lại lớp", klass.grade)
        return ClassMove(
            self._add(up_to, klass.grade + 1, keep=klass.count(promoted=True) > 0),
            self._add(stays_in, klass.grade, keep=klass.count(promoted=False) > 0),
        )

    def _add(self, text: str, grade: int, *, keep: bool = True) -> str:
        """A class of next year, once; "" stays "" and a class for nobody is not made."""
        if not text:
            return ""
        refuse_other_grade(self._uow, grade)
        name = clean_class_name(text, grade)
        known = next((one for one in self.names if fold(one) == fold(name)), None)
        if known is None and keep:
            self.names[name] = grade
        return known or name


def next_name(year: SchoolYear) -> str:
    """The name of the year after."""
    return f"{year.first_year + 1}-{year.first_year + 2}"


def _planned(
    uow: UnitOfWork, year: SchoolYear, choice: RollOverChoice, progress: Progress
) -> _Plan:
    _refuse_done(uow, year)
    found = settled_classes(uow, year, progress)
    if not found:
        raise RuleRefused(
            "year_without_classes",
            f"Năm học {year.name} chưa có lớp nào nên không có gì để chuyển; hãy chọn đúng năm học "
            "ở thanh trên cùng.",
        )
    refuse_unsettled(year, next_name(year), found)
    coming = _coming(uow, next_name(year))
    if coming is None:
        _check_dates(uow, year, choice)
    return _Plan(uow, found, choice, () if coming is None else uow.school.classes(coming.id))


def _coming(uow: UnitOfWork, name: str) -> SchoolYear | None:
    return next((year for year in uow.school.years() if year.name == name), None)


def _refuse_done(uow: UnitOfWork, year: SchoolYear) -> None:
    """Refuse when a later year has pupils: they would be in two places."""
    for later in uow.school.years():
        if later.starts_on > year.starts_on and uow.roster.everyone(later.id):
            raise RuleRefused(
                "year_rolled_over",
                f"Năm học {later.name} đã có học sinh nên không chuyển từ năm học {year.name} nữa; "
                "em nào còn thiếu hãy thêm ở trang Danh sách lớp.",
                year=later.name,
            )


def _check_dates(
    uow: UnitOfWork, year: SchoolYear, choice: RollOverChoice
) -> tuple[date, date, date]:
    name = next_name(year)
    dates = choice.dates or default_dates(name)
    refuse_bad_dates(name, *dates)
    for other in uow.school.years():
        refuse_clash(other, name, dates[0], dates[2])
    return dates


def _next_year(uow: UnitOfWork, year: SchoolYear, choice: RollOverChoice) -> SchoolYear:
    """The year after, with its subjects; môn tự chọn that the school taught stay."""
    coming = _coming(uow, next_name(year))
    if coming is None:
        coming = uow.school.add_year(next_name(year), *_check_dates(uow, year, choice))
    unfilled = grades_to_fill(uow, coming)
    if unfilled:
        fill_year(uow, coming, unfilled, _optional_of(uow, year, coming, unfilled))
        carry_plans(uow, year, coming, unfilled)
    return coming


def _optional_of(
    uow: UnitOfWork, year: SchoolYear, coming: SchoolYear, grades: Sequence[int]
) -> set[str]:
    """Codes of môn tự chọn taught this year that next year's programmes still know.

    A programme that ends with the year takes its môn tự chọn along (CT2006 of grades 5, 9, 12).
    """
    taught = {
        code
        for klass in uow.school.classes(year.id)
        for subject in uow.school.subjects(klass.id)
        if subject.optional
        for code in (subject.code, curriculum_code(subject.code))
    }
    return taught & {offered.code for offered in offered_subjects(coming, grades)}


def _next_classes(
    uow: UnitOfWork, old: Sequence[OldClass], coming: SchoolYear, names: Mapping[str, int]
) -> dict[str, SchoolClass]:
    """Classes by name, those that somebody made before and the new ones."""
    made = {klass.name: klass for klass in uow.school.classes(coming.id)}
    lowest = min(klass.grade for klass in old)
    for name, grade in names.items():
        if name in made:
            continue
        # A class goes on with what it chose; one that begins a level begins as last year's did.
        begins = grade == lowest or begins_level(grade)
        carry = TeacherCarry.GRADE if begins else TeacherCarry.FOLLOW
        source = teacher_source(name, grade, old, carry)
        offered = uow.studies.of_grade(coming.id, grade)
        choices = choices_after(uow, None if source is None else source.id, offered)
        made[name], _ = make_class(uow, coming, grade, name, choices)
    return {name: made[name] for name in names}


def _enrol(
    uow: UnitOfWork,
    coming: SchoolYear,
    made: Mapping[str, SchoolClass],
    fates: Sequence[PupilFate],
) -> None:
    for name, pupils in rosters(fates).items():
        for position, pupil in enumerate(pupils, 1):
            uow.roster.enrol(made[name].id, pupil, position, coming.starts_on)
        order_by_name(uow, made[name])


def _held_posts(uow: UnitOfWork, class_id: ClassId, day: date) -> dict[str, list[Assignment]]:
    """Who holds each post of a class today, by subject code; "" is the GVCN."""
    codes: dict[SubjectId | None, str] = {s.id: s.code for s in uow.school.subjects(class_id)}
    codes[None] = ""
    found: dict[str, list[Assignment]] = {}
    for held in uow.accounts.assignments(class_id):
        if held.covers(day) and held.subject_id in codes:
            found.setdefault(codes[held.subject_id], []).append(held)
    return found


def _carry_calendar(uow: UnitOfWork, year: SchoolYear, coming: SchoolYear) -> None:
    """A school that keeps điểm danh goes on with its week and due day; holidays are each year's."""
    if uow.attendance.is_kept(year) and not uow.attendance.is_kept(coming):
        calendar = uow.attendance.calendar(year)
        uow.attendance.save_calendar(replace(calendar, year=coming, days=()))


def _grade_of(text: str) -> int:
    """The grade that a class's name begins with."""
    found = _GRADE.match(clean(text))
    if found is None:
        raise RuleRefused(
            "class_name_invalid",
            f"“{clean(text)}” không phải tên lớp; tên lớp bắt đầu bằng khối, thí dụ 6A.",
            name=text,
        )
    return int(found[1])


def _no_place(klass: OldClass, pupils: int, what: str, grade: int) -> RuleRefused:
    return RuleRefused(
        "class_without_place",
        f"Lớp {klass.name} có {pupils} học sinh {what} nhưng chưa chọn lớp khối {grade} cho các "
        "em; hãy ghi tên lớp.",
        class_id=klass.id,
    )
