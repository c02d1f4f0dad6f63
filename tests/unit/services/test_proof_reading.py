"""Kiểm dò: by the assigned second person only, remarks settled before the close, changes told."""

import pytest

from app.domain.movements import MovementKind, MovementPaper
from app.domain.periods import Period, Term
from app.domain.proof_reading import ComparedWith, RemarkState
from app.errors import AppError
from app.readmodels.home import TaskKind
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.proof_reading import CellProof
from app.services.former_marks import FormerMarks, FormerSchool
from app.services.proof_assignments import ProofAssignments
from app.services.proof_comparing import ProofComparing
from app.services.proof_papers import ProofPapers
from app.services.proof_reading import ProofReading
from app.services.proof_remarks import ProofRemarks
from app.services.tasks import Tasks
from app.services.trail_review import TrailReview
from exports.press import Paper
from tests.exports.pdf_reading import all_text, assert_archival
from tests.support.primary_school import make_primary
from tests.support.record_book import RecordBook
from tests.support.rules import settle
from tests.support.school import invented_pupil, make_school

HK1 = Period.HK1


class Desk:
    """Toán of 6A, read by the teacher of Ngữ văn."""

    def __init__(self, book: RecordBook) -> None:
        self.book, self.school = book, book.school
        uow, clock = self.school.uow, self.school.clock
        self.tables = ProofAssignments(uow, clock)
        self.reading = ProofReading(uow, clock)
        self.comparing = ProofComparing(uow, clock)
        self.remarks = ProofRemarks(uow, clock)
        self.sheet = book.sheet("toan")

    def give(self, reader: str = "ngu_van", subject: str = "toan", who: str = "principal"):
        account = self.school.accounts_by_key[reader]
        return self.tables.assign(self.school.actor(who), self.book.sheet(subject), HK1, account)

    def view(self, who: str = "ngu_van"):
        return self.reading.open(self.school.actor(who), self.sheet, HK1)

    def tick(self, *cells: tuple[int, str], who: str = "ngu_van"):
        keys = [self.book.key(*at) for at in cells]
        return self.reading.tick(self.school.actor(who), self.sheet, HK1, keys)

    def tick_all(self, who: str = "ngu_van"):
        sheet = self.view(who)
        keys = [CellKey(r.pupil_id, c.key) for r in sheet.rows for c in sheet.columns]
        return self.reading.tick(self.school.actor(who), self.sheet, HK1, keys)

    def remark(self, at: tuple[int, str], text="Sổ giấy ghi khác", paper="9,0", who="ngu_van"):
        actor = self.school.actor(who)
        return self.reading.remark(actor, self.sheet, HK1, self.book.key(*at), text, paper).payload

    def confirm(self, who: str = "ngu_van"):
        return self.reading.confirm(self.school.actor(who), self.sheet, HK1)

    def refused(self, call, *args, **named) -> AppError:
        before = self.school.trail_kinds()
        with pytest.raises(AppError) as caught:
            call(*args, **named)
        assert self.school.trail_kinds() == before, "a refusal writes nothing"
        assert caught.value.sentence.endswith(".")
        return caught.value

    def said(self) -> str:
        lines = TrailReview(self.school.uow).lines(self.school.actor("principal"))
        return lines[0].sentence


@pytest.fixture
def desk(tmp_path):
    book = RecordBook(make_school(tmp_path, pupils=3))
    book.open_entry()
    book.enter(
        "toan",
        {(n, f"HK1.{code}"): str(6 + n) for n in range(3) for code in ("tx1", "tx2", "gk")},
        "paste",
    )
    yield Desk(book)
    book.school.close()


# --- who reads what


