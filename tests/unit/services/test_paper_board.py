"""Bảng giấy on a real file: who may write, what waits for whom, what a scanned code leads to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.digests import DataDigest, data_digest
from app.domain.paper_life import PaperAct, PaperStep, StepState
from app.domain.periods import Period
from app.domain.roles import Role
from app.errors import AccessDenied, AppError
from app.readmodels.class_book import BookPart, BookScope
from app.readmodels.home import TaskKind
from app.readmodels.paper_board import PaperRow
from app.services.correction_books import CorrectionBooks
from app.services.paper_board import PaperBoards
from app.services.paper_finding import PaperFinding
from app.services.print_register import PrintRegisters
from app.services.printing import Printing
from app.services.sign_off import SignOffs
from app.services.tasks import Tasks
from app.services.trail_sentences import WORDINGS, sentence_of
from app.text import date_vn
from exports.press import Paper, Tables
from tests.exports.pdf_reading import all_text
from tests.support.record_book import RecordBook, book
from tests.support.school import PASSWORD, make_school


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """Three pupils, both terms full and closed."""
    kept = book(make_school(tmp_path, pupils=3))
    kept.fill()
    kept.close()
    return kept


def printed(kept: RecordBook, part=BookPart.MARKS, scope=BookScope.YEAR):
    press = Printing(kept.school.uow, kept.school.clock, Paper(), Tables())
    secretary = kept.school.actor("secretary")
    return press.print_class_book(secretary, kept.school.class_id, scope, part=part).payload.run


class Desk:
    """The board as văn thư uses it."""

    def __init__(self, kept: RecordBook, who: str = "secretary") -> None:
        self.kept, self.who = kept, who
        self.board = PaperBoards(kept.school.uow, kept.school.clock)
        self.finding = PaperFinding(kept.school.uow, kept.school.clock)

    @property
    def actor(self):
        return self.kept.school.actor(self.who)

    @property
    def today(self) -> date:
        return self.kept.school.clock.today()

    def rows(self) -> tuple[PaperRow, ...]:
        return self.board.board(self.actor, self.kept.school.year_id).rows

    def row(self, run) -> PaperRow:
        return next(row for row in self.rows() if row.id == run.id)

    def note(self, run, step, **more):
        return self.board.note_step(self.actor, run.id, step, more.pop("on", self.today), **more)

    def pass_through(self, run, *steps) -> None:
        """Every named step, all teachers at once."""
        for step in steps:
            persons = [s.account_id for s in self.row(run).life.signers]
            self.note(
                *(run, step), persons=persons if step is PaperStep.TEACHERS else (),
                people="Trần Thị Mai" if step is PaperStep.STORE else "",
                place="Tủ 2, ngăn 3" if step is PaperStep.STORE else "",
            )  # fmt: skip

    def refused(self, code: str, call) -> AppError:
        before = self.kept.school.trail_kinds()
        with pytest.raises(AppError) as caught:
            call()
        assert (caught.value.code, self.kept.school.trail_kinds()) == (code, before)
        assert caught.value.sentence.endswith(".")
        return caught.value


TO_STORE = (
    PaperStep.TEACHERS, PaperStep.HOMEROOM, PaperStep.PRINCIPAL, PaperStep.STAMP, PaperStep.BIND,
    PaperStep.STORE,
)  # fmt: skip


def test_a_new_run_waits_for_its_teachers_by_name(kept):
    run, desk = printed(kept), Desk(kept)
    (row,) = desk.rows()
    assert row.life.current is PaperStep.TEACHERS
    assert "Nguyễn Thị Bình" in row.awaited
    assert len(row.awaited) == len(set(row.awaited)) == len(kept.school.subjects)
    kept.school.clock.advance(timedelta(days=5))
    assert (desk.row(run).days, desk.row(run).is_late) == (5, False)
    kept.school.clock.advance(timedelta(days=1))
    assert desk.row(run).is_late
    board = desk.board.board(desk.actor, kept.school.year_id)
    assert (board.waiting, board.late, board.kept) == (1, 1, 0)


def test_the_whole_life_from_print_to_return(kept):
    run, desk = printed(kept), Desk(kept)
    bình = next(s for s in desk.row(run).life.signers if s.name == "Nguyễn Thị Bình")
    desk.note(run, PaperStep.TEACHERS, persons=[bình.account_id])
    assert "Nguyễn Thị Bình" not in desk.row(run).awaited
    others = [one.account_id for one in desk.row(run).life.missing()]
    desk.note(run, PaperStep.TEACHERS, persons=others)
    assert desk.row(run).awaited == ("Nguyễn Thị Bình",)  # as GVCN now
    desk.pass_through(run, *TO_STORE[1:])
    row = desk.row(run)
    assert (row.life.keeper, row.life.place) == ("Trần Thị Mai", "Tủ 2, ngăn 3")
    assert all(row.life.state(step) is StepState.DONE for step in TO_STORE)
    due = desk.today + timedelta(days=7)
    desk.board.lend(desk.actor, run.id, "Đoàn thanh tra", due, "kiểm tra cuối năm")
    kept.school.clock.advance(timedelta(days=8))
    board = desk.board.board(desk.actor, kept.school.year_id)
    assert (board.lent, board.overdue, board.waiting) == (1, 1, 0)
    desk.board.bring_back(desk.actor, run.id, "đủ 12 trang")
    desk.board.move(desk.actor, run.id, "Lê Văn Khải", "Kho lưu trữ")
    assert desk.row(run).life.place == "Kho lưu trữ"
    kinds = [kind for kind in kept.school.trail_kinds() if kind.startswith("paper.")]
    assert kinds == ["paper.done"] * 7 + ["paper.lent", "paper.came_back", "paper.moved"]


def test_one_wrong_teacher_among_several_writes_nothing(kept):
    run, desk = printed(kept), Desk(kept)
    good = desk.row(run).life.signers[0].account_id
    vice = kept.school.accounts_by_key["vice"]
    desk.refused(
        "paper_signer_unknown",
        lambda: desk.note(run, PaperStep.TEACHERS, persons=[good, vice]),
    )
    assert len(desk.row(run).life.missing()) == len(desk.row(run).life.signers)


@pytest.mark.parametrize("who", ["homeroom", "admin", "toan"])
def test_only_van_thu_and_the_leaders_write(kept, who):
    run = printed(kept, BookPart.MARKS)
    desk = Desk(kept, who)
    secretary = Desk(kept)
    persons = [s.account_id for s in secretary.row(run).life.signers]
    with pytest.raises(AccessDenied):
        desk.note(run, PaperStep.TEACHERS, persons=persons)
    with pytest.raises(AccessDenied):
        desk.board.discard(desk.actor, run.id, "thử")


def test_an_office_that_ended_yesterday_writes_nothing(kept):
    run, desk = printed(kept), Desk(kept)
    stale = desk.actor
    kept.school.accounts.end_role(
        kept.school.actor("principal"), kept.school.accounts_by_key["secretary"], Role.SECRETARY,
        desk.today,
    )  # fmt: skip
    kept.school.clock.advance(timedelta(days=1))
    with pytest.raises(AccessDenied):
        desk.board.discard(stale, run.id, "thử")


def test_days_before_the_print_and_after_today_are_refused(kept):
    run, desk = printed(kept), Desk(kept)
    persons = [s.account_id for s in desk.row(run).life.signers]
    for day in (run.made_at.date() - timedelta(days=1), desk.today + timedelta(days=1)):
        desk.refused(
            "paper_day_wrong",
            lambda day=day: desk.note(run, PaperStep.TEACHERS, persons=persons, on=day),
        )


def test_what_is_left_blank_is_asked_for(kept):
    run, desk = printed(kept), Desk(kept)
    desk.refused("place_incomplete", lambda: desk.note(run, PaperStep.STORE, people="Mai"))
    desk.refused("recipient_required", lambda: desk.note(run, PaperStep.HAND_OUT))
    desk.refused("reason_required", lambda: desk.board.discard(desk.actor, run.id, "  "))
    desk.refused(
        "reason_required",
        lambda: desk.board.take_back(desk.actor, run.id, PaperStep.TEACHERS, ""),
    )
    desk.refused("loan_incomplete", lambda: desk.board.lend(desk.actor, run.id, "", None, ""))
    past = desk.today - timedelta(days=1)
    desk.refused("loan_due_past", lambda: desk.board.lend(desk.actor, run.id, "An", past, ""))
    desk.refused("text_too_long", lambda: desk.board.discard(desk.actor, run.id, "x" * 201))
    desk.refused("not_found", lambda: desk.board.discard(desk.actor, 999, "nhầm"))


def test_a_step_is_taken_back_with_its_reason_in_the_trail(kept):
    run, desk = printed(kept), Desk(kept)
    desk.pass_through(run, PaperStep.TEACHERS, PaperStep.HOMEROOM)
    desk.board.take_back(desk.actor, run.id, PaperStep.HOMEROOM, "ghi nhầm lớp")
    signer = desk.row(run).life.signers[0]
    desk.board.take_back(desk.actor, run.id, PaperStep.TEACHERS, "ký sai trang", signer.account_id)
    assert desk.row(run).awaited == (signer.name,)
    with kept.school.uow.read() as uow:
        (entry,) = uow.trail.entries(newest=1, kind="paper.taken_back")
    assert "ký sai trang" in entry.detail
    assert signer.name in entry.detail


def test_a_paper_whose_data_changed_takes_no_more_signatures(kept):
    run, desk = printed(kept), Desk(kept)
    persons = [s.account_id for s in desk.row(run).life.signers]
    desk.note(run, PaperStep.TEACHERS, persons=persons)
    kept.corrected("toan", {(0, "HK2.ck"): "9,5"})
    desk.refused("print_differs", lambda: desk.note(run, PaperStep.HOMEROOM))


def test_the_principals_signature_on_screen_is_the_books_third_step(kept):
    run, desk = printed(kept, BookPart.WHOLE), Desk(kept)
    desk.pass_through(run, PaperStep.TEACHERS, PaperStep.HOMEROOM)
    desk.refused("paper_approved_on_screen", lambda: desk.note(run, PaperStep.PRINCIPAL))
    assert desk.row(run).awaited == ("Lê Văn Khải",)
    SignOffs(kept.school.uow, kept.school.clock).sign_print(kept.school.signer("principal"), run.id)
    assert desk.row(run).life.current is PaperStep.STAMP
    assert desk.row(run).awaited == ("Văn thư",)
    kept.corrected("toan", {(0, "HK2.ck"): "9,5"})
    assert desk.row(run).life.current is PaperStep.PRINCIPAL


def test_a_newer_run_replaces_the_older_one(kept):
    first = printed(kept)
    kept.school.clock.advance(timedelta(minutes=1))
    second, desk = printed(kept), Desk(kept)
    assert desk.row(first).replaced_by == second.number
    assert not desk.row(first).is_open
    assert [row.id for row in desk.rows()] == [second.id, first.id]
    assert desk.board.board(desk.actor, kept.school.year_id).waiting == 1


def test_a_discarded_paper_waits_for_nobody(kept):
    run, desk = printed(kept), Desk(kept)
    desk.board.discard(desk.actor, run.id, "máy in lem mực")
    assert not desk.row(run).is_open
    desk.board.restore(desk.actor, run.id, "tờ sạch vẫn còn")
    assert desk.row(run).is_open


def test_correction_minutes_wait_for_the_teacher_who_asked(kept):
    case = kept.corrected("ngu_van", {(0, "HK2.ck"): "9,5"})
    press = Printing(kept.school.uow, kept.school.clock, Paper(), Tables())
    run = press.print_correction_minutes(kept.school.actor("secretary"), case.id).payload.run
    assert Desk(kept).row(run).awaited == ("Hoàng Thị Lan Anh",)


def test_a_paper_without_named_teachers_is_signed_in_one_step(kept):
    kept.corrected("ngu_van", {(0, "HK2.ck"): "9,5"})
    books = CorrectionBooks(kept.school.uow, kept.school.clock, Paper())
    desk = Desk(kept)
    run = books.print_log(desk.actor, kept.school.year_id, desk.today, desk.today).payload.run
    assert desk.row(run).awaited == ("Giáo viên",)
    desk.pass_through(run, PaperStep.TEACHERS, PaperStep.PRINCIPAL)
    assert desk.row(run).life.current is PaperStep.STAMP


def test_teachers_see_the_papers_of_their_classes(kept):
    run = printed(kept)
    assert [row.id for row in Desk(kept, "tin_hoc").rows()] == [run.id]
    added = kept.school.accounts.add(
        kept.school.actor("principal"), "Người Mới", PASSWORD, roles=(Role.SUBJECT_TEACHER,)
    )
    stranger = Desk(kept)
    with kept.school.uow.read() as uow:
        actor = uow.accounts.actor(added.payload.uid, stranger.today)
    assert stranger.board.board(actor, kept.school.year_id).rows == ()
    with pytest.raises(AccessDenied):
        stranger.finding.look(actor, run.id)


# --- finding


def test_a_scanned_sheet_leads_to_its_run_and_its_data_are_the_same(kept):
    run, desk = printed(kept), Desk(kept)
    row = desk.row(run)
    whole = DataDigest.of_hex(run.data_digest).base32
    for text in (f"KS1|{run.number:04d}|{whole}", row.code, row.code.lower(), str(run.number)):
        found = desk.finding.find(desk.actor, text, kept.school.year_id)
        assert (found.row.id, found.differs, found.changes) == (run.id, False, ())
        assert found.year_name == "2026-2027"


def test_what_changed_since_is_listed_cell_by_cell(kept):
    run, desk = printed(kept), Desk(kept)
    kept.corrected("toan", {(0, "HK2.ck"): "9,5"})
    found = desk.finding.look(desk.actor, run.id)
    assert found.differs
    (change,) = found.changes
    assert (change.place.subject, change.place.code, change.last) == ("Toán", "ck", "9,5")
    assert any("sửa điểm" in told.lower() for told in found.others)
    assert not any("Bản in" in told for told in found.others)


def test_a_change_before_the_print_is_not_told(kept):
    kept.corrected("toan", {(0, "HK2.ck"): "9,5"})
    run, desk = printed(kept), Desk(kept)
    kept.corrected("ngu_van", {(1, "HK2.ck"): "9,0"})
    (change,) = desk.finding.look(desk.actor, run.id).changes
    assert change.place.subject == "Ngữ văn"


def test_codes_that_lead_nowhere_say_what_to_do(kept):
    run, desk = printed(kept, BookPart.MARKS, BookScope.TERM_1), Desk(kept)
    other = data_digest({"form": "of another school"})
    mine = DataDigest.of_hex(run.data_digest).base32
    for text, code in (
        (other.code, "paper_unknown"),
        (f"KS1|0001|{other.base32}", "paper_unknown"),
        (f"KS1|0044|{mine}", "paper_number_differs"),
        (f"KS1||{mine}", "paper_is_draft"),
        ("99", "paper_unknown"),
    ):
        desk.refused(code, lambda text=text: desk.finding.find(desk.actor, text))


def test_a_paper_that_is_no_book_is_found_without_a_comparison(kept):
    kept.corrected("ngu_van", {(0, "HK2.ck"): "9,5"})
    books = CorrectionBooks(kept.school.uow, kept.school.clock, Paper())
    desk = Desk(kept)
    run = books.print_log(desk.actor, kept.school.year_id, desk.today, desk.today).payload.run
    assert desk.finding.look(desk.actor, run.id).differs is None


def test_a_book_of_the_first_term_asks_only_its_teachers(kept):
    run = printed(kept, BookPart.MARKS, BookScope.TERM_1)
    assert run.period == Period.HK1.value
    with kept.school.uow.read() as uow:
        subjects = uow.studies.of_classes(kept.school.year_id)[kept.school.class_id]
    assert len(Desk(kept).row(run).life.signers) <= len(subjects)


# --- the register, the desk, the seal


def register_of(kept: RecordBook, who: str = "secretary"):
    registers = PrintRegisters(kept.school.uow, kept.school.clock, Paper())
    return registers.print(kept.school.actor(who), kept.school.year_id).payload


def test_the_register_lists_every_run_and_is_a_run_itself(kept):
    desk = Desk(kept)
    desk.refused("no_runs", lambda: register_of(kept))
    with pytest.raises(AccessDenied):
        register_of(kept, "toan")
    run = printed(kept)
    desk.pass_through(run, *TO_STORE)
    desk.board.lend(desk.actor, run.id, "Đoàn thanh tra", desk.today, "kiểm tra")
    made = register_of(kept)
    assert (made.run.number, made.run.kind) == (2, "print_register")
    text = " ".join(all_text(made.pdf))
    for words in ("0001", f"Đóng dấu {date_vn(desk.today)}", "Tủ 2, ngăn 3", "Đoàn thanh tra mượn"):
        assert words in text


def tasks_of(kept: RecordBook, who: str):
    view = Tasks(kept.school.uow, kept.school.clock)
    found = view.overview(kept.school.actor(who), kept.school.year_id).tasks
    mine = (TaskKind.SIGN_PAPERS, TaskKind.CHASE_PAPERS, TaskKind.CHASE_LOANS)
    return [task for task in found if task.kind in mine]


def test_papers_that_wait_too_long_come_to_the_desk_of_who_must_act(kept):
    run, desk = printed(kept), Desk(kept)
    kept.school.clock.advance(timedelta(days=5))
    assert tasks_of(kept, "secretary") == tasks_of(kept, "tin_hoc") == []
    kept.school.clock.advance(timedelta(days=1))
    (chase,) = tasks_of(kept, "secretary")
    assert (chase.kind, chase.papers) == (TaskKind.CHASE_PAPERS, (run.number,))
    assert "Lý Thị Ngọc" in chase.people
    (sign,) = tasks_of(kept, "tin_hoc")
    assert sign.kind is TaskKind.SIGN_PAPERS
    assert sign.due == run.made_at.date() + timedelta(days=5)
    assert tasks_of(kept, "principal") == []
    desk.pass_through(run, PaperStep.TEACHERS, PaperStep.HOMEROOM)
    assert tasks_of(kept, "tin_hoc") == []
    kept.school.clock.advance(timedelta(days=6))
    assert [t.kind for t in tasks_of(kept, "principal")] == [TaskKind.SIGN_PAPERS]


def test_a_late_borrower_comes_to_van_thus_desk(kept):
    run, desk = printed(kept), Desk(kept)
    desk.pass_through(run, *TO_STORE)
    desk.board.lend(desk.actor, run.id, "Đoàn thanh tra", desk.today, "")
    assert tasks_of(kept, "secretary") == []
    kept.school.clock.advance(timedelta(days=1))
    (chase,) = tasks_of(kept, "secretary")
    assert (chase.kind, chase.people) == (TaskKind.CHASE_LOANS, ("Đoàn thanh tra",))
    assert tasks_of(kept, "principal") == []


def test_the_trail_tells_every_act_in_a_sentence(kept):
    run, desk = printed(kept), Desk(kept)
    desk.pass_through(run, *TO_STORE)
    desk.board.lend(desk.actor, run.id, "Đoàn thanh tra", desk.today, "kiểm tra")
    desk.board.bring_back(desk.actor, run.id)
    desk.board.move(desk.actor, run.id, "Vũ An", "Kho lưu trữ")
    desk.board.take_back(desk.actor, run.id, PaperStep.STORE, "nhầm tủ")
    desk.board.discard(desk.actor, run.id, "rách")
    desk.board.restore(desk.actor, run.id, "đã dán lại")
    with kept.school.uow.read() as uow:
        told = [e for e in uow.trail.entries(newest=100) if e.kind.startswith("paper.")]
    assert {entry.kind for entry in told} == {f"paper.{act.value}" for act in PaperAct}
    sentences = [sentence_of(entry.kind, entry.detail, 0, WORDINGS) for entry in told]
    assert all("bản in số 0001" in sentence for sentence in sentences)
    day = date_vn(desk.today)
    assert f"Cho Đoàn thanh tra mượn bản in số 0001 ({run.title}), hẹn trả {day}, để kiểm tra" in (
        sentences
    )
    assert any(sentence.endswith("Trần Thị Mai; Tủ 2, ngăn 3") for sentence in sentences)


def test_a_name_given_with_a_step_that_nobody_signs_by_name_is_left_out(kept):
    run, desk = printed(kept), Desk(kept)
    desk.pass_through(run, PaperStep.TEACHERS)
    desk.note(run, PaperStep.HOMEROOM, persons=[kept.school.accounts_by_key["vice"]])
    (noted,) = desk.row(run).life.noted(PaperStep.HOMEROOM)
    assert (noted.person, noted.people) == (None, "Nguyễn Thị Bình")
