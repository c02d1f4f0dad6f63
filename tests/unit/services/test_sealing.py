"""Niêm phong: what must be done before, what the medium holds, and that failures record nothing."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from openpyxl import load_workbook

from app.domain.corrections import Step
from app.domain.periods import Period
from app.domain.school import School
from app.errors import AccessDenied, AppError, EnvironmentProblem
from app.media import BAG_NAME_LIMIT
from app.readmodels.class_book import BookScope
from app.services.file_names import FolderNames, ascii_name
from app.services.printing import Printing
from app.services.sealing import OpenWork, Sealing
from app.services.trail_review import pinned_keys
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.checker import check_bag
from exports.seal.drives_folder import FolderDrives
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school
from tests.support.year_end import settle

PEOPLE = ("Phạm Thị Hồng Nhung; Đỗ Quang Huy", "Trần Thị Mai")


def ready_to_print(folder: Path) -> RecordBook:
    (folder / "school").mkdir()
    (folder / "drive").mkdir()
    kept = book(make_school(folder / "school", pupils=3))
    kept.fill()
    kept.close()
    settle(kept.school)
    kept.corrected("tin_hoc", {(0, "HK1.gk"): "0"})
    return kept


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """A closed class with one correction, not yet printed."""
    return ready_to_print(tmp_path)


@pytest.fixture
def drive(tmp_path) -> Path:
    return tmp_path / "drive"


def print_year(kept: RecordBook):
    """The year's book and the minutes of every applied case; the book's run."""
    run = print_book(kept)
    print_minutes(kept)
    return run


def print_book(kept: RecordBook):
    printing = Printing(kept.school.uow, kept.school.clock, Paper(), Tables())
    secretary = kept.school.actor("secretary")
    done = printing.print_class_book(secretary, kept.school.class_id, BookScope.YEAR)
    return done.payload.run


def print_minutes(kept: RecordBook) -> None:
    printing = Printing(kept.school.uow, kept.school.clock, Paper(), Tables())
    with kept.school.uow.read() as uow:
        year_id = kept.school.year_id
        done = {run.correction_id for run in uow.prints.of_year(year_id)}
        cases = [
            case.id
            for case in uow.corrections.of_year(year_id)
            if case.step is Step.APPLIED and case.id not in done
        ]
    for case_id in cases:
        printing.print_correction_minutes(kept.school.actor("secretary"), case_id)


def sealing(kept: RecordBook, writer=write_bag) -> Sealing:
    school = kept.school
    return Sealing(school.uow, school.clock, FolderDrives(), writer, Tables(), school.path)


def seal(kept: RecordBook, drive: Path, who: str = "principal", writer=write_bag, people=PEOPLE):
    signer = kept.school.signer(who)
    return sealing(kept, writer).seal(signer, kept.school.year_id, drive, *people).payload


def refused(kept: RecordBook, call) -> AppError:
    before = kept.school.trail_kinds()
    with pytest.raises(AppError) as caught:
        call()
    assert kept.school.trail_kinds() == before
    with kept.school.uow.read() as uow:
        assert uow.control.class_locks(kept.school.class_id).seal is None
    assert caught.value.sentence.endswith(".")
    return caught.value


def work(kept: RecordBook) -> list[OpenWork]:
    return [item.kind for item in sealing(kept).readiness(kept.school.year_id).items]


def test_everything_is_closed_printed_true_and_finished_first(kept, drive):
    other = kept.school.add_class("6B")
    assert work(kept) == [OpenWork.PRINT, OpenWork.CLOSE, OpenWork.CORRECTION]
    print_book(kept)
    assert work(kept) == [OpenWork.CLOSE, OpenWork.CORRECTION]
    print_minutes(kept)
    assert work(kept) == [OpenWork.CLOSE]
    error = refused(kept, lambda: seal(kept, drive))
    assert error.code == "not_ready"
    assert "6B chưa chốt" in error.sentence
    signer = kept.school.signer("principal")
    for period in (Period.HK1, Period.HK2):
        kept.closing.close(signer, other, period, "58/QĐ", "lớp chưa có học sinh")
    kept.school.class_id, own = other, kept.school.class_id
    print_year(kept)
    kept.school.class_id = own
    assert work(kept) == []
    case = kept.registered("tin_hoc", {(1, "HK1.gk"): "0"})
    assert work(kept) == [OpenWork.CORRECTION]
    kept.cases.check(kept.school.actor("ngu_van"), case.id, "")
    witnesses = ["Phạm Thị Hồng Nhung", "Đỗ Quang Huy"]
    kept.cases.approve(signer, case.id, witnesses)
    assert work(kept) == [OpenWork.CORRECTION]
    kept.cases.apply(kept.school.actor("tin_hoc"), case.id)
    assert work(kept) == [OpenWork.PRINT, OpenWork.CORRECTION]
    print_minutes(kept)
    assert work(kept) == [OpenWork.PRINT]
    run = print_year(kept)
    ready = sealing(kept).readiness(kept.school.year_id)
    assert (ready.problems, ready.classes) == ((), 2)
    assert ready.bytes > 0
    assert run.number == 5
    assert list(drive.iterdir()) == []


def test_a_year_without_classes_is_not_sealed(kept):
    year = kept.school.setup.add_year(kept.school.actor("principal"), "2027-2028").payload
    ready = sealing(kept).readiness(year.id)
    assert [item.kind for item in ready.items] == [OpenWork.CLASSES]


def test_only_the_principal_seals_before_witnesses(kept, drive):
    print_year(kept)
    for who in ("vice", "secretary", "homeroom"):
        assert isinstance(refused(kept, lambda who=who: seal(kept, drive, who)), AccessDenied)
    for people in ((" ", "Mai"), ("A; B", "\u200b")):
        error = refused(kept, lambda people=people: seal(kept, drive, people=people))
        assert error.code == "witnesses_required"
    assert list(drive.iterdir()) == []


def test_a_bag_writer_that_fails_records_nothing(kept, drive):
    print_year(kept)

    def broken(request, drive, folder, progress):
        list(request.files)
        raise EnvironmentProblem("drive_gone", "Ổ đã bị rút ra.")

    assert refused(kept, lambda: seal(kept, drive, writer=broken)).code == "drive_gone"
    assert work(kept) == []
    sealed = seal(kept, drive)
    assert sealed.record.copy_no == 1


def test_a_folder_that_is_gone_is_a_sentence(kept, drive):
    print_year(kept)
    assert isinstance(refused(kept, lambda: seal(kept, drive / "không có")), EnvironmentProblem)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A sealed year for tests that only look at it."""
    folder = tmp_path_factory.mktemp("sealed")
    kept = ready_to_print(folder)
    kept.run = print_year(kept)
    kept.sealed = seal(kept, folder / "drive")
    return kept


