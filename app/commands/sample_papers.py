"""Papers of the sample school: a correction with its minutes, the books, the year's lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.booklet_pages import stage_of
from app.domain.marks import CellState
from app.domain.periods import Period
from app.domain.school import SchoolClass
from app.readmodels.class_book import BookScope
from app.readmodels.mark_sheet import CellKey
from app.readmodels.report_booklet import BookletPart
from app.services.booklet_printing import BookletOrder
from app.services.file_names import ascii_name
from app.services.printing import Printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.changes import CommandResult
    from app.commands.sample_school import SampleYear


def correct_mark(sample: SampleYear) -> None:
    """One mark of the closed first term, entered in the wrong digits, put right by a case."""

    def right(old: str) -> str:
        whole, tenth = old.split(",")
        return f"{(int(whole) + 1) % 10},{tenth}"

    correct_cell(sample, "toan", "ngu_van", "HK1.ck", right)


def correct_cell(
    sample: SampleYear, code: str, colleagues: str, column: str, right: Callable[[str], str]
) -> None:
    """The first filled cell of a closed column of the first class becomes `right(old)`.

    The teacher of `colleagues` checks, two others are witnesses, the minutes are printed.
    """
    work, klass = sample.work, sample.classes[0]
    teacher, sheet = sample.teacher_and_sheet(klass, code)
    colleague, _ = sample.teacher_and_sheet(klass, colleagues)
    day = sample.on(2, 10)
    sample.at(day)
    view = work.marks.open(teacher, sheet)
    index = next(n for n, c in enumerate(view.columns) if c.key == column)
    row = next(
        n
        for n, cells in enumerate(view.cells)
        if cells[index].state is CellState.MARK and view.rows[n].left_on is None
    )
    old = view.cells[row][index].text
    new = right(old)
    declared = work.corrections.declare(
        teacher,
        sheet,
        {CellKey(view.rows[row].pupil_id, column): new},
        f"Chép nhầm từ bài kiểm tra: bài {new} ghi thành {old}.",
        "trang 23, dòng 1",
        "bài kiểm tra cuối kì I, có chữ kí phụ huynh",
    )
    case_id = getattr(declared.payload, "id")  # noqa: B009 - payload is typed object
    work.corrections.register(sample.actor("secretary"), case_id, "01/ĐN-SĐ")
    sample.at(day, hour=10)
    work.corrections.check(colleague, case_id, "Đã đối chiếu sổ điểm cá nhân và bài kiểm tra, khớp")
    sample.at(day, hour=14)
    with work.session.uow.read() as uow:
        names = [a.full_name for a in uow.accounts.all(sample.clock.today())]
    witnesses = [name for name in names if name not in (teacher.name, colleague.name)][:2]
    work.corrections.approve(work.session.signer, case_id, witnesses)
    work.corrections.apply(teacher, case_id)
    minutes = work.printing.print_correction_minutes(sample.actor("secretary"), case_id)
    keep(minutes, books_of(sample) / "bien-ban-sua-diem-01.pdf")
    sample.case = {"class": klass.name, "old": old, "new": new, "number": 1}


def print_class_books(sample: SampleYear) -> int:
    """Sổ theo dõi of both terms, and the lists of the year."""
    secretary, printing = sample.actor("secretary"), sample.work.printing
    for klass in sample.classes:
        for scope, name in ((BookScope.TERM_1, "hk1"), (BookScope.YEAR, "ca-nam")):
            done = printing.print_class_book(secretary, klass.id, scope)
            keep(done, folder_of(sample, klass) / f"so-theo-doi_{name}.pdf")
        print_lists(sample, klass, "danh-sach_cuoi-nam")
    return 3 * len(sample.classes)


def reprint_class_book(sample: SampleYear, klass: SchoolClass) -> int:
    """The year book and the lists as they are after the summer."""
    secretary = sample.actor("secretary")
    done = sample.work.printing.print_class_book(secretary, klass.id, BookScope.YEAR)
    keep(done, folder_of(sample, klass) / "so-theo-doi_ca-nam-sau-he.pdf")
    print_lists(sample, klass, "danh-sach_sau-he")
    return 2


def print_booklets(sample: SampleYear) -> int:
    """Học bạ of every class: the whole booklet where a stage begins, else the year's sheet."""
    secretary = sample.actor("secretary")
    for klass in sample.classes:
        stage = stage_of(klass.grade)
        begins = klass.grade == stage.first_grade
        part = BookletPart.WHOLE if begins else BookletPart.YEAR
        done = sample.work.booklets.print(secretary, klass.id, BookletOrder(part))
        keep(done, folder_of(sample, klass) / "hoc-ba.pdf")
    return len(sample.classes)


def print_summaries(sample: SampleYear, periods: tuple[Period, ...], suffix: str = "") -> int:
    """Bảng tổng hợp of every class and kỳ."""
    return sum(
        print_summary(sample, klass, period, suffix)
        for klass in sample.classes
        for period in periods
    )


def print_summary(sample: SampleYear, klass: SchoolClass, period: Period, suffix: str = "") -> int:
    """Bảng tổng hợp of one class and kỳ."""
    done = sample.work.printing.print_summary(sample.actor("secretary"), klass.id, period)
    name = f"bang-tong-hop_{period.value.lower()}{suffix}.pdf"
    keep(done, folder_of(sample, klass) / name)
    return 1


def print_lists(sample: SampleYear, klass: SchoolClass, name: str) -> int:
    """The lists of the year as approved."""
    done = sample.work.printing.print_year_lists(sample.actor("secretary"), klass.id)
    keep(done, folder_of(sample, klass) / f"{name}.pdf")
    return 1


def folder_of(sample: SampleYear, klass: SchoolClass) -> Path:
    """Where the papers of a class go."""
    return books_of(sample) / f"lop-{ascii_name(klass.name)}"


def books_of(sample: SampleYear) -> Path:
    """Where the year's papers go."""
    return sample.folder / "books" / sample.name


def keep(done: CommandResult, path: Path) -> None:
    """Write what was printed beside the school, as the office would file it."""
    assert isinstance(done.payload, Printed)  # noqa: S101 - what the service promises
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(done.payload.pdf.content)
