"""Data digest d1: one fingerprint for the facts of a form, the same in every program version.

Canonical JSON is UTF-8, NFC, keys sorted by code point, no spaces, integers and strings only
(with true, false and null), so that another program can recompute it decades later. The field
names of a read model are part of it: renaming one changes every later digest of that form.
"""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from app.errors import AppError

CODE_LENGTH = 8
"""Characters of the code people read and type: 40 bits."""


@dataclass(frozen=True, slots=True)
class DataDigest:
    """A d1 digest: `hex` is the whole SHA-256, `code` its first 40 bits as 8 base32 characters."""

    hex: str
    code: str

    @property
    def base32(self) -> str:
        """The whole digest as 52 base32 characters without padding, as the QR carries it."""
        return base64.b32encode(bytes.fromhex(self.hex)).decode("ascii").rstrip("=")

    @classmethod
    def of_hex(cls, text: str) -> DataDigest:
        """The digest whose whole SHA-256 was stored as hexadecimal."""
        return cls(text, base64.b32encode(bytes.fromhex(text)[:5]).decode("ascii"))


def canonical_json(facts: object) -> bytes:
    """The canonical bytes of dataclasses, mappings with text keys, sequences, text and integers.

    A float, a date or another value without one spelling raises TypeError; text that is not
    Unicode refuses with `digest_text_invalid`, keys that differ only in normalisation with
    `digest_key_twice`.
    """
    plain = _plain(facts, {})
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def data_digest(facts: object) -> DataDigest:
    """The d1 digest of what `canonical_json` accepts."""
    return DataDigest.of_hex(hashlib.sha256(canonical_json(facts)).hexdigest())


_Seen = dict[int, tuple[object, object]]
"""By the id of each dataclass met: itself, kept so that no other gets its id, and its plain form.

A class book has forty thousand cells and a few hundred different ones.
"""


def _plain(value: object, seen: _Seen) -> object:
    kind = type(value)
    if kind is str:
        # By far the most common, and a StrEnum is not exactly a str.
        return _text(value)  # type: ignore[arg-type]
    if kind is int or value is None:
        return value
    names = _field_names(kind)
    if names:
        known = seen.get(id(value))
        if known is None:
            plain = {name: _plain(getattr(value, name), seen) for name in names}
            known = seen[id(value)] = (value, plain)
        return known[1]
    if kind is tuple or kind is list:
        return [_plain(item, seen) for item in value]  # type: ignore[attr-defined]
    return _rarely_plain(value, seen)


_known_fields: dict[type, tuple[str, ...]] = {}


def _field_names(kind: type) -> tuple[str, ...]:
    """Field names of a dataclass, looked up once a class; () for anything else."""
    names = _known_fields.get(kind)
    if names is None:
        names = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
        _known_fields[kind] = names
    return names


def _rarely_plain(value: object, seen: _Seen) -> object:
    # Enum before str and int: a StrEnum must become its plain value.
    if isinstance(value, Enum):
        return _plain(value.value, seen)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return _mapping(value, seen)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(item, seen) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _mapping(value: Mapping[object, object], seen: _Seen) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"keys must be text, not {type(key).__name__}")
        name = _text(key)
        if name in plain:
            raise AppError(
                "digest_key_twice",
                f"Không tính được mã dữ liệu: mục “{name}” xuất hiện hai lần dưới hai cách gõ dấu. "
                "Hãy báo người quản trị kèm tên lớp và kỳ đang làm.",
                key=name,
            )
        plain[name] = _plain(item, seen)
    return plain


def _text(value: str) -> str:
    if value.isascii():
        return value
    composed = unicodedata.normalize("NFC", value)
    try:
        composed.encode("utf-8")
    except UnicodeEncodeError as error:
        raise AppError(
            "digest_text_invalid",
            f"Không tính được mã dữ liệu: đoạn chữ {composed!a} có ký tự hỏng. "
            "Hãy gõ lại đoạn chữ đó rồi làm lại.",
            text=composed,
        ) from error
    return composed