def test_the_medium_is_intact_signed_and_recorded(sealed):
    bag = sealed.sealed.report.path
    verdict = check_bag(bag, sealed.sealed.record.fingerprint)
    assert (verdict.exit_code, verdict.fingerprint_matches) == (0, True)
    assert verdict.problems == ()
    school, record = sealed.school, sealed.sealed.record
    with school.uow.read() as uow:
        assert uow.control.seals(school.year_id) == (record,)
        assert uow.control.class_locks(school.class_id).seal.bag_name == bag.name
        point = uow.trail.last_checkpoint()
        (entry,) = uow.trail.entries(newest=1)
        assert uow.trail.check(pinned_keys(uow)).problem == ""
    assert (entry.kind, point.seq, point.reason) == ("year.seal", entry.seq, "seal")
    assert record.tagmanifest_sha512 in entry.detail
    assert record.files == sum(1 for f in (bag / "data").rglob("*") if f.is_file())
    with pytest.raises(AppError) as locked:
        sealed.enter("tin_hoc", {(0, "HK2.tx1"): "1"})
    assert "niêm phong" in locked.value.sentence


def test_a_second_copy_gets_its_own_number_and_name(kept, drive, tmp_path):
    print_year(kept)
    seal(kept, drive)
    second = tmp_path / "second"
    second.mkdir()
    copy = seal(kept, second)
    assert copy.record.copy_no == 2
    assert copy.report.path.name.endswith("_ban-2")
    assert check_bag(copy.report.path).exit_code == 0
    with kept.school.uow.read() as uow:
        assert [s.copy_no for s in uow.control.seals(kept.school.year_id)] == [1, 2]


