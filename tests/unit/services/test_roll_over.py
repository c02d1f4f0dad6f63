"""Chuyển năm học: what is made, what stays, and everything that is refused."""

from datetime import date, datetime, timedelta

import pytest

from app.changes import Topic
from app.clock import VIETNAM, SetClock
from app.domain.roles import Role
from app.domain.roll_over import ClassMove, Fate, TeacherCarry
from app.errors import AccessDenied, AppError, RuleRefused
from app.progress import Cancelled
from app.readmodels.class_book import BookScope, class_book_digest
from app.readmodels.roll_over import RollOverChoice
from app.services.backups import Backups
from app.services.book_assembly import assemble_book
from app.services.class_results import ClassResults
from app.services.roll_over import RollOver
from app.services.subject_plans import SubjectPlans
from tests.support.record_book import book
from tests.support.school import copy_of, make_school
from tests.support.year_end import settle, settled_school


def office_of(school) -> RollOver:
    backups = Backups(school.uow, school.clock, school.session.backups)
    return RollOver(school.uow, school.clock, backups, school.directory)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    school = settled_school(tmp_path_factory.mktemp("settled"))
    school.close()
    return school


@pytest.fixture
def school(template, tmp_path):
    return copy_of(template, tmp_path, SetClock(template.clock.now()))


def run(school, choice=None, who="secretary"):
    return office_of(school).run(
        school.actor(who), school.year_id, choice or RollOverChoice({}, ("6A",))
    )


def rosters_of(school, year_id):
    with school.uow.read() as uow:
        found = {}
        for _, name, entry in uow.roster.everyone(year_id):
            found.setdefault(name, []).append(entry)
        return found


def test_promoted_retained_and_left_each_go_their_way_with_their_codes(school):
    before = {e.pupil_id: e.profile for e in rosters_of(school, school.year_id)["6A"]}
    result = run(school)
    assert Topic.BACKUPS in result.topics
    done = result.payload
    assert done.year.name == "2027-2028"
    assert done.fates == {Fate.MOVES_UP: 2, Fate.STAYS: 1, Fate.COMPLETES: 0, Fate.LEFT: 1}
    now = rosters_of(school, done.year.id)
    assert {n: {e.pupil_id for e in entries} for n, entries in now.items()} == {
        "6A": {school.pupils[0]},
        "7A": {school.pupils[1], school.pupils[2]},
    }
    for entries in now.values():
        assert [e.position for e in entries] == list(range(1, len(entries) + 1))
        for entry in entries:
            assert entry.profile == before[entry.pupil_id]
            assert entry.profile.ministry_code
            assert entry.joined_on == done.year.starts_on


def test_the_new_classes_have_their_circular_columns_and_subjects(school):
    done = run(school).payload
    with school.uow.read() as uow:
        classes = uow.school.classes(done.year.id)
        assert [(k.name, k.grade, k.regulation) for k in classes] == [
            ("6A", 6, "TT22/2021"),
            ("7A", 7, "TT22/2021"),
        ]
        for klass in classes:
            columns = uow.marks.assessments(klass.id)
            assert {c.subject_id for c in columns} == {s.id for s in uow.school.subjects(klass.id)}
            assert not uow.marks.cells(klass.id)


def test_the_old_year_is_the_same_as_before(school):
    results = ClassResults(school.uow).of_class(school.class_id)
    run(school)
    assert ClassResults(school.uow).of_class(school.class_id) == results


def test_teachers_are_proposed_by_the_class_they_had(school):
    done = run(school).payload
    lines = school.assignments.table(done.year.id)
    by_class = {
        name: {line.subject_name: line.teacher for line in lines if line.class_name == name}
        for name in ("6A", "7A")
    }
    # The only grade is both the lowest and the highest: its teachers are free for the new 6A too.
    assert by_class["7A"]["GVCN"] == "Nguyễn Thị Bình"
    assert by_class["7A"]["Ngữ văn"] == "Hoàng Thị Lan Anh"
    assert done.gaps == sum(not line.teacher for line in lines)
    assert done.posts == sum(bool(line.teacher) for line in lines)


def test_nobody_is_proposed_when_the_posts_are_left_open(school):
    done = run(school, RollOverChoice({}, (), TeacherCarry.NONE)).payload
    assert done.posts == 0
    assert all(not line.teacher for line in school.assignments.table(done.year.id))


