"""Thống kê: counts of results by subject, class, grade and group of pupils (M89, M195)."""

from __future__ import annotations

from collections.abc import Sequence

from app.actor import Actor
from app.clock import Clock
from app.domain.ids import ClassId, SubjectId
from app.domain.subjects import Subject, SubjectKind
from app.ports import UowFactory
from app.progress import Progress, no_progress
from app.readmodels.figures import (
    OPEN_GROUPS,
    Figures,
    Measure,
    MeasureKind,
    PupilGroup,
    SchoolFigures,
    added,
)
from app.readmodels.results_table import ResultsPeriod
from app.readmodels.statistics import ClassStat, StatHeads, SubjectStat
from app.regulations.registry import CIRCULARS
from app.services.class_results import ClassFacts, load_class
from app.services.primary_statistics import figures_of, graded_columns, measure_code
from app.services.roster import EDITORS
from app.services.standing import standing

_KINDS = (MeasureKind.LEARNING, MeasureKind.CONDUCT, MeasureKind.OUTCOME, MeasureKind.TITLE)
"""In the order of `StatHeads` and `ClassStat`."""


class Statistics:
    """Reads; who may look is the page's class scope."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def by_subject(self, class_id: ClassId, period: ResultsPeriod) -> tuple[SubjectStat, ...]:
        """Every subject of a class studied in the period."""
        today = self._clock.today()
        with self._uows.read() as uow:
            facts = load_class(uow, class_id)
            names = {a.id: a.full_name for a in uow.accounts.all(today)}
            teachers: dict[SubjectId, list[str]] = {}
            for given in uow.accounts.assignments(class_id):
                if given.subject_id is not None and given.covers(today):
                    who = names.get(given.account_id, "")
                    teachers.setdefault(given.subject_id, []).append(who)
        found = figures_of(facts, period, (PupilGroup.ALL,))
        counted = {measure.code: measure for measure in found.subjects}
        return tuple(
            SubjectStat(
                subject.id,
                measure.name,
                ", ".join(teachers.get(subject.id, ())),
                kind,
                measure.counts[PupilGroup.ALL],
                measure.pupils[PupilGroup.ALL] - measure.known(PupilGroup.ALL),
                measure.average,
            )
            for subject, kind, code in _counted_columns(facts, period)
            if (measure := counted.get(code)) is not None
        )

    def by_class(
        self,
        class_ids: Sequence[ClassId],
        period: ResultsPeriod,
        progress: Progress = no_progress,
    ) -> tuple[StatHeads, tuple[ClassStat, ...]]:
        """Classes in the order given; the heads hold every level that one of them may have.

        Of several levels only those that have the period; at the year's end all of them.
        """
        found = self._read(class_ids, period, (PupilGroup.ALL,), progress)
        return stat_table([one for _, one in found], [class_id for class_id, _ in found])

    def figures(
        self,
        actor: Actor,
        class_ids: Sequence[ClassId],
        period: ResultsPeriod,
        progress: Progress = no_progress,
    ) -> SchoolFigures:
        """Everything that can be counted about these classes, and its sums.

        Ethnicity and inclusion are counted only for whoever reads them in the roster: a count of
        one in a class names a pupil.
        """
        with self._uows.read() as uow:
            person = standing(uow, actor, self._clock.today())
        groups = tuple(PupilGroup) if person.leads or person.has(*EDITORS) else OPEN_GROUPS
        classes = [one for _, one in self._read(class_ids, period, groups, progress)]
        present = [rules for rules in CIRCULARS if any(k.circular == rules for k in classes)]
        grades = {(one.grade or 0, one.circular): f"Khối {one.grade}" for one in classes}
        return SchoolFigures(
            classes=tuple(classes),
            grades=tuple(
                added(name, grade, [k for k in classes if (k.grade, k.circular) == (grade, rules)])
                for (grade, rules), name in sorted(grades.items())
            ),
            whole=tuple(
                added(f"Tổng cộng, {rules}", None, [k for k in classes if k.circular == rules])
                for rules in present
            ),
            groups=groups,
        )

    def _read(
        self,
        class_ids: Sequence[ClassId],
        period: ResultsPeriod,
        groups: Sequence[PupilGroup],
        progress: Progress,
    ) -> list[tuple[ClassId, Figures]]:
        found: list[tuple[ClassId, Figures]] = []
        for done, class_id in enumerate(class_ids):
            progress(done, len(class_ids), "Đang tính")
            with self._uows.read() as uow:
                facts = load_class(uow, class_id)
            own = _period_of(facts, period)
            if own is not None:
                found.append((class_id, figures_of(facts, own, groups)))
        return found


def _period_of(facts: ClassFacts, period: ResultsPeriod) -> ResultsPeriod | None:
    """The period as the class has it; kỳ and học kì have only the end of the year in common."""
    own = period.near(primary=facts.primary is not None)
    return own if own is period or (own.is_year and period.is_year) else None


def _counted_columns(
    facts: ClassFacts, period: ResultsPeriod
) -> list[tuple[Subject, SubjectKind, str]]:
    """Each subject, in primary schools each of its columns with a level; the measure's code."""
    if facts.primary is None:
        return [(subject, subject.kind, subject.code) for subject in facts.subjects]
    return [
        (subject, subject.kind_of(column.code), measure_code(subject, column))
        for subject, column in graded_columns(facts, period)
    ]


def stat_table(
    found: Sequence[Figures], class_ids: Sequence[ClassId] = ()
) -> tuple[StatHeads, tuple[ClassStat, ...]]:
    """Figures of all pupils side by side, under one head for circulars that differ.

    Without `class_ids` the rows are sums and belong to no class.
    """
    heads = [_levels(found, kind) for kind in _KINDS]
    ids: Sequence[ClassId | None] = class_ids or [None] * len(found)
    stats = tuple(
        ClassStat(
            class_id,
            one.name,
            one.pupils[PupilGroup.ALL],
            *(_counts(one.of(kind), names) for kind, names in zip(_KINDS, heads, strict=True)),
        )
        for class_id, one in zip(ids, found, strict=True)
    )
    return StatHeads(*heads), stats


def _levels(found: Sequence[Figures], kind: MeasureKind) -> tuple[str, ...]:
    measures = [measure for one in found if (measure := one.of(kind)) is not None]
    return tuple(dict.fromkeys(level for measure in measures for level in measure.levels))


def _counts(measure: Measure | None, names: tuple[str, ...]) -> tuple[int, ...]:
    by_name: dict[str, int] = {}
    if measure is not None:
        by_name = dict(zip(measure.levels, measure.counts[PupilGroup.ALL], strict=True))
    return tuple(by_name.get(name, 0) for name in names)
