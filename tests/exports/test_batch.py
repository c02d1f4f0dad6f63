"""Books drawn by processes of their own: the same bytes, in order, stopped at once, never hung."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import replace

import pytest

from app.batch_press import BookJob
from app.errors import AppError, EnvironmentProblem
from app.progress import Cancelled
from app.readmodels.book_parts import part_of
from app.readmodels.class_book import BookPart
from exports.batch import ParallelBooks, draw_book
from tests.exports.sample_book import sample_book, sample_stamp


def job(number: int, **changed) -> BookJob:
    book = replace(part_of(sample_book(4), BookPart.OPENING), class_name=f"6A{number}", **changed)
    return BookJob(book, replace(sample_stamp(book), run_number=f"{number:04d}"))


def nobody_asks() -> None:
    return


def children() -> list[multiprocessing.process.BaseProcess]:
    return multiprocessing.active_children()


def test_processes_give_the_same_bytes_in_the_order_of_the_jobs() -> None:
    jobs = [job(n) for n in range(1, 6)]
    jobs[2] = replace(jobs[2], with_tables=True)
    drawn = list(ParallelBooks(2).books(jobs, len(jobs), nobody_asks))
    assert [one.pdf for one in drawn] == [draw_book(one).pdf for one in jobs]
    assert drawn[2].files == draw_book(jobs[2]).files
    assert "so-diem.xlsx" in drawn[2].files
    assert [bool(one.files) for one in drawn] == [False, False, True, False, False]
    assert children() == []


def test_few_books_are_drawn_here() -> None:
    seen = []
    jobs = [job(n) for n in range(1, 4)]
    drawn = list(ParallelBooks(2).books(jobs, len(jobs), lambda: seen.append(children())))
    assert len(drawn) == 3
    assert seen
    assert not any(seen)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_refusal_comes_in_its_turn_with_its_sentence(processes: int) -> None:
    jobs = [job(1), job(2, principal="Lê ☐"), job(3), job(4)]
    drawn = ParallelBooks(processes).books(jobs, len(jobs), nobody_asks)
    assert next(drawn).pdf.pages == 5
    with pytest.raises(AppError) as caught:
        next(drawn)
    assert caught.value.code == "glyph_missing"
    assert "☐" in caught.value.sentence
    assert children() == []


def test_cancel_ends_the_processes_within_a_second() -> None:
    asked = []

    def stop_soon() -> None:
        asked.append(time.monotonic())
        if len(asked) > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(ParallelBooks(2).books((job(n) for n in range(1, 50)), 49, stop_soon))
    assert children() == []


def test_who_stops_listening_leaves_no_process_behind() -> None:
    drawn = ParallelBooks(2).books((job(n) for n in range(1, 50)), 49, nobody_asks)
    next(drawn)
    assert len(children()) == 1
    drawn.close()
    assert children() == []


def test_a_process_that_dies_is_said_and_does_not_hang() -> None:
    def murder() -> None:
        for child in children():
            if child.pid is not None:
                os.kill(child.pid, signal.SIGKILL)

    with pytest.raises(EnvironmentProblem) as caught:
        list(ParallelBooks(2).books((job(n) for n in range(1, 50)), 49, murder))
    assert caught.value.code == "print_worker_died"
    assert caught.value.sentence.endswith(".")
    assert children() == []


def test_jobs_are_taken_only_as_hands_become_free() -> None:
    taken = []

    def jobs():
        for number in range(1, 20):
            taken.append(number)
            yield job(number)

    drawn = ParallelBooks(2).books(jobs(), 19, nobody_asks)
    next(drawn)
    assert max(taken) < 19
    drawn.close()
