"""A damaged medium is mended elsewhere, never in place, and only into a bag that proves itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.commands.verify import VerifyOptions, run_verify
from app.errors import RuleRefused
from app.media import SealFile, VerifyVerdict
from exports.seal import verifier
from exports.seal.checker import check_bag
from exports.seal.repair import repair_bag
from tests.exports.seal.making import contents_of, request, resign, rewrite_tag_lists, seal, signer

FINGERPRINT = verifier.key_fingerprint(signer().public_key)
PAYLOAD = tuple(SealFile(f"lop/{n:02}.bin", bytes([n + 1]) * 6_000) for n in range(60))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    folder = tmp_path / "E"
    folder.mkdir()
    return seal(folder, request(PAYLOAD)).path


@pytest.fixture
def bag(good: Path, tmp_path: Path) -> Path:
    """A copy to damage; `good` stays."""
    return Path(shutil.copytree(good, tmp_path / "hong" / good.name))


def flip(path: Path, at: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x40
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "one byte": lambda bag: flip(bag / "data/lop/05.bin", 17),
    "a file gone": lambda bag: (bag / "data/lop/05.bin").unlink(),
    "a file cut": lambda bag: (bag / "data/lop/05.bin").write_bytes(b"x"),
    "a folder in a file's place": lambda bag: (
        (bag / "data/lop/05.bin").unlink(),
        (bag / "data/lop/05.bin").mkdir(),
    )[0],
    "an extra file": lambda bag: (bag / "data/la.txt").write_bytes(b"x") and None,
    "both payload lists": lambda bag: [
        flip(bag / name, 40) for name in (verifier.PAYLOAD_256, verifier.PAYLOAD_512)
    ].clear(),
    "the signed list": lambda bag: flip(bag / verifier.SIGNED_LIST, 3),
    "the signature": lambda bag: (bag / verifier.SIGNATURE).unlink(),
    "the key": lambda bag: flip(bag / verifier.PUBLIC_KEY, 60),
    "one copy of the lists": lambda bag: shutil.rmtree(bag / "phuc-hoi/ban-1"),
    "a parity column": lambda bag: flip(bag / "phuc-hoi/dai-001-3.bin", 5),
    "the verifier": lambda bag: (bag / verifier.SELF).write_bytes(b"print('nguyen ven')"),
}


@pytest.mark.parametrize("what", list(DAMAGES))
def test_what_parity_holds_comes_back_byte_by_byte(
    good: Path, bag: Path, tmp_path: Path, what: str
) -> None:
    whole = contents_of(good)
    DAMAGES[what](bag)
    broken = contents_of(bag)
    judged = check_bag(bag, FINGERPRINT)
    assert judged.exit_code == 1
    mended = repair_bag(bag, tmp_path / "moi", fingerprint=FINGERPRINT)
    assert mended.after.verdict is VerifyVerdict.INTACT
    assert mended.after.fingerprint_matches is True
    assert contents_of(tmp_path / "moi") == whole
    assert contents_of(bag) == broken


def test_a_bag_that_lost_all_its_lists_is_still_known_and_mended(tmp_path: Path) -> None:
    payload = [SealFile(f"lop/{n:02}.bin", bytes([n + 1]) * 30_000) for n in range(60)]
    bag = seal(tmp_path, request(payload)).path
    whole = contents_of(bag)
    for path in list(bag.iterdir()):
        if path.is_file():
            path.unlink()
    assert check_bag(bag).exit_code == 1
    repair_bag(bag, tmp_path / "moi")
    assert contents_of(tmp_path / "moi") == whole


def test_a_verdict_says_whether_it_can_be_repaired(bag: Path) -> None:
    (bag / "data/lop/05.bin").unlink()
    judged = check_bag(bag)
    assert judged.repairable is True
    assert "Phục hồi được đủ từ chính gói này" in judged.lines[-1]
    for n in range(12):
        (bag / f"data/lop/{n:02}.bin").unlink(missing_ok=True)
    judged = check_bag(bag)
    assert judged.repairable is False
    assert "data/lop/02.bin" in judged.lines[-1]


def refused(code: str, *words: object, **more: object) -> RuleRefused:
    with pytest.raises(RuleRefused) as caught:
        repair_bag(*words, **more)
    assert caught.value.code == code
    return caught.value


def test_too_much_damage_leaves_nothing_and_another_copy_helps(
    good: Path, bag: Path, tmp_path: Path
) -> None:
    for n in range(20):
        (bag / f"data/lop/{n:02}.bin").unlink()
    out = tmp_path / "moi"
    assert "data/lop/01.bin" in refused("not_repairable", bag, out).sentence
    assert sorted(path.name for path in tmp_path.iterdir()) == ["E", "hong"]
    # Another sealed copy of the year: its own lists differ, its books are the same bytes.
    folder = tmp_path / "F"
    folder.mkdir()
    second = seal(folder, request(PAYLOAD, info={"Copy": "2"})).path
    mended = repair_bag(bag, out, second.parent)
    assert mended.after.verdict is VerifyVerdict.INTACT
    assert contents_of(out) == contents_of(good)


def test_renamed_folders_and_files_are_found_by_what_they_hold(
    good: Path, bag: Path, tmp_path: Path
) -> None:
    (bag / "data/lop").rename(bag / "data/lop 6A (ban dau)")
    (bag / "data/lop 6A (ban dau)/07.bin").rename(bag / "data/bay.bin")
    flip(bag / "data/lop 6A (ban dau)/09.bin", 5)
    judged = check_bag(bag, FINGERPRINT)
    assert (judged.exit_code, judged.repairable) == (1, True)
    repair_bag(bag, tmp_path / "moi", fingerprint=FINGERPRINT)
    assert contents_of(tmp_path / "moi") == contents_of(good)


def test_a_link_under_another_name_is_no_find(bag: Path, tmp_path: Path) -> None:
    outside = tmp_path / "ngoai"
    (bag / "data/lop").rename(outside)
    (bag / "data/lien-ket").symlink_to(outside)
    for path in sorted(outside.iterdir()):
        (bag / "data" / path.name).symlink_to(path)
    assert check_bag(bag).repairable is False
    refused("not_repairable", bag, tmp_path / "moi")


def test_two_broken_copies_make_a_whole_one(good: Path, bag: Path, tmp_path: Path) -> None:
    second = Path(shutil.copytree(good, tmp_path / "hai" / good.name))
    for n in range(20):
        (bag / f"data/lop/{n:02}.bin").unlink()
        flip(second / f"data/lop/{n + 30:02}.bin")
    repair_bag(bag, tmp_path / "moi", second)
    assert contents_of(tmp_path / "moi") == contents_of(good)


def test_a_bag_without_any_index_takes_whole_files_from_another(
    good: Path, bag: Path, tmp_path: Path
) -> None:
    for path in list(bag.rglob("chi-muc.txt")):
        path.unlink()
    flip(bag / "data/lop/05.bin")
    refused("not_repairable", bag, tmp_path / "moi")
    repair_bag(bag, tmp_path / "moi", good)
    assert contents_of(tmp_path / "moi") == contents_of(good)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_without_an_index_neither_links_nor_pipes_are_read(
    good: Path, bag: Path, tmp_path: Path
) -> None:
    for path in list(bag.rglob("chi-muc.txt")):
        path.unlink()
    (bag / "data/lop/05.bin").unlink()
    os.mkfifo(bag / "data/lop/05.bin")
    (bag / "data/lop/06.bin").unlink()
    (bag / "data/lop/06.bin").symlink_to("/dev/zero")
    repair_bag(bag, tmp_path / "moi", good)
    assert contents_of(tmp_path / "moi") == contents_of(good)


def test_a_bag_of_the_first_edition_takes_whole_files_from_another(
    bag: Path, tmp_path: Path
) -> None:
    shutil.rmtree(bag / "phuc-hoi")
    rewrite_tag_lists(bag, 7)
    second = Path(shutil.copytree(bag, tmp_path / "hai" / bag.name))
    flip(bag / "data/lop/05.bin")
    repair_bag(bag, tmp_path / "moi", second)
    assert contents_of(tmp_path / "moi") == contents_of(second)


def test_what_somebody_else_signed_is_not_made_this_schools(bag: Path, tmp_path: Path) -> None:
    flip(bag / "data/lop/05.bin")
    resign(bag, seed=9, swap_key=True)
    flip(bag / "data/lop/06.bin")
    refused("not_repairable", bag, tmp_path / "moi", fingerprint=FINGERPRINT)
    assert not (tmp_path / "moi").exists()


def test_an_intact_bag_needs_no_repair(bag: Path, tmp_path: Path) -> None:
    refused("nothing_to_repair", bag, tmp_path / "moi")
    refused("not_a_bag", tmp_path / "khong-co", tmp_path / "moi")


def test_never_in_place(bag: Path, tmp_path: Path) -> None:
    flip(bag / "data/lop/05.bin")
    broken = contents_of(bag)
    refused("repair_in_place", bag, bag)
    refused("repair_in_place", bag, bag / "data" / "moi")
    refused("repair_in_place", bag, bag.parent)
    (tmp_path / "co-san").mkdir()
    refused("repair_target_exists", bag, tmp_path / "co-san")
    refused("not_a_bag", bag, tmp_path / "moi", tmp_path / "co-san")
    assert contents_of(bag) == broken


# ---- the command


def test_a_bag_half_named_is_never_the_place_to_work_in(bag: Path, tmp_path: Path) -> None:
    """A seal that ended before its last step, mended under the name it should have had."""
    good_name = bag.with_name(bag.name + "_ban-1")
    half = bag.rename(good_name.with_name(good_name.name + verifier.UNFINISHED))
    flip(half / "data/lop/05.bin", 17)
    before = contents_of(half)
    mended = repair_bag(half, good_name)
    assert mended.after.verdict is VerifyVerdict.INTACT
    assert contents_of(half) == before, "the damaged one is as it was"


def test_the_other_copy_is_no_place_to_work_in_either(
    good: Path, bag: Path, tmp_path: Path
) -> None:
    flip(bag / "data/lop/05.bin", 17)
    before = contents_of(good)
    refused("repair_in_place", bag, good / "sua", good)
    assert contents_of(good) == before


def told(options: VerifyOptions) -> tuple[int, str]:
    lines: list[str] = []
    code = run_verify(check_bag, repair_bag, options, lines.append)
    return code, "\n".join(lines)


def test_the_command_mends_and_judges_again(bag: Path, tmp_path: Path) -> None:
    flip(bag / "data/lop/05.bin")
    code, words = told(VerifyOptions(bag, FINGERPRINT))
    assert (code, "HỎNG" in words, "--repair" in words) == (1, True, True)
    code, words = told(VerifyOptions(bag, FINGERPRINT, tmp_path / "moi"))
    assert code == 0
    assert words.index("HỎNG") < words.index("ĐÃ PHỤC HỒI") < words.index("NGUYÊN VẸN")
    assert told(VerifyOptions(tmp_path / "moi", FINGERPRINT))[0] == 0


def test_the_command_with_nothing_to_mend_or_too_much(bag: Path, tmp_path: Path) -> None:
    assert told(VerifyOptions(bag, None, tmp_path / "moi"))[0] == 0
    for n in range(20):
        (bag / f"data/lop/{n:02}.bin").unlink()
    code, words = told(VerifyOptions(bag, None, tmp_path / "moi"))
    assert (code, "bản niêm phong khác" in words) == (1, True)
    lines: list[str] = []
    with pytest.raises(RuleRefused):
        run_verify(check_bag, repair_bag, VerifyOptions(bag, None, bag), lines.append)
    assert lines == [], "the command line says a refusal, once"
