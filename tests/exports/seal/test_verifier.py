"""Whatever happens to a sealed bag, the verifier says so and names the file."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import bagit
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import RuleRefused
from app.media import VerifyVerdict
from exports.seal import verifier
from exports.seal.checker import check_bag
from exports.seal.verifier import Verdict, verify_path
from tests.exports.seal.making import BAG, resign, rewrite_tag_lists, seal, signer

COPIED = [
    "khoa-cong-khai.pem",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
    "tagmanifest-sha512.txt.sig",
]
FILES = [
    "DOC-TRUOC.txt",
    "KIEM-TRA.py",
    "PHUC-HOI.py",
    "bag-info.txt",
    "bagit.txt",
    "data/ho-so-sua-diem/rong.txt",
    "data/lop-6A1/diem_6A1.csv",
    "data/lop-6A1/so-diem_6A1_2025-2026.pdf",
    "data/nhat-ky.csv",
    "khoa-cong-khai.pem",
    "manifest-sha256.txt",
    "manifest-sha512.txt",
    *(f"phuc-hoi/ban-1/{name}" for name in ["chi-muc.txt", *COPIED]),
    *(f"phuc-hoi/ban-2/{name}" for name in ["chi-muc.txt", *COPIED]),
    "phuc-hoi/chi-muc.txt",
    *(f"phuc-hoi/dai-001-{row}.bin" for row in range(1, 5)),
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
    "tagmanifest-sha512.txt.sig",
]
FULL = [name for name in FILES if not name.endswith("rong.txt")]
FINGERPRINT = verifier.key_fingerprint(signer().public_key)


def named(report: verifier.Report) -> list[str]:
    return [problem.file for problem in report.problems]


def test_the_list_of_files_here_is_the_bag(bag: Path) -> None:
    assert sorted(p.relative_to(bag).as_posix() for p in bag.rglob("*") if p.is_file()) == FILES


def test_an_untouched_bag_is_intact(bag: Path) -> None:
    report = verify_path(bag)
    assert (report.verdict, report.exit_code, report.problems) == (Verdict.INTACT, 0, [])
    assert report.fingerprint == FINGERPRINT
    assert report.fingerprint_matches is None
    assert report.files == len(FILES)
    assert report.info["School"] == "Trường THCS Hoa Sen"


@pytest.mark.parametrize("name", FULL)
def test_any_flipped_byte_is_found_and_named(bag: Path, name: str) -> None:
    path = bag / name
    good = path.read_bytes()
    offsets = {0, len(good) - 1, *range(0, len(good), max(1, len(good) // 6))}
    for offset in sorted(offsets):
        for mask in (0x01, 0x20, 0xFF):
            bad = bytearray(good)
            bad[offset] ^= mask
            path.write_bytes(bad)
            report = verify_path(bag)
            assert report.exit_code == 1, (offset, mask)
            assert set(named(report)) == {name}, (offset, mask, report.problems)
    path.write_bytes(good)
    assert verify_path(bag).exit_code == 0


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.sampled_from(FULL), at=st.integers(0, 100_000), mask=st.integers(1, 255))
def test_a_random_flip_is_found_and_named(bag: Path, name: str, at: int, mask: int) -> None:
    path = bag / name
    good = path.read_bytes()
    bad = bytearray(good)
    bad[at % len(good)] ^= mask
    path.write_bytes(bad)
    try:
        report = verify_path(bag)
    finally:
        path.write_bytes(good)
    assert report.exit_code == 1
    assert set(named(report)) == {name}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_damage_and_named(bag: Path, name: str) -> None:
    (bag / name).unlink()
    report = verify_path(bag)
    assert report.exit_code == 1
    assert name in named(report)
    assert report.verdict is Verdict.DAMAGED


@pytest.mark.parametrize("name", FILES)
def test_a_longer_or_shorter_file_is_damage_and_named(bag: Path, name: str) -> None:
    path = bag / name
    good = path.read_bytes()
    for bad in (good + b"\n", good + b" ", good[:-1] if good else b"x", b"" if good else b"\n"):
        path.write_bytes(bad)
        report = verify_path(bag)
        assert report.exit_code == 1, bad[-10:]
        assert name in named(report), (bad[-10:], report.problems)


@pytest.mark.parametrize("name", FULL)
def test_line_ends_turned_windows_are_damage(bag: Path, name: str) -> None:
    path = bag / name
    good = path.read_bytes()
    bad = good.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    if bad != good:
        path.write_bytes(bad)
        assert set(named(verify_path(bag))) == {name}


@pytest.mark.parametrize(
    "name",
    [
        "la.txt",
        ".an",
        "data/la.pdf",
        "data/lop-6A1/Thumbs.db",
        "data/lop-6A1/so-diem_6A1_2025-2026.PDF",
        "bagit.txt.bak",
        "tagmanifest-md5.txt",
        "manifest-md5.txt",
        "them/vao.txt",
        "data/Sổ điểm.pdf",
    ],
)
def test_a_file_no_list_names_is_damage_and_named(bag: Path, name: str) -> None:
    (bag / name).parent.mkdir(exist_ok=True)
    (bag / name).write_bytes(b"them vao")
    report = verify_path(bag)
    assert report.exit_code == 1
    assert named(report) == [name]


def test_an_added_empty_folder_is_named(bag: Path) -> None:
    (bag / "data/lop-6A2").mkdir()
    assert named(verify_path(bag)) == ["data/lop-6A2"]


def test_a_link_in_place_of_a_file_is_damage_even_if_it_reads_the_same(bag: Path) -> None:
    original = bag / "data/nhat-ky.csv"
    elsewhere = Path(shutil.move(original, bag.parent / "nhat-ky.csv"))
    original.symlink_to(elsewhere)
    report = verify_path(bag)
    assert report.exit_code == 1
    assert set(named(report)) == {"data/nhat-ky.csv"}


def test_a_linked_folder_is_not_followed(bag: Path) -> None:
    (bag / "data/vong").symlink_to(bag)
    assert named(verify_path(bag)) == ["data/vong"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_named_and_not_waited_for(bag: Path) -> None:
    (bag / "bagit.txt").unlink()
    os.mkfifo(bag / "bagit.txt")
    assert set(named(verify_path(bag))) == {"bagit.txt"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_that_is_no_text_is_told_without_failing(bag: Path) -> None:
    Path(os.fsdecode(os.fsencode(bag) + b"/data/\xff\x1b[2J.pdf")).write_bytes(b"")
    out = io.StringIO()
    assert verifier.main([str(bag)], out) == 1
    assert "\x1b" not in out.getvalue()
    out.getvalue().encode("utf-8")


# ---- forgeries


def test_lists_rebuilt_without_the_key_are_forged(bag: Path) -> None:
    (bag / "data/nhat-ky.csv").write_bytes(b"sua lai")
    resign(bag, seed=9, swap_key=False)
    report = verify_path(bag)
    assert (report.verdict, report.exit_code) == (Verdict.FORGED, 1)
    assert named(report) == ["tagmanifest-sha512.txt.sig"]


def test_a_bag_signed_anew_with_another_key_shows_another_fingerprint(bag: Path) -> None:
    (bag / "data/nhat-ky.csv").write_bytes(b"sua lai")
    resign(bag, seed=9, swap_key=True)
    alone = verify_path(bag)
    assert alone.exit_code == 0
    assert alone.fingerprint != FINGERPRINT
    against = verify_path(bag, FINGERPRINT)
    assert (against.verdict, against.exit_code) == (Verdict.OTHER_KEY, 1)
    assert against.fingerprint_matches is False
    assert "khoa-cong-khai.pem" in named(against)


def test_a_swapped_key_alone_is_named(bag: Path, tmp_path: Path) -> None:
    other = seal(tmp_path).path
    resign(other, seed=9, swap_key=True)
    shutil.copy(other / "khoa-cong-khai.pem", bag / "khoa-cong-khai.pem")
    report = verify_path(bag)
    assert (report.exit_code, set(named(report))) == (1, {"khoa-cong-khai.pem"})


def test_a_signature_of_another_bag_is_refused(bag: Path) -> None:
    wrong = signer().sign(b"another list")
    (bag / verifier.SIGNATURE).write_bytes(wrong)
    report = verify_path(bag)
    assert (report.verdict, named(report)) == (Verdict.DAMAGED, [verifier.SIGNATURE])
    for folder in verifier.COPY_FOLDERS:
        (bag / folder / verifier.SIGNATURE).write_bytes(wrong)
    report = verify_path(bag)
    assert (report.verdict, named(report)) == (Verdict.FORGED, [verifier.SIGNATURE])


def test_a_forger_who_overlooks_the_copies_is_told_from_an_accident(bag: Path) -> None:
    originals = {
        path: path.read_bytes() for path in (bag / "phuc-hoi").rglob("*") if path.is_file()
    }
    (bag / "data/nhat-ky.csv").write_bytes(b"sua lai")
    resign(bag, seed=9, swap_key=False)
    for path, content in originals.items():
        path.write_bytes(content)
    report = verify_path(bag)
    assert (report.verdict, report.exit_code) == (Verdict.FORGED, 1)
    assert {"manifest-sha256.txt", "manifest-sha512.txt"} < set(named(report))


def test_a_list_lost_in_the_bag_is_read_from_its_copy(bag: Path) -> None:
    for name in verifier.COPIED:
        (bag / name).unlink()
        (bag / verifier.COPY_FOLDERS[0] / name).write_bytes(b"")
    report = verify_path(bag, FINGERPRINT)
    assert (report.verdict, report.fingerprint_matches) == (Verdict.DAMAGED, True)
    copied = [verifier.COPY_FOLDERS[0] + name for name in verifier.COPIED]
    assert set(named(report)) == {*verifier.COPIED, *copied}


def test_a_bag_of_the_first_edition_without_parity_is_still_intact(bag: Path) -> None:
    shutil.rmtree(bag / "phuc-hoi")
    (bag / "PHUC-HOI.py").unlink()
    _resign_tags(bag)
    report = verify_path(bag, FINGERPRINT)
    assert (report.verdict, report.problems, report.has_parity) == (Verdict.INTACT, [], False)


@pytest.mark.parametrize(
    "line",
    [
        "{hash}  data/../../ngoai.txt\n",
        "{hash}  /etc/passwd\n",
        "{hash}  data/C:\\ngoai.txt\n",
        "{hash}  data//hai.txt\n",
        "{hash}  bagit.txt\n",
        "{hash} data/mot-dau-cach.txt\n",
        "khong phai ma bam  data/nhat-ky.csv\n",
        "\n",
    ],
)
def test_a_list_that_points_outside_is_refused_even_if_signed(bag: Path, line: str) -> None:
    for digits, name in ((64, verifier.PAYLOAD_256), (128, verifier.PAYLOAD_512)):
        text = (bag / name).read_text() + line.format(hash="0" * digits)
        (bag / name).write_text(text)
    _resign_tags(bag)
    report = verify_path(bag)
    assert report.exit_code == 1
    assert set(named(report)) == {verifier.PAYLOAD_256, verifier.PAYLOAD_512}


def test_a_list_that_names_a_file_twice_is_refused_even_if_signed(bag: Path) -> None:
    for name in (verifier.PAYLOAD_256, verifier.PAYLOAD_512):
        lines = (bag / name).read_text().splitlines(keepends=True)
        (bag / name).write_text("".join([*lines, lines[0]]))
    _resign_tags(bag)
    assert set(named(verify_path(bag))) == {verifier.PAYLOAD_256, verifier.PAYLOAD_512}


def test_a_file_in_one_signed_list_only_is_refused(bag: Path) -> None:
    lines = (bag / verifier.PAYLOAD_256).read_text().splitlines(keepends=True)
    (bag / verifier.PAYLOAD_256).write_text("".join(lines[1:]))
    _resign_tags(bag)
    assert named(verify_path(bag)) == [verifier.PAYLOAD_256]


def _resign_tags(bag: Path) -> None:
    """As the holder of the key would, over the payload lists as they now are."""
    rewrite_tag_lists(bag, 7)


# ---- several faults, absurd contents, failing media


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    contents=st.dictionaries(
        st.sampled_from(FILES), st.none() | st.binary(max_size=300), min_size=1, max_size=6
    )
)
def test_absurd_contents_are_judged_and_never_crash(
    bag: Path, contents: dict[str, bytes | None]
) -> None:
    kept = {name: (bag / name).read_bytes() for name in contents}
    changed = {name for name, content in contents.items() if content != kept[name]}
    try:
        for name, content in contents.items():
            if content is None:
                (bag / name).unlink()
            else:
                (bag / name).write_bytes(content)
        report = verify_path(bag)
    finally:
        for name, content in kept.items():
            (bag / name).write_bytes(content)
    assert report.exit_code == (1 if changed else 0)
    assert bool(report.problems) == bool(changed)


def test_a_damaged_list_does_not_slander_the_files_it_names(bag: Path) -> None:
    text = (bag / verifier.PAYLOAD_512).read_text()
    (bag / verifier.PAYLOAD_512).write_text("".join(reversed(text)))
    (bag / "data/nhat-ky.csv").write_bytes(b"y")
    assert set(named(verify_path(bag))) == {verifier.PAYLOAD_512, "data/nhat-ky.csv"}


@pytest.mark.parametrize("name", FULL)
def test_a_file_the_medium_no_longer_gives_is_named(
    bag: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_open, real_read = Path.open, Path.read_bytes

    def fails(path: Path) -> None:
        if path == bag / name:
            raise OSError(5, "Input/output error")

    def bad_open(path: Path, *args: object, **more: object) -> object:
        fails(path)
        return real_open(path, *args, **more)

    def bad_read(path: Path) -> bytes:
        fails(path)
        return real_read(path)

    monkeypatch.setattr(Path, "open", bad_open)
    monkeypatch.setattr(Path, "read_bytes", bad_read)
    report = verify_path(bag)
    assert report.exit_code == 1
    assert name in named(report)


# ---- where the bag is


def test_the_root_of_a_drive_with_one_bag_is_enough(bag: Path) -> None:
    (bag.parent / "System Volume Information").mkdir()
    (bag.parent / "khac.txt").write_text("x")
    report = verify_path(bag.parent)
    assert (report.exit_code, report.path) == (0, str(bag))


def test_two_bags_on_a_drive_must_be_told_apart(bag: Path) -> None:
    shutil.copytree(bag, bag.parent / "goi-hai")
    report = verify_path(bag.parent)
    assert report.exit_code == 2
    assert BAG in report.problems[0].sentence
    assert "goi-hai" in report.problems[0].sentence


def test_an_unfinished_bag_is_never_called_sealed(bag: Path) -> None:
    unfinished = bag.rename(bag.with_name(bag.name + verifier.UNFINISHED))
    assert verify_path(unfinished).exit_code == 1
    at_root = verify_path(unfinished.parent)
    assert at_root.exit_code == 2
    assert "ghi dở" in at_root.problems[0].sentence


def test_a_bag_that_lost_its_head_is_damaged_not_unknown(bag: Path) -> None:
    for name in ("bagit.txt", "bag-info.txt", verifier.PUBLIC_KEY, verifier.SIGNATURE):
        (bag / name).unlink()
    assert verify_path(bag).exit_code == 1
    (bag / "KIEM-TRA.py").unlink()
    assert verify_path(bag).exit_code == 1


def test_nothing_and_other_things_are_exit_2(tmp_path: Path) -> None:
    (tmp_path / "rong").mkdir()
    (tmp_path / "anh").mkdir()
    (tmp_path / "anh/hoa.jpg").write_bytes(b"x")
    cases = {
        "khong-co": Verdict.NOTHING_TO_READ,
        "rong": Verdict.NOTHING_TO_READ,
        "anh": Verdict.NOT_A_BAG,
        "anh/hoa.jpg": Verdict.NOTHING_TO_READ,
        "a\0b": Verdict.NOTHING_TO_READ,
    }
    for name, verdict in cases.items():
        report = verify_path(tmp_path / name)
        assert (report.verdict, report.exit_code) == (verdict, 2), name
        assert report.problems[0].sentence


def test_a_bag_of_another_program_is_not_ours(tmp_path: Path) -> None:
    other = tmp_path / "khac"
    other.mkdir()
    (other / "a.txt").write_text("a")
    bagit.make_bag(str(other), checksums=["sha512"])
    assert verify_path(other).verdict is Verdict.NOT_A_BAG


# ---- the command


@pytest.mark.parametrize(
    "typed",
    [
        FINGERPRINT,
        verifier.grouped(FINGERPRINT),
        FINGERPRINT.upper(),
        ":".join(FINGERPRINT[i : i + 2] for i in range(0, 64, 2)),
    ],
)
def test_the_right_fingerprint_in_any_grouping(bag: Path, typed: str) -> None:
    out = io.StringIO()
    assert verifier.main([str(bag), "--fingerprint", typed], out) == 0
    assert "Vân tay khóa ĐÚNG" in out.getvalue()
    assert verifier.main([f"--fingerprint={typed}", str(bag)], io.StringIO()) == 0


def test_the_wrong_fingerprint_is_exit_1(bag: Path) -> None:
    out = io.StringIO()
    assert verifier.main([str(bag), "--fingerprint", "0" * 64], out) == 1
    assert "KHÔNG" in out.getvalue()
    assert verifier.grouped(FINGERPRINT) in out.getvalue()


def test_the_report_prints_the_fingerprint_and_asks_to_compare(bag: Path) -> None:
    out = io.StringIO()
    assert verifier.main([str(bag)], out) == 0
    assert verifier.grouped(FINGERPRINT) in out.getvalue()
    assert "biên bản niêm phong" in out.getvalue()
    assert "Source: demo" in out.getvalue()


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        ([], 2),
        (["a", "b"], 2),
        (["--la"], 2),
        (["--fingerprint"], 2),
        (["a", "--fingerprint", "12"], 2),
        (["-h"], 0),
    ],
)
def test_words_it_does_not_understand(argv: list[str], code: int) -> None:
    out = io.StringIO()
    assert verifier.main(argv, out) == code
    assert out.getvalue()


def test_the_program_sees_the_same_verdict(bag: Path) -> None:
    assert {v.value for v in Verdict} == {v.value for v in VerifyVerdict}
    told: list[tuple[int, int]] = []
    report = check_bag(bag, FINGERPRINT, lambda done, total, note="": told.append((done, total)))
    assert (report.verdict, report.exit_code) == (VerifyVerdict.INTACT, 0)
    assert report.fingerprint_matches is True
    assert told
    assert all(done <= total for done, total in told)
    (bag / "bagit.txt").write_bytes(b"")
    assert [file for file, _ in check_bag(bag).problems] == ["bagit.txt"]
    with pytest.raises(RuleRefused, match="64"):
        check_bag(bag, "abc")
