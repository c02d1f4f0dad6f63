"""Danh sách lớp: order, profiles, freezing, leaving, moving, and who sees what."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.pupils import PupilProfile
from app.errors import AccessDenied, RuleRefused
from app.ports import SealRecord
from app.readmodels.roster import SENSITIVE, WANTED
from app.services.roster_rules import clean_profile
from app.text import name_key
from tests.support.school import invented_pupil, make_school

TODAY = date(2026, 11, 23)


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=4)


def refused(kind, call, *args, **kwargs):
    with pytest.raises(kind) as refusal:
        call(*args, **kwargs)
    return refusal.value


def names(school, who="secretary"):
    view = school.rosters.view(school.actor(who), school.class_id)
    return [line.profile.full_name for line in view.lines]


def add(school, who="secretary", **changes):
    profile = replace(
        PupilProfile("Trần Thị Ánh", ministry_code="9900000001", personal_id="038215099999"),
        **changes,
    )
    return school.rosters.add_pupil(school.actor(who), school.class_id, profile)


def last_detail(school):
    with school.uow.read() as uow:
        entry = uow.trail.entries(newest=1)[0]
    return entry.kind, json.loads(entry.detail)


def seal(school):
    with school.uow.write() as uow:
        uow.control.add_seal(
            SealRecord(
                school.year_id,
                1,
                school.clock.now(),
                school.accounts_by_key["principal"],
                "bag",
                "f",
                "t",
                "d",
                "s",
                1,
                1,
            )
        )
        uow.commit()


class TestView:
    def test_the_office_and_the_homeroom_see_everything(self, school):
        for who in ("principal", "vice", "admin", "secretary", "homeroom"):
            view = school.rosters.view(school.actor(who), school.class_id)
            assert view.shows_sensitive
            assert view.lines[0].profile.phone

    def test_a_subject_teacher_sees_names_and_no_private_field(self, school):
        view = school.rosters.view(school.actor("tin_hoc"), school.class_id)
        assert not any((view.shows_sensitive, view.may_edit, view.may_move, view.may_freeze))
        for line in view.lines:
            assert line.profile.full_name
            assert line.profile.birth_date
            assert not any(getattr(line.profile, name) for name in SENSITIVE)
        assert not set(view.completeness()) & set(SENSITIVE)

    def test_a_teacher_of_other_classes_sees_nothing(self, school):
        other = school.add_class("6B")
        error = refused(AccessDenied, school.rosters.view, school.actor("tin_hoc"), other)
        assert error.code == "not_your_class"

    def test_what_is_missing_is_counted_and_one_parent_is_enough(self, school):
        add(school, father="Trần Văn Cha")
        view = school.rosters.view(school.actor("secretary"), school.class_id)
        line = next(one for one in view.lines if one.profile.full_name == "Trần Thị Ánh")
        assert line.missing == (
            "birth_date",
            "sex",
            "ethnicity",
            "birthplace",
            "address",
            "phone",
        )
        assert line.missing_words.startswith("Ngày sinh, Giới tính")
        assert view.completeness()["phone"] == (4, 5)
        assert view.completeness()["mother"] == (5, 5)
        assert set(view.completeness()) == set(WANTED)


class TestAdd:
    def test_a_newcomer_stands_by_given_name_until_the_freeze_and_last_after_it(self, school):
        add(school)
        assert names(school) == sorted(names(school), key=name_key)
        school.rosters.freeze(school.actor("secretary"), school.class_id)
        add(school, full_name="Lê An", ministry_code="9900000002", personal_id="")
        assert names(school)[-1] == "Lê An"

    def test_the_homeroom_adds_until_the_freeze(self, school):
        add(school, who="homeroom")
        school.rosters.freeze(school.actor("principal"), school.class_id)
        error = refused(
            AccessDenied, add, school, who="homeroom", ministry_code="9900000003", personal_id=""
        )
        assert error.code == "roster_frozen_for_homeroom"

    @pytest.mark.parametrize("who", ["tin_hoc", "vice"])
    def test_others_do_not(self, school, who):
        refused(AccessDenied, add, school, who=who)
        assert "Trần Thị Ánh" not in names(school)

    def test_the_homeroom_of_another_class_does_not(self, school):
        other = school.add_class("6B")
        school.assignments.assign(
            school.actor("principal"), other, None, school.accounts_by_key["gdcd"]
        )
        refused(AccessDenied, add, school, who="gdcd")

    @pytest.mark.parametrize("field", ["ministry_code", "personal_id"])
    def test_a_pupil_the_year_already_has_is_refused_with_class_and_name(self, school, field):
        other = school.add_class("6B", pupils=1, first=77)
        theirs = invented_pupil(77)
        error = refused(RuleRefused, add, school, **{field: getattr(theirs, field)})
        assert error.code == "pupil_exists"
        assert theirs.full_name in error.sentence
        assert "6B" in error.sentence
        school.rosters.mark_left(
            school.actor("secretary"), other, error.facts["pupil_id"], TODAY, "Chuyển trường"
        )
        gone = refused(RuleRefused, add, school, **{field: getattr(theirs, field)})
        assert "đã rời lớp 6B" in gone.sentence

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"full_name": " "}, "name_missing"),
            ({"full_name": "=cmd|' /C calc'!A0"}, "name_invalid"),
            ({"ministry_code": "123"}, "code_invalid"),
            ({"personal_id": "O38215000001"}, "code_invalid"),
            ({"sex": "khác"}, "sex_invalid"),
            ({"birth_date": date(1915, 1, 1)}, "birth_date_invalid"),
            ({"address": "x" * 201}, "text_too_long"),
        ],
    )
    def test_a_bad_profile_is_refused_whole(self, school, changes, code):
        before = names(school)
        assert refused(RuleRefused, add, school, **changes).code == code
        assert names(school) == before

    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(st.builds(PupilProfile, st.text(max_size=30), note=st.text(max_size=40)))
    def test_a_clean_profile_is_stable(self, profile):
        try:
            cleaned = clean_profile(profile)
        except RuleRefused:
            return
        assert clean_profile(cleaned) == cleaned


class TestEdit:
    def test_each_field_keeps_its_old_text_in_the_trail(self, school):
        pupil = school.pupils[0]
        with school.uow.read() as uow:
            entry = uow.roster.entries(school.class_id)[0]
        new = replace(entry.profile, full_name="Vũ  Gia Zũng", phone="0987654321")
        school.rosters.edit_profile(school.actor("homeroom"), school.class_id, pupil, new)
        kind, detail = last_detail(school)
        assert kind == "roster.profile"
        assert detail["fields"] == {
            "full_name": [entry.profile.full_name, "Vũ Gia Zũng"],
            "phone": [entry.profile.phone, "0987654321"],
        }
        assert names(school)[-1] == "Vũ Gia Zũng"

    def test_nothing_changed_somebody_elses_code_or_a_stranger_is_refused(self, school):
        with school.uow.read() as uow:
            one, two = uow.roster.entries(school.class_id)[:2]
        secretary = school.actor("secretary")
        edit = school.rosters.edit_profile
        same = refused(RuleRefused, edit, secretary, school.class_id, one.pupil_id, one.profile)
        assert same.code == "nothing_changed"
        stolen = replace(one.profile, ministry_code=two.profile.ministry_code)
        taken = refused(RuleRefused, edit, secretary, school.class_id, one.pupil_id, stolen)
        assert taken.code == "pupil_exists"
        lost = refused(RuleRefused, edit, secretary, school.class_id, 999, one.profile)
        assert lost.code == "not_found"


class TestFreeze:
    def test_the_order_is_kept_for_ever(self, school):
        school.rosters.freeze(school.actor("vice"), school.class_id)
        before = names(school)
        with school.uow.read() as uow:
            first = uow.roster.entries(school.class_id)[0]
        # As a correction case renames a pupil, whom the office then edits as every day.
        renamed = replace(first.profile, full_name="Lê Ỷ")
        with school.uow.write() as uow:
            uow.roster.update_profile(first.pupil_id, renamed)
            uow.commit()
        phoned = replace(renamed, phone="0987000111")
        school.rosters.edit_profile(
            school.actor("secretary"), school.class_id, first.pupil_id, phoned
        )
        assert names(school) == ["Lê Ỷ", *before[1:]]
        view = school.rosters.view(school.actor("secretary"), school.class_id)
        assert view.frozen_at == school.clock.now()
        assert not view.may_freeze

    def test_twice_empty_or_by_a_teacher_is_refused(self, school):
        refused(AccessDenied, school.rosters.freeze, school.actor("homeroom"), school.class_id)
        empty = school.add_class("6B")
        error = refused(RuleRefused, school.rosters.freeze, school.actor("secretary"), empty)
        assert error.code == "roster_empty"
        school.rosters.freeze(school.actor("secretary"), school.class_id)
        again = refused(
            RuleRefused, school.rosters.freeze, school.actor("secretary"), school.class_id
        )
        assert again.code == "roster_frozen"


class TestComingAndGoing:
    def leave(self, school, on=TODAY, reason="Theo gia đình vào Nam", who="secretary"):
        return school.rosters.mark_left(
            school.actor(who), school.class_id, school.pupils[0], on, reason
        )

    def back(self, school, on=TODAY, reason="Gia đình chuyển về"):
        return school.rosters.mark_returned(
            school.actor("secretary"), school.class_id, school.pupils[0], on, reason
        )

    def test_the_line_is_struck_and_keeps_its_number(self, school):
        before = names(school)
        self.leave(school)
        assert names(school) == before
        view = school.rosters.view(school.actor("secretary"), school.class_id)
        assert (view.here, len(view.lines)) == (3, 4)
        assert view.lines[0].left_reason == "Theo gia đình vào Nam"

    def test_coming_back_removes_the_stroke_and_the_trail_keeps_it(self, school):
        self.leave(school, TODAY - timedelta(days=9))
        self.back(school)
        view = school.rosters.view(school.actor("secretary"), school.class_id)
        assert view.here == 4
        _, detail = last_detail(school)
        assert detail["left"] == "2026-11-14"
        assert detail["left_reason"] == "Theo gia đình vào Nam"

    @pytest.mark.parametrize(
        ("on", "reason", "code"),
        [
            (TODAY, " ", "reason_missing"),
            (date(2026, 9, 1), "x", "leave_date"),
            (TODAY + timedelta(days=1), "x", "leave_date"),
            (date(2025, 11, 1), "x", "day_outside_year"),
        ],
    )
    def test_impossible_days_and_blank_reasons_are_refused(self, school, on, reason, code):
        assert refused(RuleRefused, self.leave, school, on, reason).code == code

    def test_twice_or_without_leaving_is_refused(self, school):
        assert refused(RuleRefused, self.back, school).code == "pupil_present"
        self.leave(school)
        assert refused(RuleRefused, self.leave, school).code == "pupil_left"
        early = refused(RuleRefused, self.back, school, TODAY - timedelta(days=1))
        assert early.code == "return_date"

    def test_a_homeroom_teacher_does_not_move_pupils(self, school):
        refused(AccessDenied, self.leave, school, who="homeroom")

    def test_moving_to_the_parallel_class(self, school):
        other = school.add_class("6B", pupils=2, first=50)
        pupil = school.pupils[0]
        move = school.rosters.move_class
        move(school.actor("secretary"), school.class_id, other, pupil, TODAY, "Nguyện vọng")
        old = school.rosters.view(school.actor("secretary"), school.class_id)
        new = school.rosters.view(school.actor("secretary"), other)
        assert (old.here, new.here) == (3, 3)
        assert old.lines[0].left_reason == "Chuyển sang lớp 6B: Nguyện vọng"
        order = [line.profile.full_name for line in new.lines]
        assert order == sorted(order, key=name_key)
        assert refused(RuleRefused, self.back, school).code == "pupil_elsewhere"

    def test_a_move_to_another_grade_or_to_the_same_class_is_refused(self, school):
        seven = school.add_class("7A", 7)
        for target in (seven, school.class_id):
            error = refused(
                RuleRefused,
                school.rosters.move_class,
                school.actor("secretary"),
                school.class_id,
                target,
                school.pupils[0],
                TODAY,
                "x",
            )
            assert error.code == "move_target"


def test_a_sealed_year_takes_no_change(school):
    seal(school)
    secretary = school.actor("secretary")
    assert refused(RuleRefused, add, school).code == "year_sealed"
    left = refused(
        RuleRefused,
        school.rosters.mark_left,
        secretary,
        school.class_id,
        school.pupils[0],
        TODAY,
        "x",
    )
    assert left.code == "year_sealed"
    assert refused(RuleRefused, school.rosters.freeze, secretary, school.class_id)
    view = school.rosters.view(secretary, school.class_id)
    assert not any((view.may_edit, view.may_move, view.may_freeze))
