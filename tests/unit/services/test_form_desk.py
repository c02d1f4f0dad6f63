"""Settling forms: by whom, by which decision, from when; runs before and after."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.form_settings import (
    SPECS,
    BookForm,
    FormSettings,
    SchoolForms,
    SignerForm,
    shipped,
)
from app.domain.roles import Role
from app.errors import AccessDenied, RuleRefused
from app.readmodels.class_book import BookPart, BookScope
from app.services.book_printing import BookOrder, ready_book
from app.services.form_desk import FormDesk, version_of_run
from app.services.paper_finding import PaperFinding
from app.services.printing import Printing
from app.services.rule_book import RuleAct
from app.services.trail_review import TrailReview
from exports.press import Paper, Tables
from tests.exports.pdf_reading import all_text
from tests.support.record_book import book
from tests.support.school import make_school

TODAY = date(2026, 11, 23)
ACT = RuleAct("41/QĐ-THCS", TODAY, TODAY)
OWN = FormSettings(
    captions=(("Giáo viên giảng dạy", "Thầy cô dạy"),),
    place="Xã Mới, tỉnh Cũ",
    rows=40,
    tail=("Ký nhận",),
    signer=SignerForm.DEPUTY,
    signer_name="Ngô Thị Phó",
)


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=3)
    yield made
    made.close()


@pytest.fixture
def desk(school):
    return FormDesk(school.uow, school.clock, Paper())


def settle(school, desk, settings=OWN, act=ACT, form=BookForm.CLASS_BOOK, who="secretary"):
    return desk.settle(school.actor(who), form, settings, act)


def words_of(pdf):
    return "\n".join(all_text(pdf))


def refused(call, kind=RuleRefused):
    with pytest.raises(kind) as caught:
        call()
    return caught.value.code


def test_a_school_that_adjusted_nothing_prints_the_forms_as_shipped(school, desk):
    board = desk.board(school.actor("toan"), BookForm.CLASS_BOOK)
    assert (board.now, board.versions, board.current) == (shipped(BookForm.CLASS_BOOK), (), None)
    assert not board.may_change
    assert desk.board(school.actor("secretary"), BookForm.CLASS_BOOK).may_change
    assert BookForm.PRIMARY_SUMMARY not in [spec.form for spec in desk.forms()]
    with school.uow.read() as uow:
        assert uow.forms.on(TODAY) == SchoolForms()


def test_versions_stay_and_the_trail_says_what_changed(school, desk):
    settle(school, desk)
    later = TODAY + timedelta(days=7)
    back = shipped(BookForm.CLASS_BOOK)
    settle(school, desk, back, RuleAct("52/QĐ-THCS", TODAY, later, "Theo mẫu"))
    board = desk.board(school.actor("secretary"), BookForm.CLASS_BOOK)
    assert [(v.number, v.starts_on, v.settings) for v in board.versions] == [
        (2, later, back),
        (1, TODAY, OWN),
    ]
    assert board.now == OWN
    school.clock.advance(timedelta(days=7))
    assert desk.in_force(BookForm.CLASS_BOOK) == back
    lines = TrailReview(school.uow).lines(school.actor("principal"))
    said = next(line.sentence for line in lines if "bản 1" in line.sentence)
    assert "Thầy cô dạy" in said
    assert "41/QĐ-THCS" in said
    assert "Số hàng một trang: 55 → 40" in said


@pytest.mark.parametrize(
    ("stage", "left_out"),
    [
        ("th", {BookForm.CLASS_BOOK}),
        ("thcs", {BookForm.PRIMARY_SUMMARY}),
        ("thcs_thpt", {BookForm.PRIMARY_SUMMARY}),
        ("th_thcs", set()),
        ("th_thcs_thpt", set()),
    ],
)
def test_a_school_adjusts_the_forms_of_its_levels(school, desk, stage, left_out):
    with school.uow.write() as uow:
        uow.school.save(replace(uow.school.get(), stage=stage), school.clock.now())
        uow.commit()
    assert set(BookForm) - {spec.form for spec in desk.forms()} == left_out
    assert desk.preview(BookForm.REPORT_BOOKLET, shipped(BookForm.REPORT_BOOKLET)).pages


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (RuleAct("", TODAY, TODAY), "decision_required"),
        (RuleAct("41/QĐ", None, TODAY), "decision_required"),
        (RuleAct("41/QĐ", TODAY + timedelta(days=1), TODAY), "decision_day"),
        (RuleAct("41/QĐ", TODAY, None), "form_start"),
        (RuleAct("41/QĐ", TODAY, TODAY - timedelta(days=1)), "form_start"),
    ],
)
def test_a_form_changes_only_by_a_decision_from_today_on(school, desk, act, code):
    before = school.trail_kinds()
    assert refused(lambda: settle(school, desk, act=act)) == code
    assert school.trail_kinds() == before
    assert desk.in_force(BookForm.CLASS_BOOK) == shipped(BookForm.CLASS_BOOK)


def test_nothing_new_an_earlier_start_and_what_the_form_forbids_are_refused(school, desk):
    settle(school, desk, act=RuleAct("41/QĐ", TODAY, TODAY + timedelta(days=5)))
    assert refused(lambda: settle(school, desk)) == "form_same"
    other = replace(OWN, rows=45)
    assert refused(lambda: settle(school, desk, other)) == "form_start"
    assert refused(lambda: settle(school, desk, replace(OWN, rows=5))) == "rows_out_of_range"
    wanted = FormSettings(rows=5)
    assert refused(lambda: desk.preview(BookForm.CLASS_BOOK, wanted)) == "rows_out_of_range"


def test_only_the_office_adjusts_forms_and_only_while_it_holds_office(school, desk):
    assert refused(lambda: settle(school, desk, who="toan"), AccessDenied)
    stale = school.actor("secretary")
    school.accounts.end_role(
        school.actor("principal"), school.accounts_by_key["secretary"], Role.SECRETARY, TODAY
    )
    school.clock.advance(timedelta(days=1))
    with pytest.raises(AccessDenied):
        desk.settle(stale, BookForm.CLASS_BOOK, OWN, ACT)


@pytest.mark.parametrize("form", BookForm)
def test_the_preview_draws_what_stands_in_the_fields_and_keeps_nothing(school, desk, form):
    before = school.trail_kinds()
    own = replace(shipped(form), signer=SignerForm.DEPUTY, signer_name="Ngô Thị Phó")
    if SPECS[form].tail:
        own = replace(own, tail=("Cột của trường",))
    text = words_of(desk.preview(form, own))
    assert "Ngô Thị Phó" in text
    assert "KT. HIỆU TRƯỞNG" in text
    # A narrow column breaks its heading.
    assert ("Cột của" in text) is bool(SPECS[form].tail)
    assert "Ngô Thị Phó" not in words_of(desk.preview(form, shipped(form)))
    assert school.trail_kinds() == before


def test_an_old_run_keeps_its_form_and_draws_the_same_bytes_again(tmp_path):
    school = make_school(tmp_path, pupils=3)
    kept = book(school)
    kept.fill()
    kept.close()
    press = Printing(school.uow, school.clock, Paper(), Tables())
    desk = FormDesk(school.uow, school.clock, Paper())
    who = school.actor("secretary")

    def printed():
        return press.print_class_book(who, school.class_id, BookScope.TERM_1).payload

    plain = printed().run
    settle(school, desk)
    own, drawn = (made := printed()).run, made.pdf
    with school.uow.read() as uow:
        ready = ready_book(
            uow, school.class_id, BookOrder(BookScope.TERM_1, BookPart.WHOLE),
            own.made_at, own.number,
        )  # fmt: skip
    settle(school, desk, shipped(BookForm.CLASS_BOOK), RuleAct("52/QĐ", TODAY, TODAY))
    after = printed().run
    assert [bool(run.form_digest) for run in (plain, own, after)] == [False, True, False]
    assert plain.data_digest == own.data_digest == after.data_digest
    with school.uow.read() as uow:
        version = version_of_run(uow, own)
        assert (version.number, version.settings) == (1, OWN)
        assert version_of_run(uow, plain) is None
    forms = SchoolForms(((BookForm.CLASS_BOOK, version.settings),))
    again = Paper().class_book(ready.book, replace(ready.stamp, forms=forms))
    assert again.file_digest == own.file_digest
    text = words_of(drawn)
    assert "Xã Mới, tỉnh Cũ" in text
    assert "Ngô Thị Phó" in text
    found = PaperFinding(school.uow, school.clock).look(who, own.id)
    assert found.form == version
    school.close()
