"""Many books at once: this process draws, and so do spawned ones that send the bytes back.

A worker gets pickled read models, opens no database and writes no file, so ending it at any moment
leaves nothing half done. Workers import no Qt. This process draws too instead of waiting: it is
warm while a new one still loads, and one process less is some 70 MB less.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType

from app.batch_press import BookJob, DrawnBook
from app.errors import AppError, EnvironmentProblem
from app.progress import Progress, no_progress
from app.readmodels.report_booklet import ReportBooklets
from app.services.book_files import table_files
from exports.forms.class_book import render_class_book
from exports.forms.report_booklet import render_report_booklets
from exports.press import Tables

PROCESSES = 2
"""This one and another: office PCs have two cores to spare."""
FEWEST = 4
"""Starting the processes takes about a second: fewer books are drawn here."""
_AHEAD = 2
"""Books a process may be ahead of the one that is to be given next."""
_TICK = 0.1
"""Seconds between two questions whether the work is still wanted."""

_Answer = DrawnBook | tuple[str, str]
"""What a worker sends back: the book, or code and sentence of the refusal."""


class ParallelBooks:
    """Fulfils `app.batch_press.BatchPress`."""

    def __init__(self, processes: int = PROCESSES, fewest: int = FEWEST) -> None:
        self._processes = processes
        self._fewest = fewest

    def books(
        self, jobs: Iterable[BookJob], count: int, still_wanted: Callable[[], None]
    ) -> Generator[DrawnBook, None, None]:
        """As the port says."""
        if self._processes < 2 or count < self._fewest:
            for job in jobs:
                yield draw_book(job, lambda _done, _total, _note="": still_wanted())
            return
        with _Crew(min(self._processes, count) - 1, still_wanted) as crew:
            yield from crew.work_off(iter(jobs))


def draw_book(job: BookJob, progress: Progress = no_progress) -> DrawnBook:
    """One book with its tables, or the học bạ of one class; the same in every process."""
    if isinstance(job.book, ReportBooklets):
        return DrawnBook(render_report_booklets(job.book, job.stamp, progress), {})
    pdf = render_class_book(job.book, job.stamp, progress)
    return DrawnBook(pdf, table_files(job.book, Tables()) if job.with_tables else {})


def worker(connection: Connection) -> None:
    """The life of one process: say it is there, then draw and answer until nobody listens."""
    try:
        connection.send(None)
        while True:
            job: BookJob = connection.recv()
            try:
                answer: _Answer = draw_book(job)
            except AppError as refusal:
                answer = (refusal.code, refusal.sentence)
            connection.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The window has closed its end: there is no one to draw for.
        return


class _Crew:
    """Running workers and this process; leaving the block ends them whatever they are doing."""

    def __init__(self, workers: int, still_wanted: Callable[[], None]) -> None:
        context = multiprocessing.get_context("spawn")
        self._still_wanted = still_wanted
        self._ahead = _AHEAD * (workers + 1)
        self._loading: list[Connection] = []
        self._idle: list[Connection] = []
        self._busy: dict[Connection, int] = {}
        self._processes: list[BaseProcess] = []
        self._drawn: dict[int, _Answer] = {}
        """Answers that wait for their turn, by number of the job."""
        self._upcoming: BookJob | None = None
        """Read before a hand is free, so that no hand waits for the reading."""
        self._handed = 0
        self._given = 0
        for _ in range(workers):
            ours, theirs = context.Pipe()
            process = context.Process(target=worker, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self._loading.append(ours)
            self._processes.append(process)

    def __enter__(self) -> _Crew:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            process.terminate()
        for connection in (*self._loading, *self._idle, *self._busy):
            connection.close()
        for process in self._processes:
            process.join()
            process.close()

    def work_off(self, jobs: Iterator[BookJob]) -> Iterator[DrawnBook]:
        """Hand out the jobs, draw some here, and give the books back in their order."""
        self._upcoming = next(jobs, None)
        while self._upcoming is not None or self._busy or self._drawn:
            self._still_wanted()
            self._serve()
            if self._upcoming is None:
                self._upcoming = next(jobs, None)
            if self._given in self._drawn:
                yield _book(self._drawn.pop(self._given))
                self._given += 1
            elif self._upcoming is not None and self._room():
                job, self._upcoming = self._upcoming, next(jobs, None)
                self._draw_here(job)
            else:
                self._serve(_TICK)

    def _room(self) -> bool:
        # A slow book must not let the others pile up behind it.
        return self._handed - self._given < self._ahead

    def _serve(self, patience: float = 0) -> None:
        """Take what the others finished, and give the next job to one that is free."""
        answered = wait([*self._loading, *self._busy], patience)
        for connection in [one for one in (*self._loading, *self._busy) if one in answered]:
            answer = _receive(connection)
            if connection in self._loading:
                self._loading.remove(connection)
            elif answer is not None:
                self._drawn[self._busy.pop(connection)] = answer
            self._idle.append(connection)
        while self._idle and self._upcoming is not None and self._room():
            connection = self._idle.pop()
            _send(connection, self._upcoming)
            self._busy[connection] = self._handed
            self._handed += 1
            self._upcoming = None

    def _draw_here(self, job: BookJob) -> None:
        number = self._handed
        self._handed += 1
        try:
            self._drawn[number] = draw_book(job, self._between_pages)
        except AppError as refusal:
            self._drawn[number] = (refusal.code, refusal.sentence)

    def _between_pages(self, done: int, total: int, note: str = "") -> None:
        self._still_wanted()
        self._serve()


def _send(connection: Connection, job: BookJob) -> None:
    try:
        connection.send(job)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise _died() from error


def _receive(connection: Connection) -> _Answer | None:
    try:
        answer: _Answer | None = connection.recv()
    except (EOFError, ConnectionResetError) as error:
        raise _died() from error
    return answer


def _book(answer: _Answer) -> DrawnBook:
    if isinstance(answer, DrawnBook):
        return answer
    raise AppError(*answer)


def _died() -> EnvironmentProblem:
    return EnvironmentProblem(
        "print_worker_died",
        "Một tiến trình dựng sổ bị máy dừng giữa chừng nên việc in dừng lại; các bản đã có số vẫn "
        "còn nguyên. Hãy đóng bớt chương trình khác cho đủ bộ nhớ rồi in tiếp các lớp còn lại.",
    )
