"""A roster against the class: new, same, changed, returned, elsewhere, conflicting, missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.domain.pupils import PupilProfile
from app.importing.fields import Field
from app.importing.roster_diff import ExistingPupil, diff_roster
from app.importing.roster_rows import RosterDraft, RosterRow

QUAN = PupilProfile(
    "Hoàng Tuấn Quân", dt.date(2014, 1, 25), "Nam", "0149081935", "015186497579", "Kinh"
)
AN = PupilProfile("Mai Tuấn Ân", dt.date(2014, 10, 17), "Nam", "0184212661", "086858149977", "Kinh")


def draft(*profiles):
    rows = tuple(RosterRow(n, n - 6, profile) for n, profile in enumerate(profiles, 7))
    return RosterDraft(rows, (), frozenset(Field), 0, 0, 0)


def here(pupil_id, profile, **more):
    return ExistingPupil(pupil_id, profile, "6A", True, **more)


def with_(profile, **changes):
    return replace(profile, **changes)


def test_everybody_is_new_in_an_empty_class():
    diff = diff_roster(draft(QUAN, AN), [])
    assert [row.profile for row in diff.new] == [QUAN, AN]


def test_the_same_file_again_changes_nothing():
    diff = diff_roster(draft(QUAN, AN), [here(1, QUAN), here(2, AN)])
    assert len(diff.same) == 2
    assert (diff.new, diff.changed, diff.missing, diff.problems) == ((), (), (), ())


def test_changed_fields_show_old_and_new():
    moved = with_(QUAN, birth_date=dt.date(2014, 2, 25), ethnicity="Tày")
    (matched,) = diff_roster(draft(moved), [here(1, QUAN)]).changed
    assert {(c.field, c.old, c.new) for c in matched.changes} == {
        (Field.BIRTH_DATE, "25/01/2014", "25/02/2014"),
        (Field.ETHNICITY, "Kinh", "Tày"),
    }
    assert matched.profile == moved
    assert {c.label for c in matched.changes} == {"Ngày sinh", "Dân tộc"}


def test_blanks_of_the_file_keep_what_is_there():
    bare = PupilProfile("Hoàng Tuấn Quân", ministry_code="0149081935")
    (matched,) = diff_roster(draft(bare), [here(1, QUAN)]).same
    assert matched.profile == QUAN


def test_a_pupil_without_a_code_is_known_by_personal_id_then_by_name_and_birth_date():
    by_id = with_(QUAN, ministry_code="", full_name="Hoàng Tuấn Quang")
    assert diff_roster(draft(by_id), [here(1, QUAN)]).changed[0].how is Field.PERSONAL_ID
    by_name = with_(QUAN, ministry_code="", personal_id="")
    assert diff_roster(draft(by_name), [here(1, QUAN)]).same[0].how is Field.FULL_NAME


def test_a_namesake_born_the_same_day_with_another_code_is_a_new_pupil():
    twin = with_(QUAN, ministry_code="0111111111", personal_id="011111111111")
    diff = diff_roster(draft(twin), [here(1, QUAN)])
    assert [row.profile for row in diff.new] == [twin]
    assert [pupil.pupil_id for pupil in diff.missing] == [1]


def test_codes_that_point_at_two_pupils_are_refused():
    mixed = with_(QUAN, personal_id=AN.personal_id)
    diff = diff_roster(draft(mixed), [here(1, QUAN), here(2, AN)])
    assert len(diff.conflicting) == 1
    assert diff.problems[0].code == "codes_disagree"
    assert "Hoàng Tuấn Quân (lớp 6A)" in diff.problems[0].reason
    assert "Mai Tuấn Ân (lớp 6A)" in diff.problems[0].reason


def test_a_pupil_of_another_class_is_never_taken_as_new():
    diff = diff_roster(draft(QUAN), [ExistingPupil(9, QUAN, "6B", False)])
    assert not diff.new
    assert diff.elsewhere[0].pupil.pupil_id == 9
    assert "đang học lớp 6B" in diff.problems[0].reason
    assert "Chuyển lớp" in diff.problems[0].reason


def test_the_pupil_of_this_class_wins_over_a_record_elsewhere():
    diff = diff_roster(draft(QUAN), [ExistingPupil(9, QUAN, "5A", False, left=True), here(1, QUAN)])
    assert diff.same[0].pupil.pupil_id == 1


def test_a_pupil_who_left_comes_back_as_returned():
    diff = diff_roster(draft(QUAN), [here(1, QUAN, left=True)])
    assert diff.returned[0].pupil.pupil_id == 1
    assert not diff.missing


def test_two_rows_about_one_pupil_are_refused_the_second_time():
    again = with_(QUAN, ministry_code="")
    diff = diff_roster(draft(QUAN, again), [here(1, QUAN)])
    assert (len(diff.same), len(diff.conflicting)) == (1, 1)
    assert "dòng 7 đã nói về" in diff.problems[0].reason


def test_pupils_the_file_does_not_name_are_listed_not_removed():
    diff = diff_roster(draft(QUAN), [here(1, QUAN), here(2, AN), here(3, AN, left=True)])
    assert [pupil.pupil_id for pupil in diff.missing] == [2]
