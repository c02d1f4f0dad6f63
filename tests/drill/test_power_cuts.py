"""The power fails at any write: recorded states, and every mixture of two neighbours' sectors.

Modelled: the disk keeps what was synced and any part of what was not, down to single sectors of
512 bytes. Not modelled: a disk that says "synced" and lies.
"""

import pytest

from tests.drill.tally import ROUNDS, Fate, count

pytestmark = pytest.mark.drill
SECTOR = 512
WAYS = ("nothing", "prefix", "sectors", "torn")
KIND = "power cut (replayed writes)"


def mixture(old: bytes, new: bytes, how: str, chance) -> bytes:
    """What may lie on the disk when the writes from `old` to `new` were under way."""
    if how == "nothing" or old == new:
        return old
    size = max(len(old), len(new))
    sectors = range(0, size, SECTOR)
    stop = chance.randrange(0, size + 1)
    parts = []
    for at in sectors:
        was, will = old[at : at + SECTOR], new[at : at + SECTOR]
        if how == "prefix":
            part = will[: max(0, stop - at)] + was[max(0, stop - at) :] if at < stop else was
        else:
            part = will if chance.random() < 0.5 else was
        if how == "torn" and chance.random() < 0.1:
            half = chance.randrange(SECTOR)
            part = will[:half] + was[half:]
        # A sector inside the file that was never written reads as zeros.
        parts.append(part.ljust(min(SECTOR, size - at), b"\x00"))
    whole = b"".join(parts)
    return whole[: max(len(old), stop)] if how == "prefix" else whole


def test_no_acknowledged_write_is_lost_to_a_power_cut(worked, place, chance):
    path = place()
    for number in range(ROUNDS * 8):
        step = chance.randrange(len(worked.states) - 1)
        before, after = worked.states[step : step + 2]
        how = WAYS[number % len(WAYS)]
        assert before.database == after.database or before.log == after.log
        cut = before.__class__(
            mixture(before.database, after.database, how, chance),
            mixture(before.log, after.log, how, chance),
            before.seq,
            before.head,
        )
        cut.laid(path)
        seq, _, problem = worked.look(path)
        fate = Fate.LOST if seq < before.seq else Fate.UNDETECTED if problem else Fate.INTACT
        count(KIND, fate)
        assert problem == "", (step, how)
        assert before.seq <= seq <= after.seq, (step, how)
