"""Text at every entrance: NFC, search folding, Vietnamese name order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_NAME_SIGNS = " '’ʼ‘.-–,()&"
_MARKS_IN_A_ROW = 2
"""Letters of a few minority languages keep a mark apart after NFC ("ê̆")."""
_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, 1)}


def clean(text: str) -> str:
    """NFC, control and zero-width characters out, every run of white space one space, trimmed."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable() and "  " not in composed:
        # No control or format character and no white space but single spaces: nearly every cell.
        return composed.strip()
    kept = "".join(
        " " if ch in "\t\r\n\v\f" else ch
        for ch in composed
        if unicodedata.category(ch) not in ("Cc", "Cf", "Cs") or ch in "\t\r\n\v\f"
    )
    return _SPACES.sub(" ", kept).strip()


def strange_letter(text: str) -> str:
    """The first character of a cleaned text that no Vietnamese name is written with; "" for none.

    Letters of other alphabets look like Latin ones and some letters show nothing at all, so two
    names that look the same would be different ones.
    """
    run = 0
    for ch in text:
        run = run + 1 if unicodedata.combining(ch) else 0
        if "\u0300" <= ch <= "\u036f" and ch != "\u034f" and run <= _MARKS_IN_A_ROW:
            continue
        latin = unicodedata.category(ch) in ("Lu", "Ll") and "LATIN" in unicodedata.name(ch, "")
        if not (latin and unicodedata.normalize("NFKC", ch) == ch) and ch not in _NAME_SIGNS:
            return ch
    return ""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Search form: lower case without marks, đ as d ("Nguyễn Đào" -> "nguyen dao")."""
    lowered = clean(text).casefold().replace("đ", "d")
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch))


def _word_key(word: str) -> tuple[str, str]:
    """Letters first, tones only between equal letters (dictionary order)."""
    letters: list[str] = []
    tones: list[str] = []
    for ch in unicodedata.normalize("NFC", word).casefold():
        base, tone = "", 0
        for part in unicodedata.normalize("NFD", ch):
            if part in _TONE_RANK:
                tone = _TONE_RANK[part]
            else:
                base += part
        base = unicodedata.normalize("NFC", base)
        rank = _LETTER_RANK.get(base)
        letters.append(chr(0x100 + rank) if rank else chr(0x200 + min(ord(base[0]), 0xFDFF)))
        tones.append(str(tone))
    return "".join(letters), "".join(tones)


@lru_cache(maxsize=65536)
def name_key(full_name: str) -> str:
    """Stored sort key of a Vietnamese name: the whole given name, then family and middle names.

    Compare as plain strings; equal letters fall back to tones (ngang, huyền, hỏi, ngã, sắc, nặng).
    The given name is decided, tones and all, before the family name is looked at: schools sort by
    the column Tên first, so every Anh stands before the first Ánh.
    """
    words = clean(full_name).split(" ")
    parts = (words[-1:], words[:-1])
    return "\u0000".join(
        "\u0001".join(key[at] for key in (_word_key(word) for word in part if word))
        for part in parts
        for at in (0, 1)
    )


def class_key(name: str) -> tuple[str | int, ...]:
    """Sort key of a class name: 6A2 stands before 6A10. Alternates text and number."""
    return tuple(
        int(part) if at % 2 else part.casefold()
        for at, part in enumerate(re.split(r"(\d+)", clean(name)))
    )


def given_name(full_name: str) -> str:
    """The last word: what a Vietnamese class list is ordered by."""
    words = clean(full_name).split(" ")
    return words[-1] if words else ""


def date_vn(day: object) -> str:
    """dd/mm/yyyy, or an empty string for None."""
    return day.strftime("%d/%m/%Y") if hasattr(day, "strftime") else ""
