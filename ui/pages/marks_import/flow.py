"""Nhập bảng điểm, step by step, without a window: choose, map, check, compare with the grid."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.domain.marks import CellState
from app.domain.periods import EntryTerm, Period, in_order
from app.domain.subjects import column_title
from app.importing.fields import FIELD_LABELS, MARK_VOCABULARY, Field
from app.importing.first_issue_headings import guess_first_issue_mapping, is_first_issue
from app.importing.header_finder import ColumnMapping, guess_mapping
from app.importing.level_headings import LevelSheet, guess_level_mapping, subject_names
from app.importing.mark_form import mark_form
from app.importing.mark_sheet import MarkBook, MarkSheetDraft, SheetPupil, analyse_mark_sheet
from app.importing.problems import RowProblem, Severity
from app.importing.titles import Target, read_titles, refuse_wrong_sheet
from app.readmodels.mark_sheet import CellKey
from ui.pages.importing.sheet_choice import best_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from app.domain.ids import PupilId
    from app.importing.tables import RawSheet
    from app.presses import PlainTable
    from app.readmodels.mark_sheet import CellView, MarkSheetView
    from app.readmodels.roster import RosterView

IDENTITY = (
    Field.ORDER,
    Field.MINISTRY_CODE,
    Field.FULL_NAME,
    Field.FAMILY_NAMES,
    Field.GIVEN_NAME,
    Field.BIRTH_DATE,
    Field.CLASS_NAME,
)
_TX_OFFERED = 9
_PLAIN = (CellState.EMPTY, CellState.MARK)


class Fate(StrEnum):
    """What becomes of one cell."""

    NEW = "new"
    REPLACED = "replaced"
    SAME = "same"
    LOCKED = "locked"


class CellDiff(NamedTuple):
    """One cell of the file against the sheet."""

    key: CellKey
    fate: Fate
    old: str
    new: str


class PupilDiff(NamedTuple):
    """One pupil of the sheet: cells by column key; empty when the file does not name them."""

    pupil_id: PupilId
    position: int
    name: str
    cells: Mapping[str, CellDiff]
    named: bool


class MarksImportFlow:
    """One file for one sheet and term; every refusal is raised as an `AppError`.

    `view_of` answers what a cell holds now (the grid's own cache, so nothing is read twice).
    """

    def __init__(
        self,
        sheet: Callable[[], MarkSheetView],
        view_of: Callable[[CellKey], CellView],
        roster: RosterView,
        term: EntryTerm,
    ) -> None:
        self._sheet_view = sheet
        self._view_of = view_of
        self._roster = roster
        self.term = term
        self.path = Path()
        self.sheets: Sequence[RawSheet] = ()
        self.at = 0
        self.mapping: ColumnMapping | None = None
        self.draft: MarkSheetDraft | None = None
        self.problems: tuple[RowProblem, ...] = ()

    @property
    def view(self) -> MarkSheetView:
        """The sheet as the grid holds it."""
        return self._sheet_view()

    @property
    def target(self) -> Target:
        """Class, subject, term and year that the file must be about."""
        view = self.view
        also = subject_names(view.subject_name) if self.is_primary else ()
        return Target(view.class_name, view.subject_name, self.term, view.school_year, also)

    @property
    def is_primary(self) -> bool:
        """Whether the sheet holds levels of a kỳ."""
        return isinstance(self.term, Period)

    @property
    def terms(self) -> tuple[EntryTerm, ...]:
        """Terms the subject is taught in, or its kỳ."""
        return tuple(in_order({c.term for c in self.view.columns if c.term is not None}))

    @property
    def codes(self) -> tuple[str, ...]:
        """Mark columns of the term in the order of the paper."""
        return tuple(
            column.code
            for column in self.view.columns
            if column.term is self.term and not column.computed and not column.is_comment
        )

    @property
    def sheet(self) -> RawSheet:
        """The sheet of the file in use."""
        return self.sheets[self.at]

    def meanings(self) -> list[str]:
        """What a column of the file may mean: who, the book's columns, and those it lacks."""
        if self.is_primary:
            return [*IDENTITY, *self.codes, Field.REMARK]
        lacking = [f"tx{n}" for n in range(1, _TX_OFFERED + 1) if f"tx{n}" not in self.codes]
        used = set(self.mapping.meanings.values()) if self.mapping is not None else set()
        kept = [code for code in lacking if code in used]
        return [*IDENTITY, *self.codes, *kept, Field.AVERAGE, Field.REMARK]

    def meaning_label(self, meaning: str) -> str:
        """Words of a meaning; a column the book lacks says so."""
        if meaning in self.codes:
            return column_title(meaning)
        plain = next((text for field, text in FIELD_LABELS.items() if field == meaning), "")
        return plain or f"{column_title(meaning)} (sổ không có)"

    def take(self, sheets: Sequence[RawSheet], path: Path) -> None:
        """A file that was read: pick its sheet and guess its columns."""
        choice = best_sheet(sheets, self._guess, self.target)
        self.sheets, self.path = sheets, path
        self.at, self.mapping = choice

    def choose_sheet(self, at: int) -> None:
        """Another sheet of the file; stays on the former one when it has no header."""
        self.mapping = self._guess(self.sheets[at])
        self.at = at

    def choose_term(self, term: EntryTerm) -> None:
        """Another term to write into; a file of several kỳ then has other columns for it."""
        self.term = term
        if self.is_primary and self.mapping is not None:
            self.mapping = self._guess(self.sheet)

    def form(self) -> PlainTable:
        """The empty table of the sheet and term, to fill in and read back."""
        return mark_form(self.view, self.term, self._pupils(), self.codes)

    def set_meaning(self, column: int, meaning: str | None) -> None:
        """The person said what a column is."""
        self.mapping = self._mapped().with_meaning(column, meaning)

    def check(self) -> MarkSheetDraft:
        """Refuses another class, subject, term or year; then reads every row."""
        mapping = self._mapped()
        titles = read_titles(self.sheet, mapping.header, primary=self.is_primary)
        refuse_wrong_sheet(titles, self.target)
        view = self.view
        kinds = {c.code: c.kind for c in view.columns if c.term is self.term and self.is_primary}
        book = MarkBook(self.codes, view.kind, view.class_name, kinds)
        self.draft = analyse_mark_sheet(self.sheet, mapping, self._pupils(), book)
        notes = [RowProblem(0, "", "", n, Severity.NOTE, "file_note") for n in self.draft.notes]
        self.problems = (*notes, *self.draft.problems)
        return self.draft

    def lines(self, *, remarks: bool = True) -> tuple[PupilDiff, ...]:
        """Every pupil of the sheet in its order; those the file does not name have no cells."""
        draft = self._checked()
        named = set(draft.rows.values())
        found = []
        for row in self.view.rows:
            texts = {
                f"{self.term}.{code}": text
                for (pupil, code), text in draft.cells.items()
                if pupil == row.pupil_id
            }
            remark = draft.remarks.get(row.pupil_id)
            if remarks and remark:
                texts[f"{self.term}.comment"] = remark
            cells = {key: self._diff(CellKey(row.pupil_id, key), text)
                     for key, text in texts.items()}  # fmt: skip
            found.append(
                PupilDiff(row.pupil_id, row.position, row.name, cells, row.pupil_id in named)
            )
        return tuple(found)

    def edits(
        self, take: Collection[int], *, replace: bool, remarks: bool = True
    ) -> dict[CellKey, str]:
        """Texts to write for the pupils chosen; cells that hold something only with `replace`."""
        wanted = (Fate.NEW, Fate.REPLACED) if replace else (Fate.NEW,)
        return {
            cell.key: cell.new
            for line in self.lines(remarks=remarks)
            if line.pupil_id in take
            for cell in line.cells.values()
            if cell.fate in wanted
        }

    def _guess(self, sheet: RawSheet) -> ColumnMapping:
        if is_first_issue(self.codes):
            return guess_first_issue_mapping(sheet, self.codes)
        if not isinstance(self.term, Period):
            return guess_mapping(sheet, MARK_VOCABULARY)
        about = LevelSheet(self.view.subject_name, self.term, self.codes)
        return guess_level_mapping(sheet, about)

    def _diff(self, key: CellKey, text: str) -> CellDiff:
        cell = self._view_of(key)
        if cell.text == text:
            return CellDiff(key, Fate.SAME, cell.text, text)
        if not cell.editable or cell.state not in _PLAIN:
            return CellDiff(key, Fate.LOCKED, cell.text, text)
        return CellDiff(key, Fate.REPLACED if cell.text else Fate.NEW, cell.text, text)

    def _pupils(self) -> list[SheetPupil]:
        profiles = {line.pupil_id: line.profile for line in self._roster.lines}
        return [
            SheetPupil(
                row.pupil_id,
                row.name,
                profiles[row.pupil_id].ministry_code if row.pupil_id in profiles else "",
                profiles[row.pupil_id].birth_date if row.pupil_id in profiles else None,
                row.left_on is not None,
            )
            for row in self.view.rows
        ]

    def _mapped(self) -> ColumnMapping:
        if self.mapping is None:
            raise LookupError("no file was taken")
        return self.mapping

    def _checked(self) -> MarkSheetDraft:
        if self.draft is None:
            raise LookupError("nothing was checked")
        return self.draft
