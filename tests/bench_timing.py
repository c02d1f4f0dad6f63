"""Interleaved runs of two sides, and what a piece of work costs in statements and fsyncs."""

from __future__ import annotations

import ctypes
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench_report import Side

RUNS = 5
"""Runs of each side; what design §6 asks at least."""

_XSYNC = 5
_IO_WORDS = 19
_XOPEN_OFFSET = 5 * 8
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.POINTER(ctypes.c_void_p),
    ctypes.c_int,
    ctypes.c_void_p,
)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_STILL_NAMED_BY_OPEN_FILES: list[object] = []
"""What a file opened while counting points to: whoever closes late must still find it there."""


def elapsed_ms(work: Callable[[], object]) -> float:
    """One go."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def median_ms(step: Callable[[int], object], times: int) -> float:
    """The median of `times` goes, each numbered."""
    took = []
    for at in range(times):
        began = time.perf_counter()
        step(at)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def interleaved(
    ours: Callable[[], float], base: Callable[[], float], runs: int = RUNS
) -> tuple[Side, Side]:
    """`runs` runs of each side in turn, the one that begins changing each time.

    Each callable makes one run and returns its milliseconds, so that what it prepares first does
    not count.
    """
    mine: list[float] = []
    theirs: list[float] = []
    for turn in range(runs):
        if turn % 2 == 0:
            mine.append(ours())
            theirs.append(base())
        else:
            theirs.append(base())
            mine.append(ours())
    return Side(tuple(mine)), Side(tuple(theirs))


class Syncs:
    """How often SQLite asked the system to make something durable."""

    def __init__(self) -> None:
        self.count = 0


@contextmanager
def counted_syncs() -> Iterator[Syncs | None]:
    """Counts xSync of every file that SQLite opens inside; None where this cannot be measured.

    Nobody sees an fsync from inside a process, so the default VFS's xOpen is exchanged for one
    that hands out files whose xSync counts. Open the database inside the block, and close it.
    """
    default = _default_vfs()
    if default is None:
        yield None
        return
    syncs = Syncs()
    place = ctypes.cast(default + _XOPEN_OFFSET, ctypes.POINTER(ctypes.c_void_p))
    original = place[0]
    assert original is not None
    real_open = _OPEN(original)
    tables: dict[int, ctypes.Array] = {}
    keep: list[object] = []
    _STILL_NAMED_BY_OPEN_FILES.append((tables, keep))

    def table_of(methods: int) -> ctypes.Array:
        if methods not in tables:
            words = (ctypes.c_void_p * _IO_WORDS)()
            ctypes.memmove(words, methods, ctypes.sizeof(words))
            real_sync = _SYNC(words[_XSYNC])

            def counting(file: int, flags: int) -> int:
                syncs.count += 1
                return real_sync(file, flags)

            callback = _SYNC(counting)
            keep.extend((callback, real_sync))
            words[_XSYNC] = ctypes.cast(callback, ctypes.c_void_p)
            tables[methods] = words
        return tables[methods]

    def opening(vfs: int, name: int, file: object, flags: int, out: int) -> int:
        code = real_open(vfs, name, file, flags, out)
        methods = file[0]
        if code == 0 and methods:
            file[0] = ctypes.addressof(table_of(methods))
        return code

    wrapped = _OPEN(opening)
    keep.extend((wrapped, real_open))
    place[0] = ctypes.cast(wrapped, ctypes.c_void_p)
    try:
        yield syncs
    finally:
        place[0] = original


def _default_vfs() -> int | None:
    """Address of SQLCipher's default VFS, whose sixth to eighth words are its calls."""
    from sqlcipher3 import _sqlite3

    if ctypes.sizeof(ctypes.c_void_p) != 8:
        return None
    library = ctypes.CDLL(str(Path(_sqlite3.__file__)))
    find = getattr(library, "sqlite3_vfs_find", None)
    if find is None:
        return None
    find.restype = ctypes.c_void_p
    find.argtypes = [ctypes.c_char_p]
    return find(None)
