"""Kết quả of a whole class: read once, computed by its circular, explained on demand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.domain.attendance import ClassAttendance
from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.periods import EntryTerm, Term
from app.domain.plan_results import in_force
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass, SchoolYear
from app.domain.subjects import AS_THE_CLASS, PupilChoices, Subject
from app.domain.year_end import NO_SUMMER, SummerFacts
from app.ports import Assessment, ConductRow, StoredMark, UnitOfWork, UowFactory
from app.regulations.base import (
    ConductYear,
    PupilResults,
    PupilYear,
    Reason,
    Regulation,
    SubjectYear,
)
from app.regulations.readings import DEFAULT_READINGS, Readings
from app.regulations.registry import is_primary, regulation
from app.services.class_attendance import load_attendance, with_days_absent
from app.services.primary_inputs import PrimaryFacts
from app.services.regulation_inputs import (
    NOTHING_ENTERED,
    Entered,
    SubjectInput,
    entered_by_pupil,
)
from app.services.rules_in_force import readings_of
from app.services.sheet_facts import CellAddress


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """How pupils of a class differ in what they study, and what is entered of a whole year.

    `year_conduct` is hạnh kiểm cả năm; `plan_results` what the principal accepted for pupils with
    kế hoạch giáo dục cá nhân.
    """

    choices: Mapping[PupilId, PupilChoices] = field(default_factory=dict)
    year_conduct: Mapping[PupilId, str] = field(default_factory=dict)
    plan_results: Mapping[PupilId, str] = field(default_factory=dict)

    def takes(self, pupil: PupilId, subject: SubjectId) -> bool:
        """Whether a pupil studies a subject of the class."""
        own = self.choices.get(pupil)
        return own is None or subject not in own.not_taken


ALL_ALIKE = StudyFacts()


@dataclass(frozen=True)
class ResultFacts:
    """What the results of one class follow from, and nothing else: no reasons, no comments.

    Without slots, because what is computed from it is kept beside it.
    """

    klass: SchoolClass
    year: SchoolYear
    subjects: tuple[Subject, ...]
    entries: tuple[RosterEntry, ...]
    assessments: tuple[Assessment, ...]
    entered: Mapping[PupilId, Entered]
    conduct: Mapping[tuple[PupilId, Term], ConductRow]
    summer: SummerFacts = NO_SUMMER
    studies: StudyFacts = ALL_ALIKE
    readings: Readings = DEFAULT_READINGS

    @property
    def regulation(self) -> Regulation:
        """The rules of a secondary class; raises RuleRefused "other_stage" for a primary one."""
        return regulation(self.klass.regulation, self.readings)

    @cached_property
    def primary(self) -> PrimaryFacts | None:
        """The entries as a primary circular reads them; None in secondary classes."""
        if not is_primary(self.klass.regulation):
            return None
        return PrimaryFacts(
            self.klass,
            self.subjects,
            self.entries,
            self.assessments,
            self.entered,
            self.summer,
            {pupil: own.not_taken for pupil, own in self.studies.choices.items()},
            self.studies.plan_results,
            self.readings,
        )

    def pupil_year(self, pupil_id: PupilId) -> PupilYear:
        """What a secondary circular is given of one pupil."""
        entered = self.entered.get(pupil_id, NOTHING_ENTERED)
        subjects = tuple([subject.year(entered) for subject in self._inputs])
        own = self.studies.choices.get(pupil_id, AS_THE_CLASS)
        if own.not_taken:
            subjects = _without(subjects, own.not_taken)
        after = self.summer.conduct.get(pupil_id)
        return PupilYear(
            subjects=self._with_summer(pupil_id, subjects) if self.summer.reassessed else subjects,
            conduct=ConductYear(
                hk1=self._level(pupil_id, Term.HK1),
                hk2=self._level(pupil_id, Term.HK2),
                year=self.studies.year_conduct.get(pupil_id),
                after_summer=None if after is None else after.level,
            ),
            absences=self.absences(pupil_id),
            specialised=self._specialised(own),
        )

    def all_pupil_years(self) -> dict[PupilId, PupilYear]:
        """`pupil_year` of everybody."""
        return dict(self._years)

    def results(self) -> dict[PupilId, PupilResults]:
        """Results of everybody on the roster, those who left included."""
        return dict(self._results)

    def absences(self, pupil_id: PupilId) -> int | None:
        """Buổi nghỉ of the year, excused and not; None while a term is not entered."""
        total = 0
        for term in Term:
            row = self.conduct.get((pupil_id, term))
            if row is None or row.excused is None or row.unexcused is None:
                return None
            total += row.excused + row.unexcused
        return total

    @cached_property
    def _years(self) -> dict[PupilId, PupilYear]:
        return {e.pupil_id: self.pupil_year(e.pupil_id) for e in self.entries}

    @cached_property
    def _results(self) -> dict[PupilId, PupilResults]:
        if self.primary is not None:
            return self.primary.results()
        conclude = self.regulation.results
        return {pupil: conclude(year) for pupil, year in self._years.items()}

    @cached_property
    def _inputs(self) -> tuple[SubjectInput, ...]:
        columns: dict[SubjectId, list[Assessment]] = {}
        for column in self.assessments:
            columns.setdefault(column.subject_id, []).append(column)
        core = self.regulation.core_codes
        return tuple(SubjectInput(s, columns.get(s.id, []), core) for s in self.subjects)

    def _with_summer(
        self, pupil_id: PupilId, subjects: tuple[SubjectYear, ...]
    ) -> tuple[SubjectYear, ...]:
        """Results of kiểm tra, đánh giá lại put in; who did not come keeps the year's result."""
        found: list[SubjectYear] = []
        for subject in subjects:
            again = self.summer.reassessed.get((pupil_id, SubjectId(int(subject.key))))
            if again is None:
                found.append(subject)
                continue
            value = again.value
            if value is None:
                value = self.regulation.subject_result(subject).year
            found.append(replace(subject, reassessed=value))
        return tuple(found)

    def _specialised(self, own: PupilChoices) -> str | None:
        """Key of the môn chuyên: the pupil's own, else the class's."""
        if own.specialised is not None:
            return str(own.specialised)
        return next((str(subject.id) for subject in self.subjects if subject.specialised), None)

    def _level(self, pupil_id: PupilId, term: Term) -> str | None:
        row = self.conduct.get((pupil_id, term))
        return row.level or None if row is not None else None


