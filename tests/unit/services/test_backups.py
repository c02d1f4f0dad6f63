"""Backups: made, recorded, skipped when nothing changed, and their lamp."""

import shutil
from datetime import datetime, timedelta

import pytest

from app.backup_maker import BackupFacts
from app.clock import VIETNAM
from app.errors import AccessDenied, EnvironmentProblem, RuleRefused
from app.progress import Cancelled
from app.services.backups import BackupLamp, Backups, backup_age
from tests.support.school import PASSWORD, make_school


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=1)


@pytest.fixture
def backups(school):
    return Backups(school.uow, school.clock, school.session.backups)


def test_a_backup_opens_as_a_school_of_its_own(school, backups, tmp_path):
    facts = backups.make_now(school.actor("secretary")).payload
    assert facts.path.parent == school.path.parent / "sao-luu"
    assert school.trail_kinds()[-1] == "backup.made"
    copy = school.files.open(facts.path / school.path.name)
    try:
        signed_in = copy.sign_in(school.uid("toan"), PASSWORD)
        assert signed_in.school == school.session.school
    finally:
        copy.close()


def test_at_close_only_work_since_the_last_one_is_worth_a_copy(school, backups):
    principal = school.actor("principal")
    assert backups.changed_since_last()
    assert backups.make_at_close(principal) is not None
    assert backups.make_at_close(principal) is None
    session = school.sign_in_as("toan")
    again = Backups(session.uow, school.clock, session.backups)
    assert not again.changed_since_last()  # signing in is no work
    school.rosters.freeze(school.actor("secretary"), school.class_id)
    assert again.make_at_close(session.actor) is not None  # whoever closes, also a teacher


def test_a_failed_or_cancelled_backup_is_not_recorded(school, backups, tmp_path):
    before = school.trail_kinds()

    def cancel(done, total, note=""):
        raise Cancelled

    with pytest.raises(Cancelled):
        backups.make_now(school.actor("principal"), cancel)
    school.session.backups.default_folder().rmdir()
    school.session.backups.default_folder().write_text("not a folder")
    with pytest.raises(EnvironmentProblem):
        backups.make_now(school.actor("principal"))
    assert school.trail_kinds() == before
    assert backups.changed_since_last()


def test_the_chosen_folder_is_kept_and_a_missing_one_refused(school, backups, tmp_path):
    other = tmp_path / "ổ ngoài"
    with pytest.raises(RuleRefused) as refusal:
        backups.choose_folder(school.actor("secretary"), other)
    assert refusal.value.code == "folder_missing"
    other.mkdir()
    backups.choose_folder(school.actor("secretary"), other)
    assert backups.make_now(school.actor("secretary")).payload.path.parent == other
    shutil.rmtree(other)
    with pytest.raises(EnvironmentProblem) as unplugged:
        backups.make_now(school.actor("secretary"))
    assert unplugged.value.code == "backup_folder_missing"
    assert not other.exists()
    with pytest.raises(AccessDenied):
        backups.choose_folder(school.actor("toan"), other)
    with pytest.raises(AccessDenied):
        backups.make_now(school.actor("toan"))


def test_the_lamp_follows_the_last_backup_that_is_still_what_was_checked(school, backups):
    assert backups.age().lamp is BackupLamp.RED
    facts = backups.make_now(school.actor("principal")).payload
    assert backups.age().facts == facts
    assert backups.age().lamp is BackupLamp.FRESH
    copy = facts.path / school.path.name
    copy.write_bytes(copy.read_bytes()[:-1] + b"x")
    assert backups.age().facts is None
    shutil.rmtree(facts.path)
    assert backups.age().lamp is BackupLamp.RED


@pytest.mark.parametrize(
    ("days", "lamp"),
    [
        (0, BackupLamp.FRESH),
        (1, BackupLamp.FRESH),
        (2, BackupLamp.AMBER),
        (6, BackupLamp.AMBER),
        (7, BackupLamp.RED),
        (400, BackupLamp.RED),
    ],
)
def test_amber_after_two_days_and_red_after_seven(school, days, lamp, tmp_path):
    now = school.clock.now()
    facts = BackupFacts(tmp_path, 1, now - timedelta(days=days), "")
    assert backup_age(facts, now).lamp is lamp


def test_the_days_of_a_backup_are_calendar_days_as_in_the_status_bar(tmp_path):
    made = datetime(2026, 2, 11, 9, 3, tzinfo=VIETNAM)
    now = datetime(2026, 3, 2, 7, 20, tzinfo=VIETNAM)
    assert backup_age(BackupFacts(tmp_path, 1, made, ""), now).words == "Sao lưu 19 ngày trước"
