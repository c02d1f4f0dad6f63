"""What a sign-in notices, tells the right people, and survives: forged or huge side files."""

import json
import shutil
from datetime import timedelta

import pytest

from app.errors import AccessDenied, EnvironmentProblem, RuleRefused
from app.services.key_changes import announce_key_change
from app.services.trail_review import TrailReview
from app.vault import PersonEntry
from db import backup_maker
from db.backup import MANIFEST, latest_verified
from db.engine import connect
from db.keys.keyfile import keyfile_path, load
from db.keys.sign_ins import SignInLog
from db.keys.slots import SlotForged, open_slot, unseal_key
from tests.support.school import CHEAP, PASSWORD, found_school, make_school

NEW = "một câu khác hẳn trước"
NESTED = "[" * 200_000


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=1)


def side_file(school, end):
    return school.path.with_name(school.path.name + end)


def rewrite(school, *statements):
    """SQL past the triggers, as somebody with the key and a database tool can."""
    connection = connect(school.path, school.session.unlocked.database_key)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def last_detail(school, kind):
    with school.uow.read() as uow:
        return json.loads(uow.trail.entries(newest=1, kind=kind)[0].detail)


class TestKeyfile:
    def test_an_old_one_put_back_at_once_is_noticed(self, school):
        """The password was changed, the day ended, the old keyfile came back before any sign-in."""
        keyfile = keyfile_path(school.path)
        old = keyfile.read_bytes()
        school.accounts.change_own_password(school.actor("principal"), PASSWORD, NEW)
        school.file.switch_user()
        keyfile.write_bytes(old)
        (warning,) = school.sign_in_as("principal").warnings
        assert "Tệp khóa là bản cũ" in warning

    def test_put_back_in_the_session_brings_no_old_password_to_life(self, school):
        keyfile = keyfile_path(school.path)
        old = keyfile.read_bytes()
        principal, uid = school.actor("principal"), school.uid("principal")
        school.accounts.change_own_password(principal, PASSWORD, NEW)
        keyfile.write_bytes(old)
        for act in (
            lambda: school.file.decider(uid, PASSWORD),
            lambda: school.accounts.change_own_password(principal, PASSWORD, "một câu thứ ba nữa"),
            lambda: school.accounts.renew_recovery_code(principal),
        ):
            with pytest.raises(EnvironmentProblem) as refusal:
                act()
            assert refusal.value.code == "keyfile_put_back"
        school.file.switch_user()
        assert "Tệp khóa là bản cũ" in school.sign_in_as("principal").warnings[0]
        assert last_detail(school, "session.sign_out")["keyfile"] == "keyfile_put_back"

    def test_another_schools_keyfile_decides_nothing(self, school, tmp_path):
        folder = tmp_path / "khác"
        folder.mkdir()
        other = found_school(folder)
        keyfile = keyfile_path(school.path)
        mine = keyfile.read_bytes()
        keyfile.write_bytes(keyfile_path(other.path).read_bytes())
        with pytest.raises(EnvironmentProblem):
            school.file.decider(school.uid("principal"), PASSWORD)
        keyfile.write_bytes(mine)
        assert school.file.decider(school.uid("principal"), PASSWORD).signer.uid

    def test_taken_away_in_the_session_the_day_is_signed_all_the_same(self, school, tmp_path):
        keyfile = keyfile_path(school.path)
        keyfile.rename(tmp_path / "elsewhere")
        school.file.switch_user()
        (tmp_path / "elsewhere").rename(keyfile)
        school.sign_in_as("principal")
        assert last_detail(school, "session.sign_out")["keyfile"] == "keyfile_missing"
        lines = TrailReview(school.uow).lines(school.actor("principal"))
        assert any("tệp khóa lúc ấy bị mất" in line.sentence for line in lines)

    def test_an_announced_key_that_never_came_lets_no_later_key_in(self, school):
        uid = school.uid("vice")
        with school.uow.write() as uow:
            announce_key_change(uow, uid, school.actor("principal"))
            uow.commit()
        school.sign_in_as("vice")
        school.file.vault.reset_password(school.session.unlocked, uid, NEW)
        school.file.switch_user()
        with pytest.raises(EnvironmentProblem) as refusal:
            school.file.sign_in(uid, NEW)
        assert refusal.value.code == "key_not_pinned"

    def test_a_slot_nobody_has_an_account_for_gets_no_new_key(self, school):
        """A dishonest administrator leaves a slot of their own behind before being revoked."""
        secret = "khổ qua nhồi thịt bằm"
        school.file.vault.add_person(school.session.unlocked, PersonEntry("ma", "Ma"), secret)
        ghost = load(keyfile_path(school.path)).person("ma").slot
        school.accounts.disable(school.actor("principal"), school.accounts_by_key["admin"])
        school.session = school.file.revoke(school.accounts_by_key["admin"])
        keyfile = load(keyfile_path(school.path))
        assert keyfile.person("ma") is None
        (generation,) = keyfile.generations
        halves = open_slot(ghost, secret, keyfile.database_id, CHEAP)
        with pytest.raises(SlotForged):
            unseal_key(
                generation.sealed.get("ma", b""),
                halves,
                keyfile.database_id,
                generation.number,
                "ma",
            )

    def test_a_revocation_killed_before_its_entry_can_be_told_afterwards(self, school):
        teacher = school.accounts_by_key["toan"]
        school.accounts.disable(school.actor("admin"), teacher)
        school.file._database.close()
        school.file.vault.remove_person(school.session.unlocked, school.uid("toan"))
        school.file._database.engine.dispose()
        school.file._database = None
        school.file._session = None
        school.sign_in_as("principal")
        assert "account.revoked" not in school.trail_kinds()
        school.session = school.file.revoke(teacher)
        assert school.trail_kinds()[-1] == "account.revoked"
        with pytest.raises(RuleRefused) as again:
            school.file.revoke(teacher)
        assert again.value.code == "revoked_already"

    def test_the_key_is_in_no_repr(self, school):
        opened = school.file.vault._open(school.uid("principal"), PASSWORD)
        key = school.session.unlocked.database_key
        assert repr(key) not in repr(opened) + repr(school.session)


