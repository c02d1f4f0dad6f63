"""Chốt danh sách: late arrivals come last, departures keep their number, on paper too."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.movements import MovementKind, MovementPaper
from app.readmodels.class_book import BookScope
from app.readmodels.mark_sheet import SheetId
from app.services.conduct_entry import ConductEntry
from app.services.mark_entry import MarkEntry
from tests.gui.page_kit import workspace
from tests.support.school import invented_pupil, make_school

TODAY = date(2026, 11, 23)


@pytest.fixture
def school(tmp_path):
    school = make_school(tmp_path, pupils=4)
    yield school
    school.close()


@pytest.fixture
def order(school):
    """Pupils in the book's order after a freeze, a departure and a late arrival named first."""
    who = school.actor("secretary")
    school.rosters.freeze(who, school.class_id)
    view = school.rosters.view(who, school.class_id)
    gone = view.lines[1].pupil_id
    school.rosters.mark_left(
        who, school.class_id, gone, date(2026, 11, 2), "Theo gia đình",
        kind=MovementKind.TRANSFER_OUT, paper=MovementPaper("THCS Trịnh Hoài Đức", "GGT 13"),
    )  # fmt: skip
    late = replace(
        invented_pupil(90), full_name="Bùi Văn An", guardian="Trần Thị Bích",
        guardian_phone="0912000111", mother_phone="0913000222",
    )  # fmt: skip
    school.rosters.add_pupil(who, school.class_id, late)
    return [*(line.pupil_id for line in view.lines), "late"]


def test_the_roster_appends_and_strikes(school, order):
    lines = school.rosters.view(school.actor("secretary"), school.class_id).lines
    assert [line.pupil_id for line in lines[:4]] == order[:4]
    assert lines[4].profile.full_name == "Bùi Văn An"
    assert [line.position for line in lines] == [1, 2, 3, 4, 5]
    assert lines[4].joined_on == TODAY
    assert not lines[1].is_here


def test_every_screen_has_the_same_order(school, order):
    actor = school.actor("homeroom")
    sheet = SheetId(school.class_id, school.subjects["toan"])
    marks = MarkEntry(school.uow, school.clock).open(actor, sheet)
    conduct = ConductEntry(school.uow, school.clock).open(actor, school.class_id)
    for rows in (marks.rows, conduct.rows):
        assert [row.pupil_id for row in rows][:4] == order[:4]
        assert [row.position for row in rows] == [1, 2, 3, 4, 5]


def test_the_book_prints_both(school, order):
    work = workspace(school, "secretary")
    book = work.printing.book(school.class_id, BookScope.TERM_1)
    assert [pupil.position for pupil in book.pupils] == [1, 2, 3, 4, 5]
    assert book.pupils[1].left == (
        "Chuyển trường đi THCS Trịnh Hoài Đức (GGT 13): Theo gia đình từ 02/11/2026"
    )
    late = book.pupils[4]
    assert (late.name, late.left) == ("Bùi Văn An", "")
    assert late.notes == "Người giám hộ: Trần Thị Bích, 0912000111"
    assert late.mother.phone == "0913000222"
    page = book.pages[0]
    assert len(page.rows) == 5
