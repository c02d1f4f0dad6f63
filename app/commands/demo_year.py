"""One year of the demo: marks, closes, one correction, lists, summer, books, the sealed drive."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from app.commands.sample_school import SampleYear
from app.commands.sample_year_end import approve_lists, live_summer
from app.commands.sample_years import fill_term
from app.domain.ids import ClassId
from app.domain.marks import CellState
from app.domain.periods import Term
from app.domain.roll_over import count_fates, pupil_fates
from app.domain.school import SchoolClass
from app.readmodels.class_book import BookScope
from app.readmodels.mark_sheet import CellKey
from app.services.file_names import ascii_name
from app.services.printing import Printed
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
    """What a year left behind: how much was printed, the case, the sealed bag."""

    name: str
    classes: int
    pupils: int
    outcomes: dict[str, int]
    books: int
    case: dict[str, object]
    sealed: Sealed


def live_year(sample: SampleYear, timer: Timer, drive: Path, later: int = 0) -> LivedYear:
    """From the entry windows to the seal on `drive`; rosters and posts are there already.

    Marks of a year that others follow (`later` of them) are entered sheet by sheet, a term at once.
    """
    live = partial(fill_term, sample) if later else sample.live_term
    sample.open_windows()
    timer.stage("term1", "Nhập điểm học kì I", lambda: live(Term.HK1))
    timer.stage("close1", "Chốt học kì I", lambda: sample.close_term(Term.HK1))
    sample.one_pupil_leaves()
    case = timer.stage("correction", "Sửa một điểm có hồ sơ", lambda: _correct(sample))
    timer.stage("term2", "Nhập điểm học kì II", lambda: live(Term.HK2))
    timer.stage("close2", "Chốt cả năm", lambda: sample.close_term(Term.HK2))
    timer.stage("lists", "Duyệt danh sách cuối năm", lambda: approve_lists(sample))
    books = timer.stage("books", "In sổ", lambda: _print_books(sample))
    summer = timer.stage("summer", "Kì nghỉ hè", lambda: live_summer(sample))
    books += timer.stage(
        "summer_books", "In sổ sau hè", lambda: _print_after_summer(sample, summer)
    )
    sealed = timer.stage("seal", "Niêm phong ra ổ", lambda: _seal(sample, drive))
    outcomes = _outcomes(sample)
    pupils = sum(outcomes.values())
    return LivedYear(sample.name, len(sample.classes), pupils, outcomes, books, case, sealed)


def changed_books(work: Workspace) -> int:
    """Class books of any year that would read otherwise if they were printed today."""
    runs = [run for year in work.setup.years() for run in work.printing.runs(year.id)]
    last = {(run.class_id, run.period): run for run in sorted(runs, key=lambda run: run.number)}
    return sum(work.printing.differs(run) for run in last.values())


def _outcomes(sample: SampleYear) -> dict[str, int]:
    """What becomes of everybody who was on a roster of the year."""
    board = sample.work.roll_over.board(sample.work.session.actor, sample.year_id)
    old = [item.klass for item in board.classes]
    fates = pupil_fates(old, {item.klass.id: item.move for item in board.classes})
    return {fate.value: number for fate, number in count_fates(fates).items()}


def books_of(sample: SampleYear) -> Path:
    """Where the year's books go."""
    return sample.folder / "books" / sample.name


def _correct(sample: SampleYear) -> dict[str, object]:
    """One mark of the closed first term, entered in the wrong digits, put right by a case."""
    work = sample.work
    klass = sample.classes[0]
    teacher, sheet = sample.teacher_and_sheet(klass, "toan")
    colleague, _ = sample.teacher_and_sheet(klass, "ngu_van")
    sample.at(sample.on(2, 10))
    view = work.marks.open(teacher, sheet)
    index = next(n for n, c in enumerate(view.columns) if c.key == "HK1.ck")
    row = next(
        n
        for n, cells in enumerate(view.cells)
        if cells[index].state is CellState.MARK and view.rows[n].left_on is None
    )
    old = view.cells[row][index].text
    whole, tenth = old.split(",")
    new = f"{(int(whole) + 1) % 10},{tenth}"
    key = CellKey(view.rows[row].pupil_id, "HK1.ck")
    declared = work.corrections.declare(
        teacher,
        sheet,
        {key: new},
        f"Chép nhầm từ bài kiểm tra: bài {new} ghi thành {old}.",
        "trang 23, dòng 1",
        "bài kiểm tra cuối kì I, có chữ kí phụ huynh",
    )
    case_id = getattr(declared.payload, "id")  # noqa: B009 - payload is typed object
    work.corrections.register(sample.actor("secretary"), case_id, "01/ĐN-SĐ")
    sample.at(sample.on(2, 10), hour=10)
    work.corrections.check(colleague, case_id, "Đã đối chiếu sổ điểm cá nhân và bài kiểm tra, khớp")
    sample.at(sample.on(2, 10), hour=14)
    with work.session.uow.read() as uow:
        names = [a.full_name for a in uow.accounts.all(sample.clock.today())]
    witnesses = [name for name in names if name not in (teacher.name, colleague.name)][:2]
    work.corrections.approve(work.session.signer, case_id, witnesses)
    work.corrections.apply(teacher, case_id)
    minutes = work.printing.print_correction_minutes(sample.actor("secretary"), case_id)
    assert isinstance(minutes.payload, Printed)  # noqa: S101 - what the service promises
    _save(books_of(sample) / "bien-ban-sua-diem-01.pdf", minutes.payload.pdf.content)
    return {"class": klass.name, "old": old, "new": new, "number": 1}


def _print_books(sample: SampleYear) -> int:
    sample.at(sample.on(5, 30))
    secretary = sample.actor("secretary")
    for klass in sample.classes:
        for scope, name in ((BookScope.TERM_1, "hk1"), (BookScope.YEAR, "ca-nam")):
            done = sample.work.printing.print_class_book(secretary, klass.id, scope)
            assert isinstance(done.payload, Printed)  # noqa: S101 - what the service promises
            folder = books_of(sample) / f"lop-{ascii_name(klass.name)}"
            _save(folder / f"so-theo-doi_{name}.pdf", done.payload.pdf.content)
        _print_lists(sample, klass, "danh-sach_cuoi-nam")
    return 3 * len(sample.classes)


def _print_lists(sample: SampleYear, klass: SchoolClass, name: str) -> None:
    done = sample.work.printing.print_year_lists(sample.actor("secretary"), klass.id)
    assert isinstance(done.payload, Printed)  # noqa: S101 - what the service promises
    folder = books_of(sample) / f"lop-{ascii_name(klass.name)}"
    _save(folder / f"{name}.pdf", done.payload.pdf.content)


def _print_after_summer(sample: SampleYear, classes: Collection[ClassId]) -> int:
    """The year book again where the summer changed it; the run of May stays as it was."""
    sample.at(sample.on(8, 3))
    secretary = sample.actor("secretary")
    for klass in sample.classes:
        if klass.id in classes:
            done = sample.work.printing.print_class_book(secretary, klass.id, BookScope.YEAR)
            assert isinstance(done.payload, Printed)  # noqa: S101 - what the service promises
            folder = books_of(sample) / f"lop-{ascii_name(klass.name)}"
            _save(folder / "so-theo-doi_ca-nam-sau-he.pdf", done.payload.pdf.content)
            _print_lists(sample, klass, "danh-sach_sau-he")
    return 2 * len(classes)


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


def _save(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
