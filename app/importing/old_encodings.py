"""TCVN3 (.VnTime) and VNI-Windows text of old Excel files, recognised and turned into Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from app.importing.tables import CellKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.importing.tables import RawSheet


class OldEncoding(Enum):
    """A way of writing Vietnamese with Latin-1 letters and a special font."""

    TCVN3 = "TCVN3 (.VnTime)"
    VNI = "VNI-Windows"


_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)

# VNI writes a base letter, then one character for its mark and tone together.
_VNI_AFTER = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {
    "ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip
_VNI_AFTER |= {key.upper(): mark for key, mark in _VNI_AFTER.items()}
_VNI_ALONE |= {key.upper(): letter.upper() for key, letter in _VNI_ALONE.items()}
_VNI_BASES = frozenset("aeouyAEOUYôöÔÖ")

_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x)?"
_NUCLEUS = (
    "(?:iêu|yêu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|uyê|uya|uêu|uyu|ai|ao|au|âu|ay|ây|eo|êu|ia|iê|iu"
    "|yê|oa|oă|oe|oi|ôi|ơi|oo|ua|uâ|uê|ui|ưi|uô|uơ|ưa|ươ|ưu|uy|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
)
_CODA = "(?:ch|ng|nh|c|m|n|p|t)?"
_SYLLABLE = re.compile(_ONSET + _NUCLEUS + _CODA)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD_SPLIT = re.compile(r"[\s0-9.,;:!?()\[\]/\"'+=_-]+")
_LEAST_WORDS = 3
_LATIN_1_END = "\u00ff"


def convert_text(text: str, encoding: OldEncoding) -> str:
    """The text in Unicode (NFC), whatever it was."""
    if encoding is OldEncoding.TCVN3:
        return unicodedata.normalize("NFC", text.translate(_TCVN3))
    return _from_vni(text)


def detect(texts: Iterable[str]) -> OldEncoding | None:
    """Which old encoding the texts of one sheet are written in; None for Unicode or too little.

    A word counts for an encoding when it has a non-ASCII letter and reads as a Vietnamese syllable
    only after conversion. One letter outside Latin-1 in a word proves Unicode for that word.
    """
    unicode_words = 0
    votes = dict.fromkeys(OldEncoding, 0)
    # Names and remarks of a class repeat their words: each is looked at once.
    counted = Counter(word for text in texts for word in _accented_words(text))
    for word, times in counted.items():
        if any(ch > _LATIN_1_END for ch in unicodedata.normalize("NFC", word)):
            unicode_words += times
            continue
        if is_syllable(word):
            unicode_words += times
        for encoding in OldEncoding:
            votes[encoding] += times * is_syllable(convert_text(word, encoding))
    best = max(votes, key=lambda encoding: votes[encoding])
    return best if votes[best] >= _LEAST_WORDS and votes[best] > 2 * unicode_words else None


def is_syllable(word: str) -> bool:
    """Whether a word could be a written Vietnamese syllable, tone apart."""
    decomposed = unicodedata.normalize("NFD", word)
    if sum(ch in _TONES for ch in decomposed) > 1:
        return False
    toneless = "".join(ch for ch in decomposed if ch not in _TONES)
    cased = unicodedata.normalize("NFC", toneless)
    if not (cased.islower() or cased.isupper() or cased.istitle()):
        return False
    return _SYLLABLE.fullmatch(cased.casefold()) is not None


def modernise(sheet: RawSheet) -> RawSheet:
    """The sheet in Unicode; a note says that and from what it was converted."""
    texts = [cell.text for row in sheet.rows for cell in row if cell.kind is CellKind.TEXT]
    encoding = detect(texts)
    if encoding is None:
        return sheet
    changed = 0

    def convert(text: str) -> str:
        nonlocal changed
        if text.isascii() or any(ch > _LATIN_1_END for ch in text):
            return text
        converted_text = convert_text(text, encoding)
        # A sheet may mix encodings: a text that read well before and worse after stays.
        if converted_text == text or _syllables(converted_text) < _syllables(text):
            return text
        changed += 1
        return converted_text

    converted = sheet.with_texts(convert)
    note = (
        f"Trang “{converted.name}” dùng bảng mã cũ {encoding.value}; chương trình đã đổi {changed} "
        "ô sang Unicode, hãy xem kĩ dấu của họ tên trước khi nhận."
    )
    return replace(converted, notes=(*converted.notes, note))


def _accented_words(text: str) -> list[str]:
    if text.isascii():
        return []
    return [word for word in _WORD_SPLIT.split(text) if not word.isascii()]


def _syllables(text: str) -> int:
    return sum(is_syllable(word) for word in _accented_words(text))


def _from_vni(text: str) -> str:
    letters: list[str] = []
    before = ""
    for ch in text:
        if before in _VNI_BASES and ch in _VNI_AFTER:
            letters.append(_VNI_AFTER[ch])
            before = ""
            continue
        letters.append(_VNI_ALONE.get(ch, ch))
        before = ch
    return unicodedata.normalize("NFC", "".join(letters))
