"""The security page, the review of accounts, rehearsals, practice copies, the recovery sheet."""

from datetime import timedelta

import pytest

from app.domain.practice import Practice, read_practice
from app.domain.roles import Role
from app.errors import AccessDenied, RuleRefused
from app.progress import Cancelled
from app.services.account_review import AccountReview
from app.services.backups import Backups
from app.services.practising import Practising
from app.services.recovery_sheets import RecoverySheets
from app.services.restores import Restores
from app.services.security import MANY_FAILED, Security, Tone
from app.services.staff_import import StaffImport, first_password
from app.vault import RECOVERY_UID
from db.keys.passwords import check_password
from tests.support.school import OFFICE, PASSWORD, TEACHERS, make_school

NEW_PASSWORD = "trăng lên đỉnh núi mờ"


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=1)


def backups(school):
    return Backups(school.uow, school.clock, school.session.backups)


def restores(school):
    return Restores(school.uow, school.clock, backups(school), school.file.restoring())


def security(school):
    return Security(
        school.uow, school.clock, backups(school), school.file.check_integrity, school.file.people
    )


def recovery(school):
    return RecoverySheets(school.uow, school.clock, school.path.name)


def lines(school, who="principal"):
    return {line.topic: line for line in security(school).review(school.actor(who))}


def use_of(school, who):
    review = AccountReview(school.uow, school.clock, school.file.people)
    return next(use for use in review.all() if use.account.uid == school.uid(who))


def test_a_new_school_has_everything_still_to_do(school):
    found = lines(school)
    assert found["Sao lưu"].tone is Tone.BAD
    assert found["Phiếu khôi phục"].tone is Tone.BAD
    assert found["Diễn tập khôi phục"].tone is Tone.WARN
    assert found["Toàn vẹn của tệp và nhật ký"].tone is Tone.WARN
    assert all(line.todo for line in found.values() if line.tone is not Tone.GOOD)
    assert all(not line.todo for line in found.values() if line.tone is Tone.GOOD)
    tones = [line.tone for line in security(school).review(school.actor("secretary"))]
    assert tones == sorted(tones, key=(Tone.BAD, Tone.WARN, Tone.GOOD).index)
    with pytest.raises(AccessDenied):
        security(school).review(school.actor("toan"))


def test_what_was_done_turns_green_and_grows_old_again(school):
    who = school.actor("principal")
    backups(school).make_now(who)
    restores(school).rehearse(who, school.uid("principal"), PASSWORD)
    assert security(school).check_now(who).payload == ""
    recovery(school).confirm(who, printed=True)
    done = ("Sao lưu", "Phiếu khôi phục", "Diễn tập khôi phục", "Toàn vẹn của tệp và nhật ký")
    found = lines(school)
    assert [found[topic].tone for topic in done] == [Tone.GOOD] * 4
    school.clock.advance(timedelta(days=31))
    found = lines(school)
    assert found["Sao lưu"].tone is Tone.BAD
    assert found["Toàn vẹn của tệp và nhật ký"].tone is Tone.WARN
    assert found["Diễn tập khôi phục"].tone is Tone.GOOD
    school.clock.advance(timedelta(days=150))
    assert lines(school)["Diễn tập khôi phục"].tone is Tone.WARN


def test_the_check_finds_a_mark_changed_from_outside_and_keeps_it_on_record(school):
    database = school.file._database
    with database.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER trail_no_update")
    problem = security(school).check_now(school.actor("secretary")).payload
    assert "trail_no_update" in problem
    assert lines(school)["Toàn vẹn của tệp và nhật ký"].tone is Tone.BAD
    with pytest.raises(AccessDenied):
        security(school).check_now(school.actor("toan"))


def test_damaged_pages_are_told_before_the_trail(school):
    guard = Security(
        school.uow, school.clock, backups(school), lambda: ("page 7",), school.file.people
    )
    payload = guard.check_now(school.actor("principal")).payload
    assert "1 chỗ hỏng" in payload
    assert "page" not in payload  # the words of the engine are English