def test_the_table_is_proposed_for_every_sheet_and_never_ones_own(desk):
    result = desk.tables.propose(desk.school.actor("vice"), desk.school.year_id, HK1)
    board = desk.tables.board(desk.school.actor("principal"), desk.school.year_id, HK1)
    assert result.payload == len(board.lines) == len(desk.school.subjects)
    assert board.may_assign
    assert all(line.reader and line.reader not in line.teacher for line in board.lines)
    homeroom = desk.school.accounts_by_key["homeroom"]
    assert all(line.assignment.reader != homeroom for line in board.lines)
    loads = [line.reader for line in board.lines]
    assert max(loads.count(name) for name in loads) <= 2
    assert desk.said().startswith("Phân công kiểm dò học kì I, 12 sổ")
    again = desk.refused(desk.tables.propose, desk.school.actor("vice"), desk.school.year_id, HK1)
    assert again.code == "nothing_to_assign"


def test_a_line_given_by_hand_stays_when_the_rest_is_proposed(desk):
    desk.give("tin_hoc")
    desk.tables.propose(desk.school.actor("principal"), desk.school.year_id, HK1)
    board = desk.tables.board(desk.school.actor("principal"), desk.school.year_id, HK1)
    line = next(x for x in board.lines if x.sheet == desk.sheet)
    assert line.reader == "Lý Thị Ngọc"


@pytest.mark.parametrize(
    ("reader", "who", "code"),
    [
        ("toan", "principal", "own_sheet"),
        ("ngu_van", "ngu_van", "role_required"),
        ("ngu_van", "admin", "role_required"),
        ("admin", "principal", "reader_unfit"),
    ],
)
def test_refused_assignments(desk, reader, who, code):
    assert desk.refused(desk.give, reader, who=who).code == code


def test_nobody_reads_a_subject_of_their_own_homeroom_class(desk):
    assert desk.refused(desk.give, "homeroom", subject="tin_hoc").code == "own_sheet"


def test_a_closed_account_is_given_nothing(desk):
    desk.school.accounts.disable(
        desk.school.actor("principal"), desk.school.accounts_by_key["tin_hoc"]
    )
    assert desk.refused(desk.give, "tin_hoc").code == "reader_unfit"


def test_the_choices_leave_the_teacher_and_the_homeroom_teacher_out(desk):
    names = [choice.name for choice in desk.tables.choices(desk.book.sheet("tin_hoc"), HK1)]
    assert "Lý Thị Ngọc" not in names
    assert "Nguyễn Thị Bình" not in names, "GVCN of the class"
    assert len(names) == 10


def test_a_teacher_sees_only_what_concerns_them(desk):
    desk.give()
    board = desk.tables.board(desk.school.actor("ngu_van"), desk.school.year_id, HK1)
    assert not board.may_assign
    assert [(line.subject_name, line.mine) for line in board.lines] == [
        ("Ngữ văn", False),
        ("Toán", True),
    ]


# --- reading


def test_cells_are_ticked_in_the_order_of_the_paper_and_kept(desk):
    desk.give()
    first = desk.view()
    assert [column.key for column in first.columns][:2] == ["HK1.tx1", "HK1.tx2"]
    assert [row.position for row in first.rows] == [1, 2, 3]
    assert (first.read, first.to_read, first.may_read) == (0, 9, True)
    desk.tick((0, "HK1.tx1"), (0, "HK1.tx2"), (0, "HK1.ck"))
    assert desk.said() == "Dò với sổ giấy Toán lớp 6A, học kì I: 2 ô khớp"
    assert desk.view().read == 2
    assert desk.view().cells[0][0].state is CellProof.RIGHT
    assert desk.refused(desk.tick, (0, "HK1.tx1"), (0, "HK1.ck")).code == "nothing_to_tick"


@pytest.mark.parametrize("who", ["toan", "principal", "tin_hoc", "secretary"])
def test_only_the_assigned_reader_reads(desk, who):
    desk.give()
    assert desk.refused(desk.tick, (0, "HK1.tx1"), who=who).code == "not_reader"
    assert desk.refused(desk.remark, (0, "HK1.tx1"), who=who).code == "not_reader"
    assert desk.refused(desk.confirm, who=who).code == "not_reader"
    assert not desk.view(who).may_read
    assert "chỉ xem" in desk.view(who).why_not


