"""Which sheet of a workbook to read and where its header lies: the first that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.errors import RuleRefused
from app.importing.header_finder import ColumnMapping
from app.importing.problems import Severity
from app.importing.titles import Target, read_titles, title_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.importing.tables import RawSheet


class Choice(NamedTuple):
    """A sheet that can be read, by its number in the file."""

    at: int
    mapping: ColumnMapping


def best_sheet(
    sheets: Sequence[RawSheet], guess: Callable[[RawSheet], ColumnMapping], target: Target
) -> Choice:
    """The first sheet whose titles say nothing else than `target`, else the first with a header.

    `guess` finds the header of a sheet and what its columns mean.

    Raises RuleRefused when the file is empty or no sheet has a header.
    """
    first: Choice | None = None
    refusal: RuleRefused | None = None
    for at, sheet in enumerate(sheets):
        if not sheet.rows:
            continue
        try:
            mapping = guess(sheet)
        except RuleRefused as error:
            refusal = refusal or error
            continue
        first = first or Choice(at, mapping)
        wrong = title_problems(
            read_titles(sheet, mapping.header, primary=target.is_primary), target
        )
        if not any(problem.severity is Severity.ERROR for problem in wrong):
            return Choice(at, mapping)
    if first is not None:
        return first
    raise refusal or RuleRefused(
        "file_empty", "Tệp này không có dòng dữ liệu nào; hãy chọn tệp khác.", sheets=len(sheets)
    )