def test_a_cancelled_check_leaves_nothing(school):
    def stop(done, total, note=""):
        raise Cancelled

    with pytest.raises(Cancelled):
        security(school).check_now(school.actor("principal"), stop)
    assert "security.checked" not in school.trail_kinds()


def test_people_are_named_where_they_are_a_risk(school):
    principal = school.actor("principal")
    school.sign_in_as("secretary")
    assert "Trần Thị Mai" in lines(school)["Mật khẩu do người khác đặt"].state
    school.accounts.change_own_password(school.actor("secretary"), PASSWORD, NEW_PASSWORD)
    assert lines(school)["Mật khẩu do người khác đặt"].tone is Tone.GOOD
    school.file.switch_user()
    school.session = school.file.sign_in(school.uid("principal"), PASSWORD)
    unused = lines(school)["Tài khoản chưa dùng lần nào"]
    assert unused.tone is Tone.GOOD, "made today: give them two weeks"
    school.clock.advance(timedelta(days=15))
    assert "người khác" in lines(school)["Tài khoản chưa dùng lần nào"].state
    school.accounts.end_role(principal, school.accounts_by_key["admin"], Role.ADMINISTRATOR)
    school.clock.advance(timedelta(days=1))
    assert OFFICE["admin"] in lines(school)["Đã thôi việc mà còn mở"].state
    school.accounts.disable(principal, school.accounts_by_key["admin"])
    found = lines(school)
    assert found["Đã thôi việc mà còn mở"].tone is Tone.GOOD
    assert OFFICE["admin"] in found["Đã khóa, chưa thu hồi"].state
    school.session = school.file.revoke(school.accounts_by_key["admin"])
    assert lines(school)["Đã khóa, chưa thu hồi"].tone is Tone.GOOD
    assert not use_of(school, "admin").has_slot
    school.clock.advance(timedelta(days=400))
    assert "mật khẩu quá một năm" in lines(school)["Mật khẩu cũ"].state


def test_failed_sign_ins_are_counted_for_a_month(school):
    school.file.switch_user()
    for _ in range(MANY_FAILED):
        with pytest.raises(AccessDenied):
            school.file.sign_in(school.uid("toan"), "không phải mật khẩu")
    school.session = school.file.sign_in(school.uid("principal"), PASSWORD)
    use = use_of(school, "toan")
    assert (use.failed, use.last_failed) == (MANY_FAILED, school.clock.now())
    assert TEACHERS["toan"] in lines(school)["Đăng nhập sai nhiều lần"].state
    school.clock.advance(timedelta(days=31))
    assert lines(school)["Đăng nhập sai nhiều lần"].tone is Tone.GOOD


def test_a_clock_set_back_is_told_for_three_months(school):
    school.file.switch_user()
    school.clock.advance(timedelta(days=-2))
    school.session = school.file.sign_in(school.uid("principal"), PASSWORD)
    school.clock.advance(timedelta(days=3))
    found = lines(school)["Đồng hồ máy, tệp khóa, tệp dấu"]
    assert found.tone is Tone.WARN
    assert "đồng hồ máy lùi lại" in found.state
    school.clock.advance(timedelta(days=95))
    assert lines(school)["Đồng hồ máy, tệp khóa, tệp dấu"].tone is Tone.GOOD


def test_a_rehearsal_is_on_record_a_typo_is_not(school):
    who = school.actor("secretary")
    work = restores(school)
    with pytest.raises(RuleRefused):
        work.rehearse(who, school.uid("secretary"), PASSWORD)
    made = backups(school).make_now(who).payload
    with pytest.raises(AccessDenied):
        work.rehearse(who, school.uid("secretary"), "gõ nhầm mật khẩu")
    assert work.last_rehearsal() is None
    work.rehearse(who, RECOVERY_UID, school.recovery_code)
    last = work.last_rehearsal()
    assert (last.who, last.problem, last.by_code) == (OFFICE["secretary"], "", True)
    copy = made.path / school.path.name
    copy.write_bytes(copy.read_bytes()[:-4096])
    assert work.rehearse(who, school.uid("secretary"), PASSWORD).payload.problem
    assert work.last_rehearsal().problem
    assert lines(school)["Diễn tập khôi phục"].tone is Tone.BAD
    with pytest.raises(AccessDenied):
        work.rehearse(school.actor("toan"), school.uid("toan"), PASSWORD)