def test_nobody_reads_before_an_assignment_and_a_former_reader_no_more(desk):
    assert desk.refused(desk.tick, (0, "HK1.tx1")).code == "not_reader"
    desk.give()
    desk.tick((0, "HK1.tx1"))
    desk.give("tin_hoc")
    assert desk.refused(desk.tick, (0, "HK1.tx2")).code == "not_reader"
    desk.tick((0, "HK1.tx2"), who="tin_hoc")


def test_a_reader_who_takes_the_class_over_is_stopped_at_the_moment_of_writing(desk):
    desk.give()
    stale = desk.school.actor("ngu_van")
    principal = desk.school.actor("principal")
    account = desk.school.accounts_by_key["ngu_van"]
    desk.school.assignments.assign(
        principal, desk.school.class_id, desk.school.subjects["toan"], account
    )
    key = desk.book.key(0, "HK1.tx1")
    error = desk.refused(desk.reading.tick, stale, desk.sheet, HK1, [key])
    assert error.code == "own_sheet"


def test_a_stranger_cell_is_refused(desk):
    desk.give()
    error = desk.refused(
        desk.reading.tick, desk.school.actor("ngu_van"), desk.sheet, HK1,
        [CellKey(99999, "HK1.tx1")],
    )  # fmt: skip
    assert error.code == "no_cell"
    error = desk.refused(desk.tick, (0, "HK2.tx1"))
    assert error.code == "no_cell", "the other term is read by its own assignment"


def test_a_changed_cell_has_to_be_read_again(desk):
    desk.give()
    desk.tick_all()
    desk.book.enter("toan", {(1, "HK1.gk"): "9"})
    sheet = desk.view()
    assert sheet.read == 8
    assert sheet.cells[1][-2].state is CellProof.UNREAD


# --- confirmation


def test_confirmed_only_when_everything_was_read(desk):
    desk.give()
    desk.tick((0, "HK1.tx1"))
    error = desk.refused(desk.confirm)
    assert error.code == "cells_unread"
    assert "còn 8 ô chưa dò" in error.sentence
    desk.tick_all()
    desk.confirm()
    sheet = desk.view()
    assert sheet.assignment.confirmed_at == desk.school.clock.now()
    assert {c.proved_by for c in sheet.columns} == {"Hoàng Thị Lan Anh"}
    assert desk.said() == "Xác nhận kiểm dò xong Toán lớp 6A, học kì I: 9 ô khớp sổ giấy"
    assert desk.refused(desk.confirm).code == "confirmed_already"


def test_an_empty_sheet_is_not_confirmed(desk):
    desk.give("ngu_van", "tin_hoc")
    actor = desk.school.actor("ngu_van")
    error = desk.refused(desk.reading.confirm, actor, desk.book.sheet("tin_hoc"), HK1)
    assert error.code == "nothing_to_read"


def test_a_later_change_takes_the_confirmation_back_and_says_so(desk):
    desk.give()
    desk.tick_all()
    desk.confirm()
    desk.book.enter("toan", {(1, "HK1.gk"): "9"})
    assert "; xác nhận kiểm dò hết hiệu lực" in desk.said()
    sheet = desk.view()
    assert sheet.assignment.confirmed_at is None
    assert sheet.assignment.voided_why == "Điểm thay đổi"
    proved = {c.key: bool(c.proved_by) for c in sheet.columns}
    assert not proved["HK1.gk"]
    assert proved["HK1.tx1"], "the other columns were not touched"
    desk.book.enter("toan", {(1, "HK1.gk"): "7"})
    assert desk.view().assignment.confirmed_at is None, "changed back is changed twice"


def test_a_cell_filled_late_takes_the_confirmation_back_too(desk):
    desk.give()
    desk.tick_all()
    desk.confirm()
    desk.book.enter("toan", {(0, "HK1.ck"): "9"})
    assert desk.view().assignment.confirmed_at is None


