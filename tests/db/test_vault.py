from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.errors import AccessDenied, AppError, EnvironmentProblem, RuleRefused
from app.vault import RECOVERY_UID, PersonEntry, Vault
from db.engine import key_opens
from db.keys.keyfile import load
from db.keys.sign_ins import SignInLog
from db.keys.vault import KeyfileVault
from tests.db.vault_kit import (
    CHEAP,
    LABEL,
    PASSWORDS,
    PRINCIPAL,
    SECRETARY,
    TEACHER,
    clock,
    count_marks,
    found_school,
    vault_at,
)

NEW_PASSWORD = "dòng sông bên lở"


@pytest.fixture
def school(tmp_path):
    return found_school(tmp_path)


def denied(code, call):
    with pytest.raises(AccessDenied) as caught:
        call()
    assert caught.value.code == code
    return caught.value


def test_it_is_the_port_app_declares(school):
    vault: Vault = school.vault
    assert vault.people() == (PRINCIPAL, TEACHER, SECRETARY)


def test_the_list_and_the_label_need_no_password(school):
    stranger = vault_at(school.path)
    assert [entry.department for entry in stranger.people()] == [
        "Ban giám hiệu",
        "Tổ Toán",
        "Văn phòng",
    ]
    assert stranger.label() == LABEL


def test_everybody_gets_the_same_key_and_a_signer_of_their_own(school):
    opened = [school.vault.unlock(uid, password) for uid, password in PASSWORDS.items()]
    assert {one.database_key for one in opened} == {school.unlocked.database_key}
    assert len({one.signer.public_key for one in opened}) == 3
    assert count_marks(school.path, opened[1].database_key) == 20


def test_a_signature_verifies_under_the_published_key_only(school):
    entry = PersonEntry("gv2", "Phạm Dung", "Tổ Văn")
    keys = school.vault.add_person(school.unlocked, entry, NEW_PASSWORD)
    signer = school.vault.unlock_signer("gv2", NEW_PASSWORD)
    assert (signer.uid, signer.public_key) == ("gv2", keys.signing_public_key)
    signature = signer.sign(b"chot HK1 6A")
    Ed25519PublicKey.from_public_bytes(keys.signing_public_key).verify(signature, b"chot HK1 6A")
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(school.unlocked.signer.public_key).verify(
            signature, b"chot HK1 6A"
        )


def test_the_same_password_typed_decomposed_or_full_width_opens(school):
    decomposed = "co\u031bm nắng Ａ１２ mưa"
    composed = "cơm nắng A12 mưa"
    school.vault.change_password("gv1", PASSWORDS["gv1"], decomposed)
    assert school.vault.unlock("gv1", composed).uid == "gv1"


@pytest.mark.parametrize("wrong", ["", "con trâu đi càY", "con trâu đi cày ", "CON TRÂU ĐI CÀY"])
def test_a_wrong_password(school, wrong):
    error = denied("wrong_password", lambda: school.vault.unlock("ht", wrong))
    assert "Lê Văn An" in error.sentence
    denied("wrong_password", lambda: school.vault.unlock_signer("ht", wrong))


def test_somebody_elses_password(school):
    denied("wrong_password", lambda: school.vault.unlock("ht", PASSWORDS["gv1"]))


def test_an_unknown_and_a_disabled_person(school):
    denied("unknown_person", lambda: school.vault.unlock("ma", "bất kỳ mật khẩu nào"))
    denied("unknown_person", lambda: school.vault.unlock(RECOVERY_UID, school.recovery_code))
    school.vault.update_person(school.unlocked, replace(TEACHER, active=False))
    error = denied("disabled_person", lambda: school.vault.unlock("gv1", PASSWORDS["gv1"]))
    assert TEACHER.display_name in error.sentence
    school.vault.update_person(school.unlocked, TEACHER)
    assert school.vault.unlock("gv1", PASSWORDS["gv1"]).uid == "gv1"


def test_every_refusal_is_recorded_before_it_is_raised(school):
    for uid, password in (("ht", "sai rồi"), ("ma", "sai rồi"), ("gv1", "sai rồi")):
        with pytest.raises(AccessDenied):
            school.vault.unlock(uid, password)
    with pytest.raises(AccessDenied):
        school.vault.change_password("vt", "sai rồi", NEW_PASSWORD)
    recorded = school.sign_ins.pending().attempts
    assert [(one.uid, one.result) for one in recorded] == [
        ("ht", "wrong_password"),
        ("ma", "unknown_person"),
        ("gv1", "wrong_password"),
        ("vt", "wrong_password"),
    ]
    assert all("sai rồi" not in repr(one) for one in recorded)


