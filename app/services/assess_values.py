"""Values of a `khoaso assess` file: strict reading, every fault with its path and code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import cast

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused

_MARK = re.compile(r"(-?)([0-9]+)(?:[.,]([0-9]+))?")
_COMMENT_LEVELS = {"Đ": DAT, "CĐ": CHUA_DAT}


@dataclass(slots=True)
class Faults:
    """Bad values of one case, in the order they were met; a bad value reads as None."""

    found: list[dict[str, str]] = field(default_factory=list)

    def add(self, at: str, code: str, message: str) -> None:
        """Note a fault at a path such as "Toán.hk1.tx[1]"."""
        self.found.append({"at": at, "code": code, "message": message})


def bad_case(at: str, message: str) -> RuleRefused:
    """A case whose shape cannot be read; it gets no figures at all."""
    return RuleRefused("bad_case", message, at=at)


def trimmed(text: str) -> str:
    """NFC without surrounding white space: what every value is compared as."""
    return unicodedata.normalize("NFC", text).strip()


def read_mark(raw: object, at: str, faults: Faults) -> int | None:
    """A secondary mark as tenths; None for null and for a fault.

    In this order: not a number, outside 0 to 10, more than one decimal.
    """
    found = _number(raw, at, faults, "“8” hoặc “8,5”")
    if found is None:
        return None
    whole, decimals = found
    if len(decimals) > 1:
        faults.add(at, "mark_too_precise", f"Điểm {_shown(raw)} có hơn một chữ số thập phân.")
        return None
    return whole * 10 + int(decimals or "0")


def read_score(raw: object, at: str, faults: Faults, *, zero_allowed: bool) -> int | None:
    """A primary Điểm KTĐK as tenths, always whole; None for null and for a fault.

    In this order: not a number, outside 0 to 10, any decimal, a zero that is not allowed.
    """
    found = _number(raw, at, faults, "“8”")
    if found is None:
        return None
    whole, decimals = found
    if decimals:
        faults.add(
            at, "mark_too_precise", f"Điểm {_shown(raw)} có phần thập phân; điểm phải là số nguyên."
        )
        return None
    if whole == 0 and not zero_allowed:
        faults.add(at, "zero_not_allowed", "Thông tư này không cho điểm 0.")
        return None
    return whole * 10


def _number(raw: object, at: str, faults: Faults, form: str) -> tuple[int, str] | None:
    """Whole part and decimals of a number from 0 to 10; None for null and for a fault."""
    if raw is None:
        return None
    found = _MARK.fullmatch(trimmed(raw)) if isinstance(raw, str) else None
    if found is None:
        faults.add(at, "not_a_mark", f"{_shown(raw)} không phải là điểm dạng {form}.")
        return None
    sign, whole, decimals = found[1], found[2].lstrip("0"), found[3] or ""
    is_zero = not whole and not decimals.strip("0")
    above = len(whole) > 2 or int(whole or "0") > 10 or (whole == "10" and decimals.strip("0"))
    if above or (sign and not is_zero):
        faults.add(at, "mark_out_of_range", f"Điểm {_shown(raw)} nằm ngoài thang 0 đến 10.")
        return None
    return int(whole or "0"), decimals


def read_comment_level(raw: object, at: str, faults: Faults) -> int | None:
    """Đ or CĐ exactly, as DAT or CHUA_DAT; None for null and for a fault."""
    level = read_level(raw, tuple(_COMMENT_LEVELS), at, faults)
    return None if level is None else _COMMENT_LEVELS[level]


def read_level(raw: object, levels: Collection[str], at: str, faults: Faults) -> str | None:
    """One of `levels`, letter by letter; None for null and for a fault."""
    if raw is None:
        return None
    if isinstance(raw, str) and trimmed(raw) in levels:
        return trimmed(raw)
    faults.add(at, "not_a_level", f"{_shown(raw)} không phải là một trong {', '.join(levels)}.")
    return None


def read_result(kind: SubjectKind, raw: object, at: str, faults: Faults) -> int | None:
    """A mark or a level, as the subject's kind wants."""
    if kind is SubjectKind.COMMENTS:
        return read_comment_level(raw, at, faults)
    return read_mark(raw, at, faults)


def read_count(raw: object, at: str, faults: Faults) -> int | None:
    """A whole number from 0, such as buổi of absence; None for null and for a fault."""
    if raw is None:
        return None
    if not isinstance(raw, int) or isinstance(raw, bool):
        faults.add(at, "not_a_mark", f"{_shown(raw)} không phải là số buổi (số nguyên).")
        return None
    if raw < 0:
        faults.add(at, "mark_out_of_range", f"Số buổi {raw} không được âm.")
        return None
    return raw


class SaidTwice(dict[str, object]):
    """An object of the file in which some key stands twice; Python keeps the last value only."""


def as_object(raw: object, at: str) -> Mapping[str, object]:
    """A JSON object, or a refusal of the whole case."""
    if not isinstance(raw, dict):
        raise bad_case(at, f"{_shown(raw)} ở {at or 'trường hợp này'} phải là một đối tượng JSON.")
    if isinstance(raw, SaidTwice):
        raise bad_case(at, f"Có khóa ghi hai lần ở {at or 'trường hợp này'}.")
    return cast("Mapping[str, object]", raw)


def as_list(raw: object, at: str) -> list[object]:
    """A JSON list, or a refusal of the whole case."""
    if not isinstance(raw, list):
        raise bad_case(at, f"{_shown(raw)} ở {at} phải là một danh sách JSON.")
    return raw


def as_whole(raw: object, at: str) -> int:
    """A whole number from 0, or a refusal of the whole case."""
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise bad_case(at, f"{_shown(raw)} ở {at} phải là số nguyên không âm.")
    return raw


def _shown(raw: object) -> str:
    """A faulty value as a message names it, cut when it is long."""
    text = raw if isinstance(raw, str) else type_words(raw)
    return f"“{text}”" if len(text) <= 40 else f"“{text[:40]}…”"


def type_words(raw: object) -> str:
    """What a value that is not text looks like in a message."""
    if raw is None:
        return "null"
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, dict):
        return "{…}"
    if isinstance(raw, list):
        return "[…]"
    return repr(raw)
