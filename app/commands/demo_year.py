"""One year of the demo: marks, closes, one correction, lists, summer, books, the sealed drive."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from app.commands.demo_papers import print_other_papers
from app.commands.sample_school import SampleYear
from app.commands.sample_year_end import approve_lists, live_summer
from app.domain.ids import ClassId
from app.domain.roll_over import count_fates, pupil_fates
from app.services.sealing import Sealed
from app.workspace import Workspace

T = TypeVar("T")


@dataclass
class Timer:
    """Says each stage and adds up how long it took over the years."""

    say: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    def stage(self, name: str, words: str, work: Callable[[], T]) -> T:
        """Run a stage, say it, remember how long it took."""
        began = perf_counter()
        result = work()
        took = perf_counter() - began
        self.seconds[name] = round(self.seconds.get(name, 0.0) + took, 2)
        self.say(f"  {words}: {took:.1f} giây")
        return result


@dataclass(frozen=True, slots=True)
class LivedYear:
    """What a year left behind: how much was printed, the case, the sealed bag.

    `papers` are the runs beside the books; only the last year prints them.
    """

    name: str
    classes: int
    pupils: int
    outcomes: dict[str, int]
    books: int
    papers: int
    case: dict[str, object]
    sealed: Sealed


def live_year(sample: SampleYear, timer: Timer, drive: Path, later: int = 0) -> LivedYear:
    """From the entry windows to the seal on `drive`; rosters and posts are there already.

    Marks of a year that others follow (`later` of them) are entered sheet by sheet, a term at once.
    """
    sample.open_windows()
    for name, words, live in sample.stages(at_once=later > 0):
        timer.stage(name, words, live)
    timer.stage("lists", "Duyệt danh sách cuối năm", lambda: approve_lists(sample))
    books = timer.stage("books", "In sổ", lambda: _print_books(sample))
    summer = timer.stage("summer", "Kì nghỉ hè", lambda: live_summer(sample))
    books += timer.stage(
        "summer_books", "In sổ sau hè, học bạ", lambda: _print_after_summer(sample, summer)
    )
    papers = 0
    if not later:
        papers = timer.stage(
            "papers", "In sổ của giáo viên, phiếu, sổ theo dõi", lambda: print_other_papers(sample)
        )
    sealed = timer.stage("seal", "Niêm phong ra ổ", lambda: _seal(sample, drive))
    outcomes = _outcomes(sample)
    pupils = sum(outcomes.values())
    return LivedYear(
        *(sample.name, len(sample.classes), pupils, outcomes, books, papers, sample.case, sealed)
    )


def changed_books(work: Workspace) -> int:
    """Books and slips of any year that would read otherwise if they were printed today."""
    runs = [run for year in work.setup.years() for run in work.printing.runs(year.id)]
    last = {
        (run.kind, run.class_id, run.period, run.subject_id): run
        for run in sorted(runs, key=lambda run: run.number)
    }
    return sum(work.printing.differs(run) for run in last.values())


def _outcomes(sample: SampleYear) -> dict[str, int]:
    """What becomes of everybody who was on a roster of the year."""
    board = sample.work.roll_over.board(sample.work.session.actor, sample.year_id)
    old = [item.klass for item in board.classes]
    fates = pupil_fates(old, {item.klass.id: item.move for item in board.classes})
    return {fate.value: number for fate, number in count_fates(fates).items()}


def _print_books(sample: SampleYear) -> int:
    sample.at(sample.on(5, 30))
    return sample.print_books()


def _print_after_summer(sample: SampleYear, classes: Collection[ClassId]) -> int:
    """The year book again where the summer changed it, and học bạ; the run of May stays."""
    sample.at(sample.on(8, 3))
    again = sum(sample.reprint(klass) for klass in sample.classes if klass.id in classes)
    return again + sample.print_booklets()


def _seal(sample: SampleYear, drive: Path) -> Sealed:
    sample.at(sample.on(8, 10))
    drive.mkdir(parents=True)
    done = sample.work.sealing.seal(
        sample.work.session.signer,
        sample.year_id,
        drive,
        "Phó hiệu trưởng; đại diện tổ văn phòng; đại diện giáo viên",
        "Văn thư, tủ hồ sơ số 2",
    )
    assert isinstance(done.payload, Sealed)  # noqa: S101 - what the service promises
    return done.payload
