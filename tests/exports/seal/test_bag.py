"""A bag is written whole, where it may be, and as others can check it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import bagit
import pytest

from app.errors import RuleRefused
from app.media import DriveFacts, DriveSource, SealFile
from exports.seal import verifier
from exports.seal.bag import write_bag
from tests.exports.seal.making import (
    BAG,
    WatchedDrive,
    bind,
    files,
    real_drive,
    refused,
    request,
    seal,
    signer,
)

ROOT = Path(__file__).parents[3]


# ---- what is written


def test_the_report_counts_the_payload(tmp_path: Path) -> None:
    report = seal(tmp_path)
    assert report.path == tmp_path / BAG
    assert report.files == len(files())
    assert report.bytes == sum(len(item.content) for item in files())
    assert report.readback_ok
    assert report.fingerprint == verifier.key_fingerprint(signer().public_key)
    assert list(tmp_path.iterdir()) == [report.path]
    for item in files():
        assert (report.path / "data" / item.path).read_bytes() == item.content


def test_bagit_py_finds_it_valid(tmp_path: Path) -> None:
    bag = bagit.Bag(str(seal(tmp_path).path))
    bag.validate()
    assert set(bag.algorithms) == {"sha256", "sha512"}
    assert bag.info["School"] == "Trường THCS Hoa Sen"
    assert bag.info["School-Year"] == "2025-2026"
    assert bag.info["Payload-Oxum"] == f"{sum(len(f.content) for f in files())}.{len(files())}"


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no coreutils")
def test_sha256sum_agrees(tmp_path: Path) -> None:
    bag = seal(tmp_path).path
    for tool in ("sha256", "sha512"):
        lists = [f"manifest-{tool}.txt", f"tagmanifest-{tool}.txt"]
        subprocess.run([f"{tool}sum", "--strict", "--quiet", "-c", *lists], cwd=bag, check=True)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl")
def test_openssl_agrees_as_the_readme_tells(tmp_path: Path) -> None:
    report = seal(tmp_path)
    done = subprocess.run(
        "openssl pkeyutl -verify -pubin -inkey khoa-cong-khai.pem -rawin"
        " -in tagmanifest-sha512.txt -sigfile tagmanifest-sha512.txt.sig &&"
        " openssl pkey -pubin -in khoa-cong-khai.pem -outform DER | tail -c 32 | sha256sum",
        shell=True,
        cwd=report.path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert report.fingerprint in done.stdout
    text = (report.path / "DOC-TRUOC.txt").read_text("utf-8-sig")
    assert "openssl pkey -pubin -in khoa-cong-khai.pem -outform DER | tail -c 32" in text


def test_the_readme_says_what_a_stranger_needs(tmp_path: Path) -> None:
    report = seal(tmp_path)
    raw = (report.path / "DOC-TRUOC.txt").read_bytes()
    text = raw.decode("utf-8-sig")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert verifier.grouped(report.fingerprint) in text
    assert text.index("PowerShell") < text.index("LINUX")
    assert "biên bản niêm phong" in text
    assert "data/lop-6A1: Sổ gọi tên và ghi điểm lớp 6A1" in text
    assert "GÓI CHẠY THỬ" in text


def test_the_check_on_the_medium_is_the_verifier_and_needs_nothing(tmp_path: Path) -> None:
    bag = seal(tmp_path).path
    script = bag / "KIEM-TRA.py"
    assert script.read_bytes() == Path(verifier.__file__).read_bytes()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-I", str(script), *words],
            cwd=tmp_path.parent,
            env={"PATH": "", "LC_ALL": "C"},
            capture_output=True,
            encoding="utf-8",
        )

    intact = run()
    assert (intact.returncode, intact.stderr) == (0, "")
    assert "NGUYÊN VẸN" in intact.stdout
    assert run(str(tmp_path), "--fingerprint", "1" * 64).returncode == 1
    assert run(str(tmp_path / "khong-co")).returncode == 2
    (bag / "data/nhat-ky.csv").write_bytes(b"y")
    damaged = run(str(bag))
    assert damaged.returncode == 1
    assert "data/nhat-ky.csv" in damaged.stdout
    assert not (bag / "__pycache__").exists()


def test_the_verifier_imports_only_the_standard_library() -> None:
    import ast

    tree = ast.parse(Path(verifier.__file__).read_text("utf-8"))
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert names <= sys.stdlib_module_names | {"__future__"}


def test_files_come_one_by_one_from_a_generator(tmp_path: Path) -> None:
    alive: list[str] = []

    def one_by_one() -> Iterator[SealFile]:
        for item in files():
            alive.append(item.path)
            yield item
            assert (tmp_path / f"{BAG}.dang-ghi/data" / item.path).exists()

    seal(tmp_path, request(one_by_one(), expected_bytes=4000))
    assert alive == [item.path for item in files()]


def test_a_file_may_be_given_by_its_place(tmp_path: Path) -> None:
    source = tmp_path / "nguon.pdf"
    source.write_bytes(os.urandom(3_000_000))
    drive = tmp_path / "E"
    drive.mkdir()
    report = seal(drive, request((SealFile("so/a.pdf", source),)))
    assert report.bytes == 3_000_000
    assert (report.path / "data/so/a.pdf").read_bytes() == source.read_bytes()


def test_progress_rises_to_its_end(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    source = SealFile("a.bin", b"x" * 5_000_000)
    seal(
        tmp_path, request((source,)), lambda done, total, note="": told.append((done, total, note))
    )
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert len({total for _, total, _ in told}) == 1
    assert told[-1][0] >= told[-1][1] - 1
    assert {note.split(" ")[1] for _, _, note in told} == {"ghi", "tính", "đọc"}


# ---- demo or not


def test_only_a_demo_drive_writes_source(tmp_path: Path) -> None:
    assert "Source: demo\n" in (seal(tmp_path).path / "bag-info.txt").read_text("utf-8")
    real = tmp_path / "that"
    real.mkdir()
    report = write_bag(request(), real_drive(real, serial="WX1-9"), real)
    info = (report.path / "bag-info.txt").read_text("utf-8")
    assert "\nSource:" not in info
    assert "Medium-Label: LUU-TRU\nMedium-Serial: WX1-9\n" in info
    assert "CHẠY THỬ" not in (report.path / "DOC-TRUOC.txt").read_text("utf-8-sig")


@pytest.mark.parametrize("label", ["Source", "source", "Payload-Oxum", "School", "x:y", "", "a\nb"])
def test_a_caller_cannot_write_our_lines(tmp_path: Path, label: str) -> None:
    refused(tmp_path, "bad_info", info={label: "demo"})


def test_a_value_cannot_start_a_line_of_its_own(tmp_path: Path) -> None:
    bag = seal(tmp_path, request(info={"Case": "a\nSource: that"})).path
    assert "Case: a Source: that\n" in (bag / "bag-info.txt").read_text("utf-8")


def test_nothing_but_the_folder_drive_makes_demo_facts() -> None:
    """The acceptance of a plain folder has one source (design §5)."""
    allowed = {"app/media.py", "exports/seal/drives_folder.py"}
    readers = {"exports/seal/bag.py", "exports/seal/readme.py"}
    found = {
        path.relative_to(ROOT).as_posix()
        for top in ("app", "db", "exports", "ui")
        for path in (ROOT / top).rglob("*.py")
        if "DriveSource.DEMO" in path.read_text("utf-8")
    }
    assert found == allowed | readers
    for name in readers:
        assert "source=DriveSource.DEMO" not in (ROOT / name).read_text("utf-8")


# ---- what is refused before anything is written


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"same_disk_as_database": True}, "drive_is_database_disk"),
        ({"same_disk_as_database": None}, "drive_unknown"),
        ({"network": True}, "drive_is_network"),
        ({"read_only": True}, "drive_read_only"),
    ],
)
def test_a_drive_that_may_not_hold_a_seal(
    tmp_path: Path, changes: dict[str, object], code: str
) -> None:
    error = refused(tmp_path, code, drive=real_drive(tmp_path, **changes))
    assert "LUU-TRU" in error.sentence


def test_nothing_is_swept_on_a_drive_that_may_not_hold_a_seal(tmp_path: Path) -> None:
    (tmp_path / f"{BAG}.dang-ghi").mkdir()
    refused(
        tmp_path,
        "drive_is_database_disk",
        drive=real_drive(tmp_path, same_disk_as_database=True),
    )


def test_a_demo_folder_on_the_database_disk_is_accepted(tmp_path: Path) -> None:
    drive = WatchedDrive(bind(tmp_path))
    drive.facts_instead = replace(drive.facts, same_disk_as_database=True)
    assert write_bag(request(), drive, tmp_path).readback_ok


def test_too_little_room_says_how_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=4_200_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    payload = (SealFile("a.bin", b"x" * 1_000_000),)
    error = refused(tmp_path, "drive_too_small", payload=payload)
    assert "cần 5,5 MB, còn 4,2 MB" in error.sentence
    seal(tmp_path, request((SealFile("a.bin", b"x"),)))


@pytest.mark.parametrize("name", ["", "Sổ điểm", "a/b", "..", "a" * 51, "con", "a b", "cuoi."])
def test_a_bag_name_every_medium_can_hold(tmp_path: Path, name: str) -> None:
    refused(tmp_path, "bad_bag_name", bag_name=name)


@pytest.mark.parametrize(
    "path", ["../ngoai", "/tuyet-doi", "a//b", "Sổ.pdf", "a\\b", "", "x" * 61, "nul.txt", "a/./b"]
)
def test_a_payload_name_every_medium_can_hold(tmp_path: Path, path: str) -> None:
    refused(tmp_path, "bad_path", payload=(SealFile("dau.txt", b"1"), SealFile(path, b"2")))


@pytest.mark.parametrize("second", ["lop/a.txt", "lop/A.txt", "LOP/b.txt", "lop", "lop/a.txt/c"])
def test_two_files_a_medium_could_not_tell_apart(tmp_path: Path, second: str) -> None:
    payload = (SealFile("lop/a.txt", b"1"), SealFile(second, b"2"))
    refused(tmp_path, "duplicate_path", payload=payload)


def test_nothing_to_seal(tmp_path: Path) -> None:
    refused(tmp_path, "nothing_to_seal", payload=())


def test_a_sealed_bag_is_never_written_over(bag: Path) -> None:
    before = {path: path.read_bytes() for path in bag.rglob("*") if path.is_file()}
    assert BAG in refused(bag.parent, "bag_exists").sentence
    assert {path: path.read_bytes() for path in bag.rglob("*") if path.is_file()} == before


def test_even_an_empty_folder_of_that_name_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / BAG).mkdir()
    refused(tmp_path, "bag_exists")


def test_what_an_earlier_attempt_left_is_swept(tmp_path: Path) -> None:
    leftover = tmp_path / f"{BAG}.dang-ghi"
    (leftover / "data").mkdir(parents=True)
    (leftover / "data/cu.pdf").write_bytes(b"x")
    seal(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [BAG]


def test_a_link_in_the_place_of_a_leftover_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "quy-gia"
    precious.mkdir()
    (precious / "tep").write_bytes(b"x")
    (tmp_path / f"{BAG}.dang-ghi").symlink_to(precious)
    refused(tmp_path, "leftover_not_a_folder")
    assert (precious / "tep").exists()


def test_a_missing_source_file_is_named(tmp_path: Path) -> None:
    payload = (SealFile("a.txt", b"1"), SealFile("b.pdf", tmp_path / "mat.pdf"))
    assert "mat.pdf" in refused(tmp_path, "seal_source_unreadable", payload=payload).sentence


def test_a_signer_whose_key_does_not_match_is_our_fault(tmp_path: Path) -> None:
    class Mixed:
        public_key = signer(1).public_key

        def sign(self, message: bytes) -> bytes:
            return signer(2).sign(message)

    with pytest.raises(ValueError, match="public key"):
        seal(tmp_path, request(signer=Mixed()))
    assert list(tmp_path.iterdir()) == []


def test_the_target_must_lie_on_the_bound_drive(tmp_path: Path) -> None:
    here = tmp_path.stat().st_dev
    places = (Path("/dev/shm"), Path(__file__).parent)
    other = next((one for one in places if one.is_dir() and one.stat().st_dev != here), None)
    if other is None:
        pytest.skip("no second file system here")
    with pytest.raises(RuleRefused) as caught:
        write_bag(request(), bind(tmp_path), other)
    assert caught.value.code == "target_not_on_drive"


def test_facts_of_a_folder_are_demo_facts(tmp_path: Path) -> None:
    facts: DriveFacts = bind(tmp_path).facts
    assert (facts.source, facts.same_disk_as_database) == (DriveSource.DEMO, None)
