"""Học bạ tiểu học put together from a real file: levels, last tests, days, what follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.periods import Period
from app.errors import RuleRefused
from app.readmodels.report_booklet import BookletPart
from app.services.booklet_assembly import assemble_booklets
from app.services.booklet_printing import BookletOrder, BookletPrinting
from app.services.printing import Printed
from exports.press import Paper
from tests.exports.pdf_reading import all_text
from tests.exports.sample_primary_booklet import primary_stamp
from tests.support.primary_school import PrimarySchool, make_primary


@pytest.fixture(scope="module")
def lived(tmp_path_factory) -> PrimarySchool:
    """4A, closed: one excellent pupil, one with a failed test that is not mended yet."""
    primary = make_primary(tmp_path_factory.mktemp("year"))
    for period in (Period.GK1, Period.CK1, Period.GK2):
        primary.fill(period)
        primary.close(period)
    primary.fill(Period.CN)
    primary.enter(
        "toan", {(1, "CN.muc"): "C", (1, "CN.ktdk"): "4", (0, "CN.comment"): "Tính nhanh"}
    )
    primary.enter(
        "pc_nl", {(0, "CN.comment"): "PC: lễ phép; NLC: tự giác", (0, "CN.dot_xuat"): "x"}
    )
    marks = primary.work("homeroom").marks
    for code in ("toan", "pc_nl"):
        marks.confirm(primary.school.actor("homeroom"), primary.sheet(code), Period.CN)
    primary.close(Period.CN)
    return primary


def pages(primary: PrimarySchool, at: int, part=BookletPart.YEAR):
    with primary.school.uow.read() as uow:
        today = primary.school.clock.today()
        paper = assemble_booklets(uow, primary.school.class_id, part, today, primary.pupil(at))
    return paper, paper.booklets[0]


def printing(primary: PrimarySchool) -> BookletPrinting:
    return BookletPrinting(primary.school.uow, primary.school.clock, Paper())


def test_the_year_of_an_excellent_pupil(lived):
    paper, booklet = pages(lived, 0)
    assert (paper.stage, paper.stage_short, paper.circular) == ("TIỂU HỌC", "TH", "TT27/2020")
    (year,) = booklet.years
    assert year.page == 9
    assert booklet.pages == 12
    rows = {row.name: row for row in year.subjects}
    assert len(rows) == 14
    assert (rows["Toán"].level, rows["Toán"].score, rows["Toán"].comment) == (
        *("T", "10", "Tính nhanh"),
    )
    assert (rows["Đạo đức"].level, rows["Đạo đức"].score) == ("T", "")
    assert rows["Tự nhiên và Xã hội"].level == "", "not a subject of lớp 4"
    assert rows["Tiếng dân tộc"].level == "", "môn tự chọn that is not taught"
    assert [group.group for group in year.traits] == [
        *("Phẩm chất chủ yếu", "Năng lực chung", "Năng lực đặc thù"),
    ]
    assert [len(group.traits) for group in year.traits] == [5, 3, 7]
    assert [group.comment for group in year.traits] == ["lễ phép", "tự giác", ""]
    assert year.result == "Hoàn thành xuất sắc"
    assert year.award == "Học sinh Xuất sắc; Khen thưởng đột xuất"
    assert year.completion == "Hoàn thành chương trình lớp 4. Được lên lớp 5"
    assert (year.excused, year.unexcused) == ("", ""), "no điểm danh: left to be written"


def test_who_is_to_be_assessed_again_is_left_open(lived):
    (year,) = pages(lived, 1)[1].years
    assert year.result == "Chưa hoàn thành"
    assert year.completion == ""
    assert next(row.score for row in year.subjects if row.name == "Toán") == "4"


def test_the_opening_has_the_particulars_of_the_form(lived):
    paper, booklet = pages(lived, 0, BookletPart.WHOLE)
    who = booklet.particulars
    with lived.school.uow.read() as uow:
        entry = uow.roster.entries(lived.school.class_id)[0]
    assert who.hometown == entry.profile.hometown
    assert (who.father.name, who.father.job) == (entry.profile.father, "")
    assert [line.class_name for line in booklet.schooling] == ["", "", "", "4A"]
    assert booklet.schooling[-1].came_on == f"{entry.joined_on:%d/%m/%Y}"
    drawn = Paper().report_booklets(paper, primary_stamp(paper))
    assert entry.profile.full_name.upper() in all_text(drawn)[0]


def test_an_official_run_of_a_closed_year(lived):
    secretary = lived.school.actor("secretary")
    done = printing(lived).print(secretary, lived.school.class_id, BookletOrder(BookletPart.YEAR))
    assert isinstance(done.payload, Printed)
    assert done.payload.run.pages == 4
    assert "Học bạ lớp 4A" in done.payload.run.title


def test_an_open_year_is_not_printed(tmp_path):
    primary = make_primary(tmp_path, pupils=1)
    order = replace(BookletOrder(BookletPart.YEAR), copies=2)
    with pytest.raises(RuleRefused) as caught:
        printing(primary).print(primary.school.actor("secretary"), primary.school.class_id, order)
    assert caught.value.code == "not_closed"
    assert "Cuối năm học lớp 4A chưa chốt" in caught.value.sentence
    draft = printing(primary).preview(
        primary.school.actor("homeroom"), primary.school.class_id, order
    )
    assert "2. Những phẩm chất chủ yếu" in all_text(draft)[1]