def test_a_correction_case_takes_the_confirmation_back(desk):
    desk.give()
    desk.tick_all()
    desk.confirm()
    ids = desk.book.column_ids("toan", "HK1.gk")
    desk.book.control.lock_columns(
        desk.school.actor("secretary"), desk.school.class_id, ids, "5/QĐ",
        desk.school.clock.today(),
    )  # fmt: skip
    desk.book.corrected("toan", {(0, "HK1.gk"): "9"})
    sheet = desk.view()
    assert sheet.assignment.confirmed_at is None
    assert "hồ sơ" in sheet.assignment.voided_why


def test_a_column_is_proved_by_itself_and_taken_back_by_reading_again(desk):
    desk.give()
    actor = desk.school.actor("ngu_van")
    error = desk.refused(desk.reading.prove_columns, actor, desk.sheet, HK1, ["HK1.tx1"])
    assert error.code == "cells_unread"
    desk.tick(*((n, "HK1.tx1") for n in range(3)))
    desk.reading.prove_columns(actor, desk.sheet, HK1, ["HK1.tx1"])
    assert desk.said() == "Đã đối chiếu sổ giấy ĐĐGtx1 Toán lớp 6A, học kì I"
    column = desk.view().columns[0]
    assert (column.proved_by, column.how) == ("Hoàng Thị Lan Anh", ComparedWith.PAPER)
    desk.reading.untick(actor, desk.sheet, HK1, [desk.book.key(0, "HK1.tx1")])
    assert not desk.view().columns[0].proved_by
    error = desk.refused(desk.reading.prove_columns, actor, desk.sheet, HK1, ["HK1.xx"])
    assert error.code == "no_column"


# --- remarks


def test_a_remark_is_answered_corrected_and_resolved(desk):
    desk.give()
    found = desk.remark((0, "HK1.tx1"))
    assert desk.view().cells[0][0].state is CellProof.REMARKED
    assert "đang là 6,0, sổ giấy ghi 9,0" in desk.said()
    error = desk.refused(desk.remarks.answer, desk.school.actor("tin_hoc"), found, "Đã sửa")
    assert error.code == "not_assigned"
    teacher = desk.school.actor("toan")
    assert desk.refused(desk.remarks.answer, teacher, found, " ").code == "answer_required"
    desk.book.enter("toan", {(0, "HK1.tx1"): "9"})
    desk.remarks.answer(teacher, found, "Gõ nhầm, đã sửa theo sổ giấy")
    assert desk.view().cells[0][0].state is CellProof.ANSWERED
    assert desk.refused(desk.remarks.resolve, teacher, found).code == "not_reader"
    desk.remarks.resolve(desk.school.actor("ngu_van"), found)
    assert desk.said().endswith("Đã sửa 6,0 → 9,0")
    assert desk.view().cells[0][0].state is CellProof.RIGHT
    error = desk.refused(desk.remarks.answer, teacher, found, "lại")
    assert error.code == "resolved_already"
    mine = desk.remarks.of_year(teacher, desk.school.year_id, resolved=True)
    assert [line.remark.state for line in mine] == [RemarkState.RESOLVED]
    assert desk.remarks.of_year(teacher, desk.school.year_id) == ()


def test_a_remark_whose_cell_stays_is_resolved_with_a_reason_only(desk):
    desk.give()
    found = desk.remark((0, "HK1.tx1"))
    reader = desk.school.actor("ngu_van")
    assert desk.refused(desk.remarks.resolve, reader, found).code == "resolution_required"
    desk.remarks.resolve(reader, found, "Đọc nhầm dòng trên sổ giấy")
    assert desk.view().cells[0][0].state is CellProof.RIGHT


def test_a_remark_needs_words_and_a_cell_has_one_at_a_time(desk):
    desk.give()
    assert desk.refused(desk.remark, (0, "HK1.tx1"), "  ").code == "remark_required"
    desk.remark((0, "HK1.tx1"))
    assert desk.refused(desk.remark, (0, "HK1.tx1")).code == "remark_waits"
    assert desk.refused(desk.tick, (0, "HK1.tx1")).code == "nothing_to_tick"
    desk.tick_all()
    assert desk.refused(desk.confirm).code == "remarks_open"


