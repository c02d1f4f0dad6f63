"""What a restore would throw away: entries of one trail that the other does not hold."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.restoring import LostWork

if TYPE_CHECKING:
    from app.ports import UnitOfWork

_NOT_WORK: Final = ("session.", "backup.", "security.", "practice.")


def lost_work(backup: UnitOfWork, now: UnitOfWork) -> LostWork:
    """Entries of the file in use that the backup's chain does not hold."""
    common = _common_seq(backup, now)
    seq, _ = now.trail.head()
    later = now.trail.entries(newest=seq - common) if seq > common else ()
    work = [entry for entry in later if not entry.kind.startswith(_NOT_WORK)]
    people = Counter(entry.actor or "chương trình" for entry in work)
    return LostWork(
        len(work),
        sum(entry.cell_count for entry in work),
        tuple(people.most_common()),
        datetime.fromisoformat(work[0].at) if work else None,
    )


def _common_seq(backup: UnitOfWork, now: UnitOfWork) -> int:
    """The last entry both chains share; every later one of the file in use would be lost."""
    there, head = backup.trail.head()
    here, _ = now.trail.head()
    if here >= there:
        newest = now.trail.entries(newest=here - there + 1)
        if newest and newest[-1].seq == there and newest[-1].hash == head:
            return there
    # The two went apart: an older copy was restored once, or the file in use is the older one.
    mine = {entry.seq: entry.hash for entry in backup.trail.all_entries()}
    common = 0
    for entry in now.trail.all_entries():
        if mine.get(entry.seq) != entry.hash:
            break
        common = entry.seq
    return common
