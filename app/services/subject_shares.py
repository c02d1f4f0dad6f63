"""Tỉ lệ of the marks a tổ has entered so far, subject by subject (M195); nobody is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from app.domain.ids import AssessmentId, SchoolYearId, SubjectId
from app.domain.marks import COUNTED_STATES, DAT
from app.domain.periods import EntryTerm
from app.domain.subjects import Subject, SubjectKind
from app.ports import UnitOfWork
from app.readmodels.statistics import BANDS
from app.readmodels.work_board import ShareRow
from app.services.class_figures import band_of

_WORDS = {
    SubjectKind.COMMENTS: ("Đ", "CĐ"),
    SubjectKind.LEVELS: ("T", "H", "C"),
    SubjectKind.TRAITS: ("T", "Đ", "C"),
}


def subject_shares(
    uow: UnitOfWork, year_id: SchoolYearId, term: EntryTerm, sheets: Collection[tuple[int, int]]
) -> tuple[ShareRow, ...]:
    """Entered marks of these (class, subject) sheets by band, in percent of what is entered.

    A subject without numbers has its levels with their own words in the first columns.
    """
    counts: dict[str, Counter[int]] = {}
    kinds: dict[str, Subject] = {}
    for klass in uow.school.classes(year_id):
        wanted = {subject for at, subject in sheets if at == klass.id}
        if not wanted:
            continue
        subjects = {s.id: s for s in uow.school.subjects(klass.id) if s.id in wanted}
        columns: dict[AssessmentId, SubjectId] = {
            column.id: column.subject_id
            for column in uow.marks.assessments(klass.id)
            if column.subject_id in subjects
            and column.term is term
            and subjects[column.subject_id].kind_of(column.code) is subjects[column.subject_id].kind
        }
        for column_id, _pupil, state, value in uow.marks.values(klass.id):
            subject_id = columns.get(column_id)
            if subject_id is None or value is None or state not in COUNTED_STATES:
                continue
            subject = subjects[subject_id]
            kinds[subject.name] = subject
            counts.setdefault(subject.name, Counter())[_band(subject.kind, value)] += 1
    order = sorted(counts, key=lambda name: kinds[name].position)
    return tuple(_row(name, kinds[name].kind, counts[name]) for name in order)


def _band(kind: SubjectKind, value: int) -> int:
    if kind is SubjectKind.MARKS:
        return band_of(kind, value)
    if kind is SubjectKind.COMMENTS:
        return 0 if value == DAT else 1
    return 2 - value


def _row(name: str, kind: SubjectKind, count: Counter[int]) -> ShareRow:
    whole = count.total()
    shares = [f"{(200 * count[at] + whole) // (2 * whole)} %" for at in range(len(BANDS))]
    words = _WORDS.get(kind)
    if words is not None:
        shares = [f"{word}: {share}" for word, share in zip(words, shares, strict=False)]
        shares += [""] * (len(BANDS) - len(shares))
    return ShareRow(name, str(whole), tuple(shares))
