"""Row of whole-school printing: our own code on two processes against the same on one."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path

from app.batch_press import BookJob, DrawnBook
from app.readmodels.class_book import BookScope
from app.services.batch_printing import BatchOutcome, BatchPrinting
from app.services.book_printing import BookOrder
from app.services.booklet_printing import BookletOrder
from exports.batch import ParallelBooks
from exports.press import Tables
from tests.bench_report import Figure, decimal
from tests.bench_school import PUPILS, BenchSchools
from tests.bench_timing import elapsed_ms, interleaved

ORDERS = (BookOrder(BookScope.YEAR), BookletOrder())
"""Every class's year book, then the whole học bạ of all its pupils."""
_EVERY = 0.2
"""Seconds between two looks at the memory."""


class _Weighed:
    """The press, with the memory of this process and its workers looked at now and then."""

    def __init__(self, press: ParallelBooks) -> None:
        self._press = press
        self._weighed_at = 0.0
        self.most_kb = 0

    def books(
        self, jobs: Iterable[BookJob], count: int, still_wanted: Callable[[], None]
    ) -> Generator[DrawnBook, None, None]:
        def asked() -> None:
            still_wanted()
            # Weighing takes milliseconds, and this is asked on every page.
            if time.monotonic() - self._weighed_at > _EVERY:
                self.most_kb = max(self.most_kb, _memory_kb())
                self._weighed_at = time.monotonic()

        return self._press.books(jobs, count, asked)


def batch(schools: BenchSchools, _folder: Path) -> list[Figure]:
    """Every class's year book and its pupils' học bạ, facts to kept run."""
    two, one = _Weighed(ParallelBooks(2, fewest=2)), ParallelBooks(1)
    with schools.opened(schools.closed_year) as school:
        secretary = school.actor("secretary")

        def print_all(press: _Weighed | ParallelBooks) -> float:
            batches = BatchPrinting(school.uow, school.clock, press, Tables())
            kept: list[object] = []

            def work() -> None:
                first, *also = ORDERS
                result = batches.print_all(secretary, school.year_id, first, also=also)
                kept.append(result.payload)

            took = elapsed_ms(work)
            (outcome,) = kept
            assert isinstance(outcome, BatchOutcome), outcome
            assert len(outcome.runs) == len(ORDERS) * schools.classes, outcome.refused
            return took

        mine, base = interleaved(lambda: print_all(two), lambda: print_all(one))
    notes = (
        f"{schools.classes} sổ lớp, {schools.classes * PUPILS} học bạ; {os.cpu_count()} CPU; "
        f"bộ nhớ mọi tiến trình {decimal(two.most_kb / 1024, 0)} MB (trần 350)",
    )
    return [Figure("batch", "In sổ cả trường, 2 tiến trình", mine, base, 0.65, notes)]


def _memory_kb() -> int:
    """Proportional share of memory of this process and its children; 0 where nobody tells."""
    pids = [os.getpid(), *(child.pid for child in multiprocessing.active_children())]
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total