def test_an_empty_cell_may_be_remarked(desk):
    desk.give()
    found = desk.remark((2, "HK1.ck"), "Sổ giấy có điểm, sổ máy trống", "8,0")
    desk.book.enter("toan", {(2, "HK1.ck"): "8"})
    desk.remarks.resolve(desk.school.actor("ngu_van"), found)
    assert desk.said().endswith("Đã sửa trống → 8,0")


def test_a_remark_after_the_confirmation_takes_it_back(desk):
    desk.give()
    desk.tick_all()
    desk.confirm()
    desk.remark((0, "HK1.tx1"))
    sheet = desk.view()
    assert sheet.assignment.confirmed_at is None
    assert sheet.waiting == 1


def test_a_locked_cell_says_that_a_case_is_the_way(desk):
    desk.give()
    desk.remark((0, "HK1.gk"))
    teacher = desk.school.actor("toan")
    line = desk.remarks.of_year(teacher, desk.school.year_id)[0]
    assert line.may_answer
    assert line.locked is None
    ids = desk.book.column_ids("toan", "HK1.gk")
    desk.book.control.lock_columns(
        desk.school.actor("secretary"), desk.school.class_id, ids, "5/QĐ",
        desk.school.clock.today(),
    )  # fmt: skip
    line = desk.remarks.of_year(teacher, desk.school.year_id)[0]
    assert line.locked is not None
    assert line.locked.action == "correction"


def test_remarks_are_shown_to_whom_they_concern(desk):
    desk.give()
    desk.remark((0, "HK1.gk"))
    seen = {
        who: len(desk.remarks.of_year(desk.school.actor(who), desk.school.year_id))
        for who in ("ngu_van", "toan", "principal", "tin_hoc")
    }
    assert seen == {"ngu_van": 1, "toan": 1, "principal": 1, "tin_hoc": 0}


# --- second entry and announced list


def texts(desk, **changed):
    found = {desk.book.key(n, "HK1.tx1"): str(6 + n) for n in range(3)}
    return found | {desk.book.key(int(at[1:]), "HK1.tx1"): text for at, text in changed.items()}


def test_second_entry_shows_every_difference_and_writes_nothing(desk):
    desk.give()
    actor = desk.school.actor("ngu_van")
    before = desk.school.trail_kinds()
    found = desk.comparing.compare(
        actor, desk.sheet, HK1, ["HK1.tx1", "HK1.ck"], texts(desk, p1="8,5", p2="l0")
    )
    assert (found.compared, found.same) == (6, 4)
    said = [(d.name, d.here, d.there, bool(d.fault)) for d in found.differences]
    assert [x[1:] for x in said] == [("7,0", "8,5", False), ("8,0", "l0", True)]
    assert desk.school.trail_kinds() == before
    error = desk.refused(
        desk.comparing.compare, desk.school.actor("toan"), desk.sheet, HK1, ["HK1.tx1"], {}
    )
    assert error.code == "not_reader"
    error = desk.refused(desk.comparing.compare, actor, desk.sheet, HK1, ["HK2.tx1"], {})
    assert error.code == "no_column"


def test_a_recorded_second_entry_ticks_remarks_and_proves(desk):
    desk.give()
    actor = desk.school.actor("ngu_van")
    marks = [desk.book.cell("toan", n, "HK1.tx1") for n in range(3)]
    error = desk.refused(
        desk.comparing.record, actor, desk.sheet, HK1, ["HK1.tx1"], texts(desk, p1="8,,5"),
        ComparedWith.SECOND_ENTRY,
    )  # fmt: skip
    assert error.code == "cells_refused"
    result = desk.comparing.record(
        actor, desk.sheet, HK1, ["HK1.tx1"], texts(desk, p1="8,5"), ComparedWith.SECOND_ENTRY
    )
    assert "2 ô khớp, 1 nhận xét mới" in result.summary
    assert [desk.book.cell("toan", n, "HK1.tx1") for n in range(3)] == marks, "no mark written"
    sheet = desk.view()
    assert [row[0].state for row in sheet.cells] == [
        CellProof.RIGHT, CellProof.REMARKED, CellProof.RIGHT,
    ]  # fmt: skip
    assert not sheet.columns[0].proved_by
    assert sheet.remarks[0].remark.paper == "8,5"
    desk.book.enter("toan", {(1, "HK1.tx1"): "8,5"})
    desk.remarks.resolve(actor, sheet.remarks[0].remark.id)
    desk.comparing.record(
        actor, desk.sheet, HK1, ["HK1.tx1"], texts(desk, p1="8,5"), ComparedWith.SECOND_ENTRY
    )
    assert desk.view().columns[0].how is ComparedWith.SECOND_ENTRY