def test_the_recovery_sheet_is_confirmed_anew_after_each_new_code_and_each_use(school):
    who = school.actor("principal")
    sheets = recovery(school)
    assert sheets.confirmed_at() is None
    with pytest.raises(AccessDenied):
        sheets.confirm(school.actor("secretary"), printed=True)
    sheets.confirm(who, printed=False)
    assert sheets.confirmed_at() == school.clock.now()
    code = school.accounts.renew_recovery_code(who).payload
    assert sheets.confirmed_at() is None
    sheets.confirm(who, printed=True)
    school.file.switch_user()
    school.session = school.file.recover(code, school.uid("principal"), NEW_PASSWORD)
    assert recovery(school).confirmed_at() is None
    sheet = recovery(school).sheet(code, who.name)
    assert "-".join(sheet.groups) == code
    assert code not in repr(school.trail_kinds())


def test_a_practice_copy_is_made_by_the_office_and_never_of_a_copy(school):
    practising = Practising(school.uow, school.clock, school.file.practice_copy)
    assert practising.kind() is Practice.NONE
    with pytest.raises(AccessDenied):
        practising.make_copy(school.actor("toan"))
    path = practising.make_copy(school.actor("secretary")).payload
    assert school.trail_kinds()[-1] == "practice.copied"
    school.close()
    copy = school.files.open(path)
    session = copy.sign_in(school.uid("principal"), PASSWORD)
    again = Practising(session.uow, school.clock, copy.practice_copy)
    assert again.kind() is Practice.COPY
    with pytest.raises(RuleRefused) as refused:
        again.make_copy(session.actor)
    assert refused.value.code == "practice_copy"
    with pytest.raises(RuleRefused) as folder:
        Backups(session.uow, school.clock, session.backups).choose_folder(
            session.actor, school.path.parent
        )
    assert folder.value.code == "practice_copy"
    assert not Backups(session.uow, school.clock, session.backups).changed_since_last()
    copy.close()


def test_a_mark_nobody_wrote_counts_as_practice():
    assert read_practice("") is Practice.NONE
    assert read_practice("sample") is Practice.SAMPLE
    assert read_practice("có người sửa") is Practice.COPY


