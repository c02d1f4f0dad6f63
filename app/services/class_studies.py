"""Môn học của lớp: môn lựa chọn, cụm chuyên đề, môn tự chọn, môn chuyên; and pupils who differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId, PupilId, SchoolYearId, SubjectId
from app.domain.marks import CellState
from app.domain.pupils import RosterEntry
from app.domain.roles import SETTERS
from app.domain.school import SchoolClass
from app.domain.subjects import AS_THE_CLASS, PupilChoices, Subject
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.regulations.thpt_choices import ClassChoices, refuse_pupil, studied
from app.services.column_counts import reshape_columns
from app.services.standing import require_standing

_WHAT = "ghi môn học của lớp"
_TOPICS = frozenset(
    {Topic.SCHOOL, Topic.CLASSES, Topic.ACCOUNTS, Topic.MARKS, Topic.RESULTS, Topic.TRAIL}
)


@dataclass(frozen=True, slots=True)
class StudiesOfClass:
    """What the grade offers, what the class studies of it, and the pupils who differ."""

    klass: SchoolClass
    offered: tuple[Subject, ...]
    studied: tuple[Subject, ...]
    entries: tuple[RosterEntry, ...]
    pupils: Mapping[PupilId, PupilChoices]

    @property
    def choices(self) -> ClassChoices:
        """What the class studies, as `ClassStudies.choose` takes it."""
        return ClassChoices(
            electives=tuple(s.code for s in self.studied if s.elective),
            topics={s.code: s.topics for s in self.studied if s.topics is not None},
            optional=tuple(s.code for s in self.studied if s.optional),
            specialised=next((s.code for s in self.studied if s.specialised), ""),
        )


class ClassStudies:
    """Reads and writes what one class, and each of its pupils, studies."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def of_class(self, class_id: ClassId) -> StudiesOfClass:
        """Everything about one class."""
        with self._uows.read() as uow:
            return _read(uow, class_id)

    def electives(self, year_id: SchoolYearId) -> dict[ClassId, tuple[str, ...]]:
        """Short names of the môn lựa chọn of each class of a grade that has any to choose."""
        with self._uows.read() as uow:
            studied_here = uow.studies.of_classes(year_id)
            found: dict[ClassId, tuple[str, ...]] = {}
            offers: dict[int, bool] = {}
            for klass in uow.school.classes(year_id):
                if klass.grade not in offers:
                    offered = uow.studies.of_grade(year_id, klass.grade)
                    offers[klass.grade] = any(s.elective for s in offered)
                if offers[klass.grade]:
                    taken = studied_here.get(klass.id, ())
                    found[klass.id] = tuple(s.short_name for s in taken if s.elective)
            return found

    def choose(self, actor: Actor, class_id: ClassId, choices: ClassChoices) -> CommandResult:
        """What the class studies from now on; columns appear and go with it.

        Refused when a subject to be dropped, or the column of a cụm chuyên đề, ever had a mark,
        and after a close. Who taught a dropped subject no longer does.
        """
        require(actor, _WHAT, *SETTERS)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            now = _read(uow, class_id)
            wanted = studied(now.offered, choices)
            before = {s.id: s for s in now.studied}
            after = {s.id: s for s in wanted}
            if before == after:
                head, _ = uow.trail.head()
                return CommandResult(frozenset(), head, "Môn học của lớp không đổi", class_id)
            if _specialised(now.studied) != _specialised(wanted):
                # It has no column of its own, and TT58/2011, Điều 13 asks for it in every period.
                _refuse_closed(uow, now.klass, "môn chuyên của lớp")
            _refuse_breaking_pupils(now, wanted)
            for subject_id in {**before, **after}:
                reshape_columns(uow, now.klass, before.get(subject_id), after.get(subject_id))
                if subject_id not in after:
                    uow.studies.drop(class_id, subject_id)
            uow.studies.take(class_id, wanted)
            detail = {
                "class": now.klass.name,
                "added": [s.name for s in wanted if s.id not in before],
                "dropped": [s.name for s in now.studied if s.id not in after],
                "topics": [f"{s.name} ({s.topics})" for s in wanted if s.topics is not None],
                "specialised": next((s.name for s in wanted if s.specialised), ""),
            }
            draft = TrailDraft("class.subjects", detail, class_id)
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi môn học của lớp {now.klass.name}", class_id)

    def choose_for_pupils(
        self,
        actor: Actor,
        class_id: ClassId,
        pupils: Collection[PupilId],
        choices: PupilChoices,
    ) -> CommandResult:
        """What these pupils do not study of the class's subjects, and an own môn chuyên.

        All of them or none: refused when one has a mark in such a subject, when four môn lựa chọn
        are not left, and after a close.
        """
        require(actor, _WHAT, *SETTERS)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            now = _read(uow, class_id)
            entries = {e.pupil_id: e for e in now.entries}
            if not pupils or not set(pupils) <= entries.keys():
                raise RuleRefused(
                    "pupil_unknown",
                    f"Chưa chọn học sinh nào trong danh sách lớp {now.klass.name}; hãy chọn rồi "
                    "ghi.",
                )
            changed = [p for p in pupils if choices != now.pupils.get(p, AS_THE_CLASS)]
            if not changed:
                head, _ = uow.trail.head()
                return CommandResult(frozenset(), head, "Môn học của các em không đổi", class_id)
            _refuse_closed(uow, now.klass, "môn học của từng em")
            for pupil_id in changed:
                name = entries[pupil_id].profile.full_name
                before = now.pupils.get(pupil_id, AS_THE_CLASS)
                if choices != AS_THE_CLASS:
                    refuse_pupil(name, now.studied, choices)
                _refuse_marked(uow, now, pupil_id, name, choices.not_taken - before.not_taken)
                uow.studies.choose(class_id, pupil_id, choices)
            names = {s.id: s.name for s in now.studied}
            special = choices.specialised
            detail = {
                "class": now.klass.name,
                "names": [entries[p].profile.full_name for p in changed],
                "not_taken": [names[s] for s in sorted(choices.not_taken)],
                "specialised": "" if special is None else names[special],
            }
            draft = TrailDraft("pupil.subjects", detail, class_id)
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi môn học của {len(changed)} học sinh", class_id)


