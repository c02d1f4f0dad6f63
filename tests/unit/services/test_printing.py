"""In sổ: numbered runs, kept bytes, struck corrections, and what is refused."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.marks import CellState
from app.domain.periods import Period
from app.domain.roles import Role, RoleGrant
from app.errors import AccessDenied, AppError
from app.readmodels.class_book import BookPeriod, BookScope, ClassBook, class_book_digest
from app.services.book_assembly import assemble_book
from app.services.printing import Printing
from exports.press import Paper, Tables
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """Three pupils, both terms full, nothing closed."""
    kept = book(make_school(tmp_path, pupils=3))
    kept.fill()
    return kept


@pytest.fixture
def closed(kept) -> RecordBook:
    kept.close()
    return kept


def press(kept: RecordBook, paper=None) -> Printing:
    return Printing(kept.school.uow, kept.school.clock, paper or Paper(), Tables())


def official(kept: RecordBook, scope: BookScope = BookScope.TERM_1, who: str = "secretary", **more):
    actor = kept.school.actor(who)
    return press(kept, **more).print_class_book(actor, kept.school.class_id, scope).payload


def page(made: ClassBook, subject: str, period: BookPeriod = BookPeriod.TERM_1):
    return next(p for p in made.pages if (p.subject, p.period) == (subject, period))


def refused(call) -> AppError:
    with pytest.raises(AppError) as caught:
        call()
    assert caught.value.sentence.endswith(".")
    return caught.value


def runs(kept: RecordBook):
    return press(kept).runs(kept.school.year_id)


def test_an_official_run_waits_for_the_close_and_for_the_right_office(kept):
    for scope, words in ((BookScope.TERM_1, "Học kì I"), (BookScope.YEAR, "Học kì II")):
        error = refused(lambda scope=scope: official(kept, scope))
        assert error.code == "not_closed"
        assert words in error.sentence
    kept.close(Period.HK1)
    assert refused(lambda: official(kept, BookScope.YEAR)).code == "not_closed"
    for who in ("homeroom", "tin_hoc"):
        error = refused(lambda who=who: official(kept, who=who))
        assert isinstance(error, AccessDenied)
    assert runs(kept) == ()


def test_a_preview_is_a_draft_that_keeps_nothing(kept):
    before = kept.school.trail_kinds()
    pdf = press(kept).preview_class_book(kept.school.class_id, BookScope.TERM_1)
    assert pdf.content.startswith(b"%PDF")
    assert runs(kept) == ()
    assert kept.school.trail_kinds() == before


def test_runs_are_numbered_and_their_very_bytes_kept(closed):
    first = official(closed)
    closed.school.clock.advance(timedelta(minutes=1))
    second = official(closed, BookScope.YEAR)
    assert [r.number for r in runs(closed)] == [2, 1]
    for done in (first, second):
        content = press(closed).content(done.run.id)
        assert content == done.pdf.content
        assert hashlib.sha256(content).hexdigest() == done.run.file_digest
        assert done.run in runs(closed)
    assert (first.run.period, second.run.period) == ("HK1", "HK2")
    with closed.school.uow.read() as uow:
        made = assemble_book(
            uow, closed.school.class_id, BookScope.TERM_1, closed.school.clock.today()
        )
        (entry,) = uow.trail.entries(newest=1, kind="print.")
        beside = uow.prints.files(second.run.id)
        assert uow.prints.bytes_of_year(closed.school.year_id) == sum(
            len(content) for content in (first.pdf.content, second.pdf.content, *beside.values())
        )
        assert {"so-diem.xlsx", "du-lieu-da-chot.json", "csv/danh-sach.csv"} <= beside.keys()
        for content in beside.values():
            assert hashlib.sha256(content).hexdigest() in entry.detail
        assert uow.prints.bytes_of_year(999) == 0
    assert class_book_digest(made).hex == first.run.data_digest
    assert second.run.file_digest in entry.detail
    assert refused(lambda: press(closed).content(999)).code == "not_found"


def test_the_same_data_at_the_same_moment_print_the_same_bytes(closed):
    one = press(closed).preview_class_book(closed.school.class_id, BookScope.TERM_1)
    two = press(closed).preview_class_book(closed.school.class_id, BookScope.TERM_1)
    assert one.content == two.content


def test_the_book_says_what_the_grid_says(kept):
    kept.marks.set_state(
        kept.school.actor("tin_hoc"),
        kept.sheet("tin_hoc"),
        [kept.key(0, "HK1.gk")],
        CellState.ZERO_ABSENT,
        "bỏ thi",
    )
    made = press(kept).book(kept.school.class_id, BookScope.YEAR)
    facts = kept.facts("tin_hoc")
    row = page(made, "Tin học").rows[0]
    view = kept.marks.open(kept.school.actor("tin_hoc"), kept.sheet("tin_hoc"))
    shown = dict(zip((c.key for c in view.columns), view.cells[0], strict=True))
    typed = [*(c.text for c in row.regular), row.midterm.text, row.final.text]
    keys = [key for key in facts.columns if key.startswith("HK1.")]
    assert typed == [shown[key].text for key in keys]
    assert row.term_result.text == shown["HK1.avg"].text
    last = page(made, "Tin học", BookPeriod.TERM_2).rows[0]
    assert last.year_result.text == shown["YEAR.avg"].text
    assert row.note == "vắng KT"
    assert (made.homeroom_teacher, made.principal) == ("Nguyễn Thị Bình", "Lê Văn Khải")


def test_corrections_are_shown_struck_with_their_numbers(closed):
    closed.corrected("ngu_van", {(0, "HK1.gk"): "1"})
    was = closed.cell("tin_hoc", 0, "HK1.gk").value
    closed.corrected("tin_hoc", {(0, "HK1.gk"): "9,5", (1, "HK1.gk"): ""})
    closed.corrected("tin_hoc", {(0, "HK1.gk"): "9,7"})
    abandoned = closed.declared("tin_hoc", {(0, "HK1.ck"): "1"})
    closed.cases.withdraw(closed.school.actor("tin_hoc"), abandoned.id, "")
    rows = page(press(closed).book(closed.school.class_id, BookScope.TERM_1), "Tin học").rows
    assert rows[0].midterm.text == "9,7"
    assert rows[0].midterm.struck == (f"{was // 10},{was % 10}", "9,5")
    assert rows[0].note == "sửa theo hồ sơ 02; sửa theo hồ sơ 03"
    assert (rows[1].midterm.text, len(rows[1].midterm.struck)) == ("", 1)
    assert (rows[0].final.struck, rows[2].note) == ((), "")
    assert press(closed).preview_class_book(closed.school.class_id, BookScope.TERM_1).pages


def test_case_numbers_are_those_of_the_year_not_of_the_file(tmp_path):
    kept = book(make_school(tmp_path, pupils=1))
    kept.fill()
    kept.close()
    kept.corrected("tin_hoc", {(0, "HK1.gk"): "0"})
    # In a file of ten years a case's number is not its key.
    kept.tampered("UPDATE correction SET number = 41")
    rows = page(press(kept).book(kept.school.class_id, BookScope.TERM_1), "Tin học").rows
    assert rows[0].note == "sửa theo hồ sơ 41"


def test_a_print_differs_after_a_correction_and_not_because_people_changed(closed):
    school = closed.school
    term, year = official(closed).run, official(closed, BookScope.YEAR).run
    assert not press(closed).differs(term)
    school.clock.advance(timedelta(days=7))
    vice = school.accounts_by_key["vice"]
    with school.uow.write() as uow:
        uow.accounts.end_grants(
            school.accounts_by_key["principal"], Role.PRINCIPAL, date(2026, 11, 25)
        )
        uow.accounts.add_grant(RoleGrant(vice, Role.PRINCIPAL, date(2026, 11, 26)))
        uow.commit()
    made = press(closed).book(school.class_id, BookScope.TERM_1)
    assert made.principal == "Phạm Thị Hồng Nhung"
    assert not press(closed).differs(term)
    with school.uow.write() as uow:
        uow.accounts.add_grant(
            RoleGrant(school.accounts_by_key["principal"], Role.PRINCIPAL, date(2026, 11, 26))
        )
        uow.commit()
    closed.corrected("tin_hoc", {(0, "HK2.gk"): "0"})
    assert press(closed).differs(year)
    assert not press(closed).differs(term)
    closed.corrected("tin_hoc", {(0, "HK1.gk"): "0"})
    assert press(closed).differs(term)


class Interrupting(Paper):
    """Lets something happen while the pages are being drawn."""

    def __init__(self, act) -> None:
        self._act = act

    def class_book(self, book, stamp, progress):
        act, self._act = self._act, lambda: None
        act()
        return super().class_book(book, stamp, progress)


@pytest.mark.parametrize("what", ["data", "number"])
def test_what_changes_while_printing_throws_the_run_away(closed, what):
    def change():
        if what == "data":
            closed.corrected("tin_hoc", {(0, "HK1.gk"): "0"})
        else:
            official(closed, BookScope.YEAR)

    error = refused(lambda: official(closed, paper=Interrupting(change)))
    assert error.code == "changed_while_printing"
    assert len(runs(closed)) == (0 if what == "data" else 1)
    assert official(closed).run.number == len(runs(closed))


class Broken(Paper):
    """A press that fails half way."""

    def class_book(self, book, stamp, progress):
        raise AppError("glyph_missing", "Chữ không in được.")


def test_a_press_that_fails_keeps_nothing(closed):
    before = closed.school.trail_kinds()
    assert refused(lambda: official(closed, paper=Broken())).code == "glyph_missing"
    assert runs(closed) == ()
    assert closed.school.trail_kinds() == before


def test_minutes_are_printed_by_the_office_or_the_cases_own_people(closed):
    case = closed.corrected("tin_hoc", {(0, "HK1.gk"): "0"})
    printing = press(closed)
    for who in ("gdcd", "khtn"):
        actor = closed.school.actor(who)
        error = refused(lambda actor=actor: printing.print_correction_minutes(actor, case.id))
        assert isinstance(error, AccessDenied)
    numbers = []
    for who in ("secretary", "tin_hoc", "ngu_van", "principal"):
        done = printing.print_correction_minutes(closed.school.actor(who), case.id).payload
        numbers.append(done.run.number)
        assert done.run.correction_id == case.id
        assert printing.content(done.run.id) == done.pdf.content
    assert numbers == [1, 2, 3, 4]
    assert len({r.data_digest for r in runs(closed)}) == 1
    waiting = closed.declared("tin_hoc", {(1, "HK1.gk"): "0"})
    secretary = closed.school.actor("secretary")
    assert refused(lambda: printing.print_correction_minutes(secretary, waiting.id)).code == (
        "not_applied"
    )
    assert not printing.differs(replace(runs(closed)[0]))


def test_a_closed_account_prints_no_minutes_of_its_own_case(closed):
    case = closed.corrected("tin_hoc", {(0, "HK1.gk"): "0"})
    teacher = closed.school.actor("tin_hoc")
    accounts = closed.school.accounts_by_key
    closed.school.accounts.disable(closed.school.actor("principal"), accounts["tin_hoc"])
    error = refused(lambda: press(closed).print_correction_minutes(teacher, case.id))
    assert isinstance(error, AccessDenied)
    assert runs(closed) == ()


def test_an_office_ended_while_a_book_is_drawn_keeps_nothing(closed):
    secretary = closed.school.actor("secretary")
    accounts = closed.school.accounts_by_key

    class Slow(Paper):
        def class_book(self, *arguments):
            principal = closed.school.actor("principal")
            closed.school.accounts.disable(principal, accounts["secretary"])
            return super().class_book(*arguments)

    printing = press(closed, paper=Slow())
    error = refused(
        lambda: printing.print_class_book(secretary, closed.school.class_id, BookScope.TERM_1)
    )
    assert isinstance(error, AccessDenied)
    assert runs(closed) == ()
