"""In cả trường: every ready class a whole run, in order, whatever happens to one of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.batch_press import DrawnBook
from app.errors import AccessDenied, AppError, EnvironmentProblem
from app.progress import Cancelled
from app.readmodels.class_book import BookPart, BookScope
from app.readmodels.report_booklet import BookletPart
from app.services.batch_printing import BatchOutcome, BatchPrinting
from app.services.book_printing import BookOrder
from app.services.booklet_printing import BookletOrder
from app.services.printing import Printing
from exports.batch import ParallelBooks, draw_book
from exports.press import Paper, Tables
from tests.support.record_book import RecordBook, book
from tests.support.school import invented_pupil, make_school

OPENING = BookOrder(part=BookPart.OPENING)


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """Four classes of which three have their list frozen."""
    kept = book(make_school(tmp_path, pupils=2))
    school = kept.school
    secretary = school.actor("secretary")
    for name in ("6B", "6C", "6D"):
        school.setup.add_class(school.actor("principal"), school.year_id, 6, name)
    for klass in classes(kept):
        if klass.name != "6C":
            if klass.id != school.class_id:
                add_pupil(kept, klass.id)
            school.rosters.freeze(secretary, klass.id)
    return kept


def classes(kept: RecordBook):
    return kept.school.setup.classes(kept.school.year_id)


def add_pupil(kept: RecordBook, class_id) -> None:
    number = 100 + class_id
    kept.school.rosters.add_pupil(kept.school.actor("secretary"), class_id, invented_pupil(number))


def batch(kept: RecordBook, press=None) -> BatchPrinting:
    hands = press or ParallelBooks(processes=1)
    return BatchPrinting(kept.school.uow, kept.school.clock, hands, Tables())


def print_all(kept: RecordBook, press=None, order=OPENING, who="secretary", **more) -> BatchOutcome:
    actor = kept.school.actor(who)
    return batch(kept, press).print_all(actor, kept.school.year_id, order, **more).payload


def runs(kept: RecordBook):
    return Printing(kept.school.uow, kept.school.clock, Paper(), Tables()).runs(kept.school.year_id)


def names(kept: RecordBook, outcome: BatchOutcome) -> list[str]:
    by_id = {klass.id: klass.name for klass in classes(kept)}
    return [by_id[run.class_id] for run in outcome.runs]


def test_every_ready_class_gets_a_run_and_the_others_their_reason(kept):
    plan = batch(kept).plan(kept.school.year_id, OPENING)
    assert [klass.name for klass in plan.ready] == ["6A", "6B", "6D"]
    outcome = print_all(kept)
    assert names(kept, outcome) == ["6A", "6B", "6D"]
    assert [run.number for run in outcome.runs] == [1, 2, 3]
    (left_out,) = outcome.refused
    assert left_out.class_name == "6C"
    assert "chưa chốt danh sách" in left_out.sentence
    assert not outcome.stopped
    assert len([kind for kind in kept.school.trail_kinds() if kind == "print.run"]) == 3


def test_a_run_of_the_batch_is_the_run_printed_alone(kept):
    whole = BookOrder(BookScope.YEAR)
    kept.fill()
    kept.close()
    press = Printing(kept.school.uow, kept.school.clock, Paper(), Tables())
    (run,) = print_all(kept, order=whole).runs
    single = press.print_class_book(
        kept.school.actor("secretary"), kept.school.class_id, BookScope.YEAR
    ).payload.run
    assert run.data_digest == single.data_digest
    assert (run.pages, run.title) == (single.pages, single.title)
    with kept.school.uow.read() as uow:
        assert uow.prints.files(run.id) == uow.prints.files(single.id)
        assert uow.prints.files(run.id)["du-lieu-da-chot.json"]


def test_nothing_ready_is_said(kept):
    with pytest.raises(AppError) as caught:
        print_all(kept, order=BookOrder(BookScope.YEAR))
    assert caught.value.code == "nothing_to_print"
    assert "chưa chốt" in caught.value.sentence


@pytest.mark.parametrize("who", ["homeroom", "tin_hoc"])
def test_only_the_office_prints_the_school(kept, who):
    with pytest.raises(AccessDenied):
        print_all(kept, who=who)
    assert runs(kept) == ()


def test_stopping_keeps_whole_runs_only(kept):
    class StopsAfterOne:
        done = 0

        def __call__(self, done, total, note=""):
            assert total == 3
            if done:
                raise Cancelled

    outcome = print_all(kept, progress=StopsAfterOne())
    assert outcome.stopped
    assert names(kept, outcome) == ["6A"]
    assert [run.number for run in runs(kept)] == [1]
    again = print_all(kept)
    assert [run.number for run in again.runs] == [2, 3, 4]


def test_stopping_before_the_first_book_keeps_nothing(kept):
    def stop(*_):
        raise Cancelled

    outcome = print_all(kept, progress=stop)
    assert outcome.stopped
    assert outcome.runs == ()
    assert runs(kept) == ()


class Hands:
    """Draws ahead like two processes, and lets a test meddle before a book is given back."""

    def __init__(self, before=None, refuse=None):
        self.before, self.refuse = before, refuse
        self.walks = 0

    def books(self, jobs, count, still_wanted):
        self.walks += 1
        ahead = []
        for job in jobs:
            ahead.append(job)
            if len(ahead) > 1:
                yield self.drawn(ahead.pop(0))
            still_wanted()
        for job in ahead:
            yield self.drawn(job)

    def drawn(self, job) -> DrawnBook:
        if self.before is not None:
            before, self.before = self.before, None
            before()
        if job.book.class_name == self.refuse:
            raise AppError("glyph_missing", "Không in được ký tự.")
        return draw_book(job)


def rename(kept: RecordBook, pupil) -> None:
    class_id = kept.school.class_id
    with kept.school.uow.read() as uow:
        profile = next(e.profile for e in uow.roster.entries(class_id) if e.pupil_id == pupil)
    kept.school.rosters.edit_profile(
        kept.school.actor("secretary"), class_id, pupil, replace(profile, address="Thôn 7")
    )


def test_a_class_that_changes_is_left_out_and_the_numbers_close_up(kept):
    hands = Hands(before=lambda: rename(kept, kept.school.pupils[0]))
    outcome = print_all(kept, hands)
    assert names(kept, outcome) == ["6B", "6D"]
    assert [run.number for run in outcome.runs] == [1, 2]
    assert {one.class_name for one in outcome.refused} == {"6A", "6C"}
    assert "vừa thay đổi" in next(o.sentence for o in outcome.refused if o.class_name == "6A")
    assert hands.walks == 2


def test_hoc_ba_of_every_class_follow_the_books_in_the_same_go(kept):
    sheet = BookletOrder(BookletPart.OPENING, copies=2)
    hands = Hands()
    outcome = print_all(kept, hands, also=(sheet,))
    assert names(kept, outcome) == ["6A", "6B", "6D", "6A", "6B", "6D"]
    assert [run.number for run in outcome.runs] == [1, 2, 3, 4, 5, 6]
    assert [run.copies for run in outcome.runs] == [1, 1, 1, 2, 2, 2]
    assert hands.walks == 1
    assert [one.class_name for one in outcome.refused] == ["6C", "6C"]


def test_a_class_that_changes_loses_one_paper_and_keeps_its_other(kept):
    hands = Hands(before=lambda: rename(kept, kept.school.pupils[0]))
    outcome = print_all(kept, hands, also=(BookletOrder(BookletPart.OPENING),))
    assert names(kept, outcome) == ["6B", "6D", "6A", "6B", "6D"]
    assert [run.number for run in outcome.runs] == [1, 2, 3, 4, 5]


def test_a_book_that_cannot_be_drawn_is_left_out(kept):
    outcome = print_all(kept, Hands(refuse="6B"))
    assert names(kept, outcome) == ["6A", "6D"]
    assert [run.number for run in outcome.runs] == [1, 2]
    assert [o.sentence for o in outcome.refused if o.class_name == "6B"] == ["Không in được ký tự."]


def test_a_dead_process_ends_the_batch_with_its_sentence_and_keeps_what_is_kept(kept):
    class Dies(Hands):
        def drawn(self, job):
            if job.book.class_name == "6D":
                raise EnvironmentProblem("print_worker_died", "Một tiến trình bị dừng.")
            return super().drawn(job)

    with pytest.raises(EnvironmentProblem):
        print_all(kept, Dies())
    assert [run.number for run in runs(kept)] == [2, 1]


def test_an_office_ended_on_the_way_keeps_nothing_more(kept):
    accounts = kept.school.accounts_by_key

    class Slow(Hands):
        def drawn(self, job):
            if job.book.class_name == "6B":
                principal = kept.school.actor("principal")
                kept.school.accounts.disable(principal, accounts["secretary"])
            return super().drawn(job)

    with pytest.raises(AccessDenied):
        print_all(kept, Slow())
    assert [run.number for run in runs(kept)] == [1]