@dataclass(frozen=True)
class ClassFacts:
    """All marks, comments, conduct and days absent of one class at one moment.

    `attendance` is None while the class keeps no điểm danh; `conduct` has its totals already.
    """

    klass: SchoolClass
    year: SchoolYear
    subjects: tuple[Subject, ...]
    entries: tuple[RosterEntry, ...]
    assessments: tuple[Assessment, ...]
    cells: Mapping[CellAddress, StoredMark]
    comments: Mapping[tuple[SubjectId, EntryTerm, PupilId], str]
    conduct: Mapping[tuple[PupilId, Term], ConductRow]
    summer: SummerFacts = NO_SUMMER
    studies: StudyFacts = ALL_ALIKE
    attendance: ClassAttendance | None = None
    readings: Readings = DEFAULT_READINGS

    @property
    def regulation(self) -> Regulation:
        """The rules of a secondary class; raises RuleRefused "other_stage" for a primary one."""
        return regulation(self.klass.regulation, self.readings)

    @property
    def primary(self) -> PrimaryFacts | None:
        """The entries as a primary circular reads them; None in secondary classes."""
        return self._for_results.primary

    def pupil_year(self, pupil_id: PupilId) -> PupilYear:
        """What a secondary circular is given of one pupil."""
        return self._for_results.pupil_year(pupil_id)

    def all_pupil_years(self) -> dict[PupilId, PupilYear]:
        """`pupil_year` of everybody."""
        return self._for_results.all_pupil_years()

    def results(self) -> dict[PupilId, PupilResults]:
        """Results of everybody on the roster, those who left included."""
        return self._for_results.results()

    def result_of(self, pupil_id: PupilId) -> PupilResults:
        """One pupil's results, without computing everybody's."""
        if self.primary is not None:
            return self.primary.results_of(pupil_id)
        return self.regulation.results(self.pupil_year(pupil_id))

    def absences(self, pupil_id: PupilId) -> int | None:
        """Buổi nghỉ of the year, excused and not; None while a term is not entered."""
        return self._for_results.absences(pupil_id)

    def before_summer(self) -> ClassFacts:
        """The same without anything that is known only after the summer."""
        if self.summer == NO_SUMMER:
            return self
        before = replace(self, summer=NO_SUMMER)
        # The same marks: what was read off them is not read off again. A decision of the principal
        # is no input of the circular, so without new results even the conclusions are the same.
        mine = self._for_results
        known = self.summer.changes_results
        before.__dict__["_for_results"] = replace(mine, summer=NO_SUMMER) if known else mine
        return before

    @cached_property
    def _for_results(self) -> ResultFacts:
        entered: dict[PupilId, Entered] = {}
        for (column, pupil), stored in self.cells.items():
            mine = entered.get(pupil)
            if mine is None:
                mine = entered[pupil] = Entered()
            mine.put(column, stored.cell)
        return ResultFacts(
            self.klass,
            self.year,
            self.subjects,
            self.entries,
            self.assessments,
            entered,
            self.conduct,
            self.summer,
            self.studies,
            self.readings,
        )


