"""`khoaso bench`: the speed table of design §6, both sides measured in one run; never a test."""

from __future__ import annotations

import gc
import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tests.bench_report import OVER, Crash, Figure, as_json, table
from tests.bench_school import CLASSES, PUPILS, BenchSchools

Row = Callable[[BenchSchools, Path], list[Figure]]

NOT_YET: tuple[str, ...] = ()
"""Rows of design §6 whose work the program cannot do yet."""


def rows() -> dict[str, Row]:
    """What is measured, in the order of the table; the books' rows seal their school last."""
    from tests import bench_entry, bench_paper, bench_parallel, bench_screen, bench_ten_years

    found: dict[str, Row] = {
        "open_grid": lambda schools, _: bench_entry.open_grid(schools),
        "save_mark": lambda schools, _: bench_entry.save_one(schools),
        "keypress": lambda schools, _: bench_screen.keypress(schools),
        "paste": lambda schools, _: bench_entry.paste(schools),
        "import": bench_entry.import_file,
        "fill_year": lambda schools, _: bench_entry.fill_year(schools),
        "results": lambda schools, _: bench_paper.results(schools),
        "net_change": lambda schools, _: bench_ten_years.net_change(schools),
        "ten_years": lambda schools, _: bench_ten_years.same_grid(schools),
        "class_book": lambda schools, _: bench_paper.book(schools),
        "batch": bench_parallel.batch,
        "seal": bench_paper.seal,
    }
    if find_spec("ui.shell") is not None:
        found["start"] = bench_screen.start
    return found


def run_bench(
    json_path: Path | None,
    only: Collection[str] = (),
    classes: int = CLASSES,
) -> int:
    """Measure, print the table, write the JSON when asked; 1 when a row crashed, else 0.

    A slow row is told, never an error: a busy machine must not fail anything. `only` and fewer
    `classes` are for trying out single rows.
    """
    began = time.perf_counter()
    figures: list[Figure] = []
    crashes: list[Crash] = []
    with _offscreen(), tempfile.TemporaryDirectory(prefix="khoaso-bench-") as temporary:
        folder = Path(temporary)
        wanted = {key: row for key, row in rows().items() if not only or key in only}
        # Held to the end: widgets of the rows must not outlive their application.
        screen = _screen() if "keypress" in wanted else None
        schools = BenchSchools(folder, classes)
        # As the window does once its modules are loaded: what they made is no garbage.
        gc.collect()
        gc.freeze()
        for key, measure in wanted.items():
            _say(f"đang đo {key} …")
            place = folder / key
            place.mkdir()
            # What an earlier row left behind must not slow this one down.
            gc.collect()
            try:
                figures += measure(schools, place)
            except Exception as error:  # the boundary of the bench: one bad row, the rest goes on
                traceback.print_exc()
                crashes.append(Crash(key, f"{type(error).__name__}: {error}"))
        del screen
        gc.unfreeze()
    seconds = time.perf_counter() - began
    for line in ("", *table(figures), "", *_closing(figures, crashes, seconds, classes)):
        _say(line)
    if json_path is not None:
        facts: dict[str, object] = {
            "school": {"classes": classes, "pupils_a_class": PUPILS},
            "machine": {
                "cpus": os.cpu_count(),
                "python": platform.python_version(),
                "system": platform.system(),
            },
            "seconds": round(seconds, 1),
        }
        json_path.write_text(as_json(figures, crashes, NOT_YET, facts), encoding="utf-8")
    return 1 if crashes else 0


def _closing(
    figures: list[Figure], crashes: list[Crash], seconds: float, classes: int
) -> list[str]:
    over = [figure.work.strip() for figure in figures if figure.verdict == OVER]
    return [
        *(f"HỎNG: {crash.key}: {crash.error}" for crash in crashes),
        *(f"chưa có: {work}" for work in NOT_YET),
        f"Trường mẫu {classes} lớp × {PUPILS} em; hai bên đo xen kẽ, lấy trung vị; "
        f"{os.cpu_count()} CPU, {seconds:.0f} giây.",
        f"Vượt trần: {'; '.join(over)}." if over else "Mọi dòng đã đo đều trong trần.",
    ]


def _screen() -> object:
    from ui.application import start_screen

    return start_screen([])


@contextmanager
def _offscreen() -> Iterator[None]:
    """No window of the bench appears on a screen, and none depends on one."""
    before = os.environ.get("QT_QPA_PLATFORM")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        yield
    finally:
        if before is None:
            del os.environ["QT_QPA_PLATFORM"]
        else:
            os.environ["QT_QPA_PLATFORM"] = before


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