def test_the_announced_list_is_compared_with_blanks_too(desk):
    desk.give()
    actor = desk.school.actor("ngu_van")
    found = desk.comparing.compare(actor, desk.sheet, HK1, ["HK1.gk"], {}, "bang-diem.xlsx")
    assert len(found.differences) == 3, "a list without these pupils differs in every cell"
    desk.comparing.record(
        actor, desk.sheet, HK1, ["HK1.gk"], {}, ComparedWith.LIST, "bang-diem.xlsx"
    )
    assert "danh sách đã công bố (bang-diem.xlsx): 0 ô khớp, 3 ô khác, 3 nhận xét" in desk.said()


# --- the close


@pytest.fixture
def complete(tmp_path):
    book = RecordBook(make_school(tmp_path, pupils=2))
    book.open_entry()
    book.fill(Term.HK1)
    yield Desk(book)
    book.school.close()


def close(desk, reason: str = ""):
    return desk.book.closing.close(
        desk.school.signer("principal"), desk.school.class_id, HK1, "57/QĐ-THCS", reason
    )


def test_an_open_remark_blocks_the_close_even_with_a_reason(complete):
    desk = complete
    desk.book.confirm(HK1)
    desk.give()
    found = desk.remark((0, "HK1.tx1"))
    report = desk.book.closing.report(desk.school.class_id, HK1)
    assert [(f.subject, f.count) for f in report.findings] == [("Kiểm dò", 1)]
    error = desk.refused(close, desk, "Gấp")
    assert error.code == "proof_remarks_open"
    assert "Toán" in error.sentence
    desk.remarks.answer(desk.school.actor("toan"), found, "Ô này đúng")
    assert desk.refused(close, desk, "Gấp").code == "proof_remarks_open", "answered only"
    desk.remarks.resolve(desk.school.actor("ngu_van"), found, "Đọc nhầm")
    close(desk)
    assert desk.refused(desk.tick, (0, "HK1.tx2")).code == "already_closed"
    assert desk.refused(desk.give, "tin_hoc").code == "already_closed"
    assert desk.refused(desk.remark, (0, "HK1.tx2")).code == "already_closed"


def test_without_the_rule_nobody_need_proof_read(complete):
    complete.book.confirm(HK1)
    close(complete)


def test_by_the_rule_every_sheet_is_read_or_a_reason_given(complete):
    desk = complete
    settle(desk.school, {"close.needs_proof": "1"})
    desk.book.confirm(HK1)
    error = desk.refused(close, desk)
    assert error.code == "incomplete"
    assert "còn 12 môn chưa kiểm dò xong" in error.sentence
    desk.give()
    desk.tick_all()
    desk.confirm()
    report = desk.book.closing.report(desk.school.class_id, HK1)
    assert [f.count for f in report.findings] == [11]
    close(desk, "Đợt này chỉ kiểm dò Toán")


def test_the_digest_of_a_close_does_not_depend_on_who_read(complete):
    before = complete.book.closing.report(complete.school.class_id, HK1).digest
    complete.give()
    complete.tick_all()
    complete.confirm()
    assert complete.book.closing.report(complete.school.class_id, HK1).digest == before


def test_the_other_term_is_another_table(desk):
    desk.give()
    board = desk.tables.board(desk.school.actor("principal"), desk.school.year_id, Period.HK2)
    assert all(line.assignment is None for line in board.lines)
    error = desk.refused(
        desk.tables.propose, desk.school.actor("principal"), desk.school.year_id, Period.HE
    )
    assert error.code == "no_such_period"


