"""Which pupil each row of a copied block is for, when counting rows down the book may slip.

A teacher's own list has names in it, or it has left out a pupil who went away. Both are told
here and asked on screen; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.importing.fields import MARK_VOCABULARY, Field
from app.importing.problems import Severity
from app.importing.pupil_matching import PupilMatcher, RowIdentity, SheetPupil
from app.importing.tables import text_cell
from app.importing.values import MINISTRY_CODE_DIGITS, read_code, read_date
from app.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from app.domain.ids import PupilId

Values = list[list[str]]
"""Rows of a copied block, all of one width."""

_NAMES_SHOWN = 3
_SEXES = {"nam", "nu"}


@dataclass(frozen=True, slots=True)
class PasteWay:
    """One way to paste: the words of its button and the values of each pupil's row.

    `blanks_clear`: whether an empty value empties its cell, as in an ordinary paste.
    """

    words: str
    rows: Mapping[PupilId, Sequence[str]]
    blanks_clear: bool = True


@dataclass(frozen=True, slots=True)
class PasteQuestion:
    """What is unclear, and one or two ways to go on."""

    sentence: str
    ways: tuple[PasteWay, ...]


def paste_by_name(values: Values, pupils: Sequence[SheetPupil]) -> PasteQuestion | None:
    """The block matched to pupils by its column of names or ministry codes.

    None for a block without such a column, with nothing right of it, or with nobody known in it.
    """
    head = _IdentityColumns.find(values, pupils)
    if head is None or head.first_value >= len(values[0]):
        return None
    rows = [head.identity(number, row) for number, row in enumerate(values)]
    named = [row for row in rows if row.full_name or row.has_code]
    matched, problems = PupilMatcher(pupils).match(named)
    if not matched:
        return None
    lost = {p.excel_row for p in problems if p.severity is Severity.ERROR}
    strangers = [row.full_name or row.ministry_code for row in named if row.excel_row in lost]
    gone = [
        row.full_name for row in named if row.excel_row not in matched and row.excel_row not in lost
    ]
    absent = sum(not p.left for p in pupils) - len(matched)
    parts = [f"Khối chép có cột họ tên: {len(matched)} hàng khớp với em trong sổ"]
    if strangers:
        parts.append(f"{len(strangers)} hàng không khớp nên bỏ qua ({_some(strangers)})")
    if gone:
        parts.append(f"{_some(gone)} không ghi ở đây nữa nên bỏ qua")
    if absent:
        parts.append(f"{absent} em trong sổ không có hàng nào, ô của các em ấy giữ nguyên")
    way = PasteWay(
        "Dán theo họ tên",
        {pupil: values[number][head.first_value :] for number, pupil in matched.items()},
        blanks_clear=False,
    )
    return PasteQuestion("; ".join(parts) + ".", (way,))


def paste_by_row(values: Values, first: int, pupils: Sequence[SheetPupil]) -> PasteQuestion | None:
    """Whether struck rows lie under a block that starts at row `first`, and how to go round them.

    Asked when a value would fall on a struck row, or when the block has exactly as many rows as
    pupils are present: such a list has left the others out, and every row after would slip. None
    when rows and pupils agree, or when the block is too long whichever way.
    """
    height = len(values)
    below = pupils[first:]
    under = below[:height]
    struck = [pupil for pupil in under if pupil.left]
    present = [pupil for pupil in below if not pupil.left]
    if not struck:
        return None
    filled = any(
        text.strip()
        for pupil, row in zip(under, values, strict=False)
        if pupil.left
        for text in row
    )
    if not filled and height != len(present):
        return None
    ways = []
    if height <= len(present):
        skipping = {p.pupil_id: row for p, row in zip(present, values, strict=False)}
        ways.append(PasteWay("Bỏ qua hàng đã gạch", skipping))
    if height <= len(below):
        straight = {p.pupil_id: row for p, row in zip(under, values, strict=True) if not p.left}
        ways.append(PasteWay("Dán thẳng hàng", straight))
    if not ways:
        return None
    who = _some([pupil.full_name for pupil in struck])
    sentence = (
        f"Khối chép có {height} hàng; từ ô bắt đầu sổ có {len(below)} hàng, {len(present)} em đang "
        f"học, hàng của {who} không ghi nữa. Danh sách của thầy cô không có hàng ấy thì bỏ qua; có "
        "thì dán thẳng hàng, ô của hàng ấy để nguyên."
    )
    return PasteQuestion(sentence, tuple(ways))


@dataclass(frozen=True, slots=True)
class _IdentityColumns:
    """Where a block says who its rows are about; a name may stand in one column or in two."""

    name: tuple[int, ...]
    code: int | None
    birth: int | None
    first_value: int

    @classmethod
    def find(cls, values: Values, pupils: Sequence[SheetPupil]) -> _IdentityColumns | None:
        """None when no column names at least half of the rows that say anything."""
        if not any(_may_be_words(text) for row in values for text in row):
            return None
        width = len(values[0])
        columns = [[clean(row[at]) for row in values] for at in range(width)]
        name = _name_columns(columns, {fold(p.full_name) for p in pupils})
        codes = {p.ministry_code for p in pupils if p.ministry_code}
        code = next((at for at in range(width) if _mostly(map(_code, columns[at]), codes)), None)
        if not name and code is None:
            return None
        last = max((*name, -1 if code is None else code))
        birth = None
        while last + 1 < width:
            texts = columns[last + 1]
            if sum(_day(text) is not None for text in texts) * 2 >= len(texts):
                birth = last + 1
            elif not _mostly(map(fold, texts), _SEXES):
                break
            last += 1
        return cls(name, code, birth, last + 1)

    def identity(self, number: int, row: Sequence[str]) -> RowIdentity:
        """Who one row is about; a heading is about nobody."""
        name = _joined(row, self.name)
        if MARK_VOCABULARY.field_of(name) in (Field.FULL_NAME, Field.GIVEN_NAME):
            name = ""
        code = "" if self.code is None else _code(row[self.code])
        born = None if self.birth is None else _day(row[self.birth])
        return RowIdentity(number, name, code, birth_date=born)


def _name_columns(columns: Sequence[Sequence[str]], known: set[str]) -> tuple[int, ...]:
    """The column of whole names, or the two of family and given name; empty without one."""
    whole = [(at,) for at in range(len(columns))]
    halves = [(at, at + 1) for at in range(len(columns) - 1)]
    for places in (*whole, *halves):
        texts = map(" ".join, zip(*(columns[at] for at in places), strict=True))
        if _mostly(map(fold, texts), known):
            return places
    return ()


def _mostly(texts: Iterable[str], known: set[str]) -> bool:
    """Whether at least half of the texts that are not blank are known ones."""
    said = [text for text in texts if text]
    return bool(said) and 2 * sum(text in known for text in said) >= len(said)


def _may_be_words(text: str) -> bool:
    """Quick: a block of marks is not read as names and codes, which takes longer than pasting."""
    return len(text) >= MINISTRY_CODE_DIGITS - 1 or " " in text.strip()


def _day(text: str) -> date | None:
    return read_date(text_cell(clean(text))).value


def _joined(row: Sequence[str], columns: Sequence[int]) -> str:
    return clean(" ".join(row[at] for at in columns))


def _code(text: str) -> str:
    return read_code(text_cell(clean(text)), MINISTRY_CODE_DIGITS).value


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" và {more} em nữa" if more > 0 else "")
