"""A pupil's personal number on papers that are sealed in the open: only its end is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.corrections import CaseAbout, CaseKind
from app.domain.inquiries import Question
from app.domain.periods import Period
from app.domain.personal_id import masked, masked_pair
from app.readmodels.mark_sheet import CellKey
from app.services.correction_books import CorrectionBooks
from app.services.correction_papers import assemble_minutes
from app.trail_ports import ChangeScope
from exports.press import Paper
from tests.gui.page_kit import workspace
from tests.support.correction_case import WITNESSES
from tests.support.record_book import RecordBook
from tests.support.school import invented_pupil, make_school

OLD, NEW = invented_pupil(0).personal_id, "038215099887"


@pytest.fixture
def kept(tmp_path):
    made = RecordBook(make_school(tmp_path, pupils=2))
    made.open_entry(Period.HK1)
    made.school.rosters.freeze(made.school.actor("secretary"), made.school.class_id)
    yield made
    made.school.close()


@pytest.fixture
def case(kept):
    """A personal number corrected; it is quoted in every text of the case too."""
    cases, school = kept.cases, kept.school
    wanted = {CellKey(school.pupils[0], "personal_id"): NEW}
    about = CaseAbout(CaseKind.PROFILE, school.class_id)
    asked = cases.declare(
        school.actor("homeroom"), about, wanted, f"Ghi nhầm {OLD}", "Số 45/2015, UBND xã Đồng Xuân",
        f"Thẻ căn cước {NEW}",
    ).payload  # fmt: skip
    kept.take_in(asked)
    cases.check(school.actor("ngu_van"), asked.id, f"khớp {NEW}")
    cases.approve(school.signer("principal"), asked.id, WITNESSES, f"ghi đúng {NEW}")
    return cases.apply(school.actor("homeroom"), asked.id).payload


def test_the_file_holds_the_whole_number_and_the_minutes_its_end(kept, case):
    with kept.school.uow.read() as uow:
        entries = uow.roster.entries(kept.school.class_id)
        assert entries[0].profile.personal_id == NEW
        minutes = assemble_minutes(uow, case, kept.school.clock.now())
    (value,) = minutes.values
    assert (value.old, value.new) == (f"********{OLD[-4:]}", "********9887")
    said = str(minutes)
    assert OLD not in said
    assert NEW not in said
    assert "Số 45/2015" in said


def test_neither_do_the_log_and_the_follow_up_book(kept, case):
    books = CorrectionBooks(kept.school.uow, kept.school.clock, Paper())
    explained = f"Nhầm với em khác, đúng là {NEW}"
    books.explain(kept.school.actor("homeroom"), case.id, explained)
    today = kept.school.clock.today()
    said = str(books.log(kept.school.year_id, today, today))
    with kept.school.uow.read() as uow:
        said += str(books._follow_up(uow, kept.school.year_id, ""))
        assert uow.corrections.get(case.id).explanation == explained
    assert "********9887" in said
    assert OLD not in said
    assert NEW not in said


def test_nor_do_the_answers_to_an_inspector(kept, case):
    work = workspace(kept.school, "principal")
    scope = ChangeScope(kept.school.year_id)
    for question in Question:
        said = str(work.inquiries.answer(work.session.actor, scope, question))
        assert OLD not in said, question
        assert NEW not in said, question


@given(st.text(), st.from_regex(r"[0-9]{9,20}", fullmatch=True), st.text())
def test_no_number_of_nine_digits_is_left(before, number, after):
    shown = masked(f"{before}·{number}·{after}")
    assert number not in shown
    assert f"*{number[-4:]}·" in shown


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_a_change_is_seen_even_where_the_ends_agree(old, new):
    was, becomes = masked_pair(old, new)
    assert (was == becomes) is (old == new)


@pytest.mark.parametrize("text", ["038 215 099 887", "038.215.099.887", "0382150 99887"])
def test_a_number_in_groups_is_one_number(text):
    assert masked(f"thẻ {text}, cấp 2021") == "thẻ ********9887, cấp 2021"


@pytest.mark.parametrize("text", ["", "01/02/2015", "Số 45/2015", "trang 23, dòng 12", "12345678"])
def test_dates_and_short_numbers_stay(text):
    assert masked(text) == text