def test_changing_a_password_touches_one_slot_and_no_data(school):
    database, before = school.path.read_bytes(), load(school.keyfile)
    school.vault.change_password("gv1", PASSWORDS["gv1"], NEW_PASSWORD)
    after = load(school.keyfile)
    assert school.path.read_bytes() == database
    assert school.vault.unlock("gv1", NEW_PASSWORD).database_key == school.unlocked.database_key
    denied("wrong_password", lambda: school.vault.unlock("gv1", PASSWORDS["gv1"]))
    for uid in ("ht", "vt"):
        assert after.person(uid) == before.person(uid)
    assert after.person("gv1").slot.signing_public == before.person("gv1").slot.signing_public
    assert after.generations[0].sealed == before.generations[0].sealed
    assert after.serial == before.serial + 1


def test_a_forgotten_password_gets_new_keys_in_both_halves(school):
    old = load(school.keyfile).person("gv1").slot
    keys = school.vault.reset_password(school.unlocked, "gv1", NEW_PASSWORD)
    assert keys.signing_public_key != old.signing_public
    assert keys.sealing_public_key != old.sealing_public
    opened = school.vault.unlock("gv1", NEW_PASSWORD)
    assert opened.database_key == school.unlocked.database_key
    assert opened.signer.public_key == keys.signing_public_key
    denied("wrong_password", lambda: school.vault.unlock("gv1", PASSWORDS["gv1"]))


def test_a_weak_password_is_refused_everywhere_and_writes_nothing(school):
    before = school.keyfile.read_bytes()
    entry = PersonEntry("gv9", "Đỗ Thị Hoa", "Tổ Văn")
    for call in (
        lambda: school.vault.add_person(school.unlocked, entry, "ngắn"),
        lambda: school.vault.add_person(school.unlocked, entry, "dothihoa1990"),
        lambda: school.vault.reset_password(school.unlocked, "gv1", "matkhau123"),
        lambda: school.vault.change_password("gv1", PASSWORDS["gv1"], "1234567890"),
    ):
        with pytest.raises(RuleRefused) as caught:
            call()
        assert caught.value.code in {"password_too_short", "password_common"}
    assert school.keyfile.read_bytes() == before


@pytest.mark.parametrize("uid", ["", "@recovery", " gv3", "gv  3", "gv\u200b3"])
def test_account_names_that_cannot_be_used(school, uid):
    with pytest.raises(RuleRefused) as caught:
        school.vault.add_person(school.unlocked, PersonEntry(uid, "Ai đó"), NEW_PASSWORD)
    assert caught.value.code == "uid_invalid"


def test_an_account_is_added_once(school):
    with pytest.raises(RuleRefused) as caught:
        school.vault.add_person(school.unlocked, TEACHER, NEW_PASSWORD)
    assert caught.value.code == "person_exists"
    for call in (
        lambda: school.vault.reset_password(school.unlocked, "ma", NEW_PASSWORD),
        lambda: school.vault.update_person(school.unlocked, PersonEntry("ma", "Ma")),
        lambda: school.vault.remove_person(school.unlocked, "ma"),
    ):
        with pytest.raises(RuleRefused) as caught:
            call()
        assert caught.value.code == "unknown_person"


def test_names_are_kept_composed_and_the_label_can_change(school):
    decomposed = PersonEntry("gv1", "Nguye\u0302\u0303n  Thi\u0323 Bi\u0300nh", "Tổ Toán")
    school.vault.update_person(school.unlocked, decomposed)
    assert school.vault.people()[1].display_name == "Nguyễn Thị Bình"
    school.vault.update_label(school.unlocked, {"school_name": "Trường THCS Mới"})
    assert vault_at(school.path).label() == {"school_name": "Trường THCS Mới"}


def test_only_a_session_of_this_keyfile_may_change_it(school):
    forged = replace(school.unlocked, database_key=bytes(32))
    with pytest.raises(EnvironmentProblem) as caught:
        school.vault.add_person(forged, PersonEntry("gv2", "X Y"), NEW_PASSWORD)
    assert caught.value.code == "keyfile_forged"
    assert len(school.vault.people()) == 3


def test_a_second_founding_never_replaces_the_keyfile(school):
    before = school.keyfile.read_bytes()
    with pytest.raises(EnvironmentProblem) as caught:
        school.vault.create(PRINCIPAL, PASSWORDS["ht"], LABEL)
    assert caught.value.code == "keyfile_exists"
    assert school.keyfile.read_bytes() == before


def test_the_recovery_code_opens_however_it_is_typed(school):
    code = school.recovery_code
    for typed in (code, code.lower(), code.replace("-", ""), f"  {code.replace('-', ' ')} "):
        opened = school.vault.unlock_by_recovery(typed)
        assert opened.uid == RECOVERY_UID
        assert opened.database_key == school.unlocked.database_key
    assert opened.signer.uid == RECOVERY_UID
    keys = school.vault.reset_password(opened, "ht", NEW_PASSWORD)
    assert school.vault.unlock("ht", NEW_PASSWORD).signer.public_key == keys.signing_public_key


