"""Nhập danh sách from a file, step by step, without a window: choose, map, check, compare, take."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.errors import RuleRefused
from app.importing.fields import FIELD_LABELS, ROSTER_VOCABULARY, Field
from app.importing.header_finder import ColumnMapping, guess_mapping
from app.importing.problems import RowProblem, Severity
from app.importing.roster import analyse_roster
from app.importing.titles import Target, read_titles, refuse_wrong_sheet
from app.text import date_vn
from ui.pages.importing.sheet_choice import best_sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from app.changes import CommandResult
    from app.domain.pupils import PupilProfile
    from app.importing.roster_diff import MatchedRow, RosterDiff
    from app.importing.roster_rows import RosterDraft
    from app.importing.tables import RawSheet
    from app.readmodels.roster import RosterView
    from app.workspace import Workspace

MEANINGS: tuple[Field, ...] = tuple(
    field for field in Field if field in FIELD_LABELS
    and field not in (Field.TX, Field.GK, Field.CK, Field.AVERAGE, Field.REMARK)
)  # fmt: skip
"""What a column of a roster may mean, in the order offered."""


class Fate(StrEnum):
    """What becomes of a line when the import is accepted."""

    NEW = "new"
    CHANGED = "changed"
    RETURNED = "returned"
    SAME = "same"
    ELSEWHERE = "elsewhere"
    CONFLICT = "conflict"
    MISSING = "missing"


class DiffLine(NamedTuple):
    """One line of the differences step; `row` is 0 for a pupil the file does not name."""

    fate: Fate
    row: int
    name: str
    born: str
    code: str
    note: str

    @property
    def can_take(self) -> bool:
        """Whether the person may choose it."""
        return self.fate in (Fate.NEW, Fate.CHANGED, Fate.RETURNED)


class RosterImportFlow:
    """One file for one class; every refusal is raised as an `AppError`."""

    def __init__(self, work: Workspace, view: RosterView) -> None:
        self._work = work
        self._view = view
        self.path = Path()
        self.sheets: Sequence[RawSheet] = ()
        self.at = 0
        self.mapping: ColumnMapping | None = None
        self.draft: RosterDraft | None = None
        self.diff: RosterDiff | None = None
        self.problems: tuple[RowProblem, ...] = ()

    @property
    def target(self) -> Target:
        """The class and year the file must be about."""
        return Target(class_name=self._view.class_name, school_year=self._view.year_name)

    @property
    def sheet(self) -> RawSheet:
        """The sheet in use."""
        return self.sheets[self.at]

    def take(self, sheets: Sequence[RawSheet], path: Path) -> None:
        """A file that was read: pick its sheet and guess its columns."""
        choice = best_sheet(
            sheets, partial(guess_mapping, vocabulary=ROSTER_VOCABULARY), self.target
        )
        self.sheets, self.path = sheets, path
        self.at, self.mapping = choice

    def choose_sheet(self, at: int) -> None:
        """Another sheet of the same file; stays on the former one when it has no header."""
        self.mapping = guess_mapping(self.sheets[at], ROSTER_VOCABULARY)
        self.at = at

    def set_meaning(self, column: int, meaning: str | None) -> None:
        """The person said what a column is."""
        self.mapping = self._mapped().with_meaning(column, meaning)

    def check(self) -> RosterDraft:
        """Every row read and judged; refuses a file of another class."""
        mapping = self._mapped()
        facts = read_titles(self.sheet, mapping.header)
        warned = refuse_wrong_sheet(facts, self.target)
        context = self._work.roster_import.context(self._view.class_id)
        draft = analyse_roster(self.sheet, mapping, context)
        if not draft.rows:
            raise RuleRefused(
                "no_pupil_row",
                f"Trang “{self.sheet.name}” không có dòng học sinh nào dưới dòng tiêu đề; hãy "
                "chọn trang khác, hoặc ghép lại cột họ tên và ngày sinh.",
            )
        self.draft = draft
        whole = [RowProblem(0, "", "", w.sentence, w.severity, w.code) for w in warned]
        whole += [RowProblem(0, "", "", note, Severity.NOTE, "file_note") for note in draft.notes]
        self.problems = (*whole, *draft.problems)
        return draft

    def bad_rows_file(self) -> bytes:
        """An .xlsx of the rows that cannot be taken, with their reasons."""
        draft = self._checked()
        return self._work.tables.bad_rows(
            self.sheet, self._mapped().header, draft.bad_rows, draft.reasons
        )

    def compare(self) -> RosterDiff:
        """The good rows against the class as it stands now."""
        draft = self._checked()
        if not draft.good_rows:
            raise RuleRefused(
                "no_good_row",
                "Không dòng nào trong tệp nhận được; hãy lưu các dòng lỗi ra Excel, sửa rồi nhập "
                "lại.",
            )
        actor = self._work.session.actor
        self.diff = self._work.roster_import.compare(actor, self._view.class_id, draft)
        return self.diff

    def lines(self) -> tuple[DiffLine, ...]:
        """The differences as one list, what changes the class first."""
        diff = self._compared()
        found = [_line(Fate.NEW, row.excel_row, row.profile, "") for row in diff.new]
        found += [_matched(Fate.CHANGED, one, _changes(one)) for one in diff.changed]
        found += [_matched(Fate.RETURNED, one, _changes(one)) for one in diff.returned]
        reasons = {problem.excel_row: problem.reason for problem in diff.problems}
        for row in diff.conflicting:
            found.append(_line(Fate.CONFLICT, row.excel_row, row.profile, reasons[row.excel_row]))
        found += [_matched(Fate.ELSEWHERE, one, reasons[one.row.excel_row])
                  for one in diff.elsewhere]  # fmt: skip
        found += [_line(Fate.MISSING, 0, pupil.profile, "") for pupil in diff.missing]
        found += [_matched(Fate.SAME, one, "") for one in diff.same]
        return tuple(found)

    def default_rows(self) -> set[int]:
        """New and changed rows; who had left comes back only when chosen."""
        return {line.row for line in self.lines() if line.fate in (Fate.NEW, Fate.CHANGED)}

    def accept(self, take: Collection[int]) -> CommandResult:
        """One command for all chosen rows."""
        return self._work.roster_import.accept(
            self._work.session.actor,
            self._view.class_id,
            self._compared(),
            take,
            source=self.path.name,
        )

    def _mapped(self) -> ColumnMapping:
        if self.mapping is None:
            raise LookupError("no file was taken")
        return self.mapping

    def _checked(self) -> RosterDraft:
        if self.draft is None:
            raise LookupError("nothing was checked")
        return self.draft

    def _compared(self) -> RosterDiff:
        if self.diff is None:
            raise LookupError("nothing was compared")
        return self.diff


def _line(fate: Fate, row: int, profile: PupilProfile, note: str) -> DiffLine:
    return DiffLine(
        fate, row, profile.full_name, date_vn(profile.birth_date), profile.ministry_code, note
    )


def _matched(fate: Fate, one: MatchedRow, note: str) -> DiffLine:
    return _line(fate, one.row.excel_row, one.row.profile, note)


def _changes(one: MatchedRow) -> str:
    return "; ".join(
        f"{change.label}: {change.old or 'trống'} → {change.new}" for change in one.changes
    )
