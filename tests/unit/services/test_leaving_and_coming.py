"""A pupil who comes brings days absent along; one who goes takes a pack of results."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.movements import MovementKind, MovementPaper
from app.domain.periods import Period, Term
from app.domain.print_runs import TRANSFER_PACK
from app.errors import AccessDenied, AppError
from app.services.attendance_entry import AttendanceEntry
from app.services.class_attendance import load_attendance
from app.services.former_absences import FormerAbsences
from app.services.transfer_packs import TransferPacks
from exports.press import Paper, Tables
from tests.exports.pdf_reading import all_text
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school

DAY = date(2026, 10, 6)
ORIGIN = ("Trường THCS Kim Liên", "Giấy chuyển trường số 15")


@pytest.fixture
def kept(tmp_path: Path) -> RecordBook:
    """A class that keeps điểm danh: one pupil away on one day."""
    made = book(make_school(tmp_path))
    school = made.school
    AttendanceEntry(school.uow, school.clock).set_days(
        school.actor("homeroom"), school.class_id, {(school.pupils[0], DAY): "K"}
    )
    return made


def refused(kept: RecordBook, call) -> AppError:
    before = kept.school.trail_kinds()
    with pytest.raises(AppError) as caught:
        call()
    assert kept.school.trail_kinds() == before
    assert caught.value.sentence.endswith(".")
    return caught.value


def former(kept: RecordBook) -> FormerAbsences:
    return FormerAbsences(kept.school.uow, kept.school.clock)


def enter(kept: RecordBook, *texts: str, pupil: int = 0, term: Term = Term.HK1, who="secretary"):
    school = kept.school
    given = (*texts, *ORIGIN[len(texts) - 2 :]) if len(texts) < 4 else texts
    return former(kept).enter(
        school.actor(who), school.class_id, school.pupils[pupil], term, *given
    )


def count(kept: RecordBook, pupil: int = 0, term: Term = Term.HK1) -> tuple[int, int]:
    school = kept.school
    with school.uow.read() as uow:
        klass = uow.school.class_(school.class_id)
        year, entries = uow.school.year(school.year_id), uow.roster.entries(school.class_id)
        attendance = load_attendance(uow, klass, year, entries)
    assert attendance is not None
    return attendance.count(school.pupils[pupil], term)


def test_days_of_the_former_school_are_added_with_their_source(kept):
    assert count(kept) == (0, 1)
    enter(kept, "4", "2")
    assert count(kept) == (4, 3)
    enter(kept, "5", "")
    assert count(kept) == (5, 1)
    assert count(kept, pupil=1) == (0, 0)
    form = former(kept).form(
        kept.school.actor("secretary"), kept.school.class_id, kept.school.pupils[0]
    )
    days = form.days[Term.HK1]
    assert (days.excused, days.unexcused, days.school, days.document) == (5, 0, *ORIGIN)
    sheet = AttendanceEntry(kept.school.uow, kept.school.clock).open(
        kept.school.actor("homeroom"), kept.school.class_id
    )
    assert sheet.rows[0].before == 6
    assert kept.school.trail_kinds()[-1] == "attendance.former"


def test_a_pupil_near_the_limit_by_former_days_is_on_the_list(kept):
    enter(kept, "40", "3")
    sheet = AttendanceEntry(kept.school.uow, kept.school.clock).open(
        kept.school.actor("homeroom"), kept.school.class_id
    )
    assert [(line.pupil_id, line.total) for line in sheet.near] == [(kept.school.pupils[0], 44)]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("x", "1"), "not_a_count"),
        (("-1", "1"), "not_a_count"),
        (("1", "201"), "not_a_count"),
        (("1", "1", " ", "giấy"), "origin_missing"),
        (("1", "1", "trường", ""), "origin_missing"),
        (("1", "1", "t" * 201, "giấy"), "text_too_long"),
    ],
)
def test_what_is_no_count_of_days(kept, texts, code):
    assert refused(kept, lambda: enter(kept, *texts)).code == code


def test_former_days_are_van_thus_before_the_close_and_where_days_are_kept(kept):
    assert isinstance(refused(kept, lambda: enter(kept, "1", "1", who="homeroom")), AccessDenied)
    assert refused(kept, lambda: enter(kept, "1", "1", term=Term.HK2)).code == "typed_with_conduct"
    enter(kept, "1", "1")
    assert refused(kept, lambda: enter(kept, "1", "1")).code == "nothing_changed"
    kept.close(Period.HK1, reason="chưa thi")
    assert refused(kept, lambda: enter(kept, "2", "1")).code == "locked"
    form = former(kept).form(
        kept.school.actor("secretary"), kept.school.class_id, kept.school.pupils[0]
    )
    assert "đã chốt" in form.stops[Term.HK1]


def packs(kept: RecordBook) -> TransferPacks:
    return TransferPacks(kept.school.uow, kept.school.clock, Paper(), Tables())


def leave(kept: RecordBook, pupil: int = 0) -> None:
    school = kept.school
    school.rosters.mark_left(
        school.actor("secretary"),
        school.class_id,
        school.pupils[pupil],
        school.clock.today(),
        "Theo gia đình",
        kind=MovementKind.TRANSFER_OUT,
        paper=MovementPaper("Trường THCS Ba Đình", "Đơn ngày 20/11/2026"),
    )


def test_the_pack_tells_the_results_to_date_and_carries_them_as_data(kept):
    kept.enter("toan", {(0, "HK1.tx1"): "8", (0, "HK1.gk"): "7,5", (0, "HK1.comment"): "Khá"})
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    enter(kept, "4", "0")
    leave(kept)
    school = kept.school
    done = packs(kept).print(school.actor("secretary"), school.class_id, school.pupils[0]).payload
    assert done.run.kind == TRANSFER_PACK
    text = " ".join(all_text(done.pdf))
    for words in ("Trường THCS Ba Đình", "7,5", "chưa chốt", "nghỉ có phép: 4", "6A"):
        assert words in text
    workbook = load_workbook(io.BytesIO(packs(kept).data(done.run.id)))
    assert workbook.sheetnames == ["Học sinh", "Học kì I"]
    rows = {row[0]: row for row in workbook["Học kì I"].values}
    assert rows["Toán"][1:6] == ("8,0", "7,5", None, None, "Khá")
    with school.uow.read() as uow:
        assert uow.prints.content(done.run.id) == done.pdf.content


def test_only_who_left_gets_a_pack_and_only_the_office_prints_it(kept):
    school = kept.school
    secretary = school.actor("secretary")
    error = refused(kept, lambda: packs(kept).print(secretary, school.class_id, school.pupils[0]))
    assert error.code == "pupil_present"
    leave(kept)
    for who in ("homeroom", "tin_hoc"):
        error = refused(
            kept,
            lambda who=who: packs(kept).print(school.actor(who), school.class_id, school.pupils[0]),
        )
        assert isinstance(error, AccessDenied)
    empty = packs(kept).print(secretary, school.class_id, school.pupils[0]).payload
    assert empty.pdf.pages >= 1
