"""Niêm phong ra đĩa: whole classes on each disc, every image proved, or nothing at all."""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path
from types import SimpleNamespace

import pycdlib
import pytest

from app.domain.periods import Period
from app.errors import AppError, EnvironmentProblem, RuleRefused
from app.media import DiscSize, SealFile, VerifyVerdict
from app.progress import no_progress
from app.services import disc_sealing
from app.services.disc_sealing import DiscSealing, disc_label, split
from app.services.seal_plan import bag_name
from app.services.sealing import Sealing
from app.services.sealing_papers import SealingOccasion, assemble_sealing_minutes
from exports.seal.bag import write_bag
from exports.seal.checker import check_bag
from exports.seal.disc import write_image
from exports.seal.drives_folder import FolderDrives
from tests.support.school import PASSWORD
from tests.unit.services.test_seal_retry import KilledError
from tests.unit.services.test_sealing import PEOPLE, print_year, ready_to_print, sealing


@pytest.fixture
def kept(tmp_path):
    """Two closed and printed classes."""
    found = ready_to_print(tmp_path)
    print_year(found)
    other = found.school.add_class("6B")
    for period in (Period.HK1, Period.HK2):
        found.closing.close(found.school.signer("principal"), other, period, "58/QĐ", "lớp trống")
    found.school.class_id, own = other, found.school.class_id
    print_year(found)
    found.school.class_id = own
    return found


def discs(kept, image_writer=write_image) -> DiscSealing:
    return DiscSealing(sealing(kept), FolderDrives(), write_bag, image_writer, kept.school.path)


def seal(kept, folder: Path, image_writer=write_image):
    return discs(kept, image_writer).seal(
        kept.school.signer("principal"), kept.school.year_id, folder, DiscSize.CD, *PEOPLE
    )


def dying(*_, **__):
    raise KilledError


def bag_of(kept) -> str:
    plan = sealing(kept).plan(kept.school.signer("principal"), kept.school.year_id, *PEOPLE)
    return bag_name(plan)


def unpack(image: Path, out: Path, kind: str) -> Path:
    """What a PC sees of the disc."""
    disc = pycdlib.PyCdlib()
    disc.open(str(image))
    try:
        for folder, _, names in disc.walk(**{kind: "/"}):
            (out / folder.strip("/")).mkdir(parents=True, exist_ok=True)
            for name in names:
                path = f"{folder.rstrip('/')}/{name}"
                disc.get_file_from_iso(str(out / path.strip("/")), **{kind: path})
    finally:
        disc.close()
    return out


@pytest.mark.parametrize("kind", ["joliet_path", "udf_path", "rr_path"])
def test_a_year_on_one_disc_reads_back_through_every_file_system(kept, tmp_path, kind) -> None:
    done = seal(kept, tmp_path / "drive")
    (one,) = done.payload
    (image,) = (tmp_path / "drive").iterdir()
    assert image.name == f"{one.record.bag_name}.iso"
    assert hashlib.sha256(image.read_bytes()).hexdigest() == one.record.image_sha256
    assert (one.record.medium, one.record.part, one.record.parts) == ("disc", 1, 1)
    assert one.record.drive_label == "KS_2627_B1_D1"
    report = check_bag(unpack(image, tmp_path / "dia", kind), one.record.fingerprint)
    assert (report.verdict, report.fingerprint_matches) == (VerifyVerdict.INTACT, True)
    assert report.list_sha512 == one.record.tagmanifest_sha512
    with kept.school.uow.read() as uow:
        assert uow.control.seals(kept.school.year_id) == (one.record,)


