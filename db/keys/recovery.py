"""The printed recovery code: 125 random bits in letters that survive handwriting.

25 symbols of Crockford's base 32 carry the bits, two more are a Reed-Solomon check over GF(32): any
one or two wrong symbols and any swap are noticed, and one wrong symbol can be pointed at.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final

from app.errors import RuleRefused

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP: Final = 5
_DATA: Final = 25
_CHECKS: Final = 2
_LENGTH: Final = _DATA + _CHECKS
_LOOKALIKES: Final = str.maketrans("OIL", "011")
_SEPARATORS: Final = frozenset(" -–—_.\t\r\n\u00a0")


def _tables() -> tuple[tuple[int, ...], dict[int, int]]:
    powers: list[int] = []
    value = 1
    for _ in range(31):
        powers.append(value)
        value <<= 1
        if value & 0b100000:
            value ^= 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
    return tuple(powers), {power: exponent for exponent, power in enumerate(powers)}


_POWER, _LOG = _tables()


def _times(a: int, b: int) -> int:
    return _POWER[(_LOG[a] + _LOG[b]) % 31] if a and b else 0


def _syndrome(symbols: list[int], root: int) -> int:
    total = 0
    for symbol in symbols:
        total = _times(total, _POWER[root]) ^ symbol
    return total


def _checks(data: list[int]) -> list[int]:
    """Remainder of data * x^2 by (x + a)(x + a^2): the code's two zeros are a and a^2."""
    middle = _POWER[1] ^ _POWER[2]
    constant = _POWER[3]
    high = low = 0
    for symbol in data:
        carry = symbol ^ high
        high, low = low ^ _times(carry, middle), _times(carry, constant)
    return [high, low]


def new_code() -> str:
    """A fresh code as printed: groups of five joined by dashes."""
    data = [secrets.randbelow(32) for _ in range(_DATA)]
    return grouped("".join(ALPHABET[symbol] for symbol in data + _checks(data)))


def grouped(compact: str) -> str:
    """Groups of five symbols, the last one shorter."""
    return "-".join(compact[start : start + GROUP] for start in range(0, len(compact), GROUP))


def normalise(typed: str) -> str:
    """The compact code of what somebody typed, or `RuleRefused` that says where to look."""
    text = unicodedata.normalize("NFKC", typed).upper().translate(_LOOKALIKES)
    compact = "".join(ch for ch in text if ch not in _SEPARATORS)
    for position, ch in enumerate(compact):
        if ch not in ALPHABET:
            raise RuleRefused(
                "recovery_code_symbol",
                f"Mã khôi phục không có ký tự “{ch}” (nhóm {position // GROUP + 1}). Mã chỉ gồm "
                "chữ số và chữ cái không dấu, không có chữ U. Hãy xem lại nhóm ấy trên tờ mã.",
                symbol=ch,
                group=position // GROUP + 1,
            )
    if len(compact) != _LENGTH:
        raise RuleRefused(
            "recovery_code_length",
            f"Mã khôi phục phải có {_LENGTH} ký tự, mã vừa gõ có {len(compact)}. "
            "Hãy gõ đủ năm nhóm 5 ký tự và nhóm cuối 2 ký tự như trên tờ mã.",
            length=len(compact),
        )
    symbols = [ALPHABET.index(ch) for ch in compact]
    first, second = _syndrome(symbols, 1), _syndrome(symbols, 2)
    if first or second:
        group = _suspect_group(first, second)
        where = f"có lẽ ở nhóm {group}" if group else "ở hai ký tự trở lên"
        raise RuleRefused(
            "recovery_code_typo",
            f"Mã khôi phục gõ sai, {where}. Hãy so lại từng nhóm với tờ mã; chưa có lần mở nào "
            "bị tính là sai.",
            group=group,
        )
    return compact


def _suspect_group(first: int, second: int) -> int | None:
    """The group of the one wrong symbol that explains both syndromes, if there is one."""
    if not (first and second):
        return None
    power = (_LOG[second] - _LOG[first]) % 31
    position = _LENGTH - 1 - power
    return position // GROUP + 1 if position >= 0 else None
