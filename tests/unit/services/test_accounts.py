"""Accounts, offices, passwords: who may, what is recorded, and that the keyfile follows."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.accounts import fingerprint, uid_for
from app.domain.roles import Role
from app.errors import AccessDenied, RuleRefused
from app.services.trail_review import pinned_keys
from app.vault import PersonEntry
from tests.support.school import OFFICE, PASSWORD, TEACHERS, make_school

NEW = "cơn mưa rào cuối hạ"


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=0)


def last_detail(school):
    with school.uow.read() as uow:
        entry = uow.trail.entries(newest=1)[0]
    return entry.kind, json.loads(entry.detail)


def listed(school, uid):
    return next(entry for entry in school.file.people() if entry.uid == uid)


class TestNames:
    def test_a_sign_in_name_is_plain_letters_and_free(self):
        assert uid_for("Đỗ Thị  Ân", ()) == "do.thi.an"
        assert uid_for("Đỗ Thị Ấn", {"do.thi.an"}) == "do.thi.an2"
        assert uid_for("Đỗ Thị An", {"do.thi.an", "do.thi.an2"}) == "do.thi.an3"

    @given(st.text(max_size=60), st.sets(st.text(max_size=5), max_size=3))
    def test_any_text_gives_a_usable_new_name(self, name, taken):
        uid = uid_for(name, taken)
        assert uid
        assert uid.isascii()
        assert not uid.startswith("@")
        assert uid not in taken


class TestAdd:
    @pytest.mark.parametrize("who", ["principal", "admin"])
    def test_the_new_person_can_sign_in_with_their_office(self, school, who):
        result = school.accounts.add(
            school.actor(who),
            " Tạ  Thị Xuân ",
            NEW,
            department="Văn phòng",
            roles=(Role.SECRETARY,),
        )
        added = result.payload
        kind, detail = last_detail(school)
        assert (kind, detail["uid"], detail["key"]) == (
            "account.added",
            "ta.thi.xuan",
            added.key_fingerprint,
        )
        assert listed(school, added.uid).note == "Văn thư"
        school.file.switch_user()
        signed_in = school.file.sign_in(added.uid, NEW)
        assert signed_in.actor.roles == {Role.SECRETARY}
        assert fingerprint(signed_in.signer.public_key) == added.key_fingerprint

    @pytest.mark.parametrize("who", ["vice", "secretary", "toan"])
    def test_nobody_else_may(self, school, who):
        before = len(school.file.people())
        with pytest.raises(AccessDenied):
            school.accounts.add(school.actor(who), "Tạ Thị Xuân", NEW)
        assert len(school.file.people()) == before

    def test_a_refused_password_writes_neither_file(self, school):
        before = (len(school.trail_kinds()), len(school.file.people()))
        with pytest.raises(RuleRefused):
            school.accounts.add(school.actor("principal"), "Tạ Thị Xuân", "1234567890")
        assert (len(school.trail_kinds()), len(school.file.people())) == before
        assert "ta.thi.xuan" not in {a.uid for a in school.accounts.all()}

    def test_nobody_is_made_principal_on_the_way(self, school):
        for who in ("principal", "admin"):
            with pytest.raises(AccessDenied) as refusal:
                school.accounts.add(school.actor(who), "Tạ Xuân", NEW, roles=(Role.PRINCIPAL,))
            assert refusal.value.code == "principal_by_handover"


class TestOffices:
    def test_an_office_holds_from_its_first_to_its_last_day(self, school):
        admin, teacher = school.actor("admin"), school.accounts_by_key["ngu_van"]
        today = school.clock.today()
        school.accounts.grant(admin, teacher, Role.DEPARTMENT_HEAD, today + timedelta(days=1))
        assert Role.DEPARTMENT_HEAD not in school.actor("ngu_van").roles
        school.clock.advance(timedelta(days=1))
        assert Role.DEPARTMENT_HEAD in school.actor("ngu_van").roles
        school.accounts.end_role(admin, teacher, Role.DEPARTMENT_HEAD)
        assert Role.DEPARTMENT_HEAD in school.actor("ngu_van").roles
        school.clock.advance(timedelta(days=1))
        assert Role.DEPARTMENT_HEAD not in school.actor("ngu_van").roles

    def test_twice_the_same_or_backwards_is_refused(self, school):
        admin, vice = school.actor("admin"), school.accounts_by_key["vice"]
        with pytest.raises(RuleRefused) as twice:
            school.accounts.grant(school.actor("principal"), vice, Role.VICE_PRINCIPAL)
        assert twice.value.code == "role_held"
        with pytest.raises(RuleRefused) as backwards:
            school.accounts.grant(
                admin, vice, Role.DEPARTMENT_HEAD, date(2026, 12, 1), date(2026, 11, 1)
            )
        assert backwards.value.code == "grant_dates"
        with pytest.raises(RuleRefused) as nothing:
            school.accounts.end_role(admin, vice, Role.SECRETARY)
        assert nothing.value.code == "role_not_held"
        with pytest.raises(RuleRefused):
            school.accounts.end_role(
                school.actor("principal"), vice, Role.VICE_PRINCIPAL, date(2020, 1, 1)
            )

    def test_an_administrator_can_neither_give_nor_end_the_principals_office(self, school):
        admin = school.actor("admin")
        with pytest.raises(AccessDenied):
            school.accounts.grant(admin, admin.account_id, Role.PRINCIPAL)
        with pytest.raises(AccessDenied):
            school.accounts.end_role(admin, school.accounts_by_key["principal"], Role.PRINCIPAL)
        with pytest.raises(AccessDenied):
            school.accounts.change_principal(admin, admin.account_id)

    def test_the_principal_hands_over_from_a_day_on(self, school):
        tomorrow = school.clock.today() + timedelta(days=1)
        vice = school.accounts_by_key["vice"]
        school.accounts.change_principal(school.actor("principal"), vice, tomorrow)
        assert Role.PRINCIPAL in school.actor("principal").roles
        assert Role.PRINCIPAL not in school.actor("vice").roles
        school.clock.advance(timedelta(days=1))
        assert Role.PRINCIPAL not in school.actor("principal").roles
        assert Role.PRINCIPAL in school.actor("vice").roles
        school.directory.refresh()
        assert school.file.label()["principal"] == OFFICE["vice"]

    def test_a_handover_to_oneself_to_the_past_or_to_nobody_is_refused(self, school):
        principal = school.actor("principal")
        vice = school.accounts_by_key["vice"]
        for target, day in (
            (principal.account_id, None),
            (vice, date(2026, 1, 1)),
        ):
            with pytest.raises(RuleRefused):
                school.accounts.change_principal(principal, target, day)
        school.accounts.disable(principal, vice)
        with pytest.raises(RuleRefused):
            school.accounts.change_principal(principal, vice)


class TestDisable:
    def test_no_sign_in_until_it_is_opened_again(self, school):
        admin, teacher = school.actor("admin"), school.accounts_by_key["toan"]
        school.accounts.disable(admin, teacher)
        assert not listed(school, school.uid("toan")).active
        school.file.switch_user()
        with pytest.raises(AccessDenied) as refusal:
            school.file.sign_in(school.uid("toan"), PASSWORD)
        assert refusal.value.code == "disabled_person"
        school.sign_in_as("admin")
        school.accounts.enable(school.actor("admin"), teacher)
        school.sign_in_as("toan")

    def test_not_oneself_nor_the_principal_nor_twice(self, school):
        admin = school.actor("admin")
        for target, code in (
            ("admin", "cannot_disable_self"),
            ("principal", "cannot_disable_principal"),
        ):
            with pytest.raises(RuleRefused) as refusal:
                school.accounts.disable(admin, school.accounts_by_key[target])
            assert refusal.value.code == code
        school.accounts.disable(admin, school.accounts_by_key["toan"])
        with pytest.raises(RuleRefused):
            school.accounts.disable(admin, school.accounts_by_key["toan"])
        with pytest.raises(RuleRefused):
            school.accounts.enable(admin, school.accounts_by_key["vice"])


class TestPasswords:
    def test_a_reset_gives_new_keys_and_keeps_the_old_signatures(self, school):
        before = school.signer("toan").public_key
        result = school.accounts.reset_password(
            school.actor("admin"), school.accounts_by_key["toan"], NEW
        )
        after = school.file.vault.unlock_signer(school.uid("toan"), NEW).public_key
        kind, detail = last_detail(school)
        assert (kind, detail["key"], result.payload) == (
            "account.password_reset",
            fingerprint(after),
            fingerprint(after),
        )
        with school.uow.read() as uow:
            mine = pinned_keys(uow)[school.accounts_by_key["toan"]]
        assert mine == [before, after]
        school.file.switch_user()
        with pytest.raises(AccessDenied):
            school.file.sign_in(school.uid("toan"), PASSWORD)
        assert len(school.file.sign_in(school.uid("toan"), NEW).warnings) == 1  # the wrong try

    def test_a_password_set_by_another_is_to_be_changed_once_by_its_owner(self, school):
        assert not school.accounts.must_change_password(school.actor("toan"))
        school.accounts.reset_password(school.actor("admin"), school.accounts_by_key["toan"], NEW)
        owner = school.actor("toan")
        assert school.accounts.must_change_password(owner)
        assert not school.accounts.must_change_password(school.actor("admin"))
        with pytest.raises(RuleRefused) as same:
            school.accounts.change_own_password(owner, NEW, NEW)
        assert same.value.code == "password_same"
        assert school.accounts.must_change_password(owner)
        with pytest.raises(AccessDenied):
            school.accounts.change_own_password(owner, "sai mật khẩu rồi", "một câu khác hẳn")
        assert school.accounts.must_change_password(owner)
        school.accounts.change_own_password(owner, NEW, "một câu khác hẳn")
        assert not school.accounts.must_change_password(owner)

    def test_the_principals_is_reset_by_nobody_and_ones_own_is_changed(self, school):
        admin = school.actor("admin")
        with pytest.raises(AccessDenied) as refusal:
            school.accounts.reset_password(admin, school.accounts_by_key["principal"], NEW)
        assert refusal.value.code == "reset_principal"
        with pytest.raises(RuleRefused):
            school.accounts.reset_password(admin, admin.account_id, NEW)
        with pytest.raises(AccessDenied):
            school.accounts.reset_password(
                school.actor("secretary"), school.accounts_by_key["toan"], NEW
            )

    def test_a_weak_new_password_leaves_the_old_one(self, school):
        with pytest.raises(RuleRefused):
            school.accounts.reset_password(
                school.actor("admin"), school.accounts_by_key["toan"], "matkhau123456"
            )
        school.sign_in_as("toan")

    def test_ones_own_password_keeps_the_keys(self, school):
        before = school.signer("principal").public_key
        school.accounts.change_own_password(school.actor("principal"), PASSWORD, NEW)
        assert school.file.vault.unlock_signer(school.uid("principal"), NEW).public_key == before
        kind, detail = last_detail(school)
        assert kind == "account.password_changed"
        assert NEW not in json.dumps(detail, ensure_ascii=False)

    def test_a_wrong_old_password_changes_and_records_nothing(self, school):
        before = len(school.trail_kinds())
        with pytest.raises(AccessDenied):
            school.accounts.change_own_password(school.actor("principal"), "sai sai sai sai", NEW)
        assert len(school.trail_kinds()) == before
        school.signer("principal")

    def test_the_recovery_code_is_renewed_by_the_principal_only(self, school):
        with pytest.raises(AccessDenied):
            school.accounts.renew_recovery_code(school.actor("admin"))
        code = school.accounts.renew_recovery_code(school.actor("principal")).payload
        _, detail = last_detail(school)
        assert detail == {}
        assert school.file.vault.unlock_by_recovery(code).uid == "@recovery"


def test_the_directory_heals_what_differs(school):
    vault, unlocked = school.file.vault, school.session.unlocked
    vault.update_person(unlocked, PersonEntry(school.uid("toan"), "Tên Khác", "", "cũ", False))
    vault.update_label(unlocked, {"school_name": "cũ"})
    assert school.directory.refresh() == ()
    assert listed(school, school.uid("toan")).display_name == TEACHERS["toan"]
    assert listed(school, school.uid("toan")).active
    assert school.file.label()["classes"] == "1"


def test_the_directory_saves_nothing_when_nothing_differs(school):
    before = school.file.vault.path.read_bytes()
    school.directory.refresh()
    assert school.file.vault.path.read_bytes() == before