def test_a_large_year_is_split_between_classes(kept, tmp_path, monkeypatch) -> None:
    plan = sealing(kept).plan(kept.school.signer("principal"), kept.school.year_id, *PEOPLE)
    sizes: dict[str, int] = {}
    for file in plan.files:
        top = file.path.partition("/")[0]
        sizes[top] = sizes.get(top, 0) + len(file.content)
    common = sum(size for top, size in sizes.items() if not top.startswith("lop-"))
    monkeypatch.setattr(
        disc_sealing, "_payload_room", lambda size: max(common, sizes["lop-6a"], sizes["lop-6b"])
    )
    done = seal(kept, tmp_path / "drive")
    assert [one.record.part for one in done.payload] == [1, 2, 3]
    assert [one.record.copy_no for one in done.payload] == [1, 2, 3]
    seen: set[str] = set()
    for one in done.payload:
        image = tmp_path / "drive" / f"{one.record.bag_name}.iso"
        bag = unpack(image, tmp_path / one.record.bag_name, "udf_path") / one.record.bag_name
        report = check_bag(bag)
        assert report.exit_code == 0
        assert report.info["Bag-Count"] == f"{one.record.part} of 3"
        assert report.info["Bag-Group-Identifier"].endswith("_ban-1")
        tops = {path.name for path in (bag / "data").iterdir() if path.name.startswith("lop-")}
        assert len(tops) <= 1
        seen |= tops
        package = (bag / "data/datapackage.json").read_text("utf-8")
        assert all(f'"{top}/' in package for top in tops)
        assert ("nhat-ky" in {path.name for path in (bag / "data").iterdir()}) is (
            one.record.part == 1
        )
    assert seen == {"lop-6a", "lop-6b"}


def refused(kept, call) -> AppError:
    before = kept.school.trail_kinds()
    with pytest.raises(AppError) as caught:
        call()
    assert kept.school.trail_kinds() == before
    with kept.school.uow.read() as uow:
        assert uow.control.seals(kept.school.year_id) == ()
    return caught.value


def test_an_image_that_fails_leaves_no_image_and_no_record(kept, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(disc_sealing, "_payload_room", lambda size: 10_000_000)
    made: list[Path] = []

    def second_fails(bag, image, label, progress):
        if made:
            raise EnvironmentProblem("image_failed", "hỏng.")
        made.append(image)
        return write_image(bag, image, label, progress)

    drive = tmp_path / "drive"
    monkeypatch.setattr(disc_sealing, "CLASS_FOLDER", "lop-")
    monkeypatch.setattr(
        disc_sealing,
        "split",
        lambda plan, size: [[SealFile("a.txt", b"a")], [SealFile("b.txt", b"b")]],
    )
    assert refused(kept, lambda: seal(kept, drive, second_fails)).code == "image_failed"
    assert made
    assert list(drive.iterdir()) == []


def test_an_image_is_never_written_over(kept, tmp_path) -> None:
    drive = tmp_path / "drive"
    seal(kept, drive)
    (image,) = drive.iterdir()
    content = image.read_bytes()
    again = image.with_name(image.name.replace("_ban-1_", "_ban-2_"))
    again.write_bytes(b"cua ai do")
    with pytest.raises(RuleRefused) as caught:
        seal(kept, drive)
    assert caught.value.code == "image_exists"
    assert (image.read_bytes(), again.read_bytes()) == (content, b"cua ai do")


def test_what_a_killed_attempt_left_is_swept_and_never_taken_for_discs(kept, tmp_path) -> None:
    """Killed after the first image: its work folder bears no name that anybody burns."""
    drive = tmp_path / "drive"

    def dies(bag, image, label, progress):
        write_image(bag, image, label, progress)
        raise KilledError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disc_sealing.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(KilledError):
            seal(kept, drive, dies)
    (left,) = drive.iterdir()
    assert left.name.endswith(".lam-dia")
    assert {path.suffix for path in left.iterdir() if path.is_file()} == {".iso"}
    (one,) = seal(kept, drive).payload
    assert [path.name for path in drive.iterdir()] == [f"{one.record.bag_name}.iso"]


def test_an_image_without_record_says_what_to_do_before_a_byte_is_written(kept, tmp_path) -> None:
    """Killed between the last rename and the record."""
    drive = tmp_path / "drive"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sealing, "record", dying)
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(KilledError):
            seal(kept, drive)
    (image,) = drive.iterdir()
    content = image.read_bytes()
    refusal = refused(kept, lambda: seal(kept, drive))
    assert refusal.code == "image_exists"
    assert "sổ không ghi" in refusal.sentence
    assert [path.name for path in drive.iterdir()] == [image.name]
    assert image.read_bytes() == content
    image.rename(tmp_path / "de-rieng.iso")
    assert len(seal(kept, drive).payload) == 1