def start_class(uow: UnitOfWork, klass: SchoolClass, choices: ClassChoices) -> tuple[Subject, ...]:
    """Give a new class its subjects and their mark columns, in the open transaction."""
    wanted = studied(uow.studies.of_grade(klass.school_year_id, klass.grade), choices)
    uow.studies.take(klass.id, wanted)
    for subject in wanted:
        reshape_columns(uow, klass, None, subject)
    return wanted


def _read(uow: UnitOfWork, class_id: ClassId) -> StudiesOfClass:
    klass = uow.school.class_(class_id)
    return StudiesOfClass(
        klass,
        uow.studies.of_grade(klass.school_year_id, klass.grade),
        uow.school.subjects(class_id),
        uow.roster.entries(class_id),
        uow.studies.of_pupils(class_id),
    )


def _refuse_breaking_pupils(now: StudiesOfClass, wanted: Collection[Subject]) -> None:
    """A pupil's own choice must still be possible among the class's new subjects."""
    ids = {s.id for s in wanted}
    for entry in now.entries:
        own = now.pupils.get(entry.pupil_id)
        if own is None or entry.left_on is not None:
            continue
        kept = PupilChoices(own.not_taken & ids, own.specialised)
        refuse_pupil(entry.profile.full_name, wanted, kept)


def _specialised(subjects: Collection[Subject]) -> frozenset[SubjectId]:
    return frozenset(subject.id for subject in subjects if subject.specialised)


def _refuse_closed(uow: UnitOfWork, klass: SchoolClass, what: str) -> None:
    locks = uow.control.class_locks(klass.id)
    if locks.closes or locks.seal is not None:
        raise RuleRefused(
            "studies_after_close",
            f"Lớp {klass.name} đã chốt điểm nên {what} không đổi được nữa.",
            class_id=klass.id,
        )


def _refuse_marked(
    uow: UnitOfWork,
    now: StudiesOfClass,
    pupil_id: PupilId,
    name: str,
    dropped: Collection[SubjectId],
) -> None:
    for subject in now.studied:
        if subject.id not in dropped:
            continue
        cells = uow.marks.cells(now.klass.id, subject.id, [pupil_id])
        if any(stored.cell.state is not CellState.EMPTY for stored in cells):
            raise RuleRefused(
                "pupil_has_marks",
                f"{name} đã có điểm {subject.name} nên không bỏ môn này được; điểm ghi nhầm thì "
                "giáo viên xóa trước.",
            )
