"""Create, open, sign in, change user, close: what is recorded, refused and noticed."""

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from app.domain.roles import Role
from app.domain.school import School
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, AppError, EnvironmentProblem, RuleRefused
from app.services.trail_review import pinned_keys
from db.backup import list_backups
from db.engine import Database, connect, key_opens
from db.keys.keyfile import keyfile_path
from db.migrate import VERSIONS, head_number, upgrade
from db.school_files import SchoolFilesOnDisk
from db.trail_head_file import TrailHead, TrailHeadFile
from tests.support.school import (
    CHEAP,
    OFFICE,
    PASSWORD,
    SCHOOL,
    TEACHERS,
    found_school,
    make_school,
    school_clock,
)

ROOT = Path(__file__).resolve().parents[2]


def found_school_files():
    return SchoolFilesOnDisk(school_clock(), cost=CHEAP, floor=CHEAP)


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=2)


def last_entry(school, kind=""):
    with school.uow.read() as uow:
        entry = uow.trail.entries(newest=1, kind=kind)[0]
    return entry, json.loads(entry.detail)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestCreate:
    def test_the_new_file_has_school_principal_trail_and_a_signature(self, tmp_path):
        school = found_school(tmp_path)
        assert school.session.school == SCHOOL
        assert school.session.actor.roles == {Role.PRINCIPAL}
        assert school.session.warnings == ()
        assert school.trail_kinds() == ["school.founded", "session.sign_in"]
        with school.uow.read() as uow:
            (point,) = uow.trail.checkpoints()
            assert point.reason == "founding"
            assert uow.trail.check(pinned_keys(uow)).problem == ""
            assert len(uow.trail.database_id()) == 32
        assert school.file.label() == {
            "school_name": SCHOOL.name,
            "year": "",
            "classes": "0",
            "principal": OFFICE["principal"],
        }

    def test_only_the_files_of_the_school_are_left_after_closing(self, tmp_path):
        found_school(tmp_path).close()
        base = "Đồng Xuân.khoaso"
        assert names(tmp_path) == sorted(
            base + end
            for end in ("", ".khoaso-key", ".khoaso-signins", ".khoaso-head", ".khoaso-lock")
        )

    def test_nothing_readable_stands_in_the_database(self, tmp_path):
        school = found_school(tmp_path)
        school.close()
        content = school.path.read_bytes()
        assert b"SQLite format" not in content
        assert "Khải".encode() not in content

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"school": School(" ", "thcs", "UBND", "xã A", "tỉnh B")}, "school_facts_missing"),
            ({"school": School("A", "đại học", "UBND", "xã A", "tỉnh B")}, "stage_unknown"),
            ({"principal_name": "  "}, "name_missing"),
            ({"principal_name": "An 2"}, "name_invalid"),
            ({"password": "ngắn"}, "password_too_short"),
        ],
    )
    def test_a_refused_creation_leaves_nothing(self, tmp_path, changes, code):
        files = found_school_files()
        given = {"school": SCHOOL, "principal_name": "Lê Văn Khải", "password": PASSWORD}
        with pytest.raises(RuleRefused) as refusal:
            files.create(tmp_path / "a.khoaso", **(given | changes))
        assert refusal.value.code == code
        assert names(tmp_path) == []

    def test_a_failure_half_way_leaves_nothing(self, tmp_path, monkeypatch):
        def full(*_args, **_kwargs):
            raise EnvironmentProblem("disk_full", "Ổ đĩa đã đầy.")

        monkeypatch.setattr("db.school_files.sign_checkpoint", full)
        with pytest.raises(EnvironmentProblem):
            found_school_files().create(tmp_path / "a.khoaso", SCHOOL, "Lê Văn Khải", PASSWORD)
        assert names(tmp_path) == []

    def test_a_failure_after_the_move_takes_the_files_back(self, tmp_path, monkeypatch):
        def full(*_args, **_kwargs):
            raise EnvironmentProblem("disk_full", "Ổ đĩa đã đầy.")

        monkeypatch.setattr("db.school_file.LockedSchoolFile.begin", full)
        with pytest.raises(EnvironmentProblem):
            found_school_files().create(tmp_path / "a.khoaso", SCHOOL, "Lê Văn Khải", PASSWORD)
        assert names(tmp_path) == []

    @pytest.mark.parametrize("end", ["", ".khoaso-key", ".khoaso-signins", ".khoaso-head"])
    def test_no_existing_file_is_replaced(self, tmp_path, end):
        there = tmp_path / f"a.khoaso{end}"
        there.write_bytes(b"precious")
        with pytest.raises(EnvironmentProblem) as refusal:
            found_school_files().create(tmp_path / "a.khoaso", SCHOOL, "Lê Văn Khải", PASSWORD)
        assert refusal.value.code == "school_file_exists"
        assert there.read_bytes() == b"precious"
        assert names(tmp_path) == [there.name]

    def test_what_a_killed_creation_left_is_swept(self, tmp_path):
        left = tmp_path / ".dang-tao-Đồng Xuân.khoaso-0badcafe"
        left.mkdir()
        (left / "half").write_bytes(b"x")
        found_school(tmp_path).close()
        assert not left.exists()


