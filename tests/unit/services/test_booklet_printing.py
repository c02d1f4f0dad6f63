"""Học bạ: what it says of one year and of two, when it is printed, and everything refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from app.clock import VIETNAM, SetClock
from app.domain.paper_life import PaperStep
from app.domain.periods import Term
from app.domain.print_runs import BOOKLET_KINDS, PAPER_NAMES
from app.domain.roles import Role
from app.errors import AccessDenied, AppError, RuleRefused
from app.readmodels.class_book import BookPeriod, BookScope
from app.readmodels.report_booklet import (
    BookletLevels,
    BookletPart,
    report_booklets_digest,
)
from app.readmodels.report_booklet_parts import Schooling
from app.services.book_assembly import assemble_book
from app.services.booklet_assembly import assemble_booklets, refuse_unclosed_before
from app.services.booklet_printing import BookletOrder, BookletPrinting
from app.services.paper_board import PaperBoards
from app.services.printing import Printing
from app.services.pupil_photos import PupilPhotos
from exports.press import Paper, Tables
from tests.support.record_book import RecordBook, book
from tests.support.school import TestSchool, copy_of, invented_pupil, make_school
from tests.support.year_end import settled_school
from tests.unit.services.test_roll_over import run as roll_over

YEAR = BookletOrder(BookletPart.YEAR)
WHOLE = BookletOrder()
OPENING = BookletOrder(BookletPart.OPENING)


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """Three pupils, both terms full, nothing closed."""
    kept = book(make_school(tmp_path, pupils=3))
    kept.fill()
    return kept


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    school = settled_school(tmp_path_factory.mktemp("settled"))
    school.close()
    return school


@pytest.fixture
def settled(template, tmp_path) -> TestSchool:
    """6A after its year: pupil 0 retained, 1 and 2 promoted, 3 left."""
    return copy_of(template, tmp_path, SetClock(template.clock.now()))


def press(school: TestSchool) -> BookletPrinting:
    return BookletPrinting(school.uow, school.clock, Paper())


def printed(school: TestSchool, order=WHOLE, who="secretary"):
    return press(school).print(school.actor(who), school.class_id, order).payload


def runs(school: TestSchool):
    return Printing(school.uow, school.clock, Paper(), Tables()).runs(school.year_id)


def differs(school: TestSchool, run) -> bool:
    return Printing(school.uow, school.clock, Paper(), Tables()).differs(run)


def assembled(school: TestSchool, part=BookletPart.WHOLE, pupil=None):
    with school.uow.read() as uow:
        return assemble_booklets(uow, school.class_id, part, school.clock.today(), pupil)


def refused(school: TestSchool, order, who="secretary", family=RuleRefused) -> AppError:
    before = school.trail_kinds()
    with pytest.raises(family) as caught:
        printed(school, order, who)
    assert runs(school) == ()
    assert school.trail_kinds() == before
    return caught.value


def one(school: TestSchool, place: int, part=BookletPart.YEAR) -> BookletOrder:
    return BookletOrder(part, school.pupils[place])


# --- what it says


def test_a_years_sheet_says_what_the_class_book_says(kept):
    school = kept.school
    kept.conduct.set_cells(
        school.actor("homeroom"),
        school.class_id,
        {
            (school.pupils[0], "HK1.comment"): "Chăm.",
            (school.pupils[0], "HK2.comment"): "Chăm ngoan.",
            (school.pupils[1], "HK1.comment"): "Có tiến bộ.",
        },
    )
    paper = assembled(school, BookletPart.YEAR)
    assert (paper.stage_short, paper.class_name, paper.school_year) == ("THCS", "6A", "2026–2027")
    assert [b.pages for b in paper.booklets] == [10, 10, 10]
    first = paper.booklets[0]
    (year,) = first.years
    assert year.page == 3
    with school.uow.read() as uow:
        names = [s.name for s in uow.school.subjects(school.class_id)]
    assert [s.name for s in year.subjects] == names
    with school.uow.read() as uow:
        class_book = assemble_book(uow, school.class_id, BookScope.YEAR, school.clock.today())
    for page in class_book.pages:
        for row, booklet in zip(page.rows, paper.booklets, strict=True):
            said = next(s for s in booklet.years[0].subjects if s.name == page.subject)
            of_term = said.term_1 if page.period is BookPeriod.TERM_1 else said.term_2
            assert of_term == row.term_result.text != ""
            if page.period is BookPeriod.TERM_2:
                assert (said.year, said.reassessed) == (row.year_result.text, "")
            assert said.teachers == page.teachers
    sport = next(s for s in year.subjects if s.name == "Giáo dục thể chất")
    assert (sport.term_1, sport.term_2, sport.year) == ("Đ", "Đ", "Đ")
    assert year.year == BookletLevels("Tốt", "Khá")
    assert (year.absences, year.promoted, year.retained) == ("2", "Lớp 7", "")
    assert (year.homeroom_teacher, year.principal) == ("Nguyễn Thị Bình", "Lê Văn Khải")
    assert year.averages == ()
    comments = [b.years[0].comment for b in paper.booklets]
    assert comments == ["Chăm ngoan.", "Có tiến bộ.", ""]


def test_only_the_whole_booklet_and_its_opening_tell_of_the_family(kept):
    school = kept.school
    bare = assembled(school, BookletPart.YEAR).booklets[0]
    assert bare.particulars.name
    assert (bare.particulars.father.name, bare.particulars.address) == ("", "")
    assert bare.schooling == ()
    opening = assembled(school, BookletPart.OPENING).booklets[0]
    assert opening.particulars.father.name == "Nguyễn Văn Cha"
    assert opening.years == ()
    assert opening.schooling == (Schooling("2026–2027", "6A"),)


def test_who_left_is_not_printed_with_the_class_but_may_be_alone(settled):
    assert len(assembled(settled).booklets) == 3
    alone = assembled(settled, BookletPart.YEAR, settled.pupils[3])
    assert len(alone.booklets) == 1
    assert (alone.booklets[0].years[0].promoted, alone.booklets[0].years[0].retained) == ("", "")


def test_a_retained_pupil_and_a_summer(settled):
    years = [b.years[0] for b in assembled(settled).booklets]
    assert [(y.promoted, y.retained) for y in years] == [
        ("", "Không được lên lớp"),
        ("Lớp 7", ""),
        ("Lớp 7", ""),
    ]


def next_class(school: TestSchool, name: str) -> TestSchool:
    """The next year lived by class `name`: filled and closed."""
    coming = roll_over(school).payload.year
    school.clock.advance(datetime(2027, 10, 4, 8, 0, tzinfo=VIETNAM) - school.clock.now())
    klass = next(k for k in school.setup.classes(coming.id) if k.name == name)
    with school.uow.read() as uow:
        pupils = [e.pupil_id for e in uow.roster.entries(klass.id)]
    after = replace(
        school,
        year_id=coming.id,
        class_id=klass.id,
        class_name=name,
        pupils=pupils,
        subjects={s.code: s.id for s in school.setup.subjects(klass.id)},
    )
    kept = RecordBook(after)
    kept.open_entry(days=(date(2027, 9, 1), date(2028, 6, 30)))
    kept.fill()
    kept.close()
    return after


def test_two_years_in_one_booklet_and_only_the_new_years_sheet(settled):
    school = next_class(settled, "7A")
    whole = assembled(school)
    assert [[y.page for y in b.years] for b in whole.booklets] == [[3, 5], [3, 5]]
    booklet = whole.booklets[0]
    assert booklet.pages == 10
    assert [(y.class_name, y.school_year) for y in booklet.years] == [
        ("6A", "2026–2027"),
        ("7A", "2027–2028"),
    ]
    assert booklet.schooling == (Schooling("2026–2027", "6A"), Schooling("2027–2028", "7A"))
    sheet = assembled(school, BookletPart.YEAR).booklets[0]
    assert sheet.years == booklet.years[1:]
    run = printed(school, YEAR)
    assert (run.run.kind, run.pdf.pages) == ("report_booklet_year", 4)
    assert printed(school, WHOLE).pdf.pages == 2 * 8


def test_a_repeated_grade_takes_the_next_sheet(settled):
    school = next_class(settled, "6A")
    (booklet,) = assembled(school).booklets
    assert [(y.page, y.class_name) for y in booklet.years] == [(3, "6A"), (5, "6A")]
    assert booklet.pages == 12


def test_a_change_in_an_earlier_year_is_a_change_of_the_whole_booklet_only(settled):
    old_class = settled.class_id
    school = next_class(settled, "7A")
    whole, sheet = printed(school, WHOLE).run, printed(school, YEAR).run
    assert not differs(school, whole)
    assert not differs(school, sheet)
    with school.uow.write() as uow:
        rows = [
            replace(r, comment="khác") for r in uow.marks.conduct(old_class) if r.pupil_id
            in school.pupils and r.term is Term.HK2
        ]  # fmt: skip
        uow.marks.put_conduct(old_class, rows)
        uow.commit()
    assert differs(school, whole)
    assert not differs(school, sheet)


def test_an_old_years_booklet_names_the_people_of_that_year(settled):
    old = printed(settled, YEAR).run
    school = next_class(settled, "7A")
    principal = school.actor("principal")
    school.assignments.assign(principal, settled.class_id, None, school.accounts_by_key["ngu_van"])
    assert not differs(settled, old)


# --- when, by whom


def test_results_wait_for_the_close_of_the_year(kept):
    for order in (WHOLE, YEAR, one(kept.school, 0)):
        error = refused(kept.school, order)
        assert error.code == "not_closed"
        assert "6A" in error.sentence
    kept.close()
    run = printed(kept.school, WHOLE).run
    assert (run.number, run.pages, run.period, run.pupil_id) == (1, 3 * 6, "", None)
    assert run.title == "Học bạ lớp 6A, cả quyển"
    assert runs(kept.school) == (run,)


def test_the_opening_waits_for_the_frozen_list_only(kept):
    assert refused(kept.school, OPENING).code == "roster_not_frozen"
    kept.school.rosters.freeze(kept.school.actor("secretary"), kept.school.class_id)
    made = printed(kept.school, OPENING)
    assert (made.run.kind, made.pdf.pages) == ("report_booklet_opening", 3 * 4)


def test_one_pupil_is_a_run_of_its_own(kept):
    kept.close()
    school = kept.school
    name = invented_pupil(1).full_name
    order = BookletOrder(BookletPart.YEAR, school.pupils[1], 2)
    run = printed(school, order).run
    assert (run.pages, run.copies, run.pupil_id) == (2, 2, school.pupils[1])
    assert run.title == f"Học bạ {name}, lớp 6A, trang của năm học"
    assert runs(school) == (run,)
    assert not differs(school, run)


@pytest.mark.parametrize("who", ["homeroom", "ngu_van"])
def test_teachers_print_no_official_booklet(kept, who):
    kept.close()
    error = refused(kept.school, WHOLE, who, AccessDenied)
    assert "in học bạ" in error.sentence


def test_an_office_that_ended_prints_none(kept):
    kept.close()
    school = kept.school
    stale = school.actor("secretary")
    school.accounts.end_role(
        school.actor("principal"), school.accounts_by_key["secretary"], Role.SECRETARY,
        school.clock.today(),
    )  # fmt: skip
    school.clock.advance(timedelta(days=1))
    with pytest.raises(AccessDenied):
        press(school).print(stale, school.class_id, WHOLE)


def test_a_preview_is_for_who_sees_the_profiles_and_keeps_nothing(kept):
    school = kept.school
    service = press(school)
    for who in ("secretary", "homeroom"):
        assert service.preview(school.actor(who), school.class_id, WHOLE).pages == 3 * 6
    with pytest.raises(AccessDenied) as caught:
        service.preview(school.actor("ngu_van"), school.class_id, WHOLE)
    assert caught.value.code == "not_your_class"
    assert runs(school) == ()


def test_data_that_change_while_it_is_drawn_drop_the_run(kept):
    kept.close()
    school = kept.school

    class Busy(Paper):
        def report_booklets(self, paper, stamp, progress=None):
            drawn = super().report_booklets(paper, stamp)
            profile = replace(invented_pupil(0), address=f"Thôn {len(school.trail_kinds())}")
            school.rosters.edit_profile(
                school.actor("secretary"), school.class_id, school.pupils[0], profile
            )
            return drawn

    service = BookletPrinting(school.uow, school.clock, Busy())
    with pytest.raises(RuleRefused) as caught:
        service.print(school.actor("secretary"), school.class_id, WHOLE)
    assert caught.value.code == "changed_while_printing"
    assert runs(school) == ()
    # The year's sheet says nothing of addresses.
    assert service.print(school.actor("secretary"), school.class_id, YEAR).payload.run.number == 1


def test_a_class_without_pupils_and_a_stranger(kept):
    school = kept.school
    empty = school.add_class("6B")
    with school.uow.read() as uow, pytest.raises(RuleRefused) as caught:
        assemble_booklets(uow, empty, BookletPart.WHOLE, school.clock.today())
    assert caught.value.code == "no_pupils"
    with pytest.raises(RuleRefused):
        assembled(school, pupil=9999)


def test_a_whole_booklet_waits_for_the_years_before_too(kept):
    school = kept.school
    principal = school.actor("principal")
    coming = school.setup.add_year(principal, "2027-2028").payload
    school.setup.fill_subjects(principal, coming.id)
    klass = school.setup.add_class(principal, coming.id, 7, "7A").payload
    with school.uow.write() as uow:
        uow.roster.enrol(klass.id, school.pupils[0], 1, coming.starts_on)
        uow.commit()
    with school.uow.read() as uow, pytest.raises(RuleRefused) as caught:
        refuse_unclosed_before(uow, klass)
    assert caught.value.code == "earlier_year_open"
    assert "6A năm học 2026-2027" in caught.value.sentence
    with school.uow.read() as uow:
        refuse_unclosed_before(uow, klass, school.pupils[1])
    kept.close()
    with school.uow.read() as uow:
        refuse_unclosed_before(uow, klass)


def test_a_photo_is_part_of_the_digest_and_a_broken_one_is_named(kept):
    kept.close()
    school = kept.school
    before = report_booklets_digest(assembled(school))
    photos = PupilPhotos(school.uow, school.clock)
    out = BytesIO()
    Image.new("RGBA", (60, 80), (20, 90, 200, 128)).save(out, "PNG")
    secretary = school.actor("secretary")
    photos.put(secretary, school.class_id, school.pupils[0], out.getvalue())
    assert report_booklets_digest(assembled(school)) != before
    assert b"/DCTDecode" in printed(school, WHOLE).pdf.content
    broken = b"\xff\xd8\xff\xe0" + b"x" * 40 + b"\xff\xd9"
    photos.put(secretary, school.class_id, school.pupils[1], broken)
    with pytest.raises(AppError) as caught:
        printed(school, WHOLE)
    assert caught.value.code == "photo_unreadable"
    assert invented_pupil(1).full_name in caught.value.sentence
    assert len(runs(school)) == 1


def test_every_kind_has_a_file_name():
    assert set(PAPER_NAMES) >= BOOKLET_KINDS


def test_booklets_walk_over_the_paper_board_until_they_go_back_to_the_pupils(settled):
    """M52, M53, M225-M227: signed, sealed, bound, kept, then handed out one by one."""
    run = printed(settled, YEAR).run
    board, secretary = PaperBoards(settled.uow, settled.clock), settled.actor("secretary")
    today = settled.clock.today()

    def row():
        rows = board.board(secretary, settled.year_id).rows
        return next(one for one in rows if one.id == run.id)

    signers = [one.account_id for one in row().life.signers]
    assert signers
    board.note_step(secretary, run.id, PaperStep.TEACHERS, today, persons=signers)
    for step in (PaperStep.HOMEROOM, PaperStep.PRINCIPAL, PaperStep.STAMP, PaperStep.BIND):
        board.note_step(secretary, run.id, step, today)
    with pytest.raises(RuleRefused) as early:
        board.note_step(secretary, run.id, PaperStep.HAND_OUT, today, people="Mẹ em An")
    assert early.value.code == "paper_step_early"
    board.note_step(secretary, run.id, PaperStep.STORE, today, people="Mai", place="Tủ 1, ngăn 4")
    assert not row().is_open
    for name in ("Nguyễn Văn An", "Trần Thị Bình"):
        board.note_step(secretary, run.id, PaperStep.HAND_OUT, today, people=name)
    assert [e.people for e in row().life.noted(PaperStep.HAND_OUT)] == [
        "Nguyễn Văn An",
        "Trần Thị Bình",
    ]
    # Particulars and phones are in it: a subject teacher signs, and does not leaf through it.
    assert board.board(settled.actor("tin_hoc"), settled.year_id).rows == ()
    assert len(board.board(settled.actor("homeroom"), settled.year_id).rows) == 1