def test_a_drive_that_takes_no_folder_is_a_sentence(kept, tmp_path, monkeypatch) -> None:
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disc_sealing.shutil, "rmtree", full)
    drive = tmp_path / "drive"
    (drive / f"{bag_of(kept)}.lam-dia").mkdir(parents=True)
    refusal = refused(kept, lambda: seal(kept, drive))
    assert refusal.code == "images_not_written"
    assert "No space" not in refusal.sentence


def test_the_confidential_copy_has_a_disc_of_its_own_and_is_named_on_paper(
    kept, tmp_path, monkeypatch
) -> None:
    plan = sealing(kept).plan(kept.school.signer("principal"), kept.school.year_id, *PEOPLE)
    (tmp_path / "thu").mkdir()
    trial = kept.school.session.backups.make_travelling(tmp_path / "thu", "so.khoaso", no_progress)
    secret = sum(path.stat().st_size for path in trial.path.iterdir()) + 10_000
    monkeypatch.setattr(disc_sealing, "_payload_room", lambda size: max(plan.bytes, secret))
    drive = tmp_path / "drive"
    done = discs(kept).seal(
        kept.school.signer("principal"),
        kept.school.year_id,
        drive,
        DiscSize.CD,
        *PEOPLE,
        confidential=kept.school.session.backups,
    )
    first, second = done.payload
    assert "ban-mat" not in first.record.holds.split()
    assert "ban-mat" in second.record.holds.split()
    image = drive / f"{second.record.bag_name}.iso"
    bag = unpack(image, tmp_path / "dia", "udf_path") / second.record.bag_name
    assert check_bag(bag).info["Edition"] == "open, with an encrypted confidential copy"
    text = (bag / "DOC-TRUOC.txt").read_text("utf-8-sig")
    assert "data/ban-mat/: bản mật" in text
    assert "data/nhat-ky/" not in text
    with kept.school.uow.read() as uow:
        papers = [
            assemble_sealing_minutes(
                uow, kept.school.year_id, one.record.copy_no, SealingOccasion("Tủ 1")
            ).contents
            for one in done.payload
        ]
    assert [any("bản mật" in line for line in lines) for lines in papers] == [False, True]
    assert [any("lop-6a/, lop-6b/" in line for line in lines) for lines in papers] == [True, False]
    school = kept.school
    travelled = bag / "data/ban-mat" / "so.khoaso"
    school.close()
    opened = school.files.open(travelled)
    opened.sign_in(school.uid("principal"), PASSWORD)
    opened.close()
    school.reopen()


def test_a_confidential_copy_larger_than_a_disc_is_told(monkeypatch) -> None:
    plan = SimpleNamespace(files=(SealFile("a.txt", b"a"), SealFile("ban-mat/so", bytes(900))))
    monkeypatch.setattr(disc_sealing, "_payload_room", lambda size: 800)
    with pytest.raises(RuleRefused, match="không chứa hết bản mật"):
        split(plan, DiscSize.CD)


def test_a_class_larger_than_a_disc_is_told(monkeypatch) -> None:
    plan = SimpleNamespace(
        files=(SealFile("lop-6a/so.pdf", bytes(900)), SealFile("nhat-ky/muc.jsonl", b"")),
    )
    monkeypatch.setattr(disc_sealing, "_payload_room", lambda size: 800)
    with pytest.raises(RuleRefused) as caught:
        split(plan, DiscSize.CD)
    assert caught.value.code == "class_too_big_for_disc"
    assert "lop-6a" in caught.value.sentence


def test_a_label_fits_every_disc() -> None:
    assert disc_label("2026-2027", 1, 2) == "KS_2627_B1_D2"
    assert len(disc_label("2026-2027", 100, 100)) <= 16