class TestTold:
    def test_a_leader_hears_what_whoever_came_before_was_warned_of(self, school):
        school.close()
        old = school.path.read_bytes()
        school.reopen()
        school.close()
        school.path.write_bytes(old)
        (first,) = school.reopen("admin").warnings
        assert "bản cũ hơn" in first
        assert school.sign_in_as("secretary").warnings == ()
        (told,) = school.sign_in_as("principal").warnings
        assert "Đỗ Quang Huy, 08:30 ngày 23/11/2026: tệp dữ liệu là bản cũ hơn" in told
        assert school.sign_in_as("principal").warnings == ()
        assert "Đỗ Quang Huy" in school.sign_in_as("vice").warnings[0]

    def test_many_are_told_in_one_sentence(self, school):
        for _ in range(5):
            school.file.switch_user()
            side_file(school, ".khoaso-head").unlink()
            school.session = school.file.sign_in(school.uid("admin"), PASSWORD)
        (told,) = school.sign_in_as("principal").warnings
        assert "và 2 lần khác" in told

    def test_the_trail_says_findings_in_words(self, school):
        school.file.switch_user()
        side_file(school, ".khoaso-head").unlink()
        school.sign_in_as("principal")
        line = TrailReview(school.uow).lines(school.actor("principal"))[0]
        assert line.sentence == "Đăng nhập, có cảnh báo: thiếu tệp dấu nhật ký"


