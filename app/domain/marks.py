"""A mark cell: one of six states, integer tenths, and the words the trail keeps of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from app.domain.primary_levels import (
    SubjectLevel,
    TraitLevel,
    parse_score,
    parse_subject_level,
    parse_trait_level,
    score_text,
)
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.text import clean

DAT = 1
CHUA_DAT = 0
"""Values of a comment subject; stored where a mark subject stores tenths."""

LONGEST_ENTRY = 12
"""A longer text is no mark, and Python refuses to read very long numbers."""
_NUMBER = re.compile(r"(-?)(\d+)(?:[.,](\d*))?")


class CellState(IntEnum):
    """What a cell holds. EMPTY never becomes 0 by itself (regulations: TT22/2021, Điều 7)."""

    EMPTY = 0
    MARK = 1
    PENDING_MAKEUP = 2
    ZERO_ABSENT = 3
    EXEMPT = 4
    TRANSFERRED = 5


COUNTED_STATES = frozenset((CellState.MARK, CellState.ZERO_ABSENT, CellState.TRANSFERRED))
"""States whose value enters an average; only they carry one."""


@dataclass(frozen=True, slots=True)
class MarkCell:
    """The content of one pupil x assessment.

    `value`: tenths 0..100 for a mark subject and for Điểm KTĐK, 1/0 (Đ/CĐ) for a comment subject,
    2/1/0 (best first) for the levels of primary schools, 1 for a flag; None unless the state
    carries one (MARK, ZERO_ABSENT, TRANSFERRED). `reason`: why PENDING_MAKEUP or ZERO_ABSENT
    and who approved, the decision of EXEMPT, the former school and document of TRANSFERRED.
    """

    state: CellState = CellState.EMPTY
    value: int | None = None
    reason: str = ""

    def counted(self) -> int | None:
        """The value that enters an average: None while empty, pending or exempt."""
        return self.value if self.state in COUNTED_STATES else None


EMPTY = MarkCell()


def awaits_mark(cell: MarkCell) -> bool:
    """Whether nothing is settled yet: empty, or waiting for an agreed make-up test.

    A late opening fills such cells; what is settled changes only by a correction case.
    """
    return cell.state in (CellState.EMPTY, CellState.PENDING_MAKEUP)


FLAGGED = 1
"""Value of a column that holds "x" or nothing."""

_SUBJECT_LEVELS = (SubjectLevel.NOT_DONE, SubjectLevel.DONE, SubjectLevel.GOOD)
_TRAIT_LEVELS = (TraitLevel.NEEDS_EFFORT, TraitLevel.REACHED, TraitLevel.GOOD)


def subject_level(value: int | None) -> SubjectLevel | None:
    """The level of a stored value of a LEVELS column."""
    return None if value is None else _SUBJECT_LEVELS[value]


def trait_level(value: int | None) -> TraitLevel | None:
    """The level of a stored value of a TRAITS column."""
    return None if value is None else _TRAIT_LEVELS[value]


_MARK_TEXTS = tuple(f"{tenths // 10},{tenths % 10}" for tenths in range(101))


def mark_text(tenths: int) -> str:
    """Tenths as printed and shown: 85 -> "8,5", 100 -> "10,0"."""
    return _MARK_TEXTS[tenths] if 0 <= tenths <= 100 else f"{tenths // 10},{tenths % 10}"


def value_text(value: int, kind: SubjectKind) -> str:
    """A counted value as shown: "8,5", "Đ"/"CĐ", a primary level "T", Điểm KTĐK "9", or "x"."""
    match kind:
        case SubjectKind.MARKS:
            return mark_text(value)
        case SubjectKind.COMMENTS:
            return "Đ" if value == DAT else "CĐ"
        case SubjectKind.LEVELS:
            return _SUBJECT_LEVELS[value].value
        case SubjectKind.TRAITS:
            return _TRAIT_LEVELS[value].value
        case SubjectKind.FLAGS:
            return "x"
        case SubjectKind.SCORES | SubjectKind.SCORES_FROM_1:
            return score_text(value)


def cell_text(cell: MarkCell, kind: SubjectKind) -> str:
    """The cell as the grid and the paper show it, without its glyphs."""
    if cell.state is CellState.MARK:
        return value_text(cell.value or 0, kind)
    if cell.state is CellState.EMPTY:
        return ""
    if cell.state is CellState.PENDING_MAKEUP:
        return "chờ bù"
    if cell.state is CellState.EXEMPT:
        return "miễn"
    return value_text(cell.value or 0, kind)


def trail_text(cell: MarkCell, kind: SubjectKind) -> str:
    """The cell as the trail keeps it, readable without the program; "" for EMPTY."""
    if cell.state is CellState.MARK:
        return value_text(cell.value or 0, kind)
    text = cell_text(cell, kind)
    match cell.state:
        case CellState.ZERO_ABSENT:
            return f"{text} [vắng: {cell.reason}]"
        case CellState.TRANSFERRED:
            return f"{text} [trường cũ: {cell.reason}]"
        case CellState.PENDING_MAKEUP | CellState.EXEMPT:
            return f"{text} [{cell.reason}]"
    return text


_RESTORE = "\u0001"


def restore_text(cell: MarkCell, kind: SubjectKind) -> str:
    """The cell as a text from which undo brings it back exactly; plain for typed marks."""
    if cell.state is CellState.MARK:
        return value_text(cell.value or 0, kind)
    if cell.state is CellState.EMPTY:
        return ""
    value = "" if cell.value is None else str(cell.value)
    return _RESTORE.join(("", str(int(cell.state)), value, cell.reason))


def parse_restored(text: str) -> MarkCell | None:
    """The cell of a `restore_text` that typing cannot produce; None for a plain text."""
    if not text.startswith(_RESTORE):
        return None
    _, state, value, reason = text.split(_RESTORE)
    return MarkCell(CellState(int(state)), int(value) if value else None, reason)


def parse_entry(text: str, kind: SubjectKind, *, fast_entry: bool = False) -> MarkCell:
    """What a teacher typed, as a cell; "" empties it. Raises RuleRefused with a full sentence.

    Marks: "8", "8,5", "8.5"; never rounded silently. With `fast_entry` "75" means 7,5.
    Comment subjects: Đ or CĐ, also d, D, đ, cd, CD (typing folds them). Primary columns: the
    letters of their levels, whole scores, "x".
    """
    return _parsed(text, kind, fast_entry)


@lru_cache(maxsize=1024)
def _parsed(text: str, kind: SubjectKind, fast_entry: bool) -> MarkCell:
    # A paste brings a hundred different texts in hundreds of cells; a refusal is never kept.
    typed = clean(text)
    if not typed:
        return EMPTY
    match kind:
        case SubjectKind.MARKS:
            value = _parse_mark(typed, fast_entry=fast_entry)
        case SubjectKind.COMMENTS:
            return _parse_level(typed)
        case SubjectKind.LEVELS:
            level = parse_subject_level(typed)
            value = _SUBJECT_LEVELS.index(level) if level is not None else 0
        case SubjectKind.TRAITS:
            reached = parse_trait_level(typed)
            value = _TRAIT_LEVELS.index(reached) if reached is not None else 0
        case SubjectKind.FLAGS:
            value = _parse_flag(typed)
        case SubjectKind.SCORES | SubjectKind.SCORES_FROM_1:
            score = parse_score(typed, zero_allowed=kind is SubjectKind.SCORES)
            value = score if score is not None else 0
    return MarkCell(CellState.MARK, value)


def _parse_flag(typed: str) -> int:
    if typed.casefold() == "x":
        return FLAGGED
    raise RuleRefused(
        "not_a_flag",
        f"“{typed[:24]}” không ghi được vào cột này; chỉ gõ x, hoặc để trống.",
        typed=typed,
    )


def _parse_mark(typed: str, *, fast_entry: bool) -> int:
    found = _NUMBER.fullmatch(typed) if len(typed) <= LONGEST_ENTRY else None
    if found is None or found[3] == "" or not typed.isascii():
        raise RuleRefused(
            "not_a_mark",
            f"“{typed[:24]}” không phải là điểm; gõ số từ 0 đến 10 với tối đa một chữ số thập "
            "phân, thí dụ 8 hoặc 8,5.",
            typed=typed,
        )
    sign, whole, decimals = found[1], int(found[2]), found[3] or ""
    if fast_entry and not decimals and not sign and 10 < whole <= 99:
        return whole
    stripped = decimals.rstrip("0")
    hundredths = whole * 100 + int((decimals + "00")[:2])
    too_big = whole > 10 or (whole == 10 and stripped != "")
    if sign or too_big:
        meant = not sign and not decimals and 10 < whole <= 99
        hint = f"; nếu muốn ghi {whole // 10},{whole % 10} hãy gõ dấu phẩy" if meant else ""
        raise RuleRefused(
            "mark_out_of_range",
            f"Điểm {typed} nằm ngoài thang 0 đến 10 nên chưa được ghi; gõ lại điểm{hint}.",
            typed=typed,
        )
    if len(decimals) > 1:
        proposal = mark_text((hundredths + 5) // 10)
        raise RuleRefused(
            "mark_too_precise",
            f"Điểm {typed} có hơn một chữ số thập phân nên chưa được ghi; sổ chỉ nhận một chữ số, "
            f"nếu làm tròn thì gõ {proposal}.",
            typed=typed,
            proposal=proposal,
        )
    return whole * 10 + (int(decimals) if decimals else 0)


def _parse_level(typed: str) -> MarkCell:
    # Old keyboards give "Đ" as the Icelandic letter that looks the same.
    folded = typed.casefold().replace("đ", "d").replace("ð", "d").replace(" ", "")
    if folded == "d":
        return MarkCell(CellState.MARK, DAT)
    if folded == "cd":
        return MarkCell(CellState.MARK, CHUA_DAT)
    raise RuleRefused(
        "not_a_level",
        f"“{typed[:24]}” không phải là mức đánh giá; môn này chỉ ghi Đ (Đạt) hoặc CĐ (Chưa đạt).",
        typed=typed,
    )
