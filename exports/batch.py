"""Many books at once: spawned processes that draw what they are handed and send the bytes back.

A worker gets pickled read models, opens no database and writes no file, so ending it at any moment
leaves nothing half done. Workers import no Qt.
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
"""Office PCs have two cores to spare, and each process takes some 70 MB."""
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
        with _Crew(min(self._processes, count)) as crew:
            yield from crew.work_off(iter(jobs), still_wanted)


def draw_book(job: BookJob, progress: Progress = no_progress) -> DrawnBook:
    """One book with its tables, or the học bạ of one class; the same in every process."""
    if isinstance(job.book, ReportBooklets):
        return DrawnBook(render_report_booklets(job.book, job.stamp, progress), {})
    pdf = render_class_book(job.book, job.stamp, progress)
    return DrawnBook(pdf, table_files(job.book, Tables()) if job.with_tables else {})


def worker(connection: Connection) -> None:
    """The life of one process: draw a job, answer, wait for the next until nobody listens."""
    try:
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
    """Running workers; leaving the block ends them whatever they are doing."""

    def __init__(self, size: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._size = size
        self._idle: list[Connection] = []
        self._busy: dict[Connection, int] = {}
        self._processes: list[BaseProcess] = []
        for _ in range(size):
            ours, theirs = context.Pipe()
            process = context.Process(target=worker, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self._idle.append(ours)
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
        for connection in (*self._idle, *self._busy):
            connection.close()
        for process in self._processes:
            process.join()
            process.close()

    def work_off(
        self, jobs: Iterator[BookJob], still_wanted: Callable[[], None]
    ) -> Iterator[DrawnBook]:
        """Hand out the jobs and give the books back in their order."""
        drawn: dict[int, _Answer] = {}
        handed = given = 0
        upcoming = next(jobs, None)
        while upcoming is not None or self._busy or drawn:
            still_wanted()
            # A slow book must not let the others pile up behind it.
            while upcoming is not None and self._idle and handed - given < _AHEAD * self._size:
                connection = self._idle.pop()
                self._busy[connection] = handed
                _send(connection, upcoming)
                handed += 1
                # Read while the others draw: the next one is ready when a hand becomes free.
                upcoming = next(jobs, None)
            if given in drawn:
                yield _book(drawn.pop(given))
                given += 1
                continue
            answered = wait(list(self._busy), _TICK)
            for connection in [one for one in self._busy if one in answered]:
                drawn[self._busy.pop(connection)] = _receive(connection)
                self._idle.append(connection)


def _send(connection: Connection, job: BookJob) -> None:
    try:
        connection.send(job)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise _died() from error


def _receive(connection: Connection) -> _Answer:
    try:
        answer: _Answer = connection.recv()
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