class TestForged:
    @pytest.mark.parametrize(
        ("end", "said"),
        [(".khoaso-head", "bị hỏng"), (".khoaso-signins", "dòng không đọc được")],
    )
    def test_a_deeply_nested_side_file_is_damage_not_a_fault(self, school, end, said):
        school.file.switch_user()
        side_file(school, end).write_text(NESTED)
        assert said in school.sign_in_as("principal").warnings[0]

    def test_a_deeply_nested_lock_file_still_says_the_file_is_open(self, school):
        lock = side_file(school, ".khoaso-lock")
        lock.write_text(NESTED)
        with pytest.raises(EnvironmentProblem) as refusal:
            school.files.open(school.path)
        assert refusal.value.code == "already_open"

    @pytest.mark.parametrize("at", ["hôm qua", "2026-11-23T08:30:00"])
    def test_an_entry_without_a_time_is_told_and_the_file_opens(self, school, at):
        rewrite(
            school,
            "DROP TRIGGER trail_no_update",
            f"UPDATE trail SET at = '{at}' WHERE seq = (SELECT max(seq) FROM trail)",
        )
        school.file.switch_user()
        assert "không đọc được" in school.sign_in_as("principal").warnings[0]

    def test_details_that_say_nothing_keep_nobody_out(self, school):
        rewrite(
            school,
            "DROP TRIGGER trail_no_update",
            "UPDATE trail SET detail = '[]' WHERE kind LIKE 'session.%'",
        )
        school.file.switch_user()
        assert school.sign_in_as("principal").actor.uid == school.uid("principal")

    def test_a_side_file_grown_beyond_reason_is_read_from_its_end(self, school):
        school.file.switch_user()
        path = side_file(school, ".khoaso-signins")
        with path.open("ab") as file:
            file.write(b"x" * (3 << 20) + b"\n")
        with pytest.raises(AccessDenied):
            school.file.sign_in(school.uid("toan"), "không phải thế này")
        pending = SignInLog(school.path, school.clock).pending()
        assert [one.uid for one in pending.attempts] == [school.uid("toan")]
        assert pending.damaged_lines
        school.sign_in_as("toan")
        assert path.stat().st_size == 0

    @pytest.mark.parametrize(
        "facts",
        [
            {"uid": "x" * 101},
            {"uid": "an\u202e"},
            {"at": "hôm qua"},
            {"result": 1},
            {"attempt": "a" * 500},
        ],
    )
    def test_lines_put_there_by_hand_count_as_damage(self, school, facts):
        line = {"attempt": "a1", "uid": "an", "at": "2026-11-23T08:30:00+07:00", "result": "x"}
        school.file.switch_user()
        side_file(school, ".khoaso-signins").write_text(json.dumps(line | facts) + "\n")
        pending = SignInLog(school.path, school.clock).pending()
        assert (pending.attempts, pending.damaged_lines) == ((), 1)


class TestLock:
    def test_a_link_to_an_open_file_is_the_same_file(self, school, tmp_path):
        elsewhere = tmp_path / "màn hình nền"
        elsewhere.mkdir()
        link = elsewhere / school.path.name
        link.symlink_to(school.path)
        with pytest.raises(EnvironmentProblem) as refusal:
            school.files.open(link)
        assert refusal.value.code == "already_open"

    def test_a_refused_creation_leaves_the_lock_of_an_open_file(self, school):
        lock = side_file(school, ".khoaso-lock")
        with pytest.raises(EnvironmentProblem) as refusal:
            school.files.create(school.path, school.session.school, "Lê Văn Khải", PASSWORD)
        assert refusal.value.code == "school_file_exists"
        assert lock.exists()
        with pytest.raises(EnvironmentProblem):
            school.files.open(school.path)

    def test_a_lock_file_taken_away_while_being_locked_is_made_anew(self, school):
        """Between opening and locking, a creation that failed removed the file."""
        school.close()
        file = school.files.open(school.path)
        file.close()
        lock = file._lock
        port, lost = lock._port, []

        class Slow:
            def try_lock(self, handle):
                if not lost:
                    lost.append(lock.path.unlink())
                return port.try_lock(handle)

            def unlock(self, handle):
                port.unlock(handle)

        lock._port = Slow()
        lock.acquire()
        with pytest.raises(EnvironmentProblem):
            school.files.open(school.path)
        lock.release()


