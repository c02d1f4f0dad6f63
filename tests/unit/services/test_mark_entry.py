"""Nhập điểm on a real encrypted file: what is written, refused, undone, kept and told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.changes import CommandResult
from app.clock import VIETNAM
from app.domain.marks import EMPTY, CellState, MarkCell
from app.domain.periods import Period, Term
from app.errors import AccessDenied, AppError, RuleRefused
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.mark_sheet_port import GUARDED_CELLS
from app.services.bound_mark_sheet import BoundMarkSheet
from tests.support.record_book import RecordBook, Statements, book
from tests.support.school import make_school

COLUMNS = ("HK1.tx1", "HK1.tx2", "HK1.tx3", "HK1.gk", "HK1.ck", "HK2.tx1", "HK2.tx2")


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    return book(make_school(tmp_path))


def refused(call, *arguments, **named) -> AppError:
    """The refusal, having checked that it wrote nothing."""
    with pytest.raises(AppError) as caught:
        call(*arguments, **named)
    assert caught.value.sentence.endswith(".")
    return caught.value


def seq(kept: RecordBook) -> int:
    with kept.school.uow.read() as uow:
        return uow.trail.head()[0]


def test_one_mark_is_one_commit_with_its_entry_and_its_cell(kept):
    before = seq(kept)
    with Statements(kept.school) as counted:
        done = kept.enter("tin_hoc", {(0, "HK1.tx1"): "8,5"})
    assert counted.commits == 1
    assert [s.split()[2] for s in counted.writes] == ["mark", "trail", "trail_cell"]
    assert kept.cell("tin_hoc", 0, "HK1.tx1") == MarkCell(CellState.MARK, 85)
    assert done.change.seq == before + 1 == seq(kept)
    assert done.change.cells[kept.key(0, "HK1.tx1")].text == "8,5"


def test_a_paste_of_315_cells_is_one_entry_and_one_commit(tmp_path):
    kept = book(make_school(tmp_path, pupils=45))
    subject = next(s for s in ("toan", "ngu_van") if len(kept.facts(s).columns) >= 7)
    columns = list(kept.facts(subject).columns)[:7]
    cells = {(n, key): str((n + at) % 11) for n in range(45) for at, key in enumerate(columns)}
    kept.marks.open(kept.school.actor(subject), kept.sheet(subject))
    before = seq(kept)
    with Statements(kept.school) as counted:
        done = kept.enter(subject, cells, "paste")
    assert len(cells) == 315
    assert counted.commits == 1
    assert len(counted.writes) == 3
    assert seq(kept) == before + 1
    with kept.school.uow.read() as uow:
        assert len(uow.trail.cells_of(before + 1)) == 315
        assert uow.trail.check().problem == ""
    assert len(done.change.previous) == 315


def test_a_paste_that_is_refused_for_one_reason_says_it_once(kept):
    kept.fill()
    kept.close(Period.HK1)
    cells = {(row, f"HK1.tx{at}"): "7" for row in range(3) for at in (1, 2)}
    error = refused(kept.enter, "tin_hoc", cells, "paste")
    assert error.facts["one_reason"]
    assert len(error.facts["cells"]) == 6
    assert error.sentence.startswith("Chưa ghi ô nào trong 6 ô. ")
    assert error.sentence.count("57/QĐ-THCS") == 1


def test_a_paste_that_fails_one_cell_changes_none_and_names_each(kept):
    before = seq(kept)
    cells = {(0, "HK1.tx1"): "8", (1, "HK1.tx1"): "7,25", (2, "HK1.tx2"): "l0", (3, "HK1.ck"): "75"}
    error = refused(kept.enter, "tin_hoc", cells, "paste")
    named = error.facts["cells"]
    assert error.code == "cells_refused"
    assert set(named) == {kept.key(1, "HK1.tx1"), kept.key(2, "HK1.tx2"), kept.key(3, "HK1.ck")}
    names = [e.profile.full_name for e in kept.facts("tin_hoc").entries]
    assert named[kept.key(1, "HK1.tx1")].startswith(f"{names[1]}, cột thường xuyên lần 1: ")
    assert "cuối kì" in named[kept.key(3, "HK1.ck")]
    assert "3 ô" in error.sentence
    assert kept.cell("tin_hoc", 0, "HK1.tx1") == EMPTY
    assert seq(kept) == before


def test_one_bad_cell_keeps_its_own_code_and_sentence(kept):
    error = refused(kept.enter, "tin_hoc", {(0, "HK1.tx1"): "10,5", (1, "HK1.tx1"): "9"})
    assert error.code == "mark_out_of_range"
    assert list(error.facts["cells"]) == [kept.key(0, "HK1.tx1")]
    many = {(n, c): "x" for n in range(5) for c in ("HK1.tx1", "HK1.tx2")}
    assert "Và 7 ô khác" in refused(kept.enter, "tin_hoc", many).sentence


def test_what_is_there_already_writes_nothing(kept):
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    before = seq(kept)
    with Statements(kept.school) as counted:
        done = kept.enter("tin_hoc", {(0, "HK1.tx1"): "8,0", (1, "HK1.tx1"): ""})
    assert (counted.writes, counted.commits, seq(kept)) == ([], 0, before)
    assert done.change.cells == {}
    assert done.change.version == kept.facts("tin_hoc").version


def test_comment_subjects_take_levels_only(kept):
    kept.enter("gdtc", {(0, "HK1.tx1"): "đ", (1, "HK1.tx1"): "cd"})
    assert [kept.cell("gdtc", n, "HK1.tx1").value for n in (0, 1)] == [1, 0]
    assert refused(kept.enter, "gdtc", {(0, "HK1.gk"): "8"}).code == "not_a_level"
    assert refused(kept.enter, "tin_hoc", {(0, "HK1.gk"): "Đ"}).code == "not_a_mark"


def test_averages_come_back_with_the_gesture(kept):
    cells = {(0, key): "8" for key in kept.facts("tin_hoc").term_codes(Term.HK1)}
    done = kept.enter("tin_hoc", cells, "paste")
    assert done.change.cells[kept.key(0, "HK1.avg")].text == "8,0"
    cleared = kept.enter("tin_hoc", {(0, "HK1.ck"): ""})
    assert cleared.change.cells[kept.key(0, "HK1.avg")].text == "–"


@pytest.mark.parametrize(
    ("state", "value", "cell"),
    [
        (CellState.PENDING_MAKEUP, "", MarkCell(CellState.PENDING_MAKEUP, None, "ốm, cô Mai")),
        (CellState.ZERO_ABSENT, "", MarkCell(CellState.ZERO_ABSENT, 0, "ốm, cô Mai")),
        (CellState.EXEMPT, "", MarkCell(CellState.EXEMPT, None, "ốm, cô Mai")),
        (CellState.TRANSFERRED, "7,5", MarkCell(CellState.TRANSFERRED, 75, "ốm, cô Mai")),
    ],
)
def test_a_state_is_an_explicit_act_with_a_reason(kept, state, value, cell):
    actor, sheet, key = kept.school.actor("tin_hoc"), kept.sheet("tin_hoc"), kept.key(0, "HK1.gk")
    missing = refused(kept.marks.set_state, actor, sheet, [key], state, " ", value)
    assert missing.code == "reason_required"
    done = kept.marks.set_state(actor, sheet, [key, key], state, " ốm,  cô Mai ", value)
    assert kept.cell("tin_hoc", 0, "HK1.gk") == cell
    assert done.change.cells[key].state is state
    with kept.school.uow.read() as uow:
        assert len(uow.trail.cells_of(done.change.seq)) == 1
    over = refused(kept.enter, "tin_hoc", {(0, "HK1.gk"): "9"})
    assert over.code == "state_in_the_way"
    assert "ốm, cô Mai" in over.sentence
    kept.marks.set_state(actor, sheet, [key], CellState.EMPTY, "")
    kept.enter("tin_hoc", {(0, "HK1.gk"): "9"})
    assert kept.cell("tin_hoc", 0, "HK1.gk").value == 90


def test_states_that_make_no_sense_are_refused(kept):
    actor, sheet, key = kept.school.actor("tin_hoc"), kept.sheet("tin_hoc"), kept.key(0, "HK1.gk")
    set_state = kept.marks.set_state
    assert refused(set_state, actor, sheet, [key], CellState.MARK, "x", "8").code == "bad_state"
    for value, code in (("", "value_required"), ("11", "mark_out_of_range")):
        error = refused(set_state, actor, sheet, [key], CellState.TRANSFERRED, "THCS A", value)
        assert error.code == code
    both = [key, kept.key(0, "HK1.comment"), kept.key(0, "HK1.avg")]
    error = refused(set_state, actor, sheet, both, CellState.EXEMPT, "QĐ 5")
    assert "nhận xét" in error.facts["cells"][kept.key(0, "HK1.comment")].lower()
    assert kept.cell("tin_hoc", 0, "HK1.gk") == EMPTY


@pytest.mark.parametrize("column", ["YEAR.comment", "HK3.tx1", "HK1.tx9", "HK3.comment", "", "x"])
def test_a_column_the_sheet_does_not_have_is_a_sentence(kept, column):
    error = refused(kept.enter, "tin_hoc", {(0, column): "8"})
    assert "không có cột này" in error.sentence


def test_a_subject_of_one_term_has_no_comment_in_the_other(kept):
    # The curriculum knows none, so the plan is cut by hand.
    kept.tampered("UPDATE subject_plan SET terms = 'HK1' WHERE subject_id = 8")
    assert kept.school.subjects["tin_hoc"] == 8
    fresh = RecordBook(kept.school)
    fresh.enter("tin_hoc", {(0, "HK1.comment"): "tiến bộ"})
    assert "không có cột" in refused(fresh.enter, "tin_hoc", {(0, "HK2.comment"): "x"}).sentence


def test_computed_cells_strangers_and_other_teachers(kept):
    assert "tự tính" in refused(kept.enter, "tin_hoc", {(0, "HK1.avg"): "8"}).sentence
    sheet, key = kept.sheet("tin_hoc"), kept.key(0, "HK1.tx1")
    stranger = CellKey(99_999, "HK1.tx1")
    own = kept.school.actor("tin_hoc")
    error = refused(kept.marks.set_cells, own, sheet, {stranger: "8"}, "key")
    assert "không có trong danh sách" in error.sentence
    for who in ("ngu_van", "principal", "secretary", "admin"):
        actor = kept.school.actor(who)
        error = refused(kept.marks.set_cells, actor, sheet, {key: "8"}, "key")
        assert "không được phân công" in error.sentence
        view = kept.marks.open(actor, sheet)
        assert not view.can_enter
        assert not any(cell.editable for row in view.cells for cell in row)
        assert isinstance(refused(kept.marks.confirm, actor, sheet), AccessDenied)
    for who in ("ngu_van", "admin"):
        dates = (kept.school.actor(who), sheet, "HK1.gk", date(2026, 11, 2), None)
        assert refused(kept.marks.set_dates, *dates).code == "not_assigned"


def test_a_pupil_who_left_is_only_looked_at(kept):
    school = kept.school
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, school.pupils[0], date(2026, 11, 20), "chuyển"
    )
    error = refused(kept.enter, "tin_hoc", {(0, "HK1.tx2"): "8"})
    assert "đã rời lớp ngày 20/11/2026" in error.sentence
    row = kept.marks.open(school.actor("tin_hoc"), kept.sheet("tin_hoc"))
    assert not any(cell.editable for cell in row.cells[0])
    assert row.cells[0][0].text == "8,0"
    # A pasted list leaves the line of such a pupil empty: the others' marks are taken.
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "", (1, "HK1.tx1"): "7"})
    row = kept.marks.open(school.actor("tin_hoc"), kept.sheet("tin_hoc"))
    assert [row.cells[line][0].text for line in (0, 1)] == ["8,0", "7,0"]
    # With a value in that line it may be one pupil too far down: nothing is written.
    error = refused(kept.enter, "tin_hoc", {(0, "HK1.tx1"): "9", (1, "HK1.tx1"): "6"})
    assert "đã rời lớp" in error.sentence
    assert "đã rời lớp" in refused(kept.enter, "tin_hoc", {(0, "HK1.tx1"): ""}).sentence


def test_the_sentence_of_each_lock_says_who_when_and_what_to_do(tmp_path):
    kept = RecordBook(make_school(tmp_path))
    actor, sheet = kept.school.actor("tin_hoc"), kept.sheet("tin_hoc")
    key = kept.key(0, "HK1.tx1")

    def why():
        answer = kept.marks.why(actor, sheet, key)
        error = refused(kept.enter, "tin_hoc", {(0, "HK1.tx1"): "8"})
        assert error.facts["why"] == answer
        assert error.code == "locked"
        return answer

    assert "Chưa có đợt nhập nào cho học kì I" in why().sentence
    kept.open_entry(Period.HK1, days=(date(2026, 12, 1), date(2026, 12, 20)))
    coming = why()
    assert "chưa mở" in coming.sentence
    assert coming.until == "01/12/2026"
    assert (coming.who, coming.action) == ("Trần Thị Mai", "")
    kept.school.clock.move_to(datetime(2026, 12, 20, 23, 59, 59, tzinfo=VIETNAM))
    kept.enter("tin_hoc", {(0, "HK1.tx2"): "8"})
    assert "đang mở" in kept.marks.why(actor, sheet, key).sentence
    kept.school.clock.advance(timedelta(seconds=1))
    past = why()
    assert "đã hết ngày 20/12/2026" in past.sentence
    assert "41/QĐ-THCS" in past.sentence
    assert past.action == "correction"
    kept.open_entry(Period.HK1, days=(date(2027, 1, 4), date(2027, 1, 8)))
    assert why().until == "Đợt sau mở 04/01/2027"
    kept.open_entry(Period.HK1)
    assert "đang mở" in kept.marks.why(actor, sheet, key).sentence
    secretary = kept.school.actor("secretary")
    ids = kept.column_ids("tin_hoc", "HK1.tx1")
    kept.control.lock_columns(secretary, kept.school.class_id, ids, "60/QĐ")
    locked = why()
    assert "Cột này đã khóa" in locked.sentence
    assert "60/QĐ" in locked.sentence
    assert locked.who == "Trần Thị Mai"
    kept.enter(
        "tin_hoc",
        {(0, "HK1.tx3"): "8"}
        if "HK1.tx3" in kept.facts("tin_hoc").columns
        else {(0, "HK1.gk"): "8"},
    )
    kept.close(Period.HK1, reason="thi lại sau")
    closed = why()
    assert "Học kì I đã chốt" in closed.sentence
    assert "57/QĐ-THCS" in closed.sentence
    assert closed.who == "Lê Văn Khải"


def test_late_opening_fills_empty_cells_only(kept):
    school = kept.school
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8", (0, "HK1.comment"): "chăm"})
    kept.close(Period.HK1, reason="còn thiếu")
    day = school.clock.today()
    kept.control.open_late(
        school.actor("secretary"),
        school.class_id,
        school.subjects["tin_hoc"],
        Period.HK1,
        day,
        day,
        "70/QĐ",
        day,
    )
    kept.enter("tin_hoc", {(0, "HK1.tx2"): "7", (1, "HK1.comment"): "ngoan"})
    for cells in ({(0, "HK1.tx1"): "9"}, {(0, "HK1.tx1"): ""}, {(0, "HK1.tx2"): "9"}):
        assert "đã chốt" in refused(kept.enter, "tin_hoc", cells).sentence
    assert "đã chốt" in refused(kept.enter, "tin_hoc", {(0, "HK1.comment"): "khác"}).sentence
    assert "đã chốt" in refused(kept.enter, "ngu_van", {(0, "HK1.tx1"): "7"}).sentence
    teacher = school.actor("tin_hoc")
    dates = (teacher, kept.sheet("tin_hoc"), "HK1.gk", day, day)
    assert refused(kept.marks.set_dates, *dates).code == "locked"
    view = kept.marks.open(teacher, kept.sheet("tin_hoc"))
    keys = [c.key for c in view.columns]
    assert not view.cells[0][keys.index("HK1.tx1")].editable
    assert view.cells[1][keys.index("HK1.tx1")].editable
    school.clock.advance(timedelta(days=1))
    assert "đã chốt" in refused(kept.enter, "tin_hoc", {(1, "HK1.tx1"): "7"}).sentence


def test_dates_are_checked_recorded_once_and_shown(kept):
    teacher, sheet = kept.school.actor("tin_hoc"), kept.sheet("tin_hoc")
    set_dates = kept.marks.set_dates
    test_on, due_on = date(2026, 11, 9), date(2026, 11, 16)
    assert refused(set_dates, teacher, sheet, "HK1.gk", due_on, test_on).code == "due_before_test"
    for column in ("HK1.avg", "HK1.comment", "YEAR.avg", "x"):
        assert refused(set_dates, teacher, sheet, column, test_on, due_on).code == "no_column"
    done = set_dates(teacher, sheet, "HK1.gk", test_on, due_on)
    assert isinstance(done, CommandResult)
    before = seq(kept)
    again = set_dates(kept.school.actor("vice"), sheet, "HK1.gk", test_on, due_on)
    assert (again.topics, seq(kept)) == (frozenset(), before)
    column = next(c for c in kept.marks.open(teacher, sheet).columns if c.key == "HK1.gk")
    assert (column.test_on, column.due_on, column.overdue) == (test_on, due_on, True)


def test_comments_are_cleaned_limited_and_recorded(kept):
    decomposed = "ti\u00ea\u0301n bo\u0323\u0302  r\u00f5"
    done = kept.enter("tin_hoc", {(0, "HK1.comment"): decomposed})
    key = kept.key(0, "HK1.comment")
    assert done.change.cells[key].text == "tiến bộ rõ"
    assert done.change.previous == {key: ""}
    assert refused(kept.enter, "tin_hoc", {(0, "HK1.comment"): "x" * 121}).code == (
        "comment_too_long"
    )
    with kept.school.uow.read() as uow:
        (entry,) = uow.trail.entries(newest=1)
    assert '["HK1","","tiến bộ rõ"]' in entry.detail.replace(f"{key.pupil_id},", "")


def test_the_wrong_column_guard_asks_and_lets_the_right_column_pass(tmp_path):
    kept = book(make_school(tmp_path, pupils=30))
    port = BoundMarkSheet(kept.marks, kept.school.actor("tin_hoc"), kept.sheet("tin_hoc"))
    port.load()
    tx1 = {kept.key(n, "HK1.tx1"): str((n * 7) % 11) for n in range(30)}
    port.set_cells(tx1, "paste")
    again = {kept.key(n, "HK1.gk"): str((n * 7) % 11) for n in range(30)}
    assert len(again) >= GUARDED_CELLS
    question = port.check_paste(again)
    assert question is not None
    assert question.strip()
    assert port.check_paste({kept.key(n, "HK1.gk"): str((n * 3) % 11) for n in range(30)}) is None
    assert port.check_paste({kept.key(n, "HK1.gk"): "l0" for n in range(30)}) is None
    assert kept.cell("tin_hoc", 0, "HK1.gk") == EMPTY


def test_sheets_are_offered_to_those_who_may_see_them(kept):
    offered = {
        who: [name for _, _, name in kept.marks.sheets(kept.school.actor(who), kept.school.year_id)]
        for who in ("tin_hoc", "homeroom", "principal")
    }
    assert len(offered["tin_hoc"]) == 1
    assert len(offered["homeroom"]) == len(offered["principal"]) == 12
    assert offered["homeroom"][0].startswith("Toán")


def test_a_class_or_subject_that_is_not_there_is_a_sentence(kept):
    actor = kept.school.actor("tin_hoc")
    for sheet in (SheetId(999, 1), SheetId(kept.school.class_id, 999)):
        assert refused(kept.marks.open, actor, sheet).code == "not_found"
    assert isinstance(refused(kept.marks.open, actor, SheetId(999, 1)), RuleRefused)


def test_a_state_recorded_after_the_due_date_is_not_counted_as_typed_late(kept):
    actor, sheet = kept.school.actor("tin_hoc"), kept.sheet("tin_hoc")
    today = kept.school.clock.today()
    kept.marks.set_dates(actor, sheet, "HK1.tx1", None, today - timedelta(days=2))
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "7"})
    kept.marks.set_state(actor, sheet, [kept.key(1, "HK1.tx1")], CellState.PENDING_MAKEUP, "ốm")
    kept.marks.set_state(actor, sheet, [kept.key(2, "HK1.tx1")], CellState.ZERO_ABSENT, "bỏ tiết")
    view = kept.marks.open(actor, sheet)
    at = next(n for n, column in enumerate(view.columns) if column.key == "HK1.tx1")
    assert [cells[at].late for cells in view.cells[:3]] == [True, False, False]
    assert view.late_count == 1