class TestStaff:
    def staff(self, school):
        return StaffImport(school.accounts)

    def test_a_list_from_excel_with_headings_and_numbers(self, school):
        text = (
            "Danh sách cán bộ, giáo viên\n\nSTT\tHọ và tên\tTổ\tVai trò\n"
            "1\tĐào Thị Mới\tTổ Toán\tTổ trưởng, GVCN\n"
            "2\tKiều Văn Hải\t\t\n\n"
            "Lò Thị Pành; Tổ Văn; Văn thư"
        )
        found = self.staff(school).read(text)
        assert found.problems == ()
        assert [(line.name, line.department, line.roles) for line in found.lines] == [
            ("Đào Thị Mới", "Tổ Toán", (Role.DEPARTMENT_HEAD, Role.HOMEROOM_TEACHER)),
            ("Kiều Văn Hải", "", ()),
            ("Lò Thị Pành", "Tổ Văn", (Role.SECRETARY,)),
        ]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("Trần Thị Mai", "đã có tài khoản"),
            ("tran thi mai", "đã có tài khoản"),
            ("Hoa", "họ và tên"),
            ("Đào Văn 5", "chữ số"),
            ("=cmd|' /C calc'!A0; Tổ Toán", "dấu lạ"),
            ("Đào Thị Mới; Tổ Toán; Bảo vệ", "không có vai trò"),
            ("Đào Thị Mới; Tổ Toán; Hiệu trưởng", "bàn giao"),
            ("Đào Thị Mới; Tổ Toán; Văn thư; 0912", "nhiều hơn ba cột"),
        ],
    )
    def test_a_line_that_cannot_be_taken_says_why(self, school, line, reason):
        found = self.staff(school).read(f"Kiều Văn Hải\n{line}")
        assert len(found.lines) == 1
        assert reason in found.problems[0].reason
        assert found.problems[0].number == 2

    def test_a_name_twice_in_one_list(self, school):
        found = self.staff(school).read("Đào Thị Mới\nKiều Văn Hải\nđào thị mới")
        assert "dòng 1" in found.problems[0].reason

    def test_everybody_gets_a_password_that_opens(self, school):
        staff = self.staff(school)
        found = staff.read("Đào Thị Mới; Tổ Toán; Tổ trưởng\nKiều Văn Hải")
        made = staff.accept(school.actor("principal"), found.lines)
        assert (made.left, made.why) == (0, "")
        one = made.people[0]
        assert one.password not in repr(made)
        school.file.switch_user()
        session = school.file.sign_in(one.uid, one.password)
        assert session.actor.has(Role.DEPARTMENT_HEAD)
        assert len({person.password for person in made.people}) == 2

    def test_stopped_half_way_the_passwords_made_so_far_are_not_lost(self, school):
        staff = self.staff(school)
        found = staff.read("Đào Thị Mới\nKiều Văn Hải")

        def stop(done, total, note=""):
            if done:
                raise Cancelled

        made = staff.accept(school.actor("principal"), found.lines, stop)
        assert [person.name for person in made.people] == ["Đào Thị Mới"]
        assert made.left == 1
        assert made.why
        assert [p.reason[:7] for p in staff.read("Đào Thị Mới\nKiều Văn Hải").problems] == [
            "đã có t"
        ]

    def test_a_refusal_before_the_first_is_a_refusal(self, school):
        staff = self.staff(school)
        found = staff.read("Đào Thị Mới")
        with pytest.raises(AccessDenied):
            staff.accept(school.actor("secretary"), found.lines)

    def test_an_administrator_names_no_leader(self, school):
        staff = self.staff(school)
        found = staff.read("Đào Thị Mới; BGH; Phó hiệu trưởng")
        with pytest.raises(AccessDenied):
            staff.accept(school.actor("admin"), found.lines)

    def test_first_passwords_meet_the_rule(self):
        for _ in range(50):
            check_password(first_password())


class TestEditing:
    def test_a_name_is_corrected_everywhere_but_on_what_was_signed(self, school):
        who = school.actor("admin")
        target = school.accounts_by_key["secretary"]
        school.accounts.edit(who, target, "Trần Thị Mai Hương", "Văn phòng")
        assert school.trail_kinds()[-1] == "account.edited"
        listed = {entry.uid: entry for entry in school.file.people()}
        entry = listed[school.uid("secretary")]
        assert (entry.display_name, entry.department) == ("Trần Thị Mai Hương", "Văn phòng")
        school.sign_in_as("secretary")
        assert school.session.actor.name == "Trần Thị Mai Hương"

    def test_nothing_changed_is_nothing_written(self, school):
        before = school.trail_kinds()
        who = school.actor("principal")
        same = OFFICE["secretary"]
        school.accounts.edit(who, school.accounts_by_key["secretary"], same, "")
        assert school.trail_kinds() == before

    @pytest.mark.parametrize("name", ["", "Mai 5", "=1+1 A", "x" * 200])
    def test_a_bad_name_is_refused(self, school, name):
        with pytest.raises(RuleRefused):
            school.accounts.edit(
                school.actor("principal"), school.accounts_by_key["secretary"], name, ""
            )

    def test_only_keepers_edit(self, school):
        with pytest.raises(AccessDenied):
            school.accounts.edit(
                school.actor("secretary"), school.accounts_by_key["toan"], "Ai Đó", ""
            )
