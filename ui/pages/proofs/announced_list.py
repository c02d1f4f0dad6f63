"""Danh sách đã công bố: a mark sheet file read as the import reads it, for comparison only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from app.domain.periods import Period
from app.importing.fields import MARK_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.level_headings import LevelSheet, guess_level_mapping
from app.importing.mark_sheet import analyse_mark_sheet
from app.importing.problems import Severity
from app.importing.titles import read_titles, refuse_wrong_sheet
from app.readmodels.mark_sheet import CellKey
from ui.pages.importing.sheet_choice import best_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.importing.header_finder import ColumnMapping
    from app.importing.tables import RawSheet
    from app.services.proof_comparing import ListTarget


class AnnouncedList(NamedTuple):
    """Columns of the sheet that the file has, its texts, and rows or cells it could not take."""

    columns: tuple[str, ...]
    texts: dict[CellKey, str]
    unread: tuple[str, ...]


def read_list(sheets: Sequence[RawSheet], about: ListTarget) -> AnnouncedList:
    """The list in the file; refused when it is about another class, subject, term or year, or has
    no mark column of the sheet.
    """
    target = about.target
    choice = best_sheet(sheets, partial(_guess, about=about), target)
    sheet = sheets[choice.at]
    titles = read_titles(sheet, choice.mapping.header, primary=target.is_primary)
    refuse_wrong_sheet(titles, target)
    draft = analyse_mark_sheet(sheet, choice.mapping, about.pupils, about.book)
    texts = {CellKey(pupil, about.keys[code]): text for (pupil, code), text in draft.cells.items()}
    unread = tuple(
        f"dòng {p.excel_row}: {p.reason}" if p.excel_row else p.reason
        for p in draft.problems
        if p.severity is Severity.ERROR
    )
    return AnnouncedList(tuple(about.keys[code] for code in draft.columns), texts, unread)


def _guess(sheet: RawSheet, about: ListTarget) -> ColumnMapping:
    """What the file's columns mean, by the headings of the sheet's kind of school."""
    target = about.target
    if not isinstance(target.term, Period):
        return guess_mapping(sheet, MARK_VOCABULARY)
    level = LevelSheet(target.subject or "", target.term, about.book.columns)
    return guess_level_mapping(sheet, level)
