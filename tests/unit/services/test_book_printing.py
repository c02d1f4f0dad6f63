"""Parts of the class book as official runs: when each may be printed, and what it then is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.ids import ClassId, SchoolYearId
from app.domain.periods import Period
from app.domain.print_runs import BOOK_KINDS, PAPER_NAMES, PaperSize
from app.domain.school import SchoolClass
from app.errors import AppError
from app.readmodels.class_book import BookPart, BookScope
from app.services.book_printing import BookOrder
from app.services.printing import Printing
from exports.press import Paper, Tables
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """Three pupils, both terms full, nothing closed, no điểm danh."""
    kept = book(make_school(tmp_path, pupils=3))
    kept.fill()
    return kept


def press(kept: RecordBook) -> Printing:
    return Printing(kept.school.uow, kept.school.clock, Paper(), Tables())


def run(kept: RecordBook, part: BookPart, scope: BookScope = BookScope.YEAR, paper=PaperSize.A4):
    secretary = kept.school.actor("secretary")
    done = press(kept).print_class_book(
        secretary, kept.school.class_id, scope, part=part, paper=paper, copies=2
    )
    return done.payload.run


def refusal(kept: RecordBook, *order) -> AppError:
    with pytest.raises(AppError) as caught:
        run(kept, *order)
    assert press(kept).runs(kept.school.year_id) == ()
    return caught.value


def freeze(kept: RecordBook) -> None:
    kept.school.rosters.freeze(kept.school.actor("secretary"), kept.school.class_id)


def test_the_opening_waits_for_the_frozen_list_and_not_for_marks(kept):
    error = refusal(kept, BookPart.OPENING)
    assert error.code == "roster_not_frozen"
    assert "6A" in error.sentence
    freeze(kept)
    made = run(kept, BookPart.OPENING, BookScope.TERM_1)
    assert (made.kind, made.period, made.pages, made.copies) == ("class_book_opening", "", 5, 2)
    assert made.title.endswith("lớp 6A, phần mở đầu")
    assert not press(kept).differs(made)


def test_the_opening_differs_after_a_new_address_and_not_after_a_mark(kept):
    freeze(kept)
    made = run(kept, BookPart.OPENING)
    kept.close(Period.HK1)
    assert not press(kept).differs(made)
    entry_id = kept.school.pupils[0]
    with kept.school.uow.read() as uow:
        profile = uow.roster.entries(kept.school.class_id)[0].profile
    with kept.school.uow.write() as uow:
        uow.roster.update_profile(entry_id, replace(profile, address="Thôn 9"))
        uow.commit()
    assert press(kept).differs(made)


def test_marks_wait_for_the_close_of_their_own_term(kept):
    for scope in BookScope:
        assert refusal(kept, BookPart.MARKS, scope).code == "not_closed"
    kept.close(Period.HK1)
    made = run(kept, BookPart.MARKS, BookScope.TERM_1)
    assert (made.kind, made.period) == ("class_book_marks", "HK1")
    assert made.title.endswith("phần ghi điểm học kì I")
    with pytest.raises(AppError) as caught:
        run(kept, BookPart.MARKS, BookScope.YEAR)
    assert caught.value.code == "not_closed"


def test_a_confirmation_waits_for_the_close_of_its_term(kept):
    assert refusal(kept, BookPart.CONFIRMATION, BookScope.TERM_1).code == "not_closed"
    kept.close(Period.HK1)
    made = run(kept, BookPart.CONFIRMATION, BookScope.TERM_1)
    assert (made.kind, made.period, made.pages) == ("class_book_confirmation", "HK1", 2)
    assert made.title.endswith("bảng xác nhận kết quả học kì I")
    assert not press(kept).differs(made)


def test_attendance_names_what_is_missing(kept):
    error = refusal(kept, BookPart.ATTENDANCE)
    assert error.code == "attendance_incomplete"
    assert "chưa báo đủ điểm danh tháng nào" in error.sentence


def test_the_paper_is_kept_with_the_run_and_told_in_the_trail(kept):
    kept.close()
    made = run(kept, BookPart.WHOLE, paper=PaperSize.A3_SPREAD)
    assert made.paper is PaperSize.A3_SPREAD
    (stored,) = press(kept).runs(kept.school.year_id)
    assert stored.paper is PaperSize.A3_SPREAD
    with kept.school.uow.read() as uow:
        (entry,) = uow.trail.entries(newest=1, kind="print.")
    assert '"paper":"A3_SPREAD"' in entry.detail.replace(" ", "")
    assert not press(kept).differs(stored)


def test_only_the_whole_years_book_keeps_data_files(kept):
    kept.close()
    freeze(kept)
    for part in (BookPart.OPENING, BookPart.MARKS):
        made = run(kept, part)
        kept.school.clock.advance(timedelta(minutes=1))
        with kept.school.uow.read() as uow:
            assert uow.prints.files(made.id) == {}


def test_the_run_is_named_as_the_book_of_its_circular():
    new = SchoolClass(ClassId(1), SchoolYearId(1), 6, "6A", "TT22/2021")
    old = SchoolClass(ClassId(2), SchoolYearId(1), 9, "9A", "TT58/2011")
    assert BookOrder().title(new).startswith("Sổ theo dõi và đánh giá học sinh, lớp 6A")
    assert BookOrder().title(old).startswith("Sổ gọi tên và ghi điểm, lớp 9A")


def test_every_part_has_its_own_kind_and_file_name():
    kinds = [BookOrder(part=part).kind for part in BookPart]
    assert set(kinds) == BOOK_KINDS
    assert len({PAPER_NAMES[kind] for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("part", [BookPart.OPENING, BookPart.ATTENDANCE])
def test_a_part_of_no_term_is_of_the_year(part):
    order = BookOrder(BookScope.TERM_1, part)
    assert order.reach is BookScope.YEAR
    assert order.period is None
    assert "học kì" not in order.words
    klass = SchoolClass(ClassId(1), SchoolYearId(1), 6, "6A", "TT22/2021")
    assert order.title(klass).startswith("Sổ theo dõi và đánh giá học sinh, lớp 6A")
    assert "học kì" not in order.title(klass)
    older = SchoolClass(ClassId(2), SchoolYearId(1), 9, "9A", "TT58/2011")
    assert order.title(older).startswith("Sổ gọi tên và ghi điểm, lớp 9A")