def load_studies(uow: UnitOfWork, klass: SchoolClass) -> StudyFacts:
    """What differs between pupils of a class, and hạnh kiểm cả năm where it is entered."""
    if is_primary(klass.regulation):
        plans = in_force(uow.plans.of_class(klass.id))
        return StudyFacts(uow.studies.of_pupils(klass.id), plan_results=plans)
    entered = not regulation(klass.regulation).conduct_year_is_computed
    return StudyFacts(
        uow.studies.of_pupils(klass.id), uow.marks.year_conduct(klass.id) if entered else {}
    )


def load_class(uow: UnitOfWork, class_id: ClassId) -> ClassFacts:
    """Read a class in a handful of statements."""
    klass = uow.school.class_(class_id)
    year = uow.school.year(klass.school_year_id)
    entries = uow.roster.entries(class_id)
    attendance = load_attendance(uow, klass, year, entries)
    return ClassFacts(
        klass=klass,
        year=year,
        subjects=uow.school.subjects(class_id),
        entries=entries,
        assessments=uow.marks.assessments(class_id),
        cells={(m.assessment_id, m.pupil_id): m for m in uow.marks.cells(class_id)},
        comments=uow.marks.comments(class_id),
        conduct=with_days_absent(uow.marks.conduct(class_id), entries, attendance),
        summer=uow.year_end.summer(class_id),
        studies=load_studies(uow, klass),
        readings=readings_of(uow, year.id),
        attendance=attendance,
    )


def load_results(uow: UnitOfWork, class_id: ClassId) -> ResultFacts:
    """Read only what results follow from: a third of the time of `load_class`."""
    klass = uow.school.class_(class_id)
    year = uow.school.year(klass.school_year_id)
    entries = uow.roster.entries(class_id)
    attendance = load_attendance(uow, klass, year, entries)
    return ResultFacts(
        klass=klass,
        year=year,
        subjects=uow.school.subjects(class_id),
        entries=entries,
        assessments=uow.marks.assessments(class_id),
        entered=entered_by_pupil(uow.marks.values(class_id)),
        conduct=with_days_absent(uow.marks.conduct(class_id), entries, attendance),
        summer=uow.year_end.summer(class_id),
        studies=load_studies(uow, klass),
        readings=readings_of(uow, year.id),
    )


def _without(
    subjects: tuple[SubjectYear, ...], not_taken: Collection[SubjectId]
) -> tuple[SubjectYear, ...]:
    keys = {str(subject_id) for subject_id in not_taken}
    return tuple([replace(s, taken=False) if s.key in keys else s for s in subjects])


class ClassResults:
    """Tổng kết: results of a class and the reasons behind one pupil's."""

    def __init__(self, uows: UowFactory) -> None:
        self._uows = uows

    def of_class(self, class_id: ClassId) -> tuple[ResultFacts, dict[PupilId, PupilResults]]:
        """What the results follow from, and everybody's results."""
        with self._uows.read() as uow:
            facts = load_results(uow, class_id)
        return facts, facts.results()

    def reasons(self, class_id: ClassId, pupil_id: PupilId) -> tuple[Reason, ...]:
        """The "Vì sao?" list of one pupil."""
        with self._uows.read() as uow:
            facts = load_results(uow, class_id)
        if facts.primary is not None:
            return facts.primary.explain(pupil_id)
        return facts.regulation.explain(facts.pupil_year(pupil_id), facts.klass.grade)