def read_csv(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_bag_holds_the_very_print_and_tables_that_read_back(sealed):
    data = sealed.sealed.report.path / "data"
    (pdf,) = (data / "lop-6a").glob("ban-in-0001_so-theo-doi_hk2.pdf")
    assert hashlib.sha256(pdf.read_bytes()).hexdigest() == sealed.run.file_digest
    workbook = load_workbook(data / "lop-6a" / "so-diem.xlsx", read_only=True)
    # Roster, 12 subjects in two terms, three summaries, the year's assessment.
    assert len(workbook.sheetnames) == len(list((data / "lop-6a" / "csv").iterdir())) == 29
    rows = read_csv(data / "lop-6a" / "csv" / "hk1-tin-hoc.csv")
    view = sealed.marks.open(sealed.school.actor("tin_hoc"), sealed.sheet("tin_hoc"))
    shown = [dict(zip((c.key for c in view.columns), r, strict=True)) for r in view.cells]
    assert [r["GK"] for r in rows] == [r["HK1.gk"].text for r in shown]
    assert [r["Học kì"] for r in rows] == [r["HK1.avg"].text for r in shown]
    assert rows[0]["Ghi chú"] == "sửa theo hồ sơ 01"
    facts = json.loads((data / "lop-6a" / "du-lieu-da-chot.json").read_text("utf-8"))
    assert [p["name"] for p in facts["pupils"]] == [r["Họ và tên"] for r in rows]
    (case,) = read_csv(data / "sua-diem" / "ho-so.csv")
    assert (case["so"], case["mon"], case["moi"]) == ("1", "Tin học", "0,0")
    assert case["buoc"] == "Đã sửa, đã khóa lại"
    assert case["nguoi_kiem_do"] == "Hoàng Thị Lan Anh"
    assert case["so_diem_ca_nhan"] == "trang 23, dòng 12"
    assert case["chung_kien"] == "Phạm Thị Hồng Nhung; Đỗ Quang Huy"
    run, minutes = read_csv(data / "so-ban-in.csv")
    assert run["ma_tep"] == sealed.run.file_digest
    (paper,) = data.rglob("ban-in-0002_bien-ban-sua-diem*.pdf")
    assert hashlib.sha256(paper.read_bytes()).hexdigest() == minutes["ma_tep"]


def test_no_personal_number_phone_or_ethnicity_leaves_in_plain_tables(sealed):
    data = sealed.sealed.report.path / "data"
    with sealed.school.uow.read() as uow:
        profile = uow.roster.entries(sealed.school.class_id)[0].profile
    plain = [f for f in data.rglob("*") if f.suffix in (".csv", ".json", ".jsonl", ".txt")]
    assert len(plain) > 30
    for file in plain:
        text = file.read_text("utf-8")
        for secret in (profile.personal_id, profile.phone, profile.mother):
            assert secret not in text, file


def test_an_inspector_recomputes_the_trail_from_the_medium_alone(sealed):
    trail = sealed.sealed.report.path / "data" / "nhat-ky"
    entries = [json.loads(line) for line in (trail / "muc.jsonl").read_text("utf-8").splitlines()]
    cells: dict[int, list[list[object]]] = {}
    for row in read_csv(trail / "o-diem.csv"):
        at = cells.setdefault(int(row["muc"]), [])
        at.append([int(row["hoc_sinh"]), int(row["cot_diem"]), row["cu"], row["moi"]])

    def dense(value: object) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    prev, heads = bytes(32), {}
    for number, entry in enumerate(entries, 1):
        mine = cells.pop(number, [])
        assert entry["seq"] == number
        assert entry["cells_digest"] == (hashlib.sha256(dense(mine)).hexdigest() if mine else "")
        assert entry["cell_count"] == len(mine)
        if entry["detail"] is None:
            assert entry["kind"].startswith("roster.")
        else:
            assert entry["detail_sha256"] == hashlib.sha256(entry["detail"].encode()).hexdigest()
        names = ("seq", "at", "account_id", "actor", "kind", "class_id", "subject_id")
        fields = [entry[n] for n in (*names, "detail_sha256", "cell_count", "cells_digest")]
        link = b"khoaso-trail-1\x00" + prev + dense(fields)
        prev = hashlib.sha256(link).digest()
        assert (entry["hash"], bytes.fromhex(entry["prev"])) == (
            prev.hex(),
            heads.get(number - 1, bytes(32)),
        )
        heads[number] = prev
    assert cells == {}
    assert any(entry["detail"] is None for entry in entries)
    points = [json.loads(line) for line in (trail / "moc-ky.jsonl").read_text("utf-8").splitlines()]
    before = bytes(32)
    for point in points:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(point["public_key"]))
        key.verify(bytes.fromhex(point["signature"]), point["statement"].encode())
        said = json.loads(point["statement"])
        assert said["head"] == heads[said["seq"]].hex()
        assert said["previous"] == before.hex()
        before = hashlib.sha256(point["statement"].encode()).digest()
    assert {"close", "approval"} <= {json.loads(p["statement"])["reason"] for p in points}
    # Who and which column a number in the history means is on the medium too.
    pupils = {row["hoc_sinh"]: row["ho_ten"] for row in read_csv(trail / "hoc-sinh.csv")}
    columns = {row["cot_diem"]: row for row in read_csv(trail / "cot-diem.csv")}
    last = read_csv(trail / "o-diem.csv")[-1]
    assert pupils[last["hoc_sinh"]]
    assert (columns[last["cot_diem"]]["mon"], columns[last["cot_diem"]]["cot"]) == ("Tin học", "gk")


