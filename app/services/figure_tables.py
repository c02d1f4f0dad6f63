"""Số liệu as plain tables for Excel: two sheets a circular, for ad-hoc reports (M89)."""

from __future__ import annotations

from collections.abc import Sequence

from app.presses import PlainTable
from app.readmodels.figures import Figures, Measure, MeasureKind, PupilGroup, SchoolFigures
from app.readmodels.statistics import share

_Row = list[str | int | None]
_SUMMED = (MeasureKind.LEARNING, MeasureKind.CONDUCT, MeasureKind.OUTCOME, MeasureKind.TITLE)


def figure_tables(figures: SchoolFigures) -> list[PlainTable]:
    """Results and subjects, class by class, then the grade, then the circular's classes together.

    One row a group of pupils; a group without pupils has none, but for all pupils.
    """
    tables: list[PlainTable] = []
    for whole in figures.whole:
        scopes = _scopes(figures, whole)
        name = whole.circular.replace("/", "-")
        tables.append(PlainTable(f"{name} kết quả", _result_rows(scopes, figures.groups)))
        tables.append(PlainTable(f"{name} môn học", _subject_rows(scopes, figures.groups)))
    return tables


def _scopes(figures: SchoolFigures, whole: Figures) -> list[Figures]:
    """Classes of each grade, then the grade; the whole last."""
    found: list[Figures] = []
    for grade in figures.grades:
        if grade.circular == whole.circular:
            found += [
                one
                for one in figures.classes
                if (one.grade, one.circular) == (grade.grade, grade.circular)
            ]
            found.append(grade)
    return [*found, whole]


def _result_rows(scopes: Sequence[Figures], groups: Sequence[PupilGroup]) -> list[_Row]:
    measures = [m for kind in _SUMMED if (m := scopes[-1].of(kind)) is not None]
    head: _Row = ["Phạm vi", "Đối tượng", "Số học sinh"]
    for measure in measures:
        for level in measure.levels:
            head += [f"{measure.name}: {level}", "%"]
    averaged = any(m.averaged for m in measures)
    rows: list[_Row] = [[*head, "ĐTB các môn"] if averaged else head]
    for scope in scopes:
        for group in _present(scope, groups):
            pupils = scope.pupils[group]
            row: _Row = [scope.name, group.label, pupils]
            for measure in (m for kind in _SUMMED if (m := scope.of(kind)) is not None):
                row += _shares(measure, group, pupils)
            if averaged:
                row.append(_mean(scope.of(MeasureKind.LEARNING), group))
            rows.append(row)
    return rows


def _subject_rows(scopes: Sequence[Figures], groups: Sequence[PupilGroup]) -> list[_Row]:
    levels = list(dict.fromkeys(lv for m in scopes[-1].subjects for lv in m.levels))
    head: _Row = ["Phạm vi", "Môn học", "Đối tượng", "Số học sinh", "Chưa có"]
    for level in levels:
        head += [level, "%"]
    averaged = any(m.averaged for m in scopes[-1].subjects)
    rows: list[_Row] = [[*head, "Trung bình"] if averaged else head]
    for scope in scopes:
        for measure in scope.subjects:
            for group in _present(scope, groups):
                pupils = measure.pupils[group]
                row: _Row = [
                    *(scope.name, measure.name, group.label, pupils),
                    pupils - measure.known(group),
                ]
                counts = dict(zip(measure.levels, measure.counts[group], strict=True))
                for level in levels:
                    here = counts.get(level)
                    row += [None, None] if here is None else [here, share(here, pupils)]
                rows.append([*row, _mean(measure, group)] if averaged else row)
    return rows


def _present(scope: Figures, groups: Sequence[PupilGroup]) -> list[PupilGroup]:
    return [group for group in groups if group is PupilGroup.ALL or scope.pupils[group]]


def _shares(measure: Measure, group: PupilGroup, pupils: int) -> _Row:
    row: _Row = []
    for count in measure.counts[group]:
        row += [count, share(count, pupils)]
    return row


def _mean(measure: Measure | None, group: PupilGroup) -> str:
    """The average of all pupils: "6,8"; nothing for a part of them or without marks."""
    if measure is None or measure.average is None or group is not PupilGroup.ALL:
        return ""
    return f"{measure.average // 10},{measure.average % 10}"
