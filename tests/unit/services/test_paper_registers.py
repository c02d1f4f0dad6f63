"""Trả học bạ pupil by pupil, its register, and the slip of a loan."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from app.clock import SetClock
from app.domain.paper_life import PaperStep, StepState
from app.domain.print_runs import BOOKLET_RETURNS, LOAN_SLIP
from app.errors import AccessDenied, RuleRefused
from app.readmodels.report_booklet import BookletPart
from app.services.booklet_printing import BookletOrder, BookletPrinting
from app.services.booklet_returns import BookletReturnPapers, assemble_returns
from app.services.loan_slips import LoanSlips
from app.services.paper_board import PaperBoards
from app.services.trail_sentences import WORDINGS
from exports.press import Paper
from tests.exports.pdf_reading import all_text
from tests.support.school import TestSchool, copy_of, make_school
from tests.support.year_end import settled_school

STEPS = (PaperStep.HOMEROOM, PaperStep.PRINCIPAL, PaperStep.STAMP, PaperStep.BIND)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    school = settled_school(tmp_path_factory.mktemp("settled"))
    school.close()
    return school


class Desk:
    """Học bạ of the class, printed, signed and in the cupboard."""

    def __init__(self, school: TestSchool) -> None:
        self.school = school
        self.board = PaperBoards(school.uow, school.clock)
        self.office = school.actor("secretary")
        booklets = BookletPrinting(school.uow, school.clock, Paper())
        order = BookletOrder(BookletPart.YEAR)
        self.run = booklets.print(self.office, school.class_id, order).payload.run
        signers = [one.account_id for one in self.row().life.signers]
        self.note(PaperStep.TEACHERS, persons=signers)
        for step in STEPS:
            self.note(step)
        self.note(PaperStep.STORE, people="Mai", place="Tủ 1")

    def row(self, run=None):
        rows = self.board.board(self.office, self.school.year_id).rows
        return next(one for one in rows if one.id == (run or self.run).id)

    def note(self, step: PaperStep, **more):
        return self.board.note_step(
            self.office, self.run.id, step, self.school.clock.today(), **more
        )

    def give(self, place: int, who: str = "Mẹ em"):
        return self.note(PaperStep.HAND_OUT, people=who, pupil=self.school.pupils[place])

    def register(self):
        with self.school.uow.read() as uow:
            day = self.school.clock.today()
            return assemble_returns(uow, self.school.class_id, day, "Trần Thị Mai")


@pytest.fixture
def desk(template, tmp_path) -> Desk:
    return Desk(copy_of(template, tmp_path, SetClock(template.clock.now())))


def refused(code: str, act, *arguments, **named) -> None:
    with pytest.raises(RuleRefused) as caught:
        act(*arguments, **named)
    assert caught.value.code == code


# --- trả học bạ


def test_each_pupils_booklet_goes_out_once_and_the_last_one_ends_it(desk):
    with desk.school.uow.read() as uow:
        here = [
            at
            for at, pupil in enumerate(desk.school.pupils)
            if any(
                e.pupil_id == pupil and e.left_on is None
                for e in uow.roster.entries(desk.school.class_id)
            )
        ]
    assert desk.row().life.pupils == len(here) >= 2
    for at in here[:-1]:
        desk.give(at)
        assert desk.row().life.state(PaperStep.HAND_OUT) is StepState.CURRENT
        refused("paper_step_done", desk.give, at, "Bố em")
    assert not desk.row().is_open, "what lies in the cupboard waits for nobody"
    desk.give(here[-1])
    assert desk.row().life.current is None


def test_the_whole_class_at_once_ends_it_too(desk):
    desk.note(PaperStep.HAND_OUT, people="Nguyễn Thị Bình (GVCN)")
    assert desk.row().life.current is None
    assert desk.register().whole_class.startswith("Nguyễn Thị Bình (GVCN), ngày ")


def test_a_pupil_of_another_class_or_another_step_is_refused(desk):
    refused("paper_pupil_wrong", desk.note, PaperStep.HAND_OUT, people="Mẹ em", pupil=4711)
    refused("recipient_required", desk.note, PaperStep.HAND_OUT, pupil=desk.school.pupils[0])
    assert desk.row().life.noted(PaperStep.HAND_OUT) == ()


def test_the_trail_says_whose_it_was_and_taking_back_frees_it(desk):
    desk.give(0, "Lê Thị Mẹ")
    with desk.school.uow.read() as uow:
        *_, last = uow.trail.all_entries()
        profile = uow.roster.entries(desk.school.class_id)[0].profile
        said = WORDINGS[last.kind].say(json.loads(last.detail))
    assert f"của {profile.full_name}" in said
    assert "Lê Thị Mẹ" in said
    desk.board.take_back(desk.office, desk.run.id, PaperStep.HAND_OUT, "nhầm em")
    assert desk.register().returned == 0
    desk.give(0)
    assert desk.register().returned == 1


def test_the_register_has_everybody_with_day_recipient_and_a_line_to_sign(desk):
    desk.give(1, "Trần Văn Cha (bố)")
    paper = desk.register()
    assert len(paper.rows) == len(desk.school.pupils)
    assert [bool(row.on) for row in paper.rows[:3]] == [False, True, False]
    assert paper.rows[1].recipient == "Trần Văn Cha (bố)"
    assert any("từ " in row.note for row in paper.rows), "who left stands in it too"
    papers = BookletReturnPapers(desk.school.uow, desk.school.clock, Paper())
    printed = papers.print(desk.office, desk.school.class_id).payload
    assert (printed.run.kind, printed.run.title) == (
        BOOKLET_RETURNS,
        f"Sổ theo dõi trả học bạ, lớp {paper.class_name}",
    )
    text = " ".join(all_text(printed.pdf))
    assert "Trần Văn Cha (bố)" in text
    assert "Ký nhận" in text


def test_a_pupils_own_run_stands_in_the_register_too(desk):
    school = desk.school
    booklets = BookletPrinting(school.uow, school.clock, Paper())
    order = BookletOrder(BookletPart.YEAR, school.pupils[2])
    run = booklets.print(desk.office, school.class_id, order).payload.run
    today = school.clock.today()
    signers = [one.account_id for one in desk.row(run).life.signers]
    desk.board.note_step(desk.office, run.id, PaperStep.TEACHERS, today, persons=signers)
    for step in STEPS:
        desk.board.note_step(desk.office, run.id, step, today)
    desk.board.note_step(desk.office, run.id, PaperStep.STORE, today, people="Mai", place="Tủ 1")
    desk.board.note_step(desk.office, run.id, PaperStep.HAND_OUT, today, people="Bà em")
    assert desk.register().rows[2].recipient == "Bà em"
    assert desk.row(run).life.pupils == 0


def test_teachers_print_no_register_and_a_class_of_nobody_has_none(desk, tmp_path):
    papers = BookletReturnPapers(desk.school.uow, desk.school.clock, Paper())
    with pytest.raises(AccessDenied):
        papers.print(desk.school.actor("homeroom"), desk.school.class_id)
    (tmp_path / "empty").mkdir()
    empty = make_school(tmp_path / "empty", pupils=0)
    refused(
        "no_pupils",
        BookletReturnPapers(empty.uow, empty.clock, Paper()).print,
        empty.actor("secretary"),
        empty.class_id,
    )


# --- mượn, trả sổ


def test_a_slip_follows_the_loan_and_its_return(desk):
    school = desk.school
    slips = LoanSlips(school.uow, school.clock, Paper())
    refused("paper_never_lent", slips.print, desk.office, desk.run.id)
    due = school.clock.today() + timedelta(days=7)
    desk.board.lend(desk.office, desk.run.id, "Đoàn thanh tra", due, "kiểm tra")
    first = slips.print(desk.office, desk.run.id).payload
    assert first.run.kind == LOAN_SLIP
    text = " ".join(all_text(first.pdf))
    assert "Người mượn: Đoàn thanh tra. Mục đích: kiểm tra." in text
    assert f"hẹn trả ngày {due:%d/%m/%Y}" in text
    assert f"bản in số {desk.run.number:04d}" in text
    assert "Trả ngày …" in text
    school.clock.advance(timedelta(days=2))
    desk.board.bring_back(desk.office, desk.run.id, "đủ trang")
    again = " ".join(all_text(slips.print(desk.office, desk.run.id).payload.pdf))
    assert f"Trả ngày {school.clock.today():%d/%m/%Y}" in again
    assert "Tình trạng khi trả: đủ trang" in again
    with pytest.raises(AccessDenied):
        slips.print(school.actor("homeroom"), desk.run.id)


def test_the_slip_of_a_second_loan_says_nothing_of_the_first(desk):
    school = desk.school
    due = school.clock.today() + timedelta(days=7)
    desk.board.lend(desk.office, desk.run.id, "Đoàn thanh tra", due, "kiểm tra")
    desk.board.bring_back(desk.office, desk.run.id)
    desk.board.lend(desk.office, desk.run.id, "Phòng Văn hóa", due, "thống kê")
    slips = LoanSlips(school.uow, school.clock, Paper())
    text = " ".join(all_text(slips.print(desk.office, desk.run.id).payload.pdf))
    assert "Phòng Văn hóa" in text
    assert "Đoàn thanh tra" not in text
    assert "Trả ngày …" in text
