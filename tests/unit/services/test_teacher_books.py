"""Sổ của giáo viên: what it says, who may print it when, and how it is handed in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.paper_life import PaperStep, steps_of
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.print_runs import TEACHER_BOOK, TEACHER_BOOK_BLANK
from app.domain.subjects import SubjectKind
from app.errors import AccessDenied, RuleRefused
from app.progress import Cancelled
from app.readmodels.class_book import BookCell
from app.readmodels.teacher_book import TeacherTally
from app.services.paper_board import PaperBoards
from app.services.print_comparing import run_differs
from app.services.print_register import PrintRegisters
from app.services.roster import Roster
from app.services.teacher_book_assembly import TeacherBookOrder, assemble_teacher_book
from app.services.teacher_books import TeacherBooks
from exports.press import Paper
from tests.exports.pdf_reading import all_text
from tests.support.primary_school import make_primary
from tests.support.record_book import RecordBook, book
from tests.support.school import TestSchool, make_school


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """Three pupils, both terms full, nothing closed."""
    kept = book(make_school(tmp_path, pupils=3))
    kept.fill()
    return kept


def press(school: TestSchool) -> TeacherBooks:
    return TeacherBooks(school.uow, school.clock, Paper())


def order(school: TestSchool, code: str, until=Period.HK1, *, blank=False) -> TeacherBookOrder:
    return TeacherBookOrder(school.subjects[code], until, blank)


def assembled(school: TestSchool, wanted: TeacherBookOrder):
    with school.uow.read() as uow:
        return assemble_teacher_book(uow, school.class_id, wanted, school.clock.today())


def printed(school: TestSchool, wanted: TeacherBookOrder, who: str):
    return press(school).print(school.actor(who), school.class_id, wanted).payload.run


def freeze(school: TestSchool) -> None:
    Roster(school.uow, school.clock).freeze(school.actor("secretary"), school.class_id)


def heads(part) -> list[str]:
    return [f"{' '.join(column.heads)}{column.low}" for column in part.columns]


# --- what it says


def test_a_subject_with_marks_has_the_columns_of_tt22(kept):
    found = assembled(kept.school, order(kept.school, "tin_hoc", Period.HK2))
    first, second = found.parts
    assert heads(first) == ["ĐĐG 1tx", "ĐĐG 2tx", "ĐĐGgk", "ĐĐGck", "ĐTBmhkI"]
    assert heads(second)[-2:] == ["ĐTBmhkII", "ĐTBmcn"]
    assert found.teachers == ("Lý Thị Ngọc",)
    facts = kept.facts("tin_hoc")
    for at, row in enumerate(first.rows):
        for column, key in enumerate(("HK1.tx1", "HK1.tx2", "HK1.gk", "HK1.ck")):
            value = facts.cell(facts.columns[key].id, kept.school.pupils[at]).value
            assert row.cells[column] == BookCell(f"{value // 10},{value % 10}")
    assert first.tallies == (TeacherTally("Đạt", 3, 3), TeacherTally("Chưa đạt", 0, 3))


def test_a_subject_with_levels_has_its_own_columns(kept):
    first, second = assembled(kept.school, order(kept.school, "gdtc", Period.HK2)).parts
    assert heads(first) == [
        *["Mức đánh giá Thường xuyên"] * 2,
        "Mức đánh giá Giữa kì",
        "Mức đánh giá Cuối kì",
        "Mức đánh giá Học kì",
    ]
    assert heads(second)[-1] == "Mức đánh giá Cả năm"
    assert {cell.text for row in second.rows for cell in row.cells} == {"Đ"}


def test_a_book_until_the_first_term_has_nothing_of_the_second(kept):
    (only,) = assembled(kept.school, order(kept.school, "toan")).parts
    assert only.title == "HỌC KÌ I"


def test_a_blank_book_has_names_and_columns_and_nothing_else(kept):
    found = assembled(kept.school, order(kept.school, "toan", Period.HK2, blank=True))
    assert [part.title for part in found.parts] == ["HỌC KÌ I", "HỌC KÌ II"]
    assert len(found.pupils) == 3
    assert all(part.rows == () for part in found.parts)
    assert all(tally.count is None for part in found.parts for tally in part.tallies)


def test_comments_of_the_term_stand_beside_the_marks(kept):
    kept.enter("tin_hoc", {(1, "HK1.comment"): "Tiến bộ rõ."})
    (part,) = assembled(kept.school, order(kept.school, "tin_hoc")).parts
    assert [row.comment for row in part.rows] == ["", "Tiến bộ rõ.", ""]


def test_corrected_marks_keep_what_they_replaced(kept):
    kept.close(Period.HK1)
    old = kept.facts("tin_hoc").cell(kept.column_ids("tin_hoc", "HK1.gk")[0], kept.school.pupils[0])
    kept.corrected("tin_hoc", {(0, "HK1.gk"): "9,9"})
    (part,) = assembled(kept.school, order(kept.school, "tin_hoc")).parts
    struck = f"{old.value // 10},{old.value % 10}"
    assert part.rows[0].cells[2] == BookCell("9,9", (struck,))


def test_a_primary_book_has_two_ky_side_by_side_and_counts_its_levels(tmp_path):
    primary = make_primary(tmp_path, grade=4, pupils=2)
    primary.fill(Period.GK1, "T")
    primary.fill(Period.CK1, "H", "9")
    school = primary.school
    code = next(c for c in school.subjects if c.startswith("tieng_viet"))
    (half,) = assembled(school, order(school, code, Period.CK1)).parts
    assert half.title == "HỌC KÌ I"
    # Grade 4 has a test in the middle of the term too (TT27/2020, Điều 7).
    assert heads(half) == [
        "Giữa học kì I Mức đạt được",
        "Giữa học kì I Điểm KTĐK",
        "Cuối học kì I Mức đạt được",
        "Cuối học kì I Điểm KTĐK",
    ]
    assert [cell.text for cell in half.rows[0].cells] == ["T", "10", "H", "9"]
    assert half.tallies[1] == TeacherTally("Hoàn thành", 2, 2)
    traits = assembled(school, order(school, "pc_nl", Period.CN, blank=True)).parts
    assert [part.title for part in traits] == [period.label.upper() for period in PRIMARY_TERMS]
    assert all(len(part.columns) == 15 for part in traits)
    assert press(school).periods(school.class_id) == PRIMARY_TERMS


# --- who and when


def test_a_blank_book_waits_for_the_frozen_list(kept):
    school = kept.school
    wanted = order(school, "toan", Period.HK2, blank=True)
    with pytest.raises(RuleRefused) as caught:
        printed(school, wanted, "toan")
    assert caught.value.code == "roster_not_frozen"
    freeze(school)
    run = printed(school, wanted, "toan")
    assert (run.kind, run.subject_id, run.period) == (
        TEACHER_BOOK_BLANK,
        school.subjects["toan"],
        "",
    )
    assert run.title == "Sổ của giáo viên, lớp 6A, Toán, để ghi tay"
    assert school.trail_kinds()[-1] == "print.run"


def test_a_filled_book_waits_for_the_close(kept):
    school = kept.school
    with pytest.raises(RuleRefused) as caught:
        printed(school, order(school, "toan"), "toan")
    assert caught.value.code == "not_closed"
    assert press(school).preview(school.actor("toan"), school.class_id, order(school, "toan")).pages
    kept.close(Period.HK1)
    run = printed(school, order(school, "toan"), "toan")
    assert (run.kind, run.period) == (TEACHER_BOOK, "HK1")


def test_teachers_print_their_own_subjects_only(kept):
    school = kept.school
    freeze(school)
    books = press(school)
    mine = books.subjects(school.actor("tin_hoc"), school.class_id)
    assert [one.id for one in mine] == [school.subjects["tin_hoc"]]
    assert len(books.subjects(school.actor("secretary"), school.class_id)) == len(school.subjects)
    for act in (books.print, books.preview):
        with pytest.raises(AccessDenied) as caught:
            act(
                school.actor("tin_hoc"),
                school.class_id,
                order(school, "toan", Period.HK2, blank=True),
            )
        assert caught.value.code == "not_your_subject"


def test_a_subject_the_class_does_not_study_is_refused(kept):
    school = kept.school
    with pytest.raises(RuleRefused) as caught:
        assembled(school, TeacherBookOrder(987, Period.HK1))
    assert caught.value.code == "subject_not_taught"


def test_a_post_that_ended_prints_no_more(kept):
    school = kept.school
    freeze(school)
    stale = school.actor("tin_hoc")
    other = school.accounts_by_key["toan"]
    school.clock.advance(timedelta(days=1))
    school.assignments.assign(
        school.actor("principal"), school.class_id, school.subjects["tin_hoc"], other,
        school.clock.today(),
    )  # fmt: skip
    with pytest.raises(AccessDenied):
        press(school).print(
            stale, school.class_id, order(school, "tin_hoc", Period.HK2, blank=True)
        )


def test_the_office_prints_every_book_of_the_school_a_run_each(kept):
    school = kept.school
    books, secretary = press(school), school.actor("secretary")
    with pytest.raises(RuleRefused) as caught:
        books.print_all(secretary, school.year_id, Period.HK2, blank=True)
    assert caught.value.code == "roster_not_frozen"
    freeze(school)
    said: list[str] = []
    result = books.print_all(
        secretary,
        school.year_id,
        Period.HK2,
        blank=True,
        progress=lambda _done, _total, note="": said.append(note),
    )
    made = result.payload.runs
    assert [run.subject_id for run in made] == [
        one.id for one in books.subjects(secretary, school.class_id)
    ]
    assert [run.number for run in made] == list(range(1, len(made) + 1))
    assert said[0] == "Lớp 6A, Ngữ văn"
    with pytest.raises(AccessDenied):
        books.print_all(school.actor("toan"), school.year_id, Period.HK2, blank=True)


def test_a_cancel_keeps_what_is_finished(kept):
    school = kept.school
    freeze(school)

    def stop(_done: int, _total: int, note: str = "") -> None:
        if note.endswith("Ngoại ngữ 1"):
            raise Cancelled

    with pytest.raises(Cancelled):
        press(school).print_all(
            school.actor("secretary"), school.year_id, Period.HK2, blank=True, progress=stop
        )
    with school.uow.read() as uow:
        assert len(uow.prints.of_year(school.year_id)) == 2


# --- afterwards


def test_a_filled_book_differs_after_a_correction_and_a_blank_one_never(kept):
    school = kept.school
    freeze(school)
    kept.close(Period.HK1)
    blank = printed(school, order(school, "tin_hoc", Period.HK2, blank=True), "tin_hoc")
    filled = printed(school, order(school, "tin_hoc"), "tin_hoc")
    other = printed(school, order(school, "toan"), "toan")
    kept.corrected("tin_hoc", {(0, "HK1.gk"): "9,9"})
    with school.uow.read() as uow:
        assert [run_differs(uow, run) for run in (blank, filled, other)] == [False, True, False]


def test_it_walks_from_the_signatures_to_the_office_where_it_is_handed_in(kept):
    """M32, M193: signed and sealed in September, with its teacher all year, then handed in."""
    school = kept.school
    freeze(school)
    run = printed(school, order(school, "tin_hoc", Period.HK2, blank=True), "tin_hoc")
    board, secretary = PaperBoards(school.uow, school.clock), school.actor("secretary")

    def row():
        return next(one for one in board.board(secretary, school.year_id).rows if one.id == run.id)

    today = school.clock.today()
    assert [one.name for one in row().life.signers] == ["Lý Thị Ngọc"]
    board.note_step(
        secretary, run.id, PaperStep.TEACHERS, today, persons=[row().life.signers[0].account_id]
    )
    board.note_step(secretary, run.id, PaperStep.PRINCIPAL, today)
    board.note_step(secretary, run.id, PaperStep.STAMP, today)
    assert row().life.with_teacher
    assert row().awaited == ("Lý Thị Ngọc",)
    assert not row().is_open, "its teacher uses it"
    with pytest.raises(RuleRefused) as early:
        board.note_step(secretary, run.id, PaperStep.STORE, today, people="Mai", place="Tủ 1")
    assert early.value.code == "paper_step_early"
    with school.uow.read() as uow:
        ends = uow.school.year(school.year_id).ends_on
    school.clock.advance(ends - today)
    assert row().is_open, "the year is over: it is due"
    assert row().days == 0
    school.clock.advance(timedelta(days=40))
    assert row().is_late
    board.note_step(secretary, run.id, PaperStep.HAND_IN, ends, note="giáp lai đủ")
    assert row().life.noted(PaperStep.HAND_IN)[0].people == "Lý Thị Ngọc"
    board.note_step(secretary, run.id, PaperStep.STORE, ends, people="Mai", place="Tủ 1")
    assert row().is_kept
    assert row().life.current is None
    registers = PrintRegisters(school.uow, school.clock, Paper())
    text = " ".join(all_text(registers.print(secretary, school.year_id).payload.pdf))
    assert f"Lý Thị Ngọc nộp ngày {ends:%d/%m/%Y}, giáp lai đủ" in text


def test_both_kinds_have_the_same_stations():
    assert steps_of(TEACHER_BOOK) == steps_of(TEACHER_BOOK_BLANK)
    assert PaperStep.HAND_IN in steps_of(TEACHER_BOOK)


def test_every_kind_of_subject_can_be_printed(kept):
    school = kept.school
    with school.uow.read() as uow:
        kinds = {one.kind for one in uow.school.subjects(school.class_id)}
    assert kinds == {SubjectKind.MARKS, SubjectKind.COMMENTS}
    actor = school.actor("secretary")
    for code in school.subjects:
        assert press(school).preview(actor, school.class_id, order(school, code)).pages == 4
