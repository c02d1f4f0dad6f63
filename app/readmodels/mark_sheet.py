"""The mark grid of one class and subject, ready to be painted: texts, states, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from app.domain.ids import AssessmentId, ClassId, PupilId, SubjectId
from app.domain.locks import WhyLocked
from app.domain.marks import CellState
from app.domain.periods import EntryTerm
from app.domain.subjects import SubjectKind

__all__ = [
    "BLANK",
    "CellKey",
    "CellView",
    "MarkSheetView",
    "SheetChange",
    "SheetColumn",
    "SheetId",
    "SheetRow",
    "WhyLocked",
]


class SheetId(NamedTuple):
    """A class and a subject: the unit a teacher opens."""

    class_id: ClassId
    subject_id: SubjectId


class CellKey(NamedTuple):
    """A pupil and a column of a sheet; `column` is a `SheetColumn.key` such as "HK1.tx1"."""

    pupil_id: PupilId
    column: str


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column. `key` is "<term>.<code>": codes tx1..txN, gk, ck (typed), avg (ĐTBmhk or the
    term's level), comment (nhận xét); and "YEAR.avg" for ĐTBmcn / the year's level.
    """

    key: str
    term: EntryTerm | None
    code: str
    title: str
    group: str
    assessment_id: AssessmentId | None = None
    test_on: date | None = None
    due_on: date | None = None
    returned_on: date | None = None
    locked: bool = False
    overdue: bool = False
    computed: bool = False
    kind: SubjectKind = SubjectKind.MARKS
    """How a typed text of the column is read."""

    @property
    def is_comment(self) -> bool:
        """Whether the column holds free text."""
        return self.code == "comment"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One pupil of the roster; `left_on` is set when the pupil left and the row is struck.

    `taken` False: the pupil chose another subject, so nothing is written here. `code` and `born`
    tell pupils apart when a pasted list names them.
    """

    pupil_id: PupilId
    position: int
    name: str
    left_on: date | None = None
    taken: bool = True
    code: str = ""
    born: date | None = None


class CellView(NamedTuple):
    """What one cell shows. A tuple, because a grid has a thousand of them.

    `text` without glyphs; `editable` is the service's own answer at load time; `corrected_from` is
    the struck old value; `note` is the tooltip (reason, former school, correction number);
    `open_by_case` marks a cell that an approved correction holds open; `odd` a level that
    does not go with its Điểm KTĐK (the note says why).
    """

    text: str = ""
    state: CellState = CellState.EMPTY
    editable: bool = False
    missing: bool = False
    late: bool = False
    corrected_from: str = ""
    note: str = ""
    open_by_case: bool = False
    odd: bool = False


BLANK = CellView()


@dataclass(frozen=True, slots=True)
class MarkSheetView:
    """The whole sheet. `cells[row][column]` follows `rows` and `columns`.

    `window_open_until`: last day of the entry window that covers today, None when none is open.
    `lock_chip`: the state in words for the top bar ("Đang mở đến 15/01"), of the current term;
    `term_chips`: the same of each term, with whether it is open.
    """

    sheet: SheetId
    class_name: str
    subject_name: str
    school_year: str
    kind: SubjectKind
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    cells: tuple[tuple[CellView, ...], ...]
    version: int
    can_enter: bool
    lock_chip: str
    chip_open: bool
    term_chips: Mapping[EntryTerm, tuple[str, bool]] = field(default_factory=dict)
    window_open_until: date | None = None
    missing_count: int = 0
    late_count: int = 0
    corrected_count: int = 0
    current_term: EntryTerm | None = None
    """The term the day belongs to: what is shown first."""
    closed_terms: frozenset[EntryTerm] = frozenset()
    """Terms after their close: nothing is left to confirm."""

    def may_confirm(self, term: EntryTerm | None) -> bool:
        """Whether Xác nhận đã đủ makes sense for a term; of the year (None), for any of them."""
        wanted = set(self.term_chips) if term is None else {term}
        over = bool(wanted) and wanted <= self.closed_terms
        return self.can_enter and bool(self.rows) and not over


@dataclass(frozen=True, slots=True)
class SheetChange:
    """Cells that one committed gesture changed, derived ones included, and the new version.

    `previous` are the typed cells as they were, as texts that a gesture "undo" restores exactly;
    `columns` those whose heading changed (a due date no longer overdue).
    """

    version: int
    cells: dict[CellKey, CellView]
    previous: dict[CellKey, str]
    saved_at: datetime
    seq: int
    missing_count: int = 0
    late_count: int = 0
    corrected_count: int = 0
    columns: tuple[SheetColumn, ...] = ()
