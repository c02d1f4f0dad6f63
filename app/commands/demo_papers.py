"""Papers a year leaves behind beside its books: teachers' books, slips for parents, registers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.commands.demo_letters import print_letters
from app.commands.sample_papers import books_of, folder_of, keep
from app.domain.school import SchoolClass
from app.regulations.registry import is_primary
from app.services.file_names import ascii_name
from app.services.result_slips import SlipOrder
from app.services.teacher_book_assembly import TeacherBookOrder
from app.trail_ports import ChangeScope

if TYPE_CHECKING:
    from app.changes import CommandResult
    from app.commands.sample_school import SampleYear


def print_other_papers(sample: SampleYear) -> int:
    """Every kind of paper once or once a class, as the office files them; how many runs.

    Teachers' books are printed of the first class under each circular: those of the others look
    alike, and their teachers keep them on paper.
    """
    printed = 0
    seen: set[str] = set()
    for klass in sample.classes:
        for name, done in _of_class(sample, klass, with_books=klass.regulation not in seen):
            keep(done, folder_of(sample, klass) / f"{name}.pdf")
            printed += 1
        seen.add(klass.regulation)
    for name, done in _of_school(sample):
        keep(done, books_of(sample) / "truong" / f"{name}.pdf")
        printed += 1
    return printed


def _of_class(
    sample: SampleYear, klass: SchoolClass, *, with_books: bool
) -> Iterator[tuple[str, CommandResult]]:
    work, secretary = sample.work, sample.actor("secretary")
    until = work.result_slips.periods(klass.id)[-1]
    yield "phieu-ket-qua", work.result_slips.print(secretary, klass.id, SlipOrder(until))
    if is_primary(klass.regulation):
        yield "bien-ban-ban-giao", work.handovers.print(secretary, klass.id)
    if not with_books:
        return
    last = work.teacher_books.periods(klass.id)[-1]
    subjects = work.teacher_books.subjects(secretary, klass.id)
    for subject in subjects:
        order = TeacherBookOrder(subject.id, last)
        done = work.teacher_books.print(secretary, klass.id, order)
        yield f"so-cua-giao-vien_{ascii_name(subject.name)}", done
    blank = TeacherBookOrder(subjects[0].id, last, blank=True)
    yield "so-cua-giao-vien_de-ghi-tay", work.teacher_books.print(secretary, klass.id, blank)


def _of_school(sample: SampleYear) -> Iterator[tuple[str, CommandResult]]:
    work, secretary, year = sample.work, sample.actor("secretary"), sample.year_id
    principal = work.session.actor
    books = work.correction_books
    first, last = sample.on(8, 1), work.clock.today()
    yield "nhat-ki-sua-diem", books.print_log(secretary, year, first, last)
    yield "so-theo-doi-su-dung", books.print_follow_up(secretary, year)
    yield "bang-thay-doi-diem", work.net_changes.print(principal, ChangeScope(year))
    yield "phieu-kiem-tra-cong-thuc", work.formulas.print_sheet(secretary)
    yield "bang-quy-dinh", work.rule_papers.print_table(principal, year)
    yield "phan-cong-nhiem-vu", work.authority_papers.print_duties(principal)
    yield "danh-sach-tai-khoan", work.account_papers.print_account_list(principal)
    yield from print_letters(sample)
    # Last, so that it names all the others.
    yield "so-theo-doi-ban-in", work.print_registers.print(secretary, year)
