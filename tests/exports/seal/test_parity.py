"""What parity gives back, and that it says so when it cannot."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.media import SealFile
from exports.seal import parity
from tests.exports.seal.making import contents_of, request, seal


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many bands and stripes in little data."""
    monkeypatch.setattr(parity, "BLOCK", 64)
    monkeypatch.setattr(parity, "WIDTH", 256)


def protect(folder: Path, contents: dict[str, bytes]) -> list[tuple[str, int]]:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    files = [(name, len(content)) for name, content in contents.items()]
    for name, pieces in parity.encode(folder, files):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"".join(pieces))
    return files


def damage_column(folder: Path, files: list[tuple[str, int]], column: int) -> None:
    """Turn over every byte of one of the 44 columns of the only band."""
    size = sum(length for _, length in files)
    (band,) = parity.bands(size)
    if column >= parity.DATA:
        path = folder / band.parity_name(column - parity.DATA)
        path.write_bytes(bytes(byte ^ 0xFF for byte in path.read_bytes()))
        return
    at = 0
    for name, length in files:
        content = bytearray((folder / name).read_bytes())
        for place in range(
            max(column * band.width - at, 0), min((column + 1) * band.width - at, length)
        ):
            content[place] ^= 0xFF
        (folder / name).write_bytes(content)
        at += length


@settings(max_examples=40, deadline=None)
@given(lost=st.sets(st.integers(0, 43), max_size=4), seed=st.binary(min_size=1, max_size=300))
def test_any_four_of_forty_four_columns_come_back(
    tmp_path_factory: pytest.TempPathFactory, lost: set[int], seed: bytes
) -> None:
    folder = tmp_path_factory.mktemp("goi")
    contents = {"a.bin": seed, "rong.txt": b"", "b/c.bin": bytes(range(256)) * 3}
    files = protect(folder, contents)
    for column in lost:
        damage_column(folder, files, column)
    out = folder.parent / f"{folder.name}-moi"
    found = parity.restore(folder, out)
    assert found.beyond == []
    assert {name: (out / name).read_bytes() for name in contents} == contents


def test_a_fifth_column_is_too_much_and_the_files_are_named(tmp_path: Path) -> None:
    bag = tmp_path / "goi"
    files = protect(bag, {"a.bin": bytes(range(200)), "b.bin": bytes(4000)})
    for column in range(5):
        damage_column(bag, files, column)
    found = parity.assess(bag)
    assert found.beyond == ["a.bin", "b.bin"]
    assert found.lost == 5
    assert parity.restore(bag, tmp_path / "moi").beyond == ["a.bin", "b.bin"]


@pytest.mark.usefixtures("small_blocks")
def test_every_band_is_mended_by_itself(tmp_path: Path) -> None:
    bag = tmp_path / "goi"
    content = bytes(byte * 7 % 251 for byte in range(45_000))
    files = protect(bag, {"a.bin": content[:30_000], "b.bin": content[30_000:]})
    assert len(parity.bands(sum(length for _, length in files))) == 5
    broken = bytearray(content)
    # A scratch over a tenth of the second band, and a scattered fault in each of the others.
    broken[10_300:11_000] = bytes(700)
    for at in (0, 9_000, 22_000, 31_000, 44_999):
        broken[at] ^= 1
    (bag / "a.bin").write_bytes(broken[:30_000])
    (bag / "b.bin").write_bytes(broken[30_000:])
    found = parity.restore(bag, tmp_path / "moi")
    assert (found.beyond, found.touched) == ([], ["a.bin", "b.bin"])
    assert (tmp_path / "moi/a.bin").read_bytes() == content[:30_000]
    assert (tmp_path / "moi/b.bin").read_bytes() == content[30_000:]


def test_parity_takes_no_more_than_it_says(tmp_path: Path) -> None:
    files = protect(tmp_path, {"a.bin": bytes(3_000_000)})
    taken = sum(p.stat().st_size for p in (tmp_path / parity.FOLDER).rglob("*") if p.is_file())
    size = sum(length for _, length in files)
    # What `app.media.space_needed` asks for beside the payload and its lists.
    assert size // 10 < taken <= size * 12 // 100


def test_a_file_that_shrank_meanwhile_is_not_protected_wrongly(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"abc")
    with pytest.raises(OSError, match="shorter"):
        list(parity.encode(tmp_path, [("a.bin", 4)]))


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=400))
def test_a_foreign_index_is_refused_and_never_followed(content: bytes) -> None:
    with pytest.raises(ValueError):
        parity.parsed(content)