class TestOpen:
    def test_a_missing_file_is_told_and_no_lock_file_appears(self, tmp_path):
        with pytest.raises(EnvironmentProblem) as refusal:
            found_school_files().open(tmp_path / "không có.khoaso")
        assert refusal.value.code == "database_missing"
        assert names(tmp_path) == []

    def test_a_missing_keyfile_is_told_and_the_lock_is_free_again(self, tmp_path):
        school = found_school(tmp_path)
        school.close()
        keyfile_path(school.path).rename(tmp_path / "elsewhere")
        with pytest.raises(EnvironmentProblem) as refusal:
            school.files.open(school.path)
        assert refusal.value.code == "keyfile_missing"
        (tmp_path / "elsewhere").rename(keyfile_path(school.path))
        school.files.open(school.path).close()

    def test_a_second_window_is_refused_also_while_nobody_is_signed_in(self, school):
        school.file.switch_user()
        with pytest.raises(EnvironmentProblem) as refusal:
            school.files.open(school.path)
        assert refusal.value.code == "already_open"

    def test_people_and_label_are_known_before_signing_in(self, school):
        school.close()
        file = school.files.open(school.path)
        listed = {entry.uid: entry for entry in file.people()}
        assert listed[school.uid("homeroom")].note == "GVCN 6A · Toán 6A"
        assert file.label()["year"] == "2026-2027"
        assert file.session is None
        file.close()