@pytest.mark.parametrize(
    "name",
    [
        "Trường Phổ thông dân tộc bán trú Trung học cơ sở Nguyễn Thị Minh Khai",
        "Trường THCS Nghiêngnghiêngnghiêngnghiêngnghiêngnghiêng",
    ],
)
def test_a_long_school_name_still_seals(kept, drive, name):
    with kept.school.uow.write() as uow:
        uow.school.save(School(name, "thcs", "UBND xã", "xã", "tỉnh"), kept.school.clock.now())
        uow.commit()
    print_year(kept)
    bag = seal(kept, drive).report.path.name
    assert len(bag) <= BAG_NAME_LIMIT
    assert bag.endswith("_2026-2027_ban-1")
    assert "-_" not in bag


def test_names_that_are_one_without_marks_stay_two_folders():
    names = FolderNames()
    assert [names.name(text) for text in ("6A", "6D", "6Đ")] == ["6a", "6d", "6d-2"]


@pytest.mark.parametrize(
    ("text", "most", "name"),
    [
        ("6A", 40, "6a"),
        ("Lịch sử và Địa lí", 40, "lich-su-va-dia-li"),
        ("Trường THCS Đồng Xuân", 12, "truong-thcs"),
        ("Trường THCS Đồng Xuân", 11, "truong-thcs"),
        ("Trường THCS Đồng Xuân", 10, "truong"),
        ("Nghiêngnghiêng", 6, "nghien"),
        ("…", 40, "khong-ten"),
    ],
)
def test_file_names_are_plain_and_cut_between_words(text, most, name):
    assert ascii_name(text, most) == name
