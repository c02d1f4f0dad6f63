"""Mười câu hỏi của thanh tra: each answer against a school in which everything happened."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import VIETNAM
from app.domain.inquiries import Question, Verdict
from app.domain.periods import Period, Term
from app.domain.roles import Role
from app.domain.rule_catalogue import SUNDAY_OFF, WORK_BEGINS, WORK_ENDS
from app.domain.trail import CellChange, TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.readmodels.class_book import BookScope
from app.readmodels.inquiry import Answer
from app.regulations.primary_columns import LEVEL_CODE
from app.services.inquiries import answer_tables
from app.services.teacher_book_assembly import TeacherBookOrder
from app.trail_ports import ChangeScope
from tests.gui.page_kit import workspace
from tests.support.changed_after_announcement import announced_school
from tests.support.primary_school import make_primary
from tests.support.record_book import RecordBook
from tests.support.rules import settle
from tests.support.school import PASSWORD, TestSchool, make_school

GK = (0, "HK1.gk")


@pytest.fixture
def closed(tmp_path: Path) -> RecordBook:
    """HK1 typed, confirmed, closed; an inspector has an account."""
    school = make_school(tmp_path, pupils=2)
    kept = RecordBook(school)
    kept.open_entry()
    kept.fill(Term.HK1)
    kept.close(Period.HK1)
    made = school.accounts.add(
        school.actor("principal"), "Đoàn Kiểm Tra", PASSWORD, roles=(Role.INSPECTOR,)
    ).payload
    school.uids["inspector"] = made.uid
    return kept


def ask(school: TestSchool, question: Question, who: str = "principal", **scope: object) -> Answer:
    work = workspace(school, who)
    return work.inquiries.answer(work.session.actor, ChangeScope(school.year_id, **scope), question)


def test_every_question_is_answered_by_whole_sentences_and_whole_rows(closed: RecordBook) -> None:
    for question in Question:
        found = ask(closed.school, question, "inspector")
        assert found.question is question
        assert found.sentences
        assert all(sentence.endswith(".") for sentence in found.sentences)
        assert all(len(row) == len(found.columns) for row in found.rows)
        assert question.words.endswith("?")


def test_a_school_that_did_nothing_wrong_has_nothing_to_look_at(closed: RecordBook) -> None:
    verdicts = {q: ask(closed.school, q).verdict for q in Question}
    assert Verdict.ATTENTION not in verdicts.values()
    assert verdicts[Question.AFTER_CLOSE] is Verdict.CLEAR
    assert verdicts[Question.FILE_WHOLE] is Verdict.CLEAR


def test_a_case_after_the_close_is_told_with_its_ground(closed: RecordBook) -> None:
    school = closed.school
    old = closed.cell("tin_hoc", *GK)
    school.clock.advance(timedelta(minutes=5))
    case = closed.corrected("tin_hoc", {GK: "9"})
    after = ask(school, Question.AFTER_CLOSE)
    assert after.verdict is Verdict.GROUNDED
    ((klass, _pupil, column, first, last, who, ground),) = after.rows
    assert (klass, column, last) == ("6A", "Tin học, ĐĐGgk học kì I", "9,0")
    assert first == f"{old.value // 10},{old.value % 10}"
    assert who.startswith(school.actor("tin_hoc").name)
    assert ground == "hồ sơ 01, Lê Văn Khải duyệt"
    approved = ask(school, Question.APPROVED_BY)
    assert "Không ai tự duyệt" in approved.sentences[1]
    assert [row[0] for row in approved.rows] == ["01"]
    assert "Hoàng Thị Lan Anh" in approved.rows[0][3]
    evidence = ask(school, Question.EVIDENCE)
    assert evidence.verdict is Verdict.ATTENTION
    assert evidence.rows[0][-1] == "biên bản in"
    work = workspace(school, "secretary")
    work.printing.print_correction_minutes(work.session.actor, case.id)
    evidence = ask(school, Question.EVIDENCE)
    assert (evidence.verdict, evidence.rows[0][-1]) == (Verdict.GROUNDED, "đủ")
    ended = ask(school, Question.ENDED_DIFFERENT)
    assert ended.verdict is Verdict.GROUNDED
    assert ended.rows[0][5] == "tăng"


def test_filling_by_a_late_opening_has_its_decision_as_ground(tmp_path: Path) -> None:
    school = make_school(tmp_path, pupils=2)
    kept = RecordBook(school)
    kept.open_entry()
    kept.enter("tin_hoc", {(1, "HK1.gk"): "7"})
    kept.close(Period.HK1, reason="Thiếu điểm, cho chốt")
    today = date(2026, 11, 23)
    kept.control.open_late(
        school.actor("principal"), school.class_id, None, Period.HK1, today, today, "77/QĐ", today
    )
    school.clock.advance(timedelta(minutes=5))
    kept.enter("tin_hoc", {GK: "8"})
    found = ask(school, Question.AFTER_CLOSE)
    assert found.verdict is Verdict.GROUNDED
    assert [(row[3], row[4], row[6]) for row in found.rows] == [
        ("(trống)", "8,0", "mở bổ sung, QĐ số 77/QĐ")
    ]


def test_a_change_after_the_close_without_case_or_decision_is_no_grounded_one(
    tmp_path: Path,
) -> None:
    school = make_school(tmp_path, pupils=2)
    kept = RecordBook(school)
    kept.open_entry()
    kept.enter("tin_hoc", {(1, "HK1.gk"): "7"})
    kept.close(Period.HK1, reason="Thiếu điểm, cho chốt")
    column = kept.column_ids("tin_hoc", "HK1.gk")[0]
    school.clock.advance(timedelta(minutes=5))
    with school.uow.write() as uow:
        change = CellChange(school.pupils[1], column, "7,0", "9,0")
        draft = TrailDraft("mark.set", {}, school.class_id, school.subjects["tin_hoc"], [change])
        uow.trail.append(draft, school.actor("tin_hoc"), school.clock.now())
        uow.commit()
    found = ask(school, Question.AFTER_CLOSE)
    assert found.verdict is Verdict.ATTENTION
    assert found.rows[0][-1] == "không thấy căn cứ"


def test_a_mark_rewritten_behind_the_program_is_named(closed: RecordBook) -> None:
    school = closed.school
    column = closed.column_ids("tin_hoc", "HK1.gk")[0]
    closed.tampered(
        f"UPDATE mark SET value = 100 WHERE assessment_id = {column} "
        f"AND pupil_id = {school.pupils[0]}"
    )
    whole = ask(school, Question.FILE_WHOLE)
    assert whole.verdict is Verdict.ATTENTION
    assert whole.rows[0][0] == "điểm khác nhật ký"
    assert "tệp “10,0”" in whole.rows[0][-1]


def test_a_refused_and_a_withdrawn_case_stay_with_who_and_why(closed: RecordBook) -> None:
    school = closed.school
    first = closed.registered("tin_hoc", {GK: "9"})
    closed.cases.check(school.actor("ngu_van"), first.id, "khớp")
    closed.cases.refuse(school.signer("principal"), first.id, "Bài kiểm tra không khớp")
    second = closed.declared("tin_hoc", {GK: "9"})
    closed.cases.withdraw(school.actor("tin_hoc"), second.id, "Xem lại bài, điểm đúng")
    found = ask(school, Question.NOT_CARRIED_OUT)
    assert [(row[0], row[3]) for row in found.rows] == [("01", "Bị từ chối"), ("02", "Đã rút")]
    assert found.rows[0][-1] == "Bài kiểm tra không khớp"
    assert school.actor("tin_hoc").name in found.rows[1][4]
    assert found.rows[1][-1] == "Xem lại bài, điểm đúng"
    assert ask(school, Question.APPROVED_BY).rows == ()


def test_a_book_printed_before_a_change_differs_from_today(closed: RecordBook) -> None:
    school = closed.school
    work = workspace(school, "secretary")
    work.printing.print_class_book(work.session.actor, school.class_id, BookScope.TERM_1)
    same = ask(school, Question.PRINTED_TODAY)
    assert (same.verdict, [row[3] for row in same.rows]) == (Verdict.CLEAR, ["đúng"])
    signed = ask(school, Question.PAPER_SIGNED)
    assert signed.verdict is Verdict.ATTENTION
    assert "giáo viên bộ môn ký" in signed.rows[0][3]
    assert signed.rows[0][4] == "chưa cất"
    closed.corrected("tin_hoc", {GK: "9"})
    other = ask(school, Question.PRINTED_TODAY)
    assert (other.verdict, other.rows[0][3]) == (Verdict.ATTENTION, "khác")
    assert other.rows[0][4] == "1 ô điểm đổi từ lúc in"


def test_a_teachers_own_book_is_compared_with_today_too(closed: RecordBook) -> None:
    school = closed.school
    work = workspace(school, "tin_hoc")
    order = TeacherBookOrder(school.subjects["tin_hoc"], Period.HK1, False)
    work.teacher_books.print(work.session.actor, school.class_id, order)
    assert [row[3] for row in ask(school, Question.PRINTED_TODAY).rows] == ["đúng"]
    closed.corrected("tin_hoc", {GK: "9"})
    assert [row[3] for row in ask(school, Question.PRINTED_TODAY).rows] == ["khác"]


def test_who_could_names_teachers_days_and_passwords_others_set(closed: RecordBook) -> None:
    school = closed.school
    school.accounts.reset_password(
        school.actor("admin"), school.accounts_by_key["tin_hoc"], "mot-hai-ba-bon-nam"
    )
    found = ask(school, Question.WHO_COULD)
    posts = {row[1]: row for row in found.rows}
    assert posts["Tin học"][2] == "Lý Thị Ngọc"
    assert posts["Chủ nhiệm"][3].startswith("rèn luyện")
    assert "Lý Thị Ngọc" in posts["Mật khẩu"][3]
    assert posts["Mật khẩu"][2] == "Đỗ Quang Huy"


def test_marks_typed_under_a_window_are_no_loose_writes_even_when_it_was_taken_back(
    tmp_path: Path,
) -> None:
    school = make_school(tmp_path, pupils=1)
    kept = RecordBook(school)
    kept.open_entry(Period.HK1)
    kept.enter("tin_hoc", {GK: "8"})
    with school.uow.read() as uow:
        (window,) = uow.control.windows(school.year_id)
    school.clock.advance(timedelta(minutes=5))
    kept.control.withdraw_window(school.actor("principal"), school.year_id, window.id, "43/QĐ")
    assert ask(school, Question.UNUSUAL_TIMES).verdict is Verdict.CLEAR
    kept.tampered("DELETE FROM entry_window")
    found = ask(school, Question.UNUSUAL_TIMES)
    assert found.verdict is Verdict.ATTENTION
    assert [row[0] for row in found.rows] == ["không có đợt nhập"]
    assert found.rows[0][4] == "Tin học, học kì I: 1 ô điểm"


def test_work_on_a_sunday_or_at_night_is_listed_and_no_accusation(tmp_path: Path) -> None:
    school = make_school(tmp_path, pupils=1)
    kept = RecordBook(school)
    kept.open_entry(Period.HK1)
    school.clock.move_to(datetime(2026, 11, 24, 20, 59, tzinfo=VIETNAM))
    kept.enter("tin_hoc", {GK: "8"})
    assert ask(school, Question.UNUSUAL_TIMES).rows == ()
    school.clock.move_to(datetime(2026, 11, 24, 21, 0, tzinfo=VIETNAM))
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    school.clock.advance(timedelta(minutes=40))
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "7"})
    school.clock.move_to(datetime(2026, 11, 29, 9, 0, tzinfo=VIETNAM))
    kept.enter("tin_hoc", {(0, "HK1.tx2"): "8"})
    found = ask(school, Question.UNUSUAL_TIMES)
    assert found.verdict is Verdict.SHOWN
    assert [row[1:] for row in found.rows] == [
        ("21:00–21:40 ngày 24/11/2026", "Lý Thị Ngọc", "6A", "Nhập điểm: 2 lần (2 ô điểm)"),
        ("09:00–09:00 ngày 29/11/2026", "Lý Thị Ngọc", "6A", "Nhập điểm: 1 lần (1 ô điểm)"),
    ]
    assert "Chủ nhật, trước 6 giờ, từ 21 giờ" in found.sentences[1]


def test_the_usual_hours_are_a_rule_of_the_school(tmp_path: Path) -> None:
    school = make_school(tmp_path, pupils=1)
    kept = RecordBook(school)
    kept.open_entry(Period.HK1)
    settle(school, {WORK_BEGINS.key: "8", WORK_ENDS.key: "22", SUNDAY_OFF.key: "0"})
    school.clock.move_to(datetime(2026, 11, 25, 7, 59, tzinfo=VIETNAM))
    kept.enter("tin_hoc", {GK: "8"})
    school.clock.move_to(datetime(2026, 11, 25, 21, 59, tzinfo=VIETNAM))
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    school.clock.move_to(datetime(2026, 11, 29, 9, 0, tzinfo=VIETNAM))
    kept.enter("tin_hoc", {(0, "HK1.tx2"): "8"})
    found = ask(school, Question.UNUSUAL_TIMES)
    assert [row[1] for row in found.rows] == ["07:59–07:59 ngày 25/11/2026"]
    assert "(trước 8 giờ, từ 22 giờ)" in found.sentences[1]


def test_one_class_is_asked_about_alone(closed: RecordBook) -> None:
    school = closed.school
    other = school.add_class("6B", pupils=1)
    closed.corrected("tin_hoc", {GK: "9"})
    assert ask(school, Question.ENDED_DIFFERENT, class_id=other).rows == ()
    assert ask(school, Question.EVIDENCE, class_id=other).rows == ()
    assert len(ask(school, Question.ENDED_DIFFERENT, class_id=school.class_id).rows) == 1


def test_the_case_of_1818_changes_is_answered_whole(tmp_path: Path) -> None:
    case = announced_school(tmp_path)
    found = ask(case.school, Question.ENDED_DIFFERENT)
    differs = {cell for cell, value in case.ended.items() if value != case.began[cell]}
    assert len(found.rows) == len(differs)
    assert found.verdict is Verdict.ATTENTION
    assert "39 người sửa" in found.sentences[0]


def test_a_primary_school_is_answered_in_its_own_words(tmp_path: Path) -> None:
    primary = make_primary(tmp_path)
    for level in ("C", "H", "T"):
        primary.enter("toan", {(0, f"CK1.{LEVEL_CODE}"): level})
    ((_, _, column, first, last, direction, *_),) = ask(
        primary.school, Question.ENDED_DIFFERENT
    ).rows
    assert (column, first, last, direction) == (
        "Toán, Mức đạt được cuối học kì I", "C", "T", "tăng",
    )  # fmt: skip
    for question in Question:
        assert ask(primary.school, question).sentences


@pytest.mark.parametrize("who", ["toan", "tin_hoc"])
def test_teachers_do_not_ask(closed: RecordBook, who: str) -> None:
    with pytest.raises(AccessDenied):
        ask(closed.school, Question.AFTER_CLOSE, who)


def test_the_paper_and_the_workbook_hold_all_ten(closed: RecordBook) -> None:
    school = closed.school
    work = workspace(school, "inspector")
    actor, scope = work.session.actor, ChangeScope(school.year_id)
    before = school.trail_kinds()
    done = work.inquiries.print(actor, scope)
    assert school.trail_kinds() == [*before, "print.run"]
    assert done.payload.run.title == (
        "Phiếu trả lời thanh tra, 10 câu, toàn trường, ngày 23/11/2026"
    )
    one = work.inquiries.print(
        actor, ChangeScope(school.year_id, class_id=school.class_id), [Question.WHO_COULD]
    )
    assert "câu 6, lớp 6A" in one.payload.run.title
    assert one.payload.run.class_id == school.class_id
    with pytest.raises(RuleRefused) as nothing:
        work.inquiries.print(actor, scope, [])
    assert nothing.value.code == "nothing_to_print"
    tables = answer_tables(work.inquiries.answers(actor, scope))
    assert len(tables) == len({table.name for table in tables}) == len(Question)
    assert all(len(table.name) <= 31 for table in tables)
    assert work.tables.workbook(tables, "Mười câu hỏi")
