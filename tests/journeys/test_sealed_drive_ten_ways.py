"""The drive that `demo` seals, damaged in ten ways and judged by five judges; three are strangers.

Strangers (bagit.py, sha256sum, openssl) each see a part; what all of them pass is still told by the
stand-alone program on the medium and by the program itself. What parity holds is brought back.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bagit
import pytest

from app.media import VerifyVerdict
from exports.seal import verifier
from exports.seal.checker import check_bag
from exports.seal.repair import repair_bag
from tests.exports.seal.making import contents_of, resign
from tests.journeys.test_demo import Demo, cheap_keys, demo

__all__ = ["cheap_keys", "demo"]
pytestmark = pytest.mark.skipif(
    not (shutil.which("openssl") and shutil.which("sha256sum")), reason="no strangers to ask"
)
DAMAGED, FORGED, OTHER_KEY = VerifyVerdict.DAMAGED, VerifyVerdict.FORGED, VerifyVerdict.OTHER_KEY
SIGNED_ANEW = 9


@dataclass(frozen=True)
class Way:
    """What is done, who of bagit.py, sha256sum and openssl sees it, and what it is."""

    spoil: Callable[[Path], object]
    seen_by: tuple[bool, bool, bool]
    verdict: VerifyVerdict
    mended: bool


def book(bag: Path) -> Path:
    return max(bag.glob("data/lop-*/*.pdf"), key=lambda path: path.stat().st_size)


def paper(bag: Path) -> Path:
    return min(bag.glob("data/lop-*/*.pdf"), key=lambda path: path.stat().st_size)


def table(bag: Path) -> Path:
    return next(iter(sorted(bag.glob("data/lop-*/du-lieu/diem.csv"))))


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def names_swapped(bag: Path) -> None:
    one, two = sorted(bag.glob("data/lop-*/*/*.csv"), key=lambda path: path.stat().st_size)[-2:]
    aside = one.with_suffix(".tam")
    one.rename(aside)
    two.rename(one)
    aside.rename(two)


def mark_and_payload_lists_rewritten(bag: Path) -> None:
    """A 4 made a 9 and both lists of data/ made to agree; whoever did it forgot the tag lists."""
    table(bag).write_bytes(table(bag).read_bytes().replace(b"4,", b"9,"))
    kept = contents_of(bag)
    resign(bag, 0, swap_key=False)
    for name, content in kept.items():
        if not name.startswith(("data/", "manifest-")):
            (bag / name).write_bytes(content)


def every_list_rewritten(bag: Path) -> None:
    """The same by somebody who knows the format but has no key."""
    table(bag).write_bytes(table(bag).read_bytes().replace(b"4,", b"9,"))
    resign(bag, 0, swap_key=False)


def signed_anew(bag: Path) -> None:
    """The same with a key of the forger's own: only the fingerprint on paper tells."""
    table(bag).write_bytes(table(bag).read_bytes().replace(b"4,", b"9,"))
    resign(bag, SIGNED_ANEW, swap_key=True)


def more_than_parity_holds(bag: Path) -> None:
    for path in bag.glob("data/lop-*/*.pdf"):
        path.unlink()


WAYS: dict[str, Way] = {
    "one byte of a book": Way(lambda b: flipped(book(b)), (True, True, False), DAMAGED, True),
    "a paper deleted": Way(lambda b: paper(b).unlink(), (True, True, False), DAMAGED, True),
    "a table cut short": Way(
        lambda b: table(b).write_bytes(table(b).read_bytes()[:-9]),
        (True, True, False), DAMAGED, True,
    ),
    "two tables under each other's names": Way(
        names_swapped, (True, True, False), DAMAGED, True
    ),
    "a file slipped into data": Way(
        lambda b: (b / "data/them.pdf").write_bytes(b"%PDF-1.7"),
        (True, False, False), DAMAGED, True,
    ),
    "a file slipped in beside data": Way(
        lambda b: (b / "DOC-TRUOC.exe").write_bytes(b"MZ"), (False, False, False), DAMAGED, True
    ),
    "the signature deleted": Way(
        lambda b: (b / verifier.SIGNATURE).unlink(), (False, False, True), DAMAGED, True
    ),
    "a mark and the lists of data": Way(
        mark_and_payload_lists_rewritten, (True, True, False), DAMAGED, True
    ),
    "a mark and every list, without the key": Way(
        every_list_rewritten, (False, False, True), FORGED, False
    ),
    "a mark, and signed with another key": Way(
        signed_anew, (False, False, False), OTHER_KEY, False
    ),
    "a class folder under another name": Way(
        lambda b: (b / "data/lop-6a1").rename(b / "data/lop 6A1 (cu)"),
        (True, True, False), DAMAGED, True,
    ),
    "every book deleted": Way(more_than_parity_holds, (True, True, False), DAMAGED, False),
}  # fmt: skip


def bagit_objects(bag: Path) -> bool:
    try:
        bagit.Bag(str(bag)).validate()
    except bagit.BagError:
        return True
    return False


def fails(words: str, bag: Path) -> bool:
    return bool(subprocess.run(words, shell=True, cwd=bag, capture_output=True).returncode)


def strangers(bag: Path) -> tuple[bool, bool, bool]:
    """Whether bagit.py, sha256sum and openssl, as DOC-TRUOC.txt asks them, object."""
    lists = "sha256sum --strict --quiet -c manifest-sha256.txt tagmanifest-sha256.txt"
    signature = (
        "openssl pkeyutl -verify -pubin -inkey khoa-cong-khai.pem -rawin"
        " -in tagmanifest-sha512.txt -sigfile tagmanifest-sha512.txt.sig"
    )
    return bagit_objects(bag), fails(lists, bag), fails(signature, bag)


def on_the_medium(sound: Path, bag: Path, fingerprint: str) -> int:
    """KIEM-TRA.py of another, sound copy, as its own words advise."""
    command = [sys.executable, "-I", str(sound / verifier.SELF), str(bag)]
    return subprocess.run(
        [*command, "--fingerprint", fingerprint], capture_output=True, env={"PATH": ""}
    ).returncode


def test_every_judge_passes_the_drive_as_demo_left_it(demo: Demo) -> None:
    assert strangers(demo.bag) == (False, False, False)
    assert on_the_medium(demo.bag, demo.bag, demo.summary["fingerprint"]) == 0
    assert check_bag(demo.bag, demo.summary["fingerprint"]).exit_code == 0


@pytest.mark.parametrize("what", WAYS)
def test_damaged_it_is_judged_right_and_mended_where_parity_allows(
    demo: Demo, tmp_path: Path, what: str
) -> None:
    way, fingerprint = WAYS[what], demo.summary["fingerprint"]
    bag = Path(shutil.copytree(demo.bag, tmp_path / demo.bag.name))
    way.spoil(bag)
    assert strangers(bag) == way.seen_by
    assert on_the_medium(demo.bag, bag, fingerprint) == 1
    judged = check_bag(bag, fingerprint)
    assert (judged.exit_code, judged.verdict) == (1, way.verdict)
    out = tmp_path / "phuc-hoi"
    if way.mended:
        repair_bag(bag, out, fingerprint=fingerprint)
    else:
        with pytest.raises(Exception, match=r"bản niêm phong khác"):
            repair_bag(bag, out, fingerprint=fingerprint)
        assert not out.exists()
        if way.verdict is not DAMAGED:
            return
        repair_bag(bag, out, demo.bag, fingerprint)
    assert contents_of(out) == contents_of(demo.bag)
    assert strangers(out) == (False, False, False)
