"""Which column of a primary file holds what: levels, Điểm KTĐK, phẩm chất, năng lực of one sheet.

A file may be about one subject (Mức đạt được, Điểm KTĐK, Nhận xét), about all subjects of a class
(each heading its own columns, as a bảng tổng hợp), or about several kỳ side by side. Only columns
of the sheet's subject and kỳ get a meaning; the others stay unknown and are named before anything
is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.periods import Period
from app.importing.fields import PRIMARY_VOCABULARY, Field, heading_key
from app.importing.header_finder import ColumnMapping, HeaderColumn, guess_mapping
from app.importing.titles import period_in
from app.regulations.curriculum_2006_primary import CURRICULUM_2006
from app.regulations.curriculum_2018_primary import CURRICULUM_2018
from app.regulations.primary_columns import (
    FLAG_TITLES,
    FLAG_WORDS,
    GRID_TITLES,
    LEVEL_CODE,
    SCORE_CODE,
    TRAIT_NAMES,
)

if TYPE_CHECKING:
    from app.importing.tables import RawSheet

_CODES = (LEVEL_CODE, SCORE_CODE)
_VALUES = (Field.LEVEL, Field.SCORE, Field.REMARK)
_GROUP_WORDS = ("pham chat", "nang luc")
_ROWS = (*CURRICULUM_2018.rows, *CURRICULUM_2006.rows)


@dataclass(frozen=True, slots=True)
class LevelSheet:
    """The sheet a file is read for: subject, kỳ and the codes of its columns."""

    subject: str
    period: Period
    columns: tuple[str, ...]

    @property
    def of_traits(self) -> bool:
        """Phẩm chất, năng lực of the homeroom teacher."""
        return LEVEL_CODE not in self.columns


def subject_names(name: str) -> tuple[str, ...]:
    """Other names a file may call a primary subject by; () for a school's own subject.

    "Tin học và Công nghệ (Tin học)" is also Tin học, and its programme's one subject.
    """
    found: list[str] = []
    for row in _ROWS:
        if row.is_called(name):
            found += [row.name, row.short_name, *row.aliases]
            if "(" in row.name:
                found += [row.name.split("(")[0].strip(), row.name.split("(")[1].rstrip(")")]
    return tuple(dict.fromkeys(found))


def guess_level_mapping(sheet: RawSheet, about: LevelSheet) -> ColumnMapping:
    """The header and the meaning of each column of a primary file. Raises as `guess_mapping`."""
    found = guess_mapping(sheet, PRIMARY_VOCABULARY)
    meanings = {at: what for at, what in found.meanings.items() if what not in _VALUES}
    reader = _Reader(about)
    for headed in found.header.columns:
        meaning = None if headed.column in meanings else reader.meaning(headed)
        if meaning is None:
            continue
        known = next((at for at, what in meanings.items() if what == meaning), None)
        if known is not None:
            # "Khoa học" is a subject in one part of a table and a năng lực in another, behind it.
            if not about.of_traits or _in_group(found.header.column(known)):
                continue
            del meanings[known]
        meanings[headed.column] = meaning
    return replace(found, meanings=dict(sorted(meanings.items())))


class _Reader:
    """Meanings of the columns of one sheet."""

    def __init__(self, about: LevelSheet) -> None:
        self._about = about
        own = {heading_key(name) for name in (about.subject, *subject_names(about.subject))}
        self._own = own
        self._others = _keys(row.name for row in _ROWS) | _keys(row.short_name for row in _ROWS)
        self._others |= _keys(name for row in _ROWS for name in subject_names(row.name))
        self._others -= own
        self._traits = {
            heading_key(words): code
            for code in about.columns
            for words in (
                TRAIT_NAMES.get(code, ""),
                GRID_TITLES.get(code, ""),
                FLAG_TITLES.get(code, ""),
                FLAG_WORDS.get(code, ""),
            )
            if words
        }

    def meaning(self, headed: HeaderColumn) -> str | None:
        """What one column holds; None for what is not of this sheet."""
        upper, under = heading_key(headed.heading), heading_key(headed.under)
        periods = {p for text in (headed.heading, headed.under) if (p := period_in(text))}
        if periods - {self._about.period}:
            return None
        if self._about.of_traits:
            return self._trait(upper, under)
        return self._value(upper, under)

    def _value(self, upper: str, under: str) -> str | None:
        """Level, score or comment of the subject."""
        if upper in self._others or any(upper.startswith(word) for word in _GROUP_WORDS):
            return None
        # A Điểm KTĐK that the kỳ does not ask keeps its meaning, so that it is named, not dropped.
        said = _value_word(under) or _value_word(upper)
        if said is None and (upper in self._own or under in self._own):
            return LEVEL_CODE
        return said

    def _trait(self, upper: str, under: str) -> str | None:
        if _value_word(under) in _CODES and upper in self._others and upper not in self._traits:
            return None
        found = self._traits.get(under) or self._traits.get(upper)
        if found is not None and _value_word(under) == SCORE_CODE:
            return None
        if found is None and _value_word(under or upper) == Field.REMARK:
            return Field.REMARK if upper not in self._others else None
        return found


def _value_word(key: str) -> str | None:
    found = PRIMARY_VOCABULARY.spellings.get(key)
    return found if found in _VALUES else None


def _in_group(headed: HeaderColumn) -> bool:
    """Whether the heading above says phẩm chất or năng lực."""
    return any(heading_key(headed.heading).startswith(word) for word in _GROUP_WORDS)


def _keys(names: Iterable[str]) -> set[str]:
    return {heading_key(name) for name in names}
