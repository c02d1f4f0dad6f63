"""In cả trường: the book or the học bạ of every class of a year in one go, as numbered runs.

Facts are read and runs are kept here, one class after another; only the drawing goes to other
processes, which never see the file. A run is kept the moment its book is drawn, so stopping leaves
whole runs and nothing half done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.actor import Actor
from app.batch_press import BatchPress, BookJob, DrawnBook
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.domain.school import SchoolClass
from app.errors import AppError, EnvironmentProblem, RuleRefused
from app.ports import PrintRun, UnitOfWork, UowFactory
from app.presses import TablePress
from app.progress import Cancelled, Progress, no_progress
from app.services.print_keeping import Printed
from app.services.print_orders import (
    PrintOrder,
    ReadyPrint,
    drawing_of,
    is_form_of,
    keep_print,
    ready_print,
    why_not,
)
from app.services.printing import PRINTERS
from app.services.standing import require_standing

_WHAT = "in sổ cả trường"


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """A class left out, and the sentence that says why."""

    class_name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """Before the batch: classes that can be printed, and those that cannot."""

    ready: tuple[SchoolClass, ...]
    refused: tuple[NotPrinted, ...]


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """After it: runs in their order; `stopped` when somebody pressed Hủy before the last class."""

    runs: tuple[PrintRun, ...]
    refused: tuple[NotPrinted, ...]
    stopped: bool = False


class BatchPrinting:
    """Prints the same orders for many classes."""

    def __init__(
        self, uows: UowFactory, clock: Clock, press: BatchPress, tables: TablePress
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press
        self._tables = tables

    def plan(self, year_id: SchoolYearId, order: PrintOrder) -> BatchPlan:
        """Which classes of the year would be printed, and why the others would not."""
        ready: list[SchoolClass] = []
        refused: list[NotPrinted] = []
        with self._uows.read() as uow:
            for klass in uow.school.classes(year_id):
                if not is_form_of(klass, order):
                    continue
                refusal = why_not(uow, klass, order)
                if refusal is None:
                    ready.append(klass)
                else:
                    refused.append(NotPrinted(klass.name, refusal.sentence))
        return BatchPlan(tuple(ready), tuple(refused))

    def print_all(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        order: PrintOrder,
        progress: Progress = no_progress,
        also: Sequence[PrintOrder] = (),
    ) -> CommandResult:
        """A run for every class that is ready; the payload is a `BatchOutcome`.

        `also` names what else is printed of every class in the same go, after `order`. A class
        whose data change meanwhile, or whose book cannot be drawn, is left out with its sentence
        and the others go on. Hủy keeps the runs made so far and raises nothing. Refuses
        (`nothing_to_print`) when no class is ready.
        """
        with self._uows.read() as uow:
            require_standing(uow, actor, self._clock.today(), _WHAT, *PRINTERS)
        plans = [(one, self.plan(year_id, one)) for one in (order, *also)]
        wanted = [(klass, one) for one, plan in plans for klass in plan.ready]
        refused = [one for _, plan in plans for one in plan.refused]
        if not wanted:
            raise RuleRefused(
                "nothing_to_print",
                "Chưa lớp nào của năm học in được bản chính thức này nên chưa in gì. "
                + (refused[0].sentence if refused else "Năm học chưa có lớp."),
            )
        batch = _Batch(
            *(self._uows, self._clock, self._press, self._tables, actor), wanted, progress
        )
        batch.work_off()
        outcome = BatchOutcome(
            tuple(batch.runs),
            (*refused, *batch.refused),
            stopped=batch.stopped,
        )
        return CommandResult(
            frozenset({Topic.PRINTS}),
            batch.last_seq,
            f"Đã in {len(batch.runs)}/{len(wanted)} bản của các lớp"
            if also
            else f"Đã in {len(batch.runs)}/{len(wanted)} lớp",
            None,
            outcome,
        )


class _Batch:
    """One walk over the classes; numbers are given out in their order."""

    def __init__(
        self,
        uows: UowFactory,
        clock: Clock,
        press: BatchPress,
        tables: TablePress,
        actor: Actor,
        wanted: Sequence[tuple[SchoolClass, PrintOrder]],
        progress: Progress,
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press
        self._tables = tables
        self._actor = actor
        self._total = len(wanted)
        self._progress = progress
        self._pending = deque(wanted)
        self._under_way: deque[tuple[ReadyPrint, int]] = deque()
        """Books handed out, each with the number of runs kept when its facts were read."""
        self.runs: list[PrintRun] = []
        self.refused: list[NotPrinted] = []
        self.last_seq = 0
        self.stopped = False

    def work_off(self) -> None:
        """Until every class has its run or its reason, or somebody stops it."""
        try:
            while self._pending:
                self._walk()
        except Cancelled:
            self.stopped = True

    def _walk(self) -> None:
        """One crew's work; ends early when a number falls out, since later ones moved up."""
        drawn = self._press.books(self._jobs(), len(self._pending), self._still_wanted)
        try:
            while True:
                try:
                    book = next(drawn, None)
                except EnvironmentProblem:
                    raise
                except AppError as refusal:
                    self._leave_out(refusal)
                    break
                if book is None or not self._keep(book):
                    break
        finally:
            drawn.close()
            # What was handed out and not kept is to be read and numbered again.
            self._pending.extendleft(
                (ready.klass, ready.order) for ready, _ in reversed(self._under_way)
            )
            self._under_way.clear()

    def _jobs(self) -> Iterator[BookJob]:
        number = 0
        while self._pending:
            klass, order = self._pending[0]
            with self._uows.read() as uow:
                number = number or uow.prints.next_number(klass.school_year_id)
                try:
                    ready = ready_print(uow, klass.id, order, self._clock.now(), number)
                except RuleRefused as refusal:
                    self._pending.popleft()
                    self.refused.append(NotPrinted(klass.name, refusal.sentence))
                    continue
            self._pending.popleft()
            self._under_way.append((ready, len(self.runs)))
            number += 1
            yield drawing_of(ready)

    def _keep(self, drawn: DrawnBook) -> bool:
        ready, kept_then = self._under_way.popleft()
        try:
            with self._uows.write() as uow:
                self._standing(uow)
                own = len(self.runs) - kept_then
                result = keep_print(uow, self._actor, ready, drawn, self._tables, own)
        except RuleRefused as refusal:
            self.refused.append(NotPrinted(ready.klass.name, refusal.sentence))
            return False
        if isinstance(result.payload, Printed):
            self.runs.append(result.payload.run)
        self.last_seq = result.seq
        self._still_wanted()
        return True

    def _leave_out(self, refusal: AppError) -> None:
        ready, _ = self._under_way.popleft()
        self.refused.append(NotPrinted(ready.klass.name, refusal.sentence))

    def _standing(self, uow: UnitOfWork) -> None:
        # A batch takes minutes; the printer's office may have ended meanwhile.
        require_standing(uow, self._actor, self._clock.today(), _WHAT, *PRINTERS)

    def _still_wanted(self) -> None:
        now = self._under_way[0][0].klass.name if self._under_way else ""
        note = f"Đang dựng sổ lớp {now}" if now else "Đang chuẩn bị"
        self._progress(len(self.runs) + len(self.refused), self._total, note)