def test_a_closed_account_is_given_no_post(school):
    school.accounts.disable(school.actor("principal"), school.accounts_by_key["ngu_van"])
    done = run(school).payload
    lines = school.assignments.table(done.year.id)
    assert all(not x.teacher for x in lines if x.subject_name == "Ngữ văn")
    assert any(x.teacher for x in lines if x.subject_name == "Toán" or x.subject_id is None)


def test_the_schools_own_number_of_tx_goes_along(tmp_path):
    school = make_school(tmp_path, pupils=2)
    actor = school.actor("secretary")
    subject = school.subjects["tin_hoc"]
    plans = SubjectPlans(school.uow, school.clock)
    plans.set_tx_count(actor, school.year_id, 6, subject, 5, "kế hoạch của trường")
    kept = book(school)
    kept.fill()
    kept.close()
    settle(school)
    done = run(school).payload
    with school.uow.read() as uow:
        klass = next(k for k in uow.school.classes(done.year.id) if k.name == "6A")
        same = next(s for s in uow.school.subjects(klass.id) if s.code == "tin_hoc")
        codes = {c.code for c in uow.marks.assessments(klass.id, same.id)}
    assert (same.tx_count, same.tx_reason) == (5, "kế hoạch của trường")
    assert "tx5" in codes


def test_a_last_grade_completes_and_only_the_retained_stay(tmp_path):
    school = settled_school(tmp_path, grade=9)
    done = run(school, RollOverChoice({}, ())).payload
    assert done.fates[Fate.COMPLETES] == 2
    assert {n: len(e) for n, e in rosters_of(school, done.year.id).items()} == {"9A": 1}


def test_the_mapping_can_be_edited(school):
    move = ClassMove("Lớp 7a2", "6B")
    done = run(school, RollOverChoice({school.class_id: move}, ("6A", "6b"))).payload
    now = rosters_of(school, done.year.id)
    assert {name: len(entries) for name, entries in now.items()} == {"7A2": 2, "6B": 1}
    assert [k.name for k in school.setup.classes(done.year.id)] == ["6A", "6B", "7A2"]


def test_a_verified_backup_comes_first(school):
    run(school)
    kinds = school.trail_kinds()
    assert kinds[-2:] == ["backup.made", "year.rolled_over"]


def test_the_board_tells_what_would_happen(school):
    board = office_of(school).board(school.actor("secretary"), school.year_id)
    assert board.ready
    assert (board.next_name, board.entering) == ("2027-2028", ("6A",))
    [line] = board.classes
    assert (line.move, line.problem) == (ClassMove("7A", "6A"), "")
    assert [line.klass.count(promoted=word) for word in (True, False, None)] == [2, 1, 1]


def test_a_year_set_up_by_hand_is_completed(school):
    actor = school.actor("secretary")
    days = (date(2027, 8, 30), date(2028, 1, 10), date(2028, 5, 20))
    year = school.setup.add_year(actor, "2027-2028", *days).payload
    school.setup.fill_subjects(actor, year.id)
    mine = school.setup.add_class(actor, year.id, 7, "7A").payload
    done = run(school).payload
    assert done.year == year
    assert mine.id in {k.id for k in school.setup.classes(year.id)}
    assert {n: len(e) for n, e in rosters_of(school, year.id).items()} == {"6A": 1, "7A": 2}


# --- refusals


def refused(school, call) -> AppError:
    before = school.trail_kinds()
    years = len(school.setup.years())
    with pytest.raises(AppError) as caught:
        call()
    assert school.trail_kinds() == before
    assert len(school.setup.years()) == years
    return caught.value


def test_refused_while_nothing_is_closed_and_says_which_class(tmp_path):
    school = make_school(tmp_path, pupils=2)
    school.add_class("6B", pupils=1)
    error = refused(school, lambda: run(school))
    assert error.code == "year_not_settled"
    assert "6A" in error.sentence
    assert "6B" in error.sentence
    board = office_of(school).board(school.actor("principal"), school.year_id)
    assert not board.ready
    assert [line.klass.name for line in board.waiting] == ["6A", "6B"]


