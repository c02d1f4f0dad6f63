"""Restores: what would be lost is said, who may is checked, the replaced file is kept."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from app.domain.practice import MARK
from app.domain.roles import Role
from app.errors import AccessDenied, EnvironmentProblem, RuleRefused
from app.services.accounts import Accounts
from app.services.backups import Backups
from app.vault import RECOVERY_UID
from db.keys.keyfile import keyfile_path
from tests.db.drill_kit import child, told
from tests.db.restore_child import restore_and_die
from tests.support.school import (
    CHEAP,
    OFFICE,
    PASSWORD,
    SCHOOL,
    found_school,
    invented_pupil,
    make_school,
)

NEW_PASSWORD = "trăng lên đỉnh núi mờ"
STEPS = 24
"""More file operations than a swap has."""


@pytest.fixture
def school(tmp_path):
    school = make_school(tmp_path, pupils=1)
    yield school
    if school.file.session is not None:
        school.close()
    else:
        school.file.close()


def back_up(school):
    return (
        Backups(school.uow, school.clock, school.session.backups)
        .make_now(school.actor("principal"))
        .payload.path
    )


def desk(school):
    return school.file.restoring()


def shelf(school):
    return desk(school).backups(school.path.parent / "sao-luu")


def add_pupil(school, number, who="secretary"):
    school.clock.advance(timedelta(minutes=5))
    school.rosters.add_pupil(school.actor(who), school.class_id, invented_pupil(number))


def pupils(school):
    with school.uow.read() as uow:
        return len(uow.roster.entries(school.class_id))


def restore(school, who="principal"):
    work = desk(school)
    plan = work.prepare(shelf(school)[0], school.uid(who), PASSWORD)
    done = work.carry_out(plan)
    school.session = school.file.sign_in(school.uid(who), PASSWORD)
    return plan, done


def staging_left(school):
    return [p.name for p in school.path.parent.iterdir() if "khoi-phuc" in p.name]


def test_what_would_be_lost_is_counted_by_person_before_anything_moves(school):
    back_up(school)
    before = school.path.read_bytes()
    add_pupil(school, 1)
    add_pupil(school, 2)
    add_pupil(school, 3, "principal")
    work = desk(school)
    plan = work.prepare(shelf(school)[0], school.uid("principal"), PASSWORD)
    assert plan.lost.entries == 3
    assert plan.lost.by_person == ((OFFICE["secretary"], 2), (OFFICE["principal"], 1))
    assert plan.lost.last_at == school.clock.now()
    assert plan.by == OFFICE["principal"]
    assert (plan.locked_out, plan.returning) == ((), ())
    work.discard(plan)
    assert staging_left(school) == []
    assert pupils(school) == 4
    assert before  # the file in use was only read


def test_a_restore_puts_the_backup_in_place_keeps_the_old_file_and_says_so(school):
    back_up(school)
    add_pupil(school, 1)
    plan, done = restore(school)
    assert pupils(school) == 1
    assert school.session.warnings == ()
    kinds = school.trail_kinds()
    assert kinds[-2:] == ["backup.restored", "session.sign_in"]
    with school.uow.read() as uow:
        entry = uow.trail.entries(newest=1, kind="backup.restored")[0]
    assert (entry.seq, entry.actor) == (done.seq, OFFICE["principal"])
    assert f'"lost":{plan.lost.entries}' in entry.detail
    assert done.kept.name in entry.detail
    kept = done.kept / school.path.name
    school.close()
    old = school.files.open(kept)
    session = old.sign_in(school.uid("principal"), PASSWORD)
    with session.uow.read() as uow:
        assert len(uow.roster.entries(school.class_id)) == 2
    old.close()
    school.reopen()
    assert staging_left(school) == []


def test_a_second_restore_after_the_first_counts_from_where_the_chains_part(school):
    back_up(school)
    add_pupil(school, 1)
    school.clock.advance(timedelta(minutes=1))
    back_up(school)
    school.clock.advance(timedelta(minutes=1))
    work = desk(school)
    oldest = shelf(school)[-1]
    work.carry_out(work.prepare(oldest, school.uid("principal"), PASSWORD))
    school.session = school.file.sign_in(school.uid("principal"), PASSWORD)
    add_pupil(school, 5)
    plan = work.prepare(shelf(school)[0], school.uid("principal"), PASSWORD)
    assert plan.lost.entries == 1
    assert plan.lost.by_person == ((OFFICE["secretary"], 1),)
    work.discard(plan)


def test_only_a_principal_or_administrator_restores(school):
    back_up(school)
    work = desk(school)
    with pytest.raises(AccessDenied) as refused:
        work.prepare(shelf(school)[0], school.uid("secretary"), PASSWORD)
    assert refused.value.code == "role_required"
    with pytest.raises(AccessDenied) as wrong:
        work.prepare(shelf(school)[0], school.uid("principal"), "không phải mật khẩu này")
    assert wrong.value.code == "wrong_password"
    assert staging_left(school) == []
    plan = work.prepare(shelf(school)[0], school.uid("admin"), PASSWORD)
    work.discard(plan)


def test_the_session_too_must_be_a_leaders(school):
    back_up(school)
    school.sign_in_as("secretary")
    with pytest.raises(AccessDenied) as refused:
        desk(school).prepare(shelf(school)[0], school.uid("principal"), PASSWORD)
    assert refused.value.code == "role_required"
    assert staging_left(school) == []


def test_wrong_passwords_at_the_backup_count_against_the_file(school):
    back_up(school)
    with pytest.raises(AccessDenied):
        desk(school).prepare(shelf(school)[0], school.uid("principal"), "không phải mật khẩu này")
    school.sign_in_as("principal")
    assert "session.failed_sign_ins" in school.trail_kinds()


def test_without_a_session_the_password_in_use_is_asked_where_it_changed(school):
    back_up(school)
    school.accounts.change_own_password(school.actor("principal"), PASSWORD, NEW_PASSWORD)
    school.file.switch_user()
    work = desk(school)
    uid = school.uid("principal")
    with pytest.raises(AccessDenied) as needed:
        work.prepare(shelf(school)[0], uid, PASSWORD)
    assert needed.value.code == "current_password_needed"
    assert staging_left(school) == []
    plan = work.prepare(shelf(school)[0], uid, PASSWORD, current_secret=NEW_PASSWORD)
    assert plan.lost.entries == 1
    work.carry_out(plan)
    school.session = school.file.sign_in(uid, PASSWORD)


def test_whoever_was_shut_out_since_does_not_come_back_through_an_old_copy(school):
    back_up(school)
    principal = school.actor("principal")
    school.accounts.disable(principal, school.accounts_by_key["admin"])
    school.file.switch_user()
    work = desk(school)
    with pytest.raises(AccessDenied) as gone:
        work.prepare(shelf(school)[0], school.uid("admin"), PASSWORD)
    assert gone.value.code == "restorer_gone"
    plan = work.prepare(shelf(school)[0], school.uid("principal"), PASSWORD)
    assert plan.returning == (OFFICE["admin"],)
    work.discard(plan)
    school.sign_in_as("principal")


def test_a_role_that_ended_since_no_longer_restores(school):
    back_up(school)
    school.accounts.end_role(
        school.actor("principal"), school.accounts_by_key["admin"], Role.ADMINISTRATOR
    )
    school.clock.advance(timedelta(days=1))
    school.file.switch_user()
    with pytest.raises(AccessDenied) as gone:
        desk(school).prepare(shelf(school)[0], school.uid("admin"), PASSWORD)
    assert gone.value.code == "role_required"
    school.sign_in_as("principal")


def test_a_copy_that_travelled_says_whose_slots_it_left_behind(school, tmp_path, monkeypatch):
    monkeypatch.setattr("db.backup_maker.disk_of", lambda folder: len(str(folder)))
    (school.path.parent / "sao-luu").mkdir()
    back_up(school)
    work = desk(school)
    assert {p.display_name for p in work.people(shelf(school)[0])} == {
        OFFICE["principal"], OFFICE["secretary"],
    }  # fmt: skip
    plan = work.prepare(shelf(school)[0], school.uid("principal"), PASSWORD)
    assert OFFICE["vice"] in plan.locked_out
    assert OFFICE["secretary"] not in plan.locked_out
    work.discard(plan)


def test_a_changed_backup_is_refused(school):
    folder = back_up(school)
    copy = folder / school.path.name
    content = bytearray(copy.read_bytes())
    content[-10] ^= 1
    copy.write_bytes(content)
    with pytest.raises(EnvironmentProblem) as changed:
        desk(school).prepare(shelf(school)[0], school.uid("principal"), PASSWORD)
    assert changed.value.code == "backup_changed"
    assert staging_left(school) == []


def test_a_backup_of_another_school_is_neither_listed_nor_taken(school, tmp_path):
    place = tmp_path / "trường khác"
    place.mkdir()
    other = found_school(place)
    back_up(other)
    strange = other.file.restoring().backups(place / "sao-luu")[0]
    other.close()
    assert desk(school).backups(place / "sao-luu") == ()
    with pytest.raises(RuleRefused) as refused:
        desk(school).prepare(strange, other.uid("principal"), PASSWORD)
    assert refused.value.code == "backup_of_another"


def test_a_backup_pulled_out_meanwhile_is_missing(school):
    folder = back_up(school)
    chosen = shelf(school)[0]
    shutil.rmtree(folder)
    with pytest.raises(EnvironmentProblem) as missing:
        desk(school).prepare(chosen, school.uid("principal"), PASSWORD)
    assert missing.value.code == "backup_missing"


def test_a_damaged_file_is_replaced_though_nobody_knows_what_is_lost(school):
    back_up(school)
    school.close()
    school.path.write_bytes(b"x" * 8192)
    school.file = school.files.open(school.path)
    work = desk(school)
    plan = work.prepare(shelf(school)[0], school.uid("principal"), PASSWORD)
    assert plan.lost.entries is None
    done = work.carry_out(plan)
    assert (done.kept / school.path.name).read_bytes() == b"x" * 8192
    school.session = school.file.sign_in(school.uid("principal"), PASSWORD)
    assert school.setup.school() == SCHOOL


def test_a_lost_keyfile_is_replaced_from_a_place_nobody_can_open(school):
    back_up(school)
    school.close()
    keyfile_path(school.path).unlink()
    work = school.files.restoring(school.path)
    plan = work.prepare(
        work.backups(school.path.parent / "sao-luu")[0], school.uid("principal"), PASSWORD
    )
    work.carry_out(plan)
    school.reopen()
    assert school.setup.school() == SCHOOL


def test_another_pc_gets_the_file_where_there_was_none(school, tmp_path):
    folder = back_up(school)
    school.close()
    there = tmp_path / "máy khác"
    there.mkdir()
    target = there / "Sổ mới.khoaso"
    work = school.files.restoring(target)
    backup = work.backups(folder.parent)[0]
    plan = work.prepare(backup, school.uid("principal"), PASSWORD)
    assert plan.lost.entries == 0
    done = work.carry_out(plan)
    assert done.kept is None
    assert sorted(p.suffix for p in there.iterdir()) == [
        ".khoaso", ".khoaso-head", ".khoaso-key", ".khoaso-lock", ".khoaso-signins",
    ]  # fmt: skip
    file = school.files.open(target)
    session = file.sign_in(school.uid("toan"), PASSWORD)
    assert session.warnings == ()
    file.close()
    school.reopen()


def test_the_printed_code_restores_when_nobody_knows_a_password(tmp_path):
    school = found_school(tmp_path)
    back_up(school)
    school.setup.add_year(school.actor("principal"), "2026-2027")
    school.file.switch_user()
    work = desk(school)
    with pytest.raises(RuleRefused) as wrong:
        work.prepare(shelf(school)[0], RECOVERY_UID, school.recovery_code[:-1])
    assert wrong.value.code == "recovery_code_length"
    assert staging_left(school) == []
    plan = work.prepare(shelf(school)[0], RECOVERY_UID, school.recovery_code)
    assert (plan.by_code, plan.lost.entries) == (True, 1)
    work.carry_out(plan)
    school.session = school.file.sign_in(school.uid("principal"), PASSWORD)
    assert school.setup.years() == ()
    with school.uow.read() as uow:
        assert uow.trail.entries(newest=1, kind="backup.restored")[0].account_id is None
    school.close()


def test_an_older_code_does_not_undo_a_newer_one(tmp_path):
    school = found_school(tmp_path)
    back_up(school)
    accounts = Accounts(school.uow, school.clock, school.file.vault, school.session.unlocked)
    newer = accounts.renew_recovery_code(school.actor("principal")).payload
    school.file.switch_user()
    work = desk(school)
    with pytest.raises(AccessDenied) as needed:
        work.prepare(shelf(school)[0], RECOVERY_UID, school.recovery_code)
    assert needed.value.code == "current_password_needed"
    plan = work.prepare(shelf(school)[0], RECOVERY_UID, school.recovery_code, current_secret=newer)
    work.discard(plan)
    school.file.close()


def test_a_place_somebody_else_has_open_is_refused(school):
    back_up(school)
    work = school.files.restoring(school.path)
    with pytest.raises(EnvironmentProblem) as held:
        work.prepare(shelf(school)[0], school.uid("principal"), PASSWORD)
    assert held.value.code == "already_open"


def test_a_practice_copy_and_the_book_do_not_replace_each_other(school):
    path = school.file.practice_copy()
    school.close()
    practice = school.files.open(path)
    session = practice.sign_in(school.uid("principal"), PASSWORD)
    made = Backups(session.uow, school.clock, session.backups).make_now(session.actor)
    assert path.parent in made.payload.path.parents
    practice.close()
    school.reopen()
    strange = desk(school).backups(path.parent / "sao-luu")
    assert strange, "same file id: it would be listed"
    with pytest.raises(RuleRefused) as refused:
        desk(school).prepare(strange[0], school.uid("principal"), PASSWORD)
    assert refused.value.code == "restore_practice"


def test_a_practice_copy_is_marked_three_times_and_opens_with_everybodys_password(school):
    back_up(school)
    path = school.file.practice_copy()
    assert path.name == f"BẢN TẬP {school.path.name}"
    assert shelf(school) == desk(school).backups(school.path.parent / "sao-luu")
    practice = school.files.open(path)
    assert practice.label()[MARK] == "copy"
    session = practice.sign_in(school.uid("toan"), PASSWORD)
    assert session.warnings == ()
    assert practice.label()[MARK] == "copy"
    with session.uow.read() as uow:
        assert uow.school.setting(MARK) == "copy"
        assert [e.kind for e in uow.trail.of_kinds(("practice.made",))] == ["practice.made"]
    practice.close()
    with school.uow.read() as uow:
        assert uow.school.setting(MARK) == ""
    assert school.file.label().get(MARK) is None


@pytest.mark.drill
def test_a_killed_restore_leaves_the_old_file_or_the_whole_new_one(tmp_path):
    outcomes = set()
    for deaths in range(STEPS):
        place = tmp_path / str(deaths)
        place.mkdir()
        school = make_school(place, pupils=1)
        back_up(school)
        add_pupil(school, 1)
        school.close()
        with child(restore_and_die, school.path, school.uid("principal"), deaths) as (proc, listen):
            assert listen.poll(30)
            proc.join(30)
            said = told(listen)
        school.reopen()
        found = pupils(school)
        restored = "backup.restored" in school.trail_kinds()
        assert (found, restored) in ((2, False), (1, True)), deaths
        assert school.file.check_integrity() == ()
        assert staging_left(school) == []
        if restored:
            kept = next(p for p in place.iterdir() if "da-thay" in p.name)
            old = school.files.open(kept / school.path.name)
            session = old.sign_in(school.uid("principal"), PASSWORD)
            with session.uow.read() as uow:
                assert len(uow.roster.entries(school.class_id)) == 2
            old.close()
        outcomes.add(restored)
        school.close()
        if "restored" in said:
            break
    else:
        raise AssertionError("the swap has more steps than the drill")
    assert outcomes == {True, False}


def test_the_rehearsal_opens_the_newest_backup_elsewhere(school):
    folder = school.path.parent / "sao-luu"
    work = desk(school)
    with pytest.raises(RuleRefused) as none_yet:
        work.rehearse(folder, school.uid("secretary"), PASSWORD)
    assert none_yet.value.code == "no_backup"
    made = back_up(school)
    found = work.rehearse(folder, school.uid("secretary"), PASSWORD)
    assert (found.problem, found.classes, found.pupils) == ("", 1, 1)
    assert found.backup.path == made
    assert work.rehearse(folder, RECOVERY_UID, school.recovery_code).by_code
    with pytest.raises(AccessDenied):
        work.rehearse(folder, school.uid("secretary"), "không phải mật khẩu này")
    copy = made / school.path.name
    copy.write_bytes(copy.read_bytes()[:-4096])
    assert (
        "không còn đúng như lúc kiểm tra"
        in work.rehearse(folder, school.uid("secretary"), PASSWORD).problem
    )


def test_a_cheap_slot_in_a_backup_is_not_opened(school):
    back_up(school)
    from db.school_files import SchoolFilesOnDisk

    strict = SchoolFilesOnDisk(school.clock)
    school.close()
    work = strict.restoring(school.path)
    with pytest.raises(EnvironmentProblem) as forged:
        work.prepare(
            work.backups(school.path.parent / "sao-luu")[0], school.uid("principal"), PASSWORD
        )
    assert forged.value.code == "keyfile_forged"
    assert CHEAP
    school.reopen()