# --- what waits for whom


def tasks(desk, who):
    view = Tasks(desk.school.uow, desk.school.clock).overview(
        desk.school.actor(who), desk.school.year_id
    )
    kinds = (TaskKind.PROOF_READ, TaskKind.PROOF_ANSWER, TaskKind.PROOF_RESOLVE)
    return [
        (task.kind, task.subject_name, task.columns) for task in view.tasks if task.kind in kinds
    ]


def test_home_tells_each_person_their_part(desk):
    desk.give()
    assert tasks(desk, "ngu_van") == [(TaskKind.PROOF_READ, "Toán", 9)]
    assert tasks(desk, "toan") == []
    found = desk.remark((0, "HK1.tx1"))
    assert tasks(desk, "toan") == [(TaskKind.PROOF_ANSWER, "Toán", 1)]
    desk.remarks.answer(desk.school.actor("toan"), found, "Ô này đúng")
    assert tasks(desk, "toan") == []
    assert tasks(desk, "ngu_van") == [(TaskKind.PROOF_RESOLVE, "Toán", 1)]
    desk.remarks.resolve(desk.school.actor("ngu_van"), found, "Đọc nhầm")
    desk.tick_all()
    desk.confirm()
    assert tasks(desk, "ngu_van") == []


def test_home_counts_the_sheets_read_and_holds_the_close_back(complete):
    desk = complete
    desk.give()
    found = desk.remark((0, "HK1.tx1"))
    for subject in desk.school.subjects:
        sheet = desk.book.sheet(subject)
        desk.book.marks.confirm(desk.school.actor(subject), sheet, Term.HK1)
    desk.book.confirm(HK1)

    def view():
        return Tasks(desk.school.uow, desk.school.clock).overview(
            desk.school.actor("principal"), desk.school.year_id
        )

    assert (view().classes[0].proofed, view().classes[0].to_proof) == (0, 1)
    assert TaskKind.CLOSE not in {task.kind for task in view().tasks}
    desk.remarks.resolve(desk.school.actor("ngu_van"), found, "Đọc nhầm")
    assert TaskKind.CLOSE in {task.kind for task in view().tasks}
    desk.tick_all()
    desk.confirm()
    assert view().classes[0].proofed == 1


# --- primary schools, where the plan of 000 comes from


def test_a_primary_sheet_is_read_with_its_levels_and_scores(tmp_path):
    live = make_primary(tmp_path)
    live.fill(Period.CK1)
    school = live.school
    tables = ProofAssignments(school.uow, school.clock)
    reading = ProofReading(school.uow, school.clock)
    found, _ = tables.periods(school.year_id)
    assert found == (Period.GK1, Period.CK1, Period.GK2, Period.CN)
    tables.propose(school.actor("principal"), school.year_id, Period.CK1)
    board = tables.board(school.actor("principal"), school.year_id, Period.CK1)
    line = next(x for x in board.lines if x.assignment is not None)
    with school.uow.read() as uow:
        uids = {a.id: a.uid for a in uow.accounts.all(school.clock.today())}
        reader = uow.accounts.actor(uids[line.assignment.reader], school.clock.today())
    sheet = reading.open(reader, line.sheet, Period.CK1)
    assert sheet.may_read
    keys = [CellKey(r.pupil_id, c.key) for r in sheet.rows for c in sheet.columns]
    reading.tick(reader, line.sheet, Period.CK1, keys)
    reading.confirm(reader, line.sheet, Period.CK1)
    after = reading.open(reader, line.sheet, Period.CK1)
    assert after.read == after.to_read > 0
    assert after.assignment.confirmed_at is not None


# --- paper


