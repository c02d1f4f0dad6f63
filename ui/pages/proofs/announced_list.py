"""Danh sách đã công bố: a mark sheet file read as the import reads it, for comparison only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from app.importing.fields import MARK_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.mark_sheet import analyse_mark_sheet
from app.importing.problems import Severity
from app.importing.titles import read_titles, refuse_wrong_sheet
from app.readmodels.mark_sheet import CellKey
from ui.pages.importing.sheet_choice import best_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    choice = best_sheet(sheets, partial(guess_mapping, vocabulary=MARK_VOCABULARY), about.target)
    sheet = sheets[choice.at]
    refuse_wrong_sheet(read_titles(sheet, choice.mapping.header), about.target)
    draft = analyse_mark_sheet(sheet, choice.mapping, about.pupils, about.book)
    texts = {CellKey(pupil, about.keys[code]): text for (pupil, code), text in draft.cells.items()}
    unread = tuple(
        f"dòng {p.excel_row}: {p.reason}" if p.excel_row else p.reason
        for p in draft.problems
        if p.severity is Severity.ERROR
    )
    return AnnouncedList(tuple(about.keys[code] for code in draft.columns), texts, unread)
