from __future__ import annotations

import json
import os
import random

import pytest

from app.errors import AccessDenied, EnvironmentProblem
from db.keys.keyfile import load, to_bytes
from db.keys.slots import KdfCost, SlotForged, WrongSecret, new_halves, open_slot, wrap_halves
from tests.db.vault_kit import CHEAP, PASSWORDS, found_school


@pytest.fixture
def school(tmp_path):
    return found_school(tmp_path)


def unlock_code(school, uid="ht"):
    with pytest.raises(EnvironmentProblem) as caught:
        school.vault.unlock(uid, PASSWORDS[uid])
    assert school.keyfile.name in caught.value.sentence
    return caught.value.code


def rewrite(school, change):
    """Change the document as an attacker would: well formed, without the database key."""
    document = json.loads(school.keyfile.read_bytes())
    change(document)
    text = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False)
    school.keyfile.write_bytes(text.encode() + b"\n")


def test_what_is_written_is_what_is_read(school):
    content = school.keyfile.read_bytes()
    assert to_bytes(load(school.keyfile)) == content


def test_missing(school):
    school.keyfile.unlink()
    assert unlock_code(school) == "keyfile_missing"
    with pytest.raises(EnvironmentProblem):
        school.vault.people()


@pytest.mark.parametrize("kept", [0, 1, 100, -1])
def test_truncated(school, kept):
    school.keyfile.write_bytes(school.keyfile.read_bytes()[:kept])
    assert unlock_code(school) == "keyfile_damaged"


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"null",
        b"{}",
        b'{"format": "khoaso-key"}',
        b"\xff\xfe",
        b"[" * 100_000,
        os.urandom(64),
    ],
    ids=["list", "null", "empty", "format-only", "not-utf8", "deep", "random"],
)
def test_not_a_keyfile(school, content):
    school.keyfile.write_bytes(content)
    assert unlock_code(school) == "keyfile_damaged"


def test_newer_is_refused_and_left_alone(school):
    rewrite(school, lambda document: document.update(version=2, something_new=[1]))
    before = school.keyfile.read_bytes()
    assert unlock_code(school) == "keyfile_newer"
    assert school.keyfile.read_bytes() == before


def test_any_flipped_bit_is_refused(school):
    """Never opens, never another fault than a refusal, and almost always named as damage."""
    content = school.keyfile.read_bytes()
    chance = random.Random(20261123)
    accepted_codes = {"keyfile_damaged", "keyfile_forged", "keyfile_newer"}
    for _ in range(150):
        changed = bytearray(content)
        changed[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        school.keyfile.write_bytes(changed)
        with pytest.raises((EnvironmentProblem, AccessDenied)) as caught:
            school.vault.unlock("ht", PASSWORDS["ht"])
        assert caught.value.code in accepted_codes | {"wrong_password", "unknown_person"}
    school.keyfile.write_bytes(content)
    assert school.vault.unlock("ht", PASSWORDS["ht"]).uid == "ht"


def _other_public(document):
    return document["people"][2]["slot"]["sealing_public"]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["people"][1]["slot"].update(sealing_public=_other_public(d)),
        lambda d: d["people"][1]["slot"].update(
            signing_public=d["people"][2]["slot"]["signing_public"]
        ),
        lambda d: d["recovery"].update(sealing_public=_other_public(d)),
        lambda d: d["people"][1].update(active=False),
        lambda d: d["people"][1].update(display_name="Người Khác"),
        lambda d: d["label"].update(school_name="Trường khác"),
        lambda d: d.update(serial=1),
        lambda d: d["people"].pop(1),
        lambda d: d["people"].reverse(),
        lambda d: d["generations"][0]["sealed"].pop("gv1"),
        lambda d: d["generations"][0]["sealed"].update(gv1=d["generations"][0]["sealed"]["vt"]),
        lambda d: d["people"][1]["slot"]["kdf"].update(t=2),
    ],
    ids=[
        "swapped sealing key",
        "swapped signing key",
        "swapped recovery key",
        "disabled",
        "renamed",
        "relabelled",
        "serial put back",
        "person dropped",
        "order",
        "sealed key dropped",
        "sealed key moved",
        "cost of another slot",
    ],
)
def test_a_change_by_somebody_without_the_key_is_caught_by_anyone(school, change):
    rewrite(school, change)
    assert unlock_code(school, "ht") == "keyfile_forged"


def test_ones_own_sealed_key_replaced_or_gone(school):
    rewrite(
        school,
        lambda d: d["generations"][0]["sealed"].update(ht=d["generations"][0]["sealed"]["vt"]),
    )
    assert unlock_code(school) == "keyfile_forged"
    rewrite(school, lambda d: d["generations"][0]["sealed"].pop("ht"))
    assert unlock_code(school) == "keyfile_forged"


def test_a_slot_moved_to_another_name_does_not_open(school):
    def swap(document):
        first, second = document["people"][0]["slot"], document["people"][1]["slot"]
        first["uid"], second["uid"] = second["uid"], first["uid"]

    rewrite(school, swap)
    with pytest.raises(AccessDenied):
        school.vault.unlock("ht", PASSWORDS["gv1"])


@pytest.mark.parametrize(
    "cost", [{"t": 0}, {"m_kib": 8}, {"m_kib": 1 << 31}, {"t": 10**6}, {"p": 64}]
)
def test_costs_out_of_bounds_are_refused_before_they_are_paid(school, cost):
    rewrite(school, lambda d: d["people"][0]["slot"]["kdf"].update(cost))
    assert unlock_code(school) == "keyfile_forged"


def test_leftovers_of_a_killed_save_are_swept_by_the_next(school):
    leftover = school.keyfile.with_name(f".{school.keyfile.name}.deadbeef.khoaso-tmp")
    leftover.write_bytes(b"half")
    other = school.keyfile.with_name(".other.deadbeef.khoaso-tmp")
    other.write_bytes(b"not ours")
    school.vault.update_label(school.unlocked, {"school_name": "Mới"})
    assert not leftover.exists()
    assert other.exists()


class TestSlot:
    halves = new_halves()
    slot = wrap_halves(halves, "gv1", "một mật khẩu dài", "db-1", CHEAP)

    def test_opens_to_the_same_keys(self):
        opened = open_slot(self.slot, "một mật khẩu dài", "db-1", CHEAP)
        assert opened.sealing.private_bytes_raw() == self.halves.sealing.private_bytes_raw()
        assert opened.signing.private_bytes_raw() == self.halves.signing.private_bytes_raw()

    def test_is_bound_to_its_database(self):
        with pytest.raises(WrongSecret):
            open_slot(self.slot, "một mật khẩu dài", "db-2", CHEAP)

    def test_the_floor_looks_at_every_part_of_the_cost(self):
        base = KdfCost(3, 2, 1000)
        assert base.at_least(base)
        for weaker in (KdfCost(2, 2, 1000), KdfCost(3, 1, 1000), KdfCost(3, 2, 999)):
            assert not weaker.at_least(base)
        with pytest.raises(SlotForged):
            open_slot(self.slot, "một mật khẩu dài", "db-1", KdfCost(2, 1, 8 * 1024))
