"""Rows inside table pages: SQLite's record format, read without the engine.

Source of the layout: "Database File Format" of the SQLite documentation, sections 1.6 and 2.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from db.salvaging.pages import USABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.salvaging.pages import Pages

Value = int | float | str | bytes | None

_TABLE_LEAF, _TABLE_INNER, _KEY_LEAF, _KEY_INNER = 0x0D, 0x05, 0x0A, 0x02
_INNER: Final = (_TABLE_INNER, _KEY_INNER)
_INTEGER_SIZES: Final = (0, 1, 2, 3, 4, 6, 8)
_FLOAT, _ZERO, _ONE = 7, 8, 9
_FIRST_BLOB: Final = 12
_FILE_HEADER: Final = 100
_DEEP: Final = 20


@dataclass(frozen=True, slots=True)
class Record:
    """One stored row: `rowid` None in a table that is kept by its key."""

    rowid: int | None
    values: tuple[Value, ...]


@dataclass(slots=True)
class Tree:
    """What one walk of a table saw: rows and pages read, and numbers of pages that are lost.

    `cut_rows` counts rows whose continuation pages are damaged.
    """

    records: list[Record] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    lost: list[int] = field(default_factory=list)
    cut_rows: int = 0


class BadRecord(ValueError):
    """Bytes that are no record."""


def walk(pages: Pages, root: int, tree: Tree, *, depth: int = 0) -> None:
    """Read every row below page `root` into `tree`, going around damaged pages."""
    if root in tree.seen or depth > _DEEP:
        tree.lost.append(root)
        return
    tree.seen.add(root)
    page = pages.page(root)
    if page is None or _kind(page, root) not in (*_INNER, _TABLE_LEAF, _KEY_LEAF):
        tree.lost.append(root)
        return
    kind, start = _kind(page, root), _start(root)
    for cell in _cells(page, start, kind):
        if kind in _INNER:
            (child,) = struct.unpack_from(">I", page, cell)
            walk(pages, child, tree, depth=depth + 1)
        if kind != _TABLE_INNER:
            _take(pages, page, cell + (4 if kind == _KEY_INNER else 0), kind, tree)
    if kind in _INNER:
        (last,) = struct.unpack_from(">I", page, start + 8)
        walk(pages, last, tree, depth=depth + 1)


def leaf_kind(page: bytes, number: int) -> bool | None:
    """True for a leaf of a table by row number, False for one by key, None for anything else."""
    return {_TABLE_LEAF: True, _KEY_LEAF: False}.get(_kind(page, number))


def free_pages(pages: Pages) -> set[int]:
    """Pages that hold nothing any more; a damaged list ends where it is damaged."""
    first = pages.page(1)
    found: set[int] = set()
    trunk = 0 if first is None else struct.unpack_from(">I", first, 32)[0]
    while trunk and trunk not in found:
        found.add(trunk)
        page = pages.page(trunk)
        if page is None:
            break
        trunk, count = struct.unpack_from(">II", page, 0)
        count = min(count, USABLE // 4 - 2)
        found.update(struct.unpack_from(f">{count}I", page, 8))
    return found


def _kind(page: bytes, number: int) -> int:
    return page[_start(number)]


def _start(number: int) -> int:
    return _FILE_HEADER if number == 1 else 0


def _cells(page: bytes, start: int, kind: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", page, start + 3)
    first = start + (12 if kind in _INNER else 8)
    if first + 2 * count > USABLE:
        return
    for place in struct.unpack_from(f">{count}H", page, first):
        if first <= place < USABLE:
            yield place


def _take(pages: Pages, page: bytes, at: int, kind: int, tree: Tree) -> None:
    try:
        size, at = _varint(page, at)
        rowid: int | None = None
        if kind == _TABLE_LEAF:
            rowid, at = _varint(page, at)
            rowid = rowid - (1 << 64) if rowid >> 63 else rowid
        payload = _payload(pages, page, at, size, by_rowid=kind == _TABLE_LEAF, tree=tree)
        tree.records.append(Record(rowid, _values(payload)))
    except (BadRecord, IndexError, struct.error, UnicodeDecodeError):
        tree.cut_rows += 1


def _payload(pages: Pages, page: bytes, at: int, size: int, *, by_rowid: bool, tree: Tree) -> bytes:
    most = USABLE - 35 if by_rowid else (USABLE - 12) * 64 // 255 - 23
    if size <= most:
        return _exactly(page[at : at + size], size)
    least = (USABLE - 12) * 32 // 255 - 23
    local = least + (size - least) % (USABLE - 4)
    local = local if local <= most else least
    parts = [_exactly(page[at : at + local], local)]
    (following,) = struct.unpack_from(">I", page, at + local)
    left = size - local
    while left > 0:
        more = None if following in tree.seen else pages.page(following)
        if more is None:
            raise BadRecord
        tree.seen.add(following)
        (following,) = struct.unpack_from(">I", more, 0)
        part = more[4 : 4 + min(left, USABLE - 4)]
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _exactly(found: bytes, size: int) -> bytes:
    if len(found) != size:
        raise BadRecord
    return found


def _values(payload: bytes) -> tuple[Value, ...]:
    header, at = _varint(payload, 0)
    types: list[int] = []
    while at < header:
        kind, at = _varint(payload, at)
        types.append(kind)
    values: list[Value] = []
    for kind in types:
        size = _size(kind)
        values.append(_value(kind, _exactly(payload[at : at + size], size)))
        at += size
    return tuple(values)


def _size(kind: int) -> int:
    if kind < len(_INTEGER_SIZES):
        return _INTEGER_SIZES[kind]
    if kind >= _FIRST_BLOB:
        return (kind - _FIRST_BLOB) // 2
    if kind in (_ZERO, _ONE):
        return 0
    if kind == _FLOAT:
        return 8
    raise BadRecord


def _value(kind: int, raw: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (_ZERO, _ONE):
        return kind - _ZERO
    if kind == _FLOAT:
        return float(struct.unpack(">d", raw)[0])
    if kind < _FLOAT:
        return int.from_bytes(raw, "big", signed=True)
    return raw.decode() if kind % 2 else raw


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A variable-length integer and where it ends (unsigned)."""
    value = 0
    for _ in range(8):
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | data[at], at + 1