def test_refused_while_a_list_waits_for_the_principal(tmp_path):
    kept = book(make_school(tmp_path, pupils=2))
    kept.fill()
    kept.close()
    error = refused(kept.school, lambda: run(kept.school))
    assert error.code == "year_not_settled"
    assert "chờ giáo viên chủ nhiệm đề nghị" in error.sentence


def test_refused_when_a_correction_voided_the_lists(school):
    board = office_of(school).board(school.actor("principal"), school.year_id)
    assert board.ready
    school.rosters.mark_returned(
        school.actor("secretary"), school.class_id, school.pupils[3], school.clock.today(), "về lại"
    )
    assert refused(school, lambda: run(school)).code == "year_not_settled"


def test_refused_twice(school):
    run(school)
    assert refused(school, lambda: run(school)).code == "year_rolled_over"
    board = office_of(school).board(school.actor("principal"), school.year_id)
    assert "2027-2028" in board.refusal
    assert not board.ready


def test_refused_for_teachers_and_for_an_office_that_ended(school):
    stale = school.actor("secretary")
    for who in ("toan", "homeroom"):
        error = refused(school, lambda who=who: run(school, who=who))
        assert isinstance(error, AccessDenied)
    school.accounts.end_role(
        school.actor("principal"), school.accounts_by_key["secretary"], Role.SECRETARY,
        school.clock.today(),
    )  # fmt: skip
    school.clock.advance(timedelta(days=1))
    with pytest.raises(AccessDenied):
        office_of(school).run(stale, school.year_id, RollOverChoice({}))
    with pytest.raises(AccessDenied):
        office_of(school).board(stale, school.year_id)


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (lambda c: RollOverChoice({c: ClassMove("", "6A")}), "class_without_place"),
        (lambda c: RollOverChoice({c: ClassMove("7A", " ")}), "class_without_place"),
        (lambda c: RollOverChoice({c: ClassMove("8A", "6A")}), "class_name_invalid"),
        (lambda c: RollOverChoice({c: ClassMove("7A", "7A")}), "class_name_invalid"),
        (lambda c: RollOverChoice({}, ("Hoa hồng",)), "class_name_invalid"),
        (lambda c: RollOverChoice({}, ("10A",)), "grade_outside_stage"),
        (
            lambda c: RollOverChoice(
                {}, (), TeacherCarry.NONE, (date(2027, 9, 5), date(2027, 9, 1), date(2028, 5, 1))
            ),
            "year_dates_order",
        ),
    ],
)
def test_a_choice_that_leads_nowhere_is_refused_before_anything_is_written(school, choice, code):
    assert refused(school, lambda: run(school, choice(school.class_id))).code == code


def test_a_year_without_classes_and_one_that_is_not_there(school):
    empty = school.setup.add_year(school.actor("principal"), "2030-2031").payload
    with pytest.raises(RuleRefused, match="chưa có lớp"):
        office_of(school).run(school.actor("principal"), empty.id, RollOverChoice({}))
    with pytest.raises(RuleRefused, match="năm học"):
        office_of(school).run(school.actor("principal"), 99, RollOverChoice({}))


def test_giving_up_half_way_leaves_the_file_as_it_was(school):
    def stop(done, total, note=""):
        raise Cancelled

    before = school.trail_kinds()
    with pytest.raises(Cancelled):
        office_of(school).run(school.actor("principal"), school.year_id, RollOverChoice({}), stop)
    assert school.trail_kinds() == before
    assert len(school.setup.years()) == 1


# --- the year that is over


def test_the_old_book_reads_the_same_a_year_later(school):
    def digest():
        with school.uow.read() as uow:
            made = assemble_book(uow, school.class_id, BookScope.YEAR, school.clock.today())
        return class_book_digest(made).hex

    school.clock.move_to(datetime(2027, 8, 10, 9, tzinfo=VIETNAM))
    before = digest()
    run(school)
    school.clock.move_to(datetime(2027, 10, 1, 9, tzinfo=VIETNAM))
    school.accounts.change_principal(
        school.actor("principal"), school.accounts_by_key["vice"], school.clock.today()
    )
    school.clock.move_to(datetime(2028, 2, 1, 9, tzinfo=VIETNAM))
    school.accounts.disable(school.actor("vice"), school.accounts_by_key["ngu_van"])
    assert digest() == before