class TestSignIn:
    def test_the_sign_in_is_recorded_with_its_time(self, school):
        school.clock.advance(timedelta(hours=1))
        before = school.clock.now()
        school.sign_in_as("secretary")
        school.clock.advance(timedelta(hours=1))
        again = school.sign_in_as("secretary")
        assert again.previous_sign_in == before
        entry, detail = last_entry(school)
        assert (entry.kind, detail["uid"]) == ("session.sign_in", school.uid("secretary"))
        assert again.warnings == ()

    def test_a_wrong_password_keeps_nobody_signed_in_and_is_taken_into_the_trail(self, school):
        school.file.switch_user()
        with pytest.raises(AccessDenied) as refusal:
            school.file.sign_in(school.uid("toan"), "không phải thế này")
        assert refusal.value.code == "wrong_password"
        assert school.file.session is None
        signed_in = school.sign_in_as("toan")
        assert len(signed_in.warnings) == 1
        assert "1 lần gõ sai" in signed_in.warnings[0]
        _, detail = last_entry(school, "session.failed_sign_ins")
        assert [one["uid"] for one in detail["attempts"]] == [school.uid("toan")]
        assert school.sign_in_as("toan").warnings == ()

    def test_attempts_at_others_are_recorded_but_warn_only_their_owner(self, school):
        school.file.switch_user()
        with pytest.raises(AccessDenied):
            school.file.sign_in(school.uid("toan"), "không phải thế này")
        assert school.sign_in_as("secretary").warnings == ()
        assert "session.failed_sign_ins" in school.trail_kinds()

    def test_an_attempt_taken_twice_is_recorded_once(self, school):
        school.file.switch_user()
        with pytest.raises(AccessDenied):
            school.file.sign_in(school.uid("toan"), "không phải thế này")
        log = school.path.with_name(school.path.name + ".khoaso-signins")
        kept = log.read_bytes()
        school.sign_in_as("secretary")
        school.file.switch_user()
        log.write_bytes(kept)  # as if killed between the commit and the emptying
        school.sign_in_as("secretary")
        assert school.trail_kinds().count("session.failed_sign_ins") == 1

    def test_a_missing_side_file_is_reported_and_recorded(self, school):
        school.file.switch_user()
        school.path.with_name(school.path.name + ".khoaso-signins").unlink()
        signed_in = school.sign_in_as("secretary")
        assert "đã bị xóa" in signed_in.warnings[0]
        _, detail = last_entry(school, "session.failed_sign_ins")
        assert detail["missing"] is True

    def test_a_disabled_account_is_refused_even_when_its_slot_still_opens(self, school):
        with school.uow.write() as uow:
            uow.accounts.disable(school.accounts_by_key["toan"], school.clock.today())
            uow.commit()
        school.file.switch_user()
        with pytest.raises(AccessDenied) as refusal:
            school.file.sign_in(school.uid("toan"), PASSWORD)
        assert refusal.value.code == "account_disabled"
        assert school.file.session is None
        assert len(school.sign_in_as("secretary").warnings) == 0
        _, detail = last_entry(school, "session.failed_sign_ins")
        assert detail["attempts"][0]["result"] == "account_disabled"

    def test_a_clock_set_back_is_told(self, school):
        school.clock.advance(timedelta(days=-3))
        (warning,) = school.sign_in_as("secretary").warnings
        assert "sớm hơn việc đã ghi" in warning

    def test_a_newer_schema_is_refused_and_the_file_untouched(self, school):
        key = school.session.unlocked.database_key
        school.close()
        raw = connect(school.path, key)
        raw.execute(f"PRAGMA user_version = {head_number() + 1}")
        raw.close()
        before = school.path.read_bytes()
        file = school.files.open(school.path)
        with pytest.raises(EnvironmentProblem) as refusal:
            file.sign_in(school.uid("principal"), PASSWORD)
        file.close()
        assert refusal.value.code == "newer_schema"
        assert school.path.read_bytes() == before

    def test_a_damaged_file_is_refused_at_the_door(self, school):
        school.close()
        with school.path.open("r+b") as file:
            file.seek(school.path.stat().st_size // 2)
            file.write(bytes(4096))
        opened = school.files.open(school.path)
        with pytest.raises(EnvironmentProblem) as refusal:
            opened.sign_in(school.uid("principal"), PASSWORD)
        opened.close()
        assert refusal.value.code == "database_damaged"

    def test_somebody_signed_in_must_leave_first(self, school):
        with pytest.raises(RuntimeError):
            school.file.sign_in(school.uid("toan"), PASSWORD)


class TestHead:
    def head_file(self, school):
        return TrailHeadFile(school.path)

    def test_an_older_file_put_back_is_noticed(self, school, tmp_path):
        school.close()
        old = tmp_path / "old"
        shutil.copyfile(school.path, old)
        school.reopen()
        school.close()
        shutil.copyfile(old, school.path)
        (warning,) = school.reopen().warnings
        assert "bản cũ hơn hoặc đã bị cắt bớt" in warning
        _, detail = last_entry(school, "session.sign_in")
        assert detail["findings"] == ["trail_shorter"]

    def test_another_history_of_the_same_length_is_noticed(self, school):
        school.file.switch_user()
        noted = self.head_file(school).read()
        self.head_file(school).write(TrailHead(noted.seq, "ab" * 32))
        (warning,) = school.sign_in_as("principal").warnings
        assert f"Mục {noted.seq}" in warning

    def test_a_head_noted_before_a_crash_is_found_further_back(self, school):
        school.file.note_head()
        with school.uow.write() as uow:
            uow.trail.append(TrailDraft("backup.folder", {"folder": "x"}), None, school.clock.now())
            uow.commit()
        crashed = school.file
        crashed._lock.release()  # what the system does for a killed process
        assert school.reopen().warnings == ()

    def test_a_missing_and_a_damaged_head_file_are_told(self, school):
        school.file.switch_user()
        path = self.head_file(school).path
        path.unlink()
        (missing,) = school.sign_in_as("principal").warnings
        assert "Không thấy tệp dấu nhật ký" in missing
        school.file.switch_user()
        path.write_text("{}")
        (damaged,) = school.sign_in_as("principal").warnings
        assert "bị hỏng" in damaged

    def test_an_older_keyfile_put_back_is_noticed(self, school, tmp_path):
        keyfile = keyfile_path(school.path)
        shutil.copyfile(keyfile, tmp_path / "old-key")
        school.accounts.change_own_password(
            school.actor("principal"), PASSWORD, "một câu khác hẳn trước"
        )
        school.file.switch_user()
        school.session = school.file.sign_in(school.uid("principal"), "một câu khác hẳn trước")
        school.file.switch_user()
        shutil.copyfile(tmp_path / "old-key", keyfile)
        (warning,) = school.sign_in_as("principal").warnings
        assert "Tệp khóa là bản cũ" in warning


class TestLeaving:
    def test_closing_signs_the_trail_and_folds_the_log(self, school):
        school.close()
        assert not school.path.with_name(school.path.name + "-wal").exists()
        noted = TrailHeadFile(school.path).read()
        school.reopen()
        with school.uow.read() as uow:
            point = uow.trail.checkpoints()[-1]
            assert (point.seq, point.reason) == (noted.seq, "end_of_day")
            assert point.signer == OFFICE["principal"]
            assert uow.trail.check(pinned_keys(uow)).problem == ""

    def test_changing_user_keeps_the_lock_and_forgets_the_session(self, school):
        held = school.session
        school.file.switch_user()
        assert school.file.session is None
        with pytest.raises(RuntimeError):
            school.file.refreshed()
        signed_in = school.sign_in_as("toan")
        assert signed_in.actor.uid == school.uid("toan") != held.actor.uid
        kinds = school.trail_kinds()
        assert kinds[-2:] == ["session.sign_out", "session.sign_in"]

    def test_the_lock_is_released_even_when_the_last_entry_cannot_be_written(
        self, school, monkeypatch
    ):
        def full(*_args, **_kwargs):
            raise EnvironmentProblem("disk_full", "Ổ đĩa đã đầy.")

        monkeypatch.setattr("db.school_file.sign_checkpoint", full)
        with pytest.raises(EnvironmentProblem):
            school.file.close()
        monkeypatch.undo()
        assert school.reopen().actor.uid == school.uid("principal")

    def test_closing_with_nobody_signed_in_only_lets_go(self, school):
        school.file.switch_user()
        school.file.close()
        school.reopen()

    def test_rights_given_in_the_session_are_there_after_refreshing(self, school):
        school.assignments.assign(
            school.actor("principal"),
            school.class_id,
            school.subjects["tin_hoc"],
            school.accounts_by_key["principal"],
        )
        assert not school.session.actor.teaches
        assert school.file.refreshed().actor.teaches == {
            (school.class_id, school.subjects["tin_hoc"])
        }


class TestDecider:
    def test_another_person_decides_inside_the_session(self, school):
        school.sign_in_as("toan")
        decider = school.file.decider(school.uid("principal"), PASSWORD)
        assert decider.actor.has(Role.PRINCIPAL)
        assert decider.signer.uid == school.uid("principal")
        assert school.file.session.actor.uid == school.uid("toan")

    def test_a_wrong_password_decides_nothing(self, school):
        with pytest.raises(AccessDenied):
            school.file.decider(school.uid("vice"), "không phải thế này")


class TestRevoke:
    def test_an_old_copy_of_the_slot_opens_nothing_and_everybody_else_goes_on(
        self, school, tmp_path
    ):
        teacher = school.accounts_by_key["toan"]
        shutil.copyfile(keyfile_path(school.path), tmp_path / "stolen")
        old_key = school.session.unlocked.database_key
        school.accounts.disable(school.actor("admin"), teacher)
        school.session = school.file.revoke(teacher)
        assert school.trail_kinds()[-1] == "account.revoked"
        assert school.uid("toan") not in {entry.uid for entry in school.file.people()}
        school.close()
        assert not key_opens(school.path, old_key)
        school.reopen("secretary")
        school.sign_in_as("principal")

        # The person may be taken back, with a slot of their own again.
        school.accounts.enable(school.actor("principal"), teacher)
        assert school.directory.refresh() == (TEACHERS["toan"],)
        school.accounts.reset_password(school.actor("principal"), teacher, PASSWORD)
        school.sign_in_as("toan")

    def test_somebody_active_or_revoked_already_and_a_teachers_hand_are_refused(self, school):
        teacher = school.accounts_by_key["toan"]
        with pytest.raises(RuleRefused) as active:
            school.file.revoke(teacher)
        assert active.value.code == "revoke_active"
        school.accounts.disable(school.actor("admin"), teacher)
        school.session = school.file.revoke(teacher)
        with pytest.raises(RuleRefused) as again:
            school.file.revoke(teacher)
        assert again.value.code == "revoked_already"
        school.sign_in_as("gdcd")
        with pytest.raises(AccessDenied):
            school.file.revoke(teacher)

    def test_a_refused_change_of_key_leaves_the_session_working(self, school, monkeypatch):
        teacher = school.accounts_by_key["toan"]
        school.accounts.disable(school.actor("admin"), teacher)
        monkeypatch.setattr("db.keys.rotation._SPACE_FACTOR", 10**15)
        with pytest.raises(EnvironmentProblem) as refusal:
            school.file.revoke(teacher)
        assert refusal.value.code == "not_enough_space"
        assert school.trail_kinds()[-1] == "account.disabled"
        school.sign_in_as("secretary")


class TestUpgrade:
    @staticmethod
    def with_next(tmp_path) -> Path:
        """The program's migrations and one more, as a later version would bring."""
        versions = tmp_path / "versions"
        shutil.copytree(VERSIONS, versions, ignore=shutil.ignore_patterns("__pycache__"))
        head = head_number()
        (versions / f"{head + 1:04d}_extra.py").write_text(
            f'from alembic import op\nrevision = "{head + 1:04d}"\n'
            f'down_revision = "{head:04d}"\nbranch_labels = None\ndepends_on = None\n\n'
            "def upgrade():\n    op.execute('CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT')\n"
        )
        return versions

    def test_an_older_file_is_upgraded_after_a_verified_backup(self, school, tmp_path, monkeypatch):
        versions = self.with_next(tmp_path)
        school.close()
        monkeypatch.setattr("db.school_file.upgrade", partial(upgrade, versions=versions))
        school.reopen()
        (backup,) = list_backups(tmp_path / "sao-luu")
        assert backup.schema_number == head_number()
        school.close()
        assert Database(school.path, school.session.unlocked.database_key).schema_number() == (
            head_number() + 1
        )

    def test_without_its_backup_the_file_stays_as_it_is(self, school, tmp_path, monkeypatch):
        versions = self.with_next(tmp_path)
        school.close()
        monkeypatch.setattr("db.school_file.upgrade", partial(upgrade, versions=versions))

        def full(*_args, **_kwargs):
            raise EnvironmentProblem("disk_full", "Ổ đĩa đã đầy.")

        monkeypatch.setattr("db.school_file.make_backup", full)
        file = school.files.open(school.path)
        with pytest.raises(EnvironmentProblem):
            file.sign_in(school.uid("principal"), PASSWORD)
        file.close()
        monkeypatch.undo()
        assert school.reopen().warnings == ()


class TestRecovery:
    NEW = "trăng rằm tháng tám sáng"

    def test_the_printed_code_gives_the_principal_new_keys_that_the_trail_knows(self, school):
        code = school.accounts.renew_recovery_code(school.actor("principal")).payload
        old_key = school.session.signer.public_key
        school.file.switch_user()
        signed_in = school.file.recover(code, school.uid("principal"), self.NEW)
        school.session = signed_in
        assert signed_in.signer.public_key != old_key
        assert "account.recovered" in school.trail_kinds()
        with school.uow.read() as uow:
            keys = pinned_keys(uow)
            assert uow.trail.check(keys).problem == ""  # the old signatures stay valid
            assert keys[signed_in.actor.account_id] == [old_key, signed_in.signer.public_key]
        school.file.switch_user()
        with pytest.raises(AccessDenied):
            school.file.sign_in(school.uid("principal"), PASSWORD)

    def test_it_is_for_leaders_only_and_changes_nothing_else(self, school):
        code = school.accounts.renew_recovery_code(school.actor("principal")).payload
        school.file.switch_user()
        with pytest.raises(AccessDenied) as refusal:
            school.file.recover(code, school.uid("toan"), self.NEW)
        assert refusal.value.code == "recovery_for_leaders"
        assert school.file.session is None
        school.sign_in_as("toan")

    def test_a_wrong_code_is_refused_and_recorded(self, tmp_path):
        school = found_school(tmp_path)
        wrong = school.recovery_code
        school.accounts.renew_recovery_code(school.actor("principal"))
        school.file.switch_user()
        with pytest.raises(AppError) as refusal:
            school.file.recover(wrong, school.uid("principal"), self.NEW)
        assert refusal.value.code == "wrong_recovery_code"
        school.sign_in_as("principal")
        assert "session.failed_sign_ins" in school.trail_kinds()


class TestKilledBetweenTheTwoFiles:
    """The keyfile and the database cannot be one transaction; these processes are really killed."""

    HEAD = """
import os, signal, sys
from pathlib import Path
from db.unit_of_work import SqlUnitOfWork
from tests.support.school import *
clock = school_clock()
files = SchoolFilesOnDisk(clock, cost=CHEAP, floor=CHEAP)
path, uid, other = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
file = files.open(path)
session = file.sign_in(uid, PASSWORD)
accounts = Accounts(session.uow, clock, file.vault, session.unlocked)
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
"""

    def run(self, school, body):
        principal = school.uid("principal")
        other = str(school.accounts_by_key["toan"])
        school.close()
        done = subprocess.run(
            [sys.executable, "-c", self.HEAD + body, str(school.path), principal, other],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr

    def test_a_slot_without_its_account_is_switched_off_and_then_taken_over(self, school):
        self.run(
            school,
            "SqlUnitOfWork.commit = die\n"
            "accounts.add(session.actor, 'Tạ Thị Xuân', PASSWORD, roles=(Role.SECRETARY,))\n",
        )
        file = school.files.open(school.path)
        assert "ta.thi.xuan" in {entry.uid for entry in file.people()}
        with pytest.raises(AccessDenied):
            file.sign_in("ta.thi.xuan", PASSWORD)
        file.close()
        school.reopen()
        assert not next(e for e in school.file.people() if e.uid == "ta.thi.xuan").active
        assert "ta.thi.xuan" not in {account.uid for account in school.accounts.all()}

        added = school.accounts.add(school.actor("principal"), "Tạ Thị Xuân", PASSWORD)
        assert added.payload.uid == "ta.thi.xuan"
        school.file.switch_user()
        assert school.file.sign_in("ta.thi.xuan", PASSWORD).actor.name == "Tạ Thị Xuân"

    def test_new_keys_that_were_announced_are_pinned_at_the_next_sign_in(self, school):
        self.run(
            school,
            "import app.services.accounts as service\n"
            "service.pin_key = die\n"
            "accounts.reset_password(session.actor, other, 'một mật khẩu khác hẳn')\n",
        )
        file = school.files.open(school.path)
        with pytest.raises(AccessDenied):
            file.sign_in(school.uid("toan"), PASSWORD)
        school.session = file.sign_in(school.uid("toan"), "một mật khẩu khác hẳn")
        school.file = file
        _, detail = last_entry(school, "account.key_settled")
        assert detail["by"] == OFFICE["principal"]
        file.switch_user()
        assert school.file.sign_in(school.uid("toan"), "một mật khẩu khác hẳn").warnings == ()

    def test_killed_before_the_keyfile_the_old_password_still_works(self, school):
        self.run(
            school,
            "file.vault.reset_password = die\n"
            "accounts.reset_password(session.actor, other, 'một mật khẩu khác hẳn')\n",
        )
        school.file = school.files.open(school.path)
        school.sign_in_as("toan")
        assert "account.key_settled" not in school.trail_kinds()

    def test_a_disabled_person_stays_out_when_the_list_was_not_written(self, school):
        self.run(
            school,
            "accounts._directory.refresh = die\naccounts.disable(session.actor, other)\n",
        )
        file = school.files.open(school.path)
        assert next(e for e in file.people() if e.uid == school.uid("toan")).active
        with pytest.raises(AccessDenied):
            file.sign_in(school.uid("toan"), PASSWORD)
        file.close()
        school.reopen()
        assert not next(e for e in school.file.people() if e.uid == school.uid("toan")).active

    def test_a_killed_creation_can_be_done_again(self, tmp_path):
        path = tmp_path / "Đồng Xuân.khoaso"
        body = (
            "import os, signal, sys\nfrom pathlib import Path\nimport db.school_files as module\n"
            "from tests.support.school import *\n"
            "module.sign_checkpoint = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
            "SchoolFilesOnDisk(school_clock(), cost=CHEAP, floor=CHEAP).create("
            "Path(sys.argv[1]), SCHOOL, 'Lê Văn Khải', PASSWORD)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", body, str(path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        assert done.returncode == -signal.SIGKILL
        assert not path.exists()
        school = found_school(tmp_path)
        assert key_opens(path, school.session.unlocked.database_key)
        assert not [name for name in names(tmp_path) if name.startswith(".dang-tao")]


def test_a_key_nobody_announced_is_refused(school):
    """Somebody with the database key put their own slot in another's place."""
    vault, unlocked = school.file.vault, school.session.unlocked
    vault.reset_password(unlocked, school.uid("vice"), "kẻ lạ thay ổ khóa rồi")
    school.file.switch_user()
    with pytest.raises(EnvironmentProblem) as refusal:
        school.file.sign_in(school.uid("vice"), "kẻ lạ thay ổ khóa rồi")
    assert refusal.value.code == "key_not_pinned"
    school.sign_in_as("principal")
    with pytest.raises(EnvironmentProblem):
        school.file.decider(school.uid("vice"), "kẻ lạ thay ổ khóa rồi")
