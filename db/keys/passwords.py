"""Which new passwords are refused: short ones and those anybody would try first."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.errors import RuleRefused
from app.text import fold

MINIMUM_LENGTH: Final = 10
_MINIMUM_CORE: Final = 4
_MINIMUM_VARIETY: Final = 5
_RUN: Final = 4

# What people at a school reach for. Not a leaked list: words and keyboard walks that, once taken
# out, must leave something of one's own.
_COMMON_WORDS: Final = (
    "matkhau password passwd pass admin administrator root user khoaso sodiem hocba truonghoc "
    "nhatruong hieutruong hieupho vanthu giaovu giaovien hocsinh chunhiem thaygiao cogiao "
    "thcs thpt tieuhoc truong lop vietnam hanoi saigon iloveyou loveyou anhyeuem emyeuanh "
    "yeuem anhyeu giadinh hanhphuc congchua welcome hello letmein changeme default test demo "
    "monkey dragon sunshine princess football abc xyz facebook zalo gmail google"
)
_WALKS: Final = (
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "147258369",
)
_LEET: Final = str.maketrans({"@": "a", "0": "o", "1": "i", "3": "e", "$": "s", "5": "s", "4": "a"})
_REPEATED = re.compile(r"^(.{1,5}?)\1+$", re.DOTALL)
_SAME = re.compile(r"(.)\1{2,}")


def check_password(password: str, *about: str) -> None:
    """Raise `RuleRefused` for a password shorter than 10 characters or too easily guessed.

    `about` are texts that belong to the person (name, account, school): a password made only of
    them is refused too. Length is counted after NFKC, as the key derivation sees it.
    """
    text = unicodedata.normalize("NFKC", password)
    if len(text) < MINIMUM_LENGTH:
        raise RuleRefused(
            "password_too_short",
            f"Mật khẩu phải có ít nhất {MINIMUM_LENGTH} ký tự, mật khẩu vừa gõ có {len(text)}. "
            "Một câu ngắn dễ nhớ, có dấu cách, là đủ dài và khó đoán.",
            length=len(text),
        )
    if text.strip() != text or any(unicodedata.category(ch) in ("Cc", "Cs") for ch in text):
        raise RuleRefused(
            "password_edges",
            "Mật khẩu không được bắt đầu hoặc kết thúc bằng dấu cách, không chứa ký tự điều "
            "khiển, vì lần sau khó gõ lại đúng như vậy. Hãy bỏ các ký tự ấy đi.",
        )
    if _is_common(text, about):
        raise RuleRefused(
            "password_common",
            "Mật khẩu này quá dễ đoán (dãy phím liền nhau, chỉ toàn số, lặp lại, từ quen thuộc "
            "hoặc chính tên mình). Hãy ghép ba, bốn từ không liên quan đến nhau.",
        )


def _is_common(text: str, about: tuple[str, ...]) -> bool:
    folded = fold(text).replace(" ", "")
    if folded.isdigit() or len(set(folded)) < _MINIMUM_VARIETY or _REPEATED.match(folded):
        return True
    return any(
        _core_length(form, about) < _MINIMUM_CORE for form in (folded, folded.translate(_LEET))
    )


def _core_length(folded: str, about: tuple[str, ...]) -> int:
    """How many letters and digits are left once everything guessable is taken out."""
    core = re.sub(r"[\W_]", "", folded)
    own = [fold(text).replace(" ", "") for text in about]
    own += [word for text in about for word in fold(text).split()]
    for word in sorted({*own, *_COMMON_WORDS.split()}, key=len, reverse=True):
        if len(word) >= 2:
            core = core.replace(word, "\x00")
    for walk in _WALKS:
        core = _without_walk(_without_walk(core, walk), walk[::-1])
    core = _SAME.sub("\x00", core)
    core = re.sub(r"\d", "", core)
    return len(core.replace("\x00", ""))


def _without_walk(text: str, walk: str) -> str:
    for length in range(len(walk), _RUN - 1, -1):
        for start in range(len(walk) - length + 1):
            text = text.replace(walk[start : start + length], "\x00")
    return text