def test_a_mistyped_code_is_no_failed_attempt_but_a_wrong_one_is(school, tmp_path):
    other = tmp_path / "khac"
    other.mkdir()
    typo = ("Z" if school.recovery_code[0] != "Z" else "Y") + school.recovery_code[1:]
    with pytest.raises(RuleRefused):
        school.vault.unlock_by_recovery(typo)
    assert school.sign_ins.pending().attempts == ()
    denied(
        "wrong_recovery_code",
        lambda: school.vault.unlock_by_recovery(found_school(other).recovery_code),
    )
    (attempt,) = school.sign_ins.pending().attempts
    assert (attempt.uid, attempt.result) == (RECOVERY_UID, "wrong_recovery_code")


def test_a_renewed_code_replaces_the_old_one(school):
    code = school.vault.renew_recovery_code(school.unlocked)
    assert school.vault.unlock_by_recovery(code).database_key == school.unlocked.database_key
    denied("wrong_recovery_code", lambda: school.vault.unlock_by_recovery(school.recovery_code))


def test_a_reduced_copy_opens_for_the_kept_only(school, tmp_path):
    elsewhere = tmp_path / "usb" / school.path.name
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(school.path.read_bytes())
    school.vault.write_reduced_copy(school.unlocked, vault_at(elsewhere).path, {"ht", "vt"})
    reduced = vault_at(elsewhere)
    assert [entry.uid for entry in reduced.people()] == ["ht", "vt"]
    for uid in ("ht", "vt"):
        key = reduced.unlock(uid, PASSWORDS[uid]).database_key
        assert key_opens(elsewhere, key)
    assert reduced.unlock_by_recovery(school.recovery_code).uid == RECOVERY_UID
    denied("unknown_person", lambda: reduced.unlock("gv1", PASSWORDS["gv1"]))
    assert "gv1" not in reduced.path.read_text("utf-8")
    assert TEACHER.display_name not in reduced.path.read_text("utf-8")
    assert school.vault.unlock("gv1", PASSWORDS["gv1"]).uid == "gv1"
    with pytest.raises(RuleRefused):
        school.vault.write_reduced_copy(school.unlocked, tmp_path / "x", {"ma"})
    assert not (tmp_path / "x").exists()


def test_serial_shows_an_old_keyfile_put_back(school):
    old = school.keyfile.read_bytes()
    school.vault.reset_password(school.unlocked, "gv1", NEW_PASSWORD)
    newest = school.vault.unlock("ht", PASSWORDS["ht"]).serial
    school.keyfile.write_bytes(old)
    assert school.vault.unlock("ht", PASSWORDS["ht"]).serial < newest


def test_slots_cheaper_than_the_floor_are_refused_by_the_real_program(school):
    strict = KeyfileVault(school.path, SignInLog(school.path, clock()))
    with pytest.raises(EnvironmentProblem) as caught:
        strict.unlock("ht", PASSWORDS["ht"])
    assert caught.value.code == "keyfile_forged"


def test_the_default_cost_is_the_strong_one(tmp_path):
    path = tmp_path / "that.khoaso"
    vault = KeyfileVault(path, SignInLog(path, clock()))
    vault.create(PRINCIPAL, PASSWORDS["ht"], LABEL)
    cost = load(vault.path).people[0].slot.cost
    assert (cost.iterations, cost.lanes, cost.memory_kib) == (3, 1, 65536)
    assert cost != CHEAP
    assert vault.unlock("ht", PASSWORDS["ht"]).generation == 1


def test_no_secret_is_in_any_representation(school):
    shown = repr(school.unlocked) + repr(school.vault) + repr(school.unlocked.signer)
    assert school.unlocked.database_key.hex() not in shown
    assert repr(school.unlocked.database_key) not in shown


def test_nothing_secret_lies_in_the_keyfile(school):
    content = school.keyfile.read_bytes()
    assert school.recovery_code.encode() not in content
    assert school.unlocked.database_key.hex().encode() not in content
    for password in PASSWORDS.values():
        assert password.encode() not in content


def test_all_refusals_are_errors_the_window_can_show(school):
    for call in (
        lambda: school.vault.unlock("ht", "sai"),
        lambda: school.vault.unlock("ma", "sai"),
        lambda: school.vault.unlock_by_recovery("U"),
        lambda: school.vault.check_password("a"),
    ):
        with pytest.raises(AppError) as caught:
            call()
        assert "Hãy" in caught.value.sentence or "dễ nhớ" in caught.value.sentence
