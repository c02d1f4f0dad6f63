"""A roster file against a class: chosen rows only, all at once, nothing from a stale comparison."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.pupils import PupilProfile
from app.errors import AccessDenied, RuleRefused, StaleData
from app.importing.roster_rows import RosterDraft, RosterRow
from app.services.roster_import import ImportOutcome, RosterImport
from tests.support.school import invented_pupil, make_school


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=3)


@pytest.fixture
def importer(school):
    return RosterImport(school.uow, school.clock)


def draft(*profiles, first=7):
    rows = tuple(RosterRow(first + n, n + 1, profile) for n, profile in enumerate(profiles))
    return RosterDraft(rows, (), frozenset(), 0, 0, 0)


def compare(school, importer, *profiles, who="secretary"):
    return importer.compare(school.actor(who), school.class_id, draft(*profiles))


def entries(school):
    with school.uow.read() as uow:
        return uow.roster.entries(school.class_id)


def new_pupil(number=500):
    return invented_pupil(number)


class TestAccept:
    def test_new_and_changed_rows_in_one_entry_with_every_field(self, school, importer):
        changed = replace(invented_pupil(0), phone="0900000000", address="")
        diff = compare(school, importer, changed, new_pupil(), invented_pupil(1))
        assert (len(diff.new), len(diff.changed), len(diff.same)) == (1, 1, 1)
        before = len(school.trail_kinds())
        result = importer.accept(
            school.actor("secretary"), school.class_id, diff, source="danh sách.xlsx"
        )
        assert result.payload == ImportOutcome(1, 1, 0)
        assert len(school.trail_kinds()) == before + 1
        with school.uow.read() as uow:
            entry = uow.trail.entries(newest=1)[0]
        detail = json.loads(entry.detail)
        assert (entry.kind, detail["source"]) == ("roster.imported", "danh sách.xlsx")
        assert detail["changed"][0]["fields"] == {"phone": ["0912345678", "0900000000"]}
        assert detail["new"][0]["fields"]["ministry_code"] == ["", new_pupil().ministry_code]
        now = {e.profile.ministry_code: e.profile for e in entries(school)}
        assert now[changed.ministry_code].phone == "0900000000"
        assert now[changed.ministry_code].address == invented_pupil(0).address
        assert now[new_pupil().ministry_code] == new_pupil()

    def test_the_first_list_joins_on_the_first_day_and_later_ones_today(self, school, importer):
        importer.accept(
            school.actor("secretary"), school.class_id, compare(school, importer, new_pupil())
        )
        assert entries(school)[-1].joined_on == date(2026, 9, 5)
        school.rosters.freeze(school.actor("secretary"), school.class_id)
        late = new_pupil(501)
        importer.accept(school.actor("secretary"), school.class_id, compare(school, importer, late))
        last = entries(school)[-1]
        assert (last.profile, last.joined_on) == (late, school.clock.today())

    def test_only_the_chosen_rows_are_taken(self, school, importer):
        diff = compare(school, importer, new_pupil(500), new_pupil(501), new_pupil(502))
        outcome = importer.accept(
            school.actor("secretary"), school.class_id, diff, take={8}
        ).payload
        assert outcome.total == 1
        assert new_pupil(501) in [e.profile for e in entries(school)]
        assert len(entries(school)) == 4

    def test_a_pupil_who_left_comes_back_only_when_named(self, school, importer):
        gone = next(e for e in entries(school) if e.profile == invented_pupil(2))
        school.rosters.mark_left(
            school.actor("secretary"), school.class_id, gone.pupil_id, school.clock.today(), "x"
        )
        diff = compare(school, importer, invented_pupil(2), new_pupil())
        assert len(diff.returned) == 1
        importer.accept(school.actor("secretary"), school.class_id, diff)
        again = compare(school, importer, invented_pupil(2))
        with pytest.raises(RuleRefused) as nothing:
            importer.accept(school.actor("secretary"), school.class_id, again)
        assert nothing.value.code == "nothing_chosen"
        outcome = importer.accept(
            school.actor("secretary"), school.class_id, again, take={7}
        ).payload
        assert outcome == ImportOutcome(0, 0, 1)
        assert all(e.left_on is None for e in entries(school))

    def test_a_pupil_of_another_class_is_never_taken(self, school, importer):
        school.add_class("6B", pupils=1, first=300)
        diff = compare(school, importer, invented_pupil(300), new_pupil())
        assert len(diff.elsewhere) == 1
        with pytest.raises(RuleRefused) as refusal:
            importer.accept(school.actor("secretary"), school.class_id, diff, take={7, 8})
        assert refusal.value.facts["rows"] == [7]
        assert len(entries(school)) == 3


class TestRefusals:
    def test_a_row_typed_by_hand_in_the_meantime_makes_the_comparison_stale(self, school, importer):
        diff = compare(school, importer, new_pupil(500), new_pupil(501))
        school.rosters.add_pupil(school.actor("homeroom"), school.class_id, new_pupil(501))
        with pytest.raises(StaleData):
            importer.accept(school.actor("secretary"), school.class_id, diff)
        assert len(entries(school)) == 4
        assert school.trail_kinds()[-1] == "roster.pupil_added"

    def test_so_does_a_field_edited_in_the_meantime(self, school, importer):
        diff = compare(school, importer, replace(invented_pupil(0), phone="0900000000"))
        target = diff.changed[0].pupil
        school.rosters.edit_profile(
            school.actor("homeroom"),
            school.class_id,
            target.pupil_id,
            replace(target.profile, phone="0911111111"),
        )
        with pytest.raises(StaleData):
            importer.accept(school.actor("secretary"), school.class_id, diff)
        phones = {e.profile.phone for e in entries(school)}
        assert "0911111111" in phones
        assert "0900000000" not in phones

    def test_a_bad_row_behind_a_good_one_writes_neither(self, school, importer):
        bad = PupilProfile("Lê Thị Sai", sex="x", ministry_code="9911111111")
        diff = compare(school, importer, new_pupil(), bad)
        with pytest.raises(RuleRefused):
            importer.accept(school.actor("secretary"), school.class_id, diff)
        assert len(entries(school)) == 3

    def test_the_homeroom_imports_until_the_freeze_and_others_never(self, school, importer):
        diff = compare(school, importer, new_pupil(), who="homeroom")
        with pytest.raises(AccessDenied):
            compare(school, importer, new_pupil(), who="tin_hoc")
        with pytest.raises(AccessDenied):
            importer.accept(school.actor("tin_hoc"), school.class_id, diff)
        school.rosters.freeze(school.actor("secretary"), school.class_id)
        with pytest.raises(AccessDenied):
            importer.accept(school.actor("homeroom"), school.class_id, diff)
        assert len(entries(school)) == 3

    def test_the_context_names_class_grade_and_year(self, school, importer):
        context = importer.context(school.class_id)
        assert (context.class_name, context.grade, context.first_year) == ("6A", 6, 2026)


def test_a_pupil_in_another_class_does_not_come_back_by_import(school, importer):
    """Left 6A for 6B; last year's list of 6A still names them."""
    secretary, other = school.actor("secretary"), school.add_class("6B")
    pupil, today = school.pupils[0], school.clock.today()
    with school.uow.read() as uow:
        profile = next(
            e.profile for e in uow.roster.entries(school.class_id) if e.pupil_id == pupil
        )
    school.rosters.move_class(secretary, school.class_id, other, pupil, today, "Đơn của gia đình")
    diff = compare(school, importer, profile)
    assert len(diff.returned) == 1
    with pytest.raises(RuleRefused) as refusal:
        importer.accept(secretary, school.class_id, diff, [7])
    assert refusal.value.code == "pupil_elsewhere"
    with school.uow.read() as uow:
        here = [c for _, c, e in uow.roster.everyone(school.year_id) if e.pupil_id == pupil]
        left = [e.left_on for e in uow.roster.entries(school.class_id) if e.pupil_id == pupil]
    assert here == ["6A", "6B"]
    assert left == [today]


@pytest.mark.parametrize("field", ["ministry_code", "personal_id"])
def test_one_code_for_two_new_pupils_is_refused_whole(school, importer, field):
    first = new_pupil()
    second = replace(new_pupil(501), **{field: getattr(first, field)})
    diff = compare(school, importer, first, second)
    with pytest.raises(RuleRefused) as refusal:
        importer.accept(school.actor("secretary"), school.class_id, diff)
    assert refusal.value.code == "pupil_twice"
    assert refusal.value.facts["rows"] == (7, 8)
    assert len(entries(school)) == 3
    importer.accept(school.actor("secretary"), school.class_id, diff, [8])
    assert len(entries(school)) == 4


def test_a_gvcn_whose_post_ended_imports_nothing(school, importer):
    teacher = school.actor("homeroom")
    diff = compare(school, importer, new_pupil(), who="homeroom")
    school.assignments.end(school.actor("principal"), school.class_id, None)
    school.clock.advance(timedelta(days=1))
    with pytest.raises(AccessDenied):
        importer.accept(teacher, school.class_id, diff)
    assert len(entries(school)) == 3
