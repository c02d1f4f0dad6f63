"""From stored entries to what a circular is given: the one place that turns cells into marks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.ids import AssessmentId, PupilId
from app.domain.mark_columns import ColumnRole, column_role
from app.domain.marks import COUNTED_STATES, CellState, MarkCell
from app.domain.periods import Term
from app.domain.subjects import Subject
from app.ports import Assessment
from app.regulations.base import Exemption, SubjectYear, TermMarks


@dataclass(slots=True)
class Entered:
    """One pupil's entries: counted values by column, and the columns the pupil is exempt from."""

    counted: dict[AssessmentId, int | None] = field(default_factory=dict)
    exempt: set[AssessmentId] = field(default_factory=set)

    def put(self, column: AssessmentId, cell: MarkCell) -> None:
        """Take in one cell."""
        state = cell.state
        if state in COUNTED_STATES:
            self.counted[column] = cell.value
        elif state is CellState.EXEMPT:
            self.exempt.add(column)


NOTHING_ENTERED = Entered()
"""Of a pupil without a single row; never written into."""

_COUNTED = tuple(state in COUNTED_STATES for state in CellState)
_EXEMPT = int(CellState.EXEMPT)


def entered_by_pupil(
    rows: Iterable[tuple[AssessmentId, PupilId, int, int | None]],
) -> dict[PupilId, Entered]:
    """Entries of everybody from rows of (column, pupil, number of the state, value).

    What `Entered.put` does cell by cell, without making half a million cells for a school.
    """
    found: dict[PupilId, Entered] = {}
    for column, pupil, state, value in rows:
        mine = found.get(pupil)
        if mine is None:
            mine = found[pupil] = Entered()
        if _COUNTED[state]:
            mine.counted[column] = value
        elif state == _EXEMPT:
            mine.exempt.add(column)
    return found


@dataclass(frozen=True, slots=True)
class _TermColumns:
    """A semester's columns; None where the school has none such."""

    tx: tuple[AssessmentId, ...]
    gk: AssessmentId | None
    ck: AssessmentId | None
    more_gk: tuple[AssessmentId, ...]


class SubjectInput:
    """One subject of a class: which columns feed which place of the circular's formula."""

    def __init__(
        self, subject: Subject, columns: Sequence[Assessment], core_codes: Collection[str]
    ) -> None:
        """`core_codes` are those of the class's circular."""
        self._key = str(subject.id)
        self._subject = subject
        self._core = subject.code in core_codes
        self._hk1 = _term_columns(subject, Term.HK1, columns)
        self._hk2 = _term_columns(subject, Term.HK2, columns)
        self._terms = {column.id: column.term for column in columns}

    def year(self, entered: Entered) -> SubjectYear:
        """One pupil's subject as the circular reads it."""
        subject, get = self._subject, entered.counted.get
        return SubjectYear(
            self._key,
            subject.name,
            subject.kind,
            None if self._hk1 is None else _marks(self._hk1, get),
            None if self._hk2 is None else _marks(self._hk2, get),
            self._exemption(entered.exempt) if entered.exempt else None,
            optional=subject.optional,
            core=self._core,
        )

    def _exemption(self, columns: Collection[AssessmentId]) -> Exemption | None:
        terms = {self._terms[column] for column in columns if column in self._terms}
        if not terms:
            return None
        if terms == {Term.HK1}:
            return Exemption.HK1
        if terms == {Term.HK2}:
            return Exemption.HK2
        return Exemption.YEAR


def _marks(columns: _TermColumns, get: Callable[[AssessmentId], int | None]) -> TermMarks:
    tx = tuple([get(column) for column in columns.tx])
    gk = None if columns.gk is None else get(columns.gk)
    ck = None if columns.ck is None else get(columns.ck)
    if not columns.more_gk:
        return TermMarks(tx, gk, ck, len(tx))
    return TermMarks(tx, gk, ck, len(tx), tuple([get(column) for column in columns.more_gk]))


def _term_columns(
    subject: Subject, term: Term, columns: Sequence[Assessment]
) -> _TermColumns | None:
    if term not in subject.terms:
        return None
    by_role: dict[ColumnRole | None, list[AssessmentId]] = {}
    for column in columns:
        if column.term is term:
            by_role.setdefault(column_role(column.code), []).append(column.id)
    periodic = by_role.get(ColumnRole.PERIODIC, [])
    final = by_role.get(ColumnRole.FINAL, [])
    return _TermColumns(
        tuple(by_role.get(ColumnRole.REGULAR, ())),
        periodic[0] if periodic else None,
        final[0] if final else None,
        tuple(periodic[1:]),
    )