def test_the_table_is_printed_with_a_number(desk):
    papers = ProofPapers(desk.school.uow, desk.school.clock, Paper())
    principal = desk.school.actor("principal")
    error = desk.refused(papers.print_table, principal, desk.school.year_id, HK1)
    assert error.code == "nothing_to_print"
    desk.tables.propose(principal, desk.school.year_id, HK1)
    result = papers.print_table(principal, desk.school.year_id, HK1)
    assert result.payload.run.title == "Bảng phân công kiểm dò học kì I, năm học 2026–2027"
    assert_archival(result.payload.pdf)
    said = " ".join(all_text(result.payload.pdf))
    assert "BẢNG PHÂN CÔNG KIỂM DÒ" in said
    assert "Hoàng Thị Lan Anh" in said
    error = desk.refused(papers.print_table, desk.school.actor("ngu_van"), desk.school.year_id, HK1)
    assert error.code == "role_required"


def test_a_remark_of_a_pupil_who_left_is_settled_with_a_reason(desk):
    desk.give()
    found = desk.remark((0, "HK1.tx1"))
    desk.school.rosters.mark_left(
        desk.school.actor("secretary"), desk.school.class_id, desk.school.pupils[0],
        desk.school.clock.today(), "Chuyển trường",
    )  # fmt: skip
    reader = desk.school.actor("ngu_van")
    assert desk.refused(desk.remarks.resolve, reader, found).code == "resolution_required"
    desk.remarks.resolve(reader, found, "Em đã chuyển trường")
    sheet = desk.view()
    assert sheet.waiting == 0
    assert sheet.cells[0][0].state is CellProof.OUT
    assert sheet.to_read == 6


def test_marks_from_a_former_school_take_the_confirmation_back(desk):
    desk.give()
    desk.tick_all()
    desk.confirm()
    secretary = desk.school.actor("secretary")
    newcomer = desk.school.rosters.add_pupil(
        secretary, desk.school.class_id, invented_pupil(50), desk.school.clock.today(),
        kind=MovementKind.TRANSFER_IN, paper=MovementPaper("THCS Lý Tự Trọng", "GGT 7"),
    ).payload  # fmt: skip
    assert desk.view().assignment.confirmed_at is not None, "an empty line is nothing to read"
    FormerMarks(desk.school.uow, desk.school.clock).enter(
        secretary, desk.school.class_id, newcomer, Term.HK1,
        FormerSchool("THCS Lý Tự Trọng", "Học bạ số 45", "Hiệu trưởng Lê Văn Tám"),
        {(desk.school.subjects["toan"], "tx1"): "8"},
    )  # fmt: skip
    sheet = desk.view()
    assert sheet.assignment.voided_why == "Ghi điểm trường cũ"
    assert not sheet.columns[0].proved_by
    assert sheet.to_read == sheet.read + 1


def test_marks_that_come_with_a_pupil_take_the_proof_back(desk):
    desk.give()
    desk.tick_all()
    desk.confirm()
    other = desk.school.add_class("6B", pupils=1)
    theirs = SheetId(other, desk.school.subjects["toan"])
    principal, reader = desk.school.actor("principal"), desk.school.actor("ngu_van")
    desk.school.assignments.assign(principal, other, theirs.subject_id, principal.account_id)
    desk.tables.assign(principal, theirs, HK1, reader.account_id)
    found = desk.comparing.compare(reader, theirs, HK1, ["HK1.tx1"], {})
    assert found.differences == (), "an empty column equals an empty list"
    with desk.school.uow.write() as uow:
        columns = [a.id for a in uow.marks.assessments(*theirs)]
        now = desk.school.clock.now()
        uow.proofs.prove_columns(columns, ComparedWith.PAPER, reader.account_id, now)
        uow.commit()
    desk.school.rosters.move_class(
        desk.school.actor("secretary"), desk.school.class_id, other, desk.school.pupils[0],
        desk.school.clock.today(), "Nguyện vọng",
    )  # fmt: skip
    assert desk.view().assignment.confirmed_at is not None, "the others still read as they did"
    after = desk.reading.open(reader, theirs, HK1)
    assert {c.key for c in after.columns if not c.proved_by} == {"HK1.tx1", "HK1.tx2", "HK1.gk"}
