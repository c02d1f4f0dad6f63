"""Số định danh cá nhân: what its twelve digits say, and where that contradicts the profile.

Digits 1-3 are the province of birth registration, digit 4 the century and sex, digits 5-6 the last
two digits of the birth year (Nghị định 70/2024/NĐ-CP, Điều 4; Thông tư 59/2021/TT-BCA, Điều 4).
A contradiction is a doubt and never a refusal: the digits stay for life, also after a birth date
was mended.

Papers that are sealed in the open print only the end of such a number; the whole one stays in the
encrypted file.
"""

from __future__ import annotations

import re

from app.domain.pupils import PupilProfile

DIGITS = 12
_LAST_PROVINCE = 96
_SHOWN = 4
_LONG_NUMBER = re.compile(r"[0-9](?:[ .]?[0-9]){8,}")
"""Nine digits or more, also in groups as on an identity card."""
_DIFFERS = " (khác ở phần trước)"


def masked(text: str) -> str:
    """The text as open papers print it: of a number of nine digits or more the last four."""
    return _LONG_NUMBER.sub(lambda found: _short(found[0]), text)


def masked_pair(old: str, new: str) -> tuple[str, str]:
    """Two values as open papers print them; said when they differ in what is not printed."""
    before, after = masked(old), masked(new)
    return before, after + _DIFFERS if old != new and before == after else after


def _short(number: str) -> str:
    digits = number.replace(" ", "").replace(".", "")
    return "*" * (len(digits) - _SHOWN) + digits[-_SHOWN:]


def personal_id_doubts(profile: PupilProfile) -> tuple[str, ...]:
    """Sentences on what the digits and the profile say differently; empty without an ID."""
    code = profile.personal_id
    if len(code) != DIGITS or not (code.isascii() and code.isdecimal()):
        return ()
    doubts = []
    if not 1 <= int(code[:3]) <= _LAST_PROVINCE:
        doubts.append(f"ba chữ số đầu {code[:3]} không phải mã tỉnh nơi đăng ký khai sinh")
    century, female = divmod(int(code[3]), 2)
    if profile.sex and (profile.sex == "Nữ") != bool(female):
        says = "Nữ" if female else "Nam"
        doubts.append(f"chữ số thứ tư là {code[3]} ({says}), hồ sơ ghi {profile.sex}")
    born = profile.birth_date
    if born is not None:
        year = 1900 + 100 * century + int(code[4:6])
        if year != born.year:
            doubts.append(f"số này của người sinh năm {year}, hồ sơ ghi {born.year}")
    return tuple(doubts)