@pytest.mark.parametrize("name", ["../ngoai", "/etc/x", "a//b", "a\\b", "C:x", "a/..", ""])
def test_an_index_cannot_point_out_of_the_folder(name: str) -> None:
    good = parity.Index([("a", 40)], ["0" * 32] * 40, ["0" * 32] * 4)
    assert parity.parsed(good.content()).files == [("a", 40)]
    good.files[0] = (name, 40)
    with pytest.raises(ValueError, match="bad file line"):
        parity.parsed(good.content())


def test_an_index_with_an_absurd_size_is_refused() -> None:
    with pytest.raises(ValueError, match="disagree"):
        parity.parsed(parity.Index([("a", 10**18)], ["0" * 32] * 40, ["0" * 32] * 4).content())


@given(content=st.binary(min_size=1, max_size=80), where=st.data())
def test_two_good_copies_outvote_a_bad_one_byte_by_byte(
    content: bytes, where: st.DataObject
) -> None:
    copies = [bytearray(content) for _ in range(3)]
    for at in range(len(content)):
        # Another copy may be the bad one at every byte.
        copies[where.draw(st.integers(0, 2))][at] ^= where.draw(st.integers(0, 255))
    assert parity.voted([bytes(copy) for copy in copies]) == content


# ---- on a whole bag, as its own program does it


def run(script: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(script), *words],
        env={"PATH": "", "LC_ALL": "C"},
        capture_output=True,
        encoding="utf-8",
    )


def test_the_program_on_the_medium_mends_its_own_bag(tmp_path: Path) -> None:
    payload = [SealFile(f"lop/{n}.bin", bytes([n]) * 9_000) for n in range(60)]
    bag = seal(tmp_path, request(payload)).path
    good = contents_of(bag)
    (bag / "data/lop/7.bin").unlink()
    (bag / "data/lop/30.bin").write_bytes(b"x")
    (bag / "tagmanifest-sha512.txt").write_bytes(b"")
    (bag / "phuc-hoi/chi-muc.txt").unlink()
    out = tmp_path / "moi"
    done = run(bag / "PHUC-HOI.py", str(out))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "ĐÃ PHỤC HỒI" in done.stdout
    assert contents_of(out) == good
    assert run(out / "KIEM-TRA.py").returncode == 0
    assert not (bag / "__pycache__").exists()


def test_the_program_on_the_medium_says_when_it_is_too_much(tmp_path: Path) -> None:
    payload = [SealFile(f"lop/{n}.bin", bytes([n]) * 9_000) for n in range(60)]
    bag = seal(tmp_path, request(payload)).path
    for n in range(8):
        (bag / f"data/lop/{n}.bin").unlink()
    done = run(bag / "PHUC-HOI.py", str(tmp_path / "moi"))
    assert done.returncode == 1
    assert "KHÔNG ĐỦ để phục hồi: data/lop/1.bin" in done.stdout


@pytest.mark.parametrize("words", [[], ["--help"], ["a", "b"], ["--with"]])
def test_words_it_does_not_understand(tmp_path: Path, words: list[str]) -> None:
    bag = seal(tmp_path).path
    done = run(bag / "PHUC-HOI.py", *words)
    assert (done.returncode, "Cách dùng" in done.stdout) == (2, True)


def test_a_bag_without_parity_says_so(tmp_path: Path) -> None:
    bag = seal(tmp_path).path
    script = shutil.copy(bag / "PHUC-HOI.py", tmp_path)
    shutil.rmtree(bag / "phuc-hoi")
    done = run(Path(script), str(tmp_path / "moi"), "--bag", str(bag))
    assert (done.returncode, "không có phần phục hồi" in done.stdout) == (2, True)
    assert not (tmp_path / "moi").exists()


def test_by_itself_it_writes_nothing_into_the_bag_nor_into_the_other_copy(tmp_path: Path) -> None:
    bag, other = tmp_path / "goi", tmp_path / "khac"
    protect(bag, {"a.bin": bytes(5_000)})
    other.mkdir()
    before = sorted(bag.rglob("*"))
    for words in ([str(bag / "moi")], [str(other / "moi"), "--with", str(other)]):
        said = io.StringIO()
        assert parity.main(words, said, home=str(bag)) == 2
        assert "ngoài gói" in said.getvalue()
    assert sorted(bag.rglob("*")) == before
    assert list(other.iterdir()) == []
    assert parity.main([str(tmp_path / "moi")], io.StringIO(), home=str(bag)) == 0
