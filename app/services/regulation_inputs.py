"""From stored entries to what a circular is given: the one place that turns cells into marks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.ids import AssessmentId, PupilId
from app.domain.marks import COUNTED_STATES, CellState, MarkCell
from app.domain.periods import Term
from app.domain.subjects import Subject
from app.ports import Assessment
from app.regulations.base import Exemption, SubjectYear, TermMarks
from app.regulations.tt58_2011 import CORE_CODES


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


class SubjectInput:
    """One subject of a class: which columns feed which place of the circular's formula."""

    def __init__(self, subject: Subject, columns: Sequence[Assessment]) -> None:
        self._key = str(subject.id)
        self._subject = subject
        self._core = subject.code in CORE_CODES
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
    return TermMarks(tx, gk, ck, len(tx))


def _term_columns(
    subject: Subject, term: Term, columns: Sequence[Assessment]
) -> _TermColumns | None:
    if term not in subject.terms:
        return None
    by_code: Mapping[str, AssessmentId] = {c.code: c.id for c in columns if c.term is term}
    return _TermColumns(
        tuple(c.id for c in columns if c.term is term and c.code.startswith("tx")),
        by_code.get("gk"),
        by_code.get("ck"),
    )