class TestBackups:
    def test_a_copy_on_another_disk_carries_three_slots(self, school, tmp_path, monkeypatch):
        stick = tmp_path / "ổ USB"
        stick.mkdir()
        monkeypatch.setattr(backup_maker, "disk_of", lambda folder: folder == stick)
        facts = school.session.backups.make(stick)
        assert facts.travels
        copy = facts.path / school.path.name
        assert {person.entry.uid for person in load(keyfile_path(copy)).people} == {
            school.uid("principal"),
            school.uid("secretary"),
        }
        file = school.files.open(copy)
        assert file.sign_in(school.uid("secretary"), PASSWORD).actor.uid == school.uid("secretary")
        file.close()
        whole = school.session.backups.make(school.session.backups.default_folder())
        assert not whole.travels
        assert len(load(keyfile_path(whole.path / school.path.name)).people) > 10

    def test_another_schools_copy_lights_no_lamp(self, school, tmp_path):
        folder, other_folder = tmp_path / "chung", tmp_path / "khác"
        folder.mkdir()
        other_folder.mkdir()
        other = found_school(other_folder)
        other.session.backups.make(folder)
        assert latest_verified(folder) is not None
        assert school.session.backups.latest_verified(folder) is None
        mine = school.session.backups.make(folder)
        assert school.session.backups.latest_verified(folder).path == mine.path

    def test_a_copy_from_the_future_does_not_hide_that_there_is_none(self, school):
        backups = school.session.backups
        school.clock.advance(timedelta(days=400))
        backups.make(backups.default_folder())
        school.clock.advance(timedelta(days=-400))
        assert backups.latest_verified(backups.default_folder()) is None
        mine = backups.make(backups.default_folder())
        school.clock.advance(timedelta(days=10))
        assert backups.latest_verified(backups.default_folder()).path == mine.path

    @pytest.mark.parametrize(
        "changes",
        [
            {"checked_at": "2026-11-23T08:30:00"},
            {"database": "../../Đồng Xuân.khoaso"},
            {"database": "..\\x"},
            {"bytes": float("inf")},
        ],
    )
    def test_a_manifest_written_by_hand_is_no_backup(self, school, changes):
        backups = school.session.backups
        made = backups.make(backups.default_folder())
        manifest = made.path / MANIFEST
        manifest.write_text(json.dumps(json.loads(manifest.read_text("utf-8")) | changes))
        assert backups.latest_verified(backups.default_folder()) is None

    def test_a_nested_manifest_is_no_backup(self, school):
        backups = school.session.backups
        made = backups.make(backups.default_folder())
        (made.path / MANIFEST).write_text(NESTED)
        assert backups.latest_verified(backups.default_folder()) is None

    def test_another_files_running_copy_is_not_swept(self, school):
        folder = school.session.backups.default_folder()
        folder.mkdir()
        theirs = folder / ".Đồng Xuân.cơ sở 2.0badcafe.dang-sao-luu"
        ours = folder / ".Đồng Xuân.0badcafe.dang-sao-luu"
        theirs.mkdir()
        ours.mkdir()
        school.session.backups.make(folder)
        assert theirs.exists()
        assert not ours.exists()


def test_a_renamed_file_says_which_keyfile_it_misses(school):
    school.close()
    renamed = school.path.with_name("sổ mới.khoaso")
    shutil.move(school.path, renamed)
    with pytest.raises(EnvironmentProblem) as refusal:
        school.files.open(renamed)
    assert refusal.value.code == "keyfile_missing"
    assert "đổi tên" in refusal.value.sentence


class TestKeySuccession:
    def warned(self, school, who):
        found = school.sign_in_as(who).warnings
        return [words for words in found if "khóa ký mới" in words]

    def test_a_leader_hears_whose_key_somebody_else_renewed(self, school):
        school.accounts.reset_password(
            school.actor("admin"), school.accounts_by_key["tin_hoc"], NEW
        )
        (told,) = self.warned(school, "principal")
        assert "Lý Thị Ngọc" in told
        assert "Đỗ Quang Huy" in told
        # Once is enough, and teachers are not told at all.
        assert self.warned(school, "principal") == []
        assert self.warned(school, "toan") == []

    def test_ones_own_acts_are_no_news(self, school):
        school.accounts.reset_password(
            school.actor("principal"), school.accounts_by_key["tin_hoc"], NEW
        )
        assert self.warned(school, "principal") == []
